#include "tests/support/sshhost.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QSet>
#include <QTcpServer>
#include <QTcpSocket>
#include <algorithm>
#include <pwd.h>
#include <signal.h>
#include <unistd.h>

namespace kboss::test {

using namespace Qt::StringLiterals;

namespace {

constexpr int startMs = 10'000;

quint16 freePort()
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost) ? server.serverPort() : quint16(0);
}

QString sshdProgram()
{
    for (const char *path : {"/usr/sbin/sshd", "/usr/local/sbin/sshd"}) {
        if (QFile::exists(QLatin1String(path)))
            return QLatin1String(path);
    }
    return {};
}

void write(const QString &name, const QByteArray &content, QIODevice::OpenMode mode = QIODevice::WriteOnly)
{
    QFile file(name);
    if (file.open(mode))
        file.write(content);
}

} // namespace

SshHost::SshHost()
{
    m_port = freePort();
    renewHostKey();
    makeKey(u"user_key"_s, {}, true);
}

SshHost::~SshHost()
{
    stop();
}

QString SshHost::user() const
{
    const passwd *entry = ::getpwuid(::geteuid());
    return entry ? QString::fromLocal8Bit(entry->pw_name) : QString();
}

bool SshHost::runTool(const QString &program, const QStringList &arguments) const
{
    QProcess tool;
    tool.setProcessChannelMode(QProcess::MergedChannels);
    tool.start(program, arguments);
    const bool good = tool.waitForFinished(startMs) && tool.exitCode() == 0;
    if (!good)
        m_errors += program + u": "_s + tool.errorString() + QString::fromUtf8(tool.readAll());
    return good;
}

bool SshHost::makeKey(const QString &name, const QString &passphrase, bool allowed) const
{
    const QString file = m_folder.filePath(name);
    QFile::remove(file);
    if (!runTool(u"ssh-keygen"_s, {u"-q"_s, u"-t"_s, u"ed25519"_s, u"-N"_s, passphrase, u"-f"_s, file}))
        return false;
    QFile open(file + u".pub"_s);
    if (allowed && open.open(QIODevice::ReadOnly))
        write(m_folder.filePath(u"authorized_keys"_s), open.readAll(), QIODevice::Append);
    return true;
}

bool SshHost::renewHostKey()
{
    QFile::remove(hostKeyFile());
    return runTool(u"ssh-keygen"_s, {u"-q"_s, u"-t"_s, u"ed25519"_s, u"-N"_s, QString(), u"-f"_s, hostKeyFile()});
}

bool SshHost::start(const QStringList &settings)
{
    const QString program = sshdProgram();
    if (program.isEmpty()) {
        m_errors = u"there is no sshd"_s;
        return false;
    }
    if (::geteuid() == 0)
        QDir().mkpath(u"/run/sshd"_s); // sshd wants it when it is run by root
    QStringList lines{u"Port %1"_s.arg(m_port),
                      u"ListenAddress 127.0.0.1"_s,
                      u"HostKey %1"_s.arg(hostKeyFile()),
                      u"AuthorizedKeysFile %1"_s.arg(m_folder.filePath(u"authorized_keys"_s)),
                      u"PidFile none"_s,
                      u"UsePAM no"_s,
                      u"StrictModes no"_s,
                      u"PasswordAuthentication no"_s,
                      u"KbdInteractiveAuthentication no"_s,
                      u"PermitRootLogin prohibit-password"_s,
                      u"SetEnv HOME=%1"_s.arg(m_folder.path()), // no start files of the person who runs the test
                      u"Subsystem sftp internal-sftp"_s};
    write(m_folder.filePath(u"sshd_config"_s), (settings + lines).join(u'\n').toUtf8() + '\n');
    m_process.setStandardErrorFile(m_folder.filePath(u"sshd.log"_s), QIODevice::Append);
    m_process.start(program, {u"-D"_s, u"-e"_s, u"-f"_s, m_folder.filePath(u"sshd_config"_s)});
    if (!m_process.waitForStarted(startMs)) {
        m_errors = m_process.errorString();
        return false;
    }
    QElapsedTimer clock;
    for (clock.start(); clock.elapsed() < startMs && m_process.state() == QProcess::Running;) {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, m_port);
        if (socket.waitForConnected(200))
            return true;
        m_process.waitForFinished(20);
    }
    QFile log(m_folder.filePath(u"sshd.log"_s));
    m_errors = log.open(QIODevice::ReadOnly) ? QString::fromUtf8(log.readAll()) : u"sshd did not start"_s;
    return false;
}

QList<qint64> SshHost::connections() const
{
    QHash<qint64, qint64> parents;
    QSet<qint64> servers;
    const QStringList names = QDir(u"/proc"_s).entryList(QDir::Dirs);
    for (const QString &name : names) {
        QFile stat(u"/proc/%1/stat"_s.arg(name));
        if (name.toLongLong() <= 0 || !stat.open(QIODevice::ReadOnly))
            continue;
        const QByteArray text = stat.readAll();
        if (text.contains("(sshd)"))
            servers.insert(name.toLongLong());
        parents.insert(name.toLongLong(), text.mid(text.lastIndexOf(')') + 2).split(' ').value(1).toLongLong());
    }
    QList<qint64> found;
    for (auto one = parents.cbegin(); one != parents.cend(); ++one) {
        for (qint64 above = one.value(); above > 1; above = parents.value(above)) {
            if (above == m_process.processId())
                found << one.key();
        }
    }
    // The server's own first: else they would still tell how the programs ended.
    std::sort(found.begin(), found.end(), [&servers](qint64 a, qint64 b) { return servers.contains(a) && !servers.contains(b); });
    return found;
}

void SshHost::killConnections()
{
    for (const qint64 pid : connections())
        ::kill(static_cast<pid_t>(pid), SIGKILL);
}

void SshHost::freezeConnections()
{
    for (const qint64 pid : connections())
        ::kill(static_cast<pid_t>(pid), SIGSTOP);
}

void SshHost::stop()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    ::kill(static_cast<pid_t>(m_process.processId()), SIGSTOP); // else who is cut off comes in again before the server has gone
    killConnections();
    m_process.kill();
    m_process.waitForFinished(startMs);
}

} // namespace kboss::test
