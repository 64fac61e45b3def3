#pragma once

#include "app/standalone/jobs.h"

namespace kboss::standalone {

// What jobs do to the cluster and to the database. A step's work is done when the step's time is over.

bool actsOnCluster(const Job &job); // does the step under way wait for the cluster?
// The part of the step under way that goes through the cluster's back end. Not within a transaction. Nothing is done to the cluster that the books could not
// follow; a node that is gone there already is no failure.
Outcome<void> actOnCluster(const Job &job, Database &database, const SecretBox &box, const BackendSettings &settings);
// A failed removal lets the node be scheduled again, where it was before. As far as the cluster lets us.
void undoOnCluster(const Job &job, Database &database, const SecretBox &box, const BackendSettings &settings);
// What the end of a job means for clusters, members, nodes and stock.
Outcome<void> completeJob(const Job &job, const SecretBox &box, qint64 nowMs, WriteTransaction &write);
// A failed installation frees its node again; after a failed removal the cluster is in use again.
Outcome<void> undoJob(const Job &job, WriteTransaction &write);

// Members of clusters.
Outcome<void> occupyNode(const QString &nodeId, const QString &clusterId, const QString &clusterName, const QString &role, WriteTransaction &write);
Outcome<void> addMember(const QString &nodeId, const QString &clusterId, const QString &hostName, bool control, qint64 nowMs, WriteTransaction &write);
Outcome<void> removeMember(const QString &nodeId, WriteTransaction &write); // its labels go as well; the node is idle
// Takes a worker out of the books: its pods to other nodes, its stock out, the row away. Refused when that cannot be.
Outcome<void> takeOutWorker(const QString &nodeId, const QString &clusterId, WriteTransaction &write);
QString hostNameFor(const QString &nodeName); // as Kubernetes takes names: a-z 0-9 and -, at most 63

// What a simulated cluster hands out once it is ready.
QString sampleJoinCommand(const QString &controlIp);
QString sampleKubeconfig(const QString &clusterName, const QString &controlIp);

} // namespace kboss::standalone
