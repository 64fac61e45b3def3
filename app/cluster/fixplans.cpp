#include "app/cluster/crosshost.h"
#include "app/cluster/fixscript.h"

#include <QRegularExpression>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

using Kind = FixChange::Kind;

struct Order {
    const InstallPlan &plan;
    const PlanHost &host;
    const HostFacts &facts;
    const CheckResult &check;
    HostFix &fix;
};
using Outcome = Result<void>;

Outcome none(const QString &why)
{
    return fail(ErrorKind::NotFound, why);
}

// What is read after our file would win over it.
bool winsOver(const HostFileLine &source, const QString &own)
{
    return source.path == u"/etc/sysctl.conf"_s || source.path.section(u'/', -1) > own.section(u'/', -1);
}

Outcome planKernelValue(const Order &o, FixScript &script)
{
    static const QRegularExpression allowed(u"^/proc/sys/(net|vm|kernel|fs)(/[A-Za-z0-9_-]+)+$"_s);
    const QString file = u"/etc/sysctl.d/99-kboss.conf"_s;
    if (!allowed.match(o.check.subject).hasMatch())
        return none(u"%1 is no value that can be set"_s.arg(o.check.subject));
    const QString name = o.check.subject.mid(10).replace(u'/', u'.');
    const HostKernelValue *now = o.facts.kernelValue(name);
    script.addLine(file, name + u" = 1"_s);
    if (now && now->source && now->source->path != file && winsOver(*now->source, file))
        script.commentLine(now->source->path, now->source->text);
    script.kernelValue(name, now ? now->value : QString(), u"1"_s);
    return {};
}

Outcome planSwap(const Order &o, FixScript &script)
{
    if (o.facts.swaps.empty() && o.facts.swapLines.empty())
        return none(u"there is no swap"_s);
    for (const HostFileLine &line : o.facts.swapLines)
        script.commentLine(line.path, line.text);
    for (const HostSwap &swap : o.facts.swaps) {
        script.command(Kind::Swap, swap.name, QString::number(swap.kilobytes), u"0"_s, {u"swapoff"_s, u"--"_s, swap.name},
                       {u"swapon"_s, u"--"_s, swap.name});
    }
    // Those that systemd makes of itself (zram, partitions it finds) would come back.
    script.raw(
        "if command -v systemctl >/dev/null; then\nsystemctl list-units --type=swap --all --no-legend --plain 2>/dev/null | sed 's/[[:space:]].*//' "
        "| grep '\\.swap$' "
        "> \"$dir/swap-units\" || true\nwhile read -r u; do systemctl mask \"$u\" >/dev/null 2>&1 || true; done < \"$dir/swap-units\"\nfi",
        "if [ -e \"$dir/swap-units\" ]; then while read -r u; do systemctl unmask \"$u\" >/dev/null 2>&1 || true; done < \"$dir/swap-units\"; fi",
        u"systemctl mask *.swap"_s, u"systemctl unmask *.swap"_s);
    return {};
}

Outcome planModule(const Order &o, FixScript &script)
{
    static const QRegularExpression allowed(u"^[a-z0-9_]{1,40}$"_s);
    if (!allowed.match(o.check.subject).hasMatch())
        return none(u"no name of a module"_s);
    script.command(Kind::Module, o.check.subject, {}, u"loaded"_s, {u"modprobe"_s, o.check.subject}, {});
    script.addLine(u"/etc/modules-load.d/kboss.conf"_s, o.check.subject);
    return {};
}

Outcome planHostName(const Order &o, FixScript &script)
{
    const QString line = u"%1 %2"_s.arg(o.host.address, o.host.name);
    script.command(Kind::HostName, o.host.name, o.facts.hostName, o.host.name, {u"hostnamectl"_s, u"set-hostname"_s, o.host.name},
                   o.facts.hostName.isEmpty() ? QStringList() : QStringList{u"hostnamectl"_s, u"set-hostname"_s, o.facts.hostName});
    const bool known = std::any_of(o.facts.hostLines.begin(), o.facts.hostLines.end(),
                                   [&](const QString &one) { return one.split(u' ').mid(1).contains(o.host.name); });
    if (!known)
        script.addLine(u"/etc/hosts"_s, line);
    return {};
}

void enable(const Order &o, FixScript &script, const QString &service, bool start)
{
    const HostService was = o.facts.services.value(service);
    const auto state = [](bool enabled, bool active) { return (enabled ? u"enabled"_s : u"disabled"_s) + (active ? u", active"_s : QString()); };
    const QStringList words = start ? QStringList{u"systemctl"_s, u"enable"_s, u"--now"_s, service + u".service"_s}
                                    : QStringList{u"systemctl"_s, u"enable"_s, service + u".service"_s};
    QStringList undo;
    if (!was.isEnabled)
        undo = {u"systemctl"_s, u"disable"_s, service + u".service"_s};
    script.command(Kind::Service, service, state(was.isEnabled, was.isActive), state(true, start || was.isActive), words, undo);
    if (start && !was.isActive)
        script.silentCommand({u"systemctl"_s, u"is-active"_s, u"--quiet"_s, service + u".service"_s},
                             {u"systemctl"_s, u"stop"_s, service + u".service"_s});
}

Outcome planService(const Order &o, FixScript &script)
{
    static const QRegularExpression allowed(u"^[A-Za-z0-9@_.-]{1,80}$"_s);
    if (!allowed.match(o.check.subject).hasMatch())
        return none(u"no name of a service"_s);
    enable(o, script, o.check.subject, false);
    return {};
}

Outcome planRuntime(const Order &o, FixScript &script)
{
    if (o.facts.runtime.isEmpty())
        return none(u"there is no runtime yet: it is installed in its phase"_s);
    enable(o, script, o.facts.runtime == u"cri-o"_s ? u"crio"_s : o.facts.runtime, true);
    return {};
}

void installPackage(FixScript &script, const QString &package, bool undoable)
{
    const QStringList apt{u"env"_s, u"DEBIAN_FRONTEND=noninteractive"_s, u"apt-get"_s, u"-o"_s, u"DPkg::Lock::Timeout=60"_s, u"-y"_s};
    script.command(Kind::Package, package, {}, u"installed"_s, apt + QStringList{u"--no-install-recommends"_s, u"install"_s, package},
                   undoable ? apt + QStringList{u"remove"_s, package} : QStringList());
}

Outcome planProgram(const Order &o, FixScript &script)
{
    static const QHash<QString, QString> packages{{u"conntrack"_s, u"conntrack"_s}, {u"ebtables"_s, u"ebtables"_s}, {u"ethtool"_s, u"ethtool"_s},
                                                  {u"socat"_s, u"socat"_s},         {u"iptables"_s, u"iptables"_s}, {u"tc"_s, u"iproute2"_s},
                                                  {u"ip"_s, u"iproute2"_s},         {u"mount"_s, u"mount"_s},       {u"nsenter"_s, u"util-linux"_s}};
    const QString package = packages.value(o.check.subject);
    if (package.isEmpty() || !o.facts.has(u"apt-get"_s))
        return none(u"no package is known for %1"_s.arg(o.check.subject));
    o.fix.usualMs = 20'000;
    o.fix.isUndoable = !QStringList{u"iproute2"_s, u"mount"_s, u"util-linux"_s}.contains(package);
    installPackage(script, package, o.fix.isUndoable);
    return {};
}

Outcome planFirewall(const Order &o, FixScript &script)
{
    const QString firewall = o.check.subject.isEmpty() ? o.facts.firewall : o.check.subject;
    if (firewall != u"ufw"_s && firewall != u"firewalld"_s)
        return none(u"rules of %1 are the site's own"_s.arg(firewall.isEmpty() ? u"another network"_s : firewall));
    for (const QString &port : portsInto(o.plan, o.host)) {
        if (firewall == u"ufw"_s) {
            script.command(Kind::Firewall, port, {}, u"allow"_s, {u"ufw"_s, u"allow"_s, port}, {u"ufw"_s, u"delete"_s, u"allow"_s, port});
        } else {
            script.command(Kind::Firewall, port, {}, u"allow"_s, {u"firewall-cmd"_s, u"--permanent"_s, u"--add-port="_s + port},
                           {u"firewall-cmd"_s, u"--permanent"_s, u"--remove-port="_s + port});
        }
    }
    for (const QString &way : {u"from"_s, u"to"_s}) { // what pods send each other is passed on
        if (firewall == u"ufw"_s)
            script.command(Kind::Firewall, o.plan.podRange, {}, u"route allow"_s, {u"ufw"_s, u"route"_s, u"allow"_s, way, o.plan.podRange},
                           {u"ufw"_s, u"route"_s, u"delete"_s, u"allow"_s, way, o.plan.podRange});
    }
    if (firewall == u"firewalld"_s)
        script.raw("firewall-cmd --reload", "firewall-cmd --permanent --version >/dev/null && firewall-cmd --reload || true",
                   u"firewall-cmd --reload"_s);
    return {};
}

Outcome planPort(const Order &o, FixScript &script)
{
    static const QRegularExpression allowed(u"^[A-Za-z0-9@_.\\\\-]{1,100}\\.service$"_s);
    static const QStringList needed{u"ssh.service"_s, u"sshd.service"_s, u"dbus.service"_s};
    const int port = o.check.subject.toInt();
    const auto found = std::find_if(o.facts.listeners.begin(), o.facts.listeners.end(),
                                    [&](const HostListener &one) { return one.port == port && !one.unit.isEmpty(); });
    if (found == o.facts.listeners.end())
        return none(u"the program at port %1 is no service: it has to be ended by whoever began it"_s.arg(port));
    if (!allowed.match(found->unit).hasMatch() || needed.contains(found->unit) || found->unit.startsWith(u"systemd-"_s))
        return none(u"%1 has to go on"_s.arg(found->unit));
    script.command(Kind::Service, found->unit, found->holder, {}, {u"systemctl"_s, u"disable"_s, u"--now"_s, found->unit},
                   {u"systemctl"_s, u"enable"_s, u"--now"_s, found->unit});
    o.fix.changes.push_back({Kind::Port, QString::number(port), found->holder, {}});
    return {};
}

// All that an earlier try left is kept, then taken away as kubeadm does; where there is no kubeadm, by hand.
Outcome planReset(const Order &o, FixScript &script)
{
    if (o.facts.services.value(u"kubelet"_s).isActive && !o.facts.memberOf.isEmpty())
        return none(u"it works in the cluster of %1"_s.arg(o.facts.memberOf));
    o.fix.usualMs = 20'000;
    script.raw(
        "if [ -e /var/lib/kboss/install.lock ]; then echo 'an installation holds this host: /var/lib/kboss/install.lock' >&2; exit 1; fi\n"
        "if [ -e /var/lib/etcd ] && [ \"$(du -sk /var/lib/etcd | cut -f1)\" -gt 2097152 ]; then echo '/var/lib/etcd: over 2 GB' >&2; exit 1; fi\n"
        "if systemctl is-active --quiet kubelet; then : > \"$dir/kubelet-ran\"; fi",
        "if [ -e \"$dir/kubelet-ran\" ]; then systemctl start kubelet || true; fi", u"systemctl stop kubelet"_s, u"systemctl start kubelet"_s);
    for (const QString &path : {u"/etc/kubernetes"_s, u"/var/lib/etcd"_s, u"/etc/cni/net.d"_s, u"/var/lib/kubelet"_s}) {
        if (path != u"/var/lib/kubelet"_s)
            script.keepTree(path);
    }
    script.raw("if [ -e /var/lib/kubelet/config.yaml ]; then mkdir -p \"$dir/kubelet\"; cp -p /var/lib/kubelet/config.yaml \"$dir/kubelet/\"; fi",
               "if [ -e \"$dir/kubelet/config.yaml\" ]; then mkdir -p /var/lib/kubelet; cp -p \"$dir/kubelet/config.yaml\" /var/lib/kubelet/; fi",
               u"cp -p /var/lib/kubelet/config.yaml"_s);
    script.raw("if command -v kubeadm >/dev/null; then kubeadm reset -f || true; fi\nif command -v systemctl >/dev/null; then systemctl stop kubelet "
               ">/dev/null 2>&1 || true; fi\n"
               "rm -rf /etc/kubernetes/manifests /etc/kubernetes/pki /etc/kubernetes/tmp /var/lib/kubelet/config.yaml\nrm -f /etc/kubernetes/*.conf\n"
               "if [ -d /var/lib/etcd ]; then find /var/lib/etcd -mindepth 1 -delete; fi\n"
               "if [ -d /etc/cni/net.d ]; then find /etc/cni/net.d -mindepth 1 -maxdepth 1 \\( -name '*flannel*' -o -name '*calico*' \\) -delete; fi",
               {}, u"kubeadm reset -f"_s);
    for (const QString &path : o.facts.leftovers)
        o.fix.changes.push_back({Kind::Folder, path, u"there"_s, {}});
    return {};
}

Outcome planProxy(const Order &o, FixScript &script)
{
    QStringList exempt = o.plan.noProxy;
    exempt << u"localhost"_s << u"127.0.0.1"_s << u".svc"_s << u".cluster.local"_s << o.plan.podRange << o.plan.serviceRange;
    for (const PlanHost &one : o.plan.hosts)
        exempt << one.address;
    if (!o.plan.endpoint.isEmpty())
        exempt << o.plan.endpoint.section(u':', 0, -2);
    for (const HostFileLine &line : o.facts.proxies) {
        static const QRegularExpression no(u"^(?:export\\s+)?no_proxy\\s*=\\s*[\"']?([^\"']*)"_s, QRegularExpression::CaseInsensitiveOption);
        if (const auto match = no.match(line.text); match.hasMatch()) {
            exempt = match.captured(1).split(u',', Qt::SkipEmptyParts) + exempt;
            if (line.path == u"/etc/environment"_s)
                script.commentLine(line.path, line.text);
        }
    }
    exempt.removeDuplicates();
    for (const QString &name : {u"no_proxy"_s, u"NO_PROXY"_s})
        script.addLine(u"/etc/environment"_s, name + u"=\""_s + exempt.join(u',').remove(u'"') + u'"');
    return {};
}

Outcome planClock(const Order &o, FixScript &script)
{
    QString unit = o.facts.timeService;
    for (const char *name : {"systemd-timesyncd", "chrony", "chronyd"}) {
        if (unit.isEmpty() && o.facts.services.value(QLatin1String(name)).isThere)
            unit = QLatin1String(name);
    }
    if (unit.isEmpty()) {
        if (!o.facts.has(u"apt-get"_s))
            return none(u"there is no service that keeps the time"_s);
        o.fix.usualMs = 20'000;
        installPackage(script, u"systemd-timesyncd"_s, true);
        unit = u"systemd-timesyncd"_s;
    }
    if (!o.facts.services.value(unit).isEnabled || !o.facts.services.value(unit).isActive)
        enable(o, script, unit, true);
    const QString now = o.facts.clock.isKnown ? u"%1 ms"_s.arg(o.facts.clock.offsetMs) : QString();
    script.command(Kind::Clock, unit, now, u"NTP"_s, {u"systemctl"_s, u"restart"_s, unit + u".service"_s}, {});
    return {};
}

Outcome planSelinux(const Order &o, FixScript &script)
{
    script.command(Kind::KernelValue, u"SELinux"_s, o.facts.selinux, u"permissive"_s, {u"setenforce"_s, u"0"_s}, {u"setenforce"_s, u"1"_s});
    script.commentLine(u"/etc/selinux/config"_s, u"SELINUX=enforcing"_s);
    script.addLine(u"/etc/selinux/config"_s, u"SELINUX=permissive"_s);
    return {};
}

struct Plan {
    PreflightFix fix;
    Outcome (*make)(const Order &, FixScript &);
};
constexpr Plan plans[] = {
    {PreflightFix::SetKernelValue, planKernelValue},
    {PreflightFix::TurnSwapOff, planSwap},
    {PreflightFix::LoadModule, planModule},
    {PreflightFix::SetHostName, planHostName},
    {PreflightFix::EnableService, planService},
    {PreflightFix::StartRuntime, planRuntime},
    {PreflightFix::InstallProgram, planProgram},
    {PreflightFix::OpenFirewall, planFirewall},
    {PreflightFix::FreePort, planPort},
    {PreflightFix::ResetHost, planReset},
    {PreflightFix::ExemptFromProxy, planProxy},
    {PreflightFix::SyncClock, planClock},
    {PreflightFix::RelaxSelinux, planSelinux},
};

QString nameFor(const CheckResult &check, const Clock &clock)
{
    QString id;
    for (const QChar c : check.name.toLower())
        id += c.unicode() < 128 && c.isLetterOrNumber() ? c : u'-';
    return u"%1-%2"_s.arg(clock.nowMs()).arg(id.left(60));
}

} // namespace

Result<HostFix> planFix(const InstallPlan &plan, const PlanHost &host, const HostFacts &facts, const CheckResult &check, const Clock &clock)
{
    const auto found = std::find_if(std::begin(plans), std::end(plans), [&](const Plan &one) { return one.fix == check.fix; });
    if (found == std::end(plans))
        return fail(ErrorKind::NotFound, u"no program can mend %1"_s.arg(check.name));
    if (!facts.isRoot())
        return fail(ErrorKind::NotFound, u"that wants the rights of root, and %1 has none there"_s.arg(facts.user));
    HostFix fix;
    fix.id = nameFor(check, clock);
    fix.host = host.name;
    fix.check = check.name;
    fix.fix = check.fix;
    fix.subject = check.subject;
    FixScript script(fix);
    if (const auto made = found->make({plan, host, facts, check, fix}, script); !made)
        return fail(made.error());
    fix.isUndoable = fix.isUndoable && !fix.undoCommands.isEmpty();
    script.finish(clock.nowMs());
    return fix;
}

} // namespace kboss
