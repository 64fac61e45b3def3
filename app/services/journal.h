#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"

#include <QFuture>
#include <QList>
#include <QMutex>
#include <QString>
#include <QThreadPool>
#include <memory>
#include <nlohmann/json.hpp>

class QFile;
class QLockFile;

namespace kboss {

// One line of the audit journal. Nothing secret: parameters are redacted before they come here.
struct JournalEntry {
    qint64 number = 0;
    qint64 atMs = 0;
    QString who; // signed-in user, or the system's user name
    QString profile; // where
    QString action; // "billing-account.update"
    QString resource, key, name;
    nlohmann::json before, after; // the changed fields only
    QString outcome; // "intent" (written before the call) | "ok" | error kind name | "unknown" (answer lost, or found at start without an outcome)
                     // | "note" (about the journal itself: action "journal.torn")
    QString detail;
    qint64 refersTo = 0; // outcome lines: the intent's number; intents of an undo: the undone action's number
    nlohmann::json inverse; // {"operation", "parameters", "body"} without secrets, or null
    QString hash; // SHA-256 over the previous hash and this line without its hash
};

// journal.jsonl: append-only, hash-chained, 0600, fsync'ed before a write is sent. Several processes append under a lock file.
// GUI thread; an append is one small write. A broken last line (power cut) is set aside with a note line, never dropped in silence.
// An outcome line repeats what its intent said (before, after, inverse), so each line can be read alone.
class Journal {
public:
    Journal(QString file, const Clock &clock);
    ~Journal();
    Journal(const Journal &) = delete;
    Journal &operator=(const Journal &) = delete;

    // Also gives an outcome ("unknown") to intents of processes that ended without one.
    Result<void> open();
    Result<qint64> append(JournalEntry entry); // its number; number, atMs and hash are filled in here. Any thread
    // The same on the journal's own thread, in the order of the calls: a disk may take its time, the GUI thread may not.
    QFuture<Result<qint64>> appendLater(JournalEntry entry);
    Result<QList<JournalEntry>> read(const QString &resource = {}, const QString &key = {}, int limit = 500) const; // newest first
    Result<void> verify() const; // Storage with the first line whose hash does not fit

private:
    Result<void> takeLock(QLockFile &lock) const;
    Result<void> readTail(); // last number and hash, as the file now is; sets a torn line aside. Under the lock
    Result<void> setAside(QFile &file, qint64 from, const QByteArray &torn);
    Result<qint64> write(JournalEntry entry); // under the lock
    Result<void> resolveOldIntents();
    QString aliveFile(const QString &process) const;

    QString m_file;
    const Clock &m_clock;
    QString m_lastHash;
    qint64 m_lastNumber = 0;
    qint64 m_size = -1; // of the file after the last reading or writing
    QString m_process; // intents carry it, so that others see whether their writer is alive
    std::unique_ptr<QLockFile> m_alive;
    QMutex m_appending; // one line at a time, with what was read of the file before it
    QThreadPool m_writer; // one thread; last, so that it has ended before the rest goes
};

} // namespace kboss
