#pragma once

#include "app/api/apiclient.h"
#include "app/api/localwatch.h"
#include "app/api/requesttask.h"
#include "app/api/signin.h"

#include <QNetworkAccessManager>
#include <QSslConfiguration>
#include <deque>

namespace kboss {

// What ApiClient hides: the queue of calls, the one sign-in at a time, the state of the connection.
class ClientCore : public QObject {
    Q_OBJECT
public:
    ClientCore(std::shared_ptr<const ContractSet> contracts, ServerSettings settings, std::shared_ptr<SignIn> signIn, RequestLog *log,
               ClientLimits limits);
    ~ClientCore() override;

    QFuture<Result<WireResponse>> send(const Call &call, const CancelToken &cancel);
    QFuture<Result<void>> signInNow(); // asked for by a person: an earlier refusal is forgotten
    QFuture<Result<void>> signOut();
    void setOfflineByChoice(bool offline);

    const ContractSet &contracts() const { return *m_contracts; }
    const ServerSettings &settings() const { return m_settings; }
    const ClientLimits &limits() const { return m_limits; }
    RequestLog *log() const { return m_log; }
    QNetworkAccessManager &network() { return *m_network; }
    SignIn &signIn() { return *m_signIn; }
    int signIns() const { return m_signIns; }
    ApiClient::Connection connection() const { return m_connection; }
    int lastRoundTripMs() const { return m_lastRoundTripMs; }
    void applyTls(QNetworkRequest &request) const;

    // For tasks.
    void enqueue(RequestTask *task);
    void release(RequestTask *task); // its exchange is over
    bool canSignIn(const RequestTask *task) const; // else a 401 is final
    void waitForSignIn(RequestTask *task);
    void forget(RequestTask *task, const Result<WireResponse> &result);
    void noteExchange(const QUrl &url, const ExchangeResult &result);
    bool speaksHttp2(const QUrl &url) const { return m_http2Servers.contains(url.authority()); }

Q_SIGNALS:
    void connectionChanged(kboss::ApiClient::Connection connection);
    void signInFailed(const kboss::Error &error);
    void requestFailed(const kboss::Error &error);

private:
    Result<RequestTask *> makeTask(const Call &call, const CancelToken &cancel);
    void pump();
    void startSignIn();
    void onSignInAnswer(const Operation &operation, const Result<WireResponse> &answer);
    void endSignIn(const Result<void> &result);
    void setConnection(ApiClient::Connection connection);
    void watchLocalServers();

    std::shared_ptr<const ContractSet> m_contracts;
    ServerSettings m_settings;
    std::shared_ptr<SignIn> m_signIn;
    RequestLog *m_log;
    ClientLimits m_limits;
    std::unique_ptr<QNetworkAccessManager> m_network;
    QSslConfiguration m_tls;
    LocalWatch m_localWatch;
    QList<RequestTask *> m_tasks; // all that have not ended
    std::deque<RequestTask *> m_queue; // for a place
    QList<RequestTask *> m_running;
    QList<RequestTask *> m_waiting; // for the sign-in under way
    std::vector<QPromise<Result<void>>> m_signInAskers;
    std::optional<Error> m_refusal; // the last sign-in was refused: not tried again by itself
    ApiClient::Connection m_connection = ApiClient::Connection::Unknown;
    QSet<QString> m_http2Servers;
    int m_lastRoundTripMs = -1;
    int m_signIns = 0;
    bool m_signingIn = false;
    bool m_offlineByChoice = false;
    bool m_closing = false;
};

} // namespace kboss
