// Steps of phase 10: what the system of each host has to be. Every file that is touched is kept as a copy first.
#include "app/cluster/addressrange.h"
#include "app/cluster/stepparts.h"

namespace kboss::steps {

using namespace Qt::StringLiterals;

namespace {

constexpr const char *modulesFile = "/etc/modules-load.d/kboss-kubernetes.conf";
constexpr const char *sysctlFile = "/etc/sysctl.d/99-kboss-kubernetes.conf";

StepChange change(StepChange::Kind kind, const QString &subject, const QString &after = {})
{
    return {kind, subject, after};
}

bool usesIpv6(const InstallPlan &plan)
{
    const auto range = AddressRange::parse(plan.podRange);
    return range && range->base.protocol() == QAbstractSocket::IPv6Protocol;
}

// Swap: off now, and after a restart.

Result<StepFinding> probeSwap(InstallContext &context)
{
    if (const auto other = foreignCluster(context); !other || *other)
        return other ? Result<StepFinding>(**other) : fail(other.error());
    const auto found = facts(context, R"sh(sed -n '2,$s/^\([^[:space:]]*\).*/active \1/p' /proc/swaps
if [ -e /etc/fstab ]; then sed -n 's/^[[:space:]]*\([^#[:space:]][^[:space:]]*\)[[:space:]]\{1,\}[^[:space:]]\{1,\}[[:space:]]\{1,\}swap\([[:space:]].*\)\{0,1\}$/listed \1/p' /etc/fstab; fi
exit 0)sh");
    if (!found)
        return fail(found.error());
    if (found->contains(u"active"_s))
        return open(u"swap is on: %1"_s.arg(QStringList(found->values(u"active"_s)).join(u", "_s)));
    return found->contains(u"listed"_s) ? open(u"swap is in /etc/fstab"_s) : done(u"no swap"_s);
}

Result<void> turnSwapOff(InstallContext &context)
{
    static const QByteArray off = R"sh(set -eu
systemctl list-units --type=swap --no-legend --plain 2>/dev/null | sed 's/[[:space:]].*//' | grep '\.swap$' > "$1/swap-units.new" || true
if [ ! -e "$1/swap-units" ]; then mv "$1/swap-units.new" "$1/swap-units"; fi
swapoff -a
if [ -e /etc/fstab ]; then
  sed 's/^[[:space:]]*[^#[:space:]][^[:space:]]*[[:space:]]\{1,\}[^[:space:]]\{1,\}[[:space:]]\{1,\}swap\([[:space:]].*\)\{0,1\}$/# kboss: &/' /etc/fstab > /etc/fstab.kboss
  chmod --reference=/etc/fstab /etc/fstab.kboss
  mv /etc/fstab.kboss /etc/fstab
fi
while read -r unit; do systemctl mask "$unit" >/dev/null 2>&1 || true; done < "$1/swap-units")sh";
    return context.keepCopy(u"/etc/fstab"_s)
        .and_then([&] {
            return order(context, {u"install"_s, u"-d"_s, u"-m"_s, u"700"_s, context.folder()});
        })
        .and_then([&] {
            return order(context, {u"sh"_s, u"-c"_s, QString::fromUtf8(off), u"sh"_s, context.folder()});
        });
}

Result<void> turnSwapOn(InstallContext &context)
{
    // Its lines alone: others may have been added since.
    static const QByteArray on = R"sh(set -eu
if [ -e /etc/fstab ] && grep -q '^# kboss: ' /etc/fstab; then
  sed 's/^# kboss: //' /etc/fstab > /etc/fstab.kboss
  chmod --reference=/etc/fstab /etc/fstab.kboss
  mv /etc/fstab.kboss /etc/fstab
fi
rm -f "$1/backup/etc/fstab.kept" "$1/backup/etc/fstab.absent"
if [ -e "$1/swap-units" ]; then
  while read -r unit; do systemctl unmask "$unit" >/dev/null 2>&1 || true; done < "$1/swap-units"
  swapon -a || true
  rm -f "$1/swap-units"
fi)sh";
    return order(context, {u"sh"_s, u"-c"_s, QString::fromUtf8(on), u"sh"_s, context.folder()});
}

// Kernel modules.

const QByteArray moduleLines = "overlay\nbr_netfilter\n";

Result<StepFinding> probeModules(InstallContext &context)
{
    const auto file = fileOf(context, QString::fromLatin1(modulesFile));
    if (!file)
        return fail(file.error());
    const auto found = facts(context, R"sh(for module in overlay br_netfilter; do
  if [ -d "/sys/module/$module" ] || grep -q "^$module " /proc/modules || grep -qw "$module" /proc/filesystems; then echo "loaded $module"; fi
done
exit 0)sh");
    if (!found)
        return fail(found.error());
    for (const QString &module : {u"overlay"_s, u"br_netfilter"_s}) {
        if (!found->contains(u"loaded"_s, module))
            return open(u"the module %1 is not loaded"_s.arg(module));
    }
    return *file == moduleLines ? done() : open(u"the modules are not loaded at each start"_s);
}

Result<void> loadModules(InstallContext &context)
{
    return putFile(context, QString::fromLatin1(modulesFile), moduleLines).and_then([&] {
        return order(context, {u"modprobe"_s, u"-a"_s, u"overlay"_s, u"br_netfilter"_s});
    });
}

// Kernel values.

QStringList kernelValues(const InstallPlan &plan)
{
    QStringList names{u"net.bridge.bridge-nf-call-ip6tables"_s, u"net.bridge.bridge-nf-call-iptables"_s, u"net.ipv4.ip_forward"_s};
    if (usesIpv6(plan))
        names << u"net.ipv6.conf.all.forwarding"_s << u"net.ipv6.conf.default.forwarding"_s;
    return names;
}

QByteArray sysctlLines(const InstallPlan &plan)
{
    return (kernelValues(plan).join(u" = 1\n"_s) + u" = 1\n"_s).toLatin1();
}

Result<Facts> valuesNow(InstallContext &context)
{
    return facts(context, R"sh(for name; do
  path=/proc/sys/$(printf %s "$name" | tr . /)
  if [ -r "$path" ]; then echo "$name $(cat "$path")"; fi
done
exit 0)sh",
                 kernelValues(context.plan()));
}

Result<StepFinding> probeSysctl(InstallContext &context)
{
    const auto file = fileOf(context, QString::fromLatin1(sysctlFile));
    if (!file)
        return fail(file.error());
    const auto now = valuesNow(context);
    if (!now)
        return fail(now.error());
    const QStringList wanted = kernelValues(context.plan());
    for (const QString &name : wanted) {
        if (now->value(name) != u"1"_s)
            return open(u"%1 is %2"_s.arg(name, now->value(name, u"not there"_s)));
    }
    return *file == sysctlLines(context.plan()) ? done() : open(u"the values are not set at each start"_s);
}

Result<void> setSysctl(InstallContext &context)
{
    const auto now = valuesNow(context);
    if (!now)
        return fail(now.error());
    QByteArray before;
    for (auto one = now->begin(); one != now->end(); ++one)
        before += (one.key() + u'=' + one.value() + u'\n').toUtf8();
    return noteOnce(context, u"sysctl-before"_s, before)
        .and_then([&] { return putFile(context, QString::fromLatin1(sysctlFile), sysctlLines(context.plan())); })
        .and_then([&] {
            return order(context, {u"sysctl"_s, u"-q"_s, u"-p"_s, QString::fromLatin1(sysctlFile)});
        });
}

Result<void> restoreSysctl(InstallContext &context)
{
    static const QByteArray back = R"sh(if [ -e "$1" ]; then
  while read -r line; do sysctl -q -w "$line" || true; done < "$1"
  rm -f "$1"
fi)sh";
    return context.restoreFile(QString::fromLatin1(sysctlFile)).and_then([&] {
        return order(context, {u"sh"_s, u"-c"_s, QString::fromUtf8(back), u"sh"_s, ownPath(context, u"sysctl-before"_s)});
    });
}

// Somebody keeps the clock.

Result<StepFinding> probeTime(InstallContext &context)
{
    const auto found = facts(context, R"sh(for unit in chrony chronyd ntpsec ntp openntpd systemd-timesyncd; do
  if [ "$(systemctl is-active "$unit" 2>/dev/null)" = active ]; then echo "active $unit"; exit 0; fi
done
exit 0)sh");
    if (!found)
        return fail(found.error());
    return found->contains(u"active"_s) ? done(found->value(u"active"_s)) : open(u"nothing keeps the clock"_s);
}

Result<void> keepTime(InstallContext &context)
{
    const QByteArray script = aptPrologue(context.plan()) + R"sh(
if ! systemctl cat systemd-timesyncd >/dev/null 2>&1; then apt update; apt install systemd-timesyncd; fi
echo systemd-timesyncd > )sh"
        + shellQuoted(ownPath(context, u"time-service"_s)) + R"sh(
systemctl enable --now systemd-timesyncd
)sh";
    return context.runDetached({u"time-service"_s, script, {}, 300'000});
}

Result<void> leaveTime(InstallContext &context)
{
    return order(context,
                 {u"sh"_s, u"-c"_s, u"if [ -e \"$1\" ]; then systemctl disable --now \"$(cat \"$1\")\"; rm -f \"$1\"; fi"_s, u"sh"_s,
                  ownPath(context, u"time-service"_s)});
}

} // namespace

void addSystemSteps(StepList &list, const PlanHost &host)
{
    using Kind = StepChange::Kind;
    InstallStep swap = stepOf(host.name, "swap", InstallPhase::System, 2'000, 120'000);
    swap.changes = {change(Kind::Swap, u"/etc/fstab"_s)};
    swap.probe = probeSwap;
    swap.act = turnSwapOff;
    swap.undo = turnSwapOn;
    list.add(std::move(swap));

    InstallStep modules = stepOf(host.name, "modules", InstallPhase::System, 1'000, 60'000);
    modules.changes = {change(Kind::Module, u"overlay"_s), change(Kind::Module, u"br_netfilter"_s),
                       change(Kind::File, QString::fromLatin1(modulesFile))};
    modules.probe = probeModules;
    modules.act = loadModules;
    modules.undo = [](InstallContext &context) { return context.restoreFile(QString::fromLatin1(modulesFile)); };
    list.add(std::move(modules));

    InstallStep sysctl = stepOf(host.name, "sysctl", InstallPhase::System, 1'000, 60'000);
    for (const QString &name : kernelValues(list.plan()))
        sysctl.changes.push_back(change(Kind::KernelValue, name, u"1"_s));
    sysctl.changes.push_back(change(Kind::File, QString::fromLatin1(sysctlFile)));
    sysctl.probe = probeSysctl;
    sysctl.act = setSysctl;
    sysctl.undo = restoreSysctl;
    list.add(std::move(sysctl));

    InstallStep time = stepOf(host.name, "time", InstallPhase::System, 3'000, 360'000);
    time.changes = {change(Kind::Service, u"systemd-timesyncd"_s)};
    time.probe = probeTime;
    time.act = keepTime;
    time.undo = leaveTime;
    list.add(std::move(time));

    addFirewallStep(list, host);
}

} // namespace kboss::steps
