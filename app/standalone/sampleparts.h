#pragma once

#include "app/standalone/noderecord.h"

#include <sqlite3.h>

namespace kboss::standalone {

// Priced parts of every center that has a cluster, their stock (the hardware of the workers), and labels to choose from.
Result<void> writeSampleParts(sqlite3 *database, const std::vector<Node> &occupied, qint64 updatedMs);

} // namespace kboss::standalone
