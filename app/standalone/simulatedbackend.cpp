#include "app/standalone/simulatedbackend.h"

#include "app/standalone/podconfig.h"

#include <QDateTime>

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

Outcome<std::vector<SimulatedNode>> loadNodes(const QString &clusterId, const QSqlDatabase &connection)
{
    auto rooms = roomsOf(clusterId, connection);
    if (!rooms)
        return Refused(rooms.error());
    auto rows =
        runSql(connection, u"SELECT n.id, n.ip, n.external_ip, m.joined_ms FROM member m JOIN node n ON n.id = m.nodeid WHERE m.clusterid = ?"_s,
               {clusterId});
    if (!rows)
        return storageRefusal(rows.error());
    std::vector<SimulatedNode> nodes;
    for (const NodeRoom &room : *rooms) {
        nodes.push_back({room.hostName,
                         room.nodeId,
                         {},
                         {},
                         room.control,
                         room.cordoned,
                         0,
                         room.labels,
                         room.total.cpuMilli,
                         room.total.memoryMi,
                         room.total.gpus});
    }
    while (rows->next()) {
        const auto node = std::ranges::find(nodes, rows->value(0).toString(), &SimulatedNode::nodeId);
        if (node == nodes.end())
            continue; // joined between the two looks
        node->internalIp = rows->value(1).toString();
        node->externalIp = rows->value(2).toString();
        node->joinedMs = rows->value(3).toLongLong();
    }
    return nodes;
}

SimulatedWorkload readWorkloadRow(const QSqlQuery &row)
{
    const auto fields = nlohmann::json::parse(row.value(2).toString().toStdString(), nullptr, false);
    const auto field = [&fields](const char *name) {
        return fields.is_object() ? QString::fromStdString(fields.value(name, std::string())) : QString();
    };
    SimulatedWorkload workload;
    workload.configId = row.value(0).toString();
    workload.customer = row.value(1).toString();
    workload.nameSpace = field("namespace_name");
    workload.podStem = field("podcd_name");
    workload.appliedMs = row.value(3).toLongLong();
    const QString controller = field("source_podengine");
    workload.endsItself = controller == u"Job"_s || controller == u"CronJob"_s;
    return workload;
}

Outcome<std::vector<SimulatedWorkload>> loadWorkloads(const QString &clusterId, const QSqlDatabase &connection)
{
    auto rows = runSql(connection, u"SELECT id, username, fields, updated_ms FROM podconfig WHERE clusterid = ? ORDER BY seq"_s, {clusterId});
    if (!rows)
        return storageRefusal(rows.error());
    std::vector<SimulatedWorkload> workloads;
    QHash<QString, size_t> byId;
    while (rows->next()) {
        workloads.push_back(readWorkloadRow(*rows));
        byId.insert(workloads.back().configId, workloads.size() - 1);
    }
    auto places = runSql(connection,
                         u"SELECT p.configid, m.host_name, p.cpu_milli, p.memory_mi, p.gpus FROM placement p JOIN podconfig c ON c.id = p.configid "
                         "LEFT JOIN member m ON m.nodeid = p.nodeid WHERE c.clusterid = ? ORDER BY p.configid, p.ordinal"_s,
                         {clusterId});
    if (!places)
        return storageRefusal(places.error());
    while (places->next()) {
        const auto at = byId.constFind(places->value(0).toString());
        if (at == byId.constEnd())
            continue;
        SimulatedWorkload &workload = workloads[*at];
        workload.hosts.push_back(places->value(1).toString());
        workload.cpuMilli = places->value(2).toLongLong();
        workload.memoryMi = places->value(3).toLongLong();
        workload.gpus = places->value(4).toLongLong();
    }
    return workloads;
}

class SimulatedBackend : public ClusterBackend {
public:
    SimulatedBackend(Cluster cluster, Database &database) : m_cluster(std::move(cluster)), m_database(database) { }

    Outcome<std::vector<MemberState>> members() override
    {
        const auto state = loadSimulated(m_cluster, m_database.connection());
        if (!state)
            return Refused(state.error());
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        return simulateMembers(*state, simulatePods(*state, now), now);
    }

    Outcome<std::vector<PodState>> pods() override
    {
        const auto state = loadSimulated(m_cluster, m_database.connection());
        if (!state)
            return Refused(state.error());
        return simulatePods(*state, QDateTime::currentMSecsSinceEpoch());
    }

    // The configuration's row and placements are all there is of it.
    Outcome<void> apply(const Workload &) override { return {}; }
    Outcome<void> remove(const Workload &) override { return {}; }

    Outcome<void> label(const QString &hostName, const QString &label, bool bind) override
    {
        const qsizetype equals = label.indexOf(u'=');
        const QString key = label.left(equals), value = label.mid(equals + 1);
        return change(hostName, [&](const QString &nodeId, WriteTransaction &write) -> Outcome<void> {
            auto carried = runSql(write.connection(), u"SELECT 1 FROM member_label WHERE nodeid = ? AND label_key = ? AND label_value = ?"_s,
                                  {nodeId, key, value});
            if (!carried)
                return storageRefusal(carried.error());
            if (!bind && !carried->next())
                return refuse(u"节点 %1 没有这个标签(label): %2"_s.arg(hostName, label), u"label"_s);
            carried->finish();
            return bind ? run(write,
                              u"INSERT INTO member_label(nodeid, label_key, label_value) VALUES(?, ?, ?) "
                              "ON CONFLICT(nodeid, label_key) DO UPDATE SET label_value = excluded.label_value"_s,
                              {nodeId, key, value})
                        : run(write, u"DELETE FROM member_label WHERE nodeid = ? AND label_key = ?"_s, {nodeId, key});
        });
    }

    Outcome<void> setCordoned(const QString &hostName, bool cordoned) override
    {
        return change(hostName, [&](const QString &nodeId, WriteTransaction &write) {
            return run(write, u"UPDATE member SET cordoned = ? WHERE nodeid = ?"_s, {cordoned ? 1 : 0, nodeId});
        });
    }

    Outcome<void> drain(const QString &hostName) override
    {
        return change(hostName, [&](const QString &nodeId, WriteTransaction &write) {
            if (auto done = run(write, u"UPDATE member SET cordoned = 1 WHERE nodeid = ?"_s, {nodeId}); !done)
                return done;
            const auto daemons = daemonsOf(m_cluster.id, write.connection()); // as kubectl drain --ignore-daemonsets
            return daemons ? moveStock(nodeId, m_cluster.id, *daemons, write) : Outcome<void>(Refused(daemons.error()));
        });
    }

    Outcome<void> removeMember(const QString &) override { return {}; } // the row goes with the end of the job

private:
    static Outcome<void> run(WriteTransaction &write, const QString &sql, const QList<QVariant> &values)
    {
        const auto done = runSql(write.connection(), sql, values);
        return done ? Outcome<void>() : Outcome<void>(storageRefusal(done.error()));
    }

    template <class Work> Outcome<void> change(const QString &hostName, Work work)
    {
        WriteTransaction write(m_database);
        if (!write.isOpen())
            return busyDatabase();
        auto member = runSql(write.connection(), u"SELECT nodeid FROM member WHERE clusterid = ? AND host_name = ?"_s, {m_cluster.id, hostName});
        if (!member)
            return storageRefusal(member.error());
        if (!member->next())
            return refuse(u"集群中没有这个节点(worker_node): %1"_s.arg(hostName), u"worker_node"_s);
        const QString nodeId = member->value(0).toString();
        member->finish();
        if (auto done = work(nodeId, write); !done)
            return done;
        const auto committed = write.commit();
        return committed ? Outcome<void>() : Outcome<void>(storageRefusal(committed.error()));
    }

    const Cluster m_cluster;
    Database &m_database;
};

} // namespace

Outcome<SimulatedCluster> loadSimulated(const Cluster &cluster, const QSqlDatabase &connection)
{
    auto nodes = loadNodes(cluster.id, connection);
    if (!nodes)
        return Refused(nodes.error());
    auto workloads = loadWorkloads(cluster.id, connection);
    if (!workloads)
        return Refused(workloads.error());
    return SimulatedCluster{cluster.id, cluster.version, cluster.createdMs, std::move(*nodes), std::move(*workloads), cluster.backgroundPods};
}

std::unique_ptr<ClusterBackend> makeSimulatedBackend(Cluster cluster, Database &database)
{
    return std::make_unique<SimulatedBackend>(std::move(cluster), database);
}

} // namespace kboss::standalone
