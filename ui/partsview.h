#pragma once

#include "models/parttreemodel.h"
#include "ui/theme.h"

#include <QTreeView>

class QLabel;
class QLineEdit;

namespace kboss {

class PartDelegate;
class StateOverlay;

// The tree of parts: groups stay open, the amount is reached from any column of its row (Enter, digits, + and -). GUI thread.
class PartsTree : public QTreeView {
    Q_OBJECT
public:
    PartsTree(PartTreeModel *model, Theme *theme, QWidget *parent = nullptr);
    void fitColumns();
    PartDelegate *delegate() const { return m_delegate; }

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void drawBranches(QPainter *, const QRect &, const QModelIndex &) const override { }

private:
    void open();
    QModelIndex amountOf(const QModelIndex &index) const;

    PartTreeModel *m_model;
    Theme *m_theme;
    PartDelegate *m_delegate;
};

// The left side of a quote: heading with the number of parts, search, tree, and what the bars mean. GUI thread.
class PartsPane : public QWidget {
    Q_OBJECT
public:
    PartsPane(PartTreeModel *model, Theme *theme, QWidget *parent = nullptr);

    PartsTree *tree() const { return m_tree; }
    QLineEdit *search() const { return m_search; }
    StateOverlay *overlay() const { return m_overlay; }
    void setLegend(const QString &text);
    void retranslate();
    void updateCount();

private:
    PartTreeModel *m_model;
    PartsTree *m_tree;
    QLineEdit *m_search;
    QLabel *m_title, *m_count, *m_legend;
    StateOverlay *m_overlay;
};

} // namespace kboss
