#include "app/base/typedmoney.h"

#include <QTest>
#include <rapidcheck.h>

using namespace kboss;
using namespace Qt::StringLiterals;

class TestMoney final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void makeChecks();
    void amountComesBack();
    void fromDecimalChecks();
    void understands_data();
    void understands();
    void refuses_data();
    void refuses();
    void whatIsShownCanBeTyped();
    void formats_data();
    void formats();
};

void TestMoney::makeChecks()
{
    QVERIFY(Money::make(u"cny"_s, 1, 999'999'999));
    QCOMPARE(Money::make(u"cny"_s, 1, 0)->currency, u"CNY"_s);
    QVERIFY(Money::make(u"CNY"_s, 0, -5));
    for (const auto &[units, nanos] : {std::pair<qint64, qint32>{1, -1}, {-1, 1}, {0, 1'000'000'000}, {0, -1'000'000'000}}) {
        const auto money = Money::make(u"CNY"_s, units, nanos);
        QVERIFY(!money);
        QCOMPARE(money.error().kind, ErrorKind::Rejected);
    }
}

void TestMoney::amountComesBack()
{
    QVERIFY(rc::check("fromDecimal(amount()) is the same money", [](qint64 units) {
        const qint32 size = *rc::gen::inRange<qint32>(0, 1'000'000'000);
        const bool negative = units < 0 || (units == 0 && *rc::gen::arbitrary<bool>());
        const Money money = *Money::make(u"CNY"_s, units, negative ? -size : size);
        const auto again = Money::fromDecimal(u"CNY"_s, money.amount());
        RC_ASSERT(again);
        RC_ASSERT(*again == money);
    }));
    for (const qint64 units : {std::numeric_limits<qint64>::min(), std::numeric_limits<qint64>::max()}) {
        const Money money{u"CNY"_s, units, units < 0 ? -999'999'999 : 999'999'999};
        QCOMPARE(*Money::fromDecimal(u"CNY"_s, money.amount()) == money, true);
    }
}

void TestMoney::fromDecimalChecks()
{
    QVERIFY(!Money::fromDecimal(u"CNY"_s, *Decimal::parse(u"0.0000000001")));
    QVERIFY(Money::fromDecimal(u"CNY"_s, *Decimal::parse(u"0.00000000100000")));
    QVERIFY(!Money::fromDecimal(u"CNY"_s, *Decimal::parse(u"9223372036854775808")));
    const auto negative = Money::fromDecimal(u"CNY"_s, *Decimal::parse(u"-0.5"));
    QCOMPARE(negative->units, 0);
    QCOMPARE(negative->nanos, -500'000'000);
}

void TestMoney::understands_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("currency");
    QTest::addColumn<qint64>("units");
    QTest::addColumn<qint32>("nanos");
    const auto add = [](const QString &typed, const QString &currency, qint64 units, qint32 nanos = 0) {
        QTest::newRow(qPrintable(typed)) << typed << currency << units << nanos;
    };
    add(u"1,234.56"_s, u"CNY"_s, 1234, 560'000'000);
    add(u"1 234.56"_s, u"CNY"_s, 1234, 560'000'000);
    add(u"1\u00A0234\u202F567"_s, u"CNY"_s, 1'234'567);
    add(u"¥1,234.5"_s, u"CNY"_s, 1234, 500'000'000);
    add(u"￥１，２３４。５"_s, u"CNY"_s, 1234, 500'000'000);
    add(u"¥100"_s, u"JPY"_s, 100);
    add(u"-3"_s, u"CNY"_s, -3);
    add(u"−3"_s, u"CNY"_s, -3);
    add(u"－０．５"_s, u"CNY"_s, 0, -500'000'000);
    add(u"+3"_s, u"CNY"_s, 3);
    add(u"-¥3"_s, u"CNY"_s, -3);
    add(u"¥-3"_s, u"CNY"_s, -3);
    add(u"  12 元 "_s, u"CNY"_s, 12);
    add(u"12元"_s, u"CNY"_s, 12);
    add(u"人民币 12"_s, u"CNY"_s, 12);
    add(u"￥12元"_s, u"CNY"_s, 12);
    add(u"CNY 12"_s, u"CNY"_s, 12);
    add(u"12cny"_s, u"CNY"_s, 12);
    add(u"RMB12"_s, u"CNY"_s, 12);
    add(u"CN¥12"_s, u"CNY"_s, 12);
    add(u"$1.05"_s, u"USD"_s, 1, 50'000'000);
    add(u"US$1"_s, u"USD"_s, 1);
    add(u"＄1"_s, u"USD"_s, 1);
    add(u"HK$8"_s, u"HKD"_s, 8);
    add(u"8 港元"_s, u"HKD"_s, 8);
    add(u"€2"_s, u"EUR"_s, 2);
    add(u"XAU 2"_s, u"XAU"_s, 2);
    add(u".5"_s, u"CNY"_s, 0, 500'000'000);
    add(u"5."_s, u"CNY"_s, 5);
    add(u"0007"_s, u"CNY"_s, 7);
    add(u"0.000000001"_s, u"CNY"_s, 0, 1);
    add(u"12,345,678,901"_s, u"CNY"_s, 12'345'678'901);
    add(u"-9223372036854775808.999999999"_s, u"CNY"_s, std::numeric_limits<qint64>::min(), -999'999'999);
}

void TestMoney::understands()
{
    QFETCH(QString, typed);
    QFETCH(QString, currency);
    QFETCH(qint64, units);
    QFETCH(qint32, nanos);
    const auto money = parseTypedMoney(typed, currency);
    QVERIFY2(money, qPrintable(money ? QString() : money.error().detail));
    QCOMPARE(money->currency, currency);
    QCOMPARE(money->units, units);
    QCOMPARE(money->nanos, nanos);
}

void TestMoney::refuses_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<int>("position");
    const auto add = [](const QString &typed, const QString &reason, int position) {
        QTest::newRow(qPrintable(u"<%1>"_s.arg(typed))) << typed << reason << position;
    };
    add(u""_s, u"empty"_s, 0);
    add(u" \u3000"_s, u"empty"_s, 0);
    add(u"-"_s, u"no-digits"_s, 2);
    add(u"¥"_s, u"no-digits"_s, 2);
    add(u"."_s, u"no-digits"_s, 1);
    add(u"1,23"_s, u"grouping"_s, 2);
    add(u"1,5"_s, u"grouping"_s, 2);
    add(u"12,34,567"_s, u"grouping"_s, 6);
    add(u"1234,567"_s, u"grouping"_s, 5);
    add(u"1,2345"_s, u"grouping"_s, 2);
    add(u"1,234 567"_s, u"grouping"_s, 6);
    add(u"0,123"_s, u"grouping"_s, 2);
    add(u",123"_s, u"grouping"_s, 1);
    add(u"1,,234"_s, u"grouping"_s, 3);
    add(u"1.234,56"_s, u"unexpected-text"_s, 6);
    add(u"1.2.3"_s, u"two-points"_s, 4);
    add(u"0.1234567890"_s, u"too-many-decimals"_s, 2);
    add(u"9223372036854775808"_s, u"out-of-range"_s, 0);
    add(QString(400, u'9'), u"out-of-range"_s, 0);
    add(u"$5"_s, u"wrong-currency"_s, 1);
    add(u"5 USD"_s, u"wrong-currency"_s, 3);
    add(u"HK$5"_s, u"wrong-currency"_s, 1);
    add(u"5 abc"_s, u"wrong-currency"_s, 3);
    add(u"5 dollars"_s, u"unexpected-text"_s, 3);
    add(u"five"_s, u"unexpected-text"_s, 1);
    add(u"5x"_s, u"unexpected-text"_s, 2);
    add(u"5万"_s, u"unexpected-text"_s, 2);
    add(u"(5)"_s, u"unexpected-text"_s, 1);
    add(u"1e5"_s, u"unexpected-text"_s, 2);
    add(u"--5"_s, u"two-signs"_s, 2);
    add(u"-¥-5"_s, u"two-signs"_s, 3);
    add(u"٣"_s, u"unexpected-text"_s, 1);
}

void TestMoney::refuses()
{
    QFETCH(QString, typed);
    QFETCH(QString, reason);
    QFETCH(int, position);
    const auto money = readTypedMoney(typed, u"CNY"_s);
    QVERIFY(!money);
    QCOMPARE(moneyInputReasonName(money.error().reason), reason);
    QCOMPARE(money.error().position, position);
    QVERIFY(!money.error().detail.isEmpty());
    const auto plain = parseTypedMoney(typed, u"CNY"_s);
    QCOMPARE(plain.error().kind, ErrorKind::Rejected);
    QVERIFY(plain.error().field.isEmpty());
}

void TestMoney::whatIsShownCanBeTyped()
{
    QVERIFY(rc::check("parseTypedMoney(formatAmount(m)) is m", [](qint64 units) {
        const qint32 size = *rc::gen::inRange<qint32>(0, 1'000'000'000);
        const Money money{u"CNY"_s, units, units < 0 ? -size : size};
        const auto again = parseTypedMoney(formatAmount(money), u"CNY"_s);
        RC_ASSERT(again);
        RC_ASSERT(*again == money);
    }));
}

void TestMoney::formats_data()
{
    QTest::addColumn<QString>("amount");
    QTest::addColumn<QString>("shown");
    QTest::newRow("thousands") << u"1284300.55"_s << u"1,284,300.55"_s;
    QTest::newRow("padded") << u"7"_s << u"7.00"_s;
    QTest::newRow("three") << u"123"_s << u"123.00"_s;
    QTest::newRow("four") << u"-1234.5"_s << u"\u22121,234.50"_s;
    QTest::newRow("more decimals") << u"0.123450"_s << u"0.12345"_s;
    QTest::newRow("zero") << u"0"_s << u"0.00"_s;
}

void TestMoney::formats()
{
    QFETCH(QString, amount);
    QFETCH(QString, shown);
    QCOMPARE(formatAmount(*Decimal::parse(amount)), shown);
}

QTEST_APPLESS_MAIN(TestMoney)
#include "tst_money.moc"
