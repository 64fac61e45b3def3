#pragma once

#include "app/ssh/remotecommand.h"
#include "app/ssh/sshsession.h"

#include <atomic>
#include <chrono>
#include <future>
#include <libssh/callbacks.h>
#include <libssh/libssh.h>

namespace kboss {

using SshTime = std::chrono::steady_clock::time_point;

// Something that goes on over a channel of its own, driven by the session's thread; internal to app/ssh. Made by the caller's thread, which waits for its result;
// from start() on everything but `cancelled` belongs to the session's thread.
class ChannelTask {
public:
    ChannelTask() = default;
    virtual ~ChannelTask();
    Q_DISABLE_COPY_MOVE(ChannelTask)

    enum class Step { Waiting, Done, TryLater }; // TryLater: the host takes no more channels for now

    virtual Step step(ssh_session session, SshTime now) = 0;
    virtual void end(const Error &reason) = 0; // the connection has gone; step() is not called again
    virtual bool isLate(SshTime) const { return false; } // its time is over, also before it had a channel: it is stepped once more, and ends
    virtual int fd() const { return -1; } // to be watched besides the connection's

    std::atomic_bool cancelled = false;

protected:
    Step open(ssh_session session); // Done = it is open
    void release(); // closes the channel
    QString sshError(ssh_session session) const;

    void listen(ssh_channel_callbacks_struct *callbacks); // theirs until release()

    ssh_channel m_channel = nullptr;

private:
    ssh_channel_callbacks_struct *m_listening = nullptr;
};

// A program and its streams. The program is the leader of nothing, so its number comes first on its standard output (supervised()): a process group can only be
// ended from a channel of its own, since sshd passes no signals on where root signs in.
class ExecTask final : public ChannelTask {
public:
    using Ender = std::function<void(const QString &signal, qint64 process)>; // on the session's thread; must not wait

    ExecTask(RemoteCommand command, QByteArray line, QByteArray secret, Ender ender);

    std::future<Result<CommandResult>> result() { return m_promise.get_future(); }
    Step step(ssh_session session, SshTime now) override;
    void end(const Error &reason) override;
    bool isLate(SshTime now) const override { return now > m_deadline; }

private:
    enum class Phase { Opening, Asking, Running, Ending };

    static int onData(ssh_session, ssh_channel, void *data, uint32_t length, int isError, void *self);
    static void onStatus(ssh_session, ssh_channel, int status, void *self);
    static void onSignal(ssh_session, ssh_channel, const char *signal, int, const char *, const char *, void *self);
    static void onClose(ssh_session, ssh_channel, void *self);
    static void onEof(ssh_session, ssh_channel, void *self);

    Step ask(ssh_session session, SshTime now);
    Step pump(SshTime now);
    bool feed(); // false = the channel is broken
    void take(QByteArrayView bytes, bool isError);
    Step stop(SshTime now, Result<CommandResult> why);
    Step finish(Result<CommandResult> result);

    const RemoteCommand m_command;
    const QByteArray m_line;
    const Ender m_ender;
    QByteArray m_input;
    qsizetype m_fed = 0;
    bool m_eofSent = false, m_eof = false, m_closed = false, m_told = false, m_tooMuch = false, m_killed = false;
    Phase m_phase = Phase::Opening;
    const SshTime m_deadline; // counts from the call, so that waiting for a channel is within it
    SshTime m_ending;
    CommandResult m_result;
    QByteArray m_number, m_noise; // a line until it is whole; what came before the one with the number
    qint64 m_process = 0; // 0 = not told yet
    std::optional<Result<CommandResult>> m_why; // of an end that was asked for
    std::promise<Result<CommandResult>> m_promise;
    ssh_channel_callbacks_struct m_callbacks{};
};

} // namespace kboss
