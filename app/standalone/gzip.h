#pragma once

#include <string>

namespace kboss::standalone {

std::string gzip(const std::string &text); // fastest level; empty when it cannot

} // namespace kboss::standalone
