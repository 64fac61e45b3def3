#include "app/cluster/hostchecks.h"

#include "app/cluster/hostjudge.h"
#include "app/cluster/kubeadmconfig.h"
#include "app/cluster/packagekey.h"

#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

using Group = CheckResult::Group;
using State = CheckResult::State;

struct Row {
    const char *name;
    Group group;
    bool controlPlaneOnly;
};
constexpr Row rowsInOrder[] = {
    {"IsPrivilegedUser", Group::Kubeadm, false},
    {"NumCPU", Group::Kubeadm, true},
    {"Mem", Group::Kubeadm, true},
    {"SystemVerification", Group::Kubeadm, false},
    {"Swap", Group::Kubeadm, false},
    {"Hostname", Group::Kubeadm, false},
    {"FileExisting-*", Group::Kubeadm, false},
    {"CRI", Group::Kubeadm, false},
    {"Service-Kubelet", Group::Kubeadm, false},
    {"KubeletVersion", Group::Kubeadm, false},
    {"FileContent--proc-sys-net-ipv4-ip_forward", Group::Kubeadm, false},
    {"FileContent--proc-sys-net-ipv6-conf-default-forwarding", Group::Kubeadm, false},
    {"Port-6443", Group::Kubeadm, true},
    {"Port-10259", Group::Kubeadm, true},
    {"Port-10257", Group::Kubeadm, true},
    {"Port-10250", Group::Kubeadm, false},
    {"Port-2379", Group::Kubeadm, true},
    {"Port-2380", Group::Kubeadm, true},
    {"DirAvailable--var-lib-etcd", Group::Kubeadm, true},
    {"Preflight", Group::Kubeadm, false},
    {"OSRelease", Group::Host, false},
    {"DiskSpace--var", Group::Host, false},
    {"DiskLatency--var-lib", Group::Host, true},
    {"ClockSkew", Group::Host, false},
    {"ClockSync", Group::Host, false},
    {"PackageLock", Group::Host, false},
    {"OldInstall", Group::Host, false},
    {"SELinux", Group::Host, false},
    {"Firewall", Group::Host, false},
    {"Proxy", Group::Host, false},
    {"Resolver", Group::Host, false},
    {"RegistryReach", Group::Host, false},
    {"PackageMirror", Group::Host, false},
    {"PackageSource", Group::Host, false},
    {"GPUDriver", Group::Host, false},
    {"UniqueHostname", Group::Across, false},
    {"UniqueMachineID", Group::Across, false},
    {"UniqueProductUUID", Group::Across, false},
    {"UniqueMAC", Group::Across, false},
    {"UniqueAddress", Group::Across, false},
    {"PortReach", Group::Across, false},
    {"MTU", Group::Across, false},
    {"DNS", Group::Across, false},
    {"RangeOverlap", Group::Across, false},
};

bool applies(const InstallPlan &plan, const Row &row) // of the two kinds of addresses
{
    const bool six = std::any_of(plan.hosts.begin(), plan.hosts.end(), [](const PlanHost &host) { return host.address.contains(u':'); });
    const bool four = std::any_of(plan.hosts.begin(), plan.hosts.end(), [](const PlanHost &host) { return !host.address.contains(u':'); });
    const QString name = QLatin1String(row.name);
    return name.startsWith(u"FileContent"_s) ? (name.contains(u"ipv6"_s) ? six : four || !six) : true;
}

// Passes on what comes, by name the newest.
class Collector {
public:
    Collector(const InstallPlan &plan, const std::function<void(const CheckResult &)> &found) : m_plan(plan), m_found(found) { }
    void take(const std::vector<CheckResult> &results)
    {
        for (const CheckResult &one : results)
            take(one);
    }
    void take(CheckResult one)
    {
        std::vector<CheckResult> single{std::move(one)};
        applyAccepted(m_plan, single);
        const auto known = std::find_if(m_all.begin(), m_all.end(), [&](const CheckResult &other) { return other.name == single[0].name; });
        const bool isNew = known == m_all.end();
        if (!isNew && *known == single[0])
            return;
        CheckResult &kept = isNew ? m_all.emplace_back() : *known;
        kept = std::move(single[0]);
        if (m_found)
            m_found(kept);
    }
    std::vector<CheckResult> result() && { return std::move(m_all); }

private:
    const InstallPlan &m_plan;
    const std::function<void(const CheckResult &)> &m_found;
    std::vector<CheckResult> m_all;
};

CheckResult stateOnly(const PlanHost &host, const QString &name, Group group, State state)
{
    CheckResult one;
    one.name = name;
    one.group = group;
    one.host = host.name;
    one.state = state;
    return one;
}

CheckResult diskResult(RemoteHost &remote, const PlanHost &host, const HostFacts &facts, const CheckOptions &options, const CancelToken &token)
{
    if (host.role != HostRole::ControlPlane || !options.diskTest)
        return stateOnly(host, u"DiskLatency--var-lib"_s, Group::Host, State::NotApplicable);
    if (!facts.isRoot()) {
        CheckResult one = stateOnly(host, u"DiskLatency--var-lib"_s, Group::Host, State::Unknown);
        one.evidence = facts.rightsText;
        return one;
    }
    return judgeDisk(host, measureDisk(remote, true, token));
}

} // namespace

std::vector<CheckName> checkRows(const InstallPlan &plan)
{
    std::vector<CheckName> rows;
    for (const Row &row : rowsInOrder) {
        if (applies(plan, row))
            rows.push_back({QLatin1String(row.name), row.group});
    }
    return rows;
}

std::vector<CheckResult> openChecks(const InstallPlan &plan, const PlanHost &host)
{
    std::vector<CheckResult> open;
    for (const Row &row : rowsInOrder) {
        const bool none = row.controlPlaneOnly && host.role != HostRole::ControlPlane;
        if (applies(plan, row))
            open.push_back(stateOnly(host, QLatin1String(row.name), row.group, none ? State::NotApplicable : State::Running));
    }
    return open;
}

std::vector<CheckResult> judgeFacts(const InstallPlan &plan, const PlanHost &host, const HostFacts &facts, const CheckOptions &options)
{
    HostJudge judge{plan, host, facts, options, {}};
    judgeKubeadmNames(judge);
    judgeOwnNames(judge);
    const bool plain = isPlainPackageSource(plan);
    judge.add(Group::Host, QLatin1String(packageSourceCheck), plain ? State::Error : State::Pass, plain ? u"http"_s : u"https"_s, packageRoot(plan),
              plain ? packageRoot(plan) : QString());
    CheckResult &whole = judge.add(Group::Kubeadm, u"Preflight"_s, State::NotApplicable, facts.kubeadm);
    if (facts.kubeadm.isEmpty())
        whole.later = InstallPhase::Binaries;
    return std::move(judge.results);
}

void applyAccepted(const InstallPlan &plan, std::vector<CheckResult> &results)
{
    for (CheckResult &one : results) {
        const bool problem = one.state == State::Error || one.state == State::Warning;
        if (problem && plan.acceptedProblems.contains(one.host + u'/' + one.name)) {
            one.was = one.state;
            one.state = State::Accepted;
        }
    }
}

std::vector<CheckResult> checkHost(RemoteHost &remote, const InstallPlan &plan, const PlanHost &host, const HostFacts &facts,
                                   const CheckOptions &options, CancelToken token, const std::function<void(const CheckResult &)> &found)
{
    Collector all(plan, found);
    const std::vector<CheckResult> judged = judgeFacts(plan, host, facts, options);
    all.take(judged);
    if (options.kubeadm && !facts.kubeadm.isEmpty() && facts.isRoot() && !token.stop_requested()) {
        QString source;
        const auto report = runPreflight(remote, plan, host, facts, &source, token);
        if (report) {
            all.take(mergePreflight(plan, host, facts, *report, source, judged));
        } else {
            CheckResult one = stateOnly(host, u"Preflight"_s, Group::Kubeadm, State::Unknown);
            one.evidence = report.error().detail;
            all.take(std::move(one));
        }
    }
    if (!token.stop_requested())
        all.take(diskResult(remote, host, facts, options, token));
    if (!token.stop_requested())
        all.take(options.registry ? checkRegistry(remote, plan, host, facts, options, token)
                                  : stateOnly(host, u"RegistryReach"_s, Group::Host, State::NotApplicable));
    if (!token.stop_requested())
        all.take(checkPackages(remote, host, facts, options, token));
    return std::move(all).result();
}

} // namespace kboss
