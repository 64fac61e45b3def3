#include "app/cluster/kubeconfig.h"
#include "app/cluster/kubectl.h"
#include "app/standalone/clusterbackend.h"
#include "app/standalone/pcapi.h"
#include "app/standalone/pcapianswer.h"

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

constexpr const char *taken[] = {"clusterid",         "source_name",          "instance_type",       "source_replicasetnum", "source_authuser",
                                 "source_authpasswd", "source_podengine",     "pod_imagepath",       "source_memrate",       "source_cpurate",
                                 "source_selflabel",  "source_portmode",      "source_apiport",      "source_insideport",    "source_outsideport",
                                 "source_mountpath",  "source_restartpolicy", "source_storagelimits"};

QString faultWords(const WorkloadFault &fault)
{
    static constexpr const char *words[] = {"is needed",
                                            "is no quantity",
                                            "must be more than nothing",
                                            "must be a port, 1 to 65535",
                                            "must be between 30000 and 32767 with NodePort",
                                            "must be key:value of Kubernetes' syntax",
                                            "must be an absolute path",
                                            "has nothing that could be a name, or is too long",
                                            "does not go with this controller",
                                            "must be 1 with this controller",
                                            "is not known",
                                            "does not go with this kind of instance",
                                            "is needed with GPUs",
                                            "is too large"};
    return fault.field + u' ' + QLatin1String(words[static_cast<size_t>(fault.reason)]);
}

struct Wanted {
    Workload workload;
    WorkloadNames names;
};

// The ID that all other names are made from.
QString idOf(const QString &controllerName, Workload workload)
{
    workload.id.clear();
    const QString suffix = namesOf(workload).controller; // "-statefulset"
    return controllerName.endsWith(suffix) && controllerName.size() > suffix.size() ? controllerName.chopped(suffix.size()) : controllerName;
}

Outcome<Wanted> named(Workload workload, const CheckedRequest &request)
{
    static const QStringList ofKubernetes{u"kube-system"_s, u"kube-public"_s, u"kube-node-lease"_s};
    workload.id = idOf(request.text("podcd_name", cleanName(request.text("source_name"))), workload);
    workload.clusterId = request.text("clusterid");
    workload.orgId = request.text("cpcid");
    if (workload.id.isEmpty())
        return refuse(u"podcd_name: needed, or source_name"_s, u"podcd_name"_s);
    Wanted wanted{workload, namesOf(workload)};
    wanted.names.nameSpace = request.text("namespace_name", wanted.names.nameSpace);
    if (wanted.names.nameSpace.isEmpty() || ofKubernetes.contains(wanted.names.nameSpace))
        return refuse(wanted.names.nameSpace.isEmpty() ? u"namespace_name: needed, or clusterid"_s
                                                       : u"namespace_name: belongs to Kubernetes itself"_s,
                      u"namespace_name"_s);
    wanted.names.serviceAccount = request.text("serviceaccount_name", wanted.names.nameSpace + u"-serviceaccount"_s);
    wanted.names.controller = request.text("podcd_name", wanted.names.controller);
    wanted.names.service = request.text("service_name", wanted.names.service);
    if (std::max(wanted.names.controller.size(), wanted.names.service.size()) > 63)
        return refuse(u"podcd_name: too long for the names that are made from it"_s, u"podcd_name"_s);
    return wanted;
}

Outcome<Wanted> wantedToApply(const CheckedRequest &request)
{
    WorkloadTexts texts;
    for (const char *name : taken)
        texts.insert(QLatin1String(name), request.text(name));
    if (texts[u"clusterid"_s].isEmpty())
        texts[u"clusterid"_s] = request.text("namespace_name");
    const auto workload = readWorkload(texts);
    if (!workload) {
        QStringList faults;
        for (const WorkloadFault &fault : workload.error())
            faults << faultWords(fault);
        return refuse(faults.join(u"; "_s), workload.error().front().field);
    }
    return named(*workload, request);
}

Outcome<Wanted> wantedToDelete(const CheckedRequest &request)
{
    static constexpr std::pair<const char *, Controller> engines[] = {{"StatefulSet", Controller::StatefulSet},
                                                                      {"Deployment", Controller::Deployment},
                                                                      {"DaemonSet", Controller::DaemonSet},
                                                                      {"CronJob", Controller::CronJob},
                                                                      {"Job", Controller::Job},
                                                                      {"Standalone", Controller::Standalone}};
    Workload workload;
    for (const auto &[word, controller] : engines) {
        workload.controller = controller;
        const QString suffix = namesOf(workload).controller;
        if (request.has("source_podengine") ? request.text("source_podengine") == QLatin1String(word) : request.text("podcd_name").endsWith(suffix))
            return named(workload, request);
    }
    return refuse(u"source_podengine: needed, for podcd_name does not tell it"_s, u"source_podengine"_s);
}

Result<void> carryOut(const Wanted &wanted, bool apply, const RunKubectl &kubectl)
{
    return apply ? applyWorkload(wanted.workload, wanted.names, kubectl) : removeWorkload(wanted.workload, wanted.names, kubectl);
}

Result<void> overSsh(const Wanted &wanted, bool apply, const CheckedRequest &request, Backend &backend)
{
    const auto plane = ControlPlane::reach(request, backend);
    return plane ? carryOut(wanted, apply, plane->runner()) : fail(plane.error());
}

Result<void> byKubeconfig(const Wanted &wanted, bool apply, const QByteArray &kubeconfig, Backend &backend)
{
    KubectlSettings settings = backend.clusters.kubectl;
    settings.stop = backend.pcapi.token();
    const Kubectl kubectl(std::move(settings), kubeconfig);
    return carryOut(wanted, apply, [&kubectl](const QStringList &arguments, const QByteArray &input, int seconds) {
        return kubectl.run(arguments, input, seconds);
    });
}

// All of the way in, or none of it.
Outcome<void> hasWay(const CheckedRequest &request)
{
    if (!request.has("host"))
        return request.has("kubeconfig") ? Outcome<void>()
                                         : Outcome<void>(refuse(u"host: needed (with port, user and psssword), or kubeconfig"_s, u"host"_s));
    for (const char *name : {"port", "user", "psssword"}) {
        if (!request.has(name))
            return refuse(u"%1: needed with host"_s.arg(QLatin1String(name)), QLatin1String(name));
    }
    return {};
}

Outcome<Answer> yamlApplyDelete(const CheckedRequest &request, Backend &backend)
{
    if (auto way = hasWay(request); !way)
        return Refused(way.error());
    const bool apply = request.text("action", u"apply"_s) == u"apply"_s;
    const auto wanted = apply ? wantedToApply(request) : wantedToDelete(request);
    if (!wanted)
        return Refused(wanted.error());
    Result<void> done;
    if (request.has("host")) {
        done = overSsh(*wanted, apply, request, backend);
    } else {
        const auto kubeconfig = rebuiltKubeconfig(request.text("kubeconfig").toUtf8());
        if (!kubeconfig)
            return refuse(u"kubeconfig: "_s + kubeconfig.error().detail, u"kubeconfig"_s);
        done = byKubeconfig(*wanted, apply, *kubeconfig, backend);
    }
    return done ? pcapiAnswer(u"operate success"_s, "null") : pcapiFailure(*request.operation, pcapiWords(done.error(), request));
}

} // namespace

void addPcapiYamlHandlers(HandlerTable &table)
{
    table.insert(u"pcapiYamlApplyDelete"_s, yamlApplyDelete);
}

} // namespace kboss::standalone
