#include "app/ssh/sshloop.h"

#include <fcntl.h>
#include <libssh/server.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace kboss {

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr int busyWaitMs = 20, idleWaitMs = 500;
constexpr int graceOfCloseMs = 500;
constexpr milliseconds graceOfChannels{10'000}, channelRetry{50};

int onWake(socket_t fd, int, void *)
{
    char bytes[64];
    while (::read(fd, bytes, sizeof bytes) > 0) { }
    return 0;
}

int onWatched(socket_t, int, void *)
{
    return 0; // step() looks itself
}

} // namespace

SshLoop::SshLoop(SessionHandle session, const SshLimits &limits, QString name)
    : m_session(std::move(session)), m_fd(ssh_get_fd(m_session.get())), m_limits(limits), m_name(std::move(name)), m_lastHeard(steady_clock::now()),
      m_nextKeepAlive(m_lastHeard + milliseconds(limits.keepAliveMs)), m_cap(static_cast<size_t>(std::max(1, limits.mostChannels)))
{
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_NONBLOCK | O_CLOEXEC) == 0) {
        m_wakeRead = ends[0];
        m_wakeWrite = ends[1];
    }
    ssh_set_counters(m_session.get(), &m_sent, &m_received);
    watchSilence();
    m_thread = std::jthread([this](std::stop_token stop) { run(std::move(stop)); });
}

SshLoop::~SshLoop()
{
    close();
    ::close(m_wakeRead);
    ::close(m_wakeWrite);
}

void SshLoop::watchSilence()
{
#ifdef TCP_USER_TIMEOUT
    const int fd = ssh_get_fd(m_session.get());
    const auto timeout = static_cast<unsigned>(m_limits.silenceMs);
    ::setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &timeout, sizeof timeout); // no TCP behind a jump host: there the silence alone counts
#endif
}

void SshLoop::close()
{
    if (!m_thread.joinable())
        return;
    m_thread.request_stop();
    wake();
    // Where the thread waits for a host that says nothing, it is let go.
    for (int waited = 0; m_open && waited < graceOfCloseMs; waited += 10)
        std::this_thread::sleep_for(milliseconds(10));
    if (m_open)
        ::shutdown(m_fd, SHUT_RDWR);
    m_thread.join();
}

void SshLoop::wake()
{
    const char byte = 1;
    [[maybe_unused]] const auto written = ::write(m_wakeWrite, &byte, 1); // a full pipe wakes as well
}

void SshLoop::add(std::shared_ptr<ChannelTask> task)
{
    {
        const std::lock_guard guard(m_mutex);
        if (m_open) {
            m_waiting.push_back(std::move(task));
            task = nullptr;
        }
    }
    if (task)
        task->end(m_reason);
    else
        wake();
}

void SshLoop::addFirst(std::shared_ptr<ChannelTask> task)
{
    m_urgent.push_back(std::move(task));
}

void SshLoop::takeNew()
{
    for (auto &task : std::exchange(m_urgent, {}))
        m_active.push_back(std::move(task));
    const std::lock_guard guard(m_mutex);
    const SshTime now = steady_clock::now();
    while (!m_waiting.empty() && m_active.size() < m_cap && now >= m_notBefore) {
        m_active.push_back(std::move(m_waiting.front()));
        m_waiting.pop_front();
    }
    // Whose call was cancelled, or is over, does not wait for a channel.
    std::erase_if(m_waiting, [this, now](const std::shared_ptr<ChannelTask> &task) {
        if (task->isLate(now))
            return task->step(m_session.get(), now) == ChannelTask::Step::Done;
        if (task->cancelled)
            task->end({ErrorKind::Cancelled, {}, {}, {}, {}, 0});
        return task->cancelled.load();
    });
}

void SshLoop::stepAll()
{
    const SshTime now = steady_clock::now();
    for (size_t i = 0; i < m_active.size();) {
        const auto step = m_active[i]->step(m_session.get(), now);
        if (step == ChannelTask::Step::Waiting) {
            ++i;
            continue;
        }
        auto task = std::move(m_active[i]);
        m_active.erase(m_active.begin() + static_cast<std::ptrdiff_t>(i));
        if (step == ChannelTask::Step::Done) {
            m_lastDone = now;
            continue;
        }
        // The host has enough channels: this one waits until another is done. With none left of ours it may still be at the end of the last ones.
        if (!ssh_is_connected(m_session.get()) || (m_active.empty() && now > m_lastDone + graceOfChannels)) {
            task->end({ErrorKind::Ssh, u"%1 opens no channel: %2"_s.arg(m_name, QString::fromUtf8(ssh_get_error(m_session.get()))), {}, {}, {}, 0});
            continue;
        }
        m_cap = m_active.empty() ? m_cap : m_active.size();
        m_notBefore = now + channelRetry;
        const std::lock_guard guard(m_mutex);
        m_waiting.push_front(std::move(task));
    }
}

bool SshLoop::peerIsThere(SshTime now)
{
    if (!ssh_is_connected(m_session.get())) {
        m_reason = {ErrorKind::Ssh, u"%1 ended the connection"_s.arg(m_name), {}, {}, {}, 0};
        return false;
    }
    if (m_received.in_bytes != m_lastBytes) {
        m_lastBytes = m_received.in_bytes;
        m_lastHeard = now;
    }
    if (now - m_lastHeard > milliseconds(m_limits.silenceMs)) {
        m_reason = {ErrorKind::Ssh, u"%1 has not been heard of for %2 s"_s.arg(m_name).arg(m_limits.silenceMs / 1000), {}, {}, {}, 0};
        return false;
    }
    if (now >= m_nextKeepAlive) {
        m_nextKeepAlive = now + milliseconds(m_limits.keepAliveMs);
        ssh_send_keepalive(m_session.get());
    }
    return true;
}

void SshLoop::endAll(const Error &reason)
{
    std::deque<std::shared_ptr<ChannelTask>> waiting;
    {
        const std::lock_guard guard(m_mutex);
        m_open = false;
        waiting.swap(m_waiting);
    }
    for (auto &task : m_active)
        task->end(reason);
    m_active.clear();
    m_urgent.clear();
    for (auto &task : waiting)
        task->end(reason);
}

int SshLoop::waitMs() const
{
    const auto toKeepAlive = std::chrono::duration_cast<milliseconds>(m_nextKeepAlive - steady_clock::now()).count();
    const bool idle = m_active.empty() && steady_clock::now() > m_notBefore + channelRetry;
    return static_cast<int>(std::clamp<qint64>(toKeepAlive, 1, idle ? idleWaitMs : busyWaitMs));
}

void SshLoop::run(std::stop_token stop)
{
    ssh_event event = ssh_event_new();
    ssh_event_add_fd(event, m_wakeRead, POLLIN, onWake, nullptr);
    ssh_event_add_session(event, m_session.get());
    m_reason = {ErrorKind::Ssh, u"the connection with %1 was closed"_s.arg(m_name), {}, {}, {}, 0};
    QList<int> watched;
    while (!stop.stop_requested()) {
        takeNew();
        stepAll();
        if (!peerIsThere(steady_clock::now()))
            break;
        QList<int> fds;
        for (const auto &task : m_active) {
            if (task->fd() >= 0)
                fds << task->fd();
        }
        for (const int fd : std::as_const(watched)) {
            if (!fds.contains(fd))
                ssh_event_remove_fd(event, fd);
        }
        for (const int fd : std::as_const(fds)) {
            if (!watched.contains(fd))
                ssh_event_add_fd(event, fd, POLLIN, onWatched, nullptr);
        }
        watched = fds;
        ssh_event_dopoll(event, waitMs());
    }
    endAll(m_reason);
    ssh_event_remove_session(event, m_session.get());
    ssh_event_free(event);
    ssh_set_blocking(m_session.get(), 0);
    ssh_disconnect(m_session.get());
}

} // namespace kboss
