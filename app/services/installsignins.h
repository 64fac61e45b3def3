#pragma once

#include "app/secrets/secretstore.h"
#include "app/services/installfiles.h"
#include "app/services/installplaces.h"

#include <QHash>
#include <QObject>

namespace kboss {

// How to sign in to the hosts of one installation. Secrets in memory and in the keychain under user and address ("<prefix>/ssh/ops@10.0.0.5:22"), nowhere else.
// GUI thread. Internal to app/services.
class InstallSignIns : public QObject {
    Q_OBJECT
public:
    using Ways = QMap<QString, InstallRecord::SignInWay>;

    InstallSignIns(SecretStore *secrets, QString prefix, QObject *parent = nullptr);

    // Asks a person what a host asks; called on threads that sign in.
    using Asker = std::function<std::optional<QByteArray>(const QString &host, const QString &address, const SshQuestion &question, const CancelToken &token)>;
    void setAsker(Asker asker) { m_asker = std::move(asker); }
    void setWays(const Ways &ways) { m_ways = ways; } // before setPlaces()
    const Ways &ways() const { return m_ways; }
    void setPlaces(const std::vector<InstallPlace> &places); // the keychain is asked for those that are new

    HostSignInState state(const QString &host) const;
    void set(const QString &host, const HostSignIn &signIn, bool remember);
    void forget(const QString &host);
    bool isKeychainThere() const { return m_keychainThere; }
    bool isAsking() const { return m_asking > 0; }
    QStringList without() const;
    // For a connection; its jump hosts' too. Without an address when there is no such host.
    SshTarget target(const QString &host) const;
    QStringList secrets() const; // all that are known, to be kept out of logs

Q_SIGNALS:
    void changed(const QString &host);
    void waysChanged();
    void failed(const kboss::Error &error);

private:
    struct Known {
        HostSignIn signIn; // secrets only
        HostSignInState::Secret kept = HostSignInState::Secret::None;
        QString error;
        int asked = 0; // number of the newest question to the keychain
        bool isForAll = false; // it has none of its own
    };
    QString keyOf(const InstallPlace &place) const;
    void ask(const InstallPlace &place);
    void setOne(const InstallPlace &place, const HostSignIn &signIn, bool remember, bool isForAll);
    void keychainSaid(const Error &error);
    std::shared_ptr<const SshTarget> targetThrough(const QString &host, int depth) const;

    SecretStore *m_secrets;
    const QString m_prefix;
    std::vector<InstallPlace> m_places;
    Ways m_ways;
    Asker m_asker;
    QHash<QString, Known> m_known; // by host
    std::optional<HostSignIn> m_forAll;
    bool m_forAllKept = false;
    bool m_keychainThere = true;
    int m_asking = 0, m_lastQuestion = 0;
};

} // namespace kboss
