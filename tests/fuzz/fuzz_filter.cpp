#include "app/base/filteroperand.h"
#include "tests/fuzz/require.h"

#include <cstdint>

using namespace kboss;

namespace {

TableSchema everyType()
{
    const auto field = [](const char *id, FieldType type) { return FieldSchema{QString::fromLatin1(id), QString::fromLatin1(id), type, false, {}}; };
    return {QStringLiteral("row"),
            QStringLiteral("id"),
            {field("id", FieldType::Text), field("n", FieldType::Integer), field("b", FieldType::Boolean), field("r", FieldType::Decimal),
             field("m", FieldType::Money), field("t", FieldType::DateTime), field("d", FieldType::Date), field("e", FieldType::Enum),
             field("s", FieldType::Secret)}};
}

Row oneRow()
{
    return {QStringLiteral("a"),
            {QStringLiteral("a"), qint64(5), true, *Decimal::parse(u"0.25"), Money{QStringLiteral("CNY"), -3, -5}, Instant{1'746'489'600'000},
             QDate(2026, 6, 17), Misfit{QStringLiteral("?")}, SecretMark{}}};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const TableSchema schema = everyType();
    static const Row row = oneRow();
    const QString text = QString::fromUtf8(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const auto filter = parseFilter(text);
    if (filter) {
        const QString printed = printFilter(*filter);
        const auto again = parseFilter(printed);
        FUZZ_REQUIRE(again.has_value() || printed.size() > 20'000);
        if (again) {
            FUZZ_REQUIRE(sameFilter(*filter, *again));
            FUZZ_REQUIRE(printFilter(*again) == printed);
            FUZZ_REQUIRE(matches(*filter, schema, row) == matches(*again, schema, row));
        }
        const auto checked = checkFilter(*filter, schema);
        FUZZ_REQUIRE(checked.has_value() || !checked.error().field.isEmpty());
    } else {
        FUZZ_REQUIRE(filter.error().detail.startsWith(QLatin1String("at ")));
    }
    if (const auto order = parseOrderBy(text))
        FUZZ_REQUIRE(parseOrderBy(printOrderBy(*order)).value() == *order);
    return 0;
}
