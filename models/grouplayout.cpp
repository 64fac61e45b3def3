#include "models/grouplayout.h"

#include <algorithm>
#include <limits>

namespace kboss {

namespace {

struct KeyMaker {
    QString operator()(std::monostate) const { return QStringLiteral("-"); }
    QString operator()(const QString &text) const { return QLatin1Char('t') + text; }
    QString operator()(qint64 number) const { return QLatin1Char('i') + QString::number(number); }
    QString operator()(bool flag) const { return flag ? QStringLiteral("b1") : QStringLiteral("b0"); }
    QString operator()(const Misfit &misfit) const { return QLatin1Char('m') + misfit.raw; }
    template <class T> QString operator()(const T &) const { return {}; }
};

int clamped(qint64 count)
{
    return static_cast<int>(std::min<qint64>(count, std::numeric_limits<int>::max()));
}

} // namespace

GroupLayout::GroupLayout(const RowView *view, QSet<QString> collapsed) : m_collapsed(std::move(collapsed))
{
    if (!view)
        return;
    m_rows = view->count();
    m_groups = view->groups();
    qint64 line = m_groups.empty() ? m_rows : 0;
    m_headers.reserve(m_groups.size());
    for (const RowGroup &group : m_groups) {
        m_headers.push_back(clamped(line));
        line += 1 + (m_collapsed.contains(keyOf(group)) ? 0 : group.count);
    }
    m_lines = clamped(line);
}

GroupLayout::GroupLayout(int rows, QSet<QString> collapsed) : m_collapsed(std::move(collapsed)), m_rows(rows), m_lines(rows) { }

QString GroupLayout::keyOf(const RowGroup &group)
{
    return std::visit(KeyMaker{}, group.value);
}

int GroupLayout::groupAt(int line) const
{
    const auto after = std::upper_bound(m_headers.begin(), m_headers.end(), line);
    return static_cast<int>(after - m_headers.begin()) - 1;
}

bool GroupLayout::isGroupLine(int line) const
{
    return line < m_lines && std::binary_search(m_headers.begin(), m_headers.end(), line);
}

qint64 GroupLayout::positionOf(int line) const
{
    if (line < 0 || line >= m_lines)
        return -1;
    const int at = groupAt(line);
    if (at < 0)
        return line;
    const int header = m_headers[static_cast<size_t>(at)];
    return header == line ? -1 : m_groups[static_cast<size_t>(at)].first + (line - header - 1);
}

int GroupLayout::lineOf(qint64 position) const
{
    if (position < 0 || position >= m_rows)
        return -1;
    if (m_groups.empty())
        return clamped(position);
    const auto after =
        std::upper_bound(m_groups.begin(), m_groups.end(), position, [](qint64 at, const RowGroup &group) { return at < group.first; });
    const auto at = static_cast<size_t>(after - m_groups.begin()) - 1;
    const int header = m_headers[at];
    return m_collapsed.contains(keyOf(m_groups[at])) ? header : header + 1 + static_cast<int>(position - m_groups[at].first);
}

int GroupLayout::groupOfKey(const QString &key) const
{
    const auto found = std::find_if(m_groups.begin(), m_groups.end(), [&](const RowGroup &group) { return keyOf(group) == key; });
    return found == m_groups.end() ? -1 : static_cast<int>(found - m_groups.begin());
}

} // namespace kboss
