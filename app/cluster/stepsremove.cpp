// removeWorkerSteps() and removeClusterSteps().
#include "app/cluster/hostlock.h"
#include "app/cluster/stepparts.h"

namespace kboss {

using namespace Qt::StringLiterals;
using namespace steps;

namespace {

// Nobody else's host is ever reset: it has to bear the mark of the plan's cluster, and what its own kubelet says it belongs to must not be another
// one.
Result<StepFinding> probeReset(InstallContext &context)
{
    const InstallPlan &plan = context.plan();
    const auto clean = probeClean(context);
    const auto marks = clean ? marksOn(context) : Result<QStringList>(fail(clean.error()));
    if (!marks)
        return fail(marks.error());
    const bool isMarked = marks->contains(markOf(plan, context.target()));
    if (clean->state == StepState::Done)
        return isMarked ? open(u"nothing of a cluster is there but the mark that it was begun"_s) : *clean;
    const auto config = fileOf(context, u"/etc/kubernetes/kubelet.conf"_s);
    if (!config)
        return fail(config.error());
    QStringList servers{u"https://"_s + apiEndpoint(plan)};
    for (const PlanHost *host : plan.withRole(HostRole::ControlPlane))
        servers << u"https://"_s + withPort(host->address, apiPort);
    const bool isElsewhere = *config && std::none_of(servers.begin(), servers.end(), [&](const QString &server) {
        return (*config)->contains("server: " + server.toUtf8() + '\n');
    });
    if (isElsewhere)
        return foreign(u"the host belongs to another cluster"_s);
    if (!isMarked)
        return foreign(
            u"%1, but not the mark that this cluster's installation leaves: the host may be somebody else's and is not reset"_s.arg(clean->detail));
    return clean;
}

// The first control plane speaks for the cluster: it must be the plan's one.
Result<std::optional<StepFinding>> otherCluster(InstallContext &context)
{
    const auto own = probeReset(context);
    if (!own)
        return fail(own.error());
    return own->state == StepState::Foreign ? std::optional<StepFinding>(*own) : std::optional<StepFinding>();
}

Result<StepFinding> probeGone(InstallContext &context, const QString &name)
{
    const auto node = onceKnown<std::optional<NodeView>>(context, [&] { return nodeOf(context, name); });
    if (!node)
        return fail(node.error());
    return *node ? open(u"the cluster has the node %1"_s.arg(name)) : done();
}

InstallStep resetStep(const PlanHost &host)
{
    InstallStep step =
        stepOf(host.name, "reset", host.role == HostRole::Worker ? InstallPhase::Workers : InstallPhase::ControlPlanes, 15'000, 660'000);
    step.changes = {{StepChange::Kind::Service, u"kubelet"_s, {}},
                    {StepChange::Kind::File, u"/etc/kubernetes"_s, {}},
                    {StepChange::Kind::File, u"/var/lib/kubelet"_s, {}},
                    {StepChange::Kind::File, u"/etc/cni/net.d"_s, {}}};
    if (host.role == HostRole::ControlPlane)
        step.changes.push_back({StepChange::Kind::File, u"/var/lib/etcd"_s, {}});
    step.probe = probeReset;
    step.act = resetHost;
    return step;
}

void addUnregister(StepList &list, const QString &host, const QString &subject, const QString &after)
{
    const auto platform = list.ground().options.platform;
    if (!platform)
        return;
    InstallStep step = stepOf(host, "unregister", InstallPhase::Register, 2'000, 120'000);
    step.after = {after};
    step.needsAll = true;
    step.changes = {{StepChange::Kind::Platform, subject.isEmpty() ? list.plan().cluster : subject, {}}};
    step.probe = [platform, subject](InstallContext &) -> Result<StepFinding> {
        const auto known = platform->isRegistered(subject);
        return known ? Result<StepFinding>(*known ? open() : done()) : fail(known.error());
    };
    step.act = [platform, subject](InstallContext &) { return platform->unregister(subject); };
    list.add(std::move(step));
}

// On the first control-plane host: cordoned, drained, deleted. The worker itself need not answer.
void addNodeSteps(StepList &list, const PlanHost &worker)
{
    const QString first = firstControl(list.plan()).name, name = worker.name;
    InstallStep drain = stepOf(first, "drain", InstallPhase::Workers, 30'000, 240'000);
    drain.name += u'-' + name;
    drain.changes = {{StepChange::Kind::Node, name, u"cordon, drain"_s}};
    drain.probe = [name](InstallContext &context) -> Result<StepFinding> {
        if (const auto other = otherCluster(context); !other || *other)
            return other ? Result<StepFinding>(**other) : fail(other.error());
        const auto node = onceKnown<std::optional<NodeView>>(context, [&] { return nodeOf(context, name); });
        if (!node)
            return notLeft(node.error());
        if (!*node)
            return done(u"the cluster has no such node"_s);
        if ((*node)->schedulable)
            return open(u"the node takes pods"_s);
        const auto drained = fileOf(context, ownPath(context, u"drained-"_s + name));
        return drained ? Result<StepFinding>(*drained ? done() : open(u"pods are on the node"_s)) : fail(drained.error());
    };
    drain.act = [name](InstallContext &context) {
        return kubectlOrder(context, {u"cordon"_s, name}).and_then([&] { return drainNode(context, name); }).and_then([&] {
            return putOwnFile(context, u"drained-"_s + name, "yes\n");
        });
    };
    drain.undo = [name](InstallContext &context) {
        return kubectlOrder(context, {u"uncordon"_s, name}).and_then([&] {
            return order(context, {u"rm"_s, u"-f"_s, u"--"_s, ownPath(context, u"drained-"_s + name)});
        });
    };
    list.add(std::move(drain));

    InstallStep remove = stepOf(first, "delete", InstallPhase::Workers, 2'000, 180'000);
    remove.name += u'-' + name;
    remove.changes = {{StepChange::Kind::Node, name, u"delete"_s}};
    remove.probe = [name](InstallContext &context) { return probeGone(context, name); };
    remove.act = [name](InstallContext &context) { return deleteNode(context, name); };
    list.add(std::move(remove));
}

Result<StepFinding> probeLeft(InstallContext &context, const PlanHost &host)
{
    if (const auto other = otherCluster(context); !other || *other)
        return other ? Result<StepFinding>(**other) : fail(other.error());
    const auto clean = probeClean(context); // of the first: without a cluster there is nothing to leave
    if (!clean || clean->state == StepState::Done)
        return clean;
    const auto members = onceKnown<std::vector<EtcdMember>>(context, [&] { return etcdMembers(context); });
    // All of it goes: where the cluster is gone already, its hosts are reset all the same.
    if (!members && members.error().kind == ErrorKind::Rejected)
        return notNeeded(u"there is nothing to take it out of: %1"_s.arg(members.error().detail));
    if (!members)
        return fail(members.error());
    for (const EtcdMember &member : *members) {
        if (member.name == host.name || member.peers.contains(u"https://"_s + withPort(host.address, 2380)))
            return open(u"etcd has a member on the host"_s);
    }
    return probeGone(context, host.name);
}

// Of another control plane than the first: etcd's member goes before its data does.
void addControlRemoval(StepList &list, const PlanHost &host, const QStringList &after)
{
    const QString first = firstControl(list.plan()).name;
    InstallStep step = stepOf(first, "leave", InstallPhase::ControlPlanes, 5'000, 300'000);
    step.name += u'-' + host.name;
    step.after = after;
    step.changes = {{StepChange::Kind::Membership, u"etcd"_s, host.name}, {StepChange::Kind::Node, host.name, u"delete"_s}};
    step.probe = [host](InstallContext &context) { return probeLeft(context, host); };
    step.act = [host](InstallContext &context) { return removeEtcdMember(context, host).and_then([&] { return deleteNode(context, host.name); }); };
    list.add(std::move(step));
}

} // namespace

std::vector<InstallStep> removeWorkerSteps(const InstallPlan &plan, const QString &host, const InstallOptions &options)
{
    const PlanHost *worker = plan.find(host);
    if (!worker || worker->role != HostRole::Worker)
        return {};
    StepList list({plan, options});
    list.add(lockStep(firstControl(plan), options));
    addNodeSteps(list, *worker);
    list.add(lockStep(*worker, options));
    InstallStep reset = resetStep(*worker);
    reset.after = {list.last(firstControl(plan).name)};
    reset.needsAll = true;
    list.add(std::move(reset));
    addUnregister(list, firstControl(plan).name, host, list.last(firstControl(plan).name));
    return list.take();
}

std::vector<InstallStep> removeClusterSteps(const InstallPlan &plan, const InstallOptions &options)
{
    StepList list({plan, options});
    const PlanHost &first = firstControl(plan);
    for (const PlanHost &host : plan.hosts)
        list.add(lockStep(host, options));
    QStringList gone;
    for (const PlanHost *worker : plan.withRole(HostRole::Worker)) {
        list.add(resetStep(*worker));
        gone << list.last(worker->name);
    }
    for (const PlanHost *host : plan.withRole(HostRole::ControlPlane)) {
        if (host->name == first.name)
            continue;
        addControlRemoval(list, *host, gone);
        InstallStep reset = resetStep(*host);
        reset.after = {list.last(first.name)};
        reset.limitGroup = u"control-planes"_s;
        reset.limit = 1;
        list.add(std::move(reset));
        gone << list.last(host->name);
    }
    InstallStep last = resetStep(first);
    last.after = gone; // hosts that were set aside do not keep it
    list.add(std::move(last));
    addUnregister(list, first.name, {}, list.last(first.name));
    return list.take();
}

} // namespace kboss
