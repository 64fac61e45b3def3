#pragma once

#include "app/standalone/clusterrecord.h"

#include <QSet>
#include <condition_variable>
#include <map>
#include <stop_token>
#include <thread>

namespace kboss::standalone {

// A long piece of work on a cluster. All of its state is in the table `job`, so that a restart goes on where it was.
struct Job {
    QString id, kind; // "new_cluster" "new_worker" "remove_cluster" "remove_worker"
    QString cpcid, clusterId, clusterName, nodeId, nodeName;
    QString state = QStringLiteral("queued"); // "queued" "running" "done" "failed"
    int step = 0, stepCount = 0; // stepCount 0 = as the kind has
    QString stepName, message;
    qint64 createdMs = 0, updatedMs = 0, finishedMs = 0; // of the step under way: updatedMs is its begin
};

Job clusterJob(const QString &kind, const Cluster &cluster, const QString &nodeId, const QString &nodeName); // a new one, as of now
int stepCountOf(const QString &kind, bool imported = false); // of a cluster that was imported: nothing is reset there
Outcome<void> insertJob(const Job &job, WriteTransaction &write);
// The newest first; an empty clusterId or id is any.
Outcome<std::vector<Job>> jobsOf(const QString &cpcid, const QString &clusterId, const QString &id, const QSqlDatabase &connection);
// Is something being done with this cluster, or (nodeId not empty) with this node of it? The kind, or empty.
Outcome<QString> runningJob(const QString &clusterId, const QString &nodeId, const QSqlDatabase &connection);

// Carries jobs out on a thread of its own, several side by side: steps take their time, the last one of each kind changes the database in the same transaction
// that ends the job. Steps that wait for a cluster run on a thread of their own, one a job. Ends with the service; what was under way goes on at the next start.
class Jobs {
public:
    // `seconds`: how long the installation of a cluster takes on the simulated back end, 0 … 3600; the others a part of it.
    Jobs(Database &database, const SecretBox &box, const BackendSettings &settings, int seconds);
    ~Jobs();
    Jobs(const Jobs &) = delete;
    Jobs &operator=(const Jobs &) = delete;

    void wake(); // a job was written
    qint64 stepMs(const Job &job) const; // how long its step takes
    int percent(const Job &job, qint64 nowMs) const;

private:
    void run();
    bool advanceAll(); // false: nothing is open
    void advance(const Job &job, qint64 nowMs);
    void beginAct(const Job &job);
    void act(const Job &job);
    void joinEnded(); // the caller holds m_mutex
    Outcome<void> putForward(Job job, qint64 nowMs); // to the next step, or to its end

    Database &m_database;
    const SecretBox &m_box;
    std::stop_source m_stopActs;
    BackendSettings m_settings;
    const int m_seconds;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_stop = false, m_woken = false;
    std::map<QString, std::thread> m_acts; // by job
    QSet<QString> m_ended; // of these
    std::thread m_thread; // begins last
};

} // namespace kboss::standalone
