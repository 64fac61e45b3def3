// The step of phase 10 that lets the cluster through a firewall that is on: its hosts, its pods (also those that are passed on), and whoever asks the
// API.
#include "app/cluster/kubeadmconfig.h"
#include "app/cluster/stepparts.h"

#include <QRegularExpression>

namespace kboss::steps {

using namespace Qt::StringLiterals;

namespace {

// Which rules were added is noted on the host before they are: those alone go again, and none that were there before.
const QString openedName = u"firewall-opened"_s;

QStringList sources(const InstallPlan &plan)
{
    QStringList all;
    for (const PlanHost &host : plan.hosts)
        all << host.address;
    all << plan.podRange;
    all.removeDuplicates();
    return all;
}

// A rule as its tool takes it: "ufw allow from 10.0.0.5", "ufw route allow to 10.244.0.0/16", "firewalld source 10.0.0.5", "firewalld port 6443/tcp".
QStringList wantedOf(const QString &tool, const InstallPlan &plan, const PlanHost &host)
{
    const bool isUfw = tool == u"ufw"_s;
    QStringList rules;
    for (const QString &source : sources(plan))
        rules << (isUfw ? u"ufw allow from "_s : u"firewalld source "_s) + source;
    if (isUfw)
        rules << u"ufw route allow from "_s + plan.podRange << u"ufw route allow to "_s + plan.podRange;
    if (host.role == HostRole::ControlPlane)
        rules << (isUfw ? u"ufw allow %1/tcp"_s : u"firewalld port %1/tcp"_s).arg(apiPort);
    return rules;
}

// A line of `ufw status` as the rule that makes it; empty = of another kind.
QString ufwRule(const QString &line)
{
    static const QRegularExpression shape(u"^(\\S.*?)\\s{2,}ALLOW( IN| FWD)?\\s{2,}(\\S.*?)(\\s+#.*)?$"_s);
    const auto match = shape.match(QString(line).remove(u" (v6)"_s));
    const QString to = match.captured(1), from = match.captured(3);
    const QString allow = match.captured(2) == u" FWD"_s ? u"ufw route allow"_s : u"ufw allow"_s;
    if (match.hasMatch() && to == u"Anywhere"_s)
        return allow + u" from "_s + from;
    if (!match.hasMatch() || from != u"Anywhere"_s)
        return {};
    return allow == u"ufw allow"_s ? u"ufw allow "_s + to : allow + u" to "_s + to;
}

struct Firewall {
    QString name; // empty = none is on
    QStringList missing; // rules
};

Result<Firewall> lookAt(InstallContext &context)
{
    const auto found = facts(context, R"sh(export LC_ALL=C
if command -v ufw >/dev/null 2>&1; then ufw status | sed 's/^/ufw /'; fi
if command -v firewall-cmd >/dev/null 2>&1 && firewall-cmd --state >/dev/null 2>&1; then
  echo 'firewalld running'
  for source in $(firewall-cmd --zone=trusted --list-sources); do echo "rule firewalld source $source"; done
  for port in $(firewall-cmd --list-ports); do echo "rule firewalld port $port"; done
fi
exit 0)sh");
    if (!found)
        return fail(found.error());
    QStringList names, there = found->values(u"rule"_s), wanted;
    const QStringList lines = found->values(u"ufw"_s);
    for (const QString &line : lines)
        there << ufwRule(line);
    if (lines.contains(u"Status: active"_s))
        names << u"ufw"_s;
    if (found->contains(u"firewalld"_s))
        names << u"firewalld"_s;
    for (const QString &name : names)
        wanted += wantedOf(name, context.plan(), context.target());
    Firewall firewall{names.join(u" and "_s), {}};
    std::copy_if(wanted.begin(), wanted.end(), std::back_inserter(firewall.missing), [&there](const QString &rule) { return !there.contains(rule); });
    return firewall;
}

Result<StepFinding> probeFirewall(InstallContext &context)
{
    const auto firewall = lookAt(context);
    if (!firewall)
        return fail(firewall.error());
    if (firewall->name.isEmpty())
        return notNeeded(u"no firewall is on"_s);
    return firewall->missing.isEmpty() ? done()
                                       : open(u"%1 keeps the cluster out without: %2"_s.arg(firewall->name, firewall->missing.join(u"; "_s)));
}

Result<void> openFirewall(InstallContext &context)
{
    static const QByteArray script = R"sh(set -eu
reload=
for rule; do
  value=${rule##* }
  case $rule in
  'ufw allow from '*) ufw allow from "$value" comment kboss ;;
  'ufw route allow from '*) ufw route allow from "$value" comment kboss ;;
  'ufw route allow to '*) ufw route allow to "$value" comment kboss ;;
  'ufw allow '*) ufw allow "$value" comment kboss ;;
  'firewalld source '*) firewall-cmd -q --permanent --zone=trusted --add-source="$value"; reload=yes ;;
  'firewalld port '*) firewall-cmd -q --permanent --add-port="$value"; reload=yes ;;
  esac
done
if [ -n "$reload" ]; then firewall-cmd -q --reload; fi)sh";
    const auto firewall = lookAt(context);
    const auto before = firewall ? fileOf(context, ownPath(context, openedName)) : Result<std::optional<QByteArray>>(fail(firewall.error()));
    if (!before)
        return fail(before.error());
    QStringList opened = QString::fromUtf8(before->value_or(QByteArray())).split(u'\n', Qt::SkipEmptyParts) + firewall->missing;
    opened.removeDuplicates();
    return putOwnFile(context, openedName, (opened.join(u'\n') + u'\n').toUtf8()).and_then([&] {
        return order(context, QStringList{u"sh"_s, u"-c"_s, QString::fromUtf8(script), u"sh"_s} + firewall->missing, 120'000);
    });
}

Result<void> closeFirewall(InstallContext &context)
{
    static const QByteArray script = R"sh(opened=$1
has() { command -v "$1" >/dev/null 2>&1; }
reload=
while read -r rule; do
  value=${rule##* }
  case $rule in
  'ufw allow from '*) has ufw && ufw delete allow from "$value" ;;
  'ufw route allow from '*) has ufw && ufw route delete allow from "$value" ;;
  'ufw route allow to '*) has ufw && ufw route delete allow to "$value" ;;
  'ufw allow '*) has ufw && ufw delete allow "$value" ;;
  'firewalld source '*) has firewall-cmd && firewall-cmd -q --permanent --zone=trusted --remove-source="$value"; reload=yes ;;
  'firewalld port '*) has firewall-cmd && firewall-cmd -q --permanent --remove-port="$value"; reload=yes ;;
  esac
done < "$opened"
if [ -n "$reload" ] && has firewall-cmd && firewall-cmd --state >/dev/null 2>&1; then firewall-cmd -q --reload; fi
rm -f -- "$opened")sh";
    const auto opened = fileOf(context, ownPath(context, openedName));
    if (!opened || !*opened)
        return opened ? Result<void>() : fail(opened.error());
    return order(context, {u"sh"_s, u"-c"_s, QString::fromUtf8(script), u"sh"_s, ownPath(context, openedName)}, 120'000);
}

} // namespace

void addFirewallStep(StepList &list, const PlanHost &host)
{
    InstallStep firewall = stepOf(host.name, "firewall", InstallPhase::System, 2'000, 180'000);
    firewall.changes = {{StepChange::Kind::Service, u"ufw"_s, {}}, {StepChange::Kind::Service, u"firewalld"_s, {}}};
    firewall.probe = probeFirewall;
    firewall.act = openFirewall;
    firewall.undo = closeFirewall;
    list.add(std::move(firewall));
}

} // namespace kboss::steps
