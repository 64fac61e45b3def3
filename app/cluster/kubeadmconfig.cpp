// What kubeadm and containerd are told.
#include "app/cluster/kubeadmconfig.h"

#include "app/cluster/addressrange.h"
#include "app/cluster/workload.h"
#include "app/cluster/yamltree.h"

#include <QRegularExpression>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr const char *apiVersion = "kubeadm.k8s.io/v1beta4";

YamlTree listOf(const QStringList &texts)
{
    YamlTree all = YamlTree::array();
    for (const QString &text : texts)
        all.push_back(text.toStdString());
    return all;
}

YamlTree document(const char *version, const char *kind)
{
    YamlTree made;
    made["apiVersion"] = version;
    made["kind"] = kind;
    return made;
}

YamlTree registration(const InstallPlan &plan, const PlanHost &host)
{
    YamlTree made;
    made["name"] = host.name.toStdString();
    made["criSocket"] = runtimeSocket;
    made["imagePullPolicy"] = "IfNotPresent";
    made["kubeletExtraArgs"] = YamlTree::array({{{"name", "node-ip"}, {"value", host.address.toStdString()}}});
    if (plan.withRole(HostRole::Worker).empty())
        made["taints"] = YamlTree::array(); // nobody else is there to run anything
    return made;
}

YamlTree localEndpoint(const PlanHost &host)
{
    return {{"advertiseAddress", host.address.toStdString()}, {"bindPort", apiPort}};
}

QString endpointHost(const InstallPlan &plan)
{
    QString host = plan.endpoint.section(u':', 0, -2);
    return host.startsWith(u'[') ? host.mid(1, host.size() - 2) : host;
}

YamlTree clusterConfiguration(const InstallPlan &plan)
{
    YamlTree made = document(apiVersion, "ClusterConfiguration");
    const QString name = cleanName(plan.cluster);
    made["clusterName"] = name.isEmpty() ? "kubernetes" : name.toStdString();
    made["kubernetesVersion"] = plan.version.toStdString();
    if (!plan.endpoint.isEmpty())
        made["controlPlaneEndpoint"] = plan.endpoint.toStdString();
    if (!plan.registryMirror.isEmpty())
        made["imageRepository"] = plan.registryMirror.toStdString();
    made["networking"] = {
        {"dnsDomain", "cluster.local"}, {"podSubnet", plan.podRange.toStdString()}, {"serviceSubnet", plan.serviceRange.toStdString()}};
    QStringList names;
    for (const PlanHost *host : plan.withRole(HostRole::ControlPlane))
        names << host->name << host->address;
    if (!plan.endpoint.isEmpty())
        names << endpointHost(plan);
    names.removeDuplicates();
    made["apiServer"]["certSANs"] = listOf(names);
    return made;
}

YamlTree timeouts()
{
    // A wrong token or an unreachable server makes kubeadm wait in silence for five minutes.
    return {{"discovery", "2m0s"}, {"tlsBootstrap", "3m0s"}};
}

} // namespace

QString minorVersion(const InstallPlan &plan)
{
    return plan.version.section(u'.', 0, 1);
}

QString packageRoot(const InstallPlan &plan)
{
    QString root = plan.packageMirror.isEmpty() ? QString::fromLatin1(publicPackages) : plan.packageMirror;
    while (root.endsWith(u'/'))
        root.chop(1);
    return root + u'/' + minorVersion(plan) + u"/deb"_s;
}

QString withPort(const QString &host, int port)
{
    return (host.contains(u':') ? u'[' + host + u']' : host) + u':' + QString::number(port);
}

QString apiEndpoint(const InstallPlan &plan)
{
    if (!plan.endpoint.isEmpty())
        return plan.endpoint;
    const auto control = plan.withRole(HostRole::ControlPlane);
    return control.empty() ? QString() : withPort(control.front()->address, apiPort);
}

QStringList noProxyOf(const InstallPlan &plan)
{
    QStringList all{u"localhost"_s, u"127.0.0.1"_s, u"::1"_s, u".svc"_s, u".cluster.local"_s, plan.podRange, plan.serviceRange};
    for (const PlanHost &host : plan.hosts)
        all << host.address << host.name;
    if (!plan.endpoint.isEmpty())
        all << endpointHost(plan);
    all += plan.noProxy;
    all.removeDuplicates();
    return all;
}

QString flannelImage(const InstallPlan &plan)
{
    const QString root = plan.registryMirror.isEmpty() ? QString::fromLatin1(publicFlannelImages) : plan.registryMirror;
    return root + u"/flannel:v0.28.1"_s;
}

QString flannelPluginImage(const InstallPlan &plan)
{
    const QString root = plan.registryMirror.isEmpty() ? QString::fromLatin1(publicFlannelImages) : plan.registryMirror;
    return root + u"/flannel-cni-plugin:v1.9.0-flannel1"_s;
}

QString checkImage(const InstallPlan &plan)
{
    // Flannel's has a shell and is on every node already.
    if (plan.networkAddon == u"flannel"_s)
        return flannelImage(plan);
    return plan.registryMirror.isEmpty() ? QLatin1String(publicImages) + u"/e2e-test-images/busybox:1.36.1-1"_s
                                         : plan.registryMirror + u"/busybox:1.36.1-1"_s;
}

QByteArray initConfiguration(const InstallPlan &plan)
{
    const PlanHost &host = *plan.withRole(HostRole::ControlPlane).front();
    YamlTree init = document(apiVersion, "InitConfiguration");
    init["localAPIEndpoint"] = localEndpoint(host);
    init["nodeRegistration"] = registration(plan, host);
    YamlTree kubelet = document("kubelet.config.k8s.io/v1beta1", "KubeletConfiguration");
    kubelet["cgroupDriver"] = "systemd";
    return QByteArray::fromStdString(yamlText({init, clusterConfiguration(plan), kubelet}));
}

QByteArray joinConfiguration(const InstallPlan &plan, const PlanHost &host, const JoinSecrets &secrets)
{
    YamlTree join = document(apiVersion, "JoinConfiguration");
    join["discovery"]["bootstrapToken"] = {
        {"apiServerEndpoint", apiEndpoint(plan).toStdString()}, {"token", secrets.token.toStdString()}, {"caCertHashes", listOf(secrets.caHashes)}};
    join["nodeRegistration"] = registration(plan, host);
    join["timeouts"] = timeouts();
    if (host.role == HostRole::ControlPlane)
        join["controlPlane"] = {{"localAPIEndpoint", localEndpoint(host)}, {"certificateKey", secrets.certificateKey.toStdString()}};
    return QByteArray::fromStdString(yamlText({join}));
}

Result<JoinSecrets> readJoinCommand(const QByteArray &output)
{
    static const QRegularExpression token(u"--token\\s+([a-z0-9]{6}\\.[a-z0-9]{16})(?![a-z0-9])"_s);
    static const QRegularExpression hash(u"--discovery-token-ca-cert-hash\\s+(sha256:[0-9a-f]{64})(?![0-9a-f])"_s);
    const QString text = QString::fromUtf8(output);
    JoinSecrets read{token.match(text).captured(1), {}, {}};
    for (auto all = hash.globalMatch(text); all.hasNext();)
        read.caHashes << all.next().captured(1);
    if (read.token.isEmpty() || read.caHashes.isEmpty())
        return fail(ErrorKind::Protocol, u"kubeadm gave no token to join with"_s);
    return read;
}

Result<QString> readCertificateKey(const QByteArray &output)
{
    static const QRegularExpression key(u"^[0-9a-f]{64}$"_s, QRegularExpression::MultilineOption);
    const QString found = key.match(QString::fromUtf8(output)).captured();
    return found.isEmpty() ? fail(ErrorKind::Protocol, u"kubeadm gave no key of the uploaded certificates"_s) : Result<QString>(found);
}

} // namespace kboss
