#include "app/base/decimal.h"

#include <QHash>
#include <array>

namespace kboss {
namespace {

using Int = Decimal::Coefficient;
using Wide = boost::multiprecision::int512_t;

constexpr int powerCount = 116; // largest exponent of dividedBy is 37 + 37 + 37

const Wide &wideTenTo(int exponent)
{
    static const std::array<Wide, powerCount> powers = [] {
        std::array<Wide, powerCount> result;
        result[0] = 1;
        for (size_t i = 1; i < result.size(); ++i)
            result[i] = result[i - 1] * 10;
        return result;
    }();
    return powers[static_cast<size_t>(exponent)];
}

const Int &tenTo(int exponent)
{
    static const std::array<Int, 77> powers = [] {
        std::array<Int, 77> result;
        result[0] = 1;
        for (size_t i = 1; i < result.size(); ++i)
            result[i] = result[i - 1] * 10;
        return result;
    }();
    return powers[static_cast<size_t>(exponent)];
}

bool fits(const Int &coefficient)
{
    static const Int limit = tenTo(Decimal::maxDigits);
    return coefficient < limit && coefficient > -limit;
}

Unexpected tooManyDigits()
{
    return fail(ErrorKind::Rejected, QStringLiteral("number needs more than %1 digits").arg(Decimal::maxDigits));
}

// Whether the magnitude has to grow by one after truncation. `twiceVersusDivisor` is 2 * |remainder| compared with |divisor|.
bool roundsAway(Rounding rounding, bool negative, bool odd, int twiceVersusDivisor)
{
    switch (rounding) {
    case Rounding::HalfEven:
        return twiceVersusDivisor > 0 || (twiceVersusDivisor == 0 && odd);
    case Rounding::HalfUp:
        return twiceVersusDivisor >= 0;
    case Rounding::Down:
        return false;
    case Rounding::Up:
        return true;
    case Rounding::Floor:
        return negative;
    case Rounding::Ceiling:
        return !negative;
    }
    return false;
}

template <class T> T divideRounded(const T &dividend, const T &divisor, Rounding rounding)
{
    const bool negative = (dividend < 0) != (divisor < 0);
    const T top = abs(dividend);
    const T bottom = abs(divisor);
    T quotient = top / bottom;
    const T remainder = top % bottom;
    if (remainder != 0) {
        const T twice = remainder * 2;
        const bool odd = quotient % 2 != 0;
        if (roundsAway(rounding, negative, odd, twice.compare(bottom)))
            quotient += 1;
    }
    return negative ? T(-quotient) : quotient;
}

} // namespace

Result<Decimal> Decimal::fromParts(const Coefficient &coefficient, int scale)
{
    if (scale < 0)
        return fail(ErrorKind::Rejected, QStringLiteral("negative scale"));
    Coefficient value = coefficient;
    while ((scale > maxScale || !fits(value)) && scale > 0 && value % 10 == 0) {
        value /= 10;
        --scale;
    }
    if (scale > maxScale || !fits(value))
        return tooManyDigits();
    Decimal result;
    result.m_coefficient = std::move(value);
    result.m_scale = scale;
    return result;
}

Result<Decimal> Decimal::parse(QStringView text)
{
    qsizetype at = 0;
    const bool negative = !text.isEmpty() && text[0] == u'-';
    if (!text.isEmpty() && (text[0] == u'-' || text[0] == u'+'))
        ++at;
    Coefficient coefficient = 0;
    quint64 chunk = 0; // digits are gathered in machine words; wide arithmetic once every 18
    int chunkDigits = 0, digits = 0, whole = 0, scale = 0;
    bool point = false;
    for (; at < text.size(); ++at) {
        const char16_t c = text[at].unicode();
        if (c == u'.' && !point && whole > 0) {
            point = true;
            continue;
        }
        if (c < u'0' || c > u'9')
            return fail(ErrorKind::Rejected, QStringLiteral("unexpected character at %1 in a number").arg(at + 1));
        point ? ++scale : ++whole;
        if (digits > 0 || c != u'0')
            ++digits;
        if (digits > maxDigits || scale > maxScale)
            return tooManyDigits();
        chunk = chunk * 10 + static_cast<quint64>(c - u'0');
        if (++chunkDigits == 18) {
            coefficient = coefficient * tenTo(18) + chunk;
            chunk = 0;
            chunkDigits = 0;
        }
    }
    if (whole == 0 || (point && scale == 0))
        return fail(ErrorKind::Rejected, QStringLiteral("digits expected at %1 in a number").arg(at + 1));
    Decimal result;
    result.m_coefficient = digits <= 18 && chunkDigits == whole + scale ? Coefficient(chunk) : Coefficient(coefficient * tenTo(chunkDigits) + chunk);
    if (negative)
        result.m_coefficient = -result.m_coefficient;
    result.m_scale = scale;
    return result;
}

Result<Decimal> Decimal::plus(const Decimal &other) const
{
    if (m_scale == other.m_scale)
        return fromParts(m_coefficient + other.m_coefficient, m_scale);
    const int common = std::max(m_scale, other.m_scale);
    return fromParts(m_coefficient * tenTo(common - m_scale) + other.m_coefficient * tenTo(common - other.m_scale), common);
}

Result<Decimal> Decimal::minus(const Decimal &other) const
{
    return plus(other.negated());
}

Result<Decimal> Decimal::times(const Decimal &other) const
{
    return fromParts(m_coefficient * other.m_coefficient, m_scale + other.m_scale);
}

Result<Decimal> Decimal::dividedBy(const Decimal &other, int scale, Rounding rounding) const
{
    if (other.isZero())
        return fail(ErrorKind::Rejected, QStringLiteral("division by zero"));
    if (scale < 0 || scale > maxScale)
        return fail(ErrorKind::Rejected, QStringLiteral("scale must be between 0 and %1").arg(maxScale));
    Wide top = Wide(m_coefficient);
    Wide bottom = Wide(other.m_coefficient);
    const int shift = scale + other.m_scale - m_scale;
    if (shift >= 0)
        top *= wideTenTo(shift);
    else
        bottom *= wideTenTo(-shift);
    const Wide quotient = divideRounded<Wide>(top, bottom, rounding);
    static const Wide limit = wideTenTo(maxDigits);
    if (quotient >= limit || quotient <= -limit)
        return tooManyDigits();
    return fromParts(Coefficient(quotient), scale);
}

Decimal Decimal::rounded(int scale, Rounding rounding) const
{
    scale = std::max(scale, 0);
    if (scale >= m_scale)
        return *this;
    Decimal result;
    result.m_coefficient = divideRounded<Coefficient>(m_coefficient, tenTo(m_scale - scale), rounding);
    result.m_scale = scale;
    return result;
}

Decimal Decimal::normalized() const
{
    Decimal result = *this;
    while (result.m_scale > 0 && result.m_coefficient % 10 == 0) {
        result.m_coefficient /= 10;
        --result.m_scale;
    }
    return result;
}

Decimal Decimal::negated() const
{
    Decimal result = *this;
    result.m_coefficient = -result.m_coefficient;
    return result;
}

std::optional<qint64> Decimal::toInt64() const
{
    static const Coefficient low = std::numeric_limits<qint64>::min();
    static const Coefficient high = std::numeric_limits<qint64>::max();
    const Decimal whole = normalized();
    if (whole.m_scale != 0 || whole.m_coefficient < low || whole.m_coefficient > high)
        return std::nullopt;
    return static_cast<qint64>(whole.m_coefficient);
}

QString Decimal::toString(int minScale) const
{
    std::string digits = Coefficient(abs(m_coefficient)).str();
    const auto scale = static_cast<size_t>(m_scale);
    if (digits.size() <= scale)
        digits.insert(0, scale + 1 - digits.size(), '0');
    if (scale > 0)
        digits.insert(digits.size() - scale, 1, '.');
    const int missing = minScale - m_scale;
    if (missing > 0) {
        if (scale == 0)
            digits.push_back('.');
        digits.append(static_cast<size_t>(missing), '0');
    }
    if (isNegative())
        digits.insert(0, 1, '-');
    return QString::fromLatin1(digits.data(), static_cast<qsizetype>(digits.size()));
}

QByteArray Decimal::sortKey() const
{
    const Decimal plain = normalized();
    if (plain.isZero())
        return QByteArrayLiteral("5");
    std::string digits = Coefficient(abs(plain.m_coefficient)).str();
    const int exponent = static_cast<int>(digits.size()) - plain.m_scale + 40; // 4…78: where the point stands, never negative
    while (digits.size() > 1 && digits.back() == '0')
        digits.pop_back();
    std::string key = std::string(1, static_cast<char>('0' + exponent / 10)) + static_cast<char>('0' + exponent % 10) + digits;
    if (!plain.isNegative())
        return QByteArrayLiteral("6") + QByteArray::fromStdString(key);
    for (char &c : key)
        c = static_cast<char>('0' + '9' - c);
    return QByteArrayLiteral("4") + QByteArray::fromStdString(key) + '~'; // '~' puts -1 after -1.5
}

std::strong_ordering Decimal::compare(const Decimal &a, const Decimal &b)
{
    int order = 0;
    if (a.m_scale == b.m_scale)
        order = a.m_coefficient.compare(b.m_coefficient);
    else if (a.m_scale < b.m_scale)
        order = Coefficient(a.m_coefficient * tenTo(b.m_scale - a.m_scale)).compare(b.m_coefficient);
    else
        order = a.m_coefficient.compare(Coefficient(b.m_coefficient * tenTo(a.m_scale - b.m_scale)));
    return order <=> 0;
}

size_t qHash(const Decimal &value, size_t seed)
{
    const Decimal plain = value.normalized();
    const auto low = static_cast<quint64>(Decimal::Coefficient(abs(plain.coefficient())) & std::numeric_limits<quint64>::max());
    return qHashMulti(seed, low, plain.scale(), plain.isNegative());
}

} // namespace kboss
