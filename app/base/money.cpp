#include "app/base/money.h"

#include "app/base/typedmoney.h"

namespace kboss {
namespace {

constexpr qint32 nanosPerUnit = 1'000'000'000;

} // namespace

Result<Money> Money::make(QString currency, qint64 units, qint32 nanos)
{
    if (nanos <= -nanosPerUnit || nanos >= nanosPerUnit)
        return fail(ErrorKind::Rejected, QStringLiteral("nanos out of range"));
    if ((units > 0 && nanos < 0) || (units < 0 && nanos > 0))
        return fail(ErrorKind::Rejected, QStringLiteral("units and nanos differ in sign"));
    return Money{std::move(currency).toUpper(), units, nanos};
}

Result<Money> Money::fromDecimal(QString currency, const Decimal &amount)
{
    const Decimal plain = amount.normalized();
    if (plain.scale() > 9)
        return fail(ErrorKind::Rejected, QStringLiteral("more than 9 decimals"));
    const Decimal whole = plain.rounded(0, Rounding::Down);
    const auto units = whole.toInt64();
    if (!units)
        return fail(ErrorKind::Rejected, QStringLiteral("amount out of range"));
    Decimal::Coefficient nanos = plain.coefficient();
    for (int scale = plain.scale(); scale < 9; ++scale)
        nanos *= 10;
    nanos %= nanosPerUnit;
    return make(std::move(currency), *units, static_cast<qint32>(nanos));
}

Decimal Money::amount() const
{
    if (nanos == 0)
        return Decimal(units);
    int scale = 9;
    qint32 fraction = nanos;
    qint64 factor = nanosPerUnit;
    for (; fraction % 10 == 0; --scale) {
        fraction /= 10;
        factor /= 10;
    }
    return *Decimal::fromParts(Decimal::Coefficient(units) * factor + fraction, scale);
}

Result<Money> parseTypedMoney(const QString &text, const QString &currency)
{
    auto read = readTypedMoney(text, currency);
    if (!read)
        return fail(ErrorKind::Rejected, read.error().detail);
    return *std::move(read);
}

QString formatAmount(const Decimal &amount, int minDecimals)
{
    QString text = amount.normalized().toString(minDecimals);
    const bool negative = text.startsWith(u'-');
    if (negative)
        text.remove(0, 1);
    const qsizetype point = text.indexOf(u'.');
    for (qsizetype at = (point < 0 ? text.size() : point) - 3; at > 0; at -= 3)
        text.insert(at, u',');
    if (negative)
        text.prepend(QChar(0x2212));
    return text;
}

} // namespace kboss
