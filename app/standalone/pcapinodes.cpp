#include "app/cluster/kubeobjects.h"
#include "app/standalone/jsontext.h"
#include "app/standalone/pcapi.h"
#include "app/standalone/pcapianswer.h"

#include <QRegularExpression>

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

constexpr int drainSeconds = 110;

// Before anybody connects: the contract's pattern says the same, but a name that begins with '-' would be an option.
Outcome<void> isNodeName(const QString &name, const char *field)
{
    static const QRegularExpression shape(u"\\A[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\\z"_s);
    return shape.match(name).hasMatch() && name.size() <= 253
        ? Outcome<void>()
        : Outcome<void>(refuse(u"%1: no name of a node (RFC 1123)"_s.arg(QLatin1String(field)), QLatin1String(field)));
}

struct Label {
    QString key, value;
    bool hasValue = false;
};

Outcome<Label> readLabel(const QString &text, bool bind)
{
    static const QRegularExpression shape(u"\\A((?:[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)"
                                          "(=((?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?))?\\z"_s);
    const auto match = shape.match(text);
    if (!match.hasMatch())
        return refuse(u"label: must be key=value of Kubernetes' syntax"_s, u"label"_s);
    Label label{match.captured(1), match.captured(3), match.capturedLength(2) > 0};
    if (bind && !label.hasValue)
        return refuse(u"label: a value is needed to put it on (key=value)"_s, u"label"_s);
    return label;
}

Result<nlohmann::json> nodeObject(const ControlPlane &plane, const QString &name)
{
    const auto output = plane.kubectl({u"get"_s, u"node"_s, name, u"-o"_s, u"json"_s});
    if (!output)
        return fail(output.error());
    auto object = nlohmann::json::parse(output->begin(), output->end(), nullptr, false);
    if (!object.is_object())
        return fail(ErrorKind::Protocol, u"kubectl's answer is no JSON"_s);
    return object;
}

// Only what is there can be taken off.
Result<void> carries(const ControlPlane &plane, const QString &name, const Label &label)
{
    const auto object = nodeObject(plane, name);
    if (!object)
        return fail(object.error());
    static const auto path = nlohmann::json::json_pointer("/metadata/labels");
    const auto labels = object->contains(path) ? object->at(path) : nlohmann::json();
    const auto found = labels.is_object() ? labels.find(label.key.toStdString()) : labels.end();
    if (labels.is_object() && found != labels.end() && (!label.hasValue || *found == label.value.toStdString()))
        return {};
    return fail(ErrorKind::Rejected, u"node %1 has no label %2"_s.arg(name, label.key + (label.hasValue ? u'=' + label.value : QString())));
}

Result<void> changeLabel(const CheckedRequest &request, Backend &backend, const Label &label, bool bind)
{
    const auto plane = ControlPlane::reach(request, backend);
    if (!plane)
        return fail(plane.error());
    const QString name = request.text("worker_node");
    if (auto there = bind ? Result<void>() : carries(*plane, name, label); !there)
        return there;
    const QString change = bind ? label.key + u'=' + label.value : label.key + u'-';
    const auto done = plane->kubectl({u"label"_s, u"node"_s, name, u"--overwrite"_s, change});
    return done ? Result<void>() : fail(done.error());
}

Outcome<Answer> nodeLabelOpt(const CheckedRequest &request, Backend &backend)
{
    const bool bind = request.text("opt") == u"label"_s;
    if (auto named = isNodeName(request.text("worker_node"), "worker_node"); !named)
        return Refused(named.error());
    const auto label = readLabel(request.text("label"), bind);
    if (!label)
        return Refused(label.error());
    const auto done = changeLabel(request, backend, *label, bind);
    if (!done)
        return pcapiFailure(*request.operation, pcapiWords(done.error(), request));
    return pcapiAnswer(bind ? u"节点绑定标签成功"_s : u"节点解绑标签成功"_s, "{}");
}

Result<KubeObjects> look(const ControlPlane &plane, const QString &kinds)
{
    const auto output = plane.kubectl({u"get"_s, kinds, u"-A"_s, u"-o"_s, u"json"_s});
    return output ? readKubeObjects(*output) : fail(output.error());
}

// A worker by its name or, without one, by the address the request goes to.
Result<KubeNode> findWorker(const std::vector<KubeNode> &nodes, const QString &name, const QString &address)
{
    for (const KubeNode &node : nodes) {
        const bool meant = name.isEmpty() ? node.internalIp == address || node.externalIp == address || node.name == address : node.name == name;
        if (!meant)
            continue;
        if (!node.control)
            return node;
        return name.isEmpty() ? fail(ErrorKind::Rejected, u"%1 is a control-plane node: name the worker with worker_node"_s.arg(address))
                              : fail(ErrorKind::Rejected, u"node %1 is of the control plane: that is left alone"_s.arg(name));
    }
    return name.isEmpty() ? fail(ErrorKind::NotFound, u"no worker has the address %1: name it with worker_node"_s.arg(address))
                          : fail(ErrorKind::NotFound, u"nodes \"%1\" not found"_s.arg(name));
}

Result<void> drain(const ControlPlane &plane, const QString &name, bool force)
{
    QStringList words{u"drain"_s, name, u"--ignore-daemonsets"_s, u"--delete-emptydir-data"_s, u"--timeout=%1s"_s.arg(drainSeconds)};
    if (force)
        words << u"--force"_s << u"--grace-period=0"_s;
    const auto done = plane.kubectl(words, {}, drainSeconds + 10);
    return done ? Result<void>() : fail(done.error());
}

Result<QString> switchNode(const CheckedRequest &request, Backend &backend)
{
    const auto plane = ControlPlane::reach(request, backend);
    if (!plane)
        return fail(plane.error());
    const auto objects = look(*plane, u"nodes"_s);
    if (!objects)
        return fail(objects.error());
    const auto worker = findWorker(objects->nodes, request.text("worker_node"), request.text("host"));
    if (!worker)
        return fail(worker.error());
    const auto done = plane->kubectl({request.text("state"), worker->name});
    if (!done)
        return fail(done.error());
    if (auto drained = request.isTrue("darin") ? drain(*plane, worker->name, false) : Result<void>(); !drained)
        return fail(drained.error());
    return worker->name;
}

Outcome<Answer> nodeStateSwitch(const CheckedRequest &request, Backend &backend)
{
    if (auto named = request.has("worker_node") ? isNodeName(request.text("worker_node"), "worker_node") : Outcome<void>(); !named)
        return Refused(named.error());
    if (request.isTrue("darin") && request.text("state") != u"cordon"_s)
        return refuse(u"darin: goes with state=cordon only"_s, u"darin"_s);
    const auto node = switchNode(request, backend);
    std::string data;
    JsonObject object(data);
    object.text("state", request.text("state"));
    object.boolean("drain", request.isTrue("darin"));
    if (node)
        object.text("node_name", *node);
    object.close();
    return node ? pcapiAnswer(u"switch node success"_s, data) : pcapiFailure(*request.operation, pcapiWords(node.error(), request), data);
}

// Pods that would be lost with the node: DaemonSets and static pods belong to it.
QStringList podsAt(const std::vector<KubePod> &pods, const QString &node)
{
    QStringList names;
    for (const KubePod &pod : pods) {
        if (pod.hostName == node && !pod.ended && pod.ownerKind != u"DaemonSet"_s && pod.ownerKind != u"Node"_s)
            names << pod.nameSpace + u'/' + pod.name;
    }
    return names;
}

Result<void> emptyNode(const ControlPlane &plane, const std::vector<KubePod> &pods, const QString &name, bool force)
{
    if (!force) {
        const QStringList left = podsAt(pods, name);
        return left.isEmpty()
            ? Result<void>()
            : fail(ErrorKind::Conflict,
                   u"%1 pods run on %2 (%3): move them first, or force it"_s.arg(left.size()).arg(name, left.mid(0, 5).join(u", "_s)));
    }
    const auto cordoned = plane.kubectl({u"cordon"_s, name});
    return cordoned ? drain(plane, name, true) : fail(cordoned.error());
}

Result<void> deleteNode(const CheckedRequest &request, Backend &backend)
{
    const auto plane = ControlPlane::reach(request, backend);
    if (!plane)
        return fail(plane.error());
    const auto objects = look(*plane, u"nodes,pods"_s);
    if (!objects)
        return fail(objects.error());
    const auto worker = findWorker(objects->nodes, request.text("node_name"), {});
    if (!worker)
        return fail(worker.error());
    const bool force = request.isTrue("force");
    if (auto emptied = emptyNode(*plane, objects->pods, worker->name, force); !emptied)
        return emptied;
    QStringList words{u"delete"_s, u"node"_s, worker->name};
    if (force)
        words << u"--force"_s << u"--grace-period=0"_s;
    const auto done = plane->kubectl(words, {}, 60);
    return done ? Result<void>() : fail(done.error());
}

Outcome<Answer> deleteClusterNode(const CheckedRequest &request, Backend &backend)
{
    if (auto named = isNodeName(request.text("node_name"), "node_name"); !named)
        return Refused(named.error());
    const auto done = deleteNode(request, backend);
    std::string data;
    JsonObject object(data);
    object.text("node_name", request.text("node_name"));
    object.boolean("force", request.isTrue("force"));
    object.close();
    return done ? pcapiAnswer(u"delete node success"_s, data) : pcapiFailure(*request.operation, pcapiWords(done.error(), request), data);
}

} // namespace

void addPcapiNodeHandlers(HandlerTable &table)
{
    table.insert(u"pcapiNodeLabelOpt"_s, nodeLabelOpt);
    table.insert(u"pcapiNodeStateSwitch"_s, nodeStateSwitch);
    table.insert(u"pcapiDeleteClusterNode"_s, deleteClusterNode);
}

} // namespace kboss::standalone
