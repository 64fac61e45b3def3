#pragma once

#include "app/ssh/sshaddress.h"

#include <QByteArray>
#include <QList>
#include <functional>
#include <memory>
#include <optional>

namespace kboss {

// How to sign in. What is empty is not tried; the order is agent, key, password, keyboard-interactive (answered with the password, or by `answer`). A host that
// wants several of them in turn gets them. Holds secrets in memory: never stored, logged or put into an Error.
struct SshCredential {
    QString user;
    QByteArray password;
    QString keyFile; // OpenSSH or PEM
    QByteArray passphrase;
    bool agent = false; // the one SSH_AUTH_SOCK, or `agentSocket`, names
    QString agentSocket;
    // Answers what keyboard-interactive asks beyond the password, as a one-time code; called on the thread that opens the session. Nothing = give up.
    std::function<std::optional<QByteArray>(const QString &prompt, bool echo)> answer;
    QByteArray sudoPassword; // empty = the same as `password`
};

// A host to connect with, directly or through another (ProxyJump): the key of each is judged on its own.
struct SshTarget {
    SshAddress address;
    SshCredential credential;
    std::shared_ptr<const SshTarget> jump; // null = directly

    QString text() const { return credential.user + u'@' + address.text(); }
};

} // namespace kboss
