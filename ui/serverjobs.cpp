#include "ui/serverjobs.h"

#include "app/base/job.h"
#include "app/base/watchresult.h"
#include "app/services/serverfeatures.h"
#include "ui/joblist.h"
#include "ui/settings.h"

#include <QJsonArray>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr const char *operation = "getCpcjob", *resource = "cluster-job";

QString textOf(const nlohmann::json &row, const char *member)
{
    const auto found = row.find(member);
    return found != row.end() && found->is_string() ? QString::fromStdString(found->get_ref<const std::string &>()) : QString();
}

qint64 numberOf(const nlohmann::json &row, const char *member)
{
    const auto found = row.find(member);
    return found != row.end() && found->is_number_integer() ? found->get<qint64>() : 0;
}

nlohmann::json rowsIn(const WireResponse &answer)
{
    const auto whole = nlohmann::json::parse(answer.body.begin(), answer.body.end(), nullptr, false);
    const nlohmann::json::json_pointer rows("/data/rows");
    return !whole.is_discarded() && whole.contains(rows) && whole[rows].is_array() ? whole[rows] : nlohmann::json::array();
}

Error cancelled()
{
    Error error;
    error.kind = ErrorKind::Cancelled;
    return error;
}

} // namespace

ServerJobs::ServerJobs(const AppContext &context, QObject *parent) : QObject(parent), m_context(context)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ServerJobs::ask);
    for (const QJsonValue &id : context.settings->value(u"server-jobs/"_s + context.session->profile().id).toArray())
        m_jobs.insert(id.toString(), {});
    connect(context.session, &Session::stateChanged, this, [this](Session::State state) {
        ++m_generation;
        m_asking = false;
        m_timer.stop();
        if (state == Session::State::Online)
            askNow();
    });
    connect(context.session->actions(), &ActionRunner::actionFinished, this, [this](const QString &action) {
        const ResourceType *type = m_context.resources->find(action.section(u'.', 0, 0));
        const Action *done = type ? type->action(action.section(u'.', 1, 1)) : nullptr;
        if (done && done->refresh.contains(QLatin1String(resource)))
            askNow();
    });
    if (context.session->state() == Session::State::Online)
        askNow();
}

ServerJobs::~ServerJobs()
{
    remember();
    for (const Followed &followed : std::as_const(m_jobs)) {
        if (!followed.job)
            continue;
        followed.job->appendLog(tr("No longer watched from here. It goes on in the service."));
        followed.job->finish(fail(cancelled()));
    }
}

void ServerJobs::remember()
{
    m_context.settings->setValue(u"server-jobs/"_s + m_context.session->profile().id, QJsonArray::fromStringList(m_jobs.keys()));
}

bool ServerJobs::canAsk() const
{
    return m_context.session->state() == Session::State::Online && m_context.session->client()
        && !m_context.session->features()->isMissing(QLatin1String(operation));
}

void ServerJobs::askNow()
{
    m_pauseMs = quickMs;
    m_timer.stop();
    ask();
}

void ServerJobs::ask()
{
    if (!canAsk())
        return;
    if (m_asking) {
        m_again = true;
        return;
    }
    m_asking = true;
    const int generation = m_generation;
    const auto answer = m_context.session->client()->send({QLatin1String(operation), {{"open", "1"}}, {}});
    watchResult(answer, this, [this, generation](const Result<WireResponse> &result) {
        if (generation != m_generation)
            return;
        m_asking = false;
        if (std::exchange(m_again, false))
            return askNow();
        if (!result)
            return failed();
        m_context.session->features()->tellStandalone(); // an extension of its own: no other server answers it
        take(rowsIn(*result));
    });
}

void ServerJobs::take(const nlohmann::json &rows)
{
    bool moved = false;
    QSet<QString> open;
    for (const nlohmann::json &row : rows) {
        const QString id = textOf(row, "id");
        if (id.isEmpty())
            continue;
        open.insert(id);
        moved = progress(id, row) || moved;
    }
    for (const QString &id : m_jobs.keys()) {
        if (!open.contains(id))
            askEnd(id);
    }
    remember();
    next(moved);
}

// Its end, and why; a job that nobody knows any more was cleared away with its cluster's history.
void ServerJobs::askEnd(const QString &id)
{
    const int generation = m_generation;
    const auto answer = m_context.session->client()->send({QLatin1String(operation), {{"id", id.toStdString()}}, {}});
    watchResult(answer, this, [this, generation, id](const Result<WireResponse> &result) {
        if (generation != m_generation || !result || !m_jobs.contains(id))
            return;
        const nlohmann::json rows = rowsIn(*result);
        if (rows.empty())
            drop(id);
        else
            takeEnd(id, rows.front());
    });
}

void ServerJobs::takeEnd(const QString &id, const nlohmann::json &row)
{
    const QString state = textOf(row, "state"), why = textOf(row, "message");
    if (state != "done"_L1 && state != "failed"_L1) {
        progress(id, row);
        return next(true);
    }
    QPointer<Job> job = jobOf(id, row);
    const QString title = job->title(), center = textOf(row, "cpcid");
    m_jobs.remove(id);
    remember();
    if (m_jobs.isEmpty())
        m_timer.stop();
    if (!why.isEmpty())
        job->appendLog(why);
    job->setProgress(state == "done"_L1 ? 100 : numberOf(row, "percent"), 100, wordOf("step_name", row));
    job->finish(state == "done"_L1 ? Result<void>() : Result<void>(fail(ErrorKind::Rejected, why)));
    const QString told = state == "done"_L1 ? tr("Done: %1").arg(title)
        : why.isEmpty()                     ? tr("Failed: %1").arg(title)
                                            : tr("Failed: %1. %2").arg(title, why);
    m_context.showNotice(told, tr("Show the job"), [open = m_context.openRow, center, id] {
        if (open)
            open(QLatin1String(resource), {center}, id, {});
    });
}

bool ServerJobs::progress(const QString &id, const nlohmann::json &row)
{
    Job *job = jobOf(id, row);
    if (!job)
        return false; // a person does not want to see it any more
    const qint64 before = job->done();
    const QString step = wordOf("step_name", row), stepBefore = job->step();
    if (step != stepBefore && !step.isEmpty())
        job->appendLog(step);
    job->setProgress(numberOf(row, "percent"), 100, step);
    if (job->token().stop_requested()) {
        job->appendLog(tr("No longer watched from here. It goes on in the service."));
        job->finish(fail(cancelled()));
    }
    return job->done() != before || step != stepBefore;
}

Job *ServerJobs::jobOf(const QString &id, const nlohmann::json &row)
{
    Followed &followed = m_jobs[id];
    const bool unseen = followed.center.isEmpty();
    followed.center = textOf(row, "cpcid");
    const QString state = textOf(row, "state");
    if (!followed.job && (unseen || state == "done"_L1 || state == "failed"_L1)) {
        followed.job = new Job(titleOf(row), this);
        m_context.jobs->add(followed.job);
    }
    return followed.job;
}

void ServerJobs::drop(const QString &id)
{
    const Followed followed = m_jobs.take(id);
    remember();
    if (followed.job)
        followed.job->finish(fail(cancelled()));
    if (m_jobs.isEmpty())
        m_timer.stop();
}

void ServerJobs::next(bool moved)
{
    m_pauseMs = moved ? quickMs : std::min(slowMs, m_pauseMs * 3 / 2);
    if (m_jobs.isEmpty())
        m_timer.stop();
    else
        m_timer.start(m_pauseMs);
}

void ServerJobs::failed()
{
    m_pauseMs = std::min(failedMs, m_pauseMs * 2);
    if (!m_jobs.isEmpty() && canAsk())
        m_timer.start(m_pauseMs);
}

// The view's word for what the service calls it; what the view does not know as it came.
QString ServerJobs::wordOf(const char *field, const nlohmann::json &row) const
{
    const QString value = textOf(row, field);
    const ResourceType *type = m_context.resources->find(QLatin1String(resource));
    const ColumnSpec *column = type ? type->column(QLatin1String(field)) : nullptr;
    for (const EnumLabel &known : column ? column->values : std::vector<EnumLabel>()) {
        if (known.value == value)
            return known.label.text();
    }
    return value;
}

QString ServerJobs::titleOf(const nlohmann::json &row) const
{
    QStringList words{wordOf("kind", row)};
    const QString node = textOf(row, "node_name"), cluster = textOf(row, "clustername");
    if (!node.isEmpty() && textOf(row, "kind").endsWith("_worker"_L1))
        words << node;
    if (!cluster.isEmpty())
        words << cluster;
    return words.join(u" · "_s);
}

} // namespace kboss
