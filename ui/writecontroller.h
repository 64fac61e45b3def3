#pragma once

#include "ui/resourcefeed.h"

#include <functional>

namespace kboss {

// Writes to one resource's rows: saving a form, removing rows after asking, undo - each with its result in the message bar. GUI thread.
class WriteController : public QObject {
    Q_OBJECT
public:
    WriteController(ResourceFeed *feed, QWidget *parent);

    ResourceFeed *feed() const { return m_feed; }
    const Action *action(const QString &id) const { return m_feed->type().action(id); }
    bool allows(const Action &action, const Row *row) const; // enabledWhen, offline, read-only
    bool masterAllows(const Action &action) const; // masterWhen

    Result<WritePlan> plan(const Action &action, const Row &row, const FormInput &input) const;
    // The handler runs once; the message bar has been told already, except of faults that belong to a field of the form.
    void save(const WritePlan &plan, std::function<void(const Result<ActionOutcome> &)> handler);
    // Lists the rows by name, asks, then removes them one after another.
    void askRemove(const std::vector<Row> &rows);
    void undo(const JournalEntry &entry, const Row &row);
    void undoPlan(const WritePlan &plan, qint64 journalNumber);

Q_SIGNALS:
    void written(const QString &key); // a row was changed, made or removed by us
    void madeRow(const QString &key); // by a create

private:
    void askRemoveWith(const std::vector<Row> &rows, const QStringList &consequences); // what else goes and comes back
    void remove(const std::vector<Row> &rows);
    void runUndo(const JournalEntry &entry, const WritePlan &context);
    void removeOne(const Row &row);
    void tellSaved(const WritePlan &plan, const ActionOutcome &outcome);
    QString whatOf(const WritePlan &plan) const;

    ResourceFeed *m_feed;
    QWidget *m_window;
};

// Why nothing was sent: which field somebody else changed meanwhile.
QString conflictText(const Error &error, const ResourceType &type);

} // namespace kboss
