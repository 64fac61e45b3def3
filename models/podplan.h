#pragma once

#include "app/cluster/placement.h"
#include "models/resourcetype.h"

namespace kboss {

// What a pod configuration would take and where, reckoned from the rows of node-stock and compute-part as they were last read, by the rules the service places
// by. Values; any thread.

struct PartStock {
    qint64 stock = 0, consumed = 0; // base units
};
using PartStocks = std::map<std::pair<QString, QString>, PartStock>; // by (type, model): what the center sells; nothing of it in the cluster = zeros

std::vector<NodeRoom> podRooms(const ResourceType &nodeStock, const std::vector<Row> &rows, const QString &clusterId);
PartStocks podStocks(const ResourceType &parts, const std::vector<Row> &rows, const QString &clusterId);

// What a configuration has now: counts as free for a change of it.
struct PodHolding {
    Need need;
    QStringList hosts; // of each replica
    std::optional<Workload> former = {}; // where the cluster may have either until it has answered: then both are held meanwhile
};
// The nodes of each replica: those of its pods where they are as many, else the named nodes in turn.
QStringList replicaHosts(qint64 replicas, const QStringList &named, const QStringList &ofPods);
Consumption holdingParts(const PodHolding &holding, const std::vector<NodeRoom> &rooms);

struct PartLine {
    const Measure *measure = nullptr;
    QString type, model;
    qint64 needed = 0, free = 0, missing = 0; // base units
    bool sold = true; // the center has such a part
};
struct NodeLine {
    QString host;
    std::vector<Shortfall> lacks; // of one replica; empty = holds one
};
struct PodCheck {
    bool fits = false;
    std::vector<PartLine> parts;
    std::vector<std::pair<QString, int>> hosts; // where the replicas would go, and how many
    std::vector<NodeLine> nodes; // those that may carry one
    qint64 closed = 0; // of the cluster's others: control, cordoned, of another model or without the labels
    bool beside = false; // what it has now stays held until the cluster has answered
    qint64 replicas = 1; // how many there are to be
    std::optional<NoPlace> none; // why there is no room
};
PodCheck checkPod(const Workload &workload, std::vector<NodeRoom> rooms, PartStocks stocks, const PodHolding &holding);

// The texts of a configuration's row, by the operation's parameters; without its password.
WorkloadTexts podTexts(const ResourceType &configs, const Row &row);
// The first node port that no configuration of these rows has; 0 when all are taken. nodePortOwner: who has it, by name; empty = nobody else.
int freeNodePort(const ResourceType &configs, const std::vector<Row> &rows);
QString nodePortOwner(const ResourceType &configs, const std::vector<Row> &rows, const QString &port, const QString &exceptId);

// What becomes of a configuration that is deleted.
struct PodCascade {
    struct Back {
        QString host, type, model;
        qint64 amount = 0; // base units
    };
    QStringList goes, stays; // "StatefulSet abc-statefulset" …
    QStringList pods;
    std::vector<Back> back;
};
PodCascade podCascade(const ResourceType &configs, const Row &row, const std::vector<NodeRoom> &rooms, const QStringList &pods,
                      const QStringList &podHosts);

} // namespace kboss
