#include "ui/cardlist.h"

#include "ui/carddelegate.h"
#include "ui/datatable.h"
#include "ui/widgets.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QScrollBar>
#include <QToolTip>

namespace kboss {

CardList::CardList(DataTable *table, const Theme &theme, QWidget *parent)
    : QListView(parent), m_model(table->rows()), m_theme(theme), m_cards(new CardDelegate(m_model, theme, this))
{
    setFrameShape(NoFrame);
    setViewMode(ListMode);
    setFlow(LeftToRight);
    setWrapping(true);
    setResizeMode(Adjust);
    setMovement(Static);
    setSelectionMode(ExtendedSelection);
    setSelectionBehavior(SelectRows);
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabKeyNavigation(false);
    setItemDelegate(m_cards);
    setModel(m_model);
    QItemSelectionModel *own = selectionModel();
    setSelectionModel(table->selectionModel());
    delete own;
    setAccessibleName(m_model->type().title.text());
    const int side = m_theme.size("space-4") - CardDelegate::gap / 2;
    setViewportMargins(side, CardDelegate::gap / 2, 0, 0);
    const auto restyle = [this] {
        layOut();
        viewport()->update();
    };
    connect(&theme, &Theme::changed, this, restyle);
    const auto reopened = [this] {
        m_announced = false;
        viewport()->update();
    };
    connect(m_model, &ResourceModel::opened, this, reopened);
    connect(m_model, &QAbstractItemModel::modelReset, this, reopened);
    layOut();
}

int CardList::columns() const
{
    const int room = width() - m_theme.size("space-4") - verticalScrollBar()->sizeHint().width();
    return std::max(1, room / CardDelegate::leastWidth);
}

// The width does not depend on whether the scroll bar is there: cards never jump for it.
void CardList::layOut()
{
    const int room = width() - m_theme.size("space-4") - verticalScrollBar()->sizeHint().width();
    const QSize cell(std::clamp(room / columns(), 100, CardDelegate::mostWidth), m_cards->cardHeight());
    if (gridSize() == cell)
        return;
    m_cards->setCell(cell);
    setGridSize(cell);
    verticalScrollBar()->setSingleStep(cell.height() / 4);
}

void CardList::resizeEvent(QResizeEvent *event)
{
    layOut();
    QListView::resizeEvent(event);
}

void CardList::showRow(int row)
{
    if (row >= 0 && row < m_model->rowCount())
        selectionModel()->setCurrentIndex(m_model->index(row, 0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

// The table's current cell may be in any column; a card is all of them.
void CardList::currentChanged(const QModelIndex &current, const QModelIndex &)
{
    viewport()->update();
    if (current.isValid() && isVisible())
        scrollTo(m_model->index(current.row(), 0));
}

QModelIndex CardList::moveCursor(CursorAction action, Qt::KeyboardModifiers)
{
    const int last = m_model->rowCount() - 1, row = currentIndex().row(), across = columns();
    if (last < 0)
        return {};
    if (row < 0)
        return m_model->index(0, 0);
    const int page = across * std::max(1, viewport()->height() / std::max(1, gridSize().height()));
    int wanted = row;
    switch (action) {
    case MoveLeft:
    case MovePrevious:
        wanted = row - 1;
        break;
    case MoveRight:
    case MoveNext:
        wanted = row + 1;
        break;
    case MoveUp:
        wanted = row - across < 0 ? row : row - across;
        break;
    case MoveDown:
        wanted = row + across > last && row / across == last / across ? row : row + across;
        break;
    case MovePageUp:
        wanted = row - page;
        break;
    case MovePageDown:
        wanted = row + page;
        break;
    case MoveHome:
        wanted = 0;
        break;
    case MoveEnd:
        wanted = last;
        break;
    }
    return m_model->index(std::clamp(wanted, 0, last), 0);
}

bool CardList::wholeInView() const
{
    const int across = columns(), height = std::max(1, gridSize().height());
    const int first = verticalOffset() / height * across;
    const int last = std::min(m_model->rowCount() - 1, (verticalOffset() + viewport()->height()) / height * across + across - 1);
    for (int row = first; row <= last; ++row) {
        if (!m_model->row(row) && !m_model->isGroup(row))
            return false;
    }
    return last >= first;
}

void CardList::paintEvent(QPaintEvent *event)
{
    QListView::paintEvent(event);
    if (!m_announced && wholeInView()) {
        m_announced = true;
        QMetaObject::invokeMethod(this, &CardList::rowsPainted, Qt::QueuedConnection);
    }
}

void CardList::keyPressEvent(QKeyEvent *event)
{
    const bool control = event->modifiers().testFlag(Qt::ControlModifier), shift = event->modifiers().testFlag(Qt::ShiftModifier);
    if (event->matches(QKeySequence::Copy) || (control && shift && event->key() == Qt::Key_C)) {
        Q_EMIT copyAsked(shift);
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_F2) {
        Q_EMIT openAsked();
    } else if (event->key() == Qt::Key_Delete) {
        Q_EMIT removeAsked();
    } else if (!event->text().isEmpty() && event->text().at(0).isPrint() && event->key() != Qt::Key_Space) {
        event->ignore(); // no search by letters through rows that are not here
        return;
    } else {
        QListView::keyPressEvent(event);
        return;
    }
    event->accept();
}

void CardList::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (indexAt(event->pos()).isValid())
        Q_EMIT openAsked();
}

void CardList::contextMenuEvent(QContextMenuEvent *event)
{
    const bool mouse = event->reason() == QContextMenuEvent::Mouse;
    const QModelIndex index = mouse ? indexAt(event->pos()) : m_model->index(currentIndex().row(), 0);
    if (mouse && index.isValid() && !selectionModel()->isSelected(index))
        showRow(index.row());
    if (index.isValid())
        Q_EMIT menuAsked(mouse ? event->globalPos() : viewport()->mapToGlobal(visualRect(index).center()));
}

bool CardList::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QListView::viewportEvent(event);
    auto *help = static_cast<QHelpEvent *>(event);
    const QModelIndex index = indexAt(help->pos());
    const QString text = index.isValid() ? m_cards->textAt(index.row(), visualRect(index), help->pos()) : QString();
    if (text.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), plainToolTip(text), viewport());
    return true;
}

} // namespace kboss
