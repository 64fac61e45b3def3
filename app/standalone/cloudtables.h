#pragma once

#include <QStringList>

namespace kboss::standalone {

// Clusters and their members, jobs, labels, parts and their stock, pod configurations and their placements, suppliers and products: schema version 2.
QStringList cloudTableStatements();
// What each worker brought into the stock of its cluster, by the hardware it has: for databases from before it was written down when a node joins (schema
// version 3), and for sample data.
QString nodeStockStatement();

} // namespace kboss::standalone
