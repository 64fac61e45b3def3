#include "app/cache/moneycolumns.h"
#include "app/cache/sqlrowsource.h"

#include <sqlite3.h>

namespace kboss {

namespace {

constexpr size_t fewRows = 2000; // below it rows are looked up one by one, above it the whole column is loaded once

std::string moneyColumnList(const Dataset &dataset, const std::vector<int> &fields)
{
    std::string list;
    for (const int field : fields) {
        for (const QString &name : columnNames(dataset.schema.fields[static_cast<size_t>(field)]))
            list += "," + name.toStdString();
    }
    return list;
}

void addRow(MoneyTotals &totals, const Statement &row, size_t fields, int first)
{
    for (size_t i = 0; i < fields; ++i) {
        const int column = first + 3 * static_cast<int>(i);
        if (row.type(column) == SQLITE_INTEGER)
            totals.add(i, row.string(column + 2), row.integer(column), static_cast<qint32>(row.integer(column + 1)));
    }
}

} // namespace

Result<std::vector<int>> SqlRowView::moneyIndexes(const QStringList &fields) const
{
    std::vector<int> indexes;
    for (const QString &field : fields) {
        const int index = m_dataset->schema.indexOf(field);
        if (index < 0 || m_dataset->schema.fields[static_cast<size_t>(index)].type != FieldType::Money)
            return fail(ErrorKind::Internal, QStringLiteral("not a money field"), field);
        indexes.push_back(index);
    }
    return indexes;
}

QFuture<Result<std::vector<CurrencyTotal>>> SqlRowView::totals(const QStringList &moneyFields) const
{
    return m_engine->scans().run<std::vector<CurrencyTotal>>(
        [self = shared_from_this(), moneyFields](Connection &connection) -> Result<std::vector<CurrencyTotal>> {
            const auto fields = self->moneyIndexes(moneyFields);
            if (!fields)
                return fail(fields.error());
            if (self->m_ids.size() <= fewRows)
                return self->totalsOf(connection, *fields, self->m_ids);
            return self->m_query.asOfMs == 0 ? self->totalsByColumns(connection, *fields) : self->totalsByScan(connection, *fields);
        });
}

QFuture<Result<std::vector<CurrencyTotal>>> SqlRowView::totals(const QStringList &moneyFields, const std::vector<qint64> &positions) const
{
    return m_engine->quick().run<std::vector<CurrencyTotal>>(
        [self = shared_from_this(), moneyFields, positions](Connection &connection) -> Result<std::vector<CurrencyTotal>> {
            const auto fields = self->moneyIndexes(moneyFields);
            if (!fields)
                return fail(fields.error());
            std::vector<quint32> ids;
            ids.reserve(positions.size());
            for (const qint64 position : positions) {
                if (position >= 0 && position < self->count())
                    ids.push_back(self->m_ids[static_cast<size_t>(position)]);
            }
            return self->totalsOf(connection, *fields, ids);
        });
}

Result<std::vector<CurrencyTotal>> SqlRowView::totalsOf(Connection &connection, const std::vector<int> &fields, const std::vector<quint32> &ids) const
{
    auto lookup = RowLookup::prepare(connection, *m_dataset, m_query.asOfMs, moneyColumnList(*m_dataset, fields));
    if (!lookup)
        return fail(lookup.error());
    MoneyTotals totals(fields.size());
    for (const quint32 id : ids) {
        const auto row = lookup->find(id);
        if (!row)
            return fail(row.error());
        if (*row)
            addRow(totals, **row, fields.size(), 2);
    }
    return totals.result();
}

Result<std::vector<CurrencyTotal>> SqlRowView::totalsByScan(Connection &connection, const std::vector<int> &fields) const
{
    const auto sql = viewSql(*m_dataset, m_query, "id" + moneyColumnList(*m_dataset, fields), false);
    if (!sql)
        return fail(sql.error());
    auto statement = connection.prepare(sql->text);
    if (!statement)
        return fail(statement.error());
    bindValues(*statement, sql->values);
    MoneyTotals totals(fields.size());
    int code = SQLITE_DONE;
    while ((code = statement->step()) == SQLITE_ROW)
        addRow(totals, *statement, fields.size(), 1);
    if (code != SQLITE_DONE)
        return connection.failed();
    return totals.result();
}

Result<std::vector<CurrencyTotal>> SqlRowView::totalsByColumns(Connection &connection, const std::vector<int> &fields) const
{
    std::shared_ptr<MoneyColumns> money;
    {
        const std::lock_guard lock(m_mutex);
        if (!m_money)
            m_money = m_engine->moneyColumns(m_dataset->layout.number());
        money = m_money;
    }
    const auto columns = money->columns(connection, *m_dataset, fields);
    if (!columns)
        return fail(columns.error());
    MoneyTotals totals(fields.size());
    for (size_t i = 0; i < fields.size(); ++i)
        totals.addColumn(i, *(*columns)[i], m_ids);
    return totals.result();
}

} // namespace kboss
