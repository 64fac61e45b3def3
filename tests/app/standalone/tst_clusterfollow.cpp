#include "tests/support/kubectlcluster.h"

#include <QElapsedTimer>
#include <QTest>
#include <memory>

using namespace Qt::StringLiterals;
using namespace kboss::test;

// The books of a cluster that kubectl speaks to: they say what the cluster says, whoever changed it, and nothing is done to it that they could not
// follow.
class TstClusterFollow : public QObject {
    Q_OBJECT

    std::unique_ptr<ServiceProcess> m_service;
    std::unique_ptr<HttpClient> m_http;
    Items m_place;
    QStringList m_hosts; // workers that are members

    Items with(const Items &more) const
    {
        Items items = m_place;
        items.insert(more);
        return items;
    }
    HttpAnswer post(const QString &path, const Items &items) { return m_http->post(u"/dev/cpcc/"_s + path, queryOf(items)); }
    HttpAnswer get(const QString &path, const Items &items) { return m_http->get(u"/dev/cpcc/"_s + path, queryOf(items)); }
    HttpAnswer turn(const QString &host, const QString &state, bool drain = false)
    {
        return post(u"cpcworker/switch_cpcworker.dspy"_s,
                    with({{u"worker_node"_s, host}, {u"state"_s, state}, {u"darin"_s, drain ? u"true"_s : u"false"_s}}));
    }
    HttpAnswer label(const QString &host, const QString &text, const QString &opt)
    {
        return post(u"cpclabel/setup_cpclabel.dspy"_s, with({{u"worker_node"_s, host}, {u"label"_s, text}, {u"opt"_s, opt}}));
    }
    HttpAnswer create(const QString &selector = {})
    {
        Items items = configTexts(m_place[u"clusterid"_s], u"Deployment"_s);
        if (!selector.isEmpty())
            items.insert(u"source_nodeselector"_s, selector);
        return post(u"cpcpodyaml/new_cpcpodyaml.dspy"_s, items);
    }
    QString placeOf(const HttpAnswer &config)
    {
        for (const QJsonValue &row : rowsOf(get(u"cpcpodyaml/get_cpcpodyaml.dspy"_s, m_place))) {
            if (row[u"id"_s] == dataOf(config)[u"id"_s])
                return row[u"pod_nodes"_s].toString();
        }
        return u"gone"_s;
    }
    QJsonArray look() { return rowsOf(get(u"cpcworker/get_cpcworker.dspy"_s, m_place)); }
    QJsonObject clusterRow()
    {
        for (const QJsonValue &row : rowsOf(get(u"cpccluster/get_cpccluster.dspy"_s, {{u"cpcid"_s, m_place[u"cpcid"_s]}}))) {
            if (row[u"id"_s] == m_place[u"clusterid"_s])
                return row.toObject();
        }
        return {};
    }
    // As somebody else changes the cluster; a null object takes the node away.
    template <class Change> void changeNode(const QString &host, Change change) const
    {
        QFile file(m_service->folder() + u"/nodes.json"_s);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QJsonObject list = QJsonDocument::fromJson(file.readAll()).object();
        QJsonArray left;
        for (const QJsonValue &node : list[u"items"_s].toArray()) {
            const bool wanted = node[u"metadata"_s][u"name"_s] == host;
            const QJsonObject made = wanted ? change(node.toObject()) : node.toObject();
            if (!made.isEmpty())
                left << made;
        }
        list[u"items"_s] = left;
        m_service->writeFile(u"nodes.json"_s, QJsonDocument(list).toJson());
    }
    QJsonObject nodeInCluster(const QString &host) const
    {
        QFile file(m_service->folder() + u"/nodes.json"_s);
        QJsonObject found;
        if (file.open(QIODevice::ReadOnly)) {
            for (const QJsonValue &node : QJsonDocument::fromJson(file.readAll()).object()[u"items"_s].toArray())
                found = node[u"metadata"_s][u"name"_s] == host ? node.toObject() : found;
        }
        return found;
    }
    static QJsonObject cordonedNode(QJsonObject node)
    {
        QJsonObject spec = node[u"spec"_s].toObject();
        spec[u"unschedulable"_s] = true;
        node[u"spec"_s] = spec;
        return node;
    }
    QJsonObject job(const QString &id)
    {
        return rowsOf(get(u"cpcjob/get_cpcjob.dspy"_s, {{u"cpcid"_s, m_place[u"cpcid"_s]}, {u"id"_s, id}})).first().toObject();
    }
    QString ended(const HttpAnswer &started)
    {
        const QString id = dataOf(started)[u"jobid"_s].toString();
        QElapsedTimer clock;
        clock.start();
        for (QJsonObject state = job(id); clock.elapsed() < 30'000; state = job(id)) {
            if (state[u"state"_s] == u"done"_s || state[u"state"_s] == u"failed"_s)
                return state[u"state"_s].toString() + state[u"message"_s].toString();
        }
        return u"never"_s;
    }
    HttpAnswer removeWorker(const QString &host)
    {
        return post(u"cpcworker/delete_cpcworker.dspy"_s, with({{u"worker_node"_s, host}, {u"force"_s, u"true"_s}}));
    }
    bool start() { return m_service->start(u"small"_s, {u"--job-seconds"_s, u"0"_s, u"--kubectl"_s, scriptedKubectl()}); }

private Q_SLOTS:
    void init()
    {
        m_service = std::make_unique<ServiceProcess>();
        qputenv("FAKE_KUBECTL_STATE", m_service->folder().toUtf8());
        QVERIFY2(start(), qPrintable(m_service->errorText()));
        m_http = std::make_unique<HttpClient>(m_service->url());
        m_place = importedCluster(*m_service, *m_http);
        QVERIFY(!m_place.isEmpty());
        m_hosts.clear();
        for (const QJsonValue &worker : look()) {
            if (worker[u"node_role"_s] == u"工作节点"_s)
                m_hosts << worker[u"node_name"_s].toString();
        }
        QVERIFY(m_hosts.size() >= 2);
    }
    void cleanup()
    {
        m_http.reset();
        m_service.reset();
    }

    void cordonsOfBothSidesCount()
    {
        for (const QString &host : std::as_const(m_hosts))
            QVERIFY(isGood(turn(host, u"cordon"_s)));
        QVERIFY(!isGood(create())); // nothing could be scheduled there
        QVERIFY(isGood(turn(m_hosts.first(), u"uncordon"_s)));
        const HttpAnswer config = create();
        QVERIFY2(isGood(config), config.body.constData());
        QCOMPARE(placeOf(config), m_hosts.first());
        changeNode(m_hosts.first(), cordonedNode);
        look();
        QVERIFY(!isGood(create()));
    }

    void labelsOfBothSidesCount()
    {
        QVERIFY(!isGood(create(u"zone=b7"_s)));
        QVERIFY(isGood(label(m_hosts.first(), u"zone=b7"_s, u"label"_s)));
        const HttpAnswer config = create(u"zone=b7"_s);
        QVERIFY2(isGood(config), config.body.constData());
        QCOMPARE(placeOf(config), m_hosts.first());
        changeNode(m_hosts.last(), [](QJsonObject node) {
            QJsonObject metadata = node[u"metadata"_s].toObject(), labels = metadata[u"labels"_s].toObject();
            labels[u"rack"_s] = u"r9"_s;
            metadata[u"labels"_s] = labels;
            node[u"metadata"_s] = metadata;
            return node;
        });
        look();
        QCOMPARE(placeOf(create(u"rack=r9"_s)), m_hosts.last());
    }

    void onlyWhatANodeCarriesIsTakenOff()
    {
        QVERIFY(isGood(label(m_hosts.first(), u"zone=b2"_s, u"label"_s)));
        QVERIFY(refusalOf(label(m_hosts.first(), u"zone=nowhere"_s, u"unlabel"_s)).contains(u"label"_s));
        QVERIFY(isGood(create(u"zone=b2"_s)));
        QVERIFY(refusalOf(label(m_hosts.first(), u"kubernetes.io/hostname=x"_s, u"label"_s)).contains(u"kubernetes.io"_s));
        QVERIFY(refusalOf(label(m_hosts.first(), u"node-role.kubernetes.io/worker=x"_s, u"label"_s)).contains(u"kubernetes.io"_s));
        QVERIFY(isGood(label(m_hosts.first(), u"zone=b2"_s, u"unlabel"_s)));
        QVERIFY(!isGood(create(u"zone=b2"_s)));
    }

    void whoJoinsAndWhoIsGone()
    {
        QJsonObject last = nodeInCluster(m_hosts.last());
        changeNode(m_hosts.last(), [](const QJsonObject &) { return QJsonObject(); });
        const auto idle = [&] { return idleAddresses(*m_http, m_place[u"cpcid"_s]).size(); };
        const qsizetype before = idle();
        look();
        QCOMPARE(idle(), before + 1);
        QFile file(m_service->folder() + u"/nodes.json"_s);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QJsonObject list = QJsonDocument::fromJson(file.readAll()).object();
        QJsonArray items = list[u"items"_s].toArray();
        items << last;
        list[u"items"_s] = items;
        m_service->writeFile(u"nodes.json"_s, QJsonDocument(list).toJson());
        look();
        QCOMPARE(idle(), before);
        for (const QString &host : std::as_const(m_hosts)) {
            if (host != m_hosts.last())
                QVERIFY(isGood(turn(host, u"cordon"_s)));
        }
        QCOMPARE(placeOf(create()), m_hosts.last()); // with its stock
    }

    // Usage of nodes and pods from the metrics server, joined by name; what it does not know stays unknown.
    void usageComesFromTheMetricsServer()
    {
        m_service->writeFile(u"metrics-nodes.json"_s,
                             R"({"kind":"NodeMetricsList","items":[
                                 {"metadata":{"name":"worker-1"},"usage":{"cpu":"2000m","memory":"8192389Ki"}},
                                 {"metadata":{"name":"worker-2"},"usage":{"cpu":"500000000n","memory":"1Gi"}},
                                 {"metadata":{"name":"of-another-cluster"},"usage":{"cpu":"8","memory":"1Gi"}}]})");
        m_service->writeFile(u"metrics-pods.json"_s,
                             R"({"kind":"PodMetricsList","items":[
                                 {"metadata":{"name":"db-0","namespace":"demo"},"containers":[{"usage":{"cpu":"12500000n","memory":"96Mi"}},{"usage":{"cpu":"1m","memory":"512Ki"}}]},
                                 {"metadata":{"name":"migrate-jkrch","namespace":"elsewhere"},"containers":[{"usage":{"cpu":"1","memory":"1Gi"}}]}]})");
        QHash<QString, QJsonObject> nodes, pods;
        for (const QJsonValue &row : look())
            nodes.insert(row[u"node_name"_s].toString(), row.toObject());
        for (const QJsonValue &row : rowsOf(get(u"cpcpod/get_cpcpod.dspy"_s, m_place)))
            pods.insert(row[u"pod_name"_s].toString(), row.toObject());
        QCOMPARE(nodes.size(), 4);
        QCOMPARE(nodes[u"worker-1"_s][u"node_cpurate"_s].toString(), u"25.0%"_s); // of 8 cores
        QCOMPARE(nodes[u"worker-1"_s][u"node_memrate"_s].toString(), u"25.0%"_s); // of 32,769,556 Ki
        QCOMPARE(nodes[u"worker-1"_s][u"available_cpu"_s].toString(), u"6.00核"_s);
        QCOMPARE(nodes[u"worker-2"_s][u"node_cpurate"_s].toString(), u"6.3%"_s);
        QCOMPARE(nodes[u"worker-2"_s][u"node_memrate"_s].toString(), u"3.2%"_s);
        QCOMPARE(nodes[u"worker-3"_s][u"node_cpurate"_s].toString(), u"未知"_s);
        QCOMPARE(nodes[u"worker-3"_s][u"available_memory"_s].toString(), u"未知"_s);
        QCOMPARE(pods[u"db-0"_s][u"pod_cpurate"_s].toString(), u"0.014核"_s); // 12.5 + 1 milli
        QCOMPARE(pods[u"db-0"_s][u"pod_memrate"_s].toString(), u"96.500Mi"_s);
        QCOMPARE(pods[u"migrate-jkrch"_s][u"pod_cpurate"_s].toString(), u"未知"_s); // that of another namespace
        QTRY_COMPARE_WITH_TIMEOUT(clusterRow()[u"cpu_used"_s].toDouble(), 2.5, 30'000); // figures have three seconds a look
        QCOMPARE(clusterRow()[u"memory_used"_s].toDouble(), 8.812); // 8,000 + 1,024 Mi
    }

    // Upgraded beside us, control plane first, as kubeadm does it.
    void theVersionIsThatOfTheControlPlane()
    {
        const auto upgrade = [this](const QString &host) {
            changeNode(host, [](QJsonObject node) {
                QJsonObject status = node[u"status"_s].toObject(), info = status[u"nodeInfo"_s].toObject();
                info[u"kubeletVersion"_s] = u"v1.37.0"_s;
                status[u"nodeInfo"_s] = info;
                node[u"status"_s] = status;
                return node;
            });
        };
        QCOMPARE(clusterRow()[u"version"_s].toString(), u"v1.36.2"_s);
        upgrade(m_hosts.first());
        look();
        QCOMPARE(clusterRow()[u"version"_s].toString(), u"v1.36.2"_s);
        upgrade(u"cp-1"_s);
        look();
        QCOMPARE(clusterRow()[u"version"_s].toString(), u"v1.37.0"_s);
    }

    void aDrainMovesTheBooks()
    {
        for (const QString &host : std::as_const(m_hosts)) {
            if (host != u"worker-3"_s)
                QVERIFY(isGood(turn(host, u"cordon"_s)));
        }
        const HttpAnswer config = create();
        QCOMPARE(placeOf(config), u"worker-3"_s);
        QVERIFY(refusalOf(turn(u"worker-3"_s, u"cordon"_s, true)).contains(u"没有可用节点"_s)); // before anything is done there
        QVERIFY(!nodeInCluster(u"worker-3"_s)[u"spec"_s][u"unschedulable"_s].toBool());
        QVERIFY(isGood(turn(u"worker-1"_s, u"uncordon"_s)));
        QVERIFY(isGood(turn(u"worker-3"_s, u"cordon"_s, true)));
        QCOMPARE(placeOf(config), u"worker-1"_s);
    }

    void aRemovalThatTheBooksRefuseTouchesNothing()
    {
        for (const QString &host : std::as_const(m_hosts)) {
            if (host != u"worker-3"_s)
                QVERIFY(isGood(turn(host, u"cordon"_s)));
        }
        QVERIFY(isGood(create()));
        const QString end = ended(removeWorker(u"worker-3"_s));
        QVERIFY2(end.startsWith(u"failed"_s) && end.contains(u"没有可用节点"_s), qPrintable(end));
        QVERIFY(!nodeInCluster(u"worker-3"_s).isEmpty());
        QVERIFY(!nodeInCluster(u"worker-3"_s)[u"spec"_s][u"unschedulable"_s].toBool());
        QVERIFY(isGood(turn(u"worker-1"_s, u"uncordon"_s)));
        QCOMPARE(ended(removeWorker(u"worker-3"_s)), u"done"_s);
        QVERIFY(nodeInCluster(u"worker-3"_s).isEmpty());
    }

    void aFailedRemovalLeavesTheNodeSchedulable()
    {
        m_service->writeFile(
            u"fail-drain"_s,
            "error: unable to drain node \"worker-3\" due to error: cannot evict pod as it would violate the pod's disruption budget\n");
        const QString end = ended(removeWorker(u"worker-3"_s));
        QVERIFY2(end.startsWith(u"failed"_s) && end.contains(u"disruption budget"_s), qPrintable(end));
        QVERIFY(!nodeInCluster(u"worker-3"_s)[u"spec"_s][u"unschedulable"_s].toBool());
        QVERIFY(isGood(turn(u"worker-3"_s, u"cordon"_s))); // cordoned before, it stays so
        QVERIFY(ended(removeWorker(u"worker-3"_s)).startsWith(u"failed"_s));
        QVERIFY(nodeInCluster(u"worker-3"_s)[u"spec"_s][u"unschedulable"_s].toBool());
    }

    void aNodeThatIsGoneAlreadyCanBeRemoved()
    {
        for (const QString &host : std::as_const(m_hosts)) {
            if (host != u"worker-3"_s)
                QVERIFY(isGood(turn(host, u"cordon"_s)));
        }
        const HttpAnswer config = create();
        QVERIFY(isGood(turn(u"worker-1"_s, u"uncordon"_s)));
        changeNode(u"worker-3"_s, [](const QJsonObject &) { return QJsonObject(); });
        QCOMPARE(ended(removeWorker(u"worker-3"_s)), u"done"_s);
        QCOMPARE(placeOf(config), u"worker-1"_s);
    }

    // A drain takes its time; other jobs go on, and so does the end of the service.
    void aDrainHoldsNothingUp()
    {
        m_service->writeFile(u"drain-seconds"_s, "20");
        const HttpAnswer removal = removeWorker(u"worker-3"_s);
        QVERIFY2(isGood(removal), removal.body.constData());
        QTRY_COMPARE_WITH_TIMEOUT(job(dataOf(removal)[u"jobid"_s].toString())[u"step"_s].toInt(), 2, 10'000);
        const QJsonArray nodes = rowsOf(get(u"cpcnode/get_cpcnode.dspy"_s, {{u"cpcid"_s, m_place[u"cpcid"_s]}, {u"rows"_s, u"200"_s}}));
        QString idle;
        for (const QJsonValue &node : nodes)
            idle = node[u"node_status"_s] == u"0"_s ? node[u"id"_s].toString() : idle;
        QVERIFY(!idle.isEmpty());
        QElapsedTimer clock;
        clock.start();
        QCOMPARE(ended(post(u"cpccluster/new_cluster.dspy"_s,
                            {{u"cpcid"_s, m_place[u"cpcid"_s]},
                             {u"ctl_nodeid"_s, idle},
                             {u"cluster_type"_s, u"0"_s},
                             {u"cluster_name"_s, u"新"_s},
                             {u"enable_date"_s, u"2026-01-01"_s},
                             {u"export_date"_s, u"2028-01-01"_s}})),
                 u"done"_s);
        QCOMPARE(job(dataOf(removal)[u"jobid"_s].toString())[u"state"_s].toString(), u"running"_s);
        m_http.reset();
        m_service->stop();
        QVERIFY2(clock.elapsed() < 15'000, qPrintable(QString::number(clock.elapsed())));
        QVERIFY(QFile::remove(m_service->folder() + u"/drain-seconds"_s));
        QVERIFY(start());
        m_http = std::make_unique<HttpClient>(m_service->url());
        QCOMPARE(ended(removal), u"done"_s); // not taken for a failure
    }

    void aClusterThatDoesNotAnswerKeepsItsLastFigures()
    {
        const QJsonObject before = clusterRow();
        QCOMPARE(before[u"cluster_state"_s].toString(), u"ready"_s);
        QCOMPARE(before[u"node_count"_s].toInt(), 4);
        QVERIFY(!before[u"figures_time"_s].toString().isEmpty());
        m_service->writeFile(u"slow"_s, "");
        QElapsedTimer clock;
        clock.start();
        const QJsonObject late = clusterRow();
        QVERIFY2(clock.elapsed() < 10'000, qPrintable(QString::number(clock.elapsed())));
        QCOMPARE(late[u"cluster_state"_s].toString(), u"unreachable"_s);
        QVERIFY(!late[u"unreachable_reason"_s].toString().isEmpty());
        QCOMPARE(late[u"node_count"_s].toInt(), 4);
        QCOMPARE(late[u"figures_time"_s].toString(), before[u"figures_time"_s].toString());
        m_http.reset();
        m_service->stop();
        QVERIFY(QFile::remove(m_service->folder() + u"/slow"_s));
        m_service->writeFile(u"fail"_s, "Unable to connect to the server: dial tcp 127.0.0.1:6443: i/o timeout\n");
        QVERIFY(start());
        m_http = std::make_unique<HttpClient>(m_service->url());
        const QJsonObject never = clusterRow(); // nothing is known of it
        QCOMPARE(never[u"cluster_state"_s].toString(), u"unreachable"_s);
        QVERIFY(never[u"unreachable_reason"_s].toString().contains(u"i/o timeout"_s));
        QVERIFY(never[u"node_count"_s].isNull());
    }

    void anImportedClusterIsLeftAsItIs()
    {
        const HttpAnswer removed = m_http->post(u"/computing/cpcluster_delete.dspy"_s, queryOf({{u"id"_s, m_place[u"clusterid"_s]}}));
        QVERIFY2(isGood(removed), removed.body.constData());
        const QJsonObject state = job(dataOf(removed)[u"jobid"_s].toString());
        QCOMPARE(state[u"step_count"_s].toInt(), 2);
        QCOMPARE(ended(removed), u"done"_s);
        QVERIFY(!nodeInCluster(u"worker-3"_s).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TstClusterFollow)
#include "tst_clusterfollow.moc"
