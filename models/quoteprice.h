#pragma once

#include "app/services/quote.h"

namespace kboss {

// The price of a quote's lines by app/pricing, with its steps in words of the current language. Values.

struct PricedLine {
    Decimal subtotal; // yuan, exact
    QString conversion; // empty where the units agree
    QString arithmetic; // "0.18 × 64 × 720"
    QString fault; // not empty: cannot be priced, and why
};

// Literal: amounts are multiplied as they are written, 8,192 Mi as 8,192 of the part's Gi, as the service's description reckons in its example.
enum class QuoteRule { Convert, Literal };
std::vector<PricedLine> priceLines(const QuoteContent &quote, QuoteRule rule = QuoteRule::Convert);

} // namespace kboss
