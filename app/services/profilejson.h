#pragma once

#include "app/services/profiles.h"

#include <nlohmann/json.hpp>

namespace kboss {

// One member of "profiles" in profiles.json. Reading is strict about types and words (the error's field is the member);
// writing leaves members alone that it does not know.
Result<Profile> profileFromJson(const nlohmann::ordered_json &value);
void profileIntoJson(const Profile &profile, nlohmann::ordered_json &value);

} // namespace kboss
