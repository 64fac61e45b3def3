#pragma once

#include "app/cache/filtersql.h"
#include "app/cache/layout.h"
#include "app/cache/rowsource.h"
#include "app/cache/sqlite.h"

namespace kboss {

// SQL for a query on a dataset's rows, now or at a past moment. Row ids name the same row in both tables.
struct ViewSql {
    std::string text;
    QList<QVariant> values;
};

// "SELECT <columns> FROM … WHERE … ORDER BY …". `columns` may use id, key, valid_from and the dataset's columns.
Result<ViewSql> viewSql(const Dataset &dataset, const RowQuery &query, const std::string &columns, bool ordered = true);

// What a grouped query selects besides: ", group, title, troubled"; nothing without a grouping.
Result<ViewSql> groupSql(const Dataset &dataset, const RowGrouping &grouping);

void bindValues(Statement &statement, const QList<QVariant> &values);

// Rows by id within one job: "SELECT key<columns>" of one row, now or at a moment.
class RowLookup {
public:
    // `columns` as in ", c_a, c_b". The read transaction lasts as long as the object: all rows are of one commit.
    static Result<RowLookup> prepare(Connection &connection, const Dataset &dataset, qint64 asOfMs, const std::string &columns);
    ~RowLookup();
    RowLookup(RowLookup &&other) noexcept;
    RowLookup &operator=(RowLookup &&) = delete;

    // The statement standing on that row (column 0 key, 1 valid_from, 2… columns); null when there is none. Valid until the next call.
    Result<Statement *> find(qint64 id);

private:
    RowLookup(Connection &connection, qint64 asOfMs) : m_connection(&connection), m_asOfMs(asOfMs) { }
    Result<Statement *> findEarlier(qint64 id);

    Connection *m_connection;
    qint64 m_asOfMs;
    Statement *m_now = nullptr, *m_then = nullptr;
};

} // namespace kboss
