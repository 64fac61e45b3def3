#pragma once

#include "app/secrets/secretstore.h"

#include <QHash>
#include <QPromise>

namespace kboss {

// A keychain in memory.
class FakeSecretStore : public SecretStore {
public:
    QFuture<Result<QString>> read(const QString &key) override
    {
        ++reads;
        return QtFuture::makeReadyFuture(entries.contains(key) ? Result<QString>(entries.value(key))
                                                               : Result<QString>(fail(ErrorKind::NotFound, {})));
    }
    QFuture<Result<void>> write(const QString &key, const QString &secret) override
    {
        entries.insert(key, secret);
        return QtFuture::makeReadyFuture(Result<void>());
    }

    QHash<QString, QString> entries;
    int reads = 0;
};

} // namespace kboss
