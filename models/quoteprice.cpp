#include "models/quoteprice.h"

#include "models/quotewords.h"

#include <QCoreApplication>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("Quote", text);
}

// A ratio as it is applied: "× 60", "÷ 24".
QString written(const Ratio &ratio)
{
    if (ratio.times != 1)
        return u" × "_s + groupedNumber(Decimal(ratio.times));
    return ratio.by != 1 ? u" ÷ "_s + groupedNumber(Decimal(ratio.by)) : QString();
}

QString conversion(const PriceLine &line)
{
    QStringList steps;
    const QString &type = line.part.type;
    const bool wholeGi = type == "memory"_L1 && line.amount % 1024 == 0;
    if (wholeGi && line.unit.isOne()) // read in Gi, priced in Mi
        steps << u"%1 Gi × 1,024 = %2 Mi"_s.arg(groupedNumber(Decimal(line.amount / 1024)), groupedNumber(line.inPartUnit));
    else if (!line.unit.isOne() && !wholeGi)
        steps << u"%1%2 = %3 %4"_s.arg(amountWords(type, line.amount), written(line.unit), groupedNumber(line.inPartUnit),
                                       unitWord(line.part.resourceUnit));
    if (!line.money.isOne() || !line.charge.isOne()) {
        const QString factors = (written(line.money) + written(line.charge)).trimmed();
        const QString unit = u"%1/%2·%3"_s.arg(unitWord(u"元"_s), unitWord(line.part.resourceUnit), unitWord(u"小时"_s));
        steps << (line.hourlyExact ? u"%1 = %2 %3"_s.arg(factors, groupedNumber(line.hourly), unit) : factors);
    }
    return steps.join(u" · "_s);
}

QString arithmetic(const PriceLine &line)
{
    const QString price =
        line.hourlyExact ? groupedNumber(line.hourly) : groupedNumber(line.part.unitPrice) + written(line.money) + written(line.charge);
    return u"%1 × %2 × %3"_s.arg(price, groupedNumber(line.inPartUnit), groupedNumber(Decimal(line.hours)));
}

} // namespace

std::vector<PricedLine> priceLines(const QuoteContent &quote, PriceRule rule)
{
    std::vector<PricedLine> lines;
    for (const QuotePart &part : quote.parts) {
        const PartPrice price{part.type, part.model, part.unitPrice, part.resourceUnit, part.chargeUnit, part.accountUnit};
        const auto line = priceLine(price, part.amount, quote.term, quote.termUnit, rule);
        PricedLine shown;
        if (!part.priced) {
            shown.fault = words(QT_TRANSLATE_NOOP("Quote", "The service gives no price of this part that can be read."));
        } else if (line) {
            shown = {line->subtotal, conversion(*line), arithmetic(*line), {}};
        } else if (line.error() == PriceFault::TooManyDigits) {
            shown.fault = words(QT_TRANSLATE_NOOP("Quote", "The price has more digits than can be counted exactly."));
        } else {
            shown.fault = words(QT_TRANSLATE_NOOP("Quote", "The price is in units that are not known: %1.")).arg(priceWords(part));
        }
        lines.push_back(std::move(shown));
    }
    return lines;
}

} // namespace kboss
