#pragma once

#include "app/ssh/channeltask.h"

namespace kboss {

// A connection that the host makes for us (direct-tcpip), as a socket here: what is written there arrives here. Lives until either side ends it. Internal to app/ssh.
class ForwardTask final : public ChannelTask {
public:
    ForwardTask(SshAddress to, int openMs) : m_to(std::move(to)), m_openMs(openMs) { }
    ~ForwardTask() override;

    std::future<Result<int>> result() { return m_promise.get_future(); } // the caller's end of the socket, theirs to close
    Step step(ssh_session session, SshTime now) override;
    void end(const Error &reason) override;
    int fd() const override { return m_toChannel.isEmpty() ? m_socket : -1; }

private:
    Step start(ssh_session session, SshTime now);
    Step finish(const Error &reason);
    bool toChannel();
    bool toSocket();
    static int onData(ssh_session, ssh_channel, void *data, uint32_t length, int isError, void *self);
    static void onClose(ssh_session, ssh_channel, void *self);

    const SshAddress m_to;
    const int m_openMs;
    SshTime m_deadline;
    int m_socket = -1;
    bool m_opened = false, m_closed = false, m_left = false; // m_left: the channel has bytes that were not taken
    QByteArray m_toChannel, m_toSocket;
    std::promise<Result<int>> m_promise;
    bool m_promised = false;
    ssh_channel_callbacks_struct m_callbacks{};
};

} // namespace kboss
