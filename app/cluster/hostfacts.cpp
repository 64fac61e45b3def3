#include "app/cluster/hostfacts.h"

#include "app/cluster/hostfactsread.h"
#include "app/cluster/preflight.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr int userMs = 20'000, rootMs = 10'000, clockMs = 8'000;
constexpr int mostAnswer = 4 * 1024 * 1024;
constexpr int mostSection = 90'000; // 64 KiB in base64, and some

QString clean(const QByteArray &bytes)
{
    QString text;
    for (const QChar c : withoutEscapes(QString::fromUtf8(bytes))) {
        const bool keep = c == u'\n' || c == u'\t' || c.isPrint() || c.isSurrogate() || c == u' ';
        if (keep && !(c.unicode() >= 0x202a && c.unicode() <= 0x202e) && !(c.unicode() >= 0x2066 && c.unicode() <= 0x2069))
            text += c;
    }
    return text;
}

// What stands between the two marks. Whatever comes before the first is the host's own greeting.
Result<QHash<QString, QString>> readSections(const QByteArray &answer, const QByteArray &mark, const QStringList &known)
{
    const auto bad = [](const char *why) { return fail(ErrorKind::Protocol, u"what the host said of itself cannot be read: "_s + QLatin1String(why)); };
    if (answer.size() > mostAnswer)
        return bad("it is too long");
    const QByteArray begin = "kboss-facts " + mark + '\n';
    qsizetype at = answer.startsWith(begin) ? 0 : answer.indexOf('\n' + begin);
    if (at < 0 || mark.isEmpty())
        return bad("there is no beginning");
    at += begin.size() + (at > 0 || !answer.startsWith(begin) ? 1 : 0);
    QHash<QString, QString> sections;
    while (true) {
        const qsizetype end = answer.indexOf('\n', at);
        if (end < 0)
            return bad("it ends too early");
        const QByteArray line = answer.mid(at, end - at);
        at = end + 1;
        if (line.startsWith("end ")) {
            if (line != "end " + QByteArray::number(sections.size()) + ' ' + mark)
                return bad("its end is not right");
            return sections;
        }
        const qsizetype blank = line.indexOf(' ');
        const QString name = QString::fromLatin1(line.left(std::max<qsizetype>(blank, 0)));
        if (blank <= 0 || line.size() > mostSection || !known.contains(name) || sections.contains(name))
            return bad("a section is none of those asked for");
        const auto text = QByteArray::fromBase64Encoding(line.mid(blank + 1), QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
        if (!text)
            return bad("a section is not whole");
        sections.insert(name, clean(*text));
    }
}

// A fact that every host has: nothing there means that it could not be read.
bool mustBeThere(const QString &section)
{
    static const QStringList needed{u"user"_s,   u"uid"_s,    u"host-name"_s, u"os"_s,        u"kernel"_s,     u"arch"_s,     u"cgroup"_s,       u"cpus"_s,
                                    u"memory"_s, u"disks"_s,  u"links"_s,     u"addresses"_s, u"machine-id"_s, u"swaps"_s,    u"services"_s,     u"programs"_s,
                                    u"modules"_s, u"kernel-values"_s, u"product-uuid"_s};
    return needed.contains(section);
}

void take(HostFacts &facts, const QHash<QString, QString> &sections, const QStringList &names)
{
    for (const QString &name : names) {
        const QString text = sections.value(name);
        if (text.trimmed().isEmpty() && facts.text.value(name).trimmed().isEmpty()) {
            facts.missing.removeAll(name);
            if (mustBeThere(name) || !sections.contains(name))
                facts.missing << name;
            continue;
        }
        facts.missing.removeAll(name);
        if (text.trimmed().isEmpty())
            continue;
        facts.text.insert(name, text);
        takeSection(facts, name, text);
        takeNetworkSection(facts, name, text);
        takeClusterSection(facts, name, text);
    }
    facts.listeners = readListeners(facts.text.value(u"listeners"_s), facts.text.value(u"holders"_s));
    facts.kernelValues = readKernelValues(facts.text.value(u"kernel-values"_s), facts.text.value(u"kernel-value-files"_s));
}

// The difference of the clocks: of some short questions, the one with the shortest way there and back.
Result<HostClock> readClock(RemoteHost &host, const Clock &clock, const CancelToken &token)
{
    HostClock best;
    for (int n = 0; n < 3; ++n) {
        const qint64 before = clock.nowMs();
        QElapsedTimer trip;
        trip.start();
        const auto said = host.run({{u"date"_s, u"+%s.%N"_s}, {}, false, clockMs, 4096, {}}, token);
        if (!said)
            return fail(said.error());
        const qint64 around = trip.elapsed();
        const QByteArray text = said->out.trimmed().split('\n').last();
        const qsizetype dot = text.indexOf('.');
        bool good = false;
        const qint64 seconds = text.left(dot < 0 ? text.size() : dot).toLongLong(&good);
        if (!said->isGood() || !good || seconds < 0 || seconds > 100'000'000'000)
            return best;
        bool fine = false;
        const int ms = dot < 0 ? 0 : text.mid(dot + 1, 3).toInt(&fine); // a date without %N says "N"
        const HostClock one{true, seconds * 1000 + (fine ? ms : 500) - before - around / 2, around / 2 + (fine ? 1 : 500)};
        if (!best.isKnown || one.uncertaintyMs < best.uncertaintyMs)
            best = one;
    }
    return best;
}

// What came of sudo: the answer of the second script, or that there was none.
Result<void> readAsRoot(HostFacts &facts, RemoteHost &host, const QByteArray &mark, const CancelToken &token)
{
    if (facts.rights == HostRights::NoSudo)
        return {};
    const auto said = host.run({{u"sh"_s, u"-s"_s}, factsScript(mark, true), true, rootMs, mostAnswer, {}}, token);
    if (!said && said.error().kind != ErrorKind::Forbidden && said.error().kind != ErrorKind::Auth)
        return fail(said.error());
    if (said && (said->isGood() || said->out.contains(mark))) {
        if (facts.rights == HostRights::Unknown)
            facts.rights = HostRights::SudoWithPassword;
        return addRootFacts(facts, said->out, mark);
    }
    facts.rights = HostRights::SudoRefused;
    facts.rightsText = said ? clean(said->err).trimmed().right(2000) : said.error().detail;
    return {};
}

} // namespace

bool HostFacts::isRoot() const
{
    return rights == HostRights::Root || rights == HostRights::SudoWithoutPassword || rights == HostRights::SudoWithPassword;
}

const HostKernelValue *HostFacts::kernelValue(const QString &name) const
{
    const auto found = std::find_if(kernelValues.begin(), kernelValues.end(), [&name](const HostKernelValue &one) { return one.name == name; });
    return found == kernelValues.end() ? nullptr : &*found;
}

const HostLink *HostFacts::linkWith(const QHostAddress &address) const
{
    const auto has = [&](const HostIp &ip) {
        return ip.address == address || (ip.address.isLoopback() && address.isLoopback() && address.isInSubnet(ip.address, ip.bits));
    };
    const auto ip = std::find_if(addresses.begin(), addresses.end(), has);
    if (ip == addresses.end())
        return nullptr;
    const auto link = std::find_if(links.begin(), links.end(), [&](const HostLink &one) { return one.name == ip->link; });
    return link == links.end() ? nullptr : &*link;
}

Result<HostFacts> parseFacts(const QByteArray &answer, const QByteArray &mark)
{
    const auto sections = readSections(answer, mark, userSections());
    if (!sections)
        return fail(sections.error());
    HostFacts facts;
    take(facts, *sections, userSections());
    for (const QString &name : rootSections()) {
        if (!facts.text.contains(name) && !facts.missing.contains(name) && name != u"leftovers"_s)
            facts.missing << name;
    }
    return facts;
}

Result<void> addRootFacts(HostFacts &facts, const QByteArray &answer, const QByteArray &mark)
{
    const auto sections = readSections(answer, mark, rootSections());
    if (!sections)
        return fail(sections.error());
    take(facts, *sections, rootSections());
    return {};
}

Result<HostFacts> readFacts(RemoteHost &host, const Clock &clock, CancelToken token)
{
    const auto time = readClock(host, clock, token);
    if (!time)
        return fail(time.error());
    QByteArray mark;
    for (int n = 0; n < 2; ++n)
        mark += QByteArray::number(QRandomGenerator::system()->generate64(), 16).rightJustified(16, '0');
    const auto said = host.run({{u"sh"_s, u"-s"_s}, factsScript(mark, false), false, userMs, mostAnswer, {}}, token);
    if (!said)
        return fail(said.error());
    auto facts = parseFacts(said->out, mark);
    if (!facts)
        return facts;
    facts->clock = *time;
    if (!time->isKnown)
        facts->missing << u"clock"_s;
    if (const auto asRoot = readAsRoot(*facts, host, mark, token); !asRoot)
        return fail(asRoot.error());
    return facts;
}

} // namespace kboss
