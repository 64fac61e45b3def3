#pragma once

#include "app/base/celldecoder.h"
#include "app/base/membertable.h"
#include "app/base/rowdecoder.h"
#include "app/base/usestate.h"

#include <simdjson.h>

namespace kboss {

// Turns row objects into rows of a batch: cells, the raw text without its secrets, key and hash. Text of cells is not copied where it
// stands in the raw text as it is. Not thread-safe.
class RowAssembler {
public:
    struct Storage { // of the batch being filled
        std::vector<RowBatch::Cell> &cells;
        std::vector<char> &arena;
    };
    struct RowPlace {
        quint32 rawOffset = 0, rawLength = 0, keyOffset = 0, keyLength = 0;
        quint64 hash = 0;
    };
    enum class Outcome { Added, Skipped, Broken }; // Skipped: no key. Broken: not JSON, see error()

    RowAssembler(const TableSchema &schema, const QTimeZone &zone);

    // `end` is the end of the whole text.
    Outcome add(simdjson::ondemand::object object, const char *end, Storage storage, RowPlace &place);

    const std::vector<int> &misfits() const { return m_misfits; } // fields of the row last added
    const QString &error() const { return m_error; }

private:
    struct Side { // a cell whose text is not part of the raw text
        size_t cell;
        size_t at;
    };
    bool addMember(simdjson::ondemand::field &field, const char *end);
    bool scan(simdjson::ondemand::value value, JsonToken &token, std::string_view &span);
    bool cleanText(JsonToken &token, std::string_view span, std::string_view &kept);
    void keep(const char *from, std::string_view span, std::string_view kept);
    void flush();
    void fillNested(const RowMember::Nested &nested, const JsonToken &token);
    void put(int field, const DecodedCell &decoded);
    bool finish(RowPlace &place);
    void makeKey(); // from TableSchema::keyFrom
    bool broken(const QString &why);

    const TableSchema &m_schema;
    int m_keyField;
    std::vector<size_t> m_keyFrom;
    MemberTable m_members;
    CellDecoder m_cells;
    UseCells m_made;
    std::vector<int> m_misfits;
    QString m_error;

    // of the row in hand
    Storage *m_storage = nullptr;
    size_t m_firstCell = 0, m_rowStart = 0;
    const char *m_runFrom = nullptr, *m_runTo = nullptr; // text to be kept as it is, not yet in the arena
    size_t m_runAt = 0; // where it will stand there
    bool m_comma = false;
    std::string m_side, m_unescaped, m_scrubbed;
    std::vector<Side> m_sideCells;
};

} // namespace kboss
