#include "app/base/rowdecoder.h"
#include "app/base/secretnames.h"
#include "tests/fuzz/require.h"

#include <cstdint>

using namespace kboss;

namespace {

TableSchema everyType()
{
    const auto field = [](const char *id, const char *pointer, FieldType type) {
        return FieldSchema{QString::fromLatin1(id), QString::fromLatin1(pointer), type, false, {}};
    };
    return {QStringLiteral("row"),
            QStringLiteral("id"),
            {field("id", "id", FieldType::Text), field("name", "name", FieldType::Text), field("count", "count", FieldType::Integer),
             field("flag", "flag", FieldType::Boolean), field("rate", "rate", FieldType::Decimal), field("balance", "balance", FieldType::Money),
             field("time", "time", FieldType::DateTime), field("day", "day", FieldType::Date), field("state", "state", FieldType::Enum),
             field("pwd", "pwd", FieldType::Secret), field("cpu", "spec/cpu", FieldType::Decimal), field("token", "spec/token", FieldType::Text)}};
}

bool isSecretField(size_t field)
{
    return field == 9 || field == 11;
}

// What was stored is read again alike, and holds nothing more to cut.
void checkRow(const RowBatch &rows, int row)
{
    static RowDecoder again(everyType());
    const auto stored = again.decodeRow(rows.raw(row));
    FUZZ_REQUIRE(stored.has_value());
    FUZZ_REQUIRE(stored->raw(0) == rows.raw(row));
    FUZZ_REQUIRE(stored->hash(0) == rows.hash(row));
    const Row first = rows.toRow(row), second = stored->toRow(0);
    FUZZ_REQUIRE(first.key == second.key && !first.key.isEmpty());
    for (size_t i = 0; i < first.cells.size(); ++i)
        FUZZ_REQUIRE(isSecretField(i) || first.cells[i] == second.cells[i]);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static RowDecoder decoder(everyType());
    const QByteArray json(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const RowDecoder::Pointers pointers{
        {QStringLiteral("/data/rows"), QStringLiteral("/data"), QString()}, QStringLiteral("/total"), QStringLiteral("/next")};
    const auto page = decoder.decodePage(json, pointers);
    if (page) {
        for (int row = 0; row < page->rows.rowCount(); ++row)
            checkRow(page->rows, row);
        FUZZ_REQUIRE(page->notes.size() <= 100);
    } else {
        FUZZ_REQUIRE(page.error().kind == ErrorKind::Protocol && !page.error().detail.isEmpty());
    }
    const QByteArray redacted = redactJson(json);
    FUZZ_REQUIRE(redacted.startsWith('[') || redactJson(redacted) == redacted);
    redactUrl(QString::fromUtf8(json));
    return 0;
}
