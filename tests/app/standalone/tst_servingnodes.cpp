#include "tests/support/ownplace.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace kboss::test;

// Nodes that serve a cluster: what may still be changed on them, and what they bring into stock and take out again.
class TestServingNodes : public QObject {
    Q_OBJECT

    std::unique_ptr<OwnPlace> m_place;
    QString m_worker;

private Q_SLOTS:
    void init()
    {
        m_place = std::make_unique<OwnPlace>();
        QCOMPARE(m_place->prepare(), QString());
        QVERIFY(m_place->addUsualParts());
        m_worker = m_place->addNode(u"worker-1"_s);
        QCOMPARE(m_place->join(m_worker), u"done"_s);
    }
    void cleanup() { m_place.reset(); }

    void whatTheClusterReckonsWithStays()
    {
        const QJsonObject before = m_place->node(m_worker);
        const std::pair<const char *, const char *> changes[] = {{"node_status", "0"},      {"role", "master"},      {"ip", "10.9.9.9"},
                                                                 {"cpu_model", "XEON"},     {"cpu_stock", "65"},     {"memory_model", "HBM"},
                                                                 {"memory_stock", "1"},     {"sysdisk_stock", "1"},  {"gpu_stock", "8"},
                                                                 {"gpu_model", "A100-80G"}, {"datadisk_stock", "0"}, {"cpcid", "other-center"}};
        for (const auto &[field, value] : changes) {
            const HttpAnswer answer = m_place->changeNode(m_worker, {{QLatin1String(field), QLatin1String(value)}});
            QVERIFY2(refusalOf(answer).contains(u'(' + QLatin1String(field) + u')'), answer.body.constData());
        }
        QCOMPARE(m_place->node(m_worker), before);
        const HttpAnswer named =
            m_place->changeNode(m_worker, {{u"name"_s, u"新名字"_s}, {u"adminpwd"_s, u"new"_s}, {u"export_date"_s, u"2040-01-01"_s}});
        QVERIFY2(isGood(named), named.body.constData()); // what is repeated is no change
        QCOMPARE(m_place->node(m_worker)[u"name"_s].toString(), u"新名字"_s);
        QVERIFY(!isGood(m_place->post(u"cpcnode/delete_cpcnode.dspy"_s, {{u"id"_s, m_worker}})));
        QCOMPARE(m_place->stockOf(u"cpu"_s, u"EPYC"_s), 64.0);
        QCOMPARE(m_place->leave(u"worker-1"_s), u"done"_s);
        QVERIFY(isGood(m_place->changeNode(m_worker, {{u"cpu_stock"_s, u"65"_s}, {u"ip"_s, u"10.9.9.9"_s}}))); // idle again
    }

    // Also not while it is being installed.
    void aNodeThatIsJoiningStaysAsItIs()
    {
        m_place->end();
        QVERIFY(m_place->start({}, u"600"_s));
        const QString node = m_place->addNode(u"worker-2"_s);
        QVERIFY(isGood(m_place->newWorker(node)));
        QVERIFY(!isGood(m_place->changeNode(node, {{u"node_status"_s, u"0"_s}})));
        QVERIFY(!isGood(m_place->changeNode(node, {{u"cpu_stock"_s, u"1"_s}})));
    }

    void aNodeTakesOutWhatItBrought()
    {
        QCOMPARE(m_place->stockOf(u"cpu"_s, u"EPYC"_s), 64.0);
        const QString other = m_place->addNode(u"worker-2"_s, {{u"cpu_model"_s, u"XEON"_s}});
        QCOMPARE(m_place->join(other), u"done"_s); // nobody sells XEON yet
        QVERIFY(isGood(m_place->addPart(u"cpu"_s, u"XEON"_s, u"1"_s, 100)));
        QCOMPARE(m_place->leave(u"worker-2"_s), u"done"_s);
        QCOMPARE(m_place->stockOf(u"cpu"_s, u"XEON"_s), 100.0); // entered by hand: none of it came with the node
        QCOMPARE(m_place->stockOf(u"memory"_s, u"DDR5"_s), 512.0);
        QCOMPARE(m_place->leave(u"worker-1"_s), u"done"_s);
        QCOMPARE(m_place->stockOf(u"cpu"_s, u"EPYC"_s), 0.0);
        QCOMPARE(m_place->sqlNumber(u"SELECT count(*) FROM node_stock"_s), 0);
    }

    // A job that fails frees its own node, not one that serves another cluster by now.
    void anUndoneJobLeavesOtherClustersAlone()
    {
        m_place->end();
        QVERIFY(m_place->start({}, u"600"_s));
        const QString node = m_place->addNode(u"worker-2"_s);
        const HttpAnswer joining = m_place->newWorker(node);
        QVERIFY2(isGood(joining), joining.body.constData());
        m_place->end();
        const QString cluster = m_place->cluster;
        QCOMPARE(m_place->sql(u"INSERT INTO cluster SELECT 'other', seq + 1, cpcid, '另一个', clustertype, controllerid, enable_date, export_date, "
                              "clusterjoin, kubeconfig, ready, backend, version, certificate_date, created_ms, background_pods FROM cluster"_s),
                 QString());
        QCOMPARE(m_place->sql(u"INSERT INTO member VALUES('%1', 'other', 'worker-2', 0, 0, 0)"_s.arg(node)), QString());
        QCOMPARE(m_place->sql(u"UPDATE node SET clusterid = 'other', cluster_name = '另一个' WHERE id = '%1'"_s.arg(node)), QString());
        QVERIFY(m_place->start());
        QVERIFY(m_place->ended(joining).startsWith(u"failed"_s));
        QCOMPARE(m_place->sqlNumber(u"SELECT count(*) FROM member WHERE nodeid = '%1' AND clusterid = 'other'"_s.arg(node)), 1);
        QCOMPARE(m_place->node(node)[u"clusterid"_s].toString(), u"other"_s);
        QCOMPARE(m_place->node(node)[u"node_status"_s].toString(), u"1"_s);
    }

    void aDatabaseFromBeforeLearnsWhatNodesBrought()
    {
        m_place->end();
        QCOMPARE(m_place->sql(u"DROP TABLE node_stock"_s), QString());
        QCOMPARE(m_place->sql(u"UPDATE meta SET value = '2' WHERE key = 'schema_version'"_s), QString());
        QVERIFY2(m_place->start(), qPrintable(m_place->service.errorText()));
        QCOMPARE(m_place->sqlNumber(u"SELECT count(*) FROM node_stock"_s),
                 4); // cpu, memory, two disks of the worker; the control node brings nothing
        QCOMPARE(m_place->leave(u"worker-1"_s), u"done"_s);
        for (const auto &[type, model] : {std::pair(u"cpu"_s, u"EPYC"_s), {u"memory"_s, u"DDR5"_s}, {u"disk"_s, u"SYS"_s}, {u"disk"_s, u"DATA"_s}})
            QCOMPARE(m_place->stockOf(type, model), 0.0);
    }
};

QTEST_GUILESS_MAIN(TestServingNodes)
#include "tst_servingnodes.moc"
