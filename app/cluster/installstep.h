#pragma once

#include "app/base/clock.h"
#include "app/cluster/hostpaths.h"
#include "app/cluster/installplan.h"
#include "app/cluster/locks.h"
#include "app/ssh/remotehost.h"

#include <functional>
#include <memory>

namespace kboss {

// The phases of an installation, in the order people see them. The numbers stand in journals: never renumber.
enum class InstallPhase {
    Plan = 1,
    Trust,
    Connect,
    Rights,
    Facts,
    CrossHost,
    HostChecks,
    Review,
    Lock,
    System, // swap, modules, sysctl, time, firewall
    Runtime,
    Binaries, // packages and images
    FirstControlPlane,
    Network,
    ControlPlanes,
    Workers,
    Addons,
    Verify,
    Register,
    Report,
};

enum class StepState {
    Open, // to be done; also when it is half done and the action can go on from there
    Done,
    NotNeeded, // nothing to do on this host
    Foreign, // somebody else's work is in the way: the action must not run; `detail` says what and where
};

struct StepFinding {
    StepState state = StepState::Open;
    QString detail; // for people, from the host's own words; no secret
};

// One thing that a step will change on its host, for the review before anything is done. `kind` picks the words, the others are names and values.
struct StepChange {
    enum class Kind { File, Service, Package, KernelValue, Module, Swap, Images, ClusterObject, Node, Membership, Platform, Reset };
    Kind kind = Kind::File;
    QString subject; // a path, a name
    QString after; // what it will be; empty where that says nothing
    friend bool operator==(const StepChange &, const StepChange &) = default;
};

// What a piece of work on a host is called and does, when it is to go on without us: see InstallContext::runDetached().
struct DetachedAction {
    QString name; // [a-z0-9-], once an installation and host: "runtime-packages"
    QByteArray script; // POSIX sh, run by root with set -eu; kept on the host, so without secrets. Values in it by shellQuoted()
    QByteArray secret; // a file under /run, 0600, its path in $KBOSS_SECRET, removed when the script ends however it does
    int deadlineMs = 600'000; // kept by the host itself: the whole group of processes is ended
};

// What a step works with. Made by the runner for each call; lives as long as the call. Every function blocks, and ends at once when the step is cancelled.
class InstallContext {
public:
    virtual ~InstallContext() = default;

    virtual const InstallPlan &plan() const = 0;
    virtual const QString &installId() const = 0; // [0-9a-f]{12}; the same for all tries of one installation
    virtual const PlanHost &target() const = 0;
    virtual const Clock &clock() const = 0;
    virtual const CancelToken &token() const = 0;

    virtual RemoteHost &host() = 0; // of the step
    virtual RemoteHost *hostNamed(const QString &name) = 0; // another one of the plan; null = none

    // A short command, as root, its output in the step's log. `on`: another host of the plan, null = the step's own. An exit code is no error here.
    virtual Result<CommandResult> run(const QStringList &words, const QByteArray &input = {}, int deadlineMs = 60'000, RemoteHost *on = nullptr) = 0;
    // The same without its output in the log, for what has secrets in it.
    virtual Result<CommandResult> runQuietly(const QStringList &words, const QByteArray &input = {}, int deadlineMs = 60'000, RemoteHost *on = nullptr) = 0;
    // Work that takes long, in a unit of its own on the host (systemd-run), with its own log and exit file under folder()/actions/<name>. Waits for its end and
    // shows its log meanwhile. One that is running already, or has ended well, is never begun again: its outcome is read. One that has failed is begun anew.
    // Rejected with the last lines of standard error when it failed; nothing is stopped on the host when the connection or this program ends.
    virtual Result<void> runDetached(const DetachedAction &action) = 0;
    virtual QString folder() const = 0; // "/var/lib/kboss/install/<installId>" on each host; root's, 0700
    virtual HostPaths paths() const { return {}; }
    virtual QString owner() const { return {}; } // who does it, for locks and journals; empty = not known
    virtual const LockRights *lockRights() const { return nullptr; } // over locks on this host that are not the run's; null = none
    virtual void meetLock(const HostLock &) { } // one that stops the run here
    // Keeps a copy of a file of the host below folder()/backup the first time, and notes when there was none, so that restoreFile() can bring it back as it was.
    virtual Result<void> keepCopy(const QString &path) = 0;
    // Also removes a file that was not there; nothing kept = nothing done. What it replaces stays below folder()/replaced: somebody may have changed it since.
    virtual Result<void> restoreFile(const QString &path) = 0;

    virtual void say(const QString &line) = 0; // to the step's log
    // A line (Accepted) in the journals here and on the host: what somebody let pass, and why. Before it is done.
    virtual Result<void> accept(const QString &what)
    {
        say(what);
        return {};
    }
    virtual void progress(qint64 done, qint64 whole) = 0; // bytes; whole -1 = not known

    // What one step learns for others, and the caller for later, in memory only; never in a journal, log or file. Empty = not known.
    virtual QByteArray secret(const QString &name) const = 0;
    virtual void setSecret(const QString &name, const QByteArray &value) = 0;
};

// A step on one host. Its functions may run on any thread, for different hosts at the same time; they hold no state but what is in the plan.
struct InstallStep {
    QString id; // "<host>/<name>": "cp-1/runtime"
    QString name; // [a-z0-9-], what it is: the same on all hosts
    InstallPhase phase = InstallPhase::System;
    QString host; // name in the plan

    QStringList after; // ids of steps that have to be done, or not needed, before. A step of a host that was set aside counts for other hosts as left out
    bool needsAll = false; // false: `after` on hosts set aside are let pass (workers); true: each one counts (verify of the control plane)
    QString limitGroup; // steps of one group run at most `limit` at a time; empty = no limit
    int limit = 0;
    int deadlineMs = 600'000; // of the action
    int usualMs = 10'000; // for expected times and weights
    int usualUndoMs = 10'000;

    std::vector<StepChange> changes; // what the action will do, as far as it can be known before
    std::function<Result<StepFinding>(InstallContext &)> probe; // reads only
    std::function<Result<void>(InstallContext &)> act; // its success counts for nothing: the probe is asked again
    std::function<Result<void>(InstallContext &)> undo; // empty = there is nothing to undo
    bool leavesWhatWas = false; // its undo takes back what this installation added to what was there: the probe may find it done afterwards
    // Asked before anything of the host is undone, once a host however many of its steps have it; empty = it may. What it says is for people, with the way on.
    std::function<Result<void>(InstallContext &)> mayUndo;

    // What becomes of it when its host is taken out of the cluster (kubeadm reset): it stays; it is gone; it is gone, and its own undo is what takes the host out.
    // A step of the last kind may not be undone while steps of that kind on other hosts come after one of its host's: they would lose their cluster.
    enum class WithReset { Stays, Goes, Resets } withReset = WithReset::Stays;
};

// What the platform and the keychain are told, by whoever runs the installation. Called from steps, any thread, may block; doing it twice is doing it once.
class InstallPlatform {
public:
    virtual ~InstallPlatform() = default;
    virtual Result<void> keepKubeconfig(const QByteArray &kubeconfig) = 0; // into the keychain, and to the service where the profile allows it
    virtual Result<bool> hasKubeconfig() = 0;
    virtual Result<void> registerCluster(const InstallPlan &plan) = 0; // the cluster's row, and its first control-plane node
    virtual Result<void> registerNode(const PlanHost &host) = 0;
    virtual Result<bool> isRegistered(const QString &host) = 0; // name in the plan; empty = the cluster
    virtual Result<void> unregister(const QString &host) = 0; // the same
};

// Files that are brought to hosts: archives of images, packages where there is no mirror. Read on demand.
struct InstallFile {
    QString name; // of the file on the host
    QByteArray sha256;
    qint64 size = 0;
    QString path; // here
    enum class Kind { Images, Package, Manifest } kind = Kind::Images; // Manifest: of an add-on, "calico.yaml", "metrics-server.yaml"
    friend bool operator==(const InstallFile &, const InstallFile &) = default;
};

struct InstallOptions {
    std::vector<InstallFile> files;
    std::shared_ptr<InstallPlatform> platform; // null: nothing is registered anywhere
    QString owner; // who does it, for locks and journals: a name and a machine
};

// Every step of an installation in an order that keeps to `after`; of a plan without faults.
std::vector<InstallStep> installSteps(const InstallPlan &plan, const InstallOptions &options);
// The removal of one worker (cordon, drain, delete, reset), or of the whole cluster (workers, then control planes, the first last).
std::vector<InstallStep> removeWorkerSteps(const InstallPlan &plan, const QString &host, const InstallOptions &options);
std::vector<InstallStep> removeClusterSteps(const InstallPlan &plan, const InstallOptions &options);

} // namespace kboss
