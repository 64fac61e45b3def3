#include "app/base/secretnames.h"

#include "app/base/jsonscrub.h"

#include <QUrl>
#include <array>

namespace kboss {
namespace {

constexpr std::string_view dotsUtf8 = "\u2022\u2022\u2022\u2022\u2022\u2022";

// Parts of names, compared without case and without '_', '-', '.', blanks.
constexpr std::array<std::string_view, 32> parts = {
    "password", "passwd",      "psssword",      "pssword",    "passphrase",       "passcode",   "pwd",         "psw",
    "secret",   "token",       "authorization", "cookie",     "credential",       "kubeconfig", "clusterjoin", "joincommand",
    "apikey",   "appkey",      "accesskey",     "privatekey", "secretkey",        "aeskey",     "signingkey",  "encryptionkey",
    "sshkey",   "providerkey", "sessionid",     "wechatcode", "verificationcode", "authcode",   "idtoken",     "bearer"};

// Whole names that are too short to be looked for inside others.
constexpr std::array<std::string_view, 7> wholes = {"pass", "pin", "vcode", "jwt", "auth", "session", "otp"};

// Where a page of a list goes on is no secret.
bool isPlaceInList(std::string_view folded)
{
    constexpr std::array<std::string_view, 5> ends = {"pagetoken", "continuetoken", "synctoken", "nexttoken", "cursortoken"};
    for (const auto end : ends) {
        if (folded.size() >= end.size() && folded.substr(folded.size() - end.size()) == end)
            return true;
    }
    return false;
}

QString masked()
{
    return QString::fromUtf8(dotsUtf8.data(), static_cast<qsizetype>(dotsUtf8.size()));
}

QString decoded(QStringView piece)
{
    QByteArray bytes = piece.toUtf8();
    bytes.replace('+', ' ');
    return QString::fromUtf8(QByteArray::fromPercentEncoding(bytes));
}

QString redactValue(QStringView value)
{
    const QString plain = decoded(value).trimmed();
    if (plain.startsWith(u'{') || plain.startsWith(u'[')) {
        const QByteArray json = plain.toUtf8();
        std::string out;
        if (scrubJson({json.constData(), static_cast<size_t>(json.size())}, SecretMember::Mask, out))
            return QString::fromUtf8(QUrl::toPercentEncoding(QString::fromStdString(out)));
        return masked();
    }
    if (plain.contains(QLatin1String("://")))
        return QString::fromUtf8(QUrl::toPercentEncoding(redactUrl(plain)));
    return value.toString();
}

QString redactPairs(QStringView query)
{
    QStringList out;
    for (const QStringView pair : query.split(u'&')) {
        const qsizetype equals = pair.indexOf(u'=');
        if (equals < 0) {
            out.append(pair.toString());
            continue;
        }
        const QByteArray name = decoded(pair.left(equals)).toUtf8();
        const bool secret = isSecretName({name.constData(), static_cast<size_t>(name.size())});
        out.append(pair.left(equals + 1).toString() + (secret ? masked() : redactValue(pair.mid(equals + 1))));
    }
    return out.join(u'&');
}

// "//user:password@host" -> "//••••••@host"
QString redactAuthority(const QString &head)
{
    const qsizetype slashes = head.indexOf(QLatin1String("//"));
    if (slashes < 0)
        return head;
    const qsizetype from = slashes + 2;
    qsizetype to = head.indexOf(u'/', from);
    if (to < 0)
        to = head.size();
    const qsizetype at = QStringView(head).left(to).lastIndexOf(u'@');
    return at < from ? head : head.left(from) + masked() + head.mid(at);
}

} // namespace

bool isSecretName(std::string_view name)
{
    char buffer[64];
    size_t size = 0;
    for (const char c : name) {
        if (c == '_' || c == '-' || c == '.' || c == ' ')
            continue;
        if (size == sizeof buffer)
            return isSecretName(name.substr(0, 60)) || isSecretName(name.substr(40)); // windows overlap by more than the longest part
        buffer[size++] = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    }
    const std::string_view folded(buffer, size);
    for (const auto whole : wholes) {
        if (folded == whole)
            return true;
    }
    for (const auto part : parts) {
        if (folded.find(part) != std::string_view::npos)
            return part != "token" || !isPlaceInList(folded);
    }
    return false;
}

QString redactUrl(const QString &url)
{
    const qsizetype hash = url.indexOf(u'#');
    const QString beforeHash = hash < 0 ? url : url.left(hash);
    const qsizetype question = beforeHash.indexOf(u'?');
    QString out = redactAuthority(question < 0 ? beforeHash : beforeHash.left(question));
    if (question >= 0)
        out += u'?' + redactPairs(QStringView(beforeHash).mid(question + 1));
    if (hash >= 0)
        out += u'#' + redactPairs(QStringView(url).mid(hash + 1));
    return out;
}

QByteArray redactJson(const QByteArray &body)
{
    std::string out;
    out.reserve(static_cast<size_t>(body.size()));
    if (QString::fromUtf8(body).toUtf8() == body && scrubJson({body.constData(), static_cast<size_t>(body.size())}, SecretMember::Mask, out))
        return QByteArray::fromStdString(out);
    const QByteArray head = body.left(256).trimmed();
    const char *type = head.isEmpty()                  ? "empty"
        : head.startsWith('<')                         ? "markup"
        : head.startsWith('{') || head.startsWith('[') ? "damaged JSON"
                                                       : "text";
    return "[" + QByteArray(type) + ", " + QByteArray::number(body.size()) + " bytes]";
}

} // namespace kboss
