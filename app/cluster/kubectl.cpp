#include "app/cluster/kubectl.h"

#include "app/cluster/secretfile.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QRegularExpression>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

bool unreachable(const QString &reason)
{
    static const QRegularExpression words(
        u"connection to the server .* was refused|no such host|i/o timeout|connection refused|context deadline exceeded|"
        "Unable to connect to the server"_s);
    return words.match(reason).hasMatch();
}

Result<void> waitForEnd(QProcess &process, int seconds, const std::stop_token &stop)
{
    QElapsedTimer clock;
    clock.start();
    while (!process.waitForFinished(100)) {
        if (process.state() == QProcess::NotRunning)
            return {};
        const bool stopped = stop.stop_requested();
        if (!stopped && clock.elapsed() < (seconds + 2) * 1000)
            continue;
        process.kill();
        process.waitForFinished(2000);
        return stopped ? fail(ErrorKind::Cancelled, u"the service ends"_s)
                       : fail(ErrorKind::Timeout, u"kubectl did not end within %1 s"_s.arg(seconds));
    }
    return {};
}

} // namespace

QString kubectlReason(const QByteArray &standardError)
{
    static const QRegularExpression klog(u"^[EWIF]\\d{4} \\d\\d:\\d\\d:\\d\\d"_s);
    QStringList lines;
    const QStringList all = QString::fromUtf8(standardError).split(u'\n', Qt::SkipEmptyParts);
    for (const QString &line : all) {
        const QString trimmed = line.trimmed();
        if (trimmed.isEmpty() || klog.match(trimmed).hasMatch() || trimmed.startsWith(u"Warning:"_s) || lines.contains(trimmed))
            continue;
        lines << trimmed;
    }
    return lines.join(u'\n').left(600);
}

Result<QByteArray> Kubectl::run(const QStringList &arguments, const QByteArray &input, int seconds) const
{
    const auto config = SecretFile::make(m_kubeconfig, m_settings.folder);
    if (!config)
        return fail(config.error());
    QProcess process;
    process.setProgram(m_settings.program);
    process.setArguments(QStringList{u"--kubeconfig"_s, (*config)->path(), u"--request-timeout=%1s"_s.arg(seconds)} + arguments);
    (*config)->passTo(process);
    process.start();
    if (!process.waitForStarted(5000))
        return fail(ErrorKind::Internal, u"%1 cannot be started: %2"_s.arg(m_settings.program, process.errorString()));
    process.write(input);
    process.closeWriteChannel();
    if (auto ended = waitForEnd(process, seconds, m_settings.stop); !ended)
        return fail(ended.error());
    if (process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return process.readAllStandardOutput();
    const QString reason = kubectlReason(process.readAllStandardError());
    return fail(unreachable(reason) ? ErrorKind::Offline : ErrorKind::Rejected, reason.isEmpty() ? u"kubectl failed without a reason"_s : reason);
}

} // namespace kboss
