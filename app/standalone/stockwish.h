#pragma once

#include "app/standalone/stock.h"

namespace kboss::standalone {

// Adds to the amounts in `need` what the stored configuration wants of a node: models and labels. Refused when there is no such configuration.
Outcome<void> takeWishes(Need &need, const QString &configId, const QSqlDatabase &connection);

} // namespace kboss::standalone
