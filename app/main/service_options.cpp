#include "app/main/service_options.h"

#include <QCommandLineParser>
#include <QFile>

namespace kboss::service {

using namespace Qt::StringLiterals;

namespace {

void declare(QCommandLineParser &parser)
{
    parser.setApplicationDescription(u"Serves the Kboss contracts over a local database."_s);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({
        {u"listen"_s, u"Address to serve on; port 0 takes a free one. Anything but loopback needs TLS and sign-in."_s, u"HOST:PORT"_s,
         u"127.0.0.1:0"_s},
        {u"database"_s, u"SQLite file; made when it is not there."_s, u"FILE"_s},
        {u"sample"_s, u"Fills an empty database: none, small, medium or large."_s, u"SIZE"_s, u"none"_s},
        {u"token-file"_s, u"File with a Bearer token; requests must carry it."_s, u"FILE"_s},
        {u"user"_s, u"Adds or updates a user; requests must then be signed in."_s, u"NAME"_s},
        {u"password-file"_s, u"File with that user's password."_s, u"FILE"_s},
        {u"key-file"_s, u"Key of the stored passwords (default: the database's name with .key)."_s, u"FILE"_s},
        {u"kubectl"_s, u"Program for clusters that are reached by their kubeconfig."_s, u"PROGRAM"_s, u"kubectl"_s},
        {u"job-seconds"_s, u"How long the installation of a simulated cluster takes, 0 to 3600."_s, u"SECONDS"_s, u"60"_s},
        {u"price-rule"_s, u"How amounts in Mi meet prices by Gi: convert, or literal as the description's example reckons."_s, u"RULE"_s,
         u"convert"_s},
        {u"tls-cert"_s, u"Certificate chain, PEM."_s, u"FILE"_s},
        {u"tls-key"_s, u"Its private key, PEM."_s, u"FILE"_s},
        {u"kubernetes-version"_s, u"What the pcapi operations install."_s, u"VERSION"_s, u"v1.34.9"_s},
        {u"package-mirror"_s, u"Root of the apt repositories of Kubernetes for them; default: where the project publishes."_s, u"URL"_s},
        {u"registry-mirror"_s, u"Registry of the images of Kubernetes for them; default: where the project publishes."_s, u"REGISTRY"_s},
        {u"trust-host-keys"_s, u"File as ~/.ssh/known_hosts: the hosts in it are known to the pcapi operations from now on."_s, u"FILE"_s},
        {u"pin-host-key"_s, u"Asks a host for its key, keeps it when it has this fingerprint, and ends: \"HOST:PORT SHA256:…\"."_s, u"KEY"_s},
        {u"forget-host-key"_s, u"Forgets the keys of a host, and ends."_s, u"HOST:PORT"_s},
        {u"child"_s, u"Reads a line {\"token\": …} from standard input, and ends when that closes."_s},
    });
}

Result<QString> firstLineOf(const QString &file)
{
    QFile input(file);
    if (!input.open(QIODevice::ReadOnly))
        return fail(ErrorKind::Storage, u"cannot read %1: %2"_s.arg(file, input.errorString()));
    QByteArray line = input.readLine(64 * 1024);
    while (line.endsWith('\n') || line.endsWith('\r'))
        line.chop(1);
    if (line.isEmpty())
        return fail(ErrorKind::Rejected, u"%1 is empty"_s.arg(file));
    return QString::fromUtf8(line);
}

Result<void> readAddress(const QString &text, standalone::ServiceOptions &options)
{
    const qsizetype colon = text.lastIndexOf(u':');
    bool numeric = false;
    options.port = text.mid(colon + 1).toInt(&numeric);
    options.host = text.left(std::max<qsizetype>(colon, 0));
    if (options.host.startsWith(u'[') && options.host.endsWith(u']'))
        options.host = options.host.mid(1, options.host.size() - 2);
    if (colon <= 0 || !numeric || options.port < 0 || options.port > 65535)
        return fail(ErrorKind::Rejected, u"--listen takes HOST:PORT, not %1"_s.arg(text));
    return {};
}

Result<void> readSecrets(const QCommandLineParser &parser, standalone::ServiceOptions &options)
{
    if (parser.isSet(u"token-file"_s)) {
        auto token = firstLineOf(parser.value(u"token-file"_s));
        if (!token)
            return fail(token.error());
        options.token = token->toUtf8();
    }
    if (parser.isSet(u"user"_s) != parser.isSet(u"password-file"_s))
        return fail(ErrorKind::Rejected, u"--user and --password-file go together"_s);
    if (!parser.isSet(u"user"_s))
        return {};
    options.user = parser.value(u"user"_s);
    auto password = firstLineOf(parser.value(u"password-file"_s));
    if (!password)
        return fail(password.error());
    options.password = *password;
    return {};
}

} // namespace

Result<Options> readOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    declare(parser);
    parser.process(arguments);
    if (!parser.positionalArguments().isEmpty())
        return fail(ErrorKind::Rejected, u"unexpected argument %1"_s.arg(parser.positionalArguments().first()));
    Options options;
    options.child = parser.isSet(u"child"_s);
    options.service.database = parser.value(u"database"_s);
    if (options.service.database.isEmpty())
        return fail(ErrorKind::Rejected, u"--database FILE is needed"_s);
    if (options.service.database.contains(u"://"_s))
        return fail(ErrorKind::Rejected, u"--database takes a file: this build serves from SQLite"_s);
    options.service.sample = parser.value(u"sample"_s);
    options.service.keyFile = parser.value(u"key-file"_s);
    options.service.tlsCertificate = parser.value(u"tls-cert"_s);
    options.service.tlsKey = parser.value(u"tls-key"_s);
    options.service.trustedHostKeys = parser.value(u"trust-host-keys"_s);
    options.service.kubernetesVersion = parser.value(u"kubernetes-version"_s);
    options.service.packageMirror = parser.value(u"package-mirror"_s);
    options.service.registryMirror = parser.value(u"registry-mirror"_s);
    options.pinHostKey = parser.value(u"pin-host-key"_s);
    options.forgetHostKey = parser.value(u"forget-host-key"_s);
    options.service.clusters.kubectl.program = parser.value(u"kubectl"_s);
    bool numeric = false;
    options.service.jobSeconds = parser.value(u"job-seconds"_s).toInt(&numeric);
    if (!numeric || options.service.jobSeconds < 0 || options.service.jobSeconds > 3600)
        return fail(ErrorKind::Rejected, u"--job-seconds takes 0 to 3600, not %1"_s.arg(parser.value(u"job-seconds"_s)));
    const QString rule = parser.value(u"price-rule"_s);
    if (rule != u"convert"_s && rule != u"literal"_s)
        return fail(ErrorKind::Rejected, u"--price-rule takes convert or literal, not %1"_s.arg(rule));
    options.service.priceRule = rule == u"literal"_s ? PriceRule::Literal : PriceRule::Convert;
    if (auto address = readAddress(parser.value(u"listen"_s), options.service); !address)
        return fail(address.error());
    if (auto secrets = readSecrets(parser, options.service); !secrets)
        return fail(secrets.error());
    return options;
}

} // namespace kboss::service
