#include "ui/navigationmodel.h"

#include <QLocale>
#include <algorithm>

namespace kboss {

namespace {
constexpr quintptr topLevel = 0; // else: group index + 1
}

void NavigationModel::setEntries(const QList<PageEntry> &entries)
{
    beginResetModel();
    m_groups.clear();
    for (const PageEntry &entry : entries) {
        auto group = std::find_if(m_groups.begin(), m_groups.end(), [&entry](const Group &g) { return g.id == entry.group; });
        if (group == m_groups.end()) {
            m_groups.append({entry.group, groupTitle(entry.group), {}});
            group = m_groups.end() - 1;
        }
        group->entries << entry;
    }
    endResetModel();
}

void NavigationModel::setCount(const QString &pageId, qint64 rows)
{
    if (m_counts.value(pageId, -1) == rows)
        return;
    m_counts.insert(pageId, rows);
    const QModelIndex index = indexOf(pageId);
    if (index.isValid())
        Q_EMIT dataChanged(index, index, {CountRole});
}

QModelIndex NavigationModel::indexOf(const QString &pageId) const
{
    for (int group = 0; group < m_groups.size(); ++group) {
        for (int row = 0; row < m_groups.at(group).entries.size(); ++row) {
            if (m_groups.at(group).entries.at(row).id == pageId)
                return createIndex(row, 0, quintptr(group) + 1);
        }
    }
    return {};
}

QModelIndex NavigationModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row()) + 1 : topLevel);
}

QModelIndex NavigationModel::parent(const QModelIndex &child) const
{
    return child.isValid() && child.internalId() != topLevel ? createIndex(int(child.internalId()) - 1, 0, topLevel) : QModelIndex();
}

int NavigationModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_groups.size());
    return parent.internalId() == topLevel ? int(m_groups.at(parent.row()).entries.size()) : 0;
}

int NavigationModel::columnCount(const QModelIndex &) const
{
    return 1;
}

QVariant NavigationModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (index.internalId() == topLevel) {
        const Group &group = m_groups.at(index.row());
        if (role == Qt::DisplayRole)
            return group.title;
        return role == GroupRole ? QVariant(group.id) : QVariant();
    }
    const PageEntry &entry = m_groups.at(int(index.internalId()) - 1).entries.at(index.row());
    const qint64 count = m_counts.value(entry.id, -1);
    switch (role) {
    case Qt::DisplayRole:
        return entry.title;
    case Qt::ToolTipRole:
        return count < 0 ? entry.title : tr("%1: rows in the local copy: %2").arg(entry.title, QLocale().toString(count));
    case Qt::AccessibleTextRole:
        return count < 0 ? entry.title : tr("%1, rows: %2").arg(entry.title, QLocale().toString(count));
    case IdRole:
        return entry.id;
    case IconRole:
        return entry.icon;
    case CountRole:
        return count < 0 ? QVariant() : QVariant(count);
    default:
        return {};
    }
}

Qt::ItemFlags NavigationModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    return index.internalId() == topLevel ? Qt::ItemFlags(Qt::ItemIsEnabled) : Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

} // namespace kboss
