#include "app/services/session_p.h"

#include "app/services/privatefile.h"

#include <QDir>
#include <QFileInfo>
#include <QLocale>

namespace kboss {

namespace {

QString systemUser()
{
    const QString user = qEnvironmentVariable("USER", qEnvironmentVariable("USERNAME"));
    return user.isEmpty() ? QDir::home().dirName() : user;
}

} // namespace

QString Session::Private::folder() const
{
    return QDir(paths.dataFolder).filePath(QStringLiteral("profiles/") + profile.id);
}

Result<std::unique_ptr<Session>> Session::open(const Profile &profile, const SessionPaths &paths, std::shared_ptr<const ContractSet> contracts,
                                               SecretStore *secrets, const Clock &clock)
{
    if (const auto checked = ProfileStore::check(profile); !checked)
        return fail(checked.error());
    auto p = std::make_unique<Private>();
    p->profile = profile;
    p->paths = paths;
    p->contracts = std::move(contracts);
    p->secrets = secrets;
    p->clock = &clock;
    p->who = profile.userName.isEmpty() ? systemUser() : profile.userName;
    const QDir folder(p->folder());
    for (const QString &path : {paths.dataFolder, QDir(paths.dataFolder).filePath(QStringLiteral("profiles")), folder.path()}) {
        if (path == paths.dataFolder && QFileInfo(path).isDir())
            continue; // somebody else's permissions
        if (!makePrivateFolder(path))
            return fail(ErrorKind::Storage, QStringLiteral("%1 cannot be made").arg(path));
    }
    auto store = CacheStore::open(folder.filePath(QStringLiteral("cache.sqlite")), clock, &p->report);
    if (!store)
        return fail(store.error());
    p->store = std::move(*store);
    p->journal = std::make_unique<Journal>(folder.filePath(QStringLiteral("journal.jsonl")), clock);
    if (const auto opened = p->journal->open(); !opened)
        return fail(opened.error());
    p->log = std::make_unique<RequestLog>(folder.filePath(QStringLiteral("requests.log")));
    p->features = std::make_unique<ServerFeatures>(p->contracts);
    p->sync = std::make_unique<SyncService>(nullptr, p->store.get(), clock);
    p->actions = std::make_unique<ActionRunner>(nullptr, p->store.get(), p->sync.get(), p->journal.get());
    p->actions->setReadOnly(profile.readOnly);
    p->actions->setWho(p->who, profile.dataKey());
    const QTimeZone zone(profile.timeZone);
    p->quotes = std::make_unique<QuoteStore>(folder.filePath(QStringLiteral("quotes.json")), profile.dataKey(), p->who, clock,
                                             zone.isValid() ? zone : QTimeZone::utc());
    p->makeInstallDesk();
    return std::unique_ptr<Session>(new Session(std::move(p)));
}

void Session::Private::makeInstallDesk()
{
    InstallDesk::Parts parts;
    parts.folder = QDir(folder()).filePath(QStringLiteral("installs"));
    parts.ledgerFile = QDir(paths.dataFolder).filePath(QStringLiteral("hostkeys.json"));
    parts.secretPrefix = profile.id;
    parts.who = who;
    parts.readOnly = profile.readOnly;
    parts.secrets = secrets;
    parts.dataKey = profile.dataKey();
    parts.store = store.get();
    parts.client = [this] { return client.get(); };
    parts.actions = actions.get();
    parts.clock = clock;
    parts.steps = InstallDesk::clusterSteps();
    installs = std::make_unique<InstallDesk>(std::move(parts));
}

Session::Session(std::unique_ptr<Private> p) : d(std::move(p))
{
    d->q = this;
    connect(d->store.get(), &CacheStore::storageFailed, this, &Session::failed);
}

Session::~Session()
{
    // Reverse order; what is under way ends as cancelled before the parts below it are gone.
    if (d->client)
        d->client->disconnect(this);
    d->installs.reset();
    d->quotes.reset();
    d->actions.reset();
    d->sync.reset();
    d->client.reset();
    d->process.reset();
    d->store.reset();
    d->journal.reset();
    d->log.reset();
    wipe(d->given);
}

Session::State Session::state() const
{
    return d->state;
}
const Profile &Session::profile() const
{
    return d->profile;
}
bool Session::isOffline() const
{
    return d->state != State::Online;
}
QString Session::whoAmI() const
{
    return d->who;
}
const StoreReport &Session::storeReport() const
{
    return d->report;
}
ApiClient *Session::client() const
{
    return d->client.get();
}
CacheStore *Session::store() const
{
    return d->store.get();
}
SyncService *Session::sync() const
{
    return d->sync.get();
}
ActionRunner *Session::actions() const
{
    return d->actions.get();
}
Journal *Session::journal() const
{
    return d->journal.get();
}
RequestLog *Session::requestLog() const
{
    return d->log.get();
}
QuoteStore *Session::quotes() const
{
    return d->quotes.get();
}
InstallDesk *Session::installs() const
{
    return d->installs.get();
}
ServerFeatures *Session::features() const
{
    return d->features.get();
}
const Clock &Session::clock() const
{
    return *d->clock;
}

void Session::Private::setState(State next)
{
    if (state == next)
        return;
    state = next;
    Q_EMIT q->stateChanged(next);
}

ServerSettings Session::Private::settingsFor(const QHash<ServiceKind, QUrl> &bases) const
{
    ServerSettings settings;
    settings.bases = bases;
    if (QLocale().language() == QLocale::English) // the composition root keeps the default locale in step with the language on screen
        settings.language = QStringLiteral("en");
    if (!profile.caFile.isEmpty())
        settings.extraCas = QSslCertificate::fromPath(profile.caFile, QSsl::Pem);
    settings.proxyMode = profile.proxyMode;
    if (profile.proxyMode == ServerSettings::Proxy::Manual)
        settings.manualProxy = QNetworkProxy(QNetworkProxy::HttpProxy, profile.proxyHost, static_cast<quint16>(profile.proxyPort));
    return settings;
}

void Session::Private::makeClient(const QHash<ServiceKind, QUrl> &bases)
{
    actions->setClient(nullptr);
    sync->setClient(nullptr);
    client = std::make_unique<ApiClient>(contracts, settingsFor(bases), signIn, log.get());
    features->watch(client.get());
    if (profile.standalone)
        features->tellStandalone();
    if (byChoice)
        client->setOfflineByChoice(true);
    connect(client.get(), &ApiClient::connectionChanged, q, [this](ApiClient::Connection connection) { connectionChanged(connection); });
    actions->setClient(client.get());
    sync->setClient(client.get());
    if (const auto call = smallRead(); call && !byChoice)
        sync->setIdleProbe(*call);
}

} // namespace kboss
