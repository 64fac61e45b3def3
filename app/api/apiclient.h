#pragma once

#include "app/api/request.h"
#include "app/api/response.h"
#include "app/base/canceltoken.h"

#include <QFuture>
#include <QNetworkProxy>
#include <QObject>
#include <QSslCertificate>
#include <memory>

namespace kboss {

class RequestLog;

struct ServerSettings {
    QHash<ServiceKind, QUrl> bases;      // https, or http to loopback only; anything else is a Tls error before a byte is sent
    QList<QSslCertificate> extraCas;     // beside the system's
    enum class Proxy { System, None, Manual } proxyMode = Proxy::System;
    QNetworkProxy manualProxy;
    QString language = QStringLiteral("zh-CN");
};

struct ClientLimits {
    int connectMs = 8'000;
    int firstByteMs = 30'000;
    int totalMs = 120'000;               // x-slow overrides
    qint64 maxBytes = 64 * 1024 * 1024;  // after decompression
    int maxDepth = 64;
    int readRetries = 3;                 // reads only: network errors, 502, 503, 504, 429; 250 ms doubled, full jitter, Retry-After respected
    int backoffMs = 250;
    bool gzipOnLoopback = false;         // compressing for one's own machine only costs; true where a slow link is simulated
};

// How requests say who is asking. Implementations: NoSignIn, TokenSignIn (Bearer), BasicSignIn, PasswordSignIn, CodeSignIn (signin.h).
class SignIn;

// The one door to the network. Lives on the thread that made it (GUI); answers arrive there; bodies are decoded elsewhere by who asked.
// Every future ends with a value: the answer, or an Error with its kind. Destroying the client aborts what is under way (Cancelled).
// Never more than one re-sign-in at a time: requests that meet a 401 wait for it, then are sent once more - writes too, since a 401 was not carried out.
class ApiClient : public QObject {
    Q_OBJECT
public:
    enum class Connection { Unknown, Online, Offline, SignedOut };

    ApiClient(std::shared_ptr<const ContractSet> contracts, ServerSettings settings, std::shared_ptr<SignIn> signIn,
              RequestLog *log, ClientLimits limits = {}, QObject *parent = nullptr);
    ~ApiClient() override;

    // The answer as it came, after the envelope check; http failures and status:false are Errors.
    QFuture<Result<WireResponse>> send(const Call &call, CancelToken cancel = {});

    const ContractSet &contracts() const;
    Connection connection() const;
    int lastRoundTripMs() const; // -1 = none yet
    void setOfflineByChoice(bool offline); // every send ends Offline at once
    QFuture<Result<void>> signIn();        // explicit, e.g. after a person typed a new password
    QFuture<Result<void>> signOut();

Q_SIGNALS:
    void connectionChanged(kboss::ApiClient::Connection connection);
    void signInFailed(const kboss::Error &error);
    void requestFailed(const kboss::Error &error); // any that ended so; from the event loop

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace kboss
