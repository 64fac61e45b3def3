#pragma once

#include "app/base/result.h"
#include "app/cluster/installplan.h"

#include <QStringList>

namespace kboss {

// The key that signs Kubernetes' packages, wherever they are mirrored: "isv:kubernetes OBS Project" (RFC 9580 fingerprint, upper case). It was prolonged before and
// stays the same then.
inline constexpr const char *publishedPackageKey = "DE15B14486CD377B9E876E1A234654DA9A296436";
inline constexpr const char *packageSourceCheck = "PackageSource"; // by this name a person accepts a mirror without TLS

// Fingerprints of the primary keys in one armoured block of OpenPGP public keys (RFC 9580, version 4). Protocol when it is none, or has anything else in it.
Result<QStringList> packageKeyFingerprints(const QByteArray &armoured);
// What apt may trust: the block anew, with nothing but the published key. Rejected, with both fingerprints, when it is another or several.
Result<QByteArray> publishedKeyOf(const QByteArray &armoured);
// Rejected when the plan's packages would come over plain http and nobody accepted that for this host.
Result<void> judgePackageSource(const InstallPlan &plan, const QString &host);
bool isPlainPackageSource(const InstallPlan &plan);

} // namespace kboss
