#include "app/ssh/knownhosts.h"

#include <QMessageAuthenticationCode>
#include <QRegularExpression>
#include <algorithm>

namespace kboss {

namespace {

constexpr qsizetype longestLine = 16 * 1024; // an RSA key of 16384 bits has 2.8 kB

QByteArray nameOf(const SshAddress &address)
{
    const QByteArray host = address.host.toLower().toUtf8();
    return address.port == 22 ? host : '[' + host + "]:" + QByteArray::number(address.port);
}

bool matchesHash(const QByteArray &hashed, const QByteArray &name)
{
    const QList<QByteArray> parts = hashed.split('|'); // "", "1", salt, hash
    if (parts.size() != 4 || parts[1] != "1")
        return false;
    const QByteArray salt = QByteArray::fromBase64(parts[2]), hash = QByteArray::fromBase64(parts[3]);
    return !hash.isEmpty() && QMessageAuthenticationCode::hash(name, salt, QCryptographicHash::Sha1) == hash;
}

// '*' and '?' alone, as OpenSSH has them; brackets are letters.
bool matchesPattern(QByteArrayView pattern, QByteArrayView name)
{
    qsizetype p = 0, n = 0, star = -1, mark = 0;
    while (n < name.size()) {
        if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n])) {
            ++p;
            ++n;
        } else if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            mark = n;
        } else if (star >= 0) {
            p = star + 1;
            n = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

bool matches(const KnownHostsLine &line, const QByteArray &name)
{
    if (line.names.startsWith('|'))
        return matchesHash(line.names, name);
    bool found = false;
    for (const QByteArray &pattern : line.names.split(',')) {
        const bool negated = pattern.startsWith('!');
        if (!matchesPattern(QByteArrayView(pattern).sliced(negated ? 1 : 0), name))
            continue;
        if (negated)
            return false;
        found = true;
    }
    return found;
}

bool readLine(const QByteArray &text, KnownHostsLine *line)
{
    QList<QByteArray> words = text.simplified().split(' ');
    if (words.first() == "@revoked") {
        line->revoked = true;
        words.removeFirst();
    }
    if (words.size() < 3 || words.first().startsWith('@'))
        return false;
    const auto blob = QByteArray::fromBase64Encoding(words[2], QByteArray::AbortOnBase64DecodingErrors);
    if (!blob)
        return false;
    line->names = words[0].startsWith('|') ? words[0] : words[0].toLower();
    line->key = {*blob};
    return line->key.isValid() && line->key.type() == QString::fromLatin1(words[1]);
}

} // namespace

KnownHosts readKnownHosts(const QByteArray &content)
{
    KnownHosts known;
    for (const QByteArray &raw : content.split('\n')) {
        const QByteArray text = raw.trimmed();
        if (text.isEmpty() || text.startsWith('#'))
            continue;
        KnownHostsLine line;
        if (text.startsWith("@cert-authority"))
            ++known.authorities;
        else if (text.size() > longestLine || !readLine(text, &line))
            ++known.faulty;
        else
            known.lines.push_back(std::move(line));
    }
    return known;
}

std::vector<const KnownHostsLine *> KnownHosts::of(const SshAddress &address) const
{
    const QByteArray name = nameOf(address);
    std::vector<const KnownHostsLine *> found;
    for (const KnownHostsLine &line : lines) {
        if (matches(line, name))
            found.push_back(&line);
    }
    return found;
}

std::vector<SshAddress> KnownHosts::addresses() const
{
    static const QRegularExpression withPort(QStringLiteral("^\\[([^\\]]+)\\]:(\\d{1,5})$"));
    std::vector<SshAddress> found;
    for (const KnownHostsLine &line : lines) {
        for (const QByteArray &name : line.names.split(',')) {
            if (name.isEmpty() || name.startsWith('|') || name.startsWith('!') || name.contains('*') || name.contains('?'))
                continue;
            const auto match = withPort.match(QString::fromUtf8(name));
            const SshAddress address =
                match.hasMatch() ? SshAddress{match.captured(1), match.captured(2).toUShort()} : SshAddress{QString::fromUtf8(name), 22};
            if (address.port != 0 && std::find(found.begin(), found.end(), address) == found.end())
                found.push_back(address);
        }
    }
    return found;
}

} // namespace kboss
