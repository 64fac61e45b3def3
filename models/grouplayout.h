#pragma once

#include "app/cache/rowsource.h"

#include <QSet>

namespace kboss {

// Where the rows of a grouped view stand among the lines of a table: a group is one line of its own, its rows follow unless it is collapsed.
// Without groups a line is a row. Positions are those of the view, lines those of the table. A value; any thread.
class GroupLayout {
public:
    GroupLayout() = default;
    GroupLayout(const RowView *view, QSet<QString> collapsed); // null = no rows
    GroupLayout(int rows, QSet<QString> collapsed); // without groups

    bool isGrouped() const { return !m_groups.empty(); }
    int groupCount() const { return static_cast<int>(m_groups.size()); }
    int lineCount() const { return m_lines; }
    int groupLine(int group) const { return m_headers[static_cast<size_t>(group)]; }
    int groupAt(int line) const; // the group this line belongs to, its own line included; -1 without groups
    bool isGroupLine(int line) const; // false beyond the end
    qint64 positionOf(int line) const; // -1 for a group's line, and beyond the end
    int lineOf(qint64 position) const; // of a row in a collapsed group: the group's line
    const RowGroup &group(int group) const { return m_groups[static_cast<size_t>(group)]; }

    static QString keyOf(const RowGroup &group); // names a group across views
    int groupOfKey(const QString &key) const; // -1
    bool isCollapsed(int group) const { return m_collapsed.contains(keyOf(m_groups[static_cast<size_t>(group)])); }
    const QSet<QString> &collapsed() const { return m_collapsed; } // also of groups that are not there now

private:
    std::vector<RowGroup> m_groups;
    std::vector<int> m_headers; // line of each group
    QSet<QString> m_collapsed;
    qint64 m_rows = 0;
    int m_lines = 0;
};

} // namespace kboss
