// Installation: its runs, and what is left of them.
#include "app/services/installation_p.h"

#include "app/base/job.h"
#include "app/base/watchresult.h"
#include "app/services/installbrought.h"
#include "app/services/installdesk_p.h"

#include <QSysInfo>

namespace kboss {

using namespace Qt::StringLiterals;
using State = InstallRun::State;
using End = InstallRunRecord::End;

namespace {

QString kubeconfigKey(const InstallShared &shared, const QString &id)
{
    return u"%1/kubeconfig/%2"_s.arg(shared.parts.secretPrefix, id);
}

// Anything but a dry run that is not over.
bool isUnderWay(State state)
{
    return state == State::Starting || state == State::Running || state == State::Paused;
}

} // namespace

bool Installation::Private::isBusy() const
{
    return (run && isUnderWay(run->state())) || (dryRun && isUnderWay(dryRun->state()));
}

QString Installation::Private::ownerNow() const
{
    return u"%1@%2"_s.arg(shared.who, QSysInfo::machineHostName());
}

std::shared_ptr<ServicePlatform> Installation::Private::makePlatform()
{
    ServicePlatform::Parts parts;
    parts.line = gui->line();
    parts.secrets = shared.parts.secrets;
    parts.client = shared.parts.client;
    parts.actions = shared.parts.actions;
    parts.kubeconfigKey = kubeconfigKey(shared, record.id);
    parts.dataKey = shared.parts.dataKey;
    parts.details = record.details;
    parts.registered = [this, sender = mail->sender()](const QString &clusterId) {
        sender.post([this, clusterId] {
            record.clusterId = clusterId;
            touch();
            if (!clusterId.isEmpty())
                trust->bind(clusterId); // whose hosts they are is known by now
        });
    };
    return std::make_shared<ServicePlatform>(std::move(parts), record.plan, record.clusterId);
}

RunLent Installation::Private::lend(InstallRun::Kind kind, const QString &worker, const QString &journal)
{
    const InstallRunRecord *last = record.runs.empty() ? nullptr : &record.runs.back();
    const QString owner = last && kind != InstallRun::Kind::DryRun ? last->by : ownerNow();
    return {shared,
            kind,
            worker,
            owner,
            record.id,
            journal,
            record.plan,
            record.details,
            brought,
            record.accepted,
            links,
            makePlatform(),
            [this] { return signIns->secrets(); },
            kind == InstallRun::Kind::DryRun ? std::function<QFuture<Result<void>>()>() : [this] { return write(); },
            State::Starting,
            0,
            0};
}

InstallOptions Installation::Private::optionsNow()
{
    InstallOptions options;
    options.platform = makePlatform();
    options.owner = ownerNow();
    return options;
}

Result<void> Installation::Private::mayStart() const
{
    if (!faults.empty())
        return fail(ErrorKind::Rejected, u"The plan has faults"_s, faults.front().field);
    for (const HostTrust &host : trust->rows()) {
        if (!host.isGood())
            return fail(ErrorKind::Rejected, u"The key of %1 is not trusted"_s.arg(host.host), u"trust"_s);
    }
    if (isBusy())
        return fail(ErrorKind::Conflict, u"Something is running already"_s);
    return {};
}

Result<InstallRun *> Installation::startDryRun()
{
    if (const auto may = d->mayStart(); !may)
        return fail(may.error());
    RunLent lent = d->lend(InstallRun::Kind::DryRun, {}, u"look"_s);
    d->dryRun.reset(new InstallRun(std::make_unique<InstallRun::Private>(std::move(lent)), nullptr));
    Q_EMIT runChanged();
    return d->dryRun.get();
}

Result<InstallRun *> Installation::start(const QString &breakLock)
{
    if (d->run && d->run->kind() == InstallRun::Kind::Install && d->run->state() != State::Done) {
        if (const auto may = d->mayStart(); !may)
            return fail(may.error());
        d->run->d->lent.breaks = d->breaksFor(breakLock);
        if (InstallRunRecord *last = d->lastRun(); last && !breakLock.isEmpty())
            last->breakLock = breakLock;
        d->run->resume();
        return d->run.get();
    }
    return d->startRun(InstallRun::Kind::Install, {}, breakLock);
}

Result<InstallRun *> Installation::startRemoval(const QString &worker, const QString &breakLock)
{
    return d->startRun(worker.isEmpty() ? InstallRun::Kind::RemoveCluster : InstallRun::Kind::RemoveWorker, worker, breakLock);
}

// Those that a person has seen, and no others.
std::map<QString, LockBreak> Installation::Private::breaksFor(const QString &reason) const
{
    std::map<QString, LockBreak> breaks;
    if (!run || reason.trimmed().isEmpty())
        return breaks;
    for (const InstallLock &met : run->locks())
        breaks.insert_or_assign(met.host, LockBreak{met.lock, reason.trimmed()});
    return breaks;
}

// The run itself waits until that is on disk before it begins anything.
Result<InstallRun *> Installation::Private::startRun(InstallRun::Kind kind, const QString &worker, const QString &breakLock)
{
    if (const auto may = mayStart(); !may)
        return fail(may.error());
    if (const QStringList missing = missingManifests(record.plan, brought);
        kind == InstallRun::Kind::Install && !missing.isEmpty() && !q->isReadingFiles())
        return fail(ErrorKind::Rejected, u"%1 is not among the files that are brought to the hosts"_s.arg(missing.join(u", "_s)), u"filesFolder"_s);
    InstallRunRecord begun;
    begun.kind = kind;
    begun.worker = worker;
    begun.journal = kind == InstallRun::Kind::Install ? u"journal"_s : u"removal-%1"_s.arg(record.runs.size());
    begun.begunMs = shared.parts.clock->nowMs();
    begun.by = ownerNow();
    begun.breakLock = breakLock;
    begun.files = kind == InstallRun::Kind::Install ? brought : std::vector<InstallFile>();
    record.runs.push_back(begun);
    RunLent lent = lend(kind, worker, begun.journal);
    lent.breaks = breaksFor(breakLock);
    if (run)
        lent.before = std::exchange(run->d->engine, nullptr);
    run.reset(new InstallRun(std::make_unique<InstallRun::Private>(std::move(lent)), nullptr));
    watch(run.get());
    runStateChanged();
    Q_EMIT q->runChanged();
    return run.get();
}

void Installation::Private::reopenRun()
{
    const InstallRunRecord *last = lastRun();
    if (!last)
        return;
    for (const InstallRunRecord &one : record.runs) {
        if (one.kind == InstallRun::Kind::Install)
            brought = one.files;
    }
    RunLent lent = lend(last->kind, last->worker, last->journal);
    lent.begunMs = last->begunMs;
    lent.endedMs = last->endedMs;
    switch (last->end) {
    case End::Open:
        lent.state = State::Interrupted;
        break;
    case End::Done:
        lent.state = State::Done;
        break;
    case End::Failed:
        lent.state = State::Failed;
        break;
    case End::Stopped:
        lent.state = State::Stopped;
        break;
    }
    run.reset(new InstallRun(std::make_unique<InstallRun::Private>(std::move(lent)), nullptr));
    watch(run.get());
    updateJob();
}

void Installation::Private::watch(InstallRun *watched)
{
    connect(watched, &InstallRun::stateChanged, q, [this] { runStateChanged(); });
    connect(watched, &InstallRun::progressChanged, q, [this] { updateJob(); });
    connect(watched, &InstallRun::stepsChanged, q, [this, watched] {
        InstallRunRecord *last = lastRun();
        if (!last || watched->kind() != InstallRun::Kind::Install)
            return;
        brought = last->files = watched->d->lent.files;
        touch();
    });
}

void Installation::Private::runStateChanged()
{
    InstallRunRecord *last = lastRun();
    if (!last || !run)
        return;
    const InstallRunRecord before = *last;
    if (run->state() != State::Starting && run->state() != State::Interrupted)
        last->leftOut = run->leftOut();
    switch (run->state()) {
    case State::Done:
        last->end = End::Done;
        break;
    case State::Failed:
        last->end = End::Failed;
        break;
    case State::Stopped:
        last->end = End::Stopped;
        break;
    default:
        last->end = End::Open;
        break;
    }
    last->endedMs = last->end == End::Open ? 0 : shared.parts.clock->nowMs();
    if (last->end != before.end || last->leftOut != before.leftOut) {
        isDirty = true;
        write();
    }
    tellEntry();
    updateJob();
    desk->d->mayGo(q);
}

void Installation::Private::updateJob()
{
    if (!run)
        return;
    const State state = run->state();
    if (!job && (isUnderWay(state) || state == State::Interrupted)) {
        job = new Job(shared.words.title ? shared.words.title(entry, run->kind()) : entry.cluster, desk);
        // The token is asked for while the job says that it has changed: never from within cancel().
        connect(job, &Job::changed, q, [this] {
            if (!job || !job->token().stop_requested() || job->state() != Job::State::Running || !run)
                return;
            if (isUnderWay(run->state()))
                run->stop();
            else
                job->finish(fail(ErrorKind::Cancelled, {}));
        });
        Q_EMIT desk->jobStarted(job);
    }
    if (!job)
        return;
    QString step;
    for (const InstallStepInfo &info : run->steps()) {
        if (isActive(run->status(info.id).state))
            step = shared.words.step ? shared.words.step(info) : info.id;
    }
    job->setProgress(run->permille(), 1000, step);
    if (state == State::Done)
        job->finish({});
    else if (state == State::Stopped)
        job->finish(fail(ErrorKind::Cancelled, {}));
    else if (state == State::Failed)
        job->finish(fail(run->failure()));
    if (state == State::Done || state == State::Stopped || state == State::Failed)
        job = nullptr;
}

InstallRun *Installation::run() const
{
    return d->run.get();
}
InstallRun *Installation::dryRun() const
{
    return d->dryRun.get();
}

// Built anew only when what it is made of has changed: pages ask for it all the time.
const Installation::Private::Preview &Installation::Private::preview()
{
    if (faults.empty() && previewed.plan == record.plan && previewed.owner == ownerNow() && previewed.times == shared.times.revision()
        && previewed.files == brought)
        return previewed;
    previewed = {faults.empty() ? record.plan : InstallPlan(), ownerNow(), brought, shared.times.revision(), {}, 0};
    if (!faults.empty())
        return previewed;
    const InstallOptions options{brought, makePlatform(), previewed.owner};
    previewed.steps = stepInfos(shared.stepsOf(InstallRun::Kind::Install, {}, record.plan, options), shared.times);
    previewed.expectedMs = remainingMs(previewed.steps, {}, shared.parts.clock->nowMs());
    return previewed;
}

std::vector<InstallStepInfo> Installation::preview() const
{
    return d->preview().steps;
}

std::vector<InstallStepInfo> Installation::previewRemoval(const QStringList &workers) const
{
    const InstallOptions options = d->optionsNow();
    const auto kind = workers.isEmpty() ? InstallRun::Kind::RemoveCluster : InstallRun::Kind::RemoveWorker;
    return stepInfos(d->shared.stepsOf(kind, workers.join(u','), d->record.plan, options), d->shared.times);
}

qint64 Installation::removalMs(const QStringList &workers) const
{
    return remainingMs(previewRemoval(workers), {}, d->shared.parts.clock->nowMs());
}

bool Installation::isClusterThere() const
{
    bool isThere = false;
    for (const InstallRunRecord &one : d->record.runs) {
        if (one.end == End::Done && one.kind != InstallRun::Kind::RemoveWorker)
            isThere = one.kind == InstallRun::Kind::Install;
    }
    if (isThere || !d->run || d->run->kind() != InstallRun::Kind::Install)
        return isThere;
    for (const InstallStepInfo &step : d->run->steps()) {
        if (step.name == u"keep-kubeconfig"_s && d->run->status(step.id).state == StepStatus::State::Done)
            return true;
    }
    return false;
}

QStringList Installation::removedWorkers() const
{
    QStringList gone;
    for (const InstallRunRecord &one : d->record.runs) {
        if (one.kind == InstallRun::Kind::RemoveWorker && one.end == End::Done)
            gone += one.worker.split(u',');
        else if (one.kind == InstallRun::Kind::Install)
            gone.clear();
    }
    return gone;
}

qint64 Installation::expectedMs() const
{
    return d->preview().expectedMs;
}

QString Installation::lockOwner() const
{
    if (!d->run)
        return {};
    if (d->run->error().kind == ErrorKind::Conflict)
        return d->run->error().detail; // this computer's own
    for (const InstallStepInfo &step : d->run->steps()) {
        const StepStatus status = d->run->status(step.id);
        if (step.phase == InstallPhase::Lock && status.state == StepStatus::State::Failed && status.error.kind == ErrorKind::Conflict)
            return status.error.detail;
    }
    return {};
}

bool Installation::isRegistered() const
{
    return !d->record.clusterId.isEmpty();
}

QFuture<Result<void>> Installation::exportKubeconfig(const QString &file)
{
    return InstallShared::run(d->shared.acts, [platform = d->makePlatform(), file]() -> Result<void> {
        const auto kubeconfig = platform->kubeconfig();
        return kubeconfig ? writePrivateFile(file, *kubeconfig) : fail(kubeconfig.error());
    });
}

QFuture<Result<QByteArray>> Installation::kubeconfig()
{
    return InstallShared::run(d->shared.acts, [platform = d->makePlatform()] { return platform->kubeconfig(); });
}

QByteArray Installation::reportText() const
{
    return d->run ? kboss::reportText(d->run->d->report()()).toUtf8() : QByteArray();
}

QByteArray Installation::reportJson() const
{
    return d->run ? kboss::reportJson(d->run->d->report()()) : QByteArray();
}

QFuture<Result<void>> Installation::exportReport(const QString &file)
{
    if (!d->run)
        return readyResult<void>(fail(ErrorKind::NotFound, u"Nothing was run yet"_s));
    return InstallShared::run(d->shared.disk, [file, report = d->run->d->report()] {
        const bool isJson = file.endsWith(u".json"_s, Qt::CaseInsensitive);
        return writePrivateFile(file, isJson ? kboss::reportJson(report()) : kboss::reportText(report()).toUtf8());
    });
}

QFuture<Result<void>> Installation::registerAgain()
{
    if (d->run) { // a step of the run, where it has failed
        for (const InstallStepInfo &step : d->run->steps()) {
            if (step.phase == InstallPhase::Register && d->run->status(step.id).state == StepStatus::State::Failed)
                return d->run->repeat(step.id);
        }
    }
    return InstallShared::run(d->shared.acts, [platform = d->makePlatform(), plan = d->record.plan] { return platform->registerCluster(plan); });
}

} // namespace kboss
