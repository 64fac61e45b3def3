#include "tests/support/ownplace.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace kboss::test;

// Parts, what takes them, and which node is chosen by them.
class TestParts : public QObject {
    Q_OBJECT

    std::unique_ptr<OwnPlace> m_place;

    QString idOf(const HttpAnswer &made) const { return dataOf(made)[u"id"_s].toString(); }
    QString join(const QString &name, const Items &more = {}) { return m_place->join(m_place->addNode(name, more)); }

private Q_SLOTS:
    void init()
    {
        m_place = std::make_unique<OwnPlace>();
        QCOMPARE(m_place->prepare(), QString());
        QVERIFY(m_place->addUsualParts());
    }
    void cleanup() { m_place.reset(); }

    void aPartIsAddedOnceAndRaised()
    {
        const HttpAnswer again = m_place->addPart(u"cpu"_s, u"EPYC"_s, u"3"_s, 5);
        QCOMPARE(QString::fromUtf8(again.body), u"{\"status\":false,\"msg\":\"该部件已存在,请前往编辑!\"}"_s); // the description's answer
        QVERIFY(
            isGood(m_place->post(u"cpcwidget/update_cpcwidget.dspy"_s,
                                 {{u"cpcid"_s, m_place->center}, {u"type"_s, u"cpu"_s}, {u"model"_s, u"EPYC"_s}, {u"unit_price"_s, u"0.0009"_s}})));
        QCOMPARE(m_place->part(u"cpu"_s, u"EPYC"_s)[u"unit_price"_s].toDouble(), 0.0009);
        QCOMPARE(m_place->stockOf(u"cpu"_s, u"EPYC"_s), 0.0);
    }

    // More stock of a part that is there changes nothing else: what would is refused with its field, not dropped.
    void moreStockChangesNothingElse()
    {
        const auto more = [this](const Items &other) {
            return m_place->post(u"cpcwidget/add_cpcwidget.dspy"_s,
                                 OwnPlace::with(m_place->place(),
                                                OwnPlace::with({{u"type"_s, u"cpu"_s},
                                                                {u"model"_s, u"EPYC"_s},
                                                                {u"unit_price"_s, u"2.00"_s},
                                                                {u"stock"_s, u"3"_s},
                                                                {u"resource_unit"_s, u"核"_s},
                                                                {u"charge_unit"_s, u"小时"_s},
                                                                {u"account_unit"_s, u"元"_s},
                                                                {u"add_opt"_s, u"yes"_s}},
                                                               other)));
        };
        const QJsonObject before = m_place->part(u"cpu"_s, u"EPYC"_s);
        const std::pair<QString, QString> others[] = {
            {u"unit_price"_s, u"2.01"_s}, {u"charge_unit"_s, u"天"_s}, {u"account_unit"_s, u"角"_s}, {u"resource_unit"_s, u"m"_s}};
        for (const auto &[field, value] : others) {
            const HttpAnswer refused = more({{field, value}});
            QVERIFY2(refusalOf(refused).contains(field), refused.body.constData());
            QCOMPARE(m_place->part(u"cpu"_s, u"EPYC"_s), before);
        }
        const HttpAnswer raised = more({});
        QVERIFY2(isGood(raised), raised.body.constData()); // 2.00 is 2
        QCOMPARE(m_place->stockOf(u"cpu"_s, u"EPYC"_s), 3.0);
        QCOMPARE(m_place->part(u"cpu"_s, u"EPYC"_s)[u"unit_price"_s].toDouble(), 2.0);
    }

    void aPartInUseCannotBeDeleted()
    {
        QCOMPARE(join(u"worker-1"_s), u"done"_s);
        const HttpAnswer made = m_place->newConfig();
        QVERIFY2(isGood(made), made.body.constData());
        QCOMPARE(m_place->consumedOf(u"cpu"_s, u"EPYC"_s), 4.0);
        const Items part{{u"cpcid"_s, m_place->center}, {u"id"_s, m_place->part(u"cpu"_s, u"EPYC"_s)[u"id"_s].toString()}};
        const HttpAnswer refused = m_place->post(u"cpcwidget/delete_cpcwidget.dspy"_s, part);
        QCOMPARE(refusalOf(refused), u"部件 cpu EPYC 正被资源实例使用,不能移除"_s);
        QCOMPARE(m_place->consumedOf(u"cpu"_s, u"EPYC"_s), 4.0);
        QVERIFY(isGood(m_place->deleteConfig(idOf(made))));
        const HttpAnswer gone = m_place->post(u"cpcwidget/delete_cpcwidget.dspy"_s, part);
        QVERIFY2(isGood(gone), gone.body.constData());
        QVERIFY(m_place->part(u"cpu"_s, u"EPYC"_s).isEmpty());
        QCOMPARE(m_place->leave(u"worker-1"_s), u"done"_s); // what it brought of that part is gone with it
    }

    // The roomiest node has a model that nobody sells.
    void anUnsoldModelDoesNotBlockTheCluster()
    {
        QCOMPARE(join(u"big"_s, {{u"cpu_model"_s, u"XEON"_s}, {u"memory_stock"_s, u"2048"_s}}), u"done"_s);
        QCOMPARE(refusalOf(m_place->newConfig()), u"该算力中心没有部件: cpu XEON"_s); // it alone remains
        QCOMPARE(join(u"small"_s), u"done"_s);
        const HttpAnswer made = m_place->newConfig({{u"source_replicasetnum"_s, u"2"_s}});
        QVERIFY2(isGood(made), made.body.constData());
        QCOMPARE(m_place->hostsOf(idOf(made)), u"small"_s);
        const HttpAnswer daemon = m_place->newConfig({{u"source_podengine"_s, u"DaemonSet"_s}});
        QVERIFY2(isGood(daemon), daemon.body.constData());
        QCOMPARE(m_place->hostsOf(idOf(daemon)), u"small"_s);
    }

    // The roomiest node's model is all but sold out.
    void aModelSoldOutDoesNotBlockTheCluster()
    {
        QCOMPARE(join(u"big"_s, {{u"cpu_model"_s, u"XEON"_s}, {u"memory_stock"_s, u"2048"_s}}), u"done"_s);
        QVERIFY(isGood(m_place->addPart(u"cpu"_s, u"XEON"_s, u"1"_s, 6)));
        QCOMPARE(join(u"small"_s), u"done"_s);
        const HttpAnswer made = m_place->newConfig({{u"source_replicasetnum"_s, u"3"_s}});
        QVERIFY2(isGood(made), made.body.constData());
        QCOMPARE(m_place->hostsOf(idOf(made)), u"big, small"_s);
        QCOMPARE(m_place->consumedOf(u"cpu"_s, u"XEON"_s), 4.0);
        QCOMPARE(m_place->consumedOf(u"cpu"_s, u"EPYC"_s), 8.0);
        const HttpAnswer refused = m_place->newConfig({{u"cpu_model"_s, u"XEON"_s}});
        QCOMPARE(refusalOf(refused), u"库存不足: cpu XEON 需要 4 核,可用 2 核"_s);
    }

    void aDrainKeepsToLabelsAndModels_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("value");
        QTest::addColumn<bool>("moves");
        QTest::newRow("label") << u"source_nodeselector"_s << u"kyy-gpu=false"_s << false;
        QTest::newRow("cpu model") << u"cpu_model"_s << u"EPYC"_s << false;
        QTest::newRow("any") << u"cpu_model"_s << QString() << true;
    }
    void aDrainKeepsToLabelsAndModels()
    {
        QFETCH(const QString, field);
        QFETCH(const QString, value);
        QFETCH(const bool, moves);
        QCOMPARE(join(u"first"_s), u"done"_s);
        QVERIFY(isGood(m_place->addPart(u"cpu"_s, u"XEON"_s, u"1"_s)));
        QVERIFY(isGood(m_place->addPart(u"gpu"_s, u"A100-80G"_s, u"18"_s)));
        const HttpAnswer made = m_place->newConfig(value.isEmpty() ? Items() : Items{{field, value}});
        QVERIFY2(isGood(made), made.body.constData());
        QCOMPARE(join(u"second"_s, {{u"cpu_model"_s, u"XEON"_s}, {u"gpu_model"_s, u"A100-80G"_s}, {u"gpu_stock"_s, u"8"_s}}), u"done"_s);
        const HttpAnswer drained = m_place->drain(u"first"_s);
        QCOMPARE(isGood(drained), moves);
        if (!moves)
            QVERIFY2(refusalOf(drained).startsWith(u"没有可用节点"_s), drained.body.constData());
        QCOMPARE(m_place->hostsOf(idOf(made)), moves ? u"second"_s : u"first"_s);
        QCOMPARE(m_place->consumedOf(u"cpu"_s, u"XEON"_s), moves ? 4.0 : 0.0);
        QCOMPARE(m_place->consumedOf(u"cpu"_s, u"EPYC"_s), moves ? 0.0 : 4.0);
    }
};

QTEST_GUILESS_MAIN(TestParts)
#include "tst_parts.moc"
