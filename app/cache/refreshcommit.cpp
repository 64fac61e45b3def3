#include "app/cache/refreshstate.h"

#include <sqlite3.h>

namespace kboss {

Result<RefreshSummary> Refresh::State::commit(Connection &connection)
{
    takeWaiting(connection);
    if (!broken.detail.isEmpty())
        return kboss::fail(broken);
    if (generation != engine->generation())
        return kboss::fail(ErrorKind::Storage, QStringLiteral("the store was rebuilt while this refresh ran"));
    auto transaction = Transaction::begin(connection);
    if (!transaction)
        return kboss::fail(transaction.error());
    auto record = readDataset(connection, dataset->layout.number());
    if (!record)
        return kboss::fail(record.error());
    if (record->info.fetchedMs != fetchedAtStart) {
        // Another instance committed a whole refresh meanwhile. Ours was compared with rows that are gone: theirs stays.
        connection.exec("ROLLBACK");
        dropStaging(connection);
        summary = RefreshSummary();
        summary.finishedMs = record->info.fetchedMs;
        return summary;
    }
    const qint64 now = std::max(engine->nowMs(), record->lastChangeMs);
    ChangedKeys keys;
    auto writer = RowWriter::prepare(connection, *dataset, *record, now);
    if (!writer)
        return kboss::fail(writer.error());
    if (auto done = removeUnseen(connection, *record, *writer, keys); !done)
        return kboss::fail(done.error());
    if (auto done = firstLoad ? connection.exec(dataset->layout.createIndexes()) : moveStaged(connection, *writer, keys); !done)
        return kboss::fail(done.error());
    finish(*record, now, !keys.isEmpty());
    if (auto done = updateDataset(connection, *record); !done)
        return kboss::fail(done.error());
    if (summary.added + summary.changed + summary.removed > 0) {
        if (auto done = recordSync(connection, record->number, summary, {}); !done)
            return kboss::fail(done.error());
    }
    if (auto done = engine->commit(*transaction, *record); !done)
        return kboss::fail(done.error());
    dropStaging(connection);
    engine->reportChange(dataset->id, keys);
    return summary;
}

void Refresh::State::finish(DatasetRecord &record, qint64 now, bool changed)
{
    summary.finishedMs = now;
    record.info.complete = true;
    record.info.fetchedMs = now;
    record.info.failedMs = 0;
    record.info.failure.clear();
    if (changed) {
        ++record.info.version;
        record.lastChangeMs = now;
    }
}

Result<void> Refresh::State::removeUnseen(Connection &connection, const DatasetRecord &record, RowWriter &writer, ChangedKeys &keys)
{
    const std::string rows = dataset->layout.rows();
    if (idLimit <= 1)
        return {};
    const auto later = connection.integer("SELECT count(*) FROM " + rows + " WHERE id>=" + std::to_string(idLimit));
    if (!later)
        return kboss::fail(later.error());
    if (record.info.rows - *later == seenCount)
        return {};
    auto all = connection.prepare("SELECT id,key FROM " + rows + " WHERE id<" + std::to_string(idLimit));
    if (!all)
        return kboss::fail(all.error());
    std::vector<std::pair<qint64, std::string>> gone;
    int code = SQLITE_DONE;
    while ((code = all->step()) == SQLITE_ROW) {
        std::string key(all->text(1));
        if (!seen[static_cast<size_t>(all->integer(0))] && !marks->touched.contains(key))
            gone.emplace_back(all->integer(0), std::move(key));
    }
    if (code != SQLITE_DONE)
        return connection.failed();
    for (const auto &[id, key] : gone) {
        if (auto done = writer.remove(id); !done)
            return done;
        keys.add(key);
        ++summary.removed;
    }
    return {};
}

Result<void> Refresh::State::moveStaged(Connection &connection, RowWriter &writer, ChangedKeys &keys)
{
    auto staged = connection.prepare("SELECT key,hash,raw" + dataset->layout.columnList() + " FROM temp." + staging);
    if (!staged)
        return kboss::fail(staged.error());
    int code = SQLITE_DONE;
    while ((code = staged->step()) == SQLITE_ROW) {
        const std::string_view key = staged->text(0);
        if (marks->touched.contains(std::string(key)))
            continue;
        const auto found = writer.find(key);
        if (!found)
            return kboss::fail(found.error());
        if (found->id != 0 && found->hash == static_cast<quint64>(staged->integer(1)))
            continue; // another instance was quicker
        const bool isNew = found->id == 0;
        const auto done = isNew ? writer.insertStaged(*staged).map([] { return true; }) : writer.replaceStaged(found->id, *staged);
        if (!done)
            return kboss::fail(done.error());
        ++(isNew ? summary.added : *done ? summary.changed : summary.unchanged);
        keys.note(key, *done);
    }
    return code == SQLITE_DONE ? Result<void>() : Result<void>(connection.failed());
}

Result<void> Refresh::State::fail(Connection &connection, const Error &reason)
{
    takeWaiting(connection);
    dropStaging(connection);
    marks.reset();
    if (reason.kind == ErrorKind::Cancelled || generation != engine->generation())
        return {};
    auto transaction = Transaction::begin(connection);
    if (!transaction)
        return kboss::fail(transaction.error());
    auto record = readDataset(connection, dataset->layout.number());
    if (!record)
        return kboss::fail(record.error());
    record->info.failedMs = engine->nowMs();
    record->info.failure = reason.detail.isEmpty() ? errorKindName(reason.kind) : reason.detail;
    if (auto done = updateDataset(connection, *record); !done)
        return done;
    RefreshSummary none;
    none.finishedMs = record->info.failedMs;
    if (auto done = recordSync(connection, record->number, none, record->info.failure); !done)
        return done;
    return transaction->commit();
}

void Refresh::State::dropStaging(Connection &connection)
{
    if (staging.empty())
        return;
    connection.forgetCached(); // statements on the table that goes
    connection.exec("DROP TABLE IF EXISTS temp." + staging);
    staging.clear();
}

} // namespace kboss
