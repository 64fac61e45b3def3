#include "ui/pickcompleter.h"

#include "ui/theme.h"

#include <QAbstractItemView>
#include <QPainter>

namespace kboss {

PickCompleter::PickCompleter(QAbstractItemModel *model, Theme *theme, QObject *parent) : QCompleter(model, parent)
{
    setCompletionRole(PickSearchRole);
    setFilterMode(Qt::MatchContains);
    setCaseSensitivity(Qt::CaseInsensitive);
    setCompletionMode(PopupCompletion);
    setMaxVisibleItems(12);
    popup()->setItemDelegate(new PickDelegate(theme, popup()));
}

QSize PickDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QFontMetrics metrics(m_theme->font());
    const int words = metrics.horizontalAdvance(index.data(Qt::DisplayRole).toString() + index.data(PickNoteRole).toString());
    return {words + 40, std::max(option.fontMetrics.height() + 8, m_theme->size("field"))};
}

void PickDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const bool current = option.state.testFlag(QStyle::State_Selected) || option.state.testFlag(QStyle::State_MouseOver);
    painter->fillRect(option.rect, m_theme->color(current ? "selection" : "raised"));
    QRect room = option.rect.adjusted(8, 0, -8, 0);
    painter->setFont(m_theme->font());
    painter->setPen(m_theme->color("text"));
    const QString name = painter->fontMetrics().elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideMiddle, room.width());
    painter->drawText(room, Qt::AlignVCenter | Qt::AlignLeft, name);
    room.setLeft(room.left() + painter->fontMetrics().horizontalAdvance(name) + 12);
    if (room.width() < 24)
        return;
    painter->setFont(m_theme->font(TextSize::Label));
    painter->setPen(m_theme->color("text-2"));
    const QString note = painter->fontMetrics().elidedText(index.data(PickNoteRole).toString(), Qt::ElideRight, room.width());
    painter->drawText(room, Qt::AlignVCenter | Qt::AlignRight, note);
}

} // namespace kboss
