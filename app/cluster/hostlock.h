#pragma once

#include "app/cluster/hostpaths.h"
#include "app/cluster/installstep.h"
#include "app/cluster/locks.h"

#include <optional>

namespace kboss {

// Who may change a host: one installation (or removal) at a time. A file on the host itself, /var/lib/kboss/install.lock, one JSON object; its time of change is
// when it was last renewed, by the host's clock. Taken, renewed, broken and released by one script each under flock, so that of two who come at once one wins.
// The one that was released last is kept beside it as install.last, so that who has lost his can be told to whom.

struct LockHolder {
    QString installId, owner;
};

Result<std::optional<HostLock>> readHostLock(RemoteHost &host, const HostPaths &paths, const CancelToken &token); // nothing = free; Protocol: not ours to read
// Takes it, or renews it where it is the holder's. Conflict with hostLockText() of another's.
Result<void> takeHostLock(RemoteHost &host, const HostPaths &paths, const LockHolder &holder, qint64 nowMs, const CancelToken &token);
// Takes over `other`'s, which has ended; Conflict when it is another one by now, or when an action of it still works on the host.
Result<void> takeOverHostLock(RemoteHost &host, const HostPaths &paths, const LockHolder &holder, const HostLock &other, qint64 nowMs, const CancelToken &token);
// The same by force, and it is told of in the new lock.
Result<void> breakHostLock(RemoteHost &host, const HostPaths &paths, const LockHolder &holder, const HostLock &other, const QString &reason, qint64 nowMs,
                           const CancelToken &token);
Result<void> releaseHostLock(RemoteHost &host, const HostPaths &paths, const LockHolder &holder, const CancelToken &token); // another's is left as it is

// Renews it where it is still there and the holder's: it is never taken anew by that. Else how it was lost.
struct LockLoss {
    std::optional<HostLock> now; // who has it now
    QString text; // technical: to whom it was lost, since when
};
Result<std::optional<LockLoss>> renewHostLock(RemoteHost &host, const HostPaths &paths, const LockHolder &holder, const CancelToken &token);

// The step that takes the lock, "<host>/lock". Another's lock is Foreign, unless InstallContext::lockRights() say that it may be taken over or broken: then that is
// written into the journals here and on the host. The runner renews it every 30 s, and releases it when all is done; undo releases it as well.
InstallStep lockStep(const PlanHost &host, const InstallOptions &options);

} // namespace kboss
