#pragma once

#include "app/base/clock.h"
#include "app/base/job.h"

#include <QList>
#include <QObject>
#include <QPointer>

namespace kboss {

// What is known of a job while it runs and after it has gone.
struct JobRecord {
    int number = 0;
    QString title, step;
    Job::State state = Job::State::Running;
    qint64 done = 0, total = -1;
    qint64 startedMs = 0, endedMs = 0;
    QStringList log;
    Error error;
    QPointer<Job> job; // null once it ended
};

// The jobs of this run, newest first, the last 200. Owns no job. GUI thread.
class JobList : public QObject {
    Q_OBJECT
public:
    explicit JobList(const Clock &clock, QObject *parent = nullptr);

    void add(Job *job); // watched until it ends
    const QList<JobRecord> &records() const { return m_records; }
    int running() const;
    const JobRecord *newestRunning() const;
    void cancelAll();

Q_SIGNALS:
    void added(int number);
    void changed(int number);

private:
    void take(Job *job, int number, bool ended);

    const Clock &m_clock;
    QList<JobRecord> m_records;
    int m_lastNumber = 0;
};

} // namespace kboss
