// Whole installations and removals through the runner, on hosts with real sshd and played kubeadm, kubectl, apt-get, systemctl …
// (tests/support/host).
#include "tests/support/installground.h"

#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

using namespace kboss;
using namespace kboss::test;
using namespace Qt::StringLiterals;
using State = StepStatus::State;
using Kind = LabInstall::Kind;

class TstInstall : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneControlPlane();
    void undoOfAHost();
    void checksThatDoNotPass();
    void somebodyElsesClusterStays();
    void withoutARegistry();
    void dryRunTouchesNothing();
};

namespace {

QString dump(InstallHost &host)
{
    QString text;
    for (const HostCall &call : host.calls())
        text += host.name() + u": "_s + call.line() + u" -> %1\n"_s.arg(call.exit);
    return text;
}

// sudo notes below a person's home that it was used.
const QStringList sudosNote{u"/home/ops/.sudo_as_admin_successful"_s};

const StepStatus &statusOf(const std::vector<StepStatus> &states, const QString &id)
{
    const auto found = std::find_if(states.begin(), states.end(), [&id](const StepStatus &one) { return one.id == id; });
    Q_ASSERT(found != states.end());
    return *found;
}

} // namespace

void TstInstall::oneControlPlane()
{
    InstallGround ground(1, 2);
    QVERIFY2(ground.start(), qPrintable(ground.lab->errorText()));
    QElapsedTimer timer;
    timer.start();
    const QString trouble = ground.run(Kind::Install);
    if (!trouble.isEmpty())
        qWarning("%s", qPrintable(dump((*ground.lab)[0]).right(4000)));
    QVERIFY2(trouble.isEmpty(), qPrintable(trouble));
    qInfo("installed in %lld ms", timer.elapsed());
    QCOMPARE(LabPlatform(ground.folder.filePath(u"platform"_s)).names(), (QStringList{u"cluster"_s, u"kubeconfig"_s, u"node-w-1"_s, u"node-w-2"_s}));
    QVERIFY((*ground.lab)[0].fileContent(u"/proc/swaps"_s).count('\n') <= 1);
    const QString state = ground.lab->stateSnapshot();
    QVERIFY2(state.contains(u"node w-2"_s) && state.contains(u"network=flannel"_s), qPrintable(state));

    // Again, with the same journal: everything is found, nothing is done.
    for (int i = 0; i < ground.lab->size(); ++i)
        (*ground.lab)[i].forgetCalls();
    QCOMPARE(ground.run(Kind::Install), QString());
    QCOMPARE(ground.changes(), QStringList());

    // A worker goes; the other stays. Then all.
    QCOMPARE(ground.run(Kind::RemoveWorker, u"w-1"_s), QString());
    QVERIFY(!(*ground.lab)[1].fileExists(u"/etc/kubernetes/kubelet.conf"_s));
    QVERIFY(!(*ground.lab)[0].stateSnapshot().contains(u"node w-1"_s));
    QVERIFY((*ground.lab)[0].stateSnapshot().contains(u"node w-2"_s));
    QCOMPARE(ground.run(Kind::RemoveCluster), QString());
    for (int i = 0; i < ground.lab->size(); ++i) {
        for (const QString &path :
             {u"/etc/kubernetes/kubelet.conf"_s, u"/etc/kubernetes/admin.conf"_s, u"/var/lib/etcd/member"_s, u"/etc/cni/net.d/10-flannel.conflist"_s})
            QVERIFY2(!(*ground.lab)[i].fileExists(path), qPrintable(path));
    }
    QVERIFY(!LabPlatform(ground.folder.filePath(u"platform"_s)).names().contains(u"cluster"_s));

    const QString password = QString::fromUtf8(ground.install.password);
    static const QRegularExpression token(u"[a-z0-9]{6}\\.[a-z0-9]{16}(?![a-z0-9])"_s);
    for (const QString &words : ground.lab->argvSeen() + ground.lab->environSeen()) {
        QVERIFY2(!words.contains(password), "a password for everybody to see");
        QVERIFY2(!words.contains(u"kubeadm"_s) || !token.match(words).hasMatch(), qPrintable(words));
    }
    QVERIFY2(ground.search.names().contains(u"a join token"_s) && ground.search.names().contains(u"a private key"_s), "nothing to search for");
    QCOMPARE(ground.secretsSeen(), QStringList());
}

void TstInstall::undoOfAHost()
{
    InstallGround ground(1, 1);
    QVERIFY2(ground.start(), qPrintable(ground.lab->errorText()));
    InstallHost &worker = (*ground.lab)[1];
    worker.setSwap(true);
    const QByteArray fstab = worker.fileContent(u"/etc/fstab"_s), forward = worker.fileContent(u"/proc/sys/net/ipv4/ip_forward"_s);
    QVERIFY(fstab.contains("swap"));
    LabRun run(ground.install, Kind::Install);
    run.runner().start();
    QVERIFY(run.runner().wait(longMs));
    QCOMPARE(run.trouble(), QString());
    QVERIFY(worker.fileContent(u"/etc/fstab"_s) != fstab);
    const auto undone = run.runner().undoHost(u"w-1"_s);
    QVERIFY2(undone, qPrintable(undone ? QString() : undone.error().detail));
    QVERIFY(run.runner().wait(longMs));
    for (const StepStatus &step : run.runner().state())
        QVERIFY2(!step.id.startsWith(u"w-1/"_s) || step.state != State::Failed, qPrintable(step.id + u": "_s + step.error.detail));
    QCOMPARE(worker.fileContent(u"/etc/fstab"_s), fstab);
    QVERIFY(worker.fileContent(u"/proc/swaps"_s).count('\n') > 1);
    QCOMPARE(worker.fileContent(u"/proc/sys/net/ipv4/ip_forward"_s), forward);
    for (const QString &path : {u"/etc/kubernetes/kubelet.conf"_s, u"/etc/sysctl.d/99-kboss-kubernetes.conf"_s,
                                u"/etc/modules-load.d/kboss-kubernetes.conf"_s, u"/etc/apt/sources.list.d/kboss-kubernetes.list"_s,
                                u"/etc/apt/keyrings/kboss-kubernetes.asc"_s, u"/usr/bin/kubeadm"_s, u"/usr/bin/containerd"_s})
        QVERIFY2(!worker.fileExists(path), qPrintable(path));
    const QString state = (*ground.lab)[0].stateSnapshot();
    QVERIFY(state.contains(u"node cp-1"_s) && !state.contains(u"node w-1"_s));
    QVERIFY(!run.platform().names().contains(u"node-w-1"_s));
    QVERIFY((*ground.lab)[0].fileExists(u"/etc/kubernetes/admin.conf"_s));
}

void TstInstall::checksThatDoNotPass()
{
    InstallGround ground(1, 0, 0, [](HostOptions &options) { options.cpus = 1; });
    QVERIFY2(ground.start(), qPrintable(ground.lab->errorText()));
    const QString trouble = ground.run(Kind::Install);
    QVERIFY2(trouble.contains(u"NumCPU: "_s), qPrintable(trouble));
    QVERIFY(!(*ground.lab)[0].fileExists(u"/etc/kubernetes/pki/ca.crt"_s));
    // A person lets it pass: the plan says so, and a new installation begins.
    ground.install.plan.acceptedProblems = {u"cp-1/NumCPU"_s};
    QVERIFY(QDir(ground.folder.filePath(u"journal-0"_s)).removeRecursively());
    (*ground.lab)[0].inside({u"rm"_s, u"-f"_s, u"/var/lib/kboss/install.lock"_s});
    QCOMPARE(ground.run(Kind::Install), QString());
    for (const HostCall &call : (*ground.lab)[0].calls(u"kubeadm"_s, u"--ignore-preflight-errors"_s))
        QVERIFY2(call.arguments.contains(u"--ignore-preflight-errors=NumCPU"_s), qPrintable(call.line()));
    QVERIFY(!(*ground.lab)[0].calls(u"kubeadm"_s, u"--ignore-preflight-errors"_s).empty());
}

void TstInstall::somebodyElsesClusterStays()
{
    InstallGround ground(1, 2);
    QVERIFY2(ground.start(), qPrintable(ground.lab->errorText()));
    InstallHost &other = (*ground.lab)[1];
    other.leaveOldInstall();
    const QString before = other.stateSnapshot(QStringList{u"/var/lib/kboss"_s} + sudosNote);
    const QString trouble = ground.run(Kind::Install);
    QVERIFY2(trouble.startsWith(u"w-1/swap is 5"_s) && trouble.contains(u"that this installation did not begin"_s), qPrintable(trouble));
    QCOMPARE(difference(before, other.stateSnapshot(QStringList{u"/var/lib/kboss"_s} + sudosNote)), QString());
    const QString state = (*ground.lab)[0].stateSnapshot();
    QVERIFY2(state.contains(u"node w-2"_s), qPrintable(state)); // the others went on
    for (const QString &line : trouble.split(u'\n'))
        QVERIFY2(line.startsWith(u"w-1/"_s), qPrintable(line));
}

// Images that are brought along as an archive, where no registry can be reached.
void TstInstall::withoutARegistry()
{
    InstallGround ground(1, 0, 0, [](HostOptions &options) { options.registry = false; });
    QVERIFY2(ground.start(), qPrintable(ground.lab->errorText()));
    const QDir folder(ground.folder.path());
    QFile manifest(folder.filePath(u"manifest.json"_s));
    QVERIFY(manifest.open(QIODevice::WriteOnly));
    manifest.write(
        R"([{"RepoTags":["registry.k8s.io/kube-apiserver:v1.34.9","registry.k8s.io/kube-controller-manager:v1.34.9","registry.k8s.io/kube-scheduler:v1.34.9",
"registry.k8s.io/kube-proxy:v1.34.9","registry.k8s.io/coredns/coredns:v1.12.1","registry.k8s.io/pause:3.10.1","registry.k8s.io/etcd:3.6.5-0",
"ghcr.io/flannel-io/flannel:v0.28.1","ghcr.io/flannel-io/flannel-cni-plugin:v1.9.0-flannel1"]}])");
    manifest.close();
    QCOMPARE(QProcess::execute(u"tar"_s, {u"-cf"_s, folder.filePath(u"images.tar"_s), u"-C"_s, folder.path(), u"manifest.json"_s}), 0);
    QFile archive(folder.filePath(u"images.tar"_s));
    QVERIFY(archive.open(QIODevice::ReadOnly));
    const QByteArray content = archive.readAll();
    ground.install.files = {{u"images.tar"_s, QCryptographicHash::hash(content, QCryptographicHash::Sha256), content.size(), archive.fileName(),
                             InstallFile::Kind::Images}};
    QCOMPARE(ground.run(Kind::Install), QString());
    QVERIFY((*ground.lab)[0].calls(u"crictl"_s, u" pull "_s).empty());
    QCOMPARE((*ground.lab)[0].calls(u"ctr"_s, u"import"_s).size(), size_t(1));
    QVERIFY((*ground.lab)[0].stateSnapshot().contains(u"cordoned=False"_s));
}

void TstInstall::dryRunTouchesNothing()
{
    InstallGround ground(1, 1);
    QVERIFY2(ground.start(), qPrintable(ground.lab->errorText()));
    const QString before = ground.lab->stateSnapshot(sudosNote);
    LabRun run(ground.install, Kind::Install, {}, {}, true);
    run.runner().start();
    QVERIFY(run.runner().wait(longMs));
    const auto states = run.runner().state();
    for (const StepStatus &step : states)
        QVERIFY2(step.state == State::WouldRun || step.state == State::Done || step.state == State::NotNeeded,
                 qPrintable(step.id + u' ' + step.error.detail));
    QCOMPARE(statusOf(states, u"cp-1/certs"_s).state, State::WouldRun);
    QCOMPARE(statusOf(states, u"w-1/join"_s).state, State::WouldRun);
    QCOMPARE(difference(before, ground.lab->stateSnapshot(sudosNote)), QString());
    QCOMPARE(ground.changes(), QStringList());
}

QTEST_GUILESS_MAIN(TstInstall)
#include "tst_install.moc"
