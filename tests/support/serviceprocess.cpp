#include "tests/support/serviceprocess.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

namespace kboss::test {

using namespace Qt::StringLiterals;

ServiceProcess::ServiceProcess()
{
    m_process.setProgram(qEnvironmentVariable("KBOSS_BIN_DIR") + u"/kboss-service"_s);
    m_process.setProcessChannelMode(QProcess::SeparateChannels);
}

ServiceProcess::~ServiceProcess()
{
    kill();
}

bool ServiceProcess::start(const QString &sample, const QStringList &arguments, int timeoutMs)
{
    return launch(QStringList{u"--listen"_s, u"127.0.0.1:0"_s, u"--database"_s, database(), u"--sample"_s, sample} + arguments)
        && waitForUrl(timeoutMs);
}

bool ServiceProcess::startChild(const QString &token, const QString &sample)
{
    if (!launch({u"--listen"_s, u"127.0.0.1:0"_s, u"--database"_s, database(), u"--sample"_s, sample, u"--child"_s}))
        return false;
    m_process.write(QJsonDocument(QJsonObject{{u"token"_s, token}}).toJson(QJsonDocument::Compact) + '\n');
    return waitForUrl(30'000);
}

bool ServiceProcess::launch(const QStringList &arguments)
{
    m_url.clear();
    m_errors.clear();
    m_process.setArguments(arguments);
    m_process.start();
    if (m_process.waitForStarted(10'000))
        return true;
    m_errors = m_process.program() + u": "_s + m_process.errorString();
    return false;
}

bool ServiceProcess::waitForUrl(int timeoutMs)
{
    QElapsedTimer timer;
    timer.start();
    while (!m_process.canReadLine() && m_process.state() != QProcess::NotRunning && timer.elapsed() < timeoutMs)
        m_process.waitForReadyRead(static_cast<int>(std::max<qint64>(1, timeoutMs - timer.elapsed())));
    const QByteArray line = m_process.readLine();
    m_url = QUrl(QJsonDocument::fromJson(line).object().value(u"url"_s).toString());
    m_errors = QString::fromUtf8(m_process.readAllStandardError());
    return m_url.isValid() && !m_url.isEmpty();
}

void ServiceProcess::closeInput()
{
    m_process.closeWriteChannel();
}

bool ServiceProcess::waitForEnd(int timeoutMs)
{
    const bool ended = m_process.state() == QProcess::NotRunning || m_process.waitForFinished(timeoutMs);
    m_errors += QString::fromUtf8(m_process.readAllStandardError());
    return ended;
}

void ServiceProcess::stop()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.terminate();
    if (!m_process.waitForFinished(10'000))
        kill();
}

void ServiceProcess::kill()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished(10'000);
}

QString ServiceProcess::writeFile(const QString &name, const QByteArray &content) const
{
    const QString path = m_folder.filePath(name);
    QFile file(path);
    if (file.open(QIODevice::WriteOnly)) {
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        file.write(content);
    }
    return path;
}

} // namespace kboss::test
