#include "app/base/error.h"

namespace kboss {

QString errorKindName(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Cancelled:
        return QStringLiteral("cancelled");
    case ErrorKind::Offline:
        return QStringLiteral("offline");
    case ErrorKind::Timeout:
        return QStringLiteral("timeout");
    case ErrorKind::Auth:
        return QStringLiteral("auth");
    case ErrorKind::Forbidden:
        return QStringLiteral("forbidden");
    case ErrorKind::NotFound:
        return QStringLiteral("not-found");
    case ErrorKind::Conflict:
        return QStringLiteral("conflict");
    case ErrorKind::Rejected:
        return QStringLiteral("rejected");
    case ErrorKind::Protocol:
        return QStringLiteral("protocol");
    case ErrorKind::Tls:
        return QStringLiteral("tls");
    case ErrorKind::Storage:
        return QStringLiteral("storage");
    case ErrorKind::Ssh:
        return QStringLiteral("ssh");
    case ErrorKind::HostKey:
        return QStringLiteral("host-key");
    case ErrorKind::Internal:
        return QStringLiteral("internal");
    }
    return QStringLiteral("internal");
}

} // namespace kboss
