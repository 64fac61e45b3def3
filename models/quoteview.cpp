#include "models/quoteview.h"

#include "models/quotewords.h"

#include <QCoreApplication>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("Quote", text);
}

struct Sums {
    Decimal exact, total, rounding;
    QString fault;
};

Sums sumUp(const std::vector<PricedLine> &lines, const QuoteFit &fit)
{
    Sums sums;
    for (size_t i = 0; i < lines.size(); ++i) {
        if (fit.lines[i].shortage != Shortage::None || !lines[i].fault.isEmpty())
            continue;
        const Result<Decimal> more = sums.exact.plus(lines[i].subtotal);
        if (!more) {
            sums.fault = words(QT_TRANSLATE_NOOP("Quote", "The sum has more digits than can be counted exactly."));
            return sums;
        }
        sums.exact = *more;
    }
    sums.total = sums.exact.rounded(2, Rounding::HalfUp);
    sums.rounding = sums.total.minus(sums.exact).value_or(Decimal());
    return sums;
}

std::vector<WayView> viewWays(const QuoteContent &quote, size_t index, const FitGround &ground)
{
    std::vector<WayView> views;
    for (Alternative &way : alternatives(quote, index, ground)) {
        const std::vector<PricedLine> priced = priceLines(way.quote, ground.rule);
        const Sums sums = sumUp(priced, fitQuote(way.quote, ground));
        if (!sums.fault.isEmpty())
            continue;
        WayView view;
        view.words = alternativeWords(way, quote, index);
        view.where = nodesWords(way.nodes, way.quote.parts[index].type);
        view.line = priced[index].subtotal.rounded(2, Rounding::HalfUp);
        view.total = sums.total;
        view.way = std::move(way);
        views.push_back(std::move(view));
    }
    return views;
}

QuoteLineView viewLine(const QuoteContent &quote, size_t index, const PricedLine &priced, const QuoteFit &fit)
{
    const QuotePart &part = quote.parts[index];
    QuoteLineView line;
    line.part = part;
    line.price = priceWords(part);
    line.amount = amountWords(part.type, part.amount);
    line.term = words(QT_TRANSLATE_NOOP("Quote", "%1 h")).arg(groupedNumber(Decimal(hoursOfTerm(quote.term, quote.termUnit))));
    line.conversion = priced.conversion.isEmpty() ? words(QT_TRANSLATE_NOOP("Quote", "units agree")) : priced.conversion;
    line.arithmetic = priced.arithmetic;
    line.subtotal = priced.subtotal;
    line.shortage = priced.fault.isEmpty() ? shortageWords(fit.lines[index], part, quote) : priced.fault;
    line.counted = line.shortage.isEmpty();
    if (line.counted)
        line.fit = fitWords(fit.lines[index], part, fit.nodesKnown);
    return line;
}

} // namespace

QuoteView viewQuote(const QuoteContent &quote, const FitGround &ground)
{
    QuoteView view;
    const std::vector<PricedLine> priced = priceLines(quote, ground.rule);
    const QuoteFit fit = fitQuote(quote, ground);
    view.nodesKnown = fit.nodesKnown;
    for (size_t i = 0; i < quote.parts.size(); ++i) {
        QuoteLineView line = viewLine(quote, i, priced[i], fit);
        if (!line.counted && priced[i].fault.isEmpty())
            line.ways = viewWays(quote, i, ground);
        ++(line.counted ? view.counted : view.left);
        view.decimals = std::max(view.decimals, line.subtotal.normalized().scale());
        view.lines.push_back(std::move(line));
    }
    const Sums sums = sumUp(priced, fit);
    view.exact = sums.exact;
    view.total = sums.total;
    view.rounding = sums.rounding;
    view.fault = sums.fault;
    return view;
}

std::vector<QuoteDifference> compareQuotes(const QuoteContent &before, const QuoteContent &after)
{
    std::vector<QuoteDifference> list;
    const auto note = [&list](const QString &what, const QString &was, const QString &is) {
        if (was != is)
            list.push_back({what, was, is});
    };
    const QString none = words(QT_TRANSLATE_NOOP("Quote", "none"));
    const auto find = [](const QuoteContent &quote, const QuotePart &part) -> const QuotePart * {
        const auto found = std::find_if(quote.parts.begin(), quote.parts.end(),
                                        [&part](const QuotePart &other) { return other.type == part.type && other.model == part.model; });
        return found == quote.parts.end() ? nullptr : &*found;
    };
    for (const QuotePart &part : after.parts) {
        const QuotePart *old = find(before, part);
        note(part.model, old ? amountWords(old->type, old->amount) : none, amountWords(part.type, part.amount));
        if (old)
            note(words(QT_TRANSLATE_NOOP("Quote", "Price of %1")).arg(part.model), priceWords(*old), priceWords(part));
    }
    for (const QuotePart &part : before.parts) {
        if (!find(after, part))
            note(part.model, amountWords(part.type, part.amount), none);
    }
    note(words(QT_TRANSLATE_NOOP("Quote", "Customer")), before.customer.isEmpty() ? none : before.customer,
         after.customer.isEmpty() ? none : after.customer);
    note(words(QT_TRANSLATE_NOOP("Quote", "Center")), before.centerName, after.centerName);
    note(words(QT_TRANSLATE_NOOP("Quote", "Cluster")), before.clusterName, after.clusterName);
    note(words(QT_TRANSLATE_NOOP("Quote", "Term")), termWords(before.term, before.termUnit), termWords(after.term, after.termUnit));
    note(words(QT_TRANSLATE_NOOP("Quote", "Instances")), QString::number(before.instances), QString::number(after.instances));
    note(words(QT_TRANSLATE_NOOP("Quote", "Valid until")), before.validUntil.isValid() ? before.validUntil.toString(Qt::ISODate) : none,
         after.validUntil.isValid() ? after.validUntil.toString(Qt::ISODate) : none);
    note(words(QT_TRANSLATE_NOOP("Quote", "Total")), groupedNumber(before.total, 2), groupedNumber(after.total, 2));
    return list;
}

std::vector<PriceChange> priceChanges(const QuoteContent &quote, const std::vector<PartOffer> &offers)
{
    std::vector<PriceChange> changes;
    for (size_t i = 0; i < quote.parts.size(); ++i) {
        const QuotePart &part = quote.parts[i];
        const PartOffer *offer = findOffer(offers, part.type, part.model);
        if (!offer)
            continue;
        const QuotePart now = quotePart(*offer, part.amount);
        if (now != part)
            changes.push_back({i, part, now});
    }
    return changes;
}

QuoteContent withPricesOf(const QuoteContent &quote, const std::vector<PartOffer> &offers)
{
    QuoteContent now = quote;
    for (const PriceChange &change : priceChanges(quote, offers))
        now.parts[change.line] = change.after;
    return now;
}

} // namespace kboss
