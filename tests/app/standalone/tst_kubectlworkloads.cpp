#include "tests/support/kubectlcluster.h"

#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>
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
    void aChangeNeverTakesADiskAway_data();
    void aChangeNeverTakesADiskAway();
    void whatCannotBeChangedIsMadeAnew_data();
    void whatCannotBeChangedIsMadeAnew();
    void theDiskOfAStatefulSetIsNotChanged();
    void whatCannotBeTakenAwayNowGoesLater();
    void aDeletionThatFailsGoesOn();
    void bothAreHeldUntilTheClusterHasTheFormerAgain();
    void theCheckReckonsWithBoth_data();
    void theCheckReckonsWithBoth();
    void anUpdateTakesTheMemoryModel();
    void aMaskKeepsThePasswordOfTheOtherChange();
    void podsGoWhereThePaidModelIs();
    void anInstanceIsAsItsPodIs();

private:
    Items texts(const QString &controller) const { return configTexts(m_place[u"clusterid"_s], controller); }
    HttpAnswer send(const QString &verb, const Items &items)
    {
        return m_http->post(u"/dev/cpcc/cpcpodyaml/%1_cpcpodyaml.dspy"_s.arg(verb), queryOf(items));
    }
    QJsonArray configs() { return rowsOf(m_http->get(u"/dev/cpcc/cpcpodyaml/get_cpcpodyaml.dspy"_s, queryOf(m_place))); }
    QJsonObject applied() const; // documents by "kind/name"
    QStringList consumed(); // of every part
    void write(const QString &name, const QByteArray &content) const;
    void erase(const QString &name) const { QVERIFY(QFile::remove(m_service->folder() + u'/' + name)); }
    QString made(const Items &items); // the id
    Items changed(Items items, const QString &id) const
    {
        items.insert({{u"cpcid"_s, m_place[u"cpcid"_s]}, {u"id"_s, id}});
        return items;
    }
    Items nodePort(const QString &port) const
    {
        Items items = texts(u"Deployment"_s);
        items[u"source_portmode"_s] = u"NodePort"_s;
        items[u"source_outsideport"_s] = port;
        items[u"source_cpurate"_s] = u"100m"_s;
        return items;
    }
    QJsonArray workerRooms()
    {
        QJsonArray rooms;
        for (const QJsonValue &room :
             rowsOf(m_http->get(u"/dev/cpcc/cpcwidget/get_cpcnodestock.dspy"_s, queryOf({{u"cpcid"_s, m_place[u"cpcid"_s]}})))) {
            if (room[u"clusterid"_s] == m_place[u"clusterid"_s] && room[u"role"_s] == u"worker"_s)
                rooms << room;
        }
        return rooms;
    }
    std::pair<int, QString> largestWorker() // memory in Gi, its model
    {
        std::pair<int, QString> largest;
        for (const QJsonValue &room : workerRooms())
            largest = std::max(largest, std::pair(room[u"memory_total"_s].toInt(), room[u"memory_model"_s].toString()));
        return largest;
    }
    QString state() { return configs().first()[u"state"_s].toString(); }
    QByteArrayList calls() const; // arguments of each, as JSON

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
    m_place = importedCluster(*m_service, *m_http);
    QVERIFY(!m_place.isEmpty());
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
    QTRY_COMPARE_WITH_TIMEOUT(configs().size(), 0, 10'000); // once it is sure that nothing is left there
    QCOMPARE(consumed(), before);
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

QString TstKubectlWorkloads::made(const Items &items)
{
    const HttpAnswer answer = send(u"new"_s, items);
    if (!isGood(answer))
        qWarning().noquote() << answer.body;
    return dataOf(answer)[u"id"_s].toString();
}

QByteArrayList TstKubectlWorkloads::calls() const
{
    QFile file(m_service->folder() + u"/calls.log"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll().split('\n') : QByteArrayList();
}

void TstKubectlWorkloads::aChangeNeverTakesADiskAway_data()
{
    QTest::addColumn<QString>("controller");
    for (const char *controller : {"StatefulSet", "Deployment", "Standalone"})
        QTest::newRow(controller) << QString::fromLatin1(controller);
}

void TstKubectlWorkloads::aChangeNeverTakesADiskAway()
{
    QFETCH(const QString, controller);
    Items items = texts(controller);
    items[u"source_portmode"_s] = u"Ingress"_s;
    const QString id = made(items);
    QVERIFY(!id.isEmpty());
    QVERIFY(applied().contains(u"ingress/"_s + id + u"-ingress"_s));
    items[u"source_portmode"_s] = u"NodePort"_s;
    items[u"source_outsideport"_s] = u"30123"_s;
    HttpAnswer answer = send(u"update"_s, changed(items, id));
    QVERIFY2(isGood(answer), answer.body.constData());
    QVERIFY(!applied().contains(u"ingress/"_s + id + u"-ingress"_s));
    items[u"source_podengine"_s] = controller == u"Deployment"_s ? u"StatefulSet"_s : u"Deployment"_s;
    answer = send(u"update"_s, changed(items, id));
    QVERIFY2(isGood(answer), answer.body.constData());
    for (const QByteArray &call : calls())
        QVERIFY2(!(call.contains("\"delete\"") && call.contains("persistentvolumeclaim")), call.constData());
    QVERIFY(isGood(send(u"delete"_s, {{u"id"_s, id}})));
    QVERIFY(!applied().keys().join(u' ').contains(u"persistentvolumeclaim"_s));
}

void TstKubectlWorkloads::whatCannotBeChangedIsMadeAnew_data()
{
    QTest::addColumn<QString>("controller");
    QTest::newRow("Job") << u"Job"_s;
    QTest::newRow("Standalone") << u"Standalone"_s;
}

void TstKubectlWorkloads::whatCannotBeChangedIsMadeAnew()
{
    QFETCH(const QString, controller);
    Items items = texts(controller);
    const QString id = made(items);
    QVERIFY(!id.isEmpty());
    items[u"source_memrate"_s] = u"5Gi"_s;
    const HttpAnswer answer = send(u"update"_s, changed(items, id));
    QVERIFY2(isGood(answer), answer.body.constData());
    const QString key = controller == u"Job"_s ? u"job/"_s + id + u"-job"_s : u"pod/"_s + id + u"-standalone"_s;
    QVERIFY2(applied()[key].toString().contains(u"5Gi"_s), qPrintable(applied()[key].toString()));
    QCOMPARE(state(), u"applied"_s);
}

void TstKubectlWorkloads::theDiskOfAStatefulSetIsNotChanged()
{
    Items items = texts(u"StatefulSet"_s);
    const QString id = made(items);
    const QStringList before = consumed();
    const QJsonObject objects = applied();
    items[u"source_storagelimits"_s] = u"20Gi"_s;
    const QString words = refusalOf(send(u"update"_s, changed(items, id)));
    QVERIFY2(words.contains(u"source_storagelimits"_s), qPrintable(words));
    QCOMPARE(consumed(), before);
    QCOMPARE(applied(), objects);
    QCOMPARE(state(), u"applied"_s);
}

// A creation whose end is not known may have left anything there.
void TstKubectlWorkloads::whatCannotBeTakenAwayNowGoesLater()
{
    const QStringList before = consumed();
    write(u"fail-apply"_s, "Unable to connect to the server: net/http: TLS handshake timeout\n");
    write(u"fail-delete"_s, "Unable to connect to the server: net/http: TLS handshake timeout\n");
    QVERIFY(!isGood(send(u"new"_s, texts(u"Deployment"_s))));
    QCOMPARE(configs().size(), 1);
    QCOMPARE(state(), u"removing"_s);
    QVERIFY(consumed() != before);
    erase(u"fail-apply"_s);
    erase(u"fail-delete"_s);
    QTRY_COMPARE_WITH_TIMEOUT(configs().size(), 0, 15'000);
    QCOMPARE(consumed(), before);
}

void TstKubectlWorkloads::aDeletionThatFailsGoesOn()
{
    const QStringList before = consumed();
    const QString id = made(texts(u"StatefulSet"_s));
    write(u"fail-delete"_s, "Unable to connect to the server: i/o timeout\n");
    QVERIFY(!isGood(send(u"delete"_s, {{u"id"_s, id}})));
    QCOMPARE(state(), u"removing"_s);
    QVERIFY(refusalOf(send(u"update"_s, changed(texts(u"StatefulSet"_s), id))).contains(u"正在删除"_s));
    m_http.reset();
    m_service->kill(); // goes on after a restart as well
    const QString kubectl = qEnvironmentVariable("KBOSS_SOURCE_DIR") + u"/tests/support/kubectl/kubectl"_s;
    QVERIFY(m_service->start(u"small"_s, {u"--kubectl"_s, kubectl}));
    m_http = std::make_unique<HttpClient>(m_service->url());
    QCOMPARE(state(), u"removing"_s);
    erase(u"fail-delete"_s);
    QTRY_COMPARE_WITH_TIMEOUT(configs().size(), 0, 15'000);
    QCOMPARE(consumed(), before);
    QVERIFY(!applied().keys().join(u' ').contains(id));
}

void TstKubectlWorkloads::bothAreHeldUntilTheClusterHasTheFormerAgain()
{
    Items items = texts(u"Deployment"_s);
    const QString id = made(items);
    const QStringList before = consumed();
    write(u"fail-apply"_s, "Unable to connect to the server: i/o timeout\n");
    items[u"source_replicasetnum"_s] = u"2"_s;
    items[u"source_memrate"_s] = u"1Gi"_s;
    QVERIFY(!isGood(send(u"update"_s, changed(items, id))));
    QCOMPARE(state(), u"applying"_s);
    QVERIFY(consumed() != before); // two of the larger ones
    QVERIFY(refusalOf(send(u"update"_s, changed(items, id))).contains(u"稍后再试"_s));
    QCOMPARE(configs().first()[u"source_replicasetnum"_s].toInt(), 1);
    erase(u"fail-apply"_s);
    QTRY_COMPARE_WITH_TIMEOUT(state(), u"applied"_s, 15'000);
    QCOMPARE(consumed(), before);
    QVERIFY(applied()[u"deployment/"_s + id + u"-deployment"_s].toString().contains(u"4Gi"_s));
}

void TstKubectlWorkloads::theCheckReckonsWithBoth_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("fits");
    QTest::newRow("less memory") << u"source_memrate"_s << u"1Gi"_s << true; // it stands where the former stood
    QTest::newRow("controller") << u"source_podengine"_s << u"StatefulSet"_s << false;
    QTest::newRow("model") << u"memory_model"_s << QString() << false; // that of the nodes
    QTest::newRow("port of another") << u"source_outsideport"_s << u"30333"_s << false;
}

// A configuration that takes more than half of the stock: for the check as for the change itself there is no room for two of it.
void TstKubectlWorkloads::theCheckReckonsWithBoth()
{
    QFETCH(const QString, field);
    QFETCH(const QString, text);
    QFETCH(const bool, fits);
    QVERIFY(!made(nodePort(u"30333"_s)).isEmpty());
    Items items = nodePort(u"30334"_s);
    const auto [gi, model] = largestWorker();
    const int most = gi * 3 / 4;
    const auto rooms = workerRooms();
    const auto large = std::count_if(rooms.begin(), rooms.end(), [most](const QJsonValue &room) { return room[u"memory_total"_s].toInt() >= most; });
    items[u"source_memrate"_s] = QString::number(most) + u"Gi"_s;
    items[u"source_replicasetnum"_s] = QString::number(large);
    const QString id = made(items);
    QVERIFY(!id.isEmpty());
    items[field] = field == u"memory_model"_s ? model : text;
    items.insert(u"id"_s, id);
    const QStringList before = consumed();
    const HttpAnswer checked = m_http->get(u"/dev/cpcc/cpcpodyaml/check_cpcpodyaml.dspy"_s, queryOf(items));
    QVERIFY2(isGood(checked), checked.body.constData());
    QVERIFY2(dataOf(checked)[u"fits"_s].toBool() == fits, checked.body.constData());
    QCOMPARE(consumed(), before);
    const HttpAnswer updated = send(u"update"_s, changed(items, id));
    QVERIFY2(isGood(updated) == fits, updated.body.constData());
    if (!fits)
        QVERIFY2(dataOf(checked)[u"reason"_s].toString().startsWith(refusalOf(updated)), checked.body.constData());
}

void TstKubectlWorkloads::anUpdateTakesTheMemoryModel()
{
    Items items = texts(u"Deployment"_s);
    const QString id = made(items);
    const QString model = largestWorker().second;
    items.insert(u"memory_model"_s, model);
    const HttpAnswer updated = send(u"update"_s, changed(items, id));
    QVERIFY2(isGood(updated), updated.body.constData());
    QCOMPARE(configs().first()[u"memory_model"_s].toString(), model);
    items[u"memory_model"_s] = u"HBM"_s;
    QVERIFY(refusalOf(send(u"update"_s, changed(items, id))).startsWith(u"没有可用节点"_s));
    items.remove(u"memory_model"_s); // left out: it stays
    QVERIFY(isGood(send(u"update"_s, changed(items, id))));
    QCOMPARE(configs().first()[u"memory_model"_s].toString(), model);
    items.insert(u"memory_model"_s, QString());
    QVERIFY(isGood(send(u"update"_s, changed(items, id))));
    QCOMPARE(configs().first()[u"memory_model"_s].toString(), QString());
}

void TstKubectlWorkloads::aMaskKeepsThePasswordOfTheOtherChange()
{
    write(u"apply-seconds"_s, "1");
    const QUrl url = m_service->url();
    const auto post = [url](const char *verb, const Items &items) {
        const std::string query = queryOf(items).toString(QUrl::FullyEncoded).toStdString();
        return std::jthread([query, verb, url] {
            httplib::Client own(url.host().toStdString(), url.port());
            own.set_read_timeout(30);
            own.Post(std::string("/dev/cpcc/cpcpodyaml/") + verb + "_cpcpodyaml.dspy?" + query);
        });
    };
    std::jthread creator = post("new", texts(u"Deployment"_s));
    QJsonArray rows;
    QTRY_VERIFY_WITH_TIMEOUT(!(rows = configs()).isEmpty(), 10'000);
    const QString id = rows.first()[u"id"_s].toString();
    Items masked = changed(texts(u"Deployment"_s), id), other = masked;
    other[u"source_authpasswd"_s] = u"a-new-one"_s;
    masked[u"source_authpasswd"_s] = u"******"_s;
    std::jthread first = post("update", other), second = post("update", masked);
    creator.join();
    first.join();
    second.join();
    const QString secret = applied()[u"secret/"_s + id + u"-auth"_s].toString();
    QVERIFY2(secret.contains(u"a-new-one"_s), qPrintable(secret));
}

void TstKubectlWorkloads::podsGoWhereThePaidModelIs()
{
    Items items = texts(u"Deployment"_s);
    QString model;
    const QJsonArray nodes =
        rowsOf(m_http->get(u"/dev/cpcc/cpcnode/get_cpcnode.dspy"_s, queryOf({{u"cpcid"_s, m_place[u"cpcid"_s]}, {u"rows"_s, u"200"_s}})));
    for (const QJsonValue &node : nodes) {
        if (node[u"clusterid"_s].toString() == m_place[u"clusterid"_s] && node[u"role"_s] == u"worker"_s)
            model = node[u"cpu_model"_s].toString();
    }
    QVERIFY(!model.isEmpty());
    items.insert(u"cpu_model"_s, model);
    const QString id = made(items);
    const QString object = applied()[u"deployment/"_s + id + u"-deployment"_s].toString();
    QVERIFY2(object.contains(u"kubernetes.io/hostname"_s), qPrintable(object));
    const QString node = configs().first()[u"pod_nodes"_s].toString();
    QVERIFY2(!node.isEmpty() && object.contains(node), qPrintable(object));
}

void TstKubectlWorkloads::anInstanceIsAsItsPodIs()
{
    const QString id = made(texts(u"Standalone"_s));
    {
        QSqlDatabase books = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"books"_s);
        books.setDatabaseName(m_service->database());
        QVERIFY(books.open());
        QSqlQuery insert(books);
        QVERIFY(insert.exec(u"INSERT INTO instance(id, seq, configid, productid, userid, orgid, price, duration, duration_unit, created_ms) "
                            "VALUES('mine', 999, '%1', '', '', 'o', '0', 0, '', 0)"_s.arg(id)));
        books.close();
    }
    QSqlDatabase::removeDatabase(u"books"_s);
    const auto status = [&] {
        const HttpAnswer answer = m_http->get(u"/k8cloud/user_get_instance.dspy"_s, queryOf({{u"customer_goods_id"_s, u"mine"_s}}));
        return answer.json()[u"data"_s][0][u"status"_s].toString();
    };
    const QByteArray pod = R"({"items":[{"kind":"Pod","metadata":{"name":"x","namespace":"n","labels":{"kboss-config":")" + id.toUtf8()
        + R"("}},"spec":{"containers":[{"name":"a"}]},"status":{"phase":"Running","containerStatuses":[{"name":"a","state":{"waiting":{"reason":")";
    write(u"pods.json"_s, pod + R"(CrashLoopBackOff"}}}]}}]})");
    QCOMPARE(status(), u"CrashLoopBackOff"_s);
    write(u"fail"_s, "Unable to connect to the server: i/o timeout\n");
    QCOMPARE(status(), u"Unknown"_s);
}

QTEST_GUILESS_MAIN(TstKubectlWorkloads)
#include "tst_kubectlworkloads.moc"
