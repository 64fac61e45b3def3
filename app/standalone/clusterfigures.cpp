#include "app/standalone/clusterfigures.h"

#include <QDateTime>

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

constexpr auto budget = std::chrono::seconds(3);

ClusterFigures sumUp(const std::vector<MemberState> &members)
{
    ClusterFigures figures;
    figures.nodes = static_cast<qint64>(members.size());
    for (const MemberState &member : members) {
        figures.pods += member.podCount;
        figures.readyNodes += member.ready ? 1 : 0;
        figures.cpuMilli += member.cpuMilli;
        figures.cpuAskedMilli += member.cpuAskedMilli;
        figures.memoryMi += member.memoryMi;
        figures.memoryAskedMi += member.memoryAskedMi;
        figures.gpus += member.gpus;
        figures.gpusAsked += member.gpusAsked;
        if (member.cpuUsedMilli)
            figures.cpuUsedMilli = figures.cpuUsedMilli.value_or(0) + *member.cpuUsedMilli;
        if (member.memoryUsedMi)
            figures.memoryUsedMi = figures.memoryUsedMi.value_or(0) + *member.memoryUsedMi;
    }
    return figures;
}

// The new answer of a cluster, or why there is none beside what was known before.
void take(ClusterSight &sight, const Outcome<std::vector<MemberState>> &members)
{
    sight.reachable = members.has_value();
    sight.reason = members ? QString() : members.error().message;
    if (!members)
        return;
    sight.figures = sumUp(*members);
    sight.figuresMs = QDateTime::currentMSecsSinceEpoch();
}

Outcome<std::vector<MemberState>> membersOf(const QString &id, Database &database, const SecretBox &box, const BackendSettings &settings)
{
    auto open = openCluster(id, database, box, settings);
    return open ? (*open)->members() : Outcome<std::vector<MemberState>>(Refused(open.error()));
}

} // namespace

FiguresBoard::FiguresBoard(Database &database, const SecretBox &box, const BackendSettings &settings)
    : m_database(database), m_box(box), m_settings(settings)
{
    m_settings.kubectl.stop = m_stop.get_token();
}

FiguresBoard::~FiguresBoard()
{
    m_stop.request_stop();
    for (auto &[id, entry] : m_entries) {
        if (entry.thread.joinable())
            entry.thread.join();
    }
}

QHash<QString, ClusterSight> FiguresBoard::look(const std::vector<Cluster> &clusters)
{
    QHash<QString, ClusterSight> sights;
    std::vector<QString> remote;
    for (const Cluster &cluster : clusters) {
        if (cluster.ready && cluster.backend != u"simulated"_s)
            remote.push_back(cluster.id);
    }
    for (const QString &id : remote)
        ask(id);
    for (const Cluster &cluster : clusters) { // these answer at once
        if (cluster.ready && cluster.backend == u"simulated"_s)
            take(sights[cluster.id], membersOf(cluster.id, m_database, m_box, m_settings));
    }
    const auto until = std::chrono::steady_clock::now() + budget;
    std::unique_lock lock(m_mutex);
    for (const QString &id : remote) {
        Entry &entry = m_entries.at(id);
        const bool answered = m_answered.wait_until(lock, until, [&entry] { return !entry.asking; });
        ClusterSight sight = entry.sight;
        if (!answered && (sight.reachable || sight.reason.isEmpty()))
            sight.reason = u"集群没有按时回答"_s;
        sight.reachable = sight.reachable && answered;
        sights.insert(id, sight);
    }
    return sights;
}

void FiguresBoard::ask(const QString &id)
{
    const std::lock_guard lock(m_mutex);
    Entry &entry = m_entries[id];
    if (entry.asking)
        return;
    if (entry.thread.joinable())
        entry.thread.join(); // it has said its last word
    entry.asking = true;
    entry.thread = std::thread([this, id] {
        const auto members = membersOf(id, m_database, m_box, m_settings);
        {
            const std::lock_guard answering(m_mutex);
            Entry &own = m_entries.at(id);
            take(own.sight, members);
            own.asking = false;
        }
        m_answered.notify_all();
    });
}

} // namespace kboss::standalone
