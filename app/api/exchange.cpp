#include "app/api/exchange.h"

#include "app/api/networkerrors.h"

#include <QNetworkAccessManager>
#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace kboss {
namespace {

constexpr qint64 s_plainSlice = 256 * 1024, s_packedSlice = 64 * 1024; // bytes taken in one turn of the event loop

// A body that can be read once: the network layer cannot rewind it, so it cannot send a write a second time behind our back, as it does with
// requests without a body and with buffers when a warm connection breaks.
class OnceBody final : public QIODevice {
public:
    explicit OnceBody(QByteArray data) : m_data(std::move(data)) { open(QIODevice::ReadOnly); }
    qint64 size() const override { return m_data.size(); }
    bool reset() override { return false; }

protected:
    qint64 readData(char *to, qint64 wanted) override
    {
        const qint64 count = qMin(wanted, m_data.size() - pos());
        if (count <= 0)
            return -1;
        memcpy(to, m_data.constData() + pos(), static_cast<size_t>(count));
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_data;
};

// Codes by which the network layer repeats an HTTP status; the answer itself is whole.
bool isHttpStatus(QNetworkReply::NetworkError code)
{
    switch (code) {
    case QNetworkReply::ContentAccessDenied:
    case QNetworkReply::ContentOperationNotPermittedError:
    case QNetworkReply::ContentNotFoundError:
    case QNetworkReply::AuthenticationRequiredError:
    case QNetworkReply::ContentConflictError:
    case QNetworkReply::ContentGoneError:
    case QNetworkReply::UnknownContentError:
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::InternalServerError:
    case QNetworkReply::OperationNotImplementedError:
    case QNetworkReply::ServiceUnavailableError:
    case QNetworkReply::UnknownServerError:
        return true;
    default:
        return false;
    }
}

} // namespace

Exchange::Exchange(QNetworkAccessManager &network, const QNetworkRequest &request, const WireRequest &wire, bool isWrite, Deadlines deadlines,
                   qint64 maxBytes, QObject *parent)
    : QObject(parent), m_maxBytes(maxBytes), m_deadlines(deadlines), m_isWrite(isWrite),
      m_tellsSent(deadlines.tellsSent && (!isWrite || !wire.body.isEmpty()))
{
    if (isWrite || !wire.body.isEmpty()) {
        auto *body = new OnceBody(wire.body);
        m_reply = network.sendCustomRequest(request, wire.method, body);
        body->setParent(m_reply);
    } else if (wire.method == "GET") {
        m_reply = network.get(request);
    } else {
        m_reply = network.sendCustomRequest(request, wire.method);
    }
    constexpr qint64 readAhead = 4 * 1024 * 1024;
    m_reply->setReadBufferSize(readAhead);
    m_clock.start();
    connect(m_reply, &QNetworkReply::encrypted, &m_connectTimer, &QTimer::stop);
    connect(m_reply, &QNetworkReply::requestSent, this, &Exchange::onSent);
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &Exchange::onHead);
    connect(m_reply, &QNetworkReply::readyRead, this, &Exchange::onBytes);
    connect(m_reply, &QNetworkReply::sslErrors, this, &Exchange::onTlsErrors);
    connect(m_reply, &QNetworkReply::finished, this, &Exchange::onFinished);
    m_connectTimer.setSingleShot(true);
    m_firstByteTimer.setSingleShot(true);
    m_nextSlice.setSingleShot(true);
    connect(&m_nextSlice, &QTimer::timeout, this, &Exchange::takeSlice);
    connect(&m_connectTimer, &QTimer::timeout, this, [this] { onDeadline(u"no connection within %1 ms"_s.arg(m_deadlines.connectMs), true); });
    connect(&m_firstByteTimer, &QTimer::timeout, this, [this] { onDeadline(u"no answer within %1 ms"_s.arg(m_deadlines.firstByteMs), false); });
    // Where the network layer does not tell when a request has left, connecting and the first byte share one deadline.
    if (m_tellsSent)
        m_connectTimer.start(deadlines.connectMs);
    m_firstByteTimer.start(deadlines.firstByteMs + deadlines.connectMs);
}

Exchange::~Exchange()
{
    cancel();
}

void Exchange::cancel()
{
    if (m_ended)
        return;
    m_ended = true;
    m_connectTimer.stop();
    m_firstByteTimer.stop();
    m_nextSlice.stop();
    disconnect(m_reply, nullptr, this, nullptr);
    m_reply->abort();
    m_reply->deleteLater();
}

void Exchange::onSent()
{
    m_sent = true;
    m_connectTimer.stop();
    m_firstByteTimer.start(m_deadlines.firstByteMs);
}

void Exchange::onHead()
{
    if (m_headSeen || m_ended)
        return;
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 0)
        return;
    m_headSeen = m_sent = true;
    m_connectTimer.stop();
    m_firstByteTimer.stop();
    m_result.status = status;
    m_result.firstByteMs = m_clock.elapsed();
    m_result.http2 = m_reply->attribute(QNetworkRequest::Http2WasUsedAttribute).toBool();
    m_result.contentType = m_reply->rawHeader("Content-Type");
    m_result.retryAfter = m_reply->rawHeader("Retry-After");
    const QByteArray encoding = m_reply->rawHeader("Content-Encoding").trimmed().toLower();
    if (encoding == "gzip" || encoding == "deflate" || encoding == "x-gzip")
        m_inflater = std::make_unique<Inflater>(m_maxBytes);
    else if (!encoding.isEmpty() && encoding != "identity")
        stop({ErrorKind::Protocol, u"the answer is encoded in a way nobody asked for"_s, {}, {}, {}, status}, false);
    else if (m_reply->rawHeader("Content-Length").toLongLong() > m_maxBytes)
        stop({ErrorKind::Protocol, u"the answer is larger than %1 bytes"_s.arg(m_maxBytes), {}, {}, {}, status}, false);
    if (!m_ended)
        makeRoom();
}

// A body that grows is copied again and again, megabytes at a time on the caller's thread: room for all of it beforehand, of which only what is used
// is taken.
void Exchange::makeRoom()
{
    constexpr qint64 packing = 10, most = 64 * 1024 * 1024; // JSON packs about so well
    const qint64 length = m_reply->rawHeader("Content-Length").toLongLong();
    m_result.body.reserve(std::clamp(m_inflater ? length * packing : length, qint64(0), std::min(m_maxBytes, most)));
}

void Exchange::onBytes()
{
    onHead();
    if (!m_ended)
        takeSlice();
}

// What is left is taken in later turns of the event loop (by a timer: queued calls run in the same turn), since unpacking megabytes at once would
// hold up the thread.
void Exchange::takeSlice()
{
    if (m_nextSlice.isActive())
        return;
    take(m_reply->read(m_inflater ? s_packedSlice : s_plainSlice));
    if (m_ended)
        return;
    if (m_reply->bytesAvailable() > 0)
        m_nextSlice.start();
    else if (m_reply->isFinished())
        onWhole();
}

void Exchange::take(const QByteArray &bytes)
{
    m_result.bytes += bytes.size();
    if (m_inflater) {
        if (auto fed = m_inflater->feed(bytes, m_result.body); !fed)
            stop(fed.error(), false);
    } else if (m_result.body.size() + bytes.size() > m_maxBytes) {
        stop({ErrorKind::Protocol, u"the answer is larger than %1 bytes"_s.arg(m_maxBytes), {}, {}, {}, m_result.status}, false);
    } else {
        m_result.body.append(bytes);
    }
}

void Exchange::onTlsErrors(const QList<QSslError> &errors)
{
    QStringList reasons;
    for (const QSslError &error : errors)
        reasons.append(error.errorString());
    m_tlsReason = reasons.join(u"; "_s);
}

void Exchange::onDeadline(const QString &what, bool passing)
{
    QString detail = what;
    if (m_isWrite && (m_sent || !m_tellsSent))
        detail += u"; the request was sent once, whether it was carried out is not known"_s;
    stop({ErrorKind::Timeout, detail, {}, {}, {}, m_result.status}, passing && !m_isWrite);
}

void Exchange::onFinished()
{
    if (m_ended)
        return;
    onHead();
    if (m_ended)
        return;
    const QNetworkReply::NetworkError code = m_reply->error();
    if (code == QNetworkReply::NoError || (m_headSeen && isHttpStatus(code))) {
        takeSlice();
        return;
    }
    const QString words = m_tlsReason.isEmpty() ? m_reply->errorString() : m_tlsReason;
    m_result.error = networkError(code, words, m_sent, m_headSeen, m_isWrite);
    m_result.error->httpStatus = m_result.status;
    m_result.passing = isPassing(code);
    end();
}

void Exchange::onWhole()
{
    if (m_inflater && !m_inflater->isComplete() && m_result.bytes > 0)
        m_result.error = Error{ErrorKind::Protocol, u"the answer was cut: its compressed data does not end"_s, {}, {}, {}, m_result.status};
    end();
}

void Exchange::stop(Error error, bool passing)
{
    m_result.error = std::move(error);
    m_result.passing = passing;
    m_result.body.clear();
    m_ended = true; // before abort(), which emits finished()
    m_reply->abort();
    end();
}

void Exchange::end()
{
    m_ended = true;
    m_connectTimer.stop();
    m_firstByteTimer.stop();
    m_nextSlice.stop();
    m_result.elapsedMs = m_clock.elapsed();
    disconnect(m_reply, nullptr, this, nullptr);
    m_reply->deleteLater();
    QMetaObject::invokeMethod(this, &Exchange::finished, Qt::QueuedConnection); // whoever listens may destroy this object
}

} // namespace kboss
