#pragma once

#include "app/services/journal.h"
#include "app/services/syncservice.h"

namespace kboss {

struct FieldChange {
    QString field;
    Value before, after; // SecretMark for secrets
};

// A write to one row, complete before anything is sent: what will change, what it was seen as, how to check and to undo it.
struct WritePlan {
    QString action; // "billing-account.update"
    QString resource, key, name;
    Call call;
    std::vector<FieldChange> changes;
    Row seen; // the row as the person saw it; empty key for a create
    DatasetSpec dataset; // where the row lives; refreshed or patched afterwards
    std::optional<Call> reread; // list call that brings the row; compared in the fields of `compare` before sending
    QStringList compare; // field ids; a difference is a Conflict naming the field, nothing sent
    QStringList carry; // parameters filled from the re-read row where the person left them (secrets travel server to server, in memory only)
    std::optional<Call> inverse; // undoes it; nothing secret in it; `carry` applies to it too
    QList<DatasetId> alsoRefresh;
};

struct ActionOutcome {
    qint64 journalNumber = 0; // of the intent
    Row row; // as the server has it now; empty key after a delete
    bool undoable = false;
    QString note; // technical; not empty where the answer was lost and a second reading showed that the change is there
};

struct BulkResult {
    WritePlan plan;
    Result<ActionOutcome> outcome;
};

// The one way to write. Freezes the plan, journals the intent, re-reads and compares, sends once (never again by itself), journals the outcome,
// patches the cache, refreshes. A send whose answer was lost is outcome "unknown": it is re-read and told, not repeated.
// Refuses with Forbidden (read-only profile) or Offline before anything is journalled. GUI thread.
class ActionRunner : public QObject {
    Q_OBJECT
public:
    ActionRunner(ApiClient *client, CacheStore *store, SyncService *sync, Journal *journal, QObject *parent = nullptr);
    ~ActionRunner() override;

    void setClient(ApiClient *client); // after a re-connect (null = offline)
    void setReadOnly(bool readOnly);
    void setWho(const QString &who, const QString &profile);

    QFuture<Result<ActionOutcome>> run(const WritePlan &plan);
    // One after another; failed ones do not stop the rest. resultReady per row; the job's own result is ok unless cancelled.
    class BulkRun *runMany(std::vector<WritePlan> plans, const QString &title);
    // The inverse of a journalled action, while the object still is as the action left it (else Conflict).
    QFuture<Result<ActionOutcome>> undo(const JournalEntry &entry, const WritePlan &context);

Q_SIGNALS:
    void actionFinished(const QString &action, const QString &key, qint64 journalNumber);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

class BulkRun : public Job {
    Q_OBJECT
public:
    using Job::Job;
    const std::vector<BulkResult> &results() const { return m_results; }
    std::vector<WritePlan> failedPlans() const; // for a retry

Q_SIGNALS:
    void resultReady(int index);

private:
    friend class ActionRunner;
    std::vector<BulkResult> m_results;
};

} // namespace kboss
