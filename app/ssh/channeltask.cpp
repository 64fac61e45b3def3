#include "app/ssh/channeltask.h"

#include "app/base/signinrefusal.h"

namespace kboss {

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

namespace {

constexpr qsizetype longestNoise = 64 * 1024; // of start files; the rest is not kept
constexpr qsizetype mostWritten = 128 * 1024; // at once, so that no channel keeps the others waiting
constexpr milliseconds graceOfTerm{2'000}, graceOfKill{1'000};

} // namespace

ChannelTask::~ChannelTask()
{
    release();
}

QString ChannelTask::sshError(ssh_session session) const
{
    return QString::fromUtf8(ssh_get_error(session));
}

ChannelTask::Step ChannelTask::open(ssh_session session)
{
    if (!m_channel)
        m_channel = ssh_channel_new(session);
    const int code = m_channel ? ssh_channel_open_session(m_channel) : SSH_ERROR;
    if (code == SSH_OK)
        return Step::Done;
    if (code == SSH_AGAIN)
        return Step::Waiting;
    release();
    return Step::TryLater;
}

void ChannelTask::listen(ssh_channel_callbacks_struct *callbacks)
{
    ssh_set_channel_callbacks(m_channel, callbacks);
    m_listening = callbacks;
}

void ChannelTask::release()
{
    if (!m_channel)
        return;
    // libssh keeps a channel until the host has closed it as well, and calls whoever listens.
    if (m_listening)
        ssh_remove_channel_callbacks(m_channel, std::exchange(m_listening, nullptr));
    ssh_channel_free(std::exchange(m_channel, nullptr)); // sends the close
}

ExecTask::ExecTask(RemoteCommand command, QByteArray line, QByteArray secret, Ender ender)
    : m_command(std::move(command)), m_line(std::move(line)), m_ender(std::move(ender)), m_input(std::move(secret) + m_command.input),
      m_deadline(std::chrono::steady_clock::now() + milliseconds(m_command.deadlineMs))
{
    m_callbacks.userdata = this;
    m_callbacks.channel_data_function = onData;
    m_callbacks.channel_eof_function = onEof;
    m_callbacks.channel_close_function = onClose;
    m_callbacks.channel_exit_status_function = onStatus;
    m_callbacks.channel_exit_signal_function = onSignal;
    ssh_callbacks_init(&m_callbacks);
}

int ExecTask::onData(ssh_session, ssh_channel, void *data, uint32_t length, int isError, void *self)
{
    static_cast<ExecTask *>(self)->take(QByteArrayView(static_cast<const char *>(data), static_cast<qsizetype>(length)), isError != 0);
    return static_cast<int>(length);
}

void ExecTask::take(QByteArrayView bytes, bool isError)
{
    while (m_process == 0 && !isError) { // before its line there is what start files of the account print
        const qsizetype end = bytes.indexOf('\n');
        if (m_number.size() < longestNoise)
            m_number += bytes.first(end < 0 ? bytes.size() : end);
        if (end < 0)
            return;
        bytes = bytes.sliced(end + 1);
        if (const qsizetype mark = m_number.indexOf(processMark); mark >= 0)
            m_process = m_number.mid(mark + qstrlen(processMark)).toLongLong();
        if (m_process == 0)
            m_noise = (m_noise + std::exchange(m_number, {}) + '\n').left(longestNoise);
    }
    if (bytes.isEmpty())
        return;
    if (m_command.output)
        return m_command.output(bytes.toByteArray(), isError);
    QByteArray &stream = isError ? m_result.err : m_result.out;
    if (stream.size() + bytes.size() > m_command.mostOutput)
        m_tooMuch = true;
    else
        stream.append(bytes);
}

void ExecTask::onStatus(ssh_session, ssh_channel, int status, void *self)
{
    static_cast<ExecTask *>(self)->m_result.exitCode = status;
    static_cast<ExecTask *>(self)->m_told = true;
}

void ExecTask::onSignal(ssh_session, ssh_channel, const char *signal, int, const char *, const char *, void *self)
{
    static_cast<ExecTask *>(self)->m_result.signal = QString::fromUtf8(signal);
    static_cast<ExecTask *>(self)->m_told = true;
}

void ExecTask::onClose(ssh_session, ssh_channel, void *self)
{
    static_cast<ExecTask *>(self)->m_closed = true;
}

void ExecTask::onEof(ssh_session, ssh_channel, void *self)
{
    static_cast<ExecTask *>(self)->m_eof = true;
}

ChannelTask::Step ExecTask::step(ssh_session session, SshTime now)
{
    if (cancelled && m_phase != Phase::Ending)
        return stop(now, fail(ErrorKind::Cancelled, {}));
    if (isLate(now) && (m_phase == Phase::Opening || m_phase == Phase::Asking))
        return finish(fail(ErrorKind::Timeout,
                           u"the host took no command for %1 s: %2 was not begun"_s.arg(m_command.deadlineMs / 1000).arg(m_command.words.value(0))));
    switch (m_phase) {
    case Phase::Opening:
        if (const Step opened = open(session); opened != Step::Done)
            return opened;
        listen(&m_callbacks);
        m_phase = Phase::Asking;
        [[fallthrough]];
    case Phase::Asking:
        return ask(session, now);
    case Phase::Running:
        return pump(now);
    case Phase::Ending:
        break;
    }
    if (m_closed || now > m_ending + graceOfKill)
        return finish(std::move(*m_why));
    if (!m_killed && now > m_ending) {
        m_killed = true;
        m_ender(u"KILL"_s, m_process);
    }
    return Step::Waiting;
}

ChannelTask::Step ExecTask::ask(ssh_session session, SshTime now)
{
    const int code = ssh_channel_request_exec(m_channel, m_line.constData());
    if (code == SSH_AGAIN)
        return Step::Waiting;
    if (code != SSH_OK)
        return finish(fail(ErrorKind::Ssh, u"the host does not run programs: %1"_s.arg(sshError(session))));
    m_phase = Phase::Running;
    return pump(now);
}

ChannelTask::Step ExecTask::pump(SshTime now)
{
    if (m_closed || (m_eof && m_told)) {
        if (m_process == 0) { // what came is not of our program: the account may have none to run
            const QString said = QString::fromUtf8(m_noise.left(1024) + m_number.left(1024) + '\n' + m_result.err.left(1024));
            if (const auto fault = SignInRefusal::fromWords(said))
                return finish(fail(ErrorKind::Auth, u"%1 (the host says \"%2\")"_s.arg(SignInRefusal::wayOn(*fault), said.simplified()), *fault));
        }
        if (!m_told)
            return finish(fail(ErrorKind::Ssh, u"%1 ended without saying how"_s.arg(m_command.words.value(0))));
        return finish(std::move(m_result));
    }
    if (m_tooMuch)
        return stop(now, fail(ErrorKind::Rejected, u"%1 wrote more than %2 bytes"_s.arg(m_command.words.value(0)).arg(m_command.mostOutput)));
    if (now > m_deadline)
        return stop(now, fail(ErrorKind::Timeout, u"%1 did not end within %2 s"_s.arg(m_command.words.value(0)).arg(m_command.deadlineMs / 1000)));
    if (!m_eofSent && !feed())
        m_eofSent = true; // the program has closed its input: its end says the rest
    return Step::Waiting;
}

bool ExecTask::feed()
{
    if (m_fed < m_input.size()) {
        const qsizetype window = static_cast<qsizetype>(ssh_channel_window_size(m_channel));
        const qsizetype size = std::min({m_input.size() - m_fed, window, mostWritten});
        if (size == 0)
            return true;
        const int written = ssh_channel_write(m_channel, m_input.constData() + m_fed, static_cast<uint32_t>(size));
        if (written == SSH_ERROR)
            return false;
        m_fed += written;
    }
    if (m_fed == m_input.size()) {
        ssh_channel_send_eof(m_channel);
        m_input.fill('\0');
        m_eofSent = true;
    }
    return true;
}

// TERM, then KILL, then the channel is closed whether the program ended or not.
ChannelTask::Step ExecTask::stop(SshTime now, Result<CommandResult> why)
{
    if (m_phase != Phase::Running)
        return finish(std::move(why));
    m_why = std::move(why);
    m_phase = Phase::Ending;
    m_ending = now + graceOfTerm;
    m_ender(u"TERM"_s, m_process);
    return Step::Waiting;
}

ChannelTask::Step ExecTask::finish(Result<CommandResult> result)
{
    m_input.fill('\0');
    release();
    m_promise.set_value(std::move(result));
    return Step::Done;
}

void ExecTask::end(const Error &reason)
{
    if (m_why)
        return void(finish(std::move(*m_why)));
    Error error = reason;
    if (m_phase == Phase::Opening && error.kind == ErrorKind::Ssh)
        error.field = SshSession::notSent();
    finish(fail(std::move(error)));
}

} // namespace kboss
