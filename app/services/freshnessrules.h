#pragma once

#include "app/base/error.h"
#include "app/base/freshness.h"
#include "app/cache/cachestore.h"

namespace kboss {

// What is known of a dataset at one moment.
struct FreshnessInput {
    DatasetInfo info;
    bool reachable = false; // there is a client and it is not known to be offline
    bool refreshing = false;
    bool failed = false; // the last refresh failed for another reason than that the server could not be reached
    qint64 periodMs = 30'000;
    qint64 nowMs = 0;
};

Freshness freshnessOf(const FreshnessInput &input);

// Whether an error of a refresh says something about the data, or only that nobody was there.
bool isUnreachable(const Error &error);

// When to ask again. Milliseconds from the end of the last refresh; `random` is 0…1.
qint64 nextPollMs(qint64 periodMs, int failures, qint64 lastDurationMs, double random);

} // namespace kboss
