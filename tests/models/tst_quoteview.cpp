#include "models/pricelinesmodel.h"
#include "models/quotewords.h"
#include "tests/models/quoteground.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;

namespace {
Decimal number(const QString &text)
{
    return Decimal::parse(text).value();
}
} // namespace

class TestQuoteView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { setCurrentLanguage(u"en"_s); }

    // By hand: 0.18 × 64 × 720 = 8294.4; 0.005 × 512 × 720 = 1843.2; 2.16 ÷ 100 ÷ 24 × 10240 × 720 = 6635.52; 6 × 4 × 720 = 17280.
    void addsUpOnceAndRoundsOnce()
    {
        const QuoteContent quote =
            m_world.quote({{u"cpu"_s, intel, 64}, {u"memory"_s, samsung, 512 * 1024}, {u"disk"_s, u"DATA"_s, 10240}, {u"gpu"_s, rtx, 4}});
        const QuoteView view = viewQuote(quote, m_world.ground());
        const QStringList subtotals{u"8294.4"_s, u"1843.2"_s, u"6635.52"_s, u"17280"_s};
        QCOMPARE(view.lines.size(), 4);
        for (size_t i = 0; i < 4; ++i)
            QCOMPARE(view.lines[i].subtotal, number(subtotals[static_cast<qsizetype>(i)]));
        QCOMPARE(view.exact, number(u"34053.12"_s));
        QCOMPARE(view.total, number(u"34053.12"_s));
        QVERIFY(view.rounding.isZero());
        QCOMPARE(view.counted, 4);
        QCOMPARE(view.decimals, 5);
        QCOMPARE(view.lines[0].price, u"0.18 CNY/core·h"_s);
        QCOMPARE(view.lines[0].conversion, u"units agree"_s);
        QCOMPARE(view.lines[0].arithmetic, u"0.18 × 64 × 720"_s);
        QCOMPARE(view.lines[0].term, u"720 h"_s);
        QCOMPARE(view.lines[2].conversion, u"÷ 100 ÷ 24 = 0.0009 CNY/Gi·h"_s);
    }

    void conversions_data()
    {
        QTest::addColumn<QuotePart>("part");
        QTest::addColumn<QString>("conversion");
        QTest::addColumn<QString>("subtotal");
        const auto part = [](const QString &type, qint64 amount, const QString &price, const QString &unit, const QString &charge,
                             const QString &account) { return QuotePart{type, u"M"_s, amount, number(price), unit, charge, account}; };
        QTest::newRow("Gi read, Mi priced") << part(u"memory"_s, 524288, u"0.00003"_s, u"Mi"_s, u"小时"_s, u"元"_s)
                                            << u"512 Gi × 1,024 = 524,288 Mi"_s << u"11324.6208"_s;
        QTest::newRow("Mi read, Gi priced") << part(u"memory"_s, 1536, u"0.005"_s, u"Gi"_s, u"小时"_s, u"元"_s) << u"1,536 Mi ÷ 1,024 = 1.5 Gi"_s
                                            << u"5.4"_s;
        QTest::newRow("a thirteenth of a Gi") << part(u"memory"_s, 1, u"0.005"_s, u"Gi"_s, u"小时"_s, u"元"_s) << u"1 Mi ÷ 1,024 = 0.0009765625 Gi"_s
                                              << u"0.003515625"_s;
        QTest::newRow("a minute") << part(u"gpu"_s, 2, u"1.5"_s, u"卡"_s, u"分钟"_s, u"角"_s) << u"÷ 10 × 60 = 9 CNY/card·h"_s << u"12960"_s;
        QTest::newRow("a second") << part(u"cpu"_s, 1, u"0.01"_s, u"核"_s, u"秒"_s, u"分"_s) << u"÷ 100 × 3,600 = 0.36 CNY/core·h"_s << u"259.2"_s;
        QTest::newRow("a day that does not come out") << part(u"cpu"_s, 1, u"1"_s, u"核"_s, u"天"_s, u"元"_s) << u"÷ 24"_s << u"30"_s;
        QTest::newRow("thousandths of a core") << part(u"cpu"_s, 2, u"0.001"_s, u"m"_s, u"小时"_s, u"元"_s)
                                               << u"2 cores × 1,000 = 2,000 thousandth of a core"_s << u"1440"_s;
    }

    void conversions()
    {
        QFETCH(const QuotePart, part);
        QFETCH(const QString, conversion);
        QFETCH(const QString, subtotal);
        QuoteContent quote = m_world.quote({});
        quote.parts = {part};
        const PricedLine line = priceLines(quote).front();
        QVERIFY2(line.fault.isEmpty(), qPrintable(line.fault));
        QCOMPARE(line.conversion, conversion);
        QCOMPARE(line.subtotal, number(subtotal));
    }

    // A service that multiplies amounts as they stand is followed: 8192 × 0.005 × 720, as its description reckons.
    void theServicesRuleCounts()
    {
        const QuoteContent quote = m_world.quote({{u"memory"_s, samsung, 8192}});
        FitGround ground = m_world.ground();
        QCOMPARE(viewQuote(quote, ground).total, number(u"28.8"_s)); // 8 Gi
        ground.rule = PriceRule::Literal;
        const QuoteView literal = viewQuote(quote, ground);
        QCOMPARE(literal.total, number(u"29491.2"_s));
        QCOMPARE(literal.lines[0].conversion, u"8 Gi × 1,024 = 8,192 Mi"_s); // what it multiplies, by the price of a Gi
    }

    void unknownUnitsAreSaid()
    {
        QuoteContent quote = m_world.quote({{u"gpu"_s, rtx, 1}});
        quote.parts[0].chargeUnit = u"年"_s;
        const QuoteView view = viewQuote(quote, m_world.ground());
        QVERIFY(view.lines[0].shortage.contains(u"units that are not known"_s));
        QCOMPARE(view.left, 1);
        QVERIFY(view.total.isZero());
    }

    // A price that cannot be read is no price of zero.
    void withoutAPriceALineDoesNotCount()
    {
        QuoteContent quote = m_world.quote({{u"gpu"_s, rtx, 1}, {u"cpu"_s, intel, 1}});
        quote.parts[0].priced = false;
        quote.parts[0].unitPrice = Decimal();
        const QuoteView view = viewQuote(quote, m_world.ground());
        QVERIFY(!view.lines[0].counted);
        QVERIFY2(view.lines[0].shortage.contains(u"no price"_s), qPrintable(view.lines[0].shortage));
        QCOMPARE(view.lines[0].price, u"no price"_s);
        QCOMPARE(view.left, 1);
        QCOMPARE(view.total, number(u"129.6"_s)); // 0.18 × 720, the other line alone
    }

    void roundsTheWholeAndSaysByHowMuch()
    {
        QuoteContent quote = m_world.quote({{u"memory"_s, samsung, 1}, {u"gpu"_s, rtx, 1}});
        quote.term = 1;
        quote.termUnit = u"小时"_s;
        quote.parts[1].unitPrice = number(u"0.0050"_s);
        const QuoteView view = viewQuote(quote, m_world.ground());
        QCOMPARE(view.exact, number(u"0.0050048828125"_s));
        QCOMPARE(view.total, number(u"0.01"_s));
        QCOMPARE(view.rounding, number(u"0.0049951171875"_s));
        QCOMPARE(view.decimals, 13);
    }

    void whatDoesNotFitIsLeftOutAndHasWays()
    {
        const QuoteContent quote = m_world.quote({{u"gpu"_s, a100, 12}, {u"cpu"_s, intel, 64}});
        const QuoteView view = viewQuote(quote, m_world.ground());
        QCOMPARE(view.left, 1);
        QCOMPARE(view.lines[0].subtotal, number(u"84672"_s));
        QVERIFY(!view.lines[0].counted);
        QCOMPARE(view.total, number(u"8294.4"_s));
        QVERIFY(view.lines[0].ways.size() >= 2);
        QCOMPARE(view.lines[0].ways[0].line, number(u"84672"_s));
        QCOMPARE(view.lines[0].ways[0].total, number(u"92966.4"_s));
        QCOMPARE(view.lines[0].ways[1].total, number(u"64742.4"_s)); // 8 cards
        for (const WayView &way : view.lines[0].ways)
            QCOMPARE(viewQuote(way.way.quote, m_world.ground()).total, way.total);
    }

    void theListShowsReasonAndWays()
    {
        PriceLinesModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QuoteContent quote = m_world.quote({{u"cpu"_s, intel, 64}, {u"gpu"_s, a100, 12}});
        model.setView(viewQuote(quote, m_world.ground()));
        const int ways = static_cast<int>(model.view().lines[1].ways.size());
        QCOMPARE(model.rowCount(), 4 + ways);
        QCOMPARE(model.item(model.index(2)).kind, PriceLinesModel::Kind::Reason);
        QVERIFY(model.way(model.index(4)));
        QVERIFY(!model.way(model.index(3)));
        QVERIFY(!(model.index(2).flags() & Qt::ItemIsSelectable));
        const QPersistentModelIndex kept = model.index(0);
        QuoteContent more = quote;
        more.parts[0].amount = 66;
        model.setView(viewQuote(more, m_world.ground()));
        QVERIFY(kept.isValid());
        QVERIFY(kept.data().toString().contains(u"66 cores"_s));
        model.setView({});
        QCOMPARE(model.rowCount(), 0);
    }

    void comparesVersions()
    {
        QuoteContent before = m_world.quote({{u"cpu"_s, intel, 64}, {u"gpu"_s, rtx, 2}});
        before.total = number(u"31636.64"_s);
        QuoteContent after = before;
        after.parts[1].amount = 4;
        after.parts[0].unitPrice = number(u"0.2"_s);
        after.parts.push_back(m_world.quote({{u"disk"_s, u"DATA"_s, 10}}).parts[0]);
        after.total = number(u"38980.64"_s);
        const auto list = compareQuotes(before, after);
        QStringList lines;
        for (const QuoteDifference &difference : list)
            lines << difference.what + u": "_s + difference.before + u" → "_s + difference.after;
        QCOMPARE(lines,
                 (QStringList{u"Price of %1: 0.18 CNY/core·h → 0.20 CNY/core·h"_s.arg(intel), u"RTX5090-32G: 2 cards → 4 cards"_s,
                              u"DATA: none → 10 Gi"_s, u"Total: 31,636.64 → 38,980.64"_s}));
        QVERIFY(compareQuotes(after, after).empty());
    }

    void findsPricesThatChanged()
    {
        const QuoteContent quote = m_world.quote({{u"cpu"_s, intel, 64}, {u"gpu"_s, rtx, 2}});
        QVERIFY(priceChanges(quote, m_world.offers).empty());
        auto offers = m_world.offers;
        for (PartOffer &offer : offers) {
            if (offer.model == rtx)
                offer.unitPrice = number(u"6.50"_s);
        }
        const auto changes = priceChanges(quote, offers);
        QCOMPARE(changes.size(), 1);
        QCOMPARE(changes[0].line, 1);
        QCOMPARE(priceWords(changes[0].before), u"6.00 CNY/card·h"_s);
        QCOMPARE(priceWords(changes[0].after), u"6.50 CNY/card·h"_s);
        QVERIFY(priceChanges(withPricesOf(quote, offers), offers).empty());
    }

private:
    const QString intel = u"INTEL(R) XEON(R) PLATINUM 8582C"_s, samsung = u"Samsung DDR4 DIMMs"_s, a100 = u"A100-80G"_s, rtx = u"RTX5090-32G"_s;
    QuoteGround m_world;
};

QTEST_GUILESS_MAIN(TestQuoteView)
#include "tst_quoteview.moc"
