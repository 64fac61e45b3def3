#include "app/services/profiles.h"

#include <QFileInfo>
#include <QHostAddress>
#include <QRegularExpression>
#include <QSslCertificate>

namespace kboss {

namespace {

Unexpected refuse(const char *field, const QString &reason)
{
    return fail(ErrorKind::Rejected, reason, QLatin1String(field));
}

bool isLoopback(const QString &host)
{
    return host.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0 || QHostAddress(host).isLoopback();
}

Result<void> checkUrl(const QUrl &url)
{
    if (!url.isValid() || url.host().isEmpty())
        return refuse("urls", QStringLiteral("Not an address: %1").arg(url.errorString()));
    const QString shown = url.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery);
    if (url.scheme() != QLatin1String("https") && url.scheme() != QLatin1String("http"))
        return refuse("urls", QStringLiteral("%1: must begin with https://").arg(shown));
    if (url.scheme() == QLatin1String("http") && !isLoopback(url.host()))
        return refuse("urls", QStringLiteral("%1: without TLS only to this computer").arg(shown));
    if (!url.userInfo().isEmpty())
        return refuse("urls", QStringLiteral("%1: a name or password does not belong into an address").arg(shown));
    if (url.hasQuery() || url.hasFragment())
        return refuse("urls", QStringLiteral("%1: must end with its path").arg(shown));
    return {};
}

Result<void> checkUrls(const Profile &profile)
{
    if (profile.standalone)
        return {};
    if (profile.urls.isEmpty())
        return refuse("urls", QStringLiteral("At least one address is needed"));
    for (const QUrl &url : profile.urls) {
        if (const auto checked = checkUrl(url); !checked)
            return checked;
    }
    return {};
}

Result<void> checkCa(const QString &file)
{
    if (file.isEmpty())
        return {};
    if (!QFileInfo(file).isReadable())
        return refuse("ca_file", QStringLiteral("%1 cannot be read").arg(file));
    if (QSslCertificate::fromPath(file, QSsl::Pem).isEmpty())
        return refuse("ca_file", QStringLiteral("%1 holds no certificate in PEM form").arg(file));
    return {};
}

} // namespace

Result<void> ProfileStore::check(const Profile &profile)
{
    static const QRegularExpression id(QStringLiteral("^[a-z0-9][a-z0-9-]{0,63}$"));
    static const QStringList colors{QStringLiteral("good"), QStringLiteral("warn"), QStringLiteral("bad"), QStringLiteral("info"),
                                    QStringLiteral("off")};
    static const QStringList samples{QStringLiteral("none"), QStringLiteral("small"), QStringLiteral("medium"), QStringLiteral("large")};
    if (!id.match(profile.id).hasMatch())
        return refuse("id", QStringLiteral("Only small letters, digits and hyphens"));
    if (profile.name.trimmed().isEmpty())
        return refuse("name", QStringLiteral("A name is needed"));
    if (!colors.contains(profile.color))
        return refuse("color", QStringLiteral("\"%1\" is not a color").arg(profile.color));
    if (profile.standalone && !samples.contains(profile.sample))
        return refuse("sample", QStringLiteral("\"%1\" is not a sample").arg(profile.sample));
    if (const auto urls = checkUrls(profile); !urls)
        return urls;
    if (const auto ca = checkCa(profile.caFile); !ca)
        return ca;
    if (profile.proxyMode == ServerSettings::Proxy::Manual && (profile.proxyHost.isEmpty() || profile.proxyPort < 1 || profile.proxyPort > 65535))
        return refuse("proxy", QStringLiteral("A host and a port of 1 to 65535 are needed"));
    if (profile.signIn == SignInKind::Password && profile.userName.trimmed().isEmpty())
        return refuse("user", QStringLiteral("A user name is needed"));
    if (!QTimeZone(profile.timeZone).isValid())
        return refuse("time_zone", QStringLiteral("\"%1\" is not a time zone").arg(QString::fromLatin1(profile.timeZone)));
    return {};
}

} // namespace kboss
