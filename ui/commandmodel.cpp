#include "ui/commandmodel.h"

#include <QPainter>

namespace kboss {

void CommandModel::setCommands(const QList<Command> &commands)
{
    beginResetModel();
    m_commands = commands;
    m_order = matchCommands(m_commands, {});
    endResetModel();
}

void CommandModel::setText(const QString &typed)
{
    beginResetModel();
    m_order = matchCommands(m_commands, typed);
    endResetModel();
}

const Command *CommandModel::command(int row) const
{
    return row >= 0 && row < m_order.size() ? &m_commands.at(m_order.at(row)) : nullptr;
}

int CommandModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_order.size());
}

QVariant CommandModel::data(const QModelIndex &index, int role) const
{
    const Command *found = command(index.row());
    if (!found)
        return {};
    if (role == Qt::DisplayRole)
        return found->title;
    if (role == Qt::AccessibleTextRole)
        return QString(found->title + QStringLiteral(", ") + found->kind + QLatin1Char(' ') + found->shortcut.toString(QKeySequence::NativeText));
    return {};
}

Qt::ItemFlags CommandModel::flags(const QModelIndex &index) const
{
    const Command *found = command(index.row());
    return found && found->enabled ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::ItemIsSelectable;
}

CommandDelegate::CommandDelegate(Theme *theme, const CommandModel *model, QObject *parent)
    : QStyledItemDelegate(parent), m_theme(theme), m_model(model)
{
}

void CommandDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Command *command = m_model->command(index.row());
    if (!command)
        return;
    painter->save();
    if (option.state & (QStyle::State_Selected | QStyle::State_MouseOver))
        painter->fillRect(option.rect, m_theme->color("selection"));
    const int side = m_theme->size("icon"), gap = m_theme->size("space-3");
    const QString icon = command->icon.isEmpty() ? QStringLiteral("arrow-right") : command->icon;
    painter->drawPixmap(option.rect.left() + gap, option.rect.center().y() - side / 2,
                        m_theme->icon(icon, m_theme->color("text-2"), side, painter->device()->devicePixelRatio()));
    QRect inner = option.rect.adjusted(gap + side + gap, 0, -gap, 0);
    painter->setFont(m_theme->font(TextSize::Label));
    painter->setPen(m_theme->color("text-3"));
    const QString key = command->shortcut.toString(QKeySequence::NativeText);
    const QString right = key.isEmpty() ? command->kind : command->kind + QStringLiteral("   ") + key;
    painter->drawText(inner, Qt::AlignVCenter | Qt::AlignRight, right);
    inner.setRight(inner.right() - painter->fontMetrics().horizontalAdvance(right) - gap);
    painter->setFont(m_theme->font());
    painter->setPen(m_theme->color(command->enabled ? "text" : "text-3"));
    const QString title = painter->fontMetrics().elidedText(command->title, Qt::ElideMiddle, inner.width());
    painter->drawText(inner, Qt::AlignVCenter | Qt::AlignLeft, title);
    if (!command->other.isEmpty() && command->other != command->title) {
        const int used = painter->fontMetrics().horizontalAdvance(title) + gap;
        painter->setFont(m_theme->font(TextSize::Label));
        painter->setPen(m_theme->color("text-3"));
        const QRect rest = inner.adjusted(used, 0, 0, 0);
        painter->drawText(rest, Qt::AlignVCenter | Qt::AlignLeft, painter->fontMetrics().elidedText(command->other, Qt::ElideRight, rest.width()));
    }
    painter->restore();
}

QSize CommandDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {0, m_theme->size("palette-item")};
}

} // namespace kboss
