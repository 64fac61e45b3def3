#pragma once

#include "app/standalone/keyfile.h"
#include "app/standalone/noderecord.h"

#include <QDate>
#include <sqlite3.h>

namespace kboss::standalone {

// The clusters that `occupied` nodes (by center and cluster, control nodes first) say they belong to, their members and node labels.
// `background`: how many pods of others the first cluster shows beside those of the sample's own configurations.
Result<void> writeSampleClusters(sqlite3 *database, const SecretBox &box, const std::vector<Node> &occupied, qint64 background, QDate today);

} // namespace kboss::standalone
