#include "app/cache/sqlrowsource.h"

#include "app/cache/cells.h"
#include "app/cache/groupcounter.h"

#include <limits>
#include <sqlite3.h>

namespace kboss {

namespace {

Result<std::vector<Row>> readFirst(Connection &connection, const Dataset &dataset, const RowQuery &query, int count)
{
    auto sql = viewSql(dataset, query, "key" + dataset.layout.columnList());
    if (!sql)
        return fail(sql.error());
    auto statement = connection.prepare(sql->text + " LIMIT " + std::to_string(count));
    if (!statement)
        return fail(statement.error());
    bindValues(*statement, sql->values);
    CellReader reader(dataset.schema);
    std::vector<Row> rows;
    int code = SQLITE_DONE;
    while ((code = statement->step()) == SQLITE_ROW)
        rows.push_back({statement->string(0), reader.read(*statement, 1)});
    if (code != SQLITE_DONE)
        return connection.failed();
    return rows;
}

struct ReadView {
    std::vector<quint32> ids;
    std::vector<RowGroup> groups;
};

Result<ReadView> readView(Connection &connection, const Dataset &dataset, const RowQuery &query)
{
    const auto columns = groupSql(dataset, query.grouping);
    auto sql = columns ? viewSql(dataset, query, "id" + columns->text) : Result<ViewSql>(fail(columns.error()));
    if (!sql)
        return fail(sql.error());
    sql->values = columns->values + sql->values; // they stand before the WHERE
    auto statement = connection.prepare(sql->text);
    if (!statement)
        return fail(statement.error());
    bindValues(*statement, sql->values);
    std::vector<quint32> ids;
    GroupCounter groups(dataset.schema, query.grouping);
    int code = SQLITE_DONE;
    while ((code = statement->step()) == SQLITE_ROW) {
        groups.add(*statement, static_cast<qint64>(ids.size()));
        const qint64 id = statement->integer(0);
        if (id > std::numeric_limits<quint32>::max())
            return fail(ErrorKind::Storage, QStringLiteral("the dataset has used up its row ids"));
        ids.push_back(static_cast<quint32>(id));
    }
    if (code != SQLITE_DONE)
        return connection.failed();
    ids.shrink_to_fit();
    return ReadView{std::move(ids), groups.take()};
}

} // namespace

QFuture<Result<std::vector<Row>>> SqlRowSource::firstRows(const RowQuery &query, int count, CancelToken cancel) const
{
    return m_engine->quick().run<std::vector<Row>>(
        [dataset = m_dataset, query, count](Connection &connection) { return readFirst(connection, *dataset, query, count); }, std::move(cancel));
}

QFuture<Result<RowViewPtr>> SqlRowSource::open(const RowQuery &query, CancelToken cancel) const
{
    return m_engine->scans().run<RowViewPtr>(
        [engine = m_engine, dataset = m_dataset, query](Connection &connection) -> Result<RowViewPtr> {
            auto read = readView(connection, *dataset, query);
            if (!read)
                return fail(read.error());
            return std::make_shared<const SqlRowView>(engine, dataset, query, std::move(read->ids), std::move(read->groups));
        },
        std::move(cancel));
}

} // namespace kboss
