#include "models/rowwindow.h"

#include <QThreadPool>
#include <algorithm>
#include <memory>

namespace kboss {

void RowWindow::put(int page, std::vector<Row> rows)
{
    Page &entry = m_pages[page];
    entry.lines.clear();
    entry.lines.reserve(rows.size());
    for (Row &row : rows)
        entry.lines.push_back({std::move(row), {}});
    entry.used = ++m_clock;
    while (m_pages.size() > maxPages) {
        const auto oldest =
            std::min_element(m_pages.begin(), m_pages.end(), [](const auto &a, const auto &b) { return a.second.used < b.second.used; });
        m_pages.erase(oldest);
    }
}

void RowWindow::clear()
{
    if (!m_pages.empty())
        QThreadPool::globalInstance()->start([old = std::make_shared<std::map<int, Page>>(std::move(m_pages))] {});
    m_pages.clear();
}

void RowWindow::touch(int page)
{
    if (const auto found = m_pages.find(page); found != m_pages.end())
        found->second.used = ++m_clock;
}

void RowWindow::forgetCells()
{
    for (auto &[number, page] : m_pages) {
        for (Line &line : page.lines)
            line.cells.clear();
    }
}

RowWindow::Line *RowWindow::line(int row)
{
    const auto found = m_pages.find(pageOf(row));
    const auto offset = static_cast<size_t>(row % pageSize);
    return found != m_pages.end() && offset < found->second.lines.size() ? &found->second.lines[offset] : nullptr;
}

const RowWindow::Line *RowWindow::line(int row) const
{
    return const_cast<RowWindow *>(this)->line(row);
}

QList<int> RowWindow::recentPages(int most) const
{
    QList<int> numbers = pages();
    std::sort(numbers.begin(), numbers.end(), [this](int a, int b) { return m_pages.at(a).used > m_pages.at(b).used; });
    return numbers.mid(0, most);
}

QList<int> RowWindow::pages() const
{
    QList<int> numbers;
    for (const auto &entry : m_pages)
        numbers.append(entry.first);
    return numbers;
}

int RowWindow::rowCountOf(int page) const
{
    const auto found = m_pages.find(page);
    return found == m_pages.end() ? 0 : static_cast<int>(found->second.lines.size());
}

} // namespace kboss
