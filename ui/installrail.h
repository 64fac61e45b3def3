#pragma once

#include "ui/installpane.h"

#include <QAbstractButton>

namespace kboss {

// One step of the rail: its state as a shape, its name and a line about it.
class InstallRailItem : public QAbstractButton {
    Q_OBJECT
public:
    InstallRailItem(Theme *theme, QWidget *parent);
    void setWords(const QString &title, const QString &summary, InstallPane::Standing standing, bool first, bool last);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void paintMark(QPainter *painter, const QPointF &center) const;
    Theme *m_theme;
    QString m_title, m_summary;
    InstallPane::Standing m_standing = InstallPane::Standing::Ahead;
    bool m_first = false, m_last = false;
};

// The steps of the wizard at the left. Each can be gone to; the arrow keys go from one to the next. GUI thread.
class InstallRail : public QWidget {
    Q_OBJECT
public:
    InstallRail(Theme *theme, int steps, QWidget *parent);
    void setStep(int step, const QString &title, const QString &summary, InstallPane::Standing standing);
    void setCurrent(int step);
    int current() const { return m_current; }
    InstallRailItem *item(int step) const { return m_items[static_cast<size_t>(step)]; }

Q_SIGNALS:
    void chosen(int step);

private:
    std::vector<InstallRailItem *> m_items;
    int m_current = 0;
};

} // namespace kboss
