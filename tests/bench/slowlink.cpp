#include "tests/bench/slowlink.h"

#include <QPointer>
#include <QTcpSocket>
#include <QTimer>

namespace kboss::bench {
namespace {

// Everything that arrives at `from` leaves through `to` after `delayMs`, in order.
void relay(QTcpSocket *from, QTcpSocket *to, int delayMs, std::atomic<qint64> *counter)
{
    QObject::connect(from, &QTcpSocket::readyRead, to, [from, to, delayMs, counter] {
        const QByteArray chunk = from->readAll();
        if (counter)
            *counter += chunk.size();
        QTimer::singleShot(delayMs, Qt::PreciseTimer, to, [to, chunk] { to->write(chunk); });
    });
    QObject::connect(from, &QTcpSocket::disconnected, to, [to, delayMs] { QTimer::singleShot(delayMs + 1, to, [to] { to->disconnectFromHost(); }); });
}

} // namespace

SlowLink::SlowLink(quint16 targetPort, int roundTripMs) : m_target(targetPort), m_halfTripMs(roundTripMs / 2)
{
    m_thread.start();
    m_home = new QObject;
    m_home->moveToThread(&m_thread);
    QMetaObject::invokeMethod(
        m_home,
        [this] {
            auto *server = new QTcpServer(m_home);
            server->listen(QHostAddress::LocalHost, 0);
            m_port = server->serverPort();
            QObject::connect(server, &QTcpServer::newConnection, m_home, [this, server] { accept(*server); });
        },
        Qt::BlockingQueuedConnection);
}

SlowLink::~SlowLink()
{
    QMetaObject::invokeMethod(
        m_home, [this] { delete m_home; }, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

void SlowLink::accept(QTcpServer &server)
{
    QTcpSocket *near = server.nextPendingConnection();
    ++m_connections;
    auto *far = new QTcpSocket(near);
    near->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    far->connectToHost(QHostAddress(QHostAddress::LocalHost), m_target);
    far->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    relay(near, far, m_halfTripMs, nullptr);
    relay(far, near, m_halfTripMs, &m_bytesBack);
    QObject::connect(near, &QTcpSocket::disconnected, near, &QObject::deleteLater);
}

} // namespace kboss::bench
