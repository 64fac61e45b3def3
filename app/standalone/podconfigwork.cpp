#include "app/standalone/podconfig.h"
#include "app/standalone/timestamp.h"

#include <QDebug>

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

Outcome<void> run(WriteTransaction &write, const QString &sql, const QList<QVariant> &values)
{
    const auto done = runSql(write.connection(), sql, values);
    return done ? Outcome<void>() : Outcome<void>(storageRefusal(done.error()));
}

Outcome<void> commit(WriteTransaction &write)
{
    const auto committed = write.commit();
    return committed ? Outcome<void>() : Outcome<void>(storageRefusal(committed.error()));
}

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

Outcome<void> storeChange(const PodConfig &config, const Workload &workload, Database &database)
{
    WriteTransaction write(database);
    if (!write.isOpen())
        return busyDatabase();
    const auto present = storedConfig(config.id, write.connection());
    if (!present)
        return Refused(present.error());
    if (present->state == u"removing"_s)
        return refuse(u"资源实例配置正在删除(id)"_s, u"id"_s);
    if (auto free = nodePortIsFree(config, workload, write.connection()); !free)
        return free;
    if (auto given = giveStock(config.id, write); !given)
        return given;
    if (auto taken = takeStock(config.id, config.clusterId, needOf(workload), placedReplicas(workload), write); !taken)
        return taken;
    if (auto done = run(write, u"UPDATE podconfig SET state = 'applying', fields = ?, auth_password = ?, updated_ms = ? WHERE id = ?"_s,
                        {storedFields(config, workload), config.password, config.updatedMs, config.id});
        !done)
        return done;
    return commit(write);
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

Outcome<void> setState(const QString &id, const char *state, Database &database)
{
    WriteTransaction write(database);
    if (!write.isOpen())
        return busyDatabase();
    if (auto done = run(write, u"UPDATE podconfig SET state = ? WHERE id = ?"_s, {QLatin1String(state), id}); !done)
        return done;
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

// A change of the controller makes other objects: those of before are taken away.
Outcome<void> removeFormer(const Workload &before, const Workload &after, Backend &backend)
{
    if (before.controller == after.controller && before.portMode == after.portMode)
        return {};
    return removeFromCluster(before, backend.database, backend.box, backend.clusters);
}

void resume(const PodConfig &config, Database &database, const SecretBox &box, const BackendSettings &settings)
{
    const auto workload = workloadOf(config, box);
    Outcome<void> done = workload ? Outcome<void>() : Outcome<void>(Refused(workload.error()));
    if (done)
        done = config.state == u"removing"_s ? removeFromCluster(*workload, database, box, settings)
                                             : applyToCluster(*workload, database, box, settings);
    if (done)
        done = config.state == u"removing"_s ? eraseConfig(config.id, database) : setState(config.id, "applied", database);
    if (!done)
        qWarning().noquote() << "pod configuration" << config.id << "waits for the next start:" << done.error().message;
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

Outcome<Workload> createConfig(PodConfig config, Backend &backend, const AlsoBooked &also)
{
    const auto held = backend.configLocks.hold(config.id); // the row is seen before the cluster has it all
    auto workload = workloadOf(config, backend.box);
    if (!workload)
        return workload;
    if (auto stored = storeNew(config, *workload, backend.database, also); !stored)
        return Refused(stored.error());
    if (auto applied = applyToCluster(*workload, backend.database, backend.box, backend.clusters); !applied) {
        // What the cluster took before it refused goes again, as far as it lets us.
        removeFromCluster(*workload, backend.database, backend.box, backend.clusters);
        if (auto erased = eraseConfig(config.id, backend.database); !erased)
            return Refused(erased.error());
        return Refused(applied.error());
    }
    if (auto done = setState(config.id, "applied", backend.database); !done)
        return Refused(done.error());
    return workload;
}

Outcome<Workload> changeConfig(PodConfig config, Backend &backend)
{
    const auto held = backend.configLocks.hold(config.id);
    const auto before = storedConfig(config.id, backend.database.connection());
    if (!before)
        return Refused(before.error());
    const auto former = workloadOf(*before, backend.box);
    auto workload = workloadOf(config, backend.box);
    if (!former || !workload)
        return Refused(former ? workload.error() : former.error());
    if (auto stored = storeChange(config, *workload, backend.database); !stored)
        return Refused(stored.error());
    auto applied = removeFormer(*former, *workload, backend);
    if (applied)
        applied = applyToCluster(*workload, backend.database, backend.box, backend.clusters);
    if (!applied) {
        const Refusal reason = applied.error();
        if (auto back = storeChange(*before, *former, backend.database); back)
            applyToCluster(*former, backend.database, backend.box, backend.clusters);
        setState(config.id, "applied", backend.database);
        return Refused(reason);
    }
    if (auto done = setState(config.id, "applied", backend.database); !done)
        return Refused(done.error());
    return workload;
}

Outcome<void> deleteConfig(const QString &id, Backend &backend)
{
    const auto held = backend.configLocks.hold(id);
    const auto config = storedConfig(id, backend.database.connection());
    if (!config)
        return Refused(config.error());
    const auto workload = workloadOf(*config, backend.box);
    if (!workload)
        return Refused(workload.error());
    if (auto marked = setState(id, "removing", backend.database); !marked)
        return marked;
    if (auto removed = removeFromCluster(*workload, backend.database, backend.box, backend.clusters); !removed) {
        setState(id, "applied", backend.database);
        return removed;
    }
    return eraseConfig(id, backend.database);
}

void resumeConfigs(Database &database, const SecretBox &box, const BackendSettings &settings)
{
    const auto configs = unfinishedConfigs(database.connection());
    if (!configs)
        return;
    for (const PodConfig &config : *configs)
        resume(config, database, box, settings);
}

} // namespace kboss::standalone
