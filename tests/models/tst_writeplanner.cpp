#include "models/formrules.h"

#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;
using Json = nlohmann::json;

namespace {

const QTimeZone shanghai("Asia/Shanghai");

QString sourceFolder(const QString &name)
{
    return qEnvironmentVariable("KBOSS_SOURCE_DIR") + u"/resources/"_s + name;
}

QByteArray dump(const Json &json)
{
    return QByteArray::fromStdString(json.dump());
}

Money cny(qint64 units, qint32 nanos = 0)
{
    return {u"CNY"_s, units, nanos};
}

} // namespace

class TestWritePlanner : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void formsComeFromTheContract();
    void requiredFieldsAreAskedFor();
    void datesStayInOrder();
    void thresholdsFall();
    void onlyWhatIsTouchedIsInTheWay();
    void billingUpdateIsComplete();
    void billingUpdateOfOneThreshold();
    void clearingAnAlarmSendsNull();
    void bulkChecksEachRow();
    void nothingChangedIsAPlanWithoutChanges();
    void centerUpdateReplacesAll();
    void typedSecretsTravelOnceAndAreNotKept();
    void centerCreateAndDelete();
    void nodeFormFitsTheContract();
    void nodeRules();
    void plansFitTheContract();
    void datasetsNameTheirParent();

private:
    const ResourceType &type(const char *id) { return *m_views->find(QString::fromLatin1(id)); }
    Row row(const char *id, const QHash<QString, Value> &values);
    Row account();
    Row center();
    Row node();
    Result<WritePlan> plan(const char *id, const char *action, const Row &row, const FormInput &input, const Row &parent = {});
    std::vector<FormField> fields(const char *id, const char *action);
    FormInput inputOf(const char *id, const char *action, const Row &row);

    std::unique_ptr<ContractSet> m_contracts;
    std::unique_ptr<ResourceSet> m_views;
};

void TestWritePlanner::initTestCase()
{
    auto contracts = ContractSet::load(sourceFolder(u"api"_s));
    QVERIFY2(contracts, contracts ? "" : qPrintable(contracts.error().detail));
    m_contracts = std::make_unique<ContractSet>(*std::move(contracts));
    auto views = ResourceSet::load(sourceFolder(u"views"_s), *m_contracts);
    QVERIFY2(views, views ? "" : qPrintable(views.error().detail));
    m_views = std::make_unique<ResourceSet>(*std::move(views));
}

Row TestWritePlanner::row(const char *id, const QHash<QString, Value> &values)
{
    const TableSchema schema = type(id).schema();
    Row made{std::get<QString>(values.value(u"id"_s)), std::vector<Value>(schema.fields.size())};
    for (auto it = values.begin(); it != values.end(); ++it)
        made.cells[static_cast<size_t>(schema.indexOf(it.key()))] = it.value();
    return made;
}

Row TestWritePlanner::account()
{
    return row("billing-account",
               {{u"id"_s, u"ba-\"1\""_s},
                {u"display_name"_s, u"上海诺瓦"_s},
                {u"currency_code"_s, u"CNY"_s},
                {u"credit_line"_s, cny(500'000)},
                {u"threshold_balance"_s, cny(100'000)},
                {u"threshold_balance2"_s, cny(50'000)},
                {u"disable_threshold"_s, false},
                {u"password_pay"_s, SecretMark()}});
}

Row TestWritePlanner::center()
{
    return row("compute-center",
               {{u"id"_s, u"c1"_s},
                {u"name"_s, u"首都算力中心"_s},
                {u"pcapi_url"_s, u"https://pcapi.example.com"_s},
                {u"api_user"_s, u"ops"_s},
                {u"api_pwd"_s, SecretMark()},
                {u"contactname"_s, u"周雅宁"_s},
                {u"contactphone"_s, u"13800000000"_s},
                {u"enable_date"_s, QDate(2025, 5, 16)},
                {u"expire_date"_s, QDate(2026, 6, 17)}});
}

Row TestWritePlanner::node()
{
    return row("compute-node",
               {{u"id"_s, u"n1"_s},
                {u"cpcid"_s, u"c1"_s},
                {u"name"_s, u"gpu-1"_s},
                {u"node_status"_s, u"0"_s},
                {u"devicetype"_s, u"1"_s},
                {u"ip"_s, u"192.168.0.8"_s},
                {u"sshport"_s, qint64(22)},
                {u"adminuser"_s, u"root"_s},
                {u"adminpwd"_s, SecretMark()},
                {u"cpu_model"_s, u"STANDARD"_s},
                {u"memory_model"_s, u"STANDARD"_s},
                {u"gpu_model"_s, u"RTX4090-24G"_s},
                {u"cpu_stock"_s, qint64(64)},
                {u"memory_stock"_s, qint64(256)},
                {u"sysdisk_stock"_s, qint64(100)},
                {u"datadisk_stock"_s, qint64(0)},
                {u"gpu_stock"_s, qint64(8)},
                {u"enable_date"_s, QDate(2025, 1, 1)},
                {u"export_date"_s, QDate(9999, 12, 31)}});
}

std::vector<FormField> TestWritePlanner::fields(const char *id, const char *action)
{
    return formFields(type(id), *type(id).action(QString::fromLatin1(action)), *m_contracts);
}

FormInput TestWritePlanner::inputOf(const char *id, const char *action, const Row &row)
{
    FormInput input;
    for (const FormField &field : fields(id, action)) {
        const int at = type(id).schema().indexOf(field.name);
        input.insert(field.name, typedText(row.cells[static_cast<size_t>(at)], field));
    }
    return input;
}

Result<WritePlan> TestWritePlanner::plan(const char *id, const char *action, const Row &row, const FormInput &input, const Row &parent)
{
    const auto dataset = datasetOf(type(id), u"p"_s, shanghai, parent);
    return planWrite(type(id), *type(id).action(QString::fromLatin1(action)), *m_contracts, row, parent, input, dataset);
}

void TestWritePlanner::formsComeFromTheContract()
{
    const auto update = fields("billing-account", "update");
    QCOMPARE(update.size(), size_t(6));
    QCOMPARE(update[0].name, u"display_name"_s);
    QVERIFY(update[0].required);
    QCOMPARE(update[1].type, FieldType::Money);
    QCOMPARE(update[2].type, FieldType::Boolean);
    QVERIFY(update[3].required && !update[4].required);
    QCOMPARE(update[4].below, u"threshold_balance"_s);
    QCOMPARE(update[4].offSwitch, u"disable_threshold"_s);
    const auto create = fields("compute-node", "create");
    QCOMPARE(create.size(), size_t(19));
    for (const FormField &field : create) {
        QVERIFY2(!field.label.zh.isEmpty() && !field.label.en.isEmpty(), qPrintable(field.name));
        if (field.name == "adminpwd"_L1)
            QVERIFY(field.secret && field.required);
        if (field.name == "role"_L1) {
            QCOMPARE(field.type, FieldType::Enum);
            QCOMPARE(field.values.size(), size_t(3));
            QVERIFY(!field.required);
        }
        if (field.name == "sshport"_L1)
            QVERIFY(field.type == FieldType::Integer && field.input == InputKind::Port);
    }
    for (const FormField &field : fields("compute-node", "update")) {
        if (field.secret)
            QVERIFY(!field.required); // left empty = unchanged
    }
    QVERIFY(fields("compute-node", "delete").empty());
}

void TestWritePlanner::requiredFieldsAreAskedFor()
{
    FormInput empty;
    for (const FormField &field : fields("compute-center", "create"))
        empty.insert(field.name, QString());
    const auto faults = checkForm(fields("compute-center", "create"), empty, {});
    QCOMPARE(QSet<QString>(faults.keyBegin(), faults.keyEnd()), (QSet<QString>{u"name"_s, u"pcapi_url"_s, u"api_user"_s, u"api_pwd"_s}));
    QVERIFY(checkForm(fields("compute-center", "update"), inputOf("compute-center", "update", center()), {}).isEmpty());
}

void TestWritePlanner::datesStayInOrder()
{
    FormInput input = inputOf("compute-center", "update", center());
    input[u"expire_date"_s] = u"2025-05-15"_s;
    auto faults = checkForm(fields("compute-center", "update"), input, {});
    QCOMPARE(faults.keys(), QStringList{u"expire_date"_s});
    input[u"expire_date"_s] = u"2025-05-16"_s;
    QVERIFY(checkForm(fields("compute-center", "update"), input, {}).isEmpty());
    input[u"expire_date"_s] = QString();
    QVERIFY(checkForm(fields("compute-center", "update"), input, {}).isEmpty());
}

void TestWritePlanner::thresholdsFall()
{
    const auto update = fields("billing-account", "update");
    FormInput input = inputOf("billing-account", "update", account());
    const auto faulty = [&](const char *one, const char *two, const char *three) {
        input[u"threshold_balance"_s] = QString::fromUtf8(one);
        input[u"threshold_balance2"_s] = QString::fromUtf8(two);
        input[u"threshold_balance3"_s] = QString::fromUtf8(three);
        QStringList names = checkForm(update, input, u"CNY"_s).keys();
        names.sort();
        return names.join(u' ');
    };
    QCOMPARE(faulty("150,000.00", "80,000", "20,000"), QString());
    QCOMPARE(faulty("150,000", "", ""), QString());
    QCOMPARE(faulty("150,000", "150,000", "150,000.00"), QString()); // as the service: equal ones fall too
    QCOMPARE(faulty("150,000", "150,000.01", ""), u"threshold_balance2"_s);
    QCOMPARE(faulty("150,000", "", "150,000.01"), u"threshold_balance3"_s);
    QCOMPARE(faulty("150,000", "80,000", "90,000"), u"threshold_balance3"_s);
    QCOMPARE(faulty("0", "0", "0"), QString());
    QCOMPARE(faulty("15,00", "1", ""), u"threshold_balance"_s);
    QCOMPARE(faulty("", "", ""), u"threshold_balance"_s);
    input[u"disable_threshold"_s] = u"true"_s;
    QCOMPARE(faulty("1", "2", "3"), QString());
}

// A row that breaks the rules already: a change of another field goes through, one that has part in a fault does not.
void TestWritePlanner::onlyWhatIsTouchedIsInTheWay()
{
    Row broken = account();
    const TableSchema schema = type("billing-account").schema();
    broken.cells[static_cast<size_t>(schema.indexOf(u"threshold_balance3"_s))] = cny(70'000); // more than the second, 50,000
    const auto change = [&](const char *field, const char *text) {
        FormInput input = inputOf("billing-account", "update", broken);
        input[QString::fromLatin1(field)] = QString::fromLatin1(text);
        const auto made = plan("billing-account", "update", broken, input);
        return made ? (made->changes.size() == 1 ? QString() : u"changes"_s) : made.error().field;
    };
    QCOMPARE(change("credit_line", "1,000"), QString());
    QCOMPARE(change("threshold_balance", "200,000"), QString());
    QCOMPARE(change("threshold_balance", "50,000"), QString());
    QCOMPARE(change("threshold_balance", "49,999.99"), u"threshold_balance2"_s); // under the row's own second one
    QCOMPARE(change("threshold_balance2", "60,000"), u"threshold_balance3"_s);
    QCOMPARE(change("threshold_balance2", "70,000"), QString()); // mended
    QCOMPARE(change("threshold_balance3", "60,000"), u"threshold_balance3"_s);
    QCOMPARE(change("disable_threshold", "true"), QString());
    QCOMPARE(change("credit_line", "abc"), u"credit_line"_s);
}

void TestWritePlanner::billingUpdateIsComplete()
{
    FormInput input = inputOf("billing-account", "update", account());
    QCOMPARE(input.value(u"credit_line"_s), u"500,000.00"_s);
    input[u"credit_line"_s] = u"1,234.56"_s;
    const auto made = plan("billing-account", "update", account(), input);
    QVERIFY2(made, made ? "" : qPrintable(made.error().detail));
    QCOMPARE(made->action, u"billing-account.update"_s);
    QCOMPARE(made->key, u"ba-\"1\""_s);
    QCOMPARE(made->name, u"上海诺瓦"_s);
    QCOMPARE(made->changes.size(), size_t(1));
    QCOMPARE(std::get<Money>(made->changes[0].before), cny(500'000));
    QCOMPARE(std::get<Money>(made->changes[0].after), cny(1234, 560'000'000));
    const Json money = {{"currency_code", "CNY"}, {"units", "1234"}, {"nanos", 560'000'000}};
    QCOMPARE(dump(made->call.parameters), dump(Json({{"billing_account_id", "ba-\"1\""}})));
    QCOMPARE(dump(made->call.body["credit_line"]), dump(money));
    QCOMPARE(dump(made->call.body["id"]), dump(Json("ba-\"1\"")));
    QCOMPARE(dump(made->call.body["display_name"]), dump(Json("上海诺瓦"))); // unchanged, but the contract requires it
    QCOMPARE(dump(made->call.body["threshold_balance"]["units"]), dump(Json("100000")));
    QVERIFY(!made->call.body.contains("threshold_balance2") && !made->call.body.contains("disable_threshold"));
    QCOMPARE(made->reread->operation, u"listBillingAccounts"_s);
    QCOMPARE(dump(made->reread->parameters["filter"]), dump(Json("id = \"ba-\\\"1\\\"\"")));
    QCOMPARE(made->compare.size(), qsizetype(6));
    QCOMPARE(dump(made->inverse->body["credit_line"]["units"]), dump(Json("500000")));
    QCOMPARE(made->inverse->operation, u"updateBillingAccount"_s);
}

void TestWritePlanner::billingUpdateOfOneThreshold()
{
    const auto made = plan("billing-account", "update", account(), {{u"threshold_balance2"_s, u"80,000"_s}, {u"disable_threshold"_s, u"true"_s}});
    QVERIFY(made);
    QCOMPARE(made->changes.size(), size_t(2));
    QCOMPARE(dump(made->call.body["threshold_balance2"]["units"]), dump(Json("80000")));
    QCOMPARE(dump(made->call.body["disable_threshold"]), dump(Json(true)));
    QCOMPARE(dump(made->inverse->body["threshold_balance2"]["units"]), dump(Json("50000")));
    QCOMPARE(dump(made->inverse->body["disable_threshold"]), dump(Json(false)));
}

void TestWritePlanner::clearingAnAlarmSendsNull()
{
    auto made = plan("billing-account", "update", account(), {{u"threshold_balance2"_s, QString()}});
    QVERIFY(made);
    QVERIFY(made->call.body.contains("threshold_balance2") && made->call.body["threshold_balance2"].is_null());
    made = plan("billing-account", "update", account(), {{u"threshold_balance3"_s, u"10"_s}});
    QVERIFY(made);
    QVERIFY(isNull(made->changes[0].before));
    QVERIFY(made->inverse->body["threshold_balance3"].is_null());
    made = plan("billing-account", "update", account(), {{u"threshold_balance"_s, QString()}});
    QVERIFY(!made);
    QCOMPARE(made.error().field, u"threshold_balance"_s);
}

void TestWritePlanner::bulkChecksEachRow()
{
    const FormInput input{{u"threshold_balance"_s, u"60,000"_s}};
    Row low = account();
    low.cells[static_cast<size_t>(type("billing-account").schema().indexOf(u"threshold_balance2"_s))] = cny(70'000);
    QVERIFY(plan("billing-account", "update", account(), input));
    const auto refused = plan("billing-account", "update", low, input);
    // Its own field is untouched and optional; the service takes it, and the person is told in the form only.
    QVERIFY(refused || refused.error().field == "threshold_balance2"_L1);
    Row dollars = account();
    dollars.cells[static_cast<size_t>(type("billing-account").schema().indexOf(u"currency_code"_s))] = u"USD"_s;
    const auto usd = plan("billing-account", "update", dollars, input);
    QVERIFY(usd);
    QCOMPARE(dump(usd->call.body["threshold_balance"]["currency_code"]), dump(Json("USD")));
}

void TestWritePlanner::nothingChangedIsAPlanWithoutChanges()
{
    const auto made = plan("billing-account", "update", account(), inputOf("billing-account", "update", account()));
    QVERIFY(made);
    QVERIFY(made->changes.empty());
    QVERIFY(!made->inverse);
    QVERIFY(!plan("billing-account", "update", Row(), {}));
}

void TestWritePlanner::centerUpdateReplacesAll()
{
    FormInput input = inputOf("compute-center", "update", center());
    input[u"contactname"_s] = u"陈思远"_s;
    const auto made = plan("compute-center", "update", center(), input);
    QVERIFY2(made, made ? "" : qPrintable(made.error().detail));
    const Json expected = {{"id", "c1"},
                           {"name", "首都算力中心"},
                           {"pcapi_url", "https://pcapi.example.com"},
                           {"api_user", "ops"},
                           {"contactname", "陈思远"},
                           {"contactphone", "13800000000"},
                           {"enable_date", "2025-05-16"},
                           {"expire_date", "2026-06-17"}};
    QCOMPARE(dump(made->call.parameters), dump(expected));
    QVERIFY(made->call.body.is_null());
    QCOMPARE(made->carry, QStringList{u"api_pwd"_s});
    QVERIFY(!made->compare.contains(u"api_pwd"_s));
    QCOMPARE(made->changes.size(), size_t(1));
    QCOMPARE(dump(made->inverse->parameters["contactname"]), dump(Json("周雅宁")));
    QCOMPARE(dump(made->inverse->parameters["id"]), dump(Json("c1")));
    QCOMPARE(made->reread->operation, u"getCpclist"_s);
}

void TestWritePlanner::typedSecretsTravelOnceAndAreNotKept()
{
    const auto made = plan("compute-center", "update", center(), {{u"api_pwd"_s, u" s3cret "_s}});
    QVERIFY(made);
    QCOMPARE(dump(made->call.parameters["api_pwd"]), dump(Json(" s3cret ")));
    QCOMPARE(made->changes.size(), size_t(1));
    QVERIFY(std::holds_alternative<SecretMark>(made->changes[0].before) && std::holds_alternative<SecretMark>(made->changes[0].after));
    QVERIFY(!made->inverse); // what it was is not known
    const auto both = plan("compute-center", "update", center(), {{u"api_pwd"_s, u"s3cret"_s}, {u"api_user"_s, u"root"_s}});
    QVERIFY(both && both->inverse);
    QVERIFY(!both->inverse->parameters.contains("api_pwd"));
}

void TestWritePlanner::centerCreateAndDelete()
{
    const FormInput input{{u"name"_s, u"新中心"_s},
                          {u"pcapi_url"_s, u"https://a.example"_s},
                          {u"api_user"_s, u"u"_s},
                          {u"api_pwd"_s, u"p"_s},
                          {u"contactname"_s, QString()},
                          {u"contactphone"_s, QString()},
                          {u"enable_date"_s, u"2026-01-01"_s},
                          {u"expire_date"_s, QString()}};
    const auto made = plan("compute-center", "create", center(), input);
    QVERIFY2(made, made ? "" : qPrintable(made.error().detail));
    QVERIFY(made->key.isEmpty() && made->seen.key.isEmpty());
    QCOMPARE(made->name, u"新中心"_s);
    QCOMPARE(dump(made->call.parameters["api_pwd"]), dump(Json("p")));
    QCOMPARE(dump(made->call.parameters["contactname"]), dump(Json("")));
    QVERIFY(!made->call.parameters.contains("expire_date"));
    QCOMPARE(made->inverse->operation, u"deleteCpclist"_s);
    QCOMPARE(dump(made->inverse->parameters["id"]), dump(Json("{id}")));
    QVERIFY(made->compare.isEmpty());
    for (const FieldChange &change : made->changes) {
        QVERIFY(isNull(change.before));
        if (change.field == "api_pwd"_L1)
            QVERIFY(std::holds_alternative<SecretMark>(change.after));
    }
    const auto gone = plan("compute-center", "delete", center(), {});
    QVERIFY(gone);
    QCOMPARE(dump(gone->call.parameters), dump(Json({{"id", "c1"}})));
    QVERIFY(gone->changes.empty() && !gone->inverse);
    QCOMPARE(gone->compare, (QStringList{u"name"_s, u"pcapi_url"_s, u"api_user"_s}));
}

void TestWritePlanner::nodeFormFitsTheContract()
{
    const Row parent = center();
    FormInput input = inputOf("compute-node", "update", node());
    input[u"cpu_stock"_s] = u"128"_s;
    const auto made = plan("compute-node", "update", node(), input, parent);
    QVERIFY2(made, made ? "" : qPrintable(made.error().detail));
    QCOMPARE(dump(made->call.parameters["cpcid"]), dump(Json("c1")));
    QCOMPARE(dump(made->call.parameters["cpu_stock"]), dump(Json(128)));
    QCOMPARE(dump(made->call.parameters["external_ip"]), dump(Json("未设置")));
    QCOMPARE(dump(made->call.parameters["role"]), dump(Json("")));
    QCOMPARE(dump(made->call.parameters["export_date"]), dump(Json("9999-12-31")));
    QCOMPARE(made->changes.size(), size_t(1));
    QCOMPARE(dump(made->reread->parameters), dump(Json({{"cpcid", "c1"}})));
    input[u"adminpwd"_s] = u"pw"_s;
    const auto fresh = plan("compute-node", "create", Row(), input, parent);
    QVERIFY2(fresh, fresh ? "" : qPrintable(fresh.error().detail));
    QCOMPARE(dump(fresh->call.parameters["cpcid"]), dump(Json("c1")));
    QVERIFY(!plan("compute-node", "create", Row(), input)); // no center to put it in
}

void TestWritePlanner::nodeRules()
{
    for (const auto &[name, text] :
         {std::pair{"gpu_stock", "-1"}, std::pair{"sshport", "70000"}, std::pair{"ip", "300.1.1.1"}, std::pair{"export_date", "2024-12-31"}}) {
        const auto made = plan("compute-node", "update", node(), {{QString::fromLatin1(name), QString::fromLatin1(text)}}, center());
        QVERIFY2(!made, name);
        QCOMPARE(made.error().kind, ErrorKind::Rejected);
        QCOMPARE(made.error().field, QString::fromLatin1(name));
    }
}

// Calls and inverses pass the same check as the client's.
void TestWritePlanner::plansFitTheContract()
{
    const auto fits = [this](const Call &call) {
        const Operation *operation = m_contracts->find(call.operation);
        for (const auto &parameter : operation->parameters) {
            const auto given = call.parameters.find(parameter.name.toStdString());
            if (given == call.parameters.end())
                QVERIFY2(!parameter.required || parameter.schema->isSecret(), qPrintable(parameter.name));
            else
                QVERIFY2(validate(*given, *parameter.schema), qPrintable(parameter.name));
        }
        if (operation->body)
            QVERIFY(validate(call.body, *operation->body));
    };
    const auto account = plan("billing-account", "update", this->account(), {{u"credit_line"_s, u"-3"_s}, {u"threshold_balance3"_s, u"1"_s}});
    const auto center = plan("compute-center", "update", this->center(), {{u"name"_s, u"x"_s}});
    const auto node = plan("compute-node", "update", this->node(), {{u"role"_s, u"worker"_s}, {u"external_ip"_s, u"fe80::1"_s}}, this->center());
    for (const auto *made : {&account, &center, &node}) {
        QVERIFY2(*made, *made ? "" : qPrintable(made->error().detail));
        fits((*made)->call);
        QVERIFY((*made)->inverse);
        fits(*(*made)->inverse);
    }
}

void TestWritePlanner::datasetsNameTheirParent()
{
    setCurrentLanguage(u"zh_CN"_s);
    const auto nodes = datasetOf(type("compute-node"), u"p"_s, shanghai, center(), &type("compute-center"));
    QCOMPARE(nodes.id.profile, u"p"_s);
    QCOMPARE(nodes.id.operation, u"getCpcnode"_s);
    QCOMPARE(nodes.id.parameters, u"{\"cpcid\":\"c1\"}"_s);
    QCOMPARE(nodes.title, u"算力设备 · 首都算力中心"_s);
    QCOMPARE(nodes.schema.resource, u"compute-node"_s);
    QCOMPARE(datasetOf(type("compute-center"), u"p"_s, shanghai).id.parameters, u"{}"_s);
}

QTEST_GUILESS_MAIN(TestWritePlanner)
#include "tst_writeplanner.moc"
