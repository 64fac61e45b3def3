#pragma once

#include "app/base/result.h"

#include <QStringList>
#include <sqlite3.h>
#include <string>

namespace kboss::standalone {

// Rows into one SQLite table as fast as it takes them: the C API, one prepared statement. Values go in the order of the columns.
class BulkInsert {
public:
    BulkInsert(sqlite3 *database, const QString &table, const QStringList &columns);
    ~BulkInsert();
    BulkInsert(const BulkInsert &) = delete;
    BulkInsert &operator=(const BulkInsert &) = delete;

    BulkInsert &operator<<(const std::string &text); // must live until endRow()
    BulkInsert &operator<<(const char *text);
    BulkInsert &operator<<(qint64 number);
    BulkInsert &operator<<(int number) { return *this << static_cast<qint64>(number); }
    BulkInsert &operator<<(bool) = delete;
    BulkInsert &null();
    void endRow();

    Result<void> outcome() const; // the first thing that went wrong

private:
    sqlite3_stmt *m_statement = nullptr;
    sqlite3 *m_database;
    int m_next = 1;
    QString m_error;
};

} // namespace kboss::standalone
