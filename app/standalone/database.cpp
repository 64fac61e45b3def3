#include "app/standalone/database.h"

#include "app/cache/filtersql.h"
#include "app/standalone/tables.h"

#include <QFile>
#include <QSqlDriver>
#include <QSqlError>
#include <QThread>
#include <atomic>
#include <sodium.h>
#include <sqlite3.h>
#include <unordered_map>

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

struct ThreadConnections {
    std::unordered_map<quint64, QString> names;
    ~ThreadConnections()
    {
        for (const auto &[id, name] : names)
            QSqlDatabase::removeDatabase(name);
    }
};
thread_local ThreadConnections t_connections;

sqlite3 *sqliteHandle(const QSqlDatabase &connection)
{
    const QVariant handle = connection.driver()->handle();
    return handle.isValid() && qstrcmp(handle.typeName(), "sqlite3*") == 0 ? *static_cast<sqlite3 *const *>(handle.constData()) : nullptr;
}

void configure(const QSqlDatabase &connection)
{
    static const char *const pragmas[] = {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL",     "PRAGMA foreign_keys=ON",
                                          "PRAGMA cache_size=-8000", "PRAGMA mmap_size=1073741824", "PRAGMA temp_store=MEMORY"};
    QSqlQuery query(connection);
    for (const char *pragma : pragmas)
        query.exec(QString::fromLatin1(pragma));
    if (sqlite3 *handle = sqliteHandle(connection))
        registerFilterFunctions(handle);
}

Unexpected storageError(const QSqlError &error)
{
    return fail(ErrorKind::Storage, error.text());
}

QString randomHex()
{
    unsigned char bytes[32];
    randombytes_buf(bytes, sizeof bytes);
    return QString::fromLatin1(QByteArray(reinterpret_cast<const char *>(bytes), sizeof bytes).toHex());
}

} // namespace

Database::Database(QString file) : m_file(std::move(file))
{
    static std::atomic<quint64> next{1};
    m_id = next++;
}

Database::~Database()
{
    const auto mine = t_connections.names.find(m_id);
    if (mine == t_connections.names.end())
        return;
    QSqlDatabase::removeDatabase(mine->second);
    t_connections.names.erase(mine);
}

Result<std::unique_ptr<Database>> Database::open(const QString &file)
{
    if (sodium_init() < 0)
        return fail(ErrorKind::Internal, u"libsodium could not be initialised"_s);
    std::unique_ptr<Database> database(new Database(file));
    if (auto ready = database->prepare(); !ready)
        return fail(ready.error());
    return database;
}

QSqlDatabase Database::connection() const
{
    if (const auto known = t_connections.names.find(m_id); known != t_connections.names.end())
        return QSqlDatabase::database(known->second);
    const QString name = u"kboss-service-%1-%2"_s.arg(m_id).arg(reinterpret_cast<quintptr>(QThread::currentThreadId()));
    QSqlDatabase made = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
    made.setDatabaseName(m_file);
    made.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=5000"_s);
    if (made.open())
        configure(made);
    t_connections.names.emplace(m_id, name);
    return made;
}

Result<void> Database::prepare()
{
    QFile existing(m_file);
    const bool fresh = !existing.exists();
    QSqlDatabase first = connection();
    if (!first.isOpen())
        return fail(ErrorKind::Storage, u"cannot open %1: %2"_s.arg(m_file, first.lastError().text()));
    if (fresh)
        QFile::setPermissions(m_file, QFile::ReadOwner | QFile::WriteOwner);
    WriteTransaction write(*this);
    if (!write.isOpen())
        return fail(ErrorKind::Storage, u"%1 is not a database, or is locked by another program"_s.arg(m_file));
    if (auto made = makeTables(write.connection()); !made)
        return made;
    if (auto stored = runSql(write.connection(), u"INSERT INTO meta(key, value) VALUES('token_key', ?) ON CONFLICT(key) DO NOTHING"_s, {randomHex()});
        !stored)
        return fail(stored.error());
    if (auto done = write.commit(); !done)
        return done;
    const auto key = meta(u"token_key"_s);
    if (!key)
        return fail(key.error());
    m_tokenKey = *key;
    return {};
}

Result<QString> Database::meta(const QString &key) const
{
    auto query = runSql(connection(), u"SELECT value FROM meta WHERE key = ?"_s, {key});
    if (!query)
        return fail(query.error());
    return query->next() ? query->value(0).toString() : QString();
}

Result<void> Database::setMeta(const QString &key, const QString &value)
{
    WriteTransaction write(*this);
    auto stored = runSql(write.connection(), u"INSERT INTO meta(key, value) VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value"_s,
                         {key, value});
    if (!stored)
        return fail(stored.error());
    return write.commit();
}

WriteTransaction::WriteTransaction(Database &database) : m_lock(database.m_writing), m_connection(database.connection())
{
    QSqlQuery begin(m_connection);
    m_open = begin.exec(u"BEGIN IMMEDIATE"_s);
}

WriteTransaction::~WriteTransaction()
{
    if (m_open)
        QSqlQuery(m_connection).exec(u"ROLLBACK"_s);
}

Result<void> WriteTransaction::commit()
{
    if (!m_open)
        return fail(ErrorKind::Storage, u"the database is locked"_s);
    QSqlQuery commit(m_connection);
    if (!commit.exec(u"COMMIT"_s))
        return storageError(commit.lastError());
    m_open = false;
    return {};
}

Result<QSqlQuery> runSql(const QSqlDatabase &connection, const QString &sql, const QList<QVariant> &values)
{
    QSqlQuery query(connection);
    query.setForwardOnly(true);
    if (!query.prepare(sql))
        return storageError(query.lastError());
    for (const QVariant &value : values) { // Qt binds a null QString as NULL; here only an empty QVariant means NULL
        const bool nullText = value.metaType() == QMetaType::fromType<QString>() && value.toString().isNull();
        query.addBindValue(nullText ? QVariant(u""_s) : value);
    }
    if (!query.exec())
        return storageError(query.lastError());
    return query;
}

} // namespace kboss::standalone
