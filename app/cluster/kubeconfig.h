#pragma once

#include "app/base/result.h"

#include <QByteArray>

namespace kboss {

// The one cluster and the one user that the current context of a kubeconfig (kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig)
// names, written anew as JSON from what is known to be harmless: address, name and authority of the server; token, certificate or password of the user. Nothing
// of the given text reaches another parser, so nothing can be hidden from this one. Refused, with the member named: programs to run (exec, auth-provider), paths
// of files, proxies, impersonation, servers that are not verified, merge keys, equal keys, several documents, more than 100 kB. The text is a secret: no error
// quotes it. Its own result comes out as it went in.
Result<QByteArray> rebuiltKubeconfig(const QByteArray &yaml);

} // namespace kboss
