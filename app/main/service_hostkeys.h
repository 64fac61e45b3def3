#pragma once

#include "app/main/service_options.h"

namespace kboss::service {

// --pin-host-key and --forget-host-key: changes the ledger of host keys beside the database, says what it did on standard output. A service that runs sees it at
// once. Blocks for the host's answer.
Result<void> changeHostKeys(const Options &options);

} // namespace kboss::service
