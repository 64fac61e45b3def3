#include "app/base/filter.h"
#include "app/base/rowdecoder.h"
#include "app/standalone/billingtable.h"
#include "tests/support/httpclient.h"
#include "tests/support/serviceprocess.h"

#include <QJsonArray>
#include <QTest>
#include <memory>

using namespace Qt::StringLiterals;
using namespace kboss;
using namespace kboss::test;

namespace {
const QString listPath = u"/v1/billingaccounts/console"_s;

QUrlQuery queryOf(const QList<std::pair<QString, QString>> &items)
{
    QUrlQuery query;
    for (const auto &[name, value] : items)
        query.addQueryItem(name, QString::fromLatin1(QUrl::toPercentEncoding(value)));
    return query;
}

QString statusName(const HttpAnswer &answer)
{
    return answer.json()[u"error"_s].toObject()[u"status"_s].toString();
}
QString message(const HttpAnswer &answer)
{
    return answer.json()[u"error"_s].toObject()[u"message"_s].toString();
}
QString violatedField(const HttpAnswer &answer)
{
    const QJsonObject detail = answer.json()[u"error"_s].toObject()[u"details"_s].toArray().at(0).toObject();
    return detail[u"fieldViolations"_s].toArray().at(0).toObject()[u"field"_s].toString();
}

QJsonObject money(const QString &currency, const QString &units, int nanos = 0)
{
    return {{u"currency_code"_s, currency}, {u"units"_s, units}, {u"nanos"_s, nanos}};
}

QStringList idsOf(const QJsonObject &page)
{
    QStringList ids;
    const QJsonArray rows = page[u"billing_accounts"_s].toArray();
    for (const auto &row : rows)
        ids << row.toObject()[u"id"_s].toString();
    return ids;
}
} // namespace

// The billing contract against the real service in its own process.
class TestBillingAccounts : public QObject {
    Q_OBJECT

    std::unique_ptr<ServiceProcess> m_service;
    std::unique_ptr<HttpClient> m_http;
    std::vector<Row> m_rows;
    QHash<QString, QJsonObject> m_objects;

    HttpAnswer list(const QList<std::pair<QString, QString>> &items) { return m_http->get(listPath, queryOf(items)); }

    // Every page of a listing, in order; fails the test by an empty list when a page is refused.
    QStringList listAll(const QString &filter, const QString &order, int pageSize)
    {
        QStringList ids;
        QString token;
        do {
            QList<std::pair<QString, QString>> items{{u"page_size"_s, QString::number(pageSize)}};
            if (!filter.isEmpty())
                items << std::pair(u"filter"_s, filter);
            if (!order.isEmpty())
                items << std::pair(u"order_by"_s, order);
            if (!token.isEmpty())
                items << std::pair(u"page_token"_s, token);
            const HttpAnswer answer = list(items);
            if (answer.status != 200) {
                qWarning() << answer.status << answer.body.left(300);
                return {};
            }
            ids << idsOf(answer.json());
            token = answer.json()[u"next_page_token"_s].toString();
        } while (!token.isEmpty());
        return ids;
    }

    QJsonObject accountWhere(const std::function<bool(const QJsonObject &)> &wanted) const
    {
        QStringList ids = m_objects.keys();
        ids.sort();
        for (const QString &id : std::as_const(ids)) {
            if (wanted(m_objects[id]))
                return m_objects[id];
        }
        return {};
    }

    static QJsonObject changeOf(const QJsonObject &account)
    {
        return {{u"id"_s, account[u"id"_s]},
                {u"display_name"_s, account[u"display_name"_s]},
                {u"credit_line"_s, account[u"credit_line"_s]},
                {u"threshold_balance"_s, account[u"threshold_balance"_s]}};
    }

    HttpAnswer patch(const QJsonObject &change) { return patchAt(change[u"id"_s].toString(), change); }
    HttpAnswer patchAt(const QString &id, const QJsonObject &change)
    {
        return m_http->patch(u"/v1/billingaccounts/"_s + id, QJsonDocument(change).toJson(QJsonDocument::Compact));
    }

    QJsonObject reread(const QString &id)
    {
        return list({{u"filter"_s, u"id = \"%1\""_s.arg(id)}}).json()[u"billing_accounts"_s].toArray().at(0).toObject();
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_service = std::make_unique<ServiceProcess>();
        QVERIFY2(m_service->start(), qPrintable(m_service->errorText()));
        m_http = std::make_unique<HttpClient>(m_service->url());
        RowDecoder decoder(standalone::billingSchema());
        QString token;
        do {
            const HttpAnswer answer =
                list(token.isEmpty() ? QList<std::pair<QString, QString>>{{u"page_size"_s, u"1000"_s}}
                                     : QList<std::pair<QString, QString>>{{u"page_size"_s, u"1000"_s}, {u"page_token"_s, token}});
            QCOMPARE(answer.status, 200);
            const auto page = decoder.decodePage(answer.body, {{u"/billing_accounts"_s}, u"/total_size"_s, u"/next_page_token"_s});
            QVERIFY(page);
            QCOMPARE(page->noteCount, 0);
            QCOMPARE(page->total, 2000);
            for (int i = 0; i < page->rows.rowCount(); ++i)
                m_rows.push_back(page->rows.toRow(i));
            for (const auto &row : answer.json()[u"billing_accounts"_s].toArray())
                m_objects.insert(row.toObject()[u"id"_s].toString(), row.toObject());
            token = page->nextPageToken;
        } while (!token.isEmpty());
        QCOMPARE(m_rows.size(), 2000u);
        QCOMPARE(m_objects.size(), 2000);
    }

    void filtersAnswerAsTheReferenceDoes_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<bool>("someMatch");
        const auto row = [](const char *filter, bool some = true) { QTest::newRow(filter) << QString::fromUtf8(filter) << some; };
        row("state = BA_FROZEN");
        row("state != BA_ACTIVE");
        row("balance < 0");
        row("balance < \"1000 CNY\"");
        row("balance >= 1000000.5");
        row("balance.units > 100000 AND balance.nanos != 0");
        row("balance.currency_code = USD");
        row("credit_line = 50000");
        row("threshold_balance3:*");
        row("NOT threshold_balance2:*");
        row("threshold_balance2 >= \"2500 HKD\"");
        row("available_credit_limit < 10000 AND available_credit_limit > 0");
        row("frozen > 0");
        row("arrears > \"0 CNY\"");
        row("available_balance <= -1.5");
        row("auto_pay = true AND auto_voucher = false");
        row("allow_arrears = true allow_managed = true disable_threshold = true");
        row("linked_subscription_number >= 30 AND available_coupon_number = 0");
        row("available_voucher_number > 5 OR available_contract_number = 3");
        row("create_time >= 2026-01-01 AND create_time < \"2026-03-01T00:00:00Z\"");
        row("update_time > 2026-11-01");
        row("display_name : 智能科技");
        row("display_name = \"北京*\"");
        row("display_name : limited");
        row("name : \"ba-00012\"");
        row("parent_id:* AND escrow_account_id:*");
        row("-parent_id:* type = custom");
        row("currency_code = USD OR currency_code = HKD");
        row("(state = BA_FROZEN OR state = BA_DISABLED) AND NOT currency_code = CNY");
        row("云");
        row("creator : a owner_id : b tenant_id : c updater : d");
        row("id = \"no such id\"", false);
    }

    void filtersAnswerAsTheReferenceDoes()
    {
        QFETCH(QString, filter);
        const auto parsed = parseFilter(filter);
        QVERIFY2(parsed, parsed ? "" : qPrintable(parsed.error().detail));
        const auto checked = checkFilter(*parsed, standalone::billingSchema());
        QVERIFY2(checked, checked ? "" : qPrintable(checked.error().detail));
        QStringList expected;
        for (const Row &row : m_rows) {
            if (matches(*parsed, standalone::billingSchema(), row))
                expected << row.key;
        }
        expected.sort();
        const HttpAnswer first = list({{u"filter"_s, filter}, {u"page_size"_s, u"1"_s}});
        QCOMPARE(first.status, 200);
        QCOMPARE(first.json()[u"total_size"_s].toInt(), int(expected.size()));
        QStringList answered = listAll(filter, {}, 1000);
        answered.sort();
        QCOMPARE(answered, expected);
        QTEST(!expected.isEmpty(), "someMatch");
    }

    void orderIsTotalAndPagedAlike_data()
    {
        QTest::addColumn<QString>("order");
        for (const char *order : {"create_time desc", "update_time", "display_name desc", "state, create_time desc", "state desc, balance desc, name",
                                  "threshold_balance3 desc, display_name", "threshold_balance2, create_time desc", "parent_id desc",
                                  "escrow_account_id, parent_id desc", "auto_pay desc, currency_code, credit_line", "id desc", "name"})
            QTest::newRow(order) << QString::fromLatin1(order);
    }

    void orderIsTotalAndPagedAlike()
    {
        QFETCH(QString, order);
        const QStringList large = listAll({}, order, 1000);
        QCOMPARE(QSet<QString>(large.begin(), large.end()).size(), 2000);
        QCOMPARE(listAll({}, order, 173), large);
        const QStringList ordered = listAll(u"state = BA_ACTIVE"_s, order, 97);
        QStringList filtered;
        for (const QString &id : large) {
            if (m_objects[id][u"state"_s] == u"BA_ACTIVE"_s)
                filtered << id;
        }
        QCOMPARE(ordered, filtered);
    }

    void ordersByValue()
    {
        const QStringList ids = listAll({}, u"balance desc"_s, 500);
        for (qsizetype i = 1; i < ids.size(); ++i) {
            const QJsonObject above = m_objects[ids[i - 1]][u"balance"_s].toObject(), below = m_objects[ids[i]][u"balance"_s].toObject();
            const auto amount = [](const QJsonObject &m) { return std::pair(m[u"units"_s].toString().toLongLong(), m[u"nanos"_s].toInt()); };
            QVERIFY(amount(above) >= amount(below));
        }
    }

    void refusesWhatTheContractDoesNotKnow_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("field");
        QTest::newRow("unknown parameter") << u"colour"_s << u"red"_s << u"colour"_s;
        QTest::newRow("page size 0") << u"page_size"_s << u"0"_s << u"page_size"_s;
        QTest::newRow("page size 1001") << u"page_size"_s << u"1001"_s << u"page_size"_s;
        QTest::newRow("page size text") << u"page_size"_s << u"many"_s << u"page_size"_s;
        QTest::newRow("page size fraction") << u"page_size"_s << u"1.5"_s << u"page_size"_s;
        QTest::newRow("filter syntax") << u"filter"_s << u"balance < "_s << u"filter"_s;
        QTest::newRow("filter field") << u"filter"_s << u"colour = red"_s << u"filter"_s;
        QTest::newRow("filter secret") << u"filter"_s << u"password_pay = x"_s << u"filter"_s;
        QTest::newRow("filter value") << u"filter"_s << u"balance < much"_s << u"filter"_s;
        QTest::newRow("order field") << u"order_by"_s << u"colour desc"_s << u"order_by"_s;
        QTest::newRow("order direction") << u"order_by"_s << u"name sideways"_s << u"order_by"_s;
        QTest::newRow("order secret") << u"order_by"_s << u"password_pay"_s << u"order_by"_s;
        QTest::newRow("token") << u"page_token"_s << u"bm90IGEgdG9rZW4gb2YgdGhpcyBzZXJ2aWNl"_s << u"page_token"_s;
    }

    void refusesWhatTheContractDoesNotKnow()
    {
        QFETCH(QString, name);
        QFETCH(QString, value);
        QFETCH(QString, field);
        const HttpAnswer answer = list({{name, value}});
        QCOMPARE(answer.status, 400);
        QCOMPARE(statusName(answer), u"INVALID_ARGUMENT"_s);
        QCOMPARE(violatedField(answer), field);
        QVERIFY2(message(answer).contains(field), answer.body.constData());
    }

    void tokensAreBoundToFilterAndOrder()
    {
        const QString token = list({{u"page_size"_s, u"5"_s}, {u"order_by"_s, u"name"_s}}).json()[u"next_page_token"_s].toString();
        QVERIFY(!token.isEmpty());
        QCOMPARE(list({{u"page_size"_s, u"7"_s}, {u"order_by"_s, u"name"_s}, {u"page_token"_s, token}}).status, 200);
        QCOMPARE(list({{u"page_size"_s, u"5"_s}, {u"order_by"_s, u"name desc"_s}, {u"page_token"_s, token}}).status, 400);
        QCOMPARE(list({{u"page_size"_s, u"5"_s}, {u"order_by"_s, u"name"_s}, {u"filter"_s, u"state = BA_ACTIVE"_s}, {u"page_token"_s, token}}).status,
                 400);
        QString forged = token;
        forged[25] = forged[25] == u'A' ? u'B' : u'A';
        QCOMPARE(list({{u"page_size"_s, u"5"_s}, {u"order_by"_s, u"name"_s}, {u"page_token"_s, forged}}).status, 400);
    }

    void masksThePaymentPassword()
    {
        for (const QJsonObject &account : std::as_const(m_objects))
            QCOMPARE(account[u"password_pay"_s].toString(), u"******"_s);
    }

    void changesWhatMayBeChanged()
    {
        const QJsonObject before = accountWhere([](const QJsonObject &a) {
            return a[u"state"_s] == u"BA_ACTIVE"_s && a[u"currency_code"_s] == u"CNY"_s && a[u"arrears"_s].toObject()[u"units"_s] != u"0"_s;
        });
        const qint64 owed = before[u"arrears"_s].toObject()[u"units"_s].toString().toLongLong();
        QJsonObject change = changeOf(before);
        change[u"display_name"_s] = u"改名后的账户 \"引号\" \\ 😀"_s;
        change[u"credit_line"_s] = money(u"CNY"_s, QString::number(owed + 70'000), 250'000'000);
        change[u"threshold_balance"_s] = money(u"CNY"_s, u"9000"_s);
        change[u"threshold_balance2"_s] = money(u"CNY"_s, u"9000"_s);
        change[u"threshold_balance3"_s] = QJsonValue::Null;
        change[u"disable_threshold"_s] = true;
        const HttpAnswer answer = patch(change);
        QCOMPARE(answer.status, 200);
        const QJsonObject after = answer.json();
        QCOMPARE(after, reread(before[u"id"_s].toString()));
        QCOMPARE(after[u"display_name"_s], change[u"display_name"_s]);
        QCOMPARE(after[u"threshold_balance2"_s], change[u"threshold_balance2"_s]);
        QVERIFY(after[u"threshold_balance3"_s].isNull());
        QCOMPARE(after[u"disable_threshold"_s].toBool(), true);
        const auto amount = [](const QJsonObject &account, const char *field) {
            const QJsonObject m = account[QLatin1String(field)].toObject();
            return m[u"units"_s].toString().toLongLong() * 1'000'000'000 + m[u"nanos"_s].toInt();
        };
        QCOMPARE(amount(after, "available_credit_limit"), amount(after, "credit_line") - amount(after, "arrears"));
        QVERIFY(after[u"update_time"_s].toString() > before[u"update_time"_s].toString());
        QCOMPARE(after[u"updater"_s].toString(), u"local"_s);
        for (const char *kept :
             {"name", "state", "balance", "frozen", "arrears", "owner_id", "create_time", "creator", "currency_code", "allow_arrears"})
            QCOMPARE(after[QLatin1String(kept)], before[QLatin1String(kept)]);
    }

    void keepsWhatIsLeftOut()
    {
        const QJsonObject before =
            accountWhere([](const QJsonObject &a) { return a[u"state"_s] == u"BA_ACTIVE"_s && !a[u"threshold_balance3"_s].isNull(); });
        const HttpAnswer answer = patch(changeOf(before));
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.json()[u"threshold_balance3"_s], before[u"threshold_balance3"_s]);
        QCOMPARE(answer.json()[u"disable_threshold"_s], before[u"disable_threshold"_s]);
    }

    void refusesBadChanges_data()
    {
        QTest::addColumn<QString>("member");
        QTest::addColumn<QJsonValue>("value");
        QTest::addColumn<QString>("field");
        const auto row = [](const char *tag, const char *member, const QJsonValue &value, const char *field) {
            QTest::newRow(tag) << QString::fromLatin1(member) << value << QString::fromLatin1(field);
        };
        row("unknown member", "state", u"BA_ACTIVE"_s, "state");
        row("read-only member", "balance", money(u"CNY"_s, u"1"_s), "balance");
        row("empty name", "display_name", QString(), "display_name");
        row("blank name", "display_name", u"  "_s, "display_name");
        row("wrong type", "display_name", 5, "display_name");
        row("other currency", "credit_line", money(u"EUR"_s, u"1"_s), "credit_line.currency_code");
        row("mixed signs", "credit_line", money(u"CNY"_s, u"5"_s, -1), "credit_line");
        row("negative", "credit_line", money(u"CNY"_s, u"-5"_s), "credit_line");
        row("nanos out of range", "credit_line", money(u"CNY"_s, u"5"_s, 1'000'000'000), "credit_line.nanos");
        row("units not a number", "credit_line", money(u"CNY"_s, u"5.5"_s), "credit_line.units");
        row("units too large", "credit_line", money(u"CNY"_s, u"9999999999999999999"_s), "credit_line.units");
        row("money without nanos", "credit_line", QJsonObject{{u"currency_code"_s, u"CNY"_s}, {u"units"_s, u"5"_s}}, "credit_line.nanos");
        row("thresholds rising", "threshold_balance2", money(u"CNY"_s, u"99999999"_s), "threshold_balance2");
        row("third above first", "threshold_balance3", money(u"CNY"_s, u"99999999"_s), "threshold_balance3");
        row("flag as text", "disable_threshold", u"yes"_s, "disable_threshold");
    }

    void refusesBadChanges()
    {
        QFETCH(QString, member);
        QFETCH(QJsonValue, value);
        QFETCH(QString, field);
        const QJsonObject before =
            reread(accountWhere([](const QJsonObject &a) {
                       return a[u"state"_s] == u"BA_ACTIVE"_s && a[u"currency_code"_s] == u"CNY"_s && a[u"threshold_balance2"_s].isNull();
                   })[u"id"_s]
                       .toString());
        QJsonObject change = changeOf(before);
        change[member] = value;
        const HttpAnswer answer = patch(change);
        QCOMPARE(answer.status, 400);
        QCOMPARE(statusName(answer), u"INVALID_ARGUMENT"_s);
        QCOMPARE(violatedField(answer), field);
        QCOMPARE(reread(before[u"id"_s].toString()), before);
    }

    void refusesBodiesThatAreNoChange()
    {
        const QString path = u"/v1/billingaccounts/"_s + m_objects.begin().key();
        for (const char *body : {"", "null", "[]", "{", "{\"id\":", "\xff\xfe", "{\"id\":\"x\"}", "<html>"}) {
            const HttpAnswer answer = m_http->patch(path, body);
            QVERIFY2(answer.status == 400, body);
            QVERIFY2(!message(answer).isEmpty(), body);
        }
        QCOMPARE(m_http->patch(path, QByteArray(100'000, '[')).status, 400);
        QCOMPARE(m_http->patch(path, QByteArray(2'000'000, ' ')).status, 413);
    }

    void refusesWrongAccounts()
    {
        const QJsonObject active = accountWhere([](const QJsonObject &a) { return a[u"state"_s] == u"BA_ACTIVE"_s; });
        QJsonObject change = changeOf(active);
        QCOMPARE(patchAt(u"no-such-account"_s, change).status, 400); // path and body differ
        change[u"id"_s] = u"no-such-account"_s;
        const HttpAnswer missing = patch(change);
        QCOMPARE(missing.status, 404);
        QCOMPARE(statusName(missing), u"NOT_FOUND"_s);
    }

    void refusesInTheWrongState()
    {
        const QJsonObject disabled = accountWhere([](const QJsonObject &a) { return a[u"state"_s] == u"BA_DISABLED"_s; });
        const HttpAnswer refused = patch(changeOf(disabled));
        QCOMPARE(refused.status, 409);
        QCOMPARE(statusName(refused), u"FAILED_PRECONDITION"_s);
        QCOMPARE(reread(disabled[u"id"_s].toString()), disabled);

        const QJsonObject owing = accountWhere([](const QJsonObject &a) {
            return a[u"state"_s] == u"BA_FROZEN"_s
                || (a[u"state"_s] == u"BA_ACTIVE"_s && a[u"arrears"_s].toObject()[u"units"_s].toString().toLongLong() > 100);
        });
        QJsonObject change = changeOf(reread(owing[u"id"_s].toString()));
        if (owing[u"arrears"_s].toObject()[u"units"_s] != u"0"_s) {
            change[u"credit_line"_s] = money(owing[u"currency_code"_s].toString(), u"1"_s);
            const HttpAnswer below = patch(change);
            QCOMPARE(below.status, 400);
            QCOMPARE(violatedField(below), u"credit_line"_s);
        }
    }

    void checksTheVersionWhenAsked()
    {
        const QJsonObject account = reread(accountWhere([](const QJsonObject &a) { return a[u"state"_s] == u"BA_FROZEN"_s; })[u"id"_s].toString());
        m_http->setHeader("If-Match", '"' + account[u"update_time"_s].toString().toLatin1() + '"');
        const HttpAnswer first = patch(changeOf(account));
        const HttpAnswer second = patch(changeOf(account));
        m_http->setHeader("If-Match", {});
        QCOMPARE(first.status, 200);
        QCOMPARE(second.status, 409);
        QCOMPARE(statusName(second), u"ABORTED"_s);
    }

    void tokensStayStableUnderChange()
    {
        const QStringList before = listAll({}, u"update_time desc"_s, 1000);
        QStringList seen;
        QString token;
        int page = 0;
        do {
            QList<std::pair<QString, QString>> items{{u"page_size"_s, u"100"_s}, {u"order_by"_s, u"update_time desc"_s}};
            if (!token.isEmpty())
                items << std::pair(u"page_token"_s, token);
            const HttpAnswer answer = list(items);
            QCOMPARE(answer.status, 200);
            QCOMPARE(answer.json()[u"total_size"_s].toInt(), 2000);
            seen << idsOf(answer.json());
            token = answer.json()[u"next_page_token"_s].toString();
            // The row the token stands on moves to the front, and so does one that was not sent yet.
            const qsizetype sent = seen.size();
            for (const qsizetype at : {sent - 1, sent + 50}) {
                if (at < before.size() && page % 2 == 0)
                    patch(changeOf(reread(before[at])));
            }
            ++page;
        } while (!token.isEmpty());
        QCOMPARE(QSet<QString>(seen.begin(), seen.end()).size(), seen.size()); // nothing twice
        const QStringList moved = listAll(u"updater = local"_s, {}, 1000);
        QSet<QString> expected(before.begin(), before.end());
        expected.subtract({moved.begin(), moved.end()});
        QVERIFY(expected.size() > 1900);
        expected.subtract({seen.begin(), seen.end()});
        QCOMPARE(expected.size(), 0); // nothing lost that did not move
    }
};

QTEST_GUILESS_MAIN(TestBillingAccounts)
#include "tst_billingaccounts.moc"
