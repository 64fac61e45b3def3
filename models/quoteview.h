#pragma once

#include "models/quotefit.h"
#include "models/quoteprice.h"

namespace kboss {

// A quote as it is read: every line with its price explained, whether it fits and what would, and the sums. Words are in the current language.
// A value.

struct WayView {
    Alternative way;
    QString words, where; // "Split into 2 instances of 6 cards", "gpu-07 has 8 left"
    Decimal line, total; // yuan: of this line, of the quote as it would be
};

struct QuoteLineView {
    QuotePart part;
    QString price; // "0.18 CNY/core·h"
    QString amount; // "64 cores"
    QString term; // "720 h"
    QString conversion; // "512 Gi × 1,024 = 524,288 Mi", or that units agree
    QString arithmetic; // "0.18 × 64 × 720"
    Decimal subtotal; // yuan, exact
    bool counted = true; // in the total
    QString fit; // where it fits
    QString shortage; // why it does not; empty when it does
    std::vector<WayView> ways;
};

struct QuoteView {
    std::vector<QuoteLineView> lines;
    Decimal exact, rounding, total; // yuan; total = exact + rounding, two decimals
    int counted = 0, left = 0; // lines in the total, and left out of it
    int decimals = 5; // of the subtotals, so that points stand under each other
    bool nodesKnown = false;
    QString fault; // why there is no price at all
};

QuoteView viewQuote(const QuoteContent &quote, const FitGround &ground);

// What is different between a saved version and this one, line by line ("RTX5090-32G", "2 cards", "4 cards"); the total comes last.
struct QuoteDifference {
    QString what, before, after;
};
std::vector<QuoteDifference> compareQuotes(const QuoteContent &before, const QuoteContent &after);

// Parts whose price is another one now.
struct PriceChange {
    size_t line = 0;
    QuotePart before, after;
};
std::vector<PriceChange> priceChanges(const QuoteContent &quote, const std::vector<PartOffer> &offers);
QuoteContent withPricesOf(const QuoteContent &quote, const std::vector<PartOffer> &offers);

} // namespace kboss
