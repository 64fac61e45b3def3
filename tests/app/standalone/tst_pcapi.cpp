#include "tests/support/httpclient.h"
#include "tests/support/kubectlcluster.h"
#include "tests/support/pcapihost.h"
#include "tests/support/serviceprocess.h"

#include <QDir>
#include <QDirIterator>
#include <QRegularExpression>
#include <QTest>
#include <atomic>
#include <thread>

using namespace Qt::StringLiterals;
using namespace kboss::test;

namespace {

const QByteArray hostPassword = "Host-secret:4711 'x";
const QString servicePassword = u"Basic-secret:2209"_s;
const QString podPassword = u"Pod-secret\"':$(touch /tmp/kboss-pwned)"_s;
const QString configToken = u"Token-secret-8813"_s;

QString at(const char *name)
{
    return u"/pcapi/api/v1/cluster/common/"_s + QLatin1String(name);
}

QByteArray basic(const QString &user, const QString &password)
{
    return "Basic " + (user + u':' + password).toUtf8().toBase64();
}

QString infoOf(const HttpAnswer &answer)
{
    return answer.json()[u"info"_s].toString();
}

bool isFailure(const HttpAnswer &answer)
{
    const QJsonObject json = answer.json();
    return answer.status == 200 && json.contains(u"data"_s) && json[u"status"_s] == QJsonValue(false) && !infoOf(answer).isEmpty();
}

// Looks at every process of the machine again and again for what none of them may have among its words or in its environment.
class ArgvWatch {
public:
    ArgvWatch() : m_thread([this] { watch(); }) { }
    ~ArgvWatch()
    {
        m_end = true;
        m_thread.join();
    }
    QByteArray seen() const { return m_seen; } // after the end

    void finish()
    {
        m_end = true;
        m_thread.join();
        m_thread = std::thread([] {});
    }

private:
    void watch()
    {
        const QByteArrayList secrets{"Host-secret", "Basic-secret", "Pod-secret", "Token-secret"};
        while (!m_end) {
            const QStringList processes = QDir(u"/proc"_s).entryList({u"[0-9]*"_s}, QDir::Dirs);
            for (const QString &process : processes) {
                for (const QString &name : {u"cmdline"_s, u"environ"_s}) {
                    QFile file(u"/proc/%1/%2"_s.arg(process, name));
                    const QByteArray text = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
                    for (const QByteArray &secret : secrets)
                        m_seen += text.contains(secret) ? text.left(300) + '\n' : QByteArray();
                }
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
    }

    QByteArray m_seen;
    std::atomic_bool m_end = false;
    std::thread m_thread;
};

} // namespace

// The pcapi operations: the real service in its own process, a real sshd with a password, the scripted kubectl behind it.
class TestPcapi : public QObject {
    Q_OBJECT

private:
    PcapiHost host{hostPassword};
    ServiceProcess service;
    std::unique_ptr<HttpClient> http;

    QStringList serviceArguments() const
    {
        const QString password = service.writeFile(u"password"_s, servicePassword.toUtf8() + '\n');
        return {u"--user"_s, u"ops"_s, u"--password-file"_s, password, u"--kubectl"_s, scriptedKubectl()};
    }
    bool startService()
    {
        if (!service.start(u"none"_s, serviceArguments()))
            return false;
        QFile::remove(service.folder() + u"/password"_s);
        http = std::make_unique<HttpClient>(service.url());
        http->setHeader("Authorization", basic(u"ops"_s, servicePassword));
        return true;
    }
    Items way(const Items &more = {}) const
    {
        Items items{{u"host"_s, u"127.0.0.1"_s},
                    {u"port"_s, QString::number(host.port())},
                    {u"user"_s, u"root"_s},
                    {u"psssword"_s, QString::fromUtf8(hostPassword)}};
        for (auto one = more.cbegin(); one != more.cend(); ++one)
            items[one.key()] = one.value();
        return items;
    }
    HttpAnswer read(const char *name, const Items &more = {}) { return http->get(at(name), queryOf(way(more))); }
    HttpAnswer write(const char *name, const Items &more = {}) { return http->post(at(name), queryOf(way(more))); }
    Items instance(const Items &more = {}) const
    {
        Items items = configTexts(u"c1"_s, u"StatefulSet"_s);
        for (const QString &unknown : {u"source_gpu"_s, u"disk_sys_limit"_s, u"source_nodeselector"_s})
            items.remove(unknown);
        items[u"source_authpasswd"_s] = podPassword;
        items[u"namespace_name"_s] = u"shop"_s;
        items[u"podcd_name"_s] = u"db-statefulset"_s;
        items[u"service_name"_s] = u"db-service"_s;
        for (auto one = more.cbegin(); one != more.cend(); ++one)
            items[one.key()] = one.value();
        return items;
    }
    // kboss-service with other words than to serve; what it says.
    QString serviceTool(const QStringList &words, int *code) const
    {
        QProcess tool;
        tool.setProcessChannelMode(QProcess::MergedChannels);
        tool.start(qEnvironmentVariable("KBOSS_BIN_DIR") + u"/kboss-service"_s, QStringList{u"--database"_s, service.database()} + words);
        tool.waitForFinished(30'000);
        *code = tool.exitCode();
        return QString::fromUtf8(tool.readAll());
    }
    QString pin(const QString &fingerprint, int *code, const QString &address = u"127.0.0.1"_s) const
    {
        return serviceTool({u"--pin-host-key"_s, u"%1:%2 %3"_s.arg(address).arg(host.port()).arg(fingerprint)}, code);
    }
    QStringList lastCall() const { return host.calls().isEmpty() ? QStringList() : host.calls().last(); }
    QJsonObject nodeOf(const QString &name)
    {
        const QJsonArray rows = rowsOf(read("get_cluster_nodes"));
        for (const QJsonValue &row : rows) {
            if (row[u"node_name"_s] == name)
                return row.toObject();
        }
        return {};
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(host.start(), qPrintable(host.errorText()));
        qputenv("FAKE_KUBECTL_STATE", host.path(u"state"_s).toLocal8Bit()); // of the service's own kubectl as well
        QVERIFY2(startService(), qPrintable(service.errorText()));
    }

    void init()
    {
        const QStringList files = QDir(host.path(u"state"_s)).entryList(QDir::Files);
        for (const QString &file : files) {
            if (file != u"config"_s)
                QFile::remove(host.path(u"state/"_s + file));
        }
    }

    void lettersOfIntroduction()
    {
        for (const QByteArray &header : {QByteArray(), basic(u"ops"_s, u"wrong"_s), basic(u"nobody"_s, servicePassword), QByteArray("Basic !!!"),
                                         QByteArray("Bearer x"), basic(u"token"_s, servicePassword)}) {
            http->setHeader("Authorization", header);
            const HttpAnswer answer = read("get_cluster_nodes");
            QCOMPARE(answer.status, 401);
            QVERIFY(answer.header("WWW-Authenticate").startsWith("Basic realm="));
            QCOMPARE(answer.json()[u"status"_s], QJsonValue(false));
            QVERIFY(answer.json().contains(u"data"_s) && !infoOf(answer).isEmpty());
        }
        http->setHeader("Authorization", basic(u"ops"_s, servicePassword));
        QVERIFY(isFailure(read("get_cluster_nodes"))); // let in; the host is not known yet
        QVERIFY(host.calls().isEmpty());
    }

    void hostKeysAreConfirmedFirst()
    {
        const HttpAnswer unknown = read("get_cluster_nodes");
        QVERIFY(isFailure(unknown));
        QVERIFY2(infoOf(unknown).contains(host.fingerprint()), qPrintable(infoOf(unknown)));
        QVERIFY(infoOf(unknown).contains(u"--pin-host-key"_s) && infoOf(unknown).contains(u"--trust-host-keys"_s));
        QVERIFY(!host.errorText().contains(u"Failed password"_s) && !host.errorText().contains(u"Accepted"_s)); // nothing was sent
        int code = 0;
        QVERIFY(pin(u"SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"_s, &code).contains(host.fingerprint()));
        QCOMPARE(code, 1);
        QVERIFY(isFailure(read("get_cluster_nodes")));
        QVERIFY2(pin(host.fingerprint(), &code).contains(u"is known by"_s), "pin");
        QCOMPARE(code, 0);
        QVERIFY(isGood(read("get_cluster_nodes"))); // the service that runs sees it
    }

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
        QCOMPARE(pods.size(), 11);
        const QJsonObject pod = pods[3].toObject();
        QCOMPARE(pod.keys().join(u' '),
                 u"pod_age pod_ip pod_name pod_namespace pod_node pod_nominated_node pod_readiness_gates pod_ready pod_restart pod_running"_s);
        QCOMPARE(pod[u"pod_name"_s].toString(), u"broken"_s);
        QCOMPARE(pod[u"pod_ready"_s].toString(), u"0/1"_s);
        QCOMPARE(pod[u"pod_running"_s].toString(), u"ImagePullBackOff"_s);
        QCOMPARE(lastCall(), (QStringList{u"--request-timeout=30s"_s, u"get"_s, u"pods"_s, u"-A"_s, u"-o"_s, u"json"_s}));
    }

    void passwordsOfHosts()
    {
        QVERIFY(isGood(read("get_cluster_nodes"))); // leaves an open session
        const HttpAnswer wrong = read("get_cluster_nodes", {{u"psssword"_s, u"Host-secret:wrong"_s}});
        QVERIFY(isFailure(wrong));
        QVERIFY2(infoOf(wrong).contains(u"the password refused"_s), qPrintable(infoOf(wrong)));
        QVERIFY(!infoOf(wrong).contains(u"Host-secret"_s));
        QVERIFY(isGood(read("get_cluster_nodes")));
        QVERIFY(isFailure(read("get_cluster_nodes", {{u"user"_s, u"nobody"_s}})));
        const qsizetype accepted = host.errorText().count(u"Accepted password"_s);
        for (int i = 0; i < 5; ++i)
            QVERIFY(isGood(read("get_cluster_nodes")));
        QCOMPARE(host.errorText().count(u"Accepted password"_s), accepted); // one connection for all
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
        QCOMPARE(dataOf(off)[u"drain"_s], QJsonValue(false));
        QCOMPARE(nodeOf(u"worker-1"_s)[u"node_status"_s].toString(), u"Ready,SchedulingDisabled"_s);
        QVERIFY(isGood(turn({{u"worker_node"_s, u"worker-1"_s}, {u"state"_s, u"uncordon"_s}})));
        QCOMPARE(nodeOf(u"worker-1"_s)[u"node_status"_s].toString(), u"Ready"_s);
        QVERIFY(isGood(turn({{u"worker_node"_s, u"worker-1"_s}, {u"state"_s, u"cordon"_s}, {u"darin"_s, u"true"_s}})));
        QVERIFY(lastCall().contains(u"drain"_s) && !lastCall().contains(u"--force"_s));
        const HttpAnswer bare = turn({{u"worker_node"_s, u"worker-2"_s}, {u"state"_s, u"cordon"_s}, {u"darin"_s, u"true"_s}});
        QVERIFY(isFailure(bare) && infoOf(bare).contains(u"demo/broken"_s) && infoOf(bare).startsWith(u"switch node failed: "_s));
        QCOMPARE(dataOf(bare)[u"drain"_s], QJsonValue(true));
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
        QCOMPARE(dataOf(used)[u"force"_s], QJsonValue(false));
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
        for (const auto &[operation, items] : all) {
            for (auto one = items.cbegin(); one != items.cend(); ++one) {
                for (const QString &value : hostile) {
                    Items changed = items;
                    changed[one.key()] = value;
                    const HttpAnswer answer = http->post(at(operation), queryOf(changed));
                    QVERIFY2(answer.status == 200 || answer.status == 400, qPrintable(one.key() + u' ' + QString::fromUtf8(answer.body)));
                    QVERIFY(answer.json().contains(u"info"_s));
                }
            }
        }
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

    void manyAtOnce()
    {
        std::vector<std::thread> askers;
        std::atomic_int good = 0;
        for (int i = 0; i < 12; ++i) {
            askers.emplace_back([this, &good] {
                HttpClient own(service.url());
                own.setHeader("Authorization", basic(u"ops"_s, servicePassword));
                good += isGood(own.get(at("get_cluster_nodes"), queryOf(way()))) ? 1 : 0;
            });
        }
        for (std::thread &asker : askers)
            asker.join();
        QCOMPARE(good.load(), 12);
    }

    void nobodySeesASecret()
    {
        ArgvWatch watch;
        QVERIFY(isGood(read("get_cluster_nodes")));
        QVERIFY(isFailure(read("get_cluster_nodes", {{u"psssword"_s, u"Host-secret:wrong"_s}})));
        QVERIFY(isFailure(read("get_cluster_nodes", {{u"psssword"_s, u"Host-secret\n"_s}})));
        QVERIFY(isGood(write("yaml_apply_delete", instance())));
        QVERIFY(isFailure(write("yaml_apply_delete", instance({{u"source_authpasswd"_s, u"Pod-secret"_s + u"x"_s.repeated(300)}}))));
        Items items = instance();
        items[u"kubeconfig"_s] = tokenKubeconfig(configToken);
        QVERIFY(isGood(http->post(at("yaml_apply_delete"), queryOf(items))));
        items[u"kubeconfig"_s] = u"users: [{name: a, user: {token: %1, token: x}}]"_s.arg(configToken);
        QVERIFY(isFailure(http->post(at("yaml_apply_delete"), queryOf(items))));
        http->get(u"/pcapi/api/v1/nowhere"_s, queryOf(way()));
        watch.finish();
        QVERIFY2(watch.seen().isEmpty(), watch.seen().constData());
        service.stop();
        const QByteArray said = service.errorText().toUtf8();
        QStringList found;
        for (const QString &folder : {service.folder(), host.folder()}) {
            QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
            while (files.hasNext()) {
                QFile file(files.next());
                if (file.fileName() == host.path(u"password"_s) || file.fileName().endsWith(u"/applied.json"_s) || !file.open(QIODevice::ReadOnly))
                    continue; // what the test itself wrote, and the Secret in its cluster
                const QByteArray content = file.readAll();
                for (const char *secret : {"Host-secret", "Basic-secret", "Pod-secret", "Token-secret"}) {
                    if (content.contains(secret) || said.contains(secret))
                        found << file.fileName() + u": "_s + QLatin1String(secret);
                }
            }
        }
        QVERIFY2(found.isEmpty(), qPrintable(found.join(u", "_s)));
        QVERIFY2(startService(), qPrintable(service.errorText()));
    }

    void endsWithTheService()
    {
        host.write(u"state/slow"_s, "");
        std::atomic_bool answered = false;
        std::thread asker([&] {
            HttpClient own(service.url());
            own.setHeader("Authorization", basic(u"ops"_s, servicePassword));
            own.get(at("get_cluster_nodes"), queryOf(way()));
            answered = true;
        });
        QTRY_VERIFY(!host.calls().isEmpty());
        QElapsedTimer clock;
        clock.start();
        service.stop();
        QVERIFY2(clock.elapsed() < 3'000, qPrintable(QString::number(clock.elapsed())));
        asker.join();
        QVERIFY(answered);
        QVERIFY2(startService(), qPrintable(service.errorText()));
    }

    void lockedAccounts()
    {
        host.stop();
        host.write(u"locked"_s, "");
        QVERIFY(host.start());
        const HttpAnswer answer = read("get_cluster_nodes");
        QFile::remove(host.path(u"locked"_s));
        QVERIFY2(isFailure(answer) && infoOf(answer).contains(u"does not let this user in"_s), answer.body.constData());
        host.stop();
        QVERIFY(isFailure(read("get_cluster_nodes"))); // nobody there
        QVERIFY(host.start());
        QVERIFY(isGood(read("get_cluster_nodes")));
    }

    void changedKeysAreFinal()
    {
        host.stop();
        QFile::remove(host.path(u"host_key"_s));
        QFile::remove(host.path(u"host_key.pub"_s));
        QVERIFY(host.start());
        const HttpAnswer changed = read("get_cluster_nodes");
        QVERIFY(isFailure(changed));
        QVERIFY2(infoOf(changed).contains(u"but known is"_s) && infoOf(changed).contains(u"--forget-host-key"_s), qPrintable(infoOf(changed)));
        int code = 0;
        pin(host.fingerprint(), &code); // the old one has to be forgotten by name
        QCOMPARE(code, 1);
        QVERIFY(isFailure(read("get_cluster_nodes")));
        QVERIFY(serviceTool({u"--forget-host-key"_s, u"127.0.0.1:%1"_s.arg(host.port())}, &code).contains(u"not known any more"_s));
        QCOMPARE(code, 0);
        QVERIFY(infoOf(read("get_cluster_nodes")).contains(u"nobody has confirmed"_s));
    }

    void trustFromAFile()
    {
        QFile publicKey(host.path(u"host_key.pub"_s));
        QVERIFY(publicKey.open(QIODevice::ReadOnly));
        const QString known = service.writeFile(u"known_hosts"_s, u"[127.0.0.1]:%1 "_s.arg(host.port()).toUtf8() + publicKey.readAll());
        service.stop();
        QVERIFY2(service.start(u"none"_s, QStringList{u"--trust-host-keys"_s, known}), qPrintable(service.errorText()));
        http = std::make_unique<HttpClient>(service.url());
        http->setHeader("Authorization", basic(u"ops"_s, servicePassword));
        QVERIFY(isGood(read("get_cluster_nodes")));
    }
};

QTEST_GUILESS_MAIN(TestPcapi)
#include "tst_pcapi.moc"
