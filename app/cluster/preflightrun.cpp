#include "app/cluster/hostjudge.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

using Group = CheckResult::Group;
using State = CheckResult::State;

QString apiVersion(const HostFacts &facts)
{
    return facts.kubeadm.section(u'.', 1, 1).toInt() >= 31 ? u"v1beta4"_s : u"v1beta3"_s;
}

QString yaml(const QString &text) // a scalar that is nothing else
{
    return u'"' + QString(text).replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s).remove(u'\n') + u'"';
}

QString registration(const PlanHost &host)
{
    return u"nodeRegistration:\n  name: %1\n  criSocket: unix:///run/containerd/containerd.sock\n"_s.arg(yaml(host.name));
}

// Images are never pulled: that would change the host.
QByteArray configuration(const InstallPlan &plan, const PlanHost &host, const HostFacts &facts)
{
    const QString version = apiVersion(facts);
    if (host.role == HostRole::ControlPlane) {
        return u"apiVersion: kubeadm.k8s.io/%1\nkind: InitConfiguration\nlocalAPIEndpoint:\n  advertiseAddress: %2\n%3  imagePullPolicy: Never\n---\n"
               "apiVersion: kubeadm.k8s.io/%1\nkind: ClusterConfiguration\nkubernetesVersion: %4\nnetworking:\n  podSubnet: %5\n  serviceSubnet: %6\n"_s
                   .arg(version, yaml(host.address), registration(host), yaml(plan.version), yaml(plan.podRange), yaml(plan.serviceRange))
                   .toUtf8();
    }
    // A worker's checks want to know where it will join. There is no cluster yet: the token is none, and kubeadm gives up on it a second after its checks.
    const auto first = plan.withRole(HostRole::ControlPlane);
    const QString address = first.empty() ? u"127.0.0.1"_s : first.front()->address;
    const QString server = (address.contains(u':') ? u"[%1]"_s : u"%1"_s).arg(address) + u":6443"_s;
    const QString limits = version == u"v1beta4"_s ? u"timeouts:\n  discovery: 1s\n"_s : QString();
    const QString limit = version == u"v1beta4"_s ? QString() : u"  timeout: 1s\n"_s;
    return u"apiVersion: kubeadm.k8s.io/%1\nkind: JoinConfiguration\ndiscovery:\n  bootstrapToken:\n    apiServerEndpoint: %2\n    token: kbossx.0000000000000000\n"
           "    unsafeSkipCAVerification: true\n%3%4%5"_s.arg(version, yaml(server), limit, limits, registration(host))
        .toUtf8();
}

// What kubeadm logs besides its results: shown, and nothing to judge.
QByteArray withoutLogLines(const QByteArray &text)
{
    static const QRegularExpression log(u"^[IWEF]\\d{4} \\d{2}:"_s);
    QByteArray rest;
    for (const QByteArray &line : text.split('\n')) {
        if (!log.match(QString::fromLatin1(line.left(32))).hasMatch())
            rest += line + '\n';
    }
    return rest;
}

bool isInstalledLater(const QString &name, const PreflightProblem &problem, const HostFacts &facts, InstallPhase *phase)
{
    if ((name == u"CRI"_s || name == u"ContainerRuntimeVersion"_s) && facts.runtime.isEmpty()) {
        *phase = InstallPhase::Runtime;
        return true;
    }
    const bool kubelet = name == u"KubeletVersion"_s || name == u"Service-Kubelet"_s || problem.fix == PreflightFix::InstallKubelet;
    if ((kubelet && facts.kubelet.isEmpty()) || name.startsWith(u"FileExisting-"_s)) {
        *phase = InstallPhase::Binaries;
        return true;
    }
    return false;
}

CheckResult &resultNamed(std::vector<CheckResult> &results, const QString &name, const PlanHost &host)
{
    const auto found = std::find_if(results.begin(), results.end(), [&name](const CheckResult &one) { return one.name.compare(name, Qt::CaseInsensitive) == 0; });
    if (found != results.end())
        return *found;
    CheckResult one;
    one.name = name;
    one.group = Group::Kubeadm;
    one.host = host.name;
    one.state = State::NotApplicable;
    return results.emplace_back(std::move(one));
}

void mergeProblem(CheckResult &one, const PreflightProblem &problem, const HostFacts &facts, const QString &source, bool ours)
{
    const bool error = problem.level == PreflightProblem::Level::Error;
    one.evidence = u"[%1 %2]: %3"_s.arg(error ? u"ERROR"_s : u"WARNING"_s, problem.name, problem.text) + (one.evidence.isEmpty() ? QString() : u'\n' + one.evidence);
    one.source = one.source.isEmpty() || one.source == source ? source : source + u'\n' + one.source;
    InstallPhase phase{};
    if (isInstalledLater(one.name, problem, facts, &phase)) {
        one.state = State::NotApplicable;
        one.later = phase;
        return;
    }
    const bool began = problem.fix == PreflightFix::ResetHost || problem.fix == PreflightFix::FreePort; // by an installation of ours that goes on
    one.state = ours && began ? State::NotApplicable : error ? State::Error : State::Warning;
    if (one.fix == PreflightFix::None) {
        one.fix = problem.fix;
        one.subject = problem.subject;
    }
}

// Names of kubeadm that passed when it did not speak of them.
bool isOfKubeadm(const CheckResult &one)
{
    return one.group == Group::Kubeadm && one.name != u"Preflight"_s && !one.name.endsWith(u'*');
}

} // namespace

Result<PreflightReport> runPreflight(RemoteHost &remote, const InstallPlan &plan, const PlanHost &host, const HostFacts &facts, QString *source, CancelToken token)
{
    const bool init = host.role == HostRole::ControlPlane;
    QElapsedTimer time;
    time.start();
    const auto said = remote.run({{u"timeout"_s, u"-k"_s, u"2"_s, u"15"_s, u"kubeadm"_s, init ? u"init"_s : u"join"_s, u"phase"_s, u"preflight"_s, u"--config"_s,
                                   u"/dev/stdin"_s},
                                  configuration(plan, host, facts),
                                  true,
                                  30'000,
                                  1024 * 1024,
                                  {}},
                                 token);
    if (!said)
        return fail(said.error());
    if (source)
        *source = u"stderr · exit %1 · %2 s"_s.arg(said->exitCode).arg(double(time.elapsed()) / 1000, 0, 'f', 2);
    PreflightReport report = readPreflight(said->out, withoutLogLines(said->err), said->exitCode);
    static const QRegularExpression noCluster(u"discovery|cluster-info|API Server|api-server|kubeadm-config"_s, QRegularExpression::CaseInsensitiveOption);
    const bool ran = withoutEscapes(QString::fromUtf8(said->out)).contains(u"[preflight] Running pre-flight checks"_s);
    if (!init && ran && !report.hasErrors() && !report.passed && (said->exitCode == 124 || said->exitCode == 137 || noCluster.match(report.error).hasMatch())) {
        report.passed = true; // its checks were done: it looked for the cluster
        report.error.clear();
    }
    return report;
}

std::vector<CheckResult> mergePreflight(const InstallPlan &plan, const PlanHost &host, const HostFacts &facts, const PreflightReport &report, const QString &source,
                                        std::vector<CheckResult> results)
{
    Q_UNUSED(plan);
    const bool ran = report.passed || report.hasErrors();
    const auto old = std::find_if(results.begin(), results.end(), [](const CheckResult &one) { return one.name == u"OldInstall"_s; });
    const bool ours = old != results.end() && old->state == State::NotApplicable;
    CheckResult &whole = resultNamed(results, u"Preflight"_s, host);
    whole.state = !ran ? State::Error : report.unread.isEmpty() ? State::Pass : State::Warning;
    whole.measured = facts.kubeadm;
    whole.source = source;
    whole.evidence = (report.error.isEmpty() ? QStringList() : QStringList{report.error}).join(u'\n') + report.unread.join(u'\n');
    whole.later.reset();
    if (!ran && report.problems.empty())
        return results;
    QStringList named;
    for (const PreflightProblem &problem : report.problems) {
        CheckResult &one = resultNamed(results, problem.name, host);
        mergeProblem(one, problem, facts, source, ours);
        named << one.name;
    }
    for (CheckResult &one : results) {
        // What ours found wrong stands although kubeadm lets it pass; what could not be told, or was to come later, is good when kubeadm says so.
        const bool waits = one.state == State::Unknown || (one.later && one.state == State::NotApplicable && one.fix != PreflightFix::SetKernelValue);
        if (!ran || !isOfKubeadm(one) || named.contains(one.name) || !waits || one.name == u"KubeletVersion"_s)
            continue;
        one.state = State::Pass;
        one.later.reset();
        one.fix = PreflightFix::None;
        one.source = source;
    }
    return results;
}

} // namespace kboss
