#include "app/standalone/stock.h"

#include "app/standalone/sqlwrite.h"
#include "app/standalone/stockshelf.h"
#include "app/standalone/stockwish.h"

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

// Names and units by PartKind.
constexpr const char *partNames[] = {"CPU", "内存", "系统盘", "数据盘", "GPU"};
constexpr const char *partUnits[] = {"核", "Gi", "Gi", "Gi", "卡"};

QString shown(qint64 amount, const Measure &measure)
{
    return amountText(amount, measure) + u' ' + QString::fromUtf8(partUnits[static_cast<size_t>(measure.kind)]);
}

QString lackingWords(const NodeRoom &room, const Need &need)
{
    QStringList words;
    for (const Shortfall &shortfall : lacking(room, need))
        words << u"%1 差 %2"_s.arg(QString::fromUtf8(partNames[static_cast<size_t>(shortfall.measure->kind)]),
                                   shown(shortfall.missing, *shortfall.measure));
    return words.join(u"、"_s);
}

Refused noNode(const NoPlace &none, const Need &need)
{
    switch (none.why) {
    case NoPlace::Why::NobodyMay:
        return refuse(u"没有可用节点: 集群中没有可调度且符合型号与标签的工作节点"_s);
    case NoPlace::Why::NotEverywhere:
        return refuse(u"节点 %1 不能容纳: %2"_s.arg(none.room.hostName, lackingWords(none.room, need)));
    case NoPlace::Why::NobodyHolds:
        break;
    }
    return refuse(u"没有可用节点: 没有一个节点能容纳全部资源;最接近的节点 %1 %2"_s.arg(none.room.hostName, lackingWords(none.room, need)));
}

Refused noNode(const std::vector<NodeRoom> &rooms, const Need &need)
{
    const NodeRoom *nearest = nearestRoom(rooms, need);
    return noNode(nearest ? NoPlace{NoPlace::Why::NobodyHolds, *nearest, 0} : NoPlace{}, need);
}

Consumption consumptionOn(const NodeRoom &room, const Need &need)
{
    Consumption one;
    addConsumption(one, room, need);
    return one;
}

// With a shelf, only where its parts are sold and left.
NodeRoom *choose(std::vector<NodeRoom> &rooms, const Need &need, const Shelf *shelf, const QString &except = {})
{
    if (!shelf)
        return chooseRoom(rooms, need, except);
    return chooseRoom(rooms, need, except, [&](const NodeRoom &room) { return shelf->suffices(consumptionOn(room, need)); });
}

struct Stocked {
    QString partId;
    qint64 stock = 0, consumed = 0;
};

Outcome<Stocked> stockOf(const std::pair<QString, QString> &part, const QString &clusterId, const QSqlDatabase &connection)
{
    auto row = runSql(connection,
                      u"SELECT p.id, coalesce(s.stock, 0), coalesce(s.consumed, 0) FROM cluster c JOIN part p ON p.cpcid = c.cpcid "
                      "LEFT JOIN part_stock s ON s.partid = p.id AND s.clusterid = c.id WHERE c.id = ? AND p.type = ? AND p.model = ?"_s,
                      {clusterId, part.first, part.second});
    if (!row)
        return storageRefusal(row.error());
    if (!row->next())
        return refuse(u"该算力中心没有部件: %1 %2"_s.arg(part.first, part.second));
    return Stocked{row->value(0).toString(), row->value(1).toLongLong(), row->value(2).toLongLong()};
}

// Every part has enough; their ids by part.
Outcome<std::map<std::pair<QString, QString>, QString>> partsFor(const Consumption &consumption, const QString &clusterId,
                                                                 const QSqlDatabase &connection)
{
    std::map<std::pair<QString, QString>, QString> ids;
    for (const auto &[part, amount] : consumption) {
        const auto stocked = stockOf(part, clusterId, connection);
        if (!stocked)
            return Refused(stocked.error());
        const Measure &measure = measureOf(part.first, part.second);
        if (const qint64 left = stocked->stock - stocked->consumed; amount > left)
            return refuse(u"库存不足: %1 %2 需要 %3,可用 %4"_s.arg(part.first, part.second, shown(amount, measure), shown(left, measure)));
        ids[part] = stocked->partId;
    }
    return ids;
}

// Rooms with a part that nobody sells are left out, unless that leaves none which may carry it.
std::vector<NodeRoom> soldOf(std::vector<NodeRoom> rooms, const Need &need, const Shelf &shelf)
{
    const auto unsold = [&](const NodeRoom &room) { return !shelf.sells(consumptionOn(room, need)); };
    if (std::ranges::any_of(rooms, [&](const NodeRoom &room) { return mayCarry(room, need) && !unsold(room); }))
        std::erase_if(rooms, unsold);
    return rooms;
}

// Without a shelf: by the nodes alone.
Outcome<Placement> planReplicas(std::vector<NodeRoom> rooms, const Need &need, qint64 replicas, std::optional<Shelf> shelf)
{
    Placement made;
    for (qint64 i = 0; i < replicas; ++i) {
        NodeRoom *room = choose(rooms, need, shelf ? &*shelf : nullptr);
        if (!room)
            return noNode(rooms, need);
        addConsumption(made.consumption, *room, need);
        made.chosen.push_back(*room);
        occupy(*room, need);
        if (shelf)
            shelf->take(consumptionOn(*room, need));
    }
    return made;
}

// Where the nodes have room but the parts do not suffice, the plan is that of the nodes alone: whoever uses it sees by partsFor() which part is
// missing.
Outcome<Placement> plan(const QString &clusterId, const Need &need, qint64 replicas, const QSqlDatabase &connection)
{
    auto rooms = roomsOf(clusterId, connection);
    const auto shelf = Shelf::of(clusterId, connection);
    if (!rooms || !shelf)
        return Refused(rooms ? shelf.error() : rooms.error());
    const std::vector<NodeRoom> sold = soldOf(std::move(*rooms), need, *shelf);
    if (replicas == 0) { // one on each node that may carry it and whose parts are sold
        auto everywhere = kboss::place(sold, need, 0);
        return everywhere ? Outcome<Placement>(std::move(*everywhere)) : Outcome<Placement>(noNode(everywhere.error(), need));
    }
    auto made = planReplicas(sold, need, replicas, *shelf);
    return made ? made : planReplicas(sold, need, replicas, std::nullopt);
}

Outcome<void> consume(const QString &configId, const QString &clusterId, const Consumption &consumption, WriteTransaction &write)
{
    const auto parts = partsFor(consumption, clusterId, write.connection());
    if (!parts)
        return Refused(parts.error());
    for (const auto &[part, amount] : consumption) {
        const QString id = parts->at(part);
        if (auto done = run(write, u"UPDATE part_stock SET consumed = consumed + ? WHERE partid = ? AND clusterid = ?"_s, {amount, id, clusterId});
            !done)
            return done;
        if (auto done = run(write,
                            u"INSERT INTO consumption(configid, partid, clusterid, amount) VALUES(?, ?, ?, ?) "
                            "ON CONFLICT(configid, partid) DO UPDATE SET amount = amount + excluded.amount"_s,
                            {configId, id, clusterId, amount});
            !done)
            return done;
    }
    return {};
}

Outcome<void> giveBack(const QString &configId, const QString &clusterId, const Consumption &consumption, WriteTransaction &write)
{
    for (const auto &[part, amount] : consumption) {
        const auto stocked = stockOf(part, clusterId, write.connection());
        if (!stocked)
            return Refused(stocked.error());
        if (auto done = run(write, u"UPDATE part_stock SET consumed = consumed - ? WHERE partid = ? AND clusterid = ?"_s,
                            {amount, stocked->partId, clusterId});
            !done)
            return done;
        if (auto done =
                run(write, u"DELETE FROM consumption WHERE configid = ? AND partid = ? AND amount = ?"_s, {configId, stocked->partId, amount});
            !done)
            return done;
        if (auto done =
                run(write, u"UPDATE consumption SET amount = amount - ? WHERE configid = ? AND partid = ?"_s, {amount, configId, stocked->partId});
            !done)
            return done;
    }
    return {};
}

Outcome<void> storePlace(const QString &configId, qint64 ordinal, const QString &nodeId, const Need &need, WriteTransaction &write)
{
    return run(write,
               u"INSERT INTO placement(configid, ordinal, nodeid, cpu_milli, memory_mi, system_mi, data_mi, gpus) VALUES(?, ?, ?, ?, ?, ?, ?, ?)"_s,
               {configId, ordinal, nodeId, need.cpuMilli, need.memoryMi, need.systemDiskMi, need.dataDiskMi, need.gpus});
}

// Why what runs on a node has no other place: the nodes cannot hold it, or a part does not suffice.
Refused noOther(std::vector<NodeRoom> rooms, const QString &nodeId, const Need &need, const QString &clusterId, const QSqlDatabase &connection)
{
    std::erase_if(rooms, [&nodeId](const NodeRoom &room) { return room.nodeId == nodeId; });
    if (const NodeRoom *other = choose(rooms, need, nullptr)) {
        if (const auto parts = partsFor(consumptionOn(*other, need), clusterId, connection); !parts)
            return Refused(parts.error());
    }
    return noNode(rooms, need);
}

struct Placed {
    QString configId;
    qint64 ordinal = 0;
    Need need;
};

Outcome<std::vector<Placed>> placedOn(const QString &nodeId, const QSqlDatabase &connection)
{
    auto rows = runSql(connection,
                       u"SELECT configid, ordinal, cpu_milli, memory_mi, system_mi, data_mi, gpus FROM placement WHERE nodeid = ? "
                       "ORDER BY configid, ordinal"_s,
                       {nodeId});
    if (!rows)
        return storageRefusal(rows.error());
    std::vector<Placed> placed;
    while (rows->next()) {
        Placed one{rows->value(0).toString(), rows->value(1).toLongLong(), {}};
        int at = 2;
        for (const Measure &measure : measures())
            one.need.*measure.amount = rows->value(at++).toLongLong();
        placed.push_back(std::move(one));
    }
    return placed;
}

} // namespace

Outcome<void> takeStock(const QString &configId, const QString &clusterId, const Need &need, qint64 replicas, WriteTransaction &write)
{
    const auto made = plan(clusterId, need, replicas, write.connection());
    if (!made)
        return Refused(made.error());
    for (size_t i = 0; i < made->chosen.size(); ++i) {
        if (auto done = storePlace(configId, static_cast<qint64>(i), made->chosen[i].nodeId, need, write); !done)
            return done;
    }
    return consume(configId, clusterId, made->consumption, write);
}

Outcome<void> giveStock(const QString &configId, WriteTransaction &write)
{
    if (auto done = run(write,
                        u"UPDATE part_stock SET consumed = consumed - (SELECT amount FROM consumption c WHERE c.configid = ? AND c.partid = "
                        "part_stock.partid AND c.clusterid = part_stock.clusterid) WHERE EXISTS(SELECT 1 FROM consumption c WHERE "
                        "c.configid = ? AND c.partid = part_stock.partid AND c.clusterid = part_stock.clusterid)"_s,
                        {configId, configId});
        !done)
        return done;
    if (auto done = run(write, u"DELETE FROM consumption WHERE configid = ?"_s, {configId}); !done)
        return done;
    return run(write, u"DELETE FROM placement WHERE configid = ?"_s, {configId});
}

Outcome<void> checkStock(const QString &clusterId, const Need &need, qint64 replicas, const QSqlDatabase &connection)
{
    const auto made = plan(clusterId, need, replicas, connection);
    if (!made)
        return Refused(made.error());
    const auto parts = partsFor(made->consumption, clusterId, connection);
    return parts ? Outcome<void>() : Outcome<void>(Refused(parts.error()));
}

Outcome<StockPlan> planStock(const QString &clusterId, const Need &need, qint64 replicas, const QSqlDatabase &connection)
{
    const auto made = plan(clusterId, need, replicas, connection);
    if (!made)
        return Refused(made.error());
    if (auto parts = partsFor(made->consumption, clusterId, connection); !parts)
        return Refused(parts.error());
    StockPlan planned;
    for (const NodeRoom &room : made->chosen)
        planned.hosts << room.hostName;
    for (const auto &[part, amount] : made->consumption) {
        const auto stocked = stockOf(part, clusterId, connection);
        if (!stocked)
            return Refused(stocked.error());
        planned.parts.push_back({part.first, part.second, amount, stocked->stock - stocked->consumed});
    }
    return planned;
}

Outcome<void> moveStock(const QString &nodeId, const QString &clusterId, const QSet<QString> &staying, WriteTransaction &write)
{
    auto rooms = roomsOf(clusterId, write.connection());
    if (!rooms)
        return Refused(rooms.error());
    const auto placed = placedOn(nodeId, write.connection());
    if (!placed)
        return Refused(placed.error());
    const auto from = std::ranges::find(*rooms, nodeId, &NodeRoom::nodeId);
    if (from == rooms->end() || placed->empty())
        return {};
    auto shelf = Shelf::of(clusterId, write.connection());
    if (!shelf)
        return Refused(shelf.error());
    const NodeRoom source = *from;
    for (const Placed &one : *placed) {
        if (staying.contains(one.configId))
            continue;
        Need need = one.need;
        if (auto wished = takeWishes(need, one.configId, write.connection()); !wished)
            return wished;
        need.gpuModel = need.gpus > 0 ? source.gpuModel : QString(); // a card of another model is another product
        const Consumption before = consumptionOn(source, need);
        if (auto done = giveBack(one.configId, clusterId, before, write); !done)
            return done;
        shelf->give(before);
        NodeRoom *target = choose(*rooms, need, &*shelf, nodeId);
        if (!target)
            return noOther(std::move(*rooms), nodeId, need, clusterId, write.connection());
        const Consumption after = consumptionOn(*target, need);
        shelf->take(after);
        if (auto done = consume(one.configId, clusterId, after, write); !done)
            return done;
        if (auto done =
                run(write, u"UPDATE placement SET nodeid = ? WHERE configid = ? AND ordinal = ?"_s, {target->nodeId, one.configId, one.ordinal});
            !done)
            return done;
        occupy(*target, need);
    }
    return {};
}

Outcome<bool> placeOn(const QString &nodeId, const QString &configId, const QString &clusterId, const Need &need, WriteTransaction &write)
{
    const auto rooms = roomsOf(clusterId, write.connection());
    if (!rooms)
        return Refused(rooms.error());
    const auto room = std::ranges::find(*rooms, nodeId, &NodeRoom::nodeId);
    if (room == rooms->end() || !mayCarry(*room, need) || !holds(*room, need))
        return false;
    const Consumption consumption = consumptionOn(*room, need);
    if (!partsFor(consumption, clusterId, write.connection()))
        return false;
    auto last = runSql(write.connection(), u"SELECT coalesce(max(ordinal) + 1, 0) FROM placement WHERE configid = ?"_s, {configId});
    if (!last || !last->next())
        return storageRefusal(last ? Error{} : last.error());
    const qint64 ordinal = last->value(0).toLongLong();
    last->finish();
    if (auto done = storePlace(configId, ordinal, nodeId, need, write); !done)
        return Refused(done.error());
    if (auto done = consume(configId, clusterId, consumption, write); !done)
        return Refused(done.error());
    return true;
}

Outcome<void> giveStockOf(const QString &nodeId, const QString &configId, const QString &clusterId, WriteTransaction &write)
{
    const auto rooms = roomsOf(clusterId, write.connection());
    const auto placed = placedOn(nodeId, write.connection());
    if (!rooms || !placed)
        return Refused(rooms ? placed.error() : rooms.error());
    const auto room = std::ranges::find(*rooms, nodeId, &NodeRoom::nodeId);
    for (const Placed &one : *placed) {
        if (one.configId != configId || room == rooms->end())
            continue;
        const Consumption consumption = consumptionOn(*room, one.need);
        if (auto done = giveBack(configId, clusterId, consumption, write); !done)
            return done;
        if (auto done = run(write, u"DELETE FROM placement WHERE configid = ? AND ordinal = ?"_s, {configId, one.ordinal}); !done)
            return done;
    }
    return {};
}

} // namespace kboss::standalone
