#include "app/api/localwatch.h"

#include "app/api/addresspolicy.h"

#include <QNetworkProxy>
#include <QTcpSocket>
#include <algorithm>

namespace kboss {
namespace {

constexpr int periodMs = 2'000;

} // namespace

LocalWatch::LocalWatch(const QList<QUrl> &servers, QObject *parent) : QObject(parent)
{
    for (const QUrl &server : servers) {
        const auto port = static_cast<quint16>(server.port(server.scheme() == QLatin1String("https") ? 443 : 80));
        const auto known = [&](const Knock &knock) { return knock.host == server.host() && knock.port == port; };
        if (isLoopback(server.host()) && std::none_of(m_knocks.begin(), m_knocks.end(), known))
            m_knocks.push_back({server.host(), port, std::make_unique<QTcpSocket>(), false});
    }
    for (Knock &knock : m_knocks) {
        knock.socket->setProxy(QNetworkProxy::NoProxy);
        connect(knock.socket.get(), &QTcpSocket::connected, this, [this, &knock] { ended(knock, false); });
        connect(knock.socket.get(), &QTcpSocket::errorOccurred, this, [this, &knock](QAbstractSocket::SocketError error) {
            if (error == QAbstractSocket::ConnectionRefusedError)
                ended(knock, true);
        });
    }
    connect(&m_timer, &QTimer::timeout, this, &LocalWatch::look);
    m_timer.setInterval(periodMs);
}

LocalWatch::~LocalWatch()
{
    for (Knock &knock : m_knocks)
        knock.socket->disconnect(this);
}

void LocalWatch::start()
{
    if (!m_knocks.empty() && !m_timer.isActive())
        m_timer.start();
}

void LocalWatch::stop()
{
    m_timer.stop();
    for (Knock &knock : m_knocks) {
        knock.socket->abort();
        knock.refused = false;
    }
}

void LocalWatch::look()
{
    for (Knock &knock : m_knocks) {
        knock.socket->abort(); // one that hangs says nothing: the service may be busy
        knock.socket->connectToHost(knock.host, knock.port);
    }
}

void LocalWatch::ended(Knock &knock, bool refused)
{
    const bool before = std::exchange(knock.refused, refused);
    if (refused) {
        Q_EMIT gone();
        return;
    }
    knock.socket->disconnectFromHost();
    if (before && std::none_of(m_knocks.begin(), m_knocks.end(), [](const Knock &other) { return other.refused; }))
        Q_EMIT returned();
}

} // namespace kboss
