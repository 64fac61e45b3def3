// InstallRun: what it begins and ends on other threads.
#include "app/services/installrun_p.h"

#include "app/base/watchresult.h"
#include "app/services/installbrought.h"

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

struct Making {
    RunLent lent;
    std::shared_ptr<RunInbox> inbox;
    bool paused = false;

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
        if (isThere)
            return {};
        for (const AcceptedCheck &check : lent.accepted) {
            const QString line = u"%1/%2: %3 (%4)"_s.arg(check.host, check.name, check.reason, check.by);
            if (auto written = engine.journal->write(JournalLine::Kind::Accepted, {}, line); !written)
                return written;
        }
        return {};
    }

    Result<std::shared_ptr<RunEngine>> make() const
    {
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
        const InstallOptions options{std::move(*files), lent.platform, lent.owner, lent.breakLock};
        const InstallPlan &plan = engine->journal->plan();
        const InstallRun::Kind kind = lent.kind == InstallRun::Kind::DryRun ? InstallRun::Kind::Install : lent.kind;
        InstallRunner::Parts parts{plan,
                                   engine->journal->installId(),
                                   lent.shared.stepsOf(kind, lent.worker, plan, options),
                                   *engine->links,
                                   *engine->journal,
                                   *lent.shared.parts.clock,
                                   lent.owner,
                                   lent.kind == InstallRun::Kind::DryRun,
                                   lent.shared.parts.hostPaths};
        engine->runner = std::make_unique<InstallRunner>(std::move(parts), inbox->observer());
        if (paused)
            engine->runner->pause();
        engine->runner->start();
        return engine;
    }
};

} // namespace

InstallRunner::Observer RunInbox::observer()
{
    InstallRunner::Observer observer;
    observer.changed = [self = shared_from_this()](const StepStatus &status) {
        StepStatus clean = status;
        clean.detail = withoutSecrets(status.detail, self->m_secrets);
        clean.error.detail = withoutSecrets(status.error.detail, self->m_secrets);
        const std::lock_guard lock(self->m_mutex);
        if (!self->m_batch.changed.contains(clean.id))
            self->m_batch.order << clean.id;
        self->m_batch.changed.insert(clean.id, clean);
        self->tell(&self->m_told);
    };
    observer.logged = [self = shared_from_this()](const StepLogLine &line) {
        StepLogLine clean = line;
        clean.text = withoutSecrets(line.text, self->m_secrets);
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

void InstallRun::Private::begin(bool paused, Then then, std::shared_ptr<QPromise<Result<void>>> promise)
{
    error = {ErrorKind::Cancelled, {}, {}, {}, {}, 0};
    stopWanted = false;
    endedMs = 0;
    inbox = std::make_shared<RunInbox>(mail->sender(), lent.secrets(), [this](const RunInbox::Batch &batch) { take(batch); });
    if (begunMs == 0)
        begunMs = lent.shared.parts.clock->nowMs();
    setState(State::Starting);
    const Making making{lent, inbox, paused};
    watchResult(
        InstallShared::run(lent.shared.acts, [making] { return making.make(); }), q,
        [this, paused, then = std::move(then), promise](const Result<std::shared_ptr<RunEngine>> &came) { engineCame(came, paused, then, promise); });
}

void InstallRun::Private::engineCame(const Result<std::shared_ptr<RunEngine>> &came, bool paused, const Then &then,
                                     const std::shared_ptr<QPromise<Result<void>>> &promise)
{
    Result<void> said;
    if (came) {
        const std::shared_ptr<RunEngine> kept = *came; // all of it may have ended already, and draining lets go of the engine then
        engine = kept;
        installId = kept->journal->installId();
        takeFiles(kept->files);
        mail->drain();
        for (const StepStatus &status : kept->runner->state())
            takeStatus(status);
        if (then && !stopWanted)
            said = engine ? then(*kept->runner) : fail(ErrorKind::Conflict, QStringLiteral("the run has ended"));
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
