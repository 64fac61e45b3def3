#pragma once

#include <QString>
#include <QStringList>
#include <optional>

namespace kboss {

// Locks of hosts as values; hostlock.h is how they are taken.

struct HostLock {
    QString installId, owner;
    qint64 sinceMs = 0; // by the owner's clock
    qint64 ageMs = 0; // since it was renewed, by the host's clock, when it was read
    QString brokeOwner, brokeReason; // whose lock was broken for this one, and why; empty = nobody's
    friend bool operator==(const HostLock &, const HostLock &) = default;

    static constexpr qint64 s_renewMs = 30'000, s_staleMs = 600'000;
    bool isOf(const QString &install, const QString &who) const { return installId == install && owner == who; }
    bool isSame(const HostLock &other) const { return isOf(other.installId, other.owner) && sinceMs == other.sinceMs; } // however long ago it was renewed
    bool isStale() const { return ageMs > s_staleMs; } // nobody renews it: shown, and another's is still broken only with a reason
};
QString hostLockText(const HostLock &lock); // technical: owner, since when, last renewed

// The one lock that a person has seen, and why it may be broken. Another one, also of the same owner, may not.
struct LockBreak {
    HostLock lock;
    QString reason;
};

// What may be done about a lock that is not the run's own.
struct LockRights {
    QStringList former; // installations of the same console that have ended: their locks are taken over
    bool takesStale = false; // so is one of the same owner that nobody renews any more
    std::optional<LockBreak> breaks = {};
};

} // namespace kboss
