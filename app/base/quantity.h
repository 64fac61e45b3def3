#pragma once

#include "app/base/schema.h"

#include <optional>
#include <string>
#include <string_view>

namespace kboss {

// "5d18h", "16h", "3m20s", "70d", "2y30d" as kubectl writes ages, and whole seconds without a unit: seconds, 0 and more. A year is 365 days.
std::optional<qint64> scanDuration(std::string_view text);

// A quantity in the unit of `reading`, exact: Cores "0.004核", "250m", "1500000n", "2"; Gibibytes "2.539Mi", "5Gi", "1Ti", "800M" (10^6 bytes), and
// "2", which is taken as GiB. Digits as Decimal::parse() reads them. False for anything else, or where the exact number has too many digits.
bool scanQuantity(std::string_view text, FieldReading reading, std::string &digits);

// {"zone":"b1"} and ["zone=b1","gpu=a100"] (JSON text) to "zone=b1, gpu=a100", in their order; text is taken as it is. False for other shapes.
bool scanTags(std::string_view json, std::string &tags);

// What a person types for such a field in a filter ("2d", "512Mi") as a plain number of the field's unit; empty = it does not fit.
QString plainOperand(const QString &typed, FieldReading reading);

} // namespace kboss
