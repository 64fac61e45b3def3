#include "app/ssh/remotehost.h"

#include <QCryptographicHash>

namespace kboss {

RemoteUpload uploadOf(const QByteArray &content, const QString &remotePath, int mode, bool asRoot)
{
    RemoteUpload upload;
    upload.remotePath = remotePath;
    upload.sha256 = QCryptographicHash::hash(content, QCryptographicHash::Sha256);
    upload.size = content.size();
    upload.mode = mode;
    upload.asRoot = asRoot;
    upload.read = [content](qint64 offset, qint64 most) -> Result<QByteArray> { return content.mid(offset, most); };
    return upload;
}

} // namespace kboss
