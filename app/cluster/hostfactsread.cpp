#include "app/cluster/hostfactsread.h"

#include <QRegularExpression>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

qint64 number(const QString &text, qint64 most = 1LL << 60)
{
    bool good = false;
    const qint64 value = text.trimmed().toLongLong(&good);
    return good && value >= 0 && value <= most ? value : 0;
}

QStringList lines(const QString &text)
{
    return text.split(u'\n', Qt::SkipEmptyParts);
}

QString firstLine(const QString &text)
{
    return text.section(u'\n', 0, 0).trimmed().left(256);
}

void readOs(HostFacts &facts, const QString &text)
{
    static const QRegularExpression assignment(u"^([A-Z_]+)=(?:\"([^\"]*)\"|'([^']*)'|(.*))$"_s);
    for (const QString &line : lines(text)) {
        const auto match = assignment.match(line.trimmed());
        const QString value = (match.captured(2) + match.captured(3) + match.captured(4)).left(128);
        if (match.captured(1) == u"ID"_s)
            facts.osId = value.toLower();
        else if (match.captured(1) == u"VERSION_ID"_s)
            facts.osVersion = value;
        else if (match.captured(1) == u"PRETTY_NAME"_s)
            facts.osName = value;
    }
}

QString architecture(const QString &machine)
{
    static const QHash<QString, QString> names{{u"x86_64"_s, u"amd64"_s}, {u"aarch64"_s, u"arm64"_s}, {u"armv7l"_s, u"arm"_s}, {u"i686"_s, u"386"_s}};
    return names.value(machine, machine);
}

void readSwaps(HostFacts &facts, const QString &text)
{
    facts.swaps.clear();
    const QStringList all = lines(text);
    for (const QString &line : all.mid(1)) { // the first are headings
        const QStringList words = line.simplified().split(u' ');
        if (words.size() >= 5)
            facts.swaps.push_back({words[0], number(words[2])});
    }
}

void readFstab(HostFacts &facts, const QString &text)
{
    int at = 0;
    for (const QString &line : text.split(u'\n')) {
        ++at;
        const QStringList words = line.simplified().split(u' ');
        if (words.size() >= 3 && !words[0].startsWith(u'#') && words[2] == u"swap"_s)
            facts.swapLines.push_back({u"/etc/fstab"_s, at, line});
    }
}

// "/var\t<df -Pk>\t<df -Pi>"; the mount is the last word and may hold blanks, so fields are counted from the left.
void readDisks(HostFacts &facts, const QString &text)
{
    static const QRegularExpression df(u"^(.*?)\\s+(\\d+|-)\\s+(\\d+|-)\\s+(-?\\d+|-)\\s+(\\d+%|-)\\s+(/.*)$"_s);
    for (const QString &line : lines(text)) {
        const QStringList parts = line.split(u'\t');
        const auto blocks = df.match(parts.value(1)), inodes = df.match(parts.value(2));
        if (!blocks.hasMatch())
            continue;
        facts.disks.push_back({parts[0], blocks.captured(6), blocks.captured(1), number(blocks.captured(2)), number(blocks.captured(4)),
                               number(inodes.captured(2)), number(inodes.captured(4))});
    }
}

void readGpus(HostFacts &facts, const QString &text)
{
    static const QRegularExpression listed(u"^((?:[0-9a-f]{4}:)?[0-9a-f]{2}:[0-9a-f]{2}\\.[0-9a-f]) .*?\\[(0[0-9a-f]{3}|1[0-9a-f]{3})\\]: (.*) \\[([0-9a-f]{4}):[0-9a-f]{4}\\]"_s);
    static const QHash<QString, QString> vendors{{u"10de"_s, u"nvidia"_s}, {u"1002"_s, u"amd"_s}, {u"19e5"_s, u"huawei"_s}};
    const auto add = [&facts](const QString &slot, const QString &vendor, const QString &name) {
        const auto known = std::find_if(facts.gpus.begin(), facts.gpus.end(), [&slot](const HostGpu &one) { return one.slot == slot; });
        if (!vendor.isEmpty() && known == facts.gpus.end() && facts.gpus.size() < 64)
            facts.gpus.push_back({slot, vendor, name.left(128)});
    };
    for (const QString &line : lines(text)) {
        if (const auto match = listed.match(line); match.hasMatch()) {
            const bool display = match.captured(2) == u"0300"_s; // Huawei's are graphics for a management board then
            const QString vendor = vendors.value(match.captured(4));
            const QString slot = match.captured(1);
            add(slot.count(u':') == 1 ? u"0000:"_s + slot : slot, display && vendor == u"huawei"_s ? QString() : vendor, match.captured(3));
        } else if (const QStringList parts = line.split(u'\t'); parts.size() == 4 && parts[0] == u"sys"_s) {
            const QString vendor = vendors.value(parts[2].mid(2));
            add(parts[1], parts[2] == u"0x19e5"_s ? QString() : vendor, u"%1:%2"_s.arg(parts[2].mid(2), parts[3].mid(2)));
        }
    }
}

void readLocks(HostFacts &facts, const QString &text)
{
    for (const QString &line : lines(text)) {
        const QStringList parts = line.split(u'\t');
        if (line == u"interrupted"_s)
            facts.packagesBroken = true;
        else if (parts.size() == 3)
            facts.packageLocks.push_back({parts[0], parts[2], int(number(parts[1], 1 << 30))});
    }
}

void readSecurity(HostFacts &facts, const QString &text)
{
    for (const QString &line : lines(text)) {
        const QString value = line.section(u' ', 1).trimmed().toLower();
        if (line.startsWith(u"selinux "_s))
            facts.selinux = value == u"1"_s ? u"enforcing"_s : value == u"0"_s ? u"permissive"_s : value.left(16);
        else if (line.startsWith(u"apparmor "_s))
            facts.appArmor = value == u"y"_s;
    }
}

void readRights(HostFacts &facts, const QString &text)
{
    if (facts.rights == HostRights::Root)
        return;
    const QString last = lines(text).isEmpty() ? QString() : lines(text).last();
    facts.rights = last == u"exit 0"_s ? HostRights::SudoWithoutPassword : HostRights::Unknown;
    facts.rightsText = text.section(u"exit "_s, 0, -2).trimmed().left(2000);
}

using Reader = void (*)(HostFacts &, const QString &);
struct SectionReader {
    const char *section;
    Reader read;
};
constexpr SectionReader readers[] = {
    {"user", [](HostFacts &f, const QString &t) { f.user = firstLine(t); }},
    {"uid", [](HostFacts &f, const QString &t) { f.rights = firstLine(t) == u"0"_s ? HostRights::Root : HostRights::NoSudo; }},
    {"sudo", readRights},
    {"host-name", [](HostFacts &f, const QString &t) { f.hostName = firstLine(t); }},
    {"os", readOs},
    {"kernel", [](HostFacts &f, const QString &t) { f.kernel = firstLine(t); }},
    {"arch", [](HostFacts &f, const QString &t) { f.arch = architecture(firstLine(t)); }},
    {"cgroup", [](HostFacts &f, const QString &t) { f.cgroup = firstLine(t) == u"cgroup2fs"_s ? 2 : 1; }},
    {"cpus", [](HostFacts &f, const QString &t) { f.cpus = int(number(firstLine(t), 100'000)); }},
    {"memory", [](HostFacts &f, const QString &t) { f.memoryKilobytes = number(firstLine(t).section(u':', 1).simplified().section(u' ', 0, 0)); }},
    {"swaps", readSwaps},
    {"fstab", readFstab},
    {"disks", readDisks},
    {"machine-id", [](HostFacts &f, const QString &t) { f.machineId = firstLine(t).toLower(); }},
    {"product-uuid", [](HostFacts &f, const QString &t) { f.productUuid = firstLine(t).toLower(); }},
    {"gpus", readGpus},
    {"programs", [](HostFacts &f, const QString &t) { f.programs = lines(t); }},
    {"time-sync", [](HostFacts &f, const QString &t) { f.clockIsSynced = lines(t).contains(u"NTPSynchronized=yes"_s); }},
    {"proxies", [](HostFacts &f, const QString &t) { f.proxies = readFileLines(t); }},
    {"package-locks", readLocks},
    {"security", readSecurity},
    {"modules",
     [](HostFacts &f, const QString &t) {
         f.modules = lines(t);
         f.modules.removeDuplicates();
     }},
    {"own-installs", [](HostFacts &f, const QString &t) { f.ownInstalls = lines(t); }},
};

} // namespace

QStringList userSections()
{
    return {u"user"_s,     u"uid"_s,       u"sudo"_s,     u"host-name"_s,  u"os"_s,           u"kernel"_s,        u"arch"_s,
            u"cgroup"_s,   u"cpus"_s,      u"memory"_s,   u"swaps"_s,      u"fstab"_s,        u"disks"_s,         u"links"_s,
            u"addresses"_s, u"routes"_s,   u"machine-id"_s, u"product-uuid"_s, u"resolvers"_s, u"hosts"_s,        u"gpus"_s,
            u"gpu-driver"_s, u"runtime"_s, u"kubernetes"_s, u"services"_s, u"programs"_s,     u"leftovers"_s,     u"listeners"_s,
            u"time-sync"_s, u"proxies"_s,  u"package-locks"_s, u"security"_s, u"modules"_s,   u"kernel-values"_s, u"kernel-value-files"_s};
}

QStringList rootSections()
{
    return {u"product-uuid"_s, u"leftovers"_s, u"own-installs"_s, u"holders"_s, u"firewall"_s};
}

std::vector<HostFileLine> readFileLines(const QString &text)
{
    std::vector<HostFileLine> found;
    for (const QString &line : lines(text)) {
        if (line.count(u'\t') >= 2)
            found.push_back({line.section(u'\t', 0, 0), int(number(line.section(u'\t', 1, 1), 10'000'000)), line.section(u'\t', 2).trimmed()});
    }
    return found;
}

void takeSection(HostFacts &facts, const QString &section, const QString &text)
{
    const auto reader = std::find_if(std::begin(readers), std::end(readers), [&](const SectionReader &one) { return section == QLatin1String(one.section); });
    if (reader != std::end(readers))
        reader->read(facts, text);
}

} // namespace kboss
