#pragma once

#include "ui/command.h"
#include "ui/theme.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>

namespace kboss {

// The commands that match what was typed.
class CommandModel : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;
    void setCommands(const QList<Command> &commands);
    void setText(const QString &typed);
    const Command *command(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    QList<Command> m_commands;
    QList<int> m_order;
};

class CommandDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    CommandDelegate(Theme *theme, const CommandModel *model, QObject *parent);
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    Theme *m_theme;
    const CommandModel *m_model;
};

} // namespace kboss
