#pragma once

#include "ui/resourcefeed.h"

#include <QScrollArea>

class QGridLayout;

namespace kboss {

// Every field of one row by sections; values can be selected, ids are copied by one click, secrets are six dots. GUI thread.
class DetailsView : public QScrollArea {
    Q_OBJECT
public:
    DetailsView(ResourceFeed *feed, QWidget *parent);
    void setRow(const Row &row);

Q_SIGNALS:
    void copied(const QString &what);

private:
    QWidget *makeSection(const DetailSection &section, const Row &row, const std::vector<CellText> &cells);
    void addLine(QGridLayout *grid, int at, const ColumnSpec &column, const CellText &cell, bool secret);

    ResourceFeed *m_feed;
};

} // namespace kboss
