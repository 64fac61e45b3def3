#include "app/ssh/hostkey.h"

#include <QCryptographicHash>
#include <QtEndian>

namespace kboss {

QString HostKey::type() const
{
    if (blob.size() < 8)
        return {};
    const auto length = static_cast<qsizetype>(qFromBigEndian<quint32>(blob.constData()));
    if (length == 0 || length > 64 || length + 4 >= blob.size())
        return {};
    return QString::fromLatin1(blob.mid(4, length));
}

QString HostKey::fingerprint() const
{
    const QByteArray hash = QCryptographicHash::hash(blob, QCryptographicHash::Sha256);
    return QStringLiteral("SHA256:") + QString::fromLatin1(hash.toBase64(QByteArray::Base64Encoding | QByteArray::OmitTrailingEquals));
}

} // namespace kboss
