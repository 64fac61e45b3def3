#include "tests/support/kboss.h"
#include "tests/ui/consolefixture.h"
#include "ui/bulkpane.h"
#include "ui/detailspanel.h"
#include "ui/detailsview.h"
#include "ui/filterbar.h"
#include "ui/filterconditions.h"
#include "ui/inlineedit.h"
#include "ui/percentbox.h"
#include "ui/resourcepage.h"
#include "ui/rowcollector.h"
#include "ui/rowsfeed.h"
#include "ui/stockbars.h"
#include "ui/writecontroller.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;

// Parts of a center over the real service: prices by percent, in the cell, and stock by cluster. What was changed is asked of the service itself.
class TestPartsPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void percentChangesRowsExactly();
    void percentIsNotSentBeforeConfirmed();
    void percentSaysWhyNot();
    void percentOrOneValue();
    void priceIsEditedInItsCell();
    void wrongPriceSaysWhyUnderTheCell();
    void escapeLeavesThePriceAlone();
    void conflictIsSaidUnderTheCell();
    void notOfferedWhereNothingMayBeWritten();
    void barFollowsItsRow();
    void stockByClusterIsShownByName();
    void lowAndUnusedAreMarkedAndFound();

private:
    QString priceOnService(const QString &key);
    QJsonObject partOnService(const QString &key);
    void setOnService(const QString &key, const QString &price);
    void chooseRows(int first, int count);
    int priceColumn() const;
    void openInCell(int row);
    DataTable *table() const { return m_page->view()->table(); }
    ResourceFeed *feed() const { return m_page->view()->feed(); }
    QString keyOf(int row) const { return feed()->model()->row(row)->key; }
    Decimal priceOf(int row) const { return std::get<Decimal>(*rowValue(feed()->type(), *feed()->model()->row(row), u"unit_price"_s)); }
    void show();

    ConsoleFixture m_world;
    Row m_center;
    std::unique_ptr<ResourcePage> m_page;
};

void TestPartsPage::initTestCase()
{
    QVERIFY2(m_world.open(), qPrintable(m_world.failure));
    QTRY_COMPARE_WITH_TIMEOUT(m_world.session->state(), Session::State::Online, 15'000);
    RowsFeed centers(*m_world.resources.find(u"compute-center"_s), m_world.context, nullptr);
    centers.follow({}, nullptr);
    QTRY_VERIFY_WITH_TIMEOUT(centers.isRead() && !centers.rows().empty(), 15'000);
    for (const Row &row : centers.rows()) { // one that sells several parts
        test::HttpClient client(m_world.service.url());
        if (test::rowsOf(client.get(u"/dev/cpcc/cpcwidget/get_cpcwidget.dspy"_s, test::queryOf({{u"cpcid"_s, row.key}}))).size() >= 5) {
            m_center = row;
            break;
        }
    }
    QVERIFY(!m_center.key.isEmpty());
}

void TestPartsPage::show()
{
    m_page = std::make_unique<ResourcePage>(*m_world.resources.find(u"compute-part"_s), m_world.context);
    m_page->resize(1500, 820);
    feed()->setMaster(m_center, m_world.resources.find(u"compute-center"_s));
    m_page->show();
    m_page->setShown(true);
    QTRY_VERIFY_WITH_TIMEOUT(m_page->rows() >= 5, 15'000);
    QTRY_VERIFY(feed()->model()->row(4));
    QTRY_COMPARE(m_page->freshness().state, Freshness::State::Live);
}

void TestPartsPage::init()
{
    setCurrentLanguage(u"en"_s);
    show();
    m_world.notice.clear();
    m_world.error = {};
}

void TestPartsPage::cleanup()
{
    m_page.reset();
}

QJsonObject TestPartsPage::partOnService(const QString &key)
{
    test::HttpClient client(m_world.service.url());
    const auto rows = test::rowsOf(client.get(u"/dev/cpcc/cpcwidget/get_cpcwidget.dspy"_s, test::queryOf({{u"cpcid"_s, m_center.key}})));
    for (const auto &row : rows) {
        if (row.toObject()[u"id"_s].toString() == key)
            return row.toObject();
    }
    return {};
}

// As the service writes it: a JSON number of so few digits that nothing is lost on the way.
QString TestPartsPage::priceOnService(const QString &key)
{
    test::HttpClient client(m_world.service.url());
    const QByteArray body = client.get(u"/dev/cpcc/cpcwidget/get_cpcwidget.dspy"_s, test::queryOf({{u"cpcid"_s, m_center.key}})).body;
    const qsizetype row = body.indexOf("\"id\":\"" + key.toUtf8()), at = body.indexOf("\"unit_price\":", row) + 13;
    return QString::fromUtf8(body.mid(at, body.indexOf(',', at) - at));
}

void TestPartsPage::setOnService(const QString &key, const QString &price)
{
    const QJsonObject part = partOnService(key);
    test::HttpClient client(m_world.service.url());
    const auto answer = client.post(u"/dev/cpcc/cpcwidget/update_cpcwidget.dspy"_s,
                                    test::queryOf({{u"id"_s, key},
                                                   {u"cpcid"_s, m_center.key},
                                                   {u"type"_s, part[u"type"_s].toString()},
                                                   {u"model"_s, part[u"model"_s].toString()},
                                                   {u"unit_price"_s, price}}));
    QVERIFY2(test::isGood(answer), answer.body.constData());
}

void TestPartsPage::chooseRows(int first, int count)
{
    table()->showRow(first);
    const QModelIndex from = table()->model()->index(first, 0), to = table()->model()->index(first + count - 1, 0);
    table()->selectionModel()->select(QItemSelection(from, to), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

int TestPartsPage::priceColumn() const
{
    const auto &columns = feed()->type().columns;
    return static_cast<int>(std::find_if(columns.begin(), columns.end(), [](const ColumnSpec &c) { return c.field.id == u"unit_price"_s; })
                            - columns.begin());
}

void TestPartsPage::openInCell(int row)
{
    table()->showRow(row);
    table()->setCurrentIndex(table()->model()->index(row, priceColumn()));
    QTest::keyClick(table(), Qt::Key_F2);
}

void TestPartsPage::percentChangesRowsExactly()
{
    chooseRows(0, 3);
    QStringList keys, before, wanted;
    for (int row = 0; row < 3; ++row) {
        keys << keyOf(row);
        before << priceOf(row).normalized().toString();
        wanted << priceOf(row).times(*Decimal::parse(u"1.05"_s))->rounded(4, Rounding::HalfUp).normalized().toString();
        QCOMPARE(priceOnService(keys.back()), before.back());
    }
    m_page->view()->namedAction(u"bulk"_s)->trigger();
    BulkPane *bulk = m_page->panel()->bulkPane();
    QTRY_COMPARE(m_page->panel()->mode(), DetailsPanel::Mode::Bulk);
    QVERIFY(bulk->isByPercent());
    bulk->setPercent(u"+5 %"_s);
    QCOMPARE(bulk->model()->count(BulkModel::Fate::Waiting), 3);
    for (int row = 0; row < 3; ++row) {
        QCOMPARE(bulk->model()->lines[static_cast<size_t>(row)].before, formatAmount(*Decimal::parse(before[row])));
        QCOMPARE(bulk->model()->lines[static_cast<size_t>(row)].after, formatAmount(*Decimal::parse(wanted[row])));
    }
    QVERIFY(bulk->findChild<QLabel *>(u"percentRule"_s)->text().contains(u"× 1.05"_s));
    table()->showRow(4); // the rows are frozen
    QSignalSpy finished(bulk, &BulkPane::finished);
    bulk->findChild<QPushButton *>(u"bulkStart"_s)->click();
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 15'000);
    QCOMPARE(bulk->model()->count(BulkModel::Fate::Done), 3);
    for (int row = 0; row < 3; ++row)
        QCOMPARE(priceOnService(keys[row]), wanted[row]);
}

void TestPartsPage::percentIsNotSentBeforeConfirmed()
{
    chooseRows(0, 2);
    const QString key = keyOf(0), before = priceOnService(key);
    m_page->view()->namedAction(u"bulk"_s)->trigger();
    BulkPane *bulk = m_page->panel()->bulkPane();
    QTRY_COMPARE(m_page->panel()->mode(), DetailsPanel::Mode::Bulk);
    const auto journal = m_world.session->journal()->read({}, {}, 1'000)->size();
    bulk->setPercent(u"12.5"_s);
    QVERIFY(bulk->findChild<QPushButton *>(u"bulkStart"_s)->isEnabled());
    QTest::keyClick(bulk, Qt::Key_Escape);
    QTRY_VERIFY(m_page->panel()->isHidden());
    QCOMPARE(priceOnService(key), before);
    QCOMPARE(m_world.session->journal()->read({}, {}, 1'000)->size(), journal);
}

void TestPartsPage::percentSaysWhyNot()
{
    chooseRows(0, 2);
    m_page->view()->namedAction(u"bulk"_s)->trigger();
    BulkPane *bulk = m_page->panel()->bulkPane();
    QTRY_COMPARE(m_page->panel()->mode(), DetailsPanel::Mode::Bulk);
    auto *start = bulk->findChild<QPushButton *>(u"bulkStart"_s);
    for (const QString &text : {u"lots"_s, u"-100"_s, u"0.1234567"_s}) {
        bulk->setPercent(text);
        QVERIFY2(bulk->fault().startsWith(u"Unit price: "_s), qPrintable(bulk->fault()));
        QCOMPARE(bulk->model()->count(BulkModel::Fate::Refused), 2);
        QVERIFY(!start->isEnabled());
    }
    bulk->percentBox()->setRule({0, std::nullopt}); // no decimals, nothing rounded
    bulk->setPercent(u"0.000001"_s);
    QVERIFY(bulk->fault().isEmpty());
    QCOMPARE(bulk->model()->count(BulkModel::Fate::Refused), 2);
    QVERIFY2(bulk->model()->lines.front().words.contains(u"decimals"_s), qPrintable(bulk->model()->lines.front().words));
    QVERIFY(!start->isEnabled());
    bulk->percentBox()->setRule({4, Rounding::HalfUp});
    bulk->setPercent(u"0"_s);
    QCOMPARE(bulk->model()->count(BulkModel::Fate::Unchanged), 2);
    QVERIFY(!start->isEnabled());
}

void TestPartsPage::percentOrOneValue()
{
    chooseRows(0, 2);
    m_page->view()->namedAction(u"bulk"_s)->trigger();
    BulkPane *bulk = m_page->panel()->bulkPane();
    QTRY_COMPARE(m_page->panel()->mode(), DetailsPanel::Mode::Bulk);
    bulk->setByPercent(false);
    QVERIFY(!bulk->isByPercent());
    bulk->setValue(u"0.1234"_s);
    QCOMPARE(bulk->model()->lines.front().after, u"0.1234"_s);
    bulk->setByPercent(true);
    QVERIFY(bulk->isByPercent());
    QVERIFY(bulk->model()->lines.front().after.isEmpty()); // nothing is typed of percent yet
}

void TestPartsPage::priceIsEditedInItsCell()
{
    const QString key = keyOf(1), before = priceOf(1).normalized().toString();
    const QString wanted = priceOf(1).plus(*Decimal::parse(u"0.02"_s))->normalized().toString();
    openInCell(1);
    InlineEdit *cell = m_page->view()->inlineEdit();
    QVERIFY(cell->isOpen() && cell->isVisible());
    QCOMPARE(table()->visualRect(table()->model()->index(1, priceColumn())), cell->line()->geometry());
    QVERIFY(cell->geometry().top() > cell->line()->geometry().bottom());
    QVERIFY(!cell->hasUnsaved());
    cell->line()->selectAll();
    QTest::keyClicks(cell->line(), wanted);
    QCOMPARE(cell->changeText(), formatAmount(*Decimal::parse(before)) + u" → "_s + formatAmount(*Decimal::parse(wanted)));
    QVERIFY(m_page->hasUnsaved());
    QCOMPARE(priceOnService(key), before); // not yet
    QTest::keyClick(cell->line(), Qt::Key_Return);
    QTRY_VERIFY2(!m_world.notice.isEmpty(), qPrintable(m_world.error.detail));
    QVERIFY(!cell->isOpen());
    QCOMPARE(priceOnService(key), wanted);
    QVERIFY(m_world.noticeRun != nullptr); // journalled, and can be undone
    m_world.notice.clear();
    m_world.noticeRun();
    QTRY_VERIFY2(!m_world.notice.isEmpty(), qPrintable(m_world.error.detail));
    QCOMPARE(priceOnService(key), before);
}

void TestPartsPage::wrongPriceSaysWhyUnderTheCell()
{
    table()->showRow(0);
    const QModelIndex index = table()->model()->index(0, priceColumn());
    const QPoint at = table()->visualRect(index).center();
    QTest::mouseClick(table()->viewport(), Qt::LeftButton, {}, at);
    QTest::mouseDClick(table()->viewport(), Qt::LeftButton, {}, at);
    InlineEdit *cell = m_page->view()->inlineEdit();
    QVERIFY(cell->isOpen());
    auto *save = cell->findChild<QPushButton *>(u"inlineSave"_s);
    for (const auto &[typed, why] : {std::pair(u"cheap"_s, u"Not a number"_s), std::pair(u"-1"_s, u"Must not be below zero"_s),
                                     std::pair(u"0.12345678901"_s, u"At most 10 decimals"_s)}) {
        cell->line()->selectAll();
        QTest::keyClicks(cell->line(), typed);
        QCOMPARE(cell->faultText(), why);
        QVERIFY(!save->isEnabled());
    }
    cell->line()->selectAll();
    QTest::keyClick(cell->line(), Qt::Key_Delete);
    QCOMPARE(cell->faultText(), u"Must be filled in"_s);
    QTest::keyClick(cell->line(), Qt::Key_Return); // sends nothing
    QVERIFY(cell->isOpen());
}

void TestPartsPage::escapeLeavesThePriceAlone()
{
    const QString key = keyOf(2), before = priceOnService(key);
    openInCell(2);
    InlineEdit *cell = m_page->view()->inlineEdit();
    QTest::keyClicks(cell->line(), u"99"_s);
    // Another cell asks first.
    m_world.prompt.willAnswer(false);
    const size_t asked = m_world.prompt.asked().size();
    table()->setCurrentIndex(table()->model()->index(0, priceColumn()));
    QTest::keyClick(table(), Qt::Key_F2);
    QTRY_COMPARE(m_world.prompt.asked().size(), asked + 1);
    QVERIFY(cell->isOpen() && cell->line()->text() == u"99"_s);
    QTest::keyClick(cell->line(), Qt::Key_Escape);
    QVERIFY(!cell->isOpen() && cell->isHidden());
    QCOMPARE(priceOnService(key), before);
}

void TestPartsPage::conflictIsSaidUnderTheCell()
{
    const QString key = keyOf(0);
    openInCell(0);
    InlineEdit *cell = m_page->view()->inlineEdit();
    QVERIFY(cell->isOpen());
    setOnService(key, u"3.21"_s); // somebody else meanwhile
    QTest::keyClicks(cell->line(), u"7.5"_s);
    QTest::keyClick(cell->line(), Qt::Key_Return);
    QTRY_VERIFY2(cell->faultText().contains(u"changed meanwhile"_s), qPrintable(cell->faultText()));
    QCOMPARE(priceOnService(key), u"3.21"_s);
    QVERIFY(cell->hasUnsaved());
}

void TestPartsPage::notOfferedWhereNothingMayBeWritten()
{
    m_page.reset();
    m_world.session.reset();
    m_world.readOnly = true;
    QVERIFY(m_world.openSession(m_world.service.url()));
    show();
    openInCell(1);
    QVERIFY(!m_page->view()->inlineEdit()->isOpen());
    QVERIFY(!m_page->view()->namedAction(u"inline"_s)->isEnabled());
    QVERIFY(!m_page->view()->namedAction(u"bulk"_s)->isEnabled());
    m_page.reset();
    m_world.session.reset();
    m_world.readOnly = false;
    QVERIFY(m_world.openSession(m_world.service.url()));
    show();
    QTRY_VERIFY(feed()->whyNoWrites().isEmpty());
}

void TestPartsPage::barFollowsItsRow()
{
    openInCell(1);
    InlineEdit *cell = m_page->view()->inlineEdit();
    const QString key = keyOf(1);
    QTest::keyClicks(cell->line(), u"4"_s);
    m_page->view()->setOrder({{u"model"_s, true}});
    QTRY_VERIFY(feed()->model()->state() == ResourceModel::State::Ready && feed()->model()->row(0));
    int row = 0;
    QTRY_VERIFY(feed()->model()->row(4));
    while (keyOf(row) != key)
        ++row;
    QTRY_COMPARE(cell->line()->geometry().top(), table()->visualRect(table()->model()->index(row, priceColumn())).top());
    QVERIFY(cell->hasUnsaved());
    feed()->setMaster({}, nullptr); // rows of another center
    QVERIFY(!cell->isOpen());
}

void TestPartsPage::stockByClusterIsShownByName()
{
    chooseRows(0, 1);
    const QString key = keyOf(0);
    m_page->panel()->openDetails();
    auto *bars = m_page->panel()->findChild<StockBars *>();
    QVERIFY(bars);
    const QJsonArray clusters = partOnService(key)[u"import_export"_s].toArray();
    QCOMPARE(bars->places().size(), static_cast<size_t>(clusters.size()));
    for (qsizetype i = 0; i < clusters.size(); ++i) {
        const QJsonObject cluster = clusters[i].toObject();
        const StockPlace &place = bars->places()[static_cast<size_t>(i)];
        QCOMPARE(place.name, cluster[u"clustername"_s].toString());
        QVERIFY(!bars->text().contains(cluster[u"clusterid"_s].toString()));
        QCOMPARE(place.total.toString().toDouble(), cluster[u"stock"_s].toDouble());
        QCOMPARE(place.used.toString().toDouble(), cluster[u"consumed"_s].toDouble());
    }
    const Row row = *feed()->model()->row(0);
    QCOMPARE(bars->sum().total, std::get<Decimal>(*rowValue(feed()->type(), row, u"stock"_s)));
    QCOMPARE(bars->sum().used, std::get<Decimal>(*rowValue(feed()->type(), row, u"consumed"_s)));
}

void TestPartsPage::lowAndUnusedAreMarkedAndFound()
{
    const auto expected = [](const QJsonObject &part) {
        const qreal stock = part[u"stock"_s].toDouble(), used = part[u"consumed"_s].toDouble();
        return stock <= 0 ? u"none"_s : used >= stock ? u"full"_s : used * 10 >= stock * 9 ? u"low"_s : used == 0 ? u"unused"_s : u"normal"_s;
    };
    qint64 unused = 0;
    for (int row = 0; row < m_page->rows(); ++row) {
        QTRY_VERIFY(feed()->model()->row(row));
        const QString state = std::get<QString>(*rowValue(feed()->type(), *feed()->model()->row(row), u"stock_state"_s));
        QCOMPARE(state, expected(partOnService(keyOf(row))));
        unused += state == u"unused"_s ? 1 : 0;
    }
    FilterConditions conditions;
    conditions.items.push_back({*parseFilter(feed()->type().quickFilters[2].filter), true});
    m_page->view()->setConditions(conditions);
    QTRY_COMPARE(m_page->rows(), unused);
}

QTEST_MAIN(TestPartsPage)
#include "tst_partspage.moc"
