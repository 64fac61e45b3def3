#pragma once

#include "app/cluster/hostpaths.h"
#include "app/cluster/installstep.h"

#include <optional>

namespace kboss {

// Who may change a host: one installation (or removal) at a time. A file on the host itself, /var/lib/kboss/install.lock, one JSON object; its time of change is
// when it was last renewed, by the host's clock. Taken, renewed, broken and released by one script each under flock, so that of two who come at once one wins.
struct HostLock {
    QString installId, owner;
    qint64 sinceMs = 0; // by the owner's clock
    qint64 ageMs = 0; // since it was renewed, by the host's clock
    QString brokeOwner, brokeReason; // whose lock was broken for this one, and why; empty = nobody's
    friend bool operator==(const HostLock &, const HostLock &) = default;

    static constexpr qint64 s_renewMs = 30'000, s_staleMs = 600'000;
    bool isOf(const QString &install, const QString &who) const { return installId == install && owner == who; }
    bool isStale() const { return ageMs > s_staleMs; } // nobody renews it: shown, and still broken only with a reason
};
QString hostLockText(const HostLock &lock); // technical: owner, since when, last renewed

struct LockHolder {
    QString installId, owner;
};

Result<std::optional<HostLock>> readHostLock(RemoteHost &host, const HostPaths &paths, const CancelToken &token); // nothing = free; Protocol: not ours to read
// Takes it, or renews it where it is the holder's. Conflict with hostLockText() of another's.
Result<void> takeHostLock(RemoteHost &host, const HostPaths &paths, const LockHolder &holder, qint64 nowMs, const CancelToken &token);
// The same over `other`'s, as it was read; Conflict when it is another one by now.
Result<void> breakHostLock(RemoteHost &host, const HostPaths &paths, const LockHolder &holder, const HostLock &other, const QString &reason, qint64 nowMs,
                           const CancelToken &token);
Result<void> releaseHostLock(RemoteHost &host, const HostPaths &paths, const LockHolder &holder, const CancelToken &token); // another's is left as it is

// The step that takes the lock, "<host>/lock". Another's lock is Foreign, unless options.breakLock says why it may be broken: then that is written into the
// journals here and on the host. The runner renews it every 30 s, and releases it when all steps of all hosts are done; undo releases it as well.
InstallStep lockStep(const PlanHost &host, const InstallOptions &options);

} // namespace kboss
