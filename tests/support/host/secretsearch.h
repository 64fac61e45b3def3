#pragma once

#include "tests/support/host/installlab.h"

#include <QMap>
#include <mutex>
#include <thread>

namespace kboss::test {

// Looks for what nobody may see: in files, in what processes were started with, in lines that were shown. Secrets may be added at any time, also by other threads,
// and before or after what they are searched in. While it lives, it collects the arguments and environments of all processes below this one.
class SecretSearch {
public:
    SecretSearch();
    ~SecretSearch();
    Q_DISABLE_COPY_MOVE(SecretSearch)

    void add(const QString &name, const QByteArray &secret); // also its base64, hex and percent-encoded forms; shorter than 6 bytes = nothing
    void addJoinCommand(const QByteArray &said); // tokens and certificate keys in what kubeadm printed
    void addPrivateKeys(const QByteArray &text); // of PEM files and kubeconfigs
    void addPrivateKeysOf(InstallHost &host); // below /etc/kubernetes
    QStringList names() const; // of what is searched for

    void note(const QString &where, const QString &text); // something that somebody saw: a line of a log
    // Each finding says where, and which secret by its name.
    QStringList inNotes() const;
    QStringList inProcesses() const;
    // Names and content of all files below; `leaveOut`: paths below the folder ("platform/kubeconfig"), also of folders.
    QStringList inFolder(const QString &folder, const QStringList &leaveOut = {}) const;
    // What its processes were started with, and its files, without those that are there to hold keys.
    QStringList onHost(InstallHost &host) const;

private:
    void watch(const std::stop_token &stop);
    void collect();
    QStringList namesIn(const QByteArray &text) const; // of the secrets in it

    mutable std::mutex m_mutex;
    QMap<QByteArray, QString> m_secrets;
    QMap<QString, QString> m_processes; // what was seen, and of whom
    QList<std::pair<QString, QString>> m_notes;
    std::jthread m_thread;
};

} // namespace kboss::test
