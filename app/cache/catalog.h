#pragma once

#include "app/cache/cachestore.h"
#include "app/cache/sqlite.h"

#include <optional>

namespace kboss {

// One line of the table `datasets`: what the store knows of a dataset beside its rows.
struct DatasetRecord {
    int number = 0;
    DatasetId id;
    QByteArray schema; // schemaToJson()
    qint64 nextId = 1; // row ids are handed out once
    qint64 lastChangeMs = 0;
    DatasetInfo info;
};

Result<std::optional<DatasetRecord>> findDataset(Connection &connection, const DatasetId &id);
Result<DatasetRecord> readDataset(Connection &connection, int number); // NotFound when it was forgotten meanwhile
Result<std::vector<DatasetRecord>> readDatasets(Connection &connection);
Result<int> insertDataset(Connection &connection, const DatasetRecord &record); // number 0: a new one is given
Result<void> updateDataset(Connection &connection, const DatasetRecord &record);
Result<void> deleteDataset(Connection &connection, int number);

// Appends to the list of refreshes that changed something or failed; the oldest beyond 20,000 go.
Result<void> recordSync(Connection &connection, int number, const RefreshSummary &summary, const QString &failure);

} // namespace kboss
