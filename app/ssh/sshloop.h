#pragma once

#include "app/ssh/channeltask.h"
#include "app/ssh/sshwire.h"

#include <deque>
#include <mutex>
#include <thread>

namespace kboss {

// The thread of one connection: drives its tasks, asks whether the peer is still there, and ends them all when it is not. Internal to app/ssh.
class SshLoop {
public:
    SshLoop(SessionHandle session, const SshLimits &limits, QString name);
    ~SshLoop();

    void add(std::shared_ptr<ChannelTask> task); // ended at once when the connection has gone
    void addFirst(std::shared_ptr<ChannelTask> task); // beyond the cap; from the session's thread
    void wake(); // after `cancelled` was set
    bool isOpen() const { return m_open; }
    void close();

private:
    void run(std::stop_token stop);
    void takeNew();
    void stepAll();
    bool peerIsThere(SshTime now);
    void endAll(const Error &reason);
    int waitMs() const;
    void watchSilence(); // lets the system notice a dead peer as well

    SessionHandle m_session;
    const int m_fd; // of the connection
    const SshLimits m_limits;
    const QString m_name;
    ssh_counter_struct m_received{}, m_sent{};
    uint64_t m_lastBytes = 0;
    SshTime m_lastHeard, m_nextKeepAlive, m_lastDone; // of a task
    int m_wakeRead = -1, m_wakeWrite = -1;
    std::mutex m_mutex;
    std::deque<std::shared_ptr<ChannelTask>> m_waiting;
    std::vector<std::shared_ptr<ChannelTask>> m_active, m_urgent; // of the thread
    size_t m_cap;
    SshTime m_notBefore; // does a waiting one ask for a channel again
    Error m_reason;
    std::atomic_bool m_open = true;
    std::jthread m_thread; // last: uses all of the above
};

} // namespace kboss
