#pragma once

#include "app/cluster/installstep.h"

namespace kboss::steps {

// Names of kubeadm's checks that only an earlier try of this installation makes fail: exactly these may pass when a worker joins again.
Result<QStringList> ownTraces(InstallContext &context);
Result<void> sayTraces(InstallContext &context, const QStringList &traces); // before they pass: in the log, and in both journals

} // namespace kboss::steps
