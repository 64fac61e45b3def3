#include "app/cluster/crosshost.h"

#include <QMap>
#include <algorithm>
#include <thread>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

using Group = CheckResult::Group;
using State = CheckResult::State;

constexpr qint64 mostSkewMs = 30'000;

CheckResult result(const HostToCheck &host, const QString &name, State state, Group group = Group::Across)
{
    CheckResult one;
    one.name = name;
    one.group = group;
    one.host = host.host->name;
    one.state = state;
    return one;
}

// One result a host for a value that has to be its own. Empty = not known.
void judgeUnique(std::vector<CheckResult> &results, const std::vector<HostToCheck> &hosts, const QString &name, const QString &source, State unknown, State twice,
                 const std::function<QString(const HostToCheck &)> &valueOf)
{
    QMap<QString, QStringList> holders;
    for (const HostToCheck &host : hosts) {
        if (const QString value = host.facts ? valueOf(host).toLower() : QString(); !value.isEmpty())
            holders[value] << host.host->name;
    }
    for (const HostToCheck &host : hosts) {
        const QString value = host.facts ? valueOf(host).toLower() : QString();
        const QStringList same = holders.value(value);
        CheckResult one = result(host, name, !host.facts ? State::Unknown : value.isEmpty() ? unknown : same.size() > 1 ? twice : State::Pass);
        one.source = source;
        if (same.size() > 1) {
            QStringList others = same;
            others.removeOne(host.host->name);
            one.measured = others.first() + (others.size() > 1 ? u" +%1"_s.arg(others.size() - 1) : QString());
            one.evidence = u"%1: %2"_s.arg(value, same.join(u", "_s));
        }
        results.push_back(std::move(one));
    }
}

const HostLink *linkOf(const HostToCheck &host)
{
    const auto address = parseAddress(host.host->address);
    if (const HostLink *link = address ? host.facts->linkWith(*address) : nullptr)
        return link;
    // Behind an address that is translated: where its traffic goes out.
    for (const HostRoute &route : host.facts->routes) {
        const auto link = std::find_if(host.facts->links.begin(), host.facts->links.end(), [&](const HostLink &one) { return one.name == route.link; });
        if (route.to == u"default"_s && link != host.facts->links.end())
            return &*link;
    }
    return nullptr;
}

void judgeNamesAndIds(std::vector<CheckResult> &results, const std::vector<HostToCheck> &hosts)
{
    judgeUnique(results, hosts, u"UniqueHostname"_s, u"uname -n"_s, State::Unknown, State::Error, [](const HostToCheck &h) { return h.facts->hostName; });
    judgeUnique(results, hosts, u"UniqueMachineID"_s, u"/etc/machine-id"_s, State::Unknown, State::Error, [](const HostToCheck &h) { return h.facts->machineId; });
    // Some machines have none, or the same for a whole series: what kubeadm's guide asks for, but nothing fails for it at once.
    judgeUnique(results, hosts, u"UniqueProductUUID"_s, u"/sys/class/dmi/id/product_uuid"_s, State::NotApplicable, State::Warning,
                [](const HostToCheck &h) { return h.facts->productUuid; });
    judgeUnique(results, hosts, u"UniqueMAC"_s, u"ip link"_s, State::NotApplicable, State::Error, [](const HostToCheck &h) {
        const HostLink *link = linkOf(h);
        return link ? link->mac : QString();
    });
}

// Another host of the plan has its address here as well, or this host does not have its own.
void judgeAddresses(std::vector<CheckResult> &results, const std::vector<HostToCheck> &hosts)
{
    for (const HostToCheck &host : hosts) {
        CheckResult one = result(host, u"UniqueAddress"_s, host.facts ? State::Pass : State::Unknown);
        one.source = u"ip addr"_s;
        for (const HostToCheck &other : hosts) {
            const auto address = parseAddress(other.host->address);
            const bool mine = other.host->name == host.host->name;
            if (!host.facts || !address || mine)
                continue;
            const auto has = std::find_if(host.facts->addresses.begin(), host.facts->addresses.end(), [&](const HostIp &ip) { return ip.address == *address; });
            if (has != host.facts->addresses.end()) {
                one.state = State::Error;
                one.measured = other.host->name;
                one.evidence = u"%1 %2"_s.arg(other.host->address, has->link);
            }
        }
        results.push_back(std::move(one));
    }
}

QString skewText(qint64 ms)
{
    const QString sign = ms < 0 ? u"−"_s : u"+"_s;
    const qint64 size = std::abs(ms);
    return size < 600'000 ? u"%1%2 s"_s.arg(sign).arg(double(size) / 1000, 0, 'f', size < 10'000 ? 2 : 1) : u"%1%2 min"_s.arg(sign).arg(size / 60'000);
}

void judgeSkew(std::vector<CheckResult> &results, const std::vector<HostToCheck> &hosts)
{
    std::vector<qint64> offsets;
    for (const HostToCheck &host : hosts) {
        if (host.facts && host.facts->clock.isKnown)
            offsets.push_back(host.facts->clock.offsetMs);
    }
    std::sort(offsets.begin(), offsets.end());
    // Of an even number the one nearer to our own clock: with two hosts, the other is the wrong one.
    const size_t half = offsets.size() / 2;
    qint64 median = offsets.empty() ? 0 : offsets[half];
    if (!offsets.empty() && offsets.size() % 2 == 0 && std::abs(offsets[half - 1]) < std::abs(median))
        median = offsets[half - 1];
    for (const HostToCheck &host : hosts) {
        const bool known = host.facts && host.facts->clock.isKnown;
        CheckResult one = result(host, u"ClockSkew"_s, State::Unknown, Group::Host);
        if (known) {
            const HostClock &clock = host.facts->clock;
            const qint64 skew = clock.offsetMs - median, reference = hosts.size() == 1 ? clock.offsetMs : skew;
            one.state = std::abs(reference) > mostSkewMs + clock.uncertaintyMs ? State::Error : State::Pass;
            one.measured = skewText(reference);
            one.source = u"date +%s.%N ± %1 ms"_s.arg(clock.uncertaintyMs);
            one.evidence = u"host − console %1\nmedian %2"_s.arg(skewText(clock.offsetMs), skewText(median));
            if (one.state == State::Error)
                one.fix = PreflightFix::SyncClock;
        }
        results.push_back(std::move(one));
    }
}

void judgeMtu(std::vector<CheckResult> &results, const std::vector<HostToCheck> &hosts)
{
    QMap<int, int> counts;
    for (const HostToCheck &host : hosts) {
        if (const HostLink *link = host.facts ? linkOf(host) : nullptr)
            ++counts[link->mtu];
    }
    int usual = 0;
    for (auto it = counts.cbegin(); it != counts.cend(); ++it)
        usual = usual == 0 || it.value() > counts[usual] ? it.key() : usual;
    for (const HostToCheck &host : hosts) {
        const HostLink *link = host.facts ? linkOf(host) : nullptr;
        CheckResult one = result(host, u"MTU"_s, !link ? State::Unknown : link->mtu == usual ? State::Pass : State::Warning);
        if (link) {
            one.measured = QString::number(link->mtu);
            one.source = u"ip link show %1"_s.arg(link->name);
            one.evidence = link->mtu == usual ? QString() : u"%1 ≠ %2"_s.arg(link->mtu).arg(usual);
        }
        results.push_back(std::move(one));
    }
}

QStringList overlapsOf(const HostToCheck &host, const QString &what, const QString &text)
{
    QStringList found;
    const auto range = AddressRange::parse(text);
    if (!range)
        return found;
    for (const HostIp &ip : host.facts->addresses) {
        if (range->contains(ip.address))
            found << u"%1 %2: %3/%4 %5"_s.arg(what, text, ip.address.toString()).arg(ip.bits).arg(ip.link);
    }
    for (const HostRoute &route : host.facts->routes) {
        const QString to = route.to.contains(u'/') ? route.to : route.to + (route.to.contains(u':') ? u"/128"_s : u"/32"_s);
        const auto other = AddressRange::parse(to);
        if (other && other->bits > 0 && range->overlaps(*other))
            found << u"%1 %2: %3"_s.arg(what, text, route.text);
    }
    for (const QString &resolver : host.facts->resolvers) {
        if (const auto address = parseAddress(resolver); address && range->contains(*address))
            found << u"%1 %2: nameserver %3"_s.arg(what, text, resolver);
    }
    return found;
}

void judgeRanges(std::vector<CheckResult> &results, const InstallPlan &plan, const std::vector<HostToCheck> &hosts)
{
    for (const HostToCheck &host : hosts) {
        const bool known = host.facts && !host.facts->isMissing(u"addresses"_s);
        CheckResult one = result(host, u"RangeOverlap"_s, known ? State::Pass : State::Unknown);
        one.source = u"ip addr · ip route"_s;
        if (known) {
            const QStringList found = overlapsOf(host, u"pod"_s, plan.podRange) + overlapsOf(host, u"service"_s, plan.serviceRange);
            one.evidence = found.join(u'\n');
            if (!found.isEmpty()) {
                one.state = State::Error;
                one.measured = found.first().section(u' ', 1, 1).chopped(1);
            }
        }
        results.push_back(std::move(one));
    }
}

CheckResult judgeNames(const InstallPlan &plan, const HostToCheck &host, const QByteArray &said)
{
    CheckResult one = result(host, u"DNS"_s, State::Pass);
    one.source = u"getent hosts"_s;
    QStringList wrong;
    for (const QString &line : QString::fromUtf8(said).split(u'\n', Qt::SkipEmptyParts)) {
        const QString name = line.section(u'\t', 0, 0), address = line.section(u'\t', 1).simplified().section(u' ', 0, 0);
        const PlanHost *other = plan.find(name);
        const auto found = parseAddress(address);
        const bool itself = name == host.host->name && found && found->isLoopback(); // Debian's 127.0.1.1
        if (other && found && !itself && *found != parseAddress(other->address))
            wrong << u"%1: %2 ≠ %3"_s.arg(name, address, other->address);
    }
    if (!wrong.isEmpty()) {
        one.state = State::Warning;
        one.measured = wrong.first().section(u':', 0, 0);
        one.evidence = wrong.join(u'\n');
    }
    return one;
}

} // namespace

std::vector<CheckResult> judgeAcross(const InstallPlan &plan, const std::vector<HostToCheck> &hosts)
{
    std::vector<CheckResult> results;
    judgeNamesAndIds(results, hosts);
    judgeAddresses(results, hosts);
    judgeSkew(results, hosts);
    judgeMtu(results, hosts);
    judgeRanges(results, plan, hosts);
    return results;
}

std::vector<CheckResult> judgeReach(const InstallPlan &plan, const std::vector<HostToCheck> &hosts, const std::vector<ReachAnswer> &answers)
{
    Q_UNUSED(plan);
    static const QHash<ReachAnswer::State, QString> words{{ReachAnswer::State::Filtered, u"filtered"_s}, {ReachAnswer::State::NotTested, u"not tested"_s}};
    std::vector<CheckResult> results;
    for (const HostToCheck &host : hosts) {
        QSet<QString> all, bad, unknown;
        QStringList evidence;
        for (const ReachAnswer &one : answers) {
            if (one.to != host.host->name)
                continue;
            all << one.from;
            if (one.state == ReachAnswer::State::Filtered)
                bad << one.from;
            else if (one.state == ReachAnswer::State::NotTested)
                unknown << one.from;
            if (words.contains(one.state))
                evidence << u"%1 → %2 %3/%4 %5 %6"_s.arg(one.from, one.to).arg(one.port.port).arg(one.port.isUdp ? u"udp"_s : u"tcp"_s, words[one.state], one.detail);
        }
        const qsizetype good = all.size() - (bad + unknown).size();
        CheckResult one = result(host, u"PortReach"_s, !bad.isEmpty() ? State::Error : !unknown.isEmpty() ? State::Unknown : State::Pass);
        if (hosts.size() < 2)
            one.state = State::NotApplicable;
        else
            one.measured = u"%1 / %2"_s.arg(good).arg(hosts.size() - 1);
        one.source = u"connect"_s;
        one.evidence = evidence.join(u'\n').left(8000);
        if (!bad.isEmpty() && host.facts && !host.facts->firewall.isEmpty()) {
            one.fix = PreflightFix::OpenFirewall;
            one.subject = host.facts->firewall;
        }
        results.push_back(std::move(one));
    }
    return results;
}

std::vector<CheckResult> checkNames(const InstallPlan &plan, const std::vector<HostToCheck> &hosts, CancelToken token)
{
    static const QByteArray script = "main() {\nfor n in \"$@\"; do printf '%s\\t%s\\n' \"$n\" \"$(timeout 3 getent hosts \"$n\" | head -n 1)\" & done; wait\n}\nmain \"$@\" </dev/null\n";
    QStringList words{u"sh"_s, u"-s"_s, u"--"_s};
    for (const PlanHost &host : plan.hosts)
        words << host.name;
    std::vector<CheckResult> results(hosts.size());
    std::vector<std::thread> threads;
    for (size_t n = 0; n < hosts.size(); ++n) {
        threads.emplace_back([&, n] {
            const HostToCheck &host = hosts[n];
            results[n] = result(host, u"DNS"_s, State::Unknown);
            if (!host.remote)
                return;
            const auto said = host.remote->run({words, script, false, 15'000, 64 * 1024, {}}, token);
            if (said)
                results[n] = judgeNames(plan, host, said->out);
            else
                results[n].evidence = said.error().detail;
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    return results;
}

std::vector<CheckResult> checkAcross(const InstallPlan &plan, const std::vector<HostToCheck> &hosts, CancelToken token,
                                     const std::function<void(const CheckResult &)> &found)
{
    std::vector<CheckResult> all;
    const auto take = [&](std::vector<CheckResult> results) {
        applyAccepted(plan, results);
        for (CheckResult &one : results) {
            if (found)
                found(one);
            all.push_back(std::move(one));
        }
    };
    take(judgeAcross(plan, hosts));
    if (!token.stop_requested())
        take(checkNames(plan, hosts, token));
    if (!token.stop_requested())
        take(judgeReach(plan, hosts, testReach(plan, hosts, token)));
    return all;
}

} // namespace kboss
