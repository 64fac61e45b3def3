#include "app/standalone/tables.h"

#include "app/standalone/billingtable.h"
#include "app/standalone/cloudtables.h"
#include "app/standalone/database.h"

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

constexpr int schemaVersion = 3; // 2: clusters, parts, pod configurations; 3: what each node brought into stock

QString billingTable()
{
    QStringList columns;
    for (const BillingColumn &column : billingColumns())
        columns << column.name + (column.isText ? u" TEXT"_s : u" BIGINT"_s) + (column.nullable ? QString() : u" NOT NULL"_s);
    columns.first() += u" PRIMARY KEY"_s; // c_id
    return u"CREATE TABLE IF NOT EXISTS billing_account("_s + columns.join(u", "_s) + u')';
}

QStringList tableStatements()
{
    return {
        u"CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value TEXT NOT NULL)"_s,
        u"CREATE TABLE IF NOT EXISTS service_user(name TEXT PRIMARY KEY, password_hash TEXT NOT NULL)"_s,
        u"CREATE TABLE IF NOT EXISTS org(id TEXT PRIMARY KEY, name TEXT NOT NULL)"_s,
        u"CREATE TABLE IF NOT EXISTS center(id TEXT PRIMARY KEY, seq BIGINT NOT NULL, name TEXT NOT NULL, orgid TEXT NOT NULL, pcapi_url TEXT NOT "
        u"NULL, "
        "api_user TEXT NOT NULL, api_pwd TEXT NOT NULL, enable_date TEXT NOT NULL, expire_date TEXT NOT NULL, contactname TEXT NOT NULL, "
        "contactphone TEXT NOT NULL)"_s,
        u"CREATE TABLE IF NOT EXISTS node(id TEXT PRIMARY KEY, seq BIGINT NOT NULL, cpcid TEXT NOT NULL REFERENCES center(id), name TEXT NOT NULL, "
        "clusterid TEXT, cluster_name TEXT NOT NULL, node_status TEXT NOT NULL, ip TEXT NOT NULL, devicetype TEXT NOT NULL, sshport INTEGER NOT "
        "NULL, "
        "adminuser TEXT NOT NULL, adminpwd TEXT NOT NULL, enable_date TEXT NOT NULL, export_date TEXT NOT NULL, external_ip TEXT NOT NULL, "
        "cpu_model TEXT NOT NULL, cpu_stock BIGINT NOT NULL, memory_model TEXT NOT NULL, memory_stock BIGINT NOT NULL, sysdisk_stock BIGINT NOT "
        "NULL, "
        "datadisk_stock BIGINT NOT NULL, gpu_model TEXT NOT NULL, gpu_stock BIGINT NOT NULL, role TEXT NOT NULL, UNIQUE(cpcid, ip, sshport))"_s,
        u"CREATE TABLE IF NOT EXISTS counter(name TEXT PRIMARY KEY, value BIGINT NOT NULL)"_s,
        u"INSERT INTO counter(name, value) VALUES('billing_account', 0) ON CONFLICT(name) DO NOTHING"_s,
        billingTable(),
    };
}

} // namespace

QStringList billingIndexStatements()
{
    return {
        u"CREATE INDEX IF NOT EXISTS billing_by_create_time ON billing_account(c_create_time, c_id)"_s,
        u"CREATE INDEX IF NOT EXISTS billing_by_update_time ON billing_account(c_update_time, c_id)"_s,
        u"CREATE INDEX IF NOT EXISTS billing_by_display_name ON billing_account(c_display_name, c_id)"_s,
        u"CREATE INDEX IF NOT EXISTS billing_by_name ON billing_account(c_name, c_id)"_s,
        u"CREATE INDEX IF NOT EXISTS billing_by_state ON billing_account(c_state, c_id)"_s,
        u"CREATE INDEX IF NOT EXISTS billing_by_state_time ON billing_account(c_state, c_create_time DESC, c_id DESC)"_s,
        u"UPDATE counter SET value = (SELECT count(*) FROM billing_account) WHERE name = 'billing_account'"_s,
        u"CREATE TRIGGER IF NOT EXISTS billing_added AFTER INSERT ON billing_account BEGIN "
        "UPDATE counter SET value = value + 1 WHERE name = 'billing_account'; END"_s,
        u"CREATE TRIGGER IF NOT EXISTS billing_removed AFTER DELETE ON billing_account BEGIN "
        "UPDATE counter SET value = value - 1 WHERE name = 'billing_account'; END"_s,
    };
}

QStringList billingIndexDropStatements()
{
    return {
        u"DROP TRIGGER IF EXISTS billing_added"_s,         u"DROP TRIGGER IF EXISTS billing_removed"_s,
        u"DROP INDEX IF EXISTS billing_by_create_time"_s,  u"DROP INDEX IF EXISTS billing_by_update_time"_s,
        u"DROP INDEX IF EXISTS billing_by_display_name"_s, u"DROP INDEX IF EXISTS billing_by_name"_s,
        u"DROP INDEX IF EXISTS billing_by_state"_s,        u"DROP INDEX IF EXISTS billing_by_state_time"_s,
    };
}

Result<void> makeTables(QSqlDatabase &connection)
{
    const bool known = connection.tables().contains(u"meta"_s);
    int version = 0;
    if (known) {
        auto found = runSql(connection, u"SELECT value FROM meta WHERE key = 'schema_version'"_s);
        if (!found)
            return fail(found.error());
        version = found->next() ? found->value(0).toInt() : 0;
    }
    if (version > schemaVersion)
        return fail(ErrorKind::Storage,
                    u"the database was written by a newer version of this program (schema %1, known %2)"_s.arg(version).arg(schemaVersion));
    if (version == schemaVersion)
        return {};
    QStringList statements = tableStatements() + billingIndexStatements() + cloudTableStatements(); // each makes only what is missing
    statements << u"INSERT INTO meta(key, value) VALUES('schema_version', '%1') ON CONFLICT(key) DO UPDATE SET value = excluded.value"_s.arg(
        schemaVersion);
    for (const QString &statement : statements) {
        if (auto done = runSql(connection, statement); !done)
            return fail(done.error());
    }
    return {};
}

} // namespace kboss::standalone
