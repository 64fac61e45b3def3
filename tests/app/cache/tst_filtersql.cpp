#include "app/cache/cachestore.h"
#include "app/cache/filtersql.h"
#include "tests/support/billdata.h"
#include "tests/support/fakeclock.h"
#include "tests/support/waitfor.h"

#include <QTemporaryDir>
#include <QTest>
#include <rapidcheck.h>

using namespace kboss;
using namespace Qt::StringLiterals;

namespace {

std::string pick(std::initializer_list<const char *> choices)
{
    return *rc::gen::elementOf(std::vector<std::string>(choices.begin(), choices.end()));
}

std::string randomAmount()
{
    return pick({"0", "1", "-1", "5", "-5", "7.5", "-7.5", "1000", "9223372036854775807", "-9223372036854775808", "0.000000001", "-0.5"});
}

// A JSON member or nothing; now and then null or a value of the wrong type.
std::string member(const char *name, const std::string &json)
{
    const int kind = *rc::gen::inRange(0, 12);
    if (kind == 0)
        return {};
    return std::string(",\"") + name + "\":" + (kind == 1 ? "null" : kind == 2 ? "{\"odd\":1}" : json);
}

std::string money(const char *name)
{
    const std::string units = pick({"0", "1", "-1", "7", "-7", "1000", "9223372036854775807", "-9223372036854775808"});
    const std::string nanos = units[0] == '-' ? pick({"0", "-500000000", "-1"}) : pick({"0", "500000000", "1", "999999999"});
    return member(name, "{\"currency_code\":\"" + pick({"CNY", "USD", "EUR"}) + "\",\"units\":\"" + units + "\",\"nanos\":" + nanos + "}");
}

std::string quotedText()
{
    return '"' + pick({"", "abc", "ABC", "ab", "计费账户", "计费", "a*c", "Straße", "zz", "ÀB", "😀 abc", "50%", "a_b", "x'y"}) + '"';
}

QByteArray randomRow(int number)
{
    std::string json = "{\"id\":\"K" + std::to_string(number) + '"';
    json += member("name", quotedText());
    json += member("state", '"' + pick({"PAID", "OPEN", "VOID"}) + '"');
    json += member("count", pick({"0", "1", "-1", "5", "7", "9223372036854775807", "-9223372036854775808"}));
    json += member("paid", pick({"true", "false"}));
    json += member("discount", '"' + randomAmount() + '"');
    json += money("amount") + money("balance");
    json += member("create_time",
                   pick({"\"2026-03-01T00:00:00Z\"", "\"2026-03-01T15:59:59Z\"", "\"2026-03-01T16:00:00Z\"", "\"2026-03-02T01:02:03.004Z\""}));
    json += member("bill_date", pick({"\"2026-03-01\"", "\"2026-03-02\"", "\"2025-12-31\""}));
    return QByteArray::fromStdString(json + "}");
}

std::string pattern()
{
    const std::string word = pick({"abc", "ABC", "b", "计费", "jfzh", "a", "账", "straße", "😀", "%", "_", "x'y", ""});
    return '"' + pick({"", "*"}) + word + pick({"", "*"}) + '"';
}

std::string restriction()
{
    const std::string order = pick({" = ", " != ", " < ", " <= ", " > ", " >= "}), equality = pick({" = ", " != ", ":"});
    switch (*rc::gen::inRange(0, 13)) {
    case 0:
        return "name" + equality + pattern();
    case 1:
        return "name" + order + quotedText();
    case 2:
        return "state" + equality + pick({"PAID", "OPEN", "\"P*\"", "\"*D\""});
    case 3:
        return "count" + order + pick({"0", "1", "-1", "1.5", "-1.5", "7", "99999999999999999999", "-99999999999999999999"});
    case 4:
        return "paid" + equality + pick({"true", "false"});
    case 5:
        return "discount" + order + randomAmount();
    case 6:
        return "amount" + order + pick({"0", "7.5", "-7.5", "0.0000000005", "-0.0000000005", "1e", "1000", "99999999999999999999999"});
    case 7:
        return "amount" + order + "\"" + randomAmount() + pick({" CNY", " USD", " QQQ"}) + "\"";
    case 8:
        return pick({"amount.units", "amount.nanos", "balance.units"}) + order + pick({"0", "7", "-7", "500000000", "0.5"});
    case 9:
        return "balance.currency_code" + equality + pick({"CNY", "\"C*\"", "usd"});
    case 10:
        return "create_time" + order + pick({"\"2026-03-01T16:00:00Z\"", "2026-03-02", "2026-03-01"});
    case 11:
        return "bill_date" + order + pick({"2026-03-01", "2026-03-02"});
    default:
        return pick({"name", "state", "count", "amount", "discount", "create_time", "bill_date", "paid"}) + ":*";
    }
}

std::string expression(int depth)
{
    const int kind = depth == 0 ? 0 : *rc::gen::inRange(0, 6);
    switch (kind) {
    case 1:
        return "(" + expression(depth - 1) + " AND " + expression(depth - 1) + ")";
    case 2:
        return "(" + expression(depth - 1) + " OR " + expression(depth - 1) + ")";
    case 3:
        return "NOT (" + expression(depth - 1) + ")";
    case 4:
        return pattern();
    default:
        return restriction();
    }
}

} // namespace

class TestFilterSql : public QObject {
    Q_OBJECT

private:
    FakeClock m_clock;
    QTemporaryDir m_folder;
    std::unique_ptr<CacheStore> m_store;
    int m_filters = 0;

    std::vector<Row> stored(const DatasetId &id, const QString &filter)
    {
        RowQuery query;
        query.filter = parseFilter(filter).value();
        const auto rows = waitFor((*m_store->source(id))->firstRows(query, 1000));
        if (!rows)
            RC_FAIL(rows.error().detail.toStdString());
        return *rows;
    }

private Q_SLOTS:
    void initTestCase() { m_store = std::move(*CacheStore::open(m_folder.filePath(u"cache.db"_s), m_clock)); }
    void cleanupTestCase() { m_store.reset(); }

    void sqlAnswersAsMatchesDoes()
    {
        int run = 0;
        const bool holds = rc::check("the store's rows are those that match", [&] {
            const DatasetId id{u"p"_s, u"random"_s, QString::number(run++)};
            const TableSchema schema = BillData::schema();
            RC_ASSERT(waitFor(m_store->declare(id, schema)).has_value());
            QByteArray page = "{\"rows\":[";
            for (int i = 0; i < 40; ++i)
                page += (i ? "," : "") + randomRow(i);
            auto writer = m_store->beginRefresh(id);
            RC_ASSERT(waitFor(writer->append(BillData::decode(page + "]}"))).has_value());
            RC_ASSERT(waitFor(writer->commit()).has_value());
            const std::vector<Row> all = stored(id, {});
            RC_ASSERT(all.size() == 40U);
            for (int i = 0; i < 20; ++i) {
                const QString text = QString::fromStdString(expression(3));
                const auto filter = parseFilter(text);
                if (!filter || !checkFilter(*filter, schema))
                    continue;
                ++m_filters;
                std::vector<Row> expected;
                for (const Row &row : all) {
                    if (matches(*filter, schema, row))
                        expected.push_back(row);
                }
                const std::vector<Row> answered = stored(id, text);
                if (answered != expected)
                    RC_FAIL(text.toStdString() + ": " + std::to_string(answered.size()) + " rows instead of " + std::to_string(expected.size()));
            }
        });
        QVERIFY(holds);
        QVERIFY2(m_filters > 500, "most random filters should be valid");
    }

    void decimalKeysOrderAsTheNumbersDo()
    {
        const bool holds = rc::check("key order is number order", [] {
            const auto number = [] {
                const auto digits = *rc::gen::arbitrary<qint64>();
                const int scale = *rc::gen::inRange(0, 20);
                return Decimal::fromParts(digits, scale).value();
            };
            const Decimal a = number(), b = *rc::gen::arbitrary<bool>() ? number() : a;
            const int order = decimalKey(a).compare(decimalKey(b));
            RC_ASSERT((order < 0) == (a < b));
            RC_ASSERT((order == 0) == (a == b));
        });
        QVERIFY(holds);
    }
};

QTEST_GUILESS_MAIN(TestFilterSql)
#include "tst_filtersql.moc"
