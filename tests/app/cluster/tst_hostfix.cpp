#include "app/cluster/hostfix.h"

#include "tests/app/cluster/samplefacts.h"
#include "tests/app/cluster/scriptedhost.h"
#include "tests/support/fakeclock.h"

#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;
using test::factsOf;

namespace {

CheckResult problem(const QString &name, PreflightFix fix, const QString &subject = {})
{
    CheckResult one;
    one.name = name;
    one.host = u"node-1"_s;
    one.state = CheckResult::State::Error;
    one.fix = fix;
    one.subject = subject;
    return one;
}

HostFacts rich()
{
    return factsOf(
        {{u"swaps"_s, "F\n/swapfile file 8388604 0 -2\n"},
         {u"fstab"_s, "# x\n/swapfile none swap sw 0 0\n"},
         {u"kubernetes"_s, "kubelet\tKubernetes v1.34.9\n"},
         {u"runtime"_s, "containerd\tcontainerd 2.1.4\n"},
         {u"listeners"_s, "00000000:192B 7\n00000000:0016 8\n00000000:280A 9\n"},
         {u"proxies"_s, "/etc/environment\t2\tno_proxy=localhost,.corp\n/etc/environment\t1\thttps_proxy=http://p:1\n"},
         {u"security"_s, "selinux 1\n"},
         {u"leftovers"_s, "/etc/kubernetes/admin.conf\n"},
         {u"kernel-value-files"_s, "/etc/sysctl.d/90-site.conf:4:net.ipv4.ip_forward = 0\n"}},
        {{u"holders"_s, "7\t812\tnginx\tnginx.service\n8\t1\tsshd\tssh.service\n9\t5\tpython3\t\n"}, {u"firewall"_s, "ufw\tStatus: active\n"}});
}

Result<HostFix> planned(const CheckResult &check, const HostFacts &facts = rich())
{
    static const InstallPlan plan = test::samplePlan();
    static FakeClock clock;
    return planFix(plan, plan.hosts[0], facts, check, clock);
}

} // namespace

// What a mending says before it is done, and that nothing a host says can become a command. That they work is proved on hosts: tst_hosttrouble.
class TstHostFix : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void beforeAndAfter();
    void aFileThatWouldWinIsCommented();
    void everyScriptIsGoodShell_data();
    void everyScriptIsGoodShell();
    void whatNoProgramMends_data();
    void whatNoProgramMends();
    void valuesStayWords();
    void servicesGoBackToWhatTheyWere();
    void withoutRootThereIsNothingToDo();
    void undoTakesNamesAlone();
    void whatTheHostAnswers();
};

void TstHostFix::beforeAndAfter()
{
    const auto fix =
        planned(problem(u"FileContent--proc-sys-net-ipv4-ip_forward"_s, PreflightFix::SetKernelValue, u"/proc/sys/net/ipv4/ip_forward"_s));
    QVERIFY(fix);
    QCOMPARE(fix->changes,
             (std::vector<FixChange>{{FixChange::Kind::File, u"/etc/sysctl.d/99-kboss.conf"_s, {}, u"net.ipv4.ip_forward = 1"_s},
                                     {FixChange::Kind::KernelValue, u"net.ipv4.ip_forward"_s, u"0"_s, u"1"_s}}));
    QCOMPARE(fix->commands, (QStringList{u"/etc/sysctl.d/99-kboss.conf: + net.ipv4.ip_forward = 1"_s, u"sysctl -w net.ipv4.ip_forward=1"_s}));
    QCOMPARE(fix->undoCommands, (QStringList{u"sysctl -w net.ipv4.ip_forward=0"_s, u"/etc/sysctl.d/99-kboss.conf: − net.ipv4.ip_forward = 1"_s}));
    QVERIFY(fix->isUndoable && fix->id.endsWith(u"-filecontent--proc-sys-net-ipv4-ip-forward"_s));
    const auto swap = planned(problem(u"Swap"_s, PreflightFix::TurnSwapOff));
    QCOMPARE(
        swap->changes,
        (std::vector<FixChange>{{FixChange::Kind::File, u"/etc/fstab"_s, u"/swapfile none swap sw 0 0"_s, u"# kboss: /swapfile none swap sw 0 0"_s},
                                {FixChange::Kind::Swap, u"/swapfile"_s, u"8388604"_s, u"0"_s}}));
    const auto firewall = planned(problem(u"Firewall"_s, PreflightFix::OpenFirewall, u"ufw"_s));
    QCOMPARE(firewall->commands,
             (QStringList{u"ufw allow 6443/tcp"_s, u"ufw allow 10250/tcp"_s, u"ufw allow 8472/udp"_s, u"ufw route allow from 10.244.0.0/16"_s,
                          u"ufw route allow to 10.244.0.0/16"_s}));
    QVERIFY(firewall->undoCommands.contains(u"ufw route delete allow from 10.244.0.0/16"_s));
    const auto proxy = planned(problem(u"Proxy"_s, PreflightFix::ExemptFromProxy));
    QVERIFY(proxy->changes[0].before == u"no_proxy=localhost,.corp"_s);
    QVERIFY(proxy->changes[1].after.startsWith(u"no_proxy=\"localhost,.corp,127.0.0.1,"_s) && proxy->changes[1].after.contains(u"10.244.0.0/16"_s));
}

void TstHostFix::aFileThatWouldWinIsCommented()
{
    const CheckResult check = problem(u"x"_s, PreflightFix::SetKernelValue, u"/proc/sys/net/ipv4/ip_forward"_s);
    const auto fix = planned(check, factsOf({{u"kernel-value-files"_s, "/etc/sysctl.conf:28:net.ipv4.ip_forward=0\n"}}));
    QCOMPARE(fix->changes[1].subject, u"/etc/sysctl.conf"_s);
    QCOMPARE(fix->changes[1].after, u"# kboss: net.ipv4.ip_forward=0"_s);
}

void TstHostFix::everyScriptIsGoodShell_data()
{
    QTest::addColumn<int>("fix");
    QTest::addColumn<QString>("subject");
    const auto row = [](const char *name, PreflightFix fix, const char *subject = "") {
        QTest::newRow(name) << int(fix) << QString::fromLatin1(subject);
    };
    row("value", PreflightFix::SetKernelValue, "/proc/sys/net/ipv4/ip_forward");
    row("swap", PreflightFix::TurnSwapOff);
    row("module", PreflightFix::LoadModule, "br_netfilter");
    row("name", PreflightFix::SetHostName);
    row("service", PreflightFix::EnableService, "kubelet");
    row("runtime", PreflightFix::StartRuntime);
    row("program", PreflightFix::InstallProgram, "socat");
    row("firewall", PreflightFix::OpenFirewall, "firewalld");
    row("port", PreflightFix::FreePort, "6443");
    row("reset", PreflightFix::ResetHost);
    row("proxy", PreflightFix::ExemptFromProxy);
    row("clock", PreflightFix::SyncClock);
    row("selinux", PreflightFix::RelaxSelinux);
}

void TstHostFix::everyScriptIsGoodShell()
{
    QFETCH(int, fix);
    QFETCH(QString, subject);
    const auto made = planned(problem(u"X"_s, PreflightFix(fix), subject));
    QVERIFY2(made, qPrintable(made ? QString() : made.error().detail));
    QVERIFY(!made->changes.empty() && !made->commands.isEmpty() && made->undoCommands.isEmpty() == !made->isUndoable);
    QCOMPARE(made->isUndoable, PreflightFix(fix) != PreflightFix::SyncClock); // there the service was on before: nothing to go back to
    for (const QByteArray &script : {made->script, made->undoScript}) {
        const auto read = test::runHere({{u"sh"_s, u"-n"_s}, script, false, 5'000, 0, {}});
        QVERIFY2(read && read->isGood() && read->err.isEmpty(), read ? read->err.constData() : "");
    }
}

void TstHostFix::whatNoProgramMends_data()
{
    QTest::addColumn<int>("fix");
    QTest::addColumn<QString>("subject");
    const auto row = [](const char *name, PreflightFix fix, const char *subject = "") {
        QTest::newRow(name) << int(fix) << QString::fromLatin1(subject);
    };
    row("memory", PreflightFix::None);
    row("root", PreflightFix::BecomeRoot);
    row("registry", PreflightFix::ReachRegistry);
    row("our own door", PreflightFix::FreePort, "22");
    row("a port without a service", PreflightFix::FreePort, "10250");
    row("a program of no package", PreflightFix::InstallProgram, "touch");
    row("a path outside", PreflightFix::SetKernelValue, "/proc/sys/../../etc/passwd");
    row("a path with a command", PreflightFix::SetKernelValue, "/proc/sys/net/$(reboot)");
    row("a value of no known kind", PreflightFix::SetKernelValue, "/proc/sys/dev/x");
    row("a service with a command", PreflightFix::EnableService, "x; reboot");
    row("a module with an option", PreflightFix::LoadModule, "--remove");
    row("a firewall of the site", PreflightFix::OpenFirewall, "nftables");
}

void TstHostFix::whatNoProgramMends()
{
    QFETCH(int, fix);
    QFETCH(QString, subject);
    const auto made = planned(problem(u"X"_s, PreflightFix(fix), subject));
    QVERIFY(!made && made.error().kind == ErrorKind::NotFound && !made.error().detail.isEmpty());
}

// A line of a host's file with all that means something to a shell: it is found again as it is, and nothing in it runs.
void TstHostFix::valuesStayWords()
{
    QTemporaryDir folder;
    const QString mark = folder.filePath(u"ran"_s);
    const QByteArray line = "/swap'file\"$(touch " + mark.toUtf8() + ")`touch " + mark.toUtf8() + "`;&|*?\\n none swap sw 0 0";
    const HostFacts facts = factsOf({{u"fstab"_s, line + '\n'}});
    QCOMPARE(facts.swapLines.size(), size_t(0)); // with blanks in its first field it is none
    HostFacts lying = facts;
    lying.swapLines.push_back({folder.filePath(u"fs tab"_s), 1, QString::fromUtf8(line)});
    lying.swaps.clear();
    QFile file(folder.filePath(u"fs tab"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("first\n" + line + "\nlast\n");
    file.close();
    const auto fix = planned(problem(u"Swap"_s, PreflightFix::TurnSwapOff), lying);
    QVERIFY(fix);
    // The part of the script that touches the file, alone, on this machine.
    QByteArray script = fix->script, undo = fix->undoScript;
    for (QByteArray *one : {&script, &undo}) {
        one->replace("/var/lib/kboss", folder.path().toUtf8() + "/kboss");
        one->replace("systemctl", "true");
    }
    const qsizetype encoded = script.indexOf("printf %s ", script.indexOf("record.json")), end = script.indexOf(" | base64", encoded);
    script.replace(encoded + 10, end - encoded - 10, undo.toBase64());
    const auto did = test::runHere({{u"sh"_s, u"-s"_s}, script, false, 10'000, 0, {}});
    QVERIFY2(did && did->isGood(), did ? did->err.constData() : "");
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "first\n# kboss: " + line + "\nlast\n");
    file.close();
    const auto undid = test::runHere({{u"sh"_s, u"-s"_s}, undo, false, 10'000, 0, {}});
    QVERIFY2(undid && undid->isGood(), undid ? undid->err.constData() : "");
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "first\n" + line + "\nlast\n");
    QVERIFY(!QFile::exists(mark));
}

void TstHostFix::servicesGoBackToWhatTheyWere()
{
    const CheckResult check = problem(u"CRI"_s, PreflightFix::StartRuntime);
    HostFacts facts = rich();
    auto fix = planned(check, facts);
    QCOMPARE(fix->undoCommands, (QStringList{u"systemctl stop containerd.service"_s, u"systemctl disable containerd.service"_s}));
    facts.services[u"containerd"_s] = {true, false, true}; // enabled before: it stays so
    fix = planned(check, facts);
    QCOMPARE(fix->undoCommands, QStringList{u"systemctl stop containerd.service"_s});
    QCOMPARE(fix->changes[0].before, u"enabled"_s);
}

void TstHostFix::withoutRootThereIsNothingToDo()
{
    HostFacts facts = rich();
    facts.rights = HostRights::SudoRefused;
    const auto fix = planned(problem(u"Swap"_s, PreflightFix::TurnSwapOff), facts);
    QVERIFY(!fix && fix.error().kind == ErrorKind::NotFound);
    facts.rights = HostRights::Root;
    facts.services[u"kubelet"_s] = {true, true, true}; // a node that works elsewhere
    facts.memberOf = u"https://10.0.0.9:6443"_s;
    CheckResult old = problem(u"OldInstall"_s, PreflightFix::None, facts.memberOf);
    QVERIFY(!planned(old, facts));
    old = problem(u"DirAvailable--var-lib-etcd"_s, PreflightFix::ResetHost);
    QVERIFY(!planned(old, facts)); // nor by another check's name
}

void TstHostFix::undoTakesNamesAlone()
{
    test::ScriptedHost host([](const RemoteCommand &) -> Result<CommandResult> { return test::said({}); });
    for (const QString &id : {u"../x"_s, u""_s, u"a b"_s, u"$(reboot)"_s, u"-rf"_s})
        QCOMPARE(undoFix(host, id).error().kind, ErrorKind::Rejected);
    QVERIFY(host.asked().empty());
}

void TstHostFix::whatTheHostAnswers()
{
    CommandResult answer = test::said({}, 9, "changed since: /etc/fstab\n");
    test::ScriptedHost host([&](const RemoteCommand &) -> Result<CommandResult> { return answer; });
    QCOMPARE(undoFix(host, u"1-swap"_s).error().kind, ErrorKind::Conflict);
    answer.exitCode = 8;
    QCOMPARE(undoFix(host, u"1-swap"_s).error().kind, ErrorKind::NotFound);
    answer = test::said(QByteArray(R"({"id":"2-swap","check":"Swap","subject":"","ms":2,"undoable":true})").toBase64() + "\nnonsense\n"
                        + QByteArray(R"({"id":"../evil","check":"x"})").toBase64() + '\n'
                        + QByteArray(R"({"id":"3-clock","check":"ClockSkew","ms":3})").toBase64() + '\n');
    const auto fixes = listFixes(host);
    QVERIFY(fixes && fixes->size() == 2);
    QCOMPARE(fixes->at(0).id, u"3-clock"_s);
    QVERIFY(fixes->at(1).isUndoable && !fixes->at(0).isUndoable);
    const auto fix = planned(problem(u"Swap"_s, PreflightFix::TurnSwapOff));
    answer = test::said({}, 1, "\x1b[31mswapoff: failed\x1b[0m\n");
    const auto done = applyFix(host, *fix);
    QVERIFY(!done && done.error().kind == ErrorKind::Rejected);
    QCOMPARE(done.error().detail, u"swapoff: failed"_s);
    QVERIFY(host.asked().back().asRoot && host.asked().back().words == (QStringList{u"sh"_s, u"-s"_s}));
}

QTEST_GUILESS_MAIN(TstHostFix)
#include "tst_hostfix.moc"
