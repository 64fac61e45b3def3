#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace kboss {

// libssh's SFTP waits for its peer without an end. This cuts the connection's socket when a wait takes longer than it may, or when nobody wants its result any more;
// the wait then ends with an error. Internal to app/ssh.
class SilenceGuard {
public:
    SilenceGuard(int fd, int silenceMs, const std::atomic_bool &cancelled);

    // While one lives, the peer is waited for. Of one thread.
    class Wait {
    public:
        explicit Wait(SilenceGuard &guard);
        ~Wait();
        Wait(const Wait &) = delete;
        Wait &operator=(const Wait &) = delete;

    private:
        SilenceGuard &m_guard;
    };
    void cut(); // at once
    void allow(int ms); // for the rest of this wait: a host that brings gigabytes to its disk is silent meanwhile

private:
    void run(const std::stop_token &stop);

    const int m_fd;
    const std::chrono::milliseconds m_silence;
    const std::atomic_bool &m_cancelled;
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    bool m_waits = false;
    std::chrono::steady_clock::time_point m_since, m_due;
    std::jthread m_thread; // last: uses all of the above
};

} // namespace kboss
