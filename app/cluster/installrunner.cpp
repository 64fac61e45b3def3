#include "app/cluster/installrunner.h"

#include "app/cluster/installrunnerparts.h"

namespace kboss {

using namespace Qt::StringLiterals;
using State = StepStatus::State;

InstallRunner::Private::Private(Parts given, Observer observer)
    : parts(std::move(given)), schedule(parts.steps, parts.journal.lines()), plan(std::make_shared<const InstallPlan>(parts.plan)),
      voice(std::move(observer)), keepers(schedule.lanes.size())
{
    for (Lane &lane : schedule.lanes) {
        if (const auto found = parts.breaks.find(lane.host); found != parts.breaks.end())
            lane.breaks = found->second;
    }
}

bool InstallRunner::Private::hasWork(size_t lane) const
{
    return !schedule.lanes[lane].orders.empty() || (!paused && schedule.next(lane));
}

void InstallRunner::Private::laneLoop(size_t lane)
{
    std::unique_lock lock(mutex);
    Lane &own = schedule.lanes[lane];
    for (;;) {
        changed.wait(lock, [this, lane] { return ending || stopped || hasWork(lane); });
        if (ending) {
            writeEnd(lock);
            continue;
        }
        if (stopped)
            return;
        std::optional<Order> order;
        std::optional<size_t> step;
        if (!own.orders.empty()) {
            order = own.orders.front();
            own.orders.pop_front();
        } else {
            step = schedule.next(lane);
            if (schedule.entries[*step].isOpen)
                schedule.takeTurn(*step); // next() has seen that there is room
        }
        own.busy = true;
        lock.unlock();
        if (order)
            carryOut(lane, *order);
        else
            StepRun(*this, *step).run();
        const bool holdsLock = step && schedule.entries[*step].step.phase == InstallPhase::Lock && !parts.dryRun && [&] {
            const std::lock_guard again(mutex);
            return schedule.entries[*step].status.state == State::Done;
        }();
        if (holdsLock)
            keepLock(lane);
        lock.lock();
        own.busy = false;
        if (own.lost)
            failLock(lane);
        settle();
        changed.notify_all();
    }
}

void InstallRunner::Private::carryOut(size_t lane, const Order &order)
{
    switch (order.kind) {
    case Order::Kind::Release:
        return releaseLock(lane);
    case Order::Kind::LeaveOut:
        return leaveOut(lane, order.why);
    case Order::Kind::Undo:
        if (StepRun(*this, order.step).mayUndo())
            undoOne(lane, order.step);
        return;
    case Order::Kind::UndoHost:
        return undoAll(lane);
    }
}

void InstallRunner::Private::undoOne(size_t lane, size_t step)
{
    if (schedule.entries[step].step.phase == InstallPhase::Lock)
        leaveLock(lane);
    else if (!holdLock(lane))
        return;
    StepRun(*this, step).undo(true);
}

void InstallRunner::Private::undoAll(size_t lane)
{
    const auto isBegun = [this](size_t step) {
        const std::lock_guard lock(mutex);
        return schedule.entries[step].begun;
    };
    if (!holdLock(lane))
        return;
    const std::vector<size_t> &steps = schedule.lanes[lane].steps;
    const auto asked = std::find_if(steps.rbegin(), steps.rend(), [&](size_t step) { return schedule.entries[step].step.mayUndo && isBegun(step); });
    if (asked != steps.rend() && !StepRun(*this, *asked).mayUndo())
        return;
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
        if (!isBegun(*step))
            continue;
        if (schedule.entries[*step].step.phase == InstallPhase::Lock)
            leaveLock(lane);
        if (all.stop_requested() || !StepRun(*this, *step).undo(false))
            return;
    }
}

void InstallRunner::Private::leaveOut(size_t lane, const QString &reason)
{
    const QString host = schedule.lanes[lane].host;
    const auto written = parts.journal.write(JournalLine::Kind::LeftOut, host + u'/', reason);
    const InstallStep &first = schedule.entries[schedule.lanes[lane].steps.front()].step;
    log(first, written ? StepLogLine::Kind::Runner : StepLogLine::Kind::Error,
        written ? u"the host is left out: %1"_s.arg(reason) : written.error().detail);
    if (!written)
        return;
    const auto lockStep = lockStepOf(lane);
    bool mayBeOurs = false;
    {
        const std::lock_guard lock(mutex);
        tell(schedule.leaveOut(lane));
        mayBeOurs = lockStep && schedule.entries[*lockStep].begun && !schedule.lanes[lane].lost;
        changed.notify_all(); // the others need not wait for that host to answer
    }
    if (mayBeOurs)
        releaseLock(lane);
}

void InstallRunner::Private::failStep(size_t step, const Error &error)
{
    change(step, [&](StepStatus &status) {
        status.state = State::Failed;
        status.error = error;
        status.endedMs = parts.clock.nowMs();
        if (schedule.entries[step].step.phase == InstallPhase::Lock)
            status.lock = schedule.lanes[schedule.entries[step].lane].met;
    });
    schedule.endTurn(step);
    tell(schedule.setAside(schedule.entries[step].lane));
}

bool InstallRunner::Private::isAtEnd() const
{
    return stopped ? std::none_of(schedule.lanes.begin(), schedule.lanes.end(), [](const Lane &lane) { return lane.busy; }) : schedule.isIdle();
}

void InstallRunner::Private::settle()
{
    if (!started || ended || ending || writesEnd || !isAtEnd())
        return;
    if (!stopped && schedule.isAllDone()) {
        bool releases = false;
        for (Lane &lane : schedule.lanes) {
            if (!std::exchange(lane.lockHeld, false))
                continue;
            lane.orders.push_back({Order::Kind::Release, 0});
            releases = true;
        }
        if (releases)
            return;
    }
    if (!stopped)
        tell(schedule.setBlockedAside());
    ending = true; // the lanes' threads write: nobody else waits for the disk
    changed.notify_all();
}

void InstallRunner::Private::writeEnd(std::unique_lock<std::mutex> &lock)
{
    ending = false;
    if (!parts.dryRun && isAtEnd()) {
        const QString text = endText();
        writesEnd = true;
        lock.unlock();
        [[maybe_unused]] const auto written = parts.journal.write(JournalLine::Kind::Ended, {}, text); // nothing hangs on this line
        lock.lock();
        writesEnd = false;
    }
    if (!isAtEnd()) // somebody has ordered something meanwhile
        return settle();
    ended = true;
    voice.ended();
    changed.notify_all();
}

QString InstallRunner::Private::endText() const
{
    const auto count = [this](State state) {
        return std::count_if(schedule.entries.begin(), schedule.entries.end(), [state](const Entry &entry) { return entry.status.state == state; });
    };
    const auto leftOut = std::count_if(schedule.lanes.begin(), schedule.lanes.end(), [](const Lane &lane) { return lane.leftOut; });
    if (schedule.isAllDone())
        return leftOut == 0 ? u"all done"_s : u"all done, without %1 hosts"_s.arg(leftOut);
    return u"%1: %2 failed, %3 set aside"_s.arg(stopped ? u"stopped"_s : u"not all done"_s).arg(count(State::Failed)).arg(count(State::SetAside));
}

std::shared_ptr<const InstallPlan> InstallRunner::Private::planFor(size_t step) const
{
    const Entry &entry = schedule.entries[step];
    const auto isOut = [&](const Lane &lane) { return lane.leftOut && lane.host != entry.step.host; };
    if (entry.step.phase < InstallPhase::Verify || std::none_of(schedule.lanes.begin(), schedule.lanes.end(), isOut))
        return plan;
    auto less = std::make_shared<InstallPlan>(*plan);
    for (const Lane &lane : schedule.lanes) {
        if (isOut(lane))
            std::erase_if(less->hosts, [&lane](const PlanHost &host) { return host.name == lane.host; });
    }
    return less;
}

Result<size_t> InstallRunner::Private::orderable(std::optional<size_t> lane) const
{
    if (!lane)
        return fail(ErrorKind::NotFound, u"there is no such step or host"_s);
    if (!started || stopped)
        return fail(ErrorKind::Conflict, started ? u"the installation was stopped"_s : u"the installation was not started"_s);
    if (schedule.lanes[*lane].busy || !schedule.lanes[*lane].orders.empty())
        return fail(ErrorKind::Conflict, u"%1 is at work"_s.arg(schedule.lanes[*lane].host));
    return *lane;
}

Result<void> InstallRunner::Private::mayReset(size_t lane) const
{
    const QStringList others = schedule.joinedAfter(lane);
    if (others.isEmpty())
        return {};
    return fail(ErrorKind::Rejected,
                u"%1 would lose their cluster, which %2 began: undo those hosts first, or remove the whole cluster"_s.arg(others.join(u", "_s),
                                                                                                                          schedule.lanes[lane].host));
}

InstallRunner::InstallRunner(Parts parts, Observer observer) : d(std::make_unique<Private>(std::move(parts), std::move(observer))) { }

InstallRunner::~InstallRunner()
{
    stop();
    d->lanes.clear(); // joined
    d->keepers.clear();
}

void InstallRunner::start()
{
    std::unique_lock lock(d->mutex);
    if (d->started || d->stopped)
        return;
    d->started = true;
    d->lanes.reserve(d->schedule.lanes.size());
    for (size_t i = 0; i < d->schedule.lanes.size(); ++i)
        d->lanes.emplace_back([parts = d.get(), i] { parts->laneLoop(i); });
    d->settle();
    if (d->lanes.empty())
        d->writeEnd(lock);
}

void InstallRunner::pause()
{
    const std::lock_guard lock(d->mutex);
    d->paused = true;
}

void InstallRunner::resume()
{
    const std::lock_guard lock(d->mutex);
    d->paused = false;
    d->changed.notify_all();
}

void InstallRunner::stop()
{
    {
        const std::lock_guard lock(d->mutex);
        if (std::exchange(d->stopped, true))
            return;
        d->settle();
        d->changed.notify_all();
    }
    d->all.request_stop();
}

Result<void> InstallRunner::repeat(const QString &stepId)
{
    const std::lock_guard lock(d->mutex);
    const auto step = d->schedule.find(stepId);
    const auto lane = d->orderable(step ? std::optional(d->schedule.entries[*step].lane) : std::nullopt);
    if (!lane)
        return fail(lane.error());
    d->ended = false;
    d->tell(d->schedule.bringBack(*step));
    d->settle();
    d->changed.notify_all();
    return {};
}

Result<void> InstallRunner::undo(const QString &stepId)
{
    const std::lock_guard lock(d->mutex);
    const auto step = d->schedule.find(stepId);
    const auto lane = d->orderable(step ? std::optional(d->schedule.entries[*step].lane) : std::nullopt);
    if (!lane)
        return fail(lane.error());
    if (d->parts.dryRun || !d->schedule.entries[*step].begun)
        return fail(ErrorKind::Rejected, u"%1 was not done by this installation"_s.arg(stepId));
    if (d->schedule.entries[*step].step.withReset == InstallStep::WithReset::Resets) {
        if (auto may = d->mayReset(*lane); !may)
            return may;
    }
    d->ended = false;
    d->tell(d->schedule.setAside(*lane));
    d->schedule.lanes[*lane].orders.push_back({InstallSchedule::Order::Kind::Undo, *step});
    d->changed.notify_all();
    return {};
}

Result<void> InstallRunner::undoHost(const QString &host)
{
    const std::lock_guard lock(d->mutex);
    const auto lane = d->orderable(d->schedule.laneOf(host));
    if (!lane)
        return fail(lane.error());
    if (d->parts.dryRun)
        return fail(ErrorKind::Rejected, u"a dry run has done nothing"_s);
    if (auto may = d->mayReset(*lane); !may)
        return may;
    d->ended = false;
    d->tell(d->schedule.setAside(*lane));
    d->schedule.lanes[*lane].orders.push_back({InstallSchedule::Order::Kind::UndoHost, 0});
    d->changed.notify_all();
    return {};
}

Result<void> InstallRunner::leaveOut(const QString &host, const QString &reason)
{
    const std::lock_guard lock(d->mutex);
    const auto lane = d->orderable(d->schedule.laneOf(host));
    if (!lane)
        return fail(lane.error());
    if (d->parts.dryRun)
        return fail(ErrorKind::Rejected, u"a dry run has done nothing"_s);
    for (const size_t step : d->schedule.lanes[*lane].steps) {
        const InstallSchedule::Entry &entry = d->schedule.entries[step];
        const bool joins = entry.step.phase == InstallPhase::ControlPlanes && entry.step.withReset == InstallStep::WithReset::Resets;
        if (joins && entry.begun) // also one that goes on there by itself while nobody looks
            return fail(ErrorKind::Rejected, u"%1 may be half a member of the control plane: it has to be undone first"_s.arg(host), u"host"_s);
    }
    d->ended = false;
    d->tell(d->schedule.setAside(*lane));
    d->schedule.lanes[*lane].orders.push_back({InstallSchedule::Order::Kind::LeaveOut, 0, reason.trimmed()});
    d->changed.notify_all();
    return {};
}

Result<void> InstallRunner::breakLock(const QString &host, const QString &reason)
{
    const std::lock_guard lock(d->mutex);
    const auto lane = d->orderable(d->schedule.laneOf(host));
    if (!lane)
        return fail(lane.error());
    const auto step = d->lockStepOf(*lane);
    const std::optional<HostLock> met = d->schedule.lanes[*lane].met;
    if (!step || !met)
        return fail(ErrorKind::Rejected, u"no lock of somebody else was met on %1"_s.arg(host), u"host"_s);
    if (reason.trimmed().isEmpty())
        return fail(ErrorKind::Rejected, u"a lock is only broken with a reason"_s, u"reason"_s);
    d->schedule.lanes[*lane].breaks = LockBreak{*met, reason.trimmed()};
    d->ended = false;
    d->tell(d->schedule.bringBack(*step));
    d->settle();
    d->changed.notify_all();
    return {};
}

Result<void> InstallRunner::accept(const QStringList &problems, const QStringList &lines)
{
    for (const QString &line : lines) {
        if (auto written = d->parts.journal.write(JournalLine::Kind::Accepted, {}, line); !written)
            return written;
    }
    const std::lock_guard lock(d->mutex);
    auto next = std::make_shared<InstallPlan>(*d->plan);
    next->acceptedProblems = problems;
    d->plan = std::move(next);
    return {};
}

std::vector<StepStatus> InstallRunner::state() const
{
    const std::lock_guard lock(d->mutex);
    std::vector<StepStatus> states;
    for (const auto &entry : d->schedule.entries)
        states.push_back(entry.status);
    return states;
}

bool InstallRunner::isEnded() const
{
    const std::lock_guard lock(d->mutex);
    return d->ended;
}

bool InstallRunner::isPaused() const
{
    const std::lock_guard lock(d->mutex);
    return d->paused;
}

bool InstallRunner::wait(int ms)
{
    std::unique_lock lock(d->mutex);
    return d->changed.wait_for(lock, std::chrono::milliseconds(ms), [this] { return d->ended; });
}

QByteArray InstallRunner::secret(const QString &name) const
{
    return d->secrets.get(name);
}

} // namespace kboss
