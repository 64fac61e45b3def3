#pragma once

#include "app/services/datasetrefresh.h"
#include "app/services/freshnessrules.h"

namespace kboss {

// What SyncService knows of one dataset. Times are of the injected clock.
struct SyncedDataset {
    DatasetSpec spec;
    std::shared_ptr<QPromise<Result<void>>> attaching; // until declared
    bool declared = false;
    int visible = 0;
    DatasetInfo info;
    Freshness freshness;
    Error lastError{ErrorKind::Cancelled, {}, {}, {}, {}, 0};
    QPointer<Job> job;
    DatasetRefresh *refresh = nullptr; // under way; owned by the service
    bool again = false; // once more when it ended
    bool stale = false; // a write made it so
    int failures = 0;
    qint64 startedMs = 0;
    qint64 nextMs = 0; // when to ask again while visible; 0 = now

    bool failed() const { return !isUnreachable(lastError); }
};

} // namespace kboss
