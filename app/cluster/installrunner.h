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
};

struct StepLogLine {
    qint64 ms = 0; // of this computer's clock
    QString host, step;
    enum class Kind { Output, Error, Probe, Runner } kind = Kind::Output;
    QString text; // without escapes; secrets known to the runner are never in it
};

// Carries out the steps of an installation on the hosts, side by side where they may be, and loses nothing: before and after every action there is a line in the
// journal here and on the host. Each step is probed first (done already = no action), then acted, then probed again: that verdict alone counts. A step that
// fails sets its host aside; the others go on. A new runner with the same journal goes on where an old one ended, however it ended: it takes from the journal
// only what was begun, and asks the probes.
//
// Owns its threads (one a host, and those of calls under way) and ends them in its destructor without stopping what runs detached on the hosts. All functions
// may be called from any thread and return at once, but for wait(). The observer is called on the runner's threads, one call at a time, must not block, and is
// never called after the destructor has returned.
class InstallRunner {
public:
    struct Parts {
        InstallPlan plan;
        QString installId;
        std::vector<InstallStep> steps;
        InstallHosts &hosts;
        InstallJournal &journal;
        const Clock &clock;
        QString owner;
        bool dryRun = false; // probes alone: what is open ends as WouldRun, nothing is written on a host, not even a journal
    };
    struct Observer {
        std::function<void(const StepStatus &)> changed;
        std::function<void(const StepLogLine &)> logged;
        std::function<void()> ended; // nothing runs and nothing can go on by itself
    };

    explicit InstallRunner(Parts parts, Observer observer = {});
    ~InstallRunner();

    void start();
    void pause(); // what runs goes on to its end; nothing new begins
    void resume();
    void stop(); // ends the calls under way, not what runs detached on hosts; final

    // After a failure, or of a host set aside. Conflict while one of the host's steps is running; NotFound.
    Result<void> repeat(const QString &stepId); // and then what depends on it
    Result<void> undo(const QString &stepId); // it alone; its host stays aside
    Result<void> undoHost(const QString &host); // all that was done there, the last first; every other host goes on

    std::vector<StepStatus> state() const; // in the order of the steps
    bool isEnded() const;
    bool isPaused() const;
    bool wait(int ms); // until ended; false = not yet
    QByteArray secret(const QString &name) const; // what steps have learnt, as "kubeconfig"

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace kboss
