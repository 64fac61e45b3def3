#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"

#include <QList>
#include <QString>
#include <nlohmann/json.hpp>

namespace kboss {

// One line of the audit journal. Nothing secret: parameters are redacted before they come here.
struct JournalEntry {
    qint64 number = 0;
    qint64 atMs = 0;
    QString who;      // signed-in user, or the system's user name
    QString profile;  // where
    QString action;   // "billing-account.update"
    QString resource, key, name;
    nlohmann::json before, after; // the changed fields only
    QString outcome;  // "intent" (written before the call) | "ok" | error kind name | "unknown" (found at start without an outcome)
    QString detail;
    qint64 refersTo = 0;       // outcome and undo lines: the intent's / the undone action's number
    nlohmann::json inverse;    // {"operation", "parameters", "body"} without secrets, or null
    QString hash;              // SHA-256 over the previous hash and this line without its hash
};

// journal.jsonl: append-only, hash-chained, 0600, fsync'ed before a write is sent. Several processes append under a lock file.
// GUI thread; an append is one small write. A broken last line (power cut) is set aside with a note line, never dropped in silence.
class Journal {
public:
    Journal(QString file, const Clock &clock);

    Result<void> open();
    Result<qint64> append(JournalEntry entry); // its number; number, atMs and hash are filled in here
    Result<QList<JournalEntry>> read(const QString &resource = {}, const QString &key = {}, int limit = 500) const; // newest first
    Result<void> verify() const;               // Storage with the first line whose hash does not fit

private:
    QString m_file;
    const Clock &m_clock;
    QString m_lastHash;
    qint64 m_lastNumber = 0;
};

} // namespace kboss
