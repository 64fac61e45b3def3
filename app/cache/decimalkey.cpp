#include "app/cache/filtersql.h"

namespace kboss {

// "1" + exponent + digits for positive numbers, "1" for zero, "0" + the nines' complement of both + ":" for negative ones, where the number
// is 0.digits * 10^exponent. The exponent is shifted to 00…99.
QByteArray decimalKey(const Decimal &value)
{
    const Decimal number = value.normalized();
    if (number.isZero())
        return "1";
    const Decimal::Coefficient magnitude = abs(number.coefficient());
    std::string digits = magnitude.str();
    const int exponent = static_cast<int>(digits.size()) - number.scale();
    digits.erase(digits.find_last_not_of('0') + 1);
    const int shifted = exponent + 50;
    std::string key{number.isNegative() ? '0' : '1', static_cast<char>('0' + shifted / 10), static_cast<char>('0' + shifted % 10)};
    key += digits;
    if (number.isNegative()) {
        for (size_t i = 1; i < key.size(); ++i)
            key[i] = static_cast<char>('0' + ('9' - key[i]));
        key += ':';
    }
    return QByteArray::fromStdString(key);
}

} // namespace kboss
