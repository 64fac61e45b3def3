#pragma once

#include "app/cache/cachestore.h"
#include "models/formatters.h"

#include <QAbstractTableModel>
#include <memory>

namespace kboss {

// Rows of a RowSource for a table: a count and a window of a few pages, never all rows. GUI thread. Rows outside the window show an
// ellipsis until they are there (normally before the next frame). When the dataset changes, the view is reopened and rows move by beginning a
// layout change that keeps persistent indexes (selection, current row, scroll) by key.
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
    QFuture<Result<int>> find(const QString &key); // its row, -1

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
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
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace kboss
