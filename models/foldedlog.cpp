#include "models/foldedlog.h"

#include <algorithm>

namespace kboss {

namespace {

constexpr int mostFolded = 4;
constexpr int droppedAtOnce = 2'000; // entries, so that views have to move seldom

bool same(const FoldedLog::Entry &a, const FoldedLog::Entry &b)
{
    return !a.isFold() && !b.isFold() && a.kind == b.kind && a.text == b.text && a.step == b.step;
}

} // namespace

FoldedLog::Change FoldedLog::append(const std::vector<StepLogLine> &lines)
{
    const size_t before = m_entries.size();
    m_low = before;
    m_foldGrew = false;
    for (const StepLogLine &line : lines)
        take(line);
    m_lines += static_cast<qint64>(lines.size());
    return changed(before);
}

FoldedLog::Change FoldedLog::settle()
{
    const size_t before = m_entries.size();
    m_low = before;
    m_foldGrew = false;
    spill();
    return changed(before);
}

FoldedLog::Change FoldedLog::changed(size_t before)
{
    Change change;
    change.lastChanged = m_foldGrew && m_low == before;
    change.removedBack = static_cast<int>(before - m_low);
    change.added = static_cast<int>(m_entries.size() - m_low);
    if (m_entries.size() > static_cast<size_t>(m_capacity)) {
        const size_t least = m_entries.size() - static_cast<size_t>(m_capacity);
        const size_t gone = std::max<size_t>(least, static_cast<size_t>(std::min(droppedAtOnce, std::max(1, m_capacity / 10))));
        change.removedFront = static_cast<int>(std::min(gone, m_entries.size()));
        m_dropped += change.removedFront;
    }
    return change;
}

void FoldedLog::dropFront(int count)
{
    m_entries.erase(m_entries.begin(), m_entries.begin() + count);
}

void FoldedLog::take(const StepLogLine &line)
{
    Entry entry{line.ms, line.kind, line.step, line.text};
    if (!m_entries.empty() && m_entries.back().isFold()) {
        const auto period = static_cast<size_t>(m_entries.back().foldedLines);
        const size_t place = m_entries.size() - 1 - period + m_pending.size();
        if (m_entries.size() > period && same(m_entries[place], entry)) {
            m_pending.push_back(std::move(entry));
            if (m_pending.size() == period) {
                m_entries.back().folds += 1;
                m_entries.back().ms = line.ms;
                m_foldGrew = m_foldGrew || m_entries.size() == m_low;
                m_pending.clear();
            }
            return;
        }
        spill();
    }
    m_entries.push_back(std::move(entry));
    fold();
}

void FoldedLog::spill()
{
    for (Entry &entry : m_pending)
        m_entries.push_back(std::move(entry));
    m_pending.clear();
}

void FoldedLog::fold() // the end, where it says the same twice
{
    const size_t count = m_entries.size();
    for (size_t period = 1; period <= mostFolded && 2 * period <= count; ++period) {
        bool repeats = true;
        for (size_t i = 0; i < period && repeats; ++i)
            repeats = same(m_entries[count - 1 - i], m_entries[count - 1 - i - period]);
        if (!repeats)
            continue;
        Entry entry;
        entry.ms = m_entries.back().ms;
        entry.kind = StepLogLine::Kind::Runner;
        entry.foldedLines = static_cast<int>(period);
        entry.folds = 1;
        m_entries.erase(m_entries.end() - static_cast<std::ptrdiff_t>(period), m_entries.end());
        m_low = std::min(m_low, m_entries.size());
        m_entries.push_back(std::move(entry));
        return;
    }
}

void FoldedLog::clear()
{
    m_entries.clear();
    m_pending.clear();
    m_lines = m_dropped = 0;
}

} // namespace kboss
