#include "app/cache/changes.h"

#include "app/cache/cells.h"
#include "app/cache/viewsql.h"

#include <map>
#include <sqlite3.h>

namespace kboss {

namespace {

struct Touched {
    qint64 id;
    std::string key;
};

Result<std::vector<Touched>> touchedBetween(Connection &connection, const Dataset &dataset, qint64 fromMs, qint64 toMs, int limit)
{
    const std::string rows = dataset.layout.rows(), history = dataset.layout.history();
    auto statement = connection.prepare("SELECT id,key FROM " + rows + " WHERE valid_from>?1 AND valid_from<=?2 UNION SELECT id,key FROM " + history
                                        + " WHERE valid_from>?1 AND valid_from<=?2 UNION SELECT id,key FROM " + history
                                        + " WHERE valid_to>?1 AND valid_to<=?2 LIMIT ?3");
    if (!statement)
        return fail(statement.error());
    statement->bind(1, fromMs);
    statement->bind(2, toMs);
    statement->bind(3, qint64(limit));
    std::vector<Touched> touched;
    int code = SQLITE_DONE;
    while ((code = statement->step()) == SQLITE_ROW)
        touched.push_back({statement->integer(0), std::string(statement->text(1))});
    if (code != SQLITE_DONE)
        return connection.failed();
    return touched;
}

Result<void> readAt(Connection &connection, const Dataset &dataset, qint64 atMs, const std::vector<Touched> &touched,
                    std::optional<Row> RowChange::*side, std::map<std::string, RowChange> &changes)
{
    if (atMs <= 0)
        return {}; // before the first row; 0 would mean "now" to a lookup
    auto lookup = RowLookup::prepare(connection, dataset, atMs, dataset.layout.columnList());
    if (!lookup)
        return fail(lookup.error());
    CellReader reader(dataset.schema);
    for (const Touched &row : touched) {
        const auto found = lookup->find(row.id);
        if (!found)
            return fail(found.error());
        if (!*found)
            continue;
        RowChange &change = changes[row.key];
        change.*side = Row{(*found)->string(0), reader.read(**found, 2)};
        change.atMs = (*found)->integer(1);
    }
    return {};
}

} // namespace

Result<std::vector<RowChange>> changesBetween(Connection &connection, const Dataset &dataset, qint64 fromMs, qint64 toMs, int limit)
{
    const auto touched = touchedBetween(connection, dataset, fromMs, toMs, limit);
    if (!touched)
        return fail(touched.error());
    std::map<std::string, RowChange> changes; // a key that was removed and came back has two ids but is one row
    if (auto done = readAt(connection, dataset, fromMs, *touched, &RowChange::before, changes); !done)
        return fail(done.error());
    if (auto done = readAt(connection, dataset, toMs, *touched, &RowChange::after, changes); !done)
        return fail(done.error());
    std::vector<RowChange> result;
    for (auto &[key, change] : changes) {
        if (change.before == change.after)
            continue;
        change.key = QString::fromStdString(key);
        if (!change.after)
            change.atMs = 0; // when it went is not in the rows that were read
        change.kind = !change.before ? RowChange::Kind::Added : !change.after ? RowChange::Kind::Removed : RowChange::Kind::Changed;
        result.push_back(std::move(change));
    }
    return result;
}

Result<std::vector<RowChange>> versionsOf(Connection &connection, const Dataset &dataset, const QString &key, int limit)
{
    const std::string rows = dataset.layout.rows(), columns = dataset.layout.columnList();
    auto statement =
        connection.prepare("SELECT key,valid_from" + columns + " FROM " + rows + " WHERE key=?1 UNION ALL SELECT key,valid_from" + columns + " FROM "
                           + dataset.layout.history() + " WHERE id=(SELECT id FROM " + rows + " WHERE key=?1) ORDER BY 2 DESC LIMIT ?2");
    if (!statement)
        return fail(statement.error());
    const QByteArray utf8 = key.toUtf8();
    statement->bind(1, std::string_view(utf8.constData(), static_cast<size_t>(utf8.size())));
    statement->bind(2, qint64(limit) + 1);
    std::vector<RowChange> versions;
    CellReader reader(dataset.schema);
    int code = SQLITE_DONE;
    while ((code = statement->step()) == SQLITE_ROW) {
        Row row{statement->string(0), reader.read(*statement, 2)};
        if (!versions.empty())
            versions.back().before = row;
        RowChange change;
        change.key = key;
        change.atMs = statement->integer(1);
        change.after = std::move(row);
        versions.push_back(std::move(change));
    }
    if (code != SQLITE_DONE)
        return connection.failed();
    if (static_cast<int>(versions.size()) > limit)
        versions.pop_back();
    for (RowChange &change : versions)
        change.kind = change.before ? RowChange::Kind::Changed : RowChange::Kind::Added;
    return versions;
}

Result<std::vector<std::string>> keysChangedSince(Connection &connection, const Dataset &dataset, qint64 sinceMs, int limit)
{
    const auto touched = touchedBetween(connection, dataset, sinceMs, std::numeric_limits<qint64>::max(), limit);
    if (!touched)
        return fail(touched.error());
    std::vector<std::string> keys;
    for (const Touched &row : *touched)
        keys.push_back(row.key);
    return keys;
}

} // namespace kboss
