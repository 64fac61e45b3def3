#include "app/cluster/kubeobjects.h"

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

// digits[.digits] times factor, exact; nothing when a part of a unit is left or it does not fit.
std::optional<qint64> scaled(QStringView number, qint64 factor)
{
    const qsizetype point = number.indexOf(u'.');
    const QStringView whole = point < 0 ? number : number.left(point);
    const QStringView fraction = point < 0 ? QStringView() : number.mid(point + 1);
    if (whole.isEmpty() && fraction.isEmpty())
        return std::nullopt;
    qint64 result = 0;
    for (const QChar c : whole) {
        if (c < u'0' || c > u'9' || __builtin_mul_overflow(result, 10, &result) || __builtin_add_overflow(result, c.unicode() - u'0', &result))
            return std::nullopt;
    }
    if (__builtin_mul_overflow(result, factor, &result))
        return std::nullopt;
    qint64 rest = 0, divisor = 1;
    for (const QChar c : fraction.left(9)) {
        if (c < u'0' || c > u'9')
            return std::nullopt;
        rest = rest * 10 + (c.unicode() - u'0');
        divisor *= 10;
    }
    qint64 part = 0;
    if (__builtin_mul_overflow(rest, factor, &part) || __builtin_add_overflow(result, (part + divisor - 1) / divisor, &result))
        return std::nullopt; // Kubernetes rounds up as well
    return result;
}

struct Suffix {
    const char *text;
    qint64 factor;
};

} // namespace

std::optional<qint64> cpuNano(const QString &quantity)
{
    static constexpr Suffix suffixes[] = {{"n", 1}, {"u", 1'000}, {"m", 1'000'000}, {"k", 1'000'000'000'000}};
    for (const Suffix &suffix : suffixes) {
        if (quantity.endsWith(QLatin1String(suffix.text)))
            return scaled(QStringView(quantity).chopped(1), suffix.factor);
    }
    return scaled(quantity, 1'000'000'000);
}

std::optional<qint64> memoryBytes(const QString &quantity)
{
    static constexpr Suffix suffixes[] = {{"Ki", 1LL << 10},        {"Mi", 1LL << 20}, {"Gi", 1LL << 30}, {"Ti", 1LL << 40},
                                          {"Pi", 1LL << 50},        {"k", 1'000},      {"M", 1'000'000},  {"G", 1'000'000'000},
                                          {"T", 1'000'000'000'000}, {"e3", 1'000},     {"e6", 1'000'000}, {"e9", 1'000'000'000}};
    for (const Suffix &suffix : suffixes) {
        const QLatin1String text(suffix.text);
        if (quantity.endsWith(text))
            return scaled(QStringView(quantity).chopped(text.size()), suffix.factor);
    }
    if (quantity.endsWith(u'm')) {
        const auto milli = scaled(QStringView(quantity).chopped(1), 1);
        return milli ? std::optional((*milli + 999) / 1000) : std::nullopt;
    }
    return scaled(quantity, 1);
}

} // namespace kboss
