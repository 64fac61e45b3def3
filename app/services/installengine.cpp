// InstallRun: what it begins and ends on other threads.
#include "app/services/installrun_p.h"

#include "app/base/watchresult.h"
#include "app/services/installbrought.h"

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

QString acceptedLine(const AcceptedCheck &check)
{
    return u"%1/%2: %3 (%4)"_s.arg(check.host, check.name, check.reason, check.by);
}

struct Making {
    RunLent lent;
    std::shared_ptr<RunInbox> inbox;
    bool paused = false;
    std::function<Result<void>(InstallRunner &)> then;
    std::optional<QFuture<Result<void>>> kept;

    Result<void> openJournal(RunEngine &engine) const
    {
        const QString home = lent.shared.files.folderOf(lent.id);
        QString folder = home + u'/' + lent.journal;
        if (lent.kind == InstallRun::Kind::DryRun) {
            engine.look = std::make_unique<QTemporaryDir>(home + u"/look-XXXXXX"_s);
            if (!engine.look->isValid())
                return fail(ErrorKind::Storage, engine.look->errorString());
            folder = engine.look->path() + u"/journal"_s;
        }
        const bool isThere = lent.shared.files.hasJournal(lent.id, lent.journal) && lent.kind != InstallRun::Kind::DryRun;
        auto journal = isThere ? InstallJournal::open(folder, lent.owner, *lent.shared.parts.clock)
                               : InstallJournal::create(folder, lent.plan, lent.owner, *lent.shared.parts.clock);
        if (!journal)
            return fail(journal.error());
        engine.journal = std::move(*journal);
        return writeAccepted(*engine.journal);
    }

    // What the journal does not know yet: also what was accepted after a first try.
    Result<void> writeAccepted(InstallJournal &journal) const
    {
        const std::vector<JournalLine> lines = journal.lines();
        for (const AcceptedCheck &check : lent.accepted) {
            const QString text = acceptedLine(check);
            const bool isKnown = std::any_of(lines.begin(), lines.end(), [&text](const JournalLine &line) {
                return line.kind == JournalLine::Kind::Accepted && line.detail == text;
            });
            if (isKnown)
                continue;
            if (auto written = journal.write(JournalLine::Kind::Accepted, {}, text); !written)
                return written;
        }
        return {};
    }

    InstallRunner::Parts partsOf(RunEngine &engine, std::vector<InstallFile> files) const
    {
        const bool isLook = lent.kind == InstallRun::Kind::DryRun;
        const InstallOptions options{std::move(files), lent.platform, lent.owner};
        InstallPlan plan = engine.journal->plan();
        plan.acceptedProblems = lent.acceptedProblems();
        InstallRunner::Parts parts{plan,
                                   engine.journal->installId(),
                                   lent.shared.stepsOf(isLook ? InstallRun::Kind::Install : lent.kind, lent.worker, plan, options),
                                   *engine.links,
                                   *engine.journal,
                                   *lent.shared.parts.clock,
                                   lent.owner,
                                   isLook,
                                   lent.shared.parts.hostPaths};
        parts.formerInstalls = lent.shared.files.endedInstalls(lent.id, isLook ? QString() : lent.journal);
        parts.breaks = lent.breaks;
        return parts;
    }

    Result<std::shared_ptr<RunEngine>> make()
    {
        if (const auto before = std::exchange(lent.before, nullptr)) { // whoever else still holds it
            before->runner.reset();
            before->journal.reset();
        }
        if (kept) {
            if (auto written = kept->result(); !written)
                return fail(written.error());
        }
        auto engine = std::make_shared<RunEngine>();
        engine->links = lent.links;
        engine->platform = lent.platform;
        // Of one that was begun before: what it brought then, in the same order, since steps are known by their place in it.
        auto files = lent.files.empty() ? listBrought(lent.details.filesFolder) : Result<std::vector<InstallFile>>(lent.files);
        if (!files)
            return fail(files.error());
        if (const auto summed = sumBrought(&*files); !summed)
            return fail(summed.error());
        engine->files = *files;
        if (auto opened = openJournal(*engine); !opened)
            return fail(opened.error());
        engine->runner = std::make_unique<InstallRunner>(partsOf(*engine, std::move(*files)), inbox->observer());
        engine->runner->pause(); // what it is told comes before all else
        engine->runner->start();
        engine->said = then ? then(*engine->runner) : Result<void>();
        if (!paused)
            engine->runner->resume();
        return engine;
    }
};

} // namespace

InstallRunner::Observer RunInbox::observer()
{
    InstallRunner::Observer observer;
    observer.changed = [self = shared_from_this()](const StepStatus &status) {
        const StepStatus clean = self->clean(status);
        const std::lock_guard lock(self->m_mutex);
        if (!self->m_batch.changed.contains(clean.id))
            self->m_batch.order << clean.id;
        self->m_batch.changed.insert(clean.id, clean);
        self->tell(&self->m_told);
    };
    observer.logged = [self = shared_from_this()](const StepLogLine &line) {
        StepLogLine clean = line;
        clean.text = withoutSecrets(line.text, self->secrets());
        const std::lock_guard lock(self->m_mutex);
        self->m_batch.lines.push_back(std::move(clean));
        self->tell(&self->m_told);
    };
    observer.ended = [self = shared_from_this()] {
        const std::lock_guard lock(self->m_mutex);
        self->m_batch.ended = true;
        self->tell(&self->m_told);
    };
    return observer;
}

QStringList RunInbox::secrets() const
{
    const std::lock_guard lock(m_mutex);
    return m_secrets;
}

StepStatus RunInbox::clean(StepStatus status) const
{
    const QStringList hidden = secrets();
    status.detail = withoutSecrets(status.detail, hidden);
    status.error.detail = withoutSecrets(status.error.detail, hidden);
    return status;
}

void RunInbox::setSecrets(const QStringList &secrets)
{
    const std::lock_guard lock(m_mutex);
    m_secrets = secrets;
}

void RunInbox::tell(bool *told)
{
    if (!std::exchange(*told, true))
        m_sender.post([self = shared_from_this()] { self->m_deliver(self->take()); });
}

RunInbox::Batch RunInbox::take()
{
    const std::lock_guard lock(m_mutex);
    m_told = false;
    return std::exchange(m_batch, {});
}

QStringList RunLent::acceptedProblems() const
{
    QStringList problems;
    for (const AcceptedCheck &check : accepted)
        problems << check.host + u'/' + check.name;
    return problems;
}

void InstallRun::Private::begin(bool paused, Then then, std::shared_ptr<QPromise<Result<void>>> promise)
{
    error = {ErrorKind::Cancelled, {}, {}, {}, {}, 0};
    stopWanted = false;
    endedMs = 0;
    given = lent.accepted;
    inbox = std::make_shared<RunInbox>(mail->sender(), lent.secrets(), [this](const RunInbox::Batch &batch) { take(batch); });
    if (begunMs == 0)
        begunMs = lent.shared.parts.clock->nowMs();
    setState(State::Starting);
    Making making{lent, inbox, paused, std::move(then), {}};
    if (lent.keep)
        making.kept = lent.keep();
    lent.before = nullptr;
    lent.breaks.clear();
    watchResult(InstallShared::run(lent.shared.acts, [making = std::move(making)]() mutable { return making.make(); }), q,
                [this, paused, promise](const Result<std::shared_ptr<RunEngine>> &came) { engineCame(came, paused, promise); });
}

void InstallRun::Private::engineCame(const Result<std::shared_ptr<RunEngine>> &came, bool paused,
                                     const std::shared_ptr<QPromise<Result<void>>> &promise)
{
    Result<void> said;
    if (came) {
        const std::shared_ptr<RunEngine> kept = *came; // all of it may have ended already, and draining lets go of the engine then
        engine = kept;
        said = kept->said;
        installId = kept->journal->installId();
        takeFiles(kept->files);
        mail->drain();
        for (const StepStatus &status : kept->runner->state())
            takeStatus(inbox->clean(status));
        if (state == State::Starting)
            setState(paused ? State::Paused : State::Running);
        if (stopWanted)
            q->stop();
    } else {
        said = fail(came.error());
        error = came.error();
        endedMs = lent.shared.parts.clock->nowMs();
        setState(State::Failed);
        Q_EMIT q->ended();
    }
    if (promise) {
        promise->addResult(said);
        promise->finish();
    }
}

InstallRun::Private::Then InstallRun::Private::withAccepted(Then then)
{
    if (lent.accepted == given)
        return then;
    QStringList fresh;
    for (const AcceptedCheck &check : lent.accepted) {
        if (std::find(given.begin(), given.end(), check) == given.end())
            fresh << acceptedLine(check);
    }
    given = lent.accepted;
    return [problems = lent.acceptedProblems(), fresh, then = std::move(then)](InstallRunner &runner) {
        const auto told = runner.accept(problems, fresh);
        return told && then ? then(runner) : told;
    };
}

// `then` on the GUI thread, once its threads have been joined and the journal is free.
void InstallRun::Private::endEngine(std::function<void()> then)
{
    if (engine)
        lines = engine->journal->lines();
    auto future = InstallShared::run(lent.shared.acts, [ending = std::exchange(engine, nullptr)]() mutable -> Result<void> {
        if (ending && ending->runner)
            ending->runner->stop();
        ending.reset();
        return {};
    });
    watchResult(future, q, [then = std::move(then)](const Result<void> &) {
        if (then)
            then();
    });
}

} // namespace kboss
