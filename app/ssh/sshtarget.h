#pragma once

#include "app/base/canceltoken.h"
#include "app/ssh/sshaddress.h"

#include <QByteArray>
#include <QList>
#include <functional>
#include <memory>
#include <optional>

namespace kboss {

// What a host asks by keyboard-interactive, in its own words: plain text of somebody else.
struct SshQuestion {
    QString title, text; // of the whole; may be empty
    QString prompt;
    bool echo = false; // what is typed may be seen
};

// How to sign in. What is empty is not tried; the order is agent, key, password, keyboard-interactive (answered with the password, or by `answer`); where there is
// an `answer`, keyboard-interactive comes before the password, since a host that has both may ask for more. The password is given once: a wrong one counts towards
// a lock-out each time. A host that wants several of them in turn gets them. Holds secrets in memory: never stored, logged or put into an Error.
struct SshCredential {
    QString user;
    QByteArray password;
    QString keyFile; // OpenSSH or PEM
    QByteArray passphrase;
    bool agent = false; // the one SSH_AUTH_SOCK, or `agentSocket`, names
    QString agentSocket;
    // Answers what keyboard-interactive asks beyond the password, as a one-time code; called on the thread that opens the session, whose deadline waits meanwhile.
    // Ends at once when the token asks for it. Nothing = give up.
    std::function<std::optional<QByteArray>(const SshQuestion &question, const CancelToken &token)> answer;
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
