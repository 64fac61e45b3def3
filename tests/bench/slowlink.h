#pragma once

#include <QHostAddress>
#include <QTcpServer>
#include <QThread>
#include <atomic>

namespace kboss::bench {

// A loopback relay that holds every chunk back by half a round trip in each direction, and counts connections and the bytes that came back.
// Runs on a thread of its own, ends with the object.
class SlowLink {
public:
    SlowLink(quint16 targetPort, int roundTripMs);
    ~SlowLink();

    quint16 port() const { return m_port; }
    int connections() const { return m_connections; }
    qint64 bytesBack() const { return m_bytesBack; }
    void reset() { m_bytesBack = 0; }

private:
    void accept(QTcpServer &server);

    quint16 m_target;
    int m_halfTripMs;
    quint16 m_port = 0;
    std::atomic<int> m_connections = 0;
    std::atomic<qint64> m_bytesBack = 0;
    QThread m_thread;
    QObject *m_home = nullptr;
};

} // namespace kboss::bench
