#include "tests/host/hostfixture.h"

#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>

using namespace kboss;
using namespace Qt::StringLiterals;
using test::HostFault;
using test::HostFixture;
using test::HostOptions;
using test::InstallHost;

// A host by itself: its own system, its accounts, and what a test can do to it.
class TstInstallHost : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void ownsItsSystem();
    void takesFilesBySftp();
    void sudoTakesThePasswordFromItsInput();
    void whoIsNotLetIn();
    void answersKeyboardInteractive();
    void swapModulesAndValues();
    void packagesComeAndGo();
    void detachedRunsSurviveTheirConnection();
    void aRebootKillsAndForgets();
    void failsWhereItIsTold();
    void keepsBook();
    void theClockTheDiskAndTheRest();
    void anotherKeyIsAnotherHost();
    void nothingIsLeft();

private:
    CommandResult on(const QString &line) { return HostFixture::run(*m_root, line); }

    HostFixture m_fixture;
    std::unique_ptr<InstallHost> m_host;
    std::unique_ptr<SshSession> m_root;
};

void TstInstallHost::initTestCase()
{
    HostOptions options;
    options.swap = true;
    m_host = std::make_unique<InstallHost>(options);
    QElapsedTimer clock;
    clock.start();
    QVERIFY2(m_host->start(), qPrintable(m_host->errorText()));
    qInfo() << "one host started in" << clock.elapsed() << "ms";
    auto root = m_fixture.open(m_fixture.target(*m_host));
    QVERIFY2(root, root ? "" : qPrintable(root.error().detail));
    m_root = std::move(*root);
}

void TstInstallHost::ownsItsSystem()
{
    QCOMPARE(on(u"hostname; id -un; pwd"_s).out, m_host->name().toUtf8() + "\nroot\n/root\n");
    QFile own(u"/etc/machine-id"_s);
    const QByteArray id = on(u"cat /etc/machine-id"_s).out.trimmed();
    QCOMPARE(id.size(), 32);
    QVERIFY(!own.open(QIODevice::ReadOnly) || own.readAll().trimmed() != id);
    QCOMPARE(on(u"cat /sys/class/dmi/id/product_uuid"_s).out.trimmed().size(), 36);
    QCOMPARE(on(u"ps -o pid= -p 1"_s).out.trimmed(), "1");
    QCOMPARE(on(u"ls -A /home /tmp /opt /usr/local/bin"_s).out, "/home:\nops\n\n/opt:\n\n/tmp:\n\n/usr/local/bin:\n");
    QCOMPARE(on(u"echo hello > /etc/mine; cat /etc/mine"_s).out, "hello\n");
    QVERIFY(!QFile::exists(u"/etc/mine"_s));
    QCOMPARE(m_host->fileContent(u"/etc/mine"_s), "hello\n");
    QVERIFY(on(u"ip -4 -o addr show eth0"_s).out.contains(m_host->address().toUtf8()));
    // Sockets of other hosts and of the machine are not its.
    QCOMPARE(on(u"awk '$4 == \"0A\"' /proc/net/tcp /proc/net/tcp6 | wc -l; grep -c ' 0A ' /proc/net/tcp"_s).out, "1\n1\n");
    QVERIFY(on(u"ss -Hltn"_s).out.contains(m_host->address().toUtf8() + ':' + QByteArray::number(m_host->port())));
    QCOMPARE(on(u"command -v kubeadm containerd kubelet"_s).out, "");
    QVERIFY(m_host->hostKey().startsWith("ssh-ed25519 "));
    QCOMPARE(m_root->info().hostKey.blob.toBase64(), m_host->hostKey().split(' ')[1]);
}

void TstInstallHost::takesFilesBySftp()
{
    const QByteArray content(300'000, 'k');
    RemoteUpload upload;
    upload.remotePath = u"/opt/parts/file.bin"_s;
    upload.sha256 = QCryptographicHash::hash(content, QCryptographicHash::Sha256);
    upload.size = content.size();
    upload.read = [&content](qint64 offset, qint64 most) { return Result<QByteArray>(content.mid(offset, most)); };
    QCOMPARE(on(u"mkdir -p /opt/parts"_s).exitCode, 0);
    const auto done = m_root->upload(upload);
    QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
    QCOMPARE(m_host->fileContent(upload.remotePath), content);
}

void TstInstallHost::sudoTakesThePasswordFromItsInput()
{
    const auto ops = m_fixture.open(m_fixture.target(*m_host, u"ops"_s));
    QVERIFY2(ops, ops ? "" : qPrintable(ops.error().detail));
    QCOMPARE(HostFixture::run(**ops, u"id -un; cat /etc/shadow"_s).out, "ops\n");
    const QByteArray password = m_host->options().password.toUtf8() + '\n';
    QCOMPARE(HostFixture::run(**ops, u"sudo -S -p '' id -un"_s, password).out, "root\n");
    QVERIFY(HostFixture::run(**ops, u"sudo -k -S -p '' id -un"_s, "wrong\n").exitCode != 0);
    QVERIFY(HostFixture::run(**ops, u"sudo -k -n id -un"_s).err.contains("a password is required"));
    QVERIFY(HostFixture::run(**ops, u"systemctl start cron"_s).err.contains("authentication required"));
    QVERIFY(!m_host->argvSeen().join(u'\n').contains(m_host->options().password));
    QVERIFY(!m_host->environSeen().join(u'\n').contains(m_host->options().password));
    QVERIFY(m_host->argvSeen().contains(u"sudo -S -p  id -un"_s));
}

void TstInstallHost::whoIsNotLetIn()
{
    auto target = m_fixture.target(*m_host, u"ops"_s);
    target.credential.password = "wrong";
    auto refused = m_fixture.open(target);
    QVERIFY(!refused && refused.error().kind == ErrorKind::Auth);

    HostOptions options;
    options.account = HostOptions::Account::Locked;
    options.sudo = HostOptions::Sudo::NotInstalled;
    InstallHost locked(options);
    options.account = HostOptions::Account::Good;
    options.sudo = HostOptions::Sudo::None;
    InstallHost noSudo(options);
    options.sudo = HostOptions::Sudo::NoPassword;
    InstallHost free(options);
    QVERIFY(locked.begin() && noSudo.begin() && free.begin() && locked.waitUntilUp() && noSudo.waitUntilUp() && free.waitUntilUp());
    refused = m_fixture.open(m_fixture.target(locked, u"ops"_s));
    QVERIFY(!refused && refused.error().kind == ErrorKind::Auth);
    QCOMPARE(locked.inside({u"sh"_s, u"-c"_s, u"command -v sudo"_s}).out, "");
    auto ops = m_fixture.open(m_fixture.target(noSudo, u"ops"_s));
    QVERIFY(ops);
    QVERIFY(HostFixture::run(**ops, u"sudo -S -p '' id"_s, options.password.toUtf8() + '\n').err.contains("not in the sudoers file"));
    ops = m_fixture.open(m_fixture.target(free, u"ops"_s));
    QVERIFY(ops);
    QCOMPARE(HostFixture::run(**ops, u"sudo -n id -un"_s).out, "root\n");
}

void TstInstallHost::answersKeyboardInteractive()
{
    HostOptions options;
    options.keyboardInteractive = true;
    InstallHost host(options);
    QVERIFY2(host.start(), qPrintable(host.errorText()));
    const auto ops = m_fixture.open(m_fixture.target(host, u"ops"_s));
    QVERIFY2(ops, ops ? "" : qPrintable(ops.error().detail));
}

void TstInstallHost::swapModulesAndValues()
{
    QVERIFY(on(u"cat /proc/swaps"_s).out.contains("/swapfile"));
    QCOMPARE(on(u"swapoff -a; swapon --show; grep -c swap /etc/fstab; grep SwapTotal /proc/meminfo"_s).out, "1\nSwapTotal:             0 kB\n");
    QCOMPARE(on(u"modprobe br_netfilter && lsmod | grep -c br_netfilter; cat /proc/sys/net/bridge/bridge-nf-call-iptables"_s).out, "1\n1\n");
    QCOMPARE(on(u"modprobe nonsense"_s).exitCode, 1);
    QCOMPARE(on(u"echo 'net.ipv4.ip_forward = 1' > /etc/sysctl.d/k8s.conf; sysctl -q --system; cat /proc/sys/net/ipv4/ip_forward"_s).out, "1\n");
    QCOMPARE(on(u"systemctl is-enabled ssh; systemctl is-active containerd"_s).out, "enabled\ninactive\n");
    m_host->setSwap(true);
    QVERIFY(on(u"swapon --show"_s).out.contains("/swapfile"));
}

void TstInstallHost::packagesComeAndGo()
{
    QVERIFY(on(u"apt-get install -y kubeadm"_s).err.contains("E: Unable to locate package kubeadm"));
    const QString source =
        u"echo 'deb [signed-by=/etc/apt/keyrings/k.gpg] https://mirror.example/core:/stable:/v1.34/deb/ /' > /etc/apt/sources.list.d/k.list"_s;
    QVERIFY(on(source + u"; apt-get update"_s).err.contains("is not signed"));
    QCOMPARE(
        on(u"curl -fsSL https://mirror.example/core:/stable:/v1.34/deb/Release.key | gpg --dearmor -o /etc/apt/keyrings/k.gpg; apt-get -q update"_s)
            .exitCode,
        0);
    m_host->holdPackageLock();
    const CommandResult held = on(u"apt-get install -y kubelet=1.34.9-1.1 kubeadm=1.34.9-1.1"_s);
    QCOMPARE(held.exitCode, 100);
    QVERIFY2(held.err.contains("(unattended-upgr)"), held.err.constData());
    m_host->releasePackageLock();
    QCOMPARE(on(u"apt-get install -y kubelet=1.34.9-1.1 kubeadm=1.34.9-1.1 && apt-mark hold kubelet"_s).exitCode, 0);
    QCOMPARE(on(u"dpkg-query -W -f '${db:Status-Abbrev}${Version}\\n' kubelet kubeadm conntrack | sort"_s).out,
             "hi 1.34.9-1.1\nii 1.34.9-1.1\nii 1:1.4.7-1+b2\n");
    QCOMPARE(on(u"kubeadm version -o short; kubelet --version"_s).out, "v1.34.9\nKubernetes v1.34.9\n");
    QVERIFY(on(u"apt-cache madison kubeadm"_s).out.contains("1.34.8-1.1"));
    QCOMPARE(on(u"apt-mark unhold kubelet; apt-get purge -y kubelet kubeadm; command -v kubeadm"_s).exitCode, 127);
    QVERIFY(m_host->stateSnapshot().contains(u"Package: conntrack"_s));
    // A package that was brought along.
    on(u"mkdir -p /srv/p/DEBIAN; printf 'Package: containerd\\nVersion: 1.7.24~x\\nArchitecture: amd64\\nMaintainer: x <x@x>\\nDescription: x\\n' > /srv/p/DEBIAN/control"_s);
    QCOMPARE(
        on(u"cd /srv && dpkg-deb -b p p.deb >&2 && apt-get install -y /srv/p.deb >&2; dpkg-query -W -f '${Version}\\n' containerd runc; systemctl is-active containerd"_s)
            .out,
        "1.7.24~x\n1.1.5+ds1-1+deb12u1\nactive\n");
    QCOMPARE(on(u"echo x > /srv/bad.deb; apt-get install -y /srv/bad.deb"_s).exitCode, 100);
    QVERIFY(on(u"apt-get purge -y containerd"_s).isGood());
}

void TstInstallHost::detachedRunsSurviveTheirConnection()
{
    auto other = m_fixture.open(m_fixture.target(*m_host));
    QVERIFY(other);
    const QString script =
        u"systemd-run --quiet --unit=kboss-step --property=RemainAfterExit=yes sh -c 'echo begin > /srv/d; sleep 1; echo end >> /srv/d'"_s;
    QCOMPARE(HostFixture::run(**other, script).exitCode, 0);
    m_host->killConnections();
    QTRY_VERIFY(!(*other)->isOpen());
    m_host->stopSsh();
    QVERIFY(!m_fixture.open(m_fixture.target(*m_host)));
    QVERIFY(m_host->startSsh());
    auto again = m_fixture.open(m_fixture.target(*m_host));
    QVERIFY(again);
    m_root = std::move(*again);
    QTRY_COMPARE_WITH_TIMEOUT(m_host->fileContent(u"/srv/d"_s), QByteArray("begin\nend\n"), 5000);
    QTRY_COMPARE(on(u"systemctl show kboss-step -p ActiveState,SubState,Result,ExecMainStatus"_s).out,
                 QByteArray("ActiveState=active\nSubState=exited\nResult=success\nExecMainStatus=0\n"));
    QVERIFY(on(u"systemd-run --unit=kboss-step true"_s).err.contains("already loaded"));
    QCOMPARE(
        on(u"systemd-run -q --unit=kboss-bad sh -c 'echo why; exit 3'; sleep 0.5; systemctl is-active kboss-bad; journalctl -q -u kboss-bad; systemctl reset-failed kboss-bad"_s)
            .out,
        "failed\nwhy\n");
    QCOMPARE(on(u"systemd-run -q --unit=kboss-long sleep 100; systemctl stop kboss-long; systemctl is-active kboss-long; pgrep -c sleep"_s).out,
             "inactive\n0\n");
}

void TstInstallHost::aRebootKillsAndForgets()
{
    const QByteArray before =
        on(u"cat /proc/sys/kernel/random/boot_id; echo x > /run/x; echo x > /tmp/x; echo x > /srv/x; systemd-run -q --unit=kboss-lost sleep 100"_s)
            .out;
    QVERIFY(on(u"sysctl -qw vm.swappiness=7"_s).isGood());
    QVERIFY(on(u"reboot"_s).exitCode >= -1);
    QVERIFY(m_host->waitUntilBooted(2));
    QVERIFY(!m_root->isOpen() || !m_root->run({{u"true"_s}, {}, false, 1000, 1000, {}}));
    auto again = m_fixture.open(m_fixture.target(*m_host));
    QVERIFY(again);
    m_root = std::move(*again);
    QVERIFY(on(u"cat /proc/sys/kernel/random/boot_id"_s).out != before);
    QCOMPARE(on(u"ls /run/x /tmp/x /srv/x"_s).out, "/srv/x\n");
    QCOMPARE(on(u"systemctl is-active kboss-lost; cat /proc/sys/vm/swappiness /proc/sys/net/ipv4/ip_forward; lsmod | wc -l; pgrep -c sleep"_s).out,
             "inactive\n60\n1\n1\n0\n");
    m_host->reboot();
    QVERIFY(m_host->waitUntilBooted(3));
    again = m_fixture.open(m_fixture.target(*m_host));
    QVERIFY(again);
    m_root = std::move(*again);
}

void TstInstallHost::failsWhereItIsTold()
{
    m_host->fail({u"swapoff"_s, u"-a"_s, 1, 5, u"swapoff: told to"_s, HostFault::When::Before});
    CommandResult result = on(u"swapoff -a"_s);
    QCOMPARE(result.exitCode, 5);
    QCOMPARE(result.err, "swapoff: told to\n");
    QVERIFY(on(u"swapon --show"_s).out.contains("/swapfile"));
    m_host->fail({u"swapoff"_s, {}, 1, 6, u"done, but"_s, HostFault::When::After});
    QCOMPARE(on(u"swapoff -a"_s).exitCode, 6);
    QCOMPARE(on(u"swapon --show"_s).out, "");
    m_host->fail({u"modprobe"_s, u"overlay"_s, 1, 0, {}, HostFault::When::Killed});
    QCOMPARE(on(u"modprobe overlay"_s).exitCode, 137);
    QVERIFY(on(u"lsmod"_s).out.contains("overlay"));
    QVERIFY(on(u"modprobe ip_vs"_s).isGood());
    m_host->fail({u"modprobe"_s, {}, 1, 1, u"@init-bad-flag"_s, HostFault::When::Before});
    QVERIFY(on(u"modprobe ip_vs"_s).err.contains("unknown flag"));
    m_host->slow(u"modprobe"_s, u"vxlan"_s, 0.4);
    QElapsedTimer clock;
    clock.start();
    QVERIFY(on(u"modprobe vxlan"_s).isGood());
    QVERIFY(clock.elapsed() >= 400);
    m_host->clearFaults();
}

void TstInstallHost::keepsBook()
{
    m_host->forgetCalls();
    on(u"modprobe overlay; swapoff -a; nproc"_s);
    std::vector<test::HostCall> calls = m_host->calls();
    QCOMPARE(calls.size(), 3u);
    QCOMPARE(calls[0].line(), u"modprobe overlay"_s);
    QCOMPARE(calls[1].line(), u"swapoff -a"_s);
    QVERIFY(calls[1].beginMs >= calls[0].endMs && calls[0].ended() && calls[0].exit == 0 && calls[0].user == u"root"_s);
    // A program whose caller is killed dies with it, before it did anything.
    m_host->slow(u"modprobe"_s, u"ip_vs_sh"_s, 30);
    on(u"modprobe ip_vs_sh & sleep 0.3; kill -9 $!; sleep 0.1; lsmod"_s);
    calls = m_host->calls(u"modprobe"_s, u"ip_vs_sh"_s);
    QCOMPARE(calls.size(), 1u);
    QVERIFY(!calls[0].ended());
    m_host->clearFaults();
    QVERIFY(m_host->argvSeen().contains(u"sleep 0.3"_s));
}

void TstInstallHost::theClockTheDiskAndTheRest()
{
    const qint64 before = on(u"date +%s"_s).out.trimmed().toLongLong();
    m_host->setClockOffset(300);
    QVERIFY(on(u"date +%s"_s).out.trimmed().toLongLong() >= before + 300);
    QCOMPARE(on(u"timedatectl show -p NTP,NTPSynchronized"_s).out, "NTP=no\nNTPSynchronized=no\n");
    QVERIFY(on(u"timedatectl set-ntp true"_s).isGood());
    QVERIFY(on(u"date +%s"_s).out.trimmed().toLongLong() < before + 200);
    const qint64 real = QDateTime::currentSecsSinceEpoch();
    QVERIFY(on(u"date -s '2001-02-03 04:05:06'; date +%Y"_s).out.endsWith("2001\n")); // its own clock, not the machine's
    QVERIFY(qAbs(QDateTime::currentSecsSinceEpoch() - real) < 60);
    m_host->setClockOffset(0);
    m_host->fillDisk();
    QVERIFY(on(u"head -c 100000 /dev/zero > /var/lib/big"_s).err.contains("No space left"));
    QVERIFY(on(u"df --output=pcent /var/lib"_s).out.contains("100%"));
    m_host->freeDisk();
    QVERIFY(on(u"head -c 100000 /dev/zero > /var/lib/big && rm /var/lib/big"_s).isGood());
    m_host->occupyPort(6443);
    QVERIFY(on(u"ss -Hltnp"_s).out.contains(":6443"));
    m_host->freePort(6443);
    QVERIFY(!on(u"ss -Hltnp"_s).out.contains(":6443"));
    m_host->setHostName(u"twin"_s);
    QCOMPARE(on(u"hostname; cat /etc/hostname"_s).out, "twin\ntwin\n");
    m_host->setUrl(u"http://load.example/a"_s, "content");
    QCOMPARE(on(u"curl -s http://load.example/a; curl -sS http://other.example/b"_s).out, "content");
    m_host->hideProgram(u"nproc"_s);
    QCOMPARE(on(u"nproc"_s).exitCode, 127);
    const auto other = m_fixture.open(m_fixture.target(*m_host), {20'000, 200, 1000, 8});
    QVERIFY(other);
    m_host->setPower(false);
    QVERIFY(!(*other)->run({{u"true"_s}, {}, false, 60'000, 1000, {}}));
    m_host->setPower(true);
}

void TstInstallHost::anotherKeyIsAnotherHost()
{
    const QByteArray before = m_host->hostKey();
    QVERIFY(m_host->renewHostKey());
    QVERIFY(m_host->hostKey() != before);
    const auto refused = SshSession::open(m_fixture.target(*m_host), m_fixture.ledger());
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::HostKey);
}

void TstInstallHost::nothingIsLeft()
{
    QVERIFY2(m_host->troubles().isEmpty(), qPrintable(m_host->troubles()));
    m_root.reset();
    const pid_t init = m_host->initPid();
    m_host->stop();
    QVERIFY(!QFile::exists(u"/proc/%1"_s.arg(init)));
    QVERIFY(!m_host->calls().empty()); // what went on is kept
    QFile mounts(u"/proc/self/mounts"_s);
    QVERIFY(mounts.open(QIODevice::ReadOnly) && !mounts.readAll().contains("kboss-host-"));
    m_host.reset();
    QCOMPARE(QDir(QDir::tempPath()).entryList({u"kboss-host-%1*"_s.arg(0)}).size(), 0);
}

QTEST_GUILESS_MAIN(TstInstallHost)
#include "tst_installhost.moc"
