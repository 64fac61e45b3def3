#pragma once

#include <QListView>

namespace kboss {

class CardDelegate;
class DataTable;
class ResourceModel;
class Theme;

// The rows of a table as cards in columns of one width. Shares the table's model and selection; asks for the same things. Only the cards in view are
// painted and only their rows are asked for. GUI thread; the table must outlive it.
class CardList : public QListView {
    Q_OBJECT
public:
    CardList(DataTable *table, const Theme &theme, QWidget *parent);

    int columns() const;
    void showRow(int row); // makes it current, selected and visible

Q_SIGNALS:
    void rowsPainted(); // every card in view of a newly opened view was painted once
    void openAsked(); // Enter or double click
    void copyAsked(bool json);
    void removeAsked();
    void menuAsked(const QPoint &globalPos);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;

private:
    void layOut();
    bool wholeInView() const; // every row in view is in the model's window

    ResourceModel *m_model;
    const Theme &m_theme;
    CardDelegate *m_cards;
    bool m_announced = false;
};

} // namespace kboss
