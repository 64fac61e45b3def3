#pragma once

#include "models/pricelinesmodel.h"
#include "ui/theme.h"

#include <QListView>
#include <QStyledItemDelegate>

namespace kboss {

// Where the columns of the price lines stand in a width. In narrow views the conversion goes into the second row.
struct PriceColumns {
    QRect type, model, price, conversion, amount, term, subtotal; // top and height are not set
    bool narrow = false;
    static PriceColumns of(int left, int width, const Theme &theme);
};

// Paints the rows of PriceLinesModel; points of subtotals stand under each other. The button of a way is part of its row: a click on it, Enter or
// Space adopts. GUI thread.
class PriceLineDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    PriceLineDelegate(const PriceLinesModel *model, Theme *theme, QObject *parent);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QRect adoptRect(const QRect &row) const;
    QString adoptText() const { return tr("Adopt"); }

private:
    void paintLine(QPainter *painter, const QRect &rect, const QuoteLineView &line) const;
    void paintSecondRow(QPainter *painter, const QRect &row, const PriceColumns &at, const QuoteLineView &line) const;
    void paintReason(QPainter *painter, const QRect &rect, const QuoteLineView &line) const;
    void paintWayHead(QPainter *painter, const QRect &rect, const QuoteLineView &line) const;
    void paintWay(QPainter *painter, const QRect &rect, const QModelIndex &index, bool hovered) const;
    void paintBlock(QPainter *painter, const QRect &rect, bool last) const;
    struct WayColumns {
        QRect words, where, line, total, adopt;
    };
    WayColumns wayColumns(const QRect &rect) const;

    const PriceLinesModel *m_model;
    Theme *m_theme;
};

// The lines and the head over them.
class PriceLines : public QListView {
    Q_OBJECT
public:
    PriceLines(PriceLinesModel *model, Theme *theme, QWidget *parent = nullptr);
    PriceLineDelegate *delegate() const { return m_delegate; }
    void adopt(const QModelIndex &index); // of a way

Q_SIGNALS:
    void adopted(const kboss::QuoteContent &quote, const QString &words);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    PriceLinesModel *m_model;
    PriceLineDelegate *m_delegate;
};

class PriceHead : public QWidget {
    Q_OBJECT
public:
    explicit PriceHead(Theme *theme, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    Theme *m_theme;
};

} // namespace kboss
