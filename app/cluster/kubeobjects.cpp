#include "app/cluster/kubeobjects.h"

#include <nlohmann/json.hpp>

namespace kboss {

using namespace Qt::StringLiterals;
using nlohmann::json;

namespace {

const json &at(const json &object, const char *name)
{
    static const json none;
    if (!object.is_object())
        return none;
    const auto found = object.find(name);
    return found == object.end() ? none : *found;
}

QString textOf(const json &value)
{
    return value.is_string() ? QString::fromStdString(value.get_ref<const std::string &>()) : QString();
}

QString text(const json &object, const char *name)
{
    return textOf(at(object, name));
}

qint64 number(const json &object, const char *name)
{
    const json &value = at(object, name);
    return value.is_number_integer() ? value.get<qint64>() : 0;
}

QDateTime time(const json &object, const char *name)
{
    return QDateTime::fromString(text(object, name), Qt::ISODate);
}

qint64 gpusIn(const json &amounts)
{
    qint64 gpus = 0;
    for (const char *name : {"nvidia.com/gpu", "amd.com/gpu", "huawei.com/Ascend910"})
        gpus += text(amounts, name).toLongLong();
    return gpus;
}

qint64 milliIn(const json &amounts)
{
    return cpuNano(text(amounts, "cpu")).value_or(0) / 1'000'000;
}

qint64 diskMiIn(const json &amounts)
{
    return memoryBytes(text(amounts, "ephemeral-storage")).value_or(0) / (1024 * 1024);
}

qint64 kiIn(const json &amounts)
{
    return memoryBytes(text(amounts, "memory")).value_or(0) / 1024;
}

bool ownLabel(const QString &key)
{
    const qsizetype slash = key.indexOf(u'/');
    const QStringView domain = QStringView(key).left(std::max<qsizetype>(slash, 0));
    return !domain.endsWith(u"kubernetes.io") && !domain.endsWith(u"k8s.io");
}

void takeLabels(const json &metadata, KubeNode &node)
{
    for (const auto &[key, value] : at(metadata, "labels").items()) {
        const QString name = QString::fromStdString(key);
        if (name == u"node-role.kubernetes.io/control-plane"_s || name == u"node-role.kubernetes.io/master"_s)
            node.control = true;
        if (ownLabel(name))
            node.labels << name + u'=' + textOf(value);
    }
    node.labels.sort();
}

void takeConditions(const json &status, KubeNode &node)
{
    for (const json &condition : at(status, "conditions")) {
        const QString type = text(condition, "type");
        const bool isTrue = text(condition, "status") == u"True"_s;
        if (type == u"Ready"_s) {
            node.ready = isTrue;
            if (!isTrue)
                node.trouble = text(condition, "reason");
        } else if (isTrue && node.trouble.isEmpty()) {
            node.trouble = type; // MemoryPressure, DiskPressure, PIDPressure, NetworkUnavailable
        }
    }
}

KubeNode readNode(const json &object)
{
    const json &metadata = at(object, "metadata"), &status = at(object, "status"), &info = at(status, "nodeInfo");
    KubeNode node;
    node.name = text(metadata, "name");
    node.created = time(metadata, "creationTimestamp");
    takeLabels(metadata, node);
    const json &unschedulable = at(at(object, "spec"), "unschedulable");
    node.cordoned = unschedulable.is_boolean() && unschedulable.get<bool>();
    takeConditions(status, node);
    node.version = text(info, "kubeletVersion");
    node.osVersion = text(info, "osImage");
    node.kernelVersion = text(info, "kernelVersion");
    node.runtime = text(info, "containerRuntimeVersion");
    for (const json &address : at(status, "addresses")) {
        if (text(address, "type") == u"InternalIP"_s)
            node.internalIp = text(address, "address");
        else if (text(address, "type") == u"ExternalIP"_s)
            node.externalIp = text(address, "address");
    }
    const json &amounts = at(status, "allocatable").is_object() ? at(status, "allocatable") : at(status, "capacity");
    node.cpuMilli = milliIn(amounts);
    node.memoryKi = kiIn(amounts);
    node.gpus = gpusIn(amounts);
    node.podLimit = text(amounts, "pods").toLongLong();
    node.diskMi = diskMiIn(amounts);
    return node;
}

// The reason in the state of one container, as kubectl prints it; empty = nothing to say.
QString containerReason(const json &status)
{
    const json &state = at(status, "state");
    if (const QString waiting = text(at(state, "waiting"), "reason"); !waiting.isEmpty())
        return waiting;
    const json &terminated = at(state, "terminated");
    if (!terminated.is_object())
        return {};
    if (const QString reason = text(terminated, "reason"); !reason.isEmpty())
        return reason;
    return number(terminated, "signal") != 0 ? u"Signal:%1"_s.arg(number(terminated, "signal"))
                                             : u"ExitCode:%1"_s.arg(number(terminated, "exitCode"));
}

bool isTrue(const json &object, const char *name)
{
    const json &value = at(object, name);
    return value.is_boolean() && value.get<bool>();
}

// An init container that goes on beside the others: a sidecar.
bool isSidecar(const json &spec, const QString &name)
{
    const json &containers = at(spec, "initContainers");
    return std::any_of(containers.begin(), containers.end(),
                       [&](const json &one) { return text(one, "name") == name && text(one, "restartPolicy") == u"Always"_s; });
}

// "Init:1/2", "Init:Error"; empty once all of them ended well, or go on as sidecars.
QString initReason(const json &spec, const json &status)
{
    const json &states = at(status, "initContainerStatuses");
    size_t done = 0;
    for (const json &state : states) {
        const json &terminated = at(at(state, "state"), "terminated");
        const bool goesOn = isTrue(state, "started") && isSidecar(spec, text(state, "name"));
        if (goesOn || (terminated.is_object() && number(terminated, "exitCode") == 0)) {
            ++done;
            continue;
        }
        const QString reason = containerReason(state);
        if (!reason.isEmpty() && reason != u"PodInitializing"_s)
            return u"Init:"_s + reason;
        return u"Init:%1/%2"_s.arg(done).arg(at(spec, "initContainers").size());
    }
    return {};
}

void takeSidecars(const json &spec, const json &status, KubePod &pod)
{
    for (const json &container : at(status, "initContainerStatuses")) {
        if (!isSidecar(spec, text(container, "name")))
            continue;
        ++pod.containers;
        pod.restarts += number(container, "restartCount");
        pod.readyContainers += isTrue(container, "started") && isTrue(container, "ready") ? 1 : 0;
    }
}

// The reason of the first container that has one, as kubectl prints it.
void takeContainers(const json &status, KubePod &pod, bool initializing)
{
    bool running = false;
    QString first;
    for (const json &container : at(status, "containerStatuses")) {
        pod.restarts += number(container, "restartCount");
        const bool up = at(at(container, "state"), "running").is_object() && isTrue(container, "ready");
        pod.readyContainers += up ? 1 : 0;
        running = running || up;
        if (first.isEmpty())
            first = containerReason(container);
    }
    if (!first.isEmpty() && !initializing)
        pod.phase = first;
    if (pod.phase != u"Completed"_s || !running)
        return;
    const json &conditions = at(status, "conditions");
    const bool ready = std::any_of(conditions.begin(), conditions.end(),
                                   [](const json &one) { return text(one, "type") == u"Ready"_s && text(one, "status") == u"True"_s; });
    pod.phase = ready ? u"Running"_s : u"NotReady"_s;
}

void takeAmounts(const json &spec, KubePod &pod)
{
    bool everyCpu = true, everyMemory = true;
    for (const json &container : at(spec, "containers")) {
        ++pod.containers;
        const json &resources = at(container, "resources"), &requests = at(resources, "requests"), &limits = at(resources, "limits");
        pod.cpuAskedMilli += milliIn(requests);
        pod.memoryAskedKi += kiIn(requests);
        pod.gpusAsked += gpusIn(limits);
        pod.diskAskedMi += diskMiIn(requests);
        everyCpu = everyCpu && !text(limits, "cpu").isEmpty();
        everyMemory = everyMemory && !text(limits, "memory").isEmpty();
        pod.cpuLimitMilli += milliIn(limits);
        pod.memoryLimitKi += kiIn(limits);
        pod.gpuLimit += gpusIn(limits);
    }
    pod.cpuLimitMilli = everyCpu ? pod.cpuLimitMilli : 0;
    pod.memoryLimitKi = everyMemory ? pod.memoryLimitKi : 0;
}

QString gatesOf(const json &spec, const json &status)
{
    const json &gates = at(spec, "readinessGates"), &conditions = at(status, "conditions");
    if (!gates.is_array() || gates.empty())
        return {};
    const auto open = std::count_if(gates.begin(), gates.end(), [&conditions](const json &gate) {
        return std::any_of(conditions.begin(), conditions.end(),
                           [&gate](const json &one) { return text(one, "type") == text(gate, "conditionType") && text(one, "status") == u"True"_s; });
    });
    return u"%1/%2"_s.arg(open).arg(gates.size());
}

QString ownerOf(const json &metadata)
{
    const json &owners = at(metadata, "ownerReferences");
    return owners.is_array() && !owners.empty() ? text(owners.front(), "kind") : QString();
}

KubePod readPod(const json &object)
{
    const json &metadata = at(object, "metadata"), &spec = at(object, "spec"), &status = at(object, "status");
    KubePod pod;
    pod.nameSpace = text(metadata, "namespace");
    pod.name = text(metadata, "name");
    pod.created = time(metadata, "creationTimestamp");
    for (const auto &[key, value] : at(metadata, "labels").items())
        pod.labels.insert(QString::fromStdString(key), textOf(value));
    pod.ownerKind = ownerOf(metadata);
    pod.readinessGates = gatesOf(spec, status);
    pod.hostName = text(spec, "nodeName");
    pod.ip = text(status, "podIP");
    pod.nominatedNode = text(status, "nominatedNodeName");
    takeAmounts(spec, pod);
    const QString phase = text(status, "phase");
    pod.ended = phase == u"Succeeded"_s || phase == u"Failed"_s;
    pod.phase = text(status, "reason").isEmpty() ? phase : text(status, "reason");
    const QString initializing = initReason(spec, status);
    if (!initializing.isEmpty())
        pod.phase = initializing;
    takeSidecars(spec, status, pod);
    takeContainers(status, pod, !initializing.isEmpty());
    if (at(metadata, "deletionTimestamp").is_string())
        pod.phase = text(status, "reason") == u"NodeLost"_s ? u"Unknown"_s : u"Terminating"_s;
    return pod;
}

Result<json> parse(const QByteArray &bytes)
{
    json document = json::parse(bytes.begin(), bytes.end(), nullptr, false);
    if (document.is_discarded() || !document.is_object() || text(document, "kind").isEmpty())
        return fail(ErrorKind::Protocol, u"no Kubernetes object: %1"_s.arg(QString::fromUtf8(bytes.left(200))));
    return document;
}

} // namespace

Result<KubeObjects> readKubeObjects(const QByteArray &bytes)
{
    const auto document = parse(bytes);
    if (!document)
        return fail(document.error());
    KubeObjects objects;
    const auto take = [&objects](const json &object, const QString &kind) {
        if (kind == u"Node"_s)
            objects.nodes.push_back(readNode(object));
        else if (kind == u"Pod"_s)
            objects.pods.push_back(readPod(object));
    };
    const QString kind = text(*document, "kind");
    if (!kind.endsWith(u"List"_s)) {
        take(*document, kind);
        return objects;
    }
    for (const json &object : at(*document, "items"))
        take(object, text(object, "kind").isEmpty() ? kind.chopped(4) : text(object, "kind"));
    return objects;
}

Result<QHash<QString, KubeUsage>> readKubeMetrics(const QByteArray &bytes)
{
    const auto document = parse(bytes);
    if (!document)
        return fail(document.error());
    QHash<QString, KubeUsage> usage;
    for (const json &object : at(*document, "items")) {
        const json &metadata = at(object, "metadata");
        const QString nameSpace = text(metadata, "namespace"), name = text(metadata, "name");
        KubeUsage &used = usage[nameSpace.isEmpty() ? name : nameSpace + u'/' + name];
        const auto add = [&used](const json &amounts) {
            used.cpuMicro += cpuNano(text(amounts, "cpu")).value_or(0) / 1000;
            used.memoryKi += memoryBytes(text(amounts, "memory")).value_or(0) / 1024;
        };
        if (at(object, "usage").is_object())
            add(at(object, "usage"));
        for (const json &container : at(object, "containers"))
            add(at(container, "usage"));
    }
    return usage;
}

} // namespace kboss
