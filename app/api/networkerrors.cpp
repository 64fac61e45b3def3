#include "app/api/networkerrors.h"

using namespace Qt::StringLiterals;

namespace kboss {
namespace {

ErrorKind kindOf(QNetworkReply::NetworkError code)
{
    switch (code) {
    case QNetworkReply::SslHandshakeFailedError:
        return ErrorKind::Tls;
    case QNetworkReply::OperationCanceledError:
        return ErrorKind::Cancelled;
    case QNetworkReply::TimeoutError:
    case QNetworkReply::ProxyTimeoutError:
        return ErrorKind::Timeout;
    case QNetworkReply::InsecureRedirectError:
    case QNetworkReply::TooManyRedirectsError:
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::ContentReSendError:
    case QNetworkReply::UnknownContentError:
        return ErrorKind::Protocol;
    default:
        return ErrorKind::Offline;
    }
}

} // namespace

Error networkError(QNetworkReply::NetworkError code, const QString &words, bool sent, bool answerBegun, bool isWrite)
{
    Error error;
    error.kind = kindOf(code);
    error.detail = words;
    if (code == QNetworkReply::InsecureRedirectError)
        error.detail = u"the answer leads to another server; it was not followed"_s;
    if (code == QNetworkReply::ContentReSendError)
        error.detail = u"the connection ended without an answer"_s;
    if (error.kind == ErrorKind::Tls || error.kind == ErrorKind::Cancelled)
        return error;
    if (answerBegun && error.kind == ErrorKind::Offline) {
        error.kind = ErrorKind::Protocol;
        error.detail = u"the answer was cut: "_s + words;
    }
    if (isWrite && (sent || code == QNetworkReply::ContentReSendError)) {
        if (error.kind == ErrorKind::Offline)
            error.kind = ErrorKind::Protocol;
        error.detail += u"; the request was sent once, whether it was carried out is not known"_s;
    }
    return error;
}

bool isPassing(QNetworkReply::NetworkError code)
{
    switch (code) {
    case QNetworkReply::ConnectionRefusedError:
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::HostNotFoundError:
    case QNetworkReply::TimeoutError:
    case QNetworkReply::TemporaryNetworkFailureError:
    case QNetworkReply::NetworkSessionFailedError:
    case QNetworkReply::UnknownNetworkError:
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
        return true;
    default:
        return false;
    }
}

} // namespace kboss
