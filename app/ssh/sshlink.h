#pragma once

#include "app/ssh/sshsession.h"

#include <functional>
#include <memory>

namespace kboss {

// What became of a link, for people to see. `text` is technical and holds no secret.
struct SshLinkEvent {
    enum class Kind { Connected, Lost, Waiting, GivenUp };
    Kind kind = Kind::Connected;
    QString text;
    int waitMs = 0; // of Waiting: until the next try
};

struct SshPatience {
    int firstWaitMs = 500; // between tries; doubles
    int mostWaitMs = 15'000;
    int wholeMs = 300'000; // how long a host may stay away in one call, a reboot among others
};

// A host that stays reachable over SSH: connects when it is first needed, and again after a drop or a reboot, for as long as its patience lasts. One connection
// for all callers. A command is never sent twice: what was running when the connection went ends with its error (Ssh), and the next call connects anew; one that
// had not been sent yet goes over the new connection.
// Auth and HostKey are final: every later call gives the same error at once, until reset() (another password, a pin). One exception: where these credentials were
// good before, a host that refuses them is asked once more after the longest wait, since a host that starts up lets nobody in for a moment.
// Any thread; ends with all its calls (Cancelled).
class SshLink final : public RemoteHost {
public:
    using Observer = std::function<void(const SshLinkEvent &)>; // on the thread of the call that found out

    SshLink(SshTarget target, const HostKeyLedger &ledger, SshLimits limits = {}, SshPatience patience = {}, Observer observer = {});
    ~SshLink() override;

    Result<CommandResult> run(const RemoteCommand &command, CancelToken token = {}) override;
    Result<void> upload(const RemoteUpload &upload, CancelToken token = {}) override; // connects again and goes on where it was cut

    Result<SshInfo> connect(CancelToken token = {}); // now, once: errors are those of SshSession::open()
    void reset(SshTarget target); // forgets the connection and a final error; calls that wait for the host go on with the new target
    void close(); // ends the connection and all calls under way; a later call connects anew
    SshTarget target() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace kboss
