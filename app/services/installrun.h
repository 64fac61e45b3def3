#pragma once

#include "app/services/installvalues.h"

#include <QFuture>
#include <QObject>
#include <memory>

namespace kboss {

class Job;

// One run of steps on hosts: an installation, a removal, or a look at what an installation would do. Owned by its Installation; GUI thread. Nothing here blocks.
class InstallRun : public QObject {
    Q_OBJECT
public:
    enum class Kind { Install, DryRun, RemoveWorker, RemoveCluster };
    enum class State {
        Interrupted, // known from the journal of an earlier console; resume() asks the hosts and goes on
        Starting,
        Running,
        Paused, // what runs goes on to its end; nothing new begins
        Failed, // nothing goes on by itself: a step failed or was undone, or it could not begin (error())
        Done, // all of it; or all but the hosts in leftOut()
        Stopped, // by stop(); resume() goes on
    };
    ~InstallRun() override;

    Kind kind() const;
    State state() const;
    const Error &error() const; // why it could not start: Conflict (another process or operator), Storage, Auth …; kind Cancelled without detail = none
    Error failure() const; // of the first step that failed, else error()
    const QString &installId() const;
    const std::vector<InstallStepInfo> &steps() const; // in order
    const InstallStepInfo *step(const QString &id) const;
    StepStatus status(const QString &id) const;
    std::vector<StepStatus> statuses() const; // in the order of steps()

    // Figures over all steps.
    int permille() const; // weighted by usual times and bytes
    qint64 begunMs() const;
    qint64 elapsedMs() const;
    qint64 leftMs() const; // expected until the end by usual times, hosts side by side; -1 = not known (failed, paused)
    int count(StepStatus::State state) const;
    qint64 truthMs() const; // when a state was last learnt from a host

    void pause();
    void resume(); // all that is not done, whatever kept it. Hosts that were undone stay so, unless nothing else is left to do
    void stop(); // ends the calls under way, not what runs detached on hosts

    // What can be done with all of it as it stands. There is always one but while it is Starting or ends.
    struct Ways {
        bool pause = false, stop = false;
        bool resume = false; // also when it could not begin, and after an undo
        bool remove = false; // things were done on hosts: Installation::startRemoval()
        bool close = false; // nothing runs: it may be left as it is, or go from the list
        QStringList undone; // hosts that were undone: repeat() any step of one installs it anew, leaveOut() goes on without it
        friend bool operator==(const Ways &, const Ways &) = default;
    };
    Ways ways() const;

    // Of any step: RepeatStep, UndoStep, UndoHost, LeaveOut, always and in this order; then BreakLock where the step has met somebody else's lock. What is
    // possible depends on the state; a step that waits, runs or is done has few.
    std::vector<InstallChoice> choices(const QString &stepId) const;
    QFuture<Result<void>> repeat(const QString &stepId); // takes in what was accepted meanwhile (InstallChecks::accept), and a host that was left out
    QFuture<Result<void>> undo(const QString &stepId);
    QFuture<Result<void>> undoHost(const QString &host);
    // Goes on without this host: what waits for it does not any more, the cluster is verified and registered without it, and the run can be Done. Rejected for
    // the first control plane, and for another one that was begun and not undone: half a member is worse than none.
    QFuture<Result<void>> leaveOut(const QString &host, const QString &reason);
    QStringList leftOut() const;

    std::vector<InstallLock> locks() const; // of others, that stopped this run, as they were met
    // Breaks the one that locks() shows for the host, and goes on there. Rejected without a reason or when none was met; when it is another one by now, the step
    // fails again and locks() shows that one.
    QFuture<Result<void>> breakLock(const QString &host, const QString &reason);

    // The log. All lines of a host are in a file below the installation's folder (0600, without secrets); the last 20,000 of each in memory.
    static constexpr int s_ringLines = 20'000;
    QStringList logHosts() const; // hosts that have lines
    InstallLogPage log(const QString &host) const; // a copy of the ring
    qint64 firstLogNumber(const QString &host) const; // oldest one in memory
    qint64 logEnd(const QString &host) const; // number of the next line
    const StepLogLine *logLine(const QString &host, qint64 number) const; // null = not in memory
    QFuture<Result<void>> exportLog(const QString &host, const QString &file) const; // empty host = all, by time

Q_SIGNALS:
    void stateChanged();
    void stepsChanged(); // steps(): the files that are brought turned out to be others
    void stepChanged(const kboss::StepStatus &status); // at most 20 a second and step while only bytes change
    void progressChanged(); // figures; at most 4 a second
    void logged(const std::vector<kboss::StepLogLine> &lines); // of all hosts; at most 20 signals a second
    void ended(); // Done, Failed or Stopped

private:
    friend class Installation;
    struct Private;
    explicit InstallRun(std::unique_ptr<Private> parts, QObject *parent);
    std::unique_ptr<Private> d;
};

} // namespace kboss
