#include "app/standalone/keyfile.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryFile>
#include <sodium.h>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

constexpr auto checkKey = "key_check";
constexpr auto checkText = "kboss-service";

const unsigned char *bytes(const QByteArray &data)
{
    return reinterpret_cast<const unsigned char *>(data.constData());
}
unsigned char *bytes(QByteArray &data)
{
    return reinterpret_cast<unsigned char *>(data.data());
}

Result<QByteArray> readKey(const QString &file)
{
    QFile input(file);
    if (!input.open(QIODevice::ReadOnly))
        return fail(ErrorKind::Storage, u"cannot read the key file %1: %2"_s.arg(file, input.errorString()));
#ifdef Q_OS_UNIX
    constexpr auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    if (input.permissions() & others)
        return fail(ErrorKind::Storage, u"the key file %1 may be read by others; take their rights away (chmod 600)"_s.arg(file));
#endif
    QByteArray key = QByteArray::fromHex(input.read(1000).trimmed());
    if (key.size() != static_cast<qsizetype>(crypto_secretbox_KEYBYTES))
        return fail(ErrorKind::Storage, u"%1 is not a key file of this program"_s.arg(file));
    return key;
}

// Written beside and linked into place: there is never a half-written key, and one that is there already is never replaced.
Result<QByteArray> makeKey(const QString &file)
{
    QByteArray key(static_cast<qsizetype>(crypto_secretbox_KEYBYTES), '\0');
    crypto_secretbox_keygen(bytes(key));
    QTemporaryFile draft(file + u".XXXXXX"_s); // 0600 from its creation
    if (!draft.open() || draft.write(key.toHex() + '\n') < 0 || !draft.flush())
        return fail(ErrorKind::Storage, u"cannot write the key file %1: %2"_s.arg(file, draft.errorString()));
#ifdef Q_OS_UNIX
    ::fsync(draft.handle());
    if (::link(QFile::encodeName(draft.fileName()).constData(), QFile::encodeName(file).constData()) != 0)
        return fail(ErrorKind::Storage, u"cannot make the key file %1"_s.arg(file));
#else
    draft.setAutoRemove(false);
    draft.close();
    if (!draft.rename(file))
        return fail(ErrorKind::Storage, u"cannot make the key file %1"_s.arg(file));
#endif
    return key;
}

} // namespace

SecretBox::~SecretBox()
{
    if (!m_key.isEmpty())
        sodium_memzero(m_key.data(), static_cast<size_t>(m_key.size()));
}

Result<SecretBox> SecretBox::open(const QString &keyFile, Database &database)
{
    const auto check = database.meta(QLatin1String(checkKey));
    if (!check)
        return fail(check.error());
    const bool exists = QFileInfo::exists(keyFile);
    if (!exists && !check->isEmpty())
        return fail(ErrorKind::Storage,
                    u"the key file %1 is missing: the passwords in %2 cannot be read without it; put it back, or name it with --key-file"_s.arg(
                        keyFile, database.file()));
    auto key = exists ? readKey(keyFile) : makeKey(keyFile);
    if (!key)
        return fail(key.error());
    SecretBox box(std::move(*key));
    if (check->isEmpty()) {
        if (auto stored = database.setMeta(QLatin1String(checkKey), box.seal(QLatin1String(checkText))); !stored)
            return fail(stored.error());
        return box;
    }
    const auto opened = box.unseal(*check);
    if (!opened || *opened != QLatin1String(checkText))
        return fail(ErrorKind::Storage, u"the key file %1 belongs to another database than %2"_s.arg(keyFile, database.file()));
    return box;
}

QString SecretBox::seal(const QString &secret) const
{
    const QByteArray plain = secret.toUtf8();
    QByteArray sealed(static_cast<qsizetype>(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES) + plain.size(), '\0');
    randombytes_buf(sealed.data(), crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(bytes(sealed) + crypto_secretbox_NONCEBYTES, bytes(plain), static_cast<unsigned long long>(plain.size()),
                          bytes(std::as_const(sealed)), bytes(m_key));
    return QString::fromLatin1(sealed.toBase64());
}

Result<QString> SecretBox::unseal(const QString &sealed) const
{
    const QByteArray box = QByteArray::fromBase64(sealed.toLatin1());
    const auto overhead = static_cast<qsizetype>(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES);
    if (box.size() < overhead)
        return fail(ErrorKind::Storage, u"a stored password is damaged"_s);
    QByteArray plain(box.size() - overhead, '\0');
    if (crypto_secretbox_open_easy(bytes(plain), bytes(box) + crypto_secretbox_NONCEBYTES,
                                   static_cast<unsigned long long>(box.size()) - crypto_secretbox_NONCEBYTES, bytes(box), bytes(m_key))
        != 0)
        return fail(ErrorKind::Storage, u"a stored password was not made with this key"_s);
    return QString::fromUtf8(plain);
}

} // namespace kboss::standalone
