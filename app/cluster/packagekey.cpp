#include "app/cluster/packagekey.h"

#include "app/cluster/kubeadmconfig.h"

#include <QCryptographicHash>
#include <optional>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr auto beginLine = "-----BEGIN PGP PUBLIC KEY BLOCK-----", endLine = "-----END PGP PUBLIC KEY BLOCK-----";
constexpr qsizetype mostKey = 256 * 1024;
constexpr int publicKey = 6, secretKey = 5, secretSubkey = 7;

Unexpected noKey(const QString &why)
{
    return fail(ErrorKind::Protocol, u"what the package repository gives as its key is none: %1"_s.arg(why));
}

Result<QByteArray> withoutArmour(const QByteArray &text)
{
    if (text.size() > mostKey || text.count(beginLine) != 1 || text.count(endLine) != 1)
        return noKey(u"one block of a public key is expected"_s);
    const qsizetype begin = text.indexOf(beginLine), end = text.indexOf(endLine);
    if (end < begin)
        return noKey(u"its block has no end"_s);
    QByteArray coded;
    bool inBody = false;
    const QList<QByteArray> lines = text.mid(begin, end - begin).split('\n');
    for (qsizetype i = 1; i < lines.size(); ++i) { // headers, an empty line, base64, perhaps a sum
        const QByteArray line = lines.at(i).trimmed();
        if (!inBody)
            inBody = line.isEmpty();
        else if (!line.startsWith('='))
            coded += line;
    }
    const auto decoded = QByteArray::fromBase64Encoding(coded, QByteArray::AbortOnBase64DecodingErrors);
    return decoded && !decoded.decoded.isEmpty() ? Result<QByteArray>(decoded.decoded) : noKey(u"it is no base64"_s);
}

// Takes bytes from the front.
class Reader {
public:
    explicit Reader(const QByteArray &bytes) : m_bytes(bytes) { }

    bool atEnd() const { return m_at == m_bytes.size(); }
    std::optional<qint64> number(int octets)
    {
        if (m_bytes.size() - m_at < octets)
            return std::nullopt;
        qint64 value = 0;
        for (int i = 0; i < octets; ++i)
            value = value * 256 + static_cast<uchar>(m_bytes.at(m_at++));
        return value;
    }
    std::optional<QByteArray> part(qint64 size)
    {
        if (size < 0 || m_bytes.size() - m_at < size)
            return std::nullopt;
        const QByteArray taken = m_bytes.mid(m_at, static_cast<qsizetype>(size));
        m_at += static_cast<qsizetype>(size);
        return taken;
    }

private:
    const QByteArray &m_bytes;
    qsizetype m_at = 0;
};

// Packets of indeterminate and partial length have no place in a key.
std::optional<qint64> lengthOf(Reader &reader, int header)
{
    if (!(header & 0x40)) {
        static constexpr int octets[] = {1, 2, 4};
        const int kind = header & 3;
        return kind == 3 ? std::nullopt : reader.number(octets[kind]);
    }
    const auto first = reader.number(1);
    if (!first || *first < 192)
        return first;
    if (*first == 255)
        return reader.number(4);
    const auto second = *first < 224 ? reader.number(1) : std::nullopt;
    return second ? std::optional<qint64>((*first - 192) * 256 + *second + 192) : std::nullopt;
}

Result<QString> fingerprintOf(const QByteArray &body)
{
    if (body.isEmpty() || body.at(0) != 4 || body.size() > 0xffff)
        return noKey(u"it is not of version 4"_s);
    QByteArray hashed("\x99", 1);
    hashed += static_cast<char>(body.size() >> 8);
    hashed += static_cast<char>(body.size() & 0xff);
    return QString::fromLatin1(QCryptographicHash::hash(hashed + body, QCryptographicHash::Sha1).toHex().toUpper());
}

} // namespace

Result<QStringList> packageKeyFingerprints(const QByteArray &armoured)
{
    const auto content = withoutArmour(armoured);
    if (!content)
        return fail(content.error());
    QStringList fingerprints;
    for (Reader reader(*content); !reader.atEnd();) {
        const int header = static_cast<int>(reader.number(1).value_or(0));
        const auto length = header & 0x80 ? lengthOf(reader, header) : std::nullopt;
        const auto body = length ? reader.part(*length) : std::nullopt;
        if (!body)
            return noKey(u"a packet of it is cut"_s);
        const int tag = header & 0x40 ? header & 0x3f : (header >> 2) & 0xf;
        if (tag == secretKey || tag == secretSubkey)
            return noKey(u"there is a secret key in it"_s);
        if (tag != publicKey)
            continue;
        const auto fingerprint = fingerprintOf(*body);
        if (!fingerprint)
            return fail(fingerprint.error());
        fingerprints << *fingerprint;
    }
    return fingerprints.isEmpty() ? Result<QStringList>(noKey(u"there is no key in it"_s)) : fingerprints;
}

Result<QByteArray> publishedKeyOf(const QByteArray &armoured)
{
    const auto found = packageKeyFingerprints(armoured);
    if (!found)
        return fail(found.error());
    if (*found != QStringList{QString::fromLatin1(publishedPackageKey)})
        return fail(ErrorKind::Rejected,
                    u"the package repository's key is %1, and Kubernetes' packages are signed with %2: nothing was installed from there. Take "
                    u"another mirror, or "
                    u"bring the packages along as files"_s.arg(found->join(u", "_s), QString::fromLatin1(publishedPackageKey)),
                    u"packageMirror"_s);
    const QByteArray coded = withoutArmour(armoured)->toBase64();
    QByteArray block = QByteArray(beginLine) + "\n\n";
    for (qsizetype at = 0; at < coded.size(); at += 64)
        block += coded.mid(at, 64) + '\n';
    return block + endLine + '\n';
}

bool isPlainPackageSource(const InstallPlan &plan)
{
    return packageRoot(plan).startsWith(u"http://"_s, Qt::CaseInsensitive);
}

Result<void> judgePackageSource(const InstallPlan &plan, const QString &host)
{
    if (!isPlainPackageSource(plan) || plan.acceptedProblems.contains(host + u'/' + QLatin1String(packageSourceCheck)))
        return {};
    return fail(
        ErrorKind::Rejected,
        u"%1 is plain http: whoever is on the way sees and may hold back what is installed. Take https, or let the check %2 of %3 pass by name"_s.arg(
            packageRoot(plan), QLatin1String(packageSourceCheck), host),
        u"packageMirror"_s);
}

} // namespace kboss
