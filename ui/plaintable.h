#pragma once

#include "ui/theme.h"

#include <QStyledItemDelegate>
#include <QTableView>

namespace kboss {

// A table over what is in memory (jobs, journal, requests): rows of one height, no grid, whole-row selection, cells painted by role.
class PlainTable : public QTableView {
    Q_OBJECT
public:
    enum Role { ToneRole = Qt::UserRole + 100, MonoRole, DimRole, ProgressRole }; // Tone as int = a chip; 0…1 = a bar

    explicit PlainTable(Theme *theme, QWidget *parent = nullptr);
    void setWidths(const QList<int> &widths); // the last column takes the rest
    void selectFirst();
    void setEmptyText(const QString &what, const QString &why); // said where rows would be

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Theme *m_theme;
    QString m_emptyWhat, m_emptyWhy;
};

class PlainDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit PlainDelegate(Theme *theme, QObject *parent = nullptr);
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintChip(QPainter *painter, const QRect &cell, Tone tone, const QString &text) const;
    void paintProgress(QPainter *painter, const QRect &cell, double share, const QString &text) const;
    Theme *m_theme;
};

} // namespace kboss
