#pragma once

#include "app/ssh/sshsession.h"
#include "app/standalone/keyedlocks.h"

#include <chrono>
#include <thread>

namespace kboss::standalone {

struct PcapiLimits {
    size_t mostSessions = 32; // beyond, the one that was longest without use goes; Conflict when all are in use
    std::chrono::milliseconds idle{60'000};
    SshLimits ssh;
};

// Connections of the pcapi operations to hosts: one for a host, port and user, kept for a while after its last use, given again only to who brings the same
// password. Any thread.
class PcapiSessions {
public:
    explicit PcapiSessions(const HostKeyLedger &ledger, PcapiLimits limits = {});
    ~PcapiSessions();

    // Blocks at most until PcapiLimits::ssh.connectMs. Errors as of SshSession::open().
    Result<std::shared_ptr<SshSession>> get(const SshTarget &target, CancelToken token);
    size_t count() const;

private:
    struct Entry {
        std::shared_ptr<SshSession> session;
        QByteArray passwordMark; // keyed hash
        std::chrono::steady_clock::time_point used;
    };
    std::shared_ptr<SshSession> known(const QString &name, const QByteArray &mark);
    Result<void> keep(const QString &name, Entry entry);
    void sweep(std::stop_token stop);
    std::vector<std::shared_ptr<SshSession>> takeIdle();

    const HostKeyLedger &m_ledger;
    const PcapiLimits m_limits;
    const QByteArray m_markKey; // at random
    KeyedLocks m_opening; // by name
    mutable std::mutex m_mutex;
    std::condition_variable_any m_wake;
    QHash<QString, Entry> m_entries; // by "user@host:port"
    std::jthread m_sweeper; // last
};

} // namespace kboss::standalone
