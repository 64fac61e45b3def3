// kubeadmconfig.h: files that are none of kubeadm's: containerd's, systemd's, flannel's, pods for checks.
#include "app/cluster/kubeadmconfig.h"

#include "app/cluster/addressrange.h"
#include "app/cluster/yamltree.h"

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

// A TOML basic string.
QByteArray quoted(const QString &text)
{
    QByteArray made = "\"";
    for (const char letter : text.toUtf8()) {
        if (letter == '"' || letter == '\\')
            made += '\\';
        if (static_cast<unsigned char>(letter) < 0x20)
            made += "\\u00" + QByteArray::number(static_cast<int>(letter), 16).rightJustified(2, '0');
        else
            made += letter;
    }
    return made + '"';
}

QByteArray runtime(const QByteArray &table, const char *name, const char *program)
{
    const QByteArray place = table + ".containerd.runtimes." + name;
    QByteArray made = "\n[" + place + "]\n  runtime_type = \"io.containerd.runc.v2\"\n\n[" + place + ".options]\n  SystemdCgroup = true\n";
    if (*program)
        made += QByteArray("  BinaryName = \"") + program + "\"\n";
    return made;
}

YamlTree metadata(const char *name, const char *nameSpace)
{
    YamlTree made{{"name", name}};
    if (*nameSpace)
        made["namespace"] = nameSpace;
    return made;
}

YamlTree object(const char *version, const char *kind, const char *name, const char *nameSpace = "")
{
    return {{"apiVersion", version}, {"kind", kind}, {"metadata", metadata(name, nameSpace)}};
}

constexpr const char *flannelSpace = "kube-flannel";

std::vector<YamlTree> flannelRights()
{
    YamlTree space = object("v1", "Namespace", flannelSpace);
    space["metadata"]["labels"] = {{"k8s-app", "flannel"}, {"pod-security.kubernetes.io/enforce", "privileged"}};
    YamlTree account = object("v1", "ServiceAccount", "flannel", flannelSpace);
    YamlTree role = object("rbac.authorization.k8s.io/v1", "ClusterRole", "flannel");
    const auto rule = [](const char *resource, std::initializer_list<const char *> verbs) {
        return YamlTree{{"apiGroups", YamlTree::array({""})},
                        {"resources", YamlTree::array({resource})},
                        {"verbs", YamlTree(std::vector<std::string>(verbs.begin(), verbs.end()))}};
    };
    role["rules"] = YamlTree::array({rule("pods", {"get"}), rule("nodes", {"get", "list", "watch"}), rule("nodes/status", {"patch"})});
    YamlTree binding = object("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "flannel");
    binding["roleRef"] = {{"apiGroup", "rbac.authorization.k8s.io"}, {"kind", "ClusterRole"}, {"name", "flannel"}};
    binding["subjects"] = YamlTree::array({{{"kind", "ServiceAccount"}, {"name", "flannel"}, {"namespace", flannelSpace}}});
    return {space, account, role, binding};
}

YamlTree flannelSettings(const InstallPlan &plan)
{
    const auto range = AddressRange::parse(plan.podRange);
    const bool six = range && range->base.protocol() == QAbstractSocket::IPv6Protocol;
    YamlTree net{{"Backend", {{"Type", "vxlan"}}}};
    if (six)
        net.update({{"EnableIPv4", false}, {"EnableIPv6", true}, {"IPv6Network", plan.podRange.toStdString()}});
    else
        net["Network"] = plan.podRange.toStdString();
    const YamlTree first{{"type", "flannel"}, {"delegate", {{"hairpinMode", true}, {"isDefaultGateway", true}}}};
    const YamlTree second{{"type", "portmap"}, {"capabilities", {{"portMappings", true}}}};
    const YamlTree cni{{"name", "cbr0"}, {"cniVersion", "0.3.1"}, {"plugins", YamlTree::array({first, second})}};
    YamlTree made = object("v1", "ConfigMap", "kube-flannel-cfg", flannelSpace);
    made["metadata"]["labels"] = {{"app", "flannel"}, {"tier", "node"}};
    made["data"] = {{"cni-conf.json", cni.dump(2)}, {"net-conf.json", net.dump(2)}};
    return made;
}

YamlTree mount(const char *name, const char *path)
{
    return {{"name", name}, {"mountPath", path}};
}

YamlTree hostPath(const char *name, const char *path, const char *type = "")
{
    YamlTree made{{"name", name}, {"hostPath", {{"path", path}}}};
    if (*type)
        made["hostPath"]["type"] = type;
    return made;
}

YamlTree copier(const char *name, const QString &image, std::initializer_list<const char *> paths, std::initializer_list<YamlTree> mounts)
{
    YamlTree arguments = YamlTree::array({"-f"});
    for (const char *path : paths)
        arguments.push_back(path);
    return {{"name", name},
            {"image", image.toStdString()},
            {"command", YamlTree::array({"cp"})},
            {"args", arguments},
            {"volumeMounts", YamlTree(std::vector<YamlTree>(mounts))}};
}

YamlTree field(const char *name, const char *path)
{
    return {{"name", name}, {"valueFrom", {{"fieldRef", {{"fieldPath", path}}}}}};
}

YamlTree flannelPod(const InstallPlan &plan)
{
    YamlTree daemon{{"name", "kube-flannel"}, {"image", flannelImage(plan).toStdString()}, {"command", YamlTree::array({"/opt/bin/flanneld"})}};
    // The address that the plan knows a node by, whatever other networks it is in.
    daemon["args"] = YamlTree::array({"--ip-masq", "--kube-subnet-mgr"});
    daemon["resources"]["requests"] = {{"cpu", "100m"}, {"memory", "50Mi"}};
    daemon["securityContext"] = {{"privileged", false}, {"capabilities", {{"add", YamlTree::array({"NET_ADMIN", "NET_RAW"})}}}};
    daemon["env"] = YamlTree::array({field("POD_NAME", "metadata.name"),
                                     field("POD_NAMESPACE", "metadata.namespace"),
                                     field("NODE_IP", "status.hostIP"),
                                     {{"name", "EVENT_QUEUE_DEPTH"}, {"value", "5000"}}});
    daemon["args"].push_back("--iface=$(NODE_IP)");
    daemon["volumeMounts"] =
        YamlTree::array({mount("run", "/run/flannel"), mount("flannel-cfg", "/etc/kube-flannel/"), mount("xtables-lock", "/run/xtables.lock")});
    YamlTree pod{{"hostNetwork", true}, {"priorityClassName", "system-node-critical"}, {"serviceAccountName", "flannel"}};
    pod["tolerations"] = YamlTree::array({{{"operator", "Exists"}, {"effect", "NoSchedule"}}});
    pod["initContainers"] = YamlTree::array({
        copier("install-cni-plugin", flannelPluginImage(plan), {"/flannel", "/opt/cni/bin/flannel"}, {mount("cni-plugin", "/opt/cni/bin")}),
        copier("install-cni", flannelImage(plan), {"/etc/kube-flannel/cni-conf.json", "/etc/cni/net.d/10-flannel.conflist"},
               {mount("cni", "/etc/cni/net.d"), mount("flannel-cfg", "/etc/kube-flannel/")}),
    });
    pod["containers"] = YamlTree::array({daemon});
    pod["volumes"] = YamlTree::array({hostPath("run", "/run/flannel"),
                                      hostPath("cni-plugin", "/opt/cni/bin"),
                                      hostPath("cni", "/etc/cni/net.d"),
                                      {{"name", "flannel-cfg"}, {"configMap", {{"name", "kube-flannel-cfg"}}}},
                                      hostPath("xtables-lock", "/run/xtables.lock", "FileOrCreate")});
    return pod;
}

} // namespace

QByteArray containerdConfig(int major, const QString &pauseImage, bool nvidia)
{
    const bool newer = major >= 2;
    const QByteArray cri = newer ? "plugins.\"io.containerd.cri.v1.runtime\"" : "plugins.\"io.containerd.grpc.v1.cri\"";
    QByteArray made = "# Written by Kboss Console. Settings of your own belong into files below conf.d.\n";
    made += newer ? "version = 3\n" : "version = 2\n";
    made += "imports = [\"/etc/containerd/conf.d/*.toml\"]\n\n";
    if (newer)
        made += "[plugins.\"io.containerd.cri.v1.images\".pinned_images]\n  sandbox = " + quoted(pauseImage)
            + "\n\n[plugins.\"io.containerd.cri.v1.images\".registry]\n  config_path = \"/etc/containerd/certs.d\"\n";
    else
        made +=
            '[' + cri + "]\n  sandbox_image = " + quoted(pauseImage) + "\n\n[" + cri + ".registry]\n  config_path = \"/etc/containerd/certs.d\"\n";
    made += '\n' + ('[' + cri + ".cni]\n  bin_dir = \"/opt/cni/bin\"\n  conf_dir = \"/etc/cni/net.d\"\n");
    made += "\n[" + cri + ".containerd]\n  default_runtime_name = \"runc\"\n";
    made += runtime(cri, "runc", "");
    if (nvidia)
        made += runtime(cri, "nvidia", "/usr/bin/nvidia-container-runtime");
    return made;
}

QByteArray proxyDropIn(const InstallPlan &plan)
{
    if (plan.httpProxy.isEmpty() && plan.httpsProxy.isEmpty())
        return {};
    QByteArray made = "[Service]\n";
    const auto line = [&made](const char *name, QString value) {
        if (!value.isEmpty())
            made += QByteArray("Environment=\"") + name + '='
                + value.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s).replace(u'%', u"%%"_s).toUtf8() + "\"\n";
    };
    line("HTTP_PROXY", plan.httpProxy);
    line("HTTPS_PROXY", plan.httpsProxy);
    line("NO_PROXY", noProxyOf(plan).join(u','));
    return made;
}

QByteArray flannelManifest(const InstallPlan &plan)
{
    std::vector<YamlTree> all = flannelRights();
    all.push_back(flannelSettings(plan));
    YamlTree set = object("apps/v1", "DaemonSet", "kube-flannel-ds", flannelSpace);
    set["metadata"]["labels"] = {{"app", "flannel"}, {"tier", "node"}};
    set["spec"]["selector"]["matchLabels"] = {{"app", "flannel"}};
    set["spec"]["template"]["metadata"]["labels"] = {{"app", "flannel"}, {"tier", "node"}};
    set["spec"]["template"]["spec"] = flannelPod(plan);
    all.push_back(set);
    return QByteArray::fromStdString(yamlText(all));
}

QByteArray checkPodsManifest(const InstallPlan &plan)
{
    std::vector<YamlTree> all{object("v1", "Namespace", checkNamespace)};
    for (const PlanHost &host : plan.hosts) {
        YamlTree pod = object("v1", "Pod", "", checkNamespace);
        pod["metadata"]["name"] = "check-" + host.name.toStdString();
        pod["metadata"]["labels"] = {{"app", "kboss-check"}};
        YamlTree container{{"name", "check"}, {"image", checkImage(plan).toStdString()}, {"imagePullPolicy", "IfNotPresent"}};
        container["command"] = YamlTree::array({"sleep", "1800"});
        pod["spec"] = {{"nodeName", host.name.toStdString()},
                       {"restartPolicy", "Always"},
                       {"terminationGracePeriodSeconds", 0},
                       {"activeDeadlineSeconds", 1800}};
        pod["spec"]["tolerations"] = YamlTree::array({{{"operator", "Exists"}}});
        pod["spec"]["containers"] = YamlTree::array({container});
        all.push_back(pod);
    }
    return QByteArray::fromStdString(yamlText(all));
}

} // namespace kboss
