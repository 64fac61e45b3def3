// Session: on the way to a server, and what becomes of it there.
#include "app/services/session_p.h"

#include "app/services/onresult.h"
#include "app/services/pagecursor.h"

#include <QDir>

namespace kboss {

namespace {

bool isNobodyThere(const Error &error)
{
    return error.kind == ErrorKind::Offline || error.kind == ErrorKind::Timeout || error.kind == ErrorKind::Cancelled;
}

bool needsParameters(const Operation &operation)
{
    return std::any_of(operation.parameters.begin(), operation.parameters.end(), [&](const OperationParameter &parameter) {
        const bool paging = parameter.name == operation.paging.pageParameter || parameter.name == operation.paging.sizeParameter;
        return parameter.required && !paging;
    });
}

} // namespace

void Session::start(bool offlineByChoice)
{
    if (d->state != State::Idle)
        return;
    d->byChoice = offlineByChoice;
    d->installs->load(); // what an earlier console left under way
    if (offlineByChoice) {
        if (!d->profile.standalone)
            d->makeClient(d->profile.urls);
        d->setState(State::Offline);
    } else if (d->profile.standalone) {
        d->startProcess();
    } else {
        d->makeClient(d->profile.urls);
        d->findCredential();
    }
}

void Session::Private::startProcess()
{
    setState(State::StartingService);
    process = std::make_unique<StandaloneProcess>(paths.serviceProgram, QDir(folder()).filePath(QStringLiteral("service")), profile.sample);
    connect(process.get(), &StandaloneProcess::addressChanged, q, [this](const StandaloneAddress &address) { addressCame(address); });
    connect(process.get(), &StandaloneProcess::died, q, [this](const Error &error) {
        setState(State::Offline);
        Q_EMIT q->failed(error);
    });
    onResult(process->start(), q, [this](const Result<StandaloneAddress> &address) {
        if (address)
            return addressCame(*address);
        setState(State::Offline);
        if (address.error().kind != ErrorKind::Cancelled)
            Q_EMIT q->failed(address.error());
    });
}

void Session::Private::addressCame(const StandaloneAddress &address)
{
    QHash<ServiceKind, QUrl> bases;
    for (const ServiceKind kind : {ServiceKind::Kboss, ServiceKind::Billing, ServiceKind::Pcapi, ServiceKind::Account})
        bases.insert(kind, address.url);
    signIn->use(makeTokenSignIn(address.token));
    makeClient(bases);
    signingIn = false; // one under way ended with the old client
    signInNow(false);
}

void Session::Private::findCredential()
{
    if (!isEmpty(given)) {
        useCredential(std::exchange(given, {}), rememberGiven);
        return;
    }
    if (profile.signIn == SignInKind::None)
        return signInNow(false);
    const QString what = profile.temporary ? QString() : keptSecretName(profile.signIn);
    if (what.isEmpty() || !secrets)
        return setState(State::NeedsCredential);
    askKeychain(what);
}

void Session::Private::askKeychain(const QString &what)
{
    setState(State::SigningIn);
    onResult(secrets->read(profile.secretKey(what)), q, [this, what](const Result<QString> &secret) {
        if (state != State::SigningIn)
            return; // a person was faster
        if (!secret || secret->isEmpty())
            return setState(State::NeedsCredential);
        SessionCredential credential;
        credential.user = profile.userName;
        (what == QLatin1String("token") ? credential.token : credential.password) = *secret;
        useCredential(std::move(credential), false);
    });
}

void Session::giveCredential(const SessionCredential &credential, bool remember)
{
    if (d->state == State::Idle || !d->client) {
        d->given = credential;
        d->rememberGiven = remember;
        return;
    }
    d->useCredential(credential, remember);
}

void Session::Private::useCredential(SessionCredential credential, bool keep)
{
    const auto inner = signInFor(credential, profile);
    if (!inner)
        return setState(State::NeedsCredential);
    signIn->use(inner);
    if (!inner->userName().isEmpty()) {
        who = inner->userName();
        actions->setWho(who, profile.dataKey());
        installs->setWho(who);
    }
    rememberGiven = keep && !profile.temporary && credential.code.isEmpty();
    wipe(given);
    if (rememberGiven)
        given = credential; // until the server has taken it
    wipe(credential);
    signInNow(inner->signInCall().has_value());
}

void Session::Private::signInNow(bool ask)
{
    if (std::exchange(signingIn, true))
        return;
    setState(State::SigningIn);
    onResult(client->signIn(), client.get(), [this, ask](const Result<void> &result) {
        if (result && !ask)
            tryRead();
        else
            signInEnded(result);
    });
}

void Session::Private::tryRead()
{
    const auto call = smallRead();
    if (!call)
        return signInEnded({});
    onResult(client->send(*call), client.get(), [this](const Result<WireResponse> &answer) {
        const bool refused =
            !answer && (isNobodyThere(answer.error()) || answer.error().kind == ErrorKind::Auth || answer.error().kind == ErrorKind::Tls);
        signInEnded(refused ? Result<void>(fail(answer.error())) : Result<void>{}); // any other answer is an answer
    });
}

void Session::Private::signInEnded(const Result<void> &result)
{
    signingIn = false;
    if (result) {
        signedInOnce = true;
        setState(State::Online);
        if (rememberGiven) {
            const auto [what, secret] = keptSecret(given);
            remember(what, secret);
        }
        rememberGiven = false;
        wipe(given);
        return;
    }
    if (result.error().kind == ErrorKind::Cancelled)
        return;
    if (isNobodyThere(result.error()))
        return setState(State::Offline); // the probe goes on; a 401 then signs in again
    rememberGiven = false;
    wipe(given);
    setState(result.error().kind == ErrorKind::Tls ? State::Offline : State::NeedsCredential);
    Q_EMIT q->failed(result.error());
}

void Session::Private::remember(const QString &what, const QString &secret)
{
    if (!secrets)
        return;
    onResult(secrets->write(profile.secretKey(what), secret), q, [this](const Result<void> &written) {
        if (!written)
            Q_EMIT q->failed(written.error());
    });
}

void Session::Private::connectionChanged(ApiClient::Connection connection)
{
    if (byChoice || signingIn)
        return;
    switch (connection) {
    case ApiClient::Connection::Online:
        signedInOnce = true;
        return setState(State::Online);
    case ApiClient::Connection::Offline:
        return setState(State::Offline);
    case ApiClient::Connection::SignedOut:
        return setState(State::NeedsCredential);
    case ApiClient::Connection::Unknown:
        return;
    }
}

// A list of one row: the least that shows whether the server is there and knows us.
std::optional<Call> Session::Private::smallRead() const
{
    for (const auto &operation : contracts->all()) {
        const bool served = profile.standalone || profile.urls.contains(operation->service);
        if (served && operation->isRead() && operation->paging.kind != Paging::Kind::None && operation->needsSignIn && !needsParameters(*operation))
            return PageCursor(*operation, nlohmann::json::object(), 1).call();
    }
    return std::nullopt;
}

} // namespace kboss
