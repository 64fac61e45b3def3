// Steps of phase 16: workers.
#include "app/cluster/jointraces.h"
#include "app/cluster/stepparts.h"

namespace kboss::steps {

using namespace Qt::StringLiterals;

// What kubeadm's checks would stumble over that an earlier try of ours has left: exactly these may pass.
Result<QStringList> ownTraces(InstallContext &context)
{
    const auto found = facts(context, R"sh([ -e "$1/cluster-begun" ] || exit 0
for name in kubelet.conf bootstrap-kubelet.conf pki/ca.crt; do
  if [ -e "/etc/kubernetes/$name" ]; then echo "name FileAvailable--etc-kubernetes-$(printf %s "$name" | tr / -)"; fi
done
if [ "$(systemctl is-active kubelet 2>/dev/null)" = active ]; then echo 'name Port-10250'; fi
exit 0)sh",
                             {context.folder()});
    return found ? Result<QStringList>(QStringList(found->values(u"name"_s))) : fail(found.error());
}

Result<void> sayTraces(InstallContext &context, const QStringList &traces)
{
    return traces.isEmpty()
        ? Result<void>()
        : context.accept(u"%1: left on %2 by an earlier try of this installation, and let pass"_s.arg(traces.join(u", "_s), context.target().name));
}

namespace {

constexpr int joinSeconds = 420; // kubeadm's own patience with discovery and with the kubelet is longer, and silent
constexpr size_t fewestAtOnce = 5; // workers; else one in ten

Result<void> join(InstallContext &context, std::mutex &tokens)
{
    if (const auto other = foreignCluster(context); !other || *other)
        return other ? fail(ErrorKind::Conflict, (*other)->detail) : fail(other.error());
    const auto traces = ownTraces(context);
    if (!traces)
        return fail(traces.error());
    QStringList names = acceptedOn(context.plan(), context.target().name) + *traces;
    names.removeDuplicates();
    if (!passesNames(names))
        return fail(ErrorKind::Rejected, u"a check's name that kubeadm does not know: %1"_s.arg(names.join(u", "_s)));
    if (auto said = sayTraces(context, *traces); !said)
        return said;
    const auto secrets = joinSecrets(context, tokens, false);
    if (!secrets)
        return fail(secrets.error());
    if (auto marked = markBegun(context); !marked)
        return marked;
    QByteArray script = "timeout -k 10 " + QByteArray::number(joinSeconds) + " kubeadm join --config \"$KBOSS_SECRET\"";
    if (!names.isEmpty())
        script += ' ' + shellQuoted(u"--ignore-preflight-errors="_s + names.join(u','));
    const DetachedAction action{u"join"_s, script + '\n', joinConfiguration(context.plan(), context.target(), *secrets), (joinSeconds + 60) * 1000};
    const auto isThere = [&]() -> Result<bool> {
        const auto ready = waitFor(context, 60'000, [&] { return probeMember(context); });
        return ready ? Result<bool>(true) : ready.error().kind == ErrorKind::Timeout ? Result<bool>(false) : fail(ready.error());
    };
    auto joined = runUntil(context, action, isThere);
    if (!joined) {
        forgetJoinSecrets(context);
        return joined;
    }
    // Nothing runs there before the network does: see "ready".
    return kubectlOrder(context, {u"cordon"_s, context.target().name});
}

Result<void> leave(InstallContext &context)
{
    const auto belonging = belongingOf(context);
    if (!belonging)
        return fail(belonging.error());
    if (!belonging->begun)
        return {};
    const QString name = context.target().name;
    const auto node = onceKnown<std::optional<NodeView>>(context, [&] { return nodeOf(context, name); });
    if (!node)
        return notLeft(node.error());
    Result<void> left;
    if (*node && (*node)->address == context.target().address)
        left = drainNode(context, name).and_then([&] { return deleteNode(context, name); });
    return left.and_then([&] { return resetOwn(context); });
}

} // namespace

void addWorkerSteps(StepList &list, const PlanHost &host)
{
    const size_t workers = list.plan().withRole(HostRole::Worker).size();
    InstallStep step = stepOf(host.name, "join", InstallPhase::Workers, 15'000, (joinSeconds + 180) * 1000);
    step.after = {list.last(firstControl(list.plan()).name)};
    step.needsAll = true;
    step.limitGroup = u"workers"_s;
    step.limit = static_cast<int>(std::max(fewestAtOnce, workers / 10));
    step.usualUndoMs = 60'000;
    step.changes = {{StepChange::Kind::Node, host.name, u"worker"_s},
                    {StepChange::Kind::Service, u"kubelet"_s, {}},
                    {StepChange::Kind::File, u"/etc/kubernetes/kubelet.conf"_s, {}}};
    const auto tokens = list.ground().tokens;
    step.probe = [](InstallContext &context) { return probeMember(context); };
    step.act = [tokens](InstallContext &context) { return join(context, *tokens); };
    step.undo = leave;
    step.withReset = InstallStep::WithReset::Resets;
    list.add(std::move(step));
    addReadyStep(list, host.name, InstallPhase::Workers, 20'000);
}

} // namespace kboss::steps
