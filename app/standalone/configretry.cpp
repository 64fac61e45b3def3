#include "app/standalone/configretry.h"

#include "app/standalone/podconfig.h"

#include <QDateTime>
#include <QDebug>

namespace kboss::standalone {

namespace {

constexpr qint64 firstDelayMs = 1'000, longestDelayMs = 300'000, heldDelayMs = 500;

} // namespace

ConfigRetry::ConfigRetry(Database &database, const SecretBox &box, const BackendSettings &settings, KeyedLocks &locks)
    : m_database(database), m_box(box), m_settings(settings), m_locks(locks)
{
    m_settings.kubectl.stop = m_stop.get_token();
    m_thread = std::thread([this] { run(); });
}

ConfigRetry::~ConfigRetry()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop.request_stop();
    }
    m_changed.notify_all();
    m_thread.join();
}

void ConfigRetry::wake()
{
    {
        const std::lock_guard lock(m_mutex);
        m_woken = true;
    }
    m_changed.notify_all();
}

void ConfigRetry::run()
{
    std::unique_lock lock(m_mutex);
    while (!stopped()) {
        m_woken = false;
        lock.unlock();
        const qint64 next = pass();
        lock.lock();
        const auto goOn = [this] { return m_woken || stopped(); };
        if (next < 0)
            m_changed.wait(lock, goOn);
        else
            m_changed.wait_for(lock, std::chrono::milliseconds(next), goOn);
    }
}

qint64 ConfigRetry::pass()
{
    const auto open = unfinishedConfigs(m_database.connection());
    if (!open)
        return firstDelayMs;
    QHash<QString, Wait> waits; // of those that are still open
    QSet<QString> silent; // clusters that did not answer in this pass
    for (const PodConfig &config : *open) {
        if (stopped())
            return -1;
        Wait wait = m_waits.value(config.id);
        const qint64 begin = QDateTime::currentMSecsSinceEpoch();
        if (begin >= wait.dueMs) {
            const auto done = silent.contains(config.clusterId) ? Outcome<bool>(refuseAs(503, "UNAVAILABLE", {})) : finish(config.id);
            if (done && *done)
                continue;
            if (!done && done.error().http >= 500)
                silent.insert(config.clusterId);
            if (!done && !done.error().message.isEmpty())
                qWarning().noquote() << "pod configuration" << config.id << "is tried again:" << done.error().message;
            if (!done)
                wait.delayMs = std::clamp(wait.delayMs * 2, firstDelayMs, longestDelayMs);
            wait.dueMs = QDateTime::currentMSecsSinceEpoch() + (done ? heldDelayMs : wait.delayMs);
        }
        waits.insert(config.id, wait);
    }
    m_waits = std::move(waits);
    qint64 next = -1;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    for (const Wait &wait : std::as_const(m_waits))
        next = next < 0 ? std::max<qint64>(0, wait.dueMs - now) : std::min(next, std::max<qint64>(0, wait.dueMs - now));
    return next;
}

Outcome<bool> ConfigRetry::finish(const QString &id)
{
    const auto held = m_locks.tryHold(id);
    if (!held)
        return false;
    const auto done = finishConfig(id, m_database, m_box, m_settings);
    return done ? Outcome<bool>(true) : Outcome<bool>(Refused(done.error()));
}

} // namespace kboss::standalone
