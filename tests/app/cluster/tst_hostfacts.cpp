#include "app/ssh/sshsession.h"
#include "tests/app/cluster/samplefacts.h"
#include "tests/app/cluster/scriptedhost.h"
#include "tests/support/sshhost.h"

#include <QElapsedTimer>
#include <QHostInfo>
#include <QTest>
#include <thread>
#include <unistd.h>

using namespace kboss;
using namespace Qt::StringLiterals;
using test::answerOf;
using test::bareSections;
using test::factsOf;

// What a host says of itself: read from this machine over a real sshd, from a recording, and from hosts that lie.
class TstHostFacts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void thisMachine();
    void aBareDebian();
    void everySectionIsInTheScript();
    void swapAndItsLines();
    void listenersAndTheirHolders();
    void theSettingThatDecides();
    void devicesAndDrivers();
    void whatAnEarlierInstallationLeft();
    void locksProxiesAndFirewalls();
    void cutAnywhereItIsNoAnswer();
    void hostileAnswers_data();
    void hostileAnswers();
    void textIsTamed();
    void aHostWithoutSudo();
    void aSudoThatRefuses();
    void theClockIsTheBestOfThree();
};

void TstHostFacts::thisMachine()
{
    test::SshHost host;
    QVERIFY2(host.start(), qPrintable(host.errorText()));
    QTemporaryDir folder;
    SystemClock clock;
    HostKeyLedger ledger(folder.filePath(u"ledger"_s), clock);
    SshTarget target;
    target.address = {u"127.0.0.1"_s, host.port()};
    target.credential.user = host.user();
    target.credential.keyFile = host.keyFile();
    const auto key = SshSession::readHostKey(target, ledger);
    QVERIFY2(key, qPrintable(key ? QString() : key.error().detail));
    QVERIFY(ledger.pin(target.address, *key, u"test"_s));
    const auto session = SshSession::open(target, ledger);
    QVERIFY2(session, qPrintable(session ? QString() : session.error().detail));
    QElapsedTimer time;
    time.start();
    const auto facts = readFacts(**session, clock);
    QVERIFY2(facts, qPrintable(facts ? QString() : facts.error().detail));
    QVERIFY2(time.elapsed() < 30'000, qPrintable(QString::number(time.elapsed())));
    QCOMPARE(facts->user, host.user());
    QCOMPARE(facts->hostName, QHostInfo::localHostName());
    QCOMPARE(facts->cpus, int(std::thread::hardware_concurrency()));
    QCOMPARE(facts->memoryKilobytes / 1024, qint64(::sysconf(_SC_PHYS_PAGES)) * ::sysconf(_SC_PAGESIZE) / 1024 / 1024);
    QVERIFY(facts->osId == u"debian"_s || !facts->osId.isEmpty());
    QVERIFY(facts->clock.isKnown && std::abs(facts->clock.offsetMs) < 1500);
    QVERIFY(facts->isRoot() == (::geteuid() == 0) || facts->rights != HostRights::Root);
    const auto own = std::find_if(facts->listeners.begin(), facts->listeners.end(), [&](const HostListener &one) { return one.port == host.port(); });
    QVERIFY(own != facts->listeners.end());
    if (facts->rights == HostRights::Root)
        QVERIFY2(own->holder.startsWith(u"sshd ("_s), qPrintable(own->holder));
    QVERIFY(std::any_of(facts->addresses.begin(), facts->addresses.end(), [](const HostIp &ip) { return ip.address == QHostAddress(u"127.0.0.1"_s); }));
    QVERIFY(!facts->disks.empty() && facts->disks.front().kilobytes > 0);
}

void TstHostFacts::aBareDebian()
{
    const HostFacts facts = factsOf();
    QCOMPARE(facts.rights, HostRights::SudoWithoutPassword);
    QCOMPARE(facts.osId + facts.osVersion, u"debian12"_s);
    QCOMPARE(facts.arch, u"amd64"_s);
    QCOMPARE(facts.cgroup, 2);
    QCOMPARE(facts.cpus, 32);
    QCOMPARE(facts.memoryKilobytes, 131899372);
    QVERIFY(facts.swaps.empty() && facts.swapLines.empty());
    QCOMPARE(facts.disks.size(), size_t(2));
    QCOMPARE(facts.disks[1].freeKilobytes, 432013312);
    QCOMPARE(facts.disks[1].mount, u"/var"_s);
    QCOMPARE(facts.links.size(), size_t(2));
    QCOMPARE(facts.links[1].mac, u"00:16:3e:00:00:01"_s);
    QVERIFY(facts.links[0].mac.isEmpty() && facts.links[1].isHardware && facts.links[1].isUp);
    QCOMPARE(facts.linkWith(QHostAddress(u"10.20.4.21"_s))->name, u"eth0"_s);
    QVERIFY(!facts.linkWith(QHostAddress(u"10.20.4.22"_s)));
    QCOMPARE(facts.routes[0].to, u"default"_s);
    QCOMPARE(facts.productUuid, u"4c4c4544-0042-3510-8052-b4c04f4b4e32"_s); // with the rights of root
    QCOMPARE(facts.resolvers, QStringList{u"10.20.0.2"_s});
    QCOMPARE(facts.hostLines.last(), u"127.0.1.1 node-1"_s);
    QVERIFY(facts.runtime.isEmpty() && facts.kubeadm.isEmpty() && facts.leftovers.isEmpty());
    QCOMPARE(facts.timeService, u"systemd-timesyncd"_s);
    QVERIFY(facts.clockIsSynced && facts.appArmor && facts.firewall.isEmpty());
    QVERIFY2(facts.missing.isEmpty(), qPrintable(facts.missing.join(u' ')));
    auto lacking = bareSections();
    lacking[u"addresses"_s] = "";
    const auto without = parseFacts(answerOf(lacking), "m");
    QVERIFY(without->isMissing(u"addresses"_s) && without->isMissing(u"holders"_s) && without->isMissing(u"product-uuid"_s));
}

void TstHostFacts::everySectionIsInTheScript()
{
    for (const bool root : {false, true}) {
        const QByteArray script = factsScript("m", root);
        const auto said = test::runHere({{u"sh"_s, u"-s"_s}, script, false, 30'000, 0, {}});
        QVERIFY(said && said->isGood());
        HostFacts facts = factsOf();
        QVERIFY(root ? bool(addRootFacts(facts, said->out, "m")) : bool(parseFacts(said->out, "m")));
        // Half a script does nothing at all.
        const auto half = test::runHere({{u"sh"_s, u"-s"_s}, script.left(script.size() - 20), false, 30'000, 0, {}});
        QVERIFY(half && half->out.isEmpty());
    }
}

void TstHostFacts::swapAndItsLines()
{
    const HostFacts facts = factsOf({{u"swaps"_s, "Filename Type Size Used Priority\n/swapfile file 8388604 0 -2\n/dev/zram0 partition 1024 0 100\n"},
                                     {u"fstab"_s, "#/old none swap sw 0 0\nUUID=1 / ext4 defaults 0 1\n/swapfile\tnone\tswap\tsw\t0\t0\n/swap.dir /data ext4 defaults 0 0\n"}});
    QCOMPARE(facts.swaps, (std::vector<HostSwap>{{u"/swapfile"_s, 8388604}, {u"/dev/zram0"_s, 1024}}));
    QCOMPARE(facts.swapLines, (std::vector<HostFileLine>{{u"/etc/fstab"_s, 3, u"/swapfile\tnone\tswap\tsw\t0\t0"_s}}));
}

void TstHostFacts::listenersAndTheirHolders()
{
    const HostFacts facts = factsOf({{u"listeners"_s, "00000000:192B 7\n00000000000000000000000000000000:280A 8\n0000000000000000FFFF00000100007F:0050 9\nzz:1 1\n00000000:0 1\n"}},
                                    {{u"holders"_s, "7\t812\tnginx\tnginx.service\n8\t813\tkubelet\t\n"}});
    QCOMPARE(facts.listeners.size(), size_t(3));
    QCOMPARE(facts.listeners[0].port, 6443);
    QCOMPARE(facts.listeners[0].holder, u"nginx (812)"_s);
    QCOMPARE(facts.listeners[0].unit, u"nginx.service"_s);
    QCOMPARE(facts.listeners[1].port, 10250);
    QCOMPARE(facts.listeners[1].address, QHostAddress(QHostAddress::AnyIPv6));
    QCOMPARE(facts.listeners[2].address, QHostAddress(u"127.0.0.1"_s));
    QVERIFY(facts.listeners[2].holder.isEmpty());
}

void TstHostFacts::theSettingThatDecides()
{
    const QByteArray files = "/etc/sysctl.d/90-site.conf:4:net.ipv4.ip_forward = 0\n/usr/lib/sysctl.d/10-base.conf:2:net.ipv4.ip_forward=1\n"
                             "/usr/lib/sysctl.d/90-site.conf:9:net.ipv4.ip_forward = 1\n/etc/sysctl.d/10-a.conf:1:net/ipv4/ip_forward = 1\n";
    const HostKernelValue *value = nullptr;
    HostFacts facts = factsOf({{u"kernel-value-files"_s, files}});
    value = facts.kernelValue(u"net.ipv4.ip_forward"_s);
    QVERIFY(value && value->source);
    QCOMPARE(*value->source, (HostFileLine{u"/etc/sysctl.d/90-site.conf"_s, 4, u"net.ipv4.ip_forward = 0"_s})); // hides the one of the same name
    facts = factsOf({{u"kernel-value-files"_s, files + "/etc/sysctl.conf:28:net.ipv4.ip_forward=1\n"}});
    QCOMPARE(facts.kernelValue(u"net.ipv4.ip_forward"_s)->source->path, u"/etc/sysctl.conf"_s); // the last of all
}

void TstHostFacts::devicesAndDrivers()
{
    const HostFacts facts = factsOf({{u"gpus"_s, "0000:00:02.0 VGA compatible controller [0300]: ASPEED Technology, Inc. [1a03:2000] (rev 41)\n"
                                               "0000:3b:00.0 3D controller [0302]: NVIDIA Corporation GA100 [A800 SXM4 80GB] [10de:20f3] (rev a1)\n"
                                               "01:00.0 3D controller [0302]: NVIDIA Corporation GA100 [A100 PCIe 80GB] [10de:20b5] (rev a1)\n"
                                               "sys\t0000:3b:00.0\t0x10de\t0x20f3\nsys\t0000:5e:00.0\t0x10de\t0x20f3\n"},
                                     {u"gpu-driver"_s, "NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.15  Tue Mar  5\n"}});
    QCOMPARE(facts.gpus.size(), size_t(3));
    QCOMPARE(facts.gpus[0], (HostGpu{u"0000:3b:00.0"_s, u"nvidia"_s, u"NVIDIA Corporation GA100 [A800 SXM4 80GB]"_s}));
    QCOMPARE(facts.gpus[1].slot, u"0000:01:00.0"_s);
    QCOMPARE(facts.gpuDriver, u"550.54.15"_s);
}

void TstHostFacts::whatAnEarlierInstallationLeft()
{
    const HostFacts facts = factsOf({{u"runtime"_s, "containerd\tcontainerd github.com/containerd/containerd/v2 v2.1.4 75cb2b7193\nsocket\t/run/containerd/containerd.sock\n"},
                                     {u"kubernetes"_s, "kubeadm\tv1.34.9\nkubelet\tKubernetes v1.34.9\nkubectl\t\n"},
                                     {u"leftovers"_s, "/etc/kubernetes/kubelet.conf\nserver https://10.0.0.9:6443\n"}},
                                    {{u"leftovers"_s, "/var/lib/etcd\n/var/lib/etcd/member\nserver https://10.0.0.9:6443\n"}, {u"own-installs"_s, "0123456789ab\n"}});
    QCOMPARE(facts.runtime + u' ' + facts.runtimeVersion, u"containerd 2.1.4"_s);
    QCOMPARE(facts.kubeadm, u"v1.34.9"_s);
    QCOMPARE(facts.kubelet, u"v1.34.9"_s);
    QCOMPARE(facts.kubectl, u"?"_s); // there, and does not say
    QCOMPARE(facts.leftovers, (QStringList{u"/etc/kubernetes/kubelet.conf"_s, u"/var/lib/etcd"_s, u"/var/lib/etcd/member"_s}));
    QCOMPARE(facts.memberOf, u"https://10.0.0.9:6443"_s);
    QCOMPARE(facts.ownInstalls, QStringList{u"0123456789ab"_s});
}

void TstHostFacts::locksProxiesAndFirewalls()
{
    const HostFacts facts = factsOf({{u"package-locks"_s, "/var/lib/dpkg/lock-frontend\t4711\tunattended-upgr\ninterrupted\n"},
                                     {u"proxies"_s, "environment\t0\thttps_proxy=http://proxy:3128\n/etc/environment\t2\tno_proxy=localhost\n"},
                                     {u"security"_s, "selinux 1\n"}},
                                    {{u"firewall"_s, "ufw\tStatus: active\nnft\ttype filter hook input priority filter; policy drop;\n"}});
    QCOMPARE(facts.packageLocks.size(), size_t(1));
    QCOMPARE(facts.packageLocks[0].program, u"unattended-upgr"_s);
    QCOMPARE(facts.packageLocks[0].process, 4711);
    QVERIFY(facts.packagesBroken);
    QCOMPARE(facts.proxies[1], (HostFileLine{u"/etc/environment"_s, 2, u"no_proxy=localhost"_s}));
    QCOMPARE(facts.selinux, u"enforcing"_s);
    QCOMPARE(facts.firewall, u"ufw"_s);
}

void TstHostFacts::cutAnywhereItIsNoAnswer()
{
    const QByteArray whole = answerOf(bareSections());
    for (qsizetype n = 0; n < whole.size(); ++n) {
        const auto facts = parseFacts(whole.left(n), "m");
        QVERIFY2(!facts && facts.error().kind == ErrorKind::Protocol, qPrintable(QString::number(n)));
    }
    QVERIFY(parseFacts(whole, "m"));
    QVERIFY(parseFacts("Welcome to node-1!\n" + whole + "bye\n", "m")); // greetings of a login shell
}

void TstHostFacts::hostileAnswers_data()
{
    QTest::addColumn<QByteArray>("answer");
    const QByteArray head = "kboss-facts m\n", user = "user " + QByteArray("x\n").toBase64() + '\n';
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("another mark") << answerOf(bareSections(), "n");
    QTest::newRow("a mark that only begins so") << QByteArray("kboss-facts mm\nend 0 mm\n");
    QTest::newRow("twice") << head + user + user + "end 2 m\n";
    QTest::newRow("unknown section") << head + "password " + QByteArray("x").toBase64() + "\nend 1 m\n";
    QTest::newRow("wrong count") << head + user + "end 2 m\n";
    QTest::newRow("not base64") << head + "user ***\nend 1 m\n";
    QTest::newRow("no blank") << head + "user\nend 1 m\n";
    QTest::newRow("a blank first") << head + " user eA==\nend 1 m\n";
    QTest::newRow("too long a section") << head + "user " + QByteArray(200'000, 'A') + "\nend 1 m\n";
    QTest::newRow("too long") << head + user + QByteArray(5 * 1024 * 1024, '\n') + "end 1 m\n";
}

void TstHostFacts::hostileAnswers()
{
    QFETCH(QByteArray, answer);
    const auto facts = parseFacts(answer, "m");
    QVERIFY(!facts && facts.error().kind == ErrorKind::Protocol);
    HostFacts other = factsOf();
    QVERIFY(!addRootFacts(other, answer, "m"));
}

void TstHostFacts::textIsTamed()
{
    const HostFacts facts = factsOf({{u"host-name"_s, "\x1b[31mnode\x1b[0m\xe2\x80\xae-1\x07\nsecond line\n"},
                                     {u"os"_s, "ID=\"debian\nPRETTY_NAME=\"" + QByteArray(5000, 'x') + "\"\nID='DEBIAN'\n"},
                                     {u"cpus"_s, "99999999999999999999\n"},
                                     {u"memory"_s, "MemTotal: -5 kB\n"},
                                     {u"disks"_s, "/var\t\xff\xfe nonsense\t\n/\t/dev/x 1 1 99999999999999999999 1% /\t\n"},
                                     {u"addresses"_s, "inet\n1: lo inet 1.2.3/999\n9: x inet6 zz/1\n"},
                                     {u"package-locks"_s, "\t\t\t\n\t99999999999999\t\n"}});
    QCOMPARE(facts.hostName, u"node-1"_s);
    QCOMPARE(facts.osId, u"debian"_s);
    QCOMPARE(facts.cpus, 0);
    QCOMPARE(facts.memoryKilobytes, 0);
    QVERIFY(facts.addresses.empty());
    QVERIFY(facts.osName.size() <= 128);
    QVERIFY(!facts.text.value(u"host-name"_s).contains(u'\x1b'));
}

void TstHostFacts::aHostWithoutSudo()
{
    auto sections = bareSections();
    sections[u"sudo"_s] = "";
    test::ScriptedHost host([&](const RemoteCommand &command) -> Result<CommandResult> {
        if (command.words.first() == u"date"_s)
            return test::said(QByteArray::number(SystemClock().nowMs() / 1000) + ".5\n");
        const QByteArray mark = command.input.mid(5, command.input.indexOf('\n') - 5);
        return test::said(answerOf(sections, mark));
    });
    SystemClock clock;
    const auto facts = readFacts(host, clock);
    QVERIFY(facts);
    QCOMPARE(facts->rights, HostRights::NoSudo);
    for (const RemoteCommand &one : host.asked())
        QVERIFY(!one.asRoot); // nothing was tried
    QVERIFY(facts->isMissing(u"product-uuid"_s) && facts->isMissing(u"firewall"_s));
    QCOMPARE(facts->osId, u"debian"_s); // all else is there
}

void TstHostFacts::aSudoThatRefuses()
{
    auto sections = bareSections();
    sections[u"sudo"_s] = "sudo: a password is required\nexit 1\n";
    QString want = u"refuse"_s;
    test::ScriptedHost host([&](const RemoteCommand &command) -> Result<CommandResult> {
        if (command.words.first() == u"date"_s)
            return test::said("what?\n");
        const QByteArray mark = command.input.mid(5, command.input.indexOf('\n') - 5);
        if (!command.asRoot)
            return test::said(answerOf(sections, mark));
        if (want == u"error"_s)
            return fail(ErrorKind::Forbidden, u"sudo wants a password, and there is none"_s);
        if (want == u"gone"_s)
            return fail(ErrorKind::Ssh, u"the connection ended"_s);
        return want == u"good"_s ? test::said(answerOf(test::bareRootSections(), mark)) : test::said({}, 1, "ops is not in the sudoers file.\n");
    });
    SystemClock clock;
    auto facts = readFacts(host, clock);
    QVERIFY(facts);
    QCOMPARE(facts->rights, HostRights::SudoRefused);
    QCOMPARE(facts->rightsText, u"ops is not in the sudoers file."_s);
    QVERIFY(facts->isMissing(u"clock"_s) && !facts->clock.isKnown);
    want = u"error"_s;
    facts = readFacts(host, clock);
    QCOMPARE(facts->rights, HostRights::SudoRefused);
    QVERIFY(facts->rightsText.contains(u"there is none"_s));
    want = u"good"_s;
    QCOMPARE(readFacts(host, clock)->rights, HostRights::SudoWithPassword);
    want = u"gone"_s;
    QCOMPARE(readFacts(host, clock).error().kind, ErrorKind::Ssh);
}

void TstHostFacts::theClockIsTheBestOfThree()
{
    SystemClock clock;
    int n = 0;
    test::ScriptedHost host([&](const RemoteCommand &command) -> Result<CommandResult> {
        if (command.words.first() != u"date"_s)
            return test::said(answerOf(command.asRoot ? test::bareRootSections() : bareSections(), command.input.mid(5, command.input.indexOf('\n') - 5)));
        if (n++ != 1)
            std::this_thread::sleep_for(std::chrono::milliseconds(300)); // a slow way back
        const qint64 now = clock.nowMs() + 300'000;
        if (n != 2)
            std::this_thread::sleep_for(std::chrono::milliseconds(300));
        return test::said(QByteArray::number(now / 1000) + '.' + QByteArray::number(now % 1000).rightJustified(3, '0') + "000000\n");
    });
    const auto facts = readFacts(host, clock);
    QVERIFY(facts && facts->clock.isKnown);
    QVERIFY2(std::abs(facts->clock.offsetMs - 300'000) < 100, qPrintable(QString::number(facts->clock.offsetMs)));
    QVERIFY(facts->clock.uncertaintyMs < 200);
}

QTEST_GUILESS_MAIN(TstHostFacts)
#include "tst_hostfacts.moc"
