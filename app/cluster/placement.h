#pragma once

#include "app/cluster/workload.h"

#include <functional>
#include <map>
#include <span>

namespace kboss {

// Where pods find room, and what of each part they take: the rules that the service places by, and the console reckons with before anything is sent.
// Values and pure functions; any thread. Parts are counted in base units, exact: cpu in thousandths of a core, memory and disks in Mi, GPUs in cards.

// What one replica needs of the node it runs on.
struct Need {
    qint64 cpuMilli = 0, memoryMi = 0, systemDiskMi = 0, dataDiskMi = 0, gpus = 0;
    QString cpuModel, gpuModel; // empty = any
    QString memoryModel; // empty = any
    QString dataDiskModel; // empty = DATA, which is all that nodes have: of another model there is none
    std::vector<std::pair<QString, QString>> selector; // labels the node must carry
};
Need needOf(const Workload &workload);
qint64 placedReplicas(const Workload &workload); // as place() wants them

// A node's hardware, and what the placements on it have taken.
struct NodeRoom {
    QString nodeId, hostName, clusterId;
    bool cordoned = false, control = false;
    QString cpuModel, memoryModel, gpuModel;
    QStringList labels; // "key=value"
    Need total, used; // models and selector empty
};

enum class PartKind { Cpu, Memory, SystemDisk, DataDisk, Gpu };
// One kind of part, so that each rule is written once.
struct Measure {
    PartKind kind;
    qint64 Need::*amount;
    const char *type; // of the part: "cpu" "memory" "disk" "gpu"
    qint64 base; // base units in one unit that people read: core, Gi, card
};
std::span<const Measure> measures();
const Measure &measureOf(const QString &type, const QString &model); // of a part
QString amountText(qint64 amount, const Measure &measure); // "1.5" of its unit, at most three places

qint64 freeOf(const NodeRoom &room, const Measure &measure);
QString modelOf(const NodeRoom &room, const Measure &measure); // of the part that the room has; disks are "SYS" and "DATA"
bool mayCarry(const NodeRoom &room, const Need &need); // open to pods, of these models and labels
bool holds(const NodeRoom &room, const Need &need);
void occupy(NodeRoom &room, const Need &need);

// The room for one more: most left first, then by name; a pod without GPUs goes where fewest are. Null when there is none.
// `also`: what else has to be so of a room.
NodeRoom *chooseRoom(std::vector<NodeRoom> &rooms, const Need &need, const QString &exceptNodeId = {},
                     const std::function<bool(const NodeRoom &)> &also = {});
// Of the rooms that may carry it, the one that lacks least; null when none may.
const NodeRoom *nearestRoom(const std::vector<NodeRoom> &rooms, const Need &need);
struct Shortfall {
    const Measure *measure;
    qint64 missing;
};
std::vector<Shortfall> lacking(const NodeRoom &room, const Need &need);

using Consumption = std::map<std::pair<QString, QString>, qint64>; // (type, model) → base units
void addConsumption(Consumption &consumption, const NodeRoom &room, const Need &need);

struct Placement {
    std::vector<NodeRoom> chosen; // of each replica, as it was before it came
    Consumption consumption;
};
struct NoPlace {
    enum class Why { NobodyMay, NobodyHolds, NotEverywhere };
    Why why = Why::NobodyMay;
    NodeRoom room; // the nearest, or the one of all that cannot hold it; empty where nobody may
    size_t placed = 0; // replicas that found room before
};
// replicas 0 = one on each node that may carry it, as a DaemonSet runs.
tl::expected<Placement, NoPlace> place(std::vector<NodeRoom> rooms, const Need &need, qint64 replicas);

// What is held of a cluster while a workload becomes another one.
struct Change {
    bool beside = false; // all that `former` holds stays held besides; else it counts as free
    Need need;
    qint64 replicas = 1; // as place() wants them
};
// atOnce: the books are all there is of the cluster. Else it may have either until it has answered: both are held, the larger amounts where a replica of the one
// can stand where one of the other stood (same controller, models and labels).
Change changeOf(const Workload &former, const Workload &workload, bool atOnce);

} // namespace kboss
