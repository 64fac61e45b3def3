// InstallRun: what pages ask and tell it.
#include "app/services/installrun_p.h"

#include "app/base/watchresult.h"

#include <QFile>
#include <algorithm>
#include <nlohmann/json.hpp>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr int mailMs = 50, tickMs = 250;

// The installation's name on hosts, from the first line of its journal; empty = none yet.
QString journalId(const QString &folder)
{
    constexpr qint64 longestLine = 16 * 1024;
    QFile file(folder + u"/journal.jsonl"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray line = file.readLine(longestLine);
    const auto first = nlohmann::json::parse(line.constBegin(), line.constEnd(), nullptr, false);
    const auto found = first.is_object() ? first.find("install") : first.end();
    return first.is_object() && found != first.end() && found->is_string() ? QString::fromStdString(found->get<std::string>()) : QString();
}

} // namespace

InstallRun::Private::Private(RunLent given)
    : lent(std::move(given)), state(lent.state), error{ErrorKind::Cancelled, {}, {}, {}, {}, 0},
      log(lent.shared, lent.shared.files.folderOf(lent.id) + u"/log"_s), mail(std::make_unique<GuiMail>(mailMs)), begunMs(lent.begunMs),
      endedMs(lent.endedMs)
{
    fillSteps();
    ticks.setInterval(tickMs);
}

std::vector<InstallStep> InstallRun::Private::stepsNow() const
{
    const Kind of = lent.kind == Kind::DryRun ? Kind::Install : lent.kind;
    InstallOptions options;
    options.files = lent.files;
    options.platform = lent.platform;
    options.owner = lent.owner;
    return lent.shared.stepsOf(of, lent.worker, lent.plan, options);
}

void InstallRun::Private::fillSteps()
{
    steps = stepInfos(stepsNow(), lent.shared.times);
    places.clear();
    const StepStates known = std::exchange(states, {});
    for (size_t i = 0; i < steps.size(); ++i) {
        places.insert(steps[i].id, i);
        states[steps[i].id] = known.value(steps[i].id);
        states[steps[i].id].id = steps[i].id;
    }
}

void InstallRun::Private::takeFiles(const std::vector<InstallFile> &files)
{
    const bool isSame = std::equal(files.begin(), files.end(), lent.files.begin(), lent.files.end(),
                                   [](const InstallFile &a, const InstallFile &b) { return a.name == b.name && a.size == b.size; });
    if (isSame)
        return;
    lent.files = files;
    fillSteps();
    Q_EMIT q->stepsChanged();
}

InstallRun::InstallRun(std::unique_ptr<Private> parts, QObject *parent) : QObject(parent), d(std::move(parts))
{
    d->q = this;
    connect(&d->ticks, &QTimer::timeout, this, &InstallRun::progressChanged);
    if (d->state == State::Starting)
        d->begin(false);
    else
        d->readOld();
}

InstallRun::~InstallRun()
{
    d->mail.reset(); // nothing comes any more
    if (d->engine)
        d->lent.shared.acts.start([ending = std::exchange(d->engine, nullptr)]() mutable { ending.reset(); });
}

InstallRun::Kind InstallRun::kind() const
{
    return d->lent.kind;
}
InstallRun::State InstallRun::state() const
{
    return d->state;
}
const Error &InstallRun::error() const
{
    return d->error;
}

Error InstallRun::failure() const
{
    for (const InstallStepInfo &step : d->steps) {
        if (const StepStatus status = d->states.value(step.id); status.state == StepStatus::State::Failed)
            return status.error;
    }
    return d->error;
}

const QString &InstallRun::installId() const
{
    return d->installId;
}
const std::vector<InstallStepInfo> &InstallRun::steps() const
{
    return d->steps;
}

const InstallStepInfo *InstallRun::step(const QString &id) const
{
    const auto place = d->places.constFind(id);
    return place == d->places.constEnd() ? nullptr : &d->steps[*place];
}

StepStatus InstallRun::status(const QString &id) const
{
    return d->states.value(id);
}

std::vector<StepStatus> InstallRun::statuses() const
{
    std::vector<StepStatus> all;
    for (const InstallStepInfo &step : d->steps)
        all.push_back(d->states.value(step.id));
    return all;
}

int InstallRun::permille() const
{
    return d->state == State::Done ? 1000 : permilleDone(d->steps, d->states, d->lent.shared.parts.clock->nowMs());
}
qint64 InstallRun::begunMs() const
{
    return d->begunMs;
}

qint64 InstallRun::elapsedMs() const
{
    if (d->begunMs == 0)
        return 0;
    return std::max<qint64>(0, (d->endedMs > 0 ? d->endedMs : d->lent.shared.parts.clock->nowMs()) - d->begunMs);
}

qint64 InstallRun::leftMs() const
{
    if (d->state == State::Done)
        return 0;
    return d->state == State::Running || d->state == State::Starting ? remainingMs(d->steps, d->states, d->lent.shared.parts.clock->nowMs()) : -1;
}

int InstallRun::count(StepStatus::State state) const
{
    return static_cast<int>(std::count_if(d->states.begin(), d->states.end(), [state](const StepStatus &status) { return status.state == state; }));
}
qint64 InstallRun::truthMs() const
{
    return d->truthMs;
}

void InstallRun::pause()
{
    if (d->state != State::Running || !d->engine)
        return;
    d->engine->runner->pause();
    d->setState(State::Paused);
}

void InstallRun::resume()
{
    if (d->state == State::Paused && d->engine) {
        d->setState(State::Running);
        d->engine->runner->resume();
    } else if (d->state == State::Interrupted || d->state == State::Stopped || (d->state == State::Failed && !d->engine)) {
        d->begin(false);
    } else if (d->state == State::Failed) {
        d->setState(State::Starting);
        d->endEngine([this] { d->begin(false); });
    }
}

void InstallRun::stop()
{
    if (d->state == State::Starting && !d->engine) {
        d->stopWanted = true;
        return;
    }
    if (!d->engine || (d->state != State::Running && d->state != State::Paused && d->state != State::Starting))
        return;
    d->engine->runner->stop();
    d->endEngine([this] {
        d->mail->drain();
        if (d->state == State::Done || d->state == State::Failed)
            return; // it had ended by itself
        d->endedMs = d->lent.shared.parts.clock->nowMs();
        d->setState(State::Stopped);
        Q_EMIT ended();
    });
}

std::vector<InstallChoice> InstallRun::choices(const QString &stepId) const
{
    return choicesOf(stepId, d->steps, d->states);
}

QFuture<Result<void>> InstallRun::repeat(const QString &stepId)
{
    if (d->engine)
        return d->order([stepId](InstallRunner &runner) { return runner.repeat(stepId); }, true);
    return d->order({}, true); // a new runner tries again whatever has failed
}

QFuture<Result<void>> InstallRun::undo(const QString &stepId)
{
    return d->order([stepId](InstallRunner &runner) { return runner.undo(stepId); }, false);
}

QFuture<Result<void>> InstallRun::undoHost(const QString &host)
{
    return d->order([host](InstallRunner &runner) { return runner.undoHost(host); }, false);
}

QStringList InstallRun::logHosts() const
{
    return d->log.hosts();
}
InstallLogPage InstallRun::log(const QString &host) const
{
    return d->log.page(host);
}
qint64 InstallRun::firstLogNumber(const QString &host) const
{
    return d->log.first(host);
}
qint64 InstallRun::logEnd(const QString &host) const
{
    return d->log.end(host);
}
const StepLogLine *InstallRun::logLine(const QString &host, qint64 number) const
{
    return d->log.line(host, number);
}
QFuture<Result<void>> InstallRun::exportLog(const QString &host, const QString &file) const
{
    return d->log.exportTo(host, file);
}

// `goesOn`: the rest may go on as well where there was no runner any more; else only what is ordered is done.
QFuture<Result<void>> InstallRun::Private::order(Then then, bool goesOn)
{
    if (engine) {
        const Result<void> said = then ? then(*engine->runner) : Result<void>();
        if (said && state == State::Failed) {
            endedMs = 0;
            setState(State::Running);
        }
        return readyResult<void>(said);
    }
    if (state != State::Interrupted && state != State::Stopped && state != State::Failed && state != State::Done)
        return readyResult<void>(fail(ErrorKind::Conflict, u"The run is just beginning"_s));
    auto promise = std::make_shared<QPromise<Result<void>>>();
    promise->start();
    const auto future = promise->future();
    begin(!goesOn, std::move(then), promise);
    return future;
}

void InstallRun::Private::take(const RunInbox::Batch &batch)
{
    for (const QString &id : batch.order)
        takeStatus(batch.changed.value(id));
    if (!batch.lines.empty()) {
        log.append(batch.lines);
        Q_EMIT q->logged(batch.lines);
    }
    if (batch.ended)
        finish();
}

void InstallRun::Private::takeStatus(const StepStatus &status)
{
    if (!places.contains(status.id))
        return;
    StepStatus &known = states[status.id];
    if (status.state != StepStatus::State::Waiting && status.state != known.state)
        truthMs = lent.shared.parts.clock->nowMs();
    known = status;
    Q_EMIT q->stepChanged(status);
}

// The runner has nothing to do any more: all is done, or somebody has to choose.
void InstallRun::Private::finish()
{
    if (!engine || (state != State::Running && state != State::Starting && state != State::Paused))
        return;
    const bool isAll = std::all_of(states.begin(), states.end(), [](const StepStatus &status) { return isSettled(status.state); });
    if (state == State::Paused && !isAll)
        return; // resume() goes on
    learnTimes();
    endedMs = lent.shared.parts.clock->nowMs();
    if (isAll || lent.kind == Kind::DryRun)
        endEngine();
    setState(isAll ? State::Done : State::Failed);
    Q_EMIT q->ended();
}

void InstallRun::Private::learnTimes()
{
    if (lent.kind == Kind::DryRun)
        return;
    bool isNew = false;
    for (const InstallStepInfo &step : steps) {
        const StepStatus status = states.value(step.id);
        if (status.state != StepStatus::State::Done || status.alreadyDone || status.beganMs == 0 || status.endedMs < status.beganMs
            || counted.contains(step.id))
            continue;
        counted.insert(step.id);
        lent.shared.times.add(step.name, status.endedMs - status.beganMs);
        isNew = true;
    }
    if (isNew)
        lent.shared.disk.start([times = lent.shared.times, file = lent.shared.timesFile()] { (void)times.write(file); }); // they are only estimates
}

void InstallRun::Private::setState(State next)
{
    if (state == next)
        return;
    state = next;
    if (state == State::Running)
        ticks.start();
    else
        ticks.stop();
    Q_EMIT q->stateChanged();
    Q_EMIT q->progressChanged();
}

InstallReport InstallRun::Private::report() const
{
    return makeReport(lent.plan, installId, stepsNow(), q->statuses(), engine ? engine->journal->lines() : lines);
}

void InstallRun::Private::readOld()
{
    struct Old {
        std::vector<JournalLine> lines;
        QString installId;
    };
    auto work = [&shared = lent.shared, id = lent.id, journal = lent.journal]() -> Result<Old> {
        auto read = shared.files.journalLines(id, journal);
        return read ? Result<Old>(Old{std::move(*read), journalId(shared.files.folderOf(id) + u'/' + journal)}) : Result<Old>(fail(read.error()));
    };
    watchResult(InstallShared::run(lent.shared.disk, std::move(work)), q, [this](const Result<Old> &read) {
        if (engine || state == State::Starting)
            return; // what the hosts say is newer
        if (!read) {
            error = read.error();
            Q_EMIT q->stateChanged();
            return;
        }
        lines = read->lines;
        installId = read->installId;
        states = statesOf(steps, lines);
        for (const InstallStepInfo &step : steps)
            Q_EMIT q->stepChanged(states.value(step.id));
        Q_EMIT q->progressChanged();
    });
    watchResult(log.readTails(), q, [this](const Result<InstallLog::Tails> &tails) {
        if (!tails)
            return;
        log.takeTails(*tails);
        for (const auto &tail : *tails)
            Q_EMIT q->logged(tail);
    });
}

} // namespace kboss
