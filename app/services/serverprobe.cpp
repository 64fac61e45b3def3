#include "app/services/serverprobe.h"

#include "app/services/onresult.h"

#include <QNetworkInformation>

namespace kboss {

ServerProbe::ServerProbe(int periodMs, QObject *parent) : QObject(parent)
{
    m_timer.setInterval(periodMs);
    connect(&m_timer, &QTimer::timeout, this, &ServerProbe::ask);
}

void ServerProbe::run(ApiClient *client, const Call &call)
{
    m_client = client;
    m_call = call;
    if (m_timer.isActive())
        return;
    watchNetwork();
    m_timer.start();
}

void ServerProbe::stop()
{
    m_timer.stop();
}

void ServerProbe::ask()
{
    if (m_asking || !m_client)
        return;
    m_asking = true;
    onResult(m_client->send(m_call), this,
             [this](const Result<WireResponse> &) { m_asking = false; }); // the client says what became of the connection
}

// Only once something went wrong: looking for the system's network service costs time that no start should pay.
void ServerProbe::watchNetwork()
{
    if (std::exchange(m_watching, true) || !QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Reachability))
        return;
    connect(QNetworkInformation::instance(), &QNetworkInformation::reachabilityChanged, this, [this](QNetworkInformation::Reachability reachability) {
        if (reachability == QNetworkInformation::Reachability::Online && m_timer.isActive())
            ask();
    });
}

} // namespace kboss
