#include "tests/support/kboss.h"
#include "tests/support/serviceprocess.h"

#include <QFile>
#include <QTest>
#include <httplib.h>
#include <memory>
#include <thread>

using namespace Qt::StringLiterals;
using namespace kboss::test;

// Pod configurations on a cluster that kubectl speaks to: what is applied, changed and taken away there, and what the books say of it.
class TstKubectlWorkloads : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void everyControllerIsAppliedAndTakenAway_data();
    void everyControllerIsAppliedAndTakenAway();
    void aChangeOfTheControllerLeavesNothingOfTheFormer();
    void whatTheClusterRefusesLeavesTheBooksAsTheyWere();
    void aDeletionWaitsForTheCreationUnderWay();

private:
    void importCluster();
    Items texts(const QString &controller) const;
    HttpAnswer send(const QString &verb, const Items &items)
    {
        return m_http->post(u"/dev/cpcc/cpcpodyaml/%1_cpcpodyaml.dspy"_s.arg(verb), queryOf(items));
    }
    QJsonArray configs() { return rowsOf(m_http->get(u"/dev/cpcc/cpcpodyaml/get_cpcpodyaml.dspy"_s, queryOf(m_place))); }
    QJsonObject applied() const; // documents by "kind/name"
    QStringList consumed(); // of every part
    void write(const QString &name, const QByteArray &content) const;

    std::unique_ptr<ServiceProcess> m_service;
    std::unique_ptr<HttpClient> m_http;
    Items m_place; // cpcid, clusterid
};

void TstKubectlWorkloads::init()
{
    m_service = std::make_unique<ServiceProcess>();
    qputenv("FAKE_KUBECTL_STATE", m_service->folder().toUtf8());
    const QString kubectl = qEnvironmentVariable("KBOSS_SOURCE_DIR") + u"/tests/support/kubectl/kubectl"_s;
    QVERIFY2(m_service->start(u"small"_s, {u"--kubectl"_s, kubectl}), qPrintable(m_service->errorText()));
    m_http = std::make_unique<HttpClient>(m_service->url());
    importCluster();
}

void TstKubectlWorkloads::cleanup()
{
    m_http.reset();
    m_service.reset();
}

void TstKubectlWorkloads::write(const QString &name, const QByteArray &content) const
{
    QFile file(m_service->folder() + u'/' + name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

// The cluster's workers have the addresses of idle nodes, so that they are put into use with it.
void TstKubectlWorkloads::importCluster()
{
    const QString center = rowsOf(m_http->get(u"/dev/cpcc/cpclist/get_cpclist.dspy"_s)).first()[u"id"_s].toString();
    const QJsonArray idle = m_http->get(u"/dev/cpcc/cpcnode/get_cpcidle_device.dspy"_s, queryOf({{u"cpcid"_s, center}})).json()[u"data"_s].toArray();
    QStringList addresses;
    const QJsonArray nodes = rowsOf(m_http->get(u"/dev/cpcc/cpcnode/get_cpcnode.dspy"_s, queryOf({{u"cpcid"_s, center}, {u"rows"_s, u"200"_s}})));
    for (const QJsonValue &one : idle) {
        for (const QJsonValue &node : nodes) {
            if (node[u"id"_s] == one[u"id"_s])
                addresses << node[u"ip"_s].toString();
        }
    }
    QVERIFY(addresses.size() >= 2);
    QFile recorded(qEnvironmentVariable("KBOSS_SOURCE_DIR") + u"/tests/support/kubectl/nodes.json"_s);
    QVERIFY(recorded.open(QIODevice::ReadOnly));
    QByteArray objects = recorded.readAll();
    for (qsizetype at = objects.indexOf("\"127.0.0.1\"") + 1; at > 0 && !addresses.isEmpty();) {
        at = objects.indexOf("\"127.0.0.1\"", at); // the first is the control node's
        if (at >= 0)
            objects.replace(at, 11, '"' + addresses.takeFirst().toUtf8() + '"');
    }
    write(u"nodes.json"_s, objects);
    const QByteArray kubeconfig =
        "{apiVersion: v1, kind: Config, clusters: [{name: l, cluster: {server: 'https://127.0.0.1:6443'}}], users: [{name: a, user: {token: t}}], "
        "contexts: [{name: l, context: {cluster: l, user: a}}], current-context: l}";
    const HttpAnswer taken = m_http->post(
        u"/dev/cpcc/cpccluster/import_cluster.dspy"_s,
        queryOf({{u"cpcid"_s, center}, {u"cluster_name"_s, u"真集群"_s}, {u"enable_date"_s, u"2026-01-01"_s}, {u"export_date"_s, u"2028-01-01"_s}}),
        QJsonDocument(QJsonObject{{u"kubeconfig"_s, QString::fromUtf8(kubeconfig)}}).toJson());
    QVERIFY2(isGood(taken), taken.body.constData());
    QVERIFY(dataOf(taken)[u"node_known"_s].toInt() >= 2);
    m_place = {{u"cpcid"_s, center}, {u"clusterid"_s, dataOf(taken)[u"id"_s].toString()}};
}

Items TstKubectlWorkloads::texts(const QString &controller) const
{
    const bool once = controller == u"Job"_s || controller == u"CronJob"_s;
    return {{u"clusterid"_s, m_place[u"clusterid"_s]},
            {u"source_name"_s, u"shop"_s},
            {u"source_podengine"_s, controller},
            {u"instance_type"_s, u"LinuxOS"_s},
            {u"pod_imagepath"_s, u"docker.io/library/ubuntu:22.04"_s},
            {u"source_replicasetnum"_s, u"1"_s},
            {u"source_cpurate"_s, u"2"_s},
            {u"source_memrate"_s, u"4Gi"_s},
            {u"source_gpu"_s, u"0"_s},
            {u"source_storagelimits"_s, u"10Gi"_s},
            {u"source_mountpath"_s, u"/mnt/data"_s},
            {u"source_authuser"_s, u"root"_s},
            {u"source_authpasswd"_s, u"top-secret"_s},
            {u"source_portmode"_s, u"LoadBalancer"_s},
            {u"source_apiport"_s, u"80"_s},
            {u"source_insideport"_s, u"80"_s},
            {u"source_outsideport"_s, u"30000"_s},
            {u"source_restartpolicy"_s, once ? u"OnFailure"_s : u"Always"_s},
            {u"source_selflabel"_s, u"app:shop"_s}};
}

QJsonObject TstKubectlWorkloads::applied() const
{
    QFile file(m_service->folder() + u"/applied.json"_s);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

QStringList TstKubectlWorkloads::consumed()
{
    QStringList all;
    for (const QJsonValue &part : rowsOf(m_http->get(u"/dev/cpcc/cpcwidget/get_cpcwidget.dspy"_s, queryOf({{u"cpcid"_s, m_place[u"cpcid"_s]}}))))
        all << QString::fromUtf8(QJsonDocument(part.toObject()).toJson(QJsonDocument::Compact));
    return all;
}

void TstKubectlWorkloads::everyControllerIsAppliedAndTakenAway_data()
{
    QTest::addColumn<QString>("kind"); // as kubectl names it
    for (const char *controller : {"StatefulSet", "Deployment", "DaemonSet", "CronJob", "Job"})
        QTest::newRow(controller) << QString::fromLatin1(controller).toLower();
    QTest::newRow("Standalone") << u"pod"_s;
}

void TstKubectlWorkloads::everyControllerIsAppliedAndTakenAway()
{
    QFETCH(const QString, kind);
    const QStringList before = consumed();
    const HttpAnswer made = send(u"new"_s, texts(QString::fromLatin1(QTest::currentDataTag())));
    QVERIFY2(isGood(made), made.body.constData());
    const QJsonObject data = dataOf(made), objects = applied();
    const QString controller = kind + u'/' + data[u"podcd_name"_s].toString();
    QVERIFY2(objects.contains(controller), qPrintable(controller + u" in "_s + objects.keys().join(u' ')));
    QVERIFY(objects.contains(u"namespace/"_s + data[u"namespace_name"_s].toString()));
    QVERIFY(objects.contains(u"serviceaccount/"_s + data[u"serviceaccount_name"_s].toString()));
    QVERIFY(objects.contains(u"service/"_s + data[u"service_name"_s].toString()));
    QVERIFY(consumed() != before);
    QCOMPARE(configs().size(), 1);
    QVERIFY(!made.body.contains("top-secret"));

    QVERIFY(isGood(send(u"delete"_s, {{u"id"_s, data[u"id"_s].toString()}})));
    for (const QString &key : applied().keys())
        QVERIFY2(key.startsWith(u"namespace/"_s) || key.startsWith(u"serviceaccount/"_s), qPrintable(key)); // others of the organization live there
    QCOMPARE(consumed(), before);
    QCOMPARE(configs().size(), 0);
}

void TstKubectlWorkloads::aChangeOfTheControllerLeavesNothingOfTheFormer()
{
    const HttpAnswer made = send(u"new"_s, texts(u"StatefulSet"_s));
    QVERIFY2(isGood(made), made.body.constData());
    Items change = texts(u"Deployment"_s);
    change.insert(u"cpcid"_s, m_place[u"cpcid"_s]);
    change.insert(u"id"_s, dataOf(made)[u"id"_s].toString());
    const HttpAnswer changed = send(u"update"_s, change);
    QVERIFY2(isGood(changed), changed.body.constData());
    const QStringList keys = applied().keys();
    QVERIFY(!keys.contains(u"statefulset/"_s + dataOf(made)[u"podcd_name"_s].toString()));
    QVERIFY(keys.contains(u"deployment/"_s + dataOf(changed)[u"podcd_name"_s].toString()));
}

void TstKubectlWorkloads::whatTheClusterRefusesLeavesTheBooksAsTheyWere()
{
    const QStringList before = consumed();
    write(u"fail"_s, "error: unable to recognize \"STDIN\": no matches for kind \"Deployment\"\n");
    const HttpAnswer refused = send(u"new"_s, texts(u"Deployment"_s));
    QVERIFY(!isGood(refused));
    QVERIFY2(refused.json()[u"msg"_s].toString().contains(u"no matches for kind"_s), refused.body.constData());
    QVERIFY(QFile::remove(m_service->folder() + u"/fail"_s));
    QCOMPARE(consumed(), before);
    QCOMPARE(configs().size(), 0);
}

void TstKubectlWorkloads::aDeletionWaitsForTheCreationUnderWay()
{
    write(u"apply-seconds"_s, "1.5");
    const QUrl url = m_service->url();
    const QUrlQuery query = queryOf(texts(u"Deployment"_s));
    bool created = false;
    std::jthread creator([&] {
        httplib::Client client(url.host().toStdString(), url.port());
        client.set_read_timeout(20);
        const auto answer = client.Post("/dev/cpcc/cpcpodyaml/new_cpcpodyaml.dspy?" + query.toString(QUrl::FullyEncoded).toStdString());
        created = answer && answer->body.find("\"status\":true") != std::string::npos;
    });
    QJsonArray rows;
    QTRY_VERIFY_WITH_TIMEOUT(!(rows = configs()).isEmpty(), 5'000);
    const HttpAnswer deleted = send(u"delete"_s, {{u"id"_s, rows.first()[u"id"_s].toString()}});
    creator.join();
    QVERIFY(created);
    QVERIFY2(isGood(deleted), deleted.body.constData());
    for (const QString &key : applied().keys())
        QVERIFY2(key.startsWith(u"namespace/"_s) || key.startsWith(u"serviceaccount/"_s), qPrintable(key));
    QCOMPARE(configs().size(), 0);
}

QTEST_GUILESS_MAIN(TstKubectlWorkloads)
#include "tst_kubectlworkloads.moc"
