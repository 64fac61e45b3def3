#pragma once

#include "app/api/request.h"
#include "app/api/response.h"

#include <QHash>
#include <functional>

namespace kboss {

// A credential in use. Lives beside its ApiClient, same thread; holds secrets in memory only.
class SignIn {
public:
    virtual ~SignIn() = default;

    using Bases = QHash<ServiceKind, QUrl>; // where the services of this connection are

    // Called for every request: adds Authorization or nothing (cookies are the client's own jar). A credential goes only where it belongs: what a
    // person brought to billing's origin, a token to the origin that issued it.
    virtual void decorate(WireRequest &request, ServiceKind service, const Bases &bases) const = 0;
    // The call that makes a new session, or nothing where a 401 is final. May be asked again after an answer 401.
    virtual std::optional<Call> signInCall() const = 0;
    // What the sign-in answered: keeps the token where there is one.
    virtual Result<void> accept(const nlohmann::json &answer) = 0;
    virtual std::optional<Call> signOutCall() const { return std::nullopt; }
    virtual QString userName() const { return {}; }
    virtual void forget() {} // after a sign-out: nothing secret is kept
};

std::shared_ptr<SignIn> makeNoSignIn();
std::shared_ptr<SignIn> makeTokenSignIn(const QString &bearer);                             // final on 401
std::shared_ptr<SignIn> makeBasicSignIn(const QString &user, const QString &password);
std::shared_ptr<SignIn> makePasswordSignIn(const QString &user, const QString &password);   // standalone service: session cookie and Bearer
std::shared_ptr<SignIn> makeCodeSignIn(const QString &code, const QString &billingBearer);  // documented service: one-time code; Bearer for billing

} // namespace kboss
