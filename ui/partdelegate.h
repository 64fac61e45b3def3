#pragma once

#include "ui/theme.h"

#include <QStyledItemDelegate>

namespace kboss {

struct PartOffer;

// Paints the parts of PartTreeModel: model over price, what is left over a bar, and the stepper of the amount, which is a real spin box only while it is
// edited. Its minus and plus take clicks; - and + on the keyboard do the same for the current row. GUI thread.
class PartDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit PartDelegate(Theme *theme, QObject *parent = nullptr);

    void setChosenColumn(int column) { m_chosen = column; }
    void setWarnBelow(double share) { m_warnBelow = share; } // of the stock: the bar takes the warning tone
    static bool stepAmount(QAbstractItemModel *model, const QModelIndex &index, int steps);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void setEditorData(QWidget *editor, const QModelIndex &index) const override;
    void setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const override;
    void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option, const QModelIndex &index) override;

    static constexpr int rowHeight = 44, groupHeight = 30, stepperWidth = 92, sideWidth = 24;
    QRect stepperRect(const QRect &cell) const;

private:
    void paintGroup(QPainter *painter, const QRect &rect, const QModelIndex &index) const;
    void paintModel(QPainter *painter, const QRect &rect, const PartOffer &offer) const;
    void paintLeft(QPainter *painter, const QRect &rect, const QModelIndex &index) const;
    void paintStepper(QPainter *painter, const QRect &cell, const QModelIndex &index, bool current) const;

    Theme *m_theme;
    int m_chosen = -1;
    double m_warnBelow = 0.1;
};

} // namespace kboss
