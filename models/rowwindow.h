#pragma once

#include "models/formatters.h"

#include <map>

namespace kboss {

// The few pages of rows a table has at hand, least recently used ones dropped. Cells are made when a row is first shown. GUI thread.
class RowWindow {
public:
    static constexpr int pageSize = 200;
    static constexpr int maxPages = 12;

    struct Line {
        Row row;
        std::vector<CellText> cells; // empty until shown
    };

    static int pageOf(int row) { return row / pageSize; }
    bool has(int page) const { return m_pages.contains(page); }
    void put(int page, std::vector<Row> rows);
    void touch(int page);
    void clear(); // the rows are taken apart on a thread of the global pool
    void forgetCells();
    Line *line(int row);
    const Line *line(int row) const;
    QList<int> recentPages(int most) const; // newest first
    QList<int> pages() const;
    int rowCountOf(int page) const;

private:
    struct Page {
        std::vector<Line> lines;
        quint64 used = 0;
    };
    std::map<int, Page> m_pages;
    quint64 m_clock = 0;
};

} // namespace kboss
