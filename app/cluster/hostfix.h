#pragma once

#include "app/cluster/hostchecks.h"

namespace kboss {

// Mending what a check found, one check of one host at a time: what it will change is known before, every file is kept as a copy, and it can be undone.

struct FixChange {
    enum class Kind { KernelValue, File, Swap, Service, Package, Module, HostName, Port, Firewall, Clock, Folder };
    Kind kind = Kind::File;
    QString subject; // "net.ipv4.ip_forward", "/etc/sysctl.d/99-kboss.conf"
    QString before, after; // values; of files: a line that is changed, or empty = not there
    friend bool operator==(const FixChange &, const FixChange &) = default;
};

struct HostFix {
    QString id; // [a-z0-9-]: of the folder /var/lib/kboss/fixes/<id> on the host
    QString host, check;
    PreflightFix fix = PreflightFix::None;
    QString subject;
    std::vector<FixChange> changes; // in the order they are made
    QStringList commands; // that will run, for people to read
    QStringList undoCommands; // the same of the undo; empty = it cannot be undone
    bool isUndoable = true;
    int usualMs = 2000;

    QByteArray script, undoScript; // POSIX sh, for root
};

// NotFound when nothing can be done by a program (more memory, another kernel, somebody else's lock), with the reason in English for logs.
Result<HostFix> planFix(const InstallPlan &plan, const PlanHost &host, const HostFacts &facts, const CheckResult &check, const Clock &clock);

// Rejected with the last lines of standard error when it failed; what had been changed until then has been undone. Afterwards facts and checks are to be read again.
Result<QString> applyFix(RemoteHost &remote, const HostFix &fix, CancelToken token = {}); // its output
// Conflict when a file was changed by somebody else since. Once undone, NotFound.
Result<QString> undoFix(RemoteHost &remote, const QString &fixId, CancelToken token = {});

struct AppliedFix {
    QString id, check, subject;
    qint64 ms = 0; // when, by our clock
    bool isUndoable = true;
};
Result<std::vector<AppliedFix>> listFixes(RemoteHost &remote, CancelToken token = {}); // not yet undone; the newest first

} // namespace kboss
