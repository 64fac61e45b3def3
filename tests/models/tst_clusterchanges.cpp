#include "models/clusterchanges.h"
#include "models/viewreader.h"

#include <QJsonDocument>
#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;

namespace {

Row worker(const ResourceType &type, const QString &name, const QString &status, const QString &trouble = {}, const QString &labels = u"zone=b1"_s)
{
    Row row;
    row.key = name;
    for (const ColumnSpec &column : type.columns) {
        const QString &id = column.field.id;
        const QString text = id == u"node_name"_s ? name
            : id == u"node_status"_s              ? status
            : id == u"node_trouble"_s             ? trouble
            : id == u"node_labels"_s              ? labels
                                                  : QString();
        row.cells.push_back(text.isEmpty() ? Value() : Value(text));
    }
    return row;
}

} // namespace

// What a dashboard tells of the nodes since somebody looked last.
class TestClusterChanges : public QObject {
    Q_OBJECT

    std::unique_ptr<ResourceSet> m_set;
    const ResourceType *m_type = nullptr;

    std::vector<Row> rows(const QString &status, const QString &trouble = {}) const
    {
        return {worker(*m_type, u"a"_s, u"已就绪"_s), worker(*m_type, u"b"_s, status, trouble)};
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString source = qEnvironmentVariable("KBOSS_SOURCE_DIR");
        const auto contracts = ContractSet::load(source + u"/resources/api"_s);
        QVERIFY(contracts);
        auto set = ResourceSet::load(source + u"/resources/views"_s, *contracts);
        QVERIFY2(set, set ? "" : qPrintable(set.error().detail));
        m_set = std::make_unique<ResourceSet>(std::move(*set));
        m_type = m_set->find(u"cluster-worker"_s);
        QVERIFY(m_type);
    }

    void theFirstLookOnlyLearns()
    {
        ClusterChanges changes;
        QVERIFY(changes.take(*m_type, rows(u"已就绪"_s), 1));
        QVERIFY(changes.changes().empty());
        QVERIFY(!changes.take(*m_type, rows(u"已就绪"_s), 2)); // the same is no change
    }

    void tellsWhatChangedNewestFirst()
    {
        ClusterChanges changes;
        changes.take(*m_type, rows(u"已就绪"_s), 1);
        changes.take(*m_type, rows(u"未就绪"_s, u"NodeStatusUnknown"_s), 2);
        changes.take(*m_type, rows(u"已就绪"_s), 3);
        QCOMPARE(changes.changes().size(), size_t(2));
        QCOMPARE(changes.changes()[0].tone, Tone::Good);
        QCOMPARE(changes.changes()[0].ms, 3);
        QCOMPARE(changes.changes()[1].tone, Tone::Bad);
        QCOMPARE(changes.changes()[1].node, u"b"_s);
        changes.markRead();
        QVERIFY(changes.changes().empty());
        changes.take(*m_type, {worker(*m_type, u"a"_s, u"已就绪"_s, {}, u"zone=b2"_s)}, 4); // a label, and b left
        QCOMPARE(changes.changes().size(), size_t(2));
    }

    void survivesARestart()
    {
        ClusterChanges before;
        before.take(*m_type, rows(u"已就绪"_s), 1);
        before.take(*m_type, rows(u"未就绪"_s), 2);
        ClusterChanges after;
        after.restore(before.save());
        QCOMPARE(after.changes(), before.changes());
        after.take(*m_type, rows(u"已就绪"_s), 3); // what happened while nobody looked
        QCOMPARE(after.changes().size(), size_t(2));
        ClusterChanges bad;
        bad.restore(QJsonDocument::fromJson(R"({"known": 5, "changes": [{"tone": 99}, 7, {}]})").object());
        QVERIFY(bad.changes().size() <= 2);
    }

    void keepsTheNewestOnly()
    {
        ClusterChanges changes;
        for (int i = 0; i < 2 * static_cast<int>(ClusterChanges::most); ++i)
            changes.take(*m_type, rows(i % 2 ? u"已就绪"_s : u"未就绪"_s), i);
        QCOMPARE(changes.changes().size(), ClusterChanges::most);
    }
};

QTEST_GUILESS_MAIN(TestClusterChanges)
#include "tst_clusterchanges.moc"
