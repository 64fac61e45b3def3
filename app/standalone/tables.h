#pragma once

#include "app/base/result.h"

#include <QSqlDatabase>
#include <QStringList>

namespace kboss::standalone {

// Makes what is missing, inside the caller's transaction. A database of a newer version is a Storage error.
Result<void> makeTables(QSqlDatabase &connection);

// Indexes and counters of the billing accounts. The sample writer fills the table without them and makes them afterwards.
QStringList billingIndexStatements();
QStringList billingIndexDropStatements();

} // namespace kboss::standalone
