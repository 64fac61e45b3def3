#pragma once

#include "app/cache/rowsource.h"
#include "app/cache/sqlite.h"

namespace kboss {

// Makes the groups of a view while its rows are read in order: columns 1, 2, 3 of each row are groupSql()'s.
class GroupCounter {
public:
    GroupCounter(const TableSchema &schema, const RowGrouping &grouping);

    void add(const Statement &row, qint64 position);
    std::vector<RowGroup> take(); // empty when there were too many

private:
    bool isSame(const Statement &row) const;
    void begin(const Statement &row, qint64 position);

    bool m_active;
    bool m_boolean = false;
    bool m_tooMany = false;
    int m_type = 0; // of the group in hand, as SQLite has it
    qint64 m_number = 0;
    std::string m_text;
    std::vector<RowGroup> m_groups;
};

} // namespace kboss
