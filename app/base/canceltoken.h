#pragma once

#include <stop_token>

namespace kboss {

// Cancelling is std::stop_token everywhere: the source stays with who started the work, the token goes down to who does it.
using CancelSource = std::stop_source;
using CancelToken = std::stop_token;

} // namespace kboss
