#include "app/base/rowdecoder.h"
#include "models/clusterwatch.h"
#include "tests/models/clusterrows.h"
#include "tests/support/fakeclock.h"
#include "tests/support/loopticker.h"
#include "tests/support/waitfor.h"

#include <QTemporaryDir>

using namespace kboss;
using namespace Qt::StringLiterals;
using Of = ClusterChange::Of;

// A cluster's changes kept up with a real store on disk.
class TestClusterWatch : public QObject {
    Q_OBJECT

    ClusterRows m_rows;
    FakeClock m_clock;
    QTemporaryDir m_folder;
    std::unique_ptr<CacheStore> m_store;
    const DatasetId m_pods{u"p"_s, u"getCpcpod"_s, u"{}"_s};
    int m_file = 0;

    // "pod 3 crashes": its state is another; every other is as before.
    RowBatch page(int from, int to, const QHash<int, QByteArray> &states = {}) const
    {
        QByteArray json = "{\"rows\":[";
        for (int i = from; i < to; ++i) {
            json += i > from ? "," : "";
            json += "{\"pod_namespace\":\"ns\",\"pod_name\":\"pod-" + QByteArray::number(i) + "\",\"pod_running\":\"" + states.value(i, "Running")
                + "\",\"pod_restart\":0,\"pod_node\":\"n1\",\"pod_age\":\"5d\"}";
        }
        RowDecoder decoder(m_rows.type("cluster-pod").schema());
        auto decoded = decoder.decodePage(json + "]}", {{u"/rows"_s}, {}, {}});
        return decoded ? std::move(decoded->rows) : RowBatch();
    }
    void refresh(int count, const QHash<int, QByteArray> &states = {})
    {
        m_clock.advance(5'000);
        auto writer = m_store->beginRefresh(m_pods);
        for (int from = 0; from < count; from += 2'000)
            QVERIFY(waitFor(writer->append(page(from, std::min(count, from + 2'000), states))));
        QVERIFY(waitFor(writer->commit()));
    }
    std::unique_ptr<ClusterWatch> watch(const QJsonObject &stored = {})
    {
        auto made = std::make_unique<ClusterWatch>(m_store.get(), u"c1"_s);
        made->restore(stored);
        made->follow(Of::Pod, m_rows.type("cluster-pod"), m_pods);
        made->check(Of::Pod);
        return made;
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_rows.load()); }
    void init()
    {
        setCurrentLanguage(u"en"_s);
        m_store = std::move(*CacheStore::open(m_folder.filePath(u"cache-%1.db"_s.arg(++m_file)), m_clock));
        QVERIFY(waitFor(m_store->declare(m_pods, m_rows.type("cluster-pod").schema())));
    }

    void theFirstLookOnlyLearns()
    {
        const auto looking = watch();
        refresh(30);
        QTRY_VERIFY(looking->changes().knownTo(Of::Pod) > 0);
        QVERIFY(looking->changes().changes().empty());
        refresh(30, {{3, "CrashLoopBackOff"}});
        QTRY_COMPARE(looking->changes().changes().size(), size_t(1));
        QCOMPARE(looking->changes().changes()[0].name, u"pod-3"_s);
        QCOMPARE(looking->changes().changes()[0].ms, m_clock.nowMs());
    }

    // The console was closed, the list was read by another page, the console was opened again.
    void tellsWhatHappenedMeanwhile()
    {
        QJsonObject kept;
        {
            const auto looking = watch();
            refresh(30);
            QTRY_VERIFY(looking->changes().knownTo(Of::Pod) > 0);
            kept = looking->save();
        }
        refresh(28, {{3, "Error"}});
        const qint64 then = m_clock.nowMs();
        refresh(28, {{3, "Error"}, {4, "Pending"}});
        const auto again = watch(kept);
        QTRY_COMPARE(again->changes().changes().size(), size_t(4));
        const auto &all = again->changes().changes(); // one crashed, one waits, two are gone
        const auto crashed = std::find_if(all.begin(), all.end(), [](const ClusterChange &change) { return change.name == u"pod-3"_s; });
        QVERIFY(crashed != all.end());
        QCOMPARE(crashed->ms, then); // not when it was told
        const auto third = watch(again->save());
        refresh(28, {{3, "Error"}, {4, "Pending"}, {5, "Pending"}});
        QTRY_VERIFY(third->changes().changes().size() > size_t(4));
        QCOMPARE(third->changes().changes().size(), size_t(5)); // nothing twice
    }

    void aCopyReadAnewTellsNothing()
    {
        const auto first = watch();
        refresh(30);
        QTRY_VERIFY(first->changes().knownTo(Of::Pod) > 0);
        const QJsonObject kept = first->save();
        init(); // the copy is lost
        refresh(30);
        const auto again = watch(kept);
        QTRY_COMPARE(again->changes().knownTo(Of::Pod), m_clock.nowMs());
        QVERIFY(again->changes().changes().empty());
    }

    void otherClustersAreNotTold()
    {
        const ResourceType &type = m_rows.type("compute-cluster");
        const DatasetId id{u"p"_s, u"getCpccluster"_s, u"{}"_s};
        QVERIFY(waitFor(m_store->declare(id, type.schema())));
        const auto load = [&](const QByteArray &one, const QByteArray &other) {
            m_clock.advance(5'000);
            RowDecoder decoder(type.schema());
            auto decoded = decoder.decodePage("{\"rows\":[{\"id\":\"c1\",\"name\":\"a\",\"version\":\"" + one
                                                  + "\"},{\"id\":\"c2\",\"name\":\"b\",\"version\":\"" + other + "\"}]}",
                                              {{u"/rows"_s}, {}, {}});
            auto writer = m_store->beginRefresh(id);
            QVERIFY(decoded && waitFor(writer->append(std::move(decoded->rows))) && waitFor(writer->commit()));
        };
        ClusterWatch looking(m_store.get(), u"c1"_s);
        looking.follow(Of::Cluster, type, id);
        load("v1.28.2", "v1.28.2");
        QTRY_VERIFY(looking.changes().knownTo(Of::Cluster) > 0);
        load("v1.30.1", "v1.30.1");
        QTRY_COMPARE(looking.changes().changes().size(), size_t(1));
        QCOMPARE(looking.changes().changes()[0].key, u"c1"_s);
    }

    void twentyThousandPodsDoNotStallTheWindow()
    {
        const auto looking = watch();
        refresh(20'000);
        QTRY_VERIFY_WITH_TIMEOUT(looking->changes().knownTo(Of::Pod) > 0, 20'000);
        QHash<int, QByteArray> crashed;
        for (int i = 0; i < 20'000; i += 2)
            crashed.insert(i, "CrashLoopBackOff");
        refresh(20'000, crashed);
        LoopTicker ticker;
        QTRY_VERIFY_WITH_TIMEOUT(!looking->changes().changes().empty(), 20'000);
        QVERIFY2(ticker.within(50), ticker.verdict());
        QCOMPARE(looking->changes().changes()[0].name, u"500+ pods"_s);
        refresh(20'000, {{6, "Error"}});
        ticker.reset();
        QTRY_VERIFY_WITH_TIMEOUT(looking->changes().changes().size() > 1, 20'000);
        QVERIFY2(ticker.within(50), ticker.verdict());
    }
};

QTEST_GUILESS_MAIN(TestClusterWatch)
#include "tst_clusterwatch.moc"
