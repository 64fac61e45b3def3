#pragma once

#include "app/base/clock.h"
#include "app/base/rowbatch.h"
#include "app/cache/rowsource.h"

#include <QObject>
#include <QSet>
#include <memory>

namespace kboss {

// A dataset is (profile, operation, parameters): what one list answer, paged to its end, contains.
struct DatasetId {
    QString profile;
    QString operation;
    QString parameters; // canonical JSON text of the parameters that are not paging, sort or filter; "{}" for none

    friend bool operator==(const DatasetId &, const DatasetId &) = default;
};
size_t qHash(const DatasetId &id, size_t seed = 0);

struct DatasetInfo {
    qint64 rows = 0;
    qint64 fetchedMs = 0; // end of the last whole refresh, 0 = never
    qint64 failedMs = 0; // the last failed one, 0 = none since
    QString failure; // its error, for display beside the age
    bool complete = false; // a whole refresh was committed once
    qint64 version = 0; // grows with every change of rows
};

struct RefreshSummary {
    qint64 added = 0, changed = 0, removed = 0, unchanged = 0;
    qint64 finishedMs = 0;
};

// The changes of one dataset between two moments: each row once.
struct RowChange {
    enum class Kind { Added, Changed, Removed };
    Kind kind = Kind::Changed;
    QString key;
    std::optional<Row> before, after;
    qint64 atMs = 0; // rowHistory(): when this version was first seen
};

// One refresh under way. append() as pages come (any thread, in order), then exactly one of commit() or abort(); dropping it aborts.
// A first fetch shows its rows as they are committed (freshness Partial) and goes on where rows were kept; a later refresh is one transaction:
// nothing is seen before commit(), nothing of it stays after a crash.
class RefreshWriter {
public:
    virtual ~RefreshWriter() = default;
    virtual QFuture<Result<void>> append(RowBatch rows) = 0;
    virtual QFuture<Result<RefreshSummary>> commit() = 0; // rows not appended are removed, with history
    virtual void abort(const Error &reason) = 0; // the old rows stay; the failure is kept for freshness
};

// What happened when a store was opened.
struct StoreReport {
    enum class Outcome { Opened, Created, Migrated, SetAside, ReadOnlyNewer };
    Outcome outcome = Outcome::Opened;
    QString detail; // SetAside: where the damaged file went; ReadOnlyNewer: the file's schema number
};

// The local store: one SQLite file (0600, WAL), typed columns per dataset, raw JSON without secrets, and the history of every row.
// Owns a writer thread and reader threads; functions may be called from any thread, signals come on the thread the object lives on.
// Ends by finishing the transaction in hand. Survives kill -9 at any moment, a full disk (Storage errors, old rows stay), a damaged file
// (set aside, rebuilt, said), two running instances (each sees the other's commits within 2 s), and a newer schema (opened read-only, said).
// app/cache talks to SQLite through its C interface throughout (sqlite.h, the one door); Qt Sql has no part in it.
class CacheStore : public QObject {
    Q_OBJECT
public:
    static Result<std::unique_ptr<CacheStore>> open(const QString &file, const Clock &clock, StoreReport *report = nullptr);
    ~CacheStore() override;

    // Makes sure the dataset's tables exist with this schema (re-deriving columns from raw rows when it changed). Needed before the rest.
    QFuture<Result<void>> declare(const DatasetId &id, const TableSchema &schema);
    QFuture<Result<DatasetInfo>> info(const DatasetId &id) const;
    QFuture<Result<QList<DatasetId>>> datasets() const;

    Result<RowSourcePtr> source(const DatasetId &id) const; // NotFound unless declared
    std::unique_ptr<RefreshWriter> beginRefresh(const DatasetId &id);
    // After a write of ours: one row as the server now has it (upsert), or its removal; with history.
    QFuture<Result<void>> applyRow(const DatasetId &id, RowBatch row);
    QFuture<Result<void>> removeRow(const DatasetId &id, const QString &key);

    QFuture<Result<std::vector<RowChange>>> changes(const DatasetId &id, qint64 fromMs, qint64 toMs, int limit) const;
    // The versions of one present row, newest first, each against the one before it; the oldest kept one is Added.
    QFuture<Result<std::vector<RowChange>>> rowHistory(const DatasetId &id, const QString &key, int limit) const;
    QFuture<Result<void>> forgetProfile(const QString &profile); // all its datasets
    QFuture<Result<void>> flush(); // waits until what was queued is on disk

    bool isReadOnly() const;

Q_SIGNALS:
    // Rows were committed. `keys` holds what changed, or is empty with `many` when more than 10,000 did.
    void datasetChanged(const kboss::DatasetId &id, const QSet<QString> &keys, bool many);
    void storageFailed(const kboss::Error &error);

private:
    struct Private;
    explicit CacheStore(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

} // namespace kboss

Q_DECLARE_METATYPE(kboss::DatasetId)
