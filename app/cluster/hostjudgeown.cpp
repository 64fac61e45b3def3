#include "app/cluster/crosshost.h"
#include "app/cluster/hostjudge.h"

#include <QRegularExpression>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

using Group = CheckResult::Group;
using State = CheckResult::State;
constexpr Group own = Group::Host;

constexpr qint64 gigabyte = 1024 * 1024; // in kilobytes
constexpr qint64 leastDisk = 20 * gigabyte, goodDisk = 100 * gigabyte;

void judgeSystemRelease(HostJudge &j)
{
    const HostFacts &f = j.facts;
    if (f.osId.isEmpty()) {
        j.notFound(own, u"OSRelease"_s, u"os"_s);
        return;
    }
    const bool known = (f.osId == u"debian"_s || f.osId == u"ubuntu"_s) && (f.arch == u"amd64"_s || f.arch == u"arm64"_s);
    const QString short_ = (f.osId.left(1).toUpper() + f.osId.mid(1) + u' ' + f.osVersion).trimmed();
    j.add(own, u"OSRelease"_s, known ? State::Pass : State::Error, short_, u"/etc/os-release"_s,
          known ? QString() : u"%1\n%2"_s.arg(f.osName, f.arch));
}

void judgeDiskSpace(HostJudge &j)
{
    const HostDisk *least = nullptr;
    const HostDisk *noInodes = nullptr;
    for (const HostDisk &disk : j.facts.disks) {
        if (!disk.path.startsWith(u"/var"_s))
            continue;
        if (!least || disk.freeKilobytes < least->freeKilobytes)
            least = &disk;
        if (disk.inodes > 0 && disk.freeInodes * 100 < disk.inodes)
            noInodes = &disk;
    }
    if (!least) {
        j.notFound(own, u"DiskSpace--var"_s, u"disks"_s);
        return;
    }
    const State state = noInodes || least->freeKilobytes < leastDisk ? State::Error : least->freeKilobytes < goodDisk ? State::Warning : State::Pass;
    const QString measured = noInodes ? u"%1 inodes"_s.arg(noInodes->freeInodes) : sizeText(least->freeKilobytes);
    QString evidence;
    for (const HostDisk &disk : j.facts.disks)
        evidence += u"%1  %2  %3 / %4  %5\n"_s.arg(disk.path, disk.device, sizeText(disk.freeKilobytes), sizeText(disk.kilobytes), disk.mount);
    j.add(own, u"DiskSpace--var"_s, state, measured, u"df -Pk %1"_s.arg((noInodes ? noInodes : least)->path), evidence.trimmed());
}

void judgePackageLock(HostJudge &j)
{
    const HostFacts &f = j.facts;
    if (!f.packageLocks.empty()) {
        const HostLockHolder &first = f.packageLocks.front();
        QStringList evidence;
        for (const HostLockHolder &one : f.packageLocks)
            evidence << u"%1: %2 (%3)"_s.arg(one.file, one.program).arg(one.process);
        j.add(own, u"PackageLock"_s, State::Error, u"%1 (%2)"_s.arg(first.program).arg(first.process), u"/proc/locks"_s, evidence.join(u'\n'));
    } else if (f.packagesBroken) {
        j.add(own, u"PackageLock"_s, State::Error, u"dpkg --configure -a"_s, u"/var/lib/dpkg/updates"_s);
    } else {
        j.add(own, u"PackageLock"_s, State::Pass, {}, u"/proc/locks"_s);
    }
}

void judgeClockService(HostJudge &j)
{
    const bool good = !j.facts.timeService.isEmpty() || j.facts.clockIsSynced;
    CheckResult &one = j.add(own, u"ClockSync"_s, good ? State::Pass : State::Warning, j.facts.timeService, u"timedatectl"_s,
                             good ? QString() : j.textOf(u"time-sync"_s));
    if (!good) {
        one.fix = PreflightFix::SyncClock;
        one.later = InstallPhase::System;
    }
}

void judgeSecurity(HostJudge &j)
{
    const bool strict = j.facts.selinux == u"enforcing"_s;
    CheckResult &selinux =
        j.add(own, u"SELinux"_s, strict ? State::Warning : State::Pass, j.facts.selinux, u"/sys/fs/selinux/enforce"_s, j.textOf(u"security"_s));
    if (strict)
        selinux.fix = PreflightFix::RelaxSelinux;
    QString firewall = j.facts.firewall;
    for (const char *name : {"ufw", "firewalld"}) {
        if (firewall.isEmpty() && !j.facts.isRoot() && j.facts.services.value(QLatin1String(name)).isActive)
            firewall = QLatin1String(name);
    }
    if (firewall.isEmpty() && !j.facts.isRoot()) {
        j.notFound(own, u"Firewall"_s, u"firewall"_s);
        return;
    }
    CheckResult &one = j.add(own, u"Firewall"_s, firewall.isEmpty() ? State::Pass : State::Warning, firewall,
                             firewall.isEmpty() ? QString() : firewall, j.textOf(u"firewall"_s));
    if (!firewall.isEmpty()) {
        one.evidence += u"\nneeded: %1 from the cluster's hosts, %2 from and to pods, passed on as well"_s.arg(
            portsInto(j.plan, j.host).join(u", "_s), j.plan.podRange);
        one.fix = PreflightFix::OpenFirewall;
        one.subject = firewall;
        one.later = InstallPhase::System;
    }
}

// A proxy that the plan does not know, and that the cluster's own traffic would go through.
void judgeProxy(HostJudge &j)
{
    static const QRegularExpression setting(u"(https?|all|no)_proxy[\"']?\\s*[=:]\\s*[\"']?([^\\s\"';]*)"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    QStringList evidence, exempt;
    QString first;
    for (const HostFileLine &line : j.facts.proxies) {
        const auto match = setting.match(line.text);
        const bool isExempt = match.captured(1).toLower() == u"no"_s;
        const bool packagesAlone = line.path.startsWith(u"/etc/apt/"_s);
        if (isExempt)
            exempt << match.captured(2).split(u',', Qt::SkipEmptyParts);
        else if (first.isEmpty() && match.hasMatch() && !packagesAlone)
            first = match.captured(2);
        evidence << (line.line > 0 ? u"%1:%2  %3"_s.arg(line.path).arg(line.line).arg(line.text) : u"%1  %2"_s.arg(line.path, line.text));
    }
    const bool covered =
        exempt.contains(u"*"_s) || exempt.contains(j.plan.podRange) || (exempt.contains(j.host.address) && exempt.contains(j.plan.serviceRange));
    const bool trouble = !first.isEmpty() && !covered;
    CheckResult &one = j.add(own, u"Proxy"_s, trouble ? State::Warning : State::Pass, first.section(u"://"_s, -1).section(u'/', 0, 0),
                             j.facts.proxies.empty() ? u"env"_s : j.facts.proxies.front().path, evidence.join(u'\n'));
    if (trouble)
        one.fix = PreflightFix::ExemptFromProxy;
}

void judgeOldInstall(HostJudge &j)
{
    QStringList files = j.facts.leftovers;
    files.removeIf(
        [](const QString &path) { return path.startsWith(u"/etc/cni/"_s); }); // of the network add-on: the runtime's package brings some as well
    const bool runs = j.facts.services.value(u"kubelet"_s).isActive && !j.facts.memberOf.isEmpty();
    if (files.isEmpty()) {
        j.add(own, u"OldInstall"_s, j.facts.isRoot() ? State::Pass : State::Unknown, {}, u"/etc/kubernetes"_s);
        return;
    }
    if (j.isOurs()) {
        j.add(own, u"OldInstall"_s, State::NotApplicable, {}, u"/var/lib/kboss/install/%1"_s.arg(j.options.installId), files.join(u'\n')).later =
            InstallPhase::FirstControlPlane;
        return;
    }
    const QString server = j.facts.memberOf.section(u"://"_s, -1);
    CheckResult &one = j.add(own, u"OldInstall"_s, State::Error, server.isEmpty() ? u"%1"_s.arg(files.size()) : server, files.front(),
                             j.facts.leftovers.join(u'\n'));
    if (runs) // works in another cluster: to be taken out of it there, by somebody who knows
        one.subject = j.facts.memberOf;
    else
        one.fix = PreflightFix::ResetHost;
}

void judgeGpus(HostJudge &j)
{
    qint64 nvidia = std::count_if(j.facts.gpus.begin(), j.facts.gpus.end(), [](const HostGpu &one) { return one.vendor == u"nvidia"_s; });
    if (j.facts.gpus.empty()) {
        j.add(own, u"GPUDriver"_s, State::NotApplicable);
        return;
    }
    const bool lacks = nvidia > 0 && j.facts.gpuDriver.isEmpty();
    const QString count = u"%1"_s.arg(j.facts.gpus.size());
    j.add(own, u"GPUDriver"_s, lacks ? State::Warning : State::Pass, j.facts.gpuDriver.isEmpty() ? count : u"%1 × %2"_s.arg(count, j.facts.gpuDriver),
          u"lspci"_s, j.textOf(u"gpus"_s));
}

void judgeResolvers(HostJudge &j)
{
    const bool none = j.facts.resolvers.isEmpty();
    j.add(own, u"Resolver"_s, none ? State::Warning : State::Pass, j.facts.resolvers.value(0), u"/etc/resolv.conf"_s,
          none ? j.textOf(u"resolvers"_s) : QString());
}

} // namespace

CheckResult judgeDisk(const PlanHost &host, const Result<DiskLatency> &measured)
{
    CheckResult one;
    one.name = u"DiskLatency--var-lib"_s;
    one.host = host.name;
    one.source = u"dd oflag=dsync"_s;
    if (!measured) {
        one.evidence = measured.error().detail;
        return one;
    }
    one.state = measured->p99Ms > 10 ? State::Error : State::Pass;
    one.measured = u"%1 ms"_s.arg(measured->p99Ms, 0, 'f', 1);
    one.evidence = u"%1 × 2300 B  p50 %2 ms  p99 %3 ms  max %4 ms"_s.arg(measured->writes)
                       .arg(measured->p50Ms, 0, 'f', 2)
                       .arg(measured->p99Ms, 0, 'f', 2)
                       .arg(measured->mostMs, 0, 'f', 2);
    return one;
}

void judgeOwnNames(HostJudge &j)
{
    judgeSystemRelease(j);
    judgeDiskSpace(j);
    judgePackageLock(j);
    judgeClockService(j);
    judgeSecurity(j);
    judgeProxy(j);
    judgeResolvers(j);
    judgeOldInstall(j);
    judgeGpus(j);
}

} // namespace kboss
