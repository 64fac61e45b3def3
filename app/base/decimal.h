#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <QMetaType>
#include <boost/multiprecision/cpp_int.hpp>
#include <compare>
#include <optional>

namespace kboss {

enum class Rounding { HalfEven, HalfUp, Down, Up, Floor, Ceiling };

// An exact base-10 number: coefficient * 10^-scale, at most 38 significant digits, scale 0…37.
// Arithmetic that would need more digits fails with ErrorKind::Rejected instead of rounding in silence.
// A value; any thread.
class Decimal {
public:
    using Coefficient = boost::multiprecision::int256_t;
    static constexpr int maxDigits = 38;
    static constexpr int maxScale = 37;

    Decimal() = default;
    explicit Decimal(qint64 value) : m_coefficient(value) { }

    // "-1234.5600": optional sign, ASCII digits, one point. Scale is kept as written. No exponent, no grouping, no white space.
    static Result<Decimal> parse(QStringView text);
    static Result<Decimal> fromParts(const Coefficient &coefficient, int scale);

    Result<Decimal> plus(const Decimal &other) const;
    Result<Decimal> minus(const Decimal &other) const;
    Result<Decimal> times(const Decimal &other) const;
    // Quotient with the given scale. Dividing by zero is Rejected.
    Result<Decimal> dividedBy(const Decimal &other, int scale, Rounding rounding) const;
    Decimal rounded(int scale, Rounding rounding) const; // a smaller scale rounds, a larger one is left as it is
    Decimal normalized() const; // without trailing zeros after the point
    Decimal negated() const;

    bool isZero() const { return m_coefficient == 0; }
    bool isNegative() const { return m_coefficient < 0; }
    int scale() const { return m_scale; }
    const Coefficient &coefficient() const { return m_coefficient; }

    // Plain digits with '-' and '.', as parse() reads them back. minScale pads with zeros.
    QString toString(int minScale = 0) const;

    std::optional<qint64> toInt64() const; // nothing when it has a fraction or is out of range

    // ASCII text whose byte order is the order of values (equal values, equal keys): for indexes that compare text.
    QByteArray sortKey() const;

    // By value: 1.0 equals 1.00.
    friend std::strong_ordering operator<=>(const Decimal &a, const Decimal &b) { return compare(a, b); }
    friend bool operator==(const Decimal &a, const Decimal &b) { return compare(a, b) == 0; }

private:
    static std::strong_ordering compare(const Decimal &a, const Decimal &b);

    Coefficient m_coefficient = 0;
    int m_scale = 0;
};

size_t qHash(const Decimal &value, size_t seed = 0); // equal values, equal hashes

} // namespace kboss

Q_DECLARE_METATYPE(kboss::Decimal)
