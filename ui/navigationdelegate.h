#pragma once

#include "ui/theme.h"

#include <QStyledItemDelegate>

namespace kboss {

// Groups with a chevron, pages with their count at the right; the page shown has a bar at its left.
class NavigationDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit NavigationDelegate(Theme *theme, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintGroup(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    void paintPage(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;

    Theme *m_theme;
};

} // namespace kboss
