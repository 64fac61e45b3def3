#include "app/base/rowdecoder.h"
#include "app/cache/cachestore.h"
#include "models/resourcemodel.h"
#include "models/rowwindow.h"
#include "tests/models/fakerowsource.h"
#include "tests/models/thingtype.h"
#include "tests/support/fakeclock.h"
#include "tests/support/loopticker.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;

namespace {

const QTimeZone shanghai("Asia/Shanghai");
constexpr int nameColumn = 1, amountColumn = 3;

// The tester walks over every row at every change: models of up to 1,000 rows are under it.
struct Bench {
    explicit Bench(int rows) : source(std::make_shared<FakeRowSource>(rows)), model(*type, clock, shanghai)
    {
        if (rows <= 1000)
            tester.emplace(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    }

    ~Bench() { QThreadPool::globalInstance()->waitForDone(); }

    void start()
    {
        QSignalSpy opened(&model, &ResourceModel::opened);
        model.setSource(source);
        QTRY_COMPARE(opened.size(), 1);
    }
    void reload()
    {
        QSignalSpy opened(&model, &ResourceModel::opened);
        model.reload();
        QTRY_COMPARE(opened.size(), 1);
    }
    QString name(int row) { return model.index(row, nameColumn).data().toString(); }
    QString keyAt(const QModelIndex &index) { return index.data(ResourceModel::KeyRole).toString(); }

    FakeClock clock;
    std::shared_ptr<const ResourceType> type = thingType();
    std::shared_ptr<FakeRowSource> source;
    ResourceModel model;
    std::optional<QAbstractItemModelTester> tester;
};

QString nameOf(int number)
{
    return u"算力账户 %1"_s.arg(number);
}

} // namespace

class TestResourceModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void firstRowsComeBeforeTheWholeView();
    void cellsComeFormatted();
    void rowsOutsideTheWindowWait();
    void windowForgetsOldPages();
    void persistentIndexesFollowTheirKeys();
    void selectedRangeFollowsItsKeys();
    void farRowsAreFoundToo();
    void shrinkingToNothingAndBack();
    void lateAnswersOfAnOldQueryAreDropped();
    void headerSortsAndNeverBySecrets();
    void changedRowsGlow();
    void failureKeepsTheRows();
    void findNamesTheRow();
    void noSourceNoRows();
    void millionRowsNeverStall();
    void realStoreKeepsItsPlace();
};

void TestResourceModel::firstRowsComeBeforeTheWholeView()
{
    Bench bench(10'000);
    bench.source->openDelayMs = 150;
    QSignalSpy first(&bench.model, &ResourceModel::firstRowsShown), whole(&bench.model, &ResourceModel::opened);
    bench.model.setSource(bench.source);
    QCOMPARE(bench.model.state(), ResourceModel::State::Loading);
    QTRY_COMPARE(first.size(), 1);
    QCOMPARE(whole.size(), 0);
    QCOMPARE(bench.model.rowCount(), RowWindow::pageSize);
    QVERIFY(!bench.model.view());
    QCOMPARE(bench.name(5), nameOf(5));
    QTRY_COMPARE(whole.size(), 1);
    QCOMPARE(first.size(), 1);
    QCOMPARE(bench.model.rowCount(), 10'000);
    QCOMPARE(bench.model.state(), ResourceModel::State::Ready);
    QCOMPARE(bench.name(5), nameOf(5));
}

void TestResourceModel::cellsComeFormatted()
{
    Bench bench(3000);
    bench.start();
    const QModelIndex amount = bench.model.index(1234 % 200, amountColumn);
    QCOMPARE(amount.data().toString(), u"34"_s);
    QCOMPARE(amount.data(Qt::TextAlignmentRole).toInt(), int(Qt::AlignVCenter | Qt::AlignRight));
    QCOMPARE(bench.model.index(7, 4).data().toString(), QString(6, QChar(0x2022)));
    QCOMPARE(bench.model.index(7, 2).data(Qt::ToolTipRole).toString(), u"7.00\nCNY"_s);
    const auto *cell = static_cast<const CellText *>(bench.model.index(7, 2).data(ResourceModel::CellRole).value<void *>());
    QVERIFY(cell && cell->text == "7.00"_L1 && cell->right);
    const auto value = bench.model.index(7, amountColumn).data(ResourceModel::ValueRole).value<Value>();
    QCOMPARE(std::get<qint64>(value), qint64(7));
    setCurrentLanguage(u"en"_s);
    QCOMPARE(bench.model.headerData(amountColumn, Qt::Horizontal, Qt::DisplayRole).toString(), u"Amount (cores)"_s);
    QSignalSpy heads(&bench.model, &QAbstractItemModel::headerDataChanged);
    setCurrentLanguage(u"zh_CN"_s);
    bench.model.retranslate();
    QCOMPARE(heads.size(), 1);
    QCOMPARE(bench.model.headerData(amountColumn, Qt::Horizontal, Qt::DisplayRole).toString(), u"数量 (核)"_s);
}

void TestResourceModel::rowsOutsideTheWindowWait()
{
    Bench bench(100'000);
    bench.start();
    QCOMPARE(bench.name(50'123), u"…"_s);
    QVERIFY(!bench.model.row(50'123));
    QSignalSpy changed(&bench.model, &QAbstractItemModel::dataChanged);
    QTRY_COMPARE(bench.name(50'123), nameOf(50'123));
    bool told = false;
    for (const auto &arguments : changed)
        told = told || (arguments.at(0).toModelIndex().row() <= 50'123 && arguments.at(1).toModelIndex().row() >= 50'123);
    QVERIFY(told);
    // The neighbours come by themselves: scrolling on shows no gap.
    QTRY_VERIFY(bench.source->windowsAsked >= 3);
}

void TestResourceModel::windowForgetsOldPages()
{
    RowWindow window;
    for (int page = 0; page < 50; ++page) {
        window.put(page, std::vector<Row>(RowWindow::pageSize, Row{u"k"_s, {}}));
        window.touch(0);
    }
    QCOMPARE(window.pages().size(), qsizetype(RowWindow::maxPages));
    QVERIFY(window.has(0) && window.has(49) && !window.has(5));
    QCOMPARE(window.recentPages(2), (QList<int>{0, 49}));

    Bench bench(100'000);
    bench.start();
    for (int row = 0; row < 100'000; row += 2000)
        QTRY_COMPARE(bench.name(row), nameOf(row));
    QCOMPARE(bench.name(0), u"…"_s);
}

void TestResourceModel::persistentIndexesFollowTheirKeys()
{
    Bench bench(1000);
    bench.start();
    const QPersistentModelIndex kept(bench.model.index(10, nameColumn)), gone(bench.model.index(12, 0)), far(bench.model.index(900, 0));
    QTRY_COMPARE(bench.name(900), nameOf(900));
    std::vector<int> rows{5000, 5001, 5002};
    for (const int number : bench.source->rows()) {
        if (number != 12)
            rows.push_back(number);
    }
    bench.source->setRows(rows);
    bench.reload();
    QCOMPARE(bench.model.rowCount(), 1002);
    QCOMPARE(kept.row(), 13);
    QCOMPARE(kept.column(), nameColumn);
    QCOMPARE(bench.keyAt(kept), u"k10"_s);
    QVERIFY(!gone.isValid());
    QCOMPARE(far.row(), 902);
    QTRY_COMPARE(bench.keyAt(far), u"k900"_s);
}

void TestResourceModel::selectedRangeFollowsItsKeys()
{
    Bench bench(1000);
    bench.start();
    QItemSelectionModel selection(&bench.model);
    selection.setCurrentIndex(bench.model.index(40, 0), QItemSelectionModel::NoUpdate);
    selection.select(QItemSelection(bench.model.index(20, 0), bench.model.index(60, 4)), QItemSelectionModel::Select);
    std::vector<int> rows(bench.source->rows().rbegin(), bench.source->rows().rend());
    std::erase(rows, 30);
    bench.source->setRows(rows);
    bench.reload();
    QStringList keys;
    for (const QModelIndex &index : selection.selectedRows()) {
        QTRY_VERIFY(!bench.keyAt(index).isEmpty());
        keys.append(bench.keyAt(index));
    }
    QCOMPARE(keys.size(), qsizetype(40));
    QVERIFY(keys.contains(u"k20"_s) && keys.contains(u"k60"_s) && !keys.contains(u"k30"_s));
    QCOMPARE(bench.keyAt(selection.currentIndex()), u"k40"_s);
}

void TestResourceModel::farRowsAreFoundToo()
{
    Bench bench(200'000);
    bench.start();
    const QPersistentModelIndex low(bench.model.index(3, 0)), high(bench.model.index(150'000, 0));
    std::vector<int> rows(bench.source->rows().rbegin(), bench.source->rows().rend());
    bench.source->setRows(rows);
    bench.reload();
    QCOMPARE(low.row(), 199'996);
    QCOMPARE(high.row(), 49'999);
}

void TestResourceModel::shrinkingToNothingAndBack()
{
    Bench bench(1000);
    bench.start();
    bench.source->setRows({});
    bench.reload();
    QCOMPARE(bench.model.rowCount(), 0);
    QCOMPARE(bench.model.state(), ResourceModel::State::Ready);
    bench.source->setRows({7, 8});
    bench.reload();
    QCOMPARE(bench.model.rowCount(), 2);
    QTRY_COMPARE(bench.name(1), nameOf(8));
}

void TestResourceModel::lateAnswersOfAnOldQueryAreDropped()
{
    Bench bench(1000);
    bench.start();
    QSignalSpy opened(&bench.model, &ResourceModel::opened);
    bench.source->openDelayMs = 200;
    RowQuery filtered = bench.model.query();
    filtered.filter = parseFilter(u"amount > 5"_s).value();
    bench.model.setQuery(filtered);
    bench.source->openDelayMs = 0;
    bench.model.sort(amountColumn, Qt::DescendingOrder);
    RowQuery all = bench.model.query();
    all.filter = nullptr;
    bench.model.setQuery(all);
    QTRY_COMPARE(opened.size(), 1);
    QThreadPool::globalInstance()->waitForDone();
    QTRY_COMPARE(bench.name(0), nameOf(999));
    QCOMPARE(opened.size(), 1);
    QCOMPARE(bench.model.rowCount(), 1000);
}

void TestResourceModel::headerSortsAndNeverBySecrets()
{
    Bench bench(500);
    bench.start();
    QCOMPARE(printOrderBy(bench.model.query().order), u"amount"_s);
    bench.model.sort(amountColumn, Qt::DescendingOrder);
    QCOMPARE(printOrderBy(bench.model.query().order), u"amount desc"_s);
    QTRY_COMPARE(bench.name(0), nameOf(499));
    const int before = bench.source->opened;
    bench.model.sort(4, Qt::AscendingOrder);
    QCOMPARE(bench.source->opened.load(), before);
    bench.model.sort(-1, Qt::AscendingOrder);
    QTRY_COMPARE(bench.name(0), nameOf(0));
}

void TestResourceModel::changedRowsGlow()
{
    Bench bench(500);
    bench.start();
    QSignalSpy changed(&bench.model, &QAbstractItemModel::dataChanged);
    const QModelIndex index = bench.model.index(3, 0);
    QVERIFY(!index.data(ResourceModel::ChangedRole).toBool());
    bench.model.noteChanged({u"k3"_s, u"k400"_s});
    QVERIFY(index.data(ResourceModel::ChangedRole).toBool());
    QVERIFY(!bench.model.index(4, 0).data(ResourceModel::ChangedRole).toBool());
    QVERIFY(!changed.isEmpty());
    QCOMPARE(changed.front().at(0).toModelIndex().row(), 3);
    QTRY_VERIFY_WITH_TIMEOUT(!bench.model.index(3, 0).data(ResourceModel::ChangedRole).toBool(), 5000);
}

void TestResourceModel::failureKeepsTheRows()
{
    Bench bench(500);
    bench.start();
    bench.source->failing = true;
    bench.model.reload();
    QTRY_COMPARE(bench.model.state(), ResourceModel::State::Failed);
    QCOMPARE(bench.model.error().detail, u"disk gone"_s);
    QCOMPARE(bench.model.rowCount(), 500);
    QCOMPARE(bench.name(3), nameOf(3));
    bench.source->failing = false;
    bench.reload();
    QCOMPARE(bench.model.state(), ResourceModel::State::Ready);
}

void TestResourceModel::findNamesTheRow()
{
    Bench bench(5000);
    bench.start();
    auto found = bench.model.find(u"k4321"_s);
    QTRY_VERIFY(found.isFinished());
    QCOMPARE(found.result().value(), 4321);
    auto missing = bench.model.find(u"k99999"_s);
    QTRY_VERIFY(missing.isFinished());
    QCOMPARE(missing.result().value(), -1);
}

void TestResourceModel::noSourceNoRows()
{
    Bench bench(500);
    QCOMPARE(bench.model.rowCount(), 0);
    QCOMPARE(bench.model.find(u"k1"_s).result().value(), qint64(-1));
    bench.start();
    bench.model.setSource(nullptr);
    QCOMPARE(bench.model.rowCount(), 0);
    QCOMPARE(bench.model.state(), ResourceModel::State::Idle);
}

// What a view does with a million rows: jumps, scrolling, sorting, filtering, refreshes, with a selection held.
void TestResourceModel::millionRowsNeverStall()
{
    const auto source = std::make_shared<FakeRowSource>(1'000'000);
    const auto type = thingType();
    FakeClock clock;
    ResourceModel model(*type, clock, shanghai);
    QSignalSpy opened(&model, &ResourceModel::opened);
    LoopTicker ticker;
    model.setSource(source);
    QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, 20'000);
    const QPersistentModelIndex held(model.index(500'000, 0));
    QRandomGenerator random(1);
    int frames = 0, top = 0;
    QTimer frame;
    connect(&frame, &QTimer::timeout, this, [&] {
        top = frames % 20 == 0 ? random.bounded(1'000'000) : top + 20;
        for (int row = top; row < top + 42; ++row) {
            for (int column = 0; column < model.columnCount(); ++column)
                (void)model.cell(row, column);
        }
        if (frames % 50 == 25)
            model.sort(amountColumn, frames % 100 < 50 ? Qt::DescendingOrder : Qt::AscendingOrder);
        if (frames % 50 == 40)
            model.reload();
        ++frames;
    });
    frame.start(5);
    QTRY_VERIFY_WITH_TIMEOUT(frames > 160, 60'000);
    frame.stop();
    QVERIFY2(ticker.within(50), ticker.verdict());
    QVERIFY(held.isValid());
    QThreadPool::globalInstance()->waitForDone();
}

void TestResourceModel::realStoreKeepsItsPlace()
{
    const QTemporaryDir folder;
    FakeClock clock;
    const auto type = thingType();
    auto store = CacheStore::open(folder.filePath(u"cache.db"_s), clock);
    QVERIFY2(store, store ? "" : qPrintable(store.error().detail));
    const DatasetId id{u"p"_s, u"listThings"_s, u"{}"_s};
    auto declared = (*store)->declare(id, type->schema());
    QTRY_VERIFY(declared.isFinished());
    const auto refresh = [&](int from, int to) {
        QByteArray json("{\"rows\":[");
        for (int n = from; n < to; ++n)
            json += QStringLiteral("%1{\"id\":\"k%2\",\"name\":\"算力账户 "
                                   "%2\",\"balance\":{\"currency_code\":\"CNY\",\"units\":\"%2\",\"nanos\":0},\"amount\":%2,\"api_pwd\":\"******\"}")
                        .arg(n == from ? u""_s : u","_s)
                        .arg(n)
                        .toUtf8();
        json += "]}";
        RowDecoder decoder(type->schema(), shanghai);
        auto page = decoder.decodePage(json, {{u"/rows"_s}, {}, {}});
        QVERIFY2(page, page ? "" : qPrintable(page.error().detail));
        auto writer = (*store)->beginRefresh(id);
        auto appended = writer->append(std::move(page->rows));
        QTRY_VERIFY_WITH_TIMEOUT(appended.isFinished(), 20'000);
        auto committed = writer->commit();
        QTRY_VERIFY_WITH_TIMEOUT(committed.isFinished(), 20'000);
        QVERIFY(committed.result());
    };
    refresh(100, 10'000);
    ResourceModel model(*type, clock, shanghai);
    QSignalSpy opened(&model, &ResourceModel::opened);
    LoopTicker ticker;
    model.setSource((*store)->source(id).value());
    QTRY_COMPARE(opened.size(), 1);
    QCOMPARE(model.rowCount(), 9900);
    const QPersistentModelIndex held(model.index(4000, 0));
    QTRY_COMPARE(model.index(4000, nameColumn).data().toString(), nameOf(4100));
    ticker.reset();
    model.sort(amountColumn, Qt::DescendingOrder);
    QTRY_COMPARE(opened.size(), 2);
    QCOMPARE(held.row(), 9899 - 4000);
    QVERIFY2(ticker.within(50), ticker.verdict());
    refresh(0, 9'950);
    model.reload();
    QTRY_COMPARE(opened.size(), 3);
    QCOMPARE(model.rowCount(), 9950);
    QCOMPARE(held.row(), 9949 - 4100);
    QTRY_COMPARE(held.data(ResourceModel::KeyRole).toString(), u"k4100"_s);
}

QTEST_GUILESS_MAIN(TestResourceModel)
#include "tst_resourcemodel.moc"
