#include "app/cluster/placement.h"

#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 miPerGi = 1024;

bool roomier(const NodeRoom &a, const NodeRoom &b)
{
    const auto key = [](const NodeRoom &room) {
        return std::tuple(room.total.gpus - room.used.gpus, room.total.memoryMi - room.used.memoryMi, room.total.cpuMilli - room.used.cpuMilli);
    };
    return key(a) != key(b) ? key(a) > key(b) : a.hostName < b.hostName;
}

NoPlace noPlace(const std::vector<NodeRoom> &rooms, const Need &need, size_t placed)
{
    const NodeRoom *nearest = nearestRoom(rooms, need);
    return nearest ? NoPlace{NoPlace::Why::NobodyHolds, *nearest, placed} : NoPlace{};
}

// One on each node that may carry it.
tl::expected<Placement, NoPlace> placeEverywhere(const std::vector<NodeRoom> &rooms, const Need &need)
{
    Placement made;
    for (const NodeRoom &room : rooms) {
        if (!mayCarry(room, need))
            continue;
        if (!holds(room, need))
            return tl::unexpected(NoPlace{NoPlace::Why::NotEverywhere, room, made.chosen.size()});
        addConsumption(made.consumption, room, need);
        made.chosen.push_back(room);
    }
    if (made.chosen.empty())
        return tl::unexpected(NoPlace{});
    return made;
}

} // namespace

std::span<const Measure> measures()
{
    static constexpr Measure all[] = {
        {PartKind::Cpu, &Need::cpuMilli, "cpu", 1000},
        {PartKind::Memory, &Need::memoryMi, "memory", miPerGi},
        {PartKind::SystemDisk, &Need::systemDiskMi, "disk", miPerGi},
        {PartKind::DataDisk, &Need::dataDiskMi, "disk", miPerGi},
        {PartKind::Gpu, &Need::gpus, "gpu", 1},
    };
    return all;
}

const Measure &measureOf(const QString &type, const QString &model)
{
    for (const Measure &measure : measures()) {
        const bool system = measure.kind == PartKind::SystemDisk;
        if (type == QLatin1String(measure.type) && (type != u"disk"_s || (model == u"SYS"_s) == system))
            return measure;
    }
    return measures().front();
}

QString amountText(qint64 amount, const Measure &measure)
{
    QString text = QString::number(amount / measure.base);
    if (const qint64 rest = amount % measure.base; rest != 0) {
        QString digits = QString::number(rest * 1000 / measure.base).rightJustified(3, u'0');
        while (digits.endsWith(u'0'))
            digits.chop(1);
        text += digits.isEmpty() ? QString() : u'.' + digits;
    }
    return text;
}

Need needOf(const Workload &workload)
{
    Need need;
    need.cpuMilli = workload.cpuMilli;
    need.memoryMi = workload.memoryMi;
    need.systemDiskMi = workload.systemDiskMi;
    need.dataDiskMi = workload.dataDiskMi;
    need.gpus = workload.gpus;
    need.cpuModel = workload.cpuModel;
    need.memoryModel = workload.memoryModel;
    need.gpuModel = workload.gpuModel;
    need.selector = workload.nodeSelector;
    return need;
}

qint64 placedReplicas(const Workload &workload)
{
    return workload.controller == Controller::DaemonSet ? 0 : workload.replicas;
}

qint64 freeOf(const NodeRoom &room, const Measure &measure)
{
    return room.total.*measure.amount - room.used.*measure.amount;
}

QString modelOf(const NodeRoom &room, const Measure &measure)
{
    switch (measure.kind) {
    case PartKind::Cpu:
        return room.cpuModel;
    case PartKind::Memory:
        return room.memoryModel;
    case PartKind::SystemDisk:
        return u"SYS"_s;
    case PartKind::DataDisk:
        return u"DATA"_s;
    case PartKind::Gpu:
        break;
    }
    return room.gpuModel;
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
    return std::ranges::all_of(measures(), [&](const Measure &measure) { return need.*measure.amount <= freeOf(room, measure); });
}

void occupy(NodeRoom &room, const Need &need)
{
    for (const Measure &measure : measures())
        room.used.*measure.amount += need.*measure.amount;
}

// Cards stay for those who need them.
NodeRoom *chooseRoom(std::vector<NodeRoom> &rooms, const Need &need, const QString &exceptNodeId, const std::function<bool(const NodeRoom &)> &also)
{
    NodeRoom *best = nullptr;
    for (NodeRoom &room : rooms) {
        if ((!exceptNodeId.isEmpty() && room.nodeId == exceptNodeId) || !mayCarry(room, need) || !holds(room, need) || (also && !also(room)))
            continue;
        const bool fewer = best && need.gpus == 0 && room.total.gpus != best->total.gpus;
        if (!best || (fewer ? room.total.gpus < best->total.gpus : roomier(room, *best)))
            best = &room;
    }
    return best;
}

const NodeRoom *nearestRoom(const std::vector<NodeRoom> &rooms, const Need &need)
{
    const NodeRoom *best = nullptr;
    size_t fewest = 0;
    for (const NodeRoom &room : rooms) {
        if (!mayCarry(room, need))
            continue;
        const size_t lacks = lacking(room, need).size();
        if (!best || lacks < fewest || (lacks == fewest && roomier(room, *best))) {
            best = &room;
            fewest = lacks;
        }
    }
    return best;
}

std::vector<Shortfall> lacking(const NodeRoom &room, const Need &need)
{
    std::vector<Shortfall> short_;
    for (const Measure &measure : measures()) {
        if (const qint64 missing = need.*measure.amount - freeOf(room, measure); missing > 0)
            short_.push_back({&measure, missing});
    }
    return short_;
}

void addConsumption(Consumption &consumption, const NodeRoom &room, const Need &need)
{
    for (const Measure &measure : measures()) {
        if (const qint64 amount = need.*measure.amount; amount > 0)
            consumption[{QLatin1String(measure.type), modelOf(room, measure)}] += amount;
    }
}

Change changeOf(const Workload &former, const Workload &workload, bool atOnce)
{
    Change change{false, needOf(workload), placedReplicas(workload)};
    if (atOnce)
        return change;
    change.beside = former.controller != workload.controller || former.cpuModel != workload.cpuModel || former.memoryModel != workload.memoryModel
        || former.gpuModel != workload.gpuModel || former.nodeSelector != workload.nodeSelector;
    if (change.beside)
        return change;
    const Need before = needOf(former);
    for (const Measure &measure : measures())
        change.need.*measure.amount = std::max(change.need.*measure.amount, before.*measure.amount);
    change.replicas = std::max(change.replicas, placedReplicas(former));
    return change;
}

tl::expected<Placement, NoPlace> place(std::vector<NodeRoom> rooms, const Need &need, qint64 replicas)
{
    if (replicas == 0)
        return placeEverywhere(rooms, need);
    Placement made;
    for (qint64 i = 0; i < replicas; ++i) {
        NodeRoom *room = chooseRoom(rooms, need);
        if (!room)
            return tl::unexpected(noPlace(rooms, need, made.chosen.size()));
        addConsumption(made.consumption, *room, need);
        made.chosen.push_back(*room);
        occupy(*room, need);
    }
    return made;
}

} // namespace kboss
