#include "app/cache/sqlrowsource.h"

#include "app/cache/cells.h"

#include <sqlite3.h>

namespace kboss {

namespace {

constexpr qint64 blockRows = 1000;

Result<std::vector<quint32>> idsOfKey(Connection &connection, const Dataset &dataset, qint64 asOfMs, const std::string &key)
{
    std::string sql = "SELECT id FROM " + dataset.layout.rows() + " WHERE key=?1";
    if (asOfMs != 0)
        sql += " UNION SELECT id FROM " + dataset.layout.history() + " WHERE key=?1";
    auto cached = connection.cached(sql);
    if (!cached)
        return fail(cached.error());
    StatementUse statement(**cached);
    statement->bind(1, key);
    std::vector<quint32> ids;
    int code = SQLITE_DONE;
    while ((code = statement->step()) == SQLITE_ROW)
        ids.push_back(static_cast<quint32>(statement->integer(0)));
    if (code != SQLITE_DONE)
        return connection.failed();
    return ids;
}

} // namespace

SqlRowView::SqlRowView(EnginePtr engine, DatasetPtr dataset, RowQuery query, std::vector<quint32> ids, std::vector<RowGroup> groups)
    : m_engine(std::move(engine)), m_dataset(std::move(dataset)), m_query(std::move(query)), m_ids(std::move(ids)), m_groups(std::move(groups))
{
}

Result<std::vector<Row>> SqlRowView::read(Connection &connection, qint64 first, qint64 count) const
{
    auto lookup = RowLookup::prepare(connection, *m_dataset, m_query.asOfMs, m_dataset->layout.columnList());
    if (!lookup)
        return fail(lookup.error());
    CellReader reader(m_dataset->schema);
    const qint64 from = std::max<qint64>(0, first), end = std::min(this->count(), first + count);
    std::vector<Row> rows;
    rows.reserve(static_cast<size_t>(std::max<qint64>(0, end - from)));
    for (qint64 position = from; position < end; ++position) {
        const auto row = lookup->find(m_ids[static_cast<size_t>(position)]);
        if (!row)
            return fail(row.error());
        if (*row)
            rows.push_back({(*row)->string(0), reader.read(**row, 2)});
        else
            rows.push_back({QString(), std::vector<Value>(m_dataset->schema.fields.size())});
    }
    return rows;
}

QFuture<Result<std::vector<Row>>> SqlRowView::window(qint64 first, int count) const
{
    return m_engine->pages().run<std::vector<Row>>(
        [self = shared_from_this(), first, count](Connection &connection) { return self->read(connection, first, count); });
}

QFuture<Result<std::vector<QString>>> SqlRowView::keys(qint64 first, qint64 count) const
{
    Worker &worker = count <= blockRows ? m_engine->pages() : m_engine->scans();
    return worker.run<std::vector<QString>>([self = shared_from_this(), first, count](Connection &connection) -> Result<std::vector<QString>> {
        auto lookup = RowLookup::prepare(connection, *self->m_dataset, self->m_query.asOfMs, {});
        if (!lookup)
            return fail(lookup.error());
        std::vector<QString> keys;
        const qint64 end = std::min(self->count(), first + count);
        for (qint64 position = std::max<qint64>(0, first); position < end; ++position) {
            const auto row = lookup->find(self->m_ids[static_cast<size_t>(position)]);
            if (!row)
                return fail(row.error());
            keys.push_back(*row ? (*row)->string(0) : QString());
        }
        return keys;
    });
}

QFuture<Result<qint64>> SqlRowView::positionOf(const QString &key) const
{
    return m_engine->pages().run<qint64>([self = shared_from_this(), key](Connection &connection) -> Result<qint64> {
        const auto ids = idsOfKey(connection, *self->m_dataset, self->m_query.asOfMs, key.toStdString());
        if (!ids)
            return fail(ids.error());
        for (const quint32 id : *ids) {
            const auto found = std::find(self->m_ids.begin(), self->m_ids.end(), id);
            if (found != self->m_ids.end())
                return static_cast<qint64>(found - self->m_ids.begin());
        }
        return -1;
    });
}

QFuture<Result<qint64>> SqlRowView::forEach(std::function<bool(const std::vector<Row> &)> sink, CancelToken cancel) const
{
    const auto job = [self = shared_from_this(), sink = std::move(sink), cancel](Connection &connection) -> Result<qint64> {
        qint64 done = 0;
        while (done < self->count()) {
            if (cancel.stop_requested())
                return fail(ErrorKind::Cancelled, {});
            const auto rows = self->read(connection, done, blockRows);
            if (!rows)
                return fail(rows.error());
            done += static_cast<qint64>(rows->size());
            if (!sink(*rows))
                break;
        }
        return done;
    };
    return m_engine->bulk().run<qint64>(job, cancel);
}

} // namespace kboss
