#include "models/podplan.h"

#include "models/rowcells.h"

#include <QSet>
#include <algorithm>
#include <nlohmann/json.hpp>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

qint64 baseAmount(const Decimal &amount, qint64 base)
{
    const auto exact = amount.times(Decimal(base));
    return exact ? exact->rounded(0, Rounding::Floor).toInt64().value_or(0) : 0;
}

// Base units in one unit that a part is counted in.
qint64 unitBase(const QString &type, const QString &unit)
{
    if (type == u"cpu"_s)
        return unit == u"m"_s ? 1 : 1000;
    if (type == u"gpu"_s)
        return 1;
    return unit == u"Mi"_s ? 1 : unit == u"Ti"_s ? 1024 * 1024 : 1024;
}

Decimal jsonNumber(const nlohmann::json &object, const char *member)
{
    const auto found = object.find(member);
    if (found == object.end() || found->is_null())
        return {};
    return Decimal::parse(QString::fromStdString(found->is_string() ? found->get<std::string>() : found->dump())).value_or(Decimal());
}

PartStock stockIn(const QString &list, const QString &clusterId, qint64 base)
{
    const auto clusters = nlohmann::json::parse(list.toStdString(), nullptr, false);
    PartStock stock;
    if (!clusters.is_array())
        return stock;
    for (const auto &cluster : clusters) {
        if (cluster.is_object() && cluster.value("clusterid", std::string()) == clusterId.toStdString())
            stock = {baseAmount(jsonNumber(cluster, "stock"), base), baseAmount(jsonNumber(cluster, "consumed"), base)};
    }
    return stock;
}

const NodeRoom *roomOf(const std::vector<NodeRoom> &rooms, const QString &host)
{
    const auto found = std::find_if(rooms.begin(), rooms.end(), [&host](const NodeRoom &room) { return room.hostName == host; });
    return found == rooms.end() ? nullptr : &*found;
}

void giveBack(const PodHolding &holding, std::vector<NodeRoom> &rooms, PartStocks &stocks)
{
    for (const auto &[part, amount] : holdingParts(holding, rooms)) {
        const auto stock = stocks.find(part);
        if (stock != stocks.end())
            stock->second.consumed = std::max<qint64>(0, stock->second.consumed - amount);
    }
    for (const QString &host : holding.hosts) {
        for (NodeRoom &room : rooms) {
            if (room.hostName != host)
                continue;
            for (const Measure &measure : measures())
                room.used.*measure.amount = std::max<qint64>(0, room.used.*measure.amount - holding.need.*measure.amount);
        }
    }
}

// What it would take where nothing holds it: the models of the nearest node.
Consumption wanted(const std::vector<NodeRoom> &rooms, const Need &need, qint64 replicas)
{
    NodeRoom like;
    if (const NodeRoom *nearest = nearestRoom(rooms, need))
        like = *nearest;
    if (like.cpuModel.isEmpty())
        like.cpuModel = need.cpuModel;
    if (need.gpus > 0 && !need.gpuModel.isEmpty())
        like.gpuModel = need.gpuModel;
    Consumption one;
    addConsumption(one, like, need);
    for (auto &[part, amount] : one)
        amount *= replicas;
    return one;
}

std::vector<PartLine> partLines(const Consumption &taken, const PartStocks &stocks)
{
    std::vector<PartLine> lines;
    for (const auto &[part, amount] : taken) {
        PartLine line;
        line.measure = &measureOf(part.first, part.second);
        line.type = part.first;
        line.model = part.second;
        line.needed = amount;
        const auto stock = stocks.find(part);
        line.sold = stock != stocks.end();
        line.free = line.sold ? stock->second.stock - stock->second.consumed : 0;
        line.missing = std::max<qint64>(0, line.needed - line.free);
        lines.push_back(line);
    }
    std::stable_sort(lines.begin(), lines.end(), [](const PartLine &a, const PartLine &b) { return a.measure->kind < b.measure->kind; });
    return lines;
}

PodCheck placed(PodCheck check, const std::vector<NodeRoom> &rooms, const PartStocks &stocks, const Need &need, qint64 replicas)
{
    for (const NodeRoom &room : rooms) {
        if (mayCarry(room, need))
            check.nodes.push_back({room.hostName, lacking(room, need)});
        else
            ++check.closed;
    }
    check.replicas = replicas == 0 ? static_cast<qint64>(check.nodes.size()) : replicas;
    const auto found = place(rooms, need, replicas);
    if (found) {
        for (const NodeRoom &room : found->chosen) {
            const auto known = std::ranges::find(check.hosts, room.hostName, &std::pair<QString, int>::first);
            if (known == check.hosts.end())
                check.hosts.emplace_back(room.hostName, 1);
            else
                ++known->second;
        }
    } else {
        check.none = found.error();
    }
    check.parts = partLines(found ? found->consumption : wanted(rooms, need, std::max<qint64>(1, check.replicas)), stocks);
    check.fits = found.has_value() && std::ranges::all_of(check.parts, [](const PartLine &line) { return line.sold && line.missing == 0; });
    return check;
}

} // namespace

std::vector<NodeRoom> podRooms(const ResourceType &nodeStock, const std::vector<Row> &rows, const QString &clusterId)
{
    static constexpr std::pair<qint64 Need::*, std::pair<const char *, const char *>> fields[] = {
        {&Need::cpuMilli, {"cpu_total", "cpu_used"}},
        {&Need::memoryMi, {"memory_total", "memory_used"}},
        {&Need::systemDiskMi, {"sysdisk_total", "sysdisk_used"}},
        {&Need::dataDiskMi, {"datadisk_total", "datadisk_used"}},
        {&Need::gpus, {"gpu_total", "gpu_used"}},
    };
    std::vector<NodeRoom> rooms;
    for (const Row &row : rows) {
        const RowCells cells(nodeStock, row);
        if (cells.text("clusterid") != clusterId)
            continue;
        NodeRoom room;
        room.nodeId = row.key;
        room.hostName = cells.text("node_name");
        room.clusterId = clusterId;
        room.cordoned = cells.flag("cordoned");
        room.control = cells.text("role") == u"control"_s;
        room.cpuModel = cells.text("cpu_model");
        room.memoryModel = cells.text("memory_model");
        room.gpuModel = cells.text("gpu_model");
        for (const QString &label : cells.text("labels").split(u',', Qt::SkipEmptyParts))
            room.labels << label.trimmed();
        for (const auto &[amount, names] : fields) {
            const auto measure = std::ranges::find(measures(), amount, &Measure::amount);
            room.total.*amount = baseAmount(cells.number(names.first), measure->base);
            room.used.*amount = baseAmount(cells.number(names.second), measure->base);
        }
        rooms.push_back(std::move(room));
    }
    std::stable_sort(rooms.begin(), rooms.end(), [](const NodeRoom &a, const NodeRoom &b) { return a.hostName < b.hostName; });
    return rooms;
}

PartStocks podStocks(const ResourceType &parts, const std::vector<Row> &rows, const QString &clusterId)
{
    PartStocks stocks;
    for (const Row &row : rows) {
        const RowCells cells(parts, row);
        const QString type = cells.text("type");
        stocks[{type, cells.text("model")}] = stockIn(cells.text("import_export"), clusterId, unitBase(type, cells.text("resource_unit")));
    }
    return stocks;
}

QStringList replicaHosts(qint64 replicas, const QStringList &named, const QStringList &ofPods)
{
    const QSet<QString> known(named.begin(), named.end()), running(ofPods.begin(), ofPods.end());
    if (ofPods.size() == replicas && (named.isEmpty() || known == running))
        return ofPods;
    QStringList hosts;
    for (qint64 i = 0; i < replicas && !named.isEmpty(); ++i)
        hosts << named.at(i % named.size());
    return hosts;
}

Consumption holdingParts(const PodHolding &holding, const std::vector<NodeRoom> &rooms)
{
    Consumption parts;
    for (const QString &host : holding.hosts) {
        if (const NodeRoom *room = roomOf(rooms, host))
            addConsumption(parts, *room, holding.need);
    }
    return parts;
}

PodCheck checkPod(const Workload &workload, std::vector<NodeRoom> rooms, PartStocks stocks, const PodHolding &holding)
{
    const Change change = changeOf(holding.former.value_or(workload), workload, !holding.former);
    PodCheck check;
    check.beside = change.beside;
    if (!change.beside)
        giveBack(holding, rooms, stocks);
    PodCheck held = placed(check, rooms, stocks, change.need, change.replicas);
    // What it has in the end is no more than what is held meanwhile.
    return held.fits ? placed(check, rooms, stocks, needOf(workload), placedReplicas(workload)) : held;
}

WorkloadTexts podTexts(const ResourceType &configs, const Row &row)
{
    const RowCells cells(configs, row);
    WorkloadTexts texts;
    for (const ColumnSpec &column : configs.columns) {
        const QString &name = column.field.id;
        const bool kept = name.startsWith(u"source_"_s) || name.startsWith(u"pod_image"_s) || name.endsWith(u"_model"_s)
            || name == u"disk_sys_limit"_s || name == u"instance_type"_s || name == u"clusterid"_s;
        if (kept && column.field.type != FieldType::Secret)
            texts.insert(name, cells.text(name));
    }
    texts.insert(u"id"_s, row.key);
    // The namespace as it is: the service made it of the cluster and the customer.
    if (const QString nameSpace = cells.text("namespace_name"); !nameSpace.isEmpty())
        texts.insert(u"clusterid"_s, nameSpace);
    return texts;
}

QString nodePortOwner(const ResourceType &configs, const std::vector<Row> &rows, const QString &port, const QString &exceptId)
{
    for (const Row &row : rows) {
        const RowCells cells(configs, row);
        if (row.key != exceptId && cells.text("source_portmode") == u"NodePort"_s && cells.text("source_outsideport") == port)
            return cells.text("source_name");
    }
    return {};
}

} // namespace kboss
