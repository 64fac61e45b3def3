#include "models/resourcetype.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;
using Json = nlohmann::json;

namespace {

QString sourceFolder(const QString &name)
{
    return qEnvironmentVariable("KBOSS_SOURCE_DIR") + u"/resources/"_s + name;
}

QByteArray readFile(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray text(const Json &json)
{
    return QByteArray::fromStdString(json.dump());
}

Json pair(const char *zh, const char *en)
{
    return {{"zh", zh}, {"en", en}};
}

// A view that is in order and has one of everything.
Json goodView()
{
    const Json word = pair("字", "word");
    Json columns = Json::array();
    columns.push_back({{"id", "id"}, {"label", word}, {"format", "short-id"}});
    columns.push_back({{"id", "name"}, {"label", word}, {"tip", word}, {"width", 200}, {"indexed", true}});
    columns.push_back({{"id", "state"},
                       {"type", "enum"},
                       {"label", word},
                       {"format", "chip"},
                       {"values", Json::array({{{"value", "A"}, {"label", word}, {"tone", "good"}}})}});
    columns.push_back({{"id", "balance"},
                       {"type", "money"},
                       {"label", word},
                       {"toneWhen", "balance < 0"},
                       {"tone", "bad"},
                       {"markBelow", "limit"},
                       {"markUnless", "off = true"}});
    columns.push_back({{"id", "limit"}, {"type", "money"}, {"label", word}, {"below", "balance"}, {"insteadWhen", "off = true"}, {"instead", word}});
    columns.push_back({{"id", "off"}, {"type", "boolean"}, {"label", word}, {"visible", false}});
    columns.push_back({{"id", "from"}, {"type", "date"}, {"label", word}});
    columns.push_back({{"id", "until"}, {"type", "date"}, {"label", word}, {"format", "expiry"}, {"notBefore", "from"}, {"warnDays", 10}});
    columns.push_back({{"id", "api_pwd"}, {"type", "secret"}, {"label", word}});
    Json action = {{"id", "update"},
                   {"label", word},
                   {"operation", "updateThing"},
                   {"danger", "careful"},
                   {"bulk", true},
                   {"enabledWhen", "state = A"},
                   {"form", {"name", "limit", "api_pwd"}},
                   {"parameters", {{"id", "{id}"}}},
                   {"reread", "id = \"{id}\""},
                   {"compare", {"name"}},
                   {"carry", {"api_pwd"}},
                   {"inverse", "same"},
                   {"refresh", {"thing"}},
                   {"currencyField", "name"},
                   {"lockedInBulk", {"name"}}};
    const Json pick = {{"resource", "thing"},
                       {"parameters", {{"x", "{id}"}, {"y", "{form.limit}"}}},
                       {"filter", "name = \"{form.name}\""},
                       {"value", "id"},
                       {"show", {"name", "state"}}};
    action["inputs"] = Json::array({{{"member", "name"}, {"suggest", {"a", "b"}}, {"start", "a"}},
                                    {{"member", "limit"}, {"pick", pick}, {"open", true}, {"separator", ","}, {"none", word}},
                                    {{"member", "api_pwd"}, {"by", "name"}, {"follow", {{"a", "b"}}}, {"suggestBy", {{"a", {"c"}}}}}});
    return {{"id", "thing"},
            {"title", word},
            {"titleOne", word},
            {"group", "accounts"},
            {"order", 3},
            {"icon", "x"},
            {"list", {{"operation", "listThings"}, {"parameters", Json::object()}, {"period", 20}, {"order", "name desc"}}},
            {"key", "id"},
            {"name", "name"},
            {"columns", columns},
            {"quickFilters", Json::array({{{"id", "a"}, {"label", word}, {"filter", "state = A"}}})},
            {"details", Json::array({{{"title", word}, {"fields", {"name", "balance"}}}})},
            {"actions", Json::array({action})},
            {"related", Json::array({{{"resource", "thing"}, {"parameters", {{"x", "{id}"}}}}})},
            {"totals", {"balance"}},
            {"search", {"name"}}};
}

} // namespace

class TestResourceType : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { setCurrentLanguage(u"zh_CN"_s); }
    void everyViewFitsEveryContract();
    void viewsShowEveryFieldOfTheirRows();
    void billingAccountsLookAsDrawn();
    void nodesBelongToCenters();
    void languageSwitches();
    void goodViewLoads();
    void badViewsNameThePlace_data();
    void badViewsNameThePlace();
    void brokenTextNamesTheByte();
    void contractsAreCrossChecked_data();
    void contractsAreCrossChecked();
};

void TestResourceType::everyViewFitsEveryContract()
{
    const auto contracts = ContractSet::load(sourceFolder(u"api"_s));
    QVERIFY2(contracts, contracts ? "" : qPrintable(contracts.error().detail));
    const auto views = ResourceSet::load(sourceFolder(u"views"_s), *contracts);
    QVERIFY2(views, views ? "" : qPrintable(views.error().detail));
    QCOMPARE(views->all().size(), static_cast<size_t>(QDir(sourceFolder(u"views"_s)).entryList({u"*.json"_s}).size()));
    for (const auto &type : views->all()) {
        QVERIFY(views->find(type->id) == type.get());
        for (const auto &spec : type->columns)
            QVERIFY2(!spec.label.zh.isEmpty() && !spec.label.en.isEmpty(), qPrintable(spec.field.id));
        for (const auto &action : type->actions)
            QVERIFY(contracts->find(action.operation));
    }
    QVERIFY(!views->find(u"nothing"_s));
}

// Every member of the rows in the contract is a column, but for the row's number in its page.
void TestResourceType::viewsShowEveryFieldOfTheirRows()
{
    const auto contracts = ContractSet::load(sourceFolder(u"api"_s)).value();
    const auto views = ResourceSet::load(sourceFolder(u"views"_s), contracts).value();
    for (const auto &type : views.all()) {
        const Operation *list = contracts.find(type->listOperation);
        const JsonSchema *schema = list->answer.get();
        for (const QString &name : list->result.rows.front().split(u'/', Qt::SkipEmptyParts))
            schema = schema->property(name)->schema.get();
        for (const auto &property : schema->items->properties) {
            if (property.name == "row_num_"_L1)
                continue;
            const auto *spec = type->column(property.name);
            QVERIFY2(spec, qPrintable(type->id + u'.' + property.name));
            QCOMPARE(spec->field.type == FieldType::Secret, property.schema->isSecret());
        }
    }
}

void TestResourceType::billingAccountsLookAsDrawn()
{
    const auto type = ResourceSet::parse(readFile(sourceFolder(u"views/billing-account.json"_s)), u"billing-account.json"_s).value();
    QStringList shown;
    for (const auto &spec : type->columns) {
        if (spec.visible)
            shown.append(spec.field.id);
    }
    const QStringList drawn{u"display_name"_s, u"state"_s,   u"currency_code"_s,     u"balance"_s,    u"available_credit_limit"_s,
                            u"credit_line"_s,  u"arrears"_s, u"threshold_balance"_s, u"update_time"_s};
    QCOMPARE(shown, drawn);
    QCOMPARE(type->column(u"password_pay"_s)->format, ColumnFormat::Secret);
    QCOMPARE(type->column(u"state"_s)->values.size(), size_t(4));
    QCOMPARE(type->title.text(), u"计费账户"_s);
    const Action *update = type->action(u"update"_s);
    QVERIFY(update && update->bulk && update->inverse == "same"_L1);
    QCOMPARE(update->lockedInBulk, (QStringList{u"display_name"_s, u"credit_line"_s}));
    QCOMPARE(type->schema().key, u"id"_s);
    QCOMPARE(type->schema().fields.size(), type->columns.size());
}

void TestResourceType::nodesBelongToCenters()
{
    const auto contracts = ContractSet::load(sourceFolder(u"api"_s)).value();
    const auto views = ResourceSet::load(sourceFolder(u"views"_s), contracts).value();
    const auto *node = views.find(u"compute-node"_s);
    const auto *center = views.find(u"compute-center"_s);
    QVERIFY(node && center);
    QCOMPARE(node->parent, center->id);
    QCOMPARE(node->listParameters.value(u"cpcid"_s), u"{parent.id}"_s);
    QCOMPARE(center->detail, node->id);
    QVERIFY(center->hasPage() && !node->hasPage());
    QCOMPARE(views.pageOf(node->id), center->id);
    QCOMPARE(views.masters(*node), std::vector<const ResourceType *>{center});
    QVERIFY(views.masters(*center).empty());
    QVERIFY(views.pageOf(u"nothing"_s).isEmpty());
    QCOMPARE(center->related.front().resource, node->id);
    QCOMPARE(node->quickFilters.front().operation, u"getCpcidleDevice"_s);
    QCOMPARE(node->column(u"gpu_stock"_s)->unit.text(), u"卡"_s);
    QCOMPARE(center->action(u"create"_s)->inverse, u"delete"_s);
    QCOMPARE(node->action(u"update"_s)->carry, QStringList{u"adminpwd"_s});
    QCOMPARE(node->action(u"delete"_s)->danger, Danger::Destructive);
}

void TestResourceType::languageSwitches()
{
    const Label label{u"余额"_s, u"Balance"_s};
    QCOMPARE(label.text(), u"余额"_s);
    setCurrentLanguage(u"en"_s);
    QCOMPARE(label.text(), u"Balance"_s);
    QCOMPARE(currentLanguage(), u"en"_s);
}

void TestResourceType::goodViewLoads()
{
    const auto type = ResourceSet::parse(text(goodView()), u"good.json"_s);
    QVERIFY2(type, type ? "" : qPrintable(type.error().detail));
    QCOMPARE((*type)->column(u"until"_s)->expiryWarnDays, 10);
    QCOMPARE((*type)->column(u"balance"_s)->format, ColumnFormat::Amount);
    QCOMPARE((*type)->column(u"api_pwd"_s)->format, ColumnFormat::Secret);
    QCOMPARE((*type)->periodSeconds, 20);
    QVERIFY(!(*type)->column(u"off"_s)->visible);
}

void TestResourceType::badViewsNameThePlace_data()
{
    QTest::addColumn<QString>("patch");
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char *name, const char *patch, const char *pointer, const char *reason) {
        QTest::newRow(name) << QString::fromUtf8(patch) << QString::fromUtf8(pointer) << QString::fromUtf8(reason);
    };
    row("unknown member", R"([{"op":"add","path":"/extra","value":1}])", "/extra", "unknown member");
    row("unknown in column", R"([{"op":"add","path":"/columns/1/colour","value":"red"}])", "/columns/1/colour", "unknown member");
    row("unknown in action", R"([{"op":"add","path":"/actions/0/confirm","value":true}])", "/actions/0/confirm", "unknown member");
    row("unknown in list", R"([{"op":"add","path":"/list/poll","value":1}])", "/list/poll", "unknown member");
    row("no id", R"([{"op":"remove","path":"/id"}])", "/id", "missing");
    row("no columns", R"([{"op":"remove","path":"/columns"}])", "/columns", "missing");
    row("empty columns", R"([{"op":"replace","path":"/columns","value":[]}])", "/columns", "empty");
    row("columns no array", R"([{"op":"replace","path":"/columns","value":{}}])", "/columns", "array");
    row("column no object", R"([{"op":"replace","path":"/columns/2","value":"state"}])", "/columns/2", "object");
    row("english missing", R"([{"op":"remove","path":"/columns/1/label/en"}])", "/columns/1/label/en", "missing");
    row("chinese empty", R"([{"op":"replace","path":"/title/zh","value":" "}])", "/title/zh", "empty");
    row("third language", R"([{"op":"add","path":"/title/fr","value":"mot"}])", "/title/fr", "unknown member");
    row("unknown type", R"([{"op":"add","path":"/columns/1/type","value":"float"}])", "/columns/1/type", "float");
    row("unknown format", R"([{"op":"add","path":"/columns/1/format","value":"fancy"}])", "/columns/1/format", "fancy");
    row("unknown tone", R"([{"op":"replace","path":"/columns/2/values/0/tone","value":"red"}])", "/columns/2/values/0/tone", "red");
    row("unknown danger", R"([{"op":"replace","path":"/actions/0/danger","value":"high"}])", "/actions/0/danger", "high");
    row("unknown group", R"([{"op":"replace","path":"/group","value":"misc"}])", "/group", "misc");
    row("width as text", R"([{"op":"replace","path":"/columns/1/width","value":"200"}])", "/columns/1/width", "whole number");
    row("width too small", R"([{"op":"replace","path":"/columns/1/width","value":2}])", "/columns/1/width", "whole number");
    row("visible as number", R"([{"op":"replace","path":"/columns/5/visible","value":0}])", "/columns/5/visible", "true or false");
    row("form of numbers", R"([{"op":"replace","path":"/actions/0/form","value":[1]}])", "/actions/0/form/0", "string");
    row("column twice", R"([{"op":"replace","path":"/columns/1/id","value":"id"}])", "/columns/1/id", "twice");
    row("odd column id", R"([{"op":"replace","path":"/columns/6/id","value":"From-Day"}])", "/columns/6/id", "lower-case");
    row("secret not a secret", R"([{"op":"replace","path":"/columns/8/type","value":"text"}])", "/columns/8/type", "secret");
    row("secret format on text", R"([{"op":"add","path":"/columns/1/format","value":"secret"}])", "/columns/1/format", "fit");
    row("amount on text", R"([{"op":"add","path":"/columns/1/format","value":"amount"}])", "/columns/1/format", "fit");
    row("expiry on money", R"([{"op":"add","path":"/columns/3/format","value":"expiry"}])", "/columns/3/format", "fit");
    row("enum without values", R"([{"op":"remove","path":"/columns/2/values"}])", "/columns/2/values", "missing");
    row("value twice", R"([{"op":"add","path":"/columns/2/values/1","value":{"value":"A","label":{"zh":"字","en":"w"}}}])", "/columns/2/values",
        "twice");
    row("toneWhen no filter", R"([{"op":"replace","path":"/columns/3/toneWhen","value":"balance <"}])", "/columns/3/toneWhen", "not a filter");
    row("toneWhen unknown field", R"([{"op":"replace","path":"/columns/3/toneWhen","value":"saldo < 0"}])", "/columns/3/toneWhen", "saldo");
    row("toneWhen without tone", R"([{"op":"remove","path":"/columns/3/tone"}])", "/columns/3/tone", "missing");
    row("instead without words", R"([{"op":"remove","path":"/columns/4/instead"}])", "/columns/4/instead", "missing");
    row("markBelow no money", R"([{"op":"replace","path":"/columns/3/markBelow","value":"name"}])", "/columns/3/markBelow", "money");
    row("notBefore unknown", R"([{"op":"replace","path":"/columns/7/notBefore","value":"start"}])", "/columns/7/notBefore", "start");
    row("key unknown", R"([{"op":"replace","path":"/key","value":"key"}])", "/key", "no column");
    row("key no text", R"([{"op":"replace","path":"/key","value":"balance"}])", "/key", "text");
    row("name unknown", R"([{"op":"replace","path":"/name","value":"title"}])", "/name", "no column");
    row("order unknown", R"([{"op":"replace","path":"/list/order","value":"age desc"}])", "/list/order", "age");
    row("order unreadable", R"([{"op":"replace","path":"/list/order","value":"name upwards"}])", "/list/order", "order");
    row("period zero", R"([{"op":"replace","path":"/list/period","value":0}])", "/list/period", "whole number");
    row("quick filter unreadable", R"([{"op":"replace","path":"/quickFilters/0/filter","value":"("}])", "/quickFilters/0/filter", "not a filter");
    row("detail unknown", R"([{"op":"replace","path":"/details/0/fields/1","value":"x"}])", "/details/0/fields/1", "no column");
    row("detail twice", R"([{"op":"replace","path":"/details/0/fields/1","value":"name"}])", "/details/0/fields/1", "twice");
    row("total no money", R"([{"op":"replace","path":"/totals/0","value":"name"}])", "/totals/0", "money");
    row("search no text", R"([{"op":"replace","path":"/search/0","value":"balance"}])", "/search/0", "text");
    row("enabledWhen unknown", R"([{"op":"replace","path":"/actions/0/enabledWhen","value":"x = 1"}])", "/actions/0/enabledWhen", "x");
    row("placeholder unknown", R"([{"op":"replace","path":"/actions/0/parameters/id","value":"{key}"}])", "/actions/0/parameters/id", "key");
    row("parent without parent", R"([{"op":"replace","path":"/actions/0/parameters/id","value":"{parent.id}"}])", "/actions/0/parameters/id",
        "no parent");
    row("create with a row's id", R"([{"op":"add","path":"/actions/0/needsRow","value":false}])", "/actions/0/parameters/id", "no row");
    row("carry not asked for", R"([{"op":"replace","path":"/actions/0/form","value":["name","limit"]}])", "/actions/0/carry", "form");
    row("locked not asked for", R"([{"op":"replace","path":"/actions/0/lockedInBulk","value":["off"]}])", "/actions/0/lockedInBulk", "form");
    row("inverse unknown", R"([{"op":"replace","path":"/actions/0/inverse","value":"undo"}])", "/actions/0/inverse", "undo");
    row("input not in the form", R"([{"op":"replace","path":"/actions/0/inputs/0/member","value":"off"}])", "/actions/0/inputs/0/member", "form");
    row("input twice", R"([{"op":"replace","path":"/actions/0/inputs/0/member","value":"limit"}])", "/actions/0/inputs/0/member", "twice");
    row("input unknown member", R"([{"op":"add","path":"/actions/0/inputs/0/sort","value":"x"}])", "/actions/0/inputs/0/sort", "unknown member");
    row("input says nothing", R"([{"op":"replace","path":"/actions/0/inputs/0","value":{"member":"name"}}])", "/actions/0/inputs/0", "nothing");
    row("pick beside suggestions", R"([{"op":"add","path":"/actions/0/inputs/1/suggest","value":["a"]}])", "/actions/0/inputs/1/pick", "other");
    row("pick shows nothing", R"([{"op":"replace","path":"/actions/0/inputs/1/pick/show","value":[]}])", "/actions/0/inputs/1/pick/show", "empty");
    row("pick without a value", R"([{"op":"remove","path":"/actions/0/inputs/1/pick/value"}])", "/actions/0/inputs/1/pick/value", "missing");
    row("pick of a stranger", R"([{"op":"replace","path":"/actions/0/inputs/1/pick/filter","value":"name = \"{form.size}\""}])",
        "/actions/0/inputs/1/pick/filter", "size");
    row("pick of no parent", R"([{"op":"replace","path":"/actions/0/inputs/1/pick/parameters/x","value":"{parent.id}"}])",
        "/actions/0/inputs/1/pick/parameters/x", "no parent");
    row("follows itself", R"([{"op":"replace","path":"/actions/0/inputs/2/by","value":"api_pwd"}])", "/actions/0/inputs/2/by", "another");
    row("by without need", R"([{"op":"add","path":"/actions/0/inputs/0/by","value":"limit"}])", "/actions/0/inputs/0/by", "depends");
    row("suggestions no lists", R"([{"op":"replace","path":"/actions/0/inputs/2/suggestBy/a","value":"c"}])", "/actions/0/inputs/2/suggestBy/a",
        "array");
    row("separator alone", R"([{"op":"replace","path":"/actions/0/inputs/0","value":{"member":"name","start":"a","separator":","}}])",
        "/actions/0/inputs/0/separator", "several");
    row("list placeholder", R"([{"op":"add","path":"/list/parameters/a","value":"{name}"}])", "/list/parameters/a", "no row");
}

void TestResourceType::badViewsNameThePlace()
{
    QFETCH(QString, patch);
    QFETCH(QString, pointer);
    QFETCH(QString, reason);
    const Json bad = goodView().patch(Json::parse(patch.toStdString()));
    const auto type = ResourceSet::parse(text(bad), u"bad.json"_s);
    QVERIFY(!type);
    QCOMPARE(type.error().kind, ErrorKind::Internal);
    QCOMPARE(type.error().field, pointer);
    QVERIFY2(type.error().detail.startsWith("bad.json: "_L1 + pointer), qPrintable(type.error().detail));
    QVERIFY2(type.error().detail.contains(reason), qPrintable(type.error().detail));
}

void TestResourceType::brokenTextNamesTheByte()
{
    const auto cut = ResourceSet::parse(text(goodView()).left(100), u"cut.json"_s);
    QVERIFY(!cut);
    QVERIFY2(cut.error().detail.contains("at byte"_L1), qPrintable(cut.error().detail));
    const auto twice = ResourceSet::parse("{\"id\": \"a\", \"id\": \"b\"}", u"twice.json"_s);
    QVERIFY(!twice);
    QVERIFY2(twice.error().detail.contains("written twice"_L1), qPrintable(twice.error().detail));
    QVERIFY(!ResourceSet::parse("[]", u"array.json"_s));
    QVERIFY(!ResourceSet::parse("", u"empty.json"_s));
}

void TestResourceType::contractsAreCrossChecked_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("patch");
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char *name, const char *file, const char *patch, const char *pointer, const char *reason) {
        QTest::newRow(name) << QString::fromUtf8(file) << QString::fromUtf8(patch) << QString::fromUtf8(pointer) << QString::fromUtf8(reason);
    };
    row("list unknown", "compute-center.json", R"([{"op":"replace","path":"/list/operation","value":"listAll"}])", "/list/operation", "listAll");
    row("list is a write", "compute-center.json", R"([{"op":"replace","path":"/list/operation","value":"addCpclist"}])", "/list/operation",
        "not a read");
    row("list parameter unknown", "compute-center.json", R"([{"op":"add","path":"/list/parameters","value":{"x":"1"}}])", "/list/parameters/x",
        "no such");
    row("list parameter missing", "compute-node.json", R"([{"op":"remove","path":"/list/parameters"}])", "/list/parameters", "cpcid");
    row("field unknown to the service", "compute-center.json", R"([{"op":"add","path":"/columns/0/pointer","value":"nickname"}])",
        "/columns/0/pointer", "nickname");
    row("action unknown", "compute-center.json", R"([{"op":"replace","path":"/actions/0/operation","value":"make"}])", "/actions/0/operation",
        "make");
    row("action is a read", "compute-center.json", R"([{"op":"replace","path":"/actions/0/operation","value":"getCpclist"}])", "/actions/0/operation",
        "is a read");
    row("form member unknown", "billing-account.json", R"([{"op":"add","path":"/actions/0/form/-","value":"state"}])", "/actions/0/form/6", "state");
    row("required left out", "billing-account.json", R"([{"op":"remove","path":"/actions/0/form/3"}])", "/actions/0/form", "threshold_balance");
    row("parameter unknown", "billing-account.json", R"([{"op":"add","path":"/actions/0/parameters/x","value":"{id}"}])", "/actions/0/parameters/x",
        "\"x\"");
    row("no filter to re-read by", "compute-center.json", R"([{"op":"add","path":"/actions/1/reread","value":"id = \"{id}\""}])", "/actions/1/reread",
        "filter");
    row("parent unknown", "compute-node.json", R"([{"op":"replace","path":"/parent","value":"room"}])", "/parent", "room");
    row("parent's other field", "compute-node.json", R"([{"op":"replace","path":"/list/parameters/cpcid","value":"{parent.enable_date}"}])",
        "/list/parameters/cpcid", "text field");
    row("action's other field of the parent", "compute-node.json",
        R"([{"op":"replace","path":"/actions/0/parameters/cpcid","value":"{parent.name}"}])", "/actions/0/parameters/cpcid", "list");
    row("condition over no master", "compute-center.json", R"([{"op":"add","path":"/actions/0/masterWhen","value":"name = A"},
        {"op":"add","path":"/actions/0/masterNot","value":{"zh":"否","en":"no"}}])",
        "/actions/0/masterWhen", "no parent");
    row("condition over another master", "compute-node.json", R"([{"op":"add","path":"/actions/0/masterWhen","value":"backend = kubectl"},
        {"op":"add","path":"/actions/0/masterNot","value":{"zh":"否","en":"no"}}])",
        "/actions/0/masterWhen", "compute-center");
    row("detail of another", "compute-center.json", R"([{"op":"replace","path":"/detail","value":"billing-account"}])", "/detail", "billing-account");
    row("parents in a circle", "compute-center.json", R"([{"op":"add","path":"/parent","value":"compute-node"}])", "/parent", "circle");
    row("related unknown", "compute-center.json", R"([{"op":"replace","path":"/related/0/resource","value":"pod"}])", "/related/0/resource", "pod");
    row("related parameter", "compute-center.json", R"([{"op":"add","path":"/related/0/parameters/y","value":"{id}"}])", "/related/0/parameters/y",
        "y");
    row("refresh unknown", "billing-account.json", R"([{"op":"replace","path":"/actions/0/refresh","value":["bill"]}])", "/actions/0/refresh",
        "bill");
    const auto picked = [&row](const char *name, const char *pick, const char *pointer, const char *reason) {
        const QByteArray patch = QByteArrayLiteral(R"([{"op":"add","path":"/actions/0/inputs","value":[{"member":"name","pick":)") + pick + "}]}]";
        row(name, "compute-center.json", patch.constData(), pointer, reason);
    };
    picked("pick of no view", R"({"resource":"pod","value":"id","show":["name"]})", "/actions/0/inputs/0/pick/resource", "pod");
    picked("pick of no column", R"({"resource":"compute-node","parameters":{"cpcid":"x"},"value":"key","show":["name"]})", "/actions/0/inputs/0/pick",
           "key");
    picked("pick of a secret", R"({"resource":"compute-node","parameters":{"cpcid":"x"},"value":"id","show":["adminpwd"]})",
           "/actions/0/inputs/0/pick", "adminpwd");
    picked("pick lacks a parameter", R"({"resource":"compute-node","value":"id","show":["name"]})", "/actions/0/inputs/0/pick/parameters", "cpcid");
    picked("pick parameter unknown", R"({"resource":"compute-center","parameters":{"x":"1"},"value":"id","show":["name"]})",
           "/actions/0/inputs/0/pick/parameters/x", "x");
    picked("pick filter unknown", R"({"resource":"compute-center","filter":"size = 1","value":"id","show":["name"]})",
           "/actions/0/inputs/0/pick/filter", "not a filter");
    row("idle list unknown", "compute-node.json", R"([{"op":"replace","path":"/quickFilters/0/operation","value":"idle"}])",
        "/quickFilters/0/operation", "idle");
    row("id twice", "compute-node.json", R"([{"op":"replace","path":"/id","value":"compute-center"}])", "/id", "another view");
}

void TestResourceType::contractsAreCrossChecked()
{
    QFETCH(QString, file);
    QFETCH(QString, patch);
    QFETCH(QString, pointer);
    QFETCH(QString, reason);
    const QTemporaryDir folder;
    const QDir views(sourceFolder(u"views"_s));
    for (const QString &name : views.entryList({u"*.json"_s})) {
        QByteArray document = readFile(views.filePath(name));
        if (name == file)
            document = text(Json::parse(document.toStdString()).patch(Json::parse(patch.toStdString())));
        QFile copy(folder.filePath(name));
        QVERIFY(copy.open(QIODevice::WriteOnly));
        copy.write(document);
    }
    const auto contracts = ContractSet::load(sourceFolder(u"api"_s)).value();
    const auto set = ResourceSet::load(folder.path(), contracts);
    QVERIFY(!set);
    QCOMPARE(set.error().field, pointer);
    QVERIFY2(set.error().detail.startsWith(file), qPrintable(set.error().detail));
    QVERIFY2(set.error().detail.contains(reason), qPrintable(set.error().detail));
}

QTEST_GUILESS_MAIN(TestResourceType)
#include "tst_resourcetype.moc"
