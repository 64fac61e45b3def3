#pragma once

#include "app/standalone/clusterrecord.h"

#include <QHash>
#include <condition_variable>
#include <map>
#include <mutex>
#include <stop_token>
#include <thread>

namespace kboss::standalone {

// What each cluster said of itself last. Clusters are asked side by side, each by one thread at a time; who asks for figures waits no longer than a moment and
// then has the last ones, with their age and why there are no newer ones. Any thread. Ends with the service.
class FiguresBoard {
public:
    FiguresBoard(Database &database, const SecretBox &box, const BackendSettings &settings);
    ~FiguresBoard();
    FiguresBoard(const FiguresBoard &) = delete;
    FiguresBoard &operator=(const FiguresBoard &) = delete;

    QHash<QString, ClusterSight> look(const std::vector<Cluster> &clusters); // by id; those that are ready only

private:
    struct Entry {
        ClusterSight sight;
        bool asking = false;
        std::thread thread;
    };

    void ask(const QString &id);

    Database &m_database;
    const SecretBox &m_box;
    std::stop_source m_stop;
    BackendSettings m_settings;
    std::mutex m_mutex;
    std::condition_variable m_answered;
    std::map<QString, Entry> m_entries;
};

} // namespace kboss::standalone
