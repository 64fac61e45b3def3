#pragma once

#include "app/api/apiclient.h"

#include <QNetworkProxyFactory>

namespace kboss {

// 127.0.0.0/8, ::1, "localhost" and names below it.
bool isLoopback(const QString &host);

// https anywhere, http to loopback only, a host, no user info. Else Tls (plain http) or Rejected (not an address at all).
Result<void> checkAddress(const QUrl &base);

// Scheme, host and port (or the scheme's own); never for an address without a host.
bool isSameOrigin(const QUrl &one, const QUrl &other);

// System, manual or none; never for loopback.
class ClientProxyFactory final : public QNetworkProxyFactory {
public:
    ClientProxyFactory(ServerSettings::Proxy mode, QNetworkProxy manual) : m_mode(mode), m_manual(std::move(manual)) { }
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override;

private:
    ServerSettings::Proxy m_mode;
    QNetworkProxy m_manual;
};

} // namespace kboss
