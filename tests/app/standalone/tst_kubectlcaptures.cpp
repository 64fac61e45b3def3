#include "app/cluster/kubectl.h"
#include "app/cluster/kubeobjects.h"
#include "app/standalone/kubectlbackend.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;

namespace {

QString folder()
{
    return qEnvironmentVariable("KBOSS_SOURCE_DIR") + u"/tests/support/kubectl/captures/"_s;
}

struct Capture {
    int exitCode = -1;
    QByteArray out, err;
};

Capture captureOf(const QString &name)
{
    QFile file(folder() + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s is missing", qPrintable(file.fileName()));
    const QByteArray text = file.readAll(), outMark = "# --- stdout\n", errMark = "# --- stderr\n";
    const qsizetype out = text.indexOf(outMark), err = text.indexOf(errMark);
    if (out < 0 || err < out)
        qFatal("%s is no capture", qPrintable(file.fileName()));
    const QByteArray code = "# exit code: ";
    const qsizetype codeAt = text.indexOf(code) + code.size();
    return {text.mid(codeAt, text.indexOf(' ', codeAt) - codeAt).toInt(), text.mid(out + outMark.size(), err - out - outMark.size()),
            text.mid(err + errMark.size())};
}

Result<QByteArray> replayed(const QString &name)
{
    qputenv("KUBECTL_REPLAY", (folder() + name).toUtf8());
    const QString program = qEnvironmentVariable("KBOSS_SOURCE_DIR") + u"/tests/support/kubectl/replay"_s;
    return Kubectl({program, {}, {}}, "{}").run({u"get"_s, u"nodes"_s});
}

// The rows of a table as kubectl prints it, cells by their heading. Cells stand at the place of their heading.
QList<QHash<QString, QString>> printedTable(const QString &name)
{
    const QStringList lines = QString::fromUtf8(captureOf(name).out).split(u'\n', Qt::SkipEmptyParts);
    static const QRegularExpression heading(u"\\S+( \\S+)*"_s);
    QList<std::pair<QString, qsizetype>> columns;
    for (auto match = heading.globalMatch(lines.first()); match.hasNext();) {
        const auto one = match.next();
        columns.append({one.captured(), one.capturedStart()});
    }
    QList<QHash<QString, QString>> rows;
    for (const QString &line : lines.mid(1)) {
        QHash<QString, QString> row;
        for (qsizetype i = 0; i < columns.size(); ++i) {
            const qsizetype end = i + 1 < columns.size() ? columns[i + 1].second : line.size();
            const QString cell = line.mid(columns[i].second, end - columns[i].second).trimmed();
            row.insert(columns[i].first, cell == u"<none>"_s ? QString() : cell);
        }
        rows << row;
    }
    return rows;
}

// What a failed command is to say, and how the service answers it.
struct Failure {
    const char *name;
    ErrorKind kind;
    int http;
    const char *says; // the first line of the reason
};
constexpr Failure failures[] = {
    {"anonymous-forbidden.txt", ErrorKind::Rejected, 400,
     "Error from server (Forbidden): nodes is forbidden: User \"system:anonymous\" cannot list resource \"nodes\" in API group \"\" at the cluster "
     "scope"},
    {"apply-bad-yaml.txt", ErrorKind::Rejected, 400, "The Pod \"x\" is invalid: spec.containers[0].image: Required value"},
    {"apply-unknown-kind.txt", ErrorKind::Rejected, 400,
     "error: resource mapping not found for name: \"x\" namespace: \"\" from \"STDIN\": no matches for kind \"Nope\" in version \"v9\""},
    {"bad-token.txt", ErrorKind::Rejected, 400, "error: You must be logged in to the server (Unauthorized)"},
    {"drain-pdb-blocked.txt", ErrorKind::Rejected, 400,
     "error when evicting pods/\"web-9665bbffd-2rvd9\" -n \"demo\" (will retry after 5s): Cannot evict pod as it would violate the pod's disruption "
     "budget."},
    {"drain-refused.txt", ErrorKind::Rejected, 400,
     "error: unable to drain node \"worker-3\" due to error: cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore): "
     "demo/agent-sdmzn, continuing command..."},
    {"drain-unmanaged-pod.txt", ErrorKind::Rejected, 400,
     "error: unable to drain node \"worker-2\" due to error: cannot delete Pods that declare no controller (use --force to override): demo/broken, "
     "continuing command..."},
    {"label-node-exists.txt", ErrorKind::Rejected, 400, "error: 'zone' already has a value (a), and --overwrite is false"},
    {"node-not-found.txt", ErrorKind::Rejected, 400, "Error from server (NotFound): nodes \"nope\" not found"},
    {"real-exec-no-such-command.txt", ErrorKind::Rejected, 400,
     "error: Internal error occurred: Internal error occurred: error executing command in container: failed to exec in container: failed to start "
     "exec "
     "\"b72e298059962c3efece8261850aa0bdf1e8e78df91eb3d0a3053ae9f7cb4700\": OCI runtime exec failed: exec failed: unable to start container process: "
     "exec: \"sh\": executable file not found in $PATH"},
    {"taint-node-again.txt", ErrorKind::Rejected, 400,
     "error: node worker-3 already has dedicated taint(s) with same effect(s) and --overwrite is false"},
    {"top-nodes-no-metrics.txt", ErrorKind::Rejected, 400, "error: Metrics API not available"},
    {"top-pods-no-metrics.txt", ErrorKind::Rejected, 400, "error: Metrics API not available"},
    {"unreachable-server.txt", ErrorKind::Offline, 503,
     "The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?"},
    {"untrusted-ca.txt", ErrorKind::Offline, 503,
     "Unable to connect to the server: tls: failed to verify certificate: x509: certificate signed by unknown authority"},
};

} // namespace

// Every output that was recorded from a real kubectl, played again to what reads it.
class TestKubectlCaptures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyOutputComesBack_data()
    {
        QTest::addColumn<QString>("name");
        const QStringList names = QDir(folder()).entryList(QDir::Files, QDir::Name);
        QVERIFY(names.size() > 50);
        for (const QString &name : names)
            QTest::newRow(qPrintable(name)) << name;
    }
    void everyOutputComesBack()
    {
        QFETCH(const QString, name);
        const Capture capture = captureOf(name);
        const auto output = replayed(name);
        const auto failure = std::ranges::find(failures, name, [](const Failure &one) { return QLatin1String(one.name); });
        QVERIFY2((capture.exitCode != 0) == (failure != std::end(failures)), "a failure without words for it, or the other way round");
        if (capture.exitCode == 0) {
            QVERIFY2(output, output ? "" : qPrintable(output.error().detail));
            QCOMPARE(*output, capture.out);
            return;
        }
        QVERIFY(!output);
        QCOMPARE(output.error().kind, failure->kind);
        QCOMPARE(output.error().detail, kubectlReason(capture.err));
        QCOMPARE(output.error().detail.section(u'\n', 0, 0), QString::fromUtf8(failure->says));
        QVERIFY(output.error().detail.size() <= 600);
        static const QRegularExpression notForPeople(u"memcache\\.go|^Warning:"_s, QRegularExpression::MultilineOption);
        QVERIFY2(!output.error().detail.contains(notForPeople), qPrintable(output.error().detail));
        const auto refusal = standalone::kubectlRefusal(output.error()).value();
        QCOMPARE(refusal.http, failure->http);
        QVERIFY2(refusal.message.endsWith(output.error().detail), qPrintable(refusal.message));
        QVERIFY(refusal.message.startsWith(failure->kind == ErrorKind::Offline ? u"连接不上集群"_s : u"集群拒绝了操作"_s));
    }

    // Why it could not be drained, and that it was given up.
    void aBlockedDrainSaysBoth()
    {
        const QString reason = replayed(u"drain-pdb-blocked.txt"_s).error().detail;
        QVERIFY2(reason.contains(u"disruption budget"_s) && reason.contains(u"global timeout reached: 25s"_s), qPrintable(reason));
        QCOMPARE(reason.count(u"disruption budget"_s), 2); // once for each pod, however often it was tried
    }

    // What we read of the JSON is what kubectl itself prints of it.
    void nodesAreReadAsKubectlPrintsThem_data() { pairs("get-nodes.json", "get-nodes.txt", "real-get-nodes.json", "real-get-nodes.txt"); }
    void nodesAreReadAsKubectlPrintsThem()
    {
        QFETCH(const QString, json);
        QFETCH(const QString, printed);
        const auto output = replayed(json);
        QVERIFY(output);
        const auto objects = readKubeObjects(*output);
        QVERIFY2(objects, objects ? "" : qPrintable(objects.error().detail));
        const auto table = printedTable(printed);
        QCOMPARE(static_cast<qsizetype>(objects->nodes.size()), table.size());
        QVERIFY(table.size() >= 2);
        for (size_t i = 0; i < objects->nodes.size(); ++i) {
            const KubeNode &node = objects->nodes[i];
            const auto &row = table[static_cast<qsizetype>(i)];
            QCOMPARE(node.name, row[u"NAME"_s]);
            QCOMPARE((node.ready ? u"Ready"_s : u"NotReady"_s), row[u"STATUS"_s]);
            QCOMPARE((node.control ? u"control-plane"_s : QString()), row[u"ROLES"_s]);
            QCOMPARE(node.version, row[u"VERSION"_s]);
            QCOMPARE(node.internalIp, row[u"INTERNAL-IP"_s]);
            QCOMPARE(node.externalIp, row[u"EXTERNAL-IP"_s]);
            QCOMPARE(node.osVersion, row[u"OS-IMAGE"_s]);
            QCOMPARE(node.kernelVersion, row[u"KERNEL-VERSION"_s].section(u' ', 0, 0));
            QCOMPARE(node.runtime, row[u"CONTAINER-RUNTIME"_s]);
            QVERIFY(node.created.isValid() && node.cpuMilli >= 2000 && node.memoryKi > 20'000'000 && node.podLimit == 110 && node.diskMi > 200'000);
            QCOMPARE(node.trouble, QString());
        }
    }

    void podsAreReadAsKubectlPrintsThem_data() { pairs("get-pods-all.json", "get-pods-all.txt", "real-get-pods.json", "real-get-pods.txt"); }
    void podsAreReadAsKubectlPrintsThem()
    {
        QFETCH(const QString, json);
        QFETCH(const QString, printed);
        const auto output = replayed(json);
        QVERIFY(output);
        const auto objects = readKubeObjects(*output);
        QVERIFY2(objects, objects ? "" : qPrintable(objects.error().detail));
        const auto table = printedTable(printed);
        QCOMPARE(static_cast<qsizetype>(objects->pods.size()), table.size());
        QCOMPARE(table.size(), 11);
        for (size_t i = 0; i < objects->pods.size(); ++i) {
            const KubePod &pod = objects->pods[i];
            const auto &row = table[static_cast<qsizetype>(i)];
            QCOMPARE(pod.nameSpace, row[u"NAMESPACE"_s]);
            QCOMPARE(pod.name, row[u"NAME"_s]);
            QCOMPARE(u"%1/%2"_s.arg(pod.readyContainers).arg(pod.containers), row[u"READY"_s]);
            QCOMPARE(pod.phase, row[u"STATUS"_s]);
            QCOMPARE(QString::number(pod.restarts), row[u"RESTARTS"_s].section(u' ', 0, 0));
            QCOMPARE(pod.ip, row[u"IP"_s]);
            QCOMPARE(pod.hostName, row[u"NODE"_s]);
            QCOMPARE(pod.nominatedNode, row[u"NOMINATED NODE"_s]);
            QVERIFY(pod.created.isValid());
        }
    }

    // coredns asks for 100m and 70Mi, with a limit of memory alone.
    void amountsOfARealPod()
    {
        const auto objects = readKubeObjects(captureOf(u"real-get-pods.json"_s).out);
        QVERIFY(objects);
        const auto pod = std::ranges::find_if(objects->pods, [](const KubePod &one) { return one.name.startsWith(u"coredns"_s); });
        QVERIFY(pod != objects->pods.end());
        QCOMPARE(pod->cpuAskedMilli, 100);
        QCOMPARE(pod->memoryAskedKi, 70 * 1024);
        QCOMPARE(pod->cpuLimitMilli, 0);
        QCOMPARE(pod->memoryLimitKi, 170 * 1024);
        QCOMPARE(pod->ownerKind, u"ReplicaSet"_s);
        const auto fixed = std::ranges::find(objects->pods, u"etcd-h1"_s, &KubePod::name);
        QVERIFY(fixed != objects->pods.end());
        QCOMPARE(fixed->ownerKind, u"Node"_s);
    }

private:
    static void pairs(const char *firstJson, const char *firstPrinted, const char *secondJson, const char *secondPrinted)
    {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("printed");
        QTest::newRow(firstJson) << QString::fromLatin1(firstJson) << QString::fromLatin1(firstPrinted);
        QTest::newRow(secondJson) << QString::fromLatin1(secondJson) << QString::fromLatin1(secondPrinted);
    }
};

QTEST_GUILESS_MAIN(TestKubectlCaptures)
#include "tst_kubectlcaptures.moc"
