#include "app/base/decimal.h"

#include <QTest>
#include <rapidcheck.h>

using namespace kboss;
using namespace Qt::StringLiterals;

namespace {

using Int = Decimal::Coefficient;

Decimal dec(const char *text)
{
    const auto result = Decimal::parse(QString::fromLatin1(text));
    if (!result)
        qFatal("%s: %s", text, qPrintable(result.error().detail));
    return *result;
}

// Any coefficient of up to `digits` digits with any scale.
rc::Gen<Decimal> anyDecimal(int digits = Decimal::maxDigits)
{
    return rc::gen::exec([digits] {
        const int count = *rc::gen::inRange(1, digits + 1);
        Int coefficient = 0;
        for (int i = 0; i < count; ++i)
            coefficient = coefficient * 10 + *rc::gen::inRange(0, 10);
        if (*rc::gen::arbitrary<bool>())
            coefficient = -coefficient;
        return *Decimal::fromParts(coefficient, *rc::gen::inRange(0, std::min(digits, Decimal::maxScale + 1)));
    });
}

} // namespace

namespace rc {
template <> struct Arbitrary<Decimal> {
    static Gen<Decimal> arbitrary() { return anyDecimal(); }
};
} // namespace rc

class TestDecimal final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void parses_data();
    void parses();
    void refuses_data();
    void refuses();
    void rounds_data();
    void rounds();
    void divides();
    void limitIs38Digits();
    void toInt64();
    void textComesBack();
    void sumIsExactAndCommutes();
    void productIsExact();
    void quotientIsWithinOneUnit();
    void roundingIsClosest();
    void orderAgreesWithSortKeyAndHash();
};

void TestDecimal::parses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("printed");
    QTest::addColumn<int>("scale");
    QTest::newRow("scale is kept") << u"-1234.5600"_s << u"-1234.5600"_s << 4;
    QTest::newRow("plus") << u"+7"_s << u"7"_s << 0;
    QTest::newRow("leading zeros") << u"000.10"_s << u"0.10"_s << 2;
    QTest::newRow("negative zero") << u"-0.0"_s << u"0.0"_s << 1;
    QTest::newRow("18 digits") << u"123456789012345678"_s << u"123456789012345678"_s << 0;
    QTest::newRow("19 digits") << u"1234567890123456789"_s << u"1234567890123456789"_s << 0;
    QTest::newRow("38 digits") << QString(38, u'9') << QString(38, u'9') << 0;
    QTest::newRow("zeros before") << QString(60, u'0') + u'5' << u"5"_s << 0;
    QTest::newRow("smallest") << u"0."_s + QString(36, u'0') + u'1' << u"0."_s + QString(36, u'0') + u'1' << 37;
}

void TestDecimal::parses()
{
    QFETCH(QString, text);
    QFETCH(QString, printed);
    QFETCH(int, scale);
    const auto value = Decimal::parse(text);
    QVERIFY(value);
    QCOMPARE(value->toString(), printed);
    QCOMPARE(value->scale(), scale);
}

void TestDecimal::refuses_data()
{
    QTest::addColumn<QString>("text");
    for (const QString &text : {u""_s, u"-"_s, u"."_s, u"1."_s, u".5"_s, u"1.2.3"_s, u"1e5"_s, u"1,000"_s, u" 1"_s, u"--1"_s, u"١"_s, u"NaN"_s,
                                QString(39, u'1'), u"0."_s + QString(38, u'1')})
        QTest::newRow(qPrintable(u"<%1>"_s.arg(text))) << text;
}

void TestDecimal::refuses()
{
    QFETCH(QString, text);
    const auto value = Decimal::parse(text);
    QVERIFY(!value);
    QCOMPARE(value.error().kind, ErrorKind::Rejected);
}

void TestDecimal::rounds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("expected"); // HalfEven, HalfUp, Down, Up, Floor, Ceiling to no decimals
    QTest::newRow("2.5") << u"2.5"_s << QStringList{u"2"_s, u"3"_s, u"2"_s, u"3"_s, u"2"_s, u"3"_s};
    QTest::newRow("-2.5") << u"-2.5"_s << QStringList{u"-2"_s, u"-3"_s, u"-2"_s, u"-3"_s, u"-3"_s, u"-2"_s};
    QTest::newRow("3.5") << u"3.5"_s << QStringList{u"4"_s, u"4"_s, u"3"_s, u"4"_s, u"3"_s, u"4"_s};
    QTest::newRow("2.51") << u"2.51"_s << QStringList{u"3"_s, u"3"_s, u"2"_s, u"3"_s, u"2"_s, u"3"_s};
    QTest::newRow("-0.4") << u"-0.4"_s << QStringList{u"0"_s, u"0"_s, u"0"_s, u"-1"_s, u"-1"_s, u"0"_s};
    QTest::newRow("7.0") << u"7.0"_s << QStringList{u"7"_s, u"7"_s, u"7"_s, u"7"_s, u"7"_s, u"7"_s};
}

void TestDecimal::rounds()
{
    QFETCH(QString, text);
    QFETCH(QStringList, expected);
    const Rounding modes[] = {Rounding::HalfEven, Rounding::HalfUp, Rounding::Down, Rounding::Up, Rounding::Floor, Rounding::Ceiling};
    QStringList got;
    for (const Rounding mode : modes)
        got.append(Decimal::parse(text)->rounded(0, mode).toString());
    QCOMPARE(got, expected);
}

void TestDecimal::divides()
{
    QCOMPARE(dec("1").dividedBy(dec("3"), 5, Rounding::HalfEven)->toString(), u"0.33333"_s);
    QCOMPARE(dec("-2").dividedBy(dec("3"), 2, Rounding::HalfUp)->toString(), u"-0.67"_s);
    QCOMPARE(dec("1").dividedBy(dec("0.0000000000000000000000000000000000001"), 0, Rounding::Down)->toString(), u"1"_s + QString(37, u'0'));
    QVERIFY(!dec("10").dividedBy(dec("0.0000000000000000000000000000000000001"), 0, Rounding::Down));
    QVERIFY(!dec("1").dividedBy(dec("0.0"), 2, Rounding::Down));
    QVERIFY(!dec("1").dividedBy(dec("2"), 38, Rounding::Down));
    QVERIFY(!dec("1").dividedBy(dec("2"), -1, Rounding::Down));
}

void TestDecimal::limitIs38Digits()
{
    const Decimal most = *Decimal::parse(QString(38, u'9'));
    QVERIFY(!most.plus(Decimal(1)));
    QVERIFY(most.minus(Decimal(1)));
    QVERIFY(!most.times(Decimal(10)));
    QVERIFY(!most.times(most));
    QCOMPARE(most.plus(Decimal(1)).error().kind, ErrorKind::Rejected);
    // Trailing zeros are given up before digits are missing.
    QCOMPARE(most.minus(dec("0.0"))->toString(), QString(38, u'9'));
    QVERIFY(!Decimal::fromParts(1, 38));
    QVERIFY(!Decimal::fromParts(1, -1));
    QCOMPARE(Decimal::fromParts(10, 38)->scale(), 37);
}

void TestDecimal::toInt64()
{
    QCOMPARE(dec("-9223372036854775808").toInt64(), std::optional<qint64>(std::numeric_limits<qint64>::min()));
    QCOMPARE(dec("9223372036854775807.00").toInt64(), std::optional<qint64>(std::numeric_limits<qint64>::max()));
    QVERIFY(!dec("9223372036854775808").toInt64());
    QVERIFY(!dec("1.5").toInt64());
}

void TestDecimal::textComesBack()
{
    QVERIFY(rc::check("parse(toString()) is the same value and scale", [](const Decimal &value) {
        const auto again = Decimal::parse(value.toString());
        RC_ASSERT(again);
        RC_ASSERT(*again == value);
        RC_ASSERT(again->scale() == value.scale());
        RC_ASSERT(*Decimal::parse(value.toString(40).left(1000)) == value || value.scale() < 40);
    }));
}

void TestDecimal::sumIsExactAndCommutes()
{
    QVERIFY(rc::check("a + b - b = a, a + b = b + a", [] {
        const Decimal a = *anyDecimal(18), b = *anyDecimal(18);
        const auto sum = a.plus(b);
        RC_ASSERT(sum);
        RC_ASSERT(*sum == *b.plus(a));
        RC_ASSERT(*sum->minus(b) == a);
    }));
}

void TestDecimal::productIsExact()
{
    QVERIFY(rc::check("(a * b) / b = a", [] {
        const Decimal a = *anyDecimal(18), b = *anyDecimal(18);
        const auto product = a.times(b);
        RC_ASSERT(product);
        RC_PRE(!b.isZero());
        RC_ASSERT(*product->dividedBy(b, a.scale(), Rounding::Down) == a);
    }));
}

void TestDecimal::quotientIsWithinOneUnit()
{
    QVERIFY(rc::check("|a - (a / b) * b| < |b| * 10^-scale", [] {
        const Decimal a = *anyDecimal(12), b = *anyDecimal(12);
        const int scale = *rc::gen::inRange(0, 10);
        RC_PRE(!b.isZero());
        const Decimal rest = *a.minus(*a.dividedBy(b, scale, Rounding::HalfEven)->times(b));
        const Decimal limit = *b.times(*Decimal::fromParts(1, scale));
        const auto size = [](const Decimal &value) { return value.isNegative() ? value.negated() : value; };
        RC_ASSERT(*size(rest).times(Decimal(2)) <= size(limit));
    }));
}

void TestDecimal::roundingIsClosest()
{
    QVERIFY(rc::check("floor <= value <= ceiling, one unit apart at most", [](const Decimal &value) {
        const int scale = *rc::gen::inRange(0, 38);
        const Decimal low = value.rounded(scale, Rounding::Floor), high = value.rounded(scale, Rounding::Ceiling);
        RC_ASSERT(low <= value);
        RC_ASSERT(value <= high);
        const Decimal even = value.rounded(scale, Rounding::HalfEven);
        RC_ASSERT(even == low || even == high);
        RC_ASSERT((low == high) == (low == value));
        RC_ASSERT(value.rounded(scale, Rounding::Down).toString().size() <= value.toString().size());
    }));
}

void TestDecimal::orderAgreesWithSortKeyAndHash()
{
    QVERIFY(rc::check("sort keys order as values do", [](const Decimal &a) {
        const Decimal b = *rc::gen::oneOf(anyDecimal(), rc::gen::just(*a.normalized().plus(Decimal(0))), rc::gen::just(a.negated()));
        const auto byKey = a.sortKey().compare(b.sortKey()) <=> 0;
        RC_ASSERT((a <=> b) == byKey);
        if (a == b)
            RC_ASSERT(qHash(a) == qHash(b));
    }));
    const char *const ascending[] = {"-1000", "-10.5", "-10",  "-9.99", "-1.5", "-1", "-0.1", "-0.01", "0",  "0.001",
                                     "0.01",  "0.1",   "0.11", "1",     "1.5",  "9",  "10",   "11",    "100"};
    for (size_t i = 1; i < std::size(ascending); ++i)
        QVERIFY2(dec(ascending[i - 1]).sortKey() < dec(ascending[i]).sortKey(), ascending[i]);
}

QTEST_APPLESS_MAIN(TestDecimal)
#include "tst_decimal.moc"
