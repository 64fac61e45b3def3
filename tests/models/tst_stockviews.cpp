#include "models/formatters.h"
#include "models/partspec.h"
#include "models/stocklist.h"
#include "models/writeplanner.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <functional>
#include <nlohmann/json.hpp>

using namespace kboss;
using namespace Qt::StringLiterals;
using Json = nlohmann::json;

// What views say of prices and stock: read strictly, shown and checked as they say.
class TestStockViews : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void faultsAreNamed_data();
    void faultsAreNamed();
    void faultsAgainstOthers();
    void placesAndTheirStates();
    void cellHasABarForEach();
    void statesSayTheirRule();
    void pricesAreCheckedAsNumbers_data();
    void pricesAreCheckedAsNumbers();
    void partsThereAndBack();
    void combinationIsPriced();
    void partsAreAskedForWhereTheyBelong();

private:
    static Json document(const QString &id);
    static QString faultOf(const Json &view);
    const ResourceType &view(const char *id) const { return *m_views.find(QString::fromLatin1(id)); }

    ContractSet m_contracts;
    ResourceSet m_views;
};

Json TestStockViews::document(const QString &id)
{
    QFile file(qEnvironmentVariable("KBOSS_SOURCE_DIR") + u"/resources/views/"_s + id + u".json"_s);
    return file.open(QIODevice::ReadOnly) ? Json::parse(file.readAll().toStdString()) : Json();
}

QString TestStockViews::faultOf(const Json &view)
{
    const auto type = ResourceSet::parse(QByteArray::fromStdString(view.dump()), u"v.json"_s);
    return type ? QString() : type.error().detail;
}

void TestStockViews::initTestCase()
{
    setCurrentLanguage(u"en"_s);
    const QString source = qEnvironmentVariable("KBOSS_SOURCE_DIR");
    auto contracts = ContractSet::load(source + u"/resources/api"_s);
    QVERIFY2(contracts.has_value(), contracts ? "" : qPrintable(contracts.error().detail));
    m_contracts = std::move(*contracts);
    auto views = ResourceSet::load(source + u"/resources/views"_s, m_contracts);
    QVERIFY2(views.has_value(), views ? "" : qPrintable(views.error().detail));
    m_views = std::move(*views);
}

namespace {

using Change = std::function<void(Json &)>;

Json &columnOf(Json &view, const char *id)
{
    for (Json &column : view["columns"]) {
        if (column["id"] == id)
            return column;
    }
    return view["columns"].front();
}

} // namespace

void TestStockViews::faultsAreNamed_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<std::function<void(Json &)>>("change");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char *name, const char *id, const Change &change, const char *reason) {
        QTest::newRow(name) << QString::fromLatin1(id) << change << QString::fromLatin1(reason);
    };
    row(
        "as it is", "compute-part", [](Json &) {}, "");
    row(
        "percent of a text", "compute-part", [](Json &v) { v["actions"][1]["percents"][0]["field"] = "model"; }, "\"model\" is not a decimal column");
    row(
        "percent without bulk", "compute-part", [](Json &v) { v["actions"][1]["bulk"] = false; }, "the action is not for bulk");
    row(
        "percent twice", "compute-part", [](Json &v) { v["actions"][1]["percents"].push_back(v["actions"][1]["percents"][0]); }, "is written twice");
    row(
        "percent locked", "compute-part", [](Json &v) { v["actions"][1]["lockedInBulk"] = {"unit_price"}; }, "is not changed in bulk");
    row(
        "percent rounding", "compute-part", [](Json &v) { v["actions"][1]["percents"][0]["rounding"] = "near"; }, "unknown value \"near\"");
    row(
        "percent decimals", "compute-part", [](Json &v) { v["actions"][1]["percents"][0]["decimals"] = 11; }, "must not be above mostDecimals");
    row(
        "percent member", "compute-part", [](Json &v) { v["actions"][1]["percents"][0]["step"] = 1; }, "unknown member");
    row(
        "inline nowhere", "compute-part", [](Json &v) { columnOf(v, "unit_price")["inlineAction"] = "rename"; }, "there is no action \"rename\"");
    row(
        "inline other", "compute-part", [](Json &v) { columnOf(v, "model")["inlineAction"] = "update"; }, "does not change \"model\" of a row");
    row(
        "stocks without list", "compute-part", [](Json &v) { columnOf(v, "import_export").erase("list"); }, "/list: is missing");
    row(
        "list without stocks", "compute-part", [](Json &v) { columnOf(v, "model")["list"] = columnOf(v, "import_export")["list"]; },
        "only the format stocks has a list");
    row(
        "use of a text", "compute-part", [](Json &v) { columnOf(v, "stock_state")["useOf"]["used"] = "model"; },
        "there is no column \"model\" of numbers");
    row(
        "state without word", "compute-part", [](Json &v) { columnOf(v, "stock_state")["values"].erase(0); }, "\"none\" has no word");
    row(
        "ask for nothing", "product-offer", [](Json &v) { v["list"]["ask"].push_back("term"); }, "no value to begin with");
    row(
        "ask for the master", "product-offer", [](Json &v) { v["list"]["ask"].push_back("clusterid"); }, "no value to begin with");
    row(
        "trace of nothing", "product-offer", [](Json &v) { v["details"][1]["trace"]["price"] = "spec_text"; }, "there is no decimal column");
    row(
        "parts and pick", "supplier", [](Json &v) { v["actions"][1]["inputs"][1]["suggest"] = {"a"}; }, "stands beside other offers");
    row(
        "when of nothing", "supplier", [](Json &v) { v["actions"][1]["inputs"][1]["when"]["member"] = "kind"; }, "is not another member of the form");
}

void TestStockViews::faultsAreNamed()
{
    QFETCH(QString, id);
    QFETCH(std::function<void(Json &)>, change);
    QFETCH(QString, reason);
    Json view = document(id);
    change(view);
    const QString fault = faultOf(view);
    if (reason.isEmpty())
        QCOMPARE(fault, QString());
    else
        QVERIFY2(fault.contains(reason), qPrintable(fault));
}

void TestStockViews::faultsAgainstOthers()
{
    const auto loaded = [this](const QString &id, const Change &change) {
        QTemporaryDir folder;
        const QDir source(qEnvironmentVariable("KBOSS_SOURCE_DIR") + u"/resources/views"_s);
        for (const QString &name : source.entryList({u"*.json"_s}))
            QFile::copy(source.filePath(name), folder.filePath(name));
        Json view = document(id);
        change(view);
        QFile file(folder.filePath(id + u".json"_s));
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        if (file.open(QIODevice::WriteOnly))
            file.write(QByteArray::fromStdString(view.dump()));
        file.close();
        const auto set = ResourceSet::load(folder.path(), m_contracts);
        return set ? QString() : set.error().detail;
    };
    QCOMPARE(loaded(u"supplier"_s, [](Json &) {}), QString());
    QVERIFY(loaded(u"supplier"_s, [](Json &v) { v["actions"][1]["inputs"][1]["parts"]["resource"] = "compute-node"; }).contains(u"has no column"_s));
    QVERIFY(
        loaded(u"supplier"_s, [](Json &v) { v["actions"][1]["inputs"][1]["parts"]["parameters"] = Json::object(); }).contains(u"needs \"cpcid\""_s));
    QVERIFY(loaded(u"product-offer"_s, [](Json &v) { v["details"][1]["trace"]["resource"] = "none"; }).contains(u"there is no view \"none\""_s));
    QVERIFY(loaded(u"product-offer"_s, [](Json &v) { v["list"]["ask"].push_back("domain_url"); }).contains(u"neither a list of values"_s));
}

namespace {

const QString stocks = u"[{\"clusterid\":\"1\",\"clustername\":\"prod\",\"stock\":100,\"consumed\":90},"
                       "{\"clusterid\":\"2\",\"clustername\":\"test\",\"stock\":\"8\",\"consumed\":0},"
                       "{\"clusterid\":\"3\",\"clustername\":\"old\",\"stock\":0,\"consumed\":0},"
                       "{\"clusterid\":\"4\",\"clustername\":\"full\",\"stock\":2.5,\"consumed\":2.5},"
                       "{\"clusterid\":\"5\",\"clustername\":\"unread\",\"stock\":\"x\",\"consumed\":1}]"_s;

} // namespace

void TestStockViews::placesAndTheirStates()
{
    const ColumnSpec &column = *view("compute-part").column(u"import_export"_s);
    const auto places = stockPlaces(stocks, column);
    QCOMPARE(places.size(), size_t(4)); // what cannot be read is left out
    QCOMPARE(places[0].words(), u"90 / 100"_s);
    QCOMPARE(places[0].tone, Tone::Warn);
    QCOMPARE(places[0].state(), u"low: 10 left, 10 % or less"_s);
    QCOMPARE(places[1].state(), u"unused"_s);
    QCOMPARE(places[1].tone, Tone::None);
    QCOMPARE(places[2].state(), u"no stock here"_s);
    QCOMPARE(places[3].state(), u"nothing left"_s);
    QCOMPARE(places[3].tone, Tone::Bad);
    QCOMPARE(stockSum(places, column).words(), u"92.5 / 110.5"_s);
    QVERIFY(stockPlaces(u"not json"_s, column).empty());
}

void TestStockViews::cellHasABarForEach()
{
    const ColumnSpec &column = *view("compute-part").column(u"import_export"_s);
    const FormatContext format{QTimeZone::utc(), 0};
    const CellText cell = formatCell(stocks, column, format);
    QCOMPARE(cell.bars.size(), size_t(4));
    QCOMPARE(cell.bars[0].share, 0.9);
    QVERIFY(cell.full.startsWith(u"prod  90 / 100"_s));
    QVERIFY(formatCell(u"[]"_s, column, format).dim);
}

void TestStockViews::statesSayTheirRule()
{
    const ColumnSpec &column = *view("compute-part").column(u"stock_state"_s);
    const CellText cell = formatCell(u"low"_s, column, {QTimeZone::utc(), 0});
    QVERIFY(cell.chip && cell.tone == Tone::Warn);
    QVERIFY2(cell.hint.contains(u"10 %"_s), qPrintable(cell.hint));
}

void TestStockViews::pricesAreCheckedAsNumbers_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("value"); // or
    QTest::addColumn<QString>("fault");
    QTest::newRow("good") << u"0.20"_s << u"0.20"_s << QString();
    QTest::newRow("grouped") << u"1,234.5"_s << u"1234.5"_s << QString();
    QTest::newRow("full width") << u"０．２"_s << u"0.2"_s << QString();
    QTest::newRow("zeros behind") << u"0.200000000000"_s << u"0.2"_s << QString();
    QTest::newRow("word") << u"cheap"_s << QString() << u"Not a number"_s;
    QTest::newRow("negative") << u"-1"_s << QString() << u"Must not be below zero"_s;
    QTest::newRow("decimals") << u"0.12345678901"_s << QString() << u"At most 10 decimals"_s;
    QTest::newRow("large") << u"1234567890123"_s << QString() << u"Not in the form the service takes"_s;
}

void TestStockViews::pricesAreCheckedAsNumbers()
{
    QFETCH(QString, typed);
    QFETCH(QString, value);
    QFETCH(QString, fault);
    const ResourceType &type = view("compute-part");
    const auto fields = formFields(type, *type.action(u"update"_s), m_contracts);
    QCOMPARE(fields.size(), size_t(1));
    const auto read = typedValue(fields.front(), typed, {});
    if (fault.isEmpty()) {
        QVERIFY2(read.has_value(), read ? "" : qPrintable(read.error().detail));
        QCOMPARE(typedText(*read, fields.front()), value);
    } else {
        QVERIFY(!read);
        QCOMPARE(read.error().detail, fault);
        QCOMPARE(read.error().field, u"unit_price"_s);
    }
}

void TestStockViews::partsThereAndBack()
{
    const QString json = u"[{\"type\":\"gpu\",\"model\":\"A100-80G\",\"amount\":2},{\"type\":\"memory\",\"model\":\"DDR4\",\"amount\":65536}]"_s;
    const auto parts = readSpec(json);
    QVERIFY(parts && parts->size() == 2);
    QCOMPARE(writeSpec(*parts), json);
    QCOMPARE(specWords(json), u"A100-80G × 2 cards + DDR4 × 64 Gi"_s);
    QVERIFY(readSpec(QString()) && readSpec(QString())->empty());
    QCOMPARE(writeSpec({}), QString());
    QVERIFY(!readSpec(u"{}"_s));
    QVERIFY(!readSpec(u"[{\"type\":\"gpu\"}]"_s));
    QVERIFY(!readSpec(u"[{\"type\":\"gpu\",\"model\":\"A\",\"amount\":1.5}]"_s));
}

void TestStockViews::combinationIsPriced()
{
    const std::vector<PartOffer> offers{{u"p1"_s, u"gpu"_s, u"A100-80G"_s, Decimal(18), u"卡"_s, u"小时"_s, u"元"_s, {{u"c1"_s, u"prod"_s, 8, 4}}},
                                        {u"p2"_s, u"memory"_s, u"DDR4"_s, *Decimal::parse(u"0.005"_s), u"Gi"_s, u"小时"_s, u"元"_s, {}}};
    const PricedSpec day = priceSpec({{u"gpu"_s, u"A100-80G"_s, 2}, {u"memory"_s, u"DDR4"_s, 65536}}, offers, 1, u"天"_s);
    QVERIFY(day.fault.isEmpty());
    QCOMPARE(day.total.normalized().toString(), u"871.68"_s); // 18 × 2 × 24 + 0.005 × 64 × 24
    const PricedSpec gone = priceSpec({{u"gpu"_s, u"H20-96G"_s, 1}}, offers, 1, u"天"_s);
    QVERIFY(!gone.fault.isEmpty() && gone.lines.size() == 1);
    QCOMPARE(oneOfEach(offers, u"c1"_s), (std::vector<SpecPart>{{u"gpu"_s, u"A100-80G"_s, 1}}));
}

// A custom product carries no parts, a combination must.
void TestStockViews::partsAreAskedForWhereTheyBelong()
{
    const ResourceType &type = view("supplier");
    const Action &action = *type.action(u"product"_s);
    const auto fields = formFields(type, action, m_contracts);
    const QString spec = u"[{\"type\":\"gpu\",\"model\":\"A\",\"amount\":1}]"_s;
    const FormInput custom{{u"product_type"_s, u"customize"_s}, {u"clusterid"_s, u"c"_s}, {u"spec_note"_s, spec}};
    FormInput combined = custom;
    combined[u"product_type"_s] = u"combination"_s;
    QVERIFY(checkForm(fields, custom, {}).isEmpty());
    QVERIFY(checkForm(fields, combined, {}).isEmpty());
    combined[u"spec_note"_s] = QString();
    QCOMPARE(checkForm(fields, combined, {}).value(u"spec_note"_s), u"Must be filled in"_s);

    Row row;
    row.key = u"center"_s;
    row.cells.resize(type.columns.size());
    for (const auto &[field, text] :
         {std::pair(u"cpccid"_s, u"center"_s), std::pair(u"orgid"_s, u"org"_s), std::pair(u"providerid"_s, u"supplier"_s)})
        row.cells[static_cast<size_t>(type.schema().indexOf(field))] = text;
    const auto plan = planWrite(type, action, m_contracts, row, {}, custom, datasetOf(type, u"p"_s, QTimeZone::utc()));
    QVERIFY2(plan.has_value(), plan ? "" : qPrintable(plan.error().detail));
    QVERIFY(!plan->call.parameters.contains("spec_note"));
    combined[u"spec_note"_s] = spec;
    const auto whole = planWrite(type, action, m_contracts, row, {}, combined, datasetOf(type, u"p"_s, QTimeZone::utc()));
    QVERIFY(whole && whole->call.parameters["spec_note"] == spec.toStdString());
}

QTEST_GUILESS_MAIN(TestStockViews)
#include "tst_stockviews.moc"
