#include "app/cache/refresh.h"

namespace kboss {

namespace {

// Runs `change` on a row writer in one transaction and tells who listens.
template <class Change> Result<void> inOneTransaction(StoreEngine &engine, Connection &connection, const Dataset &dataset, Change change)
{
    auto transaction = Transaction::begin(connection);
    if (!transaction)
        return fail(transaction.error());
    auto record = readDataset(connection, dataset.layout.number());
    if (!record)
        return fail(record.error());
    const qint64 now = std::max(engine.nowMs(), record->lastChangeMs);
    auto writer = RowWriter::prepare(connection, dataset, *record, now);
    if (!writer)
        return fail(writer.error());
    ChangedKeys keys;
    RefreshSummary summary;
    summary.finishedMs = now;
    if (Result<void> done = change(*writer, keys, summary); !done)
        return done;
    if (keys.isEmpty())
        return {};
    record->lastChangeMs = now;
    ++record->info.version;
    if (auto done = updateDataset(connection, *record); !done)
        return done;
    if (auto done = recordSync(connection, record->number, summary, {}); !done)
        return done;
    if (auto done = engine.commit(*transaction, *record); !done)
        return done;
    engine.reportChange(dataset.id, keys);
    return {};
}

} // namespace

Result<void> applyRows(StoreEngine &engine, Connection &connection, const Dataset &dataset, const RowBatch &rows)
{
    if (rows.fieldCount() != static_cast<int>(dataset.schema.fields.size()))
        return fail(ErrorKind::Internal, QStringLiteral("rows of another schema"));
    return inOneTransaction(engine, connection, dataset, [&](RowWriter &writer, ChangedKeys &keys, RefreshSummary &summary) -> Result<void> {
        for (int row = 0; row < rows.rowCount(); ++row) {
            engine.touch(dataset.id, rows.key(row));
            const auto found = writer.find(rows.key(row));
            if (!found)
                return fail(found.error());
            if (found->id != 0 && found->hash == rows.hash(row))
                continue;
            auto written = found->id != 0 ? writer.replace(found->id, rows, row) : writer.insert(rows, row);
            if (!written)
                return fail(written.error());
            ++(found->id != 0 ? summary.changed : summary.added);
            keys.add(rows.key(row));
        }
        return {};
    });
}

Result<void> removeKey(StoreEngine &engine, Connection &connection, const Dataset &dataset, const QString &key)
{
    const std::string bytes = key.toStdString();
    engine.touch(dataset.id, bytes);
    return inOneTransaction(engine, connection, dataset, [&](RowWriter &writer, ChangedKeys &keys, RefreshSummary &summary) -> Result<void> {
        const auto found = writer.find(bytes);
        if (!found)
            return fail(found.error());
        if (found->id == 0)
            return {};
        keys.add(bytes);
        summary.removed = 1;
        return writer.remove(found->id);
    });
}

} // namespace kboss
