#pragma once

#include "app/base/result.h"

#include <QStringList>
#include <vector>

namespace kboss {

// What kubeadm's own checks of a host say (`kubeadm init phase preflight`, `kubeadm join phase preflight`; formats as of 1.31 to 1.36). Values; any thread.

// What would mend a problem.
enum class PreflightFix {
    None, // nothing that a program should do: more memory, another kernel
    BecomeRoot,
    StartRuntime, // of containers
    InstallProgram, // `subject`: its name
    InstallKubelet,
    EnableService, // `subject`
    TurnSwapOff,
    SetKernelValue, // `subject`: a path under /proc/sys
    SetHostName,
    OpenFirewall,
    FreePort, // `subject`: the port
    ResetHost, // what an earlier try left
    ExemptFromProxy,
    ReachRegistry,
    // Of our own checks.
    LoadModule, // `subject`
    SyncClock,
    RelaxSelinux,
};

struct PreflightProblem {
    enum class Level { Warning, Error };

    QString name; // as --ignore-preflight-errors takes it, in kubeadm's spelling of today
    Level level = Level::Error;
    QString text; // kubeadm's words, without escapes
    PreflightFix fix = PreflightFix::None;
    QString subject; // of the fix
    friend bool operator==(const PreflightProblem &, const PreflightProblem &) = default;
};

struct PreflightReport {
    std::vector<PreflightProblem> problems; // in kubeadm's order, each once
    bool passed = false; // kubeadm went through its checks and said so by its exit code
    QString error; // its last word when it did not; empty when the problems say it all
    QStringList unread; // lines of standard error that are none of the known: to be shown, never dropped

    bool hasErrors() const;
};

// Exit codes: 0 good; 1 anything since 1.34; before, 2 for problems and 3 for wrong arguments.
PreflightReport readPreflight(const QByteArray &standardOutput, const QByteArray &standardError, int exitCode);

// The argument that lets these problems pass. Only names that the report has as errors, never "all"; Rejected otherwise, with the name. Empty for none.
Result<QString> ignoreArgument(const PreflightReport &report, const QStringList &accepted);

// Without the escape sequences that kubeadm colours with, terminal or not.
QString withoutEscapes(const QString &text);

} // namespace kboss
