#pragma once

#include "ui/theme.h"

#include <QHeaderView>
#include <QStyledItemDelegate>
#include <QTableView>

namespace kboss {

// Paints the cells of the installer's matrices: shape, measure beside it, for what is under way a second line and a bar of 3 px. Trouble alone gets a ground.
class InstallDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit InstallDelegate(Theme *theme, QObject *parent);
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    struct Looks { // of the theme as it is, so that cells need not ask for them
        QFont label;
        QColor text, text2, line, accent, window;
        int padding = 0, gap = 0, lineHeight = 0;
    };
    void readTheme();
    void paintGroup(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;

    Theme *m_theme;
    Looks m_looks;
};

// Heads in two lines: DisplayRole and InstallRole::Note; at the side a note in monospace at the right where the model says so (InstallRole::Mono).
class InstallHeader : public QHeaderView {
    Q_OBJECT
public:
    InstallHeader(Qt::Orientation orientation, Theme *theme, QWidget *parent);

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;
    QSize sectionSizeFromContents(int section) const override;

private:
    void paintSide(QPainter *painter, const QRect &rect, int section) const;
    Theme *m_theme;
};

// A matrix with a head at the side that stays while it is scrolled. Arrow keys go from cell to cell, over group rows; Enter and Space open what the cell is about;
// F6 goes on to what is beside it. GUI thread.
class InstallMatrix : public QTableView {
    Q_OBJECT
public:
    InstallMatrix(Theme *theme, QWidget *parent);

    void setSizes(int sideWidth, int columnWidth, int rowHeight); // in px at 100 %
    void goTo(int row, int column);
    void setEmptyText(const QString &what, const QString &why);
    void setCornerText(const QString &text);

Q_SIGNALS:
    void chosen(const QModelIndex &index); // current now
    void opened(const QModelIndex &index); // by a click, Enter or Space

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void updateGeometries() override;

private:
    Theme *m_theme;
    QString m_emptyWhat, m_emptyWhy, m_cornerText;
    QWidget *m_corner;
};

} // namespace kboss
