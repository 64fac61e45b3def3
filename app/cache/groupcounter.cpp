#include "app/cache/groupcounter.h"

#include <sqlite3.h>

namespace kboss {

GroupCounter::GroupCounter(const TableSchema &schema, const RowGrouping &grouping) : m_active(!grouping.field.isEmpty())
{
    const int index = schema.indexOf(grouping.field);
    m_boolean = index >= 0 && schema.fields[static_cast<size_t>(index)].type == FieldType::Boolean;
}

bool GroupCounter::isSame(const Statement &row) const
{
    if (m_groups.empty() || row.type(1) != m_type)
        return false;
    if (m_type == SQLITE_INTEGER)
        return row.integer(1) == m_number;
    return m_type == SQLITE_NULL || row.text(1) == m_text;
}

void GroupCounter::begin(const Statement &row, qint64 position)
{
    m_type = row.type(1);
    RowGroup group;
    group.first = position;
    if (m_type == SQLITE_INTEGER) {
        m_number = row.integer(1);
        group.value = m_boolean ? Value(m_number != 0) : Value(m_number);
    } else if (m_type != SQLITE_NULL) {
        m_text = row.text(1);
        const QString text = row.string(1);
        group.value = m_type == SQLITE_BLOB ? Value(Misfit{text}) : Value(text);
    }
    m_groups.push_back(std::move(group));
}

void GroupCounter::add(const Statement &row, qint64 position)
{
    if (!m_active || m_tooMany)
        return;
    if (!isSame(row)) {
        if (m_groups.size() >= RowView::mostGroups) {
            m_tooMany = true;
            return;
        }
        begin(row, position);
    }
    RowGroup &group = m_groups.back();
    ++group.count;
    if (row.type(3) == SQLITE_INTEGER && row.integer(3) != 0)
        ++group.troubled;
    if (group.title.isEmpty() && row.type(2) == SQLITE_TEXT)
        group.title = row.string(2);
}

std::vector<RowGroup> GroupCounter::take()
{
    return m_tooMany ? std::vector<RowGroup>() : std::move(m_groups);
}

} // namespace kboss
