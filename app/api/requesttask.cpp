#include "app/api/requesttask.h"

#include "app/api/addresspolicy.h"
#include "app/api/clientcore.h"
#include "app/api/jsonscan.h"
#include "app/api/requestsecrets.h"
#include "app/api/retrypolicy.h"
#include "app/base/secretnames.h"

#include <QDateTime>
#include <QFutureWatcher>
#include <QRandomGenerator>
#include <QThreadPool>

using namespace Qt::StringLiterals;

namespace kboss {
namespace {

QString newRequestId()
{
    return u"%1"_s.arg(QRandomGenerator::global()->generate64(), 16, 16, QLatin1Char('0'));
}

// Off the GUI thread for answers that take more than a moment to look through.
constexpr qsizetype inlineCheckBytes = 32 * 1024;

Result<void> checkAnswer(const Operation &operation, const WireResponse &response, int maxDepth)
{
    if (!jsonDepthWithin(response.body, maxDepth))
        return fail(ErrorKind::Protocol, u"the answer nests deeper than %1"_s.arg(maxDepth));
    return checkEnvelope(operation, response);
}

} // namespace

RequestTask::RequestTask(ClientCore &core, std::shared_ptr<const Operation> operation, WireRequest wire, const Call &call, const CancelToken &cancel)
    : QObject(&core), m_core(core), m_operation(std::move(operation)), m_wire(std::move(wire)), m_secrets(secretsOf(*m_operation, call))
{
    m_promise.start();
    m_age.start();
    m_totalTimer.setSingleShot(true);
    m_pauseTimer.setSingleShot(true);
    connect(&m_pauseTimer, &QTimer::timeout, this, [this] { m_core.enqueue(this); });
    connect(&m_totalTimer, &QTimer::timeout, this, [this] { finish(fail(ErrorKind::Timeout, u"not done within %1 ms"_s.arg(totalMs()))); });
    m_totalTimer.start(totalMs());
    if (cancel.stop_possible()) {
        m_onStop.emplace(cancel, [this] {
            QMetaObject::invokeMethod(
                this, [this] { finish(fail(ErrorKind::Cancelled, u"cancelled"_s)); }, Qt::QueuedConnection);
        });
    }
}

RequestTask::~RequestTask() = default;

int RequestTask::totalMs() const
{
    return m_operation->slowSeconds > 0 ? m_operation->slowSeconds * 1000 : m_core.limits().totalMs;
}

int RequestTask::firstByteMs() const
{
    return m_operation->slowSeconds > 0 ? m_operation->slowSeconds * 1000 : m_core.limits().firstByteMs;
}

void RequestTask::run()
{
    ++m_attempt;
    m_requestId = newRequestId();
    m_signInsSeen = m_core.signIns();
    WireRequest wire = m_wire;
    if (m_operation->needsSignIn)
        m_core.signIn().decorate(wire, m_operation->service, m_core.settings().bases);
    m_exchange = new Exchange(m_core.network(), networkRequest(wire), wire, !m_operation->isRead(),
                              {m_core.limits().connectMs, firstByteMs(), !m_core.speaksHttp2(m_wire.url)}, m_core.limits().maxBytes, this);
    connect(m_exchange, &Exchange::finished, this, &RequestTask::onExchangeFinished);
}

QNetworkRequest RequestTask::networkRequest(const WireRequest &wire) const
{
    QNetworkRequest request(wire.url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         m_operation->isRead() ? QNetworkRequest::SameOriginRedirectPolicy : QNetworkRequest::ManualRedirectPolicy);
    request.setMaximumRedirectsAllowed(3);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, true);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setRawHeader("Accept", "application/json");
    request.setRawHeader("Accept-Language", m_core.settings().language.toLatin1());
    request.setRawHeader("Accept-Encoding", isLoopback(wire.url.host()) && !m_core.limits().gzipOnLoopback ? "identity" : "gzip");
    request.setRawHeader("User-Agent", "kboss-console/" KBOSS_VERSION);
    request.setRawHeader("X-Request-Id", m_requestId.toLatin1());
    for (const auto &[name, value] : wire.headers)
        request.setRawHeader(name, value);
    m_core.applyTls(request);
    return request;
}

void RequestTask::onExchangeFinished()
{
    const ExchangeResult result = m_exchange->result();
    m_exchange->deleteLater();
    m_exchange = nullptr;
    m_core.release(this);
    m_lastStatus = result.status;
    m_lastElapsedMs = result.elapsedMs;
    m_lastBytes = result.bytes;
    const bool oneRefusal = result.status == 503 && !m_operation->isRead() && m_operation->needsSignIn; // of a write: the service is there
    if (!oneRefusal)
        m_core.noteExchange(m_wire.url, result);
    if (tryAgain(result))
        return;
    if (result.error)
        finish(fail(*result.error));
    else
        onAnswer(result);
}

// Reads only, and only while the total deadline leaves room for the pause.
bool RequestTask::tryAgain(const ExchangeResult &exchange)
{
    const bool passing = exchange.error ? exchange.passing : isPassingStatus(exchange.status);
    if (!m_operation->isRead() || !passing || m_attempt > m_core.limits().readRetries)
        return false;
    qint64 pause = backoffDelay(m_core.limits().backoffMs, m_attempt);
    if (!exchange.error)
        pause = qMax(pause, parseRetryAfter(exchange.retryAfter, QDateTime::currentMSecsSinceEpoch()).value_or(0));
    if (m_age.elapsed() + pause >= totalMs())
        return false;
    log(exchange.status, exchange.elapsedMs, exchange.bytes, exchange.error ? exchange.error->detail : u"to be repeated"_s);
    m_pauseTimer.start(static_cast<int>(pause));
    return true;
}

void RequestTask::onAnswer(const ExchangeResult &exchange)
{
    if (exchange.status == 401 && m_operation->needsSignIn && !m_signInTried && m_core.canSignIn(this)) {
        m_signInTried = true;
        log(exchange.status, exchange.elapsedMs, exchange.bytes, u"sign-in needed"_s);
        m_core.waitForSignIn(this);
        return;
    }
    constexpr QByteArrayView byteOrderMark("\xEF\xBB\xBF");
    QByteArray body = exchange.body;
    if (body.startsWith(byteOrderMark))
        body.remove(0, byteOrderMark.size());
    check({exchange.status, exchange.contentType, body, m_requestId, exchange.elapsedMs});
}

void RequestTask::check(WireResponse response)
{
    const int maxDepth = m_core.limits().maxDepth;
    if (response.body.size() <= inlineCheckBytes) {
        onChecked(response, checkAnswer(*m_operation, response, maxDepth));
        return;
    }
    QPromise<Result<void>> promise;
    promise.start();
    auto *watcher = new QFutureWatcher<Result<void>>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, response] { onChecked(response, watcher->result()); });
    watcher->setFuture(promise.future());
    auto work = [promise = std::make_shared<QPromise<Result<void>>>(std::move(promise)), response, maxDepth, operation = m_operation] {
        promise->addResult(checkAnswer(*operation, response, maxDepth));
        promise->finish();
    };
    QThreadPool::globalInstance()->start(std::move(work));
}

void RequestTask::onChecked(const WireResponse &response, const Result<void> &checked)
{
    if (checked)
        finish(response);
    else
        finish(fail(checked.error()));
}

void RequestTask::finish(Result<WireResponse> result)
{
    if (m_done)
        return;
    m_done = true;
    m_onStop.reset();
    m_totalTimer.stop();
    m_pauseTimer.stop();
    if (m_exchange)
        m_exchange->cancel();
    if (!result)
        result = fail(completed(result.error()));
    const QString words = result ? QString() : errorKindName(result.error().kind) + u": "_s + result.error().detail;
    log(m_lastStatus, m_attempt > 0 ? m_lastElapsedMs : m_age.elapsed(), m_lastBytes, words);
    m_core.forget(this, result);
    deleteLater();
    QPromise<Result<WireResponse>> promise = std::move(m_promise);
    promise.addResult(std::move(result));
    promise.finish(); // last: a handler may destroy the client
}

Error RequestTask::completed(Error error) const
{
    error.detail = scrubbed(error.detail);
    error.operation = m_operation->id;
    error.requestId = m_requestId;
    if (error.httpStatus == 0)
        error.httpStatus = m_lastStatus;
    return error;
}

QString RequestTask::scrubbed(QString text) const
{
    for (const QString &secret : m_secrets)
        text.replace(secret, u"••••••"_s);
    return text;
}

void RequestTask::log(int status, qint64 elapsedMs, qint64 bytes, const QString &error) const
{
    if (!m_core.log())
        return;
    RequestLogEntry entry;
    entry.id = m_requestId;
    entry.atMs = QDateTime::currentMSecsSinceEpoch();
    entry.operation = m_operation->id;
    entry.method = QString::fromLatin1(m_wire.method);
    entry.url = redactUrl(m_wire.url.toString(QUrl::FullyEncoded));
    entry.status = status;
    entry.elapsedMs = elapsedMs;
    entry.bytes = bytes;
    entry.attempt = m_attempt;
    entry.error = scrubbed(error);
    m_core.log()->append(entry);
}

} // namespace kboss
