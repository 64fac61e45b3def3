#include "app/standalone/jobs.h"

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

QString jobSelect()
{
    return u"SELECT id, kind, cpcid, clusterid, cluster_name, nodeid, node_name, state, step, step_count, step_name, message, created_ms, "
           u"updated_ms, "
           "finished_ms FROM job"_s;
}

Job readJob(const QSqlQuery &row)
{
    Job job;
    int at = 0;
    for (QString *member : {&job.id, &job.kind, &job.cpcid, &job.clusterId, &job.clusterName, &job.nodeId, &job.nodeName, &job.state})
        *member = row.value(at++).toString();
    job.step = row.value(at++).toInt();
    job.stepCount = row.value(at++).toInt();
    job.stepName = row.value(at++).toString();
    job.message = row.value(at++).toString();
    job.createdMs = row.value(at++).toLongLong();
    job.updatedMs = row.value(at++).toLongLong();
    job.finishedMs = row.value(at).toLongLong();
    return job;
}

} // namespace

Outcome<void> insertJob(const Job &job, WriteTransaction &write)
{
    const auto done =
        runSql(write.connection(),
               u"INSERT INTO job(id, seq, kind, cpcid, clusterid, cluster_name, nodeid, node_name, state, step, step_count, step_name, "
               "message, created_ms, updated_ms, finished_ms) "
               "VALUES(?, (SELECT coalesce(max(seq), 0) + 1 FROM job), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
               {job.id, job.kind, job.cpcid, job.clusterId, job.clusterName, job.nodeId, job.nodeName, job.state, job.step,
                job.stepCount > 0 ? job.stepCount : stepCountOf(job.kind), job.stepName, job.message, job.createdMs, job.updatedMs, job.finishedMs});
    return done ? Outcome<void>() : Outcome<void>(storageRefusal(done.error()));
}

Outcome<std::vector<Job>> jobsOf(const QString &cpcid, const QString &clusterId, const QString &id, const QSqlDatabase &connection)
{
    QString where;
    QList<QVariant> values;
    const auto limit = [&](const QString &column, const QString &value) {
        if (value.isEmpty())
            return;
        where += (where.isEmpty() ? u" WHERE "_s : u" AND "_s) + column + u" = ?"_s;
        values << value;
    };
    limit(u"cpcid"_s, cpcid);
    limit(u"clusterid"_s, clusterId);
    limit(u"id"_s, id);
    auto rows = runSql(connection, jobSelect() + where + u" ORDER BY seq DESC"_s, values);
    if (!rows)
        return storageRefusal(rows.error());
    std::vector<Job> jobs;
    while (rows->next())
        jobs.push_back(readJob(*rows));
    return jobs;
}

Outcome<QString> runningJob(const QString &clusterId, const QString &nodeId, const QSqlDatabase &connection)
{
    auto row = nodeId.isEmpty()
        ? runSql(connection, u"SELECT kind FROM job WHERE clusterid = ? AND state IN ('queued', 'running')"_s, {clusterId})
        : runSql(connection,
                 u"SELECT kind FROM job WHERE clusterid = ? AND (nodeid = ? OR kind IN ('new_cluster', 'remove_cluster')) AND state IN ('queued', "
                 "'running')"_s,
                 {clusterId, nodeId});
    if (!row)
        return storageRefusal(row.error());
    return row->next() ? row->value(0).toString() : QString();
}

} // namespace kboss::standalone
