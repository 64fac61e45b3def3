#pragma once

#include "app/cluster/placement.h"
#include "app/standalone/answer.h"
#include "app/standalone/database.h"
#include "app/standalone/noderecord.h"

#include <QSet>

namespace kboss::standalone {

// Nodes that serve a cluster, by host name.
Outcome<std::vector<NodeRoom>> roomsOf(const QString &clusterId, const QSqlDatabase &connection);

// Takes stock for `replicas` of `need`: chooses a node for each (most room left first, then host name; control nodes and cordoned ones never), writes the
// placements of `configId` and counts the parts of the cluster as consumed. All or nothing, within the caller's transaction. Refused in words that name the part
// and the numbers ("库存不足"), or say that no single node can hold it and what the best one lacks.
Outcome<void> takeStock(const QString &configId, const QString &clusterId, const Need &need, qint64 replicas, WriteTransaction &write);
// replicas 0 = one on each node that may carry it, as a DaemonSet runs.
// Gives back everything `configId` holds. Nothing held = nothing done.
Outcome<void> giveStock(const QString &configId, WriteTransaction &write);
// Would takeStock() succeed? The same answer without writing.
Outcome<void> checkStock(const QString &clusterId, const Need &need, qint64 replicas, const QSqlDatabase &connection);

// What takeStock() would take and where; refused as it would be.
struct StockPlan {
    struct Taken {
        QString type, model;
        qint64 amount = 0, left = 0; // base units; left: in the cluster before
    };
    QStringList hosts; // of each replica
    std::vector<Taken> parts;
};
Outcome<StockPlan> planStock(const QString &clusterId, const Need &need, qint64 replicas, const QSqlDatabase &connection);

// Moves what runs on a node to others of its cluster, without `staying` (configurations). All or nothing: refused with what the first that has no other place
// needs. Stock of another model is taken where the new node has another.
Outcome<void> moveStock(const QString &nodeId, const QString &clusterId, const QSet<QString> &staying, WriteTransaction &write);

// One more replica of a configuration, on this node. False, and nothing done, where the node may not carry it or has no room, or the parts do not suffice.
Outcome<bool> placeOn(const QString &nodeId, const QString &configId, const QString &clusterId, const Need &need, WriteTransaction &write);
// Gives back what a configuration holds on one node.
Outcome<void> giveStockOf(const QString &nodeId, const QString &configId, const QString &clusterId, WriteTransaction &write);

// A node joined (it is a member already) or leaves a cluster: the stock of its parts that the center sells goes up there, and down by exactly what it brought,
// whatever its hardware or the parts have become. Going down below what is consumed is refused.
Outcome<void> addNodeStock(const Node &node, const QString &clusterId, WriteTransaction &write);
Outcome<void> removeNodeStock(const Node &node, const QString &clusterId, WriteTransaction &write);

} // namespace kboss::standalone
