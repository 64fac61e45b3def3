#pragma once

#include "ui/resourceview.h"

class QStackedWidget;
class QTabBar;

class QLabel;
class QToolButton;

namespace kboss {

class BulkPane;
class DetailsView;
class EditPane;
class RowHistory;

// The panel at the right of a list: details, edit form and history of the current row; the form of a new one; a bulk edit. It follows the list's
// current row, but never while something typed would be lost. GUI thread; owned by the page.
class DetailsPanel : public QWidget {
    Q_OBJECT
public:
    enum class Mode { Closed, Details, Edit, History, Create, Bulk, Act };

    DetailsPanel(ResourceView *view, QWidget *parent);

    Mode mode() const { return m_mode; }
    void openDetails();
    void openEdit();
    void openHistory();
    void openCreate();
    void openAction(const QString &id); // the form of an action that is neither update nor create
    void openBulk(); // over the list's selection, frozen now
    void askClose(std::function<void()> then = {});
    bool hasUnsaved() const;
    EditPane *editPane() const { return m_edit; }
    BulkPane *bulkPane() const { return m_bulk; }
    RowHistory *history() const { return m_history; }
    const Row &row() const { return m_row; }
    void retranslate();

Q_SIGNALS:
    void modeChanged(); // the page shows or hides the panel
    void unsavedChanged();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void buildHead();
    void setMode(Mode mode);
    void follow(); // the list's current row
    void showRow(const Row &row);
    void updateHead();
    void step(int by);
    void onTab(int tab);

    ResourceView *m_view;
    Mode m_mode = Mode::Closed;
    Row m_row;
    QString m_actionId; // Mode::Act
    QLabel *m_name;
    QLabel *m_position;
    QLabel *m_id;
    QLabel *m_notFollowing;
    QLabel *m_standing; // of a form whose operation the server may not know
    Chip *m_state;
    QToolButton *m_copy;
    QToolButton *m_previous;
    QToolButton *m_next;
    QWidget *m_rowLine;
    QTabBar *m_tabs;
    QStackedWidget *m_stack;
    DetailsView *m_details;
    EditPane *m_edit;
    RowHistory *m_history;
    BulkPane *m_bulk;
    bool m_switching = false;
};

} // namespace kboss
