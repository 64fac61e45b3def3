#pragma once

#include "app/base/result.h"

#include <QDateTime>
#include <QHash>
#include <QStringList>
#include <optional>
#include <vector>

namespace kboss {

// What `kubectl get … -o json` answers, as far as the product needs it (Kubernetes API v1, metrics.k8s.io/v1beta1). Values; any thread. Nothing that is
// missing in the JSON is an error: it is empty, or nothing.

struct KubeNode {
    QString name, version, internalIp, externalIp, osVersion, kernelVersion, runtime;
    bool ready = false, cordoned = false, control = false;
    QString trouble; // why it is not ready, or the first pressure condition; empty = none
    QDateTime created;
    QStringList labels; // "key=value", sorted; those that Kubernetes sets itself left out
    qint64 cpuMilli = 0, memoryKi = 0, gpus = 0, podLimit = 0; // allocatable
    qint64 diskMi = 0; // allocatable ephemeral storage; 0 = not said
};

struct KubePod {
    QString nameSpace, name;
    QString phase; // as `kubectl get pods` words it: Running, Init:0/1, CrashLoopBackOff, Completed, Terminating …
    int readyContainers = 0, containers = 0;
    qint64 restarts = 0;
    QDateTime created;
    QString ip, hostName, nominatedNode;
    QHash<QString, QString> labels;
    QString ownerKind; // "ReplicaSet", "DaemonSet", "Node" of a static pod; empty = nobody would make it again
    QString readinessGates; // "1/2": open ones of all; empty = it has none
    bool ended = false; // Succeeded or Failed: asks for nothing any more
    qint64 cpuAskedMilli = 0, memoryAskedKi = 0, gpusAsked = 0, diskAskedMi = 0; // requests
    qint64 cpuLimitMilli = 0, memoryLimitKi = 0, gpuLimit = 0; // 0 = none, or not of every container
};

struct KubeObjects {
    std::vector<KubeNode> nodes;
    std::vector<KubePod> pods;
};
// A List of nodes and pods, mixed or not, or one of them alone. Anything that is no Kubernetes object is a Protocol error.
Result<KubeObjects> readKubeObjects(const QByteArray &json);

struct KubeUsage {
    qint64 cpuMicro = 0, memoryKi = 0;
};
// NodeMetricsList by name, PodMetricsList by "namespace/name".
Result<QHash<QString, KubeUsage>> readKubeMetrics(const QByteArray &json);

// Kubernetes quantities. "250m" "2" "1.5" "100n"; "512Mi" "1Gi" "129e6" "128974848". Nothing when it is none, or does not fit.
std::optional<qint64> cpuNano(const QString &quantity);
std::optional<qint64> memoryBytes(const QString &quantity);

} // namespace kboss
