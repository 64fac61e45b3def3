#pragma once

#include "models/resourcemodel.h"
#include "ui/textcache.h"
#include "ui/theme.h"

#include <QAbstractItemDelegate>

namespace kboss {

// Paints the cells of a resource table from their CellTexts: plain glyphs, chips, bars and markers, no style calls. GUI thread.
class CellDelegate : public QAbstractItemDelegate {
    Q_OBJECT
public:
    CellDelegate(const ResourceType &type, const Theme &theme, QObject *parent = nullptr);

    // The door for the table: `rect` is the cell without its bottom line; `first` = first visible column.
    void paintCell(QPainter *painter, const QRect &rect, const CellText &cell, int column, bool first);
    void paintGroup(QPainter *painter, const QRect &rect, const GroupText &group); // the whole line, over all columns
    void paintWaiting(QPainter *painter, const QRect &rect, bool first); // the row is not in the window yet
    bool isElided(const CellText &cell, int column, int width, bool first);
    int widthOf(const CellText &cell, int column, bool first); // what the cell would like

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    static constexpr int padding = 8;
    static constexpr int firstPadding = 16;

private:
    struct Looks {
        QColor text, text2, text3, bad, accent, barGround, window, line, lineStrong;
        QColor tones[6], grounds[6];
        QColor warn;
    };

    void readTheme();
    void paintChip(QPainter *painter, const QRect &rect, const CellText &cell, int left);
    void paintBar(QPainter *painter, const QRect &rect, const CellText &cell, int width);
    void paintBars(QPainter *painter, const QRect &rect, const CellText &cell, int left);
    void paintTags(QPainter *painter, const QRect &rect, const CellText &cell, int left);
    int barWidth(int column) const; // one length in a column
    const QPixmap &shape(Tone tone, qreal ratio);
    QColor textColor(const CellText &cell, int column) const;
    Qt::TextElideMode elideMode(const CellText &cell) const { return cell.right ? Qt::ElideRight : Qt::ElideMiddle; }

    const ResourceType &m_type;
    const Theme &m_theme;
    TextCache m_texts;
    Looks m_looks;
    QHash<int, QPixmap> m_shapes;
    int m_normal = 0;
    int m_mono = 0;
    int m_label = 0;
    int m_small = 0;
    int m_bold = 0;
};

} // namespace kboss
