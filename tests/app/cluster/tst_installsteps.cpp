// The steps as a list, and what each asks and orders, without hosts: see tst_install.cpp for them on hosts.
#include "app/cluster/installreport.h"
#include "tests/support/scriptedinstall.h"

#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;
using test::ScriptedInstall;

class TstInstallSteps : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theOrderKeepsToItself_data();
    void theOrderKeepsToItself();
    void workersAtOnce_data();
    void workersAtOnce();
    void everyScriptIsSound();
    void somebodyElsesClusterIsLeftAlone();
    void ownHalfWorkGoesOn();
    void tokensAreRenewed();
    void noSecretInWordsOrScripts();
    void onlyAcceptedChecksPass();
    void calicoWantsItsManifest();
    void containerdOfOneIsTooOldFor136();
    void drainRefusalsAreExplained();
    void theReportTellsWhatWasDone();
};

namespace {

constexpr const char *token = "abcdef.0123456789abcdef";
const QByteArray joinLine = "kubeadm join 10.20.0.11:6443 --token abcdef.0123456789abcdef --discovery-token-ca-cert-hash "
                            "sha256:fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210 \n";

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
        plan.hosts.push_back({u"w-%1"_s.arg(i), u"10.20.%1.%2"_s.arg(1 + i / 200).arg(1 + i % 200), 22, u"ops"_s, HostRole::Worker, {}});
    return plan;
}

class Nowhere final : public InstallPlatform {
public:
    Result<void> keepKubeconfig(const QByteArray &) override { return {}; }
    Result<bool> hasKubeconfig() override { return false; }
    Result<void> registerCluster(const InstallPlan &) override { return {}; }
    Result<void> registerNode(const PlanHost &) override { return {}; }
    Result<bool> isRegistered(const QString &) override { return false; }
    Result<void> unregister(const QString &) override { return {}; }
};

InstallOptions options()
{
    InstallOptions made;
    made.platform = std::make_shared<Nowhere>();
    made.owner = u"tester@desk"_s;
    made.files = {{u"images.tar"_s, QByteArray(32, 'x'), 7, u"/nowhere/images.tar"_s, InstallFile::Kind::Images},
                  {u"metrics-server.yaml"_s, QByteArray(32, 'y'), 7, u"/nowhere/m.yaml"_s, InstallFile::Kind::Manifest}};
    return made;
}

const InstallStep &stepNamed(const std::vector<InstallStep> &steps, const QString &id)
{
    const auto found = std::find_if(steps.begin(), steps.end(), [&id](const InstallStep &step) { return step.id == id; });
    Q_ASSERT(found != steps.end());
    return *found;
}

bool isScript(const ScriptedInstall::Command &command)
{
    return command.words.value(0) == u"sh"_s && command.words.value(1) == u"-c"_s;
}

// Answers of a control plane that runs, and of hosts where everything is installed.
CommandResult answerOfACluster(const QStringList &words)
{
    const QString line = words.join(u' ');
    if (line.contains(u"token create"_s))
        return {0, {}, joinLine, {}};
    if (line.contains(u"upload-certs"_s))
        return {0, {}, "[upload-certs] Using certificate key:\n" + QByteArray(64, '7') + '\n', {}};
    if (line.contains(u"config images list"_s))
        return {0, {}, "registry.k8s.io/kube-proxy:v1.34.9\nregistry.k8s.io/pause:3.10.1\n", {}};
    if (line.contains(u"get nodes"_s))
        return {
            0,
            {},
            R"({"items":[{"metadata":{"name":"cp-1"},"status":{"conditions":[{"type":"Ready","status":"True"}],"addresses":[{"type":"InternalIP","address":"10.20.0.11"}]}}]})",
            {}};
    if (line.contains(u"member list"_s))
        return {0, {}, R"({"members":[{"ID":9372538179322589801,"name":"cp-1","peerURLs":["https://10.20.0.11:2380"]}]})", {}};
    if (line.contains(u"endpoint health"_s))
        return {0, {}, R"([{"endpoint":"https://10.20.0.11:2379","health":true}])", {}};
    if (line.contains(u"images -o json"_s))
        return {0, {}, R"({"images":[]})", {}};
    if (line.contains(u"containerd --version"_s))
        return {0, {}, "version containerd github.com/containerd/containerd 1.7.29 \nactive active\nenabled enabled\n", {}};
    if (line.contains(u"echo tools yes"_s))
        return {0, {}, "tools yes\n", {}};
    return {0, {}, {}, {}};
}

} // namespace

void TstInstallSteps::theOrderKeepsToItself_data()
{
    QTest::addColumn<int>("controls");
    QTest::addColumn<int>("workers");
    QTest::addColumn<int>("kind");
    for (int kind = 0; kind < 3; ++kind) {
        for (const auto &[controls, workers] : {std::pair{1, 0}, {1, 2}, {3, 2}, {5, 30}}) {
            if (kind != 1 || workers > 0)
                QTest::addRow("%d+%d %d", controls, workers, kind) << controls << workers << kind;
        }
    }
}

void TstInstallSteps::theOrderKeepsToItself()
{
    QFETCH(const int, controls);
    QFETCH(const int, workers);
    QFETCH(const int, kind);
    InstallPlan plan = good(controls, workers);
    plan.addons = {u"metrics-server"_s};
    const auto steps = kind == 0 ? installSteps(plan, options())
        : kind == 1              ? removeWorkerSteps(plan, u"w-1"_s, options())
                                 : removeClusterSteps(plan, options());
    QVERIFY(!steps.empty());
    static const QRegularExpression name(u"^[a-z0-9-]+$"_s);
    QSet<QString> before;
    QHash<QString, QString> last; // of each host
    for (const InstallStep &step : steps) {
        QCOMPARE(step.id, step.host + u'/' + step.name);
        QVERIFY(name.match(step.name).hasMatch());
        QVERIFY(plan.find(step.host));
        QVERIFY2(!before.contains(step.id), qPrintable(step.id));
        for (const QString &id : step.after)
            QVERIFY2(before.contains(id), qPrintable(step.id + u" after "_s + id));
        if (last.contains(step.host))
            QVERIFY2(step.after.contains(last.value(step.host)) || step.name == u"lock"_s, qPrintable(step.id));
        QVERIFY(step.probe && step.act);
        QVERIFY(step.usualMs > 0 && step.deadlineMs > step.usualMs && (step.limitGroup.isEmpty() || step.limit > 0));
        before.insert(step.id);
        last[step.host] = step.id;
    }
    if (kind == 2)
        QCOMPARE(steps.back().host, u"cp-1"_s);
}

void TstInstallSteps::workersAtOnce_data()
{
    QTest::addColumn<int>("workers");
    QTest::addColumn<int>("limit");
    QTest::newRow("few") << 3 << 5;
    QTest::newRow("thirty") << 30 << 5;
    QTest::newRow("two hundred") << 200 << 20;
}

void TstInstallSteps::workersAtOnce()
{
    QFETCH(const int, workers);
    QFETCH(const int, limit);
    QCOMPARE(stepNamed(installSteps(good(1, workers), {}), u"w-1/join"_s).limit, limit);
}

// Every step is probed, acted and undone on hosts that say little; whatever scripts that makes, a shell can read.
void TstInstallSteps::everyScriptIsSound()
{
    InstallPlan plan = good();
    plan.httpProxy = u"http://proxy.example.com:3128"_s;
    plan.addons = {u"metrics-server"_s, u"gpu-operator"_s};
    QTemporaryDir folder;
    QSet<QByteArray> scripts;
    for (const auto &steps : {installSteps(plan, options()), removeWorkerSteps(plan, u"w-1"_s, options()), removeClusterSteps(plan, options())}) {
        for (const InstallStep &step : steps) {
            if (step.name == u"lock"_s || step.name == u"ready"_s) // waits
                continue;
            ScriptedInstall context(plan, step.host);
            context.answer = answerOfACluster;
            context.eachMs = 600'000;
            context.files[context.folder() + u"/cluster-begun"_s] = "yes";
            context.secrets[u"join-token"_s] = joinLine;
            (void)step.probe(context);
            if (!step.name.startsWith(u"join"_s) && step.phase != InstallPhase::Verify) // they wait for their node
                (void)step.act(context);
            if (step.undo)
                (void)step.undo(context);
            for (const auto &command : context.commands) {
                if (isScript(command))
                    scripts.insert(command.words.at(2).toUtf8());
            }
            for (const DetachedAction &action : context.actions)
                scripts.insert(action.script);
        }
    }
    QVERIFY2(scripts.size() > 30, QByteArray::number(scripts.size()));
    for (const QByteArray &script : scripts) {
        QProcess shell;
        shell.start(u"sh"_s, {u"-n"_s});
        shell.write(script);
        shell.closeWriteChannel();
        QVERIFY(shell.waitForFinished());
        QVERIFY2(shell.exitCode() == 0, shell.readAllStandardError() + script);
    }
}

void TstInstallSteps::somebodyElsesClusterIsLeftAlone()
{
    const InstallPlan plan = good();
    const auto steps = installSteps(plan, options());
    for (const QString &id : {u"w-1/swap"_s, u"cp-1/swap"_s, u"cp-1/preflight"_s, u"w-1/join"_s, u"cp-2/join-control-plane"_s}) {
        const InstallStep &step = stepNamed(steps, id);
        ScriptedInstall context(plan, step.host);
        context.answer = [](const QStringList &words) {
            return words.value(2).contains(u"/etc/rancher/k3s"_s) ? CommandResult{0, {}, "found /etc/kubernetes/kubelet.conf\n", {}}
                                                                  : answerOfACluster(words);
        };
        const auto found = step.probe(context);
        QVERIFY2(found, qPrintable(found ? QString() : found.error().detail));
        QCOMPARE(found->state, StepState::Foreign);
        QVERIFY(found->detail.contains(u"/etc/kubernetes/kubelet.conf"_s));
        if (step.name == u"swap"_s)
            continue;
        context.commands.clear();
        const auto acted = step.act(context); // even when it is called
        QVERIFY(!acted);
        QCOMPARE(acted.error().kind, ErrorKind::Conflict);
        QVERIFY(context.actions.empty());
    }
}

void TstInstallSteps::ownHalfWorkGoesOn()
{
    const InstallPlan plan = good(1, 2);
    const auto steps = installSteps(plan, options());
    ScriptedInstall context(plan, u"w-1"_s);
    context.answer = [&context](const QStringList &words) {
        const QString script = words.value(2);
        if (script.contains(u"/etc/rancher/k3s"_s))
            return CommandResult{0, {}, "begun yes\nfound /etc/kubernetes/kubelet.conf\n", {}};
        if (script.contains(u"FileAvailable"_s))
            return CommandResult{0, {}, "name FileAvailable--etc-kubernetes-kubelet.conf\nname Port-10250\n", {}};
        if (words.contains(u"nodes"_s) && !context.actions.empty()) {
            context.files[u"/etc/kubernetes/kubelet.conf"_s] = "yes";
            return CommandResult{
                0, {}, R"({"items":[{"metadata":{"name":"w-1"},"status":{"addresses":[{"type":"InternalIP","address":"10.20.1.2"}]}}]})", {}};
        }
        return answerOfACluster(words);
    };
    const InstallStep &step = stepNamed(steps, u"w-1/join"_s);
    const auto found = step.probe(context);
    QVERIFY(found && found->state == StepState::Open);
    const auto joined = step.act(context);
    QVERIFY2(joined, qPrintable(joined ? QString() : joined.error().detail));
    QCOMPARE(context.actions.size(), size_t(1));
    const QByteArray script = context.actions.front().script;
    QVERIFY2(script.contains("--ignore-preflight-errors=FileAvailable--etc-kubernetes-kubelet.conf,Port-10250"), script);
    QVERIFY(script.startsWith("timeout "));
    QVERIFY(context.commands.back().words.contains(u"cordon"_s));
}

void TstInstallSteps::tokensAreRenewed()
{
    const InstallPlan plan = good(3, 1);
    const auto steps = installSteps(plan, options());
    ScriptedInstall context(plan, u"cp-2"_s);
    int tokens = 0, keys = 0, tries = 0;
    context.answer = [&](const QStringList &words) {
        const QString line = words.join(u' ');
        tokens += line.contains(u"token create"_s) ? 1 : 0;
        keys += line.contains(u"--upload-certs"_s) ? 1 : 0;
        if (words.contains(u"nodes"_s) && !context.actions.empty())
            return CommandResult{
                0,
                {},
                R"({"items":[{"metadata":{"name":"cp-2","labels":{"node-role.kubernetes.io/control-plane":""}},"status":{"addresses":[{"type":"InternalIP","address":"10.20.0.12"}]}}]})",
                {}};
        if (line.contains(u"member list"_s) && !context.actions.empty() && ++tries > 0)
            return CommandResult{0, {}, R"({"members":[{"ID":1,"name":"cp-2","peerURLs":[]}]})", {}};
        return answerOfACluster(words);
    };
    context.files[u"/etc/kubernetes/kubelet.conf"_s] = "yes";
    const auto again = [&](qint64 later) {
        context.ms += later;
        context.actions.clear();
        return stepNamed(steps, u"cp-2/join-control-plane"_s).act(context).has_value();
    };
    QVERIFY(again(0));
    QCOMPARE(std::pair(tokens, keys), std::pair(1, 1));
    QVERIFY(again(3'600'000)); // an hour: both are good
    QCOMPARE(std::pair(tokens, keys), std::pair(1, 1));
    QVERIFY(again(3'600'000)); // two: the key is not
    QCOMPARE(std::pair(tokens, keys), std::pair(1, 2));
    QVERIFY(again(21 * 3'600'000)); // twenty-three: neither is
    QCOMPARE(std::pair(tokens, keys), std::pair(2, 3));
    QVERIFY(context.actions.front().secret.contains(token));
}

void TstInstallSteps::noSecretInWordsOrScripts()
{
    const InstallPlan plan = good();
    for (const InstallStep &step : installSteps(plan, options())) {
        if (step.name == u"lock"_s || step.phase == InstallPhase::Verify || step.name == u"ready"_s)
            continue;
        ScriptedInstall context(plan, step.host);
        bool joined = false;
        context.eachMs = 600'000;
        context.answer = [&](const QStringList &words) {
            joined = joined || !context.actions.empty();
            if (joined && words.contains(u"nodes"_s)) { // ends the wait
                return CommandResult{0, {}, "no list", {}};
            }
            return answerOfACluster(words);
        };
        context.secrets[u"join-token"_s] = step.name == u"delete-token"_s ? joinLine : QByteArray();
        (void)step.act(context);
        for (const auto &command : context.commands) {
            QVERIFY2(!command.words.join(u' ').contains(u"0123456789abcdef"_s), qPrintable(step.id));
            QVERIFY2(!command.words.join(u' ').contains(u"7777777777"_s), qPrintable(step.id));
        }
        for (const DetachedAction &action : context.actions)
            QVERIFY2(!action.script.contains("0123456789abcdef") && !action.script.contains("7777777777"), qPrintable(step.id));
        for (auto file = context.files.begin(); file != context.files.end(); ++file)
            QVERIFY2(!file.value().contains("0123456789abcdef") && !file.value().contains("7777777777"), qPrintable(step.id));
    }
}

void TstInstallSteps::onlyAcceptedChecksPass()
{
    InstallPlan plan = good(1, 0);
    const QByteArray problems =
        "[preflight] Some fatal errors occurred:\n\t[ERROR NumCPU]: the number of available CPUs 1 is less than the required 2\n"
        "error: error execution phase preflight: preflight checks failed\n";
    QStringList seen;
    const auto act = [&](const QStringList &accepted) {
        plan.acceptedProblems = accepted;
        ScriptedInstall context(plan, u"cp-1"_s);
        seen.clear();
        context.answer = [&](const QStringList &words) {
            if (!words.contains(u"preflight"_s))
                return CommandResult{0, {}, {}, {}};
            seen << words.last();
            const bool passes = words.last().startsWith(u"--ignore"_s);
            return CommandResult{passes ? 0 : 1, {}, "[preflight] Running pre-flight checks\n", passes ? QByteArray() : problems};
        };
        auto done = stepNamed(installSteps(plan, options()), u"cp-1/preflight"_s).act(context);
        if (done && !context.files.contains(context.folder() + u"/cluster-begun"_s))
            done = fail(ErrorKind::Internal, u"not marked"_s);
        return done;
    };
    const auto refused = act({u"w-9/NumCPU"_s, u"cp-1/Mem"_s});
    QVERIFY(!refused);
    QVERIFY2(refused.error().detail.contains(u"NumCPU: the number of available CPUs"_s), qPrintable(refused.error().detail));
    QCOMPARE(seen.size(), 1);
    QVERIFY(!act({u"cp-1/all"_s}));
    const auto passed = act({u"cp-1/NumCPU"_s, u"cp-1/Mem"_s});
    QVERIFY2(passed, qPrintable(passed ? QString() : passed.error().detail));
    QCOMPARE(seen.last(), u"--ignore-preflight-errors=NumCPU"_s); // nothing that is not wrong
}

void TstInstallSteps::calicoWantsItsManifest()
{
    InstallPlan plan = good(1, 0);
    plan.networkAddon = u"calico"_s;
    ScriptedInstall context(plan, u"cp-1"_s);
    const auto refused = stepNamed(installSteps(plan, options()), u"cp-1/network"_s).act(context);
    QVERIFY(!refused && refused.error().detail.contains(u"calico.yaml"_s));
    InstallOptions with = options();
    with.files.push_back({u"calico.yaml"_s, QByteArray(32, 'z'), 7, u"/nowhere/calico.yaml"_s, InstallFile::Kind::Manifest});
    QVERIFY(stepNamed(installSteps(plan, with), u"cp-1/network"_s).act(context));
    QVERIFY(context.commands.back().words.join(u' ').contains(u"apply -f /var/lib/kboss/install/0123456789ab/files/calico.yaml"_s));
}

void TstInstallSteps::containerdOfOneIsTooOldFor136()
{
    InstallPlan plan = good(1, 0);
    ScriptedInstall old(plan, u"cp-1"_s);
    old.answer = answerOfACluster;
    QCOMPARE(stepNamed(installSteps(plan, options()), u"cp-1/runtime"_s).probe(old)->state, StepState::Done);
    plan.version = u"v1.36.2"_s;
    ScriptedInstall context(plan, u"cp-1"_s);
    context.answer = answerOfACluster;
    const auto steps = installSteps(plan, options());
    QCOMPARE(stepNamed(steps, u"cp-1/runtime"_s).probe(context)->state, StepState::Open);
    const auto refused = stepNamed(steps, u"cp-1/runtime"_s).act(context);
    QVERIFY(!refused && refused.error().detail.contains(u"containerd 2"_s));
}

void TstInstallSteps::drainRefusalsAreExplained()
{
    const InstallPlan plan = good(1, 2);
    ScriptedInstall context(plan, u"cp-1"_s);
    const auto drain = [&](const QByteArray &words) {
        context.answer = [words](const QStringList &command) {
            return command.contains(u"drain"_s) ? CommandResult{1, {}, {}, words} : CommandResult{0, {}, {}, {}};
        };
        const auto done = stepNamed(removeWorkerSteps(plan, u"w-1"_s, options()), u"cp-1/drain-w-1"_s).act(context);
        return done ? QString() : done.error().detail;
    };
    QVERIFY(drain("error: cannot delete Pods that declare no controller (use --force to override): demo/broken\n")
                .startsWith(u"pods on the node belong to no controller"_s));
    QVERIFY(
        drain(
            "error when evicting pods/\"web\" -n \"demo\" (will retry after 5s): Cannot evict pod as it would violate the pod's disruption budget.\n")
            .startsWith(u"a disruption budget"_s));
    for (const auto &command : context.commands)
        QVERIFY(!command.words.contains(u"--force"_s));
    QVERIFY(!context.files.contains(context.folder() + u"/drained-w-1"_s));
}

void TstInstallSteps::theReportTellsWhatWasDone()
{
    InstallPlan plan = good(1, 1);
    plan.acceptedProblems = {u"cp-1/NumCPU"_s};
    const auto steps = installSteps(plan, options());
    std::vector<StepStatus> states;
    std::vector<JournalLine> journal{{1'000, JournalLine::Kind::Opened, {}, {}, u"me"_s},
                                     {2'000, JournalLine::Kind::Done, u"cp-1/swap"_s, {}, u"me"_s},
                                     {3'000, JournalLine::Kind::Accepted, {}, u"cp-1/NumCPU: a test machine (me)"_s, u"me"_s},
                                     {4'000, JournalLine::Kind::LeftOut, u"w-1/"_s, u"its disk is being changed"_s, u"me"_s}};
    for (const InstallStep &step : steps) {
        StepStatus status;
        status.id = step.id;
        status.state = step.host == u"w-1"_s && step.name == u"join"_s ? StepStatus::State::Failed : StepStatus::State::Done;
        status.beganMs = 1'000;
        status.endedMs = 4'000;
        status.error.detail = status.state == StepStatus::State::Failed ? u"no token"_s : QString();
        states.push_back(status);
    }
    const InstallReport report = makeReport(plan, u"0123456789ab"_s, steps, states, journal);
    QVERIFY(!report.complete());
    QCOMPARE(report.missingHosts, QStringList{u"w-1"_s});
    QCOMPARE(report.accepted.size(), size_t(1));
    QCOMPARE(report.accepted.front().why, u"a test machine (me)"_s);
    QCOMPARE(report.leftOut.size(), size_t(1));
    QVERIFY(reportText(report).contains(u"Left out: w-1 (its disk is being changed, me)"_s));
    QVERIFY(reportJson(report).contains("its disk is being changed"));
    journal.push_back({5'000, JournalLine::Kind::Begun, u"w-1/join"_s, {}, u"me"_s}); // taken in again
    QVERIFY(makeReport(plan, u"0123456789ab"_s, steps, states, journal).leftOut.empty());
    const auto &swap = *std::find_if(report.steps.begin(), report.steps.end(), [](const auto &step) { return step.id == u"cp-1/swap"_s; });
    QVERIFY(swap.changed && swap.undoable && swap.ms == 3'000 && !swap.changes.empty());
    QVERIFY(reportJson(report).contains("\"phase\": \"first-control-plane\""));
    QVERIFY(reportText(report).contains(u"no token"_s));
}

QTEST_GUILESS_MAIN(TstInstallSteps)
#include "tst_installsteps.moc"
