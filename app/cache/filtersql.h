#pragma once

#include "app/base/filter.h"

#include <QVariant>

struct sqlite3;

namespace kboss {

// A WHERE or ORDER BY fragment with its bound values, in order.
struct SqlFragment {
    QString text;
    QList<QVariant> values;
};

// Column names of a field in SQL: "c_<id>", and for Money "c_<id>_u" (units), "c_<id>_n" (nanos), "c_<id>_c" (currency).
// Decimal: "c_<id>" exact text, "c_<id>_k" an order-preserving key. The store and the standalone service share these.
QString columnName(const QString &fieldId);
QStringList columnNames(const FieldSchema &field);

// Registers kboss_like and kboss_search on a connection (for the service: QSqlDriver::handle()). Once a connection; needed by whereSql().
void registerFilterFunctions(sqlite3 *connection);

// The key of an exact decimal: ordered as text (memcmp) like the numbers themselves.
QByteArray decimalKey(const Decimal &value);

// `filter` must have passed checkFilter(). Same answers as matches().
Result<SqlFragment> whereSql(const FilterPtr &filter, const TableSchema &schema);
Result<SqlFragment> orderSql(const std::vector<SortKey> &order, const TableSchema &schema);

} // namespace kboss
