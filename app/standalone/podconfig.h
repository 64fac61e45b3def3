#pragma once

#include "app/cluster/workload.h"
#include "app/standalone/clusterrecord.h"
#include "app/standalone/stock.h"

#include <functional>

namespace kboss::standalone {

// A pod configuration: texts by the names of newCpcpodyaml's parameters, as they were sent, and what it has become. The password is apart, sealed.
struct PodConfig {
    QString id, cpcid, clusterId, orgId, userName;
    QString state = QStringLiteral("applying"); // "applying": stock is taken, the cluster may not have it yet; "applied"; "removing"
    WorkloadTexts texts; // without source_authpasswd
    QString password; // sealed
    qint64 updatedMs = 0;
};

Outcome<PodConfig> storedConfig(const QString &id, const QSqlDatabase &connection); // refused when there is none
Outcome<std::vector<PodConfig>> configsOf(const QString &clusterId, const QSqlDatabase &connection);
// Those that a crash left between the books and the cluster.
Outcome<std::vector<PodConfig>> unfinishedConfigs(const QSqlDatabase &connection);

// The texts of a request, defaults of a workload filled in.
WorkloadTexts textsOf(const CheckedRequest &request);
// Typed; refused in words with the first field at fault named.
Outcome<Workload> workloadOf(const PodConfig &config, const SecretBox &box);

void appendConfig(std::string &out, const PodConfig &config, const QString &nodes, qint64 rowNumber);
std::string appliedConfig(const PodConfig &config, const Workload &workload); // as a write answers it

// Where configurations come from and go to: the books first (stock and row in one transaction), then the cluster. Stock is held until the cluster has answered:
// a change holds the old and the new amounts meanwhile. When the cluster refuses, things are set back; where that fails as well, or the service dies in between,
// the state stays open and ConfigRetry finishes it. All hold the configuration's lock (Backend::configLocks).
// The row and its stock, in the state the configuration has.
Outcome<void> bookConfig(const PodConfig &config, const Workload &workload, WriteTransaction &write);
// `also` is written in the transaction that books it; what that refuses is not booked.
using AlsoBooked = std::function<Outcome<void>(WriteTransaction &)>;
Outcome<Workload> createConfig(PodConfig config, Backend &backend, const AlsoBooked &also = {});
// Whether createConfig(), or changeConfig() of the one with this id, would take it now, by the same steps; nothing is written, no cluster asked.
Outcome<StockPlan> planConfig(const PodConfig &config, bool isChange, Backend &backend);
struct ChangedConfig {
    PodConfig config;
    Workload workload;
};
using ConfigChange = std::function<Outcome<PodConfig>(PodConfig)>; // of the row as it is once nobody else works on it
Outcome<ChangedConfig> changeConfig(const QString &id, const ConfigChange &change, Backend &backend);
Outcome<void> deleteConfig(const QString &id, Backend &backend);
// Carries out what the state of the row says; gone or applied = done. The caller holds its lock.
Outcome<void> finishConfig(const QString &id, Database &database, const SecretBox &box, const BackendSettings &settings);

// What a change may not do to the disks that are there already; refused in words.
Outcome<void> mayBecome(const Workload &former, const Workload &workload);

// DaemonSets run once on every node that may carry them. They do not move: on a node that leaves they end, and a node that joins gets them, as far as it has
// room and the parts suffice (in a cluster such a pod would wait).
Outcome<QSet<QString>> daemonsOf(const QString &clusterId, const QSqlDatabase &connection); // ids of configurations
Outcome<void> placeDaemons(const QString &nodeId, const QString &clusterId, const SecretBox &box, WriteTransaction &write);
Outcome<void> endDaemons(const QString &nodeId, const QString &clusterId, WriteTransaction &write);

QString newConfigId(); // 21 lower-case letters and digits, the first a letter

} // namespace kboss::standalone
