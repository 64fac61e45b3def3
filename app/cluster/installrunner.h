#pragma once

#include "app/cluster/installjournal.h"
#include "app/cluster/installstep.h"

namespace kboss {

// The hosts of a plan as something to run commands on. Any thread; the references live as long as this.
class InstallHosts {
public:
    virtual ~InstallHosts() = default;
    virtual RemoteHost *find(const QString &name) = 0; // of the plan
};

// Where a step is.
struct StepStatus {
    enum class State { Waiting, Probing, Running, Done, NotNeeded, Failed, SetAside, Undoing, Undone, WouldRun };
    QString id;
    State state = State::Waiting;
    bool alreadyDone = false; // of Done: the probe found it so before anything was done
    QString detail; // of the probe, or what it is doing
    Error error; // of Failed
    qint64 beganMs = 0, endedMs = 0; // 0 = not yet
    qint64 done = 0, whole = -1; // bytes
    std::optional<HostLock> lock = {}; // of Failed in the phase Lock: somebody else's, as it was met; the step's host is theirs
    bool leftOut = false; // a person went on without its host
};

struct StepLogLine {
    qint64 ms = 0; // of this computer's clock
    QString host, step;
    enum class Kind { Output, Error, Probe, Runner } kind = Kind::Output;
    QString text; // without escapes; secrets known to the runner are never in it
};

// Carries out the steps of an installation on the hosts, side by side where they may be, and loses nothing: before and after every action there is a line in the
// journal here, and from the phase Lock on also in the one on the host. Each step is probed first (done already = no action), then acted, then probed again: that
// verdict alone counts, also after an action that says it failed. A new runner with the same journal goes on where an old one ended, however it ended: it takes from
// the journal only what was begun, and asks the probes. Only hosts whose last line there is an undo are set aside from the beginning, as they were.
//
// A host's steps go one after the other, in the order of the list, which has to keep to `after`. A step that fails sets its host aside; the others go on. A step
// that needs one which will not be done by itself (needsAll) waits, and shows as SetAside once nothing else goes on; repeat() of what failed lets it go on.
// A connection that is lost in a step: the step is probed, and acted again where it is still open, a few times (what runs detached is found running). HostKey and Auth
// set the host aside at once. So does the loss of a host's lock to somebody else, or to nobody (Conflict, with who and since when): what was done there is probed
// again once repeat() has got it back.
// Locks (see hostlock.h) are renewed while the runner lives. They are released when all steps of all hosts but those left out are done; after failures, stop() and
// the destructor they stay, and count as stale after ten minutes.
//
// Owns its threads (one a host, one for deadlines, one for the observer, one for each lock) and ends them in its destructor without stopping what runs detached on
// the hosts. All functions may be called from any thread and return at once, but for wait(). The observer is called on one thread of the runner's own, one call at
// a time; a slow one does not stop the work, it only hears later (observerqueue.h says what is left out then). It must not call the destructor nor wait for the
// thread that does, and is never called after the destructor has returned.
class InstallRunner {
public:
    struct Parts {
        InstallPlan plan;
        QString installId;
        std::vector<InstallStep> steps;
        InstallHosts &hosts;
        InstallJournal &journal;
        const Clock &clock;
        QString owner; // for locks and journals; the same in each try of one installation
        bool dryRun = false; // probes alone: what is open ends as WouldRun, nothing is written on a host, not even a journal, and nothing in the journal here
        HostPaths paths = {};
        int lockRenewMs = 30'000;
        QStringList formerInstalls = {}; // of the same console, ended: their locks are taken over
        bool takesStaleLocks = false; // and those of the same owner that nobody renews any more
        std::map<QString, LockBreak> breaks = {}; // by host: the lock that a person has seen there, and why it may be broken
    };
    struct Observer {
        std::function<void(const StepStatus &)> changed;
        std::function<void(const StepLogLine &)> logged;
        std::function<void()> ended; // nothing runs and nothing can go on by itself; again after each repeat() and undo
    };

    explicit InstallRunner(Parts parts, Observer observer = {});
    ~InstallRunner();

    void start();
    void pause(); // what runs goes on to its end; nothing new begins
    void resume();
    void stop(); // ends the calls under way, not what runs detached on hosts; final

    // After a failure, or of a host set aside. Conflict while one of the host's steps is running, or after stop(); NotFound. They return at once: what becomes of it
    // is told as states. Undoing goes on while paused.
    Result<void> repeat(const QString &stepId); // and then all of its host that is not done, and what waits for it elsewhere
    // It alone, and what goes with it when its undo resets the host (InstallStep::withReset): that waits again. Its host stays aside. Rejected when this installation
    // never began it: what was there before is nobody's to undo; and, both, while other hosts would lose the cluster that this one began.
    Result<void> undo(const QString &stepId);
    Result<void> undoHost(const QString &host); // all that was begun there, the last first; ends at the first that fails. Every other host goes on
    // Goes on without it, until repeat() of one of its steps: nobody waits for it, from the phase Verify on the plan is without it, and its lock is released.
    Result<void> leaveOut(const QString &host, const QString &reason);
    // The lock that the host's lock step has met, and no other; then as repeat(). Rejected without a reason, or when it has met none.
    Result<void> breakLock(const QString &host, const QString &reason);
    // What is accepted from now on, whole (InstallPlan::acceptedProblems); `lines` of what is new come into the journal first. Blocks for the disk.
    Result<void> accept(const QStringList &problems, const QStringList &lines);

    std::vector<StepStatus> state() const; // in the order of the steps
    bool isEnded() const;
    bool isPaused() const;
    bool wait(int ms); // until ended; false = not yet
    QByteArray secret(const QString &name) const; // what steps have learnt, as "kubeconfig"

private:
    friend class StepRun;
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace kboss
