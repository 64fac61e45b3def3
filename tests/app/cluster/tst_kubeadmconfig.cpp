// What kubeadm, containerd, systemd and the cluster are told: read back by other readers.
#include "app/cluster/kubeadmconfig.h"
#include "app/cluster/stepparts.h"

#include <QTest>
#include <nlohmann/json.hpp>
#include <yaml-cpp/yaml.h>

using namespace kboss;
using namespace Qt::StringLiterals;

class TstKubeadmConfig : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initSaysWhatThePlanSays();
    void hostileValuesStayValues();
    void aPlanWithoutWorkersTakesPods();
    void joinOfAWorker();
    void joinOfAControlPlane();
    void joinCommandsAreRead();
    void containerdConfigs_data();
    void containerdConfigs();
    void proxyForTheUnit();
    void packageRoots();
    void imagesOfARole();
    void flannelHasThePlansRange();
    void checkPodsOnEachNode();
    void namesToLetPass();
};

namespace {

InstallPlan good()
{
    InstallPlan plan;
    plan.cluster = u"Test 1"_s;
    plan.version = u"v1.34.9"_s;
    plan.endpoint = u"api.example.com:8443"_s;
    plan.registryMirror = u"r.example.com/google_containers"_s;
    plan.hosts = {{u"cp-1"_s, u"10.20.0.11"_s, 22, u"ops"_s, HostRole::ControlPlane, {}},
                  {u"cp-2"_s, u"10.20.0.12"_s, 22, u"ops"_s, HostRole::ControlPlane, {}},
                  {u"w-1"_s, u"10.20.0.21"_s, 22, u"ops"_s, HostRole::Worker, {}}};
    return plan;
}

std::map<std::string, YAML::Node> documents(const QByteArray &content)
{
    std::map<std::string, YAML::Node> all;
    for (const YAML::Node &node : YAML::LoadAll(content.toStdString()))
        all[node["kind"].as<std::string>()] = node;
    return all;
}

std::string text(const YAML::Node &node)
{
    return node.IsScalar() ? node.as<std::string>() : std::string("no text");
}

const QByteArray joinLine = "kubeadm join 10.99.0.11:6443 --token abcdef.0123456789abcdef --discovery-token-ca-cert-hash "
                            "sha256:fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210 \n";

} // namespace

void TstKubeadmConfig::initSaysWhatThePlanSays()
{
    auto all = documents(initConfiguration(good()));
    QCOMPARE(all.size(), size_t(3));
    const YAML::Node init = all["InitConfiguration"], cluster = all["ClusterConfiguration"], kubelet = all["KubeletConfiguration"];
    QCOMPARE(text(init["apiVersion"]), std::string("kubeadm.k8s.io/v1beta4"));
    QCOMPARE(text(init["localAPIEndpoint"]["advertiseAddress"]), std::string("10.20.0.11"));
    QCOMPARE(init["localAPIEndpoint"]["bindPort"].as<int>(), 6443);
    QCOMPARE(text(init["nodeRegistration"]["name"]), std::string("cp-1"));
    QCOMPARE(text(init["nodeRegistration"]["criSocket"]), std::string("unix:///run/containerd/containerd.sock"));
    QVERIFY(init["nodeRegistration"]["kubeletExtraArgs"].IsSequence());
    QCOMPARE(text(init["nodeRegistration"]["kubeletExtraArgs"][0]["name"]), std::string("node-ip"));
    QCOMPARE(text(init["nodeRegistration"]["kubeletExtraArgs"][0]["value"]), std::string("10.20.0.11"));
    QVERIFY(!init["nodeRegistration"]["taints"]); // kubeadm's own
    QVERIFY(!init["bootstrapTokens"] && !init["certificateKey"]); // no secret in a file that stays
    QCOMPARE(text(cluster["kubernetesVersion"]), std::string("v1.34.9"));
    QCOMPARE(text(cluster["controlPlaneEndpoint"]), std::string("api.example.com:8443"));
    QCOMPARE(text(cluster["imageRepository"]), std::string("r.example.com/google_containers"));
    QCOMPARE(text(cluster["networking"]["podSubnet"]), std::string("10.244.0.0/16"));
    QCOMPARE(text(cluster["networking"]["serviceSubnet"]), std::string("10.96.0.0/12"));
    QCOMPARE(cluster["apiServer"]["certSANs"].as<std::vector<std::string>>(),
             (std::vector<std::string>{"cp-1", "10.20.0.11", "cp-2", "10.20.0.12", "api.example.com"}));
    QCOMPARE(text(kubelet["cgroupDriver"]), std::string("systemd"));
}

void TstKubeadmConfig::hostileValuesStayValues()
{
    const QStringList hostile{u"no"_s,    u"1e3"_s,    u"0755"_s, u"a: b"_s, u"x\n  evil: true"_s,
                              u"\"'\\"_s, u"{a: [b"_s, u"#c"_s,   u"*d"_s,   u"北京"_s,
                              u"~"_s,     u"null"_s,   u"- e"_s,  u"%f"_s,   u"\tg"_s};
    for (const QString &value : hostile) {
        InstallPlan plan = good();
        plan.version = value;
        plan.podRange = value;
        plan.registryMirror = value;
        plan.hosts[0].name = value;
        plan.hosts[0].address = value;
        auto all = documents(initConfiguration(plan));
        QCOMPARE(all.size(), size_t(3));
        const std::string wanted = value.toStdString();
        QCOMPARE(text(all["ClusterConfiguration"]["kubernetesVersion"]), wanted);
        QCOMPARE(text(all["ClusterConfiguration"]["networking"]["podSubnet"]), wanted);
        QCOMPARE(text(all["ClusterConfiguration"]["imageRepository"]), wanted);
        QCOMPARE(text(all["InitConfiguration"]["nodeRegistration"]["name"]), wanted);
        QCOMPARE(all["ClusterConfiguration"].size(), size_t(8));
        auto join = documents(joinConfiguration(plan, plan.hosts[0], {value, {value}, value}));
        QCOMPARE(join.size(), size_t(1));
        QCOMPARE(text(join["JoinConfiguration"]["discovery"]["bootstrapToken"]["token"]), wanted);
        QCOMPARE(text(join["JoinConfiguration"]["controlPlane"]["certificateKey"]), wanted);
    }
}

void TstKubeadmConfig::aPlanWithoutWorkersTakesPods()
{
    InstallPlan plan = good();
    plan.hosts.resize(1);
    plan.endpoint.clear();
    plan.registryMirror.clear();
    auto all = documents(initConfiguration(plan));
    const YAML::Node taints = all["InitConfiguration"]["nodeRegistration"]["taints"];
    QVERIFY(taints && taints.IsSequence() && taints.size() == 0);
    QVERIFY(!all["ClusterConfiguration"]["controlPlaneEndpoint"]);
    QVERIFY(!all["ClusterConfiguration"]["imageRepository"]);
    QCOMPARE(apiEndpoint(plan), u"10.20.0.11:6443"_s);
    plan.hosts[0].address = u"fd00::1"_s;
    QCOMPARE(apiEndpoint(plan), u"[fd00::1]:6443"_s);
}

void TstKubeadmConfig::joinOfAWorker()
{
    const InstallPlan plan = good();
    auto all = documents(joinConfiguration(plan, plan.hosts[2], {u"abcdef.0123456789abcdef"_s, {u"sha256:12"_s}, {}}));
    const YAML::Node join = all["JoinConfiguration"];
    QCOMPARE(text(join["discovery"]["bootstrapToken"]["apiServerEndpoint"]), std::string("api.example.com:8443"));
    QCOMPARE(text(join["discovery"]["bootstrapToken"]["token"]), std::string("abcdef.0123456789abcdef"));
    QCOMPARE(text(join["discovery"]["bootstrapToken"]["caCertHashes"][0]), std::string("sha256:12"));
    QVERIFY(!join["discovery"]["bootstrapToken"]["unsafeSkipCAVerification"]);
    QCOMPARE(text(join["nodeRegistration"]["name"]), std::string("w-1"));
    QCOMPARE(text(join["timeouts"]["discovery"]), std::string("2m0s"));
    QVERIFY(!join["controlPlane"]);
}

void TstKubeadmConfig::joinOfAControlPlane()
{
    const InstallPlan plan = good();
    auto all = documents(joinConfiguration(plan, plan.hosts[1], {u"abcdef.0123456789abcdef"_s, {u"sha256:12"_s}, QString(64, u'a')}));
    const YAML::Node control = all["JoinConfiguration"]["controlPlane"];
    QCOMPARE(text(control["localAPIEndpoint"]["advertiseAddress"]), std::string("10.20.0.12"));
    QCOMPARE(text(control["certificateKey"]), std::string(64, 'a'));
}

void TstKubeadmConfig::joinCommandsAreRead()
{
    const auto read = readJoinCommand(joinLine);
    QVERIFY(read);
    QCOMPARE(read->token, u"abcdef.0123456789abcdef"_s);
    QCOMPARE(read->caHashes, QStringList{u"sha256:fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210"_s});
    QVERIFY(!readJoinCommand("kubeadm join 10.99.0.11:6443 --token abcdef.0123456789abcdef"));
    QVERIFY(!readJoinCommand({}));
    const auto key = readCertificateKey("[upload-certs] Using certificate key:\n" + QByteArray(64, '7') + '\n');
    QVERIFY(key && *key == QString(64, u'7'));
    QVERIFY(!readCertificateKey("[upload-certs] Using certificate key:\n" + QByteArray(63, '7') + '\n'));
}

void TstKubeadmConfig::containerdConfigs_data()
{
    QTest::addColumn<int>("major");
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<QByteArray>("pause");
    QTest::addColumn<QByteArray>("runtime");
    QTest::newRow("1.7") << 1 << QByteArray("version = 2") << QByteArray("sandbox_image = \"r/pause:3.10\"")
                         << QByteArray("[plugins.\"io.containerd.grpc.v1.cri\".containerd.runtimes.runc.options]\n  SystemdCgroup = true");
    QTest::newRow("2.1") << 2 << QByteArray("version = 3")
                         << QByteArray("[plugins.\"io.containerd.cri.v1.images\".pinned_images]\n  sandbox = \"r/pause:3.10\"")
                         << QByteArray("[plugins.\"io.containerd.cri.v1.runtime\".containerd.runtimes.runc.options]\n  SystemdCgroup = true");
}

void TstKubeadmConfig::containerdConfigs()
{
    QFETCH(const int, major);
    QFETCH(const QByteArray, version);
    QFETCH(const QByteArray, pause);
    QFETCH(const QByteArray, runtime);
    const QByteArray config = containerdConfig(major, u"r/pause:3.10"_s, false);
    QVERIFY2(config.contains('\n' + version + '\n') && config.contains(pause) && config.contains(runtime), config);
    QVERIFY(!config.contains("nvidia"));
    QVERIFY(containerdConfig(major, u"r/pause:3.10"_s, true)
                .contains("runtimes.nvidia.options]\n  SystemdCgroup = true\n  BinaryName = \"/usr/bin/nvidia-container-runtime\""));
    QVERIFY(containerdConfig(major, u"a\"b\\c\nd"_s, false).contains("\"a\\\"b\\\\c\\u000ad\""));
}

void TstKubeadmConfig::proxyForTheUnit()
{
    InstallPlan plan = good();
    QVERIFY(proxyDropIn(plan).isEmpty());
    plan.httpsProxy = u"http://proxy:3128/%20"_s;
    const QByteArray unit = proxyDropIn(plan);
    QVERIFY2(unit.contains("Environment=\"HTTPS_PROXY=http://proxy:3128/%%20\"\n"), unit);
    QVERIFY(!unit.contains("HTTP_PROXY="));
    for (const char *left : {"127.0.0.1", "10.20.0.11", "10.244.0.0/16", "10.96.0.0/12", "api.example.com", ".svc"})
        QVERIFY2(unit.contains(left), left);
}

void TstKubeadmConfig::packageRoots()
{
    InstallPlan plan = good();
    QCOMPARE(packageRoot(plan), QString::fromLatin1(publicPackages) + u"/v1.34/deb"_s);
    plan.packageMirror = u"https://m.example.com/kubernetes-new/core/stable/"_s;
    QCOMPARE(packageRoot(plan), u"https://m.example.com/kubernetes-new/core/stable/v1.34/deb"_s);
}

void TstKubeadmConfig::imagesOfARole()
{
    const QByteArray list =
        "r/kube-apiserver:v1\nr/kube-controller-manager:v1\nr/kube-scheduler:v1\nr/kube-proxy:v1\nr/coredns/coredns:v1\nr/pause:3\nr/etcd:3\n";
    InstallPlan plan = good();
    QCOMPARE(steps::imagesFor(plan, list, HostRole::ControlPlane).size(), 9); // and flannel's two
    plan.networkAddon = u"none"_s;
    QCOMPARE(steps::imagesFor(plan, list, HostRole::Worker), (QStringList{u"r/kube-proxy:v1"_s, u"r/coredns/coredns:v1"_s, u"r/pause:3"_s}));
}

void TstKubeadmConfig::flannelHasThePlansRange()
{
    InstallPlan plan = good();
    plan.podRange = u"10.66.0.0/16"_s;
    auto all = documents(flannelManifest(plan));
    QCOMPARE(all.size(), size_t(6));
    const auto net = nlohmann::json::parse(text(all["ConfigMap"]["data"]["net-conf.json"]));
    QCOMPARE(net.at("Network").get<std::string>(), std::string("10.66.0.0/16"));
    QCOMPARE(net.at("Backend").at("Type").get<std::string>(), std::string("vxlan"));
    const auto cni = nlohmann::json::parse(text(all["ConfigMap"]["data"]["cni-conf.json"]));
    QCOMPARE(cni.at("plugins").size(), size_t(2));
    const YAML::Node pod = all["DaemonSet"]["spec"]["template"]["spec"];
    QVERIFY(pod["hostNetwork"].as<bool>());
    QCOMPARE(text(pod["containers"][0]["image"]), std::string("r.example.com/google_containers/flannel:v0.28.1"));
    QCOMPARE(text(pod["initContainers"][0]["image"]), std::string("r.example.com/google_containers/flannel-cni-plugin:v1.9.0-flannel1"));
    QCOMPARE(pod["initContainers"].size(), size_t(2));
    QCOMPARE(pod["initContainers"][1]["args"].as<std::vector<std::string>>(),
             (std::vector<std::string>{"-f", "/etc/kube-flannel/cni-conf.json", "/etc/cni/net.d/10-flannel.conflist"}));
    QVERIFY(pod["tolerations"].IsSequence() && pod["tolerations"][0].IsMap());
    QCOMPARE(text(pod["tolerations"][0]["operator"]), std::string("Exists"));
    QVERIFY(pod["containers"][0]["env"].IsSequence() && pod["containers"][0]["env"].size() == 4);
    QCOMPARE(text(all["ClusterRole"]["rules"][1]["resources"][0]), std::string("nodes"));
    QCOMPARE(all["ClusterRole"]["rules"][1]["verbs"].size(), size_t(3));
    QVERIFY(all["ClusterRoleBinding"]["subjects"].IsSequence());
    plan.podRange = u"fd00:10::/56"_s;
    const auto six = nlohmann::json::parse(text(documents(flannelManifest(plan))["ConfigMap"]["data"]["net-conf.json"]));
    QCOMPARE(six.at("IPv6Network").get<std::string>(), std::string("fd00:10::/56"));
}

void TstKubeadmConfig::checkPodsOnEachNode()
{
    QStringList nodes;
    for (const YAML::Node &node : YAML::LoadAll(checkPodsManifest(good()).toStdString())) {
        if (text(node["kind"]) != "Pod")
            continue;
        nodes << QString::fromStdString(text(node["spec"]["nodeName"]));
        QCOMPARE(text(node["metadata"]["name"]), "check-" + text(node["spec"]["nodeName"]));
        QVERIFY(node["spec"]["tolerations"].IsSequence() && node["spec"]["tolerations"][0].IsMap());
        QVERIFY(node["spec"]["activeDeadlineSeconds"]); // whatever happens to us, they end
    }
    QCOMPARE(nodes, (QStringList{u"cp-1"_s, u"cp-2"_s, u"w-1"_s}));
}

void TstKubeadmConfig::namesToLetPass()
{
    InstallPlan plan = good();
    plan.acceptedProblems = {u"w-1/NumCPU"_s, u"cp-1/Mem"_s, u"w-1/Port-10250"_s};
    QCOMPARE(steps::acceptedOn(plan, u"w-1"_s), (QStringList{u"NumCPU"_s, u"Port-10250"_s}));
    QVERIFY(steps::passesNames({u"NumCPU"_s, u"FileContent--proc-sys-net-ipv4-ip_forward"_s}));
    QVERIFY(!steps::passesNames({u"all"_s}));
    QVERIFY(!steps::passesNames({u"ALL"_s}));
    QVERIFY(!steps::passesNames({u"a,all"_s}));
    QVERIFY(!steps::passesNames({u""_s}));
}

QTEST_GUILESS_MAIN(TstKubeadmConfig)
#include "tst_kubeadmconfig.moc"
