#include "app/api/jsonschema.h"
#include "app/api/operation.h"

#include <QtTest>

using namespace kboss;
using namespace Qt::StringLiterals;
using Json = nlohmann::json;

class TestJsonSchema : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void checksValues_data();
    void checksValues();
    void checksBillingUpdate_data();
    void checksBillingUpdate();
    void neverRepeatsTheValue();

private:
    JsonSchemaPtr parameter(const QString &operation, const QString &name) const;
    ContractSet m_contracts;
};

void TestJsonSchema::initTestCase()
{
    const auto set = ContractSet::load(qEnvironmentVariable("KBOSS_SOURCE_DIR") + u"/resources/api"_s);
    QVERIFY2(set, set ? "" : qPrintable(set.error().detail));
    m_contracts = *set;
}

JsonSchemaPtr TestJsonSchema::parameter(const QString &operation, const QString &name) const
{
    for (const OperationParameter &p : m_contracts.find(operation)->parameters) {
        if (p.name == name)
            return p.schema;
    }
    return {};
}

void TestJsonSchema::checksValues_data()
{
    QTest::addColumn<QString>("operation");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value"); // JSON
    QTest::addColumn<bool>("good");
    const auto row = [](const char *operation, const char *name, const char *value, bool good) {
        QTest::addRow("%s %s = %s", operation, name, value)
            << QString::fromUtf8(operation) << QString::fromUtf8(name) << QString::fromUtf8(value) << good;
    };
    row("addCpcnode", "sshport", "22", true);
    row("addCpcnode", "sshport", "0", false);
    row("addCpcnode", "sshport", "65535", true);
    row("addCpcnode", "sshport", "65536", false);
    row("addCpcnode", "sshport", "\"22\"", false);
    row("addCpcnode", "sshport", "22.5", false);
    row("addCpcnode", "sshport", "18446744073709551615", false);
    row("addCpcnode", "ip", "\"192.168.0.8\"", true);
    row("addCpcnode", "ip", "\"gpu-01.example.com\"", true);
    row("addCpcnode", "ip", "\"fe80::1\"", true);
    row("addCpcnode", "ip", "\"300.1.1.1\"", false);
    row("addCpcnode", "ip", "\"192.168.0\"", false);
    row("addCpcnode", "ip", "\"\"", false);
    row("addCpcnode", "ip", "\"a b\"", false);
    row("addCpcnode", "ip", "\"-a\"", false);
    row("addCpcnode", "ip", "\"1.2.3.4\\n\"", false);
    row("addCpcnode", "external_ip", "\"未设置\"", true);
    row("addCpcnode", "external_ip", "\"\"", true);
    row("addCpcnode", "external_ip", "\"1.2.3\"", false);
    row("addCpcnode", "devicetype", "\"1\"", true);
    row("addCpcnode", "devicetype", "\"2\"", false);
    row("addCpcnode", "devicetype", "1", false);
    row("addCpcnode", "role", "\"\"", true);
    row("addCpcnode", "role", "\"boss\"", false);
    row("addCpcnode", "gpu_stock", "-1", false);
    row("addCpcnode", "gpu_stock", "0", true);
    row("addCpcnode", "enable_date", "\"2025-02-28\"", true);
    row("addCpcnode", "enable_date", "\"2025-02-29\"", false);
    row("addCpcnode", "enable_date", "\"2025/02/28\"", false);
    row("addCpcnode", "enable_date", "null", false);
    row("addCpcnode", "name", "\"算力设备一号\"", true);
    row("addCpclist", "contactphone", "\"+86 138-0000 (0)\"", true);
    row("addCpclist", "contactphone", "\"call me\"", false);
    row("addCpclist", "pcapi_url", "\"https://pcapi.example.com\"", true);
    row("addCpclist", "pcapi_url", "\"ftp://pcapi.example.com\"", false);
    row("addCpclist", "pcapi_url", "\"pcapi.example.com\"", false);
    row("getCpclist", "sort", "\"name desc, id\"", true);
    row("getCpclist", "sort", "\"name; drop table\"", false);
    row("getCpclist", "sort", "\"name\\n\"", false);
    row("listBillingAccounts", "page_size", "1000", true);
    row("listBillingAccounts", "page_size", "1001", false);
}

void TestJsonSchema::checksValues()
{
    QFETCH(QString, operation);
    QFETCH(QString, name);
    QFETCH(QString, value);
    QFETCH(bool, good);
    const auto schema = parameter(operation, name);
    QVERIFY(schema);
    const auto checked = validate(Json::parse(value.toStdString()), *schema, name);
    QCOMPARE(checked.has_value(), good);
    if (!good) {
        QCOMPARE(checked.error().kind, ErrorKind::Rejected);
        QCOMPARE(checked.error().field, name);
        QVERIFY(!checked.error().detail.isEmpty());
    }
}

void TestJsonSchema::checksBillingUpdate_data()
{
    QTest::addColumn<QString>("patch");
    QTest::addColumn<QString>("field"); // empty = good
    const auto row = [](const char *name, const char *patch, const char *field) {
        QTest::newRow(name) << QString::fromUtf8(patch) << QString::fromUtf8(field);
    };
    row("as it is", "[]", "");
    row("units as a number", R"([{"op":"add","path":"/credit_line/units","value":1234}])", "");
    row("alarm taken away", R"([{"op":"add","path":"/threshold_balance2","value":null}])", "");
    row("name missing", R"([{"op":"remove","path":"/display_name"}])", "display_name");
    row("name empty", R"([{"op":"add","path":"/display_name","value":""}])", "display_name");
    row("credit line missing", R"([{"op":"remove","path":"/credit_line"}])", "credit_line");
    row("credit line null", R"([{"op":"add","path":"/credit_line","value":null}])", "credit_line");
    row("credit line a number", R"([{"op":"add","path":"/credit_line","value":12.5}])", "credit_line");
    row("units as words", R"([{"op":"add","path":"/credit_line/units","value":"a lot"}])", "credit_line.units");
    row("units past int64", R"([{"op":"add","path":"/credit_line/units","value":"9223372036854775808"}])", "credit_line.units");
    row("units at the end of int64", R"([{"op":"add","path":"/credit_line/units","value":"9223372036854775807"}])", "");
    row("units a fraction", R"([{"op":"add","path":"/credit_line/units","value":0.5}])", "credit_line.units");
    row("nanos past a unit", R"([{"op":"add","path":"/credit_line/nanos","value":1000000000}])", "credit_line.nanos");
    row("currency in small letters", R"([{"op":"add","path":"/credit_line/currency_code","value":"cny"}])", "credit_line.currency_code");
    row("another member of money", R"([{"op":"add","path":"/credit_line/cents","value":1}])", "credit_line.cents");
    row("a member that may not be changed", R"([{"op":"add","path":"/state","value":"BA_ACTIVE"}])", "state");
    row("alarm off as a text", R"([{"op":"add","path":"/disable_threshold","value":"1"}])", "disable_threshold");
    row("not an object", R"([{"op":"replace","path":"","value":[]}])", "");
}

void TestJsonSchema::checksBillingUpdate()
{
    QFETCH(QString, patch);
    QFETCH(QString, field);
    const Json good = Json::parse(R"({"id":"ba-1","display_name":"n","credit_line":{"currency_code":"CNY","units":"1","nanos":0},
                                     "threshold_balance":{"currency_code":"CNY","units":"1","nanos":0}})");
    const Json body = good.patch(Json::parse(patch.toStdString()));
    const auto checked = validate(body, *m_contracts.find(u"updateBillingAccount"_s)->body);
    const bool expected = field.isEmpty() && body.is_object();
    QVERIFY2(checked.has_value() == expected, checked ? "passed" : qPrintable(checked.error().field + u": "_s + checked.error().detail));
    if (!checked)
        QCOMPARE(checked.error().field, field);
}

void TestJsonSchema::neverRepeatsTheValue()
{
    const std::string secret = std::string(501, 's') + "hunter2";
    const auto checked = validate(Json(secret), *parameter(u"addCpclist"_s, u"api_pwd"_s), u"api_pwd"_s);
    QVERIFY(!checked);
    QVERIFY(!checked.error().detail.contains(u"hunter2"_s));
}

QTEST_GUILESS_MAIN(TestJsonSchema)
#include "tst_jsonschema.moc"
