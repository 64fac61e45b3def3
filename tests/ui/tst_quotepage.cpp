#include "app/services/quotestore.h"
#include "app/services/serverfeatures.h"
#include "models/parttreemodel.h"
#include "tests/ui/consolefixture.h"
#include "ui/editpane.h"
#include "ui/instancepane.h"
#include "ui/partsview.h"
#include "ui/pricelines.h"
#include "ui/quotecheck.h"
#include "ui/quotedesk.h"
#include "ui/quotehead.h"
#include "ui/quotepage.h"
#include "ui/quoteroom.h"
#include "ui/quotetotals.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSpinBox>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QUuid>

using namespace kboss;
using namespace Qt::StringLiterals;

namespace {

QLineEdit *openEditor(const QWidget *tree, const QString &begin)
{
    const auto lines = tree->findChildren<QLineEdit *>();
    const auto found =
        std::find_if(lines.begin(), lines.end(), [&begin](const QLineEdit *line) { return line->isVisible() && line->text() == begin; });
    return found == lines.end() ? nullptr : *found;
}

} // namespace

// A quote as sales staff make it: parts picked from the keyboard, saved, without network too, exported, and turned into an instance at its price.
class TstQuotePage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u"editing failed"_s)); }
    void cleanup();
    void isTypedSavedAndBecomesAnInstanceAtItsPrice();
    void whatDoesNotFitSaysWhyAndOffersWhatDoes();
    void worksWithoutTheServiceAndKeepsWhatWasTyped();

private:
    void openNew();
    void reopen(const QString &id);
    void chooseCluster();
    void needsToBeSaved();
    static void typeInstance(EditForm *form);
    void exportBoth(const QString &inPdf, const QString &inXlsx);
    PartTreeModel *parts() const { return static_cast<PartTreeModel *>(m_page->parts()->tree()->model()); }
    void typeAmount(const QString &type, QString model, qint64 typed, qint64 amount = 0); // a copy: the offers are read again meanwhile; 0 = as typed
    const PartOffer *offer(const QString &type) const; // with the most left
    QString priceOfInstance(const QString &id) const;

    ConsoleFixture m_world;
    std::unique_ptr<QuotePage> m_page;
};

void TstQuotePage::initTestCase()
{
    QVERIFY2(m_world.open(), qPrintable(m_world.failure));
    QTRY_COMPARE(m_world.session->state(), Session::State::Online);
}

void TstQuotePage::cleanup()
{
    m_page.reset();
}

void TstQuotePage::openNew()
{
    auto made = m_world.session->quotes()->create({});
    QTRY_VERIFY(made.isFinished());
    QVERIFY(made.result().has_value());
    reopen(made.result()->id);
    QTRY_VERIFY(!m_page->desk()->centers().empty());
}

void TstQuotePage::reopen(const QString &id)
{
    m_page = std::make_unique<QuotePage>(id, m_world.context);
    m_page->resize(1500, 900);
    QSignalSpy ready(m_page.get(), &Page::ready);
    m_page->show();
    m_page->setShown(true);
    QVERIFY(ready.count() > 0 || ready.wait(15'000));
}

// The first center that sells something.
void TstQuotePage::chooseCluster()
{
    QComboBox *center = m_page->head()->centerBox();
    for (int i = 0; i < center->count(); ++i) {
        if (center->itemData(i).toString().isEmpty())
            continue;
        m_page->desk()->setCenter(center->itemData(i).toString());
        QTRY_VERIFY(m_page->desk()->partsKnown());
        if (!m_page->desk()->clusters().empty())
            break;
    }
    QVERIFY(!m_page->desk()->clusters().empty());
    m_page->desk()->setCluster(m_page->desk()->clusters().front().id);
    QTRY_VERIFY(m_page->desk()->nodesKnown() && parts()->chosenColumn() >= 0);
    const PartOffer *gpu = offer(u"gpu"_s);
    QVERIFY(gpu);
    const QString here = u"%1: %2 here, "_s.arg(gpu->model).arg(gpu->in(m_page->desk()->content().clusterId)->left);
    QTRY_VERIFY2(m_page->room()->cardsText().contains(here), qPrintable(m_page->room()->cardsText() + u" without "_s + here));
}

const PartOffer *TstQuotePage::offer(const QString &type) const
{
    const QString cluster = m_page->desk()->content().clusterId;
    const PartOffer *best = nullptr;
    for (const PartOffer &one : m_page->desk()->offers()) {
        const ClusterStock *stock = one.in(cluster);
        if (one.type == type && stock && (type != u"disk"_s || one.model == u"DATA"_s) && (!best || stock->left > best->in(cluster)->left))
            best = &one;
    }
    return best;
}

void TstQuotePage::typeAmount(const QString &type, QString model, qint64 typed, qint64 amount)
{
    PartsTree *tree = m_page->parts()->tree();
    const QModelIndex cell = parts()->indexOf(type, model, parts()->amountColumn());
    QVERIFY(cell.isValid());
    tree->scrollTo(cell);
    tree->setCurrentIndex(cell);
    tree->setFocus();
    const QString digits = QString::number(typed);
    QTest::keyClick(tree, digits.front().toLatin1()); // the first digit opens the editor
    QLineEdit *editor = nullptr; // the one of before may not be gone yet
    QTRY_VERIFY((editor = openEditor(tree, digits.first(1))));
    QTest::keyClicks(editor, digits.mid(1));
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(parts()->amount(type, model), amount == 0 ? typed : amount);
    QTRY_VERIFY(!openEditor(tree, digits)); // closed before the next is typed
}

QString TstQuotePage::priceOfInstance(const QString &id) const
{
    const QString name = QUuid::createUuid().toString();
    QString price;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        database.setDatabaseName(m_world.service.database());
        if (database.open()) {
            QSqlQuery query(database);
            query.prepare(u"SELECT price FROM instance WHERE id = ? OR configid = ?"_s);
            query.addBindValue(id);
            query.addBindValue(id);
            if (query.exec() && query.next())
                price = query.value(0).toString();
        }
    }
    QSqlDatabase::removeDatabase(name);
    return price;
}

// A price that no saved version has makes no instance; the button says so, before the first version and after a change.
void TstQuotePage::needsToBeSaved()
{
    QuoteDesk *desk = m_page->desk();
    QTRY_COMPARE(m_page->room()->state(), QuoteRoom::State::Room);
    QTRY_COMPARE(m_page->check()->state(), QuoteCheck::State::Same); // nothing stands against it but that it is not saved
    QAction *create = m_page->namedAction(u"instance"_s);
    const auto *why = m_page->findChild<QLabel *>(u"whyNoInstance"_s);
    QVERIFY(!create->isEnabled());
    QVERIFY2(why->text().contains(u"save the quote"_s), qPrintable(why->text()));

    m_page->findChild<QPushButton *>(u"saveQuote"_s)->click();
    QTRY_VERIFY(desk->stored() && desk->stored()->versions.size() == 1 && !desk->isDirty());
    QTRY_VERIFY2(create->isEnabled(), qPrintable(why->text()));
    m_page->head()->termBox()->setValue(4);
    QTRY_COMPARE(m_page->check()->state(), QuoteCheck::State::Same);
    QVERIFY2(!create->isEnabled() && why->text().contains(u"save the quote"_s), qPrintable(why->text()));
    m_page->head()->termBox()->setValue(3); // as it was saved
    QTRY_VERIFY(!desk->isDirty());
}

// What no quote knows of an instance.
void TstQuotePage::typeInstance(EditForm *form)
{
    for (const auto &[field, text] : {std::pair{u"source_name"_s, u"quoted"_s},
                                      {u"source_authpasswd"_s, u"Aa-12345678"_s},
                                      {u"source_portmode"_s, u"LoadBalancer"_s},
                                      {u"source_apiport"_s, u"80"_s},
                                      {u"source_insideport"_s, u"80"_s},
                                      {u"source_outsideport"_s, u"30000"_s},
                                      {u"source_selflabel"_s, u"app:quoted"_s}})
        form->type(field, text);
}

void TstQuotePage::isTypedSavedAndBecomesAnInstanceAtItsPrice()
{
    openNew();
    chooseCluster();
    typeAmount(u"cpu"_s, offer(u"cpu"_s)->model, 2);
    typeAmount(u"memory"_s, offer(u"memory"_s)->model, 4, 4096); // typed in Gi
    typeAmount(u"disk"_s, u"DATA"_s, 20);
    QuoteDesk *desk = m_page->desk();
    QTRY_COMPARE(desk->view().lines.size(), size_t(3));
    m_page->head()->termBox()->setValue(3);
    QTRY_COMPARE(desk->content().term, 3);
    QVERIFY(desk->view().left == 0);

    needsToBeSaved();
    const Decimal total = desk->stored()->saved()->total;
    QVERIFY(total > Decimal(0));
    m_page->namedAction(u"copy"_s)->trigger();
    QVERIFY(QGuiApplication::clipboard()->text().contains(offer(u"cpu"_s)->model));

    QAction *create = m_page->namedAction(u"instance"_s);
    QTRY_VERIFY2(create->isEnabled(), qPrintable(create->text()));
    create->trigger();
    EditPane *pane = m_page->instancePane()->pane();
    QTRY_VERIFY(pane->isOpen());
    typeInstance(pane->form());
    QTRY_VERIFY2(!pane->form()->hasFaults(), qPrintable(pane->form()->faultOf(u"source_name"_s)));
    pane->save();
    const auto refusal = [pane] {
        QString all;
        for (const FormField &field : pane->form()->fields())
            all += pane->form()->faultOf(field.name).isEmpty() ? QString() : field.name + u": "_s + pane->form()->faultOf(field.name) + u"; "_s;
        return all;
    };
    QTRY_VERIFY2_WITH_TIMEOUT(!desk->stored()->instanceId.isEmpty(), qPrintable(m_world.errorWhat + m_world.error.detail + refusal()), 15'000);
    const auto charged = Decimal::parse(priceOfInstance(desk->stored()->instanceId));
    QVERIFY(charged.has_value());
    QCOMPARE(charged->toString(), total.toString());
    QVERIFY(!create->isEnabled()); // once
    QCOMPARE(desk->stored()->instanceVersion, 1);
    QCOMPARE(m_page->head()->stateText(), u"instance of version 1"_s);

    m_page->head()->termBox()->setValue(6); // sales goes on with it: another version, and the instance keeps its own
    QTRY_VERIFY(desk->isDirty());
    m_page->findChild<QPushButton *>(u"saveQuote"_s)->click();
    QTRY_COMPARE(desk->stored()->versions.size(), size_t(2));
    QCOMPARE(m_page->head()->stateText(), u"instance of version 1 · now version 2"_s);
    QCOMPARE(desk->stored()->instanceVersion, 1);
    QCOMPARE(desk->stored()->versions[0].content.total.toString(), charged->toString());
    QVERIFY(desk->stored()->versions[1].content.total > *charged);
}

void TstQuotePage::whatDoesNotFitSaysWhyAndOffersWhatDoes()
{
    openNew();
    chooseCluster();
    const PartOffer *cpu = offer(u"cpu"_s); // until the offers are read again
    const QString model = cpu->model;
    const qint64 left = cpu->in(m_page->desk()->content().clusterId)->left;
    typeAmount(u"cpu"_s, model, left + 1);
    QTRY_COMPARE(m_page->desk()->view().left, 1);
    QVERIFY(!m_page->desk()->view().lines.front().counted);
    QVERIFY(parts()->indexOf(u"cpu"_s, model, parts()->amountColumn()).data(PartTreeModel::FaultRole).toBool());
    QCOMPARE(m_page->desk()->view().total, Decimal(0));
    QTRY_COMPARE(m_page->room()->state(), QuoteRoom::State::NoNode); // the service, asked itself
    QVERIFY2(m_page->totals()->checkText().contains(u"finds no node with room"_s), qPrintable(m_page->totals()->checkText()));
    QVERIFY(m_page->room()->text().contains(u"draft"_s)); // as long as nobody knows which service this is
    m_world.session->features()->tellStandalone();
    QVERIFY(!m_page->room()->text().contains(u"draft"_s));
    QTRY_VERIFY(!m_page->desk()->view().lines.front().ways.empty());
    const WayView reduce = m_page->desk()->view().lines.front().ways.front();
    QVERIFY(reduce.total > Decimal(0));
    exportBoth(u"Not in the total"_s, u"Not in the total"_s); // with the line that does not fit, as it is

    PriceLines *list = m_page->lines(); // adopted by a click on its button
    const auto *rows = static_cast<PriceLinesModel *>(list->model());
    QModelIndex way;
    for (int row = 0; row < rows->rowCount() && !way.isValid(); ++row) {
        if (rows->way(rows->index(row, 0)))
            way = rows->index(row, 0);
    }
    QVERIFY(way.isValid());
    list->scrollTo(way);
    const QRect button = list->delegate()->adoptRect(list->visualRect(way));
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, button.center());
    QTRY_COMPARE(m_page->desk()->view().left, 0);
    QTRY_VERIFY(!m_page->totals()->checkText().contains(u"no node"_s));
    QCOMPARE(m_page->desk()->content(), reduce.way.quote);
    QCOMPARE(m_page->desk()->view().total.toString(), reduce.total.toString());
    QVERIFY2(m_world.notice.contains(reduce.words) && m_world.noticeRun, qPrintable(m_world.notice));
    const auto undo = m_world.noticeRun; // before other notices come
    exportBoth(m_page->totals()->totalText(), reduce.total.normalized().toString());
    undo();
    QTRY_COMPARE(m_page->desk()->view().left, 1);
    typeAmount(u"cpu"_s, model, 1);
    QTRY_COMPARE(m_page->desk()->view().left, 0);
    QVERIFY(m_page->desk()->view().total > Decimal(0));
}

// By the page's own actions and the question where to: both files are there and say so.
void TstQuotePage::exportBoth(const QString &inPdf, const QString &inXlsx)
{
    QTemporaryDir folder;
    for (const QString &kind : {u"pdf"_s, u"xlsx"_s}) {
        QAction *action = m_page->namedAction(u"export-"_s + kind);
        QVERIFY(action->isEnabled());
        const size_t asked = m_world.prompt.asked().size();
        m_world.prompt.willAnswer(true, folder.filePath(u"quote"_s)); // the ending is added
        m_world.notice.clear();
        action->trigger();
        const QString file = folder.filePath(u"quote."_s + kind);
        QTRY_VERIFY2(m_world.notice.contains(file), qPrintable(m_world.errorWhat + m_world.error.detail));
        QCOMPARE(m_world.prompt.asked().size(), asked + 1);
        QVERIFY(m_world.prompt.asked().back().inputValue.endsWith(u'.' + kind));
        QProcess reader;
        if (kind == "pdf"_L1)
            reader.start(u"pdftotext"_s, {u"-layout"_s, file, u"-"_s});
        else
            reader.start(u"unzip"_s, {u"-p"_s, file, u"xl/sharedStrings.xml"_s, u"xl/worksheets/sheet1.xml"_s});
        QVERIFY(reader.waitForFinished());
        const QString text = QString::fromUtf8(reader.readAllStandardOutput());
        QVERIFY2(text.contains(m_page->desk()->content().parts.front().model) && text.contains(kind == "pdf"_L1 ? inPdf : inXlsx), qPrintable(text));
    }
}

void TstQuotePage::worksWithoutTheServiceAndKeepsWhatWasTyped()
{
    openNew();
    chooseCluster();
    const QString cpu = offer(u"cpu"_s)->model, id = m_page->desk()->quoteId();
    m_world.stopService();
    QTRY_VERIFY_WITH_TIMEOUT(m_world.session->isOffline(), 20'000);
    typeAmount(u"cpu"_s, cpu, 3);
    QTRY_COMPARE(m_page->desk()->view().lines.size(), size_t(1));
    const QString total = m_page->totals()->totalText();
    QVERIFY(m_page->desk()->view().total > Decimal(0));
    QVERIFY(!m_page->namedAction(u"instance"_s)->isEnabled());
    m_page.reset(); // as if the program had ended: what was typed is on disk
    auto loaded = m_world.session->quotes()->load();
    QTRY_VERIFY(loaded.isFinished());
    reopen(id);
    QTRY_COMPARE(parts()->amount(u"cpu"_s, cpu), qint64(3));
    QTRY_COMPARE(m_page->totals()->totalText(), total);
    QVERIFY(m_world.restartService());
}

QTEST_MAIN(TstQuotePage)
#include "tst_quotepage.moc"
