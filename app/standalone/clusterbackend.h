#pragma once

#include "app/cluster/kubectl.h"
#include "app/cluster/workload.h"
#include "app/standalone/answer.h"
#include "app/standalone/database.h"

#include <memory>

namespace kboss::standalone {

class SecretBox;

// A node of a cluster as the cluster itself reports it.
struct MemberState {
    QString hostName, nodeId; // nodeId: the platform's row, empty when it knows none of this address
    bool ready = true, cordoned = false, control = false;
    QString trouble; // why it is not ready, or a pressure ("MemoryPressure"); empty = none
    qint64 ageSeconds = 0;
    QString version, internalIp, externalIp, osVersion, kernelVersion, runtime;
    QStringList labels; // "key=value"
    qint64 cpuMilli = 0, memoryMi = 0, gpus = 0; // what pods may have
    qint64 cpuAskedMilli = 0, memoryAskedMi = 0, gpusAsked = 0; // what pods have asked for
    std::optional<qint64> cpuUsedMilli, memoryUsedMi; // nothing where the cluster has no metrics
    qint64 podCount = 0, podLimit = 110;
};

struct PodState {
    QString nameSpace, name, phase; // as kubectl words it: Running, Pending, CrashLoopBackOff, ImagePullBackOff, Completed …
    int readyContainers = 0, containers = 1;
    qint64 restarts = 0, ageSeconds = 0;
    QString ip, hostName, nominatedNode;
    QString configId, customer; // the pod configuration it belongs to and its owner, where known
    std::optional<qint64> cpuUsedMicro, memoryUsedKi; // nothing where there are no metrics
    qint64 gpusUsed = 0;
    qint64 cpuLimitMilli = 0, memoryLimitMi = 0, gpuLimit = 0; // 0 = none set
};

// One cluster as something that can be looked at and told what to do. An implementation reads what it needs from the database itself; none of its functions
// may be called while the caller holds a WriteTransaction. Not shared between threads. Every call has its own deadline (30 s unless said otherwise).
class ClusterBackend {
public:
    virtual ~ClusterBackend() = default;
    virtual Outcome<std::vector<MemberState>> members() = 0;
    virtual Outcome<std::vector<PodState>> pods() = 0;
    // Makes or changes; doing it twice is doing it once. What the configuration had with another controller or port mode goes, its disks stay. A Job or a bare
    // pod that cannot be changed is made anew.
    virtual Outcome<void> apply(const Workload &workload) = 0;
    virtual Outcome<void> remove(const Workload &workload) = 0; // all its objects and disks; none there = done
    // "key=value". Only what the node carries exactly so can be taken off.
    virtual Outcome<void> label(const QString &hostName, const QString &label, bool bind) = 0;
    // These three change the members' rows and placements of the database as well, once the cluster has done it.
    virtual Outcome<void> setCordoned(const QString &hostName, bool cordoned) = 0;
    virtual Outcome<void> drain(const QString &hostName) = 0; // 2 minutes; refused with the cluster's own reason, or before it begins when there is no other place
    virtual Outcome<void> removeMember(const QString &hostName) = 0; // after drain(); gone already = done. The row goes with the end of its job
};

// The back end of one cluster: "simulated" (state in the database, deterministic in time) or "kubectl" (the program, with the stored kubeconfig).
// Refused when there is no such cluster, or it is not ready yet.
struct BackendSettings {
    KubectlSettings kubectl; // of the kubectl back end
};
Outcome<std::unique_ptr<ClusterBackend>> openCluster(const QString &clusterId, Database &database, const SecretBox &box, const BackendSettings &settings);

} // namespace kboss::standalone
