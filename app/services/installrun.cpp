// InstallRun: what pages ask and tell it.
#include "app/services/installrun_p.h"

#include "app/base/watchresult.h"
#include "app/services/installways.h"

#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr int mailMs = 50, tickMs = 250;

} // namespace

InstallRun::Private::Private(RunLent what)
    : lent(std::move(what)), state(lent.state), error{ErrorKind::Cancelled, {}, {}, {}, {}, 0},
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
        return;
    }
    if (d->state != State::Interrupted && d->state != State::Stopped && d->state != State::Failed)
        return;
    d->askAgain({});
    auto then = d->undoneAgain();
    if (!d->engine)
        return d->begin(false, std::move(then));
    d->setState(State::Starting);
    d->endEngine([this, then = std::move(then)] { d->begin(false, then); });
}

void InstallRun::stop()
{
    if (d->state == State::Starting && !d->engine) {
        d->stopWanted = true;
        return;
    }
    if (!d->engine || (d->state != State::Running && d->state != State::Paused && d->state != State::Starting))
        return;
    d->endEngine([this] {
        d->mail->drain();
        if (d->state == State::Done || d->state == State::Failed)
            return; // it had ended by itself
        d->endedMs = d->lent.shared.parts.clock->nowMs();
        d->setState(State::Stopped);
        Q_EMIT ended();
    });
}

InstallRun::Ways InstallRun::ways() const
{
    return waysOf(d->lent.kind, d->state, d->engine != nullptr, d->steps, d->states);
}

std::vector<InstallChoice> InstallRun::choices(const QString &stepId) const
{
    std::vector<InstallChoice> choices = choicesOf(stepId, d->steps, d->states);
    const InstallStepInfo *info = step(stepId);
    if (!info)
        return choices;
    choices.push_back(leaveOutChoice(d->lent.kind, *info, d->lent.plan, d->steps, d->states));
    if (const auto breaks = breakLockChoice(*info, d->states))
        choices.push_back(*breaks);
    return choices;
}

QFuture<Result<void>> InstallRun::repeat(const QString &stepId)
{
    if (const InstallStepInfo *info = step(stepId))
        d->askAgain(info->host);
    return d->order([stepId](InstallRunner &runner) { return runner.repeat(stepId); }, true);
}

QFuture<Result<void>> InstallRun::undo(const QString &stepId)
{
    return d->order([stepId](InstallRunner &runner) { return runner.undo(stepId); }, false);
}

QFuture<Result<void>> InstallRun::undoHost(const QString &host)
{
    return d->order([host](InstallRunner &runner) { return runner.undoHost(host); }, false);
}

QFuture<Result<void>> InstallRun::leaveOut(const QString &host, const QString &reason)
{
    if (const auto why = whyNotLeftOut(d->lent.kind, host, d->lent.plan, d->steps, d->states); why != InstallChoice::Why::Possible)
        return readyResult<void>(fail(ErrorKind::Rejected, whyNotWords(why), u"host"_s));
    if (reason.trimmed().isEmpty())
        return readyResult<void>(fail(ErrorKind::Rejected, u"A host is only left out with a reason"_s, u"reason"_s));
    return d->order([host, why = reason.trimmed()](InstallRunner &runner) { return runner.leaveOut(host, why); }, true);
}

QStringList InstallRun::leftOut() const
{
    return leftOutHosts(d->steps, d->states);
}

std::vector<InstallLock> InstallRun::locks() const
{
    return locksMet(d->steps, d->states);
}

QFuture<Result<void>> InstallRun::breakLock(const QString &host, const QString &reason)
{
    const std::vector<InstallLock> met = locks();
    const auto lock = std::find_if(met.begin(), met.end(), [&host](const InstallLock &one) { return one.host == host; });
    if (lock == met.end())
        return readyResult<void>(fail(ErrorKind::Rejected, u"No lock of somebody else was met on %1"_s.arg(host), u"host"_s));
    if (reason.trimmed().isEmpty())
        return readyResult<void>(fail(ErrorKind::Rejected, u"A lock is only broken with a reason"_s, u"reason"_s));
    if (d->engine)
        return d->order([host, reason](InstallRunner &runner) { return runner.breakLock(host, reason); }, true);
    d->lent.breaks.insert_or_assign(host, LockBreak{lock->lock, reason.trimmed()});
    return d->order({}, true);
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

// `goesOn`: the rest may go on as well where there was no runner any more; else only what is ordered is done. The runner is told elsewhere: it may
// write first.
QFuture<Result<void>> InstallRun::Private::order(Then then, bool goesOn)
{
    if (engine) {
        ++ordering;
        endTold = false;
        if (state == State::Failed) {
            endedMs = 0;
            setState(State::Running);
        }
        auto work = [kept = engine, then = withAccepted(std::move(then))] { return then ? then(*kept->runner) : Result<void>(); };
        auto future = InstallShared::run(lent.shared.acts, std::move(work));
        watchResult(future, q, [this](const Result<void> &said) {
            --ordering;
            if (!said || endTold)
                finish();
        });
        return future;
    }
    if (state != State::Interrupted && state != State::Stopped && state != State::Failed && state != State::Done)
        return readyResult<void>(fail(ErrorKind::Conflict, u"The run is just beginning"_s));
    auto promise = std::make_shared<QPromise<Result<void>>>();
    promise->start();
    const auto future = promise->future();
    begin(!goesOn, std::move(then), promise);
    return future;
}

// A refused sign-in is final for its connection, until a person wants it tried again: with a new code, or after the account was opened.
void InstallRun::Private::askAgain(const QString &host)
{
    QStringList refused;
    for (const InstallStepInfo &step : steps) {
        const StepStatus status = states.value(step.id);
        const bool isFinal = status.error.kind == ErrorKind::Auth || status.error.kind == ErrorKind::HostKey;
        if (status.state == StepStatus::State::Failed && isFinal && (host.isEmpty() || host == step.host))
            refused << step.host;
    }
    if (lent.links)
        lent.links->renew(refused);
}

InstallRun::Private::Then InstallRun::Private::undoneAgain() const
{
    if (state != State::Failed || anythingElseIsOpen(steps, states))
        return {};
    QStringList first;
    for (const QString &host : undoneHosts(steps, states))
        first << firstOpenStep(host, steps, states);
    if (first.isEmpty())
        return {};
    return [first](InstallRunner &runner) {
        Result<void> said;
        for (const QString &step : first) {
            if (auto told = runner.repeat(step); !told)
                said = told;
        }
        return said;
    };
}

void InstallRun::Private::take(const RunInbox::Batch &batch)
{
    for (const QString &id : batch.order)
        takeStatus(batch.changed.value(id));
    if (!batch.lines.empty()) {
        log.append(batch.lines);
        Q_EMIT q->logged(batch.lines);
    }
    if (batch.ended) {
        endTold = true;
        finish();
    }
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

// The runner has nothing to do any more: all is done, or somebody has to choose. What it told before it was given an order counts no more.
void InstallRun::Private::finish()
{
    const bool isUnderWay = state == State::Running || state == State::Starting || state == State::Paused;
    if (!engine || ordering > 0 || (!isUnderWay && state != State::Failed) || !engine->runner->isEnded())
        return;
    const bool isAll = std::all_of(states.begin(), states.end(), [](const StepStatus &status) { return status.leftOut || isSettled(status.state); });
    if (!isUnderWay && !isAll)
        return;
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

// To be made on any thread while the desk is there: it takes its time for many hosts.
std::function<InstallReport()> InstallRun::Private::report() const
{
    InstallPlan plan = lent.plan;
    plan.acceptedProblems = lent.acceptedProblems();
    return [plan, id = installId, steps = stepsNow(), statuses = q->statuses(), known = engine ? engine->journal->lines() : lines] {
        return makeReport(plan, id, steps, statuses, known);
    };
}

void InstallRun::Private::readOld()
{
    struct Old {
        std::vector<JournalLine> lines;
        QString installId;
    };
    auto work = [&shared = lent.shared, id = lent.id, journal = lent.journal]() -> Result<Old> {
        auto read = shared.files.journalLines(id, journal);
        return read ? Result<Old>(Old{std::move(*read), shared.files.journalHead(id, journal).installId}) : Result<Old>(fail(read.error()));
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
