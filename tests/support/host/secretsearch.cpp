#include "tests/support/host/secretsearch.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QHash>
#include <QRegularExpression>
#include <chrono>
#include <unistd.h>

namespace kboss::test {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype shortest = 6;
constexpr qsizetype enoughOfKey = 44; // of its base64
constexpr std::chrono::milliseconds tick{250};

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

qint64 parentOf(const QString &process)
{
    const QByteArray stat = contentOf(u"/proc/%1/stat"_s.arg(process));
    return stat.mid(stat.lastIndexOf(')') + 2).split(' ').value(1).toLongLong();
}

// Below this process, itself left out.
QStringList descendants()
{
    QHash<qint64, qint64> parents;
    const QStringList names = QDir(u"/proc"_s).entryList(QDir::Dirs);
    for (const QString &name : names) {
        if (name.toLongLong() > 0)
            parents.insert(name.toLongLong(), parentOf(name));
    }
    QStringList found;
    for (auto one = parents.cbegin(); one != parents.cend(); ++one) {
        for (qint64 above = one.value(); above > 1; above = parents.value(above)) {
            if (above == ::getpid()) {
                found << QString::number(one.key());
                break;
            }
        }
    }
    return found;
}

} // namespace

SecretSearch::SecretSearch()
{
    m_thread = std::jthread([this](const std::stop_token &stop) { watch(stop); });
}

SecretSearch::~SecretSearch() = default;

void SecretSearch::watch(const std::stop_token &stop)
{
    while (!stop.stop_requested()) {
        collect();
        std::this_thread::sleep_for(tick);
    }
}

void SecretSearch::collect()
{
    const QStringList processes = descendants();
    for (const QString &process : processes) {
        for (const QString &kind : {u"cmdline"_s, u"environ"_s}) {
            const QString seen = QString::fromUtf8(contentOf(u"/proc/%1/%2"_s.arg(process, kind)).replace('\0', ' '));
            const std::lock_guard lock(m_mutex);
            if (!seen.isEmpty() && !m_processes.contains(seen))
                m_processes.insert(seen, kind + u" of process "_s + process);
        }
    }
}

void SecretSearch::add(const QString &name, const QByteArray &secret)
{
    if (secret.size() < shortest)
        return;
    const std::lock_guard lock(m_mutex);
    m_secrets.insert(secret, name);
    m_secrets.insert(secret.toBase64(QByteArray::OmitTrailingEquals), name + u" as base64"_s);
    m_secrets.insert(secret.toHex(), name + u" as hex"_s);
    m_secrets.insert(secret.toPercentEncoding(), name + u" in a URL"_s); // the same as the secret where nothing needs it
    m_secrets.insert(secret, name);
}

void SecretSearch::addJoinCommand(const QByteArray &said)
{
    const QString text = QString::fromUtf8(said);
    static const QRegularExpression token(u"(?<![a-z0-9.])[a-z0-9]{6}\\.([a-z0-9]{16})(?![a-z0-9.])"_s),
        key(u"--certificate-key\\s+([0-9a-f]{64})"_s), alone(u"^([0-9a-f]{64})$"_s, QRegularExpression::MultilineOption);
    for (auto all = token.globalMatch(text); all.hasNext();)
        add(u"a join token"_s, all.next().captured(1).toUtf8()); // its first part is an id
    for (const QRegularExpression &pattern : {key, alone}) {
        for (auto all = pattern.globalMatch(text); all.hasNext();)
            add(u"a certificate key"_s, all.next().captured(1).toUtf8());
    }
}

void SecretSearch::addPrivateKeys(const QByteArray &text)
{
    static const QRegularExpression pem(u"-----BEGIN [A-Z ]*PRIVATE KEY-----\\s*([A-Za-z0-9+/=\\s]+)-----END"_s),
        data(u"client-key-data:\\s*([A-Za-z0-9+/=]+)"_s);
    const QString words = QString::fromUtf8(text);
    for (auto all = pem.globalMatch(words); all.hasNext();) {
        // The begin tells of the kind of key alone.
        const QByteArray lines = all.next().captured(1).simplified().remove(u' ').toLatin1();
        add(u"a private key"_s, lines.mid(lines.size() > 2 * enoughOfKey ? enoughOfKey : 0, enoughOfKey));
    }
    for (auto all = data.globalMatch(words); all.hasNext();) {
        const QByteArray coded = all.next().captured(1).toLatin1();
        add(u"a client's key"_s, coded.mid(coded.size() / 2, enoughOfKey));
        addPrivateKeys(QByteArray::fromBase64(coded));
    }
}

void SecretSearch::addPrivateKeysOf(InstallHost &host)
{
    addPrivateKeys(host.inside({u"sh"_s, u"-c"_s, u"find /etc/kubernetes -type f \\( -name '*.key' -o -name '*.conf' \\) -exec cat {} +"_s}).out);
}

QStringList SecretSearch::names() const
{
    const std::lock_guard lock(m_mutex);
    QStringList names = m_secrets.values();
    names.removeDuplicates();
    return names;
}

QStringList SecretSearch::namesIn(const QByteArray &text) const
{
    QStringList found;
    const std::lock_guard lock(m_mutex);
    for (auto secret = m_secrets.cbegin(); secret != m_secrets.cend(); ++secret) {
        if (text.contains(secret.key()) && !found.contains(secret.value()))
            found << secret.value();
    }
    return found;
}

void SecretSearch::note(const QString &where, const QString &text)
{
    const std::lock_guard lock(m_mutex);
    m_notes.push_back({where, text});
}

QStringList SecretSearch::inNotes() const
{
    QStringList found;
    for (const auto &[where, text] : [this] {
             const std::lock_guard lock(m_mutex);
             return m_notes;
         }()) {
        for (const QString &name : namesIn(text.toUtf8()))
            found << where + u": "_s + name;
    }
    return found;
}

QStringList SecretSearch::inProcesses() const
{
    const QMap<QString, QString> seen = [this] {
        const std::lock_guard lock(m_mutex);
        return m_processes;
    }();
    QStringList found;
    for (auto one = seen.cbegin(); one != seen.cend(); ++one) {
        for (const QString &name : namesIn(one.key().toUtf8()))
            found << u"%1 (%2): %3"_s.arg(one.value(), one.key().left(60), name);
    }
    return found;
}

QStringList SecretSearch::inFolder(const QString &folder, const QStringList &leaveOut) const
{
    QStringList found;
    for (QDirIterator files(folder, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories); files.hasNext();) {
        const QString path = files.next(), below = QDir(folder).relativeFilePath(path);
        const bool left =
            std::any_of(leaveOut.begin(), leaveOut.end(), [&below](const QString &one) { return below == one || below.startsWith(one + u'/'); });
        for (const QString &name : left ? QStringList() : namesIn(below.toUtf8() + '\n' + contentOf(path)))
            found << below + u": "_s + name;
    }
    return found;
}

QStringList SecretSearch::onHost(InstallHost &host) const
{
    QStringList found;
    for (const QString &words : host.argvSeen() + host.environSeen()) {
        for (const QString &name : namesIn(words.toUtf8()))
            found << u"%1, a process (%2): %3"_s.arg(host.name(), words.left(60), name);
    }
    // By grep, whose patterns come by standard input and stand in nobody's arguments.
    const auto secrets = [this] {
        const std::lock_guard lock(m_mutex);
        return m_secrets;
    }();
    const QStringList where{u"/var/lib/kboss"_s, u"/run"_s, u"/tmp"_s, u"/var/tmp"_s, u"/var/log"_s, u"/home"_s, u"/root"_s, u"/etc"_s};
    const auto seen = host.inside(QStringList{u"grep"_s, u"-rlsF"_s, u"--devices=skip"_s, u"--exclude-dir=kubernetes"_s, u"-f"_s, u"-"_s} + where,
                                  secrets.keys().join('\n') + '\n');
    for (const QByteArray &file : seen.out.split('\n')) {
        const QString path = QString::fromUtf8(file);
        for (const QString &name : path.isEmpty() ? QStringList() : namesIn(host.fileContent(path)))
            found << host.name() + u' ' + path + u": "_s + name;
    }
    return found;
}

} // namespace kboss::test
