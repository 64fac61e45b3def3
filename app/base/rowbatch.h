#pragma once

#include "app/base/schema.h"
#include "app/base/value.h"

#include <QByteArray>
#include <string_view>
#include <vector>

namespace kboss {

// Decoded rows, packed: one small cell per field, all text in one arena. This is what goes from decoder to store;
// models never see it. A value; handed from thread to thread by move.
class RowBatch {
public:
    enum class Kind : quint8 { Null, Text, Integer, Boolean, Money, Instant, Date, Decimal, Secret, Misfit };

    struct Cell {
        qint64 number = 0;      // Integer, Boolean, Instant (ms), Money (units)
        quint32 offset = 0;     // text (UTF-8) in the arena: Text, Date, Decimal, Misfit; Money: its currency
        quint32 length = 0;
        qint32 nanos = 0;       // Money
        Kind kind = Kind::Null;
    };

    explicit RowBatch(int fieldCount = 0) : m_fieldCount(fieldCount) {}

    int fieldCount() const { return m_fieldCount; }
    int rowCount() const { return static_cast<int>(m_rows.size()); }
    bool isEmpty() const { return m_rows.empty(); }

    const Cell &cell(int row, int field) const { return m_cells[static_cast<size_t>(row) * static_cast<size_t>(m_fieldCount) + static_cast<size_t>(field)]; }
    std::string_view text(const Cell &cell) const { return {m_arena.data() + cell.offset, cell.length}; }
    std::string_view raw(int row) const { const auto &r = m_rows[static_cast<size_t>(row)]; return {m_arena.data() + r.rawOffset, r.rawLength}; }
    std::string_view key(int row) const { const auto &r = m_rows[static_cast<size_t>(row)]; return {m_arena.data() + r.keyOffset, r.keyLength}; }
    quint64 hash(int row) const { return m_rows[static_cast<size_t>(row)].hash; } // of raw(), XXH3; equal hash = unchanged row

    Row toRow(int row) const; // for tests, single objects and re-reads; not for bulk

private:
    friend class RowDecoder;
    struct RowInfo {
        quint32 rawOffset = 0, rawLength = 0, keyOffset = 0, keyLength = 0;
        quint64 hash = 0;
    };

    int m_fieldCount = 0;
    std::vector<Cell> m_cells;
    std::vector<RowInfo> m_rows;
    std::vector<char> m_arena;
};

} // namespace kboss
