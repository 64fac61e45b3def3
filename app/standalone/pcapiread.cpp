#include "app/cluster/kubeobjects.h"
#include "app/standalone/clusterview.h"
#include "app/standalone/jsontext.h"
#include "app/standalone/pcapi.h"
#include "app/standalone/pcapianswer.h"

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

QString age(const QDateTime &since, const QDateTime &now)
{
    return since.isValid() ? ageText(since.secsTo(now)) : QString();
}

void appendPod(std::string &out, const KubePod &pod, const QDateTime &now)
{
    JsonObject row(out);
    row.text("pod_namespace", pod.nameSpace);
    row.text("pod_name", pod.name);
    row.text("pod_ready", u"%1/%2"_s.arg(pod.readyContainers).arg(pod.containers));
    row.text("pod_running", pod.phase);
    row.text("pod_restart", QString::number(pod.restarts));
    row.text("pod_age", age(pod.created, now));
    row.text("pod_ip", pod.ip);
    row.text("pod_node", pod.hostName);
    row.text("pod_nominated_node", pod.nominatedNode);
    row.text("pod_readiness_gates", pod.readinessGates);
    row.close();
}

void appendNode(std::string &out, const KubeNode &node, const QDateTime &now)
{
    JsonObject row(out);
    row.text("node_name", node.name);
    row.text("node_status", (node.ready ? u"Ready"_s : u"NotReady"_s) + (node.cordoned ? u",SchedulingDisabled"_s : QString()));
    row.text("node_role", node.control ? u"control-plane"_s : QString());
    row.text("node_age", age(node.created, now));
    row.text("node_version", node.version);
    row.text("node_internalip", node.internalIp);
    row.text("node_externalip", node.externalIp);
    row.text("node_osversion", node.osVersion);
    row.text("node_kernelversion", node.kernelVersion);
    row.text("node_containeruntime", node.runtime);
    row.close();
}

template <class Object> Answer rowsAnswer(const std::vector<Object> &objects, void (*append)(std::string &, const Object &, const QDateTime &))
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    std::string data;
    JsonObject object(data);
    object.number("total", static_cast<qint64>(objects.size()));
    std::string &rows = object.member("rows");
    rows += '[';
    for (const Object &one : objects) {
        rows += rows.back() == '[' ? "" : ",";
        append(rows, one, now);
    }
    rows += ']';
    object.close();
    return pcapiAnswer(u"operate success"_s, data);
}

Result<KubeObjects> look(const CheckedRequest &request, Backend &backend, const QString &kind)
{
    const auto plane = ControlPlane::reach(request, backend);
    if (!plane)
        return fail(plane.error());
    const auto output = plane->kubectl({u"get"_s, kind, u"-A"_s, u"-o"_s, u"json"_s});
    return output ? readKubeObjects(*output) : fail(output.error());
}

Outcome<Answer> getClusterPods(const CheckedRequest &request, Backend &backend)
{
    const auto objects = look(request, backend, u"pods"_s);
    return objects ? rowsAnswer(objects->pods, appendPod) : pcapiFailure(*request.operation, pcapiWords(objects.error(), request));
}

Outcome<Answer> getClusterNodes(const CheckedRequest &request, Backend &backend)
{
    const auto objects = look(request, backend, u"nodes"_s);
    return objects ? rowsAnswer(objects->nodes, appendNode) : pcapiFailure(*request.operation, pcapiWords(objects.error(), request));
}

} // namespace

void addPcapiReadHandlers(HandlerTable &table)
{
    table.insert(u"pcapiGetClusterPods"_s, getClusterPods);
    table.insert(u"pcapiGetClusterNodes"_s, getClusterNodes);
}

} // namespace kboss::standalone
