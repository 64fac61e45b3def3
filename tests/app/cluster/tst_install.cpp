// Whole installations and removals through the runner, on hosts with real sshd and played kubeadm, kubectl, apt-get, systemctl …
// (tests/support/host).
#include "tests/support/host/installlab.h"
#include "tests/support/labinstall.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTest>
#include <cstdio>

using namespace kboss;
using namespace kboss::test;
using namespace Qt::StringLiterals;
using State = StepStatus::State;
using Kind = LabInstall::Kind;

namespace {

constexpr int longMs = 240'000;

// Hosts, and the plan of a cluster of them.
class Ground {
public:
    explicit Ground(int controls, int workers, int firstNumber = 0)
    {
        std::vector<HostOptions> hosts;
        for (int i = 0; i < controls + workers; ++i) {
            HostOptions options;
            options.name = i < controls ? u"cp-%1"_s.arg(i + 1) : u"w-%1"_s.arg(i - controls + 1);
            options.swap = i == 0;
            options.number = firstNumber > 0 ? firstNumber + i : 0;
            hosts.push_back(options);
        }
        lab = std::make_unique<InstallLab>(hosts);
        controlCount = controls;
    }

    bool start()
    {
        if (!folder.isValid() || !lab->start())
            return false;
        install.folder = folder.path();
        install.password = (*lab)[0].options().password.toUtf8();
        install.plan.cluster = u"test"_s;
        install.plan.version = u"v1.34.9"_s;
        install.plan.packageMirror = u"https://packages.example/core"_s;
        for (int i = 0; i < lab->size(); ++i) {
            const InstallHost &host = (*lab)[i];
            install.plan.hosts.push_back(
                {host.name(), host.address(), host.port(), u"ops"_s, i < controlCount ? HostRole::ControlPlane : HostRole::Worker, {}});
            install.knownHosts += '[' + host.address().toUtf8() + "]:" + QByteArray::number(host.port()) + ' ' + host.hostKey() + '\n';
        }
        if (controlCount > 1)
            install.plan.endpoint = (*lab)[0].address() + u":6443"_s;
        install.save();
        return true;
    }

    // Runs one kind of work to its end; empty = everything went well.
    QString run(Kind kind, const QString &worker = {})
    {
        LabRun run(install, kind, worker);
        if (!run.errorText().isEmpty())
            return run.errorText();
        run.runner().start();
        return run.runner().wait(longMs) ? run.trouble() : u"not ended: "_s + run.trouble();
    }

    // Calls of programs that change something, as one text a call.
    QStringList changes() const
    {
        static const QStringList tools{u"kubeadm"_s, u"apt-get"_s, u"apt-mark"_s, u"systemctl"_s, u"modprobe"_s,
                                       u"swapoff"_s, u"ctr"_s,     u"crictl"_s,   u"kubectl"_s,   u"systemd-run"_s};
        static const QStringList asking{u"is-active"_s, u"is-enabled"_s,       u"images"_s, u"get"_s,  u"version"_s,    u"showhold"_s,
                                        u"cat"_s,       u"check-expiration"_s, u"config"_s, u"exec"_s, u"list-units"_s, u"show"_s};
        QStringList found;
        for (int i = 0; i < lab->size(); ++i) {
            for (const HostCall &call : (*lab)[i].calls()) {
                const bool asks =
                    std::any_of(call.arguments.begin(), call.arguments.end(), [](const QString &word) { return asking.contains(word); });
                if (tools.contains(call.tool) && !asks)
                    found << (*lab)[i].name() + u": "_s + call.line();
            }
        }
        return found;
    }

    QTemporaryDir folder;
    std::unique_ptr<InstallLab> lab;
    LabInstall install;
    int controlCount = 1;
};

QString dump(InstallHost &host)
{
    QString text;
    for (const HostCall &call : host.calls())
        text += host.name() + u": "_s + call.line() + u" -> %1\n"_s.arg(call.exit);
    return text;
}

} // namespace

class TstInstall : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneControlPlane();
    void threeControlPlanes();
    void killedAndResumed_data();
    void killedAndResumed();

private:
    QString m_reference; // what hosts are after an installation that nobody disturbed
};

void TstInstall::oneControlPlane()
{
    Ground ground(1, 2);
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
}

void TstInstall::threeControlPlanes()
{
    Ground ground(3, 2);
    QVERIFY2(ground.start(), qPrintable(ground.lab->errorText()));
    const QString trouble = ground.run(Kind::Install);
    if (!trouble.isEmpty())
        qWarning("%s", qPrintable(dump((*ground.lab)[1]).right(4000)));
    QVERIFY2(trouble.isEmpty(), qPrintable(trouble));
    const QString state = (*ground.lab)[0].stateSnapshot();
    for (const QString &host : {u"etcd cp-1"_s, u"etcd cp-2"_s, u"etcd cp-3"_s, u"node w-1"_s, u"node w-2"_s})
        QVERIFY2(state.contains(host), qPrintable(state));
    QVERIFY(!state.contains(u"cordoned=True"_s));
    for (int i = 1; i < 5; ++i)
        QCOMPARE((*ground.lab)[i].calls(u"kubeadm"_s, u"join"_s).size(), size_t(1));
    for (int i = 0; i < 5; ++i)
        (*ground.lab)[i].forgetCalls();
    QCOMPARE(ground.run(Kind::Install), QString());
    QCOMPARE(ground.changes(), QStringList());
    QCOMPARE(ground.run(Kind::RemoveCluster), QString());
    for (int i = 0; i < 5; ++i)
        QVERIFY(!(*ground.lab)[i].fileExists(u"/etc/kubernetes/kubelet.conf"_s));
}

// Another process goes on with the installation until a step says the word; then it is killed. False: it came to its end before.
bool runUntilKilled(const Ground &ground, const QString &line, int laterMs)
{
    QProcess child;
    child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    child.start(QCoreApplication::applicationFilePath(), {u"--go-on"_s, ground.folder.path()});
    QByteArray seen;
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < longMs && child.state() != QProcess::NotRunning) {
        child.waitForReadyRead(1'000);
        seen += child.readAllStandardOutput();
        if (!seen.contains('\n' + line.toUtf8() + '\n'))
            continue;
        if (laterMs > 0)
            child.waitForFinished(laterMs);
        child.kill(); // SIGKILL
        child.waitForFinished();
        return true;
    }
    child.kill();
    child.waitForFinished();
    return false;
}

QString stateWithout(const Ground &ground)
{
    return ground.lab->stateSnapshot({u"/var/lib/kboss"_s});
}

void TstInstall::killedAndResumed_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<int>("laterMs");
    QTest::newRow("at the start of each step") << u"begins"_s << 0;
    QTest::newRow("in the middle of each step") << u"begins"_s << 150;
    QTest::newRow("at the end of each step") << u"done"_s << 0;
}

void TstInstall::killedAndResumed()
{
    QFETCH(const QString, word);
    QFETCH(const int, laterMs);
    if (m_reference.isEmpty()) {
        Ground whole(1, 1, 101);
        QVERIFY2(whole.start(), qPrintable(whole.lab->errorText()));
        QCOMPARE(whole.run(Kind::Install), QString());
        m_reference = stateWithout(whole);
    }
    Ground ground(1, 1, 101);
    QVERIFY2(ground.start(), qPrintable(ground.lab->errorText()));
    int kills = 0;
    for (const InstallStep &step : installSteps(ground.install.plan, {}))
        kills += runUntilKilled(ground, step.id + u' ' + word, laterMs) ? 1 : 0;
    QVERIFY2(kills > 30, QByteArray::number(kills));
    QCOMPARE(ground.run(Kind::Install), QString());
    QCOMPARE(stateWithout(ground), m_reference);
    QMap<QString, int> ended; // what came to its end, by its words
    for (int i = 0; i < ground.lab->size(); ++i) {
        for (const HostCall &call : (*ground.lab)[i].calls()) {
            const QString line = call.line();
            const bool counts = line.startsWith(u"kubeadm init phase"_s) || line.startsWith(u"kubeadm join"_s) || line.contains(u" pull "_s)
                || (call.tool == u"apt-get"_s && line.contains(u" install "_s));
            if (counts && !line.contains(u"preflight --config"_s) && call.exit == 0 && ++ended[(*ground.lab)[i].name() + u' ' + line] > 1)
                QFAIL(qPrintable(u"ran twice: "_s + line));
        }
    }
    QVERIFY(ended.size() > 15);
}

namespace {

int goOn(const QString &folder)
{
    InstallRunner::Observer observer;
    std::puts(""); // each line stands between two line ends
    observer.changed = [last = QHash<QString, State>()](const StepStatus &status) mutable {
        if (last.value(status.id) == status.state)
            return;
        last[status.id] = status.state;
        const char *word = status.state == State::Running ? "begins" : status.state == State::Done && !status.alreadyDone ? "done" : nullptr;
        if (word)
            std::printf("%s %s\n", qPrintable(status.id), word);
        std::fflush(stdout);
    };
    LabRun run(LabInstall::load(folder), Kind::Install, {}, observer);
    if (!run.errorText().isEmpty()) {
        qWarning("%s", qPrintable(run.errorText()));
        return 2;
    }
    run.runner().start();
    return run.runner().wait(longMs) && run.trouble().isEmpty() ? 0 : 1;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (app.arguments().value(1) == u"--go-on"_s)
        return goOn(app.arguments().value(2));
    TstInstall test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_install.moc"
