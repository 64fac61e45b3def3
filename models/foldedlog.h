#pragma once

#include "app/cluster/installrunner.h"

#include <deque>

namespace kboss {

// The lines of one host's log, the newest `capacity` of them, with repetitions folded: when the last one to four lines come again as they were, they stand once and
// a line after them counts how often they came. Exact: what does not go on repeating is shown as it came. A value; any thread, one at a time.
class FoldedLog {
public:
    struct Entry {
        qint64 ms = 0; // of a fold: of the last repeated line
        StepLogLine::Kind kind = StepLogLine::Kind::Output;
        QString step, text;
        int foldedLines = 0, folds = 0; // of a fold: so many lines, so often more
        bool isFold() const { return folds > 0; }
    };
    struct Change {
        int removedBack = 0, added = 0; // in this order
        bool lastChanged = false; // of what was there before, the last; nothing was removed then
        int removedFront = 0; // to be taken away by dropFront(), after the others
    };

    explicit FoldedLog(int capacity = 200'000) : m_capacity(capacity) { }

    Change append(const std::vector<StepLogLine> &lines);
    void dropFront(int count);
    Change settle(); // what began like another repetition and did not go on is shown as it came
    bool isSettled() const { return m_pending.empty(); }
    const std::deque<Entry> &entries() const { return m_entries; }
    qint64 lines() const { return m_lines; } // that came in all
    qint64 dropped() const { return m_dropped; } // entries that had to go, and those that are to
    void clear();

private:
    Change changed(size_t before); // since the last call
    void take(const StepLogLine &line);
    void fold();
    void spill(); // lines of a repetition that did not go on

    std::deque<Entry> m_entries;
    std::deque<Entry> m_pending; // of the repetition under way
    int m_capacity;
    size_t m_low = 0; // entries that were never touched since changed()
    bool m_foldGrew = false;
    qint64 m_lines = 0, m_dropped = 0;
};

} // namespace kboss
