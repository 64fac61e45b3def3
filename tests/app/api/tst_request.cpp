#include "app/api/request.h"

#include <QtTest>

using namespace kboss;
using namespace Qt::StringLiterals;
using Json = nlohmann::json;

class TestRequest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void encodesTheQuery();
    void fillsThePath();
    void keepsTheBasePath();
    void writesTheBody();
    void takesNumbersAsText();
    void leavesOutNull();
    void repeatsArraysAndWritesObjects();
    void putsHeaders();
    void refuses_data();
    void refuses();
    void readsParameters();

private:
    const Operation &operation(const QString &id) const { return *m_contracts.find(id); }
    ContractSet m_contracts, m_shapes;
};

namespace {

const QUrl base(u"http://127.0.0.1:8080"_s);

Json node()
{
    return {{"cpcid", "c1"},      {"ip", "10.0.0.1"},       {"name", "n"},        {"devicetype", "0"},       {"sshport", 22},
            {"adminuser", "ops"}, {"adminpwd", "p&=+ %#?"}, {"node_status", "0"}, {"external_ip", "未设置"}, {"cpu_model", "m"},
            {"cpu_stock", 1},     {"memory_model", "m"},    {"memory_stock", 1},  {"sysdisk_stock", 1},      {"datadisk_stock", 1},
            {"gpu_model", "g"},   {"gpu_stock", 1},         {"role", ""}};
}

Json update()
{
    return Json::parse(
        R"({"id":"a","display_name":"n","credit_line":{"currency_code":"CNY","units":"1","nanos":0},"threshold_balance":{"currency_code":"CNY","units":"1","nanos":0}})");
}

} // namespace

void TestRequest::initTestCase()
{
    const auto set = ContractSet::load(qEnvironmentVariable("KBOSS_SOURCE_DIR") + u"/resources/api"_s);
    QVERIFY2(set, set ? "" : qPrintable(set.error().detail));
    m_contracts = *set;
    const auto shapes = ContractSet::parse(R"({"openapi":"3.1.0","info":{"title":"t","version":"1"},"x-service":"kboss","security":[],
      "paths":{"/shapes":{"get":{"operationId":"shapes","x-title-zh":"形","x-title-en":"Shapes","x-effect":"act","x-result":{},
      "parameters":[{"name":"ids","in":"query","x-title-zh":"号","x-title-en":"IDs","schema":{"type":"array","items":{"type":"string"}}},
                    {"name":"where","in":"query","x-title-zh":"处","x-title-en":"Where","schema":{"type":"object"}},
                    {"name":"X-Trace","in":"header","x-title-zh":"迹","x-title-en":"Trace","schema":{"type":"string"}},
                    {"name":"on","in":"query","x-title-zh":"开","x-title-en":"On","schema":{"type":"boolean"}}],
      "responses":{"200":{"description":"d"}}}}}})",
                                           u"shapes.json"_s);
    QVERIFY2(shapes, shapes ? "" : qPrintable(shapes.error().detail));
    m_shapes = *shapes;
}

void TestRequest::encodesTheQuery()
{
    const auto wire = buildRequest(operation(u"addCpcnode"_s), {u"addCpcnode"_s, node(), {}}, base);
    QVERIFY2(wire, wire ? "" : qPrintable(wire.error().detail));
    QCOMPARE(wire->method, QByteArray("POST"));
    QVERIFY(wire->body.isEmpty());
    const QByteArray url = wire->url.toEncoded();
    QVERIFY2(url.startsWith("http://127.0.0.1:8080/dev/cpcc/cpcnode/add_cpcnode.dspy?cpcid=c1&ip=10.0.0.1&name=n"), url.constData());
    QVERIFY2(url.contains("&adminpwd=p%26%3D%2B%20%25%23%3F&"), url.constData());
    QVERIFY2(url.contains("&external_ip=%E6%9C%AA%E8%AE%BE%E7%BD%AE&"), url.constData());
    QVERIFY2(url.endsWith("&role="), url.constData());
}

void TestRequest::fillsThePath()
{
    const auto wire =
        buildRequest(operation(u"updateBillingAccount"_s), {u"updateBillingAccount"_s, {{"billing_account_id", "a/b ?号"}}, update()}, base);
    QVERIFY(wire);
    QCOMPARE(wire->url.toEncoded(), QByteArray("http://127.0.0.1:8080/v1/billingaccounts/a%2Fb%20%3F%E5%8F%B7"));
}

void TestRequest::keepsTheBasePath()
{
    const auto wire = buildRequest(operation(u"logoutUser"_s), {u"logoutUser"_s, Json::object(), {}}, QUrl(u"https://example.com/kboss/"_s));
    QVERIFY(wire);
    QCOMPARE(wire->url.toEncoded(), QByteArray("https://example.com/kboss/user/logoutUser.dspy"));
}

void TestRequest::writesTheBody()
{
    const auto wire = buildRequest(operation(u"updateBillingAccount"_s), {u"updateBillingAccount"_s, {{"billing_account_id", "a"}}, update()}, base);
    QVERIFY(wire);
    QCOMPARE(wire->method, QByteArray("PATCH"));
    QCOMPARE(wire->headers, (QList<std::pair<QByteArray, QByteArray>>{{"Content-Type", "application/json"}}));
    QCOMPARE(Json::parse(wire->body.toStdString()), update());
}

void TestRequest::takesNumbersAsText()
{
    Json parameters = node();
    parameters["sshport"] = "2222";
    const auto wire = buildRequest(operation(u"addCpcnode"_s), {u"addCpcnode"_s, parameters, {}}, base);
    QVERIFY(wire);
    QVERIFY(wire->url.toEncoded().contains("&sshport=2222&"));
    parameters["sshport"] = "22a";
    const auto bad = buildRequest(operation(u"addCpcnode"_s), {u"addCpcnode"_s, parameters, {}}, base);
    QVERIFY(!bad);
    QCOMPARE(bad.error().field, u"sshport"_s);
}

void TestRequest::leavesOutNull()
{
    const auto wire =
        buildRequest(operation(u"listBillingAccounts"_s), {u"listBillingAccounts"_s, {{"filter", nullptr}, {"page_size", 50}}, {}}, base);
    QVERIFY(wire);
    QCOMPARE(wire->url.query(QUrl::FullyEncoded), u"page_size=50"_s);
}

void TestRequest::repeatsArraysAndWritesObjects()
{
    const Json parameters{{"ids", {"a", "b&c"}}, {"where", {{"k", 1}}}, {"on", true}};
    const auto wire = buildRequest(*m_shapes.find(u"shapes"_s), {u"shapes"_s, parameters, {}}, base);
    QVERIFY2(wire, wire ? "" : qPrintable(wire.error().detail));
    QCOMPARE(wire->url.toEncoded(), QByteArray("http://127.0.0.1:8080/shapes?ids=a&ids=b%26c&where=%7B%22k%22%3A1%7D&on=true"));
}

void TestRequest::putsHeaders()
{
    const Operation &shapes = *m_shapes.find(u"shapes"_s);
    const auto wire = buildRequest(shapes, {u"shapes"_s, {{"X-Trace", "t1"}}, {}}, base);
    QVERIFY(wire);
    QCOMPARE(wire->headers, (QList<std::pair<QByteArray, QByteArray>>{{"X-Trace", "t1"}}));
    const auto bad = buildRequest(shapes, {u"shapes"_s, {{"X-Trace", "t1\r\nCookie: a"}}, {}}, base);
    QVERIFY(!bad);
    QCOMPARE(bad.error().field, u"X-Trace"_s);
}

void TestRequest::refuses_data()
{
    QTest::addColumn<QString>("operationId");
    QTest::addColumn<QString>("parameters");
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("field");
    const auto row = [](const char *name, const char *operation, const char *parameters, const char *body, const char *field) {
        QTest::newRow(name) << QString::fromUtf8(operation) << QString::fromUtf8(parameters) << QString::fromUtf8(body) << QString::fromUtf8(field);
    };
    row("unknown parameter", "getCpclist", R"({"pag":1})", "null", "pag");
    row("missing parameter", "getCpcnode", "{}", "null", "cpcid");
    row("missing, given as null", "getCpcnode", R"({"cpcid":null})", "null", "cpcid");
    row("ill-typed", "getCpclist", R"({"page":"first"})", "null", "page");
    row("outside the limits", "getCpclist", R"({"rows":1001})", "null", "rows");
    row("path of dots", "updateBillingAccount", R"({"billing_account_id":".."})", "{}", "billing_account_id");
    row("empty path", "updateBillingAccount", R"({"billing_account_id":""})", "{}", "billing_account_id");
    row("no body", "updateBillingAccount", R"({"billing_account_id":"a"})", "null", "");
    row("bad body", "updateBillingAccount", R"({"billing_account_id":"a"})", "{}", "credit_line");
    row("body where there is none", "getCpclist", "{}", "{}", "");
    row("parameters are a list", "getCpclist", "[1]", "null", "");
}

void TestRequest::refuses()
{
    QFETCH(QString, operationId);
    QFETCH(QString, parameters);
    QFETCH(QString, body);
    QFETCH(QString, field);
    const Call call{operationId, Json::parse(parameters.toStdString()), Json::parse(body.toStdString())};
    const auto wire = buildRequest(operation(operationId), call, base);
    QVERIFY(!wire);
    QCOMPARE(wire.error().kind, ErrorKind::Rejected);
    QCOMPARE(wire.error().field, field);
    QCOMPARE(wire.error().operation, operationId);
}

void TestRequest::readsParameters()
{
    JsonSchema integer;
    integer.types = {u"integer"_s};
    QCOMPARE(*readParameter(u"-22"_s, integer, u"n"_s), Json(-22));
    for (const char *bad : {"", "22a", " 22", "+22", "2.5", "99999999999999999999"})
        QVERIFY2(!readParameter(QLatin1String(bad), integer, u"n"_s), bad);
    JsonSchema text;
    text.types = {u"string"_s, u"integer"_s};
    QCOMPARE(*readParameter(u"22"_s, text, u"n"_s), Json("22"));
    JsonSchema flag;
    flag.types = {u"boolean"_s};
    QCOMPARE(*readParameter(u"true"_s, flag, u"n"_s), Json(true));
    QVERIFY(!readParameter(u"yes"_s, flag, u"n"_s));
}

QTEST_GUILESS_MAIN(TestRequest)
#include "tst_request.moc"
