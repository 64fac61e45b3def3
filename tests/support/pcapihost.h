#pragma once

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QThread>
#include <csignal>

namespace kboss::test {

// The control plane of tests/support/kubectl/sshhost.sh: root signs in with a password, kubectl is the scripted one. Ends with this object.
class PcapiHost {
public:
    explicit PcapiHost(QByteArray password) : m_password(std::move(password))
    {
        QTcpServer server;
        m_port = server.listen(QHostAddress::LocalHost) ? server.serverPort() : quint16(0);
    }
    ~PcapiHost() { stop(); }

    bool start()
    {
        write(QStringLiteral("password"), m_password + '\n');
        m_process.start(qEnvironmentVariable("KBOSS_SOURCE_DIR") + QStringLiteral("/tests/support/kubectl/sshhost.sh"), {folder(), QString::number(m_port)});
        QElapsedTimer clock;
        for (clock.start(); clock.elapsed() < 20'000 && m_process.state() != QProcess::NotRunning; QThread::msleep(20)) {
            QTcpSocket socket;
            socket.connectToHost(QHostAddress::LocalHost, m_port);
            if (socket.waitForConnected(200))
                return true;
            m_process.waitForFinished(1);
        }
        return false;
    }
    void stop() // and all its connections
    {
        if (m_process.state() == QProcess::NotRunning)
            return;
        const QList<qint64> children = descendants(m_process.processId());
        m_process.terminate();
        if (!m_process.waitForFinished(5'000))
            m_process.kill();
        m_process.waitForFinished(5'000);
        for (const qint64 child : children)
            ::kill(static_cast<pid_t>(child), SIGKILL);
    }

    quint16 port() const { return m_port; }
    QString folder() const { return m_folder.path(); }
    QString path(const QString &name) const { return m_folder.filePath(name); }
    QString errorText() const { return QString::fromUtf8(read(QStringLiteral("sshd.log"))); }
    QString fingerprint() const // as ssh-keygen says it
    {
        QProcess tool;
        tool.start(QStringLiteral("ssh-keygen"), {QStringLiteral("-lf"), path(QStringLiteral("host_key.pub"))});
        tool.waitForFinished(10'000);
        return QString::fromUtf8(tool.readAll()).section(QLatin1Char(' '), 1, 1);
    }

    QByteArray read(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void write(const QString &name, const QByteArray &content) const
    {
        QFile file(path(name));
        if (file.open(QIODevice::WriteOnly))
            file.write(content);
    }
    void forgetCalls() const { QFile::remove(path(QStringLiteral("state/argv.log"))); }
    QList<QStringList> calls() const // the words of each kubectl that ran
    {
        QList<QStringList> all;
        const QList<QByteArray> lines = read(QStringLiteral("state/argv.log")).split('\n');
        for (const QByteArray &line : lines) {
            QStringList words;
            const QJsonArray array = QJsonDocument::fromJson(line).array();
            for (const QJsonValue &word : array)
                words << word.toString();
            if (!words.isEmpty())
                all << words;
        }
        return all;
    }

private:
    static QList<qint64> descendants(qint64 parent)
    {
        QList<qint64> found;
        const QStringList names = QDir(QStringLiteral("/proc")).entryList({QStringLiteral("[0-9]*")}, QDir::Dirs);
        for (const QString &name : names) {
            QFile stat(QStringLiteral("/proc/%1/stat").arg(name));
            const QByteArray text = stat.open(QIODevice::ReadOnly) ? stat.readAll() : QByteArray();
            if (text.mid(text.lastIndexOf(')') + 2).split(' ').value(1).toLongLong() == parent)
                found << name.toLongLong() << descendants(name.toLongLong());
        }
        return found;
    }

    const QByteArray m_password;
    QTemporaryDir m_folder;
    QProcess m_process;
    quint16 m_port = 0;
};

} // namespace kboss::test
