#include "app/cluster/kubectl.h"
#include "app/standalone/jsontext.h"
#include "app/standalone/pcapi.h"
#include "app/standalone/pcapianswer.h"

#include <QRegularExpression>

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

constexpr int waitMs = 280'000; // within x-slow
constexpr auto adminConfig = "/etc/kubernetes/admin.conf";

Result<QByteArray> asRoot(SshSession &session, const QStringList &words, CancelToken token)
{
    const auto result = session.run({words, {}, true, 60'000, 1024 * 1024, {}}, std::move(token));
    if (!result)
        return fail(result.error());
    if (!result->isGood())
        return fail(ErrorKind::Rejected, kubectlReason(result->err));
    return result->out;
}

// How the host calls itself: the node's name.
Result<QString> hostName(SshSession &session, CancelToken token)
{
    static const QRegularExpression shape(u"\\A[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\\z"_s);
    const auto said = session.run({{u"hostname"_s}, {}, false, 20'000, 4096, {}}, std::move(token));
    if (!said)
        return fail(said.error());
    const QString name = QString::fromUtf8(said->out).trimmed().section(u'.', 0, 0).toLower();
    return shape.match(name).hasMatch() && name != u"localhost"_s
        ? Result<QString>(name)
        : fail(ErrorKind::Rejected, u"the host's own name (%1) is no name of a node: set one with hostnamectl"_s.arg(name.left(63)));
}

// Signs in first: who joins an installation under way has to know the password too.
Result<std::shared_ptr<SshSession>> installHost(const CheckedRequest &request, Backend &backend, std::optional<JoinCommand> join)
{
    Pcapi &pcapi = backend.pcapi;
    const SshTarget target = sshTargetOf(request);
    auto session = pcapi.sessions().get(target, pcapi.token());
    if (!session)
        return session;
    const auto name = hostName(**session, pcapi.token());
    if (!name)
        return fail(name.error());
    const auto installed = pcapi.installs().install({target, *name, std::move(join)}, waitMs, pcapi.token());
    if (!installed)
        return fail(installed.error());
    return session;
}

struct Access {
    QByteArray joinCommand, kubeconfig;
};

// A token of its own for each who asks; it lasts a day.
Result<Access> accessOf(SshSession &session, CancelToken token)
{
    const auto command = asRoot(
        session,
        {u"kubeadm"_s, u"token"_s, u"create"_s, u"--kubeconfig"_s, QLatin1String(adminConfig), u"--ttl"_s, u"24h0m0s"_s, u"--print-join-command"_s},
        token);
    if (!command)
        return fail(command.error());
    const auto read = parseJoinCommand(QString::fromUtf8(*command));
    if (!read)
        return fail(ErrorKind::Protocol, u"kubeadm gave no join command"_s);
    const auto config = asRoot(session, {u"cat"_s, QLatin1String(adminConfig)}, token);
    return config ? Result<Access>({command->trimmed(), *config}) : fail(config.error());
}

Outcome<Answer> newCluster(const CheckedRequest &request, Backend &backend)
{
    const auto session = installHost(request, backend, std::nullopt);
    const auto access = session ? accessOf(**session, backend.pcapi.token()) : Result<Access>(fail(session.error()));
    if (!access)
        return pcapiFailure(*request.operation, pcapiWords(access.error(), request));
    Answer answer;
    JsonObject object(answer.body);
    object.boolean("status", true);
    object.text("info", std::string_view("operate success"));
    object.text("data", QString::fromUtf8(access->joinCommand));
    object.text("kubeconfig", QString::fromUtf8(access->kubeconfig));
    object.close();
    return answer;
}

Outcome<Answer> newWorker(const CheckedRequest &request, Backend &backend)
{
    auto join = parseJoinCommand(request.text("join_command"));
    if (!join)
        return refuse(u"join_command: "_s + join.error().detail, u"join_command"_s);
    const auto session = installHost(request, backend, std::move(*join));
    return session ? pcapiAnswer(u"operate success"_s, "\"\"") : pcapiFailure(*request.operation, pcapiWords(session.error(), request));
}

} // namespace

void addPcapiInstallHandlers(HandlerTable &table)
{
    table.insert(u"pcapiNewCluster"_s, newCluster);
    table.insert(u"pcapiNewWorker"_s, newWorker);
}

} // namespace kboss::standalone
