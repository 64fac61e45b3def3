#pragma once

#include "app/base/decimal.h"

namespace kboss {

// Numbers raised or lowered by percent, exactly: before × (100 + percent) ÷ 100, then brought to so many decimals by one named way of rounding, or left as
// it is. What cannot be is refused in words of the current language. A value; any thread.
class PercentChange {
public:
    static constexpr int mostPercentDecimals = 6;

    struct Rule {
        int decimals = 4; // of the result
        std::optional<Rounding> rounding = Rounding::HalfUp; // nothing = not rounded: more decimals than these are refused
    };
    struct Outcome {
        Decimal value; // without trailing zeros
        Decimal exact; // before rounding
        bool isRounded() const { return value != exact; }
    };

    // "5", "+5 %", "−12.5%", full-width signs and digits as well. Refused: no number, −100 % and below, more decimals than are taken.
    static Result<PercentChange> typed(const QString &text, const Rule &rule);
    static Result<PercentChange> by(const Decimal &percent, const Rule &rule);

    // Refused: a result below zero, one that rounding takes to zero, more decimals than Rule has where nothing is rounded, more digits than can be counted.
    Result<Outcome> of(const Decimal &before) const;

    const Decimal &percent() const { return m_percent; }
    QString words() const; // "× 1.05, rounded to 4 decimals, half up"

private:
    PercentChange(const Decimal &percent, const Rule &rule) : m_percent(percent), m_rule(rule) { }

    Decimal m_percent;
    Rule m_rule;
};

QString roundingWords(Rounding rounding); // "half up"

} // namespace kboss
