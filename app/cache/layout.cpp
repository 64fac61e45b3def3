#include "app/cache/layout.h"

#include "app/cache/filtersql.h"

#include <algorithm>

namespace kboss {

namespace {

const char *sqlType(FieldType type)
{
    switch (type) {
    case FieldType::Integer:
    case FieldType::Boolean:
    case FieldType::DateTime:
    case FieldType::Secret:
        return "INTEGER";
    default:
        return "TEXT";
    }
}

std::string parameters(size_t count)
{
    std::string text;
    for (size_t i = 0; i < count; ++i)
        text += i ? ",?" : "?";
    return text;
}

} // namespace

Layout::Layout(int number, const TableSchema &schema, const std::string &suffix) : m_number(number), m_name(std::to_string(number) + suffix)
{
    for (const FieldSchema &field : schema.fields) {
        m_firstColumn.push_back(static_cast<int>(m_columns.size()));
        std::string index;
        const QStringList names = columnNames(field);
        for (const QString &name : names) {
            const bool part = field.type == FieldType::Money && name != names.back();
            m_columns.push_back(name.toStdString());
            m_types.push_back(part ? "INTEGER" : sqlType(field.type));
            m_restless.push_back(field.restless);
        }
        if (!field.indexed || field.type == FieldType::Secret)
            continue;
        const QString sorted = field.type == FieldType::Money ? names[0] + u',' + names[1] : names.back();
        m_indexes.push_back("CREATE INDEX IF NOT EXISTS " + rows() + "_" + field.id.toStdString() + " ON " + rows() + "(" + sorted.toStdString()
                            + ",key);");
    }
}

std::string Layout::createTables() const
{
    std::string columns;
    for (size_t i = 0; i < m_columns.size(); ++i)
        columns += ", " + m_columns[i] + " " + m_types[i];
    return "CREATE TABLE " + rows() + "(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, hash INTEGER NOT NULL, valid_from INTEGER NOT NULL"
        + columns + ");" + "CREATE TABLE " + raws() + "(id INTEGER PRIMARY KEY, raw BLOB NOT NULL);" //
        + "CREATE TABLE " + history()
        + "(id INTEGER NOT NULL, key TEXT NOT NULL, hash INTEGER NOT NULL, valid_from INTEGER NOT NULL, valid_to INTEGER NOT NULL" + columns
        + ", raw BLOB NOT NULL);" + createHistoryIndexes();
}

std::string Layout::createHistoryIndexes() const
{
    return "CREATE INDEX " + history() + "_id ON " + history() + "(id, valid_to);" //
        + "CREATE INDEX " + history() + "_from ON " + history() + "(valid_from);" //
        + "CREATE INDEX " + history() + "_to ON " + history() + "(valid_to);";
}

std::string Layout::createIndexes() const
{
    std::string sql = "CREATE INDEX IF NOT EXISTS " + rows() + "_from ON " + rows() + "(valid_from);";
    for (const std::string &index : m_indexes)
        sql += index;
    return sql;
}

std::string Layout::dropTables() const
{
    return "DROP TABLE IF EXISTS " + rows() + ";DROP TABLE IF EXISTS " + raws() + ";DROP TABLE IF EXISTS " + history() + ";";
}

std::string Layout::createStaging(const std::string &table) const
{
    std::string columns;
    for (const std::string &column : m_columns)
        columns += ", " + column; // no type: values go through unchanged
    return "CREATE TEMP TABLE " + table + "(key TEXT PRIMARY KEY, hash INTEGER, raw BLOB" + columns + ") WITHOUT ROWID";
}

std::string Layout::columnList(const std::string &prefix) const
{
    std::string list;
    for (const std::string &column : m_columns)
        list += ", " + prefix + column;
    return list;
}

std::string Layout::insertRow() const
{
    return "INSERT INTO " + rows() + "(id,key,hash,valid_from" + columnList() + ") VALUES(" + parameters(4 + m_columns.size())
        + ") ON CONFLICT(key) DO NOTHING";
}

std::string Layout::updateRow() const
{
    std::string sql = "UPDATE " + rows() + " SET hash=?2, valid_from=coalesce(?3, valid_from)";
    for (size_t i = 0; i < m_columns.size(); ++i)
        sql += ", " + m_columns[i] + "=?" + std::to_string(i + 4);
    return sql + " WHERE id=?1";
}

std::string Layout::findSame() const
{
    if (std::find(m_restless.begin(), m_restless.end(), true) == m_restless.end())
        return {};
    std::string sql = "SELECT 1 FROM " + rows() + " WHERE id=?1";
    for (size_t i = 0; i < m_columns.size(); ++i) {
        const std::string parameter = "?" + std::to_string(i + 2);
        // Restless ones are named as well, so that the columns bind as they stand.
        sql += " AND " + (m_restless[i] ? "(" + parameter + " IS NULL OR 1)" : m_columns[i] + " IS " + parameter);
    }
    return sql;
}

std::string Layout::insertHistory() const
{
    return "INSERT INTO " + history() + "(id,key,hash,valid_from,valid_to" + columnList() + ",raw) SELECT d.id,d.key,d.hash,d.valid_from,?2"
        + columnList("d.") + ",r.raw FROM " + rows() + " d JOIN " + raws() + " r ON r.id=d.id WHERE d.id=?1";
}

std::string Layout::insertStaged(const std::string &table) const
{
    return "INSERT OR REPLACE INTO temp." + table + "(key,hash,raw" + columnList() + ") VALUES(" + parameters(3 + m_columns.size()) + ")";
}

} // namespace kboss
