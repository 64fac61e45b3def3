#pragma once

#include "app/standalone/keyfile.h"
#include "app/standalone/noderecord.h"

#include <QDate>

struct sqlite3;

namespace kboss::standalone {

// Organizations, centers and their nodes, into the caller's transaction.
// `occupied`: the nodes that are in clusters, as they were written.
Result<void> writeSampleCenters(sqlite3 *database, const SecretBox &box, int centers, int nodes, QDate today, std::vector<Node> &occupied);

} // namespace kboss::standalone
