#pragma once

#include "app/cluster/installplan.h"

#include <QByteArray>

namespace kboss {

// What kubeadm is told, as files of kubeadm.k8s.io/v1beta4 (kubeadm 1.31 and later). Values; any thread.

// Where the Kubernetes project publishes, when the plan names no mirror; nowhere else in the program.
inline constexpr const char *publicPackages = "https://pkgs.k8s.io/core:/stable:";
inline constexpr const char *publicImages = "registry.k8s.io";
inline constexpr const char *publicFlannelImages = "ghcr.io/flannel-io";

inline constexpr const char *runtimeSocket = "unix:///run/containerd/containerd.sock";
inline constexpr int apiPort = 6443; // that each control-plane host serves; the plan's endpoint may have another before it

QString minorVersion(const InstallPlan &plan); // "v1.34"
QString packageRoot(const InstallPlan &plan); // "https://…/v1.34/deb"
QString apiEndpoint(const InstallPlan &plan); // "host:port" for all nodes: the plan's, else the first control-plane host's
QStringList noProxyOf(const InstallPlan &plan); // the plan's, and all that has to be left out in any case
QString withPort(const QString &host, int port); // "[fd00::1]:6443"

// Flannel's images and the one that checks run in, through the plan's mirror.
QString flannelImage(const InstallPlan &plan), flannelPluginImage(const InstallPlan &plan), checkImage(const InstallPlan &plan);

// For `kubeadm init` on the first control-plane host: InitConfiguration, ClusterConfiguration, KubeletConfiguration. Without secrets.
QByteArray initConfiguration(const InstallPlan &plan);

struct JoinSecrets {
    QString token; // "abcdef.0123456789abcdef"
    QStringList caHashes; // "sha256:…"
    QString certificateKey; // of uploaded certificates; empty for a worker
};
QByteArray joinConfiguration(const InstallPlan &plan, const PlanHost &host, const JoinSecrets &secrets); // has secrets in it
// From the line that `kubeadm token create --print-join-command` prints. Protocol when it is none.
Result<JoinSecrets> readJoinCommand(const QByteArray &output);
// The key that `kubeadm init phase upload-certs --upload-certs` prints. Protocol when there is none.
Result<QString> readCertificateKey(const QByteArray &output);

// containerd's configuration: the systemd cgroup driver, the pause image; `major` of containerd says the file's format (1: version 2, 2: version 3).
QByteArray containerdConfig(int major, const QString &pauseImage, bool nvidia);
QByteArray proxyDropIn(const InstallPlan &plan); // of a systemd unit; empty without a proxy

QByteArray flannelManifest(const InstallPlan &plan);
QByteArray checkPodsManifest(const InstallPlan &plan); // one short-lived pod a node, for checks of the network
inline constexpr const char *checkNamespace = "kboss-check";

} // namespace kboss
