#pragma once

#include <QCompleter>
#include <QStandardItemModel>
#include <QStyledItemDelegate>

namespace kboss {

class Theme;

enum PickRole { PickNoteRole = Qt::UserRole + 1, PickSearchRole };

// Finds by any part of a name, of what stands beside it, or of the name's pinyin initials; puts the name into the line. GUI thread.
class PickCompleter : public QCompleter {
    Q_OBJECT
public:
    PickCompleter(QAbstractItemModel *model, Theme *theme, QObject *parent);
    QString pathFromIndex(const QModelIndex &index) const override { return index.data(Qt::DisplayRole).toString(); }
};

// The name, and in a paler colour what tells it from others.
class PickDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    PickDelegate(Theme *theme, QObject *parent) : QStyledItemDelegate(parent), m_theme(theme) { }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    Theme *m_theme;
};

} // namespace kboss
