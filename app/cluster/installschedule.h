#pragma once

#include "app/cluster/installrunner.h"

#include <QHash>
#include <deque>
#include <optional>
#include <set>

namespace kboss {

// Which step of which host may begin: the runner's table, without threads or time. Guarded by its owner.
class InstallSchedule {
public:
    struct Entry {
        InstallStep step;
        StepStatus status;
        size_t lane = 0;
        std::vector<size_t> after; // indices
        QString fault; // of `after`; empty = none
        bool begun = false; // this installation has begun it at some time, and not undone it
        std::optional<JournalLine::Kind> last; // the journal's last line of it
        bool isOpen = false; // was probed Open, and waits for its turn in its group
        bool hasTurn = false; // counts in its group
    };
    struct Order {
        enum class Kind { Undo, UndoHost, Release, LeaveOut } kind = Kind::Undo;
        size_t step = 0; // of Undo
        QString why = {}; // of LeaveOut
    };
    // A host, and what goes on there.
    struct Lane {
        QString host;
        std::vector<size_t> steps; // in order
        bool aside = false, busy = false, lockHeld = false;
        bool leftOut = false; // aside for good: nobody waits for it
        std::deque<Order> orders;
        CancelSource current; // of the call under way
        std::optional<Error> lost; // its lock is somebody else's, or nobody's
        std::optional<HostLock> met; // somebody else's lock that keeps us out
        std::optional<LockBreak> breaks; // the one that may be broken
    };

    InstallSchedule(std::vector<InstallStep> steps, const std::vector<JournalLine> &lines);

    std::vector<Entry> entries;
    std::vector<Lane> lanes;

    std::optional<size_t> find(const QString &stepId) const;
    std::optional<size_t> laneOf(const QString &host) const;
    std::optional<size_t> next(size_t lane) const; // what may begin there now
    bool takeTurn(size_t step); // in its group; false = it is full, or others come first: then the step waits with isOpen
    void endTurn(size_t step);
    bool isIdle() const; // nothing runs or was ordered, and nothing may begin
    bool isAllDone() const;
    bool isSettled(size_t step) const; // Done, NotNeeded, WouldRun
    bool dependsOnWouldRun(size_t step) const;
    QStringList joinedAfter(size_t lane) const; // other hosts of the cluster that this one began: begun, and not undone
    std::vector<size_t> goesWithReset(size_t step) const; // of its host, what its undo takes back besides itself

    // Changes of states; each gives the steps whose status it changed.
    std::vector<size_t> setAside(size_t lane);
    std::vector<size_t> setBlockedAside(); // when idle: what waits for what will not come
    std::vector<size_t> bringBack(size_t step); // for repeat()
    std::vector<size_t> leaveOut(size_t lane); // and brings back what waited for it elsewhere

private:
    enum class Need { Met, Coming, Never };
    Need needOf(const Entry &entry, size_t other) const;
    Need needsOf(const Entry &entry) const;
    bool mayTakeTurn(size_t step) const;
    void readJournal(const std::vector<JournalLine> &lines);

    QHash<QString, size_t> m_index;
    struct Group {
        int running = 0;
        std::set<size_t> waiting;
    };
    QHash<QString, Group> m_groups;
};

} // namespace kboss
