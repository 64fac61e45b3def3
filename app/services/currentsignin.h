#pragma once

#include "app/api/signin.h"
#include "app/services/session.h"

namespace kboss {

// The credential in use, replaceable while the client goes on: a client is bound to an address, not to a person.
class CurrentSignIn final : public SignIn {
public:
    CurrentSignIn() : m_inner(makeNoSignIn()) { }

    void use(std::shared_ptr<SignIn> inner) { m_inner = std::move(inner); }

    void decorate(WireRequest &request, ServiceKind service, const Bases &bases) const override { m_inner->decorate(request, service, bases); }
    std::optional<Call> signInCall() const override { return m_inner->signInCall(); }
    Result<void> accept(const nlohmann::json &answer) override { return m_inner->accept(answer); }
    std::optional<Call> signOutCall() const override { return m_inner->signOutCall(); }
    QString userName() const override { return m_inner->userName(); }
    void forget() override { m_inner->forget(); }

private:
    std::shared_ptr<SignIn> m_inner;
};

// The sign-in that a credential is for, by what it holds; null when it holds nothing.
std::shared_ptr<SignIn> signInFor(const SessionCredential &credential, const Profile &profile);
bool isEmpty(const SessionCredential &credential);
void wipe(SessionCredential &credential);
// What of it goes into the keychain: "password" or "token", and the secret.
std::pair<QString, QString> keptSecret(const SessionCredential &credential);
// What the keychain is asked for, empty when the profile's kind of sign-in keeps nothing there.
QString keptSecretName(SignInKind kind);

} // namespace kboss
