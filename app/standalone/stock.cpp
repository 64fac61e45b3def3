#include "app/standalone/stock.h"

#include "app/standalone/stockshelf.h"
#include "app/standalone/stockwish.h"

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 miPerGi = 1024;

// Amounts by member, so that each rule is written once.
struct Measure {
    qint64 Need::*amount;
    const char *type, *name; // of the part
    qint64 base; // base units in one unit that people read
    const char *unit;
};
constexpr Measure measures[] = {
    {&Need::cpuMilli, "cpu", "CPU", 1000, "核"},
    {&Need::memoryMi, "memory", "内存", miPerGi, "Gi"},
    {&Need::systemDiskMi, "disk", "系统盘", miPerGi, "Gi"},
    {&Need::dataDiskMi, "disk", "数据盘", miPerGi, "Gi"},
    {&Need::gpus, "gpu", "GPU", 1, "卡"},
};

QString shown(qint64 amount, const Measure &measure)
{
    QString text = QString::number(amount / measure.base);
    if (const qint64 rest = amount % measure.base; rest != 0) {
        QString digits = QString::number(rest * 1000 / measure.base).rightJustified(3, u'0');
        while (digits.endsWith(u'0'))
            digits.chop(1);
        text += digits.isEmpty() ? QString() : u'.' + digits;
    }
    return text + u' ' + QString::fromUtf8(measure.unit);
}

qint64 freeOf(const NodeRoom &room, const Measure &measure)
{
    return room.total.*measure.amount - room.used.*measure.amount;
}

QString modelOf(const NodeRoom &room, const Measure &measure)
{
    if (measure.amount == &Need::cpuMilli)
        return room.cpuModel;
    if (measure.amount == &Need::memoryMi)
        return room.memoryModel;
    if (measure.amount == &Need::systemDiskMi)
        return u"SYS"_s;
    return measure.amount == &Need::dataDiskMi ? u"DATA"_s : room.gpuModel;
}

bool mayCarry(const NodeRoom &room, const Need &need)
{
    if (room.cordoned || room.control)
        return false;
    if (!need.cpuModel.isEmpty() && need.cpuModel != room.cpuModel)
        return false;
    if (need.gpus > 0 && !need.gpuModel.isEmpty() && need.gpuModel != room.gpuModel)
        return false;
    if (need.memoryMi > 0 && !need.memoryModel.isEmpty() && need.memoryModel != room.memoryModel)
        return false;
    if (need.dataDiskMi > 0 && !need.dataDiskModel.isEmpty() && need.dataDiskModel != u"DATA"_s)
        return false;
    return std::ranges::all_of(need.selector, [&room](const auto &label) { return room.labels.contains(label.first + u'=' + label.second); });
}

bool holds(const NodeRoom &room, const Need &need)
{
    return std::ranges::all_of(measures, [&](const Measure &measure) { return need.*measure.amount <= freeOf(room, measure); });
}

bool roomier(const NodeRoom &a, const NodeRoom &b)
{
    const auto key = [](const NodeRoom &room) {
        return std::tuple(room.total.gpus - room.used.gpus, room.total.memoryMi - room.used.memoryMi, room.total.cpuMilli - room.used.cpuMilli);
    };
    return key(a) != key(b) ? key(a) > key(b) : a.hostName < b.hostName;
}

void count(Consumption &consumption, const NodeRoom &room, const Need &need)
{
    for (const Measure &measure : measures) {
        if (const qint64 amount = need.*measure.amount; amount > 0)
            consumption[{QLatin1String(measure.type), modelOf(room, measure)}] += amount;
    }
}

Consumption consumptionOn(const NodeRoom &room, const Need &need)
{
    Consumption one;
    count(one, room, need);
    return one;
}

// A pod that asks for no GPU goes where fewest are free: cards stay for those who need them. With a shelf, only where its parts are sold and left.
NodeRoom *choose(std::vector<NodeRoom> &rooms, const Need &need, const Shelf *shelf, const QString &except = {})
{
    NodeRoom *best = nullptr;
    for (NodeRoom &room : rooms) {
        if (room.nodeId == except || !mayCarry(room, need) || !holds(room, need) || (shelf && !shelf->suffices(consumptionOn(room, need))))
            continue;
        const bool fewer = best && need.gpus == 0 && room.total.gpus != best->total.gpus;
        if (!best || (fewer ? room.total.gpus < best->total.gpus : roomier(room, *best)))
            best = &room;
    }
    return best;
}

void occupy(NodeRoom &room, const Need &need)
{
    for (const Measure &measure : measures)
        room.used.*measure.amount += need.*measure.amount;
}

QString lacking(const NodeRoom &room, const Need &need)
{
    QStringList words;
    for (const Measure &measure : measures) {
        if (const qint64 missing = need.*measure.amount - freeOf(room, measure); missing > 0)
            words << u"%1 差 %2"_s.arg(QString::fromUtf8(measure.name), shown(missing, measure));
    }
    return words.join(u"、"_s);
}

Refused noNode(const std::vector<NodeRoom> &rooms, const Need &need)
{
    const NodeRoom *best = nullptr;
    qsizetype fewest = 0;
    for (const NodeRoom &room : rooms) {
        if (!mayCarry(room, need))
            continue;
        const qsizetype lacks = lacking(room, need).count(u"、"_s);
        if (!best || lacks < fewest || (lacks == fewest && roomier(room, *best))) {
            best = &room;
            fewest = lacks;
        }
    }
    if (!best)
        return refuse(u"没有可用节点: 集群中没有可调度且符合型号与标签的工作节点"_s);
    return refuse(u"没有可用节点: 没有一个节点能容纳全部资源;最接近的节点 %1 %2"_s.arg(best->hostName, lacking(*best, need)));
}

const Measure &measureOf(const QString &type, const QString &model)
{
    for (const Measure &measure : measures) {
        if (type == QLatin1String(measure.type) && (type != u"disk"_s || (model == u"SYS"_s) == (measure.amount == &Need::systemDiskMi)))
            return measure;
    }
    return measures[0];
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

struct Plan {
    std::vector<NodeRoom> chosen; // of each replica
    Consumption consumption;
};

// Rooms with a part that nobody sells are left out, unless that leaves none which may carry it.
std::vector<NodeRoom> soldOf(std::vector<NodeRoom> rooms, const Need &need, const Shelf &shelf)
{
    const auto unsold = [&](const NodeRoom &room) { return !shelf.sells(consumptionOn(room, need)); };
    if (std::ranges::any_of(rooms, [&](const NodeRoom &room) { return mayCarry(room, need) && !unsold(room); }))
        std::erase_if(rooms, unsold);
    return rooms;
}

// One on each node that may carry it and whose parts are sold.
Outcome<Plan> planEverywhere(const std::vector<NodeRoom> &rooms, const Need &need)
{
    Plan made;
    for (const NodeRoom &room : rooms) {
        if (!mayCarry(room, need))
            continue;
        if (!holds(room, need))
            return refuse(u"节点 %1 不能容纳: %2"_s.arg(room.hostName, lacking(room, need)));
        count(made.consumption, room, need);
        made.chosen.push_back(room);
    }
    return made.chosen.empty() ? Outcome<Plan>(noNode(rooms, need)) : Outcome<Plan>(std::move(made));
}

// Without a shelf: by the nodes alone.
Outcome<Plan> planReplicas(std::vector<NodeRoom> rooms, const Need &need, qint64 replicas, std::optional<Shelf> shelf)
{
    Plan made;
    for (qint64 i = 0; i < replicas; ++i) {
        NodeRoom *room = choose(rooms, need, shelf ? &*shelf : nullptr);
        if (!room)
            return noNode(rooms, need);
        count(made.consumption, *room, need);
        made.chosen.push_back(*room);
        occupy(*room, need);
        if (shelf)
            shelf->take(consumptionOn(*room, need));
    }
    return made;
}

// Where the nodes have room but the parts do not suffice, the plan is that of the nodes alone: whoever uses it sees by partsFor() which part is
// missing.
Outcome<Plan> plan(const QString &clusterId, const Need &need, qint64 replicas, const QSqlDatabase &connection)
{
    auto rooms = roomsOf(clusterId, connection);
    const auto shelf = Shelf::of(clusterId, connection);
    if (!rooms || !shelf)
        return Refused(rooms ? shelf.error() : rooms.error());
    const std::vector<NodeRoom> sold = soldOf(std::move(*rooms), need, *shelf);
    if (replicas == 0)
        return planEverywhere(sold, need);
    auto made = planReplicas(sold, need, replicas, *shelf);
    return made ? made : planReplicas(sold, need, replicas, std::nullopt);
}

Outcome<void> run(WriteTransaction &write, const QString &sql, const QList<QVariant> &values)
{
    const auto done = runSql(write.connection(), sql, values);
    return done ? Outcome<void>() : Outcome<void>(storageRefusal(done.error()));
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

Outcome<void> place(const QString &configId, qint64 ordinal, const QString &nodeId, const Need &need, WriteTransaction &write)
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
        for (const Measure &measure : measures)
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
        if (auto done = place(configId, static_cast<qint64>(i), made->chosen[i].nodeId, need, write); !done)
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
    Consumption consumption;
    count(consumption, *room, need);
    if (!partsFor(consumption, clusterId, write.connection()))
        return false;
    auto last = runSql(write.connection(), u"SELECT coalesce(max(ordinal) + 1, 0) FROM placement WHERE configid = ?"_s, {configId});
    if (!last || !last->next())
        return storageRefusal(last ? Error{} : last.error());
    const qint64 ordinal = last->value(0).toLongLong();
    last->finish();
    if (auto done = place(configId, ordinal, nodeId, need, write); !done)
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
        Consumption consumption;
        count(consumption, *room, one.need);
        if (auto done = giveBack(configId, clusterId, consumption, write); !done)
            return done;
        if (auto done = run(write, u"DELETE FROM placement WHERE configid = ? AND ordinal = ?"_s, {configId, one.ordinal}); !done)
            return done;
    }
    return {};
}

} // namespace kboss::standalone
