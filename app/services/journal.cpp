#include "app/services/journal.h"

#include "app/services/journalline.h"
#include "app/services/privatefile.h"

#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QMap>
#include <QPromise>
#include <QUuid>

namespace kboss {

namespace {

constexpr qint64 s_tailBytes = 1024 * 1024; // far more than one process writes between two starts of another
constexpr int s_lockMs = 2000;
const QLatin1String s_processMark("process ");

Unexpected storage(const QString &what, const QString &reason)
{
    return fail(ErrorKind::Storage, QStringLiteral("%1: %2").arg(what, reason));
}

} // namespace

Journal::Journal(QString file, const Clock &clock)
    : m_file(std::move(file)), m_clock(clock), m_process(QUuid::createUuid().toString(QUuid::WithoutBraces).left(13))
{
    m_writer.setMaxThreadCount(1);
}

Journal::~Journal() = default;

QString Journal::aliveFile(const QString &process) const
{
    return QStringLiteral("%1.%2.alive").arg(m_file, process);
}

Result<void> Journal::takeLock(QLockFile &lock) const
{
    lock.setStaleLockTime(0); // a lock is stale when its process is gone, however long it is held
    if (!lock.tryLock(s_lockMs))
        return storage(m_file, QStringLiteral("another process holds the journal's lock"));
    return {};
}

Result<void> Journal::open()
{
    m_alive = std::make_unique<QLockFile>(aliveFile(m_process));
    if (const auto alive = takeLock(*m_alive); !alive)
        return alive;
    QLockFile lock(m_file + QStringLiteral(".lock"));
    if (const auto locked = takeLock(lock); !locked)
        return locked;
    if (const auto tail = readTail(); !tail)
        return tail;
    return resolveOldIntents();
}

QFuture<Result<qint64>> Journal::appendLater(JournalEntry entry)
{
    auto promise = std::make_shared<QPromise<Result<qint64>>>();
    promise->start();
    m_writer.start([this, promise, entry = std::move(entry)] {
        promise->addResult(append(entry));
        promise->finish();
    });
    return promise->future();
}

Result<qint64> Journal::append(JournalEntry entry)
{
    const QMutexLocker appending(&m_appending);
    QLockFile lock(m_file + QStringLiteral(".lock"));
    if (const auto locked = takeLock(lock); !locked)
        return fail(locked.error());
    if (QFileInfo(m_file).size() != m_size) { // another process wrote meanwhile, or it is the first line
        if (const auto tail = readTail(); !tail)
            return fail(tail.error());
    }
    return write(std::move(entry));
}

Result<qint64> Journal::write(JournalEntry entry)
{
    entry.number = m_lastNumber + 1;
    entry.atMs = m_clock.nowMs();
    if (entry.outcome == QLatin1String("intent"))
        entry.detail = s_processMark + m_process;
    entry.hash = journalHash(m_lastHash, entry);
    QFile file(m_file);
    const bool created = !file.exists();
    if (!file.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered))
        return storage(m_file, file.errorString());
    if (created)
        file.setPermissions(s_ownerOnly);
    const qint64 start = file.size();
    const QByteArray line = journalLine(entry) + '\n';
    if (file.write(line) != line.size() || !syncToDisk(file)) {
        const QString reason = file.errorString();
        file.resize(start); // half a line would be taken for a power cut
        return storage(m_file, reason);
    }
    if (created)
        syncFolderOf(m_file);
    m_lastNumber = entry.number;
    m_lastHash = entry.hash;
    m_size = start + line.size();
    return entry.number;
}

Result<void> Journal::readTail()
{
    m_lastNumber = 0;
    m_lastHash.clear();
    m_size = 0;
    QFile file(m_file);
    if (!file.exists())
        return {};
    if (!file.open(QIODevice::ReadWrite))
        return storage(m_file, file.errorString());
    m_size = file.size();
    qint64 from = std::max<qint64>(0, m_size - s_tailBytes);
    file.seek(from);
    const QByteArray tail = file.readAll();
    qsizetype end = tail.size();
    while (end > 0) {
        const bool whole = tail.at(end - 1) == '\n';
        const qsizetype start = end < 2 ? 0 : tail.lastIndexOf('\n', whole ? end - 2 : end - 1) + 1;
        const auto entry = whole ? parseJournalLine(tail.mid(start, end - start - 1)) : fail(ErrorKind::Storage, QString());
        if (entry) {
            m_lastNumber = entry->number;
            m_lastHash = entry->hash;
            break;
        }
        if (start == 0 && from > 0)
            return storage(m_file, QStringLiteral("no whole line in its last %1 bytes").arg(tail.size()));
        end = start;
    }
    return end < tail.size() ? setAside(file, from + end, tail.mid(end)) : Result<void>{};
}

Result<void> Journal::setAside(QFile &file, qint64 from, const QByteArray &torn)
{
    const QString name = QStringLiteral("%1.torn-%2").arg(m_file).arg(m_clock.nowMs());
    QFile aside(name);
    if (!aside.open(QIODevice::WriteOnly | QIODevice::Append))
        return storage(name, aside.errorString());
    aside.setPermissions(s_ownerOnly);
    if (aside.write(torn) != torn.size() || !aside.flush() || !syncToDisk(aside))
        return storage(name, aside.errorString());
    if (!file.resize(from) || !syncToDisk(file))
        return storage(m_file, file.errorString());
    m_size = from;
    JournalEntry note;
    note.action = QStringLiteral("journal.torn");
    note.outcome = QStringLiteral("note");
    note.detail =
        QStringLiteral("%1 bytes after line %2 were not a whole line; kept in %3").arg(torn.size()).arg(m_lastNumber).arg(QFileInfo(name).fileName());
    const auto written = write(std::move(note));
    return written ? Result<void>{} : Result<void>(fail(written.error()));
}

Result<void> Journal::resolveOldIntents()
{
    QFile file(m_file);
    if (!file.exists())
        return {};
    if (!file.open(QIODevice::ReadOnly))
        return storage(m_file, file.errorString());
    if (file.size() > s_tailBytes) {
        file.seek(file.size() - s_tailBytes);
        file.readLine();
    }
    QMap<qint64, JournalEntry> open;
    while (!file.atEnd()) {
        const auto entry = parseJournalLine(file.readLine().chopped(1));
        if (!entry)
            continue; // verify() tells of damaged lines
        if (entry->outcome == QLatin1String("intent"))
            open.insert(entry->number, *entry);
        else
            open.remove(entry->refersTo);
    }
    file.close();
    for (JournalEntry &entry : open) {
        const QString process = entry.detail.startsWith(s_processMark) ? entry.detail.mid(s_processMark.size()) : QString();
        QLockFile writer(aliveFile(process));
        writer.setStaleLockTime(0);
        if (!writer.tryLock(0))
            continue; // at work in another window
        entry.refersTo = entry.number;
        entry.outcome = QStringLiteral("unknown");
        entry.detail = QStringLiteral("The program ended before the answer came");
        if (const auto written = write(entry); !written)
            return fail(written.error());
    }
    return {};
}

Result<QList<JournalEntry>> Journal::read(const QString &resource, const QString &key, int limit) const
{
    QList<JournalEntry> entries;
    QFile file(m_file);
    if (!file.exists())
        return entries;
    if (!file.open(QIODevice::ReadOnly))
        return storage(m_file, file.errorString());
    while (!file.atEnd()) {
        const auto entry = parseJournalLine(file.readLine().chopped(1));
        if (!entry || (!resource.isEmpty() && entry->resource != resource) || (!key.isEmpty() && entry->key != key))
            continue;
        entries.append(*entry);
        if (entries.size() > 2 * limit)
            entries.remove(0, limit);
    }
    if (entries.size() > limit)
        entries.remove(0, entries.size() - limit);
    std::reverse(entries.begin(), entries.end());
    return entries;
}

Result<void> Journal::verify() const
{
    QFile file(m_file);
    if (!file.exists())
        return {};
    if (!file.open(QIODevice::ReadOnly))
        return storage(m_file, file.errorString());
    QString previous;
    for (qint64 number = 1; !file.atEnd(); ++number) {
        const QByteArray line = file.readLine().chopped(1);
        const auto entry = parseJournalLine(line);
        if (!entry)
            return storage(m_file, QStringLiteral("line %1 is not a journal line").arg(number));
        if (entry->number != number || journalHash(previous, *entry) != entry->hash || journalLine(*entry) != line)
            return storage(m_file, QStringLiteral("line %1 was changed, or a line before it is missing").arg(number));
        previous = entry->hash;
    }
    return {};
}

} // namespace kboss
