#pragma once

#include "ui/pagefactory.h"

#include <QAbstractItemModel>
#include <QHash>

namespace kboss {

// Groups and their pages, as the navigation shows them; groups without pages are not there. GUI thread.
class NavigationModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Role { IdRole = Qt::UserRole + 1, CountRole, IconRole, GroupRole };

    using QAbstractItemModel::QAbstractItemModel;

    void setEntries(const QList<PageEntry> &entries); // also after the language changed
    void setCount(const QString &pageId, qint64 rows); // -1 = not known
    QModelIndex indexOf(const QString &pageId) const;
    struct Group {
        QString id, title;
        QList<PageEntry> entries;
    };
    const QList<Group> &groups() const { return m_groups; }

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    QList<Group> m_groups;
    QHash<QString, qint64> m_counts;
};

} // namespace kboss
