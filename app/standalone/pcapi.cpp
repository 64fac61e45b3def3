#include "app/standalone/pcapi.h"

#include "app/cluster/kubectl.h"

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

constexpr auto adminConfig = "/etc/kubernetes/admin.conf";
constexpr qsizetype shortestHidden = 4; // a shorter one is in half of all words
constexpr int notFound = 127, notExecutable = 126;
constexpr qint64 mostOutput = 64LL * 1024 * 1024;

bool hasNoKubectl(const CommandResult &result)
{
    const bool missing = result.exitCode == notFound || result.exitCode == notExecutable;
    return missing || result.err.contains("kubectl: command not found") || result.err.contains("kubectl: not found");
}

// Its last words, whoever said them.
QString reasonOf(const CommandResult &result)
{
    if (!result.signal.isEmpty())
        return u"kubectl was ended by signal %1"_s.arg(result.signal);
    const QString reason = kubectlReason(result.err);
    return reason.isEmpty() ? u"kubectl ended with %1, without a reason"_s.arg(result.exitCode) : reason;
}

} // namespace

Pcapi::Pcapi(const QString &folder, PcapiInstallSettings settings)
    : m_ledger(ledgerFile(folder), m_clock), m_sessions(m_ledger), m_installs(folder + u"/installations"_s, m_ledger, std::move(settings))
{
}

Pcapi::~Pcapi()
{
    stop();
}

void Pcapi::stop()
{
    m_stop.request_stop();
    m_installs.stop();
}

QString Pcapi::ledgerFile(const QString &folder)
{
    return folder + u"/host-keys.json"_s;
}

SshTarget sshTargetOf(const CheckedRequest &request)
{
    SshTarget target;
    target.address = {request.text("host"), static_cast<quint16>(request.number("port", 22))};
    target.credential.user = request.text("user");
    target.credential.password = request.text("psssword").toUtf8();
    return target;
}

Result<ControlPlane> ControlPlane::reach(const CheckedRequest &request, Backend &backend)
{
    auto session = backend.pcapi.sessions().get(sshTargetOf(request), backend.pcapi.token());
    if (!session)
        return fail(session.error());
    ControlPlane plane(std::move(*session), backend.pcapi.token());
    if (auto found = plane.findRights(); !found)
        return fail(found.error());
    return plane;
}

Result<void> ControlPlane::findRights()
{
    const QStringList words{u"sh"_s, u"-c"_s, u"id -u; if test -f \"$0\"; then echo config; fi"_s, QLatin1String(adminConfig)};
    const auto asked = m_session->run({words, {}, true, 20'000, 4096, {}}, m_token);
    if (!asked && asked.error().kind != ErrorKind::Forbidden)
        return fail(asked.error());
    m_asRoot = asked && asked->isGood() && asked->out.startsWith("0\n");
    if (!m_asRoot)
        m_noRights = (asked ? kubectlReason(asked->err) : asked.error().detail).left(300);
    else if (asked->out.contains("config"))
        m_config = {u"--kubeconfig"_s, QLatin1String(adminConfig)};
    return {};
}

Result<QByteArray> ControlPlane::kubectl(const QStringList &arguments, const QByteArray &input, int seconds) const
{
    RemoteCommand command;
    command.words = QStringList{u"kubectl"_s} + m_config + QStringList{u"--request-timeout=%1s"_s.arg(seconds)} + arguments;
    command.input = input;
    command.asRoot = m_asRoot;
    command.deadlineMs = (seconds + 5) * 1000;
    command.mostOutput = mostOutput;
    const auto result = m_session->run(command, m_token);
    if (!result)
        return fail(result.error());
    if (result->isGood())
        return result->out;
    if (hasNoKubectl(*result))
        return fail(ErrorKind::NotFound, u"there is no kubectl on %1: it is no control plane"_s.arg(m_session->target().address.text()));
    const QString reason = reasonOf(*result);
    return fail(ErrorKind::Rejected, m_noRights.isEmpty() ? reason : u"%1 (not as root: %2)"_s.arg(reason, m_noRights));
}

RunKubectl ControlPlane::runner() const
{
    return [this](const QStringList &arguments, const QByteArray &input, int seconds) { return kubectl(arguments, input, seconds); };
}

namespace {

QString wordsOf(const Error &error, const CheckedRequest &request)
{
    const QString address = sshTargetOf(request).address.text();
    switch (error.kind) {
    case ErrorKind::Cancelled:
        return u"the service ends"_s;
    case ErrorKind::HostKey:
        if (error.field == u"unknown"_s)
            return error.detail
                + u". Compare that with what the host itself says (ssh-keygen -lf), then: kboss-service --database FILE --pin-host-key \"%1 "
                  u"FINGERPRINT\","
                  " or start the service with --trust-host-keys and a known_hosts file that has it"_s.arg(address);
        return error.detail
            + u". Nothing was sent to it, and nothing will be: either the host was installed anew, or somebody else answers in its place. If you "
              u"know why:"
              " kboss-service --database FILE --forget-host-key \"%1\", then pin the new one"_s.arg(address);
    case ErrorKind::Offline:
        return u"not to be reached: "_s + error.detail;
    case ErrorKind::Timeout:
        return u"no answer in time: "_s + error.detail;
    case ErrorKind::Auth:
        return u"the host does not let this user in: "_s + error.detail;
    default:
        return error.detail;
    }
}

} // namespace

// Whatever a host or kubectl quotes: not the secrets of the request.
QString pcapiWords(const Error &error, const CheckedRequest &request)
{
    QString words = wordsOf(error, request);
    for (const OperationParameter &parameter : request.operation->parameters) {
        const QString secret = parameter.schema->isSecret() ? request.text(parameter.name.toLatin1().constData()) : QString();
        if (secret.size() >= shortestHidden)
            words.replace(secret, u"••••••"_s);
        else if (!secret.isEmpty() && words.contains(secret)) // it cannot be told from a part of a word: none of the quoted words go out
            return u"the host refused, in words that are not shown: a password of this request may stand in them"_s;
    }
    return words;
}

void addPcapiHandlers(HandlerTable &table)
{
    addPcapiReadHandlers(table);
    addPcapiNodeHandlers(table);
    addPcapiYamlHandlers(table);
    addPcapiFitHandlers(table);
    addPcapiInstallHandlers(table);
}

} // namespace kboss::standalone
