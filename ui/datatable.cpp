#include "ui/datatable.h"

#include "ui/scrollanchor.h"

#include <QBackingStore>
#include <QElapsedTimer>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPaintEngine>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>

namespace kboss {

using std::chrono::nanoseconds;

DataTable::DataTable(ResourceModel *model, const Theme &theme, QWidget *parent)
    : QTableView(parent), m_model(model), m_theme(theme), m_head(new TableHeader(model->type(), theme, this)),
      m_cells(new CellDelegate(model->type(), theme, this))
{
    setHorizontalHeader(m_head);
    setItemDelegate(m_cells);
    setModel(model);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setEditTriggers(NoEditTriggers);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
    setCornerButtonEnabled(false);
    auto *corner = new QWidget(this);
    corner->setProperty("ground", QStringLiteral("panel"));
    corner->setAttribute(Qt::WA_StyledBackground);
    setCornerWidget(corner);
    setMouseTracking(false);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent); // its ground is its own: nothing below it is painted first
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    setAccessibleName(model->type().title.text());
    applyTheme();
    connect(&theme, &Theme::changed, this, &DataTable::applyTheme);
    connect(model, &ResourceModel::opened, this, &DataTable::onModelChanged);
    connect(model, &QAbstractItemModel::modelReset, this, &DataTable::onModelChanged);
    connect(model, &QAbstractItemModel::dataChanged, this, [this] { m_glow.start(); });
    new ScrollAnchor(this);
    m_nextTurn.setSingleShot(true);
    m_nextTurn.setInterval(0);
    connect(&m_nextTurn, &QTimer::timeout, this, &DataTable::onNextTurn);
    m_glow.setSingleShot(true);
    m_glow.setInterval(1'600);
    connect(&m_glow, &QTimer::timeout, viewport(), qOverload<>(&QWidget::update));
}

void DataTable::applyTheme()
{
    m_panel = m_theme.color("panel");
    m_line = m_theme.color("line");
    m_selection = m_theme.color("selection");
    m_accent = m_theme.color("accent");
    m_glowColor = m_theme.toneGround(Tone::Info);
    const int height = m_theme.rowHeight();
    verticalHeader()->setMinimumSectionSize(height);
    verticalHeader()->setDefaultSectionSize(height);
    verticalScrollBar()->setSingleStep(height);
    viewport()->update();
}

void DataTable::onModelChanged()
{
    m_announced = false;
    viewport()->update();
}

std::vector<DataTable::Band> DataTable::bands(const QRect &area) const
{
    std::vector<Band> found;
    for (int visual = 0; visual < m_head->count(); ++visual) {
        const int column = m_head->logicalIndex(visual);
        if (m_head->isSectionHidden(column))
            continue;
        const int left = m_head->sectionViewportPosition(column);
        const int width = m_head->sectionSize(column);
        if (left > area.right() && !found.empty())
            break;
        found.push_back({column, left, width});
    }
    return found;
}

void DataTable::paintEvent(QPaintEvent *event)
{
    const QRect area = event->rect();
    QPainter painter(viewport());
    const int count = m_model->rowCount();
    const int height = verticalHeader()->defaultSectionSize();
    const bool limited = isOnScreen(painter);
    if (limited && area.contains(m_rest))
        m_rest = {};
    if (count == 0 || height <= 0) {
        painter.fillRect(area, m_panel);
        return;
    }
    const int offset = verticalHeader()->offset();
    const int first = std::max(0, (area.top() + offset) / height);
    const int last = std::min(count - 1, (area.bottom() + offset) / height);
    const std::vector<Band> columns = bands(area);
    QElapsedTimer clock;
    clock.start();
    int row = first;
    for (; row <= last; ++row) {
        if (limited && row > first && m_spent + nanoseconds(clock.nsecsElapsed()) >= m_budget) {
            m_rest = m_rest.united({area.left(), row * height - offset, area.width(), area.bottom() + 1 - (row * height - offset)});
            break;
        }
        paintRow(&painter, row, row * height - offset, columns);
    }
    if (limited) {
        m_spent += nanoseconds(clock.nsecsElapsed());
        if (!m_nextTurn.isActive())
            m_nextTurn.start();
    }
    if (row <= last)
        return;
    const int end = (last + 1) * height - offset;
    painter.fillRect(QRect(area.left(), end, area.width(), std::max(0, area.bottom() + 1 - end)), m_panel);
    if (!m_announced && last >= first && m_rest.isEmpty())
        announcePainted();
}

bool DataTable::isOnScreen(const QPainter &painter) const
{
    QBackingStore *store = viewport()->backingStore();
    return store && painter.paintEngine()->paintDevice() == store->paintDevice();
}

void DataTable::onNextTurn()
{
    m_spent = {};
    if (!m_rest.isEmpty())
        viewport()->update(std::exchange(m_rest, {}));
}

void DataTable::announcePainted()
{
    const int height = verticalHeader()->defaultSectionSize(), offset = verticalHeader()->offset();
    const int last = std::min(m_model->rowCount() - 1, (viewport()->height() - 1 + offset) / height);
    for (int row = offset / height; row <= last; ++row) {
        if (!m_model->isGroup(row) && !m_model->row(row))
            return;
    }
    m_announced = m_painted = true;
    QMetaObject::invokeMethod(this, &DataTable::rowsPainted, Qt::QueuedConnection);
}

void DataTable::scrollContentsBy(int dx, int dy)
{
    QTableView::scrollContentsBy(dx, dy); // moves the picture, and with it what is old in it
    if (!m_rest.isEmpty())
        m_rest = viewport()->rect();
}

void DataTable::paintRow(QPainter *painter, int row, int top, const std::vector<Band> &bands)
{
    const int height = verticalHeader()->defaultSectionSize();
    const QRect band(0, top, viewport()->width(), height);
    const QModelIndex index = m_model->index(row, 0);
    if (m_model->isGroup(row)) {
        paintGroup(painter, row, band);
        return;
    }
    const bool glows = m_model->data(index, ResourceModel::ChangedRole).toBool();
    painter->fillRect(band, selectionModel()->isSelected(index) ? m_selection : glows ? m_glowColor : m_panel);
    painter->fillRect(QRect(0, band.bottom(), band.width(), 1), m_line);
    const bool whole = m_model->row(row) != nullptr;
    bool first = true;
    const QModelIndex current = currentIndex();
    for (const Band &column : bands) {
        const QRect rect(column.left, top, column.width, height - 1);
        if (column.left + column.width >= 0) {
            if (whole)
                m_cells->paintCell(painter, rect, *m_model->cell(row, column.column), column.column, first);
            else if (first)
                m_cells->paintWaiting(painter, rect, true);
        }
        if (current.row() == row && current.column() == column.column && hasFocus()) {
            painter->setPen(m_accent);
            painter->setBrush(Qt::NoBrush);
            painter->drawRect(rect.adjusted(0, 0, -1, 0));
        }
        first = false;
    }
}

void DataTable::paintGroup(QPainter *painter, int row, const QRect &band)
{
    m_cells->paintGroup(painter, band.adjusted(0, 0, 0, -1), m_model->groupText(row));
    painter->fillRect(QRect(0, band.bottom(), band.width(), 1), m_line);
    if (currentIndex().row() == row && hasFocus()) {
        painter->setPen(m_accent);
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(band.adjusted(0, 0, -1, -2));
    }
}

QStringList DataTable::visibleFields() const
{
    QStringList fields;
    for (int visual = 0; visual < m_head->count(); ++visual) {
        const int column = m_head->logicalIndex(visual);
        if (!m_head->isSectionHidden(column))
            fields << m_model->type().columns[static_cast<size_t>(column)].field.id;
    }
    return fields;
}

RowRanges DataTable::selectedRanges() const
{
    RowRanges ranges;
    for (const QItemSelectionRange &range : selectionModel()->selection()) {
        if (!range.isValid())
            continue;
        for (int row = range.top(); row <= range.bottom(); ++row) { // the rows of one group are one step
            const qint64 first = m_model->position(row);
            if (first < 0)
                continue;
            const int end = std::min(range.bottom(), m_model->groupEnd(row));
            ranges.emplace_back(first, end - row + 1);
            row = end;
        }
    }
    std::sort(ranges.begin(), ranges.end());
    RowRanges merged;
    for (const auto &[first, count] : ranges) {
        if (!merged.empty() && merged.back().first + merged.back().second >= first)
            merged.back().second = std::max(merged.back().second, first + count - merged.back().first);
        else
            merged.emplace_back(first, count);
    }
    return merged;
}

qint64 DataTable::selectedCount() const
{
    qint64 count = 0;
    for (const auto &range : selectedRanges())
        count += range.second;
    return count;
}

void DataTable::showRow(int row)
{
    if (row < 0 || row >= m_model->rowCount())
        return;
    const int column = currentIndex().isValid() ? currentIndex().column() : m_head->logicalIndex(0);
    const QModelIndex index = m_model->index(row, column);
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    const QScrollBar *bar = horizontalScrollBar();
    const int keep = bar->value();
    scrollTo(index);
    horizontalScrollBar()->setValue(keep);
}

void DataTable::showFirstRow()
{
    int row = 0;
    while (row < m_model->rowCount() && m_model->isGroup(row))
        ++row;
    showRow(row);
}

void DataTable::stepRow(int by)
{
    const qint64 position = m_model->position(currentRow());
    if (position >= 0 && m_model->lineOf(position + by) >= 0)
        showRow(m_model->reveal(position + by));
}

bool DataTable::onGroupKey(int key)
{
    const int row = currentRow(), header = row < 0 ? -1 : m_model->groupRow(row);
    if (header < 0)
        return false;
    const bool onHeader = header == row, collapsed = m_model->groupText(header).collapsed;
    if (key == Qt::Key_Left && (!onHeader || !collapsed)) {
        if (onHeader)
            m_model->setCollapsed(row, true);
        else
            showRow(header);
        return true;
    }
    if (!onHeader || (key == Qt::Key_Right && !collapsed) || key == Qt::Key_Left)
        return false;
    if (key == Qt::Key_Right || key == Qt::Key_Space || key == Qt::Key_Return || key == Qt::Key_Enter) {
        m_model->setCollapsed(row, !collapsed);
        return true;
    }
    return false;
}

void DataTable::mousePressEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->pos());
    if (event->button() != Qt::LeftButton || !index.isValid() || !m_model->isGroup(index.row())) {
        QTableView::mousePressEvent(event);
        return;
    }
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
    m_model->setCollapsed(index.row(), !m_model->groupText(index.row()).collapsed);
}

void DataTable::keyPressEvent(QKeyEvent *event)
{
    if (event->modifiers() == Qt::NoModifier && onGroupKey(event->key())) {
        event->accept();
        return;
    }
    const bool control = event->modifiers().testFlag(Qt::ControlModifier);
    const bool shift = event->modifiers().testFlag(Qt::ShiftModifier);
    if (event->matches(QKeySequence::Copy) || (control && shift && event->key() == Qt::Key_C)) {
        Q_EMIT copyAsked(shift);
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_F2) {
        Q_EMIT openAsked();
    } else if (event->key() == Qt::Key_Delete) {
        Q_EMIT removeAsked();
    } else if (event->key() == Qt::Key_Home && !control && !shift) {
        showRow(0);
    } else if (event->key() == Qt::Key_End && !control && !shift) {
        showRow(m_model->rowCount() - 1);
    } else {
        QTableView::keyPressEvent(event);
        return;
    }
    event->accept();
}

void DataTable::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->pos());
    if (index.isValid() && !m_model->isGroup(index.row()))
        Q_EMIT openAsked();
}

void DataTable::contextMenuEvent(QContextMenuEvent *event)
{
    const QModelIndex index = indexAt(event->pos());
    if (event->reason() == QContextMenuEvent::Mouse && index.isValid() && !selectionModel()->isSelected(index))
        showRow(index.row());
    Q_EMIT menuAsked(event->reason() == QContextMenuEvent::Mouse ? event->globalPos()
                                                                 : viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft()));
}

bool DataTable::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QTableView::viewportEvent(event);
    auto *help = static_cast<QHelpEvent *>(event);
    showTip(help->pos(), help->globalPos());
    return true;
}

void DataTable::showTip(const QPoint &pos, const QPoint &globalPos)
{
    const QModelIndex index = indexAt(pos);
    const CellText *cell = index.isValid() && m_model->row(index.row()) ? m_model->cell(index.row(), index.column()) : nullptr;
    QString text;
    if (cell) {
        const bool first = m_head->visualIndex(index.column()) == 0;
        if (cell->full != cell->text || !cell->bars.empty() || m_cells->isElided(*cell, index.column(), m_head->sectionSize(index.column()), first))
            text = cell->full;
        if (!cell->hint.isEmpty())
            text += (text.isEmpty() ? QString() : QStringLiteral("\n")) + cell->hint;
    }
    if (text.isEmpty())
        QToolTip::hideText();
    else // as plain text, whatever the server sent
        QToolTip::showText(globalPos, QStringLiteral("<p style='white-space:pre'>") + text.left(2'000).toHtmlEscaped() + QStringLiteral("</p>"),
                           viewport());
}

void DataTable::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTableView::selectionChanged(selected, deselected);
    viewport()->update();
    Q_EMIT chosenChanged();
}

void DataTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    viewport()->update();
    Q_EMIT chosenChanged();
}

int DataTable::sizeHintForColumn(int column) const
{
    // Of what is in view: a million rows are never measured.
    int width = m_head->minimumSectionSize();
    const int height = std::max(1, verticalHeader()->defaultSectionSize());
    const int first = verticalHeader()->offset() / height;
    const int last = std::min(m_model->rowCount() - 1, first + viewport()->height() / height + 1);
    const bool leftmost = m_head->visualIndex(column) == 0;
    for (int row = first; row <= last; ++row) {
        if (m_model->row(row))
            width = std::max(width, m_cells->widthOf(*m_model->cell(row, column), column, leftmost));
    }
    return std::min(width, 600);
}

} // namespace kboss
