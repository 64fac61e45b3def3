#pragma once

#include "app/base/canceltoken.h"
#include "app/base/result.h"

#include <QByteArray>
#include <QString>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

struct sqlite3;
struct sqlite3_stmt;

namespace kboss {

// A prepared statement on SQLite's own API. Texts given to bind() must live until the next step() or reset(). One thread.
class Statement {
public:
    Statement() = default;
    explicit Statement(sqlite3_stmt *statement) : m_statement(statement) { }
    ~Statement();
    Statement(Statement &&other) noexcept : m_statement(other.m_statement) { other.m_statement = nullptr; }
    Statement &operator=(Statement &&other) noexcept;
    Statement(const Statement &) = delete;
    Statement &operator=(const Statement &) = delete;

    void bind(int index, qint64 value);
    void bind(int index, std::string_view text);
    void bindBlob(int index, std::string_view bytes);
    void bindNull(int index);

    int step(); // SQLITE_ROW, SQLITE_DONE or an error code
    void reset();

    qint64 integer(int column) const;
    std::string_view text(int column) const; // also of blobs; valid until the next step
    QString string(int column) const;
    bool isNull(int column) const;
    int type(int column) const;
    sqlite3_stmt *handle() const { return m_statement; }

private:
    sqlite3_stmt *m_statement = nullptr;
};

// Resets a cached statement when the work with it ends, so that it holds no read lock.
class StatementUse {
public:
    explicit StatementUse(Statement &statement) : m_statement(statement) { }
    ~StatementUse() { m_statement.reset(); }
    StatementUse(const StatementUse &) = delete;
    StatementUse &operator=(const StatementUse &) = delete;
    Statement *operator->() { return &m_statement; }
    Statement &operator*() { return m_statement; }

private:
    Statement &m_statement;
};

// One connection to the store's file. Belongs to one thread.
class Connection {
public:
    enum class Role { Writer, Pages, Scans };

    // `damaged` is set when the file is not a database or its first pages are broken.
    static Result<std::unique_ptr<Connection>> open(const QString &file, Role role, bool *damaged = nullptr);
    ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    sqlite3 *handle() const { return m_db; }
    Result<void> exec(const std::string &sql);
    Result<Statement> prepare(std::string_view sql);
    // Kept prepared for the connection's life; the caller resets it (StatementUse).
    Result<Statement *> cached(const std::string &sql);
    void forgetCached();
    void releaseMemory(); // pages of the file it keeps at hand; the next statements read them again
    Result<qint64> integer(const std::string &sql); // first column of the first row, 0 when there is none

    Error lastError() const;
    Unexpected failed() const { return Unexpected(lastError()); }
    const std::optional<Error> &damage() const { return m_damage; } // the first SQLITE_CORRUPT or SQLITE_NOTADB seen

    // While set, long statements end with Cancelled as soon as the token stops.
    void setCancelToken(CancelToken token);

private:
    explicit Connection(sqlite3 *db);
    Result<void> configure(Role role);
    Result<void> useWal();

    sqlite3 *m_db = nullptr;
    CancelToken m_cancel;
    mutable std::optional<Error> m_damage;
    std::unordered_map<std::string, Statement> m_cached;
};

// BEGIN IMMEDIATE … COMMIT; rolled back when it goes out of scope before commit().
class Transaction {
public:
    static Result<Transaction> begin(Connection &connection);
    ~Transaction();
    Transaction(Transaction &&other) noexcept : m_connection(other.m_connection) { other.m_connection = nullptr; }
    Transaction &operator=(Transaction &&) = delete;
    Result<void> commit();

private:
    explicit Transaction(Connection *connection) : m_connection(connection) { }
    Connection *m_connection = nullptr;
};

bool isDamage(int sqliteCode); // SQLITE_CORRUPT, SQLITE_NOTADB

} // namespace kboss
