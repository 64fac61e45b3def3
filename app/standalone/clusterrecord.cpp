#include "app/standalone/clusterrecord.h"

#include "app/standalone/jsontext.h"
#include "app/standalone/partrecord.h"

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

QString clusterSelect()
{
    return u"SELECT c.id, c.cpcid, c.name, clustertype, controllerid, coalesce(n.ip, ''), c.enable_date, c.export_date, clusterjoin, kubeconfig, "
           u"ready, "
           "backend, version, certificate_date, created_ms, background_pods FROM cluster c LEFT JOIN node n ON n.id = c.controllerid"_s;
}

Cluster readCluster(const QSqlQuery &row)
{
    int at = 0;
    const auto text = [&] { return row.value(at++).toString(); };
    Cluster cluster;
    for (QString *member : {&cluster.id, &cluster.cpcid, &cluster.name, &cluster.type, &cluster.controllerId, &cluster.controllerIp,
                            &cluster.period.from, &cluster.period.until, &cluster.join, &cluster.kubeconfig})
        *member = text();
    cluster.ready = row.value(at++).toInt() != 0;
    for (QString *member : {&cluster.backend, &cluster.version, &cluster.certificateDate})
        *member = text();
    cluster.createdMs = row.value(at++).toLongLong();
    cluster.backgroundPods = row.value(at).toLongLong();
    return cluster;
}

void appendSecret(JsonObject &object, const char *name, const QString &sealed, const SecretBox &box)
{
    const auto plain = sealed.isEmpty() ? Result<QString>(QString()) : box.unseal(sealed);
    if (plain && !plain->isEmpty())
        object.text(name, *plain);
    else
        object.null(name);
}

const char *stateOf(const Cluster &cluster, const ClusterSight &sight)
{
    if (!cluster.ready)
        return sight.removing ? "removing" : "installing";
    return sight.reachable ? "ready" : "unreachable";
}

// Figures in the order of the description; unknown ones are null.
void appendFigures(JsonObject &object, const std::optional<ClusterFigures> &figures)
{
    static constexpr const char *names[] = {"node_count",   "node_ready",   "pod_count",   "cpu_total", "cpu_asked", "cpu_used",
                                            "memory_total", "memory_asked", "memory_used", "gpu_total", "gpu_asked"};
    if (!figures) {
        for (const char *name : names)
            object.null(name);
        return;
    }
    object.number("node_count", figures->nodes);
    object.number("node_ready", figures->readyNodes);
    object.number("pod_count", figures->pods);
    object.raw("cpu_total", decimalText(figures->cpuMilli, 1000));
    object.raw("cpu_asked", decimalText(figures->cpuAskedMilli, 1000));
    object.raw("cpu_used", figures->cpuUsedMilli ? decimalText(*figures->cpuUsedMilli, 1000) : "null");
    object.raw("memory_total", decimalText(figures->memoryMi, 1024));
    object.raw("memory_asked", decimalText(figures->memoryAskedMi, 1024));
    object.raw("memory_used", figures->memoryUsedMi ? decimalText(*figures->memoryUsedMi, 1024) : "null");
    object.number("gpu_total", figures->gpus);
    object.number("gpu_asked", figures->gpusAsked);
}

} // namespace

std::string decimalText(qint64 amount, qint64 base)
{
    std::string text = std::to_string(amount / base);
    std::string digits = std::to_string(amount % base * 1000 / base + 1000).substr(1);
    while (!digits.empty() && digits.back() == '0')
        digits.pop_back();
    return digits.empty() ? text : text + '.' + digits;
}

Outcome<std::vector<Cluster>> clustersOf(const QString &cpcid, const QSqlDatabase &connection)
{
    auto rows = runSql(connection, clusterSelect() + u" WHERE c.cpcid = ? ORDER BY c.seq"_s, {cpcid});
    if (!rows)
        return storageRefusal(rows.error());
    std::vector<Cluster> clusters;
    while (rows->next())
        clusters.push_back(readCluster(*rows));
    return clusters;
}

Outcome<Cluster> storedCluster(const QString &id, const QSqlDatabase &connection)
{
    auto row = runSql(connection, clusterSelect() + u" WHERE c.id = ?"_s, {id});
    if (!row)
        return storageRefusal(row.error());
    if (!row->next())
        return refuse(u"算力集群不存在: %1"_s.arg(id), u"clusterid"_s);
    return readCluster(*row);
}

Outcome<Cluster> readyCluster(const QString &cpcid, const QString &id, const QSqlDatabase &connection)
{
    auto cluster = storedCluster(id, connection);
    if (!cluster)
        return cluster;
    if (cluster->cpcid != cpcid)
        return refuse(u"算力集群不属于该算力中心(cpcid): %1"_s.arg(cluster->name), u"cpcid"_s);
    if (!cluster->ready)
        return refuse(u"算力集群还没有安装完成: %1"_s.arg(cluster->name), u"clusterid"_s);
    return cluster;
}

Outcome<void> insertCluster(const Cluster &cluster, WriteTransaction &write)
{
    auto same = runSql(write.connection(), u"SELECT 1 FROM cluster WHERE cpcid = ? AND name = ?"_s, {cluster.cpcid, cluster.name});
    if (!same)
        return storageRefusal(same.error());
    if (same->next())
        return refuse(u"集群名称(cluster_name)已被使用: %1"_s.arg(cluster.name), u"cluster_name"_s);
    same->finish();
    const auto done =
        runSql(write.connection(),
               u"INSERT INTO cluster(id, seq, cpcid, name, clustertype, controllerid, enable_date, export_date, clusterjoin, kubeconfig, ready, "
               "backend, version, certificate_date, created_ms, background_pods) "
               "VALUES(?, (SELECT coalesce(max(seq), 0) + 1 FROM cluster), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
               {cluster.id, cluster.cpcid, cluster.name, cluster.type, cluster.controllerId, cluster.period.from, cluster.period.until, cluster.join,
                cluster.kubeconfig, cluster.ready ? 1 : 0, cluster.backend, cluster.version, cluster.certificateDate, cluster.createdMs,
                cluster.backgroundPods});
    return done ? Outcome<void>() : Outcome<void>(storageRefusal(done.error()));
}

Outcome<void> centerExists(const QString &cpcid, const QSqlDatabase &connection)
{
    auto row = runSql(connection, u"SELECT 1 FROM center WHERE id = ?"_s, {cpcid});
    if (!row)
        return storageRefusal(row.error());
    return row->next() ? Outcome<void>() : Outcome<void>(refuse(u"算力中心不存在: %1"_s.arg(cpcid), u"cpcid"_s));
}

void appendCluster(std::string &out, const Cluster &cluster, const SecretBox &box, const ClusterSight &sight, qint64 rowNumber)
{
    JsonObject object(out);
    object.text("id", cluster.id);
    object.text("name", cluster.name);
    object.text("cpcid", cluster.cpcid);
    object.text("clustertype", cluster.type);
    object.text("controllerid", cluster.controllerId);
    object.text("enable_date", cluster.period.from);
    object.text("export_date", cluster.period.until);
    appendSecret(object, "clusterjoin", cluster.ready ? cluster.join : QString(), box);
    appendSecret(object, "kubeconfig", cluster.ready ? cluster.kubeconfig : QString(), box);
    object.text("clustertype_text", cluster.type == u"1"_s ? u"slurm"_s : u"kubernetes"_s);
    object.text("controllerid_text", cluster.controllerIp);
    object.number("ready", cluster.ready ? 1 : 0);
    object.text("ready_text", cluster.ready ? u"安装完成"_s : sight.removing ? u"正在移除"_s : u"正在安装"_s);
    object.text("cluster_state", std::string_view(stateOf(cluster, sight)));
    object.text("backend", cluster.backend);
    object.text("version", cluster.version);
    if (cluster.certificateDate.isEmpty())
        object.null("certificate_date");
    else
        object.text("certificate_date", cluster.certificateDate);
    appendFigures(object, sight.figures);
    if (sight.figures)
        object.text("figures_time", std::string_view(localTime(sight.figuresMs)));
    else
        object.null("figures_time");
    object.text("unreachable_reason", cluster.ready ? sight.reason : QString());
    object.number("row_num_", rowNumber);
    object.close();
}

std::string clusterRecord(const Cluster &cluster)
{
    std::string out;
    JsonObject object(out);
    object.text("id", cluster.id);
    object.text("cpcid", cluster.cpcid);
    object.text("name", cluster.name);
    object.text("clustertype", cluster.type);
    object.text("controllerid", cluster.controllerId);
    object.text("enable_date", cluster.period.from);
    object.text("export_date", cluster.period.until);
    object.close();
    return out;
}

} // namespace kboss::standalone
