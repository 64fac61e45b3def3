#pragma once

#include <QAbstractButton>

namespace kboss {

class Theme;

// One condition of the filter line, in words. A click edits it; the eye switches it off and on (also Space or the middle button); the cross
// removes it (also Delete). Switched off it stays, struck through. A plain toggle without eye and cross serves the quick filters. GUI thread.
class FilterChip : public QAbstractButton {
    Q_OBJECT
public:
    enum class Style { Condition, Toggle };
    FilterChip(Theme *theme, Style style, QWidget *parent);

    void setWords(const QString &words);
    void setEnabledCondition(bool enabled);
    bool isEnabledCondition() const { return m_enabled; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void editAsked();
    void switchAsked();
    void removeAsked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    QRect eyeRect() const;
    QRect crossRect() const;
    QString shownText() const;

    Theme *m_theme;
    Style m_style;
    bool m_enabled = true;
};

} // namespace kboss
