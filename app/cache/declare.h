#pragma once

#include "app/cache/engine.h"

namespace kboss {

// Makes the tables of a dataset, or finds them. When the schema is another one than theirs, they are built anew from the raw rows and the
// raw history, in one transaction. Writer thread.
Result<DatasetPtr> declareDataset(Connection &connection, const DatasetId &id, const TableSchema &schema);

// The tables as they are, for a store that may not be written. NotFound when there are none with this schema.
Result<DatasetPtr> findDeclared(Connection &connection, const DatasetId &id, const TableSchema &schema);

Result<void> forgetProfileTables(Connection &connection, const QString &profile);

} // namespace kboss
