#include "app/standalone/jobs.h"

#include "app/standalone/jobwork.h"

#include <QDateTime>
#include <QDebug>
#include <span>

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

// Relative lengths of the steps; what they are called is what people see.
struct Step {
    const char *name;
    int weight;
};
constexpr Step newClusterSteps[] = {{"检查设备", 1},     {"安装容器运行时", 4}, {"安装 Kubernetes 组件", 4}, {"初始化控制节点", 6},
                                    {"部署网络插件", 3}, {"等待节点就绪", 4},   {"签发集群凭据", 1},         {"登记集群", 1}};
constexpr Step newWorkerSteps[] = {{"检查设备", 1}, {"安装容器运行时", 4}, {"安装 Kubernetes 组件", 4},
                                   {"加入集群", 3}, {"等待节点就绪", 3},   {"登记节点", 1}};
constexpr Step removeWorkerSteps[] = {{"停止调度", 1}, {"迁移实例", 4}, {"移出集群", 2}, {"重置设备", 2}, {"释放设备", 1}};
constexpr Step removeClusterSteps[] = {{"停止调度", 1}, {"移除工作节点", 4}, {"重置控制节点", 3}, {"释放设备", 1}};
// A cluster that was imported goes on without us: its machines are left as they are.
constexpr Step leaveWorkerSteps[] = {{"停止调度", 1}, {"迁移实例", 4}, {"移出集群", 2}, {"释放设备", 1}};
constexpr Step leaveClusterSteps[] = {{"停止使用集群", 1}, {"释放设备", 1}};

struct Course {
    std::span<const Step> steps;
    int share; // per mille of the time of a new cluster
};

Course courseOf(const QString &kind, bool imported)
{
    if (kind == u"new_cluster"_s)
        return {newClusterSteps, 1000};
    if (kind == u"new_worker"_s)
        return {newWorkerSteps, 600};
    if (kind == u"remove_worker"_s)
        return imported ? Course{leaveWorkerSteps, 240} : Course{removeWorkerSteps, 300};
    return imported ? Course{leaveClusterSteps, 100} : Course{removeClusterSteps, 400};
}

// A job keeps the number of steps that it began with.
Course courseOf(const Job &job)
{
    return courseOf(job.kind, job.stepCount == stepCountOf(job.kind, true));
}

int weightUntil(const Course &course, int steps)
{
    int weight = 0;
    for (int i = 0; i < steps && i < static_cast<int>(course.steps.size()); ++i)
        weight += course.steps[static_cast<size_t>(i)].weight;
    return weight;
}

Result<void> storeStep(const Job &job, WriteTransaction &write)
{
    auto done =
        runSql(write.connection(), u"UPDATE job SET state = ?, step = ?, step_name = ?, message = ?, updated_ms = ?, finished_ms = ? WHERE id = ?"_s,
               {job.state, job.step, job.stepName, job.message, job.updatedMs, job.finishedMs, job.id});
    return done ? Result<void>() : Result<void>(fail(done.error()));
}

void storeFailure(Job job, const QString &reason, qint64 nowMs, Database &database)
{
    WriteTransaction write(database);
    job.state = u"failed"_s;
    job.message = reason;
    job.finishedMs = job.updatedMs = nowMs;
    if (!write.isOpen() || !storeStep(job, write) || !undoJob(job, write) || !write.commit())
        qCritical().noquote() << "job" << job.id << "failed and could not be put down:" << reason;
}

} // namespace

Job clusterJob(const QString &kind, const Cluster &cluster, const QString &nodeId, const QString &nodeName)
{
    Job job;
    job.id = newId();
    job.kind = kind;
    job.cpcid = cluster.cpcid;
    job.clusterId = cluster.id;
    job.clusterName = cluster.name;
    job.nodeId = nodeId;
    job.nodeName = nodeName;
    job.createdMs = job.updatedMs = QDateTime::currentMSecsSinceEpoch();
    return job;
}

int stepCountOf(const QString &kind, bool imported)
{
    return static_cast<int>(courseOf(kind, imported).steps.size());
}

Jobs::Jobs(Database &database, const SecretBox &box, const BackendSettings &settings, int seconds)
    : m_database(database), m_box(box), m_settings(settings), m_seconds(seconds)
{
    m_settings.kubectl.stop = m_stopActs.get_token();
    m_thread = std::thread([this] { run(); });
}

Jobs::~Jobs()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_stopActs.request_stop();
    m_changed.notify_all();
    m_thread.join();
    for (auto &[id, thread] : m_acts)
        thread.join();
}

void Jobs::wake()
{
    {
        const std::lock_guard lock(m_mutex);
        m_woken = true;
    }
    m_changed.notify_all();
}

qint64 Jobs::stepMs(const Job &job) const
{
    const Course course = courseOf(job);
    if (job.step < 1 || job.step > static_cast<int>(course.steps.size()))
        return 0;
    const qint64 whole = static_cast<qint64>(m_seconds) * course.share; // milliseconds
    return whole * course.steps[static_cast<size_t>(job.step) - 1].weight / weightUntil(course, static_cast<int>(course.steps.size()));
}

int Jobs::percent(const Job &job, qint64 nowMs) const
{
    if (job.state == u"done"_s)
        return 100;
    const Course course = courseOf(job);
    const int all = weightUntil(course, static_cast<int>(course.steps.size()));
    const int before = weightUntil(course, job.step - 1);
    const qint64 length = std::max<qint64>(1, stepMs(job));
    const qint64 done = job.state == u"running"_s ? std::clamp<qint64>(nowMs - job.updatedMs, 0, length) : 0;
    const qint64 current = weightUntil(course, job.step) - before;
    return static_cast<int>(std::min<qint64>(99, (before * length + current * done) * 100 / (all * length)));
}

void Jobs::run()
{
    std::unique_lock lock(m_mutex);
    while (!m_stop) {
        m_woken = false;
        lock.unlock();
        const bool open = advanceAll();
        lock.lock();
        if (m_stop || m_woken)
            continue;
        if (open)
            m_changed.wait_for(lock, std::chrono::milliseconds(std::clamp(m_seconds * 5, 20, 500)));
        else
            m_changed.wait(lock, [this] { return m_stop || m_woken; });
    }
}

bool Jobs::advanceAll()
{
    const auto jobs = jobsOf({}, {}, {}, m_database.connection());
    if (!jobs)
        return true; // once more later
    bool open = false;
    for (auto job = jobs->rbegin(); job != jobs->rend(); ++job) { // the oldest first
        if (job->state != u"queued"_s && job->state != u"running"_s)
            continue;
        open = true;
        advance(*job, QDateTime::currentMSecsSinceEpoch());
    }
    return open;
}

void Jobs::advance(const Job &job, qint64 nowMs)
{
    if (job.step > 0 && nowMs - job.updatedMs < stepMs(job) && nowMs >= job.updatedMs)
        return;
    if (actsOnCluster(job))
        beginAct(job);
    else if (auto done = putForward(job, nowMs); !done) {
        undoOnCluster(job, m_database, m_box, m_settings);
        storeFailure(job, done.error().message, nowMs, m_database);
    }
}

void Jobs::beginAct(const Job &job)
{
    const std::lock_guard lock(m_mutex);
    joinEnded();
    if (!m_stop && !m_acts.contains(job.id))
        m_acts.emplace(job.id, std::thread([this, job] { act(job); }));
}

void Jobs::joinEnded()
{
    for (const QString &id : std::as_const(m_ended)) {
        m_acts.at(id).join();
        m_acts.erase(id);
    }
    m_ended.clear();
}

// Outside a transaction: the cluster may take its time. Doing it twice is doing it once, so that what the end of the service has cut off is done
// again. What was read before the last step ended is not done again.
void Jobs::act(const Job &job)
{
    const auto current = jobsOf({}, {}, job.id, m_database.connection());
    const bool same = current && !current->empty() && current->front().step == job.step && current->front().state == u"running"_s;
    auto done = same ? actOnCluster(job, m_database, m_box, m_settings) : Outcome<void>();
    const bool cutOff = !done && m_settings.kubectl.stop.stop_requested();
    const qint64 nowMs = QDateTime::currentMSecsSinceEpoch();
    if (done && same)
        done = putForward(job, nowMs);
    if (!done && !cutOff) {
        undoOnCluster(job, m_database, m_box, m_settings);
        storeFailure(job, done.error().message, nowMs, m_database);
    }
    {
        const std::lock_guard lock(m_mutex);
        m_ended.insert(job.id);
        m_woken = true;
    }
    m_changed.notify_all();
}

Outcome<void> Jobs::putForward(Job job, qint64 nowMs)
{
    WriteTransaction write(m_database);
    if (!write.isOpen())
        return {}; // tried again
    if (job.step == static_cast<int>(courseOf(job).steps.size())) {
        if (auto done = completeJob(job, m_box, nowMs, write); !done)
            return done;
        job.state = u"done"_s;
        job.finishedMs = nowMs;
    } else {
        job.state = u"running"_s;
        job.stepName = QString::fromUtf8(courseOf(job).steps[static_cast<size_t>(job.step)].name);
        ++job.step;
    }
    job.updatedMs = nowMs;
    if (!storeStep(job, write) || !write.commit())
        qWarning().noquote() << "job" << job.id << "could not be put down; it is tried again";
    return {};
}

} // namespace kboss::standalone
