#include "tests/support/kboss.h"
#include "tests/support/serviceprocess.h"
#include "tests/support/testcertificate.h"

#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>
#include <httplib.h>
#include <memory>
#include <thread>

using namespace Qt::StringLiterals;
using namespace kboss::test;

// Clusters, their jobs and back ends, against the real service in its own process.
class TestClusters : public QObject {
    Q_OBJECT

    std::unique_ptr<ServiceProcess> m_service;
    std::unique_ptr<HttpClient> m_http;
    QString m_center;
    QStringList m_idle;

    HttpAnswer get(const QString &path, const Items &items) { return m_http->get(u"/dev/cpcc/"_s + path, queryOf(items)); }
    HttpAnswer post(const QString &path, const Items &items)
    {
        return m_http->post(path.startsWith(u'/') ? path : u"/dev/cpcc/"_s + path, queryOf(items));
    }
    QJsonArray clusters() { return rowsOf(get(u"cpccluster/get_cpccluster.dspy"_s, {{u"cpcid"_s, m_center}})); }
    QJsonObject job(const QString &id)
    {
        return rowsOf(get(u"cpcjob/get_cpcjob.dspy"_s, {{u"cpcid"_s, m_center}, {u"id"_s, id}})).first().toObject();
    }
    QJsonArray workers(const QString &cluster)
    {
        return rowsOf(get(u"cpcworker/get_cpcworker.dspy"_s, {{u"cpcid"_s, m_center}, {u"clusterid"_s, cluster}}));
    }
    int readyOf(const QString &cluster) // -1 = there is none
    {
        for (const QJsonValue &row : clusters()) {
            if (row[u"id"_s] == cluster)
                return row[u"ready"_s].toInt();
        }
        return -1;
    }
    void inDatabase(const QString &sql) const
    {
        {
            QSqlDatabase books = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"books"_s);
            books.setDatabaseName(m_service->database());
            QVERIFY(books.open());
            QSqlQuery query(books);
            QVERIFY2(query.exec(sql), qPrintable(sql));
        }
        QSqlDatabase::removeDatabase(u"books"_s);
    }
    QString ended(const QString &id)
    {
        QElapsedTimer clock;
        clock.start();
        for (QJsonObject state = job(id); clock.elapsed() < 30'000; state = job(id)) {
            if (state[u"state"_s] == u"done"_s || state[u"state"_s] == u"failed"_s)
                return state[u"state"_s].toString() + state[u"message"_s].toString();
        }
        return u"never"_s;
    }
    HttpAnswer newCluster(const QString &name, const QString &node)
    {
        return post(u"cpccluster/new_cluster.dspy"_s,
                    {{u"cpcid"_s, m_center},
                     {u"ctl_nodeid"_s, node},
                     {u"cluster_type"_s, u"0"_s},
                     {u"cluster_name"_s, name},
                     {u"enable_date"_s, u"2026-01-01"_s},
                     {u"export_date"_s, u"2028-01-01"_s}});
    }
    void start(const QString &seconds)
    {
        const QString kubectl = qEnvironmentVariable("KBOSS_SOURCE_DIR") + u"/tests/support/kubectl/kubectl"_s;
        QVERIFY2(m_service->start(u"small"_s, {u"--job-seconds"_s, seconds, u"--kubectl"_s, kubectl}), qPrintable(m_service->errorText()));
        m_http = std::make_unique<HttpClient>(m_service->url());
        m_center = rowsOf(get(u"cpclist/get_cpclist.dspy"_s, {})).first().toObject()[u"id"_s].toString();
        m_idle.clear();
        for (const QJsonValue &node : get(u"cpcnode/get_cpcidle_device.dspy"_s, {{u"cpcid"_s, m_center}}).json()[u"data"_s].toArray())
            m_idle << node.toObject()[u"id"_s].toString();
    }
    static QString kubeconfigWith(const QString &token)
    {
        return u"{apiVersion: v1, kind: Config, clusters: [{name: l, cluster: {server: 'https://127.0.0.1:6443'}}], users: [{name: a, user: {token: "_s
            + token + u"}}], contexts: [{name: l, context: {cluster: l, user: a}}], current-context: l}"_s;
    }
    static Items daemonTexts(const QString &cluster)
    {
        return {{u"clusterid"_s, cluster},
                {u"source_name"_s, u"agent"_s},
                {u"source_podengine"_s, u"DaemonSet"_s},
                {u"instance_type"_s, u"LinuxOS"_s},
                {u"pod_imagepath"_s, u"docker.io/library/ubuntu:22.04"_s},
                {u"source_replicasetnum"_s, u"1"_s},
                {u"source_cpurate"_s, u"1"_s},
                {u"source_memrate"_s, u"1Gi"_s},
                {u"source_gpu"_s, u"0"_s},
                {u"source_storagelimits"_s, u"10Gi"_s},
                {u"source_mountpath"_s, u"/mnt/data"_s},
                {u"source_authuser"_s, u"root"_s},
                {u"source_authpasswd"_s, u"secret"_s},
                {u"source_portmode"_s, u"LoadBalancer"_s},
                {u"source_apiport"_s, u"80"_s},
                {u"source_insideport"_s, u"80"_s},
                {u"source_outsideport"_s, u"30000"_s},
                {u"source_restartpolicy"_s, u"Always"_s},
                {u"source_selflabel"_s, u"app:agent"_s}};
    }
    QString statusOf(const QString &node)
    {
        for (const QJsonValue &row : rowsOf(get(u"cpcnode/get_cpcnode.dspy"_s, {{u"cpcid"_s, m_center}, {u"rows"_s, u"200"_s}}))) {
            if (row.toObject()[u"id"_s] == node)
                return row.toObject()[u"node_status"_s].toString() + row.toObject()[u"role"_s].toString();
        }
        return u"gone"_s;
    }

private Q_SLOTS:
    void init()
    {
        m_service = std::make_unique<ServiceProcess>();
        qputenv("FAKE_KUBECTL_STATE", m_service->folder().toUtf8());
        start(u"0"_s);
    }
    void cleanup()
    {
        m_http.reset();
        m_service.reset();
    }

    void onlyNameAndDatesCanBeChanged()
    {
        const QJsonObject cluster = clusters().first().toObject();
        const Items same{{u"cpcid"_s, m_center}, {u"id"_s, cluster[u"id"_s].toString()}};
        const auto update = [&](const Items &more) {
            Items items = same;
            items.insert(more);
            return post(u"cpccluster/update_cpccluster.dspy"_s, items);
        };
        QVERIFY(isGood(update({{u"name"_s, u"新名字"_s}, {u"export_date"_s, u"2031-01-01"_s}})));
        QCOMPARE(clusters().first().toObject()[u"name"_s].toString(), u"新名字"_s);
        QCOMPARE(clusters().first().toObject()[u"export_date"_s].toString(), u"2031-01-01"_s);
        QVERIFY(refusalOf(update({{u"controllerid"_s, u"x"_s}})).contains(u"controllerid"_s));
        QVERIFY(refusalOf(update({{u"cluster_type"_s, u"1"_s}})).contains(u"cluster_type"_s));
        QVERIFY(refusalOf(update({{u"clusterjoin"_s, u"x"_s}})).contains(u"clusterjoin"_s));
        QVERIFY(isGood(update({{u"clusterjoin"_s, cluster[u"clusterjoin"_s].toString()}}))); // unchanged is no change
        QVERIFY(refusalOf(update({{u"name"_s, clusters().last().toObject()[u"name"_s].toString()}})).contains(u"name"_s));
    }

    // What pages show first has something to show.
    void theSamplesFirstCenterSells()
    {
        QJsonArray centers = m_http->get(u"/provider/get_cpcc_provider.dspy"_s).json()[u"data"_s].toArray();
        QJsonObject first;
        for (const QJsonValue &center : centers) {
            const bool has = !rowsOf(get(u"cpccluster/get_cpccluster.dspy"_s, {{u"cpcid"_s, center[u"cpccid"_s].toString()}})).isEmpty();
            if (has && (first.isEmpty() || center[u"cpccname"_s].toString() < first[u"cpccname"_s].toString()))
                first = center.toObject();
        }
        QVERIFY2(first[u"provider_convert_state"_s].toBool(), qPrintable(first[u"cpccname"_s].toString()));
        const QJsonArray own = rowsOf(get(u"cpccluster/get_cpccluster.dspy"_s, {{u"cpcid"_s, first[u"cpccid"_s].toString()}}));
        const QJsonArray products = rowsOf(m_http->get(u"/provider/cpcc_kehu_kan_chanpin.dspy"_s,
                                                       queryOf({{u"clusterid"_s, own.first()[u"id"_s].toString()},
                                                                {u"duration"_s, u"1"_s},
                                                                {u"duration_unit"_s, u"月"_s},
                                                                {u"domain_url"_s, u"https://console.example.com"_s},
                                                                {u"resource_type"_s, u"all"_s}})));
        QCOMPARE(products.size(), 2); // one to put together, and one with its price
        QVERIFY(products.last()[u"price"_s].toDouble() > 0);
    }

    // Somebody's pod configuration came meanwhile: the cluster stays, whole and open, and goes at the next try.
    void aFailedRemovalLeavesTheClusterReady()
    {
        const HttpAnswer made = newCluster(u"装机"_s, m_idle[0]);
        QCOMPARE(ended(dataOf(made)[u"jobid"_s].toString()), u"done"_s);
        const QString cluster = dataOf(made)[u"clusterid"_s].toString();
        m_http.reset();
        m_service->kill();
        start(u"5"_s);
        const Items place{{u"cpcid"_s, m_center}, {u"clusterid"_s, cluster}};
        const qsizetype members = workers(cluster).size();
        const auto remove = [&] { return post(u"/computing/cpcluster_delete.dspy"_s, {{u"id"_s, cluster}}); };
        const HttpAnswer started = remove();
        QVERIFY2(isGood(started), started.body.constData());
        QCOMPARE(readyOf(cluster), 0);
        inDatabase(u"INSERT INTO podconfig(id, seq, cpcid, clusterid, orgid, username, state, fields, auth_password, created_ms, updated_ms) "
                   "VALUES('late', 9999, '%1', '%2', 'o', 'u', 'applied', '{}', '', 0, 0)"_s.arg(m_center, cluster));
        QVERIFY(ended(dataOf(started)[u"jobid"_s].toString()).startsWith(u"failed集群里有 1 个"_s));
        QCOMPARE(readyOf(cluster), 1);
        QCOMPARE(workers(cluster).size(), members);
        inDatabase(u"DELETE FROM podconfig WHERE id = 'late'"_s);
        const HttpAnswer again = remove();
        QVERIFY2(isGood(again), again.body.constData());
        QCOMPARE(ended(dataOf(again)[u"jobid"_s].toString()), u"done"_s);
        QCOMPARE(readyOf(cluster), -1);
    }

    void installsJoinsAndFreesNodes()
    {
        const HttpAnswer made = newCluster(u"装机"_s, m_idle[0]);
        QVERIFY2(isGood(made), made.body.constData());
        QCOMPARE(statusOf(m_idle[0]), u"1master"_s);
        QVERIFY(!refusalOf(newCluster(u"再装"_s, m_idle[0])).isEmpty()); // no longer idle
        QCOMPARE(ended(dataOf(made)[u"jobid"_s].toString()), u"done"_s);
        const QString cluster = dataOf(made)[u"clusterid"_s].toString();
        QJsonObject row = clusters().last().toObject();
        QCOMPARE(row[u"ready"_s].toInt(), 1);
        QVERIFY(row[u"clusterjoin"_s].toString().startsWith(u"kubeadm join"_s));
        const Items place{{u"cpcid"_s, m_center}, {u"clusterid"_s, cluster}};
        Items join = place;
        join.insert(u"worker_nodeid"_s, m_idle[1]);
        const HttpAnswer joined = post(u"cpcworker/new_cpcworker.dspy"_s, join);
        QVERIFY2(isGood(joined), joined.body.constData());
        QCOMPARE(ended(dataOf(joined)[u"jobid"_s].toString()), u"done"_s);
        QCOMPARE(workers(cluster).size(), 2);
        QString worker, control;
        for (const QJsonValue &value : workers(cluster))
            (value[u"node_role"_s] == u"工作节点"_s ? worker : control) = value[u"node_name"_s].toString();
        Items remove = place;
        remove.insert(u"worker_node"_s, control);
        QVERIFY(!refusalOf(post(u"cpcworker/delete_cpcworker.dspy"_s, remove)).isEmpty());
        remove[u"worker_node"_s] = worker;
        QCOMPARE(ended(dataOf(post(u"cpcworker/delete_cpcworker.dspy"_s, remove))[u"jobid"_s].toString()), u"done"_s);
        QCOMPARE(statusOf(m_idle[1]), u"0"_s);
        const HttpAnswer removed = post(u"/computing/cpcluster_delete.dspy"_s, {{u"id"_s, cluster}});
        QCOMPARE(ended(dataOf(removed)[u"jobid"_s].toString()), u"done"_s);
        QCOMPARE(statusOf(m_idle[0]), u"0"_s);
    }

    // One on every worker: a node that joins gets it, one that leaves is not held by it.
    void aDaemonFollowsTheNodes()
    {
        const HttpAnswer made = newCluster(u"守护"_s, m_idle[0]);
        QCOMPARE(ended(dataOf(made)[u"jobid"_s].toString()), u"done"_s);
        const Items place{{u"cpcid"_s, m_center}, {u"clusterid"_s, dataOf(made)[u"clusterid"_s].toString()}};
        const auto join = [&](const QString &node) {
            Items items = place;
            items.insert(u"worker_nodeid"_s, node);
            return ended(dataOf(post(u"cpcworker/new_cpcworker.dspy"_s, items))[u"jobid"_s].toString());
        };
        QCOMPARE(join(m_idle[1]), u"done"_s);
        const HttpAnswer config = post(u"cpcpodyaml/new_cpcpodyaml.dspy"_s, daemonTexts(place[u"clusterid"_s]));
        QVERIFY2(isGood(config), config.body.constData());
        const auto hosts = [&] {
            return rowsOf(get(u"cpcpodyaml/get_cpcpodyaml.dspy"_s, place)).first()[u"pod_nodes"_s].toString().split(u", "_s, Qt::SkipEmptyParts);
        };
        QCOMPARE(hosts().size(), 1);
        const QString first = hosts().first();
        QCOMPARE(join(m_idle[2]), u"done"_s);
        QCOMPARE(hosts().size(), 2);
        const QString second = hosts().first() == first ? hosts().last() : hosts().first();
        Items drain = place;
        drain.insert({{u"worker_node"_s, second}, {u"state"_s, u"cordon"_s}, {u"darin"_s, u"true"_s}});
        QVERIFY(isGood(post(u"cpcworker/switch_cpcworker.dspy"_s, drain)));
        QCOMPARE(hosts().size(), 2); // a daemon stays on a drained node
        Items remove = place;
        remove.insert(u"worker_node"_s, second);
        const HttpAnswer removed = post(u"cpcworker/delete_cpcworker.dspy"_s, remove);
        QVERIFY2(isGood(removed), removed.body.constData());
        QCOMPARE(ended(dataOf(removed)[u"jobid"_s].toString()), u"done"_s);
        QCOMPARE(hosts(), QStringList{first});
    }

    void aJobGoesOnAfterTheServiceWasKilled()
    {
        m_service->stop();
        start(u"3"_s);
        const HttpAnswer made = newCluster(u"断电"_s, m_idle[0]);
        const QString id = dataOf(made)[u"jobid"_s].toString();
        QTRY_VERIFY_WITH_TIMEOUT(job(id)[u"step"_s].toInt() >= 2, 10'000);
        const int before = job(id)[u"step"_s].toInt();
        m_service->kill();
        start(u"3"_s);
        QVERIFY(job(id)[u"step"_s].toInt() >= before);
        QVERIFY(job(id)[u"percent"_s].toInt() < 100);
        QCOMPARE(ended(id), u"done"_s);
        QCOMPARE(clusters().last().toObject()[u"ready"_s].toInt(), 1);
    }

    // What a console asks when it starts: is anything under way, in any center?
    void openJobsOfAllCentersAreListed()
    {
        m_service->stop();
        start(u"3"_s);
        const auto open = [this](const Items &items) { return rowsOf(get(u"cpcjob/get_cpcjob.dspy"_s, items)); };
        QVERIFY(open({{u"open"_s, u"1"_s}}).isEmpty());
        const QString id = dataOf(newCluster(u"没关门"_s, m_idle[0]))[u"jobid"_s].toString();
        const QJsonArray running = open({{u"open"_s, u"1"_s}});
        QCOMPARE(running.size(), 1);
        QCOMPARE(running.first()[u"id"_s].toString(), id);
        QCOMPARE(running.first()[u"cpcid"_s].toString(), m_center);
        QCOMPARE(ended(id), u"done"_s);
        QVERIFY(open({{u"open"_s, u"1"_s}}).isEmpty());
        QCOMPARE(open({{u"id"_s, id}}).size(), 1);
        QVERIFY(open({}).size() >= 1);
        QVERIFY(!isGood(get(u"cpcjob/get_cpcjob.dspy"_s, {{u"open"_s, u"2"_s}})));
        QVERIFY(!isGood(get(u"cpcjob/get_cpcjob.dspy"_s, {{u"cpcid"_s, u"no-such-center"_s}})));
    }

    void aClusterBeingRemovedIsSaidSo()
    {
        const HttpAnswer made = newCluster(u"拆除"_s, m_idle[0]);
        QCOMPARE(ended(dataOf(made)[u"jobid"_s].toString()), u"done"_s);
        QCOMPARE(clusters().last().toObject()[u"cluster_state"_s].toString(), u"ready"_s);
        m_service->stop();
        start(u"60"_s);
        QVERIFY(isGood(post(u"/computing/cpcluster_delete.dspy"_s, {{u"id"_s, dataOf(made)[u"clusterid"_s].toString()}})));
        const QJsonObject row = clusters().last().toObject();
        QCOMPARE(row[u"cluster_state"_s].toString(), u"removing"_s);
        QCOMPARE(row[u"ready_text"_s].toString(), u"正在移除"_s);
    }

    void onlyWhatANodeCarriesIsTakenOff()
    {
        const QString cluster = clusters().first().toObject()[u"id"_s].toString(), worker = workers(cluster).last()[u"node_name"_s].toString();
        const auto turn = [&](const QString &label, const QString &opt) {
            return post(u"cpclabel/setup_cpclabel.dspy"_s,
                        {{u"cpcid"_s, m_center}, {u"clusterid"_s, cluster}, {u"worker_node"_s, worker}, {u"label"_s, label}, {u"opt"_s, opt}});
        };
        const auto carried = [&] { return QJsonDocument(workers(cluster)).toJson().contains("shelf=b2"); };
        QVERIFY(isGood(turn(u"shelf=b2"_s, u"label"_s)));
        QVERIFY(refusalOf(turn(u"shelf=nowhere"_s, u"unlabel"_s)).contains(u"label"_s));
        QVERIFY(carried());
        QVERIFY(refusalOf(turn(u"kubernetes.io/os=x"_s, u"label"_s)).contains(u"kubernetes.io"_s));
        QVERIFY(isGood(turn(u"shelf=b2"_s, u"unlabel"_s)));
        QVERIFY(!carried());
    }

    void podsMove() // that they are the same at the same moment: tst_simulatedpods
    {
        const QString cluster = clusters().first().toObject()[u"id"_s].toString();
        const auto pods = [&] { return rowsOf(get(u"cpcpod/get_cpcpod.dspy"_s, {{u"cpcid"_s, m_center}, {u"clusterid"_s, cluster}})); };
        const QJsonArray first = pods();
        QVERIFY(first.size() > 150);
        QSet<QString> phases, keys;
        for (const QJsonValue &pod : first) {
            phases << pod[u"pod_running"_s].toString();
            keys << pod[u"pod_id"_s].toString();
        }
        QCOMPARE(keys.size(), first.size());
        QVERIFY(phases.contains(u"Running"_s));
        const auto usage = [](const QJsonArray &rows) {
            QStringList all;
            for (const QJsonValue &pod : rows)
                all << pod[u"pod_cpurate"_s].toString();
            return all;
        };
        QTRY_VERIFY_WITH_TIMEOUT(usage(pods()) != usage(first), 15'000);
    }

    void theCertificateOfAnImportIsWatched()
    {
        const kboss::TestCertificate made = kboss::TestCertificate::make(); // for a day
        const auto coded = [](const QByteArray &pem) { return QString::fromLatin1(pem.toBase64()); };
        const QString kubeconfig =
            u"{apiVersion: v1, kind: Config, clusters: [{name: l, cluster: {server: 'https://127.0.0.1:6443'}}], users: [{name: a, user: "
            "{client-certificate-data: %1, client-key-data: %2}}], contexts: [{name: l, context: {cluster: l, user: a}}], current-context: l}"_s.arg(
                coded(made.certificate.toPem()), coded(made.key.toPem()));
        const QUrlQuery query = queryOf(
            {{u"cpcid"_s, m_center}, {u"cluster_name"_s, u"有证书"_s}, {u"enable_date"_s, u"2026-01-01"_s}, {u"export_date"_s, u"2028-01-01"_s}});
        const HttpAnswer taken =
            m_http->post(u"/dev/cpcc/cpccluster/import_cluster.dspy"_s, query, QJsonDocument(QJsonObject{{u"kubeconfig"_s, kubeconfig}}).toJson());
        QVERIFY2(isGood(taken), taken.body.constData());
        QCOMPARE(clusters().last().toObject()[u"certificate_date"_s].toString(), made.certificate.expiryDate().toUTC().date().toString(Qt::ISODate));
        const QString id = dataOf(taken)[u"id"_s].toString();
        QVERIFY(isGood(post(u"/computing/cpcluster_delete.dspy"_s, {{u"id"_s, id}})));
        QTRY_COMPARE_WITH_TIMEOUT(readyOf(id), -1, 20'000);
    }

    void kubectlClusterIsReadAndChanged()
    {
        const QByteArray kubeconfig =
            "{apiVersion: v1, kind: Config, clusters: [{name: l, cluster: {server: 'https://127.0.0.1:6443'}}], users: [{name: a, user: "
            "{token: very-secret-token}}], contexts: [{name: l, context: {cluster: l, user: a}}], current-context: l}";
        QUrlQuery query = queryOf(
            {{u"cpcid"_s, m_center}, {u"cluster_name"_s, u"真集群"_s}, {u"enable_date"_s, u"2026-01-01"_s}, {u"export_date"_s, u"2028-01-01"_s}});
        const QByteArray body = QJsonDocument(QJsonObject{{u"kubeconfig"_s, QString::fromUtf8(kubeconfig)}}).toJson();
        const HttpAnswer taken = m_http->post(u"/dev/cpcc/cpccluster/import_cluster.dspy"_s, query, body);
        QVERIFY2(isGood(taken), taken.body.constData());
        const QString cluster = dataOf(taken)[u"id"_s].toString();
        QCOMPARE(workers(cluster).size(), 4);
        QCOMPARE(clusters().last().toObject()[u"backend"_s].toString(), u"kubectl"_s);
        const Items place{{u"cpcid"_s, m_center}, {u"clusterid"_s, cluster}};
        const auto turn = [&](const QString &node, const QString &state, bool drain) {
            Items items = place;
            items.insert({{u"worker_node"_s, node}, {u"state"_s, state}, {u"darin"_s, drain ? u"true"_s : u"false"_s}});
            return post(u"cpcworker/switch_cpcworker.dspy"_s, items);
        };
        QVERIFY(isGood(turn(u"worker-3"_s, u"cordon"_s, false)));
        QCOMPARE(workers(cluster).last()[u"node_status"_s].toString(), u"已停止调度"_s);
        QVERIFY(isGood(turn(u"worker-3"_s, u"cordon"_s, true)));
        QVERIFY(
            refusalOf(turn(u"worker-2"_s, u"cordon"_s, true)).contains(u"cannot delete Pods that declare no controller"_s)); // kubectl's own words
        QVERIFY(refusalOf(turn(u"nope"_s, u"cordon"_s, false)).contains(u"not found"_s));
        QVERIFY(refusalOf(turn(u"--all"_s, u"cordon"_s, false)).contains(u"worker_node"_s)); // no option can be smuggled in
        Items bind = place;
        bind.insert({{u"label"_s, u"zone=b7"_s}, {u"worker_node"_s, u"worker-1"_s}, {u"opt"_s, u"label"_s}});
        QVERIFY(isGood(post(u"cpclabel/setup_cpclabel.dspy"_s, bind)));
        QVERIFY(QJsonDocument(workers(cluster)).toJson().contains("zone=b7"));
        const QJsonArray pods = rowsOf(get(u"cpcpod/get_cpcpod.dspy"_s, place));
        QVERIFY(pods.size() >= 8);
        QCOMPARE(pods.first()[u"pod_cpurate"_s].toString(), u"未知"_s); // no metrics server
        QFile log(m_service->folder() + u"/calls.log"_s);
        QVERIFY(log.open(QIODevice::ReadOnly));
        const QByteArray calls = log.readAll();
        QVERIFY(!calls.contains("very-secret-token"));
        for (const QByteArray &line : calls.split('\n')) {
            const QJsonObject call = QJsonDocument::fromJson(line).object();
            QVERIFY2(call.isEmpty() || call[u"kubeconfig"_s].toString().startsWith(u"/proc/self/fd/"_s), line.constData()); // on no disk
            QVERIFY2(call.isEmpty() || call[u"mode"_s] == u"0o400"_s, line.constData());
        }
    }

    // Killed in the middle of a call it leaves the credentials nowhere.
    void aKilledServiceLeavesNoKubeconfig()
    {
        m_service->stop();
        const QString temporary = m_service->folder() + u"/temporary"_s;
        QVERIFY(QDir().mkpath(temporary));
        const QByteArray before = qgetenv("TMPDIR");
        qputenv("TMPDIR", temporary.toUtf8());
        start(u"0"_s);
        qputenv("TMPDIR", before.isEmpty() ? QByteArray("/tmp") : before);
        QFile slow(m_service->folder() + u"/slow"_s);
        QVERIFY(slow.open(QIODevice::WriteOnly));
        slow.close();
        const QByteArray body = QJsonDocument(QJsonObject{{u"kubeconfig"_s, kubeconfigWith(u"a-very-secret-token"_s)}}).toJson();
        const QUrl url = m_service->url();
        std::jthread caller([&] {
            httplib::Client client(url.host().toStdString(), url.port());
            const QUrlQuery query = queryOf(
                {{u"cpcid"_s, m_center}, {u"cluster_name"_s, u"慢"_s}, {u"enable_date"_s, u"2026-01-01"_s}, {u"export_date"_s, u"2028-01-01"_s}});
            client.Post("/dev/cpcc/cpccluster/import_cluster.dspy?" + query.toString(QUrl::FullyEncoded).toStdString(), body.toStdString(),
                        "application/json");
        });
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(m_service->folder() + u"/calls.log"_s), 10'000);
        m_service->kill();
        caller.join();
        QDirIterator files(m_service->folder(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY2(!file.open(QIODevice::ReadOnly) || !file.readAll().contains("a-very-secret-token"), qPrintable(file.fileName()));
        }
    }

    void aClusterThatDoesNotAnswerIsSaidSo()
    {
        QFile fail(m_service->folder() + u"/fail"_s);
        QVERIFY(fail.open(QIODevice::WriteOnly));
        fail.write("The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?\n");
        fail.close();
        const QByteArray body =
            R"({"kubeconfig":"{apiVersion: v1, kind: Config, clusters: [{name: l, cluster: {server: 'https://127.0.0.1:1'}}], users: [{name: a, user: {token: t}}], contexts: [{name: l, context: {cluster: l, user: a}}], current-context: l}"})";
        const HttpAnswer taken = m_http->post(
            u"/dev/cpcc/cpccluster/import_cluster.dspy"_s,
            queryOf(
                {{u"cpcid"_s, m_center}, {u"cluster_name"_s, u"断网"_s}, {u"enable_date"_s, u"2026-01-01"_s}, {u"export_date"_s, u"2028-01-01"_s}}),
            body);
        QCOMPARE(taken.status, 503);
        QVERIFY(taken.json()[u"msg"_s].toString().contains(u"was refused"_s));
        for (const QJsonValue &row : clusters())
            QVERIFY(row[u"name"_s] != u"断网"_s); // nothing was stored
    }
};

QTEST_GUILESS_MAIN(TestClusters)
#include "tst_clusters.moc"
