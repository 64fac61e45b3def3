#include "app/api/addresspolicy.h"

#include <QHostAddress>

using namespace Qt::StringLiterals;

namespace kboss {

bool isLoopback(const QString &host)
{
    const QString name = host.toLower();
    if (name == u"localhost"_s || name.endsWith(u".localhost"_s))
        return true;
    const QHostAddress address(name);
    return !address.isNull() && address.isLoopback();
}

Result<void> checkAddress(const QUrl &base)
{
    if (!base.isValid() || base.host().isEmpty() || !base.userInfo().isEmpty() || base.hasQuery() || base.hasFragment())
        return fail(ErrorKind::Rejected, u"the service's address must be https://host[:port][/path]"_s);
    const QString scheme = base.scheme().toLower();
    if (scheme == u"https"_s || (scheme == u"http"_s && isLoopback(base.host())))
        return {};
    if (scheme == u"http"_s)
        return fail(ErrorKind::Tls, u"plain http is allowed to this computer only; %1 needs https"_s.arg(base.host()));
    return fail(ErrorKind::Rejected, u"\"%1\" is not a kind of address that is known"_s.arg(scheme));
}

bool isSameOrigin(const QUrl &one, const QUrl &other)
{
    const auto port = [](const QUrl &url) { return url.port(url.scheme() == u"https"_s ? 443 : 80); };
    return !one.host().isEmpty() && one.scheme() == other.scheme() && one.host() == other.host() && port(one) == port(other);
}

QList<QNetworkProxy> ClientProxyFactory::queryProxy(const QNetworkProxyQuery &query)
{
    if (m_mode == ServerSettings::Proxy::None || isLoopback(query.peerHostName()))
        return {QNetworkProxy(QNetworkProxy::NoProxy)};
    if (m_mode == ServerSettings::Proxy::Manual)
        return {m_manual};
    return systemProxyForQuery(query);
}

} // namespace kboss
