#pragma once

#include "models/cardspec.h"
#include "models/resourcemodel.h"
#include "ui/theme.h"

#include <QAbstractItemDelegate>

namespace kboss {

// Paints one row of a resource as a card, by its CardSpec: name and state, facts, bars of what is used, dates at the foot. Texts are those of the
// table's cells. GUI thread.
class CardDelegate : public QAbstractItemDelegate {
    Q_OBJECT
public:
    CardDelegate(ResourceModel *model, const Theme &theme, QObject *parent);

    static constexpr int gap = 12; // between cards, a half of it on each side
    static constexpr int leastWidth = 372, mostWidth = 560; // of a card with its gap

    int cardHeight() const; // with its gap
    void setCell(const QSize &cell) { m_cell = cell; } // of a card with its gap
    QString textAt(int row, const QRect &cell, const QPoint &pos) const; // what hovering there tells
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    QRect barPlace(const QRect &card, size_t at) const;
    QRect datePlace(const QRect &card, size_t at) const;
    int linesOfBars() const { return static_cast<int>(m_card.bars.size() + 1) / 2; }
    void paintHead(QPainter *painter, const QRect &card, int row) const;
    void paintBar(QPainter *painter, const QRect &place, int row, const CardSpec::Bar &bar) const;
    void paintDates(QPainter *painter, const QRect &card, int row) const;
    int paintChip(QPainter *painter, const QRect &line, const CellText &cell) const; // right-aligned; its width
    QString label(int column) const;
    QString withUnit(const QString &text, int column) const;
    double share(int row, int column, int limit) const; // 0…1; of paints only

    ResourceModel *m_model;
    const Theme &m_theme;
    const CardSpec m_card;
    QSize m_cell;
};

} // namespace kboss
