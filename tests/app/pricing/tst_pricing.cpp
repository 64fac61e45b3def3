#include "app/pricing/pricing.h"
#include "tests/app/pricing/pricecases.h"

#include <QTest>
#include <boost/multiprecision/cpp_int.hpp>
#include <rapidcheck.h>

using namespace kboss;
using namespace Qt::StringLiterals;

namespace {

using Exact = boost::multiprecision::cpp_rational;

QString utf8(const char *text)
{
    return QString::fromUtf8(text);
}

PartPrice partOf(const test::PriceCase &row)
{
    return {utf8(row.type), u"M"_s, *Decimal::parse(utf8(row.price)), utf8(row.resourceUnit), utf8(row.chargeUnit), utf8(row.accountUnit)};
}

Exact exact(const Decimal &value)
{
    boost::multiprecision::cpp_int power = 1;
    for (int i = 0; i < value.scale(); ++i)
        power *= 10;
    return Exact(boost::multiprecision::cpp_int(value.coefficient()), power);
}

struct Word {
    const char *word;
    Exact factor;
};
const std::vector<Word> money{{"元", 1}, {"角", Exact(1, 10)}, {"分", Exact(1, 100)}};
const std::vector<Word> charges{{"小时", 1}, {"分钟", 60}, {"秒", 3600}, {"天", Exact(1, 24)}};
const std::vector<Word> terms{{"小时", 1}, {"天", 24}, {"周", 168}, {"月", 720}};
struct UnitWord {
    const char *type;
    Word unit;
};
const std::vector<UnitWord> units{{"cpu", {"核", 1}},
                                  {"cpu", {"m", 1000}},
                                  {"memory", {"Mi", 1}},
                                  {"memory", {"Gi", Exact(1, 1024)}},
                                  {"disk", {"Gi", 1}},
                                  {"disk", {"Mi", 1024}},
                                  {"gpu", {"卡", 1}},
                                  {"disk", {"Ti", Exact(1, 1024)}},
                                  {"memory", {"Ti", Exact(1, 1024 * 1024)}}};

template <class T> const T &anyOf(const std::vector<T> &list)
{
    return list[static_cast<size_t>(*rc::gen::inRange<int>(0, static_cast<int>(list.size())))];
}

} // namespace

class TestPricing : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void handComputed_data()
    {
        QTest::addColumn<int>("index");
        QVERIFY(std::size(test::priceCases) >= 60);
        for (size_t i = 0; i < std::size(test::priceCases); ++i)
            QTest::newRow(test::priceCases[i].name) << static_cast<int>(i);
    }

    void handComputed()
    {
        QFETCH(int, index);
        const test::PriceCase &row = test::priceCases[index];
        const auto line = priceLine(partOf(row), row.amount, row.term, utf8(row.termUnit), row.literal ? PriceRule::Literal : PriceRule::Convert);
        QVERIFY(line);
        QCOMPARE(line->subtotal.toString(), utf8(row.subtotal));
        QCOMPARE(line->exact, row.exact);
    }

    // The description's example: 4 cores, 8192 Mi, 512 Gi and 2 cards for an hour.
    void totalsOfTheDescription()
    {
        const PartPrice parts[] = {{u"cpu"_s, u"INTEL(R) XEON(R) PLATINUM 8582C"_s, *Decimal::parse(u"1.5"), u"核"_s, u"小时"_s, u"元"_s},
                                   {u"memory"_s, u"Samsung DDR4 DIMMs"_s, *Decimal::parse(u"0.005"), u"Gi"_s, u"小时"_s, u"元"_s},
                                   {u"disk"_s, u"DATA"_s, *Decimal::parse(u"0.01"), u"Gi"_s, u"小时"_s, u"元"_s},
                                   {u"gpu"_s, u"RTX5090-32G"_s, *Decimal::parse(u"6"), u"卡"_s, u"小时"_s, u"元"_s}};
        const qint64 amounts[] = {4, 8192, 512, 2};
        for (const auto &[rule, total] : {std::pair(PriceRule::Literal, u"64.08"_s), std::pair(PriceRule::Convert, u"23.16"_s)}) {
            std::vector<PriceLine> lines;
            for (size_t i = 0; i < 4; ++i)
                lines.push_back(*priceLine(parts[i], amounts[i], 1, u"小时"_s, rule));
            const auto trace = traceOf(std::move(lines));
            QVERIFY(trace);
            QCOMPARE(trace->total.toString(), total);
        }
    }

    void stepsAreShown()
    {
        const PartPrice part{u"memory"_s, u"M"_s, *Decimal::parse(u"0.06"), u"Gi"_s, u"分钟"_s, u"角"_s};
        const auto line = priceLine(part, 8192, 2, u"天"_s);
        QVERIFY(line);
        QCOMPARE(line->unit, (Ratio{1, 1024}));
        QCOMPARE(line->inPartUnit.toString(), u"8"_s);
        QCOMPARE(line->hourly.toString(), u"0.36"_s); // 0.06 × 60 ÷ 10
        QVERIFY(line->hourlyExact);
        QCOMPARE(line->hours, 48);
        QCOMPARE(line->subtotal.toString(), u"138.24"_s);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("unit");
        QTest::addColumn<QString>("charge");
        QTest::addColumn<QString>("account");
        QTest::addColumn<qint64>("amount");
        QTest::addColumn<qint64>("term");
        QTest::addColumn<QString>("termUnit");
        QTest::addColumn<int>("fault");
        const auto row = [](const char *name, const QString &unit, const QString &charge, const QString &account, qint64 amount, qint64 term,
                            const QString &termUnit, PriceFault fault) {
            QTest::newRow(name) << unit << charge << account << amount << term << termUnit << static_cast<int>(fault);
        };
        row("unit of another type", u"Gi"_s, u"小时"_s, u"元"_s, 1, 1, u"天"_s, PriceFault::UnknownResourceUnit);
        row("charge unit", u"卡"_s, u"月"_s, u"元"_s, 1, 1, u"天"_s, PriceFault::UnknownChargeUnit);
        row("money", u"卡"_s, u"小时"_s, u"美元"_s, 1, 1, u"天"_s, PriceFault::UnknownAccountUnit);
        row("term unit", u"卡"_s, u"小时"_s, u"元"_s, 1, 1, u"年"_s, PriceFault::UnknownTermUnit);
        row("amount 0", u"卡"_s, u"小时"_s, u"元"_s, 0, 1, u"天"_s, PriceFault::AmountNotPositive);
        row("term 0", u"卡"_s, u"小时"_s, u"元"_s, 1, 0, u"天"_s, PriceFault::TermNotPositive);
        row("term too long", u"卡"_s, u"小时"_s, u"元"_s, 1, std::numeric_limits<qint64>::max(), u"月"_s, PriceFault::UnknownTermUnit);
    }

    void refuses()
    {
        QFETCH(QString, unit);
        QFETCH(QString, charge);
        QFETCH(QString, account);
        QFETCH(qint64, amount);
        QFETCH(qint64, term);
        QFETCH(QString, termUnit);
        QFETCH(int, fault);
        const auto line = priceLine({u"gpu"_s, u"M"_s, Decimal(1), unit, charge, account}, amount, term, termUnit);
        QVERIFY(!line);
        QCOMPARE(static_cast<int>(line.error()), fault);
    }

    // The same by rational numbers of another library: right to half of the last place, and exact when it says so.
    void agreesWithRationalNumbers()
    {
        QVERIFY(rc::check("subtotal = price × money × charge × unit × amount × hours", [] {
            const auto digits = *rc::gen::inRange<qint64>(0, 1'000'000'000);
            const auto price = *Decimal::fromParts(digits, *rc::gen::inRange(0, 11));
            const UnitWord unit = anyOf(units);
            const Word account = anyOf(money), charge = anyOf(charges), term = anyOf(terms);
            const auto amount = *rc::gen::inRange<qint64>(1, 20'000), length = *rc::gen::inRange<qint64>(1, 100);
            const bool literal = *rc::gen::arbitrary<bool>();
            const Exact wanted =
                exact(price) * account.factor * charge.factor * (literal ? Exact(1) : unit.unit.factor) * amount * length * term.factor;
            RC_PRE(wanted < Exact(100'000'000'000'000'000)); // above, fewer places fit
            const auto line = priceLine({utf8(unit.type), u"M"_s, price, utf8(unit.unit.word), utf8(charge.word), utf8(account.word)}, amount, length,
                                        utf8(term.word), literal ? PriceRule::Literal : PriceRule::Convert);
            RC_ASSERT(line.has_value());
            const Exact difference = abs(exact(line->subtotal) - wanted);
            boost::multiprecision::cpp_int places = 1;
            for (int i = 0; i < mostDecimals; ++i)
                places *= 10;
            RC_ASSERT(difference * 2 * places <= 1);
            RC_ASSERT(!line->exact || difference == 0);
        }));
    }
};

QTEST_GUILESS_MAIN(TestPricing)
#include "tst_pricing.moc"
