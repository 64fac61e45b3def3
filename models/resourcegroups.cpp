// The lines of groups in a ResourceModel.
#include "models/resourcemodelprivate.h"

#include <QCoreApplication>
#include <limits>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("kboss::ResourceModel", text);
}

} // namespace

bool ResourceModel::isGrouped() const
{
    return d->lines.isGrouped();
}

int ResourceModel::groupCount() const
{
    return d->lines.groupCount();
}

bool ResourceModel::isGroup(int row) const
{
    return d->lines.isGroupLine(row);
}

int ResourceModel::groupRow(int row) const
{
    const int group = d->lines.groupAt(row);
    return group < 0 ? -1 : d->lines.groupLine(group);
}

int ResourceModel::groupEnd(int row) const
{
    const int next = d->lines.groupAt(row) + 1;
    return (d->lines.isGrouped() && next < d->lines.groupCount() ? d->lines.groupLine(next) : d->count) - 1;
}

qint64 ResourceModel::position(int row) const
{
    return row < d->count ? d->lines.positionOf(row) : -1;
}

int ResourceModel::lineOf(qint64 position) const
{
    return d->lines.lineOf(position);
}

GroupText ResourceModel::groupText(int row) const
{
    if (!d->lines.isGroupLine(row))
        return {};
    const int at = d->lines.groupAt(row);
    const RowGroup &group = d->lines.group(at);
    const auto *spec = d->type.column(d->groupedBy);
    const CellText shown = spec ? formatCell(group.value, *spec, d->context()) : CellText();
    GroupText text;
    text.name = group.title.isEmpty() ? shown.text : group.title;
    if (isNull(group.value))
        text.name = words(QT_TRANSLATE_NOOP("ResourceModel", "Without %1")).arg(spec ? spec->label.text() : QString());
    else if (!group.title.isEmpty())
        text.value = shown.text;
    text.counts = group.count == 1 ? words(QT_TRANSLATE_NOOP("ResourceModel", "1 row"))
                                   : words(QT_TRANSLATE_NOOP("ResourceModel", "%1 rows")).arg(formatAmount(Decimal(group.count), 0));
    if (group.troubled > 0)
        text.counts += u" · "_s + words(QT_TRANSLATE_NOOP("ResourceModel", "%1 troubled")).arg(formatAmount(Decimal(group.troubled), 0));
    text.troubled = group.troubled > 0;
    text.collapsed = d->lines.isCollapsed(at);
    return text;
}

QVariant ResourceModel::groupData(const QModelIndex &index, int role) const
{
    const bool first = index.column() == 0;
    switch (role) {
    case Qt::DisplayRole:
        return first ? groupText(index.row()).name : QString();
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole: {
        const GroupText text = groupText(index.row());
        return first ? QStringList{text.name, text.value, text.counts}.join(u' ').simplified() : QString();
    }
    default:
        return {};
    }
}

Qt::ItemFlags ResourceModel::flags(const QModelIndex &index) const
{
    return index.isValid() && d->lines.isGroupLine(index.row()) ? Qt::ItemIsEnabled | Qt::ItemNeverHasChildren : QAbstractTableModel::flags(index);
}

void ResourceModel::setCollapsed(int row, bool collapsed)
{
    const int group = d->lines.groupAt(row);
    if (group < 0 || d->lines.isCollapsed(group) == collapsed)
        return;
    QSet<QString> all = d->lines.collapsed();
    const QString key = GroupLayout::keyOf(d->lines.group(group));
    if (collapsed)
        all.insert(key);
    else
        all.remove(key);
    d->relayout(
        GroupLayout(d->view.get(), std::move(all)), [](qint64 position) { return static_cast<int>(position); }, [] {});
}

void ResourceModel::setAllCollapsed(bool collapsed)
{
    QSet<QString> all;
    for (int group = 0; collapsed && group < d->lines.groupCount(); ++group)
        all.insert(GroupLayout::keyOf(d->lines.group(group)));
    d->relayout(
        GroupLayout(d->view.get(), std::move(all)), [](qint64 position) { return static_cast<int>(position); }, [] {});
}

int ResourceModel::reveal(qint64 position)
{
    const int line = d->lines.lineOf(position);
    if (line >= 0 && d->lines.isGroupLine(line))
        setCollapsed(line, false);
    return d->lines.lineOf(position);
}

// Growing comes before the rows move and shrinking after it, so that every step is one that views understand.
void ResourceModel::Private::relayout(GroupLayout next, const std::function<int(qint64)> &newPosition, const std::function<void()> &between)
{
    const int newCount = next.lineCount();
    if (newCount > count) {
        q->beginInsertRows({}, count, newCount - 1);
        count = newCount;
        q->endInsertRows();
    }
    Q_EMIT q->layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    QHash<QString, int> headers; // of the groups that are held on to
    const QModelIndexList from = q->persistentIndexList();
    QModelIndexList to;
    to.reserve(from.size());
    for (const QModelIndex &index : from) {
        int line = -1;
        if (lines.isGroupLine(index.row())) {
            const QString key = GroupLayout::keyOf(lines.group(lines.groupAt(index.row())));
            if (!headers.contains(key))
                headers.insert(key, next.groupOfKey(key));
            const int group = headers.value(key);
            line = group < 0 ? -1 : next.groupLine(group);
        } else if (const qint64 position = lines.positionOf(index.row()); position >= 0) {
            line = next.lineOf(newPosition(position));
        }
        to.append(line >= 0 && line < newCount ? q->createIndex(line, index.column()) : QModelIndex());
    }
    between();
    lines = std::move(next);
    q->changePersistentIndexList(from, to);
    Q_EMIT q->layoutChanged({}, QAbstractItemModel::VerticalSortHint);
    if (newCount < count) {
        q->beginRemoveRows({}, newCount, count - 1);
        count = newCount;
        q->endRemoveRows();
    }
}

} // namespace kboss
