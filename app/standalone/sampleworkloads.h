#pragma once

#include "app/standalone/database.h"
#include "app/standalone/keyfile.h"

#include <QDate>

namespace kboss::standalone {

// Pod configurations on the first clusters, booked by the same code as those of users; suppliers and products of the first centers. A sample that stopped
// before this is whole but for them.
Result<void> writeSampleWorkloads(Database &database, const SecretBox &box, QDate today);

} // namespace kboss::standalone
