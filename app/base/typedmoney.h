#pragma once

#include "app/base/money.h"

namespace kboss {

// Why a typed amount was not understood, for words in the person's own language.
enum class MoneyInputReason {
    Empty, // nothing but white space
    UnexpectedText, // at `position` stands something that is no part of an amount
    NoDigits, // a sign or a currency without a number
    Grouping, // separators are not at the thousands, or of two kinds
    TwoPoints, // a second decimal point
    TooManyDecimals, // more than 9
    OutOfRange, // does not fit 64 bits
    WrongCurrency, // a mark of another currency; `token` is the mark
    TwoSigns,
};

struct MoneyInputFault {
    MoneyInputReason reason = MoneyInputReason::Empty;
    int position = 0; // 1-based in the text as typed, 0 = the whole
    QString token; // the piece at fault, or empty
    QString detail; // in English, for logs and tests
};

// What parseTypedMoney does, with the fault as a value. Currency marks are accepted before and after the number, with or without a space,
// when they mean `currency`: its ISO code in any case, and the customary signs (CNY: ¥ ￥ 元 RMB 人民币; USD: $ US$ 美元; HKD: HK$ 港币 港元; …).
// "$" alone is US dollars, never another dollar.
tl::expected<Money, MoneyInputFault> readTypedMoney(const QString &text, const QString &currency);

// Stable lower-case name ("wrong-currency"), for reports and logs.
QString moneyInputReasonName(MoneyInputReason reason);

} // namespace kboss
