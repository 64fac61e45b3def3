#include "models/parttreemodel.h"

#include "app/base/pinyin.h"
#include "models/quotewords.h"

#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

// A child's internal id is its group's row + 1; a group's is 0.
constexpr quintptr groupId = 0;

PartTreeModel::Key keyOf(const PartOffer &offer)
{
    return {offer.type, offer.model};
}

} // namespace

std::vector<PartTreeModel::Group> PartTreeModel::grouped() const
{
    std::vector<Group> groups;
    for (size_t i = 0; i < m_offers.size(); ++i) {
        const PartOffer &offer = m_offers[i];
        const bool wanted = m_filter.isEmpty() || matchesTextOrPinyin(offer.model, m_filter)
            || matchesTextOrPinyin(partTypeTitle(offer.type), m_filter) || offer.type.startsWith(m_filter) || m_amounts.value(keyOf(offer)) > 0;
        if (!wanted)
            continue;
        if (groups.empty() || groups.back().type != offer.type)
            groups.push_back({offer.type, {}});
        groups.back().offers.push_back(i);
    }
    return groups;
}

void PartTreeModel::regroup()
{
    beginResetModel();
    m_groups = grouped();
    endResetModel();
}

void PartTreeModel::touchAll()
{
    for (int row = 0; row < rowCount(); ++row) {
        const QModelIndex group = index(row, 0);
        const int rows = rowCount(group);
        if (rows > 0)
            Q_EMIT dataChanged(index(0, 0, group), index(rows - 1, columnCount() - 1, group));
    }
}

void PartTreeModel::setOffers(const std::vector<PartOffer> &offers)
{
    const bool same = std::equal(offers.begin(), offers.end(), m_offers.begin(), m_offers.end(),
                                 [](const PartOffer &a, const PartOffer &b) { return a.type == b.type && a.model == b.model; });
    if (same) {
        m_offers = offers;
        touchAll();
        return;
    }
    beginResetModel();
    m_offers = offers;
    m_groups = grouped();
    endResetModel();
}

void PartTreeModel::setClusters(const std::vector<Cluster> &clusters, const QString &chosen)
{
    if (clusters == m_clusters) {
        if (chosen == m_chosen)
            return;
        m_chosen = chosen;
        Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
        touchAll();
        return;
    }
    beginResetModel();
    m_clusters = clusters;
    m_chosen = chosen;
    endResetModel();
}

void PartTreeModel::setFilter(const QString &text)
{
    const QString wanted = text.trimmed().toLower();
    if (wanted == m_filter)
        return;
    m_filter = wanted;
    regroup();
}

void PartTreeModel::setAmounts(const std::vector<QuotePart> &parts)
{
    QHash<Key, qint64> amounts;
    for (const QuotePart &part : parts)
        amounts.insert({part.type, part.model}, part.amount);
    if (amounts == m_amounts)
        return;
    m_amounts = amounts;
    touchAll();
}

void PartTreeModel::setFaults(const QSet<Key> &faults)
{
    if (faults == m_faults)
        return;
    m_faults = faults;
    touchAll();
}

void PartTreeModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, 0));
    touchAll();
}

int PartTreeModel::chosenColumn() const
{
    for (size_t i = 0; i < m_clusters.size(); ++i) {
        if (m_clusters[i].id == m_chosen)
            return firstCluster() + static_cast<int>(i);
    }
    return -1;
}

int PartTreeModel::partCount() const
{
    size_t count = 0;
    for (const Group &group : m_groups)
        count += group.offers.size();
    return static_cast<int>(count);
}

QModelIndex PartTreeModel::indexOf(const QString &type, const QString &model, int column) const
{
    for (size_t g = 0; g < m_groups.size(); ++g) {
        for (size_t i = 0; i < m_groups[g].offers.size(); ++i) {
            if (keyOf(m_offers[m_groups[g].offers[i]]) == Key{type, model})
                return createIndex(static_cast<int>(i), column, static_cast<quintptr>(g) + 1);
        }
    }
    return {};
}

QModelIndex PartTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : groupId);
}

QModelIndex PartTreeModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == groupId)
        return {};
    return createIndex(static_cast<int>(child.internalId()) - 1, 0, groupId);
}

int PartTreeModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_groups.size());
    if (parent.internalId() != groupId || parent.column() != 0)
        return 0;
    return static_cast<int>(m_groups[static_cast<size_t>(parent.row())].offers.size());
}

int PartTreeModel::columnCount(const QModelIndex &) const
{
    return amountColumn() + 1;
}

const PartOffer *PartTreeModel::offerAt(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == groupId)
        return nullptr;
    const Group &group = m_groups[static_cast<size_t>(index.internalId()) - 1];
    return &m_offers[group.offers[static_cast<size_t>(index.row())]];
}

QVariant PartTreeModel::data(const QModelIndex &index, int role) const
{
    if (const PartOffer *offer = offerAt(index))
        return offerData(*offer, index.column(), role);
    if (!index.isValid() || index.column() != 0 || (role != Qt::DisplayRole && role != Qt::AccessibleTextRole))
        return {};
    return partTypeTitle(m_groups[static_cast<size_t>(index.row())].type);
}

QVariant PartTreeModel::leftText(const PartOffer &offer, int column) const
{
    const ClusterStock *stock = offer.in(m_clusters[static_cast<size_t>(column - firstCluster())].id);
    if (!stock)
        return tr("not on sale");
    return stock->left == 0 ? tr("none") : groupedNumber(Decimal(offer.type == "memory"_L1 ? stock->left / 1024 : stock->left));
}

QVariant PartTreeModel::offerData(const PartOffer &offer, int column, int role) const
{
    const bool cluster = column >= firstCluster() && column < amountColumn();
    switch (role) {
    case OfferRole:
        return QVariant::fromValue(static_cast<void *>(const_cast<PartOffer *>(&offer)));
    case AmountRole:
    case Qt::EditRole:
        return m_amounts.value(keyOf(offer));
    case FaultRole:
        return m_faults.contains(keyOf(offer));
    case Qt::DisplayRole:
        return column == 0 ? offer.model : cluster ? leftText(offer, column) : amountWords(offer.type, m_amounts.value(keyOf(offer)));
    case Qt::AccessibleTextRole:
        return column == 0 ? offer.model + u", "_s + priceWords(quotePart(offer, 0)) : offerData(offer, column, Qt::DisplayRole);
    default:
        break;
    }
    if (!cluster || (role != LeftRole && role != ShareRole))
        return {};
    const ClusterStock *stock = offer.in(m_clusters[static_cast<size_t>(column - firstCluster())].id);
    if (!stock)
        return {};
    if (role == LeftRole)
        return stock->left;
    return stock->stock > 0 ? static_cast<double>(stock->left) / static_cast<double>(stock->stock) : 0.0;
}

bool PartTreeModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const PartOffer *offer = offerAt(index);
    if (!offer || index.column() != amountColumn() || (role != Qt::EditRole && role != AmountRole))
        return false;
    const qint64 amount = std::max<qint64>(0, value.toLongLong());
    const Key key = keyOf(*offer);
    if (amount == m_amounts.value(key))
        return true;
    amount == 0 ? static_cast<void>(m_amounts.remove(key)) : static_cast<void>(m_amounts.insert(key, amount));
    Q_EMIT dataChanged(index.siblingAtColumn(0), index);
    Q_EMIT amountEdited(key.first, key.second, amount);
    return true;
}

QVariant PartTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    if (section == 0)
        return role == Qt::DisplayRole ? tr("Model and unit price") : QVariant();
    if (section == amountColumn())
        return role == Qt::DisplayRole ? tr("Amount") : QVariant();
    if (section < amountColumn())
        return tr("%1 left").arg(m_clusters[static_cast<size_t>(section - firstCluster())].name);
    return {};
}

Qt::ItemFlags PartTreeModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags usual = QAbstractItemModel::flags(index);
    if (!offerAt(index))
        return usual & ~Qt::ItemIsSelectable;
    return index.column() == amountColumn() ? usual | Qt::ItemIsEditable : usual;
}

} // namespace kboss
