#include "tests/support/loopticker.h"
#include "tests/ui/consolefixture.h"
#include "ui/bulkpane.h"
#include "ui/changelist.h"
#include "ui/detailspanel.h"
#include "ui/editpane.h"
#include "ui/fieldeditor.h"
#include "ui/filterbar.h"
#include "ui/resourcepage.h"
#include "ui/rowcollector.h"
#include "ui/stateoverlay.h"
#include "ui/totalstable.h"
#include "ui/writecontroller.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;

// The billing accounts page on a real session and the real service.
class TestResourcePage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void showsRowsAndSaysSo();
    void filtersBySearchAndConditions();
    void sortsByHeader();
    void totalsFollowSelection();
    void editsAndUndoes();
    void refusesWrongMoneyAtOnce();
    void asksBeforeLosingChanges();
    void conflictSendsNothing();
    void bulkReportsEachRow();
    void copiesWithoutSecrets();
    void exportsWhatMatches();
    void staysUsableOffline();

private:
    QString text(int row, const QString &field) const;
    QString keyOf(int row) const { return m_page->view()->feed()->model()->row(row)->key; }
    void chooseRows(int first, int count);
    DataTable *table() const { return m_page->view()->table(); }
    ResourceFeed *feed() const { return m_page->view()->feed(); }
    void waitOpened() const;

    ConsoleFixture m_world;
    std::unique_ptr<ResourcePage> m_page;
    std::unique_ptr<LoopTicker> m_ticker;
};

void TestResourcePage::initTestCase()
{
    QVERIFY2(m_world.open(), qPrintable(m_world.failure));
}

void TestResourcePage::init()
{
    m_page = std::make_unique<ResourcePage>(*m_world.resources.find(u"billing-account"_s), m_world.context);
    m_page->resize(1400, 820);
    QSignalSpy ready(m_page.get(), &Page::ready);
    m_page->show();
    m_page->setShown(true);
    QVERIFY(ready.count() > 0 || ready.wait(15'000));
    QTRY_COMPARE(m_page->rows(), 2000);
    m_world.notice.clear();
    m_world.error = {};
    m_ticker = std::make_unique<LoopTicker>();
}

void TestResourcePage::cleanup()
{
    QVERIFY2(m_ticker->within(50), m_ticker->verdict());
    m_ticker.reset();
    m_page.reset();
}

QString TestResourcePage::text(int row, const QString &field) const
{
    const auto &columns = feed()->type().columns;
    for (size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].field.id == field) {
            const CellText *cell = feed()->model()->cell(row, static_cast<int>(i));
            return cell ? cell->text : QString();
        }
    }
    return {};
}

void TestResourcePage::chooseRows(int first, int count)
{
    table()->showRow(first);
    const QModelIndex from = table()->model()->index(first, 0), to = table()->model()->index(first + count - 1, 0);
    table()->selectionModel()->select(QItemSelection(from, to), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void TestResourcePage::waitOpened() const
{
    QTRY_VERIFY(feed()->model()->state() == ResourceModel::State::Ready && feed()->matching() >= 0);
}

void TestResourcePage::showsRowsAndSaysSo()
{
    QCOMPARE(m_page->state(), Page::State::Ready);
    QTRY_COMPARE(m_page->freshness().state, Freshness::State::Live);
    QVERIFY(!text(0, u"display_name"_s).isEmpty());
    QVERIFY(table()->paintedRows());
    QFile trace(m_world.data.filePath(u"trace.jsonl"_s));
    QVERIFY(trace.open(QIODevice::ReadOnly));
    QVERIFY(trace.readAll().contains("first-rows"));
    QVERIFY(m_page->view()->overlay()->isHidden());
}

void TestResourcePage::filtersBySearchAndConditions()
{
    FilterConditions conditions;
    conditions.items.push_back({*parseFilter(u"balance < 0"_s), true});
    m_page->view()->setConditions(conditions);
    QTRY_VERIFY(m_page->rows() < 2000 && m_page->rows() > 0);
    QTRY_VERIFY(text(0, u"balance"_s).startsWith(QChar(0x2212)));
    const qint64 negative = m_page->rows();

    conditions.items.front().enabled = false;
    m_page->view()->setConditions(conditions);
    QTRY_COMPARE(m_page->rows(), 2000);

    QLineEdit *search = m_page->view()->filterBar()->searchField();
    QTest::keyClicks(search, u"zzzz-none"_s);
    QTRY_COMPARE(m_page->state(), Page::State::FilteredOut);
    QVERIFY(!m_page->view()->overlay()->heading().isEmpty());
    QTest::keyClick(search, Qt::Key_Escape);
    QTRY_COMPARE(m_page->rows(), 2000);
    QVERIFY(negative < 2000);
}

void TestResourcePage::sortsByHeader()
{
    m_page->view()->setOrder({{u"balance"_s, true}});
    waitOpened();
    QTRY_VERIFY(feed()->model()->row(0) && feed()->model()->row(1));
    const auto amount = [this](int row) { return std::get<Money>(*rowValue(feed()->type(), *feed()->model()->row(row), u"balance"_s)).amount(); };
    QTRY_VERIFY(feed()->model()->row(5) && amount(0) >= amount(1) && amount(1) >= amount(5));
    m_page->view()->setOrder({{u"balance"_s, false}});
    QTRY_VERIFY(feed()->model()->row(5) && amount(0) <= amount(1) && amount(1) <= amount(5) && amount(0).isNegative());
}

void TestResourcePage::totalsFollowSelection()
{
    TotalsTable *totals = m_page->view()->totals();
    QTRY_VERIFY(!totals->totals().empty());
    qint64 all = 0;
    for (const CurrencyTotal &total : totals->totals())
        all += total.rows;
    QCOMPARE(all, 2000);
    chooseRows(0, 3);
    const auto counted = [totals] {
        qint64 rows = 0;
        for (const CurrencyTotal &total : totals->totals())
            rows += total.rows;
        return rows;
    };
    QTRY_COMPARE(counted(), 3);
}

void TestResourcePage::editsAndUndoes()
{
    chooseRows(2, 1);
    const QString key = keyOf(2), before = text(2, u"credit_line"_s);
    m_page->view()->namedAction(u"edit"_s)->trigger();
    EditPane *pane = m_page->panel()->editPane();
    QTRY_VERIFY(pane->isOpen());
    pane->form()->type(u"credit_line"_s, u"1,234,567.89"_s);
    QCOMPARE(pane->changes()->entries().size(), 1u);
    QCOMPARE(pane->changes()->entries().front().after, u"1,234,567.89"_s);
    QTest::keyClick(pane->form()->editor(u"credit_line"_s)->input(), Qt::Key_Return);
    QTRY_VERIFY2(!m_world.notice.isEmpty(), qPrintable(m_world.error.detail));
    const auto shown = [this, &key] {
        for (int row = 0; row < 20; ++row) {
            if (feed()->model()->row(row) && keyOf(row) == key)
                return text(row, u"credit_line"_s);
        }
        return QString();
    };
    QTRY_COMPARE(shown(), u"1,234,567.89"_s);
    QVERIFY(!pane->hasUnsaved());
    QVERIFY(m_world.noticeRun != nullptr);
    m_world.notice.clear();
    m_world.noticeRun();
    QTRY_VERIFY2(!m_world.notice.isEmpty(), qPrintable(m_world.error.detail));
    QTRY_COMPARE(shown(), before);
}

void TestResourcePage::refusesWrongMoneyAtOnce()
{
    chooseRows(0, 1);
    m_page->panel()->openEdit();
    EditForm *form = m_page->panel()->editPane()->form();
    QVERIFY(form);
    form->type(u"credit_line"_s, u"12,34.5"_s);
    QVERIFY(!form->faultOf(u"credit_line"_s).isEmpty());
    QVERIFY(m_page->panel()->findChild<QLabel *>(u"fault-credit_line"_s)->isVisible());
    QVERIFY(!m_page->panel()->findChild<QPushButton *>(u"saveButton"_s)->isEnabled());
    form->type(u"credit_line"_s, u"12,340.50"_s);
    QVERIFY(form->faultOf(u"credit_line"_s).isEmpty());
    form->type(u"disable_threshold"_s, u"true"_s);
    QVERIFY(!form->editor(u"threshold_balance"_s)->input()->isEnabled());
}

void TestResourcePage::asksBeforeLosingChanges()
{
    chooseRows(0, 1);
    m_page->panel()->openEdit();
    EditPane *pane = m_page->panel()->editPane();
    pane->form()->type(u"display_name"_s, u"changed name"_s);
    const size_t asked = m_world.prompt.asked().size();
    m_world.prompt.willAnswer(false);
    QTest::keyClick(pane->form()->editor(u"display_name"_s)->input(), Qt::Key_Escape);
    QTRY_COMPARE(m_world.prompt.asked().size(), asked + 1);
    QVERIFY(pane->hasUnsaved());
    QVERIFY(m_page->hasUnsaved());
    table()->showRow(5); // does not take the form away
    QCOMPARE(pane->form()->input().value(u"display_name"_s), u"changed name"_s);
    m_world.prompt.willAnswer(true);
    QTest::keyClick(pane->form()->editor(u"display_name"_s)->input(), Qt::Key_Escape);
    QTRY_VERIFY(m_page->panel()->isHidden());
}

void TestResourcePage::conflictSendsNothing()
{
    chooseRows(1, 1);
    const QString key = keyOf(1);
    m_page->panel()->openEdit();
    EditPane *pane = m_page->panel()->editPane();
    const Row seen = pane->row();
    const QString currency = std::get<QString>(*rowValue(feed()->type(), seen, u"currency_code"_s));
    const Money credit = std::get<Money>(*rowValue(feed()->type(), seen, u"credit_line"_s));
    const Money threshold = std::get<Money>(*rowValue(feed()->type(), seen, u"threshold_balance"_s));
    test::HttpClient other(m_world.service.url());
    const auto money = [&](const Money &value) {
        return u"{\"currency_code\":\"%1\",\"units\":\"%2\",\"nanos\":%3}"_s.arg(currency).arg(value.units).arg(value.nanos);
    };
    const QString body = u"{\"id\":\"%1\",\"display_name\":\"somebody else's name\",\"credit_line\":%2,\"threshold_balance\":%3}"_s.arg(
        key, money(credit), money(threshold));
    const auto answer = other.patch(u"/v1/billingaccounts/"_s + key, body.toUtf8());
    QVERIFY2(answer.status == 200, answer.body.constData());
    m_ticker->reset(); // the call above blocks the loop on purpose
    pane->form()->type(u"display_name"_s, u"my name"_s);
    m_world.error = {};
    pane->save();
    QTRY_COMPARE(m_world.error.kind, ErrorKind::Conflict);
    QTRY_VERIFY(m_page->panel()->findChild<QLabel *>(u"conflictText"_s)->isVisible());
    QVERIFY(pane->hasUnsaved());
}

void TestResourcePage::bulkReportsEachRow()
{
    FilterConditions conditions;
    conditions.items.push_back({*parseFilter(u"disable_threshold = false AND credit_line > 0"_s), true});
    m_page->view()->setConditions(conditions);
    waitOpened();
    QTRY_VERIFY(feed()->model()->row(4));
    chooseRows(0, 4);
    m_page->view()->namedAction(u"bulk"_s)->trigger();
    BulkPane *bulk = m_page->panel()->bulkPane();
    QTRY_COMPARE(m_page->panel()->mode(), DetailsPanel::Mode::Bulk);
    QCOMPARE(bulk->model()->rowCount(), 4);
    bulk->setField(u"threshold_balance"_s);
    bulk->setValue(u"7,654,321.00"_s);
    const int will = 4 - bulk->model()->count(BulkModel::Fate::Refused) - bulk->model()->count(BulkModel::Fate::Unchanged);
    QVERIFY(will >= 2);
    // Somebody else changes the same field of one of them after the preview.
    const auto waiting = std::find_if(bulk->model()->lines.begin(), bulk->model()->lines.end(),
                                      [](const BulkModel::Line &line) { return line.fate == BulkModel::Fate::Waiting; });
    const Row victim = waiting->row;
    const Money credit = std::get<Money>(*rowValue(feed()->type(), victim, u"credit_line"_s));
    test::HttpClient other(m_world.service.url());
    const QString body = u"{\"id\":\"%1\",\"display_name\":\"%2\",\"credit_line\":{\"currency_code\":\"%3\",\"units\":\"%4\",\"nanos\":%5},"
                         "\"threshold_balance\":{\"currency_code\":\"%3\",\"units\":\"9000000\",\"nanos\":0}}"_s
                             .arg(victim.key, rowName(feed()->type(), victim), credit.currency)
                             .arg(credit.units)
                             .arg(credit.nanos);
    const auto answer = other.patch(u"/v1/billingaccounts/"_s + victim.key, body.toUtf8());
    QVERIFY2(answer.status == 200, answer.body.constData());
    m_ticker->reset();
    QSignalSpy finished(bulk, &BulkPane::finished);
    bulk->start();
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 15'000);
    QCOMPARE(bulk->model()->count(BulkModel::Fate::Failed), 1);
    QCOMPARE(bulk->model()->count(BulkModel::Fate::Done), will - 1);
    bulk->retryFailed();
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 2, 15'000);
    QCOMPARE(bulk->model()->count(BulkModel::Fate::Failed), 1); // it still is not as it was seen
}

void TestResourcePage::copiesWithoutSecrets()
{
    chooseRows(0, 2);
    QTest::keyClick(table(), Qt::Key_C, Qt::ControlModifier);
    QTRY_VERIFY(!m_world.notice.isEmpty());
    const QStringList lines = QApplication::clipboard()->text().split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 3);
    const Row row = *feed()->model()->row(0);
    const QString json = rowsAsJson({row}, {u"id"_s, u"password_pay"_s, u"balance"_s}, feed()->type(), feed()->zone());
    QVERIFY(!json.contains(u"password"_s));
    QVERIFY(json.contains(row.key));
}

void TestResourcePage::exportsWhatMatches()
{
    FilterConditions conditions;
    conditions.items.push_back({*parseFilter(u"currency_code = USD"_s), true});
    m_page->view()->setConditions(conditions);
    QTRY_VERIFY(m_page->rows() < 2000 && m_page->rows() > 0);
    const QString path = m_world.data.filePath(u"out.csv"_s);
    m_world.prompt.willAnswer(true, path);
    m_page->view()->namedAction(u"export-csv"_s)->trigger();
    QTRY_VERIFY2(!m_world.notice.isEmpty(), qPrintable(m_world.error.detail));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().count("\r\n"), m_page->rows() + 1);
    QVERIFY(m_world.jobs->records().size() >= 1);
}

void TestResourcePage::staysUsableOffline()
{
    table()->showRow(40);
    const QString key = keyOf(40);
    const int scrolled = table()->verticalScrollBar()->value();
    m_world.stopService();
    m_ticker->reset();
    QTRY_VERIFY_WITH_TIMEOUT(m_world.session->isOffline(), 10'000); // nobody asks for anything: it is noticed all the same
    QTRY_VERIFY(!m_page->view()->namedAction(u"edit"_s)->isEnabled());
    QVERIFY(!feed()->whyNoWrites().isEmpty());
    QCOMPARE(m_page->rows(), 2000);
    FilterConditions conditions;
    conditions.items.push_back({*parseFilter(u"arrears > 0"_s), true});
    m_page->view()->setConditions(conditions);
    QTRY_VERIFY(m_page->rows() < 2000 && m_page->rows() > 0);
    m_page->view()->setConditions({});
    QTRY_COMPARE(m_page->rows(), 2000);
    QTRY_VERIFY(m_page->view()->currentRow() && m_page->view()->currentRow()->key == key);
    m_ticker->reset();
    QVERIFY2(m_world.restartService(), qPrintable(m_world.service.errorText()));
    m_ticker->reset();
    QTRY_VERIFY_WITH_TIMEOUT(!m_world.session->isOffline() && m_page->freshness().state == Freshness::State::Live, 10'000);
    QCOMPARE(m_page->view()->currentRow()->key, key);
    QVERIFY(std::abs(table()->verticalScrollBar()->value() - scrolled) < table()->viewport()->height());
}

QTEST_MAIN(TestResourcePage)
#include "tst_resourcepage.moc"
