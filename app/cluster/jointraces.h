#pragma once

#include "app/cluster/installstep.h"

namespace kboss::steps {

// Names of kubeadm's checks that only an earlier try of this installation makes fail: exactly these may pass when a worker joins again.
Result<QStringList> ownTraces(InstallContext &context);

} // namespace kboss::steps
