#pragma once

#include "ui/resourcefeed.h"

#include <QScrollArea>

namespace kboss {

class WriteController;

// What became of one row: the versions the cache has kept, newest first, and what was done to it from here, with undo. GUI thread.
class RowHistory : public QScrollArea {
    Q_OBJECT
public:
    RowHistory(WriteController *writer, QWidget *parent);
    void setRow(const Row &row);
    int entryCount() const { return m_entries; }

Q_SIGNALS:
    void counted(int entries);

private:
    void rebuild(const std::vector<RowChange> &changes);
    QWidget *makeChange(const RowChange &change);
    QWidget *makeJournal(const JournalEntry &entry, bool newest);
    QString fieldLine(const QString &field, const nlohmann::json &before, const nlohmann::json &after) const;

    WriteController *m_writer;
    ResourceFeed *m_feed;
    Row m_row;
    int m_entries = 0;
    int m_asked = 0;
};

} // namespace kboss
