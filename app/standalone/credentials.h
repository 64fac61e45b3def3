#pragma once

#include "app/base/result.h"
#include "app/standalone/database.h"

#include <QHash>
#include <mutex>
#include <optional>
#include <vector>

namespace kboss::standalone {

// Who may use the service: one token given at the start, users with passwords (crypto_pwhash), and the sessions they opened.
// Only hashes of tokens are kept. Any thread.
class Credentials {
public:
    explicit Credentials(Database &database);

    Result<void> setUser(const QString &name, const QString &password);
    void setToken(const QByteArray &token);

    bool required() const; // false: nothing is configured, everyone on this machine may
    bool hasUsers() const;

    // The user behind a token or session ("token" for the start token), or nothing. Expired sessions are forgotten.
    std::optional<QString> whoIs(const QByteArray &token);

    // A new session's token, or nothing for a wrong name or password (in equal time).
    std::optional<QByteArray> signIn(const QString &name, const QString &password);
    void signOut(const QByteArray &token);

    // Whether that is a user of the service with their password, or "token" with the start token. Compared in equal time; what was right is known again for five
    // minutes without the costly hash, until the password changes. Gives the name, or nothing.
    std::optional<QString> whoIsBasic(const QByteArray &namePassword); // "name:password"


private:
    struct Session {
        QString user;
        qint64 endsAtMs = 0;
    };
    Database &m_database;
    mutable std::mutex m_mutex;
    bool isPassword(const QByteArray &storedHash, const QByteArray &password); // costly
    bool isRemembered(const QByteArray &mark);
    void remember(const QByteArray &mark);

    std::mutex m_hashing; // one costly hash at a time: a flood of sign-ins must not take all memory
    QByteArray m_tokenHash;
    QHash<QByteArray, Session> m_sessions; // by hash of the token
    const QByteArray m_markKey; // at random
    std::vector<std::pair<QByteArray, qint64>> m_marks; // keyed hashes of what was right lately, and until when
};

} // namespace kboss::standalone
