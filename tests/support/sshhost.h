#pragma once

#include <QProcess>
#include <QTemporaryDir>

namespace kboss::test {

// A real OpenSSH server on a free loopback port, in a process of its own, run by whoever runs the test: its own host key, one key that it lets in. Ends with
// this object.
class SshHost {
public:
    SshHost();
    ~SshHost();

    bool start(const QStringList &settings = {}); // lines added to sshd_config; again after stop(): same port, same keys
    void stop(); // the server and all its connections
    bool renewHostKey(); // another key, as after a reinstallation; for the next start()
    void killConnections(); // as when the network goes; the server goes on
    void freezeConnections(); // they answer nothing any more, and stay open

    quint16 port() const { return m_port; }
    QString keyFile() const { return m_folder.filePath(QStringLiteral("user_key")); }
    QString hostKeyFile() const { return m_folder.filePath(QStringLiteral("host_key")); }
    QString folder() const { return m_folder.path(); }
    QString user() const;
    QString errorText() const { return m_errors; }
    bool makeKey(const QString &name, const QString &passphrase, bool allowed) const; // folder()/name

private:
    QList<qint64> connections() const; // processes of the server's own
    bool runTool(const QString &program, const QStringList &arguments) const;

    QTemporaryDir m_folder;
    QProcess m_process;
    quint16 m_port = 0;
    mutable QString m_errors;
};

} // namespace kboss::test
