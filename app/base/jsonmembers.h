#pragma once

#include "app/base/celldecoder.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace kboss {

// The member at `path` below a JSON object that was checked before (scrubJson). The last of several of one name counts.
// `buffer` holds the text where it had escapes. False when there is none.
bool findMember(std::string_view object, const std::vector<std::string> &path, JsonToken &token, std::string &buffer);

} // namespace kboss
