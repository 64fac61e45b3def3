#pragma once

#include "models/resourcetype.h"
#include "ui/theme.h"

#include <QHeaderView>

namespace kboss {

// Column heads: label and unit as the column aligns, sort arrows (with the key's number when there are several). A click sorts, with Shift as a
// further key; dragging moves and resizes. GUI thread.
class TableHeader : public QHeaderView {
    Q_OBJECT
public:
    TableHeader(const ResourceType &type, const Theme &theme, QWidget *parent = nullptr);

    void setOrder(const std::vector<SortKey> &order);
    const std::vector<SortKey> &order() const { return m_order; }
    QSize sizeHint() const override;
    static bool isSortable(const ColumnSpec &column);

Q_SIGNALS:
    void orderAsked(const std::vector<kboss::SortKey> &order);

protected:
    void paintSection(QPainter *painter, const QRect &rect, int logicalIndex) const override;
    void paintEvent(QPaintEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    void onClicked(int logicalIndex);
    QString sectionText(const ColumnSpec &column) const;

    const ResourceType &m_type;
    const Theme &m_theme;
    std::vector<SortKey> m_order;
};

} // namespace kboss
