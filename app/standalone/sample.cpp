#include "app/standalone/sample.h"

#include "app/standalone/billingtable.h"
#include "app/standalone/bulkinsert.h"
#include "app/standalone/cloudtables.h"
#include "app/standalone/sampleaccounts.h"
#include "app/standalone/samplecenters.h"
#include "app/standalone/sampleclusters.h"
#include "app/standalone/sampleparts.h"
#include "app/standalone/sampleworkloads.h"
#include "app/standalone/tables.h"

#include <QDateTime>
#include <QHash>

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

struct Size {
    int centers = 0, nodes = 0, accounts = 0, backgroundPods = 0;
};

Result<Size> sizeOf(const QString &name)
{
    static const QHash<QString, Size> sizes{{u""_s, {}},
                                            {u"none"_s, {}},
                                            {u"small"_s, {30, 600, 2'000, 120}},
                                            {u"medium"_s, {60, 2'400, 100'000, 2'000}},
                                            {u"large"_s, {120, 9'600, 1'000'000, 20'000}}};
    const auto found = sizes.constFind(name);
    if (found == sizes.constEnd())
        return fail(ErrorKind::Rejected, u"--sample takes none, small, medium or large, not %1"_s.arg(name));
    return *found;
}

// Its own connection by the C API: Qt Sql takes twice as long for these columns.
class Connection {
public:
    explicit Connection(const QString &file)
    {
        if (sqlite3_open_v2(file.toUtf8().constData(), &m_handle, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK)
            m_error = QString::fromUtf8(sqlite3_errmsg(m_handle));
        sqlite3_busy_timeout(m_handle, 5000);
    }
    ~Connection() { sqlite3_close(m_handle); }
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    sqlite3 *handle() const { return m_handle; }
    Result<void> run(const QString &sql)
    {
        if (m_error.isEmpty() && sqlite3_exec(m_handle, sql.toUtf8().constData(), nullptr, nullptr, nullptr) != SQLITE_OK)
            m_error = QString::fromUtf8(sqlite3_errmsg(m_handle));
        if (!m_error.isEmpty())
            return fail(ErrorKind::Storage, u"sample data: "_s + m_error);
        return {};
    }
    Result<void> runAll(const QStringList &statements)
    {
        for (const QString &statement : statements) {
            if (auto done = run(statement); !done)
                return done;
        }
        return {};
    }

private:
    sqlite3 *m_handle = nullptr;
    QString m_error;
};

void bindMoney(BulkInsert &insert, const SampleMoney &money, const char *currency)
{
    insert << money.units << static_cast<qint64>(money.nanos) << currency;
}

void bindOptional(BulkInsert &insert, const std::optional<SampleMoney> &money, const char *currency)
{
    if (money)
        bindMoney(insert, *money, currency);
    else
        insert.null().null().null();
}

void bindOptional(BulkInsert &insert, const std::string &text)
{
    if (text.empty())
        insert.null();
    else
        insert << text;
}

// In the order of billingSchema().
void insertAccount(BulkInsert &insert, const SampleAccount &a)
{
    insert << a.id << a.name << a.displayName << a.state << a.type;
    bindOptional(insert, a.parentId);
    insert << int(a.autoPay) << int(a.autoVoucher) << int(a.allowArrears) << int(a.allowManaged);
    bindMoney(insert, a.creditLine, a.currency);
    for (const auto &threshold : a.thresholds)
        bindOptional(insert, threshold, a.currency);
    insert << int(a.disableThreshold);
    for (const SampleMoney *money : {&a.availableBalance, &a.availableCredit, &a.frozen, &a.balance, &a.arrears})
        bindMoney(insert, *money, a.currency);
    insert << a.ownerId << a.tenantId;
    bindOptional(insert, a.escrowId);
    insert << a.vouchers << a.coupons << a.contracts << a.subscriptions << a.currency << a.creator << a.updater << a.createMs << a.updateMs;
    insert.endRow();
}

Result<void> writeAccounts(sqlite3 *database, int accounts, qint64 anchorMs)
{
    QStringList columns;
    for (const BillingColumn &column : billingColumns())
        columns << column.name;
    BulkInsert insert(database, u"billing_account"_s, columns);
    for (int i = 0; i < accounts; ++i)
        insertAccount(insert, sampleAccount(i, anchorMs));
    return insert.outcome();
}

Result<bool> isEmpty(const Database &database)
{
    auto found = runSql(database.connection(),
                        u"SELECT EXISTS(SELECT 1 FROM billing_account) OR EXISTS(SELECT 1 FROM center) OR EXISTS(SELECT 1 FROM node)"_s);
    if (!found || !found->next())
        return fail(found ? Error{} : found.error());
    return found->value(0).toInt() == 0;
}

Result<void> fill(Connection &connection, const SecretBox &box, const Size &size, QDate today)
{
    const qint64 anchorMs = QDateTime(today, QTime(0, 0), Qt::UTC).toMSecsSinceEpoch();
    if (auto done = connection.runAll(billingIndexDropStatements()); !done)
        return done;
    std::vector<Node> occupied;
    if (auto done = writeSampleCenters(connection.handle(), box, size.centers, size.nodes, today, occupied); !done)
        return done;
    if (auto done = writeSampleClusters(connection.handle(), box, occupied, size.backgroundPods, today); !done)
        return done;
    if (auto done = writeSampleParts(connection.handle(), occupied, anchorMs); !done)
        return done;
    if (auto done = connection.runAll({nodeStockStatement()}); !done)
        return done;
    if (auto done = writeAccounts(connection.handle(), size.accounts, anchorMs); !done)
        return done;
    return connection.runAll(billingIndexStatements());
}

} // namespace

Result<void> fillWithSample(Database &database, const SecretBox &box, const QString &sizeName)
{
    const auto size = sizeOf(sizeName);
    if (!size || size->accounts == 0)
        return size ? Result<void>() : Result<void>(fail(size.error()));
    const auto empty = isEmpty(database);
    if (!empty || !*empty)
        return empty ? Result<void>() : Result<void>(fail(empty.error()));
    const QDate today = std::max(QDate(2026, 11, 22), QDateTime::currentDateTimeUtc().date());
    Connection connection(database.file());
    if (auto begun =
            connection.runAll({u"PRAGMA cache_size=-131072"_s, u"PRAGMA temp_store=MEMORY"_s, u"PRAGMA synchronous=NORMAL"_s, u"BEGIN IMMEDIATE"_s});
        !begun)
        return begun;
    if (auto filled = fill(connection, box, *size, today); !filled)
        return filled; // closing the connection rolls back
    if (auto stored = connection.runAll({u"COMMIT"_s}); !stored)
        return stored;
    if (auto worked = writeSampleWorkloads(database, box, today); !worked)
        return worked;
    return connection.runAll({u"PRAGMA analysis_limit=1000"_s, u"ANALYZE"_s, u"PRAGMA wal_checkpoint(TRUNCATE)"_s});
}

} // namespace kboss::standalone
