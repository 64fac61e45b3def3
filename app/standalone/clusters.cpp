#include "app/standalone/clusterfigures.h"
#include "app/standalone/jobs.h"
#include "app/standalone/jobwork.h"
#include "app/standalone/jsontext.h"
#include "app/standalone/noderecord.h"

#include <QDateTime>

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

Outcome<Answer> getCpccluster(const CheckedRequest &request, Backend &backend)
{
    const QString center = request.text("cpcid");
    if (auto exists = centerExists(center, backend.database.connection()); !exists)
        return Refused(exists.error());
    const auto clusters = clustersOf(center, backend.database.connection());
    if (!clusters)
        return Refused(clusters.error());
    const QHash<QString, ClusterSight> sights = backend.figures.look(*clusters);
    std::string data = "{\"total\":" + std::to_string(clusters->size()) + ",\"rows\":[";
    for (size_t i = 0; i < clusters->size(); ++i) {
        const Cluster &cluster = (*clusters)[i];
        ClusterSight sight = sights.value(cluster.id);
        const auto job = runningJob(cluster.id, {}, backend.database.connection());
        if (!job)
            return Refused(job.error());
        sight.removing = !cluster.ready && *job == u"remove_cluster"_s;
        data += i == 0 ? "" : ",";
        appendCluster(data, cluster, backend.box, sight, static_cast<qint64>(i) + 1);
    }
    return kbossAnswer("获取算力集群成功", data + "]}");
}

Outcome<void> nothingElseChanged(const CheckedRequest &request, const Cluster &stored, const SecretBox &box)
{
    if (request.has("controllerid") && request.text("controllerid") != stored.controllerId)
        return refuse(u"控制节点(controllerid)不能修改,只能修改名称和日期"_s, u"controllerid"_s);
    if (request.has("cluster_type") && request.text("cluster_type") != stored.type)
        return refuse(u"集群类型(cluster_type)不能修改,只能修改名称和日期"_s, u"cluster_type"_s);
    if (request.has("clusterjoin")) {
        const auto join = stored.join.isEmpty() ? Result<QString>(QString()) : box.unseal(stored.join);
        if (!join || request.text("clusterjoin") != *join)
            return refuse(u"集群注册码(clusterjoin)不能修改,只能修改名称和日期"_s, u"clusterjoin"_s);
    }
    return {};
}

Outcome<void> clusterNameIsFree(const Cluster &cluster, const QSqlDatabase &connection)
{
    auto same = runSql(connection, u"SELECT 1 FROM cluster WHERE cpcid = ? AND name = ? AND id <> ?"_s, {cluster.cpcid, cluster.name, cluster.id});
    if (!same)
        return storageRefusal(same.error());
    return same->next() ? Outcome<void>(refuse(u"集群名称(name)已被使用: %1"_s.arg(cluster.name), u"name"_s)) : Outcome<void>();
}

Outcome<void> storeNames(const Cluster &cluster, WriteTransaction &write)
{
    for (const auto &[sql, values] : std::initializer_list<std::pair<QString, QList<QVariant>>>{
             {u"UPDATE cluster SET name = ?, enable_date = ?, export_date = ? WHERE id = ?"_s,
              {cluster.name, cluster.period.from, cluster.period.until, cluster.id}},
             {u"UPDATE node SET cluster_name = ? WHERE clusterid = ?"_s, {cluster.name, cluster.id}},
             {u"UPDATE job SET cluster_name = ? WHERE clusterid = ?"_s, {cluster.name, cluster.id}}}) {
        if (const auto done = runSql(write.connection(), sql, values); !done)
            return storageRefusal(done.error());
    }
    const auto committed = write.commit();
    return committed ? Outcome<void>() : Outcome<void>(storageRefusal(committed.error()));
}

Outcome<Answer> updateCpccluster(const CheckedRequest &request, Backend &backend)
{
    WriteTransaction write(backend.database);
    if (!write.isOpen())
        return busyDatabase();
    auto cluster = storedCluster(request.text("id"), write.connection());
    if (!cluster)
        return Refused(cluster.error());
    if (cluster->cpcid != request.text("cpcid"))
        return refuse(u"算力集群不属于该算力中心(cpcid): %1"_s.arg(cluster->name), u"cpcid"_s);
    if (auto same = nothingElseChanged(request, *cluster, backend.box); !same)
        return Refused(same.error());
    const auto period = readPeriod(request, "export_date", cluster->period);
    if (!period)
        return Refused(period.error());
    cluster->period = *period;
    if (request.has("name"))
        cluster->name = request.text("name").trimmed();
    if (cluster->name.isEmpty())
        return refuse(u"集群名称(name): 不能为空"_s, u"name"_s);
    if (auto unique = clusterNameIsFree(*cluster, write.connection()); !unique)
        return Refused(unique.error());
    if (auto stored = storeNames(*cluster, write); !stored)
        return Refused(stored.error());
    return kbossAnswer("更新算力集群成功", clusterRecord(*cluster));
}

Outcome<Cluster> askedCluster(const CheckedRequest &request)
{
    Cluster cluster;
    cluster.id = newId();
    cluster.cpcid = request.text("cpcid");
    cluster.name = request.text("cluster_name").trimmed();
    if (cluster.name.isEmpty())
        return refuse(u"集群名称(cluster_name): 不能为空"_s, u"cluster_name"_s);
    const auto period = readPeriod(request, "export_date", {});
    if (!period)
        return Refused(period.error());
    cluster.period = *period;
    cluster.type = request.text("cluster_type", u"0"_s);
    cluster.createdMs = QDateTime::currentMSecsSinceEpoch();
    return cluster;
}

Outcome<Answer> newCluster(const CheckedRequest &request, Backend &backend)
{
    auto cluster = askedCluster(request);
    if (!cluster)
        return Refused(cluster.error());
    if (cluster->type == u"1"_s)
        return refuse(u"集群类型(cluster_type): 本服务只能安装 Kubernetes"_s, u"cluster_type"_s);
    cluster->backend = u"simulated"_s;
    cluster->version = u"v1.28.2"_s;
    cluster->controllerId = request.text("ctl_nodeid");
    WriteTransaction write(backend.database);
    if (!write.isOpen())
        return busyDatabase();
    const auto node = idleNode(cluster->cpcid, cluster->controllerId, "ctl_nodeid", write.connection());
    if (!node)
        return Refused(node.error());
    const Job job = clusterJob(u"new_cluster"_s, *cluster, node->id, node->name);
    auto done = insertCluster(*cluster, write);
    if (done)
        done = occupyNode(node->id, cluster->id, cluster->name, u"master"_s, write);
    if (done)
        done = insertJob(job, write);
    if (!done)
        return Refused(done.error());
    if (auto committed = write.commit(); !committed)
        return storageRefusal(committed.error());
    backend.jobs.wake();
    std::string data;
    JsonObject object(data);
    object.text("id", node->id);
    object.text("node_status", std::string_view("1"));
    object.text("clusterid", cluster->id);
    object.text("cpcid", cluster->cpcid);
    object.text("role", std::string_view("master"));
    object.text("jobid", job.id);
    object.close();
    return kbossAnswer("算力集群开始安装", data);
}

Outcome<void> mayBeRemoved(const Cluster &cluster, const QSqlDatabase &connection)
{
    const auto running = runningJob(cluster.id, {}, connection);
    if (!running)
        return Refused(running.error());
    if (!running->isEmpty())
        return refuse(u"集群 %1 还有任务在进行,不能移除"_s.arg(cluster.name), u"id"_s);
    auto configs = runSql(connection, u"SELECT count(*) FROM podconfig WHERE clusterid = ?"_s, {cluster.id});
    if (!configs || !configs->next())
        return storageRefusal(configs ? Error{} : configs.error());
    if (const qint64 count = configs->value(0).toLongLong(); count > 0)
        return refuse(u"集群 %1 里还有 %2 个资源实例配置,不能移除;请先删除它们"_s.arg(cluster.name).arg(count), u"id"_s);
    return {};
}

Outcome<Answer> cpclusterDelete(const CheckedRequest &request, Backend &backend)
{
    WriteTransaction write(backend.database);
    if (!write.isOpen())
        return busyDatabase();
    auto cluster = storedCluster(request.text("id"), write.connection());
    if (!cluster)
        return refuse(cluster.error().message, u"id"_s);
    if (auto may = mayBeRemoved(*cluster, write.connection()); !may)
        return Refused(may.error());
    Job job = clusterJob(u"remove_cluster"_s, *cluster, {}, {});
    job.stepCount = stepCountOf(job.kind, cluster->backend != u"simulated"_s);
    const auto done = runSql(write.connection(), u"UPDATE cluster SET ready = 0 WHERE id = ?"_s, {cluster->id});
    if (!done)
        return storageRefusal(done.error());
    if (auto inserted = insertJob(job, write); !inserted)
        return Refused(inserted.error());
    if (auto committed = write.commit(); !committed)
        return storageRefusal(committed.error());
    backend.jobs.wake();
    std::string data;
    JsonObject object(data);
    object.text("id", cluster->id);
    object.text("jobid", job.id);
    object.close();
    return kbossAnswer("算力集群开始移除", data);
}

} // namespace

Outcome<Node> idleNode(const QString &cpcid, const QString &nodeId, const char *field, const QSqlDatabase &connection)
{
    auto row = runSql(connection, nodeSelect() + u" WHERE id = ?"_s, {nodeId});
    if (!row)
        return storageRefusal(row.error());
    const QString name = QLatin1String(field);
    if (!row->next())
        return refuse(u"算力设备不存在(%1): %2"_s.arg(name, nodeId), name);
    Node node = readNode(*row);
    if (node.cpcid != cpcid)
        return refuse(u"算力设备不属于该算力中心(%1): %2"_s.arg(name, node.name), name);
    if (node.status != u"0"_s)
        return refuse(u"算力设备不是空闲的(%1): %2"_s.arg(name, node.name), name);
    return node;
}

void addClusterHandlers(HandlerTable &table)
{
    table.insert(u"getCpccluster"_s, getCpccluster);
    table.insert(u"updateCpccluster"_s, updateCpccluster);
    table.insert(u"newCluster"_s, newCluster);
    table.insert(u"cpclusterDelete"_s, cpclusterDelete);
}

} // namespace kboss::standalone
