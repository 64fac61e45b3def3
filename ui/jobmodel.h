#pragma once

#include "ui/joblist.h"

#include <QAbstractTableModel>

namespace kboss {

// The jobs of this run as a table.
class JobModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Title, StateWord, Progress, Started, Took, Columns };

    JobModel(JobList *jobs, const Clock &clock, QObject *parent = nullptr);
    const JobRecord *record(int row) const;
    void retranslate();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const JobRecord &record, int column) const;

    JobList *m_jobs;
    const Clock &m_clock;
};

} // namespace kboss
