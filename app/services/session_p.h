#pragma once

#include "app/api/requestlog.h"
#include "app/services/currentsignin.h"
#include "app/services/installdesk.h"
#include "app/services/quotestore.h"
#include "app/services/serverfeatures.h"
#include "app/services/session.h"

namespace kboss {

struct Session::Private {
    Session *q = nullptr;
    Profile profile;
    SessionPaths paths;
    std::shared_ptr<const ContractSet> contracts;
    SecretStore *secrets = nullptr;
    const Clock *clock = nullptr;
    StoreReport report;

    // In the order they are made; they end the other way round.
    std::unique_ptr<RequestLog> log;
    std::unique_ptr<Journal> journal;
    std::unique_ptr<CacheStore> store;
    std::unique_ptr<StandaloneProcess> process;
    std::shared_ptr<CurrentSignIn> signIn = std::make_shared<CurrentSignIn>();
    std::unique_ptr<ServerFeatures> features;
    std::unique_ptr<ApiClient> client;
    std::unique_ptr<SyncService> sync;
    std::unique_ptr<ActionRunner> actions;
    std::unique_ptr<QuoteStore> quotes;
    std::unique_ptr<InstallDesk> installs;

    State state = State::Idle;
    SessionCredential given;
    bool rememberGiven = false;
    bool byChoice = false; // offline because a person said so
    bool signedInOnce = false;
    bool signingIn = false;
    QString who;

    QString folder() const;
    void makeInstallDesk();
    void setState(State next);
    void makeClient(const QHash<ServiceKind, QUrl> &bases);
    ServerSettings settingsFor(const QHash<ServiceKind, QUrl> &bases) const;
    void startProcess();
    void addressCame(const StandaloneAddress &address);
    void findCredential();
    void askKeychain(const QString &what);
    void useCredential(SessionCredential credential, bool remember);
    void signInNow(bool ask); // ask = the sign-in has a call of its own; else a small read shows whether it holds
    void tryRead();
    void signInEnded(const Result<void> &result);
    void remember(const QString &what, const QString &secret);
    void connectionChanged(ApiClient::Connection connection);
    std::optional<Call> smallRead() const;
};

} // namespace kboss
