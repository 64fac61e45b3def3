#include "app/base/timetext.h"
#include "app/base/typedmoney.h"
#include "tests/fuzz/require.h"

#include <cstdint>

using namespace kboss;

// The first byte chooses the currency, the rest is what is typed.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    static const QStringList currencies = {QStringLiteral("CNY"), QStringLiteral("USD"), QStringLiteral("HKD"), QStringLiteral("JPY"), QString()};
    const QString currency = currencies[data[0] % currencies.size()];
    const QString text = QString::fromUtf8(reinterpret_cast<const char *>(data) + 1, static_cast<qsizetype>(size) - 1);
    const auto money = readTypedMoney(text, currency);
    if (money) {
        FUZZ_REQUIRE(money->currency == currency);
        const auto again = readTypedMoney(formatAmount(*money), currency);
        FUZZ_REQUIRE(again.has_value() && *again == *money);
        const auto made = Money::make(currency, money->units, money->nanos);
        FUZZ_REQUIRE(made.has_value() && *made == *money);
        FUZZ_REQUIRE(*Money::fromDecimal(currency, money->amount()) == *money);
    } else {
        FUZZ_REQUIRE(!money.error().detail.isEmpty());
        FUZZ_REQUIRE(money.error().position >= 0 && money.error().position <= text.size() + 1);
    }
    if (const auto number = Decimal::parse(text)) {
        FUZZ_REQUIRE(*Decimal::parse(number->toString()) == *number);
        FUZZ_REQUIRE(number->rounded(2, Rounding::HalfEven).scale() <= 2 || number->scale() <= 2);
        number->times(*number);
        number->dividedBy(*number, 9, Rounding::HalfUp);
    }
    if (const auto ms = parseInstant(text, QTimeZone::utc())) {
        const QString printed = formatRfc3339(*ms);
        FUZZ_REQUIRE(printed.isEmpty() || parseInstant(printed, QTimeZone::utc()) == ms);
    }
    return 0;
}
