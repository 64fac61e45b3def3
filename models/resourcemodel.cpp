#include "models/resourcemodelprivate.h"

#include <QTimer>

namespace kboss {

using namespace Qt::StringLiterals;

ResourceModel::ResourceModel(const ResourceType &type, const Clock &clock, QTimeZone zone, QObject *parent)
    : QAbstractTableModel(parent), d(std::make_unique<Private>(this, type, clock, std::move(zone)))
{
}

ResourceModel::~ResourceModel()
{
    d->cancel.request_stop();
    delete d->swap;
}

void ResourceModel::setSource(RowSourcePtr source)
{
    beginResetModel();
    d->source = std::move(source);
    d->view.reset();
    d->window.clear();
    d->lines = GroupLayout(nullptr, d->lines.collapsed());
    d->count = 0;
    d->glowing.clear();
    endResetModel();
    d->begin();
}

void ResourceModel::setQuery(const RowQuery &query)
{
    const bool same = sameFilter(d->query.filter, query.filter) && d->query.order == query.order && d->query.asOfMs == query.asOfMs
        && d->query.grouping == query.grouping;
    if (same && d->state != State::Failed)
        return;
    d->query = query;
    d->begin();
}

const RowQuery &ResourceModel::query() const
{
    return d->query;
}

void ResourceModel::reload()
{
    d->begin();
}

void ResourceModel::noteChanged(const QSet<QString> &keys)
{
    if (keys.isEmpty())
        return;
    for (const QString &key : keys)
        ++d->glowing[key];
    d->touchedRowsChanged(keys);
    QTimer::singleShot(1500, this, [this, keys] { d->glowEnded(keys); });
}

ResourceModel::State ResourceModel::state() const
{
    return d->state;
}

Error ResourceModel::error() const
{
    return d->error;
}

RowViewPtr ResourceModel::view() const
{
    return d->view;
}

const Row *ResourceModel::row(int row) const
{
    const auto *line = d->line(row);
    return line ? &line->row : nullptr;
}

const CellText *ResourceModel::cell(int row, int column) const
{
    static const CellText waiting{QString(QChar(0x2026)), {}, Tone::None, false, false, false, false, true, -1, {}};
    const auto *line = d->line(row);
    if (!line || column < 0 || static_cast<size_t>(column) >= d->type.columns.size())
        return &waiting;
    return &line->cells[static_cast<size_t>(column)];
}

const ResourceType &ResourceModel::type() const
{
    return d->type;
}

QFuture<Result<qint64>> ResourceModel::find(const QString &key)
{
    return d->view ? d->view->positionOf(key) : QtFuture::makeReadyFuture(Result<qint64>(-1));
}

int ResourceModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : d->count;
}

int ResourceModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(d->type.columns.size());
}

QVariant ResourceModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= d->count)
        return {};
    if (d->lines.isGroupLine(index.row()))
        return groupData(index, role);
    const auto *shown = cell(index.row(), index.column());
    switch (role) {
    case Qt::DisplayRole:
        return shown->text;
    case Qt::ToolTipRole:
        return shown->hint.isEmpty() ? shown->full : u"%1\n%2"_s.arg(shown->full, shown->hint).trimmed();
    case Qt::AccessibleTextRole:
        return u"%1: %2"_s.arg(d->type.columns[static_cast<size_t>(index.column())].label.text(), shown->text);
    case Qt::TextAlignmentRole:
        return QVariant(Qt::AlignVCenter | (shown->right ? Qt::AlignRight : Qt::AlignLeft));
    case CellRole:
        return QVariant::fromValue(const_cast<void *>(static_cast<const void *>(shown)));
    default:
        break;
    }
    const Row *held = row(index.row());
    if (!held)
        return {};
    switch (role) {
    case KeyRole:
        return held->key;
    case ChangedRole:
        return d->glowing.contains(held->key);
    case ValueRole:
        return held->cells.empty() ? QVariant() : QVariant::fromValue(held->cells[static_cast<size_t>(index.column())]);
    default:
        return {};
    }
}

QVariant ResourceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (section < 0)
        return {};
    if (orientation == Qt::Vertical)
        return role == Qt::DisplayRole ? QVariant(section + 1) : QVariant();
    if (static_cast<size_t>(section) >= d->type.columns.size())
        return {};
    const auto &spec = d->type.columns[static_cast<size_t>(section)];
    switch (role) {
    case Qt::DisplayRole:
        return spec.unit.text().isEmpty() ? spec.label.text() : u"%1 (%2)"_s.arg(spec.label.text(), spec.unit.text());
    case Qt::ToolTipRole:
        return spec.tip.text();
    case Qt::TextAlignmentRole:
        return QVariant(Qt::AlignVCenter | (alignsRight(spec) ? Qt::AlignRight : Qt::AlignLeft));
    case KeyRole:
        return spec.field.id;
    default:
        return {};
    }
}

void ResourceModel::sort(int column, Qt::SortOrder order)
{
    RowQuery next = d->query;
    if (column < 0 || static_cast<size_t>(column) >= d->type.columns.size()) {
        next.order = parseOrderBy(d->type.defaultOrder).value_or(std::vector<SortKey>{});
    } else {
        const auto &field = d->type.columns[static_cast<size_t>(column)].field;
        if (field.type == FieldType::Secret)
            return;
        next.order = {SortKey{field.id, order == Qt::DescendingOrder}};
    }
    setQuery(next);
}

void ResourceModel::setZone(const QTimeZone &zone)
{
    d->zone = zone;
    d->cellsChanged();
}

void ResourceModel::retranslate()
{
    d->cellsChanged();
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

void ResourceModel::tick()
{
    d->cellsChanged();
}

} // namespace kboss
