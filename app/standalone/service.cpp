#include "app/standalone/service.h"

#include "app/cluster/secretfile.h"
#include "app/standalone/clusterfigures.h"
#include "app/standalone/configretry.h"
#include "app/standalone/dispatcher.h"
#include "app/standalone/httpfront.h"
#include "app/standalone/jobs.h"
#include "app/standalone/pcapi.h"
#include "app/standalone/sample.h"

#include <QFile>
#include <QFileInfo>
#include <QHostAddress>

namespace kboss::standalone {

using namespace Qt::StringLiterals;

struct Service::Private {
    ServiceOptions options;
    ContractSet contracts;
    std::unique_ptr<Database> database;
    std::unique_ptr<SecretBox> box;
    std::unique_ptr<Credentials> credentials;
    KeyedLocks configLocks;
    std::unique_ptr<Jobs> jobs;
    std::unique_ptr<ConfigRetry> configRetry;
    std::unique_ptr<FiguresBoard> figures;
    std::unique_ptr<Pcapi> pcapi;
    std::unique_ptr<Dispatcher> dispatcher;
    std::unique_ptr<HttpFront> front; // ends first
};

namespace {

constexpr qint64 largestKnownHosts = 4 * 1024 * 1024;

bool isLoopback(const QString &host)
{
    return host == u"localhost"_s || QHostAddress(host).isLoopback();
}

Result<void> checkExposure(const ServiceOptions &options, const Credentials &credentials)
{
    if (options.tlsCertificate.isEmpty() != options.tlsKey.isEmpty())
        return fail(ErrorKind::Rejected, u"--tls-cert and --tls-key go together"_s);
    if (isLoopback(options.host))
        return {};
    if (options.tlsCertificate.isEmpty())
        return fail(ErrorKind::Rejected, u"listening on %1 needs TLS (--tls-cert, --tls-key)"_s.arg(options.host));
    if (!credentials.required())
        return fail(ErrorKind::Rejected, u"listening on %1 needs a user or a token"_s.arg(options.host));
    return {};
}

Result<std::unique_ptr<Credentials>> makeCredentials(const ServiceOptions &options, Database &database)
{
    auto credentials = std::make_unique<Credentials>(database);
    if (!options.token.isEmpty())
        credentials->setToken(options.token);
    if (!options.user.isEmpty()) {
        if (auto set = credentials->setUser(options.user, options.password); !set)
            return fail(set.error());
    }
    return credentials;
}

Result<std::unique_ptr<Pcapi>> makePcapi(const ServiceOptions &options)
{
    auto pcapi = std::make_unique<Pcapi>(QFileInfo(options.database).absolutePath(),
                                         PcapiInstallSettings{options.kubernetesVersion, options.packageMirror, options.registryMirror});
    if (options.trustedHostKeys.isEmpty())
        return pcapi;
    QFile file(options.trustedHostKeys);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::Storage, u"cannot read %1: %2"_s.arg(options.trustedHostKeys, file.errorString()));
    const auto imported = pcapi->ledger().importKnownHosts(file.read(largestKnownHosts), {}, u"--trust-host-keys"_s);
    if (!imported)
        return fail(imported.error());
    if (imported->conflicts > 0 || imported->faulty > 0)
        qWarning().noquote() << u"%1: %2 addresses have other keys here already and keep them; %3 lines cannot be read"_s.arg(options.trustedHostKeys)
                                    .arg(imported->conflicts)
                                    .arg(imported->faulty);
    return pcapi;
}

} // namespace

Service::Service(std::unique_ptr<Private> parts) : d(std::move(parts)) { }

Service::~Service()
{
    d->pcapi->stop(); // else the front would wait for what hosts are asked
}

QString Service::url() const
{
    return d->front->url();
}

Result<std::unique_ptr<Service>> Service::start(const ServiceOptions &options, ContractSet contracts)
{
    auto parts = std::make_unique<Private>();
    parts->options = options;
    parts->contracts = std::move(contracts);
    auto database = Database::open(options.database);
    if (!database)
        return fail(database.error());
    parts->database = std::move(*database);
    parts->options.clusters.kubectl.folder = QFileInfo(options.database).absolutePath();
    clearSecretFiles(parts->options.clusters.kubectl.folder);
    auto box = SecretBox::open(options.keyFile.isEmpty() ? options.database + u".key"_s : options.keyFile, *parts->database);
    if (!box)
        return fail(box.error());
    parts->box = std::make_unique<SecretBox>(std::move(*box));
    auto credentials = makeCredentials(options, *parts->database);
    if (!credentials)
        return fail(credentials.error());
    parts->credentials = std::move(*credentials);
    if (auto safe = checkExposure(options, *parts->credentials); !safe)
        return fail(safe.error());
    if (auto filled = fillWithSample(*parts->database, *parts->box, options.sample); !filled)
        return fail(filled.error());
    auto pcapi = makePcapi(options);
    if (!pcapi)
        return fail(pcapi.error());
    parts->pcapi = std::move(*pcapi);
    parts->jobs = std::make_unique<Jobs>(*parts->database, *parts->box, parts->options.clusters, options.jobSeconds);
    parts->configRetry = std::make_unique<ConfigRetry>(*parts->database, *parts->box, parts->options.clusters, parts->configLocks);
    parts->figures = std::make_unique<FiguresBoard>(*parts->database, *parts->box, parts->options.clusters);
    parts->dispatcher =
        std::make_unique<Dispatcher>(parts->contracts,
                                     Backend{*parts->database, *parts->box, *parts->credentials, *parts->jobs, parts->options.clusters,
                                             options.priceRule, parts->configLocks, *parts->configRetry, *parts->figures, *parts->pcapi});
    auto front = HttpFront::listen(options, *parts->dispatcher);
    if (!front)
        return fail(front.error());
    parts->front = std::move(*front);
    return std::unique_ptr<Service>(new Service(std::move(parts)));
}

} // namespace kboss::standalone
