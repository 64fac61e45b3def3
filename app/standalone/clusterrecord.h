#pragma once

#include "app/standalone/clusterbackend.h"
#include "app/standalone/kbosslist.h"
#include "app/standalone/keyfile.h"

namespace kboss::standalone {

// A cluster as the database has it.
struct Cluster {
    QString id, cpcid, name, type, controllerId, controllerIp;
    Period period;
    QString join, kubeconfig; // sealed; empty until it is ready
    bool ready = false;
    QString backend, version, certificateDate;
    qint64 createdMs = 0, backgroundPods = 0;
};

Outcome<std::vector<Cluster>> clustersOf(const QString &cpcid, const QSqlDatabase &connection); // in the order of creation
Outcome<Cluster> storedCluster(const QString &id, const QSqlDatabase &connection); // refused when there is none
// The same, refused as well when it belongs to another center or is not ready yet.
Outcome<Cluster> readyCluster(const QString &cpcid, const QString &id, const QSqlDatabase &connection);
Outcome<void> insertCluster(const Cluster &cluster, WriteTransaction &write);

// An idle node of the center; else refused with `field` named.
struct Node;
Outcome<Node> idleNode(const QString &cpcid, const QString &nodeId, const char *field, const QSqlDatabase &connection);

Outcome<void> centerExists(const QString &cpcid, const QSqlDatabase &connection);

// What the back end says of it, summed up.
struct ClusterFigures {
    qint64 nodes = 0, readyNodes = 0, pods = 0;
    qint64 cpuMilli = 0, cpuAskedMilli = 0, memoryMi = 0, memoryAskedMi = 0, gpus = 0, gpusAsked = 0;
    std::optional<qint64> cpuUsedMilli, memoryUsedMi;
};
// What is known of a cluster now. `figures` may be older than the last try: then `reachable` is false and `reason` says why.
struct ClusterSight {
    std::optional<ClusterFigures> figures;
    qint64 figuresMs = 0; // when they were taken
    bool reachable = false;
    QString reason;
    bool removing = false;
};
void appendCluster(std::string &out, const Cluster &cluster, const SecretBox &box, const ClusterSight &sight, qint64 rowNumber);
std::string clusterRecord(const Cluster &cluster); // as a write answers it

std::string decimalText(qint64 amount, qint64 base); // amount / base with up to three places, as a JSON number: 1500, 1000 → "1.5"

} // namespace kboss::standalone
