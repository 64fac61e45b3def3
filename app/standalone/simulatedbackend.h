#pragma once

#include "app/standalone/clusterrecord.h"
#include "app/standalone/simulatedcluster.h"

namespace kboss::standalone {

// What the database says of a simulated cluster, as the simulation wants it.
Outcome<SimulatedCluster> loadSimulated(const Cluster &cluster, const QSqlDatabase &connection);

std::unique_ptr<ClusterBackend> makeSimulatedBackend(Cluster cluster, Database &database);

} // namespace kboss::standalone
