// What is taken back, and begun again after it, on hosts with real sshd and played programs: see tst_install.cpp.
#include "app/cluster/installcontext.h"
#include "tests/support/installground.h"

#include <QTest>

using namespace kboss;
using namespace kboss::test;
using namespace Qt::StringLiterals;
using Kind = LabInstall::Kind;
using State = StepStatus::State;

class TstInstallRemoval : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRemovalLeavesNoMarks();
    void aShortSilenceTakesNoMemberOut();
    void theFirstHostStaysWhileOthersAreThere();
    void undoOfAPhaseResetsTheHost();
    void swapWithoutFstab();
    void aFirewallIsOpenedAndClosed();
};

namespace {

// The steps of an installation on the hosts of a lab, one at a time.
class SingleSteps final : public InstallHosts {
public:
    explicit SingleSteps(InstallGround &ground) : m_plan(ground.install.plan), m_ledger(ground.folder.filePath(u"single.json"_s), m_clock)
    {
        std::vector<SshAddress> addresses;
        for (const PlanHost &host : m_plan.hosts)
            addresses.push_back({host.address, quint16(host.port)});
        m_ledger.importKnownHosts(ground.install.knownHosts, addresses, u"tester"_s);
        for (const PlanHost &host : m_plan.hosts) {
            SshTarget target;
            target.address = {host.address, quint16(host.port)};
            target.credential.user = host.user;
            target.credential.password = ground.install.password;
            m_links[host.name] = std::make_unique<SshLink>(target, m_ledger);
        }
        m_steps = installSteps(m_plan, {});
    }
    RemoteHost *find(const QString &name) override { return m_links.at(name).get(); }

    // "open: why" and so on; what is done is to be empty.
    QString probe(const QString &id)
    {
        QString text;
        with(id, [&text](const InstallStep &step, InstallContext &context) {
            const auto found = step.probe(context);
            static const char *const names[] = {"open", "done", "not needed", "foreign"};
            text = found ? QLatin1String(names[int(found->state)]) + (found->detail.isEmpty() ? QString() : u": "_s + found->detail)
                         : found.error().detail;
        });
        return text;
    }
    QString act(const QString &id) { return change(id, true); }
    QString undo(const QString &id) { return change(id, false); }

private:
    template <class Work> void with(const QString &id, Work &&work)
    {
        const auto step = std::find_if(m_steps.begin(), m_steps.end(), [&id](const InstallStep &one) { return one.id == id; });
        const PlanHost *host = m_plan.find(step->host);
        HostContext context(
            {m_plan, u"0123456789ab"_s, *host, *this, *find(host->name), m_clock, m_secrets, id, u"tester@desk"_s, {}, {}, {}, {}, {}, {}, {}});
        work(*step, context);
    }
    QString change(const QString &id, bool forth)
    {
        Result<void> done;
        with(id, [&](const InstallStep &step, InstallContext &context) { done = forth ? step.act(context) : step.undo(context); });
        return done ? QString() : done.error().detail;
    }

    SystemClock m_clock;
    InstallPlan m_plan;
    HostKeyLedger m_ledger;
    StepSecrets m_secrets;
    std::map<QString, std::unique_ptr<SshLink>> m_links;
    std::vector<InstallStep> m_steps;
};

StepStatus statusOf(InstallRunner &runner, const QString &id)
{
    for (const StepStatus &status : runner.state()) {
        if (status.id == id)
            return status;
    }
    return {};
}

QByteArray marksOn(InstallHost &host)
{
    return host.inside({u"sh"_s, u"-c"_s, u"ls /var/lib/kboss/install/*/cluster-begun 2>/dev/null"_s}).out;
}

} // namespace

// After a removal the same installation is made again, with kubeadm's checks.
void TstInstallRemoval::aRemovalLeavesNoMarks()
{
    InstallGround ground(1, 1);
    QVERIFY2(ground.start(), qPrintable(ground.lab->errorText()));
    QCOMPARE(ground.run(Kind::Install), QString());
    for (int i = 0; i < 2; ++i)
        QVERIFY(!marksOn((*ground.lab)[i]).isEmpty());
    // A host that somebody has emptied by hand still has the mark.
    (*ground.lab)[1].inside({u"kubeadm"_s, u"reset"_s, u"-f"_s});
    (*ground.lab)[1].inside({u"rm"_s, u"-f"_s, u"/etc/cni/net.d/10-flannel.conflist"_s});
    QCOMPARE(ground.run(Kind::RemoveCluster), QString());
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(marksOn((*ground.lab)[i]), QByteArray());
        (*ground.lab)[i].forgetCalls();
    }
    QCOMPARE(ground.run(Kind::Install), QString());
    QVERIFY(!(*ground.lab)[0].calls(u"kubeadm"_s, u"init phase preflight"_s).empty());
    QVERIFY((*ground.lab)[0].stateSnapshot().contains(u"node w-1"_s));
}

void TstInstallRemoval::aShortSilenceTakesNoMemberOut()
{
    InstallGround ground(3, 0);
    QVERIFY2(ground.start(), qPrintable(ground.lab->errorText()));
    QCOMPARE(ground.run(Kind::Install), QString());
    for (int i = 0; i < ground.lab->size(); ++i)
        (*ground.lab)[i].forgetCalls();
    HostFault fault;
    fault.tool = u"kubectl"_s;
    fault.stderrText = u"The connection to the server was refused - did you specify the right host or port?"_s;
    for (const QString &question : {u"get nodes"_s, u"member list"_s}) {
        fault.argumentsContain = question;
        fault.times = 3;
        (*ground.lab)[0].fail(fault);
    }
    QCOMPARE(ground.run(Kind::Install), QString());
    QCOMPARE(ground.lab->calls(u"kubectl"_s, u"member remove"_s).size(), size_t(0));
    QCOMPARE(ground.lab->calls(u"kubeadm"_s, u"join"_s).size(), size_t(0));
    QCOMPARE(ground.lab->calls(u"kubeadm"_s, u"reset"_s).size(), size_t(0));
    QCOMPARE((*ground.lab)[0].stateSnapshot().count(u"\n  etcd "_s), 3);
}

void TstInstallRemoval::theFirstHostStaysWhileOthersAreThere()
{
    InstallGround ground(1, 1);
    QVERIFY2(ground.start(), qPrintable(ground.lab->errorText()));
    LabRun run(ground.install, Kind::Install);
    run.runner().start();
    QVERIFY(run.runner().wait(longMs));
    QCOMPARE(run.trouble(), QString());
    const auto refused = run.runner().undoHost(u"cp-1"_s);
    QVERIFY(!refused && refused.error().detail.contains(u"w-1 would lose their cluster"_s));
    QCOMPARE(run.trouble(), QString()); // nothing was begun
    QVERIFY(run.runner().undoHost(u"w-1"_s));
    QVERIFY(run.runner().wait(longMs));
    QVERIFY(!(*ground.lab)[0].stateSnapshot().contains(u"node w-1"_s));
    QVERIFY(run.runner().undoHost(u"cp-1"_s));
    QVERIFY(run.runner().wait(longMs));
    QVERIFY2(!(*ground.lab)[0].fileExists(u"/etc/kubernetes/admin.conf"_s), qPrintable(run.trouble())); // alone, it goes
}

void TstInstallRemoval::undoOfAPhaseResetsTheHost()
{
    InstallGround ground(1, 0);
    QVERIFY2(ground.start(), qPrintable(ground.lab->errorText()));
    LabRun run(ground.install, Kind::Install);
    run.runner().start();
    QVERIFY(run.runner().wait(longMs));
    QCOMPARE(run.trouble(), QString());
    const QByteArray before = (*ground.lab)[0].fileContent(u"/etc/kubernetes/pki/ca.crt"_s);
    const auto undone = run.runner().undo(u"cp-1/addon"_s);
    QVERIFY2(undone, undone ? "" : qPrintable(undone.error().detail));
    QVERIFY(run.runner().wait(longMs));
    QVERIFY(!(*ground.lab)[0].fileExists(u"/etc/kubernetes/admin.conf"_s));
    QCOMPARE(statusOf(run.runner(), u"cp-1/addon"_s).state, State::Undone);
    for (const char *id : {"cp-1/preflight", "cp-1/certs", "cp-1/keep-kubeconfig", "cp-1/network", "cp-1/ready", "cp-1/verify-network"})
        QVERIFY2(statusOf(run.runner(), QLatin1String(id)).state == State::SetAside, id);
    for (const char *id : {"cp-1/swap", "cp-1/packages", "cp-1/register"})
        QVERIFY2(statusOf(run.runner(), QLatin1String(id)).state == State::Done, id);
    QVERIFY(run.runner().repeat(u"cp-1/addon"_s)); // and all that went with it
    QVERIFY(run.runner().wait(longMs));
    QCOMPARE(run.trouble(), QString());
    const QByteArray after = (*ground.lab)[0].fileContent(u"/etc/kubernetes/pki/ca.crt"_s);
    QVERIFY(!after.isEmpty() && after != before);
    QFile kept(ground.folder.filePath(u"platform/kubeconfig"_s));
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QCOMPARE(kept.readAll(), (*ground.lab)[0].fileContent(u"/etc/kubernetes/admin.conf"_s)); // not the one of the cluster that is gone
}

void TstInstallRemoval::swapWithoutFstab()
{
    InstallGround ground(1, 0);
    QVERIFY2(ground.start(), qPrintable(ground.lab->errorText()));
    InstallHost &host = (*ground.lab)[0];
    host.inside({u"rm"_s, u"-f"_s, u"/etc/fstab"_s});
    QVERIFY(host.fileContent(u"/proc/swaps"_s).count('\n') > 1);
    SingleSteps steps(ground);
    QVERIFY2(steps.probe(u"cp-1/swap"_s).startsWith(u"open: swap is on"_s), qPrintable(steps.probe(u"cp-1/swap"_s)));
    QCOMPARE(steps.act(u"cp-1/swap"_s), QString());
    QVERIFY2(steps.probe(u"cp-1/swap"_s).startsWith(u"done"_s), qPrintable(steps.probe(u"cp-1/swap"_s)));
    QVERIFY(!host.fileExists(u"/etc/fstab"_s));
    QCOMPARE(steps.undo(u"cp-1/swap"_s), QString());
    QVERIFY(!host.fileExists(u"/etc/fstab"_s));
}

void TstInstallRemoval::aFirewallIsOpenedAndClosed()
{
    InstallGround ground(1, 1);
    QVERIFY2(ground.start(), qPrintable(ground.lab->errorText()));
    InstallHost &host = (*ground.lab)[0];
    const QString own = ground.install.plan.hosts[0].address, worker = ground.install.plan.hosts[1].address;
    SingleSteps steps(ground);
    QCOMPARE(steps.probe(u"cp-1/firewall"_s), u"not needed: no firewall is on"_s);
    for (const QStringList &words : {QStringList{u"allow"_s, u"22/tcp"_s}, {u"allow"_s, u"from"_s, worker}, {u"enable"_s}})
        QCOMPARE(host.inside(QStringList{u"ufw"_s} + words).exit, 0);
    const QByteArray before = host.inside({u"ufw"_s, u"status"_s}).out;
    // Each rule is named as it is given to ufw; what the site lets through already is not among them.
    const QString lacking = u"open: ufw keeps the cluster out without: ufw allow from %1; ufw allow from 10.244.0.0/16; "
                            "ufw route allow from 10.244.0.0/16; ufw route allow to 10.244.0.0/16; ufw allow 6443/tcp"_s;
    QCOMPARE(steps.probe(u"cp-1/firewall"_s), lacking.arg(own));
    QCOMPARE(steps.act(u"cp-1/firewall"_s), QString());
    QCOMPARE(steps.probe(u"cp-1/firewall"_s), u"done"_s);
    // A rule that goes later is missed, although the rest is there.
    QCOMPARE(host.inside({u"ufw"_s, u"route"_s, u"delete"_s, u"allow"_s, u"to"_s, u"10.244.0.0/16"_s}).exit, 0);
    QCOMPARE(steps.probe(u"cp-1/firewall"_s), u"open: ufw keeps the cluster out without: ufw route allow to 10.244.0.0/16"_s);
    QCOMPARE(steps.act(u"cp-1/firewall"_s), QString());
    QCOMPARE(steps.undo(u"cp-1/firewall"_s), QString());
    QCOMPARE(host.inside({u"ufw"_s, u"status"_s}).out, before); // the site's own rules stay
}

QTEST_GUILESS_MAIN(TstInstallRemoval)
#include "tst_installremoval.moc"
