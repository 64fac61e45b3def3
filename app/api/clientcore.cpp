#include "app/api/clientcore.h"

#include "app/api/addresspolicy.h"

#include <QFuture>
#include <QNetworkCookieJar>
#include <QSslConfiguration>

using namespace Qt::StringLiterals;

namespace kboss {
namespace {

// As many as the network layer has connections for one server: a task that runs is never queued unseen behind another.
constexpr qsizetype maxParallel = 6;

template <class T> QFuture<Result<T>> ended(Error error, const QString &operation)
{
    error.operation = operation;
    return QtFuture::makeReadyFuture(Result<T>(fail(std::move(error))));
}

} // namespace

ClientCore::ClientCore(std::shared_ptr<const ContractSet> contracts, ServerSettings settings, std::shared_ptr<SignIn> signIn, RequestLog *log,
                       ClientLimits limits)
    : m_contracts(std::move(contracts)), m_settings(std::move(settings)), m_signIn(signIn ? std::move(signIn) : makeNoSignIn()), m_log(log),
      m_limits(limits), m_network(std::make_unique<QNetworkAccessManager>()), m_tls(QSslConfiguration::defaultConfiguration()),
      m_localWatch(m_settings.bases.values())
{
    watchLocalServers();
    m_network->setProxyFactory(new ClientProxyFactory(m_settings.proxyMode, m_settings.manualProxy));
    m_network->setAutoDeleteReplies(false);
    m_tls.setProtocol(QSsl::TlsV1_2OrLater);
    if (!m_settings.extraCas.isEmpty())
        m_tls.setCaCertificates(QSslConfiguration::systemCaCertificates() + m_settings.extraCas);
}

ClientCore::~ClientCore()
{
    m_closing = true;
    const QList<RequestTask *> tasks = m_tasks;
    for (RequestTask *task : tasks)
        task->finish(fail(ErrorKind::Cancelled, u"the connection was closed"_s));
    endSignIn(fail(ErrorKind::Cancelled, u"the connection was closed"_s));
    qDeleteAll(findChildren<RequestTask *>(QString(), Qt::FindDirectChildrenOnly));
}

void ClientCore::watchLocalServers()
{
    connect(&m_localWatch, &LocalWatch::gone, this, [this] {
        if (m_connection != ApiClient::Connection::SignedOut)
            setConnection(ApiClient::Connection::Offline);
    });
    connect(&m_localWatch, &LocalWatch::returned, this, [this] {
        if (m_connection == ApiClient::Connection::Offline)
            setConnection(ApiClient::Connection::Unknown); // worth a try now
    });
}

void ClientCore::applyTls(QNetworkRequest &request) const
{
    QSslConfiguration tls = m_tls;
    tls.setAllowedNextProtocols({QSslConfiguration::ALPNProtocolHTTP2, QSslConfiguration::NextProtocolHttp1_1});
    request.setSslConfiguration(tls);
}

Result<RequestTask *> ClientCore::makeTask(const Call &call, const CancelToken &cancel)
{
    const Operation *found = m_contracts->find(call.operation);
    if (!found)
        return fail(ErrorKind::Internal, u"no contract has the operation \"%1\""_s.arg(call.operation));
    const auto base = m_settings.bases.constFind(found->service);
    if (base == m_settings.bases.constEnd())
        return fail(ErrorKind::Rejected, u"the profile has no address for this service"_s);
    if (auto allowed = checkAddress(*base); !allowed)
        return fail(allowed.error());
    auto wire = buildRequest(*found, call, *base);
    if (!wire)
        return fail(wire.error());
    std::shared_ptr<const Operation> operation(m_contracts, found); // lives as long as the contracts
    auto *task = new RequestTask(*this, std::move(operation), std::move(*wire), call, cancel);
    m_tasks.append(task);
    return task;
}

QFuture<Result<WireResponse>> ClientCore::send(const Call &call, const CancelToken &cancel)
{
    if (m_closing || cancel.stop_requested())
        return ended<WireResponse>({ErrorKind::Cancelled, u"cancelled"_s, {}, {}, {}, 0}, call.operation);
    if (m_offlineByChoice)
        return ended<WireResponse>({ErrorKind::Offline, u"set to work offline"_s, {}, {}, {}, 0}, call.operation);
    const auto task = makeTask(call, cancel);
    if (!task)
        return ended<WireResponse>(task.error(), call.operation);
    auto future = (*task)->future();
    enqueue(*task);
    return future;
}

void ClientCore::setOfflineByChoice(bool offline)
{
    m_offlineByChoice = offline;
    m_localWatch.stop();
    setConnection(offline ? ApiClient::Connection::Offline : ApiClient::Connection::Unknown);
}

void ClientCore::enqueue(RequestTask *task)
{
    if (m_signingIn && task->operation().needsSignIn) {
        m_waiting.append(task);
        return;
    }
    if (task->operation().needsSignIn)
        m_queue.push_back(task);
    else
        m_queue.push_front(task);
    pump();
}

void ClientCore::pump()
{
    while (!m_closing && !m_queue.empty() && m_running.size() < maxParallel) {
        RequestTask *task = m_queue.front();
        m_queue.pop_front();
        m_running.append(task);
        task->run();
    }
}

void ClientCore::release(RequestTask *task)
{
    m_running.removeAll(task);
    pump();
}

void ClientCore::forget(RequestTask *task, const Result<WireResponse> &result)
{
    m_tasks.removeAll(task);
    m_waiting.removeAll(task);
    std::erase(m_queue, task);
    m_running.removeAll(task);
    if (m_closing)
        return;
    if (!result && result.error().kind == ErrorKind::Auth && m_connection != ApiClient::Connection::SignedOut) {
        setConnection(ApiClient::Connection::SignedOut);
        Q_EMIT signInFailed(result.error());
    }
    if (!result)
        Q_EMIT requestFailed(result.error());
    if (!m_queue.empty())
        QMetaObject::invokeMethod(this, &ClientCore::pump, Qt::QueuedConnection);
}

void ClientCore::noteExchange(const QUrl &url, const ExchangeResult &result)
{
    if (result.http2)
        m_http2Servers.insert(url.authority());
    if (result.firstByteMs >= 0)
        m_lastRoundTripMs = static_cast<int>(result.firstByteMs);
    if (m_offlineByChoice)
        return;
    m_localWatch.start();
    const bool unreachable = result.status == 0 && result.error && result.error->kind != ErrorKind::Cancelled;
    if (unreachable || (result.status >= 502 && result.status <= 504))
        setConnection(ApiClient::Connection::Offline);
    else if (result.status != 0 && result.status != 401)
        setConnection(ApiClient::Connection::Online);
}

void ClientCore::setConnection(ApiClient::Connection connection)
{
    if (m_connection == connection)
        return;
    m_connection = connection;
    Q_EMIT connectionChanged(connection);
}

} // namespace kboss
