#include "tests/host/hostfixture.h"

#include "app/cluster/kubeobjects.h"
#include "app/cluster/preflight.h"

#include <QElapsedTimer>
#include <QProcess>
#include <unistd.h>

using namespace kboss;
using namespace Qt::StringLiterals;
using test::HostFixture;
using test::HostOptions;
using test::InstallHost;
using test::InstallLab;

// A cluster put up by hand over SSH, as the installer will; and many hosts at once.
class TstInstallLab : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aClusterByHand();
    void threeControlPlanes();
    void halfAnInstallationIsRefused();
    void thirtyHostsAtOnce();
    void aKilledTestLeavesNothing();

private:
    struct Walk {
        QString state;
        int inits = 0, joins = 0;
    };
    void byHand(Walk *walk);
};

namespace {

const QString flannel =
    u"apiVersion: v1\nkind: Namespace\nmetadata: {name: kube-flannel}\n---\napiVersion: apps/v1\nkind: DaemonSet\n"
    "metadata: {name: kube-flannel-ds, namespace: kube-flannel}\nspec: {template: {metadata: {labels: {app: flannel}}, spec: {hostNetwork: true, "
    "tolerations: [{operator: Exists, effect: NoSchedule}], containers: [{name: f, image: f}]}}}\n"_s;
const QString kubectl = u"kubectl --kubeconfig /etc/kubernetes/admin.conf "_s;

// Of a process and of its children that ended.
qint64 cpuMsOf(pid_t process)
{
    QFile stat(u"/proc/%1/stat"_s.arg(process));
    if (!stat.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray text = stat.readAll();
    const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    qint64 ticks = 0;
    for (int field = 11; field < 15; ++field)
        ticks += fields.value(field).toLongLong();
    return ticks * 1000 / ::sysconf(_SC_CLK_TCK);
}

KubeObjects nodesOf(SshSession &session)
{
    return readKubeObjects(HostFixture::run(session, kubectl + u"get nodes -o json"_s).out).value_or(KubeObjects{});
}

} // namespace

void TstInstallLab::byHand(Walk *walk)
{
    HostOptions common;
    common.installed = true;
    InstallLab lab(2, common);
    QVERIFY2(lab.start(), qPrintable(lab.errorText()));
    HostFixture fixture;
    auto control = fixture.open(fixture.target(lab[0])), worker = fixture.open(fixture.target(lab[1]));
    QVERIFY(control && worker);
    SshSession &first = **control, &second = **worker;

    const CommandResult checked = HostFixture::run(first, u"kubeadm init phase preflight"_s);
    const PreflightReport report = readPreflight(checked.out, checked.err, checked.exitCode);
    QVERIFY2(report.passed && report.unread.isEmpty(), checked.err.constData());
    const CommandResult made = HostFixture::run(first, u"kubeadm init --kubernetes-version v1.36.2 --pod-network-cidr 10.244.0.0/16"_s);
    QVERIFY2(made.isGood(), made.err.constData());
    QVERIFY(made.out.contains("Your Kubernetes control-plane has initialized successfully!"));
    QCOMPARE(HostFixture::run(first, kubectl + u"get --raw /readyz"_s).out, "ok");
    QVERIFY(!nodesOf(first).nodes.at(0).ready); // no network yet
    QVERIFY(HostFixture::run(first, kubectl + u"apply -f -"_s, flannel.toUtf8()).isGood());
    QVERIFY(HostFixture::run(first, kubectl + u"wait --for=condition=Ready node --all --timeout=20s"_s).isGood());

    const QString line = QString::fromUtf8(HostFixture::run(first, u"kubeadm token create --print-join-command"_s).out.trimmed());
    QVERIFY(line.startsWith(u"kubeadm join "_s));
    const CommandResult joined = HostFixture::run(second, line);
    QVERIFY2(joined.isGood(), joined.err.constData());
    const KubeObjects both = nodesOf(first);
    QCOMPARE(both.nodes.size(), 2u);
    QVERIFY(both.nodes[0].ready && both.nodes[0].control && both.nodes[1].ready && !both.nodes[1].control);
    QCOMPARE(both.nodes[1].internalIp, lab[1].address());
    QVERIFY(HostFixture::run(second, line).err.contains("[ERROR FileAvailable--etc-kubernetes-kubelet.conf]"));
    QVERIFY(lab[1].fileExists(u"/etc/cni/net.d/10-flannel.conflist"_s));
    walk->state = lab.stateSnapshot();
    walk->inits = int(lab.calls(u"kubeadm"_s, u"init --kubernetes-version"_s).size());
    walk->joins = int(lab.calls(u"kubeadm"_s, u"join 127"_s).size());

    QVERIFY(HostFixture::run(first, kubectl + u"drain node-2"_s).err.contains("--ignore-daemonsets"));
    QVERIFY(HostFixture::run(first, kubectl + u"drain node-2 --ignore-daemonsets --delete-emptydir-data"_s).out.contains("node/node-2 drained"));
    QVERIFY(nodesOf(first).nodes.at(1).cordoned);
    QCOMPARE(HostFixture::run(first, kubectl + u"delete node node-2"_s).out, "node \"node-2\" deleted\n");
    QVERIFY(HostFixture::run(second, u"kubeadm reset -f"_s).isGood());
    QCOMPARE(nodesOf(first).nodes.size(), 1u);
    QVERIFY(HostFixture::run(second, u"systemctl start kubelet; "_s + line).isGood()); // and once more
    QCOMPARE(nodesOf(first).nodes.size(), 2u);
    lab[0].reboot();
    QVERIFY(lab[0].waitUntilBooted(2));
    QVERIFY(lab[0].inside({u"kubectl"_s, u"--kubeconfig"_s, u"/etc/kubernetes/admin.conf"_s, u"get"_s, u"nodes"_s}).out.contains("node-1   Ready"));
    for (int index = 0; index < 2; ++index)
        QVERIFY2(lab[index].troubles().isEmpty(), qPrintable(lab[index].troubles()));
}

void TstInstallLab::aClusterByHand()
{
    Walk one, two;
    byHand(&one);
    byHand(&two);
    if (QTest::currentTestFailed())
        return;
    QCOMPARE(one.inits, 1);
    QCOMPARE(one.joins, 2);
    QVERIFY(one.state.contains(u"node node-2 <address of node-2> v1.36.2"_s));
    const QStringList before = one.state.split(u'\n'), after = two.state.split(u'\n');
    for (qsizetype line = 0; line < std::min(before.size(), after.size()); ++line)
        QCOMPARE(after[line], before[line]);
    QCOMPARE(after.size(), before.size());
}

void TstInstallLab::threeControlPlanes()
{
    HostOptions common;
    common.installed = true;
    InstallLab lab(3, common);
    QVERIFY2(lab.start(), qPrintable(lab.errorText()));
    const auto on = [&lab](int host, const QString &line) { return lab[host].inside({u"sh"_s, u"-c"_s, line}); };
    const QString endpoint = lab[0].address() + u":6443"_s;
    auto done = on(0, u"kubeadm init --kubernetes-version v1.36.2 --upload-certs --control-plane-endpoint "_s + endpoint);
    QVERIFY2(done.exit == 0, done.err.constData());
    QVERIFY(on(0, u"printf '%s' '"_s + flannel + u"' | "_s + kubectl + u"apply -f -"_s).exit == 0);
    const QString key = QString::fromUtf8(on(0, u"kubeadm init phase upload-certs --upload-certs | tail -1"_s).out.trimmed());
    const QString line = QString::fromUtf8(on(0, u"kubeadm token create --print-join-command --certificate-key "_s + key).out.trimmed());
    QVERIFY(line.contains(u"--control-plane"_s));
    QVERIFY(on(1, QString(line).replace(key, QString(64, u'0'))).err.contains("message authentication failed"));
    QVERIFY(on(1, u"kubeadm reset -f"_s).exit == 0);
    for (int host : {1, 2}) {
        done = on(host, line);
        QVERIFY2(done.exit == 0, done.err.constData());
    }
    QCOMPARE(on(0, kubectl + u"get nodes -o name"_s).out, "node/node-1\nnode/node-2\nnode/node-3\n");
    QCOMPARE(on(0, kubectl + u"-n kube-system exec etcd-node-1 -- etcdctl member list"_s).out.count('\n'), 3);
    QVERIFY(on(1, kubectl + u"get nodes"_s).exit == 0);
    lab[2].setPower(false); // two of three members are enough
    QVERIFY(on(2, u"kubeadm reset -f"_s).exit == 0);
    lab[2].setPower(true);
    QCOMPARE(on(0, kubectl + u"-n kube-system exec etcd-node-1 -- etcdctl member list"_s).out.count('\n'), 2);
}

void TstInstallLab::halfAnInstallationIsRefused()
{
    HostOptions options;
    options.installed = true;
    options.cpus = 1;
    options.missing = QStringList{u"socat"_s};
    InstallHost host(options);
    QVERIFY2(host.start(), qPrintable(host.errorText()));
    // In the middle of an init: what was done before stays, and the next one is refused.
    host.fail({u"kubeadm:control-plane"_s, {}, 1, 1, u"error: told to"_s, test::HostFault::When::Before});
    auto broken = host.inside({u"kubeadm"_s, u"init"_s, u"--ignore-preflight-errors=NumCPU"_s});
    QVERIFY(broken.exit == 1 && broken.err.endsWith("error: told to\n"));
    QVERIFY(host.fileExists(u"/etc/kubernetes/manifests/etcd.yaml"_s) && !host.fileExists(u"/etc/kubernetes/manifests/kube-apiserver.yaml"_s));
    QVERIFY(host.inside({u"kubeadm"_s, u"init"_s, u"--ignore-preflight-errors=NumCPU"_s}).err.contains("manifests-etcd.yaml]"));
    host.fail({u"kubeadm:certs"_s, {}, 1, 1, {}, test::HostFault::When::Killed});
    QVERIFY(host.inside({u"kubeadm"_s, u"init"_s, u"phase"_s, u"certs"_s, u"all"_s}).exit < 0);
    QVERIFY(host.inside({u"kubeadm"_s, u"reset"_s, u"-f"_s}).exit == 0);
    host.leaveOldInstall();
    host.setSwap(true);
    host.occupyPort(2379);
    auto refused = host.inside({u"kubeadm"_s, u"init"_s, u"phase"_s, u"preflight"_s});
    PreflightReport report = readPreflight(refused.out, refused.err, refused.exit);
    QStringList names;
    for (const PreflightProblem &problem : report.problems)
        names << problem.name;
    for (const char *name : {"NumCPU", "Swap", "FileExisting-socat", "Port-2379", "DirAvailable--var-lib-etcd",
                             "FileAvailable--etc-kubernetes-manifests-etcd.yaml", "Port-10250"})
        QVERIFY2(names.contains(QLatin1String(name)), qPrintable(names.join(u' ') + QLatin1String(name)));
    QVERIFY2(report.unread.isEmpty(), qPrintable(report.unread.join(u'\n')));
    QVERIFY(host.inside({u"kubeadm"_s, u"reset"_s, u"-f"_s}).exit == 0);
    host.setSwap(false);
    host.freePort(2379);
    refused = host.inside({u"kubeadm"_s, u"init"_s, u"phase"_s, u"preflight"_s, u"--ignore-preflight-errors=NumCPU"_s});
    QVERIFY2(refused.exit == 0, refused.err.constData());
    host.setRegistry(false);
    refused = host.inside({u"kubeadm"_s, u"config"_s, u"images"_s, u"pull"_s, u"--image-repository"_s, u"mirror.example/k8s"_s});
    QVERIFY(refused.exit == 1 && refused.err.contains("mirror.example/k8s/kube-apiserver:v1.36.2"));
}

void TstInstallLab::thirtyHostsAtOnce()
{
    QElapsedTimer clock;
    clock.start();
    InstallLab lab(30);
    QVERIFY2(lab.start(), qPrintable(lab.errorText()));
    qint64 cpuMs = 0;
    for (int index = 0; index < lab.size(); ++index)
        cpuMs += cpuMsOf(lab[index].initPid());
    qInfo() << "30 hosts started in" << clock.elapsed() << "ms, of the processor" << cpuMs << "ms";
    QVERIFY2(cpuMs < 30'000, "more than two processors do in 15 s"); // of the machine's own work, however busy it is with other things
    HostFixture fixture;
    for (int index = 0; index < lab.size(); ++index) {
        auto session = fixture.open(fixture.target(lab[index]));
        QVERIFY(session);
        QCOMPARE(HostFixture::run(**session, u"hostname"_s).out.trimmed(), lab[index].name().toUtf8());
    }
}

// This program again, as one that starts a host and is killed.
void TstInstallLab::aKilledTestLeavesNothing()
{
    QProcess other;
    other.start(QCoreApplication::applicationFilePath(), {u"--only-start"_s});
    QVERIFY(other.waitForStarted());
    QByteArray said;
    while (!said.contains('\n') && other.waitForReadyRead(20'000))
        said += other.readAllStandardOutput();
    const QString init = u"/proc/"_s + QString::fromUtf8(said.trimmed());
    QVERIFY2(QFile::exists(init) && init.size() > 6, said.constData());
    other.kill();
    other.waitForFinished();
    QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(init), 10'000);
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (argc > 1 && qstrcmp(argv[1], "--only-start") == 0) {
        InstallHost host;
        if (!host.start())
            return 1;
        QTextStream(stdout) << host.initPid() << Qt::endl;
        for (;;)
            QThread::sleep(1);
    }
    TstInstallLab test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_installlab.moc"
