#include "ui/bulkpane.h"
#include "ui/widgets.h"

#include <algorithm>

namespace kboss {

void BulkModel::reset(std::vector<Line> newLines)
{
    beginResetModel();
    lines = std::move(newLines);
    endResetModel();
}

void BulkModel::setFate(int line, Fate fate, const QString &words)
{
    lines[static_cast<size_t>(line)].fate = fate;
    lines[static_cast<size_t>(line)].words = words;
    Q_EMIT dataChanged(index(line, 0), index(line, columnCount() - 1));
}

int BulkModel::count(Fate fate) const
{
    return static_cast<int>(std::count_if(lines.begin(), lines.end(), [fate](const Line &line) { return line.fate == fate; }));
}

int BulkModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(lines.size());
}

int BulkModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : 4;
}

QVariant BulkModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Line &line = lines[static_cast<size_t>(index.row())];
    const QString *texts[] = {&line.name, &line.before, &line.after, &line.words};
    if (role == Qt::DisplayRole)
        return *texts[index.column()];
    if (role == Qt::TextAlignmentRole && (index.column() == 1 || index.column() == 2))
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole)
        return plainToolTip(*texts[index.column()]);
    return {};
}

QVariant BulkModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole && (section == 1 || section == 2))
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QString heads[] = {tr("Row"), tr("Before"), tr("After"), tr("Result")};
    return heads[section];
}

} // namespace kboss
