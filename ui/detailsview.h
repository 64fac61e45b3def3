#pragma once

#include "ui/resourcefeed.h"

#include <QScrollArea>

#include <QHash>

class QGridLayout;

namespace kboss {

class RowsFeed;

// Every field of one row by sections; values can be selected, ids are copied by one click, secrets are six dots. GUI thread.
class DetailsView : public QScrollArea {
    Q_OBJECT
public:
    DetailsView(ResourceFeed *feed, QWidget *parent);
    void setRow(const Row &row);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

Q_SIGNALS:
    void copied(const QString &what);

private:
    QWidget *makeSection(const DetailSection &section, const Row &row, const std::vector<CellText> &cells);
    QWidget *makeTrace(const TraceSpec &trace, const Row &row);
    void addStocks(QGridLayout *grid, int &at, const ColumnSpec &column, const Row &row, const std::vector<CellText> &cells);
    RowsFeed *feedOf(const TraceSpec &trace, const Row &row);
    void addLine(QGridLayout *grid, int at, const ColumnSpec &column, const CellText &cell, bool secret);

    ResourceFeed *m_feed;
    Row m_row;
    QHash<QString, RowsFeed *> m_parts; // by resource: what price traces reckon with
};

} // namespace kboss
