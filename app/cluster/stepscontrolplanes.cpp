// Steps of phase 15: more control planes, one by one, with an eye on etcd before and after.
#include "app/cluster/stepparts.h"

#include <nlohmann/json.hpp>

namespace kboss::steps {

using namespace Qt::StringLiterals;
using nlohmann::json;

namespace {

constexpr int joinSeconds = 780; // download, certificates, etcd, four minutes for the components
constexpr int healthMs = 180'000;

Result<CommandResult> etcdctl(InstallContext &context, const QStringList &arguments)
{
    const QStringList words{u"-n"_s,
                            u"kube-system"_s,
                            u"exec"_s,
                            u"etcd-"_s + firstControl(context.plan()).name,
                            u"--"_s,
                            u"etcdctl"_s,
                            u"--endpoints=https://127.0.0.1:2379"_s,
                            u"--cacert=/etc/kubernetes/pki/etcd/ca.crt"_s,
                            u"--cert=/etc/kubernetes/pki/etcd/server.crt"_s,
                            u"--key=/etc/kubernetes/pki/etcd/server.key"_s};
    return kubectl(context, words + arguments);
}

bool isMemberOf(const EtcdMember &member, const PlanHost &host)
{
    const QString peer = u"https://"_s + withPort(host.address, 2380);
    return member.name == host.name || member.peers.contains(peer);
}

Result<StepFinding> probeControlPlane(InstallContext &context)
{
    std::optional<NodeView> node;
    const auto member = probeMember(context, &node);
    if (!member || member->state != StepState::Done)
        return member;
    const PlanHost &host = context.target();
    if (!node || !node->controlPlane)
        return open(u"the node is not marked as a control plane yet"_s);
    const auto members = onceKnown<std::vector<EtcdMember>>(context, [&] { return etcdMembers(context); });
    if (!members)
        return fail(members.error());
    const bool started = std::any_of(members->begin(), members->end(), [&host](const EtcdMember &one) { return one.name == host.name; });
    return started ? done() : open(u"etcd has no member on the host yet"_s);
}

// While its join runs on the host, nothing else may touch it.
Result<bool> isJoining(InstallContext &context)
{
    const auto result =
        context.runQuietly({u"sh"_s, u"-c"_s, u"[ ! -e \"$1\" ] || flock -n \"$1\" true"_s, u"sh"_s, ownPath(context, u"join.lock"_s)});
    return result ? Result<bool>(!result->isGood()) : fail(result.error());
}

Result<void> waitHealthy(InstallContext &context)
{
    return waitFor(context, healthMs, [&]() -> Result<StepFinding> {
        const auto trouble = etcdTrouble(context);
        if (!trouble)
            return trouble.error().kind == ErrorKind::Rejected ? Result<StepFinding>(notYet(trouble.error())) : fail(trouble.error());
        return *trouble ? open(u"etcd is not well: %1"_s.arg(**trouble)) : done();
    });
}

QByteArray joinScript(InstallContext &context, const QStringList &accepted)
{
    // What an earlier try has left goes first: etcd's member was taken out before, and kubeadm cannot go on in the middle of a join.
    QByteArray script = "folder=" + shellQuoted(context.folder()) + '\n' + R"sh(exec 9>"$folder/join.lock"
flock -n 9
if [ -e "$folder/join-begun" ]; then kubeadm reset -f; fi
: > "$folder/join-begun"
)sh";
    script += "timeout -k 10 " + QByteArray::number(joinSeconds) + " kubeadm join --config \"$KBOSS_SECRET\"";
    if (!accepted.isEmpty())
        script += ' ' + shellQuoted(u"--ignore-preflight-errors="_s + accepted.join(u','));
    return script + "\nrm -f \"$folder/join-begun\"\n";
}

Result<void> join(InstallContext &context, std::mutex &tokens)
{
    if (const auto other = foreignCluster(context); !other || *other)
        return other ? fail(ErrorKind::Conflict, (*other)->detail) : fail(other.error());
    const QStringList accepted = acceptedOn(context.plan(), context.target().name);
    if (!passesNames(accepted))
        return fail(ErrorKind::Rejected, u"a check's name that kubeadm does not know: %1"_s.arg(accepted.join(u", "_s)));
    const auto joining = isJoining(context);
    if (!joining)
        return fail(joining.error());
    Result<void> ready;
    if (!*joining) {
        // Asked once more: a member that is well is never taken out, and not one of which nothing is known.
        const auto now = probeControlPlane(context);
        if (!now || now->state == StepState::Done)
            return now ? Result<void>() : fail(now.error());
        if (now->state == StepState::Foreign)
            return fail(ErrorKind::Conflict, now->detail);
        ready = removeEtcdMember(context, context.target()).and_then([&] { return waitHealthy(context); });
    }
    const auto secrets = ready.and_then([&] { return joinSecrets(context, tokens, true); });
    if (!secrets)
        return fail(secrets.error());
    if (auto marked = markBegun(context); !marked)
        return marked;
    const DetachedAction action{u"join-control-plane"_s, joinScript(context, accepted), joinConfiguration(context.plan(), context.target(), *secrets),
                                (joinSeconds + 120) * 1000};
    const auto isThere = [&]() -> Result<bool> {
        const auto there = waitFor(context, 60'000, [&] { return probeControlPlane(context); });
        return there ? Result<bool>(true) : there.error().kind == ErrorKind::Timeout ? Result<bool>(false) : fail(there.error());
    };
    auto joined = runUntil(context, action, isThere);
    if (!joined) {
        forgetJoinSecrets(context);
        return joined;
    }
    return waitHealthy(context);
}

Result<void> leave(InstallContext &context)
{
    const auto belonging = belongingOf(context);
    if (!belonging)
        return fail(belonging.error());
    if (!belonging->begun)
        return {};
    const auto members = onceKnown<std::vector<EtcdMember>>(context, [&] { return etcdMembers(context); });
    if (!members)
        return notLeft(members.error());
    return removeEtcdMember(context, context.target()).and_then([&] { return deleteNode(context, context.target().name); }).and_then([&] {
        return resetOwn(context);
    });
}

} // namespace

Result<std::vector<EtcdMember>> etcdMembers(InstallContext &context)
try {
    const auto result = etcdctl(context, {u"member"_s, u"list"_s, u"-w"_s, u"json"_s});
    if (!result)
        return fail(result.error());
    if (!result->isGood())
        return fail(ErrorKind::Rejected, u"etcdctl: %1"_s.arg(lastWords(*result)));
    std::vector<EtcdMember> members;
    const json list = json::parse(result->out.begin(), result->out.end());
    for (const json &one : list.at("members")) {
        EtcdMember member;
        member.id = QString::number(one.at("ID").get<quint64>(), 16);
        member.name = QString::fromStdString(one.value("name", std::string()));
        for (const json &peer : one.value("peerURLs", json::array()))
            member.peers << QString::fromStdString(peer.get<std::string>());
        members.push_back(member);
    }
    return members;
} catch (const json::exception &error) {
    return fail(ErrorKind::Protocol, u"etcd's list of members is none: %1"_s.arg(QString::fromUtf8(error.what())));
}

Result<std::optional<QString>> etcdTrouble(InstallContext &context)
try {
    const auto result = etcdctl(context, {u"endpoint"_s, u"health"_s, u"--cluster"_s, u"-w"_s, u"json"_s});
    if (!result)
        return fail(result.error());
    const json all = json::parse(result->out.begin(), result->out.end(), nullptr, false);
    if (!all.is_array())
        return fail(ErrorKind::Rejected, u"etcdctl: %1"_s.arg(lastWords(*result)));
    for (const json &one : all) {
        if (!one.value("health", false))
            return std::optional<QString>(
                QString::fromStdString(one.value("endpoint", std::string()) + ' ' + one.value("error", std::string())).trimmed());
    }
    return std::optional<QString>();
} catch (const json::exception &error) {
    return fail(ErrorKind::Protocol, u"etcd's health is none: %1"_s.arg(QString::fromUtf8(error.what())));
}

Result<void> removeEtcdMember(InstallContext &context, const PlanHost &host)
{
    const auto members = etcdMembers(context);
    if (!members)
        return fail(members.error());
    for (const EtcdMember &member : *members) {
        if (!isMemberOf(member, host))
            continue;
        context.say(u"etcd's member of %1 is taken out"_s.arg(host.name));
        const auto removed = etcdctl(context, {u"member"_s, u"remove"_s, member.id});
        if (!removed)
            return fail(removed.error());
        const bool gone = removed->err.contains("member not found"); // somebody else took it out meanwhile
        if (!removed->isGood() && !gone)
            return fail(ErrorKind::Rejected, u"etcdctl: %1"_s.arg(lastWords(*removed)));
    }
    return {};
}

void addControlPlaneSteps(StepList &list, const PlanHost &host)
{
    InstallStep step = stepOf(host.name, "join-control-plane", InstallPhase::ControlPlanes, 60'000, (joinSeconds + 600) * 1000);
    step.after = {list.last(firstControl(list.plan()).name)};
    step.needsAll = true;
    step.limitGroup = u"control-planes"_s;
    step.limit = 1;
    step.usualUndoMs = 40'000;
    step.changes = {{StepChange::Kind::Membership, u"etcd"_s, host.name},
                    {StepChange::Kind::Node, host.name, u"control-plane"_s},
                    {StepChange::Kind::Service, u"kubelet"_s, {}},
                    {StepChange::Kind::File, u"/etc/kubernetes"_s, {}}};
    const auto tokens = list.ground().tokens;
    step.probe = probeControlPlane;
    step.act = [tokens](InstallContext &context) { return join(context, *tokens); };
    step.undo = leave;
    step.withReset = InstallStep::WithReset::Resets;
    list.add(std::move(step));
    addReadyStep(list, host.name, InstallPhase::ControlPlanes, 20'000);
}

} // namespace kboss::steps
