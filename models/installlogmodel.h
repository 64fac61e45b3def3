#pragma once

#include "models/foldedlog.h"

#include <QAbstractListModel>
#include <QTimer>

namespace kboss {

// One host's log as rows: where wanted the newest errors first under a heading, then all lines by time. Searching goes through the lines in slices, so that
// 200,000 of them never hold anything up. GUI thread.
class InstallLogModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { TimeRole = 0x1300, SourceRole, KindRole, HeadRole, FoldRole, HitRole };
    enum class Kind { Line, Error, Probe, Runner, Fold, Head };
    static constexpr int mostPinned = 12;

    explicit InstallLogModel(int capacity = 200'000, QObject *parent = nullptr);

    void append(const std::vector<StepLogLine> &lines);
    void clear();
    void setErrorsFirst(bool first);
    bool errorsFirst() const { return m_errorsFirst; }
    void retranslate();

    void setSearch(const QString &text); // not minding case; empty = none
    const QString &search() const { return m_search; }
    bool isSearching() const { return m_scanned < m_log.entries().size() && !m_search.isEmpty(); }
    qsizetype hits() const { return static_cast<qsizetype>(m_hits.size()); }
    qsizetype currentHit() const { return m_currentHit; } // from 0; -1 = none
    int stepHit(int by); // the row of the next one, round the corner; -1 = none

    qint64 lines() const { return m_log.lines(); }
    qint64 errors() const { return m_errorCount; }
    qint64 dropped() const { return m_log.dropped(); }
    QString textAt(int row) const; // as it is copied: time, source, text

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

Q_SIGNALS:
    void searched(); // hits(), currentHit() or isSearching() changed

private:
    int offset() const { return m_errorsFirst && m_headed ? static_cast<int>(m_pinned.size()) + 2 : 0; }
    const FoldedLog::Entry *entryAt(int row) const; // null = a heading
    void apply(const FoldedLog::Change &change);
    void pin(const std::vector<StepLogLine> &lines);
    void nameHead();
    void scan();
    bool matches(const FoldedLog::Entry &entry) const;
    qint64 serial(size_t at) const { return m_base + static_cast<qint64>(at); }
    QString shownText(const FoldedLog::Entry &entry) const;
    QVariant head(int row, int role) const;

    FoldedLog m_log;
    std::deque<FoldedLog::Entry> m_pinned;
    bool m_errorsFirst = true, m_headed = false; // headed: there was an error
    int m_shown = 0; // entries that are rows
    qint64 m_errorCount = 0;
    int m_headPinned = 0; // as the heading says; it changes between two changes of rows
    qint64 m_headErrors = 0;
    QString m_search;
    std::deque<qint64> m_hits; // serial numbers of entries
    size_t m_scanned = 0;
    qsizetype m_currentHit = -1;
    qint64 m_base = 0; // serial number of the first entry
    QTimer m_scan, m_settle;
};

} // namespace kboss
