#include "app/standalone/jobwork.h"

#include "app/standalone/podconfig.h"
#include "app/standalone/sqlwrite.h"

#include <QDebug>
#include <QRandomGenerator>

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

QString randomText(int length)
{
    static constexpr char alphabet[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    QString text;
    for (int i = 0; i < length; ++i)
        text += QLatin1Char(alphabet[QRandomGenerator::system()->bounded(static_cast<int>(std::size(alphabet)) - 1)]);
    return text;
}

Outcome<Node> nodeOf(const QString &id, const QSqlDatabase &connection)
{
    auto row = runSql(connection, nodeSelect() + u" WHERE id = ?"_s, {id});
    if (!row)
        return storageRefusal(row.error());
    return row->next() ? Outcome<Node>(readNode(*row)) : Outcome<Node>(refuse(u"算力设备不存在: %1"_s.arg(id)));
}

// The name a member has, or the first free one.
Outcome<QString> freeHostName(const QString &wanted, const QString &clusterId, const QSqlDatabase &connection)
{
    for (int number = 1;; ++number) {
        const QString name = number == 1 ? wanted : u"%1-%2"_s.arg(wanted.left(58)).arg(number);
        auto taken = runSql(connection, u"SELECT 1 FROM member WHERE clusterid = ? AND host_name = ?"_s, {clusterId, name});
        if (!taken)
            return storageRefusal(taken.error());
        if (!taken->next())
            return name;
    }
}

Outcome<void> completeCluster(const Job &job, const SecretBox &box, qint64 nowMs, WriteTransaction &write)
{
    const auto node = nodeOf(job.nodeId, write.connection());
    if (!node)
        return Refused(node.error());
    if (auto done = addMember(job.nodeId, job.clusterId, hostNameFor(node->name), true, nowMs, write); !done)
        return done;
    const QString until = QDate::currentDate().addYears(1).toString(Qt::ISODate);
    return run(write, u"UPDATE cluster SET ready = 1, clusterjoin = ?, kubeconfig = ?, certificate_date = ? WHERE id = ?"_s,
               {box.seal(sampleJoinCommand(node->ip)), box.seal(sampleKubeconfig(job.clusterName, node->ip)), until, job.clusterId});
}

Outcome<void> completeWorker(const Job &job, const SecretBox &box, qint64 nowMs, WriteTransaction &write)
{
    const auto node = nodeOf(job.nodeId, write.connection());
    if (!node)
        return Refused(node.error());
    if (auto done = addMember(job.nodeId, job.clusterId, hostNameFor(node->name), false, nowMs, write); !done)
        return done;
    if (auto done = addNodeStock(*node, job.clusterId, write); !done)
        return done;
    return placeDaemons(job.nodeId, job.clusterId, box, write);
}

Outcome<void> completeClusterRemoval(const Job &job, WriteTransaction &write)
{
    auto held = runSql(write.connection(), u"SELECT count(*) FROM podconfig WHERE clusterid = ?"_s, {job.clusterId});
    if (!held || !held->next())
        return storageRefusal(held ? Error{} : held.error());
    if (const qint64 count = held->value(0).toLongLong(); count > 0)
        return refuse(u"集群里有 %1 个资源实例配置,不能移除"_s.arg(count));
    held->finish();
    for (const QString &sql : {u"DELETE FROM part_stock WHERE clusterid = ?"_s, u"DELETE FROM member WHERE clusterid = ?"_s,
                               u"UPDATE node SET node_status = '0', clusterid = NULL, cluster_name = '', role = '' WHERE clusterid = ?"_s,
                               u"DELETE FROM product WHERE clusterid = ?"_s, u"DELETE FROM cluster WHERE id = ?"_s}) {
        if (auto done = run(write, sql, {job.clusterId}); !done)
            return done;
    }
    return {};
}

struct Member {
    QString name;
    bool cordoned = false;
};

// The member that a job is at work with; no name = it is none.
Outcome<Member> memberOf(const Job &job, const QSqlDatabase &connection)
{
    auto row = runSql(connection, u"SELECT host_name, cordoned FROM member WHERE nodeid = ? AND clusterid = ?"_s, {job.nodeId, job.clusterId});
    if (!row)
        return storageRefusal(row.error());
    return row->next() ? Member{row->value(0).toString(), row->value(1).toInt() != 0} : Member();
}

// Could the books follow, before anything is done to the cluster? Within a transaction that is given up.
Outcome<void> mayLeave(const Job &job, Database &database)
{
    WriteTransaction write(database);
    return write.isOpen() ? takeOutWorker(job.nodeId, job.clusterId, write) : Outcome<void>(busyDatabase());
}

// How the node was before the job; the first note counts.
Outcome<void> noteCordon(const Job &job, bool cordoned, Database &database)
{
    WriteTransaction write(database);
    if (!write.isOpen())
        return busyDatabase();
    if (auto done = run(write, u"INSERT OR IGNORE INTO job_cordon(jobid, cordoned) VALUES(?, ?)"_s, {job.id, cordoned ? 1 : 0}); !done)
        return done;
    const auto committed = write.commit();
    return committed ? Outcome<void>() : Outcome<void>(storageRefusal(committed.error()));
}

Outcome<void> unlessGone(Outcome<void> done, const QString &hostName)
{
    const bool gone = !done && done.error().message.contains(u"nodes \"%1\" not found"_s.arg(hostName));
    return gone ? Outcome<void>() : done;
}

} // namespace

bool actsOnCluster(const Job &job)
{
    return job.kind == u"remove_worker"_s && job.step >= 1 && job.step <= 3;
}

Outcome<void> actOnCluster(const Job &job, Database &database, const SecretBox &box, const BackendSettings &settings)
{
    const auto host = actsOnCluster(job) ? memberOf(job, database.connection()) : Outcome<Member>(Member());
    if (!host)
        return Refused(host.error());
    if (host->name.isEmpty())
        return {}; // gone already
    if (auto may = mayLeave(job, database); !may)
        return may;
    auto cluster = openCluster(job.clusterId, database, box, settings);
    if (!cluster)
        return Refused(cluster.error());
    if (job.step == 1) {
        if (auto noted = noteCordon(job, host->cordoned, database); !noted)
            return noted;
        return unlessGone((*cluster)->setCordoned(host->name, true), host->name);
    }
    return unlessGone(job.step == 2 ? (*cluster)->drain(host->name) : (*cluster)->removeMember(host->name), host->name);
}

void undoOnCluster(const Job &job, Database &database, const SecretBox &box, const BackendSettings &settings)
{
    if (job.kind != u"remove_worker"_s || job.step < 1)
        return;
    auto noted = runSql(database.connection(), u"SELECT cordoned FROM job_cordon WHERE jobid = ?"_s, {job.id});
    if (!noted || !noted->next() || noted->value(0).toInt() != 0)
        return; // it never came to it, or the node was cordoned before
    noted->finish();
    const auto host = memberOf(job, database.connection());
    if (!host || host->name.isEmpty())
        return;
    auto cluster = openCluster(job.clusterId, database, box, settings);
    const auto done = cluster ? (*cluster)->setCordoned(host->name, false) : Outcome<void>(Refused(cluster.error()));
    if (!done)
        qWarning().noquote() << "node" << host->name << "stays cordoned after a failed removal:" << done.error().message;
}

Outcome<void> completeJob(const Job &job, const SecretBox &box, qint64 nowMs, WriteTransaction &write)
{
    if (job.kind == u"new_cluster"_s)
        return completeCluster(job, box, nowMs, write);
    if (job.kind == u"new_worker"_s)
        return completeWorker(job, box, nowMs, write);
    return job.kind == u"remove_worker"_s ? takeOutWorker(job.nodeId, job.clusterId, write) : completeClusterRemoval(job, write);
}

// The node may serve another cluster by now: that is none of this job's.
Outcome<void> undoJob(const Job &job, WriteTransaction &write)
{
    if (job.kind == u"new_cluster"_s || job.kind == u"new_worker"_s) {
        for (const QString &sql :
             {u"DELETE FROM member WHERE nodeid = ? AND clusterid = ?"_s, // its labels go as well
              u"UPDATE node SET node_status = '0', clusterid = NULL, cluster_name = '', role = '' WHERE id = ? AND clusterid = ?"_s}) {
            if (auto done = run(write, sql, {job.nodeId, job.clusterId}); !done)
                return done;
        }
    }
    if (job.kind == u"remove_cluster"_s)
        return run(write, u"UPDATE cluster SET ready = 1 WHERE id = ?"_s, {job.clusterId});
    return job.kind == u"new_cluster"_s ? run(write, u"DELETE FROM cluster WHERE id = ?"_s, {job.clusterId}) : Outcome<void>();
}

Outcome<void> occupyNode(const QString &nodeId, const QString &clusterId, const QString &clusterName, const QString &role, WriteTransaction &write)
{
    return run(write, u"UPDATE node SET node_status = '1', clusterid = ?, cluster_name = ?, role = ? WHERE id = ?"_s,
               {clusterId, clusterName, role, nodeId});
}

Outcome<void> addMember(const QString &nodeId, const QString &clusterId, const QString &hostName, bool control, qint64 nowMs, WriteTransaction &write)
{
    const auto name = freeHostName(hostName, clusterId, write.connection());
    if (!name)
        return Refused(name.error());
    if (auto done = run(write, u"INSERT INTO member(nodeid, clusterid, host_name, control, cordoned, joined_ms) VALUES(?, ?, ?, ?, 0, ?)"_s,
                        {nodeId, clusterId, *name, control ? 1 : 0, nowMs});
        !done)
        return done;
    return run(write,
               u"INSERT INTO member_label(nodeid, label_key, label_value) SELECT id, 'kyy-gpu', CASE WHEN gpu_stock > 0 THEN 'true' ELSE 'false' END "
               "FROM node WHERE id = ?"_s,
               {nodeId});
}

Outcome<void> removeMember(const QString &nodeId, WriteTransaction &write)
{
    for (const QString &sql : {u"DELETE FROM member_label WHERE nodeid = ?"_s, u"DELETE FROM member WHERE nodeid = ?"_s,
                               u"UPDATE node SET node_status = '0', clusterid = NULL, cluster_name = '', role = '' WHERE id = ?"_s}) {
        if (auto done = run(write, sql, {nodeId}); !done)
            return done;
    }
    return {};
}

Outcome<void> takeOutWorker(const QString &nodeId, const QString &clusterId, WriteTransaction &write)
{
    const auto node = nodeOf(nodeId, write.connection());
    if (!node)
        return Refused(node.error());
    // What was placed meanwhile, or moved by others, moves here in the books.
    if (auto ended = endDaemons(nodeId, clusterId, write); !ended)
        return ended;
    if (auto moved = moveStock(nodeId, clusterId, {}, write); !moved)
        return moved;
    if (auto done = removeNodeStock(*node, clusterId, write); !done)
        return done;
    return removeMember(nodeId, write);
}

QString hostNameFor(const QString &nodeName)
{
    QString name;
    for (const QChar c : nodeName.toLower()) {
        const bool plain = (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9');
        if (plain)
            name += c;
        else if (!name.isEmpty() && !name.endsWith(u'-'))
            name += u'-';
    }
    name = name.left(63);
    while (name.endsWith(u'-'))
        name.chop(1);
    return name.isEmpty() ? u"node"_s : name;
}

QString sampleJoinCommand(const QString &controlIp)
{
    return u"kubeadm join %1:6443 --token %2.%3 --discovery-token-ca-cert-hash sha256:%4"_s.arg(controlIp, randomText(6), randomText(16),
                                                                                                randomText(64));
}

QString sampleKubeconfig(const QString &clusterName, const QString &controlIp)
{
    const QString name = hostNameFor(clusterName);
    return u"apiVersion: v1\nkind: Config\nclusters:\n- name: %1\n  cluster:\n    server: https://%2:6443\nusers:\n- name: %1-admin\n  user:\n    "
           u"token: %3\n"
           "contexts:\n- name: %1\n  context:\n    cluster: %1\n    user: %1-admin\ncurrent-context: %1\n"_s.arg(name, controlIp, randomText(48));
}

} // namespace kboss::standalone
