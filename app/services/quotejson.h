#pragma once

#include "app/services/quote.h"

#include <nlohmann/json.hpp>

namespace kboss {

// The file of quotes. Amounts and prices are texts of exact digits.
nlohmann::json quoteToJson(const Quote &quote);
Result<Quote> quoteFromJson(const nlohmann::json &object); // Storage with the member's name

inline constexpr int quoteFileFormat = 1;

} // namespace kboss
