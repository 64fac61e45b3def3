#pragma once

#include "app/base/decimal.h"

#include <QString>
#include <optional>
#include <vector>

namespace kboss {

// What a part costs for a term, exactly, with every step as a value: used by the service, the quote builder and the products alike. Words are made where they
// are shown. Values; any thread.
//
//   subtotal = unit price × (money → yuan) × (charge unit → hour) × amount × (unit of amounts → the part's unit) × hours of the term
//
// All ratios are brought together before one division, so that days of hours and hours of days take each other away. A division that does not end keeps
// mostDecimals places, half to even, fewer where the number is so large that they do not fit; PriceLine::exact says so.

// Units as the service words them. Amounts are counted in: cpu 核, memory Mi, disk Gi, gpu 卡. A month has 30 days, a week 7.
struct PartPrice {
    QString type; // "cpu" "memory" "disk" "gpu"
    QString model;
    Decimal unitPrice; // account unit per resource unit and charge unit
    QString resourceUnit; // 核 个 m · Gi Mi Ti · 卡 张 块
    QString chargeUnit; // 小时 分钟 秒 天
    QString accountUnit; // 元 角 分
    friend bool operator==(const PartPrice &, const PartPrice &) = default;
};

struct Ratio { // × times ÷ by
    qint64 times = 1, by = 1;
    bool isOne() const { return times == by; }
    friend bool operator==(const Ratio &, const Ratio &) = default;
};

// Convert: amounts are brought to the part's unit: 8192 Mi are 8 of a part that is priced by Gi.
// Literal: they are multiplied as they stand, 8192 × the price of a Gi, as the service's description reckons in its example (8192 × 0.005 = 40.96).
enum class PriceRule { Convert, Literal };

enum class PriceFault { AmountNotPositive, TermNotPositive, UnknownTermUnit, UnknownResourceUnit, UnknownChargeUnit, UnknownAccountUnit, TooManyDigits };

struct PriceLine {
    PartPrice part;
    qint64 amount = 0, term = 0, hours = 0;
    QString termUnit;
    Ratio money, charge, unit; // the three conversions
    Decimal inPartUnit; // the amount in the part's unit
    Decimal hourly; // yuan per resource unit and hour
    bool hourlyExact = true;
    Decimal subtotal; // yuan
    bool exact = true;
};

tl::expected<PriceLine, PriceFault> priceLine(const PartPrice &part, qint64 amount, qint64 term, const QString &termUnit, PriceRule rule = PriceRule::Convert);

struct PriceTrace {
    std::vector<PriceLine> lines;
    Decimal total; // their sum, not rounded
};
// The sum of what has a price; Rejected when it needs more digits than there are.
Result<PriceTrace> traceOf(std::vector<PriceLine> lines);

constexpr int mostDecimals = 20;

std::optional<qint64> termHours(qint64 term, const QString &unit); // 小时 天 周 月
std::optional<Ratio> moneyRatio(const QString &accountUnit);
std::optional<Ratio> chargeRatio(const QString &chargeUnit);
std::optional<Ratio> unitRatio(const QString &type, const QString &resourceUnit);
QString amountUnit(const QString &type); // of quotes: "Mi"
// value × times ÷ by, at most mostDecimals places.
Result<Decimal> applied(const Decimal &value, const Ratio &ratio);

} // namespace kboss
