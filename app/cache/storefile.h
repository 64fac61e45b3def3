#pragma once

#include "app/base/clock.h"
#include "app/cache/cachestore.h"
#include "app/cache/sqlite.h"

namespace kboss {

constexpr int storeSchema = 2; // user_version of files this program writes
constexpr int storeApplicationId = 0x4b424f53;

// Makes the file usable: creates it (0600), brings an older one up to date, sets a damaged one aside and starts a new one,
// leaves a newer one as it is. The report says which.
Result<StoreReport> prepareStoreFile(const QString &path, const Clock &clock);

// Copies a damaged file (and its WAL) to "<path>.damaged-<time>" and empties it in place: another process may have it open, and a file
// moved away under SQLite takes its WAL with it. Returns where the copy is.
Result<QString> setStoreAside(const QString &path, const Clock &clock);

} // namespace kboss
