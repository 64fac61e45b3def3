#include "app/services/currentsignin.h"

namespace kboss {

namespace {

void wipe(QString &text)
{
    text.fill(QChar(0)); // detaches from a shared copy only where there is one; what the client holds lives on with it
    text.clear();
}

} // namespace

std::shared_ptr<SignIn> signInFor(const SessionCredential &credential, const Profile &profile)
{
    if (!credential.code.isEmpty())
        return makeCodeSignIn(credential.code, credential.token);
    if (!credential.token.isEmpty())
        return makeTokenSignIn(credential.token);
    if (!credential.password.isEmpty())
        return makePasswordSignIn(credential.user.isEmpty() ? profile.userName : credential.user, credential.password);
    return nullptr;
}

bool isEmpty(const SessionCredential &credential)
{
    return credential.code.isEmpty() && credential.token.isEmpty() && credential.password.isEmpty();
}

void wipe(SessionCredential &credential)
{
    for (QString *text : {&credential.user, &credential.password, &credential.token, &credential.code})
        wipe(*text);
}

std::pair<QString, QString> keptSecret(const SessionCredential &credential)
{
    if (!credential.token.isEmpty())
        return {QStringLiteral("token"), credential.token};
    return {QStringLiteral("password"), credential.password};
}

QString keptSecretName(SignInKind kind)
{
    switch (kind) {
    case SignInKind::Token:
        return QStringLiteral("token");
    case SignInKind::Password:
        return QStringLiteral("password");
    case SignInKind::Code: // once only
    case SignInKind::None:
        break;
    }
    return {};
}

} // namespace kboss
