#pragma once

#include "app/cluster/installstep.h"
#include "app/cluster/kubeadmconfig.h"

namespace kboss {

// A worker for a cluster of which nothing is known but its join command: no way to its control plane, no kubectl there. Any thread.

struct JoinCommand {
    QString endpoint; // "host:port"
    JoinSecrets secrets;
};
// `kubeadm join HOST:PORT --token TOKEN --discovery-token-ca-cert-hash sha256:HASH …`, and nothing else: Rejected, without quoting it.
Result<JoinCommand> parseJoinCommand(const QString &text);

// The plan of one worker: its cluster's endpoint stands for the control plane. `address`: of the endpoint's host.
InstallPlan aloneWorkerPlan(const PlanHost &worker, const JoinCommand &command, const QString &address, const InstallPlan &common);

// Everything that makes the plan's worker a node, on the worker alone. Done when the worker's kubelet has credentials of its own for that endpoint, and runs.
std::vector<InstallStep> aloneWorkerSteps(const InstallPlan &plan, const JoinSecrets &secrets, const InstallOptions &options);

} // namespace kboss
