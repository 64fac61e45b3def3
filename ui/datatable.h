#pragma once

#include "models/resourcemodel.h"
#include "ui/celldelegate.h"
#include "ui/tableheader.h"

#include <QTableView>
#include <QTimer>
#include <chrono>

namespace kboss {

// Positions of chosen rows of one view, in order, as ranges: a million chosen rows stay one pair.
using RowRanges = std::vector<std::pair<qint64, qint64>>; // first, count

// The table of a resource: paints its visible cells itself through CellDelegate (fixed row height, no grid, no style calls), copies, asks for
// actions by keyboard. On the screen one turn of the event loop paints rows for 5 ms at most; what is left keeps its old picture until the next
// turn, so that a full screen of new rows holds nothing up. GUI thread; the model must outlive it.
class DataTable : public QTableView {
    Q_OBJECT
public:
    DataTable(ResourceModel *model, const Theme &theme, QWidget *parent = nullptr);

    TableHeader *head() const { return m_head; }
    CellDelegate *cells() const { return m_cells; }
    ResourceModel *rows() const { return m_model; }

    QStringList visibleFields() const; // in the order shown
    RowRanges selectedRanges() const; // positions in the view; lines of groups are not among them
    qint64 selectedCount() const;
    int currentRow() const { return currentIndex().row(); }
    void showRow(int row); // makes it current, selected and visible
    void stepRow(int by); // +1 or -1, over the lines of groups
    void showFirstRow(); // the first that is no group's line
    bool paintedRows() const { return m_painted; }
    void setPaintBudget(std::chrono::microseconds budget) { m_budget = budget; } // one row is painted in any case

Q_SIGNALS:
    void rowsPainted(); // after every visible row of a newly opened view was painted once
    void chosenChanged(); // selection or current row
    void openAsked(); // Enter or double click: details or edit
    void copyAsked(bool json);
    void removeAsked(); // Delete
    void menuAsked(const QPoint &globalPos);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    int sizeHintForColumn(int column) const override;

private:
    struct Band {
        int column, left, width;
    };
    std::vector<Band> bands(const QRect &area) const;
    void paintGroup(QPainter *painter, int row, const QRect &band);
    bool onGroupKey(int key); // Left, Right, Space, Enter on a group's line or in a group
    bool isOnScreen(const QPainter &painter) const; // not into a picture
    void paintRow(QPainter *painter, int row, int top, const std::vector<Band> &bands);
    void onNextTurn();
    void announcePainted();
    void applyTheme();
    void onModelChanged();
    void showTip(const QPoint &pos, const QPoint &globalPos);

    ResourceModel *m_model;
    const Theme &m_theme;
    TableHeader *m_head;
    CellDelegate *m_cells;
    QTimer m_glow, m_nextTurn;
    QRect m_rest; // of the viewport: not painted yet
    std::chrono::microseconds m_budget{5'000};
    std::chrono::nanoseconds m_spent{}; // in this turn
    QColor m_panel, m_line, m_selection, m_accent, m_glowColor;
    bool m_painted = false;
    bool m_announced = false;
};

} // namespace kboss
