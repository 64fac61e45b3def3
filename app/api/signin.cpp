#include "app/api/signin.h"

#include "app/api/addresspolicy.h"

using namespace Qt::StringLiterals;

namespace kboss {
namespace {

using Json = nlohmann::json;

void addBearer(WireRequest &request, const QByteArray &token)
{
    if (!token.isEmpty())
        request.headers.emplaceBack(QByteArrayLiteral("Authorization"), "Bearer " + token);
}

bool goesTo(const WireRequest &request, ServiceKind owner, const SignIn::Bases &bases)
{
    return isSameOrigin(request.url, bases.value(owner));
}

Call signOutCallOfKboss()
{
    Call call;
    call.operation = u"logoutUser"_s;
    return call;
}

class NoSignIn final : public SignIn {
public:
    void decorate(WireRequest &, ServiceKind, const Bases &) const override { }
    std::optional<Call> signInCall() const override { return std::nullopt; }
    Result<void> accept(const Json &) override { return {}; }
};

class TokenSignIn final : public SignIn {
public:
    explicit TokenSignIn(const QString &token) : m_token(token.trimmed().toUtf8()) { }
    void decorate(WireRequest &request, ServiceKind, const Bases &bases) const override
    {
        if (goesTo(request, ServiceKind::Billing, bases))
            addBearer(request, m_token);
    }
    std::optional<Call> signInCall() const override { return std::nullopt; }
    Result<void> accept(const Json &) override { return {}; }
    void forget() override { m_token.clear(); }

private:
    QByteArray m_token;
};

class BasicSignIn final : public SignIn {
public:
    BasicSignIn(const QString &user, const QString &password)
        : m_user(user), m_credential("Basic " + (user + u':' + password).toUtf8().toBase64()) { }
    void decorate(WireRequest &request, ServiceKind service, const Bases &bases) const override
    {
        const ServiceKind owner = service == ServiceKind::Pcapi ? ServiceKind::Pcapi : ServiceKind::Billing;
        if (!m_credential.isEmpty() && goesTo(request, owner, bases))
            request.headers.emplaceBack(QByteArrayLiteral("Authorization"), m_credential);
    }
    std::optional<Call> signInCall() const override { return std::nullopt; }
    Result<void> accept(const Json &) override { return {}; }
    QString userName() const override { return m_user; }
    void forget() override { m_credential.clear(); }

private:
    QString m_user;
    QByteArray m_credential;
};

class PasswordSignIn final : public SignIn {
public:
    PasswordSignIn(const QString &user, const QString &password) : m_user(user), m_password(password) { }
    void decorate(WireRequest &request, ServiceKind, const Bases &bases) const override
    {
        if (goesTo(request, ServiceKind::Kboss, bases))
            addBearer(request, m_token);
    }
    std::optional<Call> signInCall() const override
    {
        if (m_password.isEmpty())
            return std::nullopt;
        Call call;
        call.operation = u"loginUserPassword"_s;
        call.body = {{"user", m_user.toStdString()}, {"password", m_password.toStdString()}};
        return call;
    }
    Result<void> accept(const Json &answer) override
    {
        const auto token = answer.is_object() ? answer.find("token") : answer.end();
        m_token = token != answer.end() && token->is_string() ? QByteArray::fromStdString(token->get<std::string>()) : QByteArray();
        return {};
    }
    std::optional<Call> signOutCall() const override { return signOutCallOfKboss(); }
    QString userName() const override { return m_user; }
    void forget() override
    {
        m_token.clear();
        m_password.clear();
    }

private:
    QString m_user, m_password;
    QByteArray m_token;
};

class CodeSignIn final : public SignIn {
public:
    CodeSignIn(const QString &code, const QString &bearer) : m_code(code), m_bearer(bearer.trimmed().toUtf8()) { }
    void decorate(WireRequest &request, ServiceKind service, const Bases &) const override
    {
        if (service == ServiceKind::Billing)
            addBearer(request, m_bearer);
    }
    std::optional<Call> signInCall() const override
    {
        if (m_code.isEmpty())
            return std::nullopt;
        Call call;
        call.operation = u"loginUser"_s;
        call.parameters = {{"wechatCode", m_code.toStdString()}};
        return call;
    }
    Result<void> accept(const Json &answer) override
    {
        m_code.clear(); // good for one sign-in
        if (answer.is_object() && answer.contains("username") && answer["username"].is_string())
            m_user = QString::fromStdString(answer["username"].get<std::string>());
        return {};
    }
    std::optional<Call> signOutCall() const override { return signOutCallOfKboss(); }
    QString userName() const override { return m_user; }
    void forget() override
    {
        m_code.clear();
        m_bearer.clear();
    }

private:
    QString m_code, m_user;
    QByteArray m_bearer;
};

} // namespace

std::shared_ptr<SignIn> makeNoSignIn()
{
    return std::make_shared<NoSignIn>();
}

std::shared_ptr<SignIn> makeTokenSignIn(const QString &bearer)
{
    return std::make_shared<TokenSignIn>(bearer);
}

std::shared_ptr<SignIn> makeBasicSignIn(const QString &user, const QString &password)
{
    return std::make_shared<BasicSignIn>(user, password);
}

std::shared_ptr<SignIn> makePasswordSignIn(const QString &user, const QString &password)
{
    return std::make_shared<PasswordSignIn>(user, password);
}

std::shared_ptr<SignIn> makeCodeSignIn(const QString &code, const QString &billingBearer)
{
    return std::make_shared<CodeSignIn>(code, billingBearer);
}

} // namespace kboss
