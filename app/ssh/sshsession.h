#pragma once

#include "app/ssh/hostkeyledger.h"
#include "app/ssh/remotehost.h"
#include "app/ssh/sshtarget.h"

namespace kboss {

struct SshLimits {
    int connectMs = 20'000; // until signed in, each hop
    int keepAliveMs = 15'000; // between questions whether the peer is still there
    int silenceMs = 45'000; // without a byte of it: gone
    int mostChannels = 8; // at once; OpenSSH's MaxSessions is 10. Further commands wait their turn
};

// What was learnt on the way in.
struct SshInfo {
    QString banner; // "SSH-2.0-OpenSSH_9.2p1 …"
    QString notice; // what the host says before the sign-in; may be empty
    HostKey hostKey;
    QString cipher;
};

// One connection to one host, signed in. Its thread owns the libssh session; every call below may come from any thread, blocks it, and ends at once when the token
// asks for it, when its deadline is over, or when the connection ends. Commands run side by side over channels of the one connection.
//
// A key that the ledger does not know, or knows otherwise, is ErrorKind::HostKey and nothing was sent to that host; it is never tried again by itself.
// Other errors: Offline (no route, refused, name unknown), Timeout, Auth (with what the host would take), Ssh (the connection ended).
// Cancelling a command sends it TERM, then KILL, and closes its channel: what it started in the background may live on.
class SshSession final : public RemoteHost {
public:
    static Result<std::unique_ptr<SshSession>> open(const SshTarget &target, const HostKeyLedger &ledger, const SshLimits &limits = {},
                                                    CancelToken token = {});
    // The key a host shows, before anybody signs in. Through the target's jump host, which has to be known already.
    static Result<HostKey> readHostKey(const SshTarget &target, const HostKeyLedger &ledger, const SshLimits &limits = {}, CancelToken token = {});

    ~SshSession() override; // ends all that runs

    Result<CommandResult> run(const RemoteCommand &command, CancelToken token = {}) override;
    // By SFTP to a file beside its place, resumed where a former try was cut, held against the SHA-256 by the host itself, then moved over the old one.
    Result<void> upload(const RemoteUpload &upload, CancelToken token = {}) override;

    bool isOpen() const; // false once the connection ended
    const SshInfo &info() const;
    const SshTarget &target() const;
    void close();
    // Error::field of run() where the connection ended before the host was asked to run anything.
    static QString notSent() { return QStringLiteral("not-sent"); }

private:
    friend class SshForward;
    struct Private;
    explicit SshSession(std::unique_ptr<Private> parts);
    std::unique_ptr<Private> d;
};

} // namespace kboss
