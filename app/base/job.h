#pragma once

#include "app/base/canceltoken.h"
#include "app/base/result.h"

#include <QObject>
#include <QStringList>

namespace kboss {

// Work in steps that a person can watch and stop: shown in the activity list. Lives on the thread that made it (the GUI thread);
// the work itself may run elsewhere and reports through queued calls. Ends with exactly one finished(), then deletes itself later.
class Job : public QObject {
    Q_OBJECT
public:
    enum class State { Running, Done, Failed, Cancelled };

    explicit Job(QString title, QObject *parent = nullptr);

    QString title() const { return m_title; }
    State state() const { return m_state; }
    qint64 done() const { return m_done; }
    qint64 total() const { return m_total; } // -1 = unknown
    QString step() const { return m_step; }
    QStringList log() const { return m_log; }
    const Error &error() const { return m_error; }
    CancelToken token() const { return m_cancel.get_token(); }

    void cancel();

    // For who does the work; GUI thread.
    void setProgress(qint64 done, qint64 total, const QString &step = {});
    void appendLog(const QString &line);
    void finish(const Result<void> &result);

Q_SIGNALS:
    void changed();
    void finished();

private:
    QString m_title;
    QString m_step;
    QStringList m_log;
    Error m_error;
    State m_state = State::Running;
    qint64 m_done = 0;
    qint64 m_total = -1;
    CancelSource m_cancel;
};

} // namespace kboss
