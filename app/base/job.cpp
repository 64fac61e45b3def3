#include "app/base/job.h"

namespace kboss {

Job::Job(QString title, QObject *parent) : QObject(parent), m_title(std::move(title)) { }

void Job::cancel()
{
    if (m_state == State::Running && m_cancel.request_stop())
        Q_EMIT changed();
}

void Job::setProgress(qint64 done, qint64 total, const QString &step)
{
    if (m_state != State::Running)
        return;
    if (done == m_done && total == m_total && (step.isEmpty() || step == m_step))
        return;
    m_done = done;
    m_total = total;
    if (!step.isEmpty())
        m_step = step;
    Q_EMIT changed();
}

void Job::appendLog(const QString &line)
{
    m_log.append(line);
    Q_EMIT changed();
}

void Job::finish(const Result<void> &result)
{
    if (m_state != State::Running)
        return;
    if (result) {
        m_state = State::Done;
    } else {
        m_error = result.error();
        m_state = m_error.kind == ErrorKind::Cancelled ? State::Cancelled : State::Failed;
    }
    Q_EMIT changed();
    Q_EMIT finished();
    deleteLater();
}

} // namespace kboss
