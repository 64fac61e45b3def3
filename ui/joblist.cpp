#include "ui/joblist.h"

#include <algorithm>

namespace kboss {

namespace {
constexpr qsizetype keptRecords = 200;
}

JobList::JobList(const Clock &clock, QObject *parent) : QObject(parent), m_clock(clock) { }

void JobList::add(Job *job)
{
    const bool known = std::any_of(m_records.cbegin(), m_records.cend(), [job](const JobRecord &record) { return record.job == job; });
    if (!job || known)
        return;
    JobRecord record;
    record.number = ++m_lastNumber;
    record.startedMs = m_clock.nowMs();
    record.job = job;
    m_records.prepend(record);
    if (m_records.size() > keptRecords)
        m_records.removeLast();
    const int number = record.number;
    connect(job, &Job::changed, this, [this, job, number] { take(job, number, false); });
    connect(job, &Job::finished, this, [this, job, number] { take(job, number, true); });
    take(job, number, job->state() != Job::State::Running);
    Q_EMIT added(number);
}

void JobList::take(Job *job, int number, bool ended)
{
    const auto record = std::find_if(m_records.begin(), m_records.end(), [number](const JobRecord &r) { return r.number == number; });
    if (record == m_records.end())
        return;
    record->title = job->title();
    record->step = job->step();
    record->state = job->state();
    record->done = job->done();
    record->total = job->total();
    record->log = job->log();
    record->error = job->error();
    if (ended) {
        record->endedMs = m_clock.nowMs();
        record->job = nullptr;
    }
    Q_EMIT changed(number);
}

int JobList::running() const
{
    return int(std::count_if(m_records.cbegin(), m_records.cend(), [](const JobRecord &r) { return r.state == Job::State::Running; }));
}

const JobRecord *JobList::newestRunning() const
{
    const auto found = std::find_if(m_records.cbegin(), m_records.cend(), [](const JobRecord &r) { return r.state == Job::State::Running; });
    return found == m_records.cend() ? nullptr : &*found;
}

void JobList::cancelAll()
{
    QList<QPointer<Job>> jobs;
    for (const JobRecord &record : std::as_const(m_records)) {
        if (record.job && record.state == Job::State::Running)
            jobs << record.job;
    }
    for (const QPointer<Job> &job : std::as_const(jobs)) {
        if (job)
            job->cancel();
    }
}

} // namespace kboss
