#pragma once

#include "app/ssh/remotehost.h"

#include <QProcess>
#include <functional>
#include <mutex>

namespace kboss::test {

// A host whose answers are given by a function; what it was asked is kept. Any thread.
class ScriptedHost final : public RemoteHost {
public:
    using Answer = std::function<Result<CommandResult>(const RemoteCommand &)>;
    explicit ScriptedHost(Answer answer)
        : m_answer(std::move(answer))
    {
    }
    Result<CommandResult> run(const RemoteCommand &command, CancelToken = {}) override
    {
        {
            const std::lock_guard lock(m_mutex);
            m_asked.push_back(command);
        }
        return m_answer(command);
    }
    Result<void> upload(const RemoteUpload &, CancelToken = {}) override { return fail(ErrorKind::Internal, QStringLiteral("no uploads here")); }
    std::vector<RemoteCommand> asked() const
    {
        const std::lock_guard lock(m_mutex);
        return m_asked;
    }

private:
    Answer m_answer;
    mutable std::mutex m_mutex;
    std::vector<RemoteCommand> m_asked;
};

inline CommandResult said(const QByteArray &out, int exitCode = 0, const QByteArray &err = {})
{
    CommandResult result;
    result.exitCode = exitCode;
    result.out = out;
    result.err = err;
    return result;
}

// Runs it on this machine, as it is.
inline Result<CommandResult> runHere(const RemoteCommand &command)
{
    QProcess process;
    process.start(command.words.first(), command.words.mid(1));
    process.write(command.input);
    process.closeWriteChannel();
    if (!process.waitForFinished(command.deadlineMs))
        return fail(ErrorKind::Timeout, QStringLiteral("too slow"));
    const QByteArray out = process.readAllStandardOutput();
    if (command.output)
        command.output(out, false);
    return said(out, process.exitCode(), process.readAllStandardError());
}

} // namespace kboss::test
