#include "app/cache/refreshstate.h"

#include <sqlite3.h>

namespace kboss {

namespace {

template <class T> QFuture<Result<T>> readyFuture(Result<T> value)
{
    QPromise<Result<T>> promise;
    promise.start();
    promise.addResult(std::move(value));
    promise.finish();
    return promise.future();
}

class RefusedRefresh final : public RefreshWriter {
public:
    explicit RefusedRefresh(Error error) : m_error(std::move(error)) { }
    QFuture<Result<void>> append(RowBatch) override { return readyFuture(Result<void>(Unexpected(m_error))); }
    QFuture<Result<RefreshSummary>> commit() override { return readyFuture(Result<RefreshSummary>(Unexpected(m_error))); }
    void abort(const Error &) override { }

private:
    Error m_error;
};

} // namespace

std::unique_ptr<RefreshWriter> refusedRefresh(const Error &error)
{
    return std::make_unique<RefusedRefresh>(error);
}

Refresh::Refresh(EnginePtr engine, DatasetPtr dataset) : m_state(std::make_shared<State>())
{
    m_state->engine = std::move(engine);
    m_state->dataset = std::move(dataset);
    m_state->engine->write<void>([state = m_state](Connection &connection) { return state->start(connection); });
}

Refresh::~Refresh()
{
    if (!m_ended)
        abort(Error{ErrorKind::Cancelled, {}, {}, {}, {}, 0});
}

QFuture<Result<void>> Refresh::append(RowBatch rows)
{
    auto promise = std::make_shared<QPromise<Result<void>>>();
    promise->start();
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->waiting.push_back({std::move(rows), promise});
    }
    m_state->engine
        ->write<void>([state = m_state](Connection &connection) -> Result<void> {
            state->takeWaiting(connection);
            return {};
        })
        .then([promise](const Result<void> &result) {
            if (!result && !promise->future().isFinished()) { // the job never ran
                promise->addResult(result);
                promise->finish();
            }
        });
    return promise->future();
}

QFuture<Result<RefreshSummary>> Refresh::commit()
{
    m_ended = true;
    return m_state->engine->write<RefreshSummary>([state = m_state](Connection &connection) {
        auto result = state->commit(connection);
        if (!result)
            state->fail(connection, result.error());
        connection.releaseMemory(); // tables that are read anew every few seconds would fill the writer's 64 MB with their history
        return result;
    });
}

void Refresh::abort(const Error &reason)
{
    m_ended = true;
    m_state->engine->write<void>([state = m_state, reason](Connection &connection) {
        auto done = state->fail(connection, reason);
        connection.releaseMemory();
        return done;
    });
}

Result<void> Refresh::State::start(Connection &connection)
{
    started = true;
    generation = engine->generation();
    const auto record = readDataset(connection, dataset->layout.number());
    if (!record) {
        broken = record.error();
        return kboss::fail(broken);
    }
    firstLoad = !record->info.complete;
    emptyAtStart = record->info.rows == 0;
    fetchedAtStart = record->info.fetchedMs;
    idLimit = record->nextId;
    seen.assign(static_cast<size_t>(idLimit), false);
    marks = std::make_shared<RefreshMarks>(RefreshMarks{dataset->id, {}});
    engine->addMarks(marks);
    if (firstLoad)
        return {};
    static std::atomic<int> counter = 0;
    staging = std::to_string(++counter);
    staging.insert(staging.begin(), 's');
    if (auto done = connection.exec(dataset->layout.createStaging(staging)); !done) {
        broken = done.error();
        return done;
    }
    return {};
}

bool Refresh::State::markSeen(qint64 id)
{
    if (id >= idLimit || seen[static_cast<size_t>(id)])
        return id >= idLimit;
    seen[static_cast<size_t>(id)] = true;
    ++seenCount;
    return true;
}

void Refresh::State::takeWaiting(Connection &connection)
{
    std::vector<Page> group;
    {
        const std::lock_guard lock(mutex);
        group.swap(waiting);
    }
    if (group.empty())
        return; // an earlier job took these pages
    Result<void> done;
    if (!broken.detail.isEmpty())
        done = kboss::fail(broken);
    else if (done = writeGroup(connection, group); !done)
        broken = done.error();
    if (!done)
        engine->reportFailure(done.error());
    for (const Page &page : group) {
        page.promise->addResult(done);
        page.promise->finish();
    }
}

Result<void> Refresh::State::writeGroup(Connection &connection, const std::vector<Page> &group)
{
    if (generation != engine->generation())
        return kboss::fail(ErrorKind::Storage, QStringLiteral("the store was rebuilt while this refresh ran"));
    for (const Page &page : group) {
        if (page.rows.fieldCount() != static_cast<int>(dataset->schema.fields.size()))
            return kboss::fail(ErrorKind::Internal, QStringLiteral("rows of another schema"));
    }
    return firstLoad ? loadGroup(connection, group) : stageGroup(connection, group);
}

Result<void> Refresh::State::loadGroup(Connection &connection, const std::vector<Page> &group)
{
    auto transaction = Transaction::begin(connection);
    if (!transaction)
        return kboss::fail(transaction.error());
    auto record = readDataset(connection, dataset->layout.number());
    if (!record)
        return kboss::fail(record.error());
    record->lastChangeMs = std::max(engine->nowMs(), record->lastChangeMs);
    ChangedKeys keys;
    {
        auto writer = RowWriter::prepare(connection, *dataset, *record, record->lastChangeMs);
        auto matcher = RowMatcher::prepare(connection, *dataset, emptyAtStart ? record->nextId : walkedTo);
        if (!writer || !matcher)
            return kboss::fail(writer ? matcher.error() : writer.error());
        for (const Page &page : group) {
            for (int row = 0; row < page.rows.rowCount(); ++row) {
                if (auto done = loadRow(*writer, *matcher, page.rows, row, keys); !done)
                    return done;
            }
        }
        walkedTo = matcher->lastId();
    }
    if (!keys.isEmpty())
        ++record->info.version;
    if (auto done = updateDataset(connection, *record); !done)
        return done;
    if (auto done = engine->commit(*transaction, *record); !done)
        return done;
    engine->reportChange(dataset->id, keys);
    return {};
}

Result<void> Refresh::State::loadRow(RowWriter &writer, RowMatcher &matcher, const RowBatch &rows, int row, ChangedKeys &keys)
{
    const std::string_view key = rows.key(row);
    if (marks->touched.contains(std::string(key)))
        return {};
    RowWriter::Found found;
    if (!emptyAtStart) {
        auto known = matcher.find(key);
        if (!known)
            return kboss::fail(known.error());
        found = *known;
    }
    if (found.id == 0) {
        auto inserted = writer.insert(rows, row);
        if (!inserted)
            return kboss::fail(inserted.error());
        if (*inserted) {
            ++summary.added;
            keys.add(key);
            return {};
        }
        auto known = writer.find(key); // the list holds this row twice
        if (!known)
            return kboss::fail(known.error());
        found = *known;
    }
    markSeen(found.id);
    if (found.hash == rows.hash(row)) {
        ++summary.unchanged;
        return {};
    }
    const auto told = writer.replace(found.id, rows, row);
    if (!told)
        return kboss::fail(told.error());
    ++(*told ? summary.changed : summary.unchanged);
    keys.note(key, *told);
    return {};
}

Result<void> Refresh::State::stageGroup(Connection &connection, const std::vector<Page> &group)
{
    if (auto done = connection.exec("BEGIN"); !done)
        return done;
    auto stage = connection.cached(dataset->layout.insertStaged(staging));
    auto unstage = connection.cached("DELETE FROM temp." + staging + " WHERE key=?");
    Result<void> done;
    {
        auto matcher = RowMatcher::prepare(connection, *dataset, walkedTo);
        if (!stage || !unstage || !matcher)
            done = kboss::fail(!stage ? stage.error() : !unstage ? unstage.error() : matcher.error());
        for (size_t page = 0; done && page < group.size(); ++page) {
            for (int row = 0; done && row < group[page].rows.rowCount(); ++row)
                done = stageRow(*matcher, **stage, **unstage, group[page].rows, row);
        }
        if (done)
            walkedTo = matcher->lastId();
    }
    auto ended = connection.exec(done ? "COMMIT" : "ROLLBACK");
    return done ? ended : done;
}

Result<void> Refresh::State::stageRow(RowMatcher &matcher, Statement &stage, Statement &unstage, const RowBatch &rows, int row)
{
    const auto found = matcher.find(rows.key(row));
    if (!found)
        return kboss::fail(found.error());
    const bool firstTime = found->id == 0 || markSeen(found->id);
    const bool same = found->id != 0 && found->hash == rows.hash(row);
    if (same && firstTime) {
        ++summary.unchanged;
        return {};
    }
    // A row that the list holds twice: the later one counts.
    StatementUse statement(same ? unstage : stage);
    statement->bind(1, rows.key(row));
    CellBinder binder(dataset->schema);
    if (!same) {
        statement->bind(2, static_cast<qint64>(rows.hash(row)));
        statement->bindBlob(3, rows.raw(row));
        binder.bind(*statement, 4, rows, row);
    }
    if (statement->step() != SQLITE_DONE)
        return kboss::fail(ErrorKind::Storage, QString::fromUtf8(sqlite3_errmsg(sqlite3_db_handle(statement->handle()))));
    return {};
}

} // namespace kboss
