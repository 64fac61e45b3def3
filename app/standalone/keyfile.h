#pragma once

#include "app/base/result.h"
#include "app/standalone/database.h"

#include <QByteArray>

namespace kboss::standalone {

// Keeps stored passwords unreadable without the key file (libsodium secretbox). Immutable; any thread.
class SecretBox {
public:
    // Makes the key file (0600, in one step) for a database that has none yet. A lost file, one that belongs to another database, or one that
    // others may read is a Storage error that says what to do.
    static Result<SecretBox> open(const QString &keyFile, Database &database);
    ~SecretBox();
    SecretBox(SecretBox &&) noexcept = default;
    SecretBox &operator=(SecretBox &&) noexcept = default;

    QString seal(const QString &secret) const; // base64 of nonce and box
    Result<QString> unseal(const QString &sealed) const;

private:
    explicit SecretBox(QByteArray key) : m_key(std::move(key)) { }
    QByteArray m_key;
};

} // namespace kboss::standalone
