// InstallRunner: the locks of hosts, renewed while it lives.
#include "app/cluster/installrunnerparts.h"

namespace kboss {

using namespace Qt::StringLiterals;
using State = StepStatus::State;

void InstallRunner::Private::keepLock(size_t lane)
{
    {
        const std::lock_guard lock(mutex);
        if (std::exchange(schedule.lanes[lane].lockHeld, true))
            return; // it is being kept
    }
    keepers[lane] = std::jthread([this, lane](const std::stop_token &stop) { renewLoop(lane, stop); }); // one that had ended is joined
}

void InstallRunner::Private::leaveLock(size_t lane)
{
    {
        const std::lock_guard lock(mutex);
        schedule.lanes[lane].lockHeld = false;
    }
    if (keepers[lane].joinable()) {
        keepers[lane].request_stop();
        keepers[lane].join();
    }
}

void InstallRunner::Private::renewLoop(size_t lane, const std::stop_token &stop)
{
    RemoteHost *host = parts.hosts.find(schedule.lanes[lane].host);
    while (host && !stop.stop_requested()) {
        const auto renewed = renewHostLock(*host, parts.paths, holder(), stop);
        if (renewed && *renewed)
            return lockLost(lane, **renewed);
        // A host that is away just now is asked again in time.
        std::unique_lock lock(mutex);
        changed.wait_for(lock, stop, std::chrono::milliseconds(parts.lockRenewMs), [] { return false; });
    }
}

std::optional<size_t> InstallRunner::Private::lockStepOf(size_t lane) const
{
    for (const size_t step : schedule.lanes[lane].steps) {
        if (schedule.entries[step].step.phase == InstallPhase::Lock)
            return step;
    }
    return std::nullopt;
}

void InstallRunner::Private::failLock(size_t lane)
{
    if (const auto step = lockStepOf(lane); step && schedule.isSettled(*step))
        failStep(*step, *schedule.lanes[lane].lost);
}

// Somebody else works there now, or may: nothing more is done on that host.
void InstallRunner::Private::lockLost(size_t lane, const LockLoss &loss)
{
    const Error error{ErrorKind::Conflict, u"the lock of the host was lost: %1"_s.arg(loss.text), {}, {}, u"lock"_s, 0};
    CancelSource current;
    {
        const std::lock_guard lock(mutex);
        Lane &own = schedule.lanes[lane];
        own.lost = error;
        own.met = loss.now;
        own.lockHeld = false;
        current = own.current;
    }
    current.request_stop();
    if (const auto step = lockStepOf(lane)) {
        log(schedule.entries[*step].step, StepLogLine::Kind::Error, error.detail);
        [[maybe_unused]] const auto written =
            parts.journal.write(JournalLine::Kind::Failed, schedule.entries[*step].step.id, error.detail); // shown here
    }
    const std::lock_guard lock(mutex);
    if (!schedule.lanes[lane].busy && schedule.lanes[lane].lost) {
        failLock(lane);
        settle();
    }
    changed.notify_all();
}

// With a new runner nobody holds it yet, and somebody else may have it by now.
bool InstallRunner::Private::holdLock(size_t lane)
{
    const auto step = lockStepOf(lane);
    if (!step || parts.dryRun)
        return true;
    {
        const std::lock_guard lock(mutex);
        if (schedule.lanes[lane].lockHeld)
            return true;
        schedule.lanes[lane].lost.reset();
    }
    const InstallStep &taking = schedule.entries[*step].step;
    const auto taken = StepRun(*this, *step).withContext([&taking](HostContext &context) { return taking.act(context); }, taking.deadlineMs);
    if (taken) {
        keepLock(lane);
        return true;
    }
    log(taking, StepLogLine::Kind::Error, taken.error().detail);
    const std::lock_guard lock(mutex);
    failStep(*step, taken.error());
    return false;
}

void InstallRunner::Private::releaseLock(size_t lane)
{
    leaveLock(lane);
    for (const size_t step : schedule.lanes[lane].steps) {
        if (schedule.entries[step].step.phase != InstallPhase::Lock)
            continue;
        StepRun run(*this, step);
        const auto released = run.withContext(
            [this](HostContext &context) -> Result<void> {
                if (auto written = context.writeHostJournal(JournalLine::Kind::Ended); !written)
                    return written;
                return releaseHostLock(context.host(), parts.paths, holder(), context.token());
            },
            60'000);
        log(schedule.entries[step].step, StepLogLine::Kind::Runner,
            released ? u"the lock is released"_s : u"the lock could not be released: %1"_s.arg(released.error().detail));
        return;
    }
}

} // namespace kboss
