#include "app/cache/storefile.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <sqlite3.h>

namespace kboss {

namespace {

// Step i brings a file from user_version i to i + 1.
const char *const steps[storeSchema] = {
    "CREATE TABLE datasets(n INTEGER PRIMARY KEY AUTOINCREMENT, profile TEXT NOT NULL, operation TEXT NOT NULL, parameters TEXT NOT NULL,"
    " schema TEXT NOT NULL, next_id INTEGER NOT NULL DEFAULT 1, last_change INTEGER NOT NULL DEFAULT 0, rows INTEGER NOT NULL DEFAULT 0,"
    " fetched INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0, failure TEXT NOT NULL DEFAULT '',"
    " complete INTEGER NOT NULL DEFAULT 0, version INTEGER NOT NULL DEFAULT 0, UNIQUE(profile, operation, parameters));",
    "CREATE TABLE syncs(dataset INTEGER NOT NULL, time INTEGER NOT NULL, added INTEGER NOT NULL, changed INTEGER NOT NULL,"
    " removed INTEGER NOT NULL, failure TEXT NOT NULL);",
};

constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
constexpr qint64 smallFile = 8 * 1024 * 1024; // checked page by page at every start; larger ones are found out when a page is read

Result<void> makeOwnerOnly(const QString &path)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    if (!file.exists() && !file.open(QIODevice::WriteOnly | QIODevice::NewOnly, ownerOnly) && !file.exists())
        return fail(ErrorKind::Storage, path + QStringLiteral(": ") + file.errorString());
    for (const QString &part : {path, path + QStringLiteral("-wal"), path + QStringLiteral("-shm")}) {
        if (QFile::exists(part))
            QFile::setPermissions(part, ownerOnly);
    }
    return {};
}

bool looksDamaged(Connection &connection, const QString &path)
{
    const auto application = connection.integer("PRAGMA application_id");
    const auto tables = connection.integer("SELECT count(*) FROM sqlite_master");
    if (!application || !tables)
        return connection.damage().has_value();
    if (*application != storeApplicationId && *tables > 0)
        return true;
    if (*tables > 0 && !connection.integer("SELECT count(*) FROM datasets WHERE length(schema) > 0"))
        return connection.damage().has_value();
    if (QFileInfo(path).size() > smallFile)
        return false;
    auto check = connection.prepare("PRAGMA quick_check(1)");
    return !check || check->step() != SQLITE_ROW || check->text(0) != "ok";
}

Result<void> migrate(Connection &connection, int from)
{
    auto transaction = Transaction::begin(connection);
    if (!transaction)
        return fail(transaction.error());
    const auto current = connection.integer("PRAGMA user_version"); // another instance may have been quicker
    if (current && *current >= storeSchema)
        return {};
    for (int step = current ? static_cast<int>(*current) : from; step < storeSchema; ++step) {
        if (auto done = connection.exec(steps[step]); !done)
            return done;
    }
    const std::string numbers = "PRAGMA user_version=" + std::to_string(storeSchema) + ";PRAGMA application_id=" + std::to_string(storeApplicationId);
    if (auto done = connection.exec(numbers); !done)
        return done;
    return transaction->commit();
}

Result<StoreReport> adopt(Connection &connection)
{
    const auto version = connection.integer("PRAGMA user_version");
    if (!version)
        return fail(version.error());
    if (*version > storeSchema)
        return StoreReport{StoreReport::Outcome::ReadOnlyNewer, QString::number(*version)};
    if (*version == storeSchema)
        return StoreReport{};
    if (auto done = migrate(connection, static_cast<int>(*version)); !done)
        return fail(done.error());
    return StoreReport{*version == 0 ? StoreReport::Outcome::Created : StoreReport::Outcome::Migrated, {}};
}

} // namespace

Result<QString> setStoreAside(const QString &path, const Clock &clock)
{
    const QString stamp = QDateTime::fromMSecsSinceEpoch(clock.nowMs(), Qt::UTC).toString(QStringLiteral("yyyyMMdd'T'HHmmss.zzz'Z'"));
    const QString aside = path + QStringLiteral(".damaged-") + stamp;
    QFile::copy(path, aside);
    QFile::setPermissions(aside, ownerOnly);
    if (QFile::copy(path + QStringLiteral("-wal"), aside + QStringLiteral("-wal")))
        QFile::setPermissions(aside + QStringLiteral("-wal"), ownerOnly);

    sqlite3 *db = nullptr;
    sqlite3_open_v2(QFile::encodeName(path).constData(), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    sqlite3_busy_timeout(db, 10'000);
    sqlite3_table_column_metadata(db, nullptr, "datasets", nullptr, nullptr, nullptr, nullptr, nullptr, nullptr); // keeps WAL mode
    sqlite3_db_config(db, SQLITE_DBCONFIG_RESET_DATABASE, 1, nullptr);
    const int code = sqlite3_exec(db, "VACUUM", nullptr, nullptr, nullptr);
    const QString reason = QString::fromUtf8(sqlite3_errmsg(db));
    sqlite3_db_config(db, SQLITE_DBCONFIG_RESET_DATABASE, 0, nullptr);
    sqlite3_close_v2(db);
    if (code != SQLITE_OK)
        return fail(ErrorKind::Storage, path + QStringLiteral(": a damaged file cannot be emptied: ") + reason);
    return aside;
}

Result<StoreReport> prepareStoreFile(const QString &path, const Clock &clock)
{
    if (auto done = makeOwnerOnly(path); !done)
        return fail(done.error());
    QString aside;
    bool damaged = false;
    auto connection = Connection::open(path, Connection::Role::Writer, &damaged);
    if (damaged || (connection && looksDamaged(**connection, path))) {
        connection = fail(ErrorKind::Internal, {}); // closed before the file is touched
        const auto moved = setStoreAside(path, clock);
        if (!moved)
            return fail(moved.error());
        aside = *moved;
        connection = Connection::open(path, Connection::Role::Writer);
    }
    if (!connection)
        return fail(connection.error());
    auto report = adopt(**connection);
    if (report && !aside.isEmpty())
        report = StoreReport{StoreReport::Outcome::SetAside, aside};
    if (report)
        makeOwnerOnly(path);
    return report;
}

} // namespace kboss
