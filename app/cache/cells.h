#pragma once

#include "app/base/rowbatch.h"
#include "app/cache/sqlite.h"

namespace kboss {

// Cells to columns and back. A misfit is a BLOB (typed values never are), so it keeps its text and never compares as a value.

// Binds one row's fields from parameter `first` on. The batch must live until the statement is stepped.
class CellBinder {
public:
    explicit CellBinder(const TableSchema &schema) : m_schema(schema) { }
    void bind(Statement &statement, int first, const RowBatch &batch, int row);

private:
    int bindCell(Statement &statement, int parameter, const RowBatch &batch, const RowBatch::Cell &cell, const FieldSchema &field);

    const TableSchema &m_schema;
    std::vector<QByteArray> m_decimalKeys; // alive until the next row
};

// Reads rows whose columns start at `first`. Keeps the last texts of codes and currencies, which repeat from row to row.
class CellReader {
public:
    explicit CellReader(const TableSchema &schema) : m_schema(schema), m_codes(schema.fields.size()) { }
    std::vector<Value> read(const Statement &statement, int first);

private:
    struct Code {
        std::string bytes;
        QString text;
    };
    Value cell(const Statement &statement, int column, const FieldSchema &field, Code &code) const;
    static const QString &repeated(std::string_view bytes, Code &code);

    const TableSchema &m_schema;
    std::vector<Code> m_codes;
};

int columnCount(FieldType type); // 3 for Money, 2 for Decimal, else 1

} // namespace kboss
