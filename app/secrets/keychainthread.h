#pragma once

#include <QString>
#include <functional>

namespace kboss {

// What the keychain said. `code` is QKeychain::Error.
struct KeychainAnswer {
    int code = 0;
    QString detail;
    QString secret;
};

enum class KeychainVerb { Read, Write, Remove };

struct KeychainRequest {
    KeychainVerb verb = KeychainVerb::Read;
    QString service, key, secret;
    std::function<bool()> wanted; // asked on the keychain's thread: false = nobody waits any more, leave it out
    std::function<void(KeychainAnswer)> answered; // called on the keychain's thread
};

// Hands a request to the thread that talks to the system's keychain: backends may block for many seconds where no vault answers.
// QtKeychain has one queue a process and it stays on the thread that used it first, hence one thread a process. GUI thread.
void askKeychain(KeychainRequest request);

} // namespace kboss
