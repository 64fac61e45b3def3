#pragma once

#include "app/base/result.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>
#include <memory>
#include <mutex>

namespace kboss::standalone {

// The service's database through Qt Sql: SQLite in WAL mode, one connection a thread, opened when the thread first asks and closed with it.
// Handlers use Qt Sql only, so that another driver needs no change in them; the sample writer alone fills an empty SQLite file by the C API.
class Database {
public:
    static Result<std::unique_ptr<Database>> open(const QString &file); // makes the tables; a newer schema is a Storage error
    ~Database();

    QString file() const { return m_file; }
    QSqlDatabase connection() const; // of the calling thread; not open when the file cannot be opened
    QString tokenKey() const { return m_tokenKey; } // random, made with the database: authenticates page tokens

    Result<QString> meta(const QString &key) const; // empty when there is none
    Result<void> setMeta(const QString &key, const QString &value);

private:
    friend class WriteTransaction;
    explicit Database(QString file);
    Result<void> prepare();

    QString m_file;
    QString m_tokenKey;
    quint64 m_id;
    std::mutex m_writing;
};

// One write: takes the process's write lock and the database's, rolls back unless commit() was called.
class WriteTransaction {
public:
    explicit WriteTransaction(Database &database);
    ~WriteTransaction();
    WriteTransaction(const WriteTransaction &) = delete;
    WriteTransaction &operator=(const WriteTransaction &) = delete;

    bool isOpen() const { return m_open; } // false: the database stayed locked or is gone
    QSqlDatabase &connection() { return m_connection; }
    Result<void> commit();

private:
    std::unique_lock<std::mutex> m_lock;
    QSqlDatabase m_connection;
    bool m_open = false;
};

// Prepares, binds in order and runs. The query is at its first row only after next().
Result<QSqlQuery> runSql(const QSqlDatabase &connection, const QString &sql, const QList<QVariant> &values = {});

} // namespace kboss::standalone
