#include "app/cache/viewsql.h"

#include <sqlite3.h>

namespace kboss {

namespace {

std::string rowsAt(const Dataset &dataset, qint64 asOfMs)
{
    const Layout &layout = dataset.layout;
    if (asOfMs == 0)
        return layout.rows();
    const std::string columns = "id,key,valid_from" + layout.columnList(), moment = std::to_string(asOfMs);
    return "(SELECT " + columns + " FROM " + layout.rows() + " WHERE valid_from<=" + moment + " UNION ALL SELECT " + columns + " FROM "
        + layout.history() + " WHERE valid_from<=" + moment + " AND valid_to>" + moment + ")";
}

// The key comes last, in the direction of the key before it, so that one index serves both directions.
Result<std::string> orderBy(const Dataset &dataset, const std::vector<SortKey> &order)
{
    std::string text;
    for (const SortKey &sort : order) {
        const int index = dataset.schema.indexOf(sort.field);
        const bool textKey =
            sort.field == dataset.schema.key && index >= 0 && dataset.schema.fields[static_cast<size_t>(index)].type == FieldType::Text;
        if (textKey)
            return text + (sort.descending ? "key DESC" : "key"); // it is unique: nothing after it counts
        const auto fragment = orderSql({sort}, dataset.schema);
        if (!fragment)
            return fail(fragment.error());
        text += fragment->text.toStdString() + ",";
    }
    return text + (!order.empty() && order.back().descending ? "key DESC" : "key");
}

// Without a value last.
std::string groupOrder(const RowGrouping &grouping)
{
    const std::string column = columnName(grouping.field).toStdString();
    return grouping.field.isEmpty() ? std::string() : column + " IS NULL," + column + ",";
}

} // namespace

Result<ViewSql> groupSql(const Dataset &dataset, const RowGrouping &grouping)
{
    if (grouping.field.isEmpty())
        return ViewSql{};
    const auto typeOf = [&](const QString &field) {
        const int index = dataset.schema.indexOf(field);
        return index < 0 ? FieldType::Secret : dataset.schema.fields[static_cast<size_t>(index)].type;
    };
    const FieldType type = typeOf(grouping.field);
    if (type == FieldType::Secret || type == FieldType::Money)
        return fail(ErrorKind::Rejected, QStringLiteral("rows cannot be grouped by it"), grouping.field);
    if (!grouping.title.isEmpty() && typeOf(grouping.title) != FieldType::Text)
        return fail(ErrorKind::Rejected, QStringLiteral("no text field"), grouping.title);
    if (auto checked = checkFilter(grouping.troubled, dataset.schema); !checked)
        return fail(checked.error());
    ViewSql sql{"," + columnName(grouping.field).toStdString() + ","
                    + (grouping.title.isEmpty() ? std::string("NULL") : columnName(grouping.title).toStdString()) + ",",
                {}};
    if (!grouping.troubled) {
        sql.text += "0";
        return sql;
    }
    const auto where = whereSql(grouping.troubled, dataset.schema);
    if (!where)
        return fail(where.error());
    sql.text += "(" + where->text.toStdString() + ")";
    sql.values = where->values;
    return sql;
}

Result<ViewSql> viewSql(const Dataset &dataset, const RowQuery &query, const std::string &columns, bool ordered)
{
    ViewSql sql{"SELECT " + columns + " FROM " + rowsAt(dataset, query.asOfMs), {}};
    if (query.filter) {
        if (auto checked = checkFilter(query.filter, dataset.schema); !checked)
            return fail(checked.error());
        const auto where = whereSql(query.filter, dataset.schema);
        if (!where)
            return fail(where.error());
        sql.text += " WHERE " + where->text.toStdString();
        sql.values = where->values;
    }
    if (ordered) {
        const auto order = orderBy(dataset, query.order);
        if (!order)
            return fail(order.error());
        sql.text += " ORDER BY " + groupOrder(query.grouping) + *order;
    }
    return sql;
}

void bindValues(Statement &statement, const QList<QVariant> &values)
{
    int index = 0;
    for (const QVariant &value : values) {
        ++index;
        if (value.isNull()) {
            statement.bindNull(index);
        } else if (value.typeId() == QMetaType::QString) {
            const QByteArray text = value.toString().toUtf8();
            sqlite3_bind_text64(statement.handle(), index, text.constData(), static_cast<sqlite3_uint64>(text.size()), SQLITE_TRANSIENT, SQLITE_UTF8);
        } else {
            statement.bind(index, value.toLongLong());
        }
    }
}

RowLookup::RowLookup(RowLookup &&other) noexcept
    : m_connection(std::exchange(other.m_connection, nullptr)), m_asOfMs(other.m_asOfMs), m_now(other.m_now), m_then(other.m_then)
{
}

RowLookup::~RowLookup()
{
    if (!m_connection)
        return;
    for (Statement *statement : {m_now, m_then}) {
        if (statement)
            statement->reset();
    }
    m_connection->exec("COMMIT");
}

Result<RowLookup> RowLookup::prepare(Connection &connection, const Dataset &dataset, qint64 asOfMs, const std::string &columns)
{
    if (auto done = connection.exec("BEGIN"); !done)
        return fail(done.error());
    RowLookup lookup(connection, asOfMs);
    const Layout &layout = dataset.layout;
    auto now = connection.cached("SELECT key,valid_from" + columns + " FROM " + layout.rows() + " WHERE id=?");
    if (!now)
        return fail(now.error());
    lookup.m_now = *now;
    if (asOfMs == 0)
        return lookup;
    auto then = connection.cached("SELECT key,valid_from" + columns + " FROM " + layout.history() + " WHERE id=? AND valid_to>?2 AND valid_from<=?2");
    if (!then)
        return fail(then.error());
    lookup.m_then = *then;
    return lookup;
}

Result<Statement *> RowLookup::find(qint64 id)
{
    m_now->reset();
    m_now->bind(1, id);
    const int code = m_now->step();
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return m_connection->failed();
    const bool there = code == SQLITE_ROW;
    if (m_asOfMs == 0 || (there && m_now->integer(1) <= m_asOfMs))
        return there ? m_now : nullptr;
    return findEarlier(id);
}

Result<Statement *> RowLookup::findEarlier(qint64 id)
{
    m_then->reset();
    m_then->bind(1, id);
    m_then->bind(2, m_asOfMs);
    const int code = m_then->step();
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return m_connection->failed();
    return code == SQLITE_ROW ? m_then : nullptr;
}

} // namespace kboss
