#pragma once

#include "app/ssh/sshsession.h"

#include <chrono>
#include <libssh/libssh.h>

namespace kboss {

struct SessionFree {
    void operator()(ssh_session session) const;
};
using SessionHandle = std::unique_ptr<ssh_session_struct, SessionFree>;

// The way in, step by step; internal to app/ssh. Each step blocks the calling thread until it is done, the deadline is over or the token asks for an end.
class SshWire {
public:
    using Time = std::chrono::steady_clock::time_point;

    // `fd`: a connected socket to use (taken over), -1 = connect to the target's address.
    SshWire(const SshTarget &target, int fd, const SshLimits &limits, CancelToken token);

    Result<void> connect(const std::vector<HostKeyPin> &pins); // keys of these types are asked for first
    Result<HostKey> hostKey() const;
    Result<void> judge(const HostKeyLedger &ledger, const HostKey &key) const;
    Result<void> signIn();

    SshInfo info() const;
    SessionHandle release() { return std::move(m_session); }
    ssh_session session() const { return m_session.get(); }

private:
    enum class Try { Good, Refused, Partial, NotOffered };

    Result<int> settle(int again, const std::function<int()> &step); // repeats a step of libssh that says "again"
    Result<void> setOptions(const std::vector<HostKeyPin> &pins);
    Result<Try> tryAll();
    Result<Try> tryAgent();
    Result<Try> tryKey();
    Result<Try> tryPassword();
    Result<Try> tryInteractive();
    Result<Try> answerPrompts(bool *byPerson);
    Result<std::optional<QByteArray>> askPerson(const QString &prompt, bool echo);
    bool mayInteract() const;
    Result<Try> outcome(const Result<int> &code, const QString &method);
    Unexpected lost() const;
    Unexpected refused() const;
    QString notice() const; // what the host shows whoever signs in; cut
    QString accepted() const; // the methods the host takes, in words

    SshTarget m_target;
    int m_fd;
    int m_agent = -1; // the agent's socket: the session's, once it is there
    SshLimits m_limits;
    CancelToken m_token;
    Time m_deadline;
    SessionHandle m_session;
    QStringList m_tried; // methods that were refused
    QStringList m_troubles; // what else went wrong on the way: a key file that cannot be read …
    QString m_said; // by the host beside its questions
    QStringList m_spent; // methods that may not be tried again
    bool m_passwordGiven = false; // in this part of the sign-in, by whichever method
};

} // namespace kboss
