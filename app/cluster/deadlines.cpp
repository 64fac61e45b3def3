#include "app/cluster/deadlines.h"

namespace kboss {

using Steady = std::chrono::steady_clock;

Deadlines::Deadlines()
{
    m_thread = std::jthread([this](const std::stop_token &stop) { run(stop); });
}

void Deadlines::run(const std::stop_token &stop)
{
    std::unique_lock lock(m_mutex);
    while (!stop.stop_requested()) {
        if (m_entries.empty()) {
            m_changed.wait(lock, stop, [this] { return !m_entries.empty(); });
            continue;
        }
        const auto due = m_entries.begin()->first;
        if (Steady::now() < due) {
            m_changed.wait_until(lock, stop, due, [this, due] { return m_entries.empty() || m_entries.begin()->first < due; });
            continue;
        }
        CancelSource source = m_entries.begin()->second.source;
        m_entries.erase(m_entries.begin());
        lock.unlock();
        source.request_stop(); // whoever is called by it may take locks
        lock.lock();
    }
}

Deadlines::Guard::Guard(Deadlines &deadlines, int ms, CancelSource source)
    : m_deadlines(deadlines), m_due(Steady::now() + std::chrono::milliseconds(ms)), m_number([&] {
          const std::lock_guard lock(deadlines.m_mutex);
          const auto number = ++deadlines.m_last;
          deadlines.m_entries.emplace(m_due, Entry{number, std::move(source)});
          deadlines.m_changed.notify_all();
          return number;
      }())
{
}

Deadlines::Guard::~Guard()
{
    const std::lock_guard lock(m_deadlines.m_mutex);
    const auto [from, to] = m_deadlines.m_entries.equal_range(m_due);
    for (auto one = from; one != to; ++one) {
        if (one->second.number == m_number) {
            m_deadlines.m_entries.erase(one);
            return;
        }
    }
}

bool Deadlines::Guard::isOver() const
{
    return Steady::now() >= m_due;
}

} // namespace kboss
