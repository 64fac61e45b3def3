#include "app/api/localwatch.h"

#include "tests/app/api/clientfixture.h"
#include "tests/support/scriptedserver.h"

#include <QSignalSpy>
#include <QTcpServer>

using namespace kboss;
using namespace Qt::StringLiterals;

class TestLocalWatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsThatAServerIsGoneAndThatItReturned()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        const quint16 port = server.serverPort();
        LocalWatch watch({addressOf(port), addressOf(port)});
        QSignalSpy gone(&watch, &LocalWatch::gone), returned(&watch, &LocalWatch::returned), looks(&server, &QTcpServer::newConnection);
        watch.start();
        QTRY_COMPARE(looks.count(), 1); // one look for two names of one server
        QCOMPARE(gone.count(), 0);
        server.close();
        QTRY_COMPARE(gone.count(), 1);
        QCOMPARE(returned.count(), 0);
        QVERIFY(server.listen(QHostAddress::LocalHost, port));
        QTRY_COMPARE(returned.count(), 1);
        const auto before = gone.count();
        QTRY_VERIFY(looks.count() >= 3);
        QCOMPARE(returned.count(), 1);
        QCOMPARE(gone.count(), before);
    }

    void leavesServersElsewhereAlone()
    {
        LocalWatch watch({QUrl(u"https://api.example.com"_s), QUrl(u"https://192.0.2.1:8443"_s)});
        watch.start();
        QVERIFY(!watch.isWatching());
        LocalWatch mixed({QUrl(u"https://api.example.com"_s), addressOf(1)});
        mixed.start();
        QVERIFY(mixed.isWatching());
    }

    // At the first refusal, while the read is still to be repeated.
    void aRefusalIsOfflineAtOnce()
    {
        ClientFixture fixture;
        ClientLimits limits = ClientFixture::quick();
        limits.totalMs = 60'000;
        limits.readRetries = 8;
        limits.backoffMs = 4'000;
        const auto api = fixture.client(addressOf(1), limits);
        const auto future = api->send(ClientFixture::listCall());
        QSignalSpy changed(api.get(), &ApiClient::connectionChanged);
        QVERIFY(changed.wait(1'000));
        QCOMPARE(api->connection(), ApiClient::Connection::Offline);
        QVERIFY(!future.isFinished());
    }

    // Nobody sends anything: the client notices all the same.
    void anIdleClientNoticesBoth()
    {
        ClientFixture fixture;
        auto server = std::make_unique<ScriptedServer>();
        server->answerWith([](const SeenRequest &) { return ServerAnswer::json(goodPage); });
        const QUrl url = server->url();
        const auto api = fixture.client(url);
        QVERIFY(ClientFixture::get(*api, ClientFixture::listCall()));
        QCOMPARE(api->connection(), ApiClient::Connection::Online);
        server.reset();
        QTRY_COMPARE(api->connection(), ApiClient::Connection::Offline);
        QTcpServer back;
        QVERIFY(back.listen(QHostAddress::LocalHost, static_cast<quint16>(url.port())));
        QTRY_COMPARE(api->connection(), ApiClient::Connection::Unknown); // worth a try
        api->setOfflineByChoice(true);
        back.close();
        QCOMPARE(api->connection(), ApiClient::Connection::Offline);
    }

private:
    static QUrl addressOf(quint16 port) { return QUrl(u"http://127.0.0.1:"_s + QString::number(port)); }
};

QTEST_GUILESS_MAIN(TestLocalWatch)
#include "tst_localwatch.moc"
