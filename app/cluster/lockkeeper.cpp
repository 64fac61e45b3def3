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
        const auto renewed = takeHostLock(*host, parts.paths, holder(), parts.clock.nowMs(), stop);
        if (!renewed && renewed.error().kind == ErrorKind::Conflict)
            return lockLost(lane, renewed.error());
        // A host that is away just now is asked again in time.
        std::unique_lock lock(mutex);
        changed.wait_for(lock, stop, std::chrono::milliseconds(parts.lockRenewMs), [] { return false; });
    }
}

void InstallRunner::Private::failLock(size_t lane)
{
    for (const size_t step : schedule.lanes[lane].steps) {
        if (schedule.entries[step].step.phase == InstallPhase::Lock && schedule.isSettled(step))
            failStep(step, *schedule.lanes[lane].lost);
    }
}

// Somebody else works there now: nothing more is done on that host.
void InstallRunner::Private::lockLost(size_t lane, const Error &error)
{
    CancelSource current;
    {
        const std::lock_guard lock(mutex);
        Lane &own = schedule.lanes[lane];
        own.lost = Error{ErrorKind::Conflict, u"the lock of the host was lost: %1"_s.arg(error.detail), {}, {}, u"lock"_s, 0};
        own.lockHeld = false;
        current = own.current;
        if (!own.busy) {
            failLock(lane);
            settle();
        }
    }
    changed.notify_all();
    current.request_stop();
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
