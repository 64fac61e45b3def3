#include "app/ssh/silenceguard.h"

#include <algorithm>
#include <sys/socket.h>

namespace kboss {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

namespace {

constexpr milliseconds graceOfCancel{1'500}; // a slow line gets its block through
constexpr milliseconds shortestTick{50}, longestTick{500};

} // namespace

SilenceGuard::SilenceGuard(int fd, int silenceMs, const std::atomic_bool &cancelled) : m_fd(fd), m_silence(silenceMs), m_cancelled(cancelled)
{
    m_thread = std::jthread([this](const std::stop_token &stop) { run(stop); });
}

SilenceGuard::Wait::Wait(SilenceGuard &guard) : m_guard(guard)
{
    const std::lock_guard lock(guard.m_mutex);
    guard.m_waits = true;
    guard.m_since = Steady::now();
    guard.m_due = guard.m_since + guard.m_silence;
}

SilenceGuard::Wait::~Wait()
{
    const std::lock_guard lock(m_guard.m_mutex);
    m_guard.m_waits = false;
}

void SilenceGuard::cut()
{
    ::shutdown(m_fd, SHUT_RDWR);
}

void SilenceGuard::allow(int ms)
{
    const std::lock_guard lock(m_mutex);
    m_due = std::max(m_due, Steady::now() + milliseconds(ms));
}

void SilenceGuard::run(const std::stop_token &stop)
{
    const milliseconds tick = std::clamp(m_silence / 8, shortestTick, longestTick);
    std::unique_lock lock(m_mutex);
    while (!stop.stop_requested()) {
        m_changed.wait_for(lock, stop, tick, [] { return false; });
        const auto now = Steady::now();
        if (m_waits && (now > m_due || (m_cancelled && now > m_since + graceOfCancel)))
            ::shutdown(m_fd, SHUT_RDWR);
    }
}

} // namespace kboss
