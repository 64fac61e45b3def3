#pragma once

#include "app/api/request.h"

namespace kboss {

// The secret values of a call, by contract and by name: to be blotted out of any text that may repeat them.
QStringList secretsOf(const Operation &operation, const Call &call);

} // namespace kboss
