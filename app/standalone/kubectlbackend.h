#pragma once

#include "app/standalone/clusterrecord.h"

namespace kboss {
class Kubectl;
}

namespace kboss::standalone {

// A real cluster through the program kubectl.
std::unique_ptr<ClusterBackend> makeKubectlBackend(Cluster cluster, QByteArray kubeconfig, Database &database, const SecretBox &box,
                                                   const BackendSettings &settings);

// A failure of kubectl in words for people, Chinese.
Refused kubectlRefusal(const Error &error);

} // namespace kboss::standalone
