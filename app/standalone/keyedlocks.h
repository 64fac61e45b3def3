#pragma once

#include <QSet>
#include <QString>
#include <condition_variable>
#include <memory>
#include <mutex>

namespace kboss::standalone {

// Who works on the same thing waits for the other: create, change and delete of one pod configuration, each of which is several steps at the cluster. Any
// thread; lives as long as the service.
class KeyedLocks {
public:
    class Held {
    public:
        Held(KeyedLocks &locks, QString key) : m_locks(locks), m_key(std::move(key)) { }
        ~Held() { m_locks.release(m_key); }
        Q_DISABLE_COPY_MOVE(Held)

    private:
        KeyedLocks &m_locks;
        const QString m_key;
    };

    [[nodiscard]] Held hold(const QString &key)
    {
        std::unique_lock lock(m_mutex);
        m_released.wait(lock, [&] { return !m_keys.contains(key); });
        m_keys.insert(key);
        return {*this, key};
    }

    [[nodiscard]] std::unique_ptr<Held> tryHold(const QString &key) // nothing while somebody holds it
    {
        const std::lock_guard lock(m_mutex);
        if (m_keys.contains(key))
            return nullptr;
        m_keys.insert(key);
        return std::make_unique<Held>(*this, key);
    }

private:
    void release(const QString &key)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_keys.remove(key);
        }
        m_released.notify_all();
    }

    std::mutex m_mutex;
    std::condition_variable m_released;
    QSet<QString> m_keys;
};

} // namespace kboss::standalone
