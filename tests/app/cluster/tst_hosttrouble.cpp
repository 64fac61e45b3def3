#include "app/cluster/crosshost.h"
#include "app/cluster/hostfix.h"
#include "app/ssh/sshsession.h"
#include "tests/app/cluster/samplefacts.h"
#include "tests/support/host/installlab.h"

#include <QElapsedTimer>
#include <QTest>
#include <thread>

using namespace kboss;
using namespace Qt::StringLiterals;
using test::findCheck;
using State = CheckResult::State;

// Troubles of real hosts behind a real sshd: each is found under its own name, mended where a program can mend it, and the mending is undone. The
// hosts are those of tests/support/host; everything is asked as an installation asks it, by a user with sudo.
class TstHostTrouble : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void goodHosts();
    void swapOn();
    void forwardingOff();
    void fullDisk();
    void clockFiveMinutesOff();
    void duplicateName();
    void portInUse();
    void packageLock();
    void oldHalfInstall();
    void noRegistry();
    void noSudo();
    void wrongSudoPassword();
    void kubeadmIsAsked();
    void aFixThatFailsLeavesNothing();
    void nothingOfTheChecksStays();

private:
    std::unique_ptr<SshSession> open(test::InstallHost &host, const QString &user, const QByteArray &password, bool key = false);
    HostFacts facts(int host);
    std::vector<CheckResult> check(int host, bool whole = false);
    std::vector<CheckResult> across(bool whole = false);
    Result<HostFix> mend(int host, const QString &name, const std::vector<CheckResult> &results);

    std::unique_ptr<test::InstallLab> m_lab;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<HostKeyLedger> m_ledger;
    std::vector<std::unique_ptr<SshSession>> m_sessions;
    InstallPlan m_plan;
    SystemClock m_clock;
};

std::unique_ptr<SshSession> TstHostTrouble::open(test::InstallHost &host, const QString &user, const QByteArray &password, bool key)
{
    SshTarget target;
    target.address = {host.address(), host.port()};
    target.credential.user = user;
    target.credential.password = password;
    if (key)
        target.credential.keyFile = host.keyFile();
    auto shown = SshSession::readHostKey(target, *m_ledger);
    for (int n = 0; n < 50 && !shown && shown.error().kind == ErrorKind::Offline; ++n) { // its sshd is about to listen
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        shown = SshSession::readHostKey(target, *m_ledger);
    }
    const auto pinned = shown ? m_ledger->pin(target.address, *shown, u"test"_s) : Result<void>(fail(shown.error()));
    if (!pinned) {
        qWarning().noquote() << errorKindName(pinned.error().kind) << pinned.error().detail;
        return nullptr;
    }
    auto session = SshSession::open(target, *m_ledger);
    if (!session)
        qWarning().noquote() << session.error().detail;
    return session ? std::move(*session) : nullptr;
}

void TstHostTrouble::initTestCase()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_ledger = std::make_unique<HostKeyLedger>(m_folder->filePath(u"ledger"_s), m_clock);
    m_lab = std::make_unique<test::InstallLab>(3);
    QVERIFY2(m_lab->start(), qPrintable(m_lab->errorText()));
    m_plan = test::samplePlan();
    m_plan.version = u"v1.36.2"_s;
    m_plan.endpoint.clear();
    for (int n = 0; n < 3; ++n) {
        PlanHost &host = m_plan.hosts[size_t(n)];
        host.name = (*m_lab)[n].name();
        host.address = (*m_lab)[n].address();
        host.port = (*m_lab)[n].port();
        m_sessions.push_back(open((*m_lab)[n], u"ops"_s, (*m_lab)[n].options().password.toUtf8()));
        QVERIFY(m_sessions.back());
    }
}

HostFacts TstHostTrouble::facts(int host)
{
    const auto read = readFacts(*m_sessions[size_t(host)], m_clock);
    if (!read)
        qFatal("%s", qPrintable(read.error().detail));
    return *read;
}

// `whole`: with the disk and the registry, which take their time.
std::vector<CheckResult> TstHostTrouble::check(int host, bool whole)
{
    CheckOptions options;
    options.diskTest = options.registry = whole;
    return checkHost(*m_sessions[size_t(host)], m_plan, m_plan.hosts[size_t(host)], facts(host), options);
}

// `whole`: with names and ports, not the facts alone.
std::vector<CheckResult> TstHostTrouble::across(bool whole)
{
    std::vector<HostFacts> all;
    for (int n = 0; n < 3; ++n)
        all.push_back(facts(n));
    std::vector<HostToCheck> hosts;
    for (size_t n = 0; n < 3; ++n)
        hosts.push_back({&m_plan.hosts[n], &all[n], m_sessions[n].get()});
    return whole ? checkAcross(m_plan, hosts) : judgeAcross(m_plan, hosts);
}

Result<HostFix> TstHostTrouble::mend(int host, const QString &name, const std::vector<CheckResult> &results)
{
    const auto fix = planFix(m_plan, m_plan.hosts[size_t(host)], facts(host), *findCheck(results, name, m_plan.hosts[size_t(host)].name), m_clock);
    if (!fix)
        return fix;
    const auto done = applyFix(*m_sessions[size_t(host)], *fix);
    return done ? fix : Result<HostFix>(fail(done.error()));
}

void TstHostTrouble::goodHosts()
{
    for (int n = 0; n < 3; ++n) {
        const HostFacts read = facts(n);
        QCOMPARE(read.rights, HostRights::SudoWithPassword);
        QCOMPARE(read.hostName, m_plan.hosts[size_t(n)].name);
        QVERIFY2(read.missing.isEmpty(), qPrintable(read.missing.join(u' ')));
        for (const CheckResult &one : check(n, n == 0)) {
            if (one.name != u"DiskSpace--var"_s && one.name != u"DiskLatency--var-lib"_s) // of the machine that runs this
                QVERIFY2(!one.isProblem(), qPrintable(one.host + u' ' + one.name + u' ' + one.measured + u'\n' + one.evidence));
        }
    }
    QElapsedTimer time;
    time.start();
    for (const CheckResult &one : across(true))
        QVERIFY2(!one.isProblem(), qPrintable(one.host + u' ' + one.name + u' ' + one.measured + u'\n' + one.evidence));
    QVERIFY2(time.elapsed() < 45'000, qPrintable(QString::number(time.elapsed())));
}

void TstHostTrouble::swapOn()
{
    test::InstallHost &host = (*m_lab)[1];
    host.setSwap(true);
    const QByteArray before = host.fileContent(u"/etc/fstab"_s);
    auto results = check(1);
    QCOMPARE(findCheck(results, u"Swap"_s)->state, State::Warning);
    QVERIFY(findCheck(results, u"Swap"_s)->evidence.contains(u"/swapfile"_s));
    const auto fix = mend(1, u"Swap"_s, results);
    QVERIFY2(fix, qPrintable(fix ? QString() : fix.error().detail));
    QVERIFY(std::any_of(fix->changes.begin(), fix->changes.end(),
                        [](const FixChange &one) { return one.subject == u"/etc/fstab"_s && one.after.startsWith(u"# kboss: "_s); }));
    results = check(1);
    QCOMPARE(findCheck(results, u"Swap"_s)->state, State::Pass);
    QVERIFY(host.fileContent(u"/etc/fstab"_s).contains("# kboss: /swapfile none swap sw 0 0\n"));
    const auto listed = listFixes(*m_sessions[1]);
    QVERIFY(listed && listed->size() == 1);
    QCOMPARE(listed->front().check, u"Swap"_s);
    const auto undone = undoFix(*m_sessions[1], fix->id);
    QVERIFY2(undone, qPrintable(undone ? QString() : undone.error().detail));
    QCOMPARE(host.fileContent(u"/etc/fstab"_s), before);
    QCOMPARE(findCheck(check(1), u"Swap"_s)->state, State::Warning);
    QCOMPARE(undoFix(*m_sessions[1], fix->id).error().kind, ErrorKind::NotFound); // once
    QVERIFY(listFixes(*m_sessions[1])->empty());
    host.setSwap(false);
}

void TstHostTrouble::forwardingOff()
{
    test::InstallHost &host = (*m_lab)[2];
    QVERIFY(host.writeFile(u"/etc/sysctl.d/99-zz-site.conf"_s, "# site\n\n net.ipv4.ip_forward = 0\n"));
    auto results = check(2);
    const CheckResult *forward = findCheck(results, u"FileContent--proc-sys-net-ipv4-ip_forward"_s);
    QCOMPARE(forward->measured, u"0"_s);
    QCOMPARE(forward->source, u"/etc/sysctl.d/99-zz-site.conf:3"_s);
    const auto fix = mend(2, forward->name, results);
    QVERIFY2(fix, qPrintable(fix ? QString() : fix.error().detail));
    QCOMPARE(host.fileContent(u"/etc/sysctl.d/99-kboss.conf"_s), "net.ipv4.ip_forward = 1\n");
    QVERIFY(host.fileContent(u"/etc/sysctl.d/99-zz-site.conf"_s).contains("# kboss:  net.ipv4.ip_forward = 0\n")); // it would win
    QCOMPARE(findCheck(check(2), u"FileContent--proc-sys-net-ipv4-ip_forward"_s)->state, State::Pass);
    // Somebody changes the file: then it is not undone over their heads.
    QVERIFY(host.writeFile(u"/etc/sysctl.d/99-kboss.conf"_s, "net.ipv4.ip_forward = 2\n"));
    const auto refused = undoFix(*m_sessions[2], fix->id);
    QVERIFY(!refused && refused.error().kind == ErrorKind::Conflict);
    QVERIFY2(refused.error().detail.contains(u"changed since: /etc/sysctl.d/99-kboss.conf"_s), qPrintable(refused.error().detail));
    QVERIFY(host.writeFile(u"/etc/sysctl.d/99-kboss.conf"_s, "net.ipv4.ip_forward = 1\n"));
    QVERIFY(undoFix(*m_sessions[2], fix->id));
    QVERIFY(!host.fileExists(u"/etc/sysctl.d/99-kboss.conf"_s));
    QCOMPARE(host.fileContent(u"/etc/sysctl.d/99-zz-site.conf"_s), "# site\n\n net.ipv4.ip_forward = 0\n");
    QCOMPARE(findCheck(check(2), u"FileContent--proc-sys-net-ipv4-ip_forward"_s)->measured, u"0"_s);
    host.inside({u"rm"_s, u"/etc/sysctl.d/99-zz-site.conf"_s});
}

void TstHostTrouble::fullDisk()
{
    (*m_lab)[0].fillDisk();
    const auto results = check(0, true);
    (*m_lab)[0].freeDisk();
    QCOMPARE(findCheck(results, u"DiskSpace--var"_s)->state, State::Error);
    QCOMPARE(findCheck(results, u"DiskLatency--var-lib"_s)->state, State::Unknown);
    QVERIFY2(findCheck(results, u"DiskLatency--var-lib"_s)->evidence.contains(u"No space left"_s),
             qPrintable(findCheck(results, u"DiskLatency--var-lib"_s)->evidence));
}

void TstHostTrouble::clockFiveMinutesOff()
{
    (*m_lab)[2].setClockOffset(-300);
    auto results = across();
    const CheckResult *skew = findCheck(results, u"ClockSkew"_s, m_plan.hosts[2].name);
    QCOMPARE(skew->state, State::Error);
    QVERIFY2(skew->measured.startsWith(u"−300"_s) || skew->measured.startsWith(u"−299"_s), qPrintable(skew->measured));
    QCOMPARE(findCheck(results, u"ClockSkew"_s, m_plan.hosts[0].name)->state, State::Pass);
    const auto fix = mend(2, u"ClockSkew"_s, results);
    QVERIFY2(fix, qPrintable(fix ? QString() : fix.error().detail));
    QCOMPARE(findCheck(across(), u"ClockSkew"_s, m_plan.hosts[2].name)->state, State::Pass);
    (*m_lab)[2].setClockOffset(0);
}

void TstHostTrouble::duplicateName()
{
    const QString own = m_plan.hosts[2].name;
    (*m_lab)[2].setHostName(m_plan.hosts[0].name);
    const auto results = across();
    QCOMPARE(findCheck(results, u"UniqueHostname"_s, own)->state, State::Error);
    QCOMPARE(findCheck(results, u"UniqueHostname"_s, own)->measured, m_plan.hosts[0].name);
    QCOMPARE(findCheck(results, u"UniqueHostname"_s, m_plan.hosts[1].name)->state, State::Pass);
    const auto alone = check(2);
    QCOMPARE(findCheck(alone, u"Hostname"_s)->state, State::Warning);
    const auto fix = mend(2, u"Hostname"_s, alone);
    QVERIFY2(fix, qPrintable(fix ? QString() : fix.error().detail));
    QCOMPARE(facts(2).hostName, own);
    QVERIFY(undoFix(*m_sessions[2], fix->id));
    QCOMPARE(facts(2).hostName, m_plan.hosts[0].name);
    (*m_lab)[2].setHostName(own);
}

void TstHostTrouble::portInUse()
{
    (*m_lab)[0].occupyPort(6443);
    auto results = check(0);
    const CheckResult *port = findCheck(results, u"Port-6443"_s);
    QCOMPARE(port->state, State::Error);
    QVERIFY2(port->measured.startsWith(u"nginx ("_s), qPrintable(port->measured));
    const auto fix = planFix(m_plan, m_plan.hosts[0], facts(0), *port, m_clock);
    QVERIFY(!fix && fix.error().kind == ErrorKind::NotFound); // no service: nobody ends it from here
    QCOMPARE(findCheck(check(1), u"Port-10250"_s)->state, State::Pass); // the others have their own
    (*m_lab)[0].freePort(6443);
    QCOMPARE(findCheck(check(0), u"Port-6443"_s)->state, State::Pass);
}

void TstHostTrouble::packageLock()
{
    (*m_lab)[1].holdPackageLock();
    const auto results = check(1);
    (*m_lab)[1].releasePackageLock();
    const CheckResult *lock = findCheck(results, u"PackageLock"_s);
    QCOMPARE(lock->state, State::Error);
    QVERIFY2(lock->measured.startsWith(u"unattended-upgr ("_s), qPrintable(lock->measured + lock->evidence));
    QVERIFY(lock->evidence.contains(u"/var/lib/dpkg/lock-frontend"_s));
    QCOMPARE(findCheck(check(1), u"PackageLock"_s)->state, State::Pass);
}

void TstHostTrouble::oldHalfInstall()
{
    (*m_lab)[0].leaveOldInstall();
    auto results = check(0);
    const CheckResult *old = findCheck(results, u"OldInstall"_s);
    QCOMPARE(old->state, State::Error);
    QVERIFY(!old->evidence.isEmpty());
    QCOMPARE(findCheck(results, u"DirAvailable--var-lib-etcd"_s)->state, State::Error);
    const QByteArray manifest = (*m_lab)[0].fileContent(u"/etc/kubernetes/manifests/etcd.yaml"_s);
    const auto fix = old->fix == PreflightFix::ResetHost ? mend(0, u"OldInstall"_s, results) : mend(0, u"DirAvailable--var-lib-etcd"_s, results);
    QVERIFY2(fix, qPrintable(fix ? QString() : fix.error().detail));
    results = check(0);
    QCOMPARE(findCheck(results, u"OldInstall"_s)->state, State::Pass);
    QCOMPARE(findCheck(results, u"DirAvailable--var-lib-etcd"_s)->state, State::Pass);
    const auto undone = undoFix(*m_sessions[0], fix->id);
    QVERIFY2(undone, qPrintable(undone ? QString() : undone.error().detail));
    QCOMPARE((*m_lab)[0].fileContent(u"/etc/kubernetes/manifests/etcd.yaml"_s), manifest);
    results = check(0);
    QCOMPARE(findCheck(results, u"OldInstall"_s)->state, State::Error);
    QVERIFY(mend(0, u"DirAvailable--var-lib-etcd"_s, results));
}

void TstHostTrouble::noRegistry()
{
    (*m_lab)[1].setRegistry(false);
    const auto results = check(1, true);
    (*m_lab)[1].setRegistry(true);
    const CheckResult *reach = findCheck(results, u"RegistryReach"_s);
    QCOMPARE(reach->state, State::Error);
    QVERIFY2(reach->evidence.contains(u"Could not resolve host"_s), qPrintable(reach->evidence));
    QVERIFY2(reach->measured.startsWith(u"0 / "_s), qPrintable(reach->measured));
}

void TstHostTrouble::noSudo()
{
    for (const auto kind : {test::HostOptions::Sudo::None, test::HostOptions::Sudo::NotInstalled}) {
        test::HostOptions options;
        options.name = u"poor"_s;
        options.sudo = kind;
        test::InstallHost host(options);
        QVERIFY2(host.start(), qPrintable(host.errorText()));
        const auto session = open(host, u"ops"_s, options.password.toUtf8());
        QVERIFY(session);
        const auto read = readFacts(*session, m_clock);
        QVERIFY2(read, qPrintable(read ? QString() : read.error().detail));
        QCOMPARE(read->rights, kind == test::HostOptions::Sudo::None ? HostRights::SudoRefused : HostRights::NoSudo);
        QVERIFY(!read->hostName.isEmpty() && read->isMissing(u"holders"_s));
        const auto results = checkHost(*session, m_plan, m_plan.hosts[0], *read);
        const CheckResult *rights = findCheck(results, u"IsPrivilegedUser"_s);
        QCOMPARE(rights->state, State::Error);
        QVERIFY2(rights->evidence.contains(u"sudo"_s), qPrintable(rights->evidence));
        QCOMPARE(findCheck(results, u"DiskLatency--var-lib"_s)->state, State::Unknown);
        const auto fix = planFix(m_plan, m_plan.hosts[0], *read, *rights, m_clock);
        QVERIFY(!fix && fix.error().kind == ErrorKind::NotFound);
    }
}

void TstHostTrouble::wrongSudoPassword()
{
    test::HostOptions options;
    options.name = u"strict"_s;
    test::InstallHost host(options);
    QVERIFY2(host.start(), qPrintable(host.errorText()));
    const auto session = open(host, u"ops"_s, "not-this-one", true);
    QVERIFY(session);
    const auto read = readFacts(*session, m_clock);
    QVERIFY2(read, qPrintable(read ? QString() : read.error().detail));
    QCOMPARE(read->rights, HostRights::SudoRefused);
    QVERIFY(!read->rightsText.contains(u"not-this-one"_s));
    QVERIFY2(read->rightsText.contains(u"1 incorrect password attempt"_s), qPrintable(read->rightsText)); // what was for the program is no password
    const auto root = open(host, u"root"_s, {}, true);
    QVERIFY(root);
    QCOMPARE(readFacts(*root, m_clock)->rights, HostRights::Root);
}

void TstHostTrouble::kubeadmIsAsked()
{
    test::HostOptions options;
    options.installed = true;
    options.cpus = 1;
    test::InstallLab lab({options, options});
    QVERIFY2(lab.start(), qPrintable(lab.errorText()));
    InstallPlan plan = m_plan;
    plan.hosts.resize(2);
    for (int n = 0; n < 2; ++n) {
        plan.hosts[size_t(n)].name = lab[n].name();
        plan.hosts[size_t(n)].address = lab[n].address();
        const auto session = open(lab[n], u"root"_s, {}, true);
        QVERIFY(session);
        const auto read = readFacts(*session, m_clock);
        QVERIFY(read && !read->kubeadm.isEmpty());
        lab[n].inside({u"sh"_s, u"-c"_s, u"echo 0 > /proc/sys/net/ipv4/ip_forward"_s});
        const auto results = checkHost(*session, plan, plan.hosts[size_t(n)], *readFacts(*session, m_clock));
        QCOMPARE(findCheck(results, u"Preflight"_s)->state, State::Pass);
        const CheckResult *forward = findCheck(results, u"FileContent--proc-sys-net-ipv4-ip_forward"_s);
        QCOMPARE(forward->state, State::Error);
        QVERIFY2(forward->evidence.contains(u"contents are not set to 1"_s) && forward->source.contains(u"stderr · exit 1"_s),
                 qPrintable(forward->source));
        QCOMPARE(findCheck(results, u"NumCPU"_s)->state, n == 0 ? State::Error : State::NotApplicable);
        lab[n].inside({u"sh"_s, u"-c"_s, u"echo 1 > /proc/sys/net/ipv4/ip_forward"_s});
        const auto again = checkHost(*session, plan, plan.hosts[size_t(n)], *readFacts(*session, m_clock));
        QCOMPARE(findCheck(again, u"FileContent--proc-sys-net-ipv4-ip_forward"_s)->state, State::Pass);
        QCOMPARE(findCheck(again, u"Preflight"_s)->state, State::Pass);
        QVERIFY(lab[n].calls(u"crictl"_s, u"pull"_s).empty());
    }
}

void TstHostTrouble::aFixThatFailsLeavesNothing()
{
    test::InstallHost &host = (*m_lab)[1];
    host.setSwap(true);
    const QByteArray before = host.fileContent(u"/etc/fstab"_s);
    test::HostFault fault;
    fault.tool = u"swapoff"_s;
    fault.stderrText = u"swapoff: /swapfile: swapoff failed: Cannot allocate memory"_s;
    host.fail(fault);
    const auto results = check(1);
    const auto fix = mend(1, u"Swap"_s, results);
    QVERIFY(!fix && fix.error().kind == ErrorKind::Rejected);
    QVERIFY2(fix.error().detail.contains(u"Cannot allocate memory"_s), qPrintable(fix.error().detail));
    QCOMPARE(host.fileContent(u"/etc/fstab"_s), before);
    QVERIFY(listFixes(*m_sessions[1])->empty());
    host.clearFaults();
    host.setSwap(false);
}

void TstHostTrouble::nothingOfTheChecksStays()
{
    const QString before = (*m_lab)[0].stateSnapshot();
    check(0, true);
    across(true);
    QCOMPARE((*m_lab)[0].stateSnapshot(), before);
    const auto left = (*m_lab)[0].inside({u"sh"_s, u"-c"_s, u"ls -A /var/lib /tmp | grep -i kboss-; true"_s});
    QCOMPARE(left.out, QByteArray());
}

QTEST_GUILESS_MAIN(TstHostTrouble)
#include "tst_hosttrouble.moc"
