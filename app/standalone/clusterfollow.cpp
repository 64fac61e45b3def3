#include "app/standalone/clusterfollow.h"

#include "app/standalone/jobwork.h"
#include "app/standalone/podconfig.h"
#include "app/standalone/sqlwrite.h"

#include <QDateTime>
#include <QDebug>

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

// The platform's row of a member; empty = it has none.
Outcome<QString> nodeOfMember(const QString &clusterId, const QString &hostName, const QSqlDatabase &connection)
{
    auto row = runSql(connection, u"SELECT nodeid FROM member WHERE clusterid = ? AND host_name = ?"_s, {clusterId, hostName});
    if (!row)
        return storageRefusal(row.error());
    return row->next() ? row->value(0).toString() : QString();
}

Outcome<void> storeCordon(const QString &nodeId, bool cordoned, WriteTransaction &write)
{
    return run(write, u"UPDATE member SET cordoned = ? WHERE nodeid = ?"_s, {cordoned ? 1 : 0, nodeId});
}

Outcome<void> storeLabel(const QString &nodeId, const QString &label, WriteTransaction &write)
{
    return run(write,
               u"INSERT INTO member_label(nodeid, label_key, label_value) VALUES(?, ?, ?) "
               "ON CONFLICT(nodeid, label_key) DO UPDATE SET label_value = excluded.label_value"_s,
               {nodeId, label.section(u'=', 0, 0), label.section(u'=', 1)});
}

Outcome<void> storeState(const QString &nodeId, const KubeNode &node, WriteTransaction &write)
{
    if (auto done = storeCordon(nodeId, node.cordoned, write); !done)
        return done;
    if (auto done = run(write, u"DELETE FROM member_label WHERE nodeid = ?"_s, {nodeId}); !done)
        return done;
    for (const QString &label : node.labels) {
        if (auto done = storeLabel(nodeId, label, write); !done)
            return done;
    }
    return {};
}

// An idle node of the center with this address.
Outcome<std::optional<Node>> idleAt(const QString &cpcid, const QString &address, const QSqlDatabase &connection)
{
    if (address.isEmpty())
        return std::optional<Node>();
    auto row = runSql(connection, nodeSelect() + u" WHERE cpcid = ? AND ip = ? AND node_status = '0'"_s, {cpcid, address});
    if (!row)
        return storageRefusal(row.error());
    return row->next() ? std::optional(readNode(*row)) : std::optional<Node>();
}

Outcome<void> takeMember(const Cluster &cluster, const Node &own, const KubeNode &node, const SecretBox &box, WriteTransaction &write)
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    auto done = occupyNode(own.id, cluster.id, cluster.name, node.control ? u"master"_s : u"worker"_s, write);
    if (done)
        done = addMember(own.id, cluster.id, node.name, node.control, now, write);
    if (done)
        done = storeState(own.id, node, write);
    if (done && !node.control)
        done = addNodeStock(own, cluster.id, write);
    if (done && !node.control)
        done = placeDaemons(own.id, cluster.id, box, write);
    return done;
}

// The nodes of the cluster by the books that it has no longer.
struct Gone {
    QString nodeId;
    bool control = false, cordoned = false, busy = false; // busy: something runs on it, or a job is at work with it
};

Outcome<std::vector<Gone>> goneFrom(const std::vector<NodeRoom> &rooms, const std::vector<KubeNode> &nodes, const QSqlDatabase &connection)
{
    std::vector<Gone> gone;
    for (const NodeRoom &room : rooms) {
        if (std::ranges::find(nodes, room.hostName, &KubeNode::name) != nodes.end())
            continue;
        auto placed = runSql(connection, u"SELECT 1 FROM placement WHERE nodeid = ? LIMIT 1"_s, {room.nodeId});
        const auto job = runningJob(room.clusterId, room.nodeId, connection);
        if (!placed || !job)
            return placed ? Refused(job.error()) : storageRefusal(placed.error());
        gone.push_back({room.nodeId, room.control, room.cordoned, placed->next() || !job->isEmpty()});
    }
    return gone;
}

Outcome<void> leave(const Gone &gone, const QString &clusterId, WriteTransaction &write)
{
    if (gone.busy)
        return storeCordon(gone.nodeId, true, write);
    return gone.control ? removeMember(gone.nodeId, write) : takeOutWorker(gone.nodeId, clusterId, write);
}

// Is there anything to write?
Outcome<bool> differs(const Cluster &cluster, const std::vector<NodeRoom> &rooms, const std::vector<KubeNode> &nodes, const QSqlDatabase &connection)
{
    for (const KubeNode &node : nodes) {
        const auto room = std::ranges::find(rooms, node.name, &NodeRoom::hostName);
        if (room == rooms.end()) {
            const auto idle = idleAt(cluster.cpcid, node.internalIp, connection);
            if (!idle)
                return Refused(idle.error());
            if (*idle)
                return true;
            continue;
        }
        if (room->cordoned != node.cordoned
            || QSet<QString>(room->labels.begin(), room->labels.end()) != QSet<QString>(node.labels.begin(), node.labels.end()))
            return true;
    }
    const auto gone = goneFrom(rooms, nodes, connection);
    if (!gone)
        return Refused(gone.error());
    return std::ranges::any_of(*gone, [](const Gone &one) { return !one.busy || !one.cordoned; });
}

Outcome<void> follow(const Cluster &cluster, const std::vector<KubeNode> &nodes, const SecretBox &box, Database &database)
{
    const QString version = versionOf(nodes);
    const bool upgraded = !version.isEmpty() && version != cluster.version;
    const auto before = roomsOf(cluster.id, database.connection());
    const auto different = before ? differs(cluster, *before, nodes, database.connection()) : Outcome<bool>(Refused(before.error()));
    if (!different)
        return Refused(different.error());
    if (!*different && !upgraded)
        return {};
    WriteTransaction write(database);
    if (!write.isOpen())
        return busyDatabase();
    if (const auto still = readyCluster(cluster.cpcid, cluster.id, write.connection()); !still)
        return {}; // it is being removed
    if (auto done = upgraded ? run(write, u"UPDATE cluster SET version = ? WHERE id = ?"_s, {version, cluster.id}) : Outcome<void>(); !done)
        return done;
    for (const KubeNode &node : nodes) {
        const auto own = nodeOfMember(cluster.id, node.name, write.connection());
        const auto done = !own ? Outcome<void>(Refused(own.error())) : own->isEmpty() ? Outcome<void>() : storeState(*own, node, write);
        if (!done)
            return done;
    }
    if (const auto taken = takeMembers(cluster, nodes, box, write); !taken)
        return Refused(taken.error());
    const auto rooms = roomsOf(cluster.id, write.connection());
    const auto gone = rooms ? goneFrom(*rooms, nodes, write.connection()) : Outcome<std::vector<Gone>>(Refused(rooms.error()));
    if (!gone)
        return Refused(gone.error());
    for (const Gone &one : *gone) {
        if (auto left = leave(one, cluster.id, write); !left)
            return left;
    }
    return commit(write);
}

template <class Work> Outcome<void> change(const QString &clusterId, const QString &hostName, Database &database, Work work)
{
    WriteTransaction write(database);
    if (!write.isOpen())
        return busyDatabase();
    const auto own = nodeOfMember(clusterId, hostName, write.connection());
    if (!own || own->isEmpty())
        return own ? Outcome<void>() : Outcome<void>(Refused(own.error()));
    if (auto done = work(*own, write); !done)
        return done;
    return commit(write);
}

} // namespace

QString versionOf(const std::vector<KubeNode> &nodes)
{
    const auto control = std::ranges::find_if(nodes, &KubeNode::control);
    return control != nodes.end() ? control->version : nodes.empty() ? QString() : nodes.front().version;
}

void followNodes(const Cluster &cluster, const std::vector<KubeNode> &nodes, const SecretBox &box, Database &database)
{
    if (const auto done = follow(cluster, nodes, box, database); !done)
        qWarning().noquote() << "the books of cluster" << cluster.id << "could not follow:" << done.error().message;
}

Outcome<qint64> takeMembers(const Cluster &cluster, const std::vector<KubeNode> &nodes, const SecretBox &box, WriteTransaction &write)
{
    qint64 known = 0;
    for (const KubeNode &node : nodes) {
        const auto there = nodeOfMember(cluster.id, node.name, write.connection());
        const auto own = idleAt(cluster.cpcid, node.internalIp, write.connection());
        if (!there || !own)
            return Refused(there ? own.error() : there.error());
        if (!there->isEmpty() || !*own)
            continue;
        if (auto done = takeMember(cluster, **own, node, box, write); !done)
            return Refused(done.error());
        ++known;
    }
    return known;
}

Outcome<void> followLabel(const QString &clusterId, const QString &hostName, const QString &label, bool bind, Database &database)
{
    return change(clusterId, hostName, database, [&](const QString &nodeId, WriteTransaction &write) {
        return bind ? storeLabel(nodeId, label, write)
                    : run(write, u"DELETE FROM member_label WHERE nodeid = ? AND label_key = ?"_s, {nodeId, label.section(u'=', 0, 0)});
    });
}

Outcome<void> followCordon(const QString &clusterId, const QString &hostName, bool cordoned, Database &database)
{
    return change(clusterId, hostName, database,
                  [&](const QString &nodeId, WriteTransaction &write) { return storeCordon(nodeId, cordoned, write); });
}

Outcome<void> followDrain(const QString &clusterId, const QString &hostName, Follow follow, Database &database)
{
    WriteTransaction write(database);
    if (!write.isOpen())
        return busyDatabase();
    const auto own = nodeOfMember(clusterId, hostName, write.connection());
    const auto daemons = daemonsOf(clusterId, write.connection());
    if (!own || !daemons)
        return Refused(own ? daemons.error() : own.error());
    if (own->isEmpty())
        return {};
    if (auto done = storeCordon(*own, true, write); !done)
        return done;
    if (auto moved = moveStock(*own, clusterId, *daemons, write); !moved)
        return moved;
    return follow == Follow::Write ? commit(write) : Outcome<void>();
}

} // namespace kboss::standalone
