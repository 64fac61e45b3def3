#include "models/quotewords.h"
#include "tests/support/kboss.h"
#include "tests/ui/consolefixture.h"
#include "ui/askbar.h"
#include "ui/centerspage.h"
#include "ui/changelist.h"
#include "ui/detailspanel.h"
#include "ui/editpane.h"
#include "ui/fieldeditor.h"
#include "ui/pickbox.h"
#include "ui/pricetrace.h"
#include "ui/rowcollector.h"
#include "ui/rowsfeed.h"
#include "ui/scopebar.h"
#include "ui/scopedpage.h"
#include "ui/specbox.h"
#include "ui/writecontroller.h"

#include <QAction>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;

// From a center to its products as a customer sees them, over the real service: it becomes a supplier, a combination is put together, the term is
// chosen.
class TestProductPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void centerBecomesSupplier();
    void combinationIsPutTogether();
    void customProductNeedsNoParts();
    void termIsChosenAndPriceExplained();
    void theSuppliersPartsAreBesideIt();

private:
    std::unique_ptr<ResourcePage> suppliers(const QString &centerId);
    QJsonArray partsOf(const QString &centerId);
    QJsonArray offersOf(const QString &clusterId, const QString &duration, const QString &unit);

    ConsoleFixture m_world;
    QString m_center, m_cluster, m_clusterName;
    std::vector<SpecPart> m_spec;
};

QJsonArray TestProductPage::partsOf(const QString &centerId)
{
    test::HttpClient client(m_world.service.url());
    return test::rowsOf(client.get(u"/dev/cpcc/cpcwidget/get_cpcwidget.dspy"_s, test::queryOf({{u"cpcid"_s, centerId}})));
}

QJsonArray TestProductPage::offersOf(const QString &clusterId, const QString &duration, const QString &unit)
{
    test::HttpClient client(m_world.service.url());
    return test::rowsOf(client.get(u"/provider/cpcc_kehu_kan_chanpin.dspy"_s,
                                   test::queryOf({{u"domain_url"_s, u"console"_s},
                                                  {u"duration"_s, duration},
                                                  {u"duration_unit"_s, unit},
                                                  {u"clusterid"_s, clusterId},
                                                  {u"resource_type"_s, u"all"_s}})));
}

void TestProductPage::initTestCase()
{
    QVERIFY2(m_world.open(), qPrintable(m_world.failure));
    QTRY_COMPARE_WITH_TIMEOUT(m_world.session->state(), Session::State::Online, 15'000);
    test::HttpClient client(m_world.service.url());
    const auto centers = client.get(u"/provider/get_cpcc_provider.dspy"_s).json()[u"data"_s].toArray();
    for (const auto &entry : centers) { // no supplier yet, with parts and a ready cluster
        const QJsonObject center = entry.toObject();
        const QString id = center[u"cpccid"_s].toString();
        if (center[u"provider_convert_state"_s].toBool() || partsOf(id).size() < 4)
            continue;
        const auto clusters = test::rowsOf(client.get(u"/dev/cpcc/cpccluster/get_cpccluster.dspy"_s, test::queryOf({{u"cpcid"_s, id}})));
        for (const auto &cluster : clusters) {
            if (m_center.isEmpty() && cluster.toObject()[u"ready"_s].toVariant().toString() == u"1"_s) {
                m_center = id;
                m_cluster = cluster.toObject()[u"id"_s].toString();
                m_clusterName = cluster.toObject()[u"name"_s].toString();
            }
        }
    }
    QVERIFY(!m_center.isEmpty());
}

std::unique_ptr<ResourcePage> TestProductPage::suppliers(const QString &centerId)
{
    auto page = std::make_unique<ResourcePage>(*m_world.resources.find(u"supplier"_s), m_world.context);
    page->resize(1400, 860);
    page->show();
    page->setShown(true);
    page->showRow(u"supplier"_s, centerId);
    const auto current = [&page, &centerId] { return page->view()->currentRow() && page->view()->currentRow()->key == centerId; };
    [&] { QTRY_VERIFY_WITH_TIMEOUT(current(), 15'000); }();
    m_world.notice.clear();
    m_world.error = {};
    return page;
}

void TestProductPage::centerBecomesSupplier()
{
    auto page = suppliers(m_center);
    page->view()->namedAction(u"act-convert"_s)->trigger();
    EditPane *pane = page->panel()->editPane();
    QVERIFY(pane->isOpen());
    const QString name = std::get<QString>(*rowValue(page->view()->feed()->type(), *page->view()->currentRow(), u"cpccname"_s));
    QCOMPARE(pane->form()->input().value(u"name"_s), name); // as the service's description has it
    auto *save = pane->findChild<QPushButton *>(u"saveButton"_s);
    QCOMPARE(save->text(), u"Make it a supplier"_s);
    pane->save();
    QTRY_VERIFY2(!m_world.notice.isEmpty(), qPrintable(m_world.error.detail));
    QTRY_VERIFY(page->view()->namedAction(u"act-product"_s)->isEnabled()); // the row is a supplier now
    QVERIFY(!page->view()->namedAction(u"act-convert"_s)->isEnabled());
}

void TestProductPage::combinationIsPutTogether()
{
    auto page = suppliers(m_center);
    QTRY_VERIFY(page->view()->namedAction(u"act-product"_s)->isEnabled());
    page->view()->namedAction(u"act-product"_s)->trigger();
    EditPane *pane = page->panel()->editPane();
    EditForm *form = pane->form();
    QCOMPARE(form->input().value(u"product_type"_s), u"combination"_s);
    SpecBox *box = form->editor(u"spec_note"_s)->spec();
    QVERIFY(box && box->isVisible());
    const QJsonArray parts = partsOf(m_center);
    QString cpu, memory;
    for (const auto &part : parts) {
        const QString type = part.toObject()[u"type"_s].toString();
        if (type == u"cpu"_s)
            cpu = part.toObject()[u"model"_s].toString();
        else if (type == u"memory"_s)
            memory = part.toObject()[u"model"_s].toString();
    }
    QVERIFY(!cpu.isEmpty() && !memory.isEmpty());
    form->type(u"clusterid"_s, m_cluster);
    box->addPart();
    box->addPart();
    QTRY_VERIFY_WITH_TIMEOUT(!box->findChildren<PickBox *>().front()->choices().empty(), 10'000);
    QCOMPARE(box->findChildren<PickBox *>().front()->choices().size(), static_cast<size_t>(parts.size()));
    QVERIFY(!form->faultOf(u"spec_note"_s).isEmpty()); // lines that say nothing
    box->setPart(0, u"cpu"_s, cpu, u"2"_s);
    box->setPart(1, u"cpu"_s, cpu, u"4"_s);
    QVERIFY2(form->faultOf(u"spec_note"_s).contains(u"twice"_s), qPrintable(form->faultOf(u"spec_note"_s)));
    box->setPart(1, u"memory"_s, memory, u"none"_s);
    QVERIFY2(form->faultOf(u"spec_note"_s).contains(u"“none”"_s), qPrintable(form->faultOf(u"spec_note"_s)));
    box->setPart(1, u"memory"_s, u"no such model"_s, u"8"_s);
    QTRY_VERIFY(!form->faultOf(u"spec_note"_s).isEmpty()); // while the list is read again nobody knows
    box->setPart(1, u"memory"_s, memory, u"8 Gi"_s);
    QCOMPARE(form->faultOf(u"spec_note"_s), QString());
    m_spec = {{u"cpu"_s, cpu, 2}, {u"memory"_s, memory, 8192}};
    QCOMPARE(form->input().value(u"spec_note"_s), writeSpec(m_spec));
    // What will be sent is in words.
    const auto &entries = pane->changes()->entries();
    const auto spec = std::find_if(entries.begin(), entries.end(), [&](const auto &entry) { return entry.after == specWords(writeSpec(m_spec)); });
    QVERIFY(spec != entries.end());
    pane->save();
    QTRY_VERIFY2(!m_world.notice.isEmpty(), qPrintable(m_world.error.detail));
    const QJsonArray offers = offersOf(m_cluster, u"1"_s, u"月"_s);
    QCOMPARE(offers.size(), 1);
    QCOMPARE(offers.first().toObject()[u"spec_note"_s].toString(), writeSpec(m_spec));
}

void TestProductPage::customProductNeedsNoParts()
{
    auto page = suppliers(m_center);
    QTRY_VERIFY(page->view()->namedAction(u"act-product"_s)->isEnabled());
    page->view()->namedAction(u"act-product"_s)->trigger();
    EditPane *pane = page->panel()->editPane();
    EditForm *form = pane->form();
    SpecBox *box = form->editor(u"spec_note"_s)->spec();
    form->type(u"clusterid"_s, m_cluster);
    form->showAllFaults();
    QVERIFY(!form->faultOf(u"spec_note"_s).isEmpty()); // a combination without parts
    form->type(u"product_type"_s, u"customize"_s);
    QVERIFY(box->isHidden() || !form->editor(u"spec_note"_s)->isVisible());
    QCOMPARE(form->faultOf(u"spec_note"_s), QString());
    pane->save();
    QTRY_VERIFY2(!m_world.notice.isEmpty(), qPrintable(m_world.error.detail));
    QCOMPARE(offersOf(m_cluster, u"1"_s, u"月"_s).size(), 2);
}

void TestProductPage::termIsChosenAndPriceExplained()
{
    ScopedPage page(*m_world.resources.find(u"product-offer"_s), m_world.context);
    page.resize(1500, 860);
    page.show();
    page.setShown(true);
    QTRY_VERIFY(page.scope()->isSettled());
    page.scope()->choose(0, m_center);
    QTRY_COMPARE(page.scope()->chosen(0).key, m_center);
    page.scope()->choose(1, m_cluster);
    QTRY_COMPARE_WITH_TIMEOUT(page.rows(), 2, 15'000);
    auto *number = page.ask()->findChild<QSpinBox *>(u"ask-duration"_s);
    auto *unit = page.ask()->findChild<QComboBox *>(u"ask-duration_unit"_s);
    QVERIFY(number && unit);
    QCOMPARE(number->value(), 1);
    const auto combination = [&page]() -> const Row * {
        for (int row = 0; row < page.view()->feed()->model()->rowCount(); ++row) {
            const Row *known = page.view()->feed()->model()->row(row);
            if (known && *rowValue(page.view()->feed()->type(), *known, u"product_type"_s) == Value(u"combination"_s))
                return known;
        }
        return nullptr;
    };
    const std::vector<std::tuple<int, QString>> terms{{1, u"月"_s}, {3, u"周"_s}, {36, u"小时"_s}, {10, u"天"_s}};
    for (const auto &[term, word] : terms) {
        number->setValue(term);
        unit->setCurrentIndex(unit->findData(word));
        const auto there = [&] {
            const Row *row = combination();
            const ResourceType &type = page.view()->feed()->type();
            return row && *rowValue(type, *row, u"duration"_s) == Value(QString::number(term))
                && *rowValue(type, *row, u"duration_unit"_s) == Value(word);
        };
        QTRY_VERIFY_WITH_TIMEOUT(there(), 10'000);
        const Decimal stated = std::get<Decimal>(*rowValue(page.view()->feed()->type(), *combination(), u"price"_s));
        page.view()->chooseKey(combination()->key);
        QTRY_VERIFY(page.view()->currentRow() && page.view()->currentRow()->key == combination()->key);
        page.panel()->openDetails();
        const auto total = [&page] {
            auto *trace = page.panel()->findChild<PriceTraceView *>();
            return trace && trace->isVisible() ? trace->totalText() : QString();
        };
        QTRY_COMPARE_WITH_TIMEOUT(total(), groupedNumber(stated, 2), 10'000); // reckoned here, to the last decimal
        auto *trace = page.panel()->findChild<PriceTraceView *>();
        QCOMPARE(trace->verdict(), u"the service says the same"_s);
        QCOMPARE(trace->lines().size(), 2);
        // And as the rule says it, by hand: price × amount × hours.
        const qint64 hours = hoursOfTerm(term, word);
        Decimal wanted;
        for (const auto &part : partsOf(m_center)) {
            const QJsonObject object = part.toObject();
            for (const SpecPart &spec : m_spec) {
                if (object[u"type"_s].toString() != spec.type || object[u"model"_s].toString() != spec.model)
                    continue;
                const Decimal price = *Decimal::parse(QString::number(object[u"unit_price"_s].toDouble(), 'g', 12));
                const Decimal amount = spec.type == u"memory"_s ? Decimal(spec.amount / 1024) : Decimal(spec.amount);
                wanted = *wanted.plus(*price.times(amount)->times(Decimal(hours)));
            }
        }
        QCOMPARE(stated, wanted);
    }
    QVERIFY(page.saveState().value(u"asked"_s).toObject().value(u"duration"_s).toString() == u"10"_s);
}

void TestProductPage::theSuppliersPartsAreBesideIt()
{
    CentersPage page(*m_world.resources.find(u"supplier"_s), *m_world.resources.find(u"supplier-part"_s), m_world.context);
    page.resize(1500, 860);
    page.show();
    page.setShown(true);
    page.showRow(u"supplier"_s, m_center);
    const ResourceFeed *parts = page.detailView()->feed();
    QTRY_COMPARE_WITH_TIMEOUT(parts->master().key, m_center, 15'000);
    QTRY_COMPARE_WITH_TIMEOUT(parts->matching(), partsOf(m_center).size(), 15'000);
    const QJsonObject first = partsOf(m_center).first().toObject();
    QTRY_VERIFY(parts->model()->row(0));
    const auto shown = [&] {
        for (int row = 0; row < parts->model()->rowCount(); ++row) {
            const Row *held = parts->model()->row(row);
            if (held && held->key == first[u"id"_s].toString())
                return std::get<QString>(*rowValue(parts->type(), *held, u"model"_s));
        }
        return QString();
    };
    QTRY_COMPARE(shown(), first[u"model"_s].toString());
}

QTEST_MAIN(TestProductPage)
#include "tst_productpage.moc"
