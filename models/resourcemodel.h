#pragma once

#include "app/cache/cachestore.h"
#include "models/formatters.h"

#include <QAbstractTableModel>
#include <memory>

namespace kboss {

// What a group's line says.
struct GroupText {
    QString name; // the group's value in words, or the rows' own name of it
    QString value; // the value behind the name, where they differ
    QString counts; // "12 rows · 1 troubled"
    bool troubled = false;
    bool collapsed = false;
};

// Rows of a RowSource for a table: a count and a window of a few pages, never all rows. GUI thread. Rows outside the window show an
// ellipsis until they are there (normally before the next frame). When the dataset changes, the view is reopened and rows move by beginning a
// layout change that keeps persistent indexes (selection, current row, scroll) by key.
// A grouped query puts a line before the rows of each group (RowView::groups()); "row" below means such a line as well. Those lines have no Row and
// cannot be selected. Which groups are collapsed is kept by their values.
class ResourceModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role {
        CellRole = Qt::UserRole + 1, // const CellText* as void pointer, valid until the next change
        KeyRole,
        ValueRole,
        ChangedRole
    };
    enum class State { Idle, Loading, Ready, Failed };

    ResourceModel(const ResourceType &type, const Clock &clock, QTimeZone zone, QObject *parent = nullptr);
    ~ResourceModel() override;

    void setSource(RowSourcePtr source); // null = no rows
    void setQuery(const RowQuery &query);
    const RowQuery &query() const;
    void reload(); // after datasetChanged
    void noteChanged(const QSet<QString> &keys); // these glow for 1.5 s
    State state() const;
    Error error() const;
    RowViewPtr view() const; // null until open; for totals, export, frozen selections
    const Row *row(int row) const; // null while not in the window
    const CellText *cell(int row, int column) const;
    const ResourceType &type() const;
    QFuture<Result<qint64>> find(const QString &key); // its position in the view, -1; lineOf() and reveal() make a row of it

    bool isGrouped() const;
    int groupCount() const;
    bool isGroup(int row) const;
    GroupText groupText(int row) const; // of a group's line
    void setCollapsed(int row, bool collapsed); // the group of this row
    void setAllCollapsed(bool collapsed);
    int groupRow(int row) const; // the line of the group this row is in; -1 without groups
    int groupEnd(int row) const; // the last row of its group; of all without groups
    qint64 position(int row) const; // in the view; -1 for a group's line
    int lineOf(qint64 position) const; // a row in a collapsed group has the group's line
    int reveal(qint64 position); // the same, after opening its group

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;
    void setZone(const QTimeZone &zone);
    void retranslate(); // the language changed
    void tick(); // relative times moved on; called once a minute while visible

Q_SIGNALS:
    void stateChanged();
    void opened(qint64 count); // the whole view is there
    void firstRowsShown(int rows);

private:
    QVariant groupData(const QModelIndex &index, int role) const;

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace kboss
