#include "app/cluster/hostjudge.h"

#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

using Group = CheckResult::Group;
using State = CheckResult::State;
constexpr Group ofKubeadm = Group::Kubeadm;

constexpr int fewestCpus = 2;
constexpr qint64 leastMemory = 1700 * 1024; // kilobytes

void judgeRights(HostJudge &j)
{
    const QString name = u"IsPrivilegedUser"_s;
    switch (j.facts.rights) {
    case HostRights::Root:
        j.add(ofKubeadm, name, State::Pass, u"root"_s, u"id -u"_s);
        return;
    case HostRights::SudoWithoutPassword:
    case HostRights::SudoWithPassword:
        j.add(ofKubeadm, name, State::Pass, u"sudo"_s, u"sudo"_s);
        return;
    case HostRights::SudoRefused:
    case HostRights::NoSudo: {
        const bool none = j.facts.rights == HostRights::NoSudo;
        CheckResult &one = j.add(ofKubeadm, name, State::Error, none ? u"no sudo"_s : u"sudo refused"_s, u"sudo"_s,
                                 none ? u"%1: sudo: not found"_s.arg(j.facts.user) : j.facts.rightsText);
        one.fix = PreflightFix::BecomeRoot;
        one.subject = j.facts.user;
        return;
    }
    case HostRights::Unknown:
        j.notFound(ofKubeadm, name, u"uid"_s);
    }
}

void judgeSize(HostJudge &j)
{
    if (!j.isControlPlane()) {
        j.add(ofKubeadm, u"NumCPU"_s, State::NotApplicable);
        j.add(ofKubeadm, u"Mem"_s, State::NotApplicable);
        return;
    }
    if (j.facts.cpus > 0)
        j.add(ofKubeadm, u"NumCPU"_s, j.facts.cpus < fewestCpus ? State::Error : State::Pass, QString::number(j.facts.cpus), u"nproc"_s, j.textOf(u"cpus"_s));
    else
        j.notFound(ofKubeadm, u"NumCPU"_s, u"cpus"_s);
    if (j.facts.memoryKilobytes > 0) {
        j.add(ofKubeadm, u"Mem"_s, j.facts.memoryKilobytes < leastMemory ? State::Error : State::Pass, sizeText(j.facts.memoryKilobytes), u"/proc/meminfo"_s,
              j.textOf(u"memory"_s));
    } else {
        j.notFound(ofKubeadm, u"Mem"_s, u"memory"_s);
    }
}

void judgeSystem(HostJudge &j)
{
    const QString name = u"SystemVerification"_s;
    if (j.facts.cgroup == 0) {
        j.notFound(ofKubeadm, name, u"cgroup"_s);
        return;
    }
    const State old = j.minor() >= 35 ? State::Error : State::Warning; // kubelet refuses it by default since then
    j.add(ofKubeadm, name, j.facts.cgroup == 2 ? State::Pass : old, j.facts.cgroup == 2 ? u"cgroup v2"_s : u"cgroup v1"_s, u"/sys/fs/cgroup"_s,
          j.textOf(u"cgroup"_s));
}

void judgeSwap(HostJudge &j)
{
    qint64 sum = 0;
    for (const HostSwap &one : j.facts.swaps)
        sum += one.kilobytes;
    QString evidence = j.facts.swaps.empty() ? QString() : j.textOf(u"swaps"_s);
    for (const HostFileLine &line : j.facts.swapLines)
        evidence += (evidence.isEmpty() || evidence.endsWith(u'\n') ? QString() : u"\n"_s) + u"%1:%2  %3"_s.arg(line.path).arg(line.line).arg(line.text.trimmed());
    if (j.facts.isMissing(u"swaps"_s)) {
        j.notFound(ofKubeadm, u"Swap"_s, u"swaps"_s);
    } else if (j.facts.swaps.empty() && j.facts.swapLines.empty()) {
        j.add(ofKubeadm, u"Swap"_s, State::Pass, {}, u"/proc/swaps"_s);
    } else {
        const QString where = j.facts.swapLines.empty() ? QString() : u"%1:%2"_s.arg(j.facts.swapLines.front().path).arg(j.facts.swapLines.front().line);
        CheckResult &one = j.add(ofKubeadm, u"Swap"_s, State::Warning, sum > 0 ? sizeText(sum) : where, sum > 0 ? u"/proc/swaps"_s : where, evidence);
        one.fix = PreflightFix::TurnSwapOff;
        one.later = InstallPhase::System;
    }
}

void judgeHostName(HostJudge &j)
{
    if (j.facts.hostName.isEmpty()) {
        j.notFound(ofKubeadm, u"Hostname"_s, u"host-name"_s);
        return;
    }
    const bool same = j.facts.hostName.compare(j.host.name, Qt::CaseInsensitive) == 0;
    CheckResult &one = j.add(ofKubeadm, u"Hostname"_s, same ? State::Pass : State::Warning, j.facts.hostName, u"uname -n"_s, same ? QString() : j.textOf(u"host-name"_s));
    if (!same) {
        one.fix = PreflightFix::SetHostName;
        one.subject = j.host.name;
    }
}

void judgePrograms(HostJudge &j)
{
    static const QStringList wanted{u"ip"_s,      u"iptables"_s, u"mount"_s, u"nsenter"_s, u"conntrack"_s,
                                    u"ebtables"_s, u"ethtool"_s, u"socat"_s, u"tc"_s,      u"touch"_s};
    if (j.facts.isMissing(u"programs"_s)) {
        j.notFound(ofKubeadm, u"FileExisting-*"_s, u"programs"_s);
        return;
    }
    QStringList lacking;
    for (const QString &program : wanted) {
        if (!j.facts.has(program))
            lacking << program;
    }
    const QString count = u"%1 / %2"_s.arg(wanted.size() - lacking.size()).arg(wanted.size());
    CheckResult &one = j.add(ofKubeadm, u"FileExisting-*"_s, lacking.isEmpty() ? State::Pass : State::NotApplicable, count, u"command -v"_s, lacking.join(u'\n'));
    if (!lacking.isEmpty())
        one.later = InstallPhase::Binaries;
}

void judgeRuntime(HostJudge &j)
{
    const HostService service = j.facts.services.value(j.facts.runtime == u"cri-o"_s ? u"crio"_s : j.facts.runtime);
    const bool answers = !j.facts.runtime.isEmpty() && (service.isActive || !j.facts.runtimeSocket.isEmpty());
    CheckResult &cri = j.add(ofKubeadm, u"CRI"_s, answers ? State::Pass : State::NotApplicable, j.facts.runtimeVersion, j.facts.runtime, j.textOf(u"runtime"_s));
    if (!answers || j.facts.runtime != u"containerd"_s)
        cri.later = InstallPhase::Runtime;
    const bool installed = !j.facts.kubelet.isEmpty();
    const HostService kubelet = j.facts.services.value(u"kubelet"_s);
    CheckResult &unit = j.add(ofKubeadm, u"Service-Kubelet"_s, !installed ? State::NotApplicable : kubelet.isEnabled ? State::Pass : State::Warning, {},
                              u"systemctl is-enabled kubelet"_s);
    if (!installed || !kubelet.isEnabled)
        unit.later = InstallPhase::Binaries;
    if (installed && !kubelet.isEnabled) {
        unit.fix = PreflightFix::EnableService;
        unit.subject = u"kubelet"_s;
    }
    const bool same = j.facts.kubelet == j.plan.version;
    CheckResult &version = j.add(ofKubeadm, u"KubeletVersion"_s, !installed ? State::NotApplicable : same ? State::Pass : State::Warning, j.facts.kubelet,
                                 u"kubelet --version"_s, installed && !same ? j.textOf(u"kubernetes"_s) : QString());
    if (!same)
        version.later = InstallPhase::Binaries;
}

void judgeForwarding(HostJudge &j)
{
    const bool six = j.host.address.contains(u':');
    const QString value = six ? u"net.ipv6.conf.default.forwarding"_s : u"net.ipv4.ip_forward"_s;
    const QString path = u"/proc/sys/"_s + QString(value).replace(u'.', u'/');
    const QString name = u"FileContent-"_s + QString(path).replace(u'/', u'-');
    const HostKernelValue *now = j.facts.kernelValue(value);
    if (!now) {
        j.notFound(ofKubeadm, name, u"kernel-values"_s);
        return;
    }
    const QString source = now->source ? u"%1:%2"_s.arg(now->source->path).arg(now->source->line) : path;
    CheckResult &one = j.add(ofKubeadm, name, now->value == u"1"_s ? State::Pass : State::NotApplicable, now->value, source,
                             now->source ? now->source->text.trimmed() : u"%1 = %2"_s.arg(value, now->value));
    if (now->value != u"1"_s) {
        one.later = InstallPhase::System;
        one.fix = PreflightFix::SetKernelValue;
        one.subject = path;
    }
}

void judgeEtcdFolder(HostJudge &j)
{
    const QString name = u"DirAvailable--var-lib-etcd"_s;
    if (!j.isControlPlane()) {
        j.add(ofKubeadm, name, State::NotApplicable);
        return;
    }
    const bool used = j.facts.leftovers.contains(u"/var/lib/etcd"_s) || j.facts.leftovers.contains(u"/var/lib/etcd/member"_s);
    if (!used && !j.facts.isRoot()) {
        j.notFound(ofKubeadm, name, u"leftovers"_s);
        return;
    }
    const State state = !used ? State::Pass : j.isOurs() ? State::NotApplicable : State::Error;
    CheckResult &one = j.add(ofKubeadm, name, state, {}, u"/var/lib/etcd"_s,
                             onlyLines(j.facts.leftovers.join(u'\n'), [](const QString &line) { return line.startsWith(u"/var/lib/etcd"_s); }));
    if (state == State::Error)
        one.fix = PreflightFix::ResetHost;
    if (state == State::NotApplicable)
        one.later = InstallPhase::FirstControlPlane;
}

// At an address that this host does not have: another network of the same machine.
bool isElsewhere(const HostJudge &j, const QHostAddress &address)
{
    const bool any = address == QHostAddress(QHostAddress::AnyIPv4) || address == QHostAddress(QHostAddress::AnyIPv6);
    const auto has = [&address](const HostIp &ip) { return ip.address == address; };
    return !any && !j.facts.addresses.empty() && std::none_of(j.facts.addresses.begin(), j.facts.addresses.end(), has);
}

bool isKubernetes(const QString &holder)
{
    static const QStringList own{u"kube-apiserver"_s, u"kube-controller"_s, u"kube-scheduler"_s, u"kubelet"_s, u"etcd"_s, u"kube-proxy"_s};
    return std::any_of(own.begin(), own.end(), [&holder](const QString &name) { return holder.startsWith(name); });
}

void judgePort(HostJudge &j, int port)
{
    const QString name = u"Port-%1"_s.arg(port);
    QStringList evidence;
    QString holder;
    for (const HostListener &one : j.facts.listeners) {
        if (one.port != port || isElsewhere(j, one.address))
            continue;
        evidence << u"%1:%2 %3 %4"_s.arg(one.address.toString()).arg(port).arg(one.holder, one.unit).trimmed();
        holder = holder.isEmpty() ? one.holder : holder;
    }
    if (evidence.isEmpty()) {
        j.add(ofKubeadm, name, State::Pass, {}, u"/proc/net/tcp"_s);
        return;
    }
    if (j.isOurs()) {
        j.add(ofKubeadm, name, State::NotApplicable, holder, u"/proc/net/tcp"_s, evidence.join(u'\n')).later = InstallPhase::Binaries;
        return;
    }
    CheckResult &one = j.add(ofKubeadm, name, State::Error, holder, u"/proc/net/tcp"_s, evidence.join(u'\n'));
    one.fix = isKubernetes(holder) ? PreflightFix::ResetHost : PreflightFix::FreePort;
    one.subject = isKubernetes(holder) ? QString() : QString::number(port);
}

} // namespace

int HostJudge::minor() const
{
    return plan.version.section(u'.', 1, 1).toInt();
}

CheckResult &HostJudge::add(Group group, const QString &name, State state, const QString &measured, const QString &source, const QString &evidence)
{
    CheckResult one;
    one.name = name;
    one.group = group;
    one.host = host.name;
    one.state = state;
    one.measured = measured.left(64);
    one.source = source;
    one.evidence = evidence;
    return results.emplace_back(std::move(one));
}

void HostJudge::notFound(Group group, const QString &name, const QString &section)
{
    add(group, name, State::Unknown, {}, section, facts.rightsText);
}

QString HostJudge::textOf(const QString &section, qsizetype most) const
{
    const QString text = facts.text.value(section);
    return text.size() > most ? text.left(most) + u"…"_s : text;
}

QString onlyLines(const QString &text, const std::function<bool(const QString &)> &wanted)
{
    QStringList kept;
    for (const QString &line : text.split(u'\n', Qt::SkipEmptyParts)) {
        if (wanted(line))
            kept << line;
    }
    return kept.join(u'\n');
}

QString sizeText(qint64 kilobytes)
{
    const double gigabytes = double(kilobytes) / (1024 * 1024);
    if (gigabytes >= 1000)
        return u"%1 TB"_s.arg(gigabytes / 1024, 0, 'f', 1);
    if (gigabytes >= 10)
        return u"%1 GB"_s.arg(gigabytes, 0, 'f', 0);
    if (gigabytes >= 1)
        return QString(u"%1 GB"_s.arg(gigabytes, 0, 'f', 1)).replace(u".0 "_s, u" "_s);
    return u"%1 MB"_s.arg(kilobytes / 1024);
}

void judgePorts(HostJudge &j)
{
    for (const int port : {6443, 10259, 10257, 10250, 2379, 2380}) {
        if (!j.isControlPlane() && port != 10250)
            j.add(ofKubeadm, u"Port-%1"_s.arg(port), State::NotApplicable);
        else
            judgePort(j, port);
    }
}

void judgeKubeadmNames(HostJudge &j)
{
    judgeRights(j);
    judgeSize(j);
    judgeSystem(j);
    judgeSwap(j);
    judgeHostName(j);
    judgePrograms(j);
    judgeRuntime(j);
    judgeForwarding(j);
    judgePorts(j);
    judgeEtcdFolder(j);
}

} // namespace kboss
