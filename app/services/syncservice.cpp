#include "app/services/syncservice_p.h"

#include "app/services/onresult.h"

namespace kboss {

namespace {

constexpr int s_tickMs = 1'000;

Job *failedJob(SyncService *owner, const QString &title, ErrorKind kind, const QString &detail)
{
    auto *job = new Job(title, owner);
    QMetaObject::invokeMethod(
        job, [job, kind, detail] { job->finish(fail(kind, detail)); }, Qt::QueuedConnection);
    return job;
}

} // namespace

SyncService::SyncService(ApiClient *client, CacheStore *store, const Clock &clock, QObject *parent) : QObject(parent), d(std::make_unique<Private>())
{
    d->q = this;
    d->store = store;
    d->clock = &clock;
    d->pool.setMaxThreadCount(2);
    d->lastWallMs = clock.nowMs();
    d->awake.start();
    connect(&d->tick, &QTimer::timeout, this, [this] { d->onTick(); });
    connect(store, &CacheStore::datasetChanged, this, [this](const DatasetId &id) {
        const SyncedDataset *dataset = d->find(id);
        if (dataset && dataset->declared && !dataset->refresh)
            d->readInfo(id); // another window refreshed it
    });
    d->tick.start(s_tickMs);
    setClient(client);
}

SyncService::~SyncService()
{
    for (auto &[id, dataset] : d->datasets) {
        delete std::exchange(dataset.refresh, nullptr);
        d->endJob(dataset, fail(ErrorKind::Cancelled, {}));
        if (dataset.attaching) {
            dataset.attaching->addResult(fail(ErrorKind::Cancelled, {}));
            dataset.attaching->finish();
        }
    }
    d->pool.waitForDone();
}

ApiClient *SyncService::client() const
{
    return d->client;
}

void SyncService::setClient(ApiClient *client)
{
    if (client == d->client && client)
        return;
    if (d->client)
        d->client->disconnect(this);
    for (auto &[id, dataset] : d->datasets) {
        if (DatasetRefresh *refresh = std::exchange(dataset.refresh, nullptr)) {
            refresh->abandon();
            d->endJob(dataset, fail(ErrorKind::Cancelled, {}));
        }
    }
    d->client = client;
    d->probe.stop();
    if (client)
        connect(client, &ApiClient::connectionChanged, this, [this] { d->connectionChanged(); });
    d->connectionChanged();
}

QFuture<Result<void>> SyncService::attach(const DatasetSpec &spec)
{
    auto [position, isNew] = d->datasets.try_emplace(spec.id);
    SyncedDataset &dataset = position->second;
    const bool sameSchema = !isNew && dataset.spec.schema == spec.schema;
    dataset.spec = spec;
    if (sameSchema && dataset.declared)
        return QtFuture::makeReadyFuture(Result<void>());
    if (sameSchema && dataset.attaching)
        return dataset.attaching->future();
    if (!dataset.attaching) {
        dataset.attaching = std::make_shared<QPromise<Result<void>>>();
        dataset.attaching->start();
    }
    const auto future = dataset.attaching->future();
    onResult(d->store->declare(spec.id, spec.schema), this, [this, id = spec.id](const Result<void> &declared) { d->attached(id, declared); });
    return future;
}

void SyncService::setVisible(const DatasetId &id, bool visible)
{
    SyncedDataset *dataset = d->find(id);
    if (!dataset)
        return;
    dataset->visible = std::max(0, dataset->visible + (visible ? 1 : -1));
    if (visible && dataset->declared && d->reachable() && (dataset->stale || d->clock->nowMs() >= dataset->nextMs))
        d->startRefresh(*dataset);
    d->followProbe();
}

Job *SyncService::refresh(const DatasetId &id)
{
    SyncedDataset *dataset = d->find(id);
    if (!dataset)
        return failedJob(this, id.operation, ErrorKind::Internal, QStringLiteral("This list was not made known before"));
    return d->startRefresh(*dataset);
}

Freshness SyncService::freshness(const DatasetId &id) const
{
    const SyncedDataset *dataset = d->find(id);
    return dataset ? dataset->freshness : Freshness{};
}

Error SyncService::lastError(const DatasetId &id) const
{
    const SyncedDataset *dataset = d->find(id);
    return dataset ? dataset->lastError : Error{ErrorKind::Cancelled, {}, {}, {}, {}, 0};
}

void SyncService::afterWrite(const DatasetId &id, bool patched)
{
    SyncedDataset *dataset = d->find(id);
    if (!dataset)
        return;
    if (dataset->refresh)
        dataset->again = true;
    else if (!patched && dataset->visible > 0)
        d->startRefresh(*dataset);
    else if (!patched)
        dataset->stale = true;
}

void SyncService::setIdleProbe(const Call &call)
{
    d->idleProbe = call;
    d->followProbe();
}

SyncedDataset *SyncService::Private::find(const DatasetId &id)
{
    const auto found = datasets.find(id);
    return found == datasets.end() ? nullptr : &found->second;
}

void SyncService::Private::attached(const DatasetId &id, const Result<void> &declared)
{
    SyncedDataset *dataset = find(id);
    if (!dataset || !dataset->attaching)
        return;
    dataset->declared = declared.has_value();
    const auto promise = std::exchange(dataset->attaching, nullptr);
    if (!declared) {
        dataset->lastError = declared.error();
        endJob(*dataset, declared);
        updateFreshness(*dataset);
    } else {
        readInfo(id);
    }
    promise->addResult(declared);
    promise->finish();
}

void SyncService::Private::readInfo(const DatasetId &id)
{
    onResult(store->info(id), q, [this, id](const Result<DatasetInfo> &info) {
        SyncedDataset *dataset = find(id);
        if (!dataset || !info)
            return;
        const bool first = dataset->nextMs == 0 && dataset->failures == 0;
        dataset->info = *info;
        if (dataset->info.complete && (first || info->fetchedMs + dataset->spec.periodSeconds * 700 > dataset->nextMs))
            dataset->nextMs = info->fetchedMs + nextPollMs(dataset->spec.periodSeconds * 1000, 0, 0, random.generateDouble());
        updateFreshness(*dataset);
        if (dataset->job && !dataset->refresh) // somebody asked before it was known
            launch(id);
        else if (dataset->visible > 0 && !dataset->refresh && clock->nowMs() >= dataset->nextMs)
            startRefresh(*dataset);
    });
}

} // namespace kboss
