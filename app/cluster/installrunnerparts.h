#pragma once

#include "app/cluster/deadlines.h"
#include "app/cluster/hostlock.h"
#include "app/cluster/installcontext.h"
#include "app/cluster/installschedule.h"
#include "app/cluster/observerqueue.h"

namespace kboss {

// The runner's insides, for the files installrunner.cpp, steprun.cpp and lockkeeper.cpp alone.
struct InstallRunner::Private {
    Private(Parts given, Observer observer);

    using Entry = InstallSchedule::Entry;
    using Lane = InstallSchedule::Lane;
    using Order = InstallSchedule::Order;

    // Of the threads.
    void laneLoop(size_t lane);
    void carryOut(size_t lane, const Order &order);
    void undoAll(size_t lane);
    void undoOne(size_t lane, size_t step);
    void leaveOut(size_t lane, const QString &reason);
    bool hasWork(size_t lane) const;
    void settle(); // after every change; under the lock
    bool isAtEnd() const; // the same: nothing runs and nothing can go on by itself
    void writeEnd(std::unique_lock<std::mutex> &lock); // the journal's line, and then it has ended
    QString endText() const; // under the lock
    bool holdLock(size_t lane); // before something is taken back there; from the lane's thread
    void keepLock(size_t lane); // from the lane's thread
    void leaveLock(size_t lane);
    void renewLoop(size_t lane, const std::stop_token &stop);
    void lockLost(size_t lane, const LockLoss &loss);
    std::optional<size_t> lockStepOf(size_t lane) const;
    void releaseLock(size_t lane);

    // Of states; under the lock.
    template <class Change> void change(size_t step, Change &&work)
    {
        work(schedule.entries[step].status);
        voice.changed(schedule.entries[step].status);
    }
    void tell(const std::vector<size_t> &steps)
    {
        for (const size_t step : steps)
            voice.changed(schedule.entries[step].status);
    }
    void failStep(size_t step, const Error &error); // and sets its host aside
    void failLock(size_t lane); // its lock was lost
    Result<size_t> orderable(std::optional<size_t> lane) const; // may be told something
    Result<void> mayReset(size_t lane) const; // no other host would lose its cluster
    std::shared_ptr<const InstallPlan> planFor(size_t step) const;

    void log(const InstallStep &step, StepLogLine::Kind kind, const QString &text)
    {
        voice.logged({parts.clock.nowMs(), step.host, step.id, kind, secrets.masked(text)});
    }
    LockHolder holder() const { return {parts.installId, parts.owner}; }

    const Parts parts;
    StepSecrets secrets;
    Deadlines deadlines;

    mutable std::mutex mutex;
    std::condition_variable_any changed;
    InstallSchedule schedule;
    std::shared_ptr<const InstallPlan> plan; // the given one, with what was accepted since
    bool started = false, paused = false, stopped = false, ended = false;
    bool ending = false, writesEnd = false; // at the end but for the journal's line; one of the threads writes it
    CancelSource all;
    ObserverQueue voice; // after the table: the last to hear of it
    std::vector<std::jthread> keepers, lanes; // last: they use all of the above
};

// One step on its way, on its lane's thread.
class StepRun {
public:
    StepRun(InstallRunner::Private &runner, size_t step);

    void run(); // probe, act, probe
    bool mayUndo(); // false = it is refused: shown as failed, nothing was changed
    bool undo(bool alone); // false = it failed, and its host stays aside; alone: of one step, and not of all of its host
    Result<void> withContext(const std::function<Result<void>(HostContext &)> &work, int deadlineMs);

private:
    enum class Verdict { GoOn, Over };

    template <class Value> Result<Value> call(int deadlineMs, const std::function<Result<Value>(HostContext &)> &work);
    Result<StepFinding> probe();
    Verdict firstProbe();
    Verdict mayAct(); // its turn, and nobody has paused
    Verdict begin(); // the journals
    void act();
    bool judge(const Result<void> &acted); // true = it is to be acted again
    void seal();
    Result<void> write(JournalLine::Kind kind, const QString &detail = {}); // the journal here
    void note(JournalLine::Kind kind, const QString &detail = {}); // the end of something, in both journals
    Result<void> noteOnHost(JournalLine::Kind kind, const QString &detail);
    void done(const StepFinding &finding, bool already);
    void fail(Error error);
    void putBack(); // stopped: as if it had not been touched
    void goneWith(const QString &other); // what it did was taken back with another step
    bool isStopped() const { return m_runner.all.stop_requested(); }
    bool isOnHostJournal() const { return m_step.phase >= InstallPhase::Lock && !m_runner.parts.dryRun; }
    void log(StepLogLine::Kind kind, const QString &text) { m_runner.log(m_step, kind, text); }
    qint64 now() const { return m_runner.parts.clock.nowMs(); }

    InstallRunner::Private &m_runner;
    const size_t m_number;
    const InstallStep &m_step;
    const PlanHost *m_target;
    RemoteHost *m_host;
    bool m_ranDetached = false, m_begun = false;
    int m_losses = 0;
};

} // namespace kboss
