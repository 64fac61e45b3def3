#include "app/cluster/hostfactsread.h"

#include <QRegularExpression>
#include <QtEndian>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t most = 4000; // of anything in a list: more is not a host for this

QStringList lines(const QString &text)
{
    return text.split(u'\n', Qt::SkipEmptyParts);
}

// "2: eth0@if3: <BROADCAST,UP> mtu 1500 … state UP … \    link/ether 00:16:3e:…"
void readLinks(HostFacts &facts, const QString &text)
{
    static const QRegularExpression link(u"^\\d+: ([^:@\\s]+)(?:@[^:\\s]*)?: <([^>]*)> mtu (\\d{1,6})\\b(.*)$"_s);
    static const QRegularExpression ether(u"link/\\w+ ((?:[0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2})\\b"_s);
    for (const QString &line : lines(text)) {
        if (line.startsWith(u"hardware\t"_s)) {
            const auto found = std::find_if(facts.links.begin(), facts.links.end(), [&](const HostLink &one) { return one.name == line.mid(9); });
            if (found != facts.links.end())
                found->isHardware = true;
            continue;
        }
        const auto match = link.match(line);
        if (!match.hasMatch() || facts.links.size() >= most)
            continue;
        const QString mac = ether.match(match.captured(4)).captured(1).toLower();
        facts.links.push_back({match.captured(1), mac == u"00:00:00:00:00:00"_s ? QString() : mac, match.captured(3).toInt(),
                               match.captured(2).split(u',').contains(u"UP"_s), false});
    }
}

// "4: eth0    inet 192.0.2.2/24 brd …"
void readAddresses(HostFacts &facts, const QString &text)
{
    for (const QString &line : lines(text)) {
        const QStringList words = line.simplified().split(u' ');
        const qsizetype at = words.indexOf(QRegularExpression(u"^inet6?$"_s));
        if (at < 1 || at + 1 >= words.size() || facts.addresses.size() >= most)
            continue;
        const auto address = parseAddress(words[at + 1].section(u'/', 0, 0));
        if (address)
            facts.addresses.push_back({words[at - 1].section(u'@', 0, 0), *address, std::clamp(words[at + 1].section(u'/', 1).toInt(), 0, 128)});
    }
}

void readRoutes(HostFacts &facts, const QString &text)
{
    static const QStringList kinds{u"unreachable"_s, u"blackhole"_s, u"prohibit"_s, u"throw"_s, u"local"_s, u"broadcast"_s, u"multicast"_s};
    for (const QString &line : lines(text)) {
        QStringList words = line.simplified().split(u' ');
        if (kinds.contains(words.value(0)))
            words.removeFirst();
        if (words.isEmpty() || facts.routes.size() >= most)
            continue;
        const qsizetype dev = words.indexOf(u"dev"_s);
        facts.routes.push_back({words[0], dev >= 0 ? words.value(dev + 1) : QString(), line.trimmed()});
    }
}

void readHosts(HostFacts &facts, const QString &text)
{
    for (const QString &line : lines(text)) {
        const QString plain = line.section(u'#', 0, 0).simplified();
        if (!plain.isEmpty() && facts.hostLines.size() < 1000)
            facts.hostLines << plain;
    }
}

void readResolvers(HostFacts &facts, const QString &text)
{
    for (const QString &line : lines(text)) {
        const QStringList words = line.simplified().split(u' ');
        if (words.size() >= 2 && words[0] == u"nameserver"_s && facts.resolvers.size() < 20)
            facts.resolvers << words[1];
    }
}

// "0100007F" or 32 digits: words of 32 bits in the host's order, which is the little one for all that Kubernetes runs on.
std::optional<QHostAddress> addressOf(const QString &hex)
{
    const QByteArray bytes = QByteArray::fromHex(hex.toLatin1());
    if (hex.size() == 8 && bytes.size() == 4)
        return QHostAddress(qFromLittleEndian<quint32>(bytes.constData()));
    if (hex.size() != 32 || bytes.size() != 16)
        return std::nullopt;
    Q_IPV6ADDR address;
    for (int word = 0; word < 4; ++word) {
        for (int n = 0; n < 4; ++n)
            address[word * 4 + n] = quint8(bytes[word * 4 + 3 - n]);
    }
    const QHostAddress six(address);
    return hex.startsWith(u"0000000000000000FFFF0000"_s, Qt::CaseInsensitive) ? QHostAddress(six.toIPv4Address()) : six;
}

} // namespace

std::vector<HostListener> readListeners(const QString &sockets, const QString &holders)
{
    QHash<QString, QStringList> byInode;
    for (const QString &line : lines(holders)) {
        const QStringList parts = line.split(u'\t');
        if (parts.size() == 4)
            byInode.insert(parts[0], parts);
    }
    std::vector<HostListener> found;
    for (const QString &line : lines(sockets)) {
        const QString local = line.section(u' ', 0, 0), inode = line.section(u' ', 1).trimmed();
        bool good = false;
        const int port = local.section(u':', 1).toInt(&good, 16);
        const auto address = addressOf(local.section(u':', 0, 0));
        if (!good || port < 1 || port > 65535 || !address || found.size() >= most)
            continue;
        const QStringList holder = byInode.value(inode);
        found.push_back({port, *address, holder.isEmpty() ? QString() : u"%1 (%2)"_s.arg(holder[2].left(64), holder[1].left(12)), holder.value(3).left(128)});
    }
    return found;
}

void takeNetworkSection(HostFacts &facts, const QString &section, const QString &text)
{
    if (section == u"links"_s)
        readLinks(facts, text);
    else if (section == u"addresses"_s)
        readAddresses(facts, text);
    else if (section == u"routes"_s)
        readRoutes(facts, text);
    else if (section == u"hosts"_s)
        readHosts(facts, text);
    else if (section == u"resolvers"_s)
        readResolvers(facts, text);
}

} // namespace kboss
