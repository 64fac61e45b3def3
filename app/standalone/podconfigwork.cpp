#include "app/standalone/configretry.h"
#include "app/standalone/podconfig.h"
#include "app/standalone/sqlwrite.h"

#include <QDebug>

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

// The simulation reads the names from the stored fields, so that it needs no workload.
QString storedFields(const PodConfig &config, const Workload &workload)
{
    nlohmann::json fields = nlohmann::json::object();
    for (auto text = config.texts.cbegin(); text != config.texts.cend(); ++text)
        fields[text.key().toStdString()] = text.value().toStdString();
    const WorkloadNames names = namesOf(workload);
    fields["namespace_name"] = names.nameSpace.toStdString();
    fields["podcd_name"] = names.controller.toStdString();
    return QString::fromStdString(fields.dump());
}

// Two services of a cluster cannot share a node's port.
Outcome<void> nodePortIsFree(const PodConfig &config, const Workload &workload, const QSqlDatabase &connection)
{
    if (workload.portMode != PortMode::NodePort)
        return {};
    const auto others = configsOf(config.clusterId, connection);
    if (!others)
        return Refused(others.error());
    const QString port = QString::number(workload.outsidePort);
    for (const PodConfig &other : *others) {
        if (other.id != config.id && other.texts.value(u"source_portmode"_s) == u"NodePort"_s && other.texts.value(u"source_outsideport"_s) == port)
            return refuse(u"source_outsideport: 节点端口 %1 已被 %2 使用"_s.arg(port, other.texts.value(u"source_name"_s)), u"source_outsideport"_s);
    }
    return {};
}

Outcome<void> storeNew(const PodConfig &config, const Workload &workload, Database &database, const AlsoBooked &also)
{
    WriteTransaction write(database);
    if (!write.isOpen())
        return busyDatabase();
    if (auto booked = bookConfig(config, workload, write); !booked)
        return booked;
    if (auto more = also ? also(write) : Outcome<void>(); !more)
        return more;
    return commit(write);
}

Outcome<void> storeTexts(const PodConfig &config, const Workload &workload, WriteTransaction &write)
{
    return run(write, u"UPDATE podconfig SET state = 'applying', fields = ?, auth_password = ?, updated_ms = ? WHERE id = ?"_s,
               {storedFields(config, workload), config.password, config.updatedMs, config.id});
}

// What `config` is to hold from now on until the cluster has answered; what it holds besides stays, out of the way of that.
Outcome<Change> makeRoom(const PodConfig &config, const Workload &former, const Workload &workload, WriteTransaction &write)
{
    constexpr qint64 outOfTheWay = 1'000'000; // of the ordinals
    const auto cluster = storedCluster(config.clusterId, write.connection());
    if (!cluster)
        return Refused(cluster.error());
    const Change change = changeOf(former, workload, cluster->backend == u"simulated"_s);
    const auto made = change.beside ? run(write, u"UPDATE placement SET ordinal = ordinal + ? WHERE configid = ?"_s, {outOfTheWay, config.id})
                                    : giveStock(config.id, write);
    return made ? Outcome<Change>(change) : Outcome<Change>(Refused(made.error()));
}

// What a change may become, and the room it is to have; the row stays as it is.
Outcome<Change> readyFor(const PodConfig &config, const Workload &former, const Workload &workload, WriteTransaction &write)
{
    if (auto may = mayBecome(former, workload); !may)
        return Refused(may.error());
    if (auto free = nodePortIsFree(config, workload, write.connection()); !free)
        return Refused(free.error());
    return makeRoom(config, former, workload, write);
}

Outcome<void> storeChange(const PodConfig &config, const Workload &former, const Workload &workload, Database &database)
{
    WriteTransaction write(database);
    if (!write.isOpen())
        return busyDatabase();
    const auto change = readyFor(config, former, workload, write);
    if (!change)
        return Refused(change.error());
    if (auto taken = takeStock(config.id, config.clusterId, change->need, change->replicas, write); !taken)
        return taken;
    if (auto stored = storeTexts(config, workload, write); !stored)
        return stored;
    return commit(write);
}

Outcome<void> setState(const QString &id, const char *state, Database &database)
{
    WriteTransaction write(database);
    if (!write.isOpen())
        return busyDatabase();
    if (auto done = run(write, u"UPDATE podconfig SET state = ? WHERE id = ?"_s, {QLatin1String(state), id}); !done)
        return done;
    return commit(write);
}

// The cluster has it: what was held beyond that goes back.
Outcome<void> settle(const QString &id, const Workload &workload, Database &database)
{
    WriteTransaction write(database);
    if (!write.isOpen())
        return busyDatabase();
    if (auto given = giveStock(id, write); !given)
        return given;
    if (auto taken = takeStock(id, workload.clusterId, needOf(workload), placedReplicas(workload), write); !taken)
        return taken;
    if (auto done = run(write, u"UPDATE podconfig SET state = 'applied' WHERE id = ?"_s, {id}); !done)
        return done;
    return commit(write);
}

// Its nodes may take nothing new by now (cordoned meanwhile): then what is held stays held.
Outcome<void> settleOrKeep(const QString &id, const Workload &workload, Database &database)
{
    const auto settled = settle(id, workload, database);
    if (settled || settled.error().http >= 500)
        return settled;
    qWarning().noquote() << "pod configuration" << id << "holds what it held before:" << settled.error().message;
    return setState(id, "applied", database);
}

Outcome<void> eraseConfig(const QString &id, Database &database)
{
    WriteTransaction write(database);
    if (!write.isOpen())
        return busyDatabase();
    if (auto given = giveStock(id, write); !given)
        return given;
    for (const QString &sql : {u"DELETE FROM instance WHERE configid = ?"_s, u"DELETE FROM podconfig WHERE id = ?"_s}) {
        if (auto done = run(write, sql, {id}); !done)
            return done;
    }
    return commit(write);
}

Outcome<void> applyToCluster(const Workload &workload, Database &database, const SecretBox &box, const BackendSettings &settings)
{
    auto cluster = openCluster(workload.clusterId, database, box, settings);
    return cluster ? (*cluster)->apply(workload) : Outcome<void>(Refused(cluster.error()));
}

Outcome<void> removeFromCluster(const Workload &workload, Database &database, const SecretBox &box, const BackendSettings &settings)
{
    auto cluster = openCluster(workload.clusterId, database, box, settings);
    return cluster ? (*cluster)->remove(workload) : Outcome<void>(Refused(cluster.error()));
}

bool storeBack(const PodConfig &before, const Workload &former, Database &database)
{
    WriteTransaction write(database);
    return write.isOpen() && storeTexts(before, former, write) && write.commit();
}

// The former texts again, in the books and in the cluster; where the cluster does not take them now, ConfigRetry goes on, and both stay held.
void restore(const PodConfig &before, const Workload &former, Backend &backend)
{
    const bool stored = storeBack(before, former, backend.database);
    if (!stored)
        qCritical().noquote() << "pod configuration" << before.id << "could not be set back";
    if (!stored || !applyToCluster(former, backend.database, backend.box, backend.clusters) || !settleOrKeep(before.id, former, backend.database))
        backend.configRetry.wake();
}

Outcome<void> mayBeChanged(const PodConfig &config)
{
    if (config.state == u"removing"_s)
        return refuse(u"资源实例配置正在删除(id)"_s, u"id"_s);
    return config.state == u"applied"_s ? Outcome<void>()
                                        : Outcome<void>(refuse(u"资源实例配置的上一次修改还没有在集群里完成(id),请稍后再试"_s, u"id"_s));
}

Outcome<StockPlan> planNew(const PodConfig &config, const Workload &workload, WriteTransaction &write)
{
    if (const auto cluster = readyCluster(config.cpcid, config.clusterId, write.connection()); !cluster)
        return Refused(cluster.error());
    if (auto free = nodePortIsFree(config, workload, write.connection()); !free)
        return Refused(free.error());
    return planStock(config.clusterId, needOf(workload), placedReplicas(workload), write.connection());
}

Outcome<StockPlan> planChange(const PodConfig &config, const Workload &workload, const SecretBox &box, WriteTransaction &write)
{
    const auto before = storedConfig(config.id, write.connection());
    if (!before)
        return Refused(before.error());
    if (auto may = mayBeChanged(*before); !may)
        return Refused(may.error());
    if (before->clusterId != config.clusterId)
        return refuse(u"资源实例配置不属于该集群(clusterid)"_s, u"clusterid"_s);
    const auto former = workloadOf(*before, box);
    const auto change = former ? readyFor(config, *former, workload, write) : Outcome<Change>(Refused(former.error()));
    if (!change)
        return Refused(change.error());
    auto held = planStock(config.clusterId, change->need, change->replicas, write.connection());
    if (!held && change->beside && held.error().http < 500)
        held.error().message += u";修改期间,原有资源要保留到集群应答为止"_s;
    // What it has in the end is no more than what is held meanwhile.
    return held ? planStock(config.clusterId, needOf(workload), placedReplicas(workload), write.connection()) : held;
}

} // namespace

Outcome<void> bookConfig(const PodConfig &config, const Workload &workload, WriteTransaction &write)
{
    if (const auto cluster = readyCluster(config.cpcid, config.clusterId, write.connection()); !cluster)
        return Refused(cluster.error());
    if (auto free = nodePortIsFree(config, workload, write.connection()); !free)
        return free;
    if (auto done = run(write,
                        u"INSERT INTO podconfig(id, seq, cpcid, clusterid, orgid, username, state, fields, auth_password, created_ms, updated_ms) "
                        "VALUES(?, (SELECT coalesce(max(seq), 0) + 1 FROM podconfig), ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
                        {config.id, config.cpcid, config.clusterId, config.orgId, config.userName, config.state, storedFields(config, workload),
                         config.password, config.updatedMs, config.updatedMs});
        !done)
        return done;
    return takeStock(config.id, config.clusterId, needOf(workload), placedReplicas(workload), write);
}

Outcome<StockPlan> planConfig(const PodConfig &config, bool isChange, Backend &backend)
{
    const auto workload = workloadOf(config, backend.box);
    if (!workload)
        return Refused(workload.error());
    WriteTransaction write(backend.database); // given up
    if (!write.isOpen())
        return busyDatabase();
    return isChange ? planChange(config, *workload, backend.box, write) : planNew(config, *workload, write);
}

Outcome<Workload> createConfig(PodConfig config, Backend &backend, const AlsoBooked &also)
{
    const auto held = backend.configLocks.hold(config.id); // the row is seen before the cluster has it all
    auto workload = workloadOf(config, backend.box);
    if (!workload)
        return workload;
    if (auto stored = storeNew(config, *workload, backend.database, also); !stored)
        return Refused(stored.error());
    if (auto applied = applyToCluster(*workload, backend.database, backend.box, backend.clusters); !applied) {
        // The cluster may have taken some of it, or all: the row stays until nothing is left there.
        if (auto marked = setState(config.id, "removing", backend.database); !marked)
            return Refused(marked.error());
        if (!finishConfig(config.id, backend.database, backend.box, backend.clusters))
            backend.configRetry.wake();
        return Refused(applied.error());
    }
    if (auto done = setState(config.id, "applied", backend.database); !done)
        return Refused(done.error());
    return workload;
}

Outcome<ChangedConfig> changeConfig(const QString &id, const ConfigChange &change, Backend &backend)
{
    const auto held = backend.configLocks.hold(id);
    const auto before = storedConfig(id, backend.database.connection());
    if (!before)
        return Refused(before.error());
    if (auto may = mayBeChanged(*before); !may)
        return Refused(may.error());
    const auto config = change(*before);
    if (!config)
        return Refused(config.error());
    const auto former = workloadOf(*before, backend.box);
    const auto workload = workloadOf(*config, backend.box);
    if (!former || !workload)
        return Refused(former ? workload.error() : former.error());
    if (auto stored = storeChange(*config, *former, *workload, backend.database); !stored)
        return Refused(stored.error());
    if (auto applied = applyToCluster(*workload, backend.database, backend.box, backend.clusters); !applied) {
        restore(*before, *former, backend);
        return Refused(applied.error());
    }
    if (auto done = settleOrKeep(id, *workload, backend.database); !done)
        return Refused(done.error());
    return ChangedConfig{*config, *workload};
}

Outcome<void> deleteConfig(const QString &id, Backend &backend)
{
    const auto held = backend.configLocks.hold(id);
    if (const auto config = storedConfig(id, backend.database.connection()); !config)
        return Refused(config.error());
    if (auto marked = setState(id, "removing", backend.database); !marked)
        return marked;
    auto done = finishConfig(id, backend.database, backend.box, backend.clusters);
    if (!done) {
        backend.configRetry.wake();
        done.error().message += u";服务会继续删除"_s;
    }
    return done;
}

Outcome<void> finishConfig(const QString &id, Database &database, const SecretBox &box, const BackendSettings &settings)
{
    auto row = runSql(database.connection(), u"SELECT 1 FROM podconfig WHERE id = ? AND state <> 'applied'"_s, {id});
    if (!row)
        return storageRefusal(row.error());
    if (!row->next())
        return {};
    row->finish();
    const auto config = storedConfig(id, database.connection());
    const auto workload = config ? workloadOf(*config, box) : Outcome<Workload>(Refused(config.error()));
    if (!workload)
        return Refused(workload.error());
    if (config->state == u"removing"_s) {
        const auto removed = removeFromCluster(*workload, database, box, settings);
        return removed ? eraseConfig(id, database) : removed;
    }
    const auto applied = applyToCluster(*workload, database, box, settings);
    return applied ? settleOrKeep(id, *workload, database) : applied;
}

Outcome<void> mayBecome(const Workload &former, const Workload &workload)
{
    if (former.dataDiskMi == workload.dataDiskMi)
        return {};
    const bool kept = former.controller == workload.controller;
    if (kept && workload.controller == Controller::StatefulSet)
        return refuse(u"数据盘(source_storagelimits): StatefulSet 的数据盘大小不能修改,请新建资源实例配置"_s, u"source_storagelimits"_s);
    const auto comesAndGoes = [](const Workload &one) { return one.controller == Controller::Deployment || one.controller == Controller::DaemonSet; };
    if (former.controller != Controller::StatefulSet && !comesAndGoes(workload) && workload.dataDiskMi < former.dataDiskMi)
        return refuse(u"数据盘(source_storagelimits): 已有的数据盘不能缩小"_s, u"source_storagelimits"_s);
    return {};
}

} // namespace kboss::standalone
