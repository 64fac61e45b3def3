#include "ui/jobmodel.h"

#include "models/formatters.h"
#include "ui/plaintable.h"
#include "ui/widgets.h"

#include <QLocale>
#include <QTimeZone>

namespace kboss {

namespace {
Tone toneOf(Job::State state)
{
    switch (state) {
    case Job::State::Running:
        return Tone::Info;
    case Job::State::Done:
        return Tone::Good;
    case Job::State::Failed:
        return Tone::Bad;
    case Job::State::Cancelled:
        return Tone::Off;
    }
    return Tone::Off;
}
} // namespace

JobModel::JobModel(JobList *jobs, const Clock &clock, QObject *parent) : QAbstractTableModel(parent), m_jobs(jobs), m_clock(clock)
{
    connect(jobs, &JobList::added, this, [this] {
        beginResetModel();
        endResetModel();
    });
    connect(jobs, &JobList::changed, this, [this](int number) {
        for (int row = 0; row < rowCount(); ++row) {
            if (m_jobs->records().at(row).number == number)
                Q_EMIT dataChanged(index(row, 0), index(row, Columns - 1));
        }
    });
}

const JobRecord *JobModel::record(int row) const
{
    return row >= 0 && row < m_jobs->records().size() ? &m_jobs->records().at(row) : nullptr;
}
int JobModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_jobs->records().size());
}
int JobModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(Columns);
}

QString JobModel::text(const JobRecord &record, int column) const
{
    switch (column) {
    case Title:
        return record.title;
    case StateWord:
        switch (record.state) {
        case Job::State::Running:
            return tr("running");
        case Job::State::Done:
            return tr("done");
        case Job::State::Failed:
            return tr("failed");
        case Job::State::Cancelled:
            return tr("cancelled");
        }
        return {};
    case Progress: {
        const QLocale digits(QLocale::English);
        if (record.total > 0)
            return digits.toString(record.done) + QStringLiteral(" / ") + digits.toString(record.total);
        return record.done > 0 ? digits.toString(record.done) : record.step;
    }
    case Started:
        return formatFullTime(record.startedMs, QTimeZone::systemTimeZone());
    case Took:
        return formatAge(qMax<qint64>(0, (record.endedMs > 0 ? record.endedMs : m_clock.nowMs()) - record.startedMs));
    default:
        return {};
    }
}

QVariant JobModel::data(const QModelIndex &index, int role) const
{
    const JobRecord *found = record(index.row());
    if (!found)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return text(*found, index.column());
    case Qt::ToolTipRole:
        return plainToolTip(found->step);
    case PlainTable::ToneRole:
        return index.column() == StateWord ? QVariant(int(toneOf(found->state))) : QVariant();
    case PlainTable::ProgressRole:
        return index.column() == Progress && found->state == Job::State::Running && found->total > 0
            ? QVariant(double(found->done) / double(found->total))
            : QVariant();
    case PlainTable::DimRole:
        return index.column() >= Started;
    default:
        return {};
    }
}

QVariant JobModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Title:
        return tr("Job");
    case StateWord:
        return tr("State");
    case Progress:
        return tr("Progress");
    case Started:
        return tr("Started");
    case Took:
        return tr("Took");
    default:
        return {};
    }
}

void JobModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, Columns - 1);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, Columns - 1));
}

} // namespace kboss
