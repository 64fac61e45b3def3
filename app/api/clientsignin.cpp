#include "app/api/clientcore.h"

#include "app/base/watchresult.h"

#include <QFuture>
#include <QNetworkCookieJar>

using namespace Qt::StringLiterals;

namespace kboss {

bool ClientCore::canSignIn(const RequestTask *task) const
{
    return m_signingIn || m_refusal || task->signInsSeen() < m_signIns || m_signIn->signInCall().has_value();
}

// A call met a 401. Where somebody signed in meanwhile it is simply sent again; else it waits for the one sign-in.
void ClientCore::waitForSignIn(RequestTask *task)
{
    if (task->signInsSeen() < m_signIns) {
        enqueue(task);
        return;
    }
    if (m_refusal) {
        task->finish(fail(*m_refusal));
        return;
    }
    m_waiting.append(task);
    startSignIn();
}

void ClientCore::startSignIn()
{
    if (m_signingIn)
        return;
    m_signingIn = true;
    const std::optional<Call> call = m_signIn->signInCall();
    if (!call) {
        endSignIn(fail(ErrorKind::Auth, u"the service asks for a sign-in"_s));
        return;
    }
    const auto task = makeTask(*call, {});
    if (!task) {
        endSignIn(fail(task.error()));
        return;
    }
    const Operation *operation = &(*task)->operation();
    watchResult((*task)->future(), this, [this, operation](const Result<WireResponse> &answer) { onSignInAnswer(*operation, answer); });
    enqueue(*task);
}

void ClientCore::onSignInAnswer(const Operation &operation, const Result<WireResponse> &answer)
{
    if (!answer) {
        Error error = answer.error();
        const bool refused = error.kind == ErrorKind::Rejected || error.kind == ErrorKind::Auth || error.kind == ErrorKind::Forbidden;
        if (refused) {
            error.kind = ErrorKind::Auth;
            m_refusal = error;
        }
        endSignIn(fail(error));
        return;
    }
    const auto object = decodeObject(operation, *answer);
    endSignIn(object ? m_signIn->accept(*object) : Result<void>(fail(object.error())));
}

void ClientCore::endSignIn(const Result<void> &result)
{
    m_signingIn = false;
    const QList<RequestTask *> waiting = std::exchange(m_waiting, {});
    std::vector<QPromise<Result<void>>> askers = std::exchange(m_signInAskers, {});
    if (result) {
        ++m_signIns;
        m_refusal.reset();
        setConnection(ApiClient::Connection::Online);
    } else if (!m_closing) {
        if (result.error().kind == ErrorKind::Auth)
            setConnection(ApiClient::Connection::SignedOut);
        Q_EMIT signInFailed(result.error());
    }
    for (RequestTask *task : waiting) {
        if (!m_tasks.contains(task))
            continue;
        if (result)
            enqueue(task);
        else
            task->finish(fail(result.error()));
    }
    for (QPromise<Result<void>> &asker : askers) {
        asker.addResult(result);
        asker.finish();
    }
}

QFuture<Result<void>> ClientCore::signInNow()
{
    m_refusal.reset();
    if (m_offlineByChoice)
        return QtFuture::makeReadyFuture(Result<void>(fail(ErrorKind::Offline, u"set to work offline"_s)));
    if (!m_signingIn && !m_signIn->signInCall())
        return QtFuture::makeReadyFuture(Result<void>());
    QPromise<Result<void>> promise;
    promise.start();
    auto future = promise.future();
    m_signInAskers.push_back(std::move(promise));
    startSignIn();
    return future;
}

QFuture<Result<void>> ClientCore::signOut()
{
    const std::optional<Call> call = m_signIn->signOutCall();
    const auto clear = [this] {
        m_signIn->forget();
        m_network->setCookieJar(new QNetworkCookieJar);
        setConnection(ApiClient::Connection::SignedOut);
    };
    if (!call || m_offlineByChoice) {
        clear();
        return QtFuture::makeReadyFuture(Result<void>());
    }
    auto promise = std::make_shared<QPromise<Result<void>>>();
    promise->start();
    watchResult(send(*call, {}), this, [clear, promise](const Result<WireResponse> &answer) {
        clear();
        promise->addResult(answer ? Result<void>() : Result<void>(fail(answer.error())));
        promise->finish();
    });
    return promise->future();
}

} // namespace kboss
