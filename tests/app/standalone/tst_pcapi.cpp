#include "tests/support/pcapiground.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace kboss::test;

// The pcapi operations: the real service in its own process, a real sshd with a password, the scripted kubectl behind it.
class TestPcapi : public QObject, private PcapiGround {
    Q_OBJECT

private:
    QStringList unfit; // answers that are none

    // With `value` in the place of each of `keys`; false = refused.
    bool passes(const char *operation, Items items, const QStringList &keys, const QString &value)
    {
        for (const QString &key : keys)
            items[key] = value;
        const HttpAnswer answer = http->post(at(operation), queryOf(items));
        if ((answer.status != 200 && answer.status != 400) || !answer.json().contains(u"info"_s))
            unfit << keys.join(u' ') + u": "_s + QString::fromUtf8(answer.body);
        return isGood(answer);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(start(), qPrintable(errorText()));
        int code = 0;
        pin(host.fingerprint(), &code);
        QCOMPARE(code, 0);
    }
    void init() { forget(); }

    void nodesAndPodsAsDescribed()
    {
        const HttpAnswer nodes = read("get_cluster_nodes");
        QVERIFY2(isGood(nodes), nodes.body.constData());
        QCOMPARE(infoOf(nodes), u"operate success"_s);
        QCOMPARE(dataOf(nodes)[u"total"_s].toInt(), 4);
        const QJsonObject node = nodeOf(u"cp-1"_s);
        QCOMPARE(node.keys().join(u' '),
                 u"node_age node_containeruntime node_externalip node_internalip node_kernelversion node_name node_osversion node_role "
                 "node_status node_version"_s);
        QCOMPARE(node[u"node_role"_s].toString(), u"control-plane"_s);
        QCOMPARE(node[u"node_status"_s].toString(), u"Ready"_s);
        QCOMPARE(node[u"node_internalip"_s].toString(), u"127.0.0.1"_s);
        static const QRegularExpression age(u"^([0-9]+[ydhms]){1,2}$"_s);
        QVERIFY(age.match(node[u"node_age"_s].toString()).hasMatch());
        QCOMPARE(nodeOf(u"worker-1"_s)[u"node_role"_s].toString(), QString());
        const QJsonArray pods = rowsOf(read("get_cluster_pods"));
        QCOMPARE(pods.size(), qsizetype(11));
        const QJsonObject pod = pods[3].toObject();
        QCOMPARE(pod.keys().join(u' '),
                 u"pod_age pod_ip pod_name pod_namespace pod_node pod_nominated_node pod_readiness_gates pod_ready pod_restart pod_running"_s);
        QCOMPARE(pod[u"pod_name"_s].toString(), u"broken"_s);
        QCOMPARE(pod[u"pod_ready"_s].toString(), u"0/1"_s);
        QCOMPARE(pod[u"pod_running"_s].toString(), u"ImagePullBackOff"_s);
        QCOMPARE(lastCall(), (QStringList{u"--request-timeout=30s"_s, u"get"_s, u"pods"_s, u"-A"_s, u"-o"_s, u"json"_s}));
    }

    void labels()
    {
        const auto label = [this](const QString &what, const QString &text, const QString &node = u"worker-1"_s) {
            return write("node_label_opt", {{u"worker_node"_s, node}, {u"label"_s, text}, {u"opt"_s, what}});
        };
        const HttpAnswer put = label(u"label"_s, u"kboss.example.com/zone=a-1"_s);
        QVERIFY2(isGood(put), put.body.constData());
        QCOMPARE(infoOf(put), u"节点绑定标签成功"_s);
        QCOMPARE(put.json()[u"data"_s].toObject(), QJsonObject());
        QCOMPARE(lastCall().last(), u"kboss.example.com/zone=a-1"_s);
        QVERIFY(infoOf(label(u"unlabel"_s, u"kboss.example.com/zone=b"_s)).contains(u"has no label"_s));
        QVERIFY(isGood(label(u"unlabel"_s, u"kboss.example.com/zone=a-1"_s)));
        QVERIFY(isFailure(label(u"unlabel"_s, u"kboss.example.com/zone"_s)));
        QVERIFY(isFailure(label(u"label"_s, u"zone"_s))); // without a value
        QCOMPARE(infoOf(label(u"label"_s, u"a=b"_s, u"nobody"_s)), u"label node failed: Error from server (NotFound): nodes \"nobody\" not found"_s);
    }

    void cordonAndDrain()
    {
        const auto turn = [this](const Items &more) { return write("node_state_switch", more); };
        const HttpAnswer off = turn({{u"worker_node"_s, u"worker-1"_s}, {u"state"_s, u"cordon"_s}});
        QVERIFY2(isGood(off), off.body.constData());
        QCOMPARE(dataOf(off)[u"state"_s].toString(), u"cordon"_s);
        QCOMPARE(dataOf(off)[u"drain"_s].toBool(true), false);
        QCOMPARE(nodeOf(u"worker-1"_s)[u"node_status"_s].toString(), u"Ready,SchedulingDisabled"_s);
        QVERIFY(isGood(turn({{u"worker_node"_s, u"worker-1"_s}, {u"state"_s, u"uncordon"_s}})));
        QCOMPARE(nodeOf(u"worker-1"_s)[u"node_status"_s].toString(), u"Ready"_s);
        QVERIFY(isGood(turn({{u"worker_node"_s, u"worker-1"_s}, {u"state"_s, u"cordon"_s}, {u"darin"_s, u"true"_s}})));
        QVERIFY(lastCall().contains(u"drain"_s) && !lastCall().contains(u"--force"_s));
        const HttpAnswer bare = turn({{u"worker_node"_s, u"worker-2"_s}, {u"state"_s, u"cordon"_s}, {u"darin"_s, u"true"_s}});
        QVERIFY(isFailure(bare) && infoOf(bare).contains(u"demo/broken"_s) && infoOf(bare).startsWith(u"switch node failed: "_s));
        QCOMPARE(dataOf(bare)[u"drain"_s].toBool(), true);
        host.forgetCalls();
        QVERIFY(isFailure(turn({{u"worker_node"_s, u"worker-1"_s}, {u"state"_s, u"uncordon"_s}, {u"darin"_s, u"true"_s}})));
        QVERIFY(host.calls().isEmpty());
        QVERIFY(infoOf(turn({{u"worker_node"_s, u"nobody"_s}, {u"state"_s, u"cordon"_s}})).contains(u"not found"_s));
        QVERIFY(infoOf(turn({{u"worker_node"_s, u"cp-1"_s}, {u"state"_s, u"cordon"_s}})).contains(u"control plane"_s));
    }

    void withoutANodeTheHostsOwn()
    {
        QVERIFY(infoOf(write("node_state_switch", {{u"state"_s, u"cordon"_s}})).contains(u"worker_node"_s)); // it is the control plane
        QFile recorded(qEnvironmentVariable("KBOSS_SOURCE_DIR") + u"/tests/support/kubectl/nodes.json"_s);
        QVERIFY(recorded.open(QIODevice::ReadOnly));
        QByteArray nodes = recorded.readAll();
        const qsizetype last = nodes.lastIndexOf("\"127.0.0.1\"");
        host.write(u"state/nodes.json"_s, nodes.replace(last, 11, "\"127.0.0.9\""));
        int code = 0;
        pin(host.fingerprint(), &code, u"127.0.0.9"_s);
        QCOMPARE(code, 0);
        const HttpAnswer done = write("node_state_switch", {{u"host"_s, u"127.0.0.9"_s}, {u"state"_s, u"cordon"_s}});
        QVERIFY2(isGood(done), done.body.constData());
        QCOMPARE(dataOf(done)[u"node_name"_s].toString(), u"worker-3"_s);
    }

    void deletingAWorker()
    {
        const auto drop = [this](const QString &name, const Items &more = {}) {
            Items items = more;
            items[u"node_name"_s] = name;
            return write("delete_cluster_node", items);
        };
        const HttpAnswer used = drop(u"worker-2"_s);
        QVERIFY(isFailure(used) && infoOf(used).contains(u"demo/broken"_s) && !infoOf(used).contains(u"demo/agent"_s));
        QCOMPARE(dataOf(used)[u"force"_s].toBool(true), false);
        QVERIFY(!nodeOf(u"worker-2"_s).isEmpty());
        host.forgetCalls();
        const HttpAnswer forced = drop(u"worker-2"_s, {{u"force"_s, u"true"_s}});
        QVERIFY2(isGood(forced), forced.body.constData());
        QCOMPARE(dataOf(forced)[u"node_name"_s].toString(), u"worker-2"_s);
        QStringList commands;
        const QList<QStringList> calls = host.calls();
        for (const QStringList &words : calls)
            commands << words.value(1) + (words.contains(u"--force"_s) && words.contains(u"--grace-period=0"_s) ? u" forced"_s : QString());
        QCOMPARE(commands, (QStringList{u"get"_s, u"cordon"_s, u"drain forced"_s, u"delete forced"_s}));
        QVERIFY(nodeOf(u"worker-2"_s).isEmpty());
        QVERIFY(infoOf(drop(u"worker-2"_s)).contains(u"not found"_s));
        QVERIFY(infoOf(drop(u"cp-1"_s, {{u"force"_s, u"true"_s}})).contains(u"control plane"_s));
    }

    void instancesOverSsh()
    {
        const HttpAnswer made = write("yaml_apply_delete", instance());
        QVERIFY2(isGood(made), made.body.constData());
        QVERIFY(made.json()[u"data"_s].isNull());
        const QJsonObject objects = QJsonDocument::fromJson(host.read(u"state/applied.json"_s)).object();
        for (const char *name :
             {"namespace/shop", "serviceaccount/shop-serviceaccount", "secret/db-auth", "statefulset/db-statefulset", "service/db-service"})
            QVERIFY2(objects.contains(QLatin1String(name)), name);
        QVERIFY(objects[u"secret/db-auth"_s].toString().contains(u"Pod-secret"_s)); // it came over standard input
        QVERIFY(!QFile::exists(u"/tmp/kboss-pwned"_s));
        QVERIFY(isGood(
            write("yaml_apply_delete", {{u"action"_s, u"delete"_s}, {u"namespace_name"_s, u"shop"_s}, {u"podcd_name"_s, u"db-statefulset"_s}})));
        const QJsonObject left = QJsonDocument::fromJson(host.read(u"state/applied.json"_s)).object();
        QCOMPARE(left.keys(), (QStringList{u"namespace/shop"_s, u"serviceaccount/shop-serviceaccount"_s}));
    }

    void instancesThatCannotBe()
    {
        const auto tell = [this](const Items &more) { return infoOf(write("yaml_apply_delete", more)); };
        Items missing = instance();
        missing.remove(u"source_cpurate"_s);
        QCOMPARE(tell(missing), u"operate failed: source_cpurate is needed"_s);
        QVERIFY(tell(instance({{u"namespace_name"_s, u"kube-system"_s}})).contains(u"belongs to Kubernetes"_s));
        QVERIFY(tell(instance({{u"source_mountpath"_s, u"/a/../etc"_s}})).contains(u"source_mountpath"_s));
        QVERIFY(tell({{u"action"_s, u"delete"_s}, {u"namespace_name"_s, u"shop"_s}, {u"podcd_name"_s, u"db"_s}}).contains(u"source_podengine"_s));
        QVERIFY(host.calls().isEmpty());
        const HttpAnswer noWay = http->post(at("yaml_apply_delete"), queryOf(instance()));
        QVERIFY(isFailure(noWay) && infoOf(noWay).contains(u"kubeconfig"_s));
        host.write(u"state/fail-apply"_s, "error: no matches for " + podPassword.toUtf8());
        const QString told = tell(instance());
        QVERIFY2(told.contains(u"no matches for ••••••"_s) && !told.contains(u"Pod-secret"_s), qPrintable(told));
    }

    void instancesByKubeconfig()
    {
        Items items = instance();
        items[u"kubeconfig"_s] = tokenKubeconfig(configToken);
        const HttpAnswer made = http->post(at("yaml_apply_delete"), queryOf(items));
        QVERIFY2(isGood(made), made.body.constData());
        QVERIFY(host.calls().isEmpty()); // the service's own kubectl
        QVERIFY(QJsonDocument::fromJson(host.read(u"state/applied.json"_s)).object().contains(u"statefulset/db-statefulset"_s));
        items[u"kubeconfig"_s] = u"{apiVersion: v1, kind: Config, users: [{name: a, user: {exec: {command: 'touch /tmp/kboss-pwned'}}}]}"_s;
        QVERIFY(isFailure(http->post(at("yaml_apply_delete"), queryOf(items))));
        QVERIFY(!QFile::exists(u"/tmp/kboss-pwned"_s));
    }

    void whatFitsNowhere()
    {
        const auto ask = [this](const QString &resources, const QString &config = tokenKubeconfig(configToken)) {
            return http->get(at("determine_accommodat"), queryOf({{u"kubeconfig"_s, config}, {u"resources"_s, resources}}));
        };
        const HttpAnswer answer =
            ask(uR"([{"id": "small", "resources": [{"type": "cpu", "model": "any", "amount": 1}, {"type": "memory", "model": "any", "amount": 64}]},
            {"id": "cores", "resources": [{"type": "cpu", "model": "any", "amount": 100000}]}, {"id": "cards", "resources": [{"type": "gpu", "model": "x", "amount": 1000}]}])"_s);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body, QByteArray(R"(["cores","cards"])"));
        QCOMPARE(ask(u"[]]"_s).status, 400);
        QCOMPARE(ask(u"[]"_s, u"no: [yaml"_s).status, 400);
        QVERIFY(ask(u"[]"_s, u"no: [yaml"_s).json().contains(u"info"_s));
        host.write(u"state/fail"_s, "Unable to connect to the server: dial tcp 127.0.0.1:6443: connect: connection refused");
        QCOMPARE(ask(u"[]"_s).status, 503);
    }

    void hostileValuesChangeNothing()
    {
        const QStringList hostile{u"a'b"_s,
                                  u"\""_s,
                                  u"$(touch /tmp/kboss-pwned)"_s,
                                  u"`touch /tmp/kboss-pwned`"_s,
                                  u"a;touch /tmp/kboss-pwned"_s,
                                  u"a\ntouch /tmp/kboss-pwned"_s,
                                  u"--kubeconfig=/etc/passwd"_s,
                                  u"-A"_s,
                                  u"../../etc"_s,
                                  u"a b"_s,
                                  u"a\u0000b"_s,
                                  u"|id"_s,
                                  u"&&id"_s};
        const QList<std::pair<const char *, Items>> all{
            {"node_label_opt", way({{u"worker_node"_s, u"worker-1"_s}, {u"label"_s, u"a=b"_s}, {u"opt"_s, u"label"_s}})},
            {"node_state_switch", way({{u"worker_node"_s, u"worker-1"_s}, {u"state"_s, u"cordon"_s}, {u"darin"_s, u"false"_s}})},
            {"delete_cluster_node", way({{u"node_name"_s, u"worker-1"_s}, {u"force"_s, u"false"_s}})},
            {"yaml_apply_delete", way(instance({{u"action"_s, u"apply"_s}, {u"serviceaccount_name"_s, u"sa"_s}, {u"cpcid"_s, u"c"_s}}))}};
        static const QRegularExpression plainWord(u"^[-A-Za-z0-9_./=]+$"_s);
        // Anything may stand there, and kubectl runs: all at once, each alone where one of them is refused.
        const QStringList texts{u"clusterid"_s, u"cpcid"_s, u"source_authpasswd"_s, u"source_authuser"_s, u"source_name"_s};
        for (const QString &value : hostile) {
            for (const auto &[operation, items] : all) {
                for (auto one = items.cbegin(); one != items.cend(); ++one) {
                    if (!texts.contains(one.key()))
                        passes(operation, items, {one.key()}, value);
                }
            }
            const auto &[operation, items] = all.last();
            if (!passes(operation, items, texts, value)) {
                for (const QString &key : texts)
                    passes(operation, items, {key}, value);
            }
        }
        QCOMPARE(unfit, QStringList());
        const QList<QStringList> calls = host.calls();
        QVERIFY(!calls.isEmpty()); // some values are good where they stand: a first user's name may be anything
        for (const QStringList &words : calls) {
            for (const QString &word : words)
                QVERIFY2(plainWord.match(word).hasMatch(), qPrintable(words.join(u" | "_s)));
        }
        QVERIFY(!QFile::exists(u"/tmp/kboss-pwned"_s));
    }

    void noKubectlIsSaid()
    {
        QVERIFY(QFile::rename(host.path(u"bin/kubectl"_s), host.path(u"bin/away"_s)));
        const QString info = infoOf(read("get_cluster_pods"));
        QVERIFY(QFile::rename(host.path(u"bin/away"_s), host.path(u"bin/kubectl"_s)));
        QVERIFY2(info.contains(u"no kubectl"_s), qPrintable(info));
    }

    void kubectlsOwnReason()
    {
        host.write(u"state/fail"_s,
                   "E1122 10:00:00.000000 1 memcache.go:265] \"x\"\nThe connection to the server 127.0.0.1:6443 was refused - did you specify the "
                   "right host or port?");
        const HttpAnswer answer = read("get_cluster_pods");
        QVERIFY(isFailure(answer));
        QCOMPARE(infoOf(answer),
                 u"operate failed: The connection to the server 127.0.0.1:6443 was refused - did you specify the right host or port?"_s);
        QCOMPARE(answer.json()[u"data"_s].toString(u"x"_s), QString());
    }
};

QTEST_GUILESS_MAIN(TestPcapi)
#include "tst_pcapi.moc"
