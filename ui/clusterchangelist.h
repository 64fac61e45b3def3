#pragma once

#include "models/clusterchanges.h"
#include "ui/theme.h"

#include <QAbstractListModel>
#include <QListView>
#include <QTimeZone>

namespace kboss {

class ClusterChangeModel : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;
    void setChanges(const std::vector<ClusterChange> &changes);
    const ClusterChange *change(int row) const;
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override; // what is read out, and on hover

private:
    std::vector<ClusterChange> m_changes;
};

// What changed, the newest first: shape, title and time, the thing, before → after. Enter or a double click leads to the thing. GUI thread.
class ClusterChangeList : public QListView {
    Q_OBJECT
public:
    ClusterChangeList(Theme *theme, const QTimeZone &zone, QWidget *parent);
    void setChanges(const std::vector<ClusterChange> &changes, qint64 nowMs);
    void setEmptyText(const QString &text); // over an empty list

Q_SIGNALS:
    void wanted(const kboss::ClusterChange &change);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ClusterChangeModel *m_model;
    Theme *m_theme;
    QString m_emptyText;
};

} // namespace kboss
