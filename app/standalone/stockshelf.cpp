#include "app/standalone/stockshelf.h"

#include <algorithm>

namespace kboss::standalone {

using namespace Qt::StringLiterals;

Outcome<Shelf> Shelf::of(const QString &clusterId, const QSqlDatabase &connection)
{
    auto rows = runSql(connection,
                       u"SELECT p.type, p.model, coalesce(s.stock - s.consumed, 0) FROM cluster c JOIN part p ON p.cpcid = c.cpcid "
                       "LEFT JOIN part_stock s ON s.partid = p.id AND s.clusterid = c.id WHERE c.id = ?"_s,
                       {clusterId});
    if (!rows)
        return storageRefusal(rows.error());
    Shelf shelf;
    while (rows->next())
        shelf.m_left[{rows->value(0).toString(), rows->value(1).toString()}] = rows->value(2).toLongLong();
    return shelf;
}

bool Shelf::sells(const Consumption &wanted) const
{
    return std::ranges::all_of(wanted, [this](const auto &part) { return m_left.contains(part.first); });
}

bool Shelf::suffices(const Consumption &wanted) const
{
    return std::ranges::all_of(wanted, [this](const auto &part) {
        const auto left = m_left.find(part.first);
        return left != m_left.end() && part.second <= left->second;
    });
}

void Shelf::take(const Consumption &taken)
{
    for (const auto &[part, amount] : taken)
        m_left[part] -= amount;
}

void Shelf::give(const Consumption &given)
{
    for (const auto &[part, amount] : given)
        m_left[part] += amount;
}

} // namespace kboss::standalone
