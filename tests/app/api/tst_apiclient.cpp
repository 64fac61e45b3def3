#include "tests/app/api/clientfixture.h"
#include "tests/support/scriptedserver.h"

#include <QSignalSpy>
#include <QtTest>
#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace kboss;
using namespace Qt::StringLiterals;
using Json = nlohmann::json;

using Answer = ClientAnswer;

class TestApiClient : public QObject, private ClientFixture {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void bringsAnAnswer();
    void triesReadsAgain();
    void givesUpAfterTheRetries();
    void respectsRetryAfter();
    void slowOperationsHaveTheirOwnDeadline();
    void cancelsAtTheSource();
    void cancelledBeforehandSendsNothing();
    void destroyingCancelsEverything();
    void destroyingFromAHandler();
    void manyAtOnce();
    void refusesAddresses_data();
    void refusesAddresses();
    void nobodyListens();
    void nobodyTakesTheConnection();
    void offlineByChoice();
    void unknownOperation();
    void aWriteThatIsPutOffLeavesTheConnection();
    void tlsUnknownCertificate();
    void tlsOwnCa();
    void asksInTheRightWay();
    void logsWithoutSecrets();
};

void TestApiClient::initTestCase()
{
    QVERIFY(contracts);
}

void TestApiClient::bringsAnAnswer()
{
    ScriptedServer server;
    server.answerInTurn({ServerAnswer::json(goodPage)});
    const auto api = client(server.url());
    QSignalSpy connection(api.get(), &ApiClient::connectionChanged);
    const Answer answer = get(*api, {u"listBillingAccounts"_s, {{"filter", "name = \"首都\""}, {"page_size", 50}}, {}});
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().detail));
    QCOMPARE(answer->status, 200);
    QCOMPARE(answer->body, goodPage);
    QCOMPARE(answer->requestId.size(), 16);
    QCOMPARE(server.seen().first().target, QByteArray("/v1/billingaccounts/console?filter=name%20%3D%20%22%E9%A6%96%E9%83%BD%22&page_size=50"));
    QCOMPARE(server.seen().first().header("X-Request-Id"), answer->requestId.toLatin1());
    QTRY_COMPARE(connection.count(), 1);
    QCOMPARE(api->connection(), ApiClient::Connection::Online);
    QVERIFY(api->lastRoundTripMs() >= 0);
}

void TestApiClient::triesReadsAgain()
{
    ScriptedServer server;
    server.answerInTurn({ServerAnswer::json("{}", 503), ServerAnswer::html(502), ServerAnswer::json(goodPage)});
    const auto api = client(server.url());
    const Answer answer = get(*api, listCall());
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().detail));
    QCOMPARE(server.seenCount(), 3);
    QCOMPARE(api->connection(), ApiClient::Connection::Online);
}

void TestApiClient::givesUpAfterTheRetries()
{
    ScriptedServer server;
    server.answerInTurn({ServerAnswer::json(R"({"error":{"code":503,"message":"closed for repair","status":"UNAVAILABLE"}})", 503)});
    const auto api = client(server.url());
    const Answer answer = get(*api, listCall());
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Offline);
    QCOMPARE(answer.error().detail, u"closed for repair"_s);
    QCOMPARE(server.seenCount(), 3);
    QCOMPARE(api->connection(), ApiClient::Connection::Offline);
}

void TestApiClient::respectsRetryAfter()
{
    ScriptedServer server;
    ServerAnswer patience = ServerAnswer::json("{}", 429);
    patience.headers.emplaceBack("Retry-After", "1");
    server.answerInTurn({patience, ServerAnswer::json(goodPage)});
    const auto api = client(server.url());
    QElapsedTimer clock;
    clock.start();
    QVERIFY(get(*api, listCall()));
    QVERIFY(clock.elapsed() >= 950);

    patience.headers = {{"Retry-After", "60"}}; // longer than the call may take: said at once
    server.answerInTurn({patience});
    clock.restart();
    const Answer answer = get(*api, listCall());
    QVERIFY(!answer);
    QVERIFY(clock.elapsed() < 1'000);
}

void TestApiClient::slowOperationsHaveTheirOwnDeadline()
{
    const auto set = ContractSet::parse(R"({"openapi":"3.1.0","info":{"title":"t","version":"1"},"x-service":"kboss","security":[],
      "paths":{"/slow":{"post":{"operationId":"slowAct","x-title-zh":"慢","x-title-en":"Slow","x-effect":"act","x-slow":5,"x-result":{},
      "responses":{"200":{"description":"d"}}}}}})",
                                        u"slow.json"_s);
    QVERIFY(set);
    ScriptedServer server;
    ServerAnswer late = ServerAnswer::json("{}");
    late.delayMs = 900; // past firstByteMs and totalMs of the client
    server.answerInTurn({late});
    ClientLimits limits = quick();
    limits.totalMs = 600;
    ServerSettings settings;
    settings.bases = {{ServiceKind::Kboss, server.url()}};
    ApiClient api(std::make_shared<const ContractSet>(*set), settings, makeNoSignIn(), nullptr, limits);
    const Answer answer = get(api, {u"slowAct"_s, Json::object(), {}});
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().detail));
}

void TestApiClient::cancelsAtTheSource()
{
    ScriptedServer server;
    ServerAnswer hang;
    hang.hang = true;
    server.answerInTurn({hang});
    const auto api = client(server.url());
    CancelSource source;
    auto future = api->send(listCall(), source.get_token());
    QTRY_COMPARE(server.seenCount(), 1);
    std::jthread other([&source] { source.request_stop(); }); // from any thread
    QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), 300);
    QCOMPARE(future.result().error().kind, ErrorKind::Cancelled);
}

void TestApiClient::cancelledBeforehandSendsNothing()
{
    ScriptedServer server;
    const auto api = client(server.url());
    CancelSource source;
    source.request_stop();
    auto future = api->send(listCall(), source.get_token());
    QVERIFY(future.isFinished());
    QCOMPARE(future.result().error().kind, ErrorKind::Cancelled);
    QCOMPARE(server.seenCount(), 0);
}

void TestApiClient::destroyingCancelsEverything()
{
    ScriptedServer server;
    ServerAnswer hang;
    hang.hang = true;
    server.answerInTurn({hang});
    auto api = client(server.url());
    QList<QFuture<Answer>> futures;
    for (int i = 0; i < 10; ++i) // more than have a place at once
        futures.append(api->send(listCall()));
    QTRY_VERIFY(server.seenCount() >= 3);
    api.reset();
    for (const auto &future : futures) {
        QVERIFY(future.isFinished());
        QCOMPARE(future.result().error().kind, ErrorKind::Cancelled);
    }
}

void TestApiClient::destroyingFromAHandler()
{
    ScriptedServer server;
    server.answerInTurn({ServerAnswer::json(goodPage)});
    auto api = client(server.url());
    bool other = false;
    api->send(listCall()).then([&api](const Answer &) { api.reset(); });
    api->send(listCall()).then([&other](const Answer &) { other = true; });
    QTRY_VERIFY(!api);
    QTRY_VERIFY(other);
}

void TestApiClient::manyAtOnce()
{
    ScriptedServer server;
    server.answerInTurn({ServerAnswer::json(goodPage)});
    const auto api = client(server.url());
    QList<QFuture<Answer>> futures;
    for (int i = 0; i < 200; ++i)
        futures.append(api->send(listCall()));
    for (auto &future : futures)
        QTRY_VERIFY(future.isFinished());
    QVERIFY(std::all_of(futures.begin(), futures.end(), [](const auto &future) { return future.result().has_value(); }));
    QCOMPARE(server.seenCount(), 200);
}

void TestApiClient::refusesAddresses_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("plain http to a name") << u"http://billing.example.com"_s << ErrorKind::Tls;
    QTest::newRow("plain http to a private address") << u"http://192.168.0.1:8080"_s << ErrorKind::Tls;
    QTest::newRow("http to a name that begins like loopback") << u"http://127.0.0.1.example.com"_s << ErrorKind::Tls;
    QTest::newRow("ftp") << u"ftp://127.0.0.1"_s << ErrorKind::Rejected;
    QTest::newRow("no host") << u"https:///x"_s << ErrorKind::Rejected;
    QTest::newRow("user and password") << u"https://u:p@example.com"_s << ErrorKind::Rejected;
    QTest::newRow("nothing") << QString() << ErrorKind::Rejected;
}

void TestApiClient::refusesAddresses()
{
    QFETCH(QString, address);
    QFETCH(ErrorKind, kind);
    const auto api = client(QUrl(address));
    auto future = api->send(listCall());
    QVERIFY(future.isFinished());
    QVERIFY(!future.result());
    QCOMPARE(future.result().error().kind, kind);
}

void TestApiClient::nobodyListens()
{
    QUrl url;
    {
        ScriptedServer server;
        url = server.url();
    }
    const auto api = client(url);
    const Answer answer = get(*api, listCall());
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Offline);
    QCOMPARE(api->connection(), ApiClient::Connection::Offline);
    const Answer write = get(*api, updateCall());
    QVERIFY(!write);
    QCOMPARE(write.error().kind, ErrorKind::Offline); // it never left, and says so
}

void TestApiClient::nobodyTakesTheConnection()
{
    // A listener that never accepts and whose queue is full: further connections stay half open, as behind a silent firewall.
    const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    QCOMPARE(::bind(listener, reinterpret_cast<sockaddr *>(&address), size), 0);
    QCOMPARE(::listen(listener, 0), 0);
    QCOMPARE(::getsockname(listener, reinterpret_cast<sockaddr *>(&address), &size), 0);
    QList<int> waiting;
    for (int i = 0; i < 4; ++i) {
        waiting.append(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
        ::connect(waiting.last(), reinterpret_cast<sockaddr *>(&address), size);
    }
    const auto api = client(QUrl(u"http://127.0.0.1:%1"_s.arg(ntohs(address.sin_port))));
    QElapsedTimer clock;
    clock.start();
    const Answer answer = get(*api, listCall());
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Timeout);
    QCOMPARE(answer.error().detail, u"no connection within 400 ms"_s);
    QVERIFY2(clock.elapsed() < 2'500, qPrintable(QString::number(clock.elapsed()))); // three attempts
    QCOMPARE(api->connection(), ApiClient::Connection::Offline);
    for (const int socket : waiting)
        ::close(socket);
    ::close(listener);
}

void TestApiClient::offlineByChoice()
{
    ScriptedServer server;
    server.answerInTurn({ServerAnswer::json(goodPage)});
    const auto api = client(server.url());
    api->setOfflineByChoice(true);
    auto future = api->send(listCall());
    QVERIFY(future.isFinished());
    QCOMPARE(future.result().error().kind, ErrorKind::Offline);
    QCOMPARE(server.seenCount(), 0);
    QCOMPARE(api->connection(), ApiClient::Connection::Offline);
    api->setOfflineByChoice(false);
    QVERIFY(get(*api, listCall()));
}

void TestApiClient::unknownOperation()
{
    const auto api = client(QUrl(u"http://127.0.0.1:1"_s));
    const Answer answer = get(*api, {u"dance"_s, Json::object(), {}});
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Internal);
    QCOMPARE(answer.error().operation, u"dance"_s);
}

void TestApiClient::aWriteThatIsPutOffLeavesTheConnection()
{
    ScriptedServer server;
    server.answerInTurn({ServerAnswer::json(goodPage), ServerAnswer::json("{}", 503)});
    const auto api = client(server.url());
    QVERIFY(get(*api, listCall()));
    QCOMPARE(api->connection(), ApiClient::Connection::Online);
    const Answer write = get(*api, updateCall());
    QVERIFY(!write);
    QCOMPARE(write.error().httpStatus, 503);
    QCOMPARE(api->connection(), ApiClient::Connection::Online);
    QVERIFY(!get(*api, listCall()));
    QCOMPARE(api->connection(), ApiClient::Connection::Offline);
}

void TestApiClient::tlsUnknownCertificate()
{
    ScriptedServer server(ScriptedServer::Security::SelfSigned);
    server.answerInTurn({ServerAnswer::json(goodPage)});
    ClientLimits limits = quick();
    limits.connectMs = 3'000;
    const auto api = client(server.url(), limits, makeTokenSignIn(u"t0ken-word"_s));
    const Answer answer = get(*api, listCall());
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Tls);
    QVERIFY2(answer.error().detail.contains(u"certificate"_s, Qt::CaseInsensitive), qPrintable(answer.error().detail));
    QCOMPARE(server.seenCount(), 0);
}

void TestApiClient::tlsOwnCa()
{
    ScriptedServer server(ScriptedServer::Security::SelfSigned);
    server.answerInTurn({ServerAnswer::json(goodPage)});
    ServerSettings settings;
    settings.bases = {{ServiceKind::Billing, server.url()}};
    settings.extraCas = {server.certificate()};
    ClientLimits limits = quick();
    limits.connectMs = 3'000;
    ApiClient api(contracts, settings, makeTokenSignIn(u"t0ken-word"_s), &log, limits);
    const Answer answer = get(api, listCall());
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().detail));
    QCOMPARE(server.seen().first().header("Authorization"), QByteArray("Bearer t0ken-word"));
}

void TestApiClient::asksInTheRightWay()
{
    ScriptedServer server;
    server.answerInTurn({ServerAnswer::json(goodPage)});
    ServerSettings settings;
    settings.bases = {{ServiceKind::Billing, server.url()}};
    settings.language = u"en"_s;
    ApiClient api(contracts, settings, makeBasicSignIn(u"ops"_s, u"pä"_s), nullptr, quick());
    QVERIFY(get(api, listCall()));
    const SeenRequest seen = server.seen().first();
    QCOMPARE(seen.header("Accept"), QByteArray("application/json"));
    QCOMPARE(seen.header("Accept-Language"), QByteArray("en"));
    QCOMPARE(seen.header("Accept-Encoding"), QByteArray("identity"));
    QCOMPARE(seen.header("Authorization"), "Basic " + u"ops:pä"_s.toUtf8().toBase64());
    QVERIFY(seen.header("User-Agent").startsWith("kboss-console/"));
}

void TestApiClient::logsWithoutSecrets()
{
    ScriptedServer server;
    server.answerInTurn({ServerAnswer::json(R"({"status":false,"msg":"api_pwd s3cret-word is too weak"})")});
    RequestLog ownLog{QString()};
    ServerSettings settings;
    settings.bases = {{ServiceKind::Kboss, server.url()}};
    ApiClient api(contracts, settings, makeTokenSignIn(u"t0ken-word"_s), &ownLog, quick());
    const Answer answer = get(api, addCentreCall());
    QVERIFY(!answer);
    QVERIFY2(!answer.error().detail.contains(u"s3cret-word"_s), qPrintable(answer.error().detail));
    QVERIFY(answer.error().detail.contains(u"is too weak"_s));
    QVERIFY(server.seen().first().target.contains("s3cret-word"));
    QCOMPARE(ownLog.entries().size(), 1);
    const RequestLogEntry entry = ownLog.entries().first();
    QCOMPARE(entry.operation, u"addCpclist"_s);
    QCOMPARE(entry.status, 200);
    QCOMPARE(entry.id, answer.error().requestId);
    for (const QString &text : {entry.url, entry.error})
        QVERIFY2(!text.contains(u"s3cret-word"_s) && !text.contains(u"t0ken"_s), qPrintable(text));
    QVERIFY(entry.url.contains(u"contactname=c"_s));
}

QTEST_GUILESS_MAIN(TestApiClient)
#include "tst_apiclient.moc"
