#include "app/cache/sqlite.h"

#include "app/cache/filtersql.h"

#include <QFile>
#include <sqlite3.h>

namespace kboss {

Statement::~Statement()
{
    sqlite3_finalize(m_statement);
}

Statement &Statement::operator=(Statement &&other) noexcept
{
    std::swap(m_statement, other.m_statement);
    return *this;
}

void Statement::bind(int index, qint64 value)
{
    sqlite3_bind_int64(m_statement, index, value);
}

void Statement::bind(int index, std::string_view text)
{
    sqlite3_bind_text64(m_statement, index, text.empty() ? "" : text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
}

void Statement::bindBlob(int index, std::string_view bytes)
{
    sqlite3_bind_blob64(m_statement, index, bytes.empty() ? "" : bytes.data(), bytes.size(), SQLITE_STATIC);
}

void Statement::bindNull(int index)
{
    sqlite3_bind_null(m_statement, index);
}

int Statement::step()
{
    return sqlite3_step(m_statement);
}

void Statement::reset()
{
    sqlite3_reset(m_statement);
}

qint64 Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

std::string_view Statement::text(int column) const
{
    const void *data = sqlite3_column_blob(m_statement, column);
    return {static_cast<const char *>(data), data ? static_cast<size_t>(sqlite3_column_bytes(m_statement, column)) : 0};
}

QString Statement::string(int column) const
{
    const auto bytes = text(column);
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

bool Statement::isNull(int column) const
{
    return type(column) == SQLITE_NULL;
}

int Statement::type(int column) const
{
    return sqlite3_column_type(m_statement, column);
}

bool isDamage(int sqliteCode)
{
    return (sqliteCode & 0xff) == SQLITE_CORRUPT || (sqliteCode & 0xff) == SQLITE_NOTADB;
}

Connection::Connection(sqlite3 *db) : m_db(db) { }

Connection::~Connection()
{
    m_cached.clear();
    sqlite3_close_v2(m_db);
}

Result<std::unique_ptr<Connection>> Connection::open(const QString &file, Role role, bool *damaged)
{
    sqlite3 *db = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (role == Role::Writer ? SQLITE_OPEN_CREATE : 0);
    sqlite3_open_v2(QFile::encodeName(file).constData(), &db, flags, nullptr);
    std::unique_ptr<Connection> connection(new Connection(db));
    if (sqlite3_errcode(db) != SQLITE_OK)
        return connection->failed();
    auto done = connection->configure(role);
    if (damaged)
        *damaged = connection->damage().has_value();
    if (!done)
        return fail(done.error());
    return connection;
}

Result<void> Connection::configure(Role role)
{
    sqlite3_extended_result_codes(m_db, 1);
    sqlite3_busy_timeout(m_db, 30'000);
    registerFilterFunctions(m_db);
    if (role == Role::Writer) {
        // temp_store: staged rows of a refresh go to a temporary file, not to memory.
        if (auto wal = useWal(); !wal)
            return wal;
        return exec("PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536; PRAGMA temp_store=FILE;"
                    "PRAGMA temp.journal_mode=MEMORY; PRAGMA wal_autocheckpoint=4000; PRAGMA journal_size_limit=67108864");
    }
    // Pages are read by position all over the file: mapped, they cost no copy. Scans go through read(), so that they do not fill the
    // process with mapped pages.
    return exec(role == Role::Pages ? "PRAGMA query_only=1; PRAGMA cache_size=-4096; PRAGMA mmap_size=4294967296"
                                    : "PRAGMA query_only=1; PRAGMA cache_size=-8192; PRAGMA temp_store=MEMORY");
}

// The change to WAL does not wait by the busy timeout: where another instance makes the same file at this moment, it is asked for again.
Result<void> Connection::useWal()
{
    constexpr int tries = 2'000;
    for (int left = tries;; --left) {
        const int code = sqlite3_exec(m_db, "PRAGMA journal_mode=WAL", nullptr, nullptr, nullptr);
        if (code == SQLITE_OK)
            return {};
        if ((code & 0xff) != SQLITE_BUSY || left == 0)
            return failed();
        sqlite3_sleep(5);
    }
}

Result<void> Connection::exec(const std::string &sql)
{
    if (sqlite3_exec(m_db, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return failed();
    return {};
}

Result<Statement> Connection::prepare(std::string_view sql)
{
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_prepare_v3(m_db, sql.data(), static_cast<int>(sql.size()), 0, &statement, nullptr) != SQLITE_OK)
        return failed();
    return Statement(statement);
}

Result<Statement *> Connection::cached(const std::string &sql)
{
    if (const auto found = m_cached.find(sql); found != m_cached.end())
        return &found->second;
    auto statement = prepare(sql);
    if (!statement)
        return fail(statement.error());
    return &m_cached.emplace(sql, std::move(*statement)).first->second;
}

void Connection::forgetCached()
{
    m_cached.clear();
}

void Connection::releaseMemory()
{
    sqlite3_db_release_memory(m_db);
}

Result<qint64> Connection::integer(const std::string &sql)
{
    auto statement = prepare(sql);
    if (!statement)
        return fail(statement.error());
    const int code = statement->step();
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return failed();
    return code == SQLITE_ROW ? statement->integer(0) : 0;
}

Error Connection::lastError() const
{
    const int code = sqlite3_extended_errcode(m_db);
    Error error;
    error.kind = (code & 0xff) == SQLITE_INTERRUPT ? ErrorKind::Cancelled : ErrorKind::Storage;
    error.detail = QString::fromUtf8(sqlite3_errmsg(m_db)) + QStringLiteral(" (SQLite %1)").arg(code);
    if (isDamage(code) && !m_damage)
        m_damage = error;
    return error;
}

void Connection::setCancelToken(CancelToken token)
{
    m_cancel = std::move(token);
    if (!m_cancel.stop_possible()) {
        sqlite3_progress_handler(m_db, 0, nullptr, nullptr);
        return;
    }
    sqlite3_progress_handler(
        m_db, 2000, [](void *self) { return static_cast<Connection *>(self)->m_cancel.stop_requested() ? 1 : 0; }, this);
}

Result<Transaction> Transaction::begin(Connection &connection)
{
    if (auto done = connection.exec("BEGIN IMMEDIATE"); !done)
        return fail(done.error());
    return Transaction(&connection);
}

Transaction::~Transaction()
{
    if (m_connection && sqlite3_get_autocommit(m_connection->handle()) == 0)
        sqlite3_exec(m_connection->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

Result<void> Transaction::commit()
{
    auto done = m_connection->exec("COMMIT");
    if (done)
        m_connection = nullptr;
    return done;
}

} // namespace kboss
