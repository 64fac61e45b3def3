#include "app/cluster/preflight.h"

#include <QFile>
#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;

namespace {

using Level = PreflightProblem::Level;

// An output as it was recorded: the command, "# exit code: N", then both streams.
PreflightReport recorded(const QString &name)
{
    QFile file(qEnvironmentVariable("KBOSS_SOURCE_DIR") + u"/tests/support/kubeadm/"_s + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s is not there", qPrintable(name));
    const QByteArray all = file.readAll();
    const qsizetype out = all.indexOf("# --- stdout\n"), err = all.indexOf("# --- stderr\n");
    const int code = all.mid(all.indexOf("# exit code: ") + 13).split(' ').first().toInt();
    return readPreflight(all.mid(out + 13, err - out - 13), all.mid(err + 13), code);
}

QStringList names(const PreflightReport &report, Level level)
{
    QStringList list;
    for (const PreflightProblem &one : report.problems) {
        if (one.level == level)
            list << one.name;
    }
    return list;
}

const PreflightProblem *find(const PreflightReport &report, const QString &name)
{
    for (const PreflightProblem &one : report.problems) {
        if (one.name == name)
            return &one;
    }
    return nullptr;
}

} // namespace

// kubeadm's checks, from outputs of the real program.
class TstPreflight : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aBareHost();
    void aUsedHostIsToBeReset();
    void kernelValuesAreNamedByTheirPath_data();
    void kernelValuesAreNamedByTheirPath();
    void otherFailuresAreNoProblems();
    void whatIsNotUnderstoodIsKept();
    void namesDifferBetweenVersionsInLetters();
    void aGoodHost();
    void onlyWhatAPersonAcceptedIsIgnored();
    void coloursAreTakenAway();
};

void TstPreflight::aBareHost()
{
    const PreflightReport report = recorded(u"init-preflight-bare-host.txt"_s);
    QCOMPARE(names(report, Level::Warning), QStringList{u"Service-kubelet"_s});
    QCOMPARE(names(report, Level::Error),
             (QStringList{u"CRI"_s, u"ContainerRuntimeVersion"_s, u"SystemVerification"_s, u"KubeletVersion"_s,
                          u"FileContent--proc-sys-net-ipv4-ip_forward"_s}));
    QVERIFY(!report.passed && report.error.isEmpty());
    QCOMPARE(report.unread, QStringList());
    QVERIFY(find(report, u"CRI"_s)->text.endsWith(u"connect: no such file or directory\""_s)); // whole, with its nested quotes
    QCOMPARE(find(report, u"CRI"_s)->fix, PreflightFix::StartRuntime);
    QCOMPARE(find(report, u"SystemVerification"_s)->fix, PreflightFix::InstallKubelet);
    QCOMPARE(find(report, u"Service-kubelet"_s)->subject, u"kubelet"_s);
}

void TstPreflight::aUsedHostIsToBeReset()
{
    const PreflightReport report = recorded(u"init-again-on-used-host.txt"_s);
    QCOMPARE(names(report, Level::Error).size(), 4);
    for (const PreflightProblem &one : report.problems)
        QCOMPARE(one.fix, one.level == Level::Error ? PreflightFix::ResetHost : PreflightFix::None);
    QVERIFY(find(report, u"FileAvailable--etc-kubernetes-manifests-etcd.yaml"_s));
}

void TstPreflight::kernelValuesAreNamedByTheirPath_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("init 1.34") << u"init-preflight-ip-forward-1.34.txt"_s;
    QTest::newRow("join") << u"join-preflight-ip-forward.txt"_s;
}

void TstPreflight::kernelValuesAreNamedByTheirPath()
{
    QFETCH(const QString, file);
    const PreflightReport report = recorded(file);
    const PreflightProblem *forward = find(report, u"FileContent--proc-sys-net-ipv4-ip_forward"_s);
    QVERIFY(forward);
    QCOMPARE(forward->fix, PreflightFix::SetKernelValue);
    QCOMPARE(forward->subject, u"/proc/sys/net/ipv4/ip_forward"_s);
    QCOMPARE(report.unread, QStringList());
}

void TstPreflight::otherFailuresAreNoProblems()
{
    const PreflightReport flag = recorded(u"init-bad-flag.txt"_s);
    QCOMPARE(flag.error, u"unknown flag: --no-such-flag"_s);
    QVERIFY(flag.problems.empty() && !flag.passed);
    const PreflightReport hash = recorded(u"join-wrong-hash.txt"_s);
    QVERIFY(!hash.passed && !hash.hasErrors());
    QVERIFY2(hash.error.contains(u"none of the public keys"_s), qPrintable(hash.error));
    const PreflightReport killed = readPreflight("[preflight] Running pre-flight checks\n", {}, 137);
    QVERIFY(killed.error.contains(u"137"_s));
    QVERIFY(!readPreflight({}, {}, 0).passed); // silence is no success
}

void TstPreflight::whatIsNotUnderstoodIsKept()
{
    const PreflightReport report = readPreflight("[preflight] Running pre-flight checks\n",
                                                 "W1122 03:04:53.953739     543 version.go:109] could not fetch a Kubernetes version\n"
                                                 "\t[ERROR Port-10250]: Port 10250 is in use\n"
                                                 "\tby another\n"
                                                 "\t[ERROR Port-10250]: Port 10250 is in use\n"
                                                 "something new\n"
                                                 "error: error execution phase preflight: preflight checks failed\n",
                                                 1);
    QCOMPARE(report.unread.size(), 2);
    QVERIFY(report.unread.last() == u"something new"_s);
    QCOMPARE(find(report, u"Port-10250"_s)->text, u"Port 10250 is in use\nby another"_s);
    QCOMPARE(find(report, u"Port-10250"_s)->subject, u"10250"_s);
}

void TstPreflight::namesDifferBetweenVersionsInLetters()
{
    QCOMPARE(recorded(u"init-preflight-ip-forward-1.34.txt"_s).problems[1].fix, PreflightFix::EnableService); // Service-Kubelet
    QCOMPARE(recorded(u"init-preflight-bare-host.txt"_s).problems[0].fix, PreflightFix::EnableService); // Service-kubelet
}

void TstPreflight::aGoodHost()
{
    const PreflightReport report =
        readPreflight("[preflight] Running pre-flight checks\n", "\t[WARNING Swap]: swap is supported for cgroup v2 only\n", 0);
    QVERIFY(report.passed && !report.hasErrors());
    QCOMPARE(report.problems.front().fix, PreflightFix::TurnSwapOff);
}

void TstPreflight::onlyWhatAPersonAcceptedIsIgnored()
{
    const PreflightReport report = recorded(u"init-preflight-image-pull.txt"_s);
    QCOMPARE(names(report, Level::Error), QStringList{u"SystemVerification"_s});
    QCOMPARE(ignoreArgument(report, {u"SystemVerification"_s, u"SystemVerification"_s}).value(), u"--ignore-preflight-errors=SystemVerification"_s);
    QCOMPARE(ignoreArgument(report, {}).value(), QString());
    for (const char *name : {"all", "ALL", "Swap", "Service-kubelet", "SystemVerification,all", ""})
        QVERIFY2(!ignoreArgument(report, {QString::fromLatin1(name)}), name);
}

void TstPreflight::coloursAreTakenAway()
{
    QCOMPARE(withoutEscapes(u"\x1b[0;37mKERNEL_VERSION\x1b[0m: \x1b[0;32m6.18\x1b[0m"_s), u"KERNEL_VERSION: 6.18"_s);
    QCOMPARE(withoutEscapes(u"a\x1b]0;title\x07z"_s), u"az"_s);
    QCOMPARE(withoutEscapes(u"plain [ERROR x]"_s), u"plain [ERROR x]"_s);
}

QTEST_GUILESS_MAIN(TstPreflight)
#include "tst_preflight.moc"
