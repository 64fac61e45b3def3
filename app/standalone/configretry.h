#pragma once

#include "app/standalone/clusterbackend.h"
#include "app/standalone/keyedlocks.h"

#include <QHash>
#include <thread>

namespace kboss::standalone {

// Finishes pod configurations that stand between the books and the cluster (podconfig.h): at the start of the service and whenever one is left open. On a thread
// of its own; what fails is tried again after 1 s, 2 s, 4 s … 5 min. A cluster that does not answer is asked once for all that waits for it. Ends with the service.
class ConfigRetry {
public:
    ConfigRetry(Database &database, const SecretBox &box, const BackendSettings &settings, KeyedLocks &locks);
    ~ConfigRetry();
    ConfigRetry(const ConfigRetry &) = delete;
    ConfigRetry &operator=(const ConfigRetry &) = delete;

    void wake(); // one was left open

private:
    struct Wait {
        qint64 dueMs = 0, delayMs = 0;
    };

    void run();
    qint64 pass(); // milliseconds until the next one is due; -1 = nothing is open
    Outcome<bool> finish(const QString &id); // false: somebody else works on it
    bool stopped() const { return m_settings.kubectl.stop.stop_requested(); }

    Database &m_database;
    const SecretBox &m_box;
    std::stop_source m_stop;
    BackendSettings m_settings;
    KeyedLocks &m_locks;
    QHash<QString, Wait> m_waits; // by id
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_woken = false;
    std::thread m_thread; // begins last
};

} // namespace kboss::standalone
