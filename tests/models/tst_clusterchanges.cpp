#include "models/clusterchanges.h"
#include "tests/models/clusterrows.h"

#include <QJsonDocument>

using namespace kboss;
using namespace Qt::StringLiterals;
using Of = ClusterChange::Of;

// What a dashboard tells of a cluster, its nodes and its pods since somebody looked last.
class TestClusterChanges : public QObject {
    Q_OBJECT

    ClusterRows m_rows;

    Row node(const QString &name, const QString &status, const QString &trouble = {}, const QString &labels = u"zone=b1"_s) const
    {
        return ClusterRows::row(m_rows.type("cluster-worker"), name,
                                {{u"node_name"_s, name},
                                 {u"node_status"_s, status},
                                 {u"node_trouble"_s, trouble.isEmpty() ? Value() : Value(trouble)},
                                 {u"node_labels"_s, labels}});
    }
    Row pod(const QString &name, const QString &state, qint64 restarts, const QString &on) const
    {
        return ClusterRows::row(
            m_rows.type("cluster-pod"), u"ns/"_s + name,
            {{u"pod_name"_s, name}, {u"pod_running"_s, state}, {u"pod_restart"_s, restarts}, {u"pod_node"_s, on.isEmpty() ? Value() : Value(on)}});
    }
    Row cluster(const QString &ready, const QString &version, const QDate &certificate) const
    {
        return ClusterRows::row(m_rows.type("compute-cluster"), u"c1"_s,
                                {{u"name"_s, u"gpu-01"_s}, {u"ready"_s, ready}, {u"version"_s, version}, {u"certificate_date"_s, certificate}});
    }
    std::vector<ClusterChange> told(Of of, const char *view, std::vector<RowChange> rows) const
    {
        ClusterChanges changes;
        changes.take(of, m_rows.type(view), rows, 7);
        return changes.changes();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_rows.load());
        setCurrentLanguage(u"en"_s);
    }

    void tellsOfNodes()
    {
        const Row good = node(u"b"_s, u"已就绪"_s), lost = node(u"b"_s, u"未就绪"_s, u"NodeStatusUnknown"_s);
        auto all = told(Of::Node, "cluster-worker", {ClusterRows::change(good, lost)});
        QCOMPARE(all.size(), size_t(1)); // the trouble goes with the state
        QCOMPARE(all[0], (ClusterChange{7, Tone::Bad, Of::Node, u"b"_s, u"b"_s, u"Node not ready"_s, u"Ready → Not ready"_s}));
        QCOMPARE(told(Of::Node, "cluster-worker", {ClusterRows::change(lost, good)})[0].tone, Tone::Good);
        QCOMPARE(told(Of::Node, "cluster-worker", {ClusterRows::change({}, good)})[0].title, u"Node joined"_s);
        QCOMPARE(told(Of::Node, "cluster-worker", {ClusterRows::change(good, {})})[0].title, u"Node left"_s);
        QCOMPARE(told(Of::Node, "cluster-worker", {ClusterRows::change(good, node(u"b"_s, u"已就绪"_s, {}, u"zone=b2"_s))})[0].text,
                 u"zone=b1 → zone=b2"_s);
        QVERIFY(told(Of::Node, "cluster-worker", {ClusterRows::change(good, good)}).empty());
    }

    void tellsOfPods_data()
    {
        QTest::addColumn<Row>("before");
        QTest::addColumn<Row>("after");
        QTest::addColumn<QStringList>("titles");
        QTest::addColumn<QStringList>("texts");
        QTest::addColumn<Tone>("tone");
        const Row runs = pod(u"p"_s, u"Running"_s, 1, u"n1"_s);
        QTest::newRow("appeared") << Row() << runs << QStringList{u"Pod appeared"_s} << QStringList{u"n1"_s} << Tone::Info;
        QTest::newRow("gone") << runs << Row() << QStringList{u"Pod gone"_s} << QStringList{u"n1"_s} << Tone::Off;
        QTest::newRow("crashes") << runs << pod(u"p"_s, u"CrashLoopBackOff"_s, 1, u"n1"_s) << QStringList{u"Pod in trouble"_s}
                                 << QStringList{u"Running → Crash loop"_s} << Tone::Bad;
        QTest::newRow("runs again") << pod(u"p"_s, u"Pending"_s, 1, u"n1"_s) << runs << QStringList{u"Pod running"_s}
                                    << QStringList{u"Pending → Running"_s} << Tone::Good;
        QTest::newRow("restarted") << runs << pod(u"p"_s, u"Running"_s, 37, u"n1"_s) << QStringList{u"Pod restarted"_s} << QStringList{u"1 → 37"_s}
                                   << Tone::Bad;
        QTest::newRow("a new one of the same name") << runs << pod(u"p"_s, u"Running"_s, 0, u"n1"_s) << QStringList{} << QStringList{} << Tone::None;
        QTest::newRow("moved") << runs << pod(u"p"_s, u"Running"_s, 1, u"n2"_s) << QStringList{u"Pod moved"_s} << QStringList{u"n1 → n2"_s}
                               << Tone::Info;
        QTest::newRow("placed") << pod(u"p"_s, u"Running"_s, 1, {}) << runs << QStringList{u"Pod placed"_s} << QStringList{u"none → n1"_s}
                                << Tone::Info;
        QTest::newRow("all at once") << runs << pod(u"p"_s, u"Unknown"_s, 2, u"n2"_s)
                                     << QStringList{u"Pod state changed"_s, u"Pod restarted"_s, u"Pod moved"_s}
                                     << QStringList{u"Running → Unknown"_s, u"1 → 2"_s, u"n1 → n2"_s} << Tone::Warn;
    }
    void tellsOfPods()
    {
        QFETCH(Row, before);
        QFETCH(Row, after);
        QFETCH(QStringList, titles);
        QFETCH(QStringList, texts);
        QFETCH(Tone, tone);
        const auto side = [](const Row &row) { return row.key.isEmpty() ? std::optional<Row>() : std::optional(row); };
        const auto all = told(Of::Pod, "cluster-pod", {ClusterRows::change(side(before), side(after))});
        QStringList saidTitles, saidTexts;
        for (const ClusterChange &change : all) {
            QCOMPARE(change.of, Of::Pod);
            QCOMPARE(change.key, u"ns/p"_s);
            QCOMPARE(change.name, u"p"_s);
            saidTitles << change.title;
            saidTexts << change.text;
        }
        QCOMPARE(saidTitles, titles);
        QCOMPARE(saidTexts, texts);
        if (!all.empty())
            QCOMPARE(all[0].tone, tone);
    }

    void tellsOfTheCluster()
    {
        const Row before = cluster(u"0"_s, u"v1.28.2"_s, QDate(2026, 12, 15));
        const auto all = told(Of::Cluster, "compute-cluster", {ClusterRows::change(before, cluster(u"1"_s, u"v1.30.14"_s, QDate(2027, 12, 15)))});
        QCOMPARE(all.size(), size_t(3));
        QCOMPARE(all[0].text, u"Not ready → Ready"_s);
        QCOMPARE(all[1].text, u"v1.28.2 → v1.30.14"_s);
        QCOMPARE(all[2].title, u"Certificates renewed"_s);
        QCOMPARE(all[2].text, u"2026-12-15 → 2027-12-15"_s);
        QCOMPARE(all[2].name, u"gpu-01"_s);
    }

    void theNewestComesFirst()
    {
        ClusterChanges changes;
        const ResourceType &type = m_rows.type("cluster-pod");
        changes.take(Of::Pod, type,
                     {ClusterRows::change({}, pod(u"early"_s, u"Running"_s, 0, u"n"_s), 10),
                      ClusterRows::change({}, pod(u"late"_s, u"Running"_s, 0, u"n"_s), 20)},
                     30);
        changes.take(Of::Node, m_rows.type("cluster-worker"), {ClusterRows::change({}, node(u"between"_s, u"已就绪"_s), 15)}, 40);
        QStringList names;
        for (const ClusterChange &change : changes.changes())
            names << change.name;
        QCOMPARE(names, (QStringList{u"late"_s, u"between"_s, u"early"_s}));
    }

    void manyOfAKindAreOneLine()
    {
        std::vector<RowChange> rows;
        for (int i = 0; i < 1'500; ++i)
            rows.push_back(ClusterRows::change(pod(u"p%1"_s.arg(i), u"Running"_s, 0, u"n"_s), {}));
        rows.push_back(ClusterRows::change({}, pod(u"new"_s, u"Running"_s, 0, u"n"_s)));
        ClusterChanges changes;
        changes.take(Of::Pod, m_rows.type("cluster-pod"), rows, 1);
        QCOMPARE(changes.changes().size(), size_t(2));
        QCOMPARE(changes.changes()[0].name, u"1,500 pods"_s);
        QCOMPARE(changes.changes()[0].key, QString());
        ClusterChanges more;
        more.take(Of::Pod, m_rows.type("cluster-pod"), rows, 1, true);
        QCOMPARE(more.changes()[0].name, u"1,500+ pods"_s);
    }

    void survivesARestart()
    {
        ClusterChanges before;
        before.setKnownTo(Of::Pod, 100);
        before.take(Of::Pod, m_rows.type("cluster-pod"), {ClusterRows::change({}, pod(u"p"_s, u"Running"_s, 0, u"n"_s))}, 200);
        QCOMPARE(before.sinceMs(), 100);
        ClusterChanges after;
        after.restore(QJsonDocument::fromJson(QJsonDocument(before.save()).toJson()).object());
        QCOMPARE(after.changes(), before.changes());
        QCOMPARE(after.knownTo(Of::Pod), 200);
        QCOMPARE(after.knownTo(Of::Node), 0);
        QCOMPARE(after.sinceMs(), 100);
        after.markSeen(300);
        QVERIFY(after.changes().empty());
        QCOMPARE(after.sinceMs(), 300);
        QCOMPARE(after.knownTo(Of::Pod), 200); // what is seen is not forgotten
        ClusterChanges bad;
        bad.restore(
            QJsonDocument::fromJson(R"({"knownTo": 5, "since": "x", "changes": [{"tone": 99, "of": "pod"}, 7, {}, {"tone": 1, "of": "moon"}]})")
                .object());
        QVERIFY(bad.changes().empty());
        QCOMPARE(bad.sinceMs(), 0);
    }

    void keepsTheNewestOnly()
    {
        ClusterChanges changes;
        for (int i = 1; i <= 2 * static_cast<int>(ClusterChanges::most); ++i)
            changes.take(Of::Node, m_rows.type("cluster-worker"), {ClusterRows::change({}, node(u"n%1"_s.arg(i), u"已就绪"_s))}, i);
        QCOMPARE(changes.changes().size(), ClusterChanges::most);
        QCOMPARE(changes.changes()[0].name, u"n400"_s);
    }
};

QTEST_GUILESS_MAIN(TestClusterChanges)
#include "tst_clusterchanges.moc"
