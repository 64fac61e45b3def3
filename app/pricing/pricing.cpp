#include "app/pricing/pricing.h"

#include <limits>
#include <numeric>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

// The product of ratios, without common factors; nothing when it does not fit.
std::optional<Ratio> product(std::initializer_list<Ratio> ratios)
{
    Ratio all;
    for (const Ratio &ratio : ratios) {
        if (__builtin_mul_overflow(all.times, ratio.times, &all.times) || __builtin_mul_overflow(all.by, ratio.by, &all.by))
            return std::nullopt;
        const qint64 common = std::gcd(all.times, all.by);
        all = {all.times / common, all.by / common};
    }
    return all;
}

// Whether value × ratio is what was applied, not the nearest to it.
bool isExact(const Decimal &value, const Ratio &ratio, const Decimal &result)
{
    const auto back = result.times(Decimal(ratio.by)), wanted = value.times(Decimal(ratio.times));
    return back && wanted && *back == *wanted;
}

std::optional<PriceFault> takeRatios(PriceLine &line, PriceRule rule)
{
    const auto money = moneyRatio(line.part.accountUnit), charge = chargeRatio(line.part.chargeUnit);
    const auto unit = unitRatio(line.part.type, line.part.resourceUnit);
    const auto hours = termHours(line.term, line.termUnit);
    if (!unit)
        return PriceFault::UnknownResourceUnit;
    if (!charge)
        return PriceFault::UnknownChargeUnit;
    if (!money)
        return PriceFault::UnknownAccountUnit;
    if (!hours)
        return PriceFault::UnknownTermUnit;
    line.money = *money;
    line.charge = *charge;
    line.unit = rule == PriceRule::Literal ? Ratio{} : *unit;
    line.hours = *hours;
    return std::nullopt;
}

} // namespace

std::optional<qint64> termHours(qint64 term, const QString &unit)
{
    const qint64 hours = unit == u"小时"_s ? 1 : unit == u"天"_s ? 24 : unit == u"周"_s ? 7 * 24 : unit == u"月"_s ? 30 * 24 : 0;
    if (hours == 0 || term < 0 || term > std::numeric_limits<qint64>::max() / (30 * 24))
        return std::nullopt;
    return term * hours;
}

std::optional<Ratio> moneyRatio(const QString &accountUnit)
{
    if (accountUnit == u"元"_s)
        return Ratio{};
    if (accountUnit == u"角"_s)
        return Ratio{1, 10};
    return accountUnit == u"分"_s ? std::optional(Ratio{1, 100}) : std::nullopt;
}

std::optional<Ratio> chargeRatio(const QString &chargeUnit)
{
    if (chargeUnit == u"小时"_s)
        return Ratio{};
    if (chargeUnit == u"分钟"_s)
        return Ratio{60, 1};
    if (chargeUnit == u"秒"_s)
        return Ratio{3600, 1};
    return chargeUnit == u"天"_s ? std::optional(Ratio{1, 24}) : std::nullopt;
}

std::optional<Ratio> unitRatio(const QString &type, const QString &resourceUnit)
{
    struct Known {
        const char *type, *unit;
        Ratio ratio;
    };
    static constexpr Known units[] = {
        {"cpu", "核", {1, 1}},  {"cpu", "个", {1, 1}},     {"cpu", "m", {1000, 1}},   {"memory", "Mi", {1, 1}},           {"memory", "Gi", {1, 1024}},
        {"disk", "Gi", {1, 1}}, {"disk", "Mi", {1024, 1}}, {"disk", "Ti", {1, 1024}}, {"memory", "Ti", {1, 1024 * 1024}}, {"gpu", "卡", {1, 1}},
        {"gpu", "张", {1, 1}},  {"gpu", "块", {1, 1}},
    };
    for (const Known &known : units) {
        if (type == QLatin1String(known.type) && resourceUnit == QString::fromUtf8(known.unit))
            return known.ratio;
    }
    return std::nullopt;
}

QString amountUnit(const QString &type)
{
    return type == u"cpu"_s ? u"核"_s : type == u"memory"_s ? u"Mi"_s : type == u"disk"_s ? u"Gi"_s : u"卡"_s;
}

Result<Decimal> applied(const Decimal &value, const Ratio &ratio)
{
    const Result<Decimal> more = value.times(Decimal(ratio.times));
    if (!more || ratio.by == 1)
        return more;
    // A large number has room for fewer places.
    for (int places = mostDecimals; places >= 0; --places) {
        if (const auto quotient = more->dividedBy(Decimal(ratio.by), places, Rounding::HalfEven))
            return quotient->normalized();
    }
    return fail(ErrorKind::Rejected, u"too many digits"_s);
}

tl::expected<PriceLine, PriceFault> priceLine(const PartPrice &part, qint64 amount, qint64 term, const QString &termUnit, PriceRule rule)
{
    if (amount <= 0)
        return tl::unexpected(PriceFault::AmountNotPositive);
    if (term <= 0)
        return tl::unexpected(PriceFault::TermNotPositive);
    PriceLine line;
    line.part = part;
    line.amount = amount;
    line.term = term;
    line.termUnit = termUnit;
    if (const auto fault = takeRatios(line, rule))
        return tl::unexpected(*fault);
    const auto all = product({line.money, line.charge, line.unit, {line.hours, 1}}), price = product({line.money, line.charge});
    const auto whole = part.unitPrice.times(Decimal(amount));
    const auto subtotal = all && whole ? applied(*whole, *all) : Result<Decimal>(fail(ErrorKind::Rejected, u"too many digits"_s));
    const auto inPartUnit = applied(Decimal(amount), line.unit), hourly = applied(part.unitPrice, *price);
    if (!subtotal || !inPartUnit || !hourly)
        return tl::unexpected(PriceFault::TooManyDigits);
    line.inPartUnit = inPartUnit->normalized();
    line.hourly = hourly->normalized();
    line.hourlyExact = isExact(part.unitPrice, *price, *hourly);
    line.subtotal = subtotal->normalized();
    line.exact = isExact(*whole, *all, *subtotal);
    return line;
}

Result<PriceTrace> traceOf(std::vector<PriceLine> lines)
{
    Result<Decimal> total{Decimal()};
    for (const PriceLine &line : lines) {
        total = total->plus(line.subtotal);
        if (!total)
            return fail(total.error());
    }
    return PriceTrace{std::move(lines), total->normalized()};
}

} // namespace kboss
