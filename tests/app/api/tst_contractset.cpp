#include "app/api/operation.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace kboss;
using namespace Qt::StringLiterals;
using Json = nlohmann::json;

namespace {

QString contractFolder()
{
    return qEnvironmentVariable("KBOSS_SOURCE_DIR") + u"/resources/api"_s;
}

// A small document with one of everything.
Json goodDocument()
{
    return Json::parse(R"({
      "openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "x-service": "billing", "security": [{"bearer": []}],
      "paths": {"/things/{id}": {"get": {
        "operationId": "listThings", "x-title-zh": "事物", "x-title-en": "Things", "x-effect": "read", "x-slow": 90,
        "x-result": {"rows": ["/rows"], "total": "/total"},
        "x-paging": {"kind": "page-token", "page": "page_token", "size": "page_size", "next": "/next", "max": 500, "default": 100},
        "parameters": [
          {"name": "id", "in": "path", "required": true, "x-title-zh": "号", "x-title-en": "ID", "schema": {"type": "string"}},
          {"name": "page_token", "in": "query", "x-title-zh": "标记", "x-title-en": "Token", "schema": {"type": "string"}},
          {"name": "page_size", "in": "query", "x-title-zh": "行", "x-title-en": "Rows", "schema": {"type": "integer", "minimum": 1, "maximum": 500}}],
        "responses": {"200": {"description": "d", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Page"}}}}}}}},
      "components": {"securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}, "schemas": {
        "Page": {"type": "object", "properties": {"rows": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}},
                 "total": {"type": "integer"}, "next": {"type": "string"}}},
        "Thing": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string", "x-title-zh": "号", "x-title-en": "ID"},
                 "key": {"type": "string", "format": "password"},
                 "other": {"anyOf": [{"$ref": "#/components/schemas/Small"}, {"type": "null"}], "x-title-zh": "别", "x-title-en": "Other"}}},
        "Small": {"type": "object", "properties": {"kind": {"type": "string", "enum": ["a", "b"], "x-enum-titles": ["甲", "乙"], "x-enum-titles-en": ["A", "B"]}}}}}
    })");
}

QByteArray text(const Json &json)
{
    return QByteArray::fromStdString(json.dump());
}

const QString op = u"/paths/~1things~1{id}/get"_s;
const QString schemas = u"/components/schemas"_s;

QString replace(const QString &at, const char *value)
{
    return u"[{\"op\":\"add\",\"path\":\"%1\",\"value\":%2}]"_s.arg(at, QString::fromUtf8(value));
}

QString remove(const QString &at)
{
    return u"[{\"op\":\"remove\",\"path\":\"%1\"}]"_s.arg(at);
}

void row(const char *name, const QString &patch, const QString &pointer, const char *reason)
{
    QTest::newRow(name) << patch << pointer << QString::fromUtf8(reason);
}

void addBadOperations()
{
    row("old OpenAPI", replace(u"/openapi"_s, "\"3.0.3\""), u"/openapi"_s, "3.1");
    row("no service", remove(u"/x-service"_s), QString(), "x-service");
    row("unknown service", replace(u"/x-service"_s, "\"moon\""), u"/x-service"_s, "moon");
    row("unknown member on top", replace(u"/x-srvice"_s, "1"), u"/x-srvice"_s, "not known");
    row("paths is a list", replace(u"/paths"_s, "[]"), u"/paths"_s, "object");
    row("no operations", replace(u"/paths"_s, "{}"), u"/paths"_s, "no operations");
    row("path without slash", replace(u"/paths/things"_s, "{}"), u"/paths/things"_s, "begins with /");
    row("unknown verb", replace(u"/paths/~1things~1{id}/head"_s, "{}"), u"/paths/~1things~1{id}/head"_s, "not known");
    row("no id", remove(op + u"/operationId"_s), op, "operationId");
    row("id is a number", replace(op + u"/operationId"_s, "7"), op + u"/operationId"_s, "string");
    row("odd id", replace(op + u"/operationId"_s, "\"list things\""), op + u"/operationId"_s, "small letter");
    row("no title", remove(op + u"/x-title-zh"_s), op, "x-title-zh");
    row("no effect", remove(op + u"/x-effect"_s), op, "x-effect");
    row("unknown effect", replace(op + u"/x-effect"_s, "\"look\""), op + u"/x-effect"_s, "look");
    row("misspelt member", replace(op + u"/x-efect"_s, "\"read\""), op + u"/x-efect"_s, "not known");
    row("slow is a text", replace(op + u"/x-slow"_s, "\"90\""), op + u"/x-slow"_s, "whole number");
    row("unknown standing", replace(op + u"/x-standing"_s, "\"maybe\""), op + u"/x-standing"_s, "maybe");
    row("slow is negative", replace(op + u"/x-slow"_s, "-1"), op + u"/x-slow"_s, "whole number");
    row("no result", remove(op + u"/x-result"_s), op, "x-result");
    row("read without rows", replace(op + u"/x-result"_s, "{}"), op + u"/x-result"_s, "rows or object");
    row("rows not a pointer", replace(op + u"/x-result/rows"_s, "[\"rows\"]"), op + u"/x-result/rows/0"_s, "begins with /");
    row("rows lead nowhere", replace(op + u"/x-result/rows"_s, "[\"/rowz\"]"), op + u"/x-result/rows"_s, "array");
    row("rows lead to a number", replace(op + u"/x-result/rows"_s, "[\"/total\"]"), op + u"/x-result/rows"_s, "array");
    row("total leads nowhere", replace(op + u"/x-result/total"_s, "\"/sum\""), op + u"/x-result/total"_s, "not in the answer");
    row("unknown paging", replace(op + u"/x-paging/kind"_s, "\"scroll\""), op + u"/x-paging/kind"_s, "scroll");
    row("paging names no parameter", replace(op + u"/x-paging/page"_s, "\"pg\""), op + u"/x-paging/page"_s, "query parameters");
    row("paging without size", remove(op + u"/x-paging/size"_s), op + u"/x-paging"_s, "size");
    row("paging without next", remove(op + u"/x-paging/next"_s), op + u"/x-paging"_s, "next");
    row("default above max", replace(op + u"/x-paging/default"_s, "501"), op + u"/x-paging/default"_s, "whole number");
}

void addBadParameters()
{
    row("path parameter missing", remove(op + u"/parameters/0"_s), op, "{id}");
    row("path parameter too many", replace(op + u"/parameters/0/name"_s, "\"other\""), op, "{id}");
    row("path parameter optional", replace(op + u"/parameters/0/required"_s, "false"), op + u"/parameters/0"_s, "required");
    row("secret in the path", replace(op + u"/parameters/0/schema/format"_s, "\"password\""), op + u"/parameters/0"_s, "secret");
    row("parameter in a cookie", replace(op + u"/parameters/1/in"_s, "\"cookie\""), op + u"/parameters/1/in"_s, "cookie");
    row("parameter twice", replace(op + u"/parameters/1/name"_s, "\"page_size\""), op + u"/parameters/2"_s, "twice");
    row("parameter without words", remove(op + u"/parameters/2/x-title-en"_s), op + u"/parameters/2"_s, "x-title-en");
    row("required is a text", replace(op + u"/parameters/2/required"_s, "\"yes\""), op + u"/parameters/2/required"_s, "true or false");
    row("GET with body", replace(op + u"/requestBody"_s, "{}"), op + u"/requestBody"_s, "no body");
    row("no good answer", replace(op + u"/responses"_s, "{\"404\":{}}"), op + u"/responses"_s, "2xx");
    row("answer in XML", replace(op + u"/responses/200/content"_s, "{\"text/xml\":{}}"), op + u"/responses/200/content/text~1xml"_s,
        "application/json");
    row("no security", remove(u"/security"_s), QString(), "security");
    row("unknown security", replace(u"/security"_s, "[{\"magic\":[]}]"), u"/components/securitySchemes"_s, "magic");
}

void addBadSchemas()
{
    row("reference in a circle", replace(schemas + u"/Small/properties/kind"_s, "{\"$ref\":\"#/components/schemas/Thing\"}"),
        schemas + u"/Small/properties/kind/$ref"_s, "circle");
    row("reference to itself", replace(schemas + u"/Page"_s, "{\"$ref\":\"#/components/schemas/Page\"}"), schemas + u"/Page/$ref"_s, "circle");
    row("reference to nothing", replace(schemas + u"/Page/properties/rows/items/$ref"_s, "\"#/components/schemas/No\""),
        schemas + u"/Page/properties/rows/items/$ref"_s, "not in the document");
    row("reference to another file", replace(schemas + u"/Page/properties/rows/items/$ref"_s, "\"other.json#/A\""),
        schemas + u"/Page/properties/rows/items/$ref"_s, "inside the document");
    row("unknown type", replace(schemas + u"/Thing/properties/id/type"_s, "\"text\""), schemas + u"/Thing/properties/id/type"_s, "text");
    row("unknown keyword", replace(schemas + u"/Thing/properties/id/exclusiveMinimum"_s, "3"), schemas + u"/Thing/properties/id/exclusiveMinimum"_s,
        "not known");
    row("unknown format", replace(schemas + u"/Thing/properties/id/format"_s, "\"color\""), schemas + u"/Thing/properties/id/format"_s, "color");
    row("bad pattern", replace(schemas + u"/Thing/properties/id/pattern"_s, "\"(\""), schemas + u"/Thing/properties/id/pattern"_s,
        "regular expression");
    row("one language only", remove(schemas + u"/Thing/properties/id/x-title-en"_s), schemas + u"/Thing/properties/id"_s, "both");
    row("words of values too few", replace(schemas + u"/Small/properties/kind/x-enum-titles"_s, "[\"甲\"]"),
        schemas + u"/Small/properties/kind/x-enum-titles"_s, "as many");
    row("words of values in one language", remove(schemas + u"/Small/properties/kind/x-enum-titles-en"_s), schemas + u"/Small/properties/kind"_s,
        "both");
    row("empty enum", replace(schemas + u"/Small/properties/kind/enum"_s, "[]"), schemas + u"/Small/properties/kind/enum"_s, "empty");
    row("required names no property", replace(schemas + u"/Thing/required"_s, "[\"no\"]"), schemas + u"/Thing/required"_s, "properties");
    row("minimum above maximum", replace(op + u"/parameters/2/schema/minimum"_s, "501"), op + u"/parameters/2/schema"_s, "above");
    row("anyOf of two", replace(schemas + u"/Thing/properties/other/anyOf/1"_s, "{\"type\":\"string\"}"),
        schemas + u"/Thing/properties/other/anyOf"_s, "null");
}

} // namespace

class TestContractSet : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void loadsTheProjectsContracts();
    void titlesAreCompleteInBothLanguages();
    void secretsAreMarked();
    void typedFormOfAnOperation();
    void refusesBadDocuments_data();
    void refusesBadDocuments();
    void refusesTextThatIsNotJson();
    void refusesTheSameIdInTwoDocuments();
    void refusesAnEmptyFolder();
};

void TestContractSet::loadsTheProjectsContracts()
{
    const auto set = ContractSet::load(contractFolder());
    QVERIFY2(set, set ? "" : qPrintable(set.error().detail));
    QStringList wanted{u"loginUser"_s,  u"loginUserPassword"_s, u"logoutUser"_s,    u"listBillingAccounts"_s, u"updateBillingAccount"_s,
                       u"getCpclist"_s, u"addCpclist"_s,        u"updateCpclist"_s, u"deleteCpclist"_s,       u"getCpcnode"_s,
                       u"addCpcnode"_s, u"updateCpcnode"_s,     u"deleteCpcnode"_s, u"getCpcidleDevice"_s};
    wanted << u"getCpccluster"_s << u"updateCpccluster"_s << u"newCluster"_s << u"importCluster"_s << u"cpclusterDelete"_s; // cpc-cluster.json
    wanted << u"getCpcpod"_s << u"getCpcworker"_s << u"switchCpcworker"_s << u"getCpcjob"_s;
    wanted << u"newCpcworker"_s << u"removeCpcworker"_s << u"removeCpcworkerAtRoot"_s; // cpc-worker.json
    wanted << u"getCpclabel"_s << u"addCpclabel"_s << u"deleteCpclabel"_s << u"setupCpclabel"_s; // cpc-label.json
    wanted << u"addCpcwidget"_s << u"getCpcwidget"_s << u"accrualPrice"_s << u"updateCpcwidget"_s << u"deleteCpcwidget"_s << u"getCpcnodestock"_s;
    wanted << u"obtainingGpuinfo"_s << u"determineAccommodat"_s; // cpc-buy.json
    wanted << u"newCpcpodyaml"_s << u"getCpcpodyaml"_s << u"updateCpcpodyaml"_s << u"deleteCpcpodyaml"_s << u"checkCpcpodyaml"_s; // cpc-podyaml.json
    wanted << u"getCpccProvider"_s << u"cpccProviderAdd"_s << u"getProviderCpccWidget"_s << u"cpccProductAdd"_s << u"cpccKehuKanChanpin"_s
           << u"createCpccInstance"_s; // provider-cpcc.json
    wanted << u"userCreatePod"_s << u"getAvailableResources"_s << u"userGetInstance"_s << u"cloudInstanceDelete"_s; // k8s.json
    wanted << u"pcapiNodeLabelOpt"_s << u"pcapiDetermineAccommodat"_s << u"pcapiNewCluster"_s << u"pcapiNewWorker"_s << u"pcapiGetClusterPods"_s
           << u"pcapiGetClusterNodes"_s << u"pcapiDeleteClusterNode"_s << u"pcapiNodeStateSwitch"_s << u"pcapiYamlApplyDelete"_s; // pcapi.json
    for (const QString &id : wanted)
        QVERIFY2(set->find(id), qPrintable(id));
    QCOMPARE(set->ids().size(), wanted.size());
    QVERIFY(!set->find(u"nothing"_s));

    const Operation &list = *set->find(u"listBillingAccounts"_s);
    QCOMPARE(list.service, ServiceKind::Billing);
    QCOMPARE(list.paging.kind, Paging::Kind::PageToken);
    QCOMPARE(list.paging.nextToken, u"/next_page_token"_s);
    QCOMPARE(list.paging.maxSize, 1000);
    const Operation &add = *set->find(u"addCpcnode"_s);
    QCOMPARE(add.method, QByteArray("POST"));
    QCOMPARE(add.effect, Effect::Create);
    QCOMPARE(add.parameters.size(), size_t(20));
    QVERIFY(add.needsSignIn);
    QVERIFY(!set->find(u"loginUser"_s)->needsSignIn);
    const Operation &update = *set->find(u"updateBillingAccount"_s);
    QCOMPARE(update.body->property(u"credit_line"_s)->schema->refName, u"Money"_s);
    QVERIFY(update.result.hasObject);
    QCOMPARE(set->find(u"getCpcidleDevice"_s)->result.rows, std::vector<QString>{u"/data"_s});
}

void TestContractSet::titlesAreCompleteInBothLanguages()
{
    const auto set = ContractSet::load(contractFolder());
    QVERIFY(set);
    QStringList missing;
    const std::function<void(const JsonSchema &, const QString &)> walk = [&](const JsonSchema &schema, const QString &at) {
        static const QSet<QString> envelope{u"status"_s,          u"msg"_s,       u"data"_s, u"rows"_s, u"total"_s, u"billing_accounts"_s,
                                            u"next_page_token"_s, u"total_size"_s};
        for (const SchemaProperty &property : schema.properties) {
            const QString path = at + u'/' + property.name;
            if (!envelope.contains(property.name) && (property.schema->title.isEmpty() || property.schema->titleEn.isEmpty()))
                missing.append(path);
            walk(*property.schema, path);
        }
        if (schema.items)
            walk(*schema.items, at);
        if (!schema.enumValues.isEmpty() && schema.enumTitles.size() != schema.enumValues.size())
            missing.append(at + u" (words of its values)"_s);
    };
    for (const auto &operation : set->all()) {
        if (operation->answer)
            walk(*operation->answer, operation->id);
        if (operation->body)
            walk(*operation->body, operation->id);
        for (const OperationParameter &parameter : operation->parameters)
            walk(*parameter.schema, operation->id + u'/' + parameter.name);
    }
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u", "_s)));
}

void TestContractSet::secretsAreMarked()
{
    const auto set = ContractSet::load(contractFolder());
    QVERIFY(set);
    for (const char *id : {"addCpclist", "updateCpclist", "addCpcnode", "updateCpcnode", "updateCpccluster"}) {
        const Operation &operation = *set->find(QLatin1String(id));
        int secrets = 0;
        for (const OperationParameter &parameter : operation.parameters)
            secrets += parameter.schema->isSecret() ? 1 : 0;
        QCOMPARE(secrets, 1);
    }
    for (const auto &[id, secrets] :
         {std::pair("pcapiNewWorker", 2), std::pair("pcapiYamlApplyDelete", 3), std::pair("pcapiDetermineAccommodat", 1)}) {
        const auto &parameters = set->find(QLatin1String(id))->parameters;
        QCOMPARE(int(std::count_if(parameters.begin(), parameters.end(), [](const auto &one) { return one.schema->isSecret(); })), secrets);
    }
    QVERIFY(set->find(u"pcapiNewCluster"_s)->answer->property(u"data"_s)->schema->isSecret());
    QVERIFY(set->find(u"importCluster"_s)->body->property(u"kubeconfig"_s)->schema->isSecret());
    const JsonSchema &cluster = *set->find(u"getCpccluster"_s)->answer->property(u"data"_s)->schema->property(u"rows"_s)->schema->items;
    for (const QString &name : {u"kubeconfig"_s, u"clusterjoin"_s})
        QVERIFY2(cluster.property(name)->schema->isSecret(), qPrintable(name));
    const JsonSchema &account = *set->find(u"updateBillingAccount"_s)->answer;
    QVERIFY(account.property(u"password_pay"_s)->schema->isSecret());
    QCOMPARE(account.properties.size(), size_t(33));
}

void TestContractSet::typedFormOfAnOperation()
{
    const auto set = ContractSet::parse(text(goodDocument()), u"good.json"_s);
    QVERIFY2(set, set ? "" : qPrintable(set.error().detail));
    const Operation &operation = *set->find(u"listThings"_s);
    QCOMPARE(operation.path, u"/things/{id}"_s);
    QCOMPARE(operation.slowSeconds, 90);
    QCOMPARE(operation.parameters[0].place, ParameterPlace::Path);
    QCOMPARE(operation.paging.defaultSize, 100);
    const JsonSchema &row = *operation.answer->property(u"rows"_s)->schema->items;
    QCOMPARE(row.refName, u"Thing"_s);
    QVERIFY(row.property(u"id"_s)->required);
    QVERIFY(row.property(u"key"_s)->schema->isSecret());
    const JsonSchema &other = *row.property(u"other"_s)->schema;
    QCOMPARE(other.types, QStringList({u"object"_s, u"null"_s}));
    QCOMPARE(other.titleEn, u"Other"_s);
    QCOMPARE(other.property(u"kind"_s)->schema->enumTitles, QStringList({u"甲"_s, u"乙"_s}));
}

void TestContractSet::refusesBadDocuments_data()
{
    QTest::addColumn<QString>("patch"); // JSON patch over the good document
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("reason");
    addBadOperations();
    addBadParameters();
    addBadSchemas();
}

void TestContractSet::refusesBadDocuments()
{
    QFETCH(QString, patch);
    QFETCH(QString, pointer);
    QFETCH(QString, reason);
    const Json document = goodDocument().patch(Json::parse(patch.toStdString()));
    const auto set = ContractSet::parse(text(document), u"bad.json"_s);
    QVERIFY(!set);
    QCOMPARE(set.error().kind, ErrorKind::Internal);
    QCOMPARE(set.error().field, pointer);
    QVERIFY2(set.error().detail.startsWith(u"bad.json: "_s), qPrintable(set.error().detail));
    QVERIFY2(set.error().detail.contains(reason), qPrintable(set.error().detail));
    if (!pointer.isEmpty())
        QVERIFY2(set.error().detail.contains(pointer), qPrintable(set.error().detail));
}

void TestContractSet::refusesTextThatIsNotJson()
{
    const auto set = ContractSet::parse("{\n  \"openapi\": }", u"cut.json"_s);
    QVERIFY(!set);
    QVERIFY2(set.error().detail.contains(u"cut.json"_s) && set.error().detail.contains(u"line 2"_s), qPrintable(set.error().detail));
    QVERIFY(!ContractSet::parse("", u"empty.json"_s));
    QVERIFY(!ContractSet::parse("[]", u"list.json"_s));
    QVERIFY(!ContractSet::parse(QByteArray(200'000, '['), u"deep.json"_s));
}

void TestContractSet::refusesTheSameIdInTwoDocuments()
{
    QTemporaryDir folder;
    for (const char *name : {"a.json", "b.json"}) {
        QFile file(folder.filePath(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text(goodDocument()));
    }
    const auto set = ContractSet::load(folder.path());
    QVERIFY(!set);
    QVERIFY2(set.error().detail.startsWith(u"b.json"_s) && set.error().detail.contains(u"listThings"_s), qPrintable(set.error().detail));
}

void TestContractSet::refusesAnEmptyFolder()
{
    QTemporaryDir folder;
    QVERIFY(!ContractSet::load(folder.path()));
}

QTEST_GUILESS_MAIN(TestContractSet)
#include "tst_contractset.moc"
