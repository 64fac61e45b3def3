#pragma once

#include "app/standalone/clusterbackend.h"

namespace kboss::standalone {

// A cluster that exists in numbers only. Everything that can be seen of it depends on these values and the time, so that two looks at one moment agree, and
// a restart changes nothing. Values; any thread.

struct SimulatedNode {
    QString hostName, nodeId, internalIp, externalIp;
    bool control = false, cordoned = false;
    qint64 joinedMs = 0;
    QStringList labels;
    qint64 cpuMilli = 0, memoryMi = 0, gpus = 0;
};

// A pod configuration with the places of its replicas.
struct SimulatedWorkload {
    QString configId, customer, nameSpace;
    QString podStem; // "q2aodptf…-statefulset": the pods are podStem-0, podStem-1 …
    std::vector<QString> hosts; // of each replica; empty = waits for a node
    qint64 cpuMilli = 0, memoryMi = 0, gpus = 0; // limits of one replica
    qint64 appliedMs = 0;
    bool endsItself = false; // Job and CronJob
};

struct SimulatedCluster {
    QString id, version;
    qint64 createdMs = 0;
    std::vector<SimulatedNode> nodes; // by host name
    std::vector<SimulatedWorkload> workloads;
    qint64 backgroundPods = 0; // small pods of others, for size
};

// Usage of a pod moves every 100 s, another twentieth of the pods every 5 s. Pods of a workload start, wait for their image (one in eight for 80 s), run and are
// restarted every few days; of those in the background some crash over and over, some never get their image, some find no node.
std::vector<PodState> simulatePods(const SimulatedCluster &cluster, qint64 nowMs);
std::vector<MemberState> simulateMembers(const SimulatedCluster &cluster, const std::vector<PodState> &pods, qint64 nowMs);

} // namespace kboss::standalone
