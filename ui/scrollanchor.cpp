#include "ui/scrollanchor.h"

#include "ui/datatable.h"

#include <QHeaderView>
#include <QScrollBar>
#include <algorithm>
#include <map>

namespace kboss {

namespace {

constexpr int mostHeld = 16; // rows followed through a change

} // namespace

ScrollAnchor::ScrollAnchor(DataTable *table) : QObject(table), m_table(table)
{
    const ResourceModel *model = table->rows();
    connect(model, &QAbstractItemModel::layoutAboutToBeChanged, this, &ScrollAnchor::begin);
    connect(model, &QAbstractItemModel::layoutChanged, this, &ScrollAnchor::end);
    connect(model, &QAbstractItemModel::modelReset, this, &ScrollAnchor::hold);
    connect(table->verticalScrollBar(), &QScrollBar::valueChanged, this, &ScrollAnchor::hold);
}

void ScrollAnchor::hold()
{
    if (m_changing)
        return;
    m_held.clear();
    const int offset = m_table->verticalScrollBar()->value(), height = m_table->verticalHeader()->defaultSectionSize();
    if (offset <= 0 || height <= 0)
        return;
    ResourceModel *model = m_table->rows();
    const int first = offset / height;
    const int last = std::min({model->rowCount() - 1, (offset + m_table->viewport()->height()) / height, first + mostHeld - 1});
    for (int row = first; row <= last; ++row) {
        if (!model->isGroup(row))
            m_held.push_back({QPersistentModelIndex(model->index(row, 0)), row});
    }
}

bool ScrollAnchor::isSameQuery() const
{
    const RowQuery &now = m_table->rows()->query();
    return sameFilter(now.filter, m_query.filter) && now.order == m_query.order && now.asOfMs == m_query.asOfMs && now.grouping == m_query.grouping;
}

void ScrollAnchor::begin()
{
    m_changing = true; // the bar may move by itself until the rows are laid out
    m_before = m_table->rows()->view();
    m_offset = m_table->verticalScrollBar()->value();
    for (Held &held : m_held)
        held.row = held.index.row();
}

int ScrollAnchor::shift() const
{
    std::map<int, size_t> moved;
    for (const Held &held : m_held) {
        if (held.index.isValid())
            ++moved[held.index.row() - held.row];
    }
    const auto most = std::max_element(moved.begin(), moved.end(), [](const auto &a, const auto &b) { return a.second < b.second; });
    return most != moved.end() && most->second * 2 > m_held.size() ? most->first : 0;
}

void ScrollAnchor::end()
{
    const RowViewPtr view = m_table->rows()->view();
    const bool reload = m_before && view != m_before && isSameQuery(); // else a group was opened or closed, or something else was asked for
    m_before.reset();
    m_query = m_table->rows()->query();
    if (const int rows = reload ? shift() : 0; rows != 0) {
        m_table->doItemsLayout(); // the bar's range is that of the new rows
        m_table->verticalScrollBar()->setValue(m_offset + rows * m_table->verticalHeader()->defaultSectionSize());
    }
    m_changing = false;
    hold();
}

} // namespace kboss
