#pragma once

#include "app/api/apiclient.h"

#include <QObject>
#include <QTimeZone>
#include <nlohmann/json.hpp>

namespace kboss {

enum class SignInKind { None, Token, Password, Code };

// A place to connect to. Holds no secret: those are in the keychain under secretKey().
struct Profile {
    QString id; // [a-z0-9-]+, unique; also the folder and cache name
    QString name; // for people
    QString color; // token name: "good" | "warn" | "bad" | "info" | "off"; production is "bad"
    bool standalone = false; // the console runs kboss-service for it
    QString sample = QStringLiteral("small"); // standalone: first fill
    QHash<ServiceKind, QUrl> urls;
    QString caFile; // PEM, or empty
    ServerSettings::Proxy proxyMode = ServerSettings::Proxy::System;
    QString proxyHost;
    int proxyPort = 0;
    SignInKind signIn = SignInKind::None;
    QString userName;
    bool readOnly = false;
    QByteArray timeZone = "Asia/Shanghai"; // for source dates without a zone, and for display
    bool temporary = false; // made by --service; never saved

    QString secretKey(const QString &what) const { return id + QLatin1Char('/') + what; } // what: "password", "token"
    // Whose rows and changes these are: DatasetId.profile and the journal's profile. Another server under the same id is another one;
    // a standalone service keeps its data while its port changes, so the id alone says it.
    QString dataKey() const;
    friend bool operator==(const Profile &, const Profile &) = default;
};

// profiles.json in the configuration folder: indented, commented by a "$comment" member, 0600, written atomically. Unknown members are kept.
// A file that cannot be read is said (Storage, with line and reason) and never overwritten. GUI thread.
class ProfileStore : public QObject {
    Q_OBJECT
public:
    explicit ProfileStore(QString file, QObject *parent = nullptr);

    Result<void> load();
    const QList<Profile> &profiles() const { return m_profiles; }
    const Profile *find(const QString &id) const;
    Result<void> save(const Profile &profile); // adds or replaces, after check()
    Result<void> remove(const QString &id);
    static Result<void> check(const Profile &profile); // field and reason: URL form, plain http to loopback only, CA readable, zone known …

Q_SIGNALS:
    void changed();

private:
    Result<nlohmann::ordered_json> readFile(QList<Profile> *profiles) const; // null when there is none yet
    Result<void> writeFile(const nlohmann::ordered_json &root);

    QString m_file;
    QList<Profile> m_profiles;
    bool m_unreadable = false;
};

} // namespace kboss
