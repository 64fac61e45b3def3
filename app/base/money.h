#pragma once

#include "app/base/decimal.h"

namespace kboss {

// google.type.Money: units + nanos * 10^-9, both of one sign, |nanos| <= 999'999'999. A value; any thread.
// JSON form: {"currency_code": "CNY", "units": "1234" | 1234, "nanos": 560000000}.
struct Money {
    QString currency; // ISO 4217, upper case
    qint64 units = 0;
    qint32 nanos = 0;

    static Result<Money> make(QString currency, qint64 units, qint32 nanos); // Rejected on mixed signs or nanos out of range
    static Result<Money> fromDecimal(QString currency, const Decimal &amount); // Rejected over 9 decimals or out of int64

    Decimal amount() const;
    bool isNegative() const { return units < 0 || nanos < 0; }
    bool isZero() const { return units == 0 && nanos == 0; }

    friend bool operator==(const Money &, const Money &) = default;
};

// What a person types into a money field: "1,234.56", "1 234.56", "¥1,234.5", "-3", full-width digits and 。 or ，as input methods give them.
// Grouping must be right (thousands) where it is used. At most 9 decimals. Errors say what is wrong, in `field`-free detail;
// typedmoney.h has the same with the reason as a value, for translated messages.
Result<Money> parseTypedMoney(const QString &text, const QString &currency);

// "1,284,300.55": thousands, two decimals unless more are needed, U+2212 as minus, no currency.
QString formatAmount(const Decimal &amount, int minDecimals = 2);
inline QString formatAmount(const Money &money, int minDecimals = 2)
{
    return formatAmount(money.amount(), minDecimals);
}

} // namespace kboss

Q_DECLARE_METATYPE(kboss::Money)
