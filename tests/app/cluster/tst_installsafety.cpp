// What a step does where nothing is known, or where the host is not ours: it destroys nothing. Without hosts: see tst_installremoval.cpp for those.
#include "app/cluster/jointokens.h"
#include "tests/support/scriptedinstall.h"

#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;
using test::ScriptedInstall;

class TstInstallSafety : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void notKnownIsNotOpen_data();
    void notKnownIsNotOpen();
    void aShortSilenceIsWaitedFor();
    void aHealthyMemberStays();
    void nothingIsDoneToAMemberOfWhichNothingIsKnown();
    void aWorkerIsNotResetBehindItsClustersBack();
    void theFirstHostIsNotTakenFromTheOthers();
    void aClusterThatNeverAnsweredIsUndone();
    void whoseHostsAreReset_data();
    void whoseHostsAreReset();
    void aDeadClusterIsRemoved();
    void theCheckNamespaceIsWaitedFor();
    void aTokenIsForgottenOnceItIsGone();
    void anotherClustersKubeconfigIsNotKept();
};

namespace {

const QByteArray joinLine = "kubeadm join 10.20.0.11:6443 --token abcdef.0123456789abcdef --discovery-token-ca-cert-hash "
                            "sha256:fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210 \n";
const QByteArray refusal = "The connection to the server 10.20.0.11:6443 was refused - did you specify the right host or port?\n";

InstallPlan good(int controls = 3, int workers = 2)
{
    InstallPlan plan;
    plan.cluster = u"test"_s;
    plan.version = u"v1.34.9"_s;
    if (controls > 1)
        plan.endpoint = u"10.20.0.10:6443"_s;
    for (int i = 1; i <= controls; ++i)
        plan.hosts.push_back({u"cp-%1"_s.arg(i), u"10.20.0.%1"_s.arg(10 + i), 22, u"ops"_s, HostRole::ControlPlane, {}});
    for (int i = 1; i <= workers; ++i)
        plan.hosts.push_back({u"w-%1"_s.arg(i), u"10.20.1.%1"_s.arg(i), 22, u"ops"_s, HostRole::Worker, {}});
    return plan;
}

InstallStep stepNamed(const std::vector<InstallStep> &steps, const QString &id)
{
    const auto found = std::find_if(steps.begin(), steps.end(), [&id](const InstallStep &step) { return step.id == id; });
    return found == steps.end() ? InstallStep() : *found;
}

// A cluster of the plan's first `nodes` hosts, each control plane with its member of etcd; `up` false: its API refuses.
struct Cluster {
    InstallPlan plan;
    bool up = true;
    std::vector<PlanHost> nodes;

    CommandResult operator()(const QStringList &words) const
    {
        const QString line = words.join(u' ');
        if (line.contains(u"/etc/rancher/k3s"_s))
            return {0, {}, "begun yes\nfound /etc/kubernetes/kubelet.conf\n", {}};
        if (line.contains(u"token create"_s))
            return {0, {}, joinLine, {}};
        if (line.contains(u"upload-certs"_s))
            return {0, {}, "[upload-certs] Using certificate key:\n" + QByteArray(64, '7') + '\n', {}};
        if (words.value(0) == u"kubectl"_s && !up)
            return {1, {}, {}, refusal};
        QStringList members, items;
        for (const PlanHost &host : nodes) {
            const bool control = host.role == HostRole::ControlPlane;
            items << uR"({"metadata":{"name":"%1","labels":{%3}},"status":{"addresses":[{"type":"InternalIP","address":"%2"}]}})"_s.arg(
                host.name, host.address, control ? uR"("node-role.kubernetes.io/control-plane":"")"_s : QString());
            if (control)
                members << uR"({"ID":%3,"name":"%1","peerURLs":["https://%2:2380"]})"_s.arg(host.name, host.address).arg(members.size() + 1);
        }
        if (line.contains(u"get nodes"_s))
            return {0, {}, u"{\"items\":[%1]}"_s.arg(items.join(u',')).toUtf8(), {}};
        if (line.contains(u"member list"_s))
            return {0, {}, u"{\"members\":[%1]}"_s.arg(members.join(u',')).toUtf8(), {}};
        if (line.contains(u"endpoint health"_s))
            return {0, {}, R"([{"endpoint":"https://10.20.0.11:2379","health":true}])", {}};
        return {0, {}, {}, {}};
    }
};

QStringList linesOf(const ScriptedInstall &context)
{
    QStringList lines;
    for (const auto &command : context.commands)
        lines << command.words.join(u' ');
    return lines;
}

bool destroys(const ScriptedInstall &context)
{
    const QStringList lines = linesOf(context);
    return !context.actions.empty() || lines.filter(u"member remove"_s).size() + lines.filter(u"kubeadm reset"_s).size() > 0;
}

} // namespace

void TstInstallSafety::notKnownIsNotOpen_data()
{
    QTest::addColumn<QString>("id");
    for (const char *id : {"w-1/join", "cp-2/join-control-plane", "cp-1/upload-config", "cp-1/mark-control-plane", "cp-1/bootstrap-token",
                           "cp-1/addon", "cp-1/network"})
        QTest::newRow(id) << QString::fromLatin1(id);
}

void TstInstallSafety::notKnownIsNotOpen()
{
    QFETCH(const QString, id);
    const InstallPlan plan = good();
    ScriptedInstall context(plan, id.section(u'/', 0, 0));
    context.answer = Cluster{plan, false, plan.hosts};
    context.eachMs = 600'000;
    const auto step = stepNamed(installSteps(plan, {}), id);
    if (id == u"cp-1/network"_s)
        QVERIFY(step.act(context) || !context.files.isEmpty()); // its manifest is on the host
    const auto found = step.probe(context);
    QVERIFY2(!found, found ? qPrintable(found->detail) : "");
    QCOMPARE(found.error().kind, ErrorKind::Rejected);
    QVERIFY2(found.error().detail.contains(u"does not answer"_s) && found.error().detail.contains(u"refused"_s)
                 && found.error().detail.contains(u"repeat"_s),
             qPrintable(found.error().detail));
}

void TstInstallSafety::aShortSilenceIsWaitedFor()
{
    const InstallPlan plan = good();
    ScriptedInstall context(plan, u"cp-2"_s);
    Cluster cluster{plan, true, plan.hosts};
    int asked = 0;
    context.answer = [&](const QStringList &words) {
        Cluster now = cluster;
        now.up = words.value(0) != u"kubectl"_s || (++asked != 1 && asked != 3); // the first question for nodes, and for etcd's members
        return now(words);
    };
    context.files[u"/etc/kubernetes/kubelet.conf"_s] = "yes";
    const auto found = stepNamed(installSteps(plan, {}), u"cp-2/join-control-plane"_s).probe(context);
    QVERIFY2(found, found ? "" : qPrintable(found.error().detail));
    QCOMPARE(found->state, StepState::Done);
    QVERIFY(!context.said.filter(u"asked again"_s).isEmpty());
}

void TstInstallSafety::aHealthyMemberStays()
{
    const InstallPlan plan = good();
    ScriptedInstall context(plan, u"cp-2"_s);
    context.answer = Cluster{plan, true, plan.hosts};
    context.files[u"/etc/kubernetes/kubelet.conf"_s] = "yes";
    const auto acted = stepNamed(installSteps(plan, {}), u"cp-2/join-control-plane"_s).act(context);
    QVERIFY2(acted, acted ? "" : qPrintable(acted.error().detail));
    QVERIFY2(!destroys(context), qPrintable(linesOf(context).join(u'\n')));
    // One that is there by halves is still made anew.
    context.files.remove(u"/etc/kubernetes/kubelet.conf"_s);
    context.eachMs = 600'000;
    (void)stepNamed(installSteps(plan, {}), u"cp-2/join-control-plane"_s).act(context);
    QVERIFY(!linesOf(context).filter(u"member remove"_s).isEmpty());
}

void TstInstallSafety::nothingIsDoneToAMemberOfWhichNothingIsKnown()
{
    const InstallPlan plan = good();
    ScriptedInstall context(plan, u"cp-2"_s);
    bool nodesAnswer = true;
    context.answer = [&](const QStringList &words) { return Cluster{plan, nodesAnswer && !words.contains(u"etcdctl"_s), plan.hosts}(words); };
    context.eachMs = 600'000;
    context.files[u"/etc/kubernetes/kubelet.conf"_s] = "yes";
    for (const bool answer : {true, false}) {
        nodesAnswer = answer;
        const auto acted = stepNamed(installSteps(plan, {}), u"cp-2/join-control-plane"_s).act(context);
        QVERIFY(!acted);
        QVERIFY2(acted.error().detail.contains(u"does not answer"_s), qPrintable(acted.error().detail));
        QVERIFY2(!destroys(context), qPrintable(linesOf(context).join(u'\n')));
    }
}

void TstInstallSafety::aWorkerIsNotResetBehindItsClustersBack()
{
    const InstallPlan plan = good();
    for (const QString &id : {u"w-1/join"_s, u"cp-2/join-control-plane"_s}) {
        ScriptedInstall context(plan, id.section(u'/', 0, 0));
        context.answer = Cluster{plan, false, plan.hosts};
        context.eachMs = 600'000;
        const auto undone = stepNamed(installSteps(plan, {}), id).undo(context);
        QVERIFY(!undone);
        QVERIFY2(undone.error().detail.contains(u"dead node"_s) && undone.error().detail.contains(u"remove the whole cluster"_s),
                 qPrintable(undone.error().detail));
        QVERIFY2(!destroys(context), qPrintable(linesOf(context).join(u'\n')));
    }
    ScriptedInstall context(plan, u"w-1"_s);
    context.answer = [&plan](const QStringList &words) {
        const bool isClean = words.value(2).contains(u"/var/lib/kubelet/config.yaml"_s);
        return isClean ? CommandResult{0, {}, "found /etc/kubernetes/kubelet.conf\n", {}} : Cluster{plan, true, plan.hosts}(words);
    };
    QVERIFY(stepNamed(installSteps(plan, {}), u"w-1/join"_s).undo(context));
    const QStringList lines = linesOf(context);
    QVERIFY(!lines.filter(u" drain w-1"_s).isEmpty() && !lines.filter(u"delete node w-1"_s).isEmpty());
    QCOMPARE(context.actions.front().name, u"reset"_s);
}

void TstInstallSafety::theFirstHostIsNotTakenFromTheOthers()
{
    const InstallPlan plan = good(1, 2);
    ScriptedInstall context(plan, u"cp-1"_s);
    context.answer = Cluster{plan, true, plan.hosts};
    for (const InstallStep &step : installSteps(plan, {})) {
        QCOMPARE(bool(step.mayUndo), step.host == u"cp-1"_s && step.withReset == InstallStep::WithReset::Resets);
        if (!step.mayUndo)
            continue;
        const auto may = step.mayUndo(context);
        QVERIFY(!may);
        QCOMPARE(may.error().kind, ErrorKind::Conflict);
        QVERIFY2(may.error().detail.startsWith(u"w-1, w-2 would lose"_s) && may.error().detail.contains(u"remove the whole cluster"_s),
                 qPrintable(may.error().detail));
    }
    context.answer = Cluster{plan, true, {plan.hosts.front()}};
    QVERIFY(stepNamed(installSteps(plan, {}), u"cp-1/certs"_s).mayUndo(context));
}

void TstInstallSafety::aClusterThatNeverAnsweredIsUndone()
{
    const InstallPlan plan = good(1, 2);
    ScriptedInstall context(plan, u"cp-1"_s);
    context.answer = Cluster{plan, false, {}};
    context.eachMs = 600'000;
    QVERIFY(stepNamed(installSteps(plan, {}), u"cp-1/certs"_s).mayUndo(context));
}

void TstInstallSafety::whoseHostsAreReset_data()
{
    QTest::addColumn<QByteArray>("marks");
    QTest::addColumn<QByteArray>("config"); // kubelet.conf
    QTest::addColumn<bool>("leftovers");
    QTest::addColumn<StepState>("state");
    const QByteArray own = "mark w-1 test 10.20.0.11:6443\n", other = "mark w-1 prod 10.20.0.11:6443\n";
    const QByteArray here = "    server: https://10.20.0.11:6443\n", elsewhere = "    server: https://10.9.9.9:6443\n";
    QTest::newRow("ours") << own << here << true << StepState::Open;
    QTest::newRow("ours, half joined") << own << QByteArray() << true << StepState::Open;
    QTest::newRow("ours, among others") << other + own << here << true << StepState::Open;
    QTest::newRow("in another cluster since") << own << elsewhere << true << StepState::Foreign;
    QTest::newRow("somebody's, without kubelet.conf") << QByteArray() << QByteArray() << true << StepState::Foreign;
    QTest::newRow("somebody's, at our address") << QByteArray() << here << true << StepState::Foreign;
    QTest::newRow("another cluster of ours") << other << QByteArray() << true << StepState::Foreign;
    QTest::newRow("clean") << QByteArray() << QByteArray() << false << StepState::Done;
    QTest::newRow("clean but for the mark") << own << QByteArray() << false << StepState::Open;
}

void TstInstallSafety::whoseHostsAreReset()
{
    QFETCH(const QByteArray, marks);
    QFETCH(const QByteArray, config);
    QFETCH(const bool, leftovers);
    QFETCH(const StepState, state);
    const InstallPlan plan = good(1, 1);
    for (const auto &steps : {removeWorkerSteps(plan, u"w-1"_s, {}), removeClusterSteps(plan, {})}) {
        ScriptedInstall context(plan, u"w-1"_s);
        context.answer = [&](const QStringList &words) -> CommandResult {
            const QString script = words.value(2);
            if (script.contains(u"head -n 1 \"$mark\""_s))
                return {0, {}, marks, {}};
            return {0, {}, leftovers && script.contains(u"/var/lib/kubelet/config.yaml"_s) ? "found /etc/kubernetes/pki/ca.crt\n" : "", {}};
        };
        if (!config.isEmpty())
            context.files[u"/etc/kubernetes/kubelet.conf"_s] = config;
        const auto found = stepNamed(steps, u"w-1/reset"_s).probe(context);
        QVERIFY(found);
        QCOMPARE(found->state, state);
    }
}

void TstInstallSafety::aDeadClusterIsRemoved()
{
    const InstallPlan plan = good(3, 0);
    const auto steps = removeClusterSteps(plan, {});
    const auto leaveState = [&](const QByteArray &marks) {
        ScriptedInstall context(plan, u"cp-1"_s);
        context.eachMs = 600'000;
        context.answer = [&](const QStringList &words) -> CommandResult {
            if (words.value(2).contains(u"head -n 1 \"$mark\""_s))
                return {0, {}, marks, {}};
            if (words.value(2).contains(u"/var/lib/kubelet/config.yaml"_s))
                return {0, {}, "found /etc/kubernetes/admin.conf\n", {}};
            return Cluster{plan, false, {}}(words);
        };
        return stepNamed(steps, u"cp-1/leave-cp-2"_s).probe(context);
    };
    const auto ours = leaveState("mark cp-1 test 10.20.0.10:6443\n");
    QVERIFY2(ours, ours ? "" : qPrintable(ours.error().detail));
    QCOMPARE(ours->state, StepState::NotNeeded); // all its hosts are reset anyway
    QCOMPARE(leaveState({})->state, StepState::Foreign); // that cluster is nobody of ours to take members out of
}

void TstInstallSafety::theCheckNamespaceIsWaitedFor()
{
    const InstallPlan plan = good(1, 1);
    const auto step = stepNamed(installSteps(plan, {}), u"cp-1/verify-network"_s);
    ScriptedInstall context(plan, u"cp-1"_s);
    context.answer = [&](const QStringList &words) -> CommandResult {
        const QString line = words.join(u' ');
        if (line.contains(u"get pod"_s))
            return {0, {}, "Running 10.244.0.9", {}};
        return Cluster{plan, true, plan.hosts}(words);
    };
    QVERIFY(step.act(context));
    const QStringList lines = linesOf(context);
    const QString gone = u"delete namespace kboss-check --ignore-not-found=true --wait=true --timeout=180s"_s;
    const auto at = [&lines](const QString &words, qsizetype from = 0) {
        for (qsizetype i = from; i < lines.size(); ++i) {
            if (lines[i].contains(words))
                return i;
        }
        return qsizetype(-1);
    };
    const qsizetype first = at(gone), applied = at(u"apply -f -"_s);
    QVERIFY2(first >= 0 && first < applied && at(gone, applied) > applied,
             qPrintable(lines.join(u'\n'))); // before, for what is ending still, and after
    QVERIFY(lines.filter(u"--wait=false"_s).isEmpty());
    context.answer = [&](const QStringList &words) -> CommandResult {
        return words.contains(u"delete"_s) ? CommandResult{1, {}, {}, "error: timed out waiting for the condition on namespaces/kboss-check\n"}
                                           : Cluster{plan, true, plan.hosts}(words);
    };
    context.commands.clear();
    const auto stuck = step.act(context);
    QVERIFY(!stuck && stuck.error().detail.contains(u"timed out waiting"_s));
    QVERIFY(linesOf(context).filter(u"apply -f -"_s).isEmpty());
}

void TstInstallSafety::aTokenIsForgottenOnceItIsGone()
{
    const InstallPlan plan = good(1, 1);
    const auto step = stepNamed(installSteps(plan, {}), u"cp-1/delete-token"_s);
    ScriptedInstall context(plan, u"cp-1"_s);
    context.secrets[u"join-token"_s] = joinLine;
    CommandResult answer{1, {}, {}, "error: " + refusal}; // of a deletion
    bool isThere = true, goes = false;
    const QByteArray listed = "{\"token\": \"abcdef.0123456789abcdef\", \"description\": \"" + steps::tokenDescription(context).toUtf8() + "\"}\n";
    context.answer = [&](const QStringList &words) {
        if (words.contains(u"list"_s))
            return CommandResult{0, {}, isThere ? listed : QByteArray(), {}};
        isThere = isThere && !goes;
        return answer;
    };
    const auto failed = step.act(context);
    QVERIFY(!failed);
    QCOMPARE(context.secret(u"join-token"_s), joinLine); // another try can still delete it
    QCOMPARE(step.probe(context)->state, StepState::Open);
    goes = true;
    answer = {1, {}, {}, "failed to delete bootstrap token \"abcdef\": secrets \"bootstrap-token-abcdef\" not found\n"}; // its time was over
    QVERIFY(step.act(context));
    QVERIFY(context.secret(u"join-token"_s).isEmpty());
    QCOMPARE(step.probe(context)->state, StepState::Done);
    isThere = true;
    context.secrets[u"join-token"_s] = joinLine;
    answer = {0, {}, "bootstrap token \"abcdef\" deleted\n", {}};
    QVERIFY(step.act(context));
    QVERIFY(context.secret(u"join-token"_s).isEmpty());
}

void TstInstallSafety::anotherClustersKubeconfigIsNotKept()
{
    class Keychain final : public InstallPlatform {
    public:
        Result<void> keepKubeconfig(const QByteArray &kubeconfig) override
        {
            kept = kubeconfig;
            return {};
        }
        Result<bool> hasKubeconfig() override { return !kept.isEmpty(); }
        Result<void> registerCluster(const InstallPlan &) override { return {}; }
        Result<void> registerNode(const PlanHost &) override { return {}; }
        Result<bool> isRegistered(const QString &) override { return false; }
        Result<void> unregister(const QString &) override { return {}; }
        QByteArray kept = "of a cluster that was reset";
    };
    const InstallPlan plan = good(1, 0);
    InstallOptions options;
    const auto keychain = std::make_shared<Keychain>();
    options.platform = keychain;
    const auto step = stepNamed(installSteps(plan, options), u"cp-1/keep-kubeconfig"_s);
    ScriptedInstall context(plan, u"cp-1"_s);
    context.files[u"/etc/kubernetes/admin.conf"_s] = "of this cluster";
    QCOMPARE(step.probe(context)->state, StepState::Open);
    QVERIFY(step.act(context));
    QCOMPARE(keychain->kept, "of this cluster");
    QCOMPARE(step.probe(context)->state, StepState::Done);
}

QTEST_GUILESS_MAIN(TstInstallSafety)
#include "tst_installsafety.moc"
