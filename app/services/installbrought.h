#pragma once

#include "app/cluster/installstep.h"

namespace kboss {

// Files that an installation brings to its hosts: packages, archives of images and manifests in a folder of this computer. Blocking; internal to app/services.

Result<std::vector<InstallFile>> listBrought(const QString &folder); // by name, without sums; an empty path has none; Storage when it cannot be read
Result<void> sumBrought(std::vector<InstallFile> *files); // SHA-256 and size of each as it is now; Storage names the first that cannot be read

// What a plan asks for and nobody has brought: "calico.yaml". Pure.
QStringList missingManifests(const InstallPlan &plan, const std::vector<InstallFile> &files);

} // namespace kboss
