#pragma once

#include <string>
#include <string_view>

namespace kboss {

// What happens to a member whose name carries a secret.
enum class SecretMember { Cut, Mask };

// Copies JSON text to `out` without the values of secret members, checking the grammar on the way (strings must be UTF-8 already).
// A string that holds JSON itself is treated alike. `changed` tells whether a member was cut or masked; white space does not count. False when `json` is not one JSON value or nests deeper than 100: `out` then holds a part only.
bool scrubJson(std::string_view json, SecretMember how, std::string &out, bool *changed = nullptr);

// One JSON string without its quotes to UTF-8, appended to `out`; a lone surrogate becomes U+FFFD. False on a bad escape.
bool unescapeJson(std::string_view inner, std::string &out);

// Whether the token is a number, true, false or null in JSON's spelling.
bool isJsonNumber(std::string_view token);

} // namespace kboss
