#pragma once

#include "models/resourcemodel.h"

#include <QObject>
#include <QPersistentModelIndex>

namespace kboss {

class DataTable;

// Keeps what is read under the eyes while a table's rows are read again: where rows come or go above the visible part, the table scrolls by as much,
// to the pixel. Most of the topmost visible rows have to have moved alike; where a reading puts them in another order, and after another sort, filter or
// grouping, the scroll bar stays as it is, and a table scrolled to its very top stays there. GUI thread; owned by its table.
class ScrollAnchor : public QObject {
public:
    explicit ScrollAnchor(DataTable *table);

private:
    struct Held {
        QPersistentModelIndex index;
        int row = 0; // before the change
    };

    void hold(); // the topmost rows in view
    void begin();
    void end();
    int shift() const; // in rows; 0 where the rows did not move alike
    bool isSameQuery() const;

    DataTable *m_table;
    std::vector<Held> m_held;
    RowQuery m_query; // of the rows shown
    RowViewPtr m_before;
    int m_offset = 0;
    bool m_changing = false;
};

} // namespace kboss
