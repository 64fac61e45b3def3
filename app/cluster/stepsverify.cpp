// Steps of phase 18: the cluster is what the plan says. Nodes that the plan does not name came by their own join command: they are not looked at.
#include "app/cluster/stepparts.h"

#include <QDateTime>
#include <QLocale>
#include <QRegularExpression>

namespace kboss::steps {

using namespace Qt::StringLiterals;

namespace {

constexpr int leastCertificateDays = 300; // of a year
constexpr int settleMs = 300'000; // to become so
constexpr int goneSeconds = 180; // until a namespace has ended

using Probe = std::function<Result<StepFinding>(InstallContext &)>;

// A step that only waits until its probe is content.
void addWait(StepList &list, const char *name, const Probe &probe)
{
    InstallStep step = stepOf(firstControl(list.plan()).name, name, InstallPhase::Verify, 5'000, settleMs + 60'000);
    step.probe = probe;
    step.withReset = InstallStep::WithReset::Goes;
    step.act = [probe](InstallContext &context) {
        return waitFor(
            context, settleMs, [&] { return probe(context); }, 3'000);
    };
    list.add(std::move(step));
}

// The plan's nodes that the cluster has. Hosts that were set aside have none, and that is not the cluster's fault.
Result<std::vector<NodeView>> ownNodes(InstallContext &context)
{
    auto nodes = nodesOf(context);
    if (nodes)
        std::erase_if(*nodes, [&context](const NodeView &node) { return !context.plan().find(node.name); });
    return nodes;
}

Result<StepFinding> probeApi(InstallContext &context)
{
    const auto ready = kubectl(context, {u"get"_s, u"--raw"_s, u"/readyz"_s});
    if (!ready)
        return fail(ready.error());
    if (!ready->isGood() || ready->out.trimmed() != "ok")
        return open(lastWords(*ready));
    const auto nodes = ownNodes(context);
    if (!nodes)
        return nodes.error().kind == ErrorKind::Rejected ? Result<StepFinding>(notYet(nodes.error())) : fail(nodes.error());
    if (nodes->empty())
        return open(u"the cluster has none of the plan's nodes"_s);
    for (const NodeView &node : *nodes) {
        if (node.version != context.plan().version)
            return open(u"%1 runs %2, the plan wants %3"_s.arg(node.name, node.version, context.plan().version));
        if (!node.ready && context.plan().networkAddon != u"none"_s)
            return open(u"%1 is not ready"_s.arg(node.name));
    }
    return done(u"%1 nodes"_s.arg(nodes->size()));
}

Result<StepFinding> probeEtcd(InstallContext &context)
{
    const auto members = etcdMembers(context);
    const auto trouble = members ? etcdTrouble(context) : Result<std::optional<QString>>(fail(members.error()));
    if (!trouble)
        return trouble.error().kind == ErrorKind::Rejected ? Result<StepFinding>(notYet(trouble.error())) : fail(trouble.error());
    return *trouble ? open(**trouble) : done(u"%1 members"_s.arg(members->size()));
}

// "apiserver   Nov 22, 2027 03:11 UTC   364d   ca   no"
Result<StepFinding> probeCertificates(InstallContext &context)
{
    static const QRegularExpression line(u"^(\\S+)\\s+([A-Z][a-z]{2} \\d{2}, \\d{4} \\d{2}:\\d{2}) UTC\\s"_s, QRegularExpression::MultilineOption);
    const auto result = context.runQuietly({u"kubeadm"_s, u"certs"_s, u"check-expiration"_s});
    if (!result)
        return fail(result.error());
    if (!result->isGood())
        return open(lastWords(*result));
    QDateTime soonest;
    QString which;
    const QString text = QString::fromUtf8(result->out);
    for (auto all = line.globalMatch(text); all.hasNext();) {
        const auto match = all.next();
        QDateTime ends = QLocale::c().toDateTime(match.captured(2), u"MMM dd, yyyy HH:mm"_s);
        ends.setTimeSpec(Qt::UTC);
        if (ends.isValid() && (!soonest.isValid() || ends < soonest)) {
            soonest = ends;
            which = match.captured(1);
        }
    }
    if (!soonest.isValid())
        return fail(ErrorKind::Protocol, u"kubeadm names no certificate"_s);
    const QString words = u"%1 ends on %2"_s.arg(which, soonest.date().toString(Qt::ISODate));
    const qint64 days = QDateTime::fromMSecsSinceEpoch(context.clock().nowMs(), Qt::UTC).daysTo(soonest);
    return days >= leastCertificateDays ? done(words) : open(words);
}

// The network: short-lived pods, one a node, each asks for a name and reaches each other.

const QString checkedName = u"network-checked"_s;

QByteArray checkedContent(const std::vector<NodeView> &nodes)
{
    QStringList names;
    for (const NodeView &node : nodes)
        names << node.name;
    names.sort();
    return names.join(u'\n').toUtf8() + '\n';
}

Result<StepFinding> probeNetwork(InstallContext &context)
{
    if (context.plan().networkAddon == u"none"_s)
        return notNeeded(u"the network is somebody else's"_s);
    const auto checked = fileOf(context, ownPath(context, checkedName));
    if (!checked)
        return fail(checked.error());
    if (!*checked)
        return open(u"the pods' network has not been tried"_s);
    const auto nodes = ownNodes(context);
    if (!nodes)
        return nodes.error().kind == ErrorKind::Rejected ? Result<StepFinding>(notYet(nodes.error())) : fail(nodes.error());
    return **checked == checkedContent(*nodes) ? done(u"%1 nodes reach each other"_s.arg(nodes->size()))
                                               : open(u"there are other nodes since the network was tried"_s);
}

QStringList inCheck(const QStringList &arguments)
{
    return QStringList{u"-n"_s, QString::fromLatin1(checkNamespace)} + arguments;
}

// Waits until the namespace has gone: whoever makes it again would meet one that is ending.
Result<void> removeCheckPods(InstallContext &context)
{
    return kubectlOrder(context,
                        {u"delete"_s, u"namespace"_s, QString::fromLatin1(checkNamespace), u"--ignore-not-found=true"_s, u"--wait=true"_s,
                         u"--timeout=%1s"_s.arg(goneSeconds)},
                        {}, (goneSeconds + 60) * 1000);
}

Result<QString> addressOf(InstallContext &context, const QString &pod)
{
    QString address;
    const auto waited = waitFor(context, 180'000, [&]() -> Result<StepFinding> {
        const auto result = kubectl(context, inCheck({u"get"_s, u"pod"_s, pod, u"-o"_s, u"jsonpath={.status.phase} {.status.podIP}"_s}));
        if (!result)
            return fail(result.error());
        const QString words = QString::fromUtf8(result->out).trimmed();
        address = words.section(u' ', 1);
        return words.startsWith(u"Running "_s) && !address.isEmpty()
            ? done()
            : open(u"the pod %1 is %2"_s.arg(pod, words.isEmpty() ? lastWords(*result) : words));
    });
    return waited ? Result<QString>(address) : fail(waited.error());
}

Result<void> tryPod(InstallContext &context, const QString &node, const QStringList &addresses)
{
    static const QString script =
        u"nslookup kubernetes.default.svc.cluster.local >/dev/null 2>&1 || { echo 'no answer of the cluster DNS'; exit 1; }\n"
        "for address; do ping -c 1 -W 5 \"$address\" >/dev/null 2>&1 || { echo \"no way to $address\"; exit 1; }; done"_s;
    QString words;
    const auto tried = waitFor(context, 90'000, [&]() -> Result<StepFinding> { // routes and DNS come a little after the nodes
        const auto result =
            kubectl(context, inCheck(QStringList{u"exec"_s, u"check-"_s + node, u"--"_s, u"sh"_s, u"-c"_s, script, u"sh"_s} + addresses), {},
                    120'000 + 6'000 * static_cast<int>(addresses.size()));
        if (!result)
            return fail(result.error());
        return result->isGood() ? done() : open(u"from %1: %2"_s.arg(node, QString::fromUtf8(result->out).trimmed().section(u'\n', -1)));
    });
    return tried ? tried : fail(tried.error().kind == ErrorKind::Timeout ? ErrorKind::Rejected : tried.error().kind, tried.error().detail);
}

Result<void> tryNodes(InstallContext &context, const std::vector<NodeView> &nodes)
{
    InstallPlan there = context.plan();
    there.hosts.clear();
    for (const NodeView &node : nodes) {
        if (const PlanHost *host = context.plan().find(node.name))
            there.hosts.push_back(*host);
    }
    const auto made = removeCheckPods(context).and_then([&] { // of an earlier try
        return kubectlOrder(context, {u"apply"_s, u"-f"_s, u"-"_s}, checkPodsManifest(there));
    });
    if (!made)
        return made;
    QStringList addresses;
    for (const NodeView &node : nodes) {
        const auto address = addressOf(context, u"check-"_s + node.name);
        if (!address)
            return fail(address.error());
        addresses << *address;
    }
    for (qsizetype i = 0; i < addresses.size(); ++i) {
        QStringList others = addresses;
        others.removeAt(i);
        if (auto tried = tryPod(context, nodes[size_t(i)].name, others); !tried)
            return tried;
        context.say(u"%1 reaches %2 nodes and the cluster's DNS"_s.arg(nodes[size_t(i)].name).arg(others.size()));
    }
    return {};
}

Result<void> tryNetwork(InstallContext &context)
{
    const auto nodes = ownNodes(context);
    if (!nodes)
        return fail(nodes.error());
    const auto tried = tryNodes(context, *nodes);
    const auto removed = removeCheckPods(context);
    return tried.and_then([&] { return removed; }).and_then([&] { return putOwnFile(context, checkedName, checkedContent(*nodes)); });
}

} // namespace

void addVerifySteps(StepList &list)
{
    addWait(list, "verify-api", probeApi);
    addWait(list, "verify-etcd", probeEtcd);
    addWait(list, "verify-certificates", probeCertificates);
    InstallStep network = stepOf(firstControl(list.plan()).name, "verify-network", InstallPhase::Verify, 40'000, 1'800'000);
    network.changes = {{StepChange::Kind::ClusterObject, QString::fromLatin1(checkNamespace), {}}};
    network.probe = probeNetwork;
    network.act = tryNetwork;
    network.undo = [](InstallContext &context) {
        return removeCheckPods(context).and_then([&] { return order(context, {u"rm"_s, u"-f"_s, u"--"_s, ownPath(context, checkedName)}); });
    };
    network.withReset = InstallStep::WithReset::Goes;
    list.add(std::move(network));
}

} // namespace kboss::steps
