// SyncService: refreshing, polling, and what it hears of server, network and sleep.
#include "app/services/syncservice_p.h"

#include "app/services/onresult.h"

namespace kboss {

namespace {

constexpr qint64 s_sleepMs = 10'000; // the clock went on this much longer than the program ran: it slept

} // namespace

bool SyncService::Private::reachable() const
{
    return client && client->connection() != ApiClient::Connection::Offline && client->connection() != ApiClient::Connection::SignedOut;
}

bool SyncService::Private::online() const
{
    return client && client->connection() == ApiClient::Connection::Online;
}

Job *SyncService::Private::startRefresh(SyncedDataset &dataset)
{
    if (dataset.job)
        return dataset.job;
    auto *job = new Job(dataset.spec.title, q);
    dataset.job = job;
    dataset.stale = false;
    Q_EMIT q->jobStarted(job);
    if (dataset.declared)
        QMetaObject::invokeMethod(
            job, [this, id = dataset.spec.id] { launch(id); }, Qt::QueuedConnection); // so that the caller can connect first
    return job;
}

void SyncService::Private::launch(const DatasetId &id)
{
    SyncedDataset *dataset = find(id);
    if (!dataset || !dataset->job || dataset->refresh)
        return;
    dataset->startedMs = clock->nowMs();
    if (!client)
        return refreshEnded(id, fail(ErrorKind::Offline, QStringLiteral("Not connected")));
    const OperationHandle operation = operationHandle(client->contracts(), id.operation);
    if (!operation || !operation->isRead())
        return refreshEnded(id, fail(ErrorKind::Internal, QStringLiteral("%1 is not a read of the contracts").arg(id.operation)));
    dataset->refresh = new DatasetRefresh({client, store, &pool}, dataset->spec, operation, dataset->job, q);
    dataset->refresh->ended = [this, id](const Result<RefreshSummary> &result) { refreshEnded(id, result); };
    updateFreshness(*dataset);
    dataset->refresh->start();
}

void SyncService::Private::refreshEnded(const DatasetId &id, const Result<RefreshSummary> &result)
{
    SyncedDataset *dataset = find(id);
    if (!dataset)
        return;
    if (DatasetRefresh *refresh = std::exchange(dataset->refresh, nullptr))
        refresh->deleteLater();
    const qint64 now = clock->nowMs();
    const qint64 periodMs = dataset->spec.periodSeconds * 1000;
    if (result) {
        dataset->info.complete = true;
        dataset->info.fetchedMs = result->finishedMs;
        dataset->info.rows = result->added + result->changed + result->unchanged;
        dataset->info.failedMs = 0;
        dataset->lastError = {ErrorKind::Cancelled, {}, {}, {}, {}, 0};
        dataset->failures = 0;
    } else if (result.error().kind != ErrorKind::Cancelled) {
        dataset->lastError = result.error();
        ++dataset->failures;
    }
    dataset->nextMs = now + nextPollMs(periodMs, dataset->failures, now - dataset->startedMs, random.generateDouble());
    updateFreshness(*dataset);
    endJob(*dataset, result ? Result<void>{} : Result<void>(fail(result.error())));
    if (!result)
        readInfo(id); // rows of a first fetch that was broken off
    if (std::exchange(dataset->again, false) && result)
        startRefresh(*dataset);
    followProbe();
}

void SyncService::Private::endJob(SyncedDataset &dataset, const Result<void> &result)
{
    if (Job *job = dataset.job) {
        dataset.job = nullptr;
        job->finish(result);
    }
}

void SyncService::Private::updateFreshness(SyncedDataset &dataset)
{
    FreshnessInput input;
    input.info = dataset.info;
    input.reachable = online();
    input.refreshing = dataset.refresh != nullptr;
    input.failed = dataset.failed();
    input.periodMs = dataset.spec.periodSeconds * 1000;
    input.nowMs = clock->nowMs();
    const Freshness now = freshnessOf(input);
    if (now == dataset.freshness)
        return;
    dataset.freshness = now;
    Q_EMIT q->freshnessChanged(dataset.spec.id, now);
}

void SyncService::Private::onTick()
{
    if (wokeUp())
        refreshVisible();
    std::vector<DatasetId> due;
    for (auto &[id, dataset] : datasets) {
        updateFreshness(dataset);
        if (dataset.visible > 0 && dataset.declared && !dataset.job && (dataset.stale || clock->nowMs() >= dataset.nextMs))
            due.push_back(id);
    }
    if (!reachable())
        return followProbe(); // the probe finds out when to go on
    for (const DatasetId &id : due)
        startRefresh(*find(id));
}

bool SyncService::Private::wokeUp()
{
    const qint64 wall = clock->nowMs();
    const bool woke = wall - lastWallMs - awake.restart() > s_sleepMs;
    lastWallMs = wall;
    return woke;
}

void SyncService::Private::refreshVisible()
{
    if (!client)
        return;
    std::vector<DatasetId> visible;
    for (auto &[id, dataset] : datasets) {
        if (dataset.visible > 0 && dataset.declared)
            visible.push_back(id);
    }
    for (const DatasetId &id : visible)
        startRefresh(*find(id));
}

void SyncService::Private::connectionChanged()
{
    for (auto &[id, dataset] : datasets)
        updateFreshness(dataset);
    if (reachable())
        refreshVisible();
    followProbe();
}

void SyncService::Private::followProbe()
{
    if (!client || client->connection() != ApiClient::Connection::Offline)
        return probe.stop();
    for (auto &[id, dataset] : datasets) {
        if (dataset.visible == 0)
            continue;
        if (const OperationHandle operation = operationHandle(client->contracts(), id.operation))
            return probe.run(client, PageCursor(*operation, dataset.spec.parameters, 1).call());
    }
    if (!idleProbe.operation.isEmpty())
        return probe.run(client, idleProbe);
    probe.stop();
}

} // namespace kboss
