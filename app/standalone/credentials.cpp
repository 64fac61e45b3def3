#include "app/standalone/credentials.h"

#include "app/standalone/timestamp.h"

#include <sodium.h>

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 sessionMs = 12LL * 3600 * 1000;
constexpr qsizetype maxSessions = 10'000;
constexpr qint64 markMs = 5LL * 60 * 1000;
constexpr size_t mostMarks = 100;

QByteArray hashOf(const QByteArray &token, const QByteArray &key = {})
{
    QByteArray hash(32, '\0');
    crypto_generichash(reinterpret_cast<unsigned char *>(hash.data()), 32, reinterpret_cast<const unsigned char *>(token.constData()),
                       static_cast<unsigned long long>(token.size()),
                       reinterpret_cast<const unsigned char *>(key.isEmpty() ? nullptr : key.constData()), static_cast<size_t>(key.size()));
    return hash;
}

// Empty = there is no such user.
QByteArray storedHash(const QString &name, Database &database)
{
    auto found = runSql(database.connection(), u"SELECT password_hash FROM service_user WHERE name = ?"_s, {name});
    return found && found->next() ? found->value(0).toString().toLatin1() : QByteArray();
}

Result<QString> passwordHash(const QByteArray &password)
{
    char hash[crypto_pwhash_STRBYTES];
    if (crypto_pwhash_str(hash, password.constData(), static_cast<unsigned long long>(password.size()), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE)
        != 0)
        return fail(ErrorKind::Internal, u"not enough memory to hash a password"_s);
    return QString::fromLatin1(hash);
}

} // namespace

Credentials::Credentials(Database &database)
    : m_database(database), m_markKey([] {
          QByteArray key(crypto_generichash_KEYBYTES, '\0');
          randombytes_buf(key.data(), static_cast<size_t>(key.size()));
          return key;
      }())
{
}

Result<void> Credentials::setUser(const QString &name, const QString &password)
{
    if (name.isEmpty() || password.isEmpty())
        return fail(ErrorKind::Rejected, u"a user needs a name and a password"_s);
    const auto hash = passwordHash(password.toUtf8());
    if (!hash)
        return fail(hash.error());
    WriteTransaction write(m_database);
    const auto stored =
        runSql(write.connection(),
               u"INSERT INTO service_user(name, password_hash) VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET password_hash = excluded.password_hash"_s,
               {name, *hash});
    if (!stored)
        return fail(stored.error());
    return write.commit();
}

void Credentials::setToken(const QByteArray &token)
{
    m_tokenHash = hashOf(token);
}

bool Credentials::hasUsers() const
{
    auto users = runSql(m_database.connection(), u"SELECT 1 FROM service_user LIMIT 1"_s);
    return !users || users->next(); // a database that cannot answer lets nobody in
}

bool Credentials::required() const
{
    return !m_tokenHash.isEmpty() || hasUsers();
}

std::optional<QString> Credentials::whoIs(const QByteArray &token)
{
    const QByteArray hash = hashOf(token);
    if (!m_tokenHash.isEmpty() && sodium_memcmp(hash.constData(), m_tokenHash.constData(), 32) == 0)
        return u"token"_s;
    const std::lock_guard lock(m_mutex);
    const auto session = m_sessions.find(hash);
    if (session == m_sessions.end())
        return std::nullopt;
    if (session->endsAtMs < nowMs()) {
        m_sessions.erase(session);
        return std::nullopt;
    }
    return session->user;
}

// An unknown name (no hash) is checked against one as well, so that it takes as long as a known one.
bool Credentials::isPassword(const QByteArray &storedHash, const QByteArray &password)
{
    static const QByteArray decoy = passwordHash(QByteArrayLiteral("-")).value_or(QString()).toLatin1();
    const QByteArray &hash = storedHash.isEmpty() ? decoy : storedHash;
    const std::lock_guard hashing(m_hashing);
    const bool right = crypto_pwhash_str_verify(hash.constData(), password.constData(), static_cast<unsigned long long>(password.size())) == 0;
    return right && !storedHash.isEmpty();
}

bool Credentials::isRemembered(const QByteArray &mark)
{
    const std::lock_guard lock(m_mutex);
    const qint64 now = nowMs();
    std::erase_if(m_marks, [now](const auto &known) { return known.second < now; });
    bool found = false;
    for (const auto &[known, until] : m_marks)
        found = sodium_memcmp(known.constData(), mark.constData(), static_cast<size_t>(mark.size())) == 0 || found;
    return found;
}

void Credentials::remember(const QByteArray &mark)
{
    const std::lock_guard lock(m_mutex);
    if (m_marks.size() >= mostMarks)
        m_marks.erase(m_marks.begin());
    m_marks.emplace_back(mark, nowMs() + markMs);
}

std::optional<QString> Credentials::whoIsBasic(const QByteArray &namePassword)
{
    const qsizetype colon = namePassword.indexOf(':');
    if (colon <= 0)
        return std::nullopt;
    const QByteArray name = namePassword.left(colon), password = namePassword.mid(colon + 1);
    if (name == "token")
        return !m_tokenHash.isEmpty() && sodium_memcmp(hashOf(password).constData(), m_tokenHash.constData(), 32) == 0 ? std::optional(u"token"_s)
                                                                                                                       : std::nullopt;
    const QByteArray hash = storedHash(QString::fromUtf8(name), m_database);
    const QByteArray mark = hashOf(namePassword + '\0' + hash, m_markKey);
    if (!hash.isEmpty() && isRemembered(mark))
        return QString::fromUtf8(name);
    if (!isPassword(hash, password))
        return std::nullopt;
    remember(mark);
    return QString::fromUtf8(name);
}

std::optional<QByteArray> Credentials::signIn(const QString &name, const QString &password)
{
    if (!isPassword(storedHash(name, m_database), password.toUtf8()))
        return std::nullopt;
    QByteArray token(32, '\0');
    randombytes_buf(token.data(), 32);
    token = token.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    const std::lock_guard lock(m_mutex);
    const qint64 now = nowMs();
    m_sessions.removeIf([now](auto session) { return session->endsAtMs < now; });
    if (m_sessions.size() >= maxSessions)
        return std::nullopt;
    m_sessions.insert(hashOf(token), {name, now + sessionMs});
    return token;
}

void Credentials::signOut(const QByteArray &token)
{
    const std::lock_guard lock(m_mutex);
    m_sessions.remove(hashOf(token));
}

} // namespace kboss::standalone
