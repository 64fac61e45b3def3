#pragma once

#include "ui/appcontext.h"

#include <QPointer>
#include <QTimer>

namespace kboss {

// Installations and removals that run in the service, among the jobs of the console: found when the session comes online and after every write that
// starts one, followed until they end, told then with the way to them. Those that ended while the console was closed are told as well. Asks only while
// something runs, less often while nothing moves, not at all offline. GUI thread; gone before the session.
class ServerJobs : public QObject {
    Q_OBJECT
public:
    static constexpr int quickMs = 1'000, slowMs = 15'000, failedMs = 60'000; // between two questions

    explicit ServerJobs(const AppContext &context, QObject *parent = nullptr);
    ~ServerJobs() override; // the jobs go on in the service; the next ServerJobs of this profile finds them

    int running() const { return static_cast<int>(m_jobs.size()); }
    bool isAsking() const { return m_timer.isActive() || m_asking; }
    int pauseMs() const { return m_pauseMs; }

private:
    struct Followed {
        QPointer<Job> job; // null until its words are known
        QString center;
    };

    bool canAsk() const;
    void askNow(); // something may have begun
    void ask();
    void take(const nlohmann::json &rows);
    void askEnd(const QString &id);
    void takeEnd(const QString &id, const nlohmann::json &row);
    void next(bool moved); // the next question, or none
    void failed();
    bool progress(const QString &id, const nlohmann::json &row);
    Job *jobOf(const QString &id, const nlohmann::json &row);
    void drop(const QString &id);
    void remember();
    QString wordOf(const char *field, const nlohmann::json &row) const;
    QString titleOf(const nlohmann::json &row) const;

    const AppContext &m_context;
    QHash<QString, Followed> m_jobs; // by the service's id
    QTimer m_timer;
    int m_pauseMs = quickMs;
    int m_generation = 0; // of the connection: answers of an older one are dropped
    bool m_asking = false, m_again = false;
};

} // namespace kboss
