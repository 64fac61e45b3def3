#include "tests/support/host/installhost.h"

#include "tests/support/host/hostlink.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <thread>
#include <unistd.h>

namespace kboss::test {

using namespace Qt::StringLiterals;

namespace {

QString sourceFolder()
{
    return qEnvironmentVariable("KBOSS_SOURCE_DIR", QStringLiteral(KBOSS_HOST_SOURCE));
}

// One key for all hosts of this process.
struct UserKey {
    UserKey()
    {
        made = QProcess::execute(u"ssh-keygen"_s, {u"-q"_s, u"-t"_s, u"ed25519"_s, u"-N"_s, QString(), u"-C"_s, u"test"_s, u"-f"_s, file()}) == 0;
    }
    QString file() const { return folder.filePath(u"key"_s); }

    QTemporaryDir folder;
    bool made = false;
};

const UserKey &userKey()
{
    static const UserKey key;
    return key;
}

QJsonObject configOf(const HostOptions &options, const QString &address, quint16 port, const QString &folder, const QString &key)
{
    static const char *const sudo[] = {"Password", "NoPassword", "None", "NotInstalled"};
    static const char *const account[] = {"Good", "Locked", "Expired", "OldPassword", "NoShell"};
    const QString support = sourceFolder() + u"/tests/support/"_s;
    return {{u"name"_s, options.name},
            {u"number"_s, options.number},
            {u"address"_s, address},
            {u"port"_s, port},
            {u"mountPoint"_s, folder},
            {u"leave"_s, QJsonArray{folder}},
            {u"clusterFolder"_s, options.clusterFolder},
            {u"authorizedKey"_s, key},
            {u"password"_s, options.password},
            {u"sudo"_s, QLatin1String(sudo[int(options.sudo)])},
            {u"account"_s, QLatin1String(account[int(options.account)])},
            {u"passwordSignIn"_s, options.passwordSignIn},
            {u"keyboardInteractive"_s, options.keyboardInteractive},
            {u"sshdSettings"_s, QJsonArray::fromStringList(options.sshdSettings)},
            {u"missing"_s, QJsonArray::fromStringList(options.missing)},
            {u"installed"_s, options.installed},
            {u"version"_s, options.version},
            {u"cpus"_s, options.cpus},
            {u"memoryMb"_s, options.memoryMb},
            {u"gpus"_s, options.gpus},
            {u"swap"_s, options.swap},
            {u"machineId"_s, options.machineId},
            {u"productUuid"_s, options.productUuid},
            {u"osId"_s, options.osId},
            {u"bootMs"_s, options.bootMs},
            {u"registry"_s, options.registry},
            {u"pullMs"_s, options.pullMs},
            {u"client"_s, u"" KBOSS_HOST_CLIENT ""_s},
            {u"watch.so"_s, u"" KBOSS_HOST_WATCH ""_s},
            {u"recorded"_s, QJsonArray{support + u"kubeadm"_s, support + u"host/recorded"_s}}};
}

} // namespace

struct InstallHost::Private {
    QString mountPoint; // an empty folder; what is on it only the host sees
    std::unique_ptr<HostNumber> number;
    std::unique_ptr<QProcess> process;
    QString sharedFolder; // of this host alone, where no lab gave one
    HostLogs last; // of the time before stop()
    QString lastSnapshot;
    QByteArray hostKey;
};

InstallHost::InstallHost(HostOptions options) : m_options(std::move(options)), d(std::make_unique<Private>())
{
    d->number = std::make_unique<HostNumber>(m_options.number);
    m_options.number = d->number->number();
    if (m_options.name.isEmpty())
        m_options.name = u"node-%1"_s.arg(m_options.number);
    m_port = kboss::test::freePort(address());
}

InstallHost::~InstallHost()
{
    stop();
}

QString InstallHost::address() const
{
    return u"127.0.1.%1"_s.arg(m_options.number);
}

QString InstallHost::keyFile() const
{
    return userKey().file();
}

QByteArray InstallHost::hostKey() const
{
    const QByteArray now = fileContent(u"/etc/ssh/ssh_host_ed25519_key.pub"_s);
    if (!now.isEmpty())
        d->hostKey = now.left(now.lastIndexOf(' '));
    return d->hostKey;
}

bool InstallHost::begin()
{
    if (::geteuid() != 0) {
        m_error = u"an InstallHost wants to be run by root: it mounts file systems of its own"_s;
        return false;
    }
    if (m_options.number == 0) {
        m_error = u"no address is left"_s;
        return false;
    }
    QFile key(keyFile() + u".pub"_s);
    if (!key.open(QIODevice::ReadOnly)) {
        m_error = u"no key: "_s + key.errorString();
        return false;
    }
    d->mountPoint = emptyFolder(u"host"_s);
    if (m_options.clusterFolder.isEmpty())
        m_options.clusterFolder = d->sharedFolder = emptyFolder(u"cluster"_s);
    QJsonObject config = configOf(m_options, address(), m_port, d->mountPoint, QString::fromUtf8(key.readAll().trimmed()));
    config[u"leave"_s] = QJsonArray{d->mountPoint, m_options.clusterFolder};
    d->process = std::make_unique<QProcess>();
    d->process->start(u"unshare"_s,
                      {u"--mount"_s, u"--uts"_s, u"--pid"_s, u"--fork"_s, u"--kill-child=KILL"_s, u"/usr/bin/python3"_s, u"-E"_s, u"-s"_s, u"-X"_s,
                       u"pycache_prefix=" KBOSS_HOST_CACHE ""_s, u"-W"_s, u"ignore"_s, sourceFolder() + u"/tests/support/host/guest/init.py"_s});
    d->process->write(QJsonDocument(config).toJson(QJsonDocument::Compact) + '\n');
    d->process->waitForBytesWritten(5000); // else it would begin when somebody waits for it
    return true;
}

bool InstallHost::waitUntilUp(int ms)
{
    QElapsedTimer clock;
    clock.start();
    QByteArray said;
    while (clock.elapsed() < ms && d->process && !said.contains('\n') && d->process->state() != QProcess::NotRunning) {
        d->process->waitForReadyRead(50);
        said += d->process->readAllStandardOutput();
    }
    if (!said.startsWith("up ")) {
        m_error = d->process ? QString::fromUtf8(d->process->readAllStandardError()) + d->process->errorString() : u"not begun"_s;
        stop();
        return false;
    }
    m_init = static_cast<pid_t>(said.mid(3).trimmed().toLong());
    return true;
}

void InstallHost::stop()
{
    if (!d->process)
        return;
    if (m_init > 0) {
        d->last = readLogs();
        d->lastSnapshot = stateSnapshot();
        hostKey();
    }
    d->process->closeWriteChannel(); // the host's first process ends, and all others with it
    if (!d->process->waitForFinished(5000)) {
        d->process->kill();
        d->process->waitForFinished(5000);
    }
    m_error += QString::fromUtf8(d->process->readAllStandardError());
    d->process.reset();
    m_init = 0;
    QDir().rmdir(d->mountPoint);
    if (!d->sharedFolder.isEmpty())
        QDir(d->sharedFolder).removeRecursively();
}

QByteArray InstallHost::ask(const QByteArray &request, int ms) const
{
    return m_init > 0 ? askHost(m_init, "c", request, ms) : QByteArray();
}

QJsonObject InstallHost::order(const char *name, QJsonObject values, int ms) const
{
    values[u"order"_s] = QLatin1String(name);
    const QByteArray text = ask(QJsonDocument(values).toJson(QJsonDocument::Compact), ms);
    const QJsonObject answer = QJsonDocument::fromJson(text).object();
    if (text.isEmpty() || answer.contains(u"error"_s))
        m_error += QLatin1String(name) + u": "_s + answer[u"error"_s].toString(u"no answer"_s);
    return answer;
}

InstallHost::Output InstallHost::inside(const QStringList &words, const QByteArray &input)
{
    const QJsonObject answer =
        order("inside", {{u"words"_s, QJsonArray::fromStringList(words)}, {u"input"_s, QString::fromLatin1(input.toBase64())}}, 120'000);
    return {answer[u"exit"_s].toInt(-1), QByteArray::fromBase64(answer[u"out"_s].toString().toLatin1()),
            QByteArray::fromBase64(answer[u"err"_s].toString().toLatin1())};
}

QByteArray InstallHost::fileContent(const QString &path) const
{
    return m_init > 0 ? QByteArray::fromBase64(order("read", {{u"path"_s, path}})[u"content"_s].toString().toLatin1()) : QByteArray();
}

bool InstallHost::fileExists(const QString &path) const
{
    return order("read", {{u"path"_s, path}})[u"there"_s].toBool();
}

bool InstallHost::writeFile(const QString &path, const QByteArray &content, int mode)
{
    const QJsonObject answer = order("write", {{u"path"_s, path}, {u"content"_s, QString::fromLatin1(content.toBase64())}, {u"mode"_s, mode}});
    return !answer.contains(u"error"_s);
}

HostLogs InstallHost::readLogs() const
{
    if (m_init <= 0)
        return d->last;
    const QJsonObject answer = order("logs", {});
    const auto text = [&answer](const char *name) { return QByteArray::fromBase64(answer[QLatin1String(name)].toString().toLatin1()); };
    return {text("calls"), text("argv"), text("environ"), text("troubles")};
}

std::vector<HostCall> InstallHost::calls() const
{
    return callsOf(readLogs().calls);
}

std::vector<HostCall> InstallHost::calls(const QString &tool, const QString &argumentsContain) const
{
    std::vector<HostCall> found = calls();
    std::erase_if(found, [&](const HostCall &call) { return call.tool != tool || !call.arguments.join(u' ').contains(argumentsContain); });
    return found;
}

QStringList InstallHost::argvSeen() const
{
    QStringList lines = QString::fromUtf8(readLogs().argv).split(u'\n', Qt::SkipEmptyParts);
    for (QString &line : lines)
        line = line.replace(QChar(0x1f), u' ').replace(QChar(0x1e), u'\n').trimmed();
    return lines;
}

QStringList InstallHost::environSeen() const
{
    QStringList words = QString::fromUtf8(readLogs().environ).split(QChar(0x1f), Qt::SkipEmptyParts);
    words.removeDuplicates();
    return words;
}

QString InstallHost::troubles() const
{
    return QString::fromUtf8(readLogs().troubles);
}

QString InstallHost::stateSnapshot(const QStringList &leaveOut) const
{
    return m_init > 0 ? order("snapshot", {{u"leaveOut"_s, QJsonArray::fromStringList(leaveOut)}})[u"text"_s].toString() : d->lastSnapshot;
}

} // namespace kboss::test
