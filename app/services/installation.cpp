// Installation: plan, signing in, trust.
#include "app/services/installation_p.h"

#include "app/base/job.h"
#include "app/base/watchresult.h"
#include "app/services/installbrought.h"

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr int saveMs = 400;

} // namespace

Installation::Installation(std::unique_ptr<Private> parts, QObject *parent) : QObject(parent), d(std::move(parts))
{
    d->q = this;
    d->start();
}

Installation::~Installation()
{
    if (d->isDirty)
        d->write();
    if (d->job)
        d->job->finish(fail(ErrorKind::Cancelled, {}));
    d->gui->close(); // who waits for us there ends
    d->mail.reset();
    d->dryRun.reset();
    d->run.reset();
    d->checks.reset();
    d->trust.reset();
    d->signIns.reset();
    // Links wait for their calls when they end; the lock goes when all is written.
    d->shared.acts.start([links = std::exchange(d->links, nullptr)]() mutable { links.reset(); });
    d->shared.disk.start([lock = std::exchange(d->lock, nullptr)]() mutable { lock.reset(); });
}

void Installation::Private::start()
{
    entry = InstallFiles::entryOf(record);
    faults = checkPlan(record.plan);
    saving.setSingleShot(true);
    saving.setInterval(saveMs);
    connect(&saving, &QTimer::timeout, q, [this] { write(); });
    mail = std::make_unique<GuiMail>();
    gui = std::make_unique<GuiDesk>();
    links = std::make_shared<InstallLinks>(shared.ledger, shared.limits, shared.patience);
    signIns = std::make_unique<InstallSignIns>(shared.parts.secrets, shared.parts.secretPrefix);
    signIns->setWays(record.signIns);
    signIns->setAsker([&questions = shared.questions, id = record.id](const QString &host, const QString &address, const SshQuestion &asked,
                                                                      const CancelToken &token) {
        return questions.ask({0, id, host, address, asked.title, asked.text, asked.prompt, asked.echo, 0}, token);
    });
    connect(signIns.get(), &InstallSignIns::waysChanged, q, [this] {
        record.signIns = signIns->ways();
        touch();
    });
    connect(signIns.get(), &InstallSignIns::changed, q, [this](const QString &host) {
        targetsChanged();
        for (const auto *one : {run.get(), dryRun.get()}) {
            if (one && one->d->inbox)
                one->d->inbox->setSecrets(signIns->secrets());
        }
        Q_EMIT q->signInChanged(host);
    });
    connect(signIns.get(), &InstallSignIns::failed, q, &Installation::failed);
    trust = std::make_unique<InstallTrust>(shared, [this](const QString &host) { return signIns->target(host); });
    connect(trust.get(), &InstallTrust::changed, q, &Installation::trustChanged);
    connect(trust.get(), &InstallTrust::keysChanged, q, [this](const QStringList &hosts) { links->renew(hosts); });
    const auto keepAccepted = [this](const std::vector<AcceptedCheck> &accepted) {
        record.accepted = accepted;
        record.plan.acceptedProblems.clear();
        for (const AcceptedCheck &check : accepted)
            record.plan.acceptedProblems << check.host + u'/' + check.name;
        if (run) { // its next step, or its next try, knows of it
            run->d->lent.accepted = accepted;
            run->d->lent.plan.acceptedProblems = record.plan.acceptedProblems;
        }
        planChanged(false);
    };
    InstallChecks::Private::Lent lent{shared, links, [this]() -> const InstallPlan & { return record.plan; },
                                      [this] { return run ? run->installId() : QString(); }, keepAccepted};
    auto parts = std::make_unique<InstallChecks::Private>(std::move(lent));
    parts->accepted = record.accepted;
    placesChanged();
    checks.reset(new InstallChecks(std::move(parts), nullptr));
    q->readFiles();
    reopenRun();
}

void Installation::Private::placesChanged()
{
    const std::vector<InstallPlace> places = placesOf(record.plan);
    signIns->setPlaces(places);
    trust->setPlaces(places);
    targetsChanged();
}

void Installation::Private::targetsChanged()
{
    QHash<QString, SshTarget> targets;
    for (const PlanHost &host : record.plan.hosts) {
        if (SshTarget target = signIns->target(host.name); !target.address.host.isEmpty())
            targets.insert(host.name, std::move(target));
    }
    links->setTargets(targets);
}

void Installation::Private::planChanged(bool placesToo)
{
    faults = checkPlan(record.plan);
    if (placesToo)
        placesChanged();
    if (checks)
        checks->d->planChanged();
    touch();
    Q_EMIT q->planChanged();
}

void Installation::Private::touch()
{
    record.changedMs = shared.parts.clock->nowMs();
    isDirty = true;
    saving.start();
    tellEntry();
}

void Installation::Private::tellEntry()
{
    InstallEntry next = InstallFiles::entryOf(record);
    if (run) {
        const InstallRun::State state = run->state();
        if (state == InstallRun::State::Running || state == InstallRun::State::Starting)
            next.state = InstallEntry::State::Running;
        else if (state == InstallRun::State::Paused)
            next.state = InstallEntry::State::Paused;
    }
    if (next == entry)
        return;
    entry = next;
    Q_EMIT q->entryChanged();
}

QFuture<Result<void>> Installation::Private::write()
{
    isDirty = false;
    saving.stop();
    auto future = InstallShared::run(shared.disk, [files = shared.files, copy = record] { return files.write(copy); });
    watchResult(future, q, [this](const Result<void> &written) {
        if (!written)
            Q_EMIT q->failed(written.error());
    });
    return future;
}

const InstallEntry &Installation::entry() const
{
    return d->entry;
}
const InstallPlan &Installation::plan() const
{
    return d->record.plan;
}
const std::vector<PlanFault> &Installation::faults() const
{
    return d->faults;
}
const InstallDetails &Installation::details() const
{
    return d->record.details;
}
bool Installation::isFrozen() const
{
    return !d->record.runs.empty();
}

void Installation::setPlan(const InstallPlan &plan)
{
    if (isFrozen() || plan == d->record.plan)
        return;
    d->record.plan = plan;
    // What was accepted of hosts that are gone is gone as well.
    std::vector<AcceptedCheck> kept;
    for (const AcceptedCheck &check : d->record.accepted) {
        if (plan.find(check.host))
            kept.push_back(check);
    }
    d->record.accepted = kept;
    d->checks->d->accepted = kept;
    d->record.plan.acceptedProblems.clear();
    for (const AcceptedCheck &check : kept)
        d->record.plan.acceptedProblems << check.host + u'/' + check.name;
    d->planChanged(true);
}

void Installation::setDetails(const InstallDetails &details)
{
    if (details == d->record.details || d->isBusy())
        return;
    const bool isOther = details.filesFolder != d->record.details.filesFolder;
    d->record.details = details;
    d->touch();
    if (isOther)
        readFiles();
    Q_EMIT planChanged();
}

const std::vector<InstallFile> &Installation::files() const
{
    return d->brought;
}
const Error &Installation::filesError() const
{
    return d->broughtError;
}
bool Installation::isReadingFiles() const
{
    return d->filesAsked > d->filesCame;
}

void Installation::readFiles()
{
    if (isFrozen())
        return; // what it was begun with stays
    const int asked = ++d->filesAsked;
    auto work = [folder = d->record.details.filesFolder] { return listBrought(folder); };
    watchResult(InstallShared::run(d->shared.acts, std::move(work)), this, [this, asked](const Result<std::vector<InstallFile>> &came) {
        if (asked != d->filesAsked)
            return;
        d->filesCame = asked;
        if (isFrozen())
            return;
        const auto before = std::pair(std::exchange(d->brought, came.value_or(std::vector<InstallFile>())),
                                      std::exchange(d->broughtError, came ? Error{ErrorKind::Cancelled, {}, {}, {}, {}, 0} : came.error()));
        if (before != std::pair(d->brought, d->broughtError)) // else nobody who types is disturbed
            Q_EMIT planChanged();
        Q_EMIT filesRead();
    });
}

QStringList Installation::missingFiles() const
{
    return missingManifests(d->record.plan, d->brought);
}

QFuture<Result<void>> Installation::save()
{
    return d->write();
}

HostSignInState Installation::signIn(const QString &host) const
{
    return d->signIns->state(host);
}
void Installation::setSignIn(const QString &host, const HostSignIn &signIn, bool remember)
{
    d->signIns->set(host, signIn, remember);
}
void Installation::forgetSignIn(const QString &host)
{
    d->signIns->forget(host);
}
QStringList Installation::hostsWithoutSignIn() const
{
    return d->signIns->without();
}
bool Installation::isKeychainThere() const
{
    return d->signIns->isKeychainThere();
}

const std::vector<HostTrust> &Installation::trust() const
{
    return d->trust->rows();
}
const HostTrust *Installation::trustOf(const QString &host) const
{
    return d->trust->find(host);
}
void Installation::readKeys(const QStringList &hosts)
{
    d->trust->read(hosts);
}
void Installation::cancelReading()
{
    d->trust->cancel();
}
bool Installation::isReadingKeys() const
{
    return d->trust->isReading();
}
QFuture<Result<void>> Installation::trustKeys(const QStringList &hosts)
{
    return d->trust->pin(hosts, isRegistered() ? d->record.clusterId : id());
}
QFuture<Result<void>> Installation::forgetKeys(const QString &host)
{
    return d->trust->forget(host);
}
bool Installation::isAllTrusted() const
{
    return d->trust->isAllKnown();
}

QFuture<Result<Installation::Imported>> Installation::importKnownHosts(const QString &file)
{
    auto promise = std::make_shared<QPromise<Result<Imported>>>();
    promise->start();
    watchResult(d->trust->importFile(file), this, [promise](const Result<HostKeyLedger::Imported> &done) {
        promise->addResult(
            done ? Result<Imported>(Imported{done->pinned, done->revoked, done->known, done->conflicts, done->authorities, done->faulty})
                 : Result<Imported>(fail(done.error())));
        promise->finish();
    });
    return promise->future();
}

InstallChecks *Installation::checks() const
{
    return d->checks.get();
}

} // namespace kboss
