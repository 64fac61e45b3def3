#include "app/standalone/instances.h"
#include "app/standalone/jsontext.h"
#include "app/standalone/timestamp.h"

#include <QRandomGenerator>
#include <QRegularExpression>

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

constexpr auto defaultOrg = "mIWUHBeeDM8mwAFPIQ8pS"; // of a session without an organization

Outcome<std::vector<Cluster>> readyClusters(const QSqlDatabase &connection)
{
    auto ids = runSql(connection, u"SELECT id FROM cluster WHERE ready = 1 ORDER BY seq"_s);
    if (!ids)
        return storageRefusal(ids.error());
    QStringList found;
    while (ids->next())
        found << ids->value(0).toString();
    std::vector<Cluster> clusters;
    for (const QString &id : std::as_const(found)) {
        auto cluster = storedCluster(id, connection);
        if (!cluster)
            return Refused(cluster.error());
        clusters.push_back(std::move(*cluster));
    }
    return clusters;
}

// "RTX4090-24G" has 24 × 1024 Mi; a model without a number counts as none.
qint64 cardMemory(const QString &model)
{
    static const QRegularExpression size(u"-(\\d+)G$"_s);
    const auto match = size.match(model);
    return match.hasMatch() ? match.captured(1).toLongLong() * 1024 : 0;
}

// The smallest card that is large enough; empty = no GPU wanted; nothing = none there.
Outcome<std::optional<QString>> cardFor(const CheckedRequest &request, const Cluster &cluster, const QSqlDatabase &connection)
{
    if (request.number("gpu", 0) == 0)
        return std::optional(QString());
    const auto rooms = roomsOf(cluster.id, connection);
    if (!rooms)
        return Refused(rooms.error());
    std::optional<QString> best;
    for (const NodeRoom &room : *rooms) {
        const qint64 memory = cardMemory(room.gpuModel);
        if (room.total.gpus - room.used.gpus < request.number("gpu", 0) || memory < request.number("gpumem", 0))
            continue;
        if (!best || memory < cardMemory(*best))
            best = room.gpuModel;
    }
    return best;
}

PodConfig userConfig(const CheckedRequest &request, const Cluster &cluster, const QString &card, Backend &backend)
{
    const QString image = request.text("image");
    const bool database = image.contains(u"mysql"_s);
    QRandomGenerator *random = QRandomGenerator::system();
    PodConfig config;
    config.id = newConfigId();
    config.cpcid = cluster.cpcid;
    config.clusterId = cluster.id;
    config.orgId = request.text("orgid", QLatin1String(defaultOrg));
    config.userName = request.user.isEmpty() ? config.orgId : request.user;
    config.texts = {{u"source_name"_s, u"user-"_s + config.id.left(8)},
                    {u"source_authuser"_s, u"root"_s},
                    {u"source_podengine"_s, u"Standalone"_s},
                    {u"source_replicasetnum"_s, u"1"_s},
                    {u"instance_type"_s, database ? u"RelationalDB"_s : u"LinuxOS"_s},
                    {u"pod_imagepath"_s, image},
                    {u"source_cpurate"_s, QString::number(request.number("cpu", 0))},
                    {u"source_memrate"_s, u"%1Gi"_s.arg(request.number("memory", 0))},
                    {u"source_storagelimits"_s, u"%1Gi"_s.arg(request.number("storage", 0))},
                    {u"source_gpu"_s, QString::number(request.number("gpu", 0))},
                    {u"gpu_model"_s, card},
                    {u"source_selflabel"_s, u"app:user"_s},
                    {u"source_portmode"_s, u"LoadBalancer"_s},
                    {u"source_restartpolicy"_s, u"Always"_s},
                    {u"source_apiport"_s, database ? u"3306"_s : u"22"_s},
                    {u"source_insideport"_s, database ? u"3306"_s : u"22"_s},
                    {u"source_outsideport"_s, u"30000"_s},
                    {u"source_mountpath"_s, u"/mnt/data"_s}};
    config.password = backend.box.seal(QString::number(random->generate64(), 36) + QString::number(random->generate64(), 36));
    config.updatedMs = nowMs();
    return config;
}

// What the clusters say of the pods of configurations; each is asked once.
class PodStates {
public:
    explicit PodStates(Backend &backend) : m_backend(backend) { }

    // As kubectl words it. Pending while the cluster may not have it yet, Terminating while it is taken away, Unknown where the cluster does not
    // answer.
    QString statusOf(const PodConfig &config)
    {
        if (config.state != u"applied"_s)
            return config.state == u"removing"_s ? u"Terminating"_s : u"Pending"_s;
        if (!m_clusters.contains(config.clusterId))
            m_clusters.insert(config.clusterId, look(config.clusterId));
        const auto &pods = m_clusters[config.clusterId];
        return pods ? pods->value(config.id, u"Pending"_s) : u"Unknown"_s;
    }

private:
    std::optional<QHash<QString, QString>> look(const QString &clusterId)
    {
        auto cluster = openCluster(clusterId, m_backend.database, m_backend.box, m_backend.clusters);
        const auto pods = cluster ? (*cluster)->pods() : Outcome<std::vector<PodState>>(Refused(cluster.error()));
        if (!pods)
            return std::nullopt;
        QHash<QString, QString> phases;
        for (const PodState &pod : *pods) {
            if (!pod.configId.isEmpty() && !phases.contains(pod.configId))
                phases.insert(pod.configId, pod.phase);
        }
        return phases;
    }

    Backend &m_backend;
    QHash<QString, std::optional<QHash<QString, QString>>> m_clusters;
};

void appendInstance(std::string &out, const QString &id, const PodConfig &config, const Workload &workload, const QString &clusterName,
                    const QString &status)
{
    const WorkloadNames names = namesOf(workload);
    const QString replica = workload.controller == Controller::StatefulSet ? u"-0"_s : QString();
    JsonObject object(out);
    object.text("id", id);
    object.text("podname", names.controller + replica);
    object.text("pvcname", workload.controller == Controller::StatefulSet ? u"data-"_s + names.controller + replica : config.id + u"-data"_s);
    object.text("customer_goods_id", id);
    object.raw("cpu", decimalText(workload.cpuMilli, 1000));
    object.raw("memory", decimalText(workload.memoryMi, 1024));
    object.raw("storage", decimalText(workload.dataDiskMi, 1024));
    object.number("gpu", workload.gpus);
    object.text("gpu_model", workload.gpuModel);
    object.text("image", workload.image);
    object.text("status", status);
    object.text("clustername", clusterName);
    object.text("orgid", config.orgId);
    object.text("create_time", std::string_view(localTime(config.updatedMs)));
    object.close();
}

Outcome<Answer> userCreatePod(const CheckedRequest &request, Backend &backend)
{
    const QSqlDatabase connection = backend.database.connection();
    const auto clusters = readyClusters(connection);
    if (!clusters)
        return Refused(clusters.error());
    Outcome<Workload> last = refuse(u"没有可用的集群"_s);
    for (const Cluster &cluster : *clusters) {
        const auto card = cardFor(request, cluster, connection);
        if (!card)
            return Refused(card.error());
        if (!*card)
            continue;
        PodConfig config = userConfig(request, cluster, **card, backend);
        QString id;
        last = createConfig(config, backend, [&](WriteTransaction &write) -> Outcome<void> {
            const auto made = insertInstance(config.id, {}, request.user, config.orgId, Decimal(), 0, {}, write);
            if (!made)
                return Refused(made.error());
            id = *made;
            return {};
        });
        if (!last)
            continue;
        config.state = u"applied"_s;
        std::string data;
        appendInstance(data, id, config, *last, cluster.name, u"Pending"_s); // the cluster has it; nobody has seen it run yet
        return kbossAnswer("创建实例成功", data);
    }
    return Refused(last.error());
}

struct Left {
    qint64 cpuMilli = 0, memoryMi = 0, diskMi = 0, gpus = 0;
};

Outcome<Left> leftOf(const QString &clusterId, const QSqlDatabase &connection)
{
    const auto rooms = roomsOf(clusterId, connection);
    if (!rooms)
        return Refused(rooms.error());
    Left left;
    for (const NodeRoom &room : *rooms) {
        if (room.control || room.cordoned)
            continue;
        left.cpuMilli += room.total.cpuMilli - room.used.cpuMilli;
        left.memoryMi += room.total.memoryMi - room.used.memoryMi;
        left.diskMi += room.total.dataDiskMi - room.used.dataDiskMi;
        left.gpus += room.total.gpus - room.used.gpus;
    }
    return left;
}

Outcome<Answer> getAvailableResources(const CheckedRequest &, Backend &backend)
{
    const QSqlDatabase connection = backend.database.connection();
    const auto clusters = readyClusters(connection);
    if (!clusters)
        return Refused(clusters.error());
    std::string list;
    for (const Cluster &cluster : *clusters) {
        const auto left = leftOf(cluster.id, connection);
        if (!left)
            return Refused(left.error());
        auto center = runSql(connection, u"SELECT name FROM center WHERE id = ?"_s, {cluster.cpcid});
        if (!center || !center->next())
            return storageRefusal(center ? Error{} : center.error());
        list += list.empty() ? "" : ",";
        JsonObject object(list);
        object.text("clusterid", cluster.id);
        object.text("clustername", cluster.name);
        object.text("cpccname", center->value(0).toString());
        object.raw("cpu", decimalText(left->cpuMilli, 1000));
        object.raw("memory", decimalText(left->memoryMi, 1024));
        object.raw("storage", decimalText(left->diskMi, 1024));
        object.number("gpu", left->gpus);
        object.close();
    }
    return kbossAnswer("获取集群资源成功", '[' + list + ']');
}

Outcome<Answer> userGetInstance(const CheckedRequest &request, Backend &backend)
{
    const QSqlDatabase connection = backend.database.connection();
    QStringList where;
    QList<QVariant> values;
    if (request.has("orgid")) {
        where << u"i.orgid = ?"_s;
        values << request.text("orgid");
    }
    if (request.has("customer_goods_id")) {
        where << u"i.id = ?"_s;
        values << request.text("customer_goods_id");
    }
    auto rows = runSql(connection,
                       u"SELECT i.id, i.configid, c.name FROM instance i JOIN podconfig p ON p.id = i.configid JOIN cluster c ON c.id = p.clusterid "
                       "%1 ORDER BY i.seq"_s.arg(where.isEmpty() ? QString() : u"WHERE "_s + where.join(u" AND "_s)),
                       values);
    if (!rows)
        return storageRefusal(rows.error());
    PodStates states(backend);
    std::string list;
    while (rows->next()) {
        const auto config = storedConfig(rows->value(1).toString(), connection);
        const auto workload = config ? workloadOf(*config, backend.box) : Outcome<Workload>(Refused(config.error()));
        if (!workload)
            return Refused(workload.error());
        list += list.empty() ? "" : ",";
        appendInstance(list, rows->value(0).toString(), *config, *workload, rows->value(2).toString(), states.statusOf(*config));
    }
    return kbossAnswer("获取实例成功", '[' + list + ']');
}

Outcome<Answer> cloudInstanceDelete(const CheckedRequest &request, Backend &backend)
{
    const QString id = request.text("id");
    if (request.has("customer_goods_id") && request.text("customer_goods_id") != id)
        return refuse(u"资源(customer_goods_id)与实例(id)不符"_s, u"customer_goods_id"_s);
    auto row = runSql(backend.database.connection(), u"SELECT configid FROM instance WHERE id = ?"_s, {id});
    if (!row)
        return storageRefusal(row.error());
    if (!row->next())
        return refuse(u"实例不存在(id): %1"_s.arg(id), u"id"_s);
    const QString config = row->value(0).toString();
    row->finish();
    if (request.has("podname") && !request.text("podname").startsWith(config))
        return refuse(u"Pod 名称(podname)与实例(id)不符"_s, u"podname"_s);
    if (auto done = deleteConfig(config, backend); !done)
        return Refused(done.error());
    std::string data;
    JsonObject object(data);
    object.text("id", id);
    object.close();
    return kbossAnswer("删除实例成功", data);
}

} // namespace

void addUserPodHandlers(HandlerTable &table)
{
    table.insert(u"userCreatePod"_s, userCreatePod);
    table.insert(u"getAvailableResources"_s, getAvailableResources);
    table.insert(u"userGetInstance"_s, userGetInstance);
    table.insert(u"cloudInstanceDelete"_s, cloudInstanceDelete);
}

} // namespace kboss::standalone
