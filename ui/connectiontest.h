#pragma once

#include "app/services/profiles.h"

#include <functional>
#include <memory>

class QObject;

namespace kboss {

// Asks each service of a profile for one row, without signing in. `report` gets one line a service, in words, and whether it is there: an answer
// "sign in first" counts. Ends with its context. GUI thread.
void testConnection(const Profile &profile, const std::shared_ptr<const ContractSet> &contracts, QObject *context,
                    std::function<void(const QString &line, bool good)> report);

} // namespace kboss
