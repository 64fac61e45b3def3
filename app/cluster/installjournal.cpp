#include "app/cluster/installjournal.h"

#include <QDir>
#include <QFile>
#include <QLockFile>
#include <QRandomGenerator>
#include <QSaveFile>
#include <nlohmann/json.hpp>

#ifdef Q_OS_WIN
#include <io.h>
#else
#include <fcntl.h>
#include <unistd.h>
#endif

namespace kboss {

using namespace Qt::StringLiterals;
using nlohmann::json;

namespace {

constexpr int format = 1;
constexpr qint64 largestFile = 256 * 1024 * 1024;
constexpr qsizetype longestDetail = 4'000;
constexpr auto ownerOnly = QFile::ReadOwner | QFile::WriteOwner;

constexpr const char *kindNames[] = {"begun",    "done",   "already-done", "failed",  "undoing", "undone",
                                     "accepted", "opened", "ended",        "waiting", "left-out"};

Unexpected storage(const QString &file, const QString &reason)
{
    return fail(ErrorKind::Storage, u"%1: %2"_s.arg(file, reason));
}

bool syncToDisk(QFileDevice &file)
{
#ifdef Q_OS_WIN
    return file.flush() && ::_commit(file.handle()) == 0;
#else
    return file.flush() && ::fsync(file.handle()) == 0;
#endif
}

void syncFolder(const QString &path)
{
#ifdef Q_OS_WIN
    Q_UNUSED(path)
#else
    const int folder = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        ::fsync(folder);
        ::close(folder);
    }
#endif
}

Result<QByteArray> readFile(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return storage(name, file.errorString());
    if (file.size() > largestFile)
        return storage(name, u"is too large"_s);
    return file.readAll();
}

QString textOf(const json &object, const char *name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? QString::fromStdString(found->get_ref<const std::string &>()) : QString();
}

std::optional<JournalLine::Kind> kindOf(const QString &name)
{
    for (size_t i = 0; i < std::size(kindNames); ++i) {
        if (name == QLatin1String(kindNames[i]))
            return static_cast<JournalLine::Kind>(i);
    }
    return std::nullopt;
}

std::optional<JournalLine> lineOf(const json &object)
{
    const auto ms = object.is_object() ? object.find("ms") : object.end();
    if (!object.is_object() || ms == object.end() || !ms->is_number_integer())
        return std::nullopt;
    const auto kind = kindOf(textOf(object, "kind"));
    if (!kind)
        return std::nullopt;
    return JournalLine{ms->get<qint64>(), *kind, textOf(object, "step"), textOf(object, "detail"), textOf(object, "owner")};
}

bool isInstallId(const QString &text)
{
    const auto hex = [](QChar c) { return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f'); };
    return text.size() == 12 && std::all_of(text.begin(), text.end(), hex);
}

QString newInstallId()
{
    return QString::number(QRandomGenerator::system()->generate64(), 16).rightJustified(16, u'0').left(12);
}

} // namespace

QByteArray writeJournalLine(const JournalLine &line)
{
    json object{{"ms", line.ms}, {"kind", kindNames[static_cast<size_t>(line.kind)]}};
    if (!line.step.isEmpty())
        object["step"] = line.step.toStdString();
    if (!line.detail.isEmpty())
        object["detail"] = line.detail.left(longestDetail).toStdString();
    if (!line.owner.isEmpty())
        object["owner"] = line.owner.toStdString();
    return QByteArray::fromStdString(object.dump(-1, ' ', false, json::error_handler_t::replace)) + '\n';
}

struct InstallJournal::Private {
    Private(const QString &path, QString who, const Clock &time)
        : folder(path), owner(std::move(who)), clock(time), file(path + u"/journal.jsonl"_s), lock(path + u"/lock"_s)
    {
    }

    const QString folder, owner;
    const Clock &clock;
    QFile file;
    QLockFile lock;
    QString installId;
    InstallPlan plan;

    std::mutex writing; // the file: held while the disk is waited for
    mutable std::mutex mutex; // lines
    std::vector<JournalLine> lines;

    QString path(const char *name) const { return folder + u'/' + QLatin1String(name); }

    Result<void> take()
    {
        lock.setStaleLockTime(0); // stale when its process is gone, however long it is held
        if (!lock.tryLock(0)) {
            const auto holder = readFile(path("owner"));
            const QString who = holder ? QString::fromUtf8(*holder).trimmed() : QString();
            return lock.error() == QLockFile::LockFailedError
                ? fail(ErrorKind::Conflict, u"%1 works on this installation in another window or program"_s.arg(who.isEmpty() ? u"somebody"_s : who),
                       u"owner"_s)
                : storage(folder, u"the lock file cannot be made"_s);
        }
        return replace("owner", owner.toUtf8() + '\n');
    }

    Result<void> replace(const char *name, const QByteArray &content) const
    {
        QSaveFile saved(path(name));
        if (!saved.open(QIODevice::WriteOnly) || !saved.setPermissions(ownerOnly) || saved.write(content) != content.size() || !syncToDisk(saved)
            || !saved.commit())
            return storage(path(name), saved.errorString());
        syncFolder(folder);
        return {};
    }

    // The id stands in the first line, which is there before anything else is.
    Result<void> begin()
    {
        installId = newInstallId();
        json first{
            {"ms", clock.nowMs()}, {"kind", "opened"}, {"format", format}, {"install", installId.toStdString()}, {"owner", owner.toStdString()}};
        const QByteArray text = QByteArray::fromStdString(first.dump(-1, ' ', false, json::error_handler_t::replace)) + '\n';
        if (auto written = replace("journal.jsonl", text); !written)
            return written;
        return load();
    }

    Result<void> load()
    {
        const auto content = readFile(file.fileName());
        if (!content)
            return fail(content.error());
        auto read = readLines(*content);
        if (!read)
            return storage(file.fileName(), read.error().detail);
        const json first = json::parse(content->left(content->indexOf('\n')).toStdString(), nullptr, false);
        installId = first.is_object() ? textOf(first, "install") : QString();
        if (!isInstallId(installId))
            return storage(file.fileName(), u"line 1 does not say which installation it is of"_s);
        lines = std::move(*read);
        if (!file.open(QIODevice::ReadWrite | QIODevice::Unbuffered))
            return storage(file.fileName(), file.errorString());
        const qint64 whole = content->lastIndexOf('\n') + 1;
        if (whole < content->size() && (!file.resize(whole) || !syncToDisk(file)))
            return storage(file.fileName(), file.errorString());
        return file.seek(whole) ? Result<void>() : storage(file.fileName(), file.errorString());
    }

    Result<void> readPlanFile()
    {
        const auto content = readFile(path("plan.json"));
        if (!content)
            return fail(content.error());
        auto read = readPlan(*content);
        if (!read)
            return storage(path("plan.json"), read.error().detail);
        plan = std::move(*read);
        return {};
    }

    Result<void> append(const JournalLine &line)
    {
        const QByteArray text = writeJournalLine(line);
        const qint64 start = file.pos();
        if (file.write(text) != text.size() || !syncToDisk(file)) {
            const QString reason = file.errorString();
            file.resize(start); // half a line would hide all that follow
            file.seek(start);
            return storage(file.fileName(), reason);
        }
        const std::lock_guard guard(mutex);
        lines.push_back(line);
        return {};
    }
};

InstallJournal::InstallJournal(std::unique_ptr<Private> parts) : d(std::move(parts)) { }

InstallJournal::~InstallJournal() = default;

Result<std::unique_ptr<InstallJournal>> InstallJournal::create(const QString &folder, const InstallPlan &plan, const QString &owner,
                                                               const Clock &clock)
{
    if (!QDir().mkpath(folder) || !QFile::setPermissions(folder, ownerOnly | QFile::ExeOwner))
        return storage(folder, u"the folder cannot be made"_s);
    auto parts = std::make_unique<Private>(folder, owner, clock);
    if (auto taken = parts->take(); !taken)
        return fail(taken.error());
    const bool isThere = QFile::exists(parts->file.fileName());
    auto ready = isThere ? parts->load() : Result<void>();
    if (ready && isThere)
        ready = parts->readPlanFile();
    if (ready && (!isThere || parts->plan != plan)) {
        const bool begun = std::any_of(parts->lines.begin(), parts->lines.end(), [](const JournalLine &line) { return !line.step.isEmpty(); });
        if (begun)
            return fail(ErrorKind::Conflict, u"%1 holds an installation by another plan that was begun"_s.arg(folder), u"plan"_s);
        ready = parts->replace("plan.json", writePlan(plan));
        parts->plan = plan;
    }
    if (ready)
        ready = isThere ? parts->append({clock.nowMs(), JournalLine::Kind::Opened, {}, {}, owner}) : parts->begin();
    if (!ready)
        return fail(ready.error());
    return std::unique_ptr<InstallJournal>(new InstallJournal(std::move(parts)));
}

Result<std::unique_ptr<InstallJournal>> InstallJournal::open(const QString &folder, const QString &owner, const Clock &clock)
{
    auto parts = std::make_unique<Private>(folder, owner, clock);
    if (!QFile::exists(parts->file.fileName()))
        return fail(ErrorKind::NotFound, u"%1 holds no installation"_s.arg(folder));
    auto ready = parts->take();
    if (ready)
        ready = parts->readPlanFile();
    if (ready)
        ready = parts->load();
    if (ready)
        ready = parts->append({clock.nowMs(), JournalLine::Kind::Opened, {}, {}, owner});
    if (!ready)
        return fail(ready.error());
    return std::unique_ptr<InstallJournal>(new InstallJournal(std::move(parts)));
}

Result<std::vector<JournalLine>> InstallJournal::readLines(const QByteArray &content)
{
    std::vector<JournalLine> all;
    qsizetype number = 0;
    for (qsizetype at = 0, end = 0; (end = content.indexOf('\n', at)) >= 0; at = end + 1) {
        ++number;
        const auto line = lineOf(json::parse(content.constData() + at, content.constData() + end, nullptr, false));
        if (!line)
            return fail(ErrorKind::Storage, u"line %1 of the journal cannot be read"_s.arg(number));
        all.push_back(*line);
    }
    return all;
}

InstallJournal::Head InstallJournal::head(const QString &folder)
{
    constexpr qint64 longestLine = 16 * 1024;
    QFile file(folder + u"/journal.jsonl"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const json first = json::parse(file.readLine(longestLine).toStdString(), nullptr, false);
    const QString id = first.is_object() ? textOf(first, "install") : QString();
    return isInstallId(id) ? Head{id, textOf(first, "owner")} : Head();
}

const QString &InstallJournal::installId() const
{
    return d->installId;
}

const InstallPlan &InstallJournal::plan() const
{
    return d->plan;
}

Result<void> InstallJournal::write(JournalLine::Kind kind, const QString &step, const QString &detail)
{
    const std::lock_guard lock(d->writing);
    return d->append({d->clock.nowMs(), kind, step, detail.left(longestDetail), d->owner});
}

std::vector<JournalLine> InstallJournal::lines() const
{
    const std::lock_guard lock(d->mutex);
    return d->lines;
}

std::map<QString, JournalLine> InstallJournal::last() const
{
    const std::lock_guard lock(d->mutex);
    std::map<QString, JournalLine> found;
    for (const JournalLine &line : d->lines) {
        if (!line.step.isEmpty() && line.kind != JournalLine::Kind::Accepted)
            found[line.step] = line;
    }
    return found;
}

} // namespace kboss
