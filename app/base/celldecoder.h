#pragma once

#include "app/base/localzone.h"
#include "app/base/rowbatch.h"

#include <string>

namespace kboss {

// One JSON value as the decoder hands it on.
struct JsonToken {
    enum class Kind { Null, String, Number, Boolean, Object, Array };
    Kind kind = Kind::Null;
    std::string_view text; // String: unescaped content; otherwise JSON without secrets
};

struct DecodedCell {
    RowBatch::Cell cell; // offset is not set
    std::string_view text; // what cell.offset is to point at: part of the token, or of a buffer that lives until the next call
};

// Fits one JSON value to a field's type, with the tolerance described in rowdecoder.h. Not thread-safe.
class CellDecoder {
public:
    explicit CellDecoder(const QTimeZone &zone);

    DecodedCell decode(FieldType type, const JsonToken &token);
    DecodedCell decode(const FieldSchema &field, const JsonToken &token); // as the field's reading says

private:
    DecodedCell integer(const JsonToken &token);
    DecodedCell boolean(const JsonToken &token);
    DecodedCell decimal(const JsonToken &token);
    DecodedCell money(const JsonToken &token);
    DecodedCell instant(const JsonToken &token);
    DecodedCell date(const JsonToken &token);
    DecodedCell duration(const JsonToken &token);
    DecodedCell quantity(FieldReading reading, const JsonToken &token);
    DecodedCell tags(const JsonToken &token);

    LocalZone m_zone;
    std::string m_buffer;
};

// Whether a string stands for "nothing here" in the services' answers.
bool isEmptyWord(std::string_view text);

} // namespace kboss
