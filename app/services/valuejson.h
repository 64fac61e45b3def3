#pragma once

#include "app/base/value.h"

#include <nlohmann/json.hpp>

namespace kboss {

// A cell as the journal keeps it and as two readings of a row are compared: exact, canonical, never a secret.
nlohmann::json toJson(const Value &value);
// Back from the journal, as far as it can be without the field's type: texts, numbers, money.
Value valueFromJson(const nlohmann::json &value);

std::string toUtf8(const QString &text);
QString fromJsonText(const nlohmann::json &value); // strings as they are, the rest as JSON text

} // namespace kboss
