#include "app/secrets/secretstore.h"

#include "app/secrets/keychainthread.h"

#include <QCoreApplication>
#include <QPromise>
#include <QTimer>
#include <QUuid>
#include <atomic>
#include <qt6keychain/keychain.h>

namespace kboss {

namespace {

// One question and its limit. The answer of a keychain comes from its own thread, the limit from the store's; the first of them counts.
struct Question {
    QPromise<Result<QString>> promise;
    std::atomic_bool over = false;

    void end(Result<QString> result)
    {
        if (over.exchange(true))
            return;
        promise.addResult(std::move(result));
        promise.finish();
    }
    ~Question() { end(fail(ErrorKind::Cancelled, QStringLiteral("The keychain was left"))); }
};

Result<QString> toResult(const KeychainAnswer &answer)
{
    switch (static_cast<QKeychain::Error>(answer.code)) {
    case QKeychain::NoError:
        return answer.secret;
    case QKeychain::EntryNotFound:
        return fail(ErrorKind::NotFound, QStringLiteral("No such entry in the keychain"));
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return fail(ErrorKind::Storage, QStringLiteral("The keychain refused: %1").arg(answer.detail));
    default:
        return fail(ErrorKind::Storage, QStringLiteral("No keychain (%1): %2").arg(answer.code).arg(answer.detail));
    }
}

QFuture<Result<QString>> ask(QObject *owner, int limitMs, KeychainRequest request)
{
    auto question = std::make_shared<Question>();
    question->promise.start();
    QFuture<Result<QString>> future = question->promise.future();
    request.wanted = [question] { return !question->over.load(); };
    // Continuations run where the promise ends: on the GUI thread.
    request.answered = [question](const KeychainAnswer &answer) {
        if (QCoreApplication *application = QCoreApplication::instance())
            QMetaObject::invokeMethod(
                application, [question, answer] { question->end(toResult(answer)); }, Qt::QueuedConnection);
    };
    // The limit dies with the owner; the question then ends as cancelled.
    auto *limit = new QTimer(owner);
    const std::shared_ptr<void> left(nullptr,
                                     [question](void *) { question->end(fail(ErrorKind::Cancelled, QStringLiteral("The keychain was left"))); });
    QObject::connect(limit, &QTimer::timeout, limit, [question, limit, limitMs, left] {
        limit->deleteLater();
        question->end(fail(ErrorKind::Timeout, QStringLiteral("The keychain did not answer within %1 ms").arg(limitMs)));
    });
    limit->setSingleShot(true);
    limit->start(limitMs);
    askKeychain(std::move(request));
    return future;
}

QFuture<Result<void>> withoutValue(QFuture<Result<QString>> future)
{
    return future.then([](const Result<QString> &result) -> Result<void> {
        if (!result)
            return fail(result.error());
        return {};
    });
}

} // namespace

SecretStore::SecretStore(QString service, int limitMs, QObject *parent) : QObject(parent), m_service(std::move(service)), m_limitMs(limitMs) { }

QFuture<Result<QString>> SecretStore::read(const QString &key)
{
    return ask(this, m_limitMs, {KeychainVerb::Read, m_service, key, {}, {}, {}});
}

QFuture<Result<void>> SecretStore::write(const QString &key, const QString &secret)
{
    return withoutValue(ask(this, m_limitMs, {KeychainVerb::Write, m_service, key, secret, {}, {}}));
}

QFuture<Result<void>> SecretStore::remove(const QString &key)
{
    return withoutValue(ask(this, m_limitMs, {KeychainVerb::Remove, m_service, key, {}, {}, {}}));
}

QFuture<Result<void>> SecretStore::probe()
{
    struct Steps {
        QPromise<Result<void>> promise;
        void end(Result<void> result)
        {
            promise.addResult(std::move(result));
            promise.finish();
        }
    };
    auto steps = std::make_shared<Steps>();
    steps->promise.start();
    const QFuture<Result<void>> future = steps->promise.future();
    const QString key = QStringLiteral("probe/") + QUuid::createUuid().toString(QUuid::WithoutBraces);
    const QString value = QUuid::createUuid().toString(QUuid::WithoutBraces);
    const int step = std::max(1, m_limitMs / 3); // three steps within one limit
    const auto request = [this, key](KeychainVerb verb, const QString &secret) { return KeychainRequest{verb, m_service, key, secret, {}, {}}; };
    ask(this, step, request(KeychainVerb::Write, value)).then([this, steps, step, request, value](const Result<QString> &written) {
        if (!written)
            return steps->end(fail(written.error()));
        ask(this, step, request(KeychainVerb::Read, {})).then([this, steps, step, request, value](const Result<QString> &read) {
            const bool same = read && *read == value;
            const Error error = read
                ? Error{ErrorKind::Storage, QStringLiteral("The keychain gave back something else than was written"), {}, {}, {}, 0}
                : read.error();
            if (!read && error.kind == ErrorKind::Cancelled)
                return steps->end(fail(error));
            ask(this, step, request(KeychainVerb::Remove, {})).then([steps, same, error](const Result<QString> &removed) {
                if (!same)
                    return steps->end(fail(error));
                steps->end(removed ? Result<void>{} : Result<void>{fail(removed.error())});
            });
        });
    });
    return future;
}

} // namespace kboss
