#include "app/main/console_profiles.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QRegularExpression>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {
struct ProfileWords {
    Q_DECLARE_TR_FUNCTIONS(kboss::ConsoleProfiles)
};
} // namespace

Profile serviceProfile(const QUrl &base, const ConsoleOptions &options)
{
    static const QRegularExpression other(u"[^a-z0-9]+"_s);
    Profile profile;
    const QByteArray whole = base.adjusted(QUrl::StripTrailingSlash | QUrl::NormalizePathSegments).toEncoded();
    const QString mark = QString::fromLatin1(QCryptographicHash::hash(whole, QCryptographicHash::Sha256).toHex().left(8));
    profile.id = u"service-%1-%2"_s.arg(base.host().toLower().replace(other, u"-"_s).left(32), mark);
    profile.name = base.host() + (base.port() > 0 ? u":%1"_s.arg(base.port()) : QString());
    profile.color = u"info"_s;
    for (const ServiceKind kind : {ServiceKind::Kboss, ServiceKind::Billing, ServiceKind::Pcapi, ServiceKind::Account})
        profile.urls.insert(kind, base);
    if (!options.tokenFile.isEmpty())
        profile.signIn = SignInKind::Token;
    else if (!options.user.isEmpty())
        profile.signIn = SignInKind::Password;
    profile.userName = options.user;
    profile.temporary = true;
    return profile;
}

Profile standaloneProfile(const QString &sample, bool temporary)
{
    Profile profile;
    profile.id = u"standalone-"_s + sample;
    const QHash<QString, QString> names{{u"none"_s, ProfileWords::tr("Try-out, empty")},
                                        {u"small"_s, ProfileWords::tr("Try-out")},
                                        {u"medium"_s, ProfileWords::tr("Try-out, medium")},
                                        {u"large"_s, ProfileWords::tr("Try-out, large")}};
    profile.name = names.value(sample);
    profile.color = u"off"_s;
    profile.standalone = true;
    profile.sample = sample;
    profile.temporary = temporary;
    return profile;
}

QString serviceProgram()
{
#ifdef Q_OS_WIN
    const QString name = u"kboss-service.exe"_s;
#else
    const QString name = u"kboss-service"_s;
#endif
    return QDir(QCoreApplication::applicationDirPath()).filePath(name);
}

} // namespace kboss
