#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/cluster/installplan.h"

#include <map>
#include <mutex>

namespace kboss {

struct JournalLine {
    // Waiting: another step's undo took it back as well. LeftOut: `step` is "<host>/"; until something is begun there again.
    enum class Kind { Begun, Done, AlreadyDone, Failed, Undoing, Undone, Accepted, Opened, Ended, Waiting, LeftOut };
    qint64 ms = 0;
    Kind kind = Kind::Begun;
    QString step; // id; empty for lines of the whole
    QString detail; // reason of a failure, who accepted what and why; never a secret
    QString owner;
    friend bool operator==(const JournalLine &, const JournalLine &) = default;
};

QByteArray writeJournalLine(const JournalLine &line); // one JSON object and a newline; the same here and on the hosts

// The memory of one installation on this computer: a folder (0700) with plan.json, and journal.jsonl, one JSON object a line, each written and synced before what
// it tells of goes on. A last line that was cut is left out; any other damage is an error that names the line. One journal at a time holds it (lock file; `owner`
// beside it says who), for as long as its process lives. Any thread; blocks for the disk, but for lines() and last().
class InstallJournal {
public:
    // Makes the folder for a new installation, or opens what is there. Conflict when somebody has it (field "owner"), or when it holds another plan of which a step
    // was begun (field "plan").
    static Result<std::unique_ptr<InstallJournal>> create(const QString &folder, const InstallPlan &plan, const QString &owner, const Clock &clock);
    // What is there, with its plan. NotFound, Conflict.
    static Result<std::unique_ptr<InstallJournal>> open(const QString &folder, const QString &owner, const Clock &clock);
    static Result<std::vector<JournalLine>> readLines(const QByteArray &content);
    struct Head {
        QString installId, owner; // empty = there is no journal
    };
    static Head head(const QString &folder); // whoever holds it
    ~InstallJournal();

    const QString &installId() const; // made at random by create()
    const InstallPlan &plan() const;
    Result<void> write(JournalLine::Kind kind, const QString &step, const QString &detail = {});
    std::vector<JournalLine> lines() const;
    std::map<QString, JournalLine> last() const; // the last line of each step, without Accepted

private:
    struct Private;
    explicit InstallJournal(std::unique_ptr<Private> parts);
    std::unique_ptr<Private> d;
};

} // namespace kboss
