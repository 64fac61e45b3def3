#pragma once

#include "app/services/serverprobe.h"
#include "app/services/synceddataset.h"

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
    std::map<DatasetId, SyncedDataset, DatasetOrder> datasets; // a slot may add one while they are walked through
    QThreadPool pool; // decoding
    QTimer tick; // ages, polling, sleep
    QElapsedTimer awake;
    qint64 lastWallMs = 0;
    ServerProbe probe;
    Call idleProbe;
    QRandomGenerator random{QRandomGenerator::securelySeeded()};

    SyncedDataset *find(const DatasetId &id);
    bool reachable() const; // worth a try
    bool online() const;
    void attached(const DatasetId &id, const Result<void> &declared);
    void readInfo(const DatasetId &id);
    Job *startRefresh(SyncedDataset &dataset);
    void launch(const DatasetId &id);
    void refreshEnded(const DatasetId &id, const Result<RefreshSummary> &result);
    void endJob(SyncedDataset &dataset, const Result<void> &result);
    void updateFreshness(SyncedDataset &dataset);
    void onTick();
    bool wokeUp();
    void refreshVisible();
    void connectionChanged();
    void followProbe();
};

} // namespace kboss
