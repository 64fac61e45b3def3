#pragma once

#include "app/base/canceltoken.h"

#include <QString>
#include <atomic>
#include <chrono>
#include <thread>

namespace kboss {

// An end for waiting on a key agent: libssh has none of its own. While it lives, the agent's socket is shut down when the time is over or the token asks for it.
// Internal to app/ssh.
class AgentGuard {
public:
    // A connection with the agent that listens there; -1 = there is none, or this system has no such sockets.
    static int connectTo(const QString &socket);

    AgentGuard(int fd, std::chrono::steady_clock::time_point deadline, const CancelToken &token);
    ~AgentGuard();
    Q_DISABLE_COPY_MOVE(AgentGuard)
    bool wasCut() const { return m_cut; }

private:
    std::atomic_bool m_cut = false;
    std::jthread m_thread;
};

} // namespace kboss
