#pragma once

#include "app/cluster/installstep.h"

namespace kboss::steps {

// What tokens are known by that this installation makes, whichever console of it did.
inline QString tokenDescription(InstallContext &context)
{
    return QStringLiteral("kboss installation ") + context.installId();
}

} // namespace kboss::steps
