#include "app/services/installdesk_p.h"

#include "app/base/watchresult.h"
#include "app/secrets/secretstore.h"
#include "app/services/installation_p.h"

#include <QLockFile>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestPlan = 4 * 1024 * 1024, largestHosts = 4 * 1024 * 1024;

// On the thread of the disk.
Result<std::shared_ptr<QLockFile>> lockOf(const InstallFiles &files, const QString &id)
{
    auto lock = std::make_shared<QLockFile>(files.folderOf(id) + u"/open.lock"_s);
    lock->setStaleLockTime(0); // of a process that ended: taken over whatever its age
    if (lock->tryLock(0))
        return lock;
    qint64 process = 0;
    QString machine, program;
    lock->getLockInfo(&process, &machine, &program);
    return lock->error() == QLockFile::LockFailedError
        ? fail(ErrorKind::Conflict, u"%1 (process %2 on %3) has it open"_s.arg(program).arg(process).arg(machine), u"owner"_s)
        : fail(ErrorKind::Storage, u"%1: its lock file cannot be made"_s.arg(files.folderOf(id)));
}

struct Listed {
    std::vector<InstallEntry> entries;
    InstallTimes times;
};

Result<Listed> listAll(const InstallFiles &files, const QString &timesFile, const QStringList &ours)
{
    auto entries = files.list();
    if (!entries)
        return fail(entries.error());
    Listed listed{std::move(*entries), {}};
    for (InstallEntry &entry : listed.entries) {
        if (entry.state != InstallEntry::State::Interrupted || ours.contains(entry.id))
            continue;
        if (const auto lock = lockOf(files, entry.id); !lock && lock.error().kind == ErrorKind::Conflict) {
            entry.state = InstallEntry::State::Elsewhere;
            entry.detail = lock.error().detail;
        }
    }
    if (auto times = InstallTimes::read(timesFile))
        listed.times = std::move(*times);
    return listed;
}

// Files of a run that was begun when its console was killed before it could note that.
Result<InstallRecord> readWhole(const InstallFiles &files, const QString &id, qint64 nowMs)
{
    auto record = files.read(id);
    if (record && record->runs.empty() && files.hasJournal(id, u"journal"_s)) {
        InstallRunRecord begun;
        begun.journal = u"journal"_s;
        begun.begunMs = nowMs;
        begun.by = files.journalHead(id, begun.journal).owner; // who has the locks on the hosts
        record->runs.push_back(begun);
    }
    return record;
}

} // namespace

InstallDesk::InstallDesk(Parts parts, QObject *parent) : QObject(parent), d(std::make_unique<Private>())
{
    d->q = this;
    d->shared = std::make_unique<InstallShared>(std::move(parts));
    connect(&d->shared->questions, &InstallQuestions::changed, this, &InstallDesk::questionsChanged);
}

InstallDesk::~InstallDesk()
{
    d->shared->ending.request_stop();
    d->shared->questions.close();
    for (auto &[id, waiting] : d->opening) {
        for (const auto &promise : waiting) {
            promise->addResult(fail(ErrorKind::Cancelled, u"The program is ending"_s));
            promise->finish();
        }
    }
    d->open.clear();
    d->shared.reset();
}

QFuture<Result<void>> InstallDesk::load()
{
    auto promise = std::make_shared<QPromise<Result<void>>>();
    promise->start();
    QStringList ours;
    for (const auto &[id, installation] : d->open)
        ours << id;
    auto work = [files = d->shared->files, times = d->shared->timesFile(), ours] { return listAll(files, times, ours); };
    watchResult(InstallShared::run(d->shared->disk, std::move(work)), this, [this, promise](const Result<Listed> &listed) {
        if (listed) {
            d->entries = listed->entries;
            d->isLoaded = true;
            d->shared->times = listed->times;
            for (InstallEntry &entry : d->entries) {
                if (const auto known = d->open.find(entry.id); known != d->open.end())
                    entry = known->second->entry();
                else if (entry.state == InstallEntry::State::Interrupted)
                    open(entry.id);
            }
            Q_EMIT changed();
        }
        promise->addResult(listed ? Result<void>() : Result<void>(fail(listed.error())));
        promise->finish();
    });
    return promise->future();
}

bool InstallDesk::isLoaded() const
{
    return d->isLoaded;
}
const std::vector<InstallEntry> &InstallDesk::entries() const
{
    return d->entries;
}

const InstallEntry *InstallDesk::find(const QString &id) const
{
    const auto found = std::find_if(d->entries.begin(), d->entries.end(), [&id](const InstallEntry &entry) { return entry.id == id; });
    return found == d->entries.end() ? nullptr : &*found;
}

QFuture<Result<QString>> InstallDesk::create(const InstallPlan &plan, const InstallDetails &details)
{
    InstallRecord record;
    record.plan = plan;
    record.details = details;
    return d->add(std::move(record));
}

QFuture<Result<QString>> InstallDesk::Private::add(InstallRecord record)
{
    record.id = InstallFiles::newId();
    record.by = shared->who;
    record.madeMs = record.changedMs = shared->parts.clock->nowMs();
    record.plan.acceptedProblems.clear(); // each wants a reason of its own
    auto promise = std::make_shared<QPromise<Result<QString>>>();
    promise->start();
    watchResult(InstallShared::run(shared->disk, [files = shared->files, record] { return files.write(record); }), q,
                [this, promise, record](const Result<void> &written) {
                    if (written) {
                        entries.insert(entries.begin(), InstallFiles::entryOf(record));
                        Q_EMIT q->changed();
                    }
                    promise->addResult(written ? Result<QString>(record.id) : Result<QString>(fail(written.error())));
                    promise->finish();
                });
    return promise->future();
}

QFuture<Result<QString>> InstallDesk::duplicate(const QString &id)
{
    auto promise = std::make_shared<QPromise<Result<QString>>>();
    promise->start();
    const auto known = d->open.find(id);
    auto work = [files = d->shared->files, id] { return files.read(id); };
    const auto record =
        known != d->open.end() ? readyResult<InstallRecord>(known->second->d->record) : InstallShared::run(d->shared->disk, std::move(work));
    watchResult(record, this, [this, promise](const Result<InstallRecord> &read) {
        if (!read) {
            promise->addResult(fail(read.error()));
            promise->finish();
            return;
        }
        InstallRecord copy;
        copy.plan = read->plan;
        copy.details = read->details;
        copy.signIns = read->signIns;
        watchResult(d->add(std::move(copy)), this, [promise](const Result<QString> &added) {
            promise->addResult(added);
            promise->finish();
        });
    });
    return promise->future();
}

QFuture<Result<void>> InstallDesk::remove(const QString &id, bool leaveHosts)
{
    const InstallEntry *entry = find(id);
    if (!entry)
        return readyResult<void>(fail(ErrorKind::NotFound, u"No installation %1"_s.arg(id), u"id"_s));
    using State = InstallEntry::State;
    if (entry->state == State::Running || entry->state == State::Paused || entry->state == State::Elsewhere)
        return readyResult<void>(fail(ErrorKind::Conflict, u"It is running"_s));
    if (!leaveHosts && entry->state != State::Draft && entry->state != State::Removed)
        return readyResult<void>(fail(ErrorKind::Rejected, u"It has done things on hosts"_s, u"leaveHosts"_s));
    if (const auto known = d->open.find(id); known != d->open.end()) {
        known->second->d->isDirty = false;
        d->open.erase(known);
    }
    if (d->shared->parts.secrets)
        d->shared->parts.secrets->remove(u"%1/kubeconfig/%2"_s.arg(d->shared->parts.secretPrefix, id));
    auto promise = std::make_shared<QPromise<Result<void>>>();
    promise->start();
    watchResult(InstallShared::run(d->shared->disk, [files = d->shared->files, id] { return files.remove(id); }), this,
                [this, promise, id](const Result<void> &removed) {
                    if (removed) {
                        std::erase_if(d->entries, [&id](const InstallEntry &one) { return one.id == id; });
                        Q_EMIT changed();
                    }
                    promise->addResult(removed);
                    promise->finish();
                });
    return promise->future();
}

QFuture<Result<QString>> InstallDesk::importPlan(const QString &file)
{
    auto promise = std::make_shared<QPromise<Result<QString>>>();
    promise->start();
    auto work = [file]() -> Result<InstallPlan> {
        const auto content = readBounded(file, largestPlan);
        return content ? readPlan(*content) : Result<InstallPlan>(fail(content.error()));
    };
    watchResult(InstallShared::run(d->shared->acts, std::move(work)), this, [this, promise](const Result<InstallPlan> &plan) {
        if (!plan) {
            promise->addResult(fail(plan.error()));
            promise->finish();
            return;
        }
        watchResult(create(*plan), this, [promise](const Result<QString> &made) {
            promise->addResult(made);
            promise->finish();
        });
    });
    return promise->future();
}

QFuture<Result<void>> InstallDesk::exportPlan(const QString &id, const QString &file)
{
    const auto known = d->open.find(id);
    std::optional<InstallPlan> plan;
    if (known != d->open.end())
        plan = known->second->plan();
    return InstallShared::run(d->shared->disk, [files = d->shared->files, id, file, plan]() -> Result<void> {
        if (plan)
            return writePrivateFile(file, writePlan(*plan));
        const auto record = files.read(id);
        return record ? writePrivateFile(file, writePlan(record->plan)) : fail(record.error());
    });
}

QFuture<Result<Installation *>> InstallDesk::open(const QString &id)
{
    if (const auto known = d->open.find(id); known != d->open.end()) {
        known->second->d->isLookedAt = true;
        return readyResult<Installation *>(known->second.get());
    }
    auto promise = std::make_shared<QPromise<Result<Installation *>>>();
    promise->start();
    auto &waiting = d->opening[id];
    waiting.push_back(promise);
    if (waiting.size() > 1)
        return promise->future();
    auto work = [files = d->shared->files, id, now = d->shared->parts.clock->nowMs()]() -> Result<Private::Opened> {
        auto record = readWhole(files, id, now);
        if (!record)
            return fail(record.error());
        auto lock = lockOf(files, id);
        return lock ? Result<Private::Opened>({std::move(*record), std::move(*lock)}) : Result<Private::Opened>(fail(lock.error()));
    };
    watchResult(InstallShared::run(d->shared->disk, std::move(work)), this,
                [this, id](const Result<Private::Opened> &opened) { d->openCame(id, opened); });
    return promise->future();
}

void InstallDesk::Private::openCame(const QString &id, const Result<Opened> &opened)
{
    Result<Installation *> result = fail(opened ? Error() : opened.error());
    if (opened) {
        auto parts = std::make_unique<Installation::Private>(*shared, q, opened->record);
        parts->lock = opened->lock;
        auto made = std::unique_ptr<Installation>(new Installation(std::move(parts), nullptr));
        result = made.get();
        connect(made.get(), &Installation::entryChanged, q, [this, one = made.get()] { entryChanged(one->entry()); });
        connect(made.get(), &Installation::failed, q, &InstallDesk::failed);
        entryChanged(made->entry());
        open.emplace(id, std::move(made));
    }
    const auto waiting = opening.extract(id);
    for (const auto &promise : waiting.mapped()) {
        promise->addResult(result);
        promise->finish();
    }
}

Installation *InstallDesk::opened(const QString &id) const
{
    const auto known = d->open.find(id);
    return known == d->open.end() ? nullptr : known->second.get();
}

void InstallDesk::close(const QString &id)
{
    if (const auto known = d->open.find(id); known != d->open.end()) {
        known->second->d->isLookedAt = false;
        d->mayGo(known->second.get());
    }
}

void InstallDesk::Private::mayGo(Installation *installation)
{
    if (installation->d->isLookedAt || installation->d->isBusy())
        return;
    QTimer::singleShot(0, q, [this, id = installation->id()] { // never from within what it is doing
        const auto known = open.find(id);
        if (known == open.end() || known->second->d->isLookedAt || known->second->d->isBusy() || known->second->d->job)
            return;
        open.erase(known);
    });
}

void InstallDesk::Private::entryChanged(const InstallEntry &entry)
{
    const auto known = std::find_if(entries.begin(), entries.end(), [&entry](const InstallEntry &one) { return one.id == entry.id; });
    if (known == entries.end() || *known == entry)
        return;
    *known = entry;
    Q_EMIT q->changed();
}

QFuture<Result<HostList>> InstallDesk::readHosts(const QString &file)
{
    return InstallShared::run(d->shared->acts, [file]() -> Result<HostList> {
        const auto content = readBounded(file, largestHosts);
        return content ? readHostList(*content) : Result<HostList>(fail(content.error()));
    });
}

const std::vector<HostQuestion> &InstallDesk::questions() const
{
    return d->shared->questions.open();
}
void InstallDesk::answer(quint64 question, const QString &text)
{
    d->shared->questions.answer(question, text);
}
void InstallDesk::giveUp(quint64 question)
{
    d->shared->questions.giveUp(question);
}

const QString &InstallDesk::who() const
{
    return d->shared->who;
}
void InstallDesk::setWho(const QString &who)
{
    d->shared->who = who;
}
void InstallDesk::setWords(InstallWords words)
{
    d->shared->words = std::move(words);
}

} // namespace kboss
