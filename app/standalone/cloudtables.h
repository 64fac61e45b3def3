#pragma once

#include <QStringList>

namespace kboss::standalone {

// Clusters and their members, jobs, labels, parts and their stock, pod configurations and their placements, suppliers and products: schema version 2.
QStringList cloudTableStatements();

} // namespace kboss::standalone
