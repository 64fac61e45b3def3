#include "app/cluster/placement.h"
#include "app/cluster/workloadrules.h"

#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;

namespace {

NodeRoom room(const char *name, qint64 cores, qint64 gi, qint64 gpus = 0)
{
    NodeRoom made;
    made.nodeId = made.hostName = QLatin1String(name);
    made.cpuModel = u"EPYC"_s;
    made.memoryModel = u"DDR5"_s;
    made.gpuModel = gpus > 0 ? u"A100"_s : QString();
    made.total = {cores * 1000, gi * 1024, 100 * 1024, 1000 * 1024, gpus, {}, {}, {}, {}, {}};
    return made;
}

Need need(qint64 cores, qint64 gi, qint64 gpus = 0)
{
    return {cores * 1000, gi * 1024, 0, 10 * 1024, gpus, {}, {}, {}, {}, {}};
}

WorkloadTexts texts(const char *controller, const char *type, const char *mode, const char *gpus)
{
    return {{u"source_podengine"_s, QLatin1String(controller)},
            {u"instance_type"_s, QLatin1String(type)},
            {u"source_portmode"_s, QLatin1String(mode)},
            {u"source_gpu"_s, QLatin1String(gpus)}};
}

} // namespace

// Where pods find room, and what depends on what in their configuration: the rules that service and console share.
class TestPlacement : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void placesWhereMostIsLeft()
    {
        const auto made = place({room("a", 8, 32), room("b", 16, 64)}, need(4, 16), 3);
        QVERIFY(made);
        QCOMPARE(made->chosen.size(), size_t(3));
        QCOMPARE(made->chosen[0].hostName, u"b"_s);
        const auto cpu = made->consumption.find({u"cpu"_s, u"EPYC"_s});
        QVERIFY(cpu != made->consumption.end());
        QCOMPARE(cpu->second, 12'000);
    }

    void keepsCardsForThoseWhoNeedThem()
    {
        const auto plain = place({room("gpu", 64, 512, 8), room("plain", 8, 32)}, need(1, 1), 1);
        QVERIFY(plain);
        QCOMPARE(plain->chosen.front().hostName, u"plain"_s);
    }

    void saysWhatTheNearestLacks()
    {
        const auto none = place({room("a", 8, 32), room("b", 2, 16)}, need(4, 40), 1);
        QVERIFY(!none);
        QCOMPARE(none.error().why, NoPlace::Why::NobodyHolds);
        QCOMPARE(none.error().room.hostName, u"a"_s);
        const auto lacks = lacking(none.error().room, need(4, 40));
        QCOMPARE(lacks.size(), size_t(1));
        QCOMPARE(lacks.front().measure->kind, PartKind::Memory);
        QCOMPARE(amountText(lacks.front().missing, *lacks.front().measure), u"8"_s);
    }

    void closedNodesAreNotThere()
    {
        NodeRoom control = room("control", 64, 512), cordoned = room("cordoned", 64, 512), other = room("other", 64, 512);
        control.control = cordoned.cordoned = true;
        Need wanted = need(1, 1);
        wanted.selector = {{u"disk"_s, u"ssd"_s}};
        const auto none = place({control, cordoned, other}, wanted, 1);
        QVERIFY(!none);
        QCOMPARE(none.error().why, NoPlace::Why::NobodyMay);
        other.labels << u"disk=ssd"_s;
        QVERIFY(place({control, cordoned, other}, wanted, 1));
    }

    void aDaemonSetRunsOnEach()
    {
        const auto made = place({room("a", 8, 32), room("b", 8, 32)}, need(1, 1), 0);
        QVERIFY(made);
        QCOMPARE(made->chosen.size(), size_t(2));
        const auto none = place({room("a", 8, 32), room("b", 1, 32)}, need(2, 1), 0);
        QVERIFY(!none);
        QCOMPARE(none.error().why, NoPlace::Why::NotEverywhere);
        QCOMPARE(none.error().room.hostName, u"b"_s);
    }

    void amounts()
    {
        QCOMPARE(amountText(1'500, measureOf(u"cpu"_s, u"EPYC"_s)), u"1.5"_s);
        QCOMPARE(amountText(512, measureOf(u"memory"_s, u"DDR5"_s)), u"0.5"_s);
        QCOMPARE(measureOf(u"disk"_s, u"SYS"_s).kind, PartKind::SystemDisk);
        QCOMPARE(measureOf(u"disk"_s, u"DATA"_s).kind, PartKind::DataDisk);
    }

    void controllers_data()
    {
        QTest::addColumn<bool>("replicas");
        QTest::addColumn<bool>("everyNode");
        QTest::addColumn<bool>("hourly");
        QTest::addColumn<QStringList>("restarts");
        const QStringList always{u"Always"_s}, once{u"OnFailure"_s, u"Never"_s};
        QTest::newRow("StatefulSet") << true << false << false << always;
        QTest::newRow("Deployment") << true << false << false << always;
        QTest::newRow("DaemonSet") << false << true << false << always;
        QTest::newRow("CronJob") << false << false << true << once;
        QTest::newRow("Job") << false << false << false << once;
        QTest::newRow("Standalone") << false << false << false << (always + once);
    }

    void controllers()
    {
        QFETCH(bool, replicas);
        QFETCH(bool, everyNode);
        QFETCH(bool, hourly);
        QFETCH(QStringList, restarts);
        for (const char *type : {"LinuxOS", "RelationalDB"}) {
            const WorkloadRules rules = rulesOf(texts(QTest::currentDataTag(), type, "NodePort", "0"));
            QCOMPARE(rules.replicas, replicas);
            QCOMPARE(rules.everyNode, everyNode);
            QCOMPARE(rules.hourly, hourly);
            QCOMPARE(rules.restarts, restarts);
            const bool database = QLatin1String(type) == "RelationalDB"_L1;
            QCOMPARE(rules.database, database);
            QCOMPARE(rules.images.filter(u"mysql"_s).size(), database ? 1 : 0);
            QCOMPARE(rules.images.size(), database ? 1 : 2);
        }
    }

    void portsAndCards()
    {
        QVERIFY(rulesOf(texts("Job", "LinuxOS", "NodePort", "0")).outsidePort);
        QVERIFY(!rulesOf(texts("Job", "LinuxOS", "Ingress", "0")).outsidePort);
        QVERIFY(!rulesOf(texts("Job", "LinuxOS", "LoadBalancer", "0")).outsidePort);
        QVERIFY(!rulesOf(texts("Job", "LinuxOS", "NodePort", "0")).gpuModel);
        QVERIFY(rulesOf(texts("Job", "LinuxOS", "NodePort", "2")).gpuModel);
        QCOMPARE(habitsOf(u"docker.io/library/mysql:8.0"_s).port, 3306);
    }
};

QTEST_GUILESS_MAIN(TestPlacement)
#include "tst_placement.moc"
