#pragma once

#include "app/ssh/sshsession.h"

#include <QHash>
#include <condition_variable>
#include <mutex>

namespace kboss {

// Sessions to jump hosts: one for everybody who goes through the same host with the same sign-in, as long as somebody uses it. Who comes while it is being opened waits
// for that try and takes its result, so that one wrong password is tried once and one code is asked for once. Keeps no session alive itself. Any thread; internal to app/ssh.
class JumpPool {
public:
    // The key of a session that is there already is judged again: it may have been forgotten since.
    Result<std::shared_ptr<SshSession>> open(const SshTarget &target, const HostKeyLedger &ledger, const SshLimits &limits, const CancelToken &token);

private:
    struct Entry {
        std::weak_ptr<SshSession> session;
        bool isOpening = false;
        quint64 tries = 0;
        std::optional<Error> error; // of the last try
    };

    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    QHash<QByteArray, std::shared_ptr<Entry>> m_entries; // by a hash of address and sign-in
};

} // namespace kboss
