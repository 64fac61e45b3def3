#include "ui/navigationdelegate.h"

#include "ui/navigationmodel.h"

#include <QLocale>
#include <QPainter>
#include <QTreeView>

namespace kboss {

NavigationDelegate::NavigationDelegate(Theme *theme, QObject *parent) : QStyledItemDelegate(parent), m_theme(theme) { }

void NavigationDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    index.parent().isValid() ? paintPage(painter, option, index) : paintGroup(painter, option, index);
    painter->restore();
}

void NavigationDelegate::paintGroup(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *view = qobject_cast<const QTreeView *>(option.widget);
    const int side = m_theme->size("space-3");
    const int left = m_theme->size("space-3");
    const QString name = view && !view->isExpanded(index) ? QStringLiteral("chevron-right") : QStringLiteral("chevron-down");
    const QPixmap chevron = m_theme->icon(name, m_theme->color("text-3"), side, painter->device()->devicePixelRatio());
    painter->drawPixmap(left, option.rect.center().y() - side / 2 + 1, chevron);
    painter->setPen(m_theme->color("text-2"));
    painter->setFont(m_theme->font(TextSize::Label));
    painter->drawText(option.rect.adjusted(left + side + m_theme->size("space-1"), 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                      index.data(Qt::DisplayRole).toString());
}

void NavigationDelegate::paintPage(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const bool selected = option.state & QStyle::State_Selected;
    const QRect row(0, option.rect.top(), option.widget ? option.widget->width() : option.rect.right(), option.rect.height());
    if (selected) {
        painter->fillRect(row, m_theme->mix(m_theme->color("accent"), m_theme->color("window"), 0.12));
        painter->fillRect(QRect(0, row.top(), m_theme->size("navigation-bar"), row.height()), m_theme->color("accent"));
    } else if (option.state & QStyle::State_MouseOver) {
        painter->fillRect(row, m_theme->mix(m_theme->color("text"), m_theme->color("window"), 0.05));
    }
    const QRect inner = row.adjusted(m_theme->size("space-5") + m_theme->size("space-1"), 0, -m_theme->size("space-3"), 0);
    const QVariant count = index.data(NavigationModel::CountRole);
    int taken = 0;
    if (count.isValid()) {
        const QString text = QLocale(QLocale::English).toString(count.toLongLong());
        painter->setFont(m_theme->figureFont(TextSize::Label, selected));
        painter->setPen(m_theme->color(selected ? "text" : "text-2"));
        painter->drawText(inner, Qt::AlignVCenter | Qt::AlignRight, text);
        taken = painter->fontMetrics().horizontalAdvance(text) + m_theme->size("space-2");
    }
    painter->setFont(m_theme->font(TextSize::Normal, selected));
    painter->setPen(m_theme->color("text"));
    const QString title = painter->fontMetrics().elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideRight, inner.width() - taken);
    painter->drawText(inner, Qt::AlignVCenter | Qt::AlignLeft, title);
    if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange) {
        painter->setPen(m_theme->color("accent"));
        painter->drawRect(row.adjusted(0, 0, -1, -1));
    }
}

QSize NavigationDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    return {m_theme->size("navigation"), m_theme->size(index.parent().isValid() ? "navigation-item" : "navigation-group")};
}

} // namespace kboss
