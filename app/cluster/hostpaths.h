#pragma once

#include <QString>

namespace kboss {

// Where the things of installations stand on a host. Other places than these are for tests whose hosts share one machine.
struct HostPaths {
    QString state = QStringLiteral("/var/lib/kboss"); // root's, 0700
    QString run = QStringLiteral("/run/kboss"); // secrets while an action runs; gone with a restart
    QString systemd = QStringLiteral("/run/systemd/system"); // where this folder is, long actions are units

    QString folder(const QString &installId) const { return state + QStringLiteral("/install/") + installId; }
    QString lockFile() const { return state + QStringLiteral("/install.lock"); }
    QString lastLockFile() const { return state + QStringLiteral("/install.last"); } // the one that was released last
};

} // namespace kboss
