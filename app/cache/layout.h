#pragma once

#include "app/base/schema.h"
#include "app/cache/cachestore.h"

#include <string>

namespace kboss {

// The tables and statements of one dataset. d<N>: rows as they are now; r<N>: their raw JSON, apart so that scans stay small;
// h<N>: earlier versions with valid_from <= t < valid_to. Row ids are never used twice, so an id names one row for good.
class Layout {
public:
    Layout(int number, const TableSchema &schema, const std::string &suffix = {});

    int number() const { return m_number; }
    const std::vector<std::string> &columns() const { return m_columns; }
    int firstColumn(int field) const { return m_firstColumn[static_cast<size_t>(field)]; }

    std::string rows() const { return "d" + m_name; }
    std::string raws() const { return "r" + m_name; }
    std::string history() const { return "h" + m_name; }

    std::string createTables() const;
    std::string createIndexes() const; // for sorting and for changes(); after the first load
    std::string createHistoryIndexes() const; // part of createTables()
    std::string dropTables() const;
    std::string createStaging(const std::string &table) const;

    std::string columnList(const std::string &prefix = {}) const; // ", c_a, c_b"
    std::string insertRow() const; // 1 id, 2 key, 3 hash, 4 valid_from, 5… columns
    std::string updateRow() const; // 1 id, 2 hash, 3 valid_from (null = as it is), 4… columns
    std::string findSame() const; // 1 id, 2… columns: the row, if all but its restless fields are so; empty where no field is restless
    std::string insertHistory() const; // 1 id, 2 valid_to: copies the row as it is now
    std::string insertStaged(const std::string &table) const; // 1 key, 2 hash, 3 raw, 4… columns

private:
    int m_number;
    std::string m_name;
    std::vector<std::string> m_columns, m_types;
    std::vector<int> m_firstColumn;
    std::vector<bool> m_restless; // by column
    std::vector<std::string> m_indexes;
};

// A declared dataset; immutable, shared between threads.
struct Dataset {
    DatasetId id;
    TableSchema schema;
    Layout layout;
};
using DatasetPtr = std::shared_ptr<const Dataset>;

} // namespace kboss
