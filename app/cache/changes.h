#pragma once

#include "app/cache/layout.h"
#include "app/cache/sqlite.h"

namespace kboss {

// Rows whose cells at `toMs` are not those at `fromMs`; at most `limit` rows are looked at. Scanning thread.
Result<std::vector<RowChange>> changesBetween(Connection &connection, const Dataset &dataset, qint64 fromMs, qint64 toMs, int limit);

// The versions of one row, newest first, at most `limit`. Scanning thread.
Result<std::vector<RowChange>> versionsOf(Connection &connection, const Dataset &dataset, const QString &key, int limit);

// Keys touched by commits after `sinceMs`, sorted out by the tables' own times: for commits of other processes.
Result<std::vector<std::string>> keysChangedSince(Connection &connection, const Dataset &dataset, qint64 sinceMs, int limit);

} // namespace kboss
