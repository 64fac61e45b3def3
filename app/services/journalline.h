#pragma once

#include "app/services/journal.h"

namespace kboss {

// One line of journal.jsonl and its hash: SHA-256 (hex) over the previous line's hash and this line without its own.
QByteArray journalLine(const JournalEntry &entry); // hash included, without the line's end
QString journalHash(const QString &previousHash, const JournalEntry &entry);
Result<JournalEntry> parseJournalLine(const QByteArray &line);

} // namespace kboss
