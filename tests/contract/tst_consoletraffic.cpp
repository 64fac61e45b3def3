#include "app/api/apiclient.h"
#include "app/api/requestlog.h"
#include "app/api/signin.h"
#include "tests/support/serviceprocess.h"

#include <QElapsedTimer>
#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;
using nlohmann::json;

namespace {

json centerNamed(const char *name)
{
    return {{"name", name},          {"pcapi_url", "https://pcapi.example.com"},
            {"api_user", "ops"},     {"api_pwd", "p&ss+word%"},
            {"contactname", "李想"}, {"contactphone", "13800000000"}};
}

json nodeIn(const std::string &center)
{
    return {{"cpcid", center},     {"ip", "192.168.9.19"},   {"name", "流量设备"},  {"devicetype", "1"},       {"sshport", "22"},
            {"adminuser", "root"}, {"adminpwd", "a#b"},      {"node_status", "0"},  {"external_ip", "未设置"}, {"cpu_model", "EPYC"},
            {"cpu_stock", 64},     {"memory_model", "DDR5"}, {"memory_stock", 512}, {"sysdisk_stock", 960},    {"datadisk_stock", 7680},
            {"gpu_model", "L40S"}, {"gpu_stock", 8},         {"role", "worker"}};
}

json podIn(const json &cluster)
{
    return {{"clusterid", cluster},
            {"source_name", "流量 traffic"},
            {"source_podengine", "StatefulSet"},
            {"instance_type", "LinuxOS"},
            {"pod_imagepath", "docker.io/library/ubuntu:22.04"},
            {"source_replicasetnum", 1},
            {"source_cpurate", "1"},
            {"source_memrate", "1Gi"},
            {"source_gpu", 0},
            {"source_storagelimits", "10Gi"},
            {"source_mountpath", "/mnt/data"},
            {"source_authuser", "root"},
            {"source_authpasswd", "p&ss"},
            {"source_portmode", "NodePort"},
            {"source_apiport", 6035},
            {"source_insideport", 3306},
            {"source_outsideport", 32099},
            {"source_restartpolicy", "Always"},
            {"source_selflabel", "app:traffic"}};
}

} // namespace

// Every contract operation, sent by the console's own client to the real service in its own process. With KBOSS_TRAFFIC_URL set the same calls
// go to that address instead: tests/contract/proxy_test.mjs puts a validating proxy there.
class TestConsoleTraffic : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void billingAccounts();
    void centersAndNodes();
    void clusters();
    void partsAndLabels();
    void podsAndSuppliers();
    void signInAndOut();
    void cleanupTestCase();

private:
    Result<WireResponse> send(const QString &operation, json parameters, json body = nullptr);
    json object(const QString &operation, json parameters, json body = nullptr);
    json list(const QString &operation, json parameters);
    void endOfJob(const json &center, const json &job);

    std::shared_ptr<const ContractSet> m_contracts;
    test::ServiceProcess m_service;
    RequestLog m_log{{}};
    std::unique_ptr<ApiClient> m_client;
    QSet<QString> m_reached;
};

void TestConsoleTraffic::initTestCase()
{
    auto contracts = ContractSet::load(qEnvironmentVariable("KBOSS_SOURCE_DIR") + "/resources/api"_L1);
    QVERIFY2(contracts.has_value(), contracts ? "" : qPrintable(contracts.error().detail));
    m_contracts = std::make_shared<const ContractSet>(std::move(*contracts));
    QUrl url(qEnvironmentVariable("KBOSS_TRAFFIC_URL"));
    if (url.isEmpty()) {
        qputenv("FAKE_KUBECTL_STATE", m_service.folder().toUtf8());
        const QString file = m_service.writeFile(u"password"_s, "proxy-password\n");
        QVERIFY2(m_service.start(u"small"_s,
                                 {u"--user"_s, u"ops"_s, u"--password-file"_s, file, u"--job-seconds"_s, u"1"_s, u"--kubectl"_s,
                                  qEnvironmentVariable("KBOSS_SOURCE_DIR") + u"/tests/support/kubectl/kubectl"_s}),
                 qPrintable(m_service.errorText()));
        url = m_service.url();
    }
    ServerSettings settings;
    settings.proxyMode = ServerSettings::Proxy::None;
    settings.bases = {{ServiceKind::Kboss, url}, {ServiceKind::Billing, url}};
    m_client = std::make_unique<ApiClient>(m_contracts, settings, makePasswordSignIn(u"ops"_s, u"proxy-password"_s), &m_log);
}

Result<WireResponse> TestConsoleTraffic::send(const QString &operation, json parameters, json body)
{
    m_reached.insert(operation);
    const auto answer = m_client->send({operation, std::move(parameters), std::move(body)});
    if (!QTest::qWaitFor([&answer] { return answer.isFinished(); }, 30'000))
        return fail(ErrorKind::Timeout, u"no end within 30 s"_s);
    return answer.result();
}

json TestConsoleTraffic::object(const QString &operation, json parameters, json body)
{
    const auto answer = send(operation, std::move(parameters), std::move(body));
    if (!answer) {
        QTest::qFail(qPrintable(operation + u": "_s + answer.error().detail), __FILE__, __LINE__);
        return {};
    }
    const auto decoded = decodeObject(*m_contracts->find(operation), *answer);
    return decoded ? *decoded : json();
}

// The answer as JSON: for looking up what later calls need.
json TestConsoleTraffic::list(const QString &operation, json parameters)
{
    const auto answer = send(operation, std::move(parameters));
    if (!answer) {
        QTest::qFail(qPrintable(operation + u": "_s + answer.error().detail), __FILE__, __LINE__);
        return {};
    }
    return json::parse(answer->body.toStdString());
}

void TestConsoleTraffic::billingAccounts()
{
    const json page =
        list(u"listBillingAccounts"_s,
             {{"filter", "state = BA_ACTIVE AND arrears = 0 AND currency_code = CNY"}, {"order_by", "balance desc, name"}, {"page_size", 50}});
    QCOMPARE(page["billing_accounts"].size(), size_t(50));
    const json next = list(u"listBillingAccounts"_s,
                           {{"filter", "state = BA_ACTIVE AND arrears = 0 AND currency_code = CNY"},
                            {"order_by", "balance desc, name"},
                            {"page_size", 50},
                            {"page_token", page["next_page_token"]}});
    QVERIFY(next["billing_accounts"][0]["id"] != page["billing_accounts"][0]["id"]);
    const json account = page["billing_accounts"][0];
    const json body = {{"id", account["id"]},
                       {"display_name", "流量 改名"},
                       {"credit_line", {{"currency_code", "CNY"}, {"units", "123456"}, {"nanos", 780000000}}},
                       {"threshold_balance", account["threshold_balance"]},
                       {"disable_threshold", true}};
    const json changed = object(u"updateBillingAccount"_s, {{"billing_account_id", account["id"]}}, body);
    QVERIFY(changed["display_name"] == "流量 改名");
    QVERIFY(changed["credit_line"]["nanos"] == 780000000);
    const auto missing = send(u"updateBillingAccount"_s, {{"billing_account_id", "nobody"}}, [&] {
        json other = body;
        other["id"] = "nobody";
        return other;
    }());
    QVERIFY(!missing);
    QCOMPARE(missing.error().kind, ErrorKind::NotFound);
}

void TestConsoleTraffic::centersAndNodes()
{
    const json centers = list(u"getCpclist"_s, {{"page", "1"}, {"rows", "1000"}, {"sort", "name desc"}});
    QVERIFY(centers["data"]["rows"].size() >= 30);
    const json center = object(u"addCpclist"_s, centerNamed("流量中心"));
    const std::string id = center.value("id", "");
    QVERIFY(!id.empty());
    json changed = centerNamed("流量中心 二");
    changed["id"] = id;
    QVERIFY(object(u"updateCpclist"_s, changed).value("name", "") == "流量中心 二");

    const json node = object(u"addCpcnode"_s, nodeIn(id));
    QVERIFY(node.contains("id"));
    json moved = nodeIn(id);
    moved["id"] = node["id"];
    moved["ip"] = "192.168.9.20";
    object(u"updateCpcnode"_s, moved);
    const json nodes = list(u"getCpcnode"_s, {{"cpcid", id}, {"page", "1"}, {"rows", "200"}});
    QVERIFY(nodes["data"]["rows"][0]["ip"] == "192.168.9.20");
    QVERIFY(nodes["data"]["rows"][0]["adminpwd"] == "******");
    QCOMPARE(list(u"getCpcidleDevice"_s, {{"cpcid", id}})["data"].size(), size_t(1));

    const auto refused = send(u"deleteCpclist"_s, {{"id", id}}); // it still has a node
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Rejected);
    object(u"deleteCpcnode"_s, {{"id", node["id"]}});
    object(u"deleteCpclist"_s, {{"id", id}});
}

void TestConsoleTraffic::endOfJob(const json &center, const json &job)
{
    json found;
    QElapsedTimer clock;
    clock.start();
    do {
        found = list(u"getCpcjob"_s, {{"cpcid", center}, {"id", job}})["data"]["rows"][0];
    } while ((found["state"] == "queued" || found["state"] == "running") && clock.elapsed() < 30'000);
    QVERIFY2(found["state"] == "done", found.dump().c_str());
}

void TestConsoleTraffic::clusters()
{
    const json center = list(u"getCpclist"_s, {{"page", "1"}, {"rows", "1"}})["data"]["rows"][0]["id"];
    const json idle = list(u"getCpcidleDevice"_s, {{"cpcid", center}})["data"];
    QVERIFY(idle.size() >= 2);
    const json first = list(u"getCpccluster"_s, {{"cpcid", center}})["data"]["rows"][0];
    object(u"updateCpccluster"_s, {{"cpcid", center}, {"id", first["id"]}, {"name", "流量集群 一"}});
    const json dates = {{"enable_date", "2026-01-01"}, {"export_date", "2028-01-01"}};
    json made = {{"cpcid", center}, {"ctl_nodeid", idle[0]["id"]}, {"cluster_type", "0"}, {"cluster_name", "流量集群 二"}};
    made.update(dates);
    const json started = object(u"newCluster"_s, made);
    endOfJob(center, started["jobid"]);
    const json place = {{"cpcid", center}, {"clusterid", started["clusterid"]}};
    for (const char *removal : {"removeCpcworker", "removeCpcworkerAtRoot"}) {
        json joining = place;
        joining["worker_nodeid"] = idle[1]["id"];
        endOfJob(center, object(u"newCpcworker"_s, joining)["jobid"]);
        json worker = place;
        const json members = list(u"getCpcworker"_s, place)["data"]["rows"];
        for (const json &row : members) {
            if (row["node_role"] == "工作节点")
                worker["worker_node"] = row["node_name"];
        }
        json turned = worker;
        turned.update({{"state", "cordon"}, {"darin", true}});
        object(u"switchCpcworker"_s, turned);
        endOfJob(center, object(QLatin1String(removal), worker)["jobid"]);
    }
    QVERIFY(!list(u"getCpcpod"_s, {{"cpcid", center}, {"clusterid", first["id"]}})["data"]["rows"].empty());
    json imported = {{"cpcid", center}, {"cluster_name", "流量集群 三"}};
    imported.update(dates);
    const char *kubeconfig =
        "{apiVersion: v1, kind: Config, clusters: [{name: l, cluster: {server: 'https://127.0.0.1:6443'}}], users: [{name: a, user: {token: t}}], "
        "contexts: [{name: l, context: {cluster: l, user: a}}], current-context: l}";
    const json taken = object(u"importCluster"_s, imported, {{"kubeconfig", kubeconfig}});
    for (const json &id : {taken["id"], started["clusterid"]})
        endOfJob(center, object(u"cpclusterDelete"_s, {{"id", id}})["jobid"]);
}

void TestConsoleTraffic::partsAndLabels()
{
    const json center = list(u"getCpclist"_s, {{"page", "1"}, {"rows", "1"}})["data"]["rows"][0]["id"];
    const json node = list(u"getCpcnodestock"_s, {{"cpcid", center}})["data"]["rows"][0];
    const json place = {{"cpcid", center}, {"clusterid", node["clusterid"]}};
    json part = {{"type", "gpu"}, {"resource_unit", "卡"}, {"unit_price", "2.5"},  {"model", "流量-8G"},
                 {"stock", 4},    {"charge_unit", "小时"}, {"account_unit", "元"}, {"add_opt", "no"}};
    part.update(place);
    const json added = object(u"addCpcwidget"_s, part);
    const json price = object(u"updateCpcwidget"_s, {{"cpcid", center}, {"type", "gpu"}, {"model", "流量-8G"}, {"unit_price", "2.75"}});
    QVERIFY(price["unit_price"] == "2.75");
    json ask = {{"resources", R"([{"type":"gpu","model":"流量-8G","amount":2}])"}, {"duration", 1}, {"duration_unit", "月"}};
    ask.update(place);
    QVERIFY(object(u"accrualPrice"_s, ask)["total_price"] == 3960);
    QVERIFY(list(u"obtainingGpuinfo"_s, place)["data"]["流量-8G"] == 4);
    json fit = {{"resources", R"([{"id":"a","resources":[{"type":"gpu","model":"流量-8G","amount":2}]}])"}, {"kyylabels", "kyy-gpu=true"}};
    fit.update(place);
    QVERIFY(list(u"determineAccommodat"_s, fit)["data"] == json::array({"a"})); // a part no node has
    object(u"deleteCpcwidget"_s, {{"cpcid", center}, {"id", added["id"]}});
    QVERIFY(!list(u"getCpcwidget"_s, {{"cpcid", center}})["data"]["rows"].empty());

    const json label = object(u"addCpclabel"_s, {{"name", "流量"}, {"labeltype", "1"}, {"label_key", "traffic"}, {"label_value", "yes"}});
    json bind = {{"label", "traffic=yes"}, {"worker_node", node["node_name"]}, {"opt", "label"}};
    bind.update(place);
    object(u"setupCpclabel"_s, bind);
    object(u"deleteCpclabel"_s, {{"id", label["id"]}});
    QVERIFY(list(u"getCpclabel"_s, json::object())["data"]["rows"].size() >= 8);
}

void TestConsoleTraffic::podsAndSuppliers()
{
    const json centers = list(u"getCpclist"_s, {{"page", "1"}, {"rows", "1000"}})["data"]["rows"];
    const json center = centers[0]["id"];
    const json cluster = list(u"getCpccluster"_s, {{"cpcid", center}})["data"]["rows"][0]["id"];
    json pod = podIn(cluster);
    QVERIFY(object(u"checkCpcpodyaml"_s, pod)["fits"] == true);
    const json made = object(u"newCpcpodyaml"_s, pod);
    json changed = pod;
    changed.update({{"cpcid", center}, {"id", made["id"]}, {"source_authpasswd", "******"}, {"source_replicasetnum", 2}});
    changed.erase("source_gpu");
    QVERIFY(object(u"updateCpcpodyaml"_s, changed)["source_replicasetnum"] == 2);
    const json configs = list(u"getCpcpodyaml"_s, {{"cpcid", center}, {"clusterid", cluster}})["data"]["rows"];
    QVERIFY(configs.back()["source_authpasswd"] == "******");
    object(u"deleteCpcpodyaml"_s, {{"id", made["id"]}});

    const json supplier = list(u"getCpccProvider"_s, {{"cpccid", center}})["data"][0];
    object(u"cpccProviderAdd"_s, {{"name", "流量供应商"}, {"orgcode", centers[centers.size() - 2]["id"]}});
    const json memory = list(u"getProviderCpccWidget"_s, {{"cpcid", center}, {"type", "memory"}})["data"]["rows"][0];
    const json spec = json::array({{{"type", "memory"}, {"model", memory["model"]}, {"amount", 2048}}});
    object(u"cpccProductAdd"_s,
           {{"reseller_orgid", supplier["orgid"]},
            {"providerid", supplier["providerid"]},
            {"product_type", "combination"},
            {"spec_note", spec.dump()},
            {"clusterid", cluster}});
    const json seen = {
        {"domain_url", "https://console.example.com"}, {"duration", 1}, {"duration_unit", "天"}, {"clusterid", cluster}, {"resource_type", "all"}};
    QVERIFY(!list(u"cpccKehuKanChanpin"_s, seen)["data"]["rows"].empty());
    pod.update({{"duration", 1}, {"duration_unit", "周"}});
    const json instance = object(u"createCpccInstance"_s, pod);
    QVERIFY(instance["price"] > 0);
    const json user = object(u"userCreatePod"_s, {{"storage", 10}, {"cpu", 1}, {"memory", 1}, {"image", "docker.io/library/ubuntu:22.04"}});
    QVERIFY(list(u"userGetInstance"_s, json::object())["data"].size() >= 2);
    for (const json &id : {user["id"], instance["id"]})
        object(u"cloudInstanceDelete"_s, {{"id", id}});
    QVERIFY(!list(u"getAvailableResources"_s, json::object())["data"].empty());
}

void TestConsoleTraffic::signInAndOut()
{
    const auto code = send(u"loginUser"_s, {{"wechatCode", "0123"}});
    QVERIFY(!code); // the standalone service has no codes, and says so
    QVERIFY(!code.error().detail.isEmpty());
    m_reached.insert(u"loginUserPassword"_s); // every call above went out on it
    object(u"logoutUser"_s, json::object());
}

void TestConsoleTraffic::cleanupTestCase()
{
    m_client.reset();
    for (const QString &id : m_contracts->ids()) {
        if (m_contracts->find(id)->service == ServiceKind::Pcapi)
            continue; // other systems call these, the console none of them: pcapi_traffic.mjs sends each
        QVERIFY2(m_reached.contains(id), qPrintable(id + u" was never sent"_s));
    }
}

QTEST_GUILESS_MAIN(TestConsoleTraffic)
#include "tst_consoletraffic.moc"
