#include "models/quotewords.h"
#include "tests/models/quoteground.h"

#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;

class TestQuoteFit : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { setCurrentLanguage(u"en"_s); }

    void readsWhatListsGive()
    {
        const QByteArray view =
            QByteArray(
                "{'id': 'compute-part', 'title': {'zh': 'x', 'en': 'x'}, 'titleOne': {'zh': 'x', 'en': 'x'}, 'group': 'system',"
                "'list': {'operation': 'x'}, 'key': 'id', 'name': 'model', 'columns': ["
                "{'id': 'id', 'label': {'zh': 'x', 'en': 'x'}}, {'id': 'type', 'label': {'zh': 'x', 'en': 'x'}},"
                "{'id': 'model', 'label': {'zh': 'x', 'en': 'x'}}, {'id': 'unit_price', 'type': 'decimal', 'label': {'zh': 'x', 'en': 'x'}},"
                "{'id': 'resource_unit', 'label': {'zh': 'x', 'en': 'x'}}, {'id': 'charge_unit', 'label': {'zh': 'x', 'en': 'x'}},"
                "{'id': 'account_unit', 'label': {'zh': 'x', 'en': 'x'}}, {'id': 'import_export', 'label': {'zh': 'x', 'en': 'x'}}], 'details': []}")
                .replace('\'', '"');
        const auto type = ResourceSet::parse(view, u"part.json"_s);
        QVERIFY2(type, qPrintable(type ? QString() : type.error().detail));
        const QString stocks =
            QStringLiteral("[{'clusterid':'c1','clustername':'朝阳','stock':64,'consumed':16},{'clusterid':'c2','clustername':'亦庄',"
                           "'stock':0,'consumed':0}]")
                .replace(u'\'', u'"');
        const auto row = [&](const QString &kind, const QString &model, const QString &unit) {
            return Row{kind + model, {kind + model, kind, model, Decimal::parse(u"0.005"_s).value(), unit, u"小时"_s, u"元"_s, Misfit{stocks}}};
        };
        const auto offers = readOffers(**type, {row(u"gpu"_s, u"A"_s, u"卡"_s), row(u"memory"_s, u"M"_s, u"Gi"_s), row(u"cpu"_s, u"C"_s, u"核"_s)});
        QCOMPARE(offers.size(), 3);
        QCOMPARE(offers[0].type, u"cpu"_s);
        QCOMPARE(offers[2].type, u"gpu"_s);
        QCOMPARE(offers[1].in(u"c1"_s)->left, 48 * 1024); // quotes count memory in Mi
        QCOMPARE(offers[0].in(u"c1"_s)->left, 48);
        QCOMPARE(offers[0].in(u"c2"_s)->left, 0);
        QVERIFY(!offers[0].in(u"c9"_s));
        QVERIFY(offers[0].priced);
        for (const Value &price : {Value(), Value(Misfit{u"面议"_s}), Value(Misfit{u""_s}), Value(Decimal::parse(u"-1"_s).value())}) {
            Row bad = row(u"gpu"_s, u"A"_s, u"卡"_s);
            bad.cells[3] = price;
            QVERIFY(!readOffers(**type, {bad})[0].priced);
        }
    }

    void wholeAmounts_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("unit");
        QTest::addColumn<QString>("amount");
        QTest::addColumn<qint64>("whole");
        QTest::newRow("cores") << u"cpu"_s << u"核"_s << u"3.9"_s << qint64(3);
        QTest::newRow("thousandths") << u"cpu"_s << u"m"_s << u"3900"_s << qint64(3);
        QTest::newRow("Gi of memory") << u"memory"_s << u"Gi"_s << u"2.5"_s << qint64(2560);
        QTest::newRow("Mi of memory") << u"memory"_s << u"Mi"_s << u"1280"_s << qint64(1280);
        QTest::newRow("Gi of disk") << u"disk"_s << u"Gi"_s << u"10.5"_s << qint64(10);
        QTest::newRow("Mi of disk") << u"disk"_s << u"Mi"_s << u"2047"_s << qint64(1);
        QTest::newRow("below nothing") << u"gpu"_s << u"卡"_s << u"-3"_s << qint64(0);
    }

    void wholeAmounts()
    {
        QFETCH(const QString, type);
        QFETCH(const QString, unit);
        QFETCH(const QString, amount);
        QFETCH(const qint64, whole);
        QCOMPARE(wholeAmount(type, unit, Decimal::parse(amount).value()), whole);
    }

    void typedAmounts_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("amount"); // -1 = refused
        QTest::newRow("plain") << u"cpu"_s << u"64"_s << qint64(64);
        QTest::newRow("grouped") << u"disk"_s << u"10,240"_s << qint64(10240);
        QTest::newRow("memory is Gi") << u"memory"_s << u"512"_s << qint64(512 * 1024);
        QTest::newRow("memory in Mi") << u"memory"_s << u"1536Mi"_s << qint64(1536);
        QTest::newRow("memory in parts of Gi") << u"memory"_s << u"1.5 gi"_s << qint64(1536);
        QTest::newRow("memory in Ti") << u"memory"_s << u"1Ti"_s << qint64(1024 * 1024);
        QTest::newRow("full width") << u"gpu"_s << u"４ 卡"_s << qint64(4);
        QTest::newRow("half a card") << u"gpu"_s << u"0.5"_s << qint64(-1);
        QTest::newRow("half a Mi") << u"memory"_s << u"0.5Mi"_s << qint64(-1);
        QTest::newRow("no number") << u"cpu"_s << u"many"_s << qint64(-1);
        QTest::newRow("negative") << u"cpu"_s << u"-4"_s << qint64(-1);
        QTest::newRow("nothing") << u"cpu"_s << u""_s << qint64(-1);
        QTest::newRow("too much") << u"cpu"_s << u"99999999999999999999"_s << qint64(-1);
        QTest::newRow("unknown unit") << u"memory"_s << u"5 kg"_s << qint64(-1);
    }

    void typedAmounts()
    {
        QFETCH(const QString, type);
        QFETCH(const QString, text);
        QFETCH(const qint64, amount);
        QCOMPARE(typedAmount(type, text).value_or(-1), amount);
    }

    void aQuoteThatFitsSaysWhere()
    {
        const QuoteContent quote = m_world.quote({{u"cpu"_s, intel, 64}, {u"memory"_s, samsung, 512 * 1024}, {u"gpu"_s, a100, 8}});
        const QuoteFit fit = fitQuote(quote, m_world.ground());
        QVERIFY(fit.isWhole());
        QCOMPARE(fit.lines[2].nodes.size(), 1);
        QCOMPARE(fit.lines[2].nodes[0].node, u"gpu-07"_s);
        QCOMPARE(fitWords(fit.lines[2], quote.parts[2], true), u"Fits: the cluster has 14 cards left · gpu-07"_s);
    }

    void shortages_data()
    {
        using Parts = std::vector<std::tuple<QString, QString, qint64>>;
        QTest::addColumn<Parts>("parts");
        QTest::addColumn<int>("instances");
        QTest::addColumn<Shortage>("last");
        QTest::newRow("one node has too few") << Parts{{u"gpu"_s, a100, 12}} << 1 << Shortage::Node;
        QTest::newRow("as two instances") << Parts{{u"gpu"_s, a100, 12}} << 2 << Shortage::None;
        QTest::newRow("three hold no more") << Parts{{u"gpu"_s, a100, 14}} << 2 << Shortage::Node;
        QTest::newRow("the cluster has too few") << Parts{{u"gpu"_s, a100, 15}} << 1 << Shortage::Stock;
        QTest::newRow("cannot be shared") << Parts{{u"gpu"_s, a100, 7}} << 2 << Shortage::Share;
        QTest::newRow("two models of one type") << Parts{{u"gpu"_s, a100, 1}, {u"gpu"_s, rtx, 1}} << 1 << Shortage::Model;
        QTest::newRow("fits alone, not together") << Parts{{u"gpu"_s, a100, 8}, {u"cpu"_s, intel, 97}} << 1 << Shortage::Node;
        QTest::newRow("a model no node of it has") << Parts{{u"cpu"_s, u"AMD EPYC 9654"_s, 8}} << 1 << Shortage::Node;
        QTest::newRow("a disk that no node has") << Parts{{u"disk"_s, u"NVME"_s, 10}} << 1 << Shortage::Node; // DATA there is plenty of
        QTest::newRow("two disks share one node") << Parts{{u"disk"_s, u"DATA"_s, 20480}} << 1 << Shortage::None;
    }

    void shortages()
    {
        using Parts = std::vector<std::tuple<QString, QString, qint64>>;
        QFETCH(const Parts, parts);
        QFETCH(const int, instances);
        QFETCH(const Shortage, last);
        QuoteContent quote = m_world.quote(parts);
        quote.instances = instances;
        const QuoteFit fit = fitQuote(quote, m_world.ground());
        QCOMPARE(fit.lines.back().shortage, last);
        QCOMPARE(shortageWords(fit.lines.back(), quote.parts.back(), quote).isEmpty(), last == Shortage::None);
    }

    void togetherBlamesTheLineThatCameLast()
    {
        QuoteGround world;
        world.spaces[0].cores = 16;
        const QuoteContent quote = world.quote({{u"gpu"_s, a100, 8}, {u"cpu"_s, intel, 32}});
        const QuoteFit fit = fitQuote(quote, world.ground());
        QCOMPARE(fit.lines[0].shortage, Shortage::None);
        QCOMPARE(fit.lines[1].shortage, Shortage::Together);
    }

    void cordonedNodesDoNotCount()
    {
        QuoteGround world;
        world.spaces[0].usable = false;
        const QuoteContent quote = world.quote({{u"gpu"_s, a100, 8}});
        const QuoteFit fit = fitQuote(quote, world.ground());
        QCOMPARE(fit.lines[0].shortage, Shortage::Node);
        QCOMPARE(fit.lines[0].best, 6);
    }

    void withoutNodesOnlyStockIsLookedAt()
    {
        const QuoteContent quote = m_world.quote({{u"gpu"_s, a100, 12}, {u"gpu"_s, rtx, 11}});
        FitGround ground = m_world.ground();
        ground.nodesKnown = false;
        const QuoteFit fit = fitQuote(quote, ground);
        QCOMPARE(fit.lines[0].shortage, Shortage::None);
        QCOMPARE(fit.lines[1].shortage, Shortage::Stock);
        QVERIFY(fitWords(fit.lines[0], quote.parts[0], fit.nodesKnown).contains(u"nodes not known"_s));
    }

    void offersWhatFitsNow()
    {
        const QuoteContent quote = m_world.quote({{u"cpu"_s, intel, 64}, {u"gpu"_s, a100, 12}});
        const auto found = alternatives(quote, 1, m_world.ground());
        QVERIFY(found.size() >= 2);
        QCOMPARE(found[0].kind, Alternative::Kind::Split);
        QCOMPARE(found[0].quote.instances, 2);
        QCOMPARE(alternativeWords(found[0], quote, 1), u"Split into 2 instances of 6 cards, same in all"_s);
        QCOMPARE(nodesWords(found[0].nodes, u"gpu"_s), u"gpu-07 has 8 cards left · gpu-09 has 6 cards left"_s);
        QCOMPARE(found[1].kind, Alternative::Kind::Reduce);
        QCOMPARE(found[1].quote.parts[1].amount, 8);
        for (const Alternative &way : found)
            QVERIFY2(fitQuote(way.quote, m_world.ground()).isWhole(), qPrintable(alternativeWords(way, quote, 1)));
    }

    void offersAnotherModelAndAnotherCluster()
    {
        QuoteContent quote = m_world.quote({{u"gpu"_s, a100, 5}});
        quote.clusterId = u"c3"_s;
        quote.clusterName = u"怀柔"_s;
        const auto found = alternatives(quote, 0, m_world.ground());
        QCOMPARE(found.size(), 2);
        QCOMPARE(found[0].kind, Alternative::Kind::OtherModel);
        QCOMPARE(found[0].model, rtx);
        QCOMPARE(found[0].quote.parts[0].unitPrice, Decimal(6));
        QCOMPARE(found[1].kind, Alternative::Kind::OtherCluster);
        QCOMPARE(found[1].quote.clusterId, u"c2"_s);
    }

    // Whatever is asked, nothing is offered that does not fit, and no line that fitted is spoilt.
    void neverOffersWhatDoesNotFit()
    {
        quint32 state = 1;
        const auto random = [&state](quint32 below) {
            state = state * 1664525u + 1013904223u;
            return (state >> 8) % below;
        };
        int offered = 0;
        for (int round = 0; round < 400; ++round) {
            QuoteGround world;
            for (NodeSpace &space : world.spaces) {
                space.cores = random(100);
                space.cards = random(9);
                space.memoryMi = random(1024) * 1024;
                space.usable = random(5) != 0;
            }
            QuoteContent quote = world.quote({{u"cpu"_s, intel, 1 + random(128)}, {u"gpu"_s, random(2) ? a100 : rtx, 1 + random(16)}});
            quote.instances = 1 + random(3);
            const QuoteFit before = fitQuote(quote, world.ground());
            for (size_t line = 0; line < quote.parts.size(); ++line) {
                if (before.lines[line].shortage == Shortage::None)
                    continue;
                for (const Alternative &way : alternatives(quote, line, world.ground())) {
                    const QuoteFit after = fitQuote(way.quote, world.ground());
                    QCOMPARE(after.lines[line].shortage, Shortage::None);
                    for (size_t other = 0; other < quote.parts.size(); ++other)
                        QVERIFY(before.lines[other].shortage != Shortage::None || after.lines[other].shortage == Shortage::None);
                    ++offered;
                }
            }
        }
        QVERIFY2(offered > 200, "the rounds do offer something");
    }

private:
    const QString intel = u"INTEL(R) XEON(R) PLATINUM 8582C"_s, samsung = u"Samsung DDR4 DIMMs"_s, a100 = u"A100-80G"_s, rtx = u"RTX5090-32G"_s;
    QuoteGround m_world;
};

QTEST_GUILESS_MAIN(TestQuoteFit)
#include "tst_quotefit.moc"
