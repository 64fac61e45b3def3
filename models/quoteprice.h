#pragma once

#include "app/pricing/pricing.h"
#include "app/services/quote.h"

namespace kboss {

// The price of a quote's lines by app/pricing, with its steps in words of the current language. Values.

struct PricedLine {
    Decimal subtotal; // yuan, exact
    QString conversion; // empty where the units agree
    QString arithmetic; // "0.18 × 64 × 720"
    QString fault; // not empty: cannot be priced, and why
};

std::vector<PricedLine> priceLines(const QuoteContent &quote, PriceRule rule = PriceRule::Convert);

} // namespace kboss
