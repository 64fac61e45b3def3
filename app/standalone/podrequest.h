#pragma once

#include "app/standalone/podconfig.h"

namespace kboss::standalone {

// A new configuration as newCpcpodyaml's parameters ask for it, with an ID of its own; nothing is written.
Outcome<PodConfig> askedConfig(const CheckedRequest &request, Backend &backend);

} // namespace kboss::standalone
