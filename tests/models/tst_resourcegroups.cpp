#include "models/grouplayout.h"
#include "models/resourcemodel.h"
#include "tests/models/fakerowsource.h"
#include "tests/models/thingtype.h"
#include "tests/support/fakeclock.h"
#include "tests/support/loopticker.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;

namespace {

// The tester walks over every row at every change: models of up to 1,000 rows are under it.
struct Bench {
    explicit Bench(int rows) : source(std::make_shared<FakeRowSource>(rows)), model(*type, clock, QTimeZone("Asia/Shanghai"))
    {
        if (rows <= 1000)
            tester.emplace(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy opened(&model, &ResourceModel::opened);
        model.setSource(source);
        if (!QTest::qWaitFor([&] { return opened.size() == 1; }))
            qWarning("the model does not open");
        group(u"amount"_s);
    }
    ~Bench() { QThreadPool::globalInstance()->waitForDone(); }

    void group(const QString &field)
    {
        QSignalSpy opened(&model, &ResourceModel::opened);
        RowQuery query = model.query();
        query.grouping.field = field;
        model.setQuery(query);
        if (!QTest::qWaitFor([&] { return opened.size() == 1; }))
            qWarning("the model does not group");
    }
    void reload()
    {
        QSignalSpy opened(&model, &ResourceModel::opened);
        model.reload();
        if (!QTest::qWaitFor([&] { return opened.size() == 1; }))
            qWarning("the model does not reload");
    }
    QString keyAt(int row) const { return model.index(row, 0).data(ResourceModel::KeyRole).toString(); }
    QStringList headers() const
    {
        QStringList names;
        for (int row = 0; row < model.rowCount(); ++row) {
            if (model.isGroup(row))
                names << model.groupText(row).name;
        }
        return names;
    }

    FakeClock clock;
    std::shared_ptr<const ResourceType> type = thingType();
    std::shared_ptr<FakeRowSource> source;
    ResourceModel model;
    std::optional<QAbstractItemModelTester> tester;
};

} // namespace

class TestResourceGroups : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { setCurrentLanguage(u"en"_s); }
    void linesStandBeforeTheirRows();
    void groupLinesCannotBeSelected();
    void oneGroupFolds();
    void allGroupsFold();
    void currentAndSelectionStayThroughRefreshes();
    void foldedGroupsStayFolded();
    void currentGroupLineStays();
    void revealOpensTheGroup();
    void ungroupingKeepsThePlace();
    void randomChangesKeepEveryIndex();
    void layoutMapsBothWays();
    void manyRowsNeverStall();
};

void TestResourceGroups::linesStandBeforeTheirRows()
{
    Bench bench(500);
    QVERIFY(bench.model.isGrouped());
    QCOMPARE(bench.model.groupCount(), 5);
    QCOMPARE(bench.model.rowCount(), 505);
    QCOMPARE(bench.headers(), (QStringList{u"0"_s, u"1"_s, u"2"_s, u"4"_s, u"Without Amount"_s}));
    QVERIFY(bench.model.isGroup(0) && !bench.model.isGroup(1));
    QCOMPARE(bench.keyAt(1), u"k0"_s);
    QCOMPARE(bench.keyAt(2), u"k5"_s);
    QCOMPARE(bench.model.groupText(0).counts, u"100 rows · 50 troubled"_s);
    QVERIFY(bench.model.groupText(0).troubled);
    QCOMPARE(bench.model.groupText(101).counts, u"100 rows"_s);
    QVERIFY(!bench.model.row(0) && bench.model.row(1));
    QCOMPARE(bench.model.position(0), qint64(-1));
    QCOMPARE(bench.model.position(102), qint64(100));
    QCOMPARE(bench.model.lineOf(100), 102);
    QCOMPARE(bench.model.groupRow(150), 101);
    QCOMPARE(bench.model.groupEnd(150), 201);
    QCOMPARE(bench.model.index(0, 0).data().toString(), u"0"_s);
    QCOMPARE(bench.model.index(0, 0).data(Qt::AccessibleTextRole).toString(), u"0 100 rows · 50 troubled"_s);
}

void TestResourceGroups::groupLinesCannotBeSelected()
{
    Bench bench(500);
    QItemSelectionModel selection(&bench.model);
    selection.select(QItemSelection(bench.model.index(100, 0), bench.model.index(103, 4)), QItemSelectionModel::Select);
    QVERIFY(selection.isSelected(bench.model.index(100, 0)));
    QVERIFY(!selection.isSelected(bench.model.index(101, 0)));
    QVERIFY(selection.isSelected(bench.model.index(102, 0)));
}

void TestResourceGroups::oneGroupFolds()
{
    Bench bench(500);
    bench.model.setCollapsed(150, true); // any row of it
    QCOMPARE(bench.model.rowCount(), 405);
    QVERIFY(bench.model.groupText(101).collapsed && !bench.model.groupText(0).collapsed);
    QVERIFY(bench.model.isGroup(101) && bench.model.isGroup(102));
    QCOMPARE(bench.model.lineOf(150), 101);
    QTRY_COMPARE(bench.keyAt(103), u"k2"_s);
    bench.model.setCollapsed(101, false);
    QCOMPARE(bench.model.rowCount(), 505);
    QTRY_COMPARE(bench.keyAt(102), u"k1"_s);
}

void TestResourceGroups::allGroupsFold()
{
    Bench bench(500);
    const QPersistentModelIndex current(bench.model.index(250, 1));
    bench.model.setAllCollapsed(true);
    QCOMPARE(bench.model.rowCount(), 5);
    QCOMPARE(current.row(), 2); // its group's line
    bench.model.setAllCollapsed(false);
    QCOMPARE(bench.model.rowCount(), 505);
}

void TestResourceGroups::currentAndSelectionStayThroughRefreshes()
{
    Bench bench(500);
    QItemSelectionModel selection(&bench.model);
    QTRY_VERIFY(bench.model.row(300));
    const QString key = bench.keyAt(300);
    selection.setCurrentIndex(bench.model.index(300, 1), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    std::vector<int> rows = bench.source->rows();
    std::erase_if(rows, [](int number) { return number % 3 == 0 && number != 492; });
    bench.source->setRows(rows);
    bench.reload();
    QTRY_VERIFY(bench.model.row(selection.currentIndex().row()));
    QCOMPARE(bench.keyAt(selection.currentIndex().row()), key);
    QVERIFY(selection.isSelected(selection.currentIndex()));
    QVERIFY(bench.model.rowCount() < 505);
}

void TestResourceGroups::foldedGroupsStayFolded()
{
    Bench bench(500);
    bench.model.setCollapsed(0, true);
    bench.reload();
    QVERIFY(bench.model.groupText(0).collapsed);
    QCOMPARE(bench.model.rowCount(), 405);
    std::vector<int> rows = bench.source->rows();
    std::erase_if(rows, [](int number) { return number % 5 == 0; });
    bench.source->setRows(rows); // the group goes …
    bench.reload();
    QCOMPARE(bench.headers().size(), 4);
    std::vector<int> back(500);
    std::iota(back.begin(), back.end(), 0);
    bench.source->setRows(back); // … and comes back as it was
    bench.reload();
    QVERIFY(bench.model.groupText(0).collapsed);
    bench.group({});
    bench.group(u"amount"_s);
    QVERIFY(!bench.model.groupText(0).collapsed); // a new question begins open
}

void TestResourceGroups::currentGroupLineStays()
{
    Bench bench(500);
    const QPersistentModelIndex line(bench.model.index(303, 0));
    QCOMPARE(bench.model.groupText(line.row()).name, u"4"_s);
    std::vector<int> rows = bench.source->rows();
    rows.erase(rows.begin(), rows.begin() + 50);
    bench.source->setRows(rows);
    bench.reload();
    QVERIFY(line.isValid() && bench.model.isGroup(line.row()));
    QCOMPARE(bench.model.groupText(line.row()).name, u"4"_s);
}

void TestResourceGroups::revealOpensTheGroup()
{
    Bench bench(500);
    bench.model.setAllCollapsed(true);
    auto found = bench.model.find(u"k7"_s);
    QTRY_VERIFY(found.isFinished());
    const qint64 position = found.result().value();
    QCOMPARE(bench.model.lineOf(position), 2);
    const int row = bench.model.reveal(position);
    QTRY_COMPARE(bench.keyAt(row), u"k7"_s);
    QCOMPARE(bench.model.rowCount(), 105);
}

void TestResourceGroups::ungroupingKeepsThePlace()
{
    Bench bench(500);
    QTRY_VERIFY(bench.model.row(150));
    const QPersistentModelIndex current(bench.model.index(150, 0));
    const QString key = bench.keyAt(150);
    bench.group({});
    QVERIFY(!bench.model.isGrouped());
    QCOMPARE(bench.model.rowCount(), 500);
    QTRY_COMPARE(bench.keyAt(current.row()), key);
    bench.group(u"amount"_s);
    QTRY_COMPARE(bench.keyAt(current.row()), key);
}

void TestResourceGroups::randomChangesKeepEveryIndex()
{
    Bench bench(400);
    QRandomGenerator random(20261127);
    for (int round = 0; round < 25; ++round) {
        std::vector<int> rows(400);
        std::iota(rows.begin(), rows.end(), 0);
        const int least = random.bounded(1, 7);
        std::erase_if(rows, [&](int number) { return number % 7 == least; });
        bench.source->setRows(rows);
        bench.reload();
        const int at = random.bounded(bench.model.rowCount());
        QTRY_VERIFY(bench.model.isGroup(at) || bench.model.row(at));
        const QString key = bench.keyAt(at);
        const QPersistentModelIndex held(bench.model.index(at, 0));
        bench.model.setCollapsed(random.bounded(bench.model.rowCount()), random.bounded(2) == 1);
        QVERIFY(held.isValid());
        const bool folded = bench.model.isGroup(held.row());
        QTRY_VERIFY(folded || bench.keyAt(held.row()) == key);
        for (int row = 0; row < bench.model.rowCount(); ++row) {
            if (!bench.model.isGroup(row))
                QCOMPARE(bench.model.lineOf(bench.model.position(row)), row);
        }
    }
}

void TestResourceGroups::layoutMapsBothWays()
{
    const GroupLayout none(nullptr, {});
    QCOMPARE(none.lineCount(), 0);
    QCOMPARE(none.positionOf(0), qint64(-1));
    QCOMPARE(none.lineOf(0), -1);
    const GroupLayout plain(10, {});
    QVERIFY(!plain.isGrouped());
    QCOMPARE(plain.positionOf(9), qint64(9));
    QCOMPARE(plain.positionOf(10), qint64(-1));
    QCOMPARE(plain.lineOf(9), 9);
    QCOMPARE(plain.groupAt(3), -1);
}

void TestResourceGroups::manyRowsNeverStall()
{
    Bench bench(200'000);
    QCOMPARE(bench.model.rowCount(), 200'005);
    LoopTicker ticker;
    bench.model.setAllCollapsed(true);
    bench.model.setAllCollapsed(false);
    bench.reload();
    QVERIFY2(ticker.within(50), ticker.verdict());
}

QTEST_GUILESS_MAIN(TestResourceGroups)
#include "tst_resourcegroups.moc"
