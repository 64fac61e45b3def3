#include "app/cluster/kubeconfig.h"
#include "app/cluster/kubectl.h"
#include "app/cluster/kubeobjects.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;

namespace {

QByteArray recorded(const char *name)
{
    QFile file(qEnvironmentVariable("KBOSS_SOURCE_DIR") + u"/tests/support/kubectl/"_s + QLatin1String(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s is missing", qPrintable(file.fileName()));
    return file.readAll();
}

const KubePod *podNamed(const KubeObjects &objects, const QString &name)
{
    for (const KubePod &pod : objects.pods) {
        if (pod.name == name)
            return &pod;
    }
    return nullptr;
}

QByteArray config(const QByteArray &user, const QByteArray &cluster = "server: 'https://127.0.0.1:6443'")
{
    return "{apiVersion: v1, kind: Config, clusters: [{name: c, cluster: {" + cluster + "}}], users: [{name: u, user: {" + user
        + "}}], contexts: [{name: x, context: {cluster: c, user: u}}], current-context: x}";
}

} // namespace

// What kubectl answers: recorded from a real cluster.
class TestKubeObjects : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nodes()
    {
        const auto objects = readKubeObjects(recorded("nodes.json"));
        QVERIFY2(objects, objects ? "" : qPrintable(objects.error().detail));
        QCOMPARE(objects->nodes.size(), size_t(4));
        const KubeNode &control = objects->nodes.front();
        QCOMPARE(control.name, u"cp-1"_s);
        QVERIFY(control.control);
        QVERIFY(control.ready);
        QCOMPARE(control.cpuMilli, 8000);
        QCOMPARE(control.memoryKi, 32769556);
        QCOMPARE(control.podLimit, 110);
        QCOMPARE(control.internalIp, u"127.0.0.1"_s);
        for (const QString &label : control.labels)
            QVERIFY2(!label.contains(u"kubernetes.io"_s), qPrintable(label));
    }

    void podsAreWordedAsKubectlDoes()
    {
        const auto objects = readKubeObjects(recorded("pods.json"));
        QVERIFY2(objects, objects ? "" : qPrintable(objects.error().detail));
        QCOMPARE(objects->pods.size(), size_t(11));
        QCOMPARE(podNamed(*objects, u"migrate-jkrch"_s)->phase, u"Completed"_s);
        QVERIFY(podNamed(*objects, u"migrate-jkrch"_s)->ended);
        QCOMPARE(podNamed(*objects, u"too-big"_s)->phase, u"Pending"_s);
        QVERIFY(podNamed(*objects, u"too-big"_s)->hostName.isEmpty());
        QCOMPARE(podNamed(*objects, u"web-9665bbffd-lrtzg"_s)->phase, u"Running"_s);
        const QString broken = podNamed(*objects, u"broken"_s)->phase;
        QVERIFY2(broken == u"ErrImagePull"_s || broken == u"ImagePullBackOff"_s, qPrintable(broken));
    }

    // As kubectl: the first container that has something to say, and a sidecar that has begun is no initialization.
    void reasonsStandInKubectlsOrder()
    {
        const auto objects = readKubeObjects(R"({"kind":"List","items":[
            {"kind":"Pod","metadata":{"name":"two"},"spec":{"containers":[{"name":"a"},{"name":"b"}]},"status":{"phase":"Running","containerStatuses":[
              {"name":"a","state":{"waiting":{"reason":"CrashLoopBackOff"}}},{"name":"b","state":{"waiting":{"reason":"ImagePullBackOff"}}}]}},
            {"kind":"Pod","metadata":{"name":"side"},"spec":{"initContainers":[{"name":"s","restartPolicy":"Always"}],"containers":[{"name":"a"}]},
             "status":{"phase":"Running","initContainerStatuses":[{"name":"s","started":true,"ready":true,"state":{"running":{}}}],
              "containerStatuses":[{"name":"a","ready":true,"state":{"running":{}}}]}},
            {"kind":"Pod","metadata":{"name":"init"},"spec":{"initContainers":[{"name":"s"}],"containers":[{"name":"a"}]},
             "status":{"phase":"Pending","initContainerStatuses":[{"name":"s","started":true,"state":{"running":{}}}],
              "containerStatuses":[{"name":"a","state":{"waiting":{"reason":"PodInitializing"}}}]}}]})");
        QVERIFY(objects);
        QCOMPARE(podNamed(*objects, u"two"_s)->phase, u"CrashLoopBackOff"_s);
        QCOMPARE(podNamed(*objects, u"side"_s)->phase, u"Running"_s);
        QCOMPARE(podNamed(*objects, u"side"_s)->readyContainers, 2);
        QCOMPARE(podNamed(*objects, u"side"_s)->containers, 2);
        QCOMPARE(podNamed(*objects, u"init"_s)->phase, u"Init:0/1"_s);
    }

    void quantities()
    {
        QCOMPARE(cpuNano(u"250m"_s), std::optional<qint64>(250'000'000));
        QCOMPARE(cpuNano(u"2"_s), std::optional<qint64>(2'000'000'000));
        QCOMPARE(cpuNano(u"0.1"_s), std::optional<qint64>(100'000'000));
        QCOMPARE(cpuNano(u"12345n"_s), std::optional<qint64>(12345));
        QCOMPARE(memoryBytes(u"512Mi"_s), std::optional<qint64>(512LL << 20));
        QCOMPARE(memoryBytes(u"1.5Gi"_s), std::optional<qint64>(3LL << 29));
        QCOMPARE(memoryBytes(u"129e6"_s), std::optional<qint64>(129'000'000));
        QCOMPARE(memoryBytes(u"1500m"_s), std::optional<qint64>(2)); // thousandths of a byte round up
        for (const QString &bad : {u""_s, u"."_s, u"x"_s, u"1x"_s, u"-1"_s, u"99999999999999999999"_s, u"1 Gi"_s})
            QVERIFY2(!memoryBytes(bad), qPrintable(bad));
    }

    void metrics()
    {
        const auto usage = readKubeMetrics(R"({"kind":"PodMetricsList","items":[{"metadata":{"name":"a","namespace":"n"},
            "containers":[{"usage":{"cpu":"1500000n","memory":"2048Ki"}},{"usage":{"cpu":"1m","memory":"1Mi"}}]}]})");
        QVERIFY(usage);
        QCOMPARE(usage->value(u"n/a"_s).cpuMicro, 2500);
        QCOMPARE(usage->value(u"n/a"_s).memoryKi, 3072);
    }

    void refusesWhatIsNoKubernetesObject()
    {
        for (const QByteArray &bad : {QByteArray(), QByteArray("[]"), QByteArray("{}"), QByteArray("<html>"), QByteArray(R"({"kind":7})")})
            QVERIFY(!readKubeObjects(bad));
        QVERIFY(readKubeObjects(R"({"kind":"List","items":[{"kind":"Node"},{"kind":"Pod","metadata":7,"status":[]},5]})"));
    }

    void kubeconfigsThatRunOrReadAnythingAreRefused()
    {
        QVERIFY(rebuiltKubeconfig(config("token: t")));
        QVERIFY(rebuiltKubeconfig(config("client-certificate-data: QQ==, client-key-data: QQ==")));
        for (const char *user :
             {"exec: {command: sh}", "auth-provider: {name: x}", "client-key: /etc/shadow", "tokenFile: /etc/shadow", "client-certificate: x",
              "token: t, as: root", "token: t, token: t", "token: t, <<: {exec: {command: sh}}", "client-key-data: '%%'"})
            QVERIFY2(!rebuiltKubeconfig(config(user)), user);
        for (const char *cluster :
             {"server: 'https://127.0.0.1', certificate-authority: /etc/ca", "server: 'http://127.0.0.1'", "server: 'https://'",
              "server: 'https://127.0.0.1', insecure-skip-tls-verify: true", "server: 'https://127.0.0.1', proxy-url: 'http://127.0.0.2'",
              "server: 'https://127.0.0.1', server: 'https://127.0.0.2'", "server: 'https://u:p@127.0.0.1'"})
            QVERIFY2(!rebuiltKubeconfig(config("token: t", cluster)), cluster);
        QVERIFY(!rebuiltKubeconfig(""));
        QVERIFY(!rebuiltKubeconfig("a: [secret-text"));
        QVERIFY(!rebuiltKubeconfig("a: [secret-text").error().detail.contains(u"secret"_s));
        QVERIFY(!rebuiltKubeconfig(QByteArray(200'000, 'a')));
        QVERIFY(!rebuiltKubeconfig(config("token: t") + "\n---\n" + config("exec: {command: sh}")));
    }

    // What goes to kubectl is written by us, from what we read: nothing else of the text is in it.
    void onlyWhatIsUsedOfAKubeconfigGoesOn()
    {
        const QByteArray text =
            "apiVersion: v1\nkind: Config\nclusters:\n- name: other\n  cluster: {server: 'https://127.0.0.9'}\n- name: c\n"
            "  cluster:\n    server: https://127.0.0.1:6443\n    certificate-authority-data: QUJD\n    extensions: [{name: e}]\n"
            "users:\n- name: other\n  user: {exec: {command: /bin/evil}}\n- name: u\n  user: {token: \"a\\\"b\"}\n"
            "contexts:\n- name: x\n  context: {cluster: c, user: u, namespace: n}\ncurrent-context: x\npreferences: {colors: true}\n";
        const auto rebuilt = rebuiltKubeconfig(text);
        QVERIFY2(rebuilt, rebuilt ? "" : qPrintable(rebuilt.error().detail));
        for (const char *gone : {"evil", "127.0.0.9", "extensions", "preferences", "exec"})
            QVERIFY2(!rebuilt->contains(gone), gone);
        const QJsonObject made = QJsonDocument::fromJson(*rebuilt).object();
        QCOMPARE(made[u"users"_s][0][u"user"_s].toObject(), (QJsonObject{{u"token"_s, u"a\"b"_s}}));
        QCOMPARE(made[u"clusters"_s][0][u"cluster"_s].toObject(),
                 (QJsonObject{{u"server"_s, u"https://127.0.0.1:6443"_s}, {u"certificate-authority-data"_s, u"QUJD"_s}}));
        const auto again = rebuiltKubeconfig(*rebuilt);
        QVERIFY(again);
        QCOMPARE(*again, *rebuilt);
    }

    void reasonsAreForPeople()
    {
        QCOMPARE(kubectlReason("E1122 02:59:31.840170   23327 memcache.go:265] \"Unhandled Error\" err=\"x\"\n"
                               "The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?\n"),
                 u"The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?"_s);
        QCOMPARE(kubectlReason("Warning: ignoring DaemonSet-managed Pods: a\nerror: no\nerror: no\n"), u"error: no"_s);
    }
};

QTEST_GUILESS_MAIN(TestKubeObjects)
#include "tst_kubeobjects.moc"
