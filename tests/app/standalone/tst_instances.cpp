#include "tests/support/ownplace.h"

#include <QTest>
#include <atomic>
#include <httplib.h>
#include <thread>

using namespace Qt::StringLiterals;
using namespace kboss::test;

// Instances and their prices: of what was taken, together with it or not at all.
class TestInstances : public QObject {
    Q_OBJECT

    std::unique_ptr<OwnPlace> m_place;

private Q_SLOTS:
    void init()
    {
        m_place = std::make_unique<OwnPlace>();
        QCOMPARE(m_place->prepare(), QString());
        QVERIFY(m_place->addUsualParts());
        QVERIFY(isGood(m_place->addPart(u"cpu"_s, u"XEON"_s, u"7"_s)));
        QCOMPARE(m_place->join(m_place->addNode(u"worker-1"_s)), u"done"_s);
    }
    void cleanup() { m_place.reset(); }

    void costsWhatItTakes()
    {
        const HttpAnswer made = m_place->newInstance();
        QVERIFY2(isGood(made), made.body.constData());
        QCOMPARE(dataOf(made)[u"price"_s].toDouble(), 12.1); // 4 × 2 + 8 × 0.5 + 10 × 0.01
        QCOMPARE(m_place->sqlNumber(u"SELECT count(*) FROM instance WHERE abs(price - 12.1) < 0.0001 AND configid = '%1'"_s.arg(
                     dataOf(made)[u"podyaml_id"_s].toString())),
                 1);
        QVERIFY(isGood(m_place->deleteConfig(dataOf(made)[u"podyaml_id"_s].toString())));
        QCOMPARE(m_place->sqlNumber(u"SELECT count(*) FROM instance"_s), 0);
    }

    // Many at once, on nodes whose models have different prices: each costs what it has itself taken, not what was free when it was asked for.
    void pricesAreOfWhatWasTakenAlsoInACrowd()
    {
        QCOMPARE(m_place->join(m_place->addNode(u"worker-2"_s, {{u"cpu_model"_s, u"XEON"_s}})), u"done"_s);
        const QUrl url = m_place->service.url();
        const std::string path = "/provider/create_cpcc_instance.dspy?"
            + queryOf(
                  OwnPlace::with(m_place->configTexts(), {{u"duration"_s, u"1"_s}, {u"duration_unit"_s, u"小时"_s}, {u"source_cpurate"_s, u"1"_s}}))
                  .toString(QUrl::FullyEncoded)
                  .toStdString();
        std::atomic<int> good = 0;
        std::vector<std::thread> crowd;
        for (int i = 0; i < 8; ++i) {
            crowd.emplace_back([&] {
                httplib::Client client(url.host().toStdString(), url.port());
                client.set_read_timeout(60);
                for (int turn = 0; turn < 8; ++turn) {
                    const auto answer = client.Get(path);
                    good += answer && answer->body.find("\"status\":true") != std::string::npos;
                }
            });
        }
        for (std::thread &one : crowd)
            one.join();
        QCOMPARE(good.load(), 64);
        QCOMPARE(m_place->sqlNumber(u"SELECT count(*) FROM instance"_s), 64);
        // EPYC 2, XEON 7; memory and disk 4.1.
        QCOMPARE(
            m_place->sqlNumber(u"SELECT count(*) FROM instance i JOIN consumption c ON c.configid = i.configid JOIN part p ON p.id = c.partid AND "
                               "p.type = 'cpu' WHERE abs(i.price - CASE p.model WHEN 'EPYC' THEN 6.1 ELSE 11.1 END) > 0.0001"_s),
            0);
        QVERIFY(m_place->consumedOf(u"cpu"_s, u"XEON"_s) > 0);
        QVERIFY(m_place->consumedOf(u"cpu"_s, u"EPYC"_s) > 0);
    }

    // An instance that cannot be written leaves no configuration behind, and one was never applied.
    void isBookedTogetherWithItsConfigurationOrNotAtAll()
    {
        QCOMPARE(m_place->sql(u"CREATE TRIGGER full BEFORE INSERT ON instance BEGIN SELECT RAISE(ABORT, 'no more'); END"_s), QString());
        QCOMPARE(m_place->sql(u"CREATE TABLE seen(state TEXT)"_s), QString());
        QCOMPARE(m_place->sql(u"CREATE TRIGGER watch AFTER UPDATE OF state ON podconfig BEGIN INSERT INTO seen VALUES(new.state); END"_s), QString());
        QVERIFY(!isGood(m_place->newInstance()));
        QVERIFY(!isGood(m_place->get(u"/k8cloud/user_create_pod.dspy"_s,
                                     {{u"cpu"_s, u"1"_s},
                                      {u"memory"_s, u"1"_s},
                                      {u"storage"_s, u"1"_s},
                                      {u"gpu"_s, u"0"_s},
                                      {u"image"_s, u"docker.io/library/ubuntu:22.04"_s}})));
        QCOMPARE(m_place->configs().size(), 0);
        QCOMPARE(m_place->consumedOf(u"cpu"_s, u"EPYC"_s), 0.0);
        QCOMPARE(m_place->sqlNumber(u"SELECT count(*) FROM seen"_s), 0); // it never came to applying
    }

    void theTotalIsWhatWasAgreed()
    {
        const HttpAnswer other = m_place->newInstance({{u"expected_total"_s, u"12"_s}});
        QCOMPARE(refusalOf(other), u"总价与预期不符(expected_total): 预期 12 元,实际 12.1 元"_s);
        QCOMPARE(m_place->configs().size(), 0);
        QCOMPARE(m_place->consumedOf(u"cpu"_s, u"EPYC"_s), 0.0);
        const HttpAnswer agreed = m_place->newInstance({{u"expected_total"_s, u"12.100"_s}});
        QVERIFY2(isGood(agreed), agreed.body.constData());
        QCOMPARE(m_place->configs().size(), 1);
        QVERIFY(!isGood(m_place->newInstance({{u"expected_total"_s, u"-1"_s}})));
    }

    void aMemoryModelIsKeptTo()
    {
        QVERIFY(isGood(m_place->addPart(u"memory"_s, u"HBM"_s, u"3"_s)));
        QVERIFY(refusalOf(m_place->newInstance({{u"memory_model"_s, u"HBM"_s}})).startsWith(u"没有可用节点"_s));
        QCOMPARE(m_place->join(m_place->addNode(u"worker-2"_s, {{u"memory_model"_s, u"HBM"_s}, {u"memory_stock"_s, u"16"_s}})), u"done"_s);
        const HttpAnswer made = m_place->newInstance({{u"memory_model"_s, u"HBM"_s}});
        QVERIFY2(isGood(made), made.body.constData());
        const QString config = dataOf(made)[u"podyaml_id"_s].toString();
        QCOMPARE(m_place->hostsOf(config), u"worker-2"_s);
        QCOMPARE(dataOf(made)[u"price"_s].toDouble(), 32.1);
        QVERIFY(!isGood(m_place->drain(u"worker-2"_s))); // also when its node goes
        QCOMPARE(m_place->hostsOf(config), u"worker-2"_s);
    }
};

QTEST_GUILESS_MAIN(TestInstances)
#include "tst_instances.moc"
