#pragma once

#include "app/api/apiclient.h"
#include "app/base/job.h"
#include "app/cache/cachestore.h"

namespace kboss {

// Everything needed to keep one dataset: where it comes from and what its rows look like.
struct DatasetSpec {
    DatasetId id;
    nlohmann::json parameters = nlohmann::json::object(); // for the list operation, without paging
    TableSchema schema;
    int periodSeconds = 30; // while visible; also the age up to which it is "live"
    QTimeZone sourceZone = QTimeZone("Asia/Shanghai");
    QString title; // for jobs, in the person's language
};

// Keeps datasets fresh: stale-while-revalidate, paging to the end with progress, polling only while visible with back-off and jitter,
// a new try at once after sleep and when the network or the server comes back (probe every 5 s while offline and something is visible).
// Lives on the GUI thread; decoding runs on a pool, storing on the store's writer. Two refreshes of one dataset never run at once.
class SyncService : public QObject {
    Q_OBJECT
public:
    SyncService(ApiClient *client, CacheStore *store, const Clock &clock, QObject *parent = nullptr);
    ~SyncService() override;

    // Makes the dataset known (declares it in the store). Idempotent. Needed before the rest.
    QFuture<Result<void>> attach(const DatasetSpec &spec);
    void setVisible(const DatasetId &id, bool visible); // counted: two views of one dataset are two
    // Fetch now. The job is the service's own; the same job while one runs.
    Job *refresh(const DatasetId &id);
    Freshness freshness(const DatasetId &id) const;
    Error lastError(const DatasetId &id) const; // of the last refresh; kind Cancelled + empty detail = none
    void setClient(ApiClient *client); // after a re-connect (null = offline)
    ApiClient *client() const;
    // After a write of ours. `patched` = the store already has the row as it is now: then only a refresh that was under way is repeated,
    // since it may carry the row from before; else the dataset is fetched when somebody looks, at once where somebody does.
    void afterWrite(const DatasetId &id, bool patched);
    // A read that shows whether the server is there while no dataset is visible (an empty operation = none).
    void setIdleProbe(const Call &call);

Q_SIGNALS:
    void freshnessChanged(const kboss::DatasetId &id, const kboss::Freshness &freshness);
    void jobStarted(kboss::Job *job);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace kboss
