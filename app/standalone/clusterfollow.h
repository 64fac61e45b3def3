#pragma once

#include "app/cluster/kubeobjects.h"
#include "app/standalone/clusterrecord.h"

namespace kboss::standalone {

// The books after a cluster that others change as well: members, their cordons and labels as the cluster has them. Nodes of a cluster that the platform has no
// row of are left out.

// What the cluster says of its nodes: who joined with the address of an idle node of the center is a member from now on, with stock and daemons; who is gone
// from it leaves when nothing runs on it in the books, and takes nothing new otherwise; cordons, labels and the version are those of the cluster. Nothing is
// written when nothing differs. Failures go to the log: it is done again at the next look.
void followNodes(const Cluster &cluster, const std::vector<KubeNode> &nodes, const SecretBox &box, Database &database);
// The version of a cluster: its first control node's, or, where a provider hides them, its first node's. Empty = there is none.
QString versionOf(const std::vector<KubeNode> &nodes);
// Idle nodes of the center that have a node's address are put into use with it. How many.
Outcome<qint64> takeMembers(const Cluster &cluster, const std::vector<KubeNode> &nodes, const SecretBox &box, WriteTransaction &write);

// After one call.
Outcome<void> followLabel(const QString &clusterId, const QString &hostName, const QString &label, bool bind, Database &database);
Outcome<void> followCordon(const QString &clusterId, const QString &hostName, bool cordoned, Database &database);
enum class Follow { Try, Write };
// Pods move to other nodes, daemons stay, the node takes nothing new. Refused when there is no other place for one.
Outcome<void> followDrain(const QString &clusterId, const QString &hostName, Follow follow, Database &database);

} // namespace kboss::standalone
