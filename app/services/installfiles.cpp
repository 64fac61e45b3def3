#include "app/services/installfiles.h"

#include "app/services/privatefile.h"

#include <QDir>
#include <QLockFile>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSaveFile>
#include <algorithm>
#include <nlohmann/json.hpp>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestRecord = 16 * 1024 * 1024, largestJournal = 256 * 1024 * 1024, largestTimes = 1024 * 1024;

Unexpected storage(const QString &file, const QString &reason)
{
    return fail(ErrorKind::Storage, u"%1: %2"_s.arg(file, reason));
}

bool isId(const QString &name)
{
    static const QRegularExpression id(u"^[0-9a-f]{12}$"_s);
    return id.match(name).hasMatch();
}

InstallEntry::State stateOf(const InstallRecord &record)
{
    using End = InstallRunRecord::End;
    if (record.runs.empty())
        return InstallEntry::State::Draft;
    const InstallRunRecord &last = record.runs.back();
    if (last.end == End::Done)
        return last.kind == InstallRun::Kind::RemoveCluster ? InstallEntry::State::Removed : InstallEntry::State::Done;
    return last.end == End::Failed ? InstallEntry::State::Failed : InstallEntry::State::Interrupted;
}

} // namespace

Result<QByteArray> readBounded(const QString &file, qint64 most)
{
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly))
        return storage(file, source.errorString());
    if (source.size() > most)
        return storage(file, u"larger than %1 kB"_s.arg(most / 1024));
    return source.read(most);
}

Result<void> writePrivateFile(const QString &file, const QByteArray &content)
{
    QSaveFile target(file);
    if (!target.open(QIODevice::WriteOnly) || !target.setPermissions(s_ownerOnly) || target.write(content) != content.size() || !target.commit())
        return storage(file, target.errorString());
    syncFolderOf(file);
    return {};
}

QString InstallFiles::newId()
{
    return u"%1"_s.arg(QRandomGenerator::system()->generate64() & 0xffff'ffff'ffffULL, 12, 16, QChar(u'0'));
}

InstallEntry InstallFiles::entryOf(const InstallRecord &record)
{
    InstallEntry entry;
    entry.id = record.id;
    entry.state = stateOf(record);
    entry.cluster = record.plan.cluster;
    entry.version = record.plan.version;
    entry.centerId = record.details.centerId;
    entry.centerName = record.details.centerName;
    entry.hosts = static_cast<int>(record.plan.hosts.size());
    entry.controlPlanes = static_cast<int>(record.plan.withRole(HostRole::ControlPlane).size());
    entry.madeMs = record.madeMs;
    entry.changedMs = record.changedMs;
    entry.by = record.by;
    if (!record.runs.empty()) {
        entry.leftOut = static_cast<int>(record.runs.back().leftOut.size());
        entry.begunMs = record.runs.front().begunMs;
        entry.endedMs = record.runs.back().endedMs;
    }
    return entry;
}

Result<std::vector<InstallEntry>> InstallFiles::list() const
{
    std::vector<InstallEntry> entries;
    const QStringList names = QDir(m_folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &name : names) {
        if (!isId(name))
            continue;
        const auto record = read(name);
        if (record) {
            entries.push_back(entryOf(*record));
            continue;
        }
        InstallEntry damaged;
        damaged.id = name;
        damaged.state = InstallEntry::State::Damaged;
        damaged.detail = record.error().detail;
        entries.push_back(damaged);
    }
    std::sort(entries.begin(), entries.end(),
              [](const InstallEntry &a, const InstallEntry &b) { return a.madeMs != b.madeMs ? a.madeMs > b.madeMs : a.id < b.id; });
    return entries;
}

Result<InstallRecord> InstallFiles::read(const QString &id) const
{
    if (!isId(id))
        return fail(ErrorKind::NotFound, u"No installation %1"_s.arg(id), u"id"_s);
    const QString file = folderOf(id) + u"/install.json"_s;
    if (!QDir(folderOf(id)).exists())
        return fail(ErrorKind::NotFound, u"No installation %1"_s.arg(id), u"id"_s);
    const auto content = readBounded(file, largestRecord);
    if (!content)
        return fail(content.error());
    auto record = readInstallRecord(*content);
    if (!record)
        return storage(file, record.error().detail);
    if (record->id != id)
        return storage(file, u"it is of another installation"_s);
    return record;
}

Result<void> InstallFiles::write(const InstallRecord &record) const
{
    if (!makePrivateFolder(m_folder) || !makePrivateFolder(folderOf(record.id)))
        return storage(folderOf(record.id), u"cannot be made"_s);
    return writePrivateFile(folderOf(record.id) + u"/install.json"_s, writeInstallRecord(record));
}

Result<void> InstallFiles::remove(const QString &id) const
{
    if (!isId(id))
        return fail(ErrorKind::NotFound, u"No installation %1"_s.arg(id), u"id"_s);
    QDir folder(folderOf(id));
    if (!folder.removeRecursively())
        return storage(folder.path(), u"cannot be removed"_s);
    syncFolderOf(folder.path());
    return {};
}

bool InstallFiles::hasJournal(const QString &id, const QString &journal) const
{
    return QFile::exists(folderOf(id) + u'/' + journal + u"/journal.jsonl"_s); // the plan is written before it
}

Result<std::vector<JournalLine>> InstallFiles::journalLines(const QString &id, const QString &journal) const
{
    const QString file = folderOf(id) + u'/' + journal + u"/journal.jsonl"_s;
    if (!QFile::exists(file))
        return std::vector<JournalLine>();
    const auto content = readBounded(file, largestJournal);
    if (!content)
        return fail(content.error());
    return InstallJournal::readLines(*content);
}

InstallJournal::Head InstallFiles::journalHead(const QString &id, const QString &journal) const
{
    return InstallJournal::head(folderOf(id) + u'/' + journal);
}

QStringList InstallFiles::endedInstalls(const QString &id, const QString &journal) const
{
    QStringList ended;
    const QStringList others = QDir(m_folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &other : others) {
        const auto record = isId(other) ? read(other) : Result<InstallRecord>(fail(ErrorKind::NotFound, other));
        if (!record || record->runs.empty() || (other != id && record->runs.back().end == InstallRunRecord::End::Open))
            continue;
        for (const InstallRunRecord &run : record->runs) {
            const QString install = other == id && run.journal == journal ? QString() : journalHead(other, run.journal).installId;
            if (!install.isEmpty() && !ended.contains(install))
                ended << install;
        }
    }
    return ended;
}

Result<InstallTimes> InstallTimes::read(const QString &file)
{
    InstallTimes times;
    if (!QFile::exists(file))
        return times;
    const auto content = readBounded(file, largestTimes);
    if (!content)
        return fail(content.error());
    const auto root = nlohmann::json::parse(content->constBegin(), content->constEnd(), nullptr, false);
    for (auto step = root.begin(); root.is_object() && step != root.end(); ++step) {
        for (const auto &ms : step->is_array() ? *step : nlohmann::json::array()) {
            if (ms.is_number_integer())
                times.add(QString::fromStdString(step.key()), ms.get<qint64>());
        }
    }
    return times;
}

Result<void> InstallTimes::write(const QString &file) const
{
    nlohmann::json root = nlohmann::json::object();
    for (auto step = m_times.begin(); step != m_times.end(); ++step)
        root[step.key().toStdString()] = *step;
    return writePrivateFile(file, QByteArray::fromStdString(root.dump(1)) + '\n');
}

void InstallTimes::add(const QString &step, qint64 ms)
{
    if (ms < 0 || ms > 7LL * 24 * 3'600'000)
        return;
    std::vector<qint64> &all = m_times[step];
    ++m_revision;
    all.push_back(ms);
    if (all.size() > s_kept)
        all.erase(all.begin());
}

int InstallTimes::medianMs(const QString &step) const
{
    std::vector<qint64> all = m_times.value(step);
    if (all.empty())
        return 0;
    const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
    std::nth_element(all.begin(), middle, all.end());
    return static_cast<int>(std::max<qint64>(*middle, 1));
}

} // namespace kboss
