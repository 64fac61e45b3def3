#include "app/services/freshnessrules.h"

#include <algorithm>

namespace kboss {

Freshness freshnessOf(const FreshnessInput &input)
{
    using State = Freshness::State;
    const qint64 asOf = input.info.fetchedMs;
    if (!input.info.complete) {
        if (input.refreshing)
            return {State::Partial, 0};
        if (input.failed)
            return {State::Failed, 0};
        return {input.info.rows > 0 ? State::Partial : State::None, 0};
    }
    if (input.failed)
        return {State::Failed, asOf};
    const qint64 age = input.nowMs - asOf;
    const bool young = age <= input.periodMs && age >= -input.periodMs; // a clock set back must not make old rows live
    return {input.reachable && young ? State::Live : State::Cached, asOf};
}

bool isUnreachable(const Error &error)
{
    return error.kind == ErrorKind::Offline || error.kind == ErrorKind::Cancelled;
}

qint64 nextPollMs(qint64 periodMs, int failures, qint64 lastDurationMs, double random)
{
    constexpr qint64 longestMs = 300'000;
    if (failures > 0) {
        const qint64 backoff = std::min(longestMs, std::max<qint64>(periodMs, 5'000) << std::min(failures - 1, 10));
        return static_cast<qint64>(static_cast<double>(backoff) * (0.5 + 0.5 * random));
    }
    // Before the period ends, so that what is watched does not fall out of "live" each time; never more than a third of the time.
    const auto early = static_cast<qint64>(static_cast<double>(periodMs) * (0.7 + 0.2 * random));
    return std::max(early, 2 * lastDurationMs);
}

} // namespace kboss
