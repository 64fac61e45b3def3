#include "app/standalone/clusterrecord.h"
#include "app/standalone/clusterview.h"
#include "app/standalone/jobs.h"
#include "app/standalone/jobwork.h"
#include "app/standalone/jsontext.h"
#include "app/standalone/noderecord.h"
#include "app/standalone/podconfig.h"
#include "app/standalone/timestamp.h"

#include <QDateTime>

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

Outcome<std::unique_ptr<ClusterBackend>> openReady(const CheckedRequest &request, Backend &backend)
{
    const auto cluster = readyCluster(request.text("cpcid"), request.text("clusterid"), backend.database.connection());
    if (!cluster)
        return Refused(cluster.error());
    return openCluster(cluster->id, backend.database, backend.box, backend.clusters);
}

template <class State>
Outcome<Answer> listAnswer(const Outcome<std::vector<State>> &states, void (*append)(std::string &, const State &, qint64), const char *message)
{
    if (!states)
        return Refused(states.error());
    std::string data = "{\"total\":" + std::to_string(states->size()) + ",\"rows\":[";
    for (size_t i = 0; i < states->size(); ++i) {
        data += i == 0 ? "" : ",";
        append(data, (*states)[i], static_cast<qint64>(i) + 1);
    }
    return kbossAnswer(message, data + "]}");
}

Outcome<Answer> getCpcworker(const CheckedRequest &request, Backend &backend)
{
    auto cluster = openReady(request, backend);
    return cluster ? listAnswer((*cluster)->members(), appendMember, "获取集群实时成员节点成功") : Outcome<Answer>(Refused(cluster.error()));
}

Outcome<Answer> getCpcpod(const CheckedRequest &request, Backend &backend)
{
    auto cluster = openReady(request, backend);
    return cluster ? listAnswer((*cluster)->pods(), appendPod, "获取集群实时资源实例成功") : Outcome<Answer>(Refused(cluster.error()));
}

Outcome<Answer> switchCpcworker(const CheckedRequest &request, Backend &backend)
{
    auto cluster = openReady(request, backend);
    if (!cluster)
        return Refused(cluster.error());
    const QString host = request.text("worker_node"), state = request.text("state");
    const bool drain = request.arguments.value("darin", false);
    if (drain && state == u"uncordon"_s)
        return refuse(u"恢复调度时不能驱逐实例(darin)"_s, u"darin"_s);
    if (auto done = drain ? (*cluster)->drain(host) : (*cluster)->setCordoned(host, state == u"cordon"_s); !done)
        return Refused(done.error());
    std::string data;
    JsonObject object(data);
    object.text("clusterid", request.text("clusterid"));
    object.text("worker_node", host);
    object.text("state", state);
    object.boolean("darin", drain);
    object.close();
    return kbossAnswer("切换节点状态成功", data);
}

Outcome<void> startJob(const Job &job, WriteTransaction &write, Backend &backend)
{
    if (auto inserted = insertJob(job, write); !inserted)
        return inserted;
    if (auto committed = write.commit(); !committed)
        return storageRefusal(committed.error());
    backend.jobs.wake();
    return {};
}

Outcome<Answer> newCpcworker(const CheckedRequest &request, Backend &backend)
{
    WriteTransaction write(backend.database);
    if (!write.isOpen())
        return busyDatabase();
    const auto cluster = readyCluster(request.text("cpcid"), request.text("clusterid"), write.connection());
    if (!cluster)
        return Refused(cluster.error());
    if (cluster->backend != u"simulated"_s)
        return refuse(u"集群 %1 是导入的,不能由本服务加入节点;节点加入后会自动显示"_s.arg(cluster->name), u"clusterid"_s);
    const auto node = idleNode(cluster->cpcid, request.text("worker_nodeid"), "worker_nodeid", write.connection());
    if (!node)
        return Refused(node.error());
    if (auto done = occupyNode(node->id, cluster->id, cluster->name, u"worker"_s, write); !done)
        return Refused(done.error());
    const Job job = clusterJob(u"new_worker"_s, *cluster, node->id, node->name);
    if (auto started = startJob(job, write, backend); !started)
        return Refused(started.error());
    std::string data;
    JsonObject object(data);
    object.text("id", node->id);
    object.text("node_status", std::string_view("1"));
    object.text("clusterid", cluster->id);
    object.text("cpcid", cluster->cpcid);
    object.text("role", std::string_view("worker"));
    object.text("jobid", job.id);
    object.close();
    return kbossAnswer("工作节点开始加入集群", data);
}

struct Worker {
    QString nodeId, hostName, nodeName;
};

Outcome<Worker> workerOf(const Cluster &cluster, const QString &hostName, const QSqlDatabase &connection)
{
    auto row = runSql(connection,
                      u"SELECT m.nodeid, m.control, n.name FROM member m JOIN node n ON n.id = m.nodeid WHERE m.clusterid = ? AND m.host_name = ?"_s,
                      {cluster.id, hostName});
    if (!row)
        return storageRefusal(row.error());
    if (!row->next())
        return refuse(u"集群中没有这个节点(worker_node): %1"_s.arg(hostName), u"worker_node"_s);
    if (row->value(1).toInt() != 0)
        return refuse(u"控制节点不能单独移除(worker_node): %1;请移除整个集群"_s.arg(hostName), u"worker_node"_s);
    return Worker{row->value(0).toString(), hostName, row->value(2).toString()};
}

Outcome<void> workerIsFree(const Worker &worker, const Cluster &cluster, bool force, const QSqlDatabase &connection)
{
    const auto running = runningJob(cluster.id, worker.nodeId, connection);
    if (!running)
        return Refused(running.error());
    if (!running->isEmpty())
        return refuse(u"节点 %1 还有任务在进行"_s.arg(worker.hostName), u"worker_node"_s);
    if (force)
        return {};
    const auto daemons = daemonsOf(cluster.id, connection);
    auto held = runSql(connection, u"SELECT DISTINCT configid FROM placement WHERE nodeid = ?"_s, {worker.nodeId});
    if (!held || !daemons)
        return held ? Refused(daemons.error()) : storageRefusal(held.error());
    qint64 count = 0;
    while (held->next())
        count += !daemons->contains(held->value(0).toString());
    return count == 0
        ? Outcome<void>()
        : Outcome<void>(refuse(
            u"节点 %1 上还有 %2 个资源实例配置,不能移除;可以选择强制移除(force),实例会迁移到其他节点"_s.arg(worker.hostName).arg(count), u"force"_s));
}

Outcome<Answer> removeCpcworker(const CheckedRequest &request, Backend &backend)
{
    WriteTransaction write(backend.database);
    if (!write.isOpen())
        return busyDatabase();
    const auto cluster = readyCluster(request.text("cpcid"), request.text("clusterid"), write.connection());
    if (!cluster)
        return Refused(cluster.error());
    const auto worker = workerOf(*cluster, request.text("worker_node"), write.connection());
    if (!worker)
        return Refused(worker.error());
    const bool force = request.arguments.value("force", false);
    if (auto free = workerIsFree(*worker, *cluster, force, write.connection()); !free)
        return Refused(free.error());
    Job job = clusterJob(u"remove_worker"_s, *cluster, worker->nodeId, worker->nodeName);
    job.stepCount = stepCountOf(job.kind, cluster->backend != u"simulated"_s);
    if (auto started = startJob(job, write, backend); !started)
        return Refused(started.error());
    std::string data;
    JsonObject object(data);
    object.text("id", worker->nodeId);
    object.text("node_name", worker->hostName);
    object.text("clusterid", cluster->id);
    object.boolean("force", force);
    object.text("jobid", job.id);
    object.close();
    return kbossAnswer("工作节点开始移除", data);
}

void appendJob(std::string &out, const Job &job, qint64 rowNumber, int percent)
{
    JsonObject object(out);
    object.text("id", job.id);
    object.text("kind", job.kind);
    object.text("cpcid", job.cpcid);
    object.text("clusterid", job.clusterId);
    object.text("clustername", job.clusterName);
    object.text("nodeid", job.nodeId);
    object.text("node_name", job.nodeName);
    object.text("state", job.state);
    object.number("step", job.step);
    object.number("step_count", job.stepCount);
    object.text("step_name", job.stepName);
    object.number("percent", percent);
    object.text("message", job.message);
    appendTimestamp(object.member("create_time"), job.createdMs);
    appendTimestamp(object.member("update_time"), job.updatedMs);
    if (job.finishedMs > 0)
        appendTimestamp(object.member("finish_time"), job.finishedMs);
    else
        object.null("finish_time");
    object.number("row_num_", rowNumber);
    object.close();
}

Outcome<Answer> getCpcjob(const CheckedRequest &request, Backend &backend)
{
    const QSqlDatabase connection = backend.database.connection();
    if (!request.text("cpcid").isEmpty()) {
        if (auto exists = centerExists(request.text("cpcid"), connection); !exists)
            return Refused(exists.error());
    }
    auto jobs = jobsOf(request.text("cpcid"), request.text("clusterid"), request.text("id"), connection);
    if (!jobs)
        return Refused(jobs.error());
    if (request.text("open") == u"1"_s)
        std::erase_if(*jobs, [](const Job &job) { return job.finishedMs > 0; });
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    std::string data = "{\"total\":" + std::to_string(jobs->size()) + ",\"rows\":[";
    for (size_t i = 0; i < jobs->size(); ++i) {
        data += i == 0 ? "" : ",";
        appendJob(data, (*jobs)[i], static_cast<qint64>(i) + 1, backend.jobs.percent((*jobs)[i], now));
    }
    return kbossAnswer("获取集群任务成功", data + "]}");
}

} // namespace

void addClusterWorkerHandlers(HandlerTable &table)
{
    table.insert(u"getCpcworker"_s, getCpcworker);
    table.insert(u"getCpcpod"_s, getCpcpod);
    table.insert(u"switchCpcworker"_s, switchCpcworker);
    table.insert(u"newCpcworker"_s, newCpcworker);
    table.insert(u"removeCpcworker"_s, removeCpcworker);
    table.insert(u"removeCpcworkerAtRoot"_s, removeCpcworker);
    table.insert(u"getCpcjob"_s, getCpcjob);
}

} // namespace kboss::standalone
