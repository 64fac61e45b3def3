#include "app/cache/cachestore.h"

#include "app/cache/changes.h"
#include "app/cache/changewatch.h"
#include "app/cache/declare.h"
#include "app/cache/refresh.h"
#include "app/cache/sqlrowsource.h"
#include "app/cache/storefile.h"

namespace kboss {

size_t qHash(const DatasetId &id, size_t seed)
{
    return qHashMulti(seed, id.profile, id.operation, id.parameters);
}

struct CacheStore::Private {
    EnginePtr engine;
    std::unique_ptr<ChangeWatch> watch;
};

namespace {

Error undeclared(const DatasetId &id)
{
    return Error{ErrorKind::NotFound, QStringLiteral("the dataset was not declared"), {}, id.operation, {}, 0};
}

template <class T> QFuture<Result<T>> answer(Error error)
{
    QPromise<Result<T>> promise;
    promise.start();
    promise.addResult(Result<T>(Unexpected(std::move(error))));
    promise.finish();
    return promise.future();
}

} // namespace

CacheStore::CacheStore(std::unique_ptr<Private> p) : d(std::move(p)) { }

CacheStore::~CacheStore()
{
    d->watch.reset();
    d->engine->close();
}

Result<std::unique_ptr<CacheStore>> CacheStore::open(const QString &file, const Clock &clock, StoreReport *report)
{
    const auto prepared = prepareStoreFile(file, clock);
    if (!prepared)
        return fail(prepared.error());
    if (report)
        *report = *prepared;
    std::unique_ptr<CacheStore> store(new CacheStore(std::make_unique<Private>()));
    // Signals go through the event queue of the store's thread; the store outlives its threads.
    CacheStore *self = store.get();
    StoreEngine::Listener listener;
    listener.changed = [self](const DatasetId &id, const QSet<QString> &keys, bool many) {
        QMetaObject::invokeMethod(
            self, [self, id, keys, many] { Q_EMIT self->datasetChanged(id, keys, many); }, Qt::QueuedConnection);
    };
    listener.failed = [self](const Error &error) {
        QMetaObject::invokeMethod(
            self, [self, error] { Q_EMIT self->storageFailed(error); }, Qt::QueuedConnection);
    };
    const bool readOnly = prepared->outcome == StoreReport::Outcome::ReadOnlyNewer;
    store->d->engine = std::make_shared<StoreEngine>(file, clock, readOnly, std::move(listener));
    store->d->watch = std::make_unique<ChangeWatch>(store->d->engine, self);
    return store;
}

bool CacheStore::isReadOnly() const
{
    return d->engine->isReadOnly();
}

QFuture<Result<void>> CacheStore::declare(const DatasetId &id, const TableSchema &schema)
{
    StoreEngine *engine = d->engine.get();
    const auto keep = [engine](Connection &connection, Result<DatasetPtr> dataset) -> Result<void> {
        if (!dataset)
            return fail(dataset.error());
        const auto record = readDataset(connection, (*dataset)->layout.number());
        if (!record)
            return fail(record.error());
        engine->noteVersion(record->number, record->info.version);
        engine->setDataset(*dataset);
        return {};
    };
    if (engine->isReadOnly()) {
        return engine->quick().run<void>([=](Connection &connection) { return keep(connection, findDeclared(connection, id, schema)); });
    }
    return engine->write<void>([=](Connection &connection) { return keep(connection, declareDataset(connection, id, schema)); });
}

QFuture<Result<DatasetInfo>> CacheStore::info(const DatasetId &id) const
{
    return d->engine->quick().run<DatasetInfo>([id](Connection &connection) -> Result<DatasetInfo> {
        const auto record = findDataset(connection, id);
        if (!record)
            return fail(record.error());
        if (!*record)
            return fail(undeclared(id));
        return (*record)->info;
    });
}

QFuture<Result<QList<DatasetId>>> CacheStore::datasets() const
{
    return d->engine->quick().run<QList<DatasetId>>([](Connection &connection) -> Result<QList<DatasetId>> {
        const auto records = readDatasets(connection);
        if (!records)
            return fail(records.error());
        QList<DatasetId> ids;
        for (const DatasetRecord &record : *records)
            ids.append(record.id);
        return ids;
    });
}

Result<RowSourcePtr> CacheStore::source(const DatasetId &id) const
{
    auto dataset = d->engine->dataset(id);
    if (!dataset)
        return fail(undeclared(id));
    return std::make_shared<const SqlRowSource>(d->engine, std::move(dataset));
}

std::unique_ptr<RefreshWriter> CacheStore::beginRefresh(const DatasetId &id)
{
    auto dataset = d->engine->dataset(id);
    if (!dataset)
        return refusedRefresh(undeclared(id));
    return std::make_unique<Refresh>(d->engine, std::move(dataset));
}

QFuture<Result<void>> CacheStore::applyRow(const DatasetId &id, RowBatch row)
{
    auto dataset = d->engine->dataset(id);
    if (!dataset)
        return answer<void>(undeclared(id));
    return d->engine->write<void>([engine = d->engine.get(), dataset, rows = std::move(row)](Connection &connection) {
        return applyRows(*engine, connection, *dataset, rows);
    });
}

QFuture<Result<void>> CacheStore::removeRow(const DatasetId &id, const QString &key)
{
    auto dataset = d->engine->dataset(id);
    if (!dataset)
        return answer<void>(undeclared(id));
    return d->engine->write<void>(
        [engine = d->engine.get(), dataset, key](Connection &connection) { return removeKey(*engine, connection, *dataset, key); });
}

QFuture<Result<std::vector<RowChange>>> CacheStore::changes(const DatasetId &id, qint64 fromMs, qint64 toMs, int limit) const
{
    auto dataset = d->engine->dataset(id);
    if (!dataset)
        return answer<std::vector<RowChange>>(undeclared(id));
    return d->engine->scans().run<std::vector<RowChange>>(
        [dataset, fromMs, toMs, limit](Connection &connection) { return changesBetween(connection, *dataset, fromMs, toMs, limit); });
}

QFuture<Result<std::vector<RowChange>>> CacheStore::rowHistory(const DatasetId &id, const QString &key, int limit) const
{
    auto dataset = d->engine->dataset(id);
    if (!dataset)
        return answer<std::vector<RowChange>>(undeclared(id));
    return d->engine->scans().run<std::vector<RowChange>>(
        [dataset, key, limit](Connection &connection) { return versionsOf(connection, *dataset, key, limit); });
}

QFuture<Result<void>> CacheStore::forgetProfile(const QString &profile)
{
    d->engine->dropProfile(profile);
    return d->engine->write<void>([profile](Connection &connection) { return forgetProfileTables(connection, profile); });
}

QFuture<Result<void>> CacheStore::flush()
{
    return d->engine->write<void>([](Connection &connection) { return connection.exec("PRAGMA wal_checkpoint(PASSIVE)"); });
}

} // namespace kboss
