#include "app/cache/catalog.h"

#include <sqlite3.h>

namespace kboss {

namespace {

const std::string columns = "n,profile,operation,parameters,schema,next_id,last_change,rows,fetched,failed,failure,complete,version";

DatasetRecord recordOf(const Statement &statement)
{
    DatasetRecord record;
    record.number = static_cast<int>(statement.integer(0));
    record.id = {statement.string(1), statement.string(2), statement.string(3)};
    const auto schema = statement.text(4);
    record.schema = QByteArray(schema.data(), static_cast<qsizetype>(schema.size()));
    record.nextId = statement.integer(5);
    record.lastChangeMs = statement.integer(6);
    record.info.rows = statement.integer(7);
    record.info.fetchedMs = statement.integer(8);
    record.info.failedMs = statement.integer(9);
    record.info.failure = statement.string(10);
    record.info.complete = statement.integer(11) != 0;
    record.info.version = statement.integer(12);
    return record;
}

Result<void> runOnce(Connection &connection, Statement &statement)
{
    if (statement.step() != SQLITE_DONE)
        return connection.failed();
    return {};
}

std::string_view view(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<size_t>(bytes.size())};
}

} // namespace

Result<std::optional<DatasetRecord>> findDataset(Connection &connection, const DatasetId &id)
{
    auto cached = connection.cached("SELECT " + columns + " FROM datasets WHERE profile=? AND operation=? AND parameters=?");
    if (!cached)
        return fail(cached.error());
    StatementUse statement(**cached);
    const QByteArray texts[] = {id.profile.toUtf8(), id.operation.toUtf8(), id.parameters.toUtf8()};
    for (int i = 0; i < 3; ++i)
        statement->bind(i + 1, view(texts[i]));
    const int code = statement->step();
    if (code == SQLITE_ROW)
        return recordOf(*statement);
    if (code != SQLITE_DONE)
        return connection.failed();
    return std::optional<DatasetRecord>();
}

Result<DatasetRecord> readDataset(Connection &connection, int number)
{
    auto cached = connection.cached("SELECT " + columns + " FROM datasets WHERE n=?");
    if (!cached)
        return fail(cached.error());
    StatementUse statement(**cached);
    statement->bind(1, qint64(number));
    const int code = statement->step();
    if (code == SQLITE_ROW)
        return recordOf(*statement);
    if (code != SQLITE_DONE)
        return connection.failed();
    return fail(ErrorKind::NotFound, QStringLiteral("the dataset was removed from the store"));
}

Result<std::vector<DatasetRecord>> readDatasets(Connection &connection)
{
    auto statement = connection.prepare("SELECT " + columns + " FROM datasets ORDER BY n");
    if (!statement)
        return fail(statement.error());
    std::vector<DatasetRecord> records;
    int code = SQLITE_DONE;
    while ((code = statement->step()) == SQLITE_ROW)
        records.push_back(recordOf(*statement));
    if (code != SQLITE_DONE)
        return connection.failed();
    return records;
}

Result<int> insertDataset(Connection &connection, const DatasetRecord &record)
{
    auto statement = connection.prepare("INSERT INTO datasets(n,profile,operation,parameters,schema) VALUES(?,?,?,?,?)");
    if (!statement)
        return fail(statement.error());
    const QByteArray texts[] = {record.id.profile.toUtf8(), record.id.operation.toUtf8(), record.id.parameters.toUtf8(), record.schema};
    if (record.number)
        statement->bind(1, qint64(record.number));
    for (int i = 0; i < 4; ++i)
        statement->bind(i + 2, view(texts[i]));
    if (auto done = runOnce(connection, *statement); !done)
        return fail(done.error());
    return static_cast<int>(sqlite3_last_insert_rowid(connection.handle()));
}

Result<void> updateDataset(Connection &connection, const DatasetRecord &record)
{
    auto cached = connection.cached("UPDATE datasets SET schema=?2,next_id=?3,last_change=?4,rows=?5,fetched=?6,failed=?7,failure=?8,complete=?9,"
                                    "version=?10 WHERE n=?1");
    if (!cached)
        return fail(cached.error());
    StatementUse statement(**cached);
    const QByteArray failure = record.info.failure.toUtf8();
    statement->bind(1, qint64(record.number));
    statement->bind(2, view(record.schema));
    statement->bind(3, record.nextId);
    statement->bind(4, record.lastChangeMs);
    statement->bind(5, record.info.rows);
    statement->bind(6, record.info.fetchedMs);
    statement->bind(7, record.info.failedMs);
    statement->bind(8, view(failure));
    statement->bind(9, qint64(record.info.complete));
    statement->bind(10, record.info.version);
    return runOnce(connection, *statement);
}

Result<void> deleteDataset(Connection &connection, int number)
{
    const std::string n = std::to_string(number);
    return connection.exec("DELETE FROM datasets WHERE n=" + n + ";DELETE FROM syncs WHERE dataset=" + n);
}

Result<void> recordSync(Connection &connection, int number, const RefreshSummary &summary, const QString &failure)
{
    auto cached = connection.cached("INSERT INTO syncs(dataset,time,added,changed,removed,failure) VALUES(?,?,?,?,?,?)");
    if (!cached)
        return fail(cached.error());
    StatementUse statement(**cached);
    const QByteArray text = failure.toUtf8();
    const qint64 numbers[] = {number, summary.finishedMs, summary.added, summary.changed, summary.removed};
    for (int i = 0; i < 5; ++i)
        statement->bind(i + 1, numbers[i]);
    statement->bind(6, view(text));
    if (auto done = runOnce(connection, *statement); !done)
        return done;
    return connection.exec("DELETE FROM syncs WHERE rowid <= (SELECT max(rowid) FROM syncs) - 20000");
}

} // namespace kboss
