#pragma once

#include "ui/datatable.h"
#include "ui/resourcefeed.h"

#include <QElapsedTimer>

class QAction;
class QFrame;
class QLabel;
class QPushButton;

namespace kboss {

class CardList;
class Chip;
class ColumnChooser;
class FilterBar;
class InlineEdit;
class SavedViews;
class Segments;
class StateOverlay;
class TableLayout;
class TotalsTable;
class WriteController;
struct FilterConditions;

// One resource's list with all that belongs to it: title line, filter line, table, totals, and what it says when it is empty. GUI thread.
class ResourceView : public QWidget {
    Q_OBJECT
public:
    // `pageId` names it in the trace; `plainTitle` = a smaller title for a list within a page.
    ResourceView(const ResourceType &type, const AppContext &context, const QString &pageId, bool plainTitle, QWidget *parent);
    ~ResourceView() override;

    ResourceFeed *feed() const { return m_feed; }
    DataTable *table() const { return m_table; }
    FilterBar *filterBar() const { return m_filters; }
    TotalsTable *totals() const { return m_totals; }
    StateOverlay *overlay() const { return m_overlay; }
    WriteController *writer() const { return m_writer; }
    ColumnChooser *columnChooser() const { return m_columns; }
    TableLayout *tableLayout() const { return m_layout; }
    InlineEdit *inlineEdit() const { return m_inline; }

    CardList *cards() const { return m_cards; } // null where the view has none
    bool showsCards() const { return m_asCards; }
    void setShowsCards(bool cards); // remembered for the resource

    Page::State state() const { return m_feed->state(); }
    bool isReady() const { return m_readyTold; }
    void setShown(bool shown);
    void setConditions(const FilterConditions &conditions);
    void setOrder(const std::vector<SortKey> &order);
    void setTitleNote(const QString &note); // after the title: the master's name
    void setNoMasterText(const QString &heading, const QString &text, const QString &button = {}, std::function<void()> action = {});
    void setScopeLine(QWidget *line); // under the title line
    const Row *currentRow() const; // null when there is none, or it is not in the window
    QList<QAction *> pageActions() const { return m_actions; }
    QString standingText(const Action &action) const; // that the server may not know it; empty when it does, or turned out not to
    QAction *namedAction(const QString &id) const; // "refresh" "edit" "create" "delete" "bulk" "columns" "export-csv" …
    void chooseKey(const QString &key); // makes the row of this key current once the rows are there
    QJsonObject saveState() const;
    void restoreState(const QJsonObject &state);
    void retranslate();

Q_SIGNALS:
    void ready();
    void statusChanged();
    void currentRowChanged(); // another row, or other values of it
    void detailsAsked();
    void editAsked();
    void createAsked();
    void bulkAsked();
    void actionAsked(const QString &id); // the form of an action of the view's own

private:
    void buildTitleLine(bool plainTitle);
    void buildActions();
    void offer(const QString &id, const QString &icon, const QKeySequence &keys, std::function<void()> run);
    void connectParts();
    void applyQuery();
    void updateAll();
    void updateActions();
    void updateCounts();
    void updateFreshness();
    void updateOverlay();
    void updateNote();
    void onRowsPainted();
    void onOpened();
    void tellReady();
    void buildGroups(); // the chooser of what the rows are grouped by, where the view names something
    void setGroup(const QString &field);
    RowGrouping grouping() const;
    void renameGroups();
    void offerOthers(); // actions of the view's own, and jumps
    void updateOthers(const QString &whyNoWrites);
    void renameOthers();
    void namePause();
    void runOther(const Action &action);
    bool editInCell(int column); // false where that cell is not changed in place now
    int inlineColumn() const; // the first that is changed in its cell; -1 = none
    void jump(const Jump &jump);
    QString whyNot(const Action &action) const; // why the server, or the master, does not let it; empty = nothing is known against it
    void markStanding(QAction *named, const Action &action, const QString &reason); // text and tip with what is known of the operation
    void buildCards(bool plainTitle);
    void connectRows();
    void openCurrent(); // Enter, double click
    void copyRows(bool json);
    void askRemove();
    void showMenu(const QPoint &at);
    void openColumns();

    const ResourceType &m_type;
    AppContext m_context;
    QString m_pageId;
    ResourceFeed *m_feed;
    QPushButton *m_groups = nullptr; // null where there is nothing to group by
    QString m_group; // field; empty = not grouped
    WriteController *m_writer;
    QLabel *m_title;
    QLabel *m_titleNote;
    QLabel *m_counts;
    Chip *m_freshness;
    QLabel *m_why;
    QWidget *m_titleLine;
    QPushButton *m_export;
    QPushButton *m_primary = nullptr;
    FilterBar *m_filters;
    QFrame *m_note;
    QLabel *m_noteText;
    DataTable *m_table;
    CardList *m_cards = nullptr;
    Segments *m_looks = nullptr;
    bool m_asCards = false;
    TotalsTable *m_totals;
    StateOverlay *m_overlay;
    ColumnChooser *m_columns;
    TableLayout *m_layout;
    SavedViews *m_views;
    InlineEdit *m_inline;
    QList<QAction *> m_actions;
    QHash<QString, QAction *> m_named;
    QTimer m_age;
    QTimer m_waiting; // says what is waited for after 300 ms
    QString m_noMasterHeading, m_noMasterText, m_noMasterButton;
    std::function<void()> m_noMasterAction;
    QString m_wantedKey;
    bool m_readyTold = false;
    bool m_firstRowsTold = false;
    bool m_waitedLong = false;
};

} // namespace kboss
