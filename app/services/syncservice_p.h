#pragma once

#include "app/services/dataset.h"
#include "app/services/serverprobe.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QThreadPool>
#include <QTimer>
#include <map>
#include <tuple>

namespace kboss {

struct DatasetOrder {
    bool operator()(const DatasetId &a, const DatasetId &b) const
    {
        return std::tie(a.operation, a.parameters, a.profile) < std::tie(b.operation, b.parameters, b.profile);
    }
};

struct SyncService::Private {
    SyncService *q = nullptr;
    QPointer<ApiClient> client;
    CacheStore *store = nullptr;
    const Clock *clock = nullptr;
    std::map<DatasetId, Dataset, DatasetOrder> datasets; // a slot may add one while they are walked through
    QThreadPool pool; // decoding
    QTimer tick; // ages, polling, sleep
    QElapsedTimer awake;
    qint64 lastWallMs = 0;
    ServerProbe probe;
    Call idleProbe;
    QRandomGenerator random{QRandomGenerator::securelySeeded()};

    Dataset *find(const DatasetId &id);
    bool reachable() const; // worth a try
    bool online() const;
    void attached(const DatasetId &id, const Result<void> &declared);
    void readInfo(const DatasetId &id);
    Job *startRefresh(Dataset &dataset);
    void launch(const DatasetId &id);
    void refreshEnded(const DatasetId &id, const Result<RefreshSummary> &result);
    void endJob(Dataset &dataset, const Result<void> &result);
    void updateFreshness(Dataset &dataset);
    void onTick();
    bool wokeUp();
    void refreshVisible();
    void connectionChanged();
    void followProbe();
};

} // namespace kboss
