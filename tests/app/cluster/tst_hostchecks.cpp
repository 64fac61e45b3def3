#include "app/cluster/hostjudge.h"
#include "tests/app/cluster/samplefacts.h"
#include "tests/app/cluster/scriptedhost.h"

#include <QDir>
#include <QFile>
#include <QTest>
#include <algorithm>

using namespace kboss;
using namespace Qt::StringLiterals;
using test::factsOf;
using test::findCheck;
using test::samplePlan;
using State = CheckResult::State;

namespace {

std::vector<CheckResult> judged(const HostFacts &facts, int host = 0, const CheckOptions &options = {})
{
    const InstallPlan plan = samplePlan();
    return judgeFacts(plan, plan.hosts[size_t(host)], facts, options);
}

State stateOf(const std::vector<CheckResult> &results, const char *name)
{
    const CheckResult *one = findCheck(results, QLatin1String(name));
    if (!one)
        qFatal("there is no %s", name);
    return one->state;
}

const QMap<QString, QByteArray> installed{{u"kubernetes"_s, "kubeadm\tv1.34.9\nkubelet\tKubernetes v1.34.9\n"},
                                          {u"runtime"_s, "containerd\tcontainerd 2.1.4\nsocket\t/run/containerd/containerd.sock\n"},
                                          {u"services"_s, "containerd\tactive\tenabled\nkubelet\tinactive\tdisabled\nchrony\tactive\tenabled\n"}};

} // namespace

// One host's checks: from its facts, from kubeadm's words, from its disk and its way to the registry.
class TstHostChecks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aBareHostIsNoProblem();
    void everyRowHasAResult();
    void eachTroubleIsItsOwnCheck_data();
    void eachTroubleIsItsOwnCheck();
    void swapIsMeasuredAndNamed();
    void aPortNamesItsHolder();
    void anotherHostsPortIsNotOurs();
    void anOldInstallationAndALivingOne();
    void ourOwnInstallationGoesOn();
    void kubeadmsVerdictCounts();
    void whatIsInstalledLaterIsNoError();
    void aWorkerIsAskedToJoin();
    void kubeadmThatCannotRunIsSaid();
    void acceptedByNameAlone();
    void theDiskOfThisMachine();
    void aDiskThatCannotBeWritten();
    void registryAnswers_data();
    void registryAnswers();
    void registryThroughARealShell();
    void theWholeOfAHost();
};

void TstHostChecks::aBareHostIsNoProblem()
{
    for (int host = 0; host < 2; ++host) {
        for (const CheckResult &one : judged(factsOf(), host)) {
            if (one.name != u"Hostname"_s || host == 0)
                QVERIFY2(!one.isProblem(), qPrintable(one.name + u' ' + one.measured + u' ' + one.evidence));
        }
    }
    const auto results = judged(factsOf());
    QCOMPARE(findCheck(results, u"CRI"_s)->later, InstallPhase::Runtime);
    QCOMPARE(findCheck(results, u"FileExisting-*"_s)->later, InstallPhase::Binaries);
    QCOMPARE(findCheck(results, u"FileExisting-*"_s)->measured, u"5 / 10"_s);
    QCOMPARE(findCheck(results, u"FileContent--proc-sys-net-ipv4-ip_forward"_s)->later, InstallPhase::System);
    QCOMPARE(findCheck(results, u"Preflight"_s)->later, InstallPhase::Binaries);
    QCOMPARE(findCheck(results, u"Mem"_s)->measured, u"126 GB"_s);
    QCOMPARE(findCheck(results, u"DiskSpace--var"_s)->measured, u"412 GB"_s);
    QCOMPARE(findCheck(results, u"OSRelease"_s)->measured, u"Debian 12"_s);
    QCOMPARE(stateOf(judged(factsOf(), 1), "NumCPU"), State::NotApplicable); // a worker
}

void TstHostChecks::everyRowHasAResult()
{
    const InstallPlan plan = samplePlan();
    QStringList names;
    for (const CheckResult &one : judged(factsOf()))
        names << one.name;
    names << u"DiskLatency--var-lib"_s << u"RegistryReach"_s << u"PackageMirror"_s << u"ClockSkew"_s; // of checkHost() and checkAcross()
    const auto rows = checkRows(plan);
    for (const CheckName &row : rows) {
        if (row.group != CheckResult::Group::Across)
            QVERIFY2(names.removeAll(row.name) == 1, qPrintable(row.name));
    }
    QCOMPARE(names, QStringList());
    QCOMPARE(openChecks(plan, plan.hosts[0]).size(), rows.size());
    QCOMPARE(stateOf(openChecks(plan, plan.hosts[1]), "Port-6443"), State::NotApplicable);
    QCOMPARE(stateOf(openChecks(plan, plan.hosts[1]), "Port-10250"), State::Running);
}

void TstHostChecks::eachTroubleIsItsOwnCheck_data()
{
    QTest::addColumn<QString>("section");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("check");
    QTest::addColumn<int>("state");
    QTest::addColumn<QString>("measured");
    const auto row = [](const char *title, const char *section, const QByteArray &content, const char *check, State state, const QString &measured) {
        QTest::newRow(title) << QString::fromLatin1(section) << content << QString::fromLatin1(check) << int(state) << measured;
    };
    row("one cpu", "cpus", "1\n", "NumCPU", State::Error, u"1"_s);
    row("small memory", "memory", "MemTotal: 1048576 kB\n", "Mem", State::Error, u"1 GB"_s);
    row("cgroup v1", "cgroup", "tmpfs\n", "SystemVerification", State::Warning, u"cgroup v1"_s);
    row("full disk", "disks", "/var/lib\toverlay 1048576 1048000 576 100% /var/lib\toverlay 100 1 99 1% /var/lib\n", "DiskSpace--var", State::Error,
        u"0 MB"_s);
    row("small disk", "disks", "/var\t/dev/x 104857600 10 52428800 9% /\t/dev/x 100 1 99 1% /\n", "DiskSpace--var", State::Warning, u"50 GB"_s);
    row("no inodes", "disks", "/var\t/dev/x 204857600 10 204857600 9% /\t/dev/x 1000 997 3 99% /\n", "DiskSpace--var", State::Error, u"3 inodes"_s);
    row("another name", "host-name", "old\n", "Hostname", State::Warning, u"old"_s);
    row("another system", "os", "ID=centos\nVERSION_ID=7\n", "OSRelease", State::Error, u"Centos 7"_s);
    row("package lock", "package-locks", "/var/lib/dpkg/lock-frontend\t4711\tunattended-upgr\n", "PackageLock", State::Error,
        u"unattended-upgr (4711)"_s);
    row("dpkg broken", "package-locks", "interrupted\n", "PackageLock", State::Error, u"dpkg --configure -a"_s);
    row("selinux", "security", "selinux 1\n", "SELinux", State::Warning, u"enforcing"_s);
    row("no time service", "services", "kubelet\tinactive\t\n", "ClockSync", State::Pass, QString()); // synchronized all the same
    row("proxy", "proxies", "environment\t0\thttps_proxy=http://proxy.corp:3128/\n", "Proxy", State::Warning, u"proxy.corp:3128"_s);
    row("proxy of apt alone", "proxies", "/etc/apt/apt.conf.d/1p\t1\tAcquire::http::Proxy \"http://p:1\";\n", "Proxy", State::Pass, QString());
    row("no resolver", "resolvers", "# none\n", "Resolver", State::Warning, QString());
    row("gpus without driver", "gpus", "0000:3b:00.0 3D controller [0302]: NVIDIA Corporation GA100 [10de:20f3] (rev a1)\n", "GPUDriver",
        State::Warning, u"1"_s);
    row("no rights", "sudo", "sudo: a password is required\nexit 1\n", "IsPrivilegedUser", State::Unknown, QString());
}

void TstHostChecks::eachTroubleIsItsOwnCheck()
{
    QFETCH(QString, section);
    QFETCH(QByteArray, content);
    QFETCH(QString, check);
    QFETCH(int, state);
    QFETCH(QString, measured);
    const auto good = judged(factsOf()), bad = judged(factsOf({{section, content}}));
    const CheckResult *one = findCheck(bad, check);
    QVERIFY(one);
    QCOMPARE(int(one->state), state);
    QCOMPARE(one->measured, measured);
    for (const CheckResult &other : bad) { // and nothing else turns red with it
        if (other.name != check)
            QVERIFY2(other.state != State::Error || findCheck(good, other.name)->state == State::Error, qPrintable(other.name));
    }
}

void TstHostChecks::swapIsMeasuredAndNamed()
{
    auto results = judged(factsOf({{u"swaps"_s, "F T S U P\n/swapfile file 8388604 0 -2\n"}, {u"fstab"_s, "a\n/swapfile none swap sw 0 0\n"}}));
    const CheckResult *swap = findCheck(results, u"Swap"_s);
    QCOMPARE(swap->state, State::Warning);
    QCOMPARE(swap->measured, u"8 GB"_s);
    QCOMPARE(swap->fix, PreflightFix::TurnSwapOff);
    QVERIFY(swap->evidence.contains(u"/etc/fstab:2  /swapfile none swap"_s) && swap->evidence.contains(u"8388604"_s));
    results = judged(factsOf({{u"fstab"_s, "/swapfile none swap sw 0 0\n"}})); // would come back
    QCOMPARE(findCheck(results, u"Swap"_s)->measured, u"/etc/fstab:1"_s);
}

void TstHostChecks::aPortNamesItsHolder()
{
    const HostFacts facts = factsOf({{u"listeners"_s, "0100007F:192B 7\n00000000:280A 8\n"}},
                                    {{u"holders"_s, "7\t812\tnginx\tnginx.service\n8\t9\tkubelet\tkubelet.service\n"}});
    const auto results = judged(facts);
    const CheckResult *port = findCheck(results, u"Port-6443"_s);
    QCOMPARE(port->state, State::Error);
    QCOMPARE(port->measured, u"nginx (812)"_s);
    QCOMPARE(port->evidence, u"127.0.0.1:6443 nginx (812) nginx.service"_s);
    QCOMPARE(port->fix, PreflightFix::FreePort);
    QCOMPARE(port->subject, u"6443"_s);
    QCOMPARE(findCheck(results, u"Port-10250"_s)->fix, PreflightFix::ResetHost); // what an earlier try runs
    QCOMPARE(stateOf(judged(facts, 1), "Port-6443"), State::NotApplicable);
}

void TstHostChecks::anotherHostsPortIsNotOurs()
{
    const HostFacts facts = factsOf({{u"listeners"_s, "1604140A:192B 7\n"}}); // 10.20.4.22
    QCOMPARE(stateOf(judged(facts), "Port-6443"), State::Pass);
}

void TstHostChecks::anOldInstallationAndALivingOne()
{
    const QMap<QString, QByteArray> files{
        {u"leftovers"_s, "/etc/kubernetes/kubelet.conf\n/etc/kubernetes/manifests/etcd.yaml\nserver https://10.0.0.9:6443\n"}};
    auto results = judged(factsOf(files, {{u"leftovers"_s, "/var/lib/etcd\n/var/lib/etcd/member\n"}}));
    const CheckResult *old = findCheck(results, u"OldInstall"_s);
    QCOMPARE(old->state, State::Error);
    QCOMPARE(old->measured, u"10.0.0.9:6443"_s);
    QCOMPARE(old->fix, PreflightFix::ResetHost);
    QCOMPARE(stateOf(results, "DirAvailable--var-lib-etcd"), State::Error);
    auto alive = files;
    alive[u"services"_s] = "kubelet\tactive\tenabled\n";
    results = judged(factsOf(alive));
    QCOMPARE(stateOf(results, "OldInstall"), State::Error);
    QCOMPARE(findCheck(results, u"OldInstall"_s)->fix, PreflightFix::None); // nobody resets a node that works
    QCOMPARE(stateOf(judged(factsOf({{u"leftovers"_s, "/etc/cni/net.d/100-crio-bridge.conflist\n"}})), "OldInstall"), State::Pass);
}

void TstHostChecks::ourOwnInstallationGoesOn()
{
    const QMap<QString, QByteArray> user{{u"leftovers"_s, "/etc/kubernetes/admin.conf\n"}, {u"listeners"_s, "00000000:192B 7\n"}};
    const QMap<QString, QByteArray> root{{u"leftovers"_s, "/var/lib/etcd\n"}, {u"own-installs"_s, "aaaaaaaaaaaa\nbbbbbbbbbbbb\n"}};
    CheckOptions options;
    options.installId = u"bbbbbbbbbbbb"_s;
    for (const CheckResult &one : judged(factsOf(user, root), 0, options))
        QVERIFY2(!one.isProblem(), qPrintable(one.name));
    options.installId = u"cccccccccccc"_s; // somebody else's
    QCOMPARE(stateOf(judged(factsOf(user, root), 0, options), "OldInstall"), State::Error);
}

void TstHostChecks::kubeadmsVerdictCounts()
{
    const InstallPlan plan = samplePlan();
    QMap<QString, QByteArray> sections = installed;
    sections[u"kernel-value-files"_s] = "/etc/sysctl.d/90-site.conf:4:net.ipv4.ip_forward = 0\n";
    const HostFacts facts = factsOf(sections);
    const QByteArray err = "W1128 10:00:00.1 1 x.go:1] noise\n\t[WARNING Service-kubelet]: kubelet service is not enabled, please run 'systemctl "
                           "enable kubelet.service'\n"
                           "[preflight] Some fatal errors occurred:\n\t[ERROR FileContent--proc-sys-net-ipv4-ip_forward]: "
                           "/proc/sys/net/ipv4/ip_forward contents are not set to 1\n"
                           "\t[ERROR Nonsense]: something new\n[preflight] If you know what you are doing, x\nerror: error execution phase "
                           "preflight: preflight checks failed\n";
    test::ScriptedHost remote([&](const RemoteCommand &command) -> Result<CommandResult> {
        return command.words.contains(u"kubeadm"_s) ? test::said("[preflight] Running pre-flight checks\n", 1, err) : test::said({}, 1);
    });
    QString source;
    const auto report = runPreflight(remote, plan, plan.hosts[0], facts, &source);
    QVERIFY(report && report->unread.isEmpty());
    QVERIFY2(source.startsWith(u"stderr · exit 1 · 0."_s), qPrintable(source));
    const RemoteCommand asked = remote.asked().front();
    QVERIFY(asked.asRoot && asked.input.contains("imagePullPolicy: Never") && asked.input.contains("kind: InitConfiguration"));
    const auto results = mergePreflight(plan, plan.hosts[0], facts, *report, source, judgeFacts(plan, plan.hosts[0], facts));
    const CheckResult *forward = findCheck(results, u"FileContent--proc-sys-net-ipv4-ip_forward"_s);
    QCOMPARE(forward->state, State::Error);
    QCOMPARE(forward->measured, u"0"_s);
    QCOMPARE(forward->fix, PreflightFix::SetKernelValue);
    QCOMPARE(forward->subject, u"/proc/sys/net/ipv4/ip_forward"_s);
    QVERIFY(forward->evidence.startsWith(u"[ERROR FileContent--proc-sys-net-ipv4-ip_forward]: /proc/sys"_s));
    QVERIFY(forward->source.contains(u"stderr · exit 1"_s) && forward->source.contains(u"/etc/sysctl.d/90-site.conf:4"_s));
    QCOMPARE(stateOf(results, "Service-Kubelet"), State::Warning); // in whatever letters
    QCOMPARE(std::count_if(results.begin(), results.end(), [](const CheckResult &one) { return one.name.toLower() == u"service-kubelet"_s; }), 1);
    QCOMPARE(stateOf(results, "Nonsense"), State::Error); // of a kubeadm that is newer than this
    QCOMPARE(stateOf(results, "CRI"), State::Pass);
    QCOMPARE(stateOf(results, "Preflight"), State::Pass);
}

void TstHostChecks::whatIsInstalledLaterIsNoError()
{
    // kubeadm is there, nothing else: the recorded words of the real one.
    const InstallPlan plan = samplePlan();
    const HostFacts facts = factsOf({{u"kubernetes"_s, "kubeadm\tv1.36.2\n"}});
    QFile file(qEnvironmentVariable("KBOSS_SOURCE_DIR") + u"/tests/support/kubeadm/init-preflight-bare-host.txt"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray all = file.readAll();
    const PreflightReport report = readPreflight("[preflight] Running pre-flight checks\n", all.mid(all.indexOf("# --- stderr\n") + 13), 1);
    const auto results = mergePreflight(plan, plan.hosts[0], facts, report, u"stderr"_s, judgeFacts(plan, plan.hosts[0], facts));
    for (const char *name : {"CRI", "ContainerRuntimeVersion", "KubeletVersion", "Service-Kubelet", "SystemVerification"})
        QVERIFY2(stateOf(results, name) == State::NotApplicable, name);
    QCOMPARE(findCheck(results, u"CRI"_s)->later, InstallPhase::Runtime);
    QCOMPARE(stateOf(results, "FileContent--proc-sys-net-ipv4-ip_forward"), State::Error);
}

void TstHostChecks::aWorkerIsAskedToJoin()
{
    const InstallPlan plan = samplePlan();
    const HostFacts facts = factsOf(installed);
    CommandResult answer =
        test::said("[preflight] Running pre-flight checks\n", 1,
                   "error: error execution phase preflight: couldn't validate the identity of the API Server: Get \"https://10.20.4.21:6443/api\"\n");
    test::ScriptedHost remote([&](const RemoteCommand &) -> Result<CommandResult> { return answer; });
    auto report = runPreflight(remote, plan, plan.hosts[1], facts, nullptr);
    QVERIFY(report && report->passed && report->error.isEmpty()); // all that can be known before there is a cluster
    QVERIFY(remote.asked()[0].words.contains(u"join"_s) && remote.asked()[0].input.contains("apiServerEndpoint: \"10.20.4.21:6443\""));
    answer = test::said("[preflight] Running pre-flight checks\n", 124);
    QVERIFY(runPreflight(remote, plan, plan.hosts[1], facts, nullptr)->passed);
    answer = test::said({}, 124); // did not get there
    QVERIFY(!runPreflight(remote, plan, plan.hosts[1], facts, nullptr)->passed);
    answer = test::said("[preflight] Running pre-flight checks\n", 1,
                        "\t[ERROR Port-10250]: Port 10250 is in use\nerror: error execution phase preflight: preflight checks failed\n");
    QVERIFY(!runPreflight(remote, plan, plan.hosts[1], facts, nullptr)->passed);
}

void TstHostChecks::kubeadmThatCannotRunIsSaid()
{
    const InstallPlan plan = samplePlan();
    const HostFacts facts = factsOf(installed);
    const PreflightReport report = readPreflight({}, "unknown flag: --config\n", 1);
    const auto results = mergePreflight(plan, plan.hosts[0], facts, report, u"stderr · exit 1"_s, judgeFacts(plan, plan.hosts[0], facts));
    QCOMPARE(stateOf(results, "Preflight"), State::Error);
    QVERIFY(findCheck(results, u"Preflight"_s)->evidence.contains(u"unknown flag: --config"_s));
    QCOMPARE(stateOf(results, "CRI"), State::Pass); // ours stand
}

void TstHostChecks::acceptedByNameAlone()
{
    InstallPlan plan = samplePlan();
    plan.acceptedProblems = {u"node-1/Swap"_s, u"node-2/SELinux"_s, u"node-1/NumCPU"_s};
    auto results = judged(factsOf({{u"swaps"_s, "F\n/s file 1048576 0 -2\n"}, {u"security"_s, "selinux 1\n"}}));
    applyAccepted(plan, results);
    QCOMPARE(stateOf(results, "Swap"), State::Accepted);
    QCOMPARE(findCheck(results, u"Swap"_s)->was, State::Warning);
    QCOMPARE(stateOf(results, "SELinux"), State::Warning); // accepted on another host
    QCOMPARE(stateOf(results, "NumCPU"), State::Pass); // what is good is not accepted
}

void TstHostChecks::theDiskOfThisMachine()
{
    test::ScriptedHost remote(test::runHere);
    const QStringList before = QDir(u"/var/lib"_s).entryList(QDir::AllEntries | QDir::Hidden);
    const auto latency = measureDisk(remote, false);
    QVERIFY2(latency, qPrintable(latency ? QString() : latency.error().detail));
    QVERIFY(latency->writes >= 10 && latency->p50Ms > 0 && latency->p50Ms <= latency->p99Ms && latency->p99Ms <= latency->mostMs);
    QCOMPARE(QDir(u"/var/lib"_s).entryList(QDir::AllEntries | QDir::Hidden), before);
    PlanHost host;
    host.name = u"x"_s;
    QCOMPARE(judgeDisk(host, DiskLatency{400, 1, 18.71, 30}).measured, u"18.7 ms"_s);
    QCOMPARE(judgeDisk(host, DiskLatency{400, 1, 18.71, 30}).state, State::Error);
    QCOMPARE(judgeDisk(host, DiskLatency{400, 1, 2.1, 30}).state, State::Pass);
}

void TstHostChecks::aDiskThatCannotBeWritten()
{
    test::ScriptedHost remote([](const RemoteCommand &) -> Result<CommandResult> {
        return test::said({}, 1, "mktemp: failed to create file via template: No space left on device\n");
    });
    const auto latency = measureDisk(remote, true);
    QVERIFY(!latency && latency.error().detail.contains(u"No space left"_s));
    PlanHost host;
    QCOMPARE(judgeDisk(host, latency).state, State::Unknown);
}

void TstHostChecks::registryAnswers_data()
{
    QTest::addColumn<QByteArray>("out");
    QTest::addColumn<int>("exit");
    QTest::addColumn<int>("state");
    QTest::addColumn<QString>("measured");
    const QByteArray good = "https://r/v2/a/manifests/1\t200\tx\nhttps://r/v2/b/manifests/1\t200\tx\n";
    QTest::newRow("all") << good << 0 << int(State::Pass) << u"2 / 2"_s;
    QTest::newRow("one lacks") << QByteArray("https://r/v2/a/manifests/1\t200\tx\nhttps://r/v2/b/manifests/1\t404\tnot found\n") << 0
                               << int(State::Error) << u"1 / 2"_s;
    QTest::newRow("no name") << QByteArray("https://r/v2/a\t0\tCould not resolve host\n") << 0 << int(State::Error) << u"0 / 2"_s;
    QTest::newRow("no tool") << QByteArray() << 3 << int(State::Unknown) << QString();
    QTest::newRow("nonsense") << QByteArray("\x1b[2J\t\t\n\n200\n") << 0 << int(State::Error) << u"0 / 2"_s;
}

void TstHostChecks::registryAnswers()
{
    QFETCH(QByteArray, out);
    QFETCH(int, exit);
    QFETCH(int, state);
    QFETCH(QString, measured);
    const InstallPlan plan = samplePlan();
    test::ScriptedHost remote([&](const RemoteCommand &command) -> Result<CommandResult> {
        return command.words.contains(u"head"_s) ? test::said(out, exit, exit ? "no curl and no wget\n" : "") : test::said("{}");
    });
    CheckOptions options;
    options.images = QStringList{u"r.example/a:1"_s, u"r.example/b:1"_s};
    const CheckResult one = checkRegistry(remote, plan, plan.hosts[0], factsOf(), options, {});
    QCOMPARE(int(one.state), state);
    QCOMPARE(one.measured, measured);
    QCOMPARE(one.source, u"r.example"_s);
    QVERIFY(remote.asked()[0].words.contains(u"https://r.example/v2/a/manifests/1"_s));
    QVERIFY(!one.evidence.contains(u'\x1b'));
}

void TstHostChecks::registryThroughARealShell()
{
    // The script as it is, against an address where nobody listens.
    const InstallPlan plan = samplePlan();
    test::ScriptedHost remote(test::runHere);
    CheckOptions options;
    options.images = QStringList{u"127.0.0.1:1/a'b;echo x/c:1"_s};
    const CheckResult one = checkRegistry(remote, plan, plan.hosts[0], factsOf(), options, {});
    QCOMPARE(one.state, State::Error);
    QCOMPARE(one.measured, u"0 / 1"_s);
    QVERIFY2(one.evidence.contains(u"http://127.0.0.1:1/v2/"_s) && one.evidence.startsWith(u"0  "_s), qPrintable(one.evidence));
}

void TstHostChecks::theWholeOfAHost()
{
    const InstallPlan plan = samplePlan();
    test::ScriptedHost remote([](const RemoteCommand &command) -> Result<CommandResult> {
        if (command.words.contains(u"preflight"_s))
            return test::said("[preflight] Running pre-flight checks\n[preflight] Would pull\n");
        if (command.words.contains(u"images"_s))
            return test::said("registry.k8s.io/pause:3.10\n");
        if (command.words.contains(u"head"_s)) {
            QByteArray answers;
            for (const QString &word : command.words)
                answers += word.startsWith(u"https://"_s) ? word.toUtf8() + "\t200\tx\n" : QByteArray();
            return test::said(answers);
        }
        return command.input.contains("kboss-disk") ? test::said("2300 bytes copied, 0.0021 s, 1 MB/s\n") : test::said({}, 1);
    });
    QStringList seen;
    const auto results = checkHost(remote, plan, plan.hosts[0], factsOf(installed), {}, {}, [&](const CheckResult &one) { seen << one.name; });
    for (const CheckResult &one : results) {
        QVERIFY(seen.contains(one.name));
        if (one.name != u"Service-Kubelet"_s)
            QVERIFY2(!one.isProblem(), qPrintable(one.name + u' ' + one.evidence));
        QCOMPARE(std::count_if(results.begin(), results.end(), [&](const CheckResult &other) { return other.name == one.name; }), 1);
    }
    QCOMPARE(findCheck(results, u"RegistryReach"_s)->measured, u"3 / 3"_s); // and the network's two
    QCOMPARE(findCheck(results, u"DiskLatency--var-lib"_s)->measured, u"2.1 ms"_s);
    CancelSource source;
    source.request_stop();
    QVERIFY(!findCheck(checkHost(remote, plan, plan.hosts[0], factsOf(installed), {}, source.get_token()), u"RegistryReach"_s)); // ends at once
}

QTEST_GUILESS_MAIN(TstHostChecks)
#include "tst_hostchecks.moc"
