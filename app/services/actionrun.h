#pragma once

#include "app/services/rowsearch.h"
#include "app/services/writejson.h"

#include <QPromise>
#include <functional>

namespace kboss {

// One write from intent to outcome. GUI thread; owned by the runner; deletes itself when it has ended.
class ActionRun : public QObject {
    Q_OBJECT
public:
    struct Parts {
        QPointer<ApiClient> client;
        CacheStore *store = nullptr;
        Journal *journal = nullptr;
        QThreadPool *pool = nullptr;
        QString who, profile;
        std::function<void(const DatasetId &, bool patched)> afterWrite;
    };

    ActionRun(Parts parts, const WritePlan &plan, ExpectedFields expected, qint64 undoes, QObject *parent);
    ~ActionRun() override;

    QFuture<Result<ActionOutcome>> start();
    bool succeeded() const { return m_succeeded; }
    qint64 journalNumber() const { return m_intent.number; }

Q_SIGNALS:
    void ended();

private:
    Result<void> prepare();
    void begin();
    void search(void (ActionRun::*handler)(const Result<ServerRow> &));
    void compareAndSend(const Result<ServerRow> &now);
    void send();
    void answered(const Result<WireResponse> &answer);
    void accepted(const WireResponse &answer);
    void refused(const Error &error);
    void rereadAfterAccept(const Result<ServerRow> &now);
    void rereadAfterLoss(const Result<ServerRow> &now);
    bool covers(const Row &row) const;
    void patch(ServerRow row);
    void patchRemoval();
    void succeed(const QString &outcome, const QString &note);
    void failWith(const QString &outcome, Error error);
    void writeOutcome(const QString &outcome, const QString &detail, std::function<void()> then);
    void end(Result<ActionOutcome> result);

    Parts m_parts;
    WritePlan m_plan;
    ExpectedFields m_expected;
    qint64 m_undoes = 0;
    OperationHandle m_operation, m_reread;
    Effect m_effect = Effect::Act;
    JournalEntry m_intent;
    Row m_before; // as re-read; else as seen
    QStringList m_secrets;
    Error m_lost; // why there was no answer
    ActionOutcome m_outcome;
    bool m_patched = false;
    bool m_succeeded = false;
    bool m_over = false;
    QPromise<Result<ActionOutcome>> m_promise;
};

} // namespace kboss
