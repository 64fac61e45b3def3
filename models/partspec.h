#pragma once

#include "models/quoteparts.h"
#include "models/quoteprice.h"

namespace kboss {

// The parts of a combination, [{"type", "model", "amount"}, …], as products write them: read, written, in words, and priced for a term by app/pricing. Amounts are
// those of quotes: cores, Mi of memory, Gi of disk, cards. Values; any thread, words in the current language.
struct SpecPart {
    QString type, model;
    qint64 amount = 0;
    friend bool operator==(const SpecPart &, const SpecPart &) = default;
};

// Rejected when it is no such list; an empty text is an empty list.
Result<std::vector<SpecPart>> readSpec(const QString &json);
QString writeSpec(const std::vector<SpecPart> &parts); // empty for none
QString specWords(const QString &json); // "A100-80G × 2 cards + STANDARD × 16 cores"; the text itself where it is no such list

struct PricedSpec {
    struct Line {
        QuotePart part;
        PricedLine price;
    };
    std::vector<Line> lines;
    Decimal total; // yuan, exact, of the lines that have a price
    QString fault; // why there is no total; empty when there is one
};
PricedSpec priceSpec(const std::vector<SpecPart> &parts, const std::vector<PartOffer> &offers, qint64 term, const QString &termUnit);

// One of each part that is on sale in a cluster, the way prices are counted: what a customer chooses from. Memory by Gi.
std::vector<SpecPart> oneOfEach(const std::vector<PartOffer> &offers, const QString &clusterId);

} // namespace kboss
