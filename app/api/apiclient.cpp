#include "app/api/apiclient.h"

#include "app/api/clientcore.h"

namespace kboss {

struct ApiClient::Private {
    std::unique_ptr<ClientCore> core;
};

ApiClient::ApiClient(std::shared_ptr<const ContractSet> contracts, ServerSettings settings, std::shared_ptr<SignIn> signIn, RequestLog *log,
                     ClientLimits limits, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>())
{
    d->core = std::make_unique<ClientCore>(std::move(contracts), std::move(settings), std::move(signIn), log, limits);
    // Queued: a handler may destroy the client.
    connect(d->core.get(), &ClientCore::connectionChanged, this, &ApiClient::connectionChanged, Qt::QueuedConnection);
    connect(d->core.get(), &ClientCore::signInFailed, this, &ApiClient::signInFailed, Qt::QueuedConnection);
    connect(d->core.get(), &ClientCore::requestFailed, this, &ApiClient::requestFailed, Qt::QueuedConnection);
}

ApiClient::~ApiClient() = default;

QFuture<Result<WireResponse>> ApiClient::send(const Call &call, CancelToken cancel)
{
    return d->core->send(call, cancel);
}

const ContractSet &ApiClient::contracts() const
{
    return d->core->contracts();
}

ApiClient::Connection ApiClient::connection() const
{
    return d->core->connection();
}

int ApiClient::lastRoundTripMs() const
{
    return d->core->lastRoundTripMs();
}

void ApiClient::setOfflineByChoice(bool offline)
{
    d->core->setOfflineByChoice(offline);
}

QFuture<Result<void>> ApiClient::signIn()
{
    return d->core->signInNow();
}

QFuture<Result<void>> ApiClient::signOut()
{
    return d->core->signOut();
}

} // namespace kboss
