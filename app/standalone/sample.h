#pragma once

#include "app/standalone/database.h"
#include "app/standalone/keyfile.h"

namespace kboss::standalone {

// Fills an empty database: "small" (30 centers, 600 nodes, 2,000 accounts), "medium" (100,000 accounts), "large" (1,000,000); "none" or "" does
// nothing, and a database with rows is left alone. The same rows on every machine on the same day; all or nothing.
Result<void> fillWithSample(Database &database, const SecretBox &box, const QString &size);

} // namespace kboss::standalone
