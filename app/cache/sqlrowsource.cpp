#include "app/cache/sqlrowsource.h"

#include "app/cache/cells.h"

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

Result<std::vector<quint32>> readIds(Connection &connection, const Dataset &dataset, const RowQuery &query)
{
    auto sql = viewSql(dataset, query, "id");
    if (!sql)
        return fail(sql.error());
    auto statement = connection.prepare(sql->text);
    if (!statement)
        return fail(statement.error());
    bindValues(*statement, sql->values);
    std::vector<quint32> ids;
    int code = SQLITE_DONE;
    while ((code = statement->step()) == SQLITE_ROW) {
        const qint64 id = statement->integer(0);
        if (id > std::numeric_limits<quint32>::max())
            return fail(ErrorKind::Storage, QStringLiteral("the dataset has used up its row ids"));
        ids.push_back(static_cast<quint32>(id));
    }
    if (code != SQLITE_DONE)
        return connection.failed();
    ids.shrink_to_fit();
    return ids;
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
            auto ids = readIds(connection, *dataset, query);
            if (!ids)
                return fail(ids.error());
            return std::make_shared<const SqlRowView>(engine, dataset, query, std::move(*ids));
        },
        std::move(cancel));
}

} // namespace kboss
