#include "app/cluster/kubectl.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

Result<QString> writeConfig(const QTemporaryDir &folder, const QByteArray &kubeconfig)
{
    if (!folder.isValid())
        return fail(ErrorKind::Storage, u"no temporary folder: %1"_s.arg(folder.errorString()));
    QFile file(folder.filePath(u"config"_s)); // the folder itself is 0700
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        || file.write(kubeconfig) != kubeconfig.size() || !file.flush())
        return fail(ErrorKind::Storage, u"the kubeconfig cannot be put down: %1"_s.arg(file.errorString()));
    return file.fileName();
}

bool unreachable(const QString &reason)
{
    static const QRegularExpression words(
        u"connection to the server .* was refused|no such host|i/o timeout|connection refused|context deadline exceeded|"
        "Unable to connect to the server"_s);
    return words.match(reason).hasMatch();
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
    const QTemporaryDir folder;
    const auto config = writeConfig(folder, m_kubeconfig);
    if (!config)
        return fail(config.error());
    QProcess process;
    process.setProgram(m_program);
    process.setArguments(QStringList{u"--kubeconfig"_s, *config, u"--request-timeout=%1s"_s.arg(seconds)} + arguments);
    process.start();
    if (!process.waitForStarted(5000))
        return fail(ErrorKind::Internal, u"%1 cannot be started: %2"_s.arg(m_program, process.errorString()));
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished((seconds + 2) * 1000)) {
        process.kill();
        process.waitForFinished(2000);
        return fail(ErrorKind::Timeout, u"kubectl did not end within %1 s"_s.arg(seconds));
    }
    if (process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return process.readAllStandardOutput();
    const QString reason = kubectlReason(process.readAllStandardError());
    return fail(unreachable(reason) ? ErrorKind::Offline : ErrorKind::Rejected, reason.isEmpty() ? u"kubectl failed without a reason"_s : reason);
}

} // namespace kboss
