#pragma once

#include "app/cluster/hostfacts.h"
#include "app/cluster/installstep.h"
#include "app/cluster/preflight.h"

namespace kboss {

// The checks of one host before an installation: kubeadm's own where it is installed, ours for what it does not look at. Nothing here changes a host (the disk test
// writes to a file without a name). Names and values alone: words for them are in the user interface.

struct CheckResult {
    enum class Group { Kubeadm, Host, Across };
    enum class State {
        Pass,
        Warning,
        Error,
        Accepted, // a warning or error that a person let pass by name (plan.acceptedProblems); `was` says which
        NotApplicable, // to this role, or not yet: see `later`
        Unknown, // it could not be found out: `evidence` says why
        Running,
    };

    QString name; // kubeadm's spelling where there is one: "Port-6443"; else ours in the same style: "DiskSpace--var"
    Group group = Group::Host;
    QString host; // in the plan
    State state = State::Unknown;
    State was = State::Unknown; // of Accepted
    QString measured; // "8 GB", "+47.3 s", "18.7 ms", "5 / 5"; may be empty
    QString evidence; // verbatim, several lines
    QString source; // where from: "stderr · exit 1 · 0.11 s", "/etc/sysctl.d/90-site.conf:4", "/proc/swaps"
    PreflightFix fix = PreflightFix::None;
    QString subject; // of the fix
    std::optional<InstallPhase> later; // the installation itself will see to it in this phase
    friend bool operator==(const CheckResult &, const CheckResult &) = default;

    bool blocks() const { return state == State::Error; }
    bool isProblem() const { return state == State::Error || state == State::Warning || state == State::Unknown; }
};

struct CheckOptions {
    QString installId; // an installation of ours that is being taken up again: what it left on the hosts is no old installation
    QStringList images; // "registry/name:tag"; empty = what kubeadm on the host says, else the five that are named by the version
    QString packageUrl; // of a file that the package mirror has; empty = not asked for
    bool registry = true; // ask the registry, from the host
    bool diskTest = true; // up to 3 s
    bool kubeadm = true; // kubeadm's own checks, where it is installed
};

struct CheckName {
    QString name;
    CheckResult::Group group;
};
// The rows of a matrix of checks, in the order people read them: those that every host of the plan has a result for, before any is known. Results may bring more
// (FileExisting-*, unknown names of another kubeadm).
std::vector<CheckName> checkRows(const InstallPlan &plan);
// A state of its own for every row, for this host: Running, or NotApplicable by its role.
std::vector<CheckResult> openChecks(const InstallPlan &plan, const PlanHost &host);

// From the facts alone: no connection is needed, again after each reading.
std::vector<CheckResult> judgeFacts(const InstallPlan &plan, const PlanHost &host, const HostFacts &facts, const CheckOptions &options = {});
// What kubeadm says, merged over `results`: its verdict counts for each name that it knows.
std::vector<CheckResult> mergePreflight(const InstallPlan &plan, const PlanHost &host, const HostFacts &facts, const PreflightReport &report, const QString &source,
                                        std::vector<CheckResult> results);
// All of it. `found` receives results as they come (on the calling thread), each name perhaps again. Blocks up to about 60 s.
std::vector<CheckResult> checkHost(RemoteHost &remote, const InstallPlan &plan, const PlanHost &host, const HostFacts &facts, const CheckOptions &options = {},
                                   CancelToken token = {}, const std::function<void(const CheckResult &)> &found = {});

// Marks what the plan lets pass. Both warnings and errors, by "host/Name" alone.
void applyAccepted(const InstallPlan &plan, std::vector<CheckResult> &results);

// The parts that ask the host.
struct DiskLatency {
    int writes = 0;
    double p50Ms = 0, p99Ms = 0, mostMs = 0;
};
Result<DiskLatency> measureDisk(RemoteHost &remote, bool asRoot, CancelToken token = {}); // in /var/lib, synchronous writes as etcd's log does
Result<PreflightReport> runPreflight(RemoteHost &remote, const InstallPlan &plan, const PlanHost &host, const HostFacts &facts, QString *source,
                                     CancelToken token = {});

} // namespace kboss
