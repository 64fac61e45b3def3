#include "app/ssh/forwardtask.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype mostKept = 256 * 1024;
}

ForwardTask::~ForwardTask()
{
    if (m_socket >= 0)
        ::close(m_socket);
}

int ForwardTask::onData(ssh_session, ssh_channel, void *data, uint32_t length, int, void *self)
{
    auto *task = static_cast<ForwardTask *>(self);
    task->m_left = task->m_toSocket.size() > mostKept;
    if (task->m_left)
        return 0; // stays in the channel, whose window closes: nobody calls again for it
    task->m_toSocket.append(static_cast<const char *>(data), static_cast<qsizetype>(length));
    return static_cast<int>(length);
}

void ForwardTask::onClose(ssh_session, ssh_channel, void *self)
{
    static_cast<ForwardTask *>(self)->m_closed = true;
}

ChannelTask::Step ForwardTask::start(ssh_session session, SshTime now)
{
    if (!m_channel) {
        m_channel = ssh_channel_new(session);
        m_deadline = now + std::chrono::milliseconds(m_openMs);
        m_callbacks.userdata = this;
        m_callbacks.channel_data_function = onData;
        m_callbacks.channel_close_function = onClose;
        m_callbacks.channel_eof_function = onClose;
        ssh_callbacks_init(&m_callbacks); // a macro
        listen(&m_callbacks);
    }
    const int code = ssh_channel_open_forward(m_channel, m_to.host.toUtf8().constData(), m_to.port, "127.0.0.1", 0);
    if (code == SSH_AGAIN && now < m_deadline)
        return Step::Waiting;
    if (code == SSH_AGAIN)
        return finish({ErrorKind::Timeout, u"the jump host did not reach %1"_s.arg(m_to.text()), {}, {}, {}, 0});
    if (code != SSH_OK)
        return finish({ErrorKind::Offline, u"the jump host cannot reach %1: %2"_s.arg(m_to.text(), sshError(session)), {}, {}, {}, 0});
    int ends[2] = {-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return finish({ErrorKind::Internal, u"no pair of sockets"_s, {}, {}, {}, 0});
    m_socket = ends[0];
    ::fcntl(m_socket, F_SETFL, O_NONBLOCK);
    m_opened = true;
    m_promised = true;
    m_promise.set_value(ends[1]);
    return Step::Waiting;
}

ChannelTask::Step ForwardTask::step(ssh_session session, SshTime now)
{
    if (!m_opened)
        return cancelled ? finish({ErrorKind::Cancelled, {}, {}, {}, {}, 0}) : start(session, now);
    return toChannel() && toSocket() ? Step::Waiting : finish({});
}

bool ForwardTask::toChannel()
{
    char bytes[64 * 1024];
    for (int round = 0; round < 4; ++round) {
        if (m_toChannel.isEmpty()) {
            const auto size = ::read(m_socket, bytes, sizeof bytes);
            if (size == 0)
                return false;
            if (size < 0)
                return errno == EAGAIN || errno == EINTR;
            m_toChannel = QByteArray(bytes, static_cast<qsizetype>(size));
        }
        const int written = ssh_channel_write(m_channel, m_toChannel.constData(), static_cast<uint32_t>(m_toChannel.size()));
        if (written < 0)
            return false;
        m_toChannel.remove(0, written);
        if (!m_toChannel.isEmpty())
            return true; // the window is closed for now
    }
    return true;
}

bool ForwardTask::toSocket()
{
    for (;;) {
        while (!m_toSocket.isEmpty()) {
            const auto size = ::send(m_socket, m_toSocket.constData(), static_cast<size_t>(m_toSocket.size()), MSG_NOSIGNAL);
            if (size < 0)
                return errno == EAGAIN || errno == EINTR;
            m_toSocket.remove(0, static_cast<qsizetype>(size));
        }
        if (!m_left)
            return !m_closed;
        char bytes[64 * 1024];
        const int size = ssh_channel_read_nonblocking(m_channel, bytes, sizeof bytes, 0);
        m_left = size == static_cast<int>(sizeof bytes);
        if (size > 0)
            m_toSocket.append(bytes, size);
    }
}

ChannelTask::Step ForwardTask::finish(const Error &reason)
{
    if (!std::exchange(m_promised, true))
        m_promise.set_value(fail(reason));
    release();
    if (m_socket >= 0)
        ::close(std::exchange(m_socket, -1));
    return Step::Done;
}

void ForwardTask::end(const Error &reason)
{
    finish(reason);
}

} // namespace kboss
