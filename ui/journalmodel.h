#pragma once

#include "app/services/journal.h"
#include "models/resourcetype.h"

#include <QAbstractTableModel>
#include <QTimeZone>

namespace kboss {

// The actions of the audit journal, newest first: an intent and its outcome are one row.
class JournalModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Time, Who, ActionName, Object, Change, Outcome, Number, Columns };

    JournalModel(const ResourceSet *resources, QTimeZone zone, QObject *parent = nullptr);
    void setEntries(const QList<JournalEntry> &entries, const QString &filter);
    const JournalEntry *entry(int row) const;
    bool undoable(int row) const; // done, with an inverse, and not undone since
    QString describe(const JournalEntry &entry) const; // "Billing account · Edit"
    QStringList changes(const JournalEntry &entry) const; // "Credit line: 500,000.00 → 800,000.00"
    void retranslate();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const JournalEntry &entry, int column) const;
    QString outcomeText(const JournalEntry &entry) const;
    Tone outcomeTone(const JournalEntry &entry) const;
    QString valueText(const nlohmann::json &value, const ColumnSpec *column) const;

    const ResourceSet *m_resources;
    QTimeZone m_zone;
    QList<JournalEntry> m_rows;
    QSet<qint64> m_undone; // numbers of intents that were undone
};

} // namespace kboss
