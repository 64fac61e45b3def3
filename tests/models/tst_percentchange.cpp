#include "models/percentchange.h"
#include "models/resourcetype.h"

#include <QTest>
#include <rapidcheck.h>

using namespace kboss;
using namespace Qt::StringLiterals;

namespace {

Decimal number(const char *text)
{
    return *Decimal::parse(QString::fromLatin1(text));
}

PercentChange change(const char *percent, const PercentChange::Rule &rule = {})
{
    return *PercentChange::typed(QString::fromUtf8(percent), rule);
}

} // namespace

class TestPercentChange : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { setCurrentLanguage(u"en"_s); }
    void reckonsExactly_data();
    void reckonsExactly();
    void readsWhatPeopleType_data();
    void readsWhatPeopleType();
    void refusesWithReason_data();
    void refusesWithReason();
    void resultsThatCannotBe();
    void saysItsRule();
    void roundingIsWithinHalfAStep();
    void exactIsBeforeTimesFactor();
    void wayOutAndBackIsTheSame();
};

void TestPercentChange::reckonsExactly_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("percent");
    QTest::addColumn<int>("decimals");
    QTest::addColumn<int>("rounding"); // -1 = not rounded
    QTest::addColumn<QString>("after");
    QTest::addColumn<bool>("rounded");
    const auto row = [](const char *before, const char *percent, int decimals, int rounding, const char *after, bool rounded) {
        QTest::addRow("%s %s", before, percent) << QString::fromLatin1(before) << QString::fromLatin1(percent) << decimals << rounding
                                                << QString::fromLatin1(after) << rounded;
    };
    const int halfUp = static_cast<int>(Rounding::HalfUp), halfEven = static_cast<int>(Rounding::HalfEven);
    const int down = static_cast<int>(Rounding::Down), up = static_cast<int>(Rounding::Up);
    row("0.18", "5", 4, halfUp, "0.189", false);
    row("18", "-12.5", 4, halfUp, "15.75", false);
    row("0.005", "5", 4, halfUp, "0.0053", true); // 0.00525
    row("0.005", "5", 4, halfEven, "0.0052", true);
    row("0.005", "5", 4, down, "0.0052", true);
    row("0.005", "5", 4, up, "0.0053", true);
    row("0.005", "5", 10, -1, "0.00525", false);
    row("0.1", "0", 4, halfUp, "0.1", false);
    row("0", "50", 4, halfUp, "0", false);
    row("3", "-99.999999", 10, -1, "0.00000003", false);
    row("123456789012.5", "0.000001", 10, -1, "123456790247.067890125", false); // more than a double holds
    row("0.10", "200", 2, halfUp, "0.3", false);
}

void TestPercentChange::reckonsExactly()
{
    QFETCH(QString, before);
    QFETCH(QString, percent);
    QFETCH(int, decimals);
    QFETCH(int, rounding);
    QFETCH(QString, after);
    QFETCH(bool, rounded);
    const auto way = rounding < 0 ? std::nullopt : std::optional(static_cast<Rounding>(rounding));
    const auto outcome = PercentChange::typed(percent, {decimals, way})->of(*Decimal::parse(before));
    QVERIFY2(outcome.has_value(), outcome ? "" : qPrintable(outcome.error().detail));
    QCOMPARE(outcome->value.toString(), after);
    QCOMPARE(outcome->isRounded(), rounded);
}

void TestPercentChange::readsWhatPeopleType_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("percent");
    QTest::newRow("plain") << u"5"_s << u"5"_s;
    QTest::newRow("sign") << u" +5 % "_s << u"5"_s;
    QTest::newRow("minus") << u"-12.5%"_s << u"-12.5"_s;
    QTest::newRow("true minus") << u"−12.50 %"_s << u"-12.5"_s;
    QTest::newRow("full width") << u"＋５．５％"_s << u"5.5"_s;
}

void TestPercentChange::readsWhatPeopleType()
{
    QFETCH(QString, typed);
    QFETCH(QString, percent);
    const auto read = PercentChange::typed(typed, {});
    QVERIFY2(read.has_value(), read ? "" : qPrintable(read.error().detail));
    QCOMPARE(read->percent().toString(), percent);
}

void TestPercentChange::refusesWithReason_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("reason");
    QTest::newRow("empty") << QString() << u"not a number"_s;
    QTest::newRow("word") << u"five"_s << u"not a number"_s;
    QTest::newRow("two signs") << u"+-5"_s << u"not a number"_s;
    QTest::newRow("two percents") << u"5%%"_s << u"not a number"_s;
    QTest::newRow("exponent") << u"1e2"_s << u"not a number"_s;
    QTest::newRow("all") << u"-100"_s << u"nothing of it"_s;
    QTest::newRow("more than all") << u"-150 %"_s << u"nothing of it"_s;
    QTest::newRow("decimals") << u"0.1234567"_s << u"At most 6 decimals"_s;
}

void TestPercentChange::refusesWithReason()
{
    QFETCH(QString, typed);
    QFETCH(QString, reason);
    const auto read = PercentChange::typed(typed, {});
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::Rejected);
    QVERIFY2(read.error().detail.contains(reason), qPrintable(read.error().detail));
}

void TestPercentChange::resultsThatCannotBe()
{
    const auto reason = [](const Result<PercentChange::Outcome> &outcome) { return outcome ? QString() : outcome.error().detail; };
    QVERIFY(reason(change("5").of(number("-3"))).contains(u"below zero"_s));
    QVERIFY(reason(change("5", {4, std::nullopt}).of(number("0.005"))).contains(u"0.00525 has more than 4 decimals"_s));
    QVERIFY(reason(change("-50", {4, Rounding::Down}).of(number("0.0001"))).contains(u"becomes 0"_s));
    QCOMPARE(change("-50", {4, Rounding::Up}).of(number("0.0001"))->value, number("0.0001"));
    QVERIFY(reason(change("0.000001").of(number("12345678901234567890123456789012345678"))).contains(u"digits"_s));
}

void TestPercentChange::saysItsRule()
{
    QCOMPARE(change("5").words(), u"New = old × 1.05, rounded half up to 4 decimals"_s);
    QCOMPARE(change("-12.5", {10, std::nullopt}).words(), u"New = old × 0.875, not rounded: at most 10 decimals"_s);
}

void TestPercentChange::roundingIsWithinHalfAStep()
{
    QVERIFY(rc::check("half up is never further than half a step from the exact value", [] {
        const Decimal before = *Decimal::fromParts(*rc::gen::inRange<qint64>(1, 1'000'000'000'000), *rc::gen::inRange(0, 9));
        const Decimal percent = *Decimal::fromParts(*rc::gen::inRange<qint64>(-9'999, 100'000), 2);
        const int decimals = *rc::gen::inRange(0, 10);
        const auto outcome = PercentChange::by(percent, {decimals, Rounding::HalfUp})->of(before);
        if (!outcome)
            return; // rounded to nothing
        Decimal off = *outcome->value.minus(outcome->exact);
        off = off.isNegative() ? off.negated() : off;
        RC_ASSERT(outcome->value.scale() <= decimals);
        RC_ASSERT(*off.times(Decimal(2)) <= *Decimal::fromParts(1, decimals));
    }));
}

void TestPercentChange::exactIsBeforeTimesFactor()
{
    QVERIFY(rc::check("exact × 100 = before × (100 + percent)", [] {
        const Decimal before = *Decimal::fromParts(*rc::gen::inRange<qint64>(0, 1'000'000'000'000), *rc::gen::inRange(0, 10));
        const Decimal percent = *Decimal::fromParts(*rc::gen::inRange<qint64>(-99'999'999, 1'000'000'000), 6);
        const auto outcome = PercentChange::by(percent, {18, std::nullopt})->of(before);
        RC_ASSERT(outcome.has_value());
        RC_ASSERT(*outcome->exact.times(Decimal(100)) == *before.times(*Decimal(100).plus(percent)));
        RC_ASSERT(!outcome->isRounded());
    }));
}

void TestPercentChange::wayOutAndBackIsTheSame()
{
    QVERIFY(rc::check("a rise of p percent is larger, a fall smaller, no change the same", [] {
        const Decimal before = *Decimal::fromParts(*rc::gen::inRange<qint64>(1, 1'000'000'000), 4);
        const Decimal percent = *Decimal::fromParts(*rc::gen::inRange<qint64>(-9'999, 10'000), 2);
        const auto outcome = PercentChange::by(percent, {18, std::nullopt})->of(before);
        RC_ASSERT(outcome.has_value());
        RC_ASSERT((outcome->value <=> before) == (percent <=> Decimal(0)));
    }));
}

QTEST_APPLESS_MAIN(TestPercentChange)
#include "tst_percentchange.moc"
