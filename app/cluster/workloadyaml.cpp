#include "app/cluster/workload.h"
#include "app/cluster/yamltree.h"

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

using Tree = YamlTree;

std::string text(const QString &value)
{
    return value.toStdString();
}

Tree object(const char *version, const char *kind, const QString &name, const QString &nameSpace)
{
    Tree made;
    made["apiVersion"] = version;
    made["kind"] = kind;
    made["metadata"]["name"] = text(name);
    if (!nameSpace.isEmpty())
        made["metadata"]["namespace"] = text(nameSpace);
    return made;
}

Tree labelsOf(const Workload &workload)
{
    Tree labels;
    labels[workload.selfLabel.first.toStdString()] = text(workload.selfLabel.second);
    labels["kboss-config"] = text(workload.id);
    return labels;
}

QString cpuText(qint64 milli)
{
    return milli % 1000 == 0 ? QString::number(milli / 1000) : u"%1m"_s.arg(milli);
}

QString memoryText(qint64 mi)
{
    return mi % 1024 == 0 ? u"%1Gi"_s.arg(mi / 1024) : u"%1Mi"_s.arg(mi);
}

Tree environment(const char *name, const QString &secret, const char *key)
{
    Tree entry;
    entry["name"] = name;
    entry["valueFrom"]["secretKeyRef"]["name"] = text(secret);
    entry["valueFrom"]["secretKeyRef"]["key"] = key;
    return entry;
}

Tree resources(const Workload &workload)
{
    Tree amounts;
    for (const char *kind : {"requests", "limits"}) {
        amounts[kind]["cpu"] = text(cpuText(workload.cpuMilli));
        amounts[kind]["memory"] = text(memoryText(workload.memoryMi));
        if (workload.systemDiskMi > 0)
            amounts[kind]["ephemeral-storage"] = text(memoryText(workload.systemDiskMi));
        if (workload.gpus > 0)
            amounts[kind]["nvidia.com/gpu"] = text(QString::number(workload.gpus));
    }
    return amounts;
}

Tree container(const Workload &workload)
{
    Tree made;
    const QString secret = workload.id + u"-auth"_s;
    made["name"] = "main";
    made["image"] = text(workload.image);
    made["imagePullPolicy"] = "IfNotPresent";
    made["ports"][0]["containerPort"] = workload.insidePort;
    if (workload.type == InstanceType::RelationalDb) {
        made["env"].push_back(environment("MYSQL_ROOT_PASSWORD", secret, "password"));
    } else {
        made["env"].push_back(environment("KBOSS_USER", secret, "user"));
        made["env"].push_back(environment("KBOSS_PASSWORD", secret, "password"));
        if (workload.image.contains(u"ubuntu"_s)) { // the image's own command ends at once
            made["command"][0] = "sleep";
            made["command"][1] = "infinity";
        }
    }
    made["resources"] = resources(workload);
    made["volumeMounts"][0]["name"] = "data";
    made["volumeMounts"][0]["mountPath"] = text(workload.mountPath);
    return made;
}

Tree claimSpec(const Workload &workload)
{
    Tree spec;
    spec["accessModes"].push_back("ReadWriteOnce");
    spec["resources"]["requests"]["storage"] = text(memoryText(workload.dataDiskMi));
    return spec;
}

// Pods of which there may be several, and which have no identity: no claim of one of them could be another's.
bool comesAndGoes(Controller controller)
{
    return controller == Controller::Deployment || controller == Controller::DaemonSet;
}

// Only where the parts are that are paid for.
Tree affinity(const QStringList &hosts)
{
    Tree expression;
    expression["key"] = "kubernetes.io/hostname";
    expression["operator"] = "In";
    for (const QString &host : hosts)
        expression["values"].push_back(text(host));
    Tree made;
    made["nodeAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"]["nodeSelectorTerms"][0]["matchExpressions"][0] = expression;
    return made;
}

Tree podSpec(const Workload &workload, const WorkloadNames &names, bool ownClaim)
{
    static constexpr const char *policies[] = {"Always", "OnFailure", "Never"};
    Tree spec;
    spec["serviceAccountName"] = text(names.serviceAccount);
    spec["restartPolicy"] = policies[static_cast<size_t>(workload.restart)];
    for (const auto &[key, value] : workload.nodeSelector)
        spec["nodeSelector"][key.toStdString()] = text(value);
    spec["containers"].push_back(container(workload));
    if (!workload.hosts.isEmpty())
        spec["affinity"] = affinity(workload.hosts);
    if (!ownClaim) {
        Tree volume;
        volume["name"] = "data";
        if (comesAndGoes(workload.controller)) {
            volume["ephemeral"]["volumeClaimTemplate"]["metadata"]["labels"] = labelsOf(workload);
            volume["ephemeral"]["volumeClaimTemplate"]["spec"] = claimSpec(workload);
        } else {
            volume["persistentVolumeClaim"]["claimName"] = text(workload.id + u"-data"_s);
        }
        spec["volumes"].push_back(volume);
    }
    return spec;
}

Tree podTemplate(const Workload &workload, const WorkloadNames &names, bool ownClaim)
{
    Tree made;
    made["metadata"]["labels"] = labelsOf(workload);
    made["spec"] = podSpec(workload, names, ownClaim);
    return made;
}

Tree scaled(const char *kind, const Workload &workload, const WorkloadNames &names, bool ownClaim)
{
    Tree made = object("apps/v1", kind, names.controller, names.nameSpace);
    made["metadata"]["labels"] = labelsOf(workload);
    if (workload.controller != Controller::DaemonSet)
        made["spec"]["replicas"] = workload.replicas;
    made["spec"]["selector"]["matchLabels"]["kboss-config"] = text(workload.id);
    made["spec"]["template"] = podTemplate(workload, names, ownClaim);
    return made;
}

Tree statefulSet(const Workload &workload, const WorkloadNames &names)
{
    Tree made = scaled("StatefulSet", workload, names, true);
    made["spec"]["serviceName"] = text(names.service);
    Tree claim;
    claim["metadata"]["name"] = "data";
    claim["spec"] = claimSpec(workload);
    made["spec"]["volumeClaimTemplates"].push_back(claim);
    return made;
}

Tree jobSpec(const Workload &workload, const WorkloadNames &names)
{
    Tree spec;
    spec["backoffLimit"] = 6;
    spec["template"] = podTemplate(workload, names, false);
    return spec;
}

Tree cronJob(const Workload &workload, const WorkloadNames &names)
{
    Tree made = object("batch/v1", "CronJob", names.controller, names.nameSpace);
    made["metadata"]["labels"] = labelsOf(workload);
    made["spec"]["schedule"] = text(u"0 * * * *"_s); // the description has no schedule: at every full hour
    made["spec"]["concurrencyPolicy"] = "Forbid";
    made["spec"]["jobTemplate"]["spec"] = jobSpec(workload, names);
    return made;
}

Tree job(const Workload &workload, const WorkloadNames &names)
{
    Tree made = object("batch/v1", "Job", names.controller, names.nameSpace);
    made["metadata"]["labels"] = labelsOf(workload);
    made["spec"] = jobSpec(workload, names);
    return made;
}

Tree barePod(const Workload &workload, const WorkloadNames &names)
{
    Tree made = object("v1", "Pod", names.controller, names.nameSpace);
    made["metadata"]["labels"] = labelsOf(workload);
    made["spec"] = podSpec(workload, names, false);
    return made;
}

Tree controller(const Workload &workload, const WorkloadNames &names)
{
    switch (workload.controller) {
    case Controller::StatefulSet:
        return statefulSet(workload, names);
    case Controller::Deployment:
        return scaled("Deployment", workload, names, false);
    case Controller::DaemonSet:
        return scaled("DaemonSet", workload, names, false);
    case Controller::CronJob:
        return cronJob(workload, names);
    case Controller::Job:
        return job(workload, names);
    case Controller::Standalone:
        break;
    }
    return barePod(workload, names);
}

Tree service(const Workload &workload, const WorkloadNames &names)
{
    Tree made = object("v1", "Service", names.service, names.nameSpace);
    made["spec"]["selector"]["kboss-config"] = text(workload.id);
    made["spec"]["type"] = workload.portMode == PortMode::NodePort ? "NodePort"
        : workload.portMode == PortMode::LoadBalancer              ? "LoadBalancer"
                                                                   : "ClusterIP";
    Tree port;
    port["name"] = "main";
    port["port"] = workload.apiPort;
    port["targetPort"] = workload.insidePort;
    if (workload.portMode == PortMode::NodePort)
        port["nodePort"] = workload.outsidePort;
    made["spec"]["ports"].push_back(port);
    return made;
}

Tree ingress(const Workload &workload, const WorkloadNames &names)
{
    Tree made = object("networking.k8s.io/v1", "Ingress", workload.id + u"-ingress"_s, names.nameSpace);
    Tree &backend = made["spec"]["defaultBackend"]["service"];
    backend["name"] = text(names.service);
    backend["port"]["number"] = workload.apiPort;
    return made;
}

Tree secret(const Workload &workload, const WorkloadNames &names, YamlFor purpose)
{
    Tree made = object("v1", "Secret", workload.id + u"-auth"_s, names.nameSpace);
    made["type"] = "Opaque";
    made["stringData"]["user"] = text(workload.authUser);
    made["stringData"]["password"] = text(purpose == YamlFor::Preview ? u"••••••"_s : workload.authPassword);
    return made;
}

} // namespace

std::string toYaml(const Workload &workload, YamlFor purpose)
{
    return toYaml(workload, namesOf(workload), purpose);
}

std::string toYaml(const Workload &workload, const WorkloadNames &names, YamlFor purpose)
{
    std::vector<Tree> objects{object("v1", "Namespace", names.nameSpace, {}), object("v1", "ServiceAccount", names.serviceAccount, names.nameSpace),
                              secret(workload, names, purpose)};
    if (workload.controller != Controller::StatefulSet && !comesAndGoes(workload.controller)) {
        objects.push_back(object("v1", "PersistentVolumeClaim", workload.id + u"-data"_s, names.nameSpace));
        objects.back()["metadata"]["labels"] = labelsOf(workload);
        objects.back()["spec"] = claimSpec(workload);
    }
    objects.push_back(controller(workload, names));
    objects.push_back(service(workload, names));
    if (workload.portMode == PortMode::Ingress)
        objects.push_back(ingress(workload, names));
    return yamlText(objects);
}

} // namespace kboss
