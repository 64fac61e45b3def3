#pragma once

#include "app/base/result.h"

#include <QFuture>
#include <QObject>

namespace kboss {

// Passwords and tokens in the system's keychain, and nowhere else. Lives on the GUI thread; answers come there; every call ends within
// `limitMs` (a keychain that never answers is a Timeout). "No vault" is ErrorKind::Storage with detail; a missing entry is NotFound.
// Callers that get either ask the person each time.
class SecretStore : public QObject {
    Q_OBJECT
public:
    explicit SecretStore(QString service = QStringLiteral("kboss-console"), int limitMs = 2000, QObject *parent = nullptr);

    virtual QFuture<Result<QString>> read(const QString &key);
    virtual QFuture<Result<void>> write(const QString &key, const QString &secret);
    virtual QFuture<Result<void>> remove(const QString &key);
    // write + read + delete of a probe entry, since a read without a vault may claim "not found".
    virtual QFuture<Result<void>> probe();

private:
    QString m_service;
    int m_limitMs;
};

} // namespace kboss
