#include "app/services/installlog.h"

#include "app/services/privatefile.h"

#include <QDateTime>
#include <QDir>
#include <QRegularExpression>
#include <QSaveFile>
#include <algorithm>
#include <limits>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestFile = 64 * 1024 * 1024; // of a host; the one before it is kept as well
constexpr qint64 longestTail = 8 * 1024 * 1024;
constexpr qint64 longestLine = 64 * 1024;
constexpr const char *kindNames[] = {"output", "error", "probe", "runner"};

QString fileOf(const QString &folder, const QString &host)
{
    return u"%1/%2.log"_s.arg(folder, host.isEmpty() ? u"_"_s : host);
}

// On the thread of the disk.
Result<void> appendToFiles(const QString &folder, const QMap<QString, QByteArray> &texts)
{
    if (!makePrivateFolder(folder))
        return fail(ErrorKind::Storage, folder + u" cannot be made"_s);
    for (auto text = texts.begin(); text != texts.end(); ++text) {
        const QString name = fileOf(folder, text.key());
        if (QFileInfo(name).size() > largestFile) {
            QFile::remove(name + u".1"_s);
            QFile::rename(name, name + u".1"_s);
        }
        QFile file(name);
        if (!file.open(QIODevice::WriteOnly | QIODevice::Append) || !file.setPermissions(s_ownerOnly) || file.write(*text) != text->size())
            return fail(ErrorKind::Storage, u"%1: %2"_s.arg(name, file.errorString()));
    }
    return {};
}

// Lines of one host's files in order.
class LogReader {
public:
    LogReader(QString host, const QString &folder) : m_host(std::move(host)), m_files{fileOf(folder, m_host) + u".1"_s, fileOf(folder, m_host)} { }

    const std::optional<StepLogLine> &line() const { return m_line; }

    void next()
    {
        m_line.reset();
        while (!m_line) {
            if (!m_file || m_file->atEnd()) {
                if (m_files.isEmpty())
                    return;
                m_file = std::make_unique<QFile>(m_files.takeFirst());
                if (!m_file->open(QIODevice::ReadOnly))
                    m_file.reset();
                continue;
            }
            m_line = InstallLog::readLine(m_host, m_file->readLine(longestLine));
        }
    }

private:
    QString m_host;
    QStringList m_files;
    std::unique_ptr<QFile> m_file;
    std::optional<StepLogLine> m_line;
};

QStringList hostsIn(const QString &folder)
{
    QStringList hosts;
    const QStringList names = QDir(folder).entryList({u"*.log"_s}, QDir::Files);
    for (const QString &name : names)
        hosts << (name == u"_.log"_s ? QString() : name.chopped(4));
    return hosts;
}

Result<void> exportLogs(const QString &folder, const QStringList &hosts, const QString &target)
{
    std::vector<LogReader> readers;
    for (const QString &host : hosts) {
        readers.emplace_back(host, folder);
        readers.back().next();
    }
    QSaveFile file(target);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(s_ownerOnly))
        return fail(ErrorKind::Storage, u"%1: %2"_s.arg(target, file.errorString()));
    while (true) {
        LogReader *earliest = nullptr;
        for (LogReader &reader : readers) {
            if (reader.line() && (!earliest || reader.line()->ms < earliest->line()->ms))
                earliest = &reader;
        }
        if (!earliest)
            break;
        const QByteArray text = earliest->line()->host.toUtf8() + '\t' + InstallLog::lineText(*earliest->line());
        if (file.write(text) != text.size())
            return fail(ErrorKind::Storage, u"%1: %2"_s.arg(target, file.errorString()));
        earliest->next();
    }
    return file.commit() ? Result<void>() : fail(ErrorKind::Storage, u"%1: %2"_s.arg(target, file.errorString()));
}

} // namespace

QString withoutSecrets(QString text, const QStringList &secrets)
{
    static const QRegularExpression token(u"\\b[a-z0-9]{6}\\.[a-z0-9]{16}\\b"_s); // of bootstrap
    constexpr qsizetype shortest = 4; // what is shorter stands everywhere
    for (const QString &secret : secrets) {
        if (secret.size() >= shortest)
            text.replace(secret, u"******"_s);
    }
    if (text.contains(u'.'))
        text.replace(token, u"******"_s);
    return text;
}

QByteArray InstallLog::lineText(const StepLogLine &line)
{
    QString text = line.text;
    text.replace(u'\n', u' ').replace(u'\r', u' ');
    return QDateTime::fromMSecsSinceEpoch(line.ms, Qt::UTC).toString(Qt::ISODateWithMs).toLatin1() + '\t' + kindNames[static_cast<size_t>(line.kind)]
        + '\t' + line.step.toUtf8() + '\t' + text.toUtf8() + '\n';
}

std::optional<StepLogLine> InstallLog::readLine(const QString &host, const QByteArray &text)
{
    const QString whole = QString::fromUtf8(text.endsWith('\n') ? text.chopped(1) : text);
    const QStringList parts{whole.section(u'\t', 0, 0), whole.section(u'\t', 1, 1), whole.section(u'\t', 2, 2)};
    const QDateTime when = QDateTime::fromString(parts[0], Qt::ISODateWithMs);
    const auto kind = std::find_if(std::begin(kindNames), std::end(kindNames), [&](const char *name) { return parts[1] == QLatin1String(name); });
    if (!when.isValid() || kind == std::end(kindNames))
        return std::nullopt;
    StepLogLine line;
    line.ms = when.toMSecsSinceEpoch();
    line.host = host;
    line.step = parts[2];
    line.kind = static_cast<decltype(line.kind)>(kind - std::begin(kindNames));
    line.text = whole.section(u'\t', 3);
    return line;
}

void InstallLog::trim(Ring &ring)
{
    while (ring.lines.size() > InstallRun::s_ringLines) {
        ring.lines.pop_front();
        ++ring.first;
    }
}

void InstallLog::append(const std::vector<StepLogLine> &lines)
{
    QMap<QString, QByteArray> texts;
    for (const StepLogLine &line : lines) {
        Ring &ring = m_rings[line.host];
        ring.lines.push_back(line);
        trim(ring);
        texts[line.host] += lineText(line);
    }
    if (texts.isEmpty())
        return;
    m_shared.disk.start([folder = m_folder, texts] { (void)appendToFiles(folder, texts); }); // a full disk is told by what is worth more than a log
}

InstallLogPage InstallLog::page(const QString &host) const
{
    const auto ring = m_rings.constFind(host);
    if (ring == m_rings.constEnd())
        return {};
    return {ring->first, {ring->lines.begin(), ring->lines.end()}};
}

qint64 InstallLog::first(const QString &host) const
{
    const auto ring = m_rings.constFind(host);
    return ring == m_rings.constEnd() ? 0 : ring->first;
}

qint64 InstallLog::end(const QString &host) const
{
    const auto ring = m_rings.constFind(host);
    return ring == m_rings.constEnd() ? 0 : ring->first + static_cast<qint64>(ring->lines.size());
}

const StepLogLine *InstallLog::line(const QString &host, qint64 number) const
{
    const auto ring = m_rings.constFind(host);
    if (ring == m_rings.constEnd() || number < ring->first || number >= end(host))
        return nullptr;
    return &ring->lines[static_cast<size_t>(number - ring->first)];
}

QFuture<Result<InstallLog::Tails>> InstallLog::readTails() const
{
    return InstallShared::run(m_shared.disk, [folder = m_folder]() -> Result<Tails> {
        Tails tails;
        const QStringList hosts = hostsIn(folder);
        for (const QString &host : hosts) {
            QFile file(fileOf(folder, host));
            if (!file.open(QIODevice::ReadOnly))
                continue;
            if (file.size() > longestTail && file.seek(file.size() - longestTail))
                file.readLine(longestLine);
            std::vector<StepLogLine> &lines = tails[host];
            while (!file.atEnd()) {
                if (auto line = readLine(host, file.readLine(longestLine)))
                    lines.push_back(std::move(*line));
            }
        }
        return tails;
    });
}

void InstallLog::takeTails(const Tails &tails)
{
    for (auto tail = tails.begin(); tail != tails.end(); ++tail) {
        Ring &ring = m_rings[tail.key()];
        const qint64 until =
            ring.lines.empty() ? std::numeric_limits<qint64>::max() : ring.lines.front().ms; // what came since may be in the file already
        const auto end = std::find_if(tail->begin(), tail->end(), [until](const StepLogLine &line) { return line.ms >= until; });
        ring.lines.insert(ring.lines.begin(), tail->begin(), end);
        trim(ring);
    }
}

QFuture<Result<void>> InstallLog::exportTo(const QString &host, const QString &file) const
{
    return InstallShared::run(
        m_shared.disk, [folder = m_folder, host, file] { return exportLogs(folder, host.isEmpty() ? hostsIn(folder) : QStringList{host}, file); });
}

} // namespace kboss
