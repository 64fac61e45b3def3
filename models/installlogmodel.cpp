#include "models/installlogmodel.h"

#include "models/installstepwords.h"
#include "models/installwords.h"

#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t slice = 20'000; // entries looked through in one go
constexpr int settleMs = 1'000;

InstallLogModel::Kind kindOf(const FoldedLog::Entry &entry)
{
    if (entry.isFold())
        return InstallLogModel::Kind::Fold;
    switch (entry.kind) {
    case StepLogLine::Kind::Error:
        return InstallLogModel::Kind::Error;
    case StepLogLine::Kind::Probe:
        return InstallLogModel::Kind::Probe;
    case StepLogLine::Kind::Runner:
        return InstallLogModel::Kind::Runner;
    case StepLogLine::Kind::Output:
        break;
    }
    return InstallLogModel::Kind::Line;
}

} // namespace

InstallLogModel::InstallLogModel(int capacity, QObject *parent) : QAbstractListModel(parent), m_log(capacity)
{
    m_scan.setSingleShot(true);
    m_settle.setSingleShot(true);
    m_settle.setInterval(settleMs);
    connect(&m_scan, &QTimer::timeout, this, &InstallLogModel::scan);
    connect(&m_settle, &QTimer::timeout, this, [this] { apply(m_log.settle()); });
}

void InstallLogModel::append(const std::vector<StepLogLine> &lines)
{
    if (lines.empty())
        return;
    pin(lines);
    apply(m_log.append(lines));
    if (!m_log.isSettled())
        m_settle.start();
}

void InstallLogModel::pin(const std::vector<StepLogLine> &lines)
{
    std::vector<FoldedLog::Entry> errors;
    for (const StepLogLine &line : lines) {
        if (line.kind == StepLogLine::Kind::Error)
            errors.push_back({line.ms, line.kind, line.step, line.text});
    }
    if (errors.empty())
        return;
    m_errorCount += static_cast<qint64>(errors.size());
    if (errors.size() > mostPinned)
        errors.erase(errors.begin(), errors.end() - mostPinned);
    const int over = std::max(0, static_cast<int>(m_pinned.size() + errors.size()) - mostPinned);
    if (over > 0) {
        if (m_errorsFirst)
            beginRemoveRows({}, 1, over);
        m_pinned.erase(m_pinned.begin(), m_pinned.begin() + over);
        if (m_errorsFirst)
            endRemoveRows();
    }
    const bool heads = !m_headed; // they come with the first
    if (m_errorsFirst) {
        const int from = heads ? 0 : static_cast<int>(m_pinned.size()) + 1;
        beginInsertRows({}, from, from + static_cast<int>(errors.size()) + (heads ? 1 : -1));
    }
    m_pinned.insert(m_pinned.end(), errors.begin(), errors.end());
    if (heads)
        nameHead(); // a new row says at once what it is
    m_headed = true;
    if (m_errorsFirst) {
        endInsertRows();
        nameHead();
        Q_EMIT dataChanged(index(0), index(0));
    }
}

void InstallLogModel::nameHead()
{
    m_headPinned = static_cast<int>(m_pinned.size());
    m_headErrors = m_errorCount;
}

void InstallLogModel::apply(const FoldedLog::Change &change)
{
    if (change.removedBack > 0) {
        const int last = offset() + m_shown - 1;
        beginRemoveRows({}, last - change.removedBack + 1, last);
        m_shown -= change.removedBack;
        endRemoveRows();
        m_scanned = std::min(m_scanned, static_cast<size_t>(m_shown));
        while (!m_hits.empty() && m_hits.back() >= serial(static_cast<size_t>(m_shown)))
            m_hits.pop_back();
    }
    if (change.added > 0) {
        beginInsertRows({}, offset() + m_shown, offset() + m_shown + change.added - 1);
        m_shown += change.added;
        endInsertRows();
    }
    if (change.lastChanged) {
        const QModelIndex last = index(offset() + m_shown - change.added - 1);
        Q_EMIT dataChanged(last, last);
    }
    if (change.removedFront > 0) {
        beginRemoveRows({}, offset(), offset() + change.removedFront - 1);
        m_log.dropFront(change.removedFront);
        m_base += change.removedFront;
        m_shown -= change.removedFront;
        endRemoveRows();
        m_scanned -= std::min(m_scanned, static_cast<size_t>(change.removedFront));
        while (!m_hits.empty() && m_hits.front() < m_base) {
            m_hits.pop_front();
            m_currentHit = std::max<qsizetype>(-1, m_currentHit - 1);
        }
    }
    m_currentHit = std::min(m_currentHit, hits() - 1);
    if (!m_search.isEmpty())
        m_scan.start(0);
}

void InstallLogModel::clear()
{
    beginResetModel();
    m_log.clear();
    m_pinned.clear();
    m_hits.clear();
    m_headed = false;
    m_shown = 0;
    m_errorCount = 0;
    m_scanned = 0;
    m_currentHit = -1;
    m_base = 0;
    m_settle.stop();
    endResetModel();
    Q_EMIT searched();
}

void InstallLogModel::setErrorsFirst(bool first)
{
    if (first == m_errorsFirst)
        return;
    nameHead();
    const int heads = m_headed ? static_cast<int>(m_pinned.size()) + 2 : 0;
    if (heads == 0) {
        m_errorsFirst = first;
        return;
    }
    first ? beginInsertRows({}, 0, heads - 1) : beginRemoveRows({}, 0, heads - 1);
    m_errorsFirst = first;
    first ? endInsertRows() : endRemoveRows();
}

void InstallLogModel::retranslate()
{
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

bool InstallLogModel::matches(const FoldedLog::Entry &entry) const
{
    return entry.text.contains(m_search, Qt::CaseInsensitive);
}

void InstallLogModel::setSearch(const QString &text)
{
    if (text == m_search)
        return;
    m_search = text;
    m_hits.clear();
    m_scanned = 0;
    m_currentHit = -1;
    if (m_search.isEmpty())
        m_scan.stop();
    else
        m_scan.start(0);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), {HitRole});
    Q_EMIT searched();
}

void InstallLogModel::scan()
{
    if (m_search.isEmpty())
        return;
    const auto &entries = m_log.entries();
    const size_t end = std::min(static_cast<size_t>(m_shown), m_scanned + slice);
    for (size_t at = m_scanned; at < end; ++at) {
        if (!entries[at].isFold() && matches(entries[at]))
            m_hits.push_back(serial(at));
    }
    m_scanned = std::max(m_scanned, end);
    if (m_scanned < static_cast<size_t>(m_shown))
        m_scan.start(0);
    Q_EMIT searched();
}

int InstallLogModel::stepHit(int by)
{
    const qsizetype count = hits();
    if (count == 0)
        return -1;
    m_currentHit = m_currentHit < 0 ? (by > 0 ? 0 : count - 1) : (m_currentHit + by % count + count) % count;
    Q_EMIT searched();
    return offset() + static_cast<int>(m_hits[static_cast<size_t>(m_currentHit)] - m_base);
}

const FoldedLog::Entry *InstallLogModel::entryAt(int row) const
{
    const int before = offset();
    if (row >= before)
        return row - before < m_shown ? &m_log.entries()[static_cast<size_t>(row - before)] : nullptr;
    const int at = row - 1;
    return at >= 0 && at < static_cast<int>(m_pinned.size()) ? &m_pinned[static_cast<size_t>(at)] : nullptr;
}

QString InstallLogModel::shownText(const FoldedLog::Entry &entry) const
{
    if (!entry.isFold())
        return entry.text;
    const QString times = entry.folds == 1 ? tr("once more until then") : tr("%1 more times until then").arg(entry.folds);
    return entry.foldedLines == 1 ? tr("the line above came %1").arg(times)
                                  : tr("the %1 lines above came %2").arg(QString::number(entry.foldedLines), times);
}

QString InstallLogModel::textAt(int row) const
{
    const FoldedLog::Entry *entry = entryAt(row);
    return entry ? logTime(entry->ms) + u'\t' + entry->step.section(u'/', 1) + u'\t' + shownText(*entry) : QString();
}

int InstallLogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : offset() + m_shown;
}

QVariant InstallLogModel::head(int row, int role) const
{
    if (role == KindRole)
        return static_cast<int>(Kind::Head);
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    if (row > 0)
        return tr("By time");
    return m_headErrors > m_headPinned ? tr("The last %1 of %2 errors").arg(m_headPinned).arg(m_headErrors)
        : m_headErrors == 1            ? tr("1 error")
                                       : tr("%1 errors").arg(m_headErrors);
}

QVariant InstallLogModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const FoldedLog::Entry *entry = entryAt(index.row());
    if (!entry)
        return head(index.row(), role);
    switch (role) {
    case Qt::DisplayRole:
        return shownText(*entry);
    case TimeRole:
        return logTime(entry->ms);
    case SourceRole:
        return stepWord(entry->step.section(u'/', 1));
    case KindRole:
        return static_cast<int>(kindOf(*entry));
    case HitRole:
        return m_currentHit >= 0 && index.row() >= offset()
            && m_hits[static_cast<size_t>(m_currentHit)] == serial(static_cast<size_t>(index.row() - offset()));
    case Qt::AccessibleTextRole:
        return textAt(index.row());
    default:
        return {};
    }
}

} // namespace kboss
