#include "app/cluster/hostfactsread.h"

#include <QMap>
#include <QRegularExpression>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

QStringList lines(const QString &text)
{
    return text.split(u'\n', Qt::SkipEmptyParts);
}

QString versionIn(const QString &text)
{
    static const QRegularExpression version(u"v?(\\d{1,3}\\.\\d{1,4}\\.\\d{1,4}[A-Za-z0-9.+~-]{0,32})"_s);
    return version.match(text).captured(1);
}

void readRuntime(HostFacts &facts, const QString &text)
{
    for (const QString &line : lines(text)) {
        const QString word = line.section(u'\t', 0, 0), rest = line.section(u'\t', 1);
        if (word == u"socket"_s) {
            if (facts.runtimeSocket.isEmpty())
                facts.runtimeSocket = rest;
        } else if (facts.runtime.isEmpty()) {
            facts.runtime = word == u"crio"_s ? u"cri-o"_s : word == u"dockerd"_s ? u"docker"_s : word;
            facts.runtimeVersion = versionIn(rest);
        }
    }
}

void readKubernetes(HostFacts &facts, const QString &text)
{
    for (const QString &line : lines(text)) {
        const QString word = line.section(u'\t', 0, 0), found = versionIn(line.section(u'\t', 1));
        const QString version = found.isEmpty() ? u"?"_s : u'v' + found; // there, whatever it says
        if (word == u"kubeadm"_s)
            facts.kubeadm = version;
        else if (word == u"kubelet"_s)
            facts.kubelet = version;
        else if (word == u"kubectl"_s)
            facts.kubectl = version;
    }
}

void readServices(HostFacts &facts, const QString &text)
{
    for (const QString &line : lines(text)) {
        const QStringList parts = line.split(u'\t');
        if (parts.size() != 3)
            continue;
        const bool isActive = parts[1] == u"active"_s || parts[1] == u"activating"_s || parts[1] == u"reloading"_s;
        const bool isThere = isActive || !(parts[2].isEmpty() || parts[2] == u"not-found"_s || parts[2].contains(u"No such file"_s));
        facts.services.insert(parts[0], {isThere, isActive, parts[2] == u"enabled"_s || parts[2] == u"enabled-runtime"_s});
    }
    for (const char *name : {"systemd-timesyncd", "chrony", "chronyd", "ntpsec", "ntp", "ntpd"}) {
        if (facts.services.value(QLatin1String(name)).isActive && facts.timeService.isEmpty())
            facts.timeService = QLatin1String(name);
    }
}

void readLeftovers(HostFacts &facts, const QString &text)
{
    for (const QString &line : lines(text)) {
        if (line.startsWith(u"server "_s))
            facts.memberOf = line.mid(7).trimmed().left(256);
        else if (line.startsWith(u'/') && !facts.leftovers.contains(line) && facts.leftovers.size() < 200)
            facts.leftovers << line;
    }
}

void readFirewall(HostFacts &facts, const QString &text)
{
    for (const QString &line : lines(text)) {
        const QString word = line.section(u'\t', 0, 0), rest = line.section(u'\t', 1).toLower();
        const bool closes = (word == u"ufw"_s && rest.contains(u"status: active"_s)) || (word == u"firewalld"_s && rest.startsWith(u"running"_s))
            || (word == u"iptables"_s && (rest.contains(u"-p input drop"_s) || rest.contains(u"-p input reject"_s)))
            || (word == u"nft"_s && rest.contains(u"policy drop"_s));
        if (closes && facts.firewall.isEmpty())
            facts.firewall = word == u"nft"_s ? u"nftables"_s : word;
    }
}

// What systemd-sysctl does: of files with the same name the first folder's counts; sorted by name; the last setting wins. /etc/sysctl.conf comes last of all, as
// procps reads it.
struct OrderedLine {
    int folder = 0;
    HostFileLine line;
};
QMap<QString, std::vector<OrderedLine>> sortedByFile(const QString &files)
{
    static const QRegularExpression grep(u"^(/[^:]*):(\\d+):(.*)$"_s);
    static const QStringList folders{u"/etc/sysctl.d"_s, u"/run/sysctl.d"_s, u"/usr/local/lib/sysctl.d"_s, u"/usr/lib/sysctl.d"_s, u"/lib/sysctl.d"_s};
    QMap<QString, std::vector<OrderedLine>> byName;
    for (const QString &line : lines(files)) {
        const auto match = grep.match(line);
        if (!match.hasMatch())
            continue;
        const QString path = match.captured(1), folder = path.section(u'/', 0, -2), name = path.section(u'/', -1);
        const bool isLast = path == u"/etc/sysctl.conf"_s;
        byName[isLast ? QString(QChar(0xffff)) : name].push_back({int(folders.indexOf(folder)), {path, match.captured(2).toInt(), match.captured(3)}});
    }
    return byName;
}

} // namespace

std::vector<HostKernelValue> readKernelValues(const QString &values, const QString &files)
{
    std::vector<HostKernelValue> found;
    for (const QString &line : lines(values)) {
        if (line.contains(u'\t') && found.size() < 100)
            found.push_back({line.section(u'\t', 0, 0), line.section(u'\t', 1).simplified(), {}});
    }
    const auto byName = sortedByFile(files);
    for (const auto &group : byName) {
        int first = group.empty() ? 0 : group.front().folder;
        for (const OrderedLine &one : group)
            first = std::min(first, one.folder);
        for (const OrderedLine &one : group) {
            QString name = one.line.text.section(u'=', 0, 0).trimmed().replace(u'/', u'.');
            if (name.startsWith(u'-'))
                name.remove(0, 1);
            const auto value = std::find_if(found.begin(), found.end(), [&name](const HostKernelValue &v) { return v.name == name; });
            if (one.folder == first && value != found.end())
                value->source = one.line;
        }
    }
    return found;
}

void takeClusterSection(HostFacts &facts, const QString &section, const QString &text)
{
    if (section == u"runtime"_s)
        readRuntime(facts, text);
    else if (section == u"kubernetes"_s)
        readKubernetes(facts, text);
    else if (section == u"services"_s)
        readServices(facts, text);
    else if (section == u"leftovers"_s)
        readLeftovers(facts, text);
    else if (section == u"firewall"_s)
        readFirewall(facts, text);
    else if (section == u"gpu-driver"_s)
        facts.gpuDriver = versionIn(text).isEmpty() ? text.section(u'\n', 0, 0).trimmed().left(32) : versionIn(text);
}

} // namespace kboss
