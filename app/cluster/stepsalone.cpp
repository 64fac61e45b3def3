// Steps of a worker that knows its cluster by a join command only.
#include "app/cluster/joinalone.h"
#include "app/cluster/jointraces.h"
#include "app/cluster/stepparts.h"

#include <QRegularExpression>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;
using namespace steps;

namespace {

constexpr int joinSeconds = 420;
constexpr const char *endpointName = "cluster-endpoint"; // stands for the control plane in the plan

Result<StepFinding> probeJoined(InstallContext &context)
{
    const auto found = facts(context, R"sh(config=/etc/kubernetes/kubelet.conf
[ -s "$config" ] || exit 0
echo "server $(sed -n 's/^ *server: *//p' "$config" | head -n 1)"
if [ ! -e /etc/kubernetes/bootstrap-kubelet.conf ]; then echo 'own yes'; fi
echo "kubelet $(systemctl is-active kubelet 2>/dev/null)"
exit 0)sh");
    if (!found)
        return fail(found.error());
    const QString server = found->value(u"server"_s), wanted = u"https://"_s + apiEndpoint(context.plan());
    if (server.isEmpty())
        return open(u"no node of a cluster yet"_s);
    if (server != wanted)
        return foreign(u"the host is a node of another cluster: %1"_s.arg(server));
    if (!found->contains(u"own"_s))
        return open(u"the cluster has not taken it in yet"_s);
    return found->value(u"kubelet"_s) == u"active"_s ? done() : open(u"the kubelet does not run"_s);
}

Result<void> joinAlone(InstallContext &context, const JoinSecrets &secrets)
{
    if (const auto other = foreignCluster(context); !other || *other)
        return other ? fail(ErrorKind::Conflict, (*other)->detail) : fail(other.error());
    const auto traces = ownTraces(context);
    if (!traces)
        return fail(traces.error());
    if (auto said = sayTraces(context, *traces); !said)
        return said;
    if (auto marked = markBegun(context); !marked)
        return marked;
    QByteArray script = "timeout -k 10 " + QByteArray::number(joinSeconds) + " kubeadm join --config \"$KBOSS_SECRET\"";
    if (!traces->isEmpty())
        script += ' ' + shellQuoted(u"--ignore-preflight-errors="_s + traces->join(u','));
    const DetachedAction action{u"join"_s, script + '\n', joinConfiguration(context.plan(), context.target(), secrets), (joinSeconds + 60) * 1000};
    return runUntil(context, action, [&]() -> Result<bool> {
        const auto joined = waitFor(context, 60'000, [&] { return probeJoined(context); });
        return joined ? Result<bool>(true) : joined.error().kind == ErrorKind::Timeout ? Result<bool>(false) : fail(joined.error());
    });
}

} // namespace

Result<JoinCommand> parseJoinCommand(const QString &text)
{
    static const QRegularExpression shape(
        u"\\Akubeadm +join +((?:[A-Za-z0-9](?:[-A-Za-z0-9.]{0,251}[A-Za-z0-9])?|\\[[0-9a-fA-F:]{2,45}\\]):[0-9]{1,5}) +--token "
        u"+([a-z0-9]{6}\\.[a-z0-9]{16})"
        "((?: +--discovery-token-ca-cert-hash +sha256:[0-9a-f]{64}){1,8})\\z"_s);
    const auto match = shape.match(text.trimmed());
    const int port = match.captured(1).section(u':', -1).toInt();
    if (!match.hasMatch() || port < 1 || port > 65535)
        return fail(ErrorKind::Rejected, u"must be: kubeadm join HOST:PORT --token TOKEN --discovery-token-ca-cert-hash sha256:HASH"_s,
                    u"join_command"_s);
    JoinCommand command{match.captured(1), {match.captured(2), {}, {}}};
    const QStringList words = match.captured(3).split(u' ', Qt::SkipEmptyParts);
    std::copy_if(words.begin(), words.end(), std::back_inserter(command.secrets.caHashes),
                 [](const QString &word) { return word.startsWith(u"sha256:"_s); });
    return command;
}

InstallPlan aloneWorkerPlan(const PlanHost &worker, const JoinCommand &command, const QString &address, const InstallPlan &common)
{
    InstallPlan plan = common;
    plan.cluster = worker.name;
    plan.endpoint = command.endpoint;
    plan.hosts = {{QString::fromLatin1(endpointName), address, 22, worker.user, HostRole::ControlPlane, {}}, worker};
    return plan;
}

std::vector<InstallStep> aloneWorkerSteps(const InstallPlan &plan, const JoinSecrets &secrets, const InstallOptions &options)
{
    const PlanHost &worker = *plan.withRole(HostRole::Worker).front();
    std::vector<InstallStep> own;
    for (InstallStep &step : installSteps(plan, options)) {
        if (step.host != worker.name || step.phase > InstallPhase::Binaries)
            continue;
        step.after.removeIf([&worker](const QString &id) { return !id.startsWith(worker.name + u'/'); });
        own.push_back(std::move(step));
    }
    InstallStep join = stepOf(worker.name, "join", InstallPhase::Workers, 15'000, (joinSeconds + 180) * 1000);
    join.id = worker.name + u"/join"_s;
    if (!own.empty())
        join.after = {own.back().id};
    join.probe = probeJoined;
    join.act = [secrets](InstallContext &context) { return joinAlone(context, secrets); };
    join.undo = resetOwn;
    join.withReset = InstallStep::WithReset::Resets;
    own.push_back(std::move(join));
    return own;
}

} // namespace kboss
