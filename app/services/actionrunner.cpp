#include "app/services/actionrunner.h"

#include "app/services/actionrun.h"
#include "app/services/onresult.h"
#include "app/services/valuejson.h"

#include <QThreadPool>
#include <QTimer>

namespace kboss {

struct ActionRunner::Private {
    ActionRunner *q = nullptr;
    QPointer<ApiClient> client;
    CacheStore *store = nullptr;
    QPointer<SyncService> sync;
    Journal *journal = nullptr;
    QThreadPool pool;
    QString who, profile;
    bool readOnly = false;

    using AfterWrite = std::function<void(const DatasetId &, bool)>;

    Result<void> mayWrite() const
    {
        if (readOnly)
            return fail(ErrorKind::Forbidden, QStringLiteral("This profile is read-only"));
        if (!client || client->connection() == ApiClient::Connection::Offline)
            return fail(ErrorKind::Offline, QStringLiteral("The server cannot be reached; nothing was sent"));
        return {};
    }

    void tellSync(const DatasetId &id, bool patched)
    {
        if (sync)
            sync->afterWrite(id, patched);
    }

    QFuture<Result<ActionOutcome>> start(const WritePlan &plan, ExpectedFields expected, qint64 undoes, AfterWrite afterWrite)
    {
        if (const auto may = mayWrite(); !may)
            return QtFuture::makeReadyFuture(Result<ActionOutcome>(fail(may.error())));
        auto *run = new ActionRun({client, store, journal, &pool, who, profile, std::move(afterWrite)}, plan, std::move(expected), undoes, q);
        QObject::connect(run, &ActionRun::ended, q, [this, run, action = plan.action, key = plan.key] {
            if (run->succeeded())
                Q_EMIT q->actionFinished(action, key, run->journalNumber());
        });
        return run->start();
    }
};

namespace {

// The lists that a bulk run touched; each is fetched once, at the end. true = all its rows were patched.
using Touched = QList<std::pair<DatasetId, bool>>;

void touch(Touched &touched, const DatasetId &id, bool patched)
{
    for (auto &[known, allPatched] : touched) {
        if (known == id) {
            allPatched = allPatched && patched;
            return;
        }
    }
    touched.append({id, patched});
}

} // namespace

ActionRunner::ActionRunner(ApiClient *client, CacheStore *store, SyncService *sync, Journal *journal, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>())
{
    d->q = this;
    d->client = client;
    d->store = store;
    d->sync = sync;
    d->journal = journal;
    d->pool.setMaxThreadCount(1);
}

ActionRunner::~ActionRunner()
{
    const auto runs = findChildren<ActionRun *>(Qt::FindDirectChildrenOnly);
    qDeleteAll(runs);
    d->pool.waitForDone();
}

void ActionRunner::setClient(ApiClient *client)
{
    d->client = client;
}
void ActionRunner::setReadOnly(bool readOnly)
{
    d->readOnly = readOnly;
}

void ActionRunner::setWho(const QString &who, const QString &profile)
{
    d->who = who;
    d->profile = profile;
}

QFuture<Result<ActionOutcome>> ActionRunner::run(const WritePlan &plan)
{
    return d->start(plan, expectedAsSeen(plan), 0, [this](const DatasetId &id, bool patched) { d->tellSync(id, patched); });
}

BulkRun *ActionRunner::runMany(std::vector<WritePlan> plans, const QString &title)
{
    struct Steps {
        std::vector<WritePlan> plans;
        Touched touched;
        std::function<void()> next;
    };
    auto *bulk = new BulkRun(title, this);
    auto steps = std::make_shared<Steps>();
    steps->plans = std::move(plans);
    steps->next = [this, bulk, weak = std::weak_ptr<Steps>(steps)] {
        const auto held = weak.lock();
        const size_t index = bulk->m_results.size();
        bulk->setProgress(static_cast<qint64>(index), static_cast<qint64>(held->plans.size()),
                          index < held->plans.size() ? held->plans[index].name : QString());
        if (index == held->plans.size() || bulk->token().stop_requested()) {
            for (const auto &[id, patched] : std::as_const(held->touched))
                d->tellSync(id, patched);
            bulk->finish(index == held->plans.size() ? Result<void>{} : Result<void>(fail(ErrorKind::Cancelled, {})));
            return;
        }
        const WritePlan &plan = held->plans[index];
        const auto afterWrite = [held](const DatasetId &id, bool patched) { touch(held->touched, id, patched); };
        onResult(d->start(plan, expectedAsSeen(plan), 0, afterWrite), bulk, [bulk, held, index](const Result<ActionOutcome> &outcome) {
            bulk->m_results.push_back({held->plans[index], outcome});
            if (!outcome)
                bulk->appendLog(
                    QStringLiteral("%1: %2: %3").arg(held->plans[index].name, errorKindName(outcome.error().kind), outcome.error().detail));
            Q_EMIT bulk->resultReady(static_cast<int>(index));
            QTimer::singleShot(0, bulk, [held] { held->next(); }); // the window breathes between two rows
        });
    };
    QTimer::singleShot(0, bulk, [steps] { steps->next(); });
    return bulk;
}

QFuture<Result<ActionOutcome>> ActionRunner::undo(const JournalEntry &entry, const WritePlan &context)
{
    const auto refuse = [](ErrorKind kind, const QString &reason) { return QtFuture::makeReadyFuture(Result<ActionOutcome>(fail(kind, reason))); };
    if (entry.profile != d->profile)
        return refuse(ErrorKind::Rejected, QStringLiteral("This change was made on another server"));
    const auto call = callOfInverse(entry.inverse, entry.key);
    if (!call)
        return refuse(call.error().kind, call.error().detail);
    ExpectedFields expected = expectedOf(entry.after, context.dataset.schema);
    if (!context.reread || expected.empty())
        return refuse(ErrorKind::Rejected, QStringLiteral("It cannot be checked whether the object still is as this action left it"));
    WritePlan plan = context;
    plan.action = entry.action + QStringLiteral(".undo");
    plan.key = entry.key;
    plan.name = entry.name;
    plan.resource = entry.resource;
    plan.call = *call;
    plan.inverse.reset();
    plan.changes.clear();
    for (const auto &[field, after] : expected) {
        const std::string name = field.toStdString();
        const auto before = entry.before.is_object() ? entry.before.value(name, nlohmann::json()) : nlohmann::json();
        plan.changes.push_back({field, valueFromJson(after), valueFromJson(before)});
    }
    const qint64 undone = entry.outcome == QLatin1String("intent") ? entry.number : entry.refersTo;
    return d->start(plan, std::move(expected), undone, [this](const DatasetId &id, bool patched) { d->tellSync(id, patched); });
}

std::vector<WritePlan> BulkRun::failedPlans() const
{
    std::vector<WritePlan> plans;
    for (const BulkResult &result : m_results) {
        if (!result.outcome)
            plans.push_back(result.plan);
    }
    return plans;
}

} // namespace kboss
