#pragma once

#include "app/base/result.h"

#include <QByteArray>

namespace kboss {

// Is this a kubeconfig (kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig) that may be used by a service for others: one current
// context, everything inside the file itself? Refused, with the member named: programs to run (exec, auth-provider), paths of files, several documents, more
// than 100 kB. The text is a secret: no error quotes it.
Result<void> checkKubeconfig(const QByteArray &yaml);

} // namespace kboss
