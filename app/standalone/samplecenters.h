#pragma once

#include "app/standalone/keyfile.h"

#include <QDate>

struct sqlite3;

namespace kboss::standalone {

// Organizations, centers and their nodes, into the caller's transaction.
Result<void> writeSampleCenters(sqlite3 *database, const SecretBox &box, int centers, int nodes, QDate today);

} // namespace kboss::standalone
