#pragma once

#include "app/api/exchange.h"
#include "app/api/requestlog.h"

#include <QPromise>
#include <stop_token>

namespace kboss {

class ClientCore;

// One call from send() to its value: waits for its turn, for a sign-in where one is under way, tries again where that is allowed,
// and ends exactly once. Owned by the core; deletes itself later after the end.
class RequestTask : public QObject {
    Q_OBJECT
public:
    RequestTask(ClientCore &core, std::shared_ptr<const Operation> operation, WireRequest wire, const Call &call, const CancelToken &cancel);
    ~RequestTask() override;

    QFuture<Result<WireResponse>> future() { return m_promise.future(); }
    const Operation &operation() const { return *m_operation; }
    int signInsSeen() const { return m_signInsSeen; } // how many sign-ins had succeeded when the last attempt left

    void run(); // the core says when
    void finish(Result<WireResponse> result);

private:
    void onExchangeFinished();
    void onAnswer(const ExchangeResult &exchange);
    bool tryAgain(const ExchangeResult &exchange);
    void check(WireResponse response);
    void onChecked(const WireResponse &response, const Result<void> &checked);
    void log(int status, qint64 elapsedMs, qint64 bytes, const QString &error) const;
    QNetworkRequest networkRequest(const WireRequest &wire) const;
    int totalMs() const;
    int firstByteMs() const;
    Error completed(Error error) const;
    QString scrubbed(QString text) const;

    ClientCore &m_core;
    std::shared_ptr<const Operation> m_operation;
    WireRequest m_wire;
    QStringList m_secrets; // what was sent and must not come back in a text
    QPromise<Result<WireResponse>> m_promise;
    Exchange *m_exchange = nullptr;
    QTimer m_totalTimer, m_pauseTimer;
    QElapsedTimer m_age;
    QString m_requestId;
    qint64 m_lastElapsedMs = 0, m_lastBytes = 0;
    int m_lastStatus = 0;
    int m_attempt = 0;
    int m_signInsSeen = 0;
    bool m_signInTried = false;
    bool m_done = false;
    std::optional<std::stop_callback<std::function<void()>>> m_onStop; // last: gone before the rest
};

} // namespace kboss
