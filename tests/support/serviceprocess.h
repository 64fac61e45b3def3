#pragma once

#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

namespace kboss::test {

// The real kboss-service ($KBOSS_BIN_DIR/kboss-service) in its own process, on a free loopback port, with its own database folder.
// start() again after kill() or stop() serves the same database. Ends the process, by its id, when it goes.
class ServiceProcess {
public:
    ServiceProcess();
    ~ServiceProcess();

    // Blocks until the ready line or `timeoutMs`; false: errorText() says why. `arguments` are added to --listen, --database and --sample.
    bool start(const QString &sample = QStringLiteral("small"), const QStringList &arguments = {}, int timeoutMs = 30'000);
    // The same with --child: the token goes over standard input, which stays open until closeInput() or the end.
    bool startChild(const QString &token, const QString &sample = QStringLiteral("small"));
    void closeInput();
    bool waitForEnd(int timeoutMs = 10'000);
    void stop(); // asks it to end, waits
    void kill(); // as kill -9, waits

    QUrl url() const { return m_url; }
    qint64 pid() const { return m_process.processId(); }
    bool isRunning() const { return m_process.state() == QProcess::Running; }
    int exitCode() const { return m_process.exitCode(); }
    QString errorText() const { return m_errors; }
    QString folder() const { return m_folder.path(); }
    QString database() const { return m_folder.filePath(QStringLiteral("service.db")); }
    QString writeFile(const QString &name, const QByteArray &content) const; // 0600, in folder(); returns its path

private:
    bool launch(const QStringList &arguments);
    bool waitForUrl(int timeoutMs);

    QTemporaryDir m_folder;
    QProcess m_process;
    QUrl m_url;
    QString m_errors;
};

} // namespace kboss::test
