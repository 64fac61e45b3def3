#pragma once

#include "app/secrets/secretstore.h"
#include "app/services/actionrunner.h"
#include "app/services/profiles.h"
#include "app/services/standaloneprocess.h"

namespace kboss {

class InstallDesk;
class QuoteStore;
class RequestLog;
class ServerFeatures;

struct SessionPaths {
    QString dataFolder; // cache, journal, logs, standalone data; 0700 when made here, profiles/ in it always
    QString serviceProgram; // kboss-service
};

struct SessionCredential {
    QString user, password, token, code; // what was given on the way in; wiped after use
};

// One connected profile and everything that belongs to it: client, store, sync, actions, journal, log. Made by the composition root, lives on the
// GUI thread, ends in reverse order. Construction does no network, keychain or process work: start() does, after the first paint.
class Session : public QObject {
    Q_OBJECT
public:
    enum class State { Idle, StartingService, SigningIn, Online, Offline, NeedsCredential };

    static Result<std::unique_ptr<Session>> open(const Profile &profile, const SessionPaths &paths, std::shared_ptr<const ContractSet> contracts,
                                                 SecretStore *secrets, const Clock &clock);
    ~Session() override;

    void start(bool offlineByChoice = false);
    // After NeedsCredential; or before start(), which then asks no keychain.
    void giveCredential(const SessionCredential &credential, bool remember);
    State state() const;
    const Profile &profile() const;
    bool isOffline() const; // cannot write now
    QString whoAmI() const;
    const StoreReport &storeReport() const; // to be said to the person when not Opened or Created

    ApiClient *client() const; // null until there is an address
    CacheStore *store() const;
    SyncService *sync() const;
    ActionRunner *actions() const;
    Journal *journal() const;
    RequestLog *requestLog() const;
    QuoteStore *quotes() const; // not read yet: load()
    InstallDesk *installs() const; // not read yet: load()
    ServerFeatures *features() const; // what this server turned out not to have
    const Clock &clock() const;

Q_SIGNALS:
    void stateChanged(kboss::Session::State state);
    void failed(const kboss::Error &error); // shown in the message bar

private:
    struct Private;
    explicit Session(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

} // namespace kboss
