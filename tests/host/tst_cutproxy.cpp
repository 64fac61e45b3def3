#include "tests/support/host/cutproxy.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using kboss::test::CutProxy;

// A network that goes, and one that falls silent.
class TstCutProxy : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void passesBothWaysAndEnds();
    void cutsAndRefuses();
    void freezesAndThaws();
    void cutsAfterSoManyBytes();

private:
    std::unique_ptr<QTcpSocket> connected();

    std::unique_ptr<QTcpServer> m_server; // says what it hears
    std::unique_ptr<CutProxy> m_proxy;
};

void TstCutProxy::init()
{
    m_server = std::make_unique<QTcpServer>();
    QVERIFY(m_server->listen(QHostAddress::LocalHost));
    connect(m_server.get(), &QTcpServer::newConnection, this, [this] {
        QTcpSocket *peer = m_server->nextPendingConnection();
        connect(peer, &QTcpSocket::readyRead, peer, [peer] { peer->write(peer->readAll()); });
    });
    m_proxy = std::make_unique<CutProxy>("127.0.0.1", m_server->serverPort());
    QVERIFY(m_proxy->port() != 0);
}

std::unique_ptr<QTcpSocket> TstCutProxy::connected()
{
    auto socket = std::make_unique<QTcpSocket>();
    socket->connectToHost(QHostAddress::LocalHost, m_proxy->port());
    return socket->waitForConnected() ? std::move(socket) : nullptr;
}

void TstCutProxy::passesBothWaysAndEnds()
{
    auto socket = connected();
    QVERIFY(socket);
    const QByteArray much(3'000'000, 'x');
    socket->write(much);
    QTRY_COMPARE(socket->bytesAvailable(), much.size());
    QCOMPARE(socket->readAll(), much);
    QCOMPARE(m_proxy->bytesToServer(), much.size());
    socket->disconnectFromHost();
    QTRY_COMPARE(m_proxy->connections(), 0);
}

void TstCutProxy::cutsAndRefuses()
{
    auto socket = connected();
    QVERIFY(socket);
    QTRY_COMPARE(m_proxy->connections(), 1);
    m_proxy->cut();
    QTRY_COMPARE(socket->state(), QTcpSocket::UnconnectedState);
    QCOMPARE(socket->error(), QTcpSocket::RemoteHostClosedError);
    auto other = connected();
    QVERIFY(other);
    other->write("a");
    QTRY_COMPARE(other->bytesAvailable(), 1);
    m_proxy->refuse(true);
    QTRY_COMPARE(other->state(), QTcpSocket::UnconnectedState);
    other = connected();
    if (other)
        QTRY_COMPARE(other->state(), QTcpSocket::UnconnectedState);
    m_proxy->refuse(false);
    other = connected();
    QVERIFY(other);
    other->write("b");
    QTRY_COMPARE(other->bytesAvailable(), 1);
    QCOMPARE(m_proxy->taken(), 3);
}

void TstCutProxy::freezesAndThaws()
{
    auto socket = connected();
    QVERIFY(socket);
    QTRY_COMPARE(m_proxy->connections(), 1);
    m_proxy->freeze(true);
    socket->write("a");
    QVERIFY(!socket->waitForReadyRead(300));
    QCOMPARE(socket->state(), QTcpSocket::ConnectedState);
    m_proxy->freeze(false);
    QTRY_COMPARE(socket->bytesAvailable(), 1);
}

void TstCutProxy::cutsAfterSoManyBytes()
{
    auto socket = connected();
    QVERIFY(socket);
    m_proxy->cutAfter(1000);
    socket->write(QByteArray(900, 'x'));
    QTRY_COMPARE(socket->bytesAvailable(), 900);
    socket->write(QByteArray(900, 'x'));
    QTRY_COMPARE(socket->state(), QTcpSocket::UnconnectedState);
    QVERIFY(connected()); // once only
}

QTEST_GUILESS_MAIN(TstCutProxy)
#include "tst_cutproxy.moc"
