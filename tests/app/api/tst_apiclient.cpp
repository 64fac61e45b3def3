#include "app/api/apiclient.h"
#include "app/api/requestlog.h"
#include "app/api/signin.h"
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

namespace {

using Answer = Result<WireResponse>;

const QByteArray goodPage = R"({"billing_accounts":[{"id":"a"}],"next_page_token":"","total_size":1})";

ClientLimits quick()
{
    ClientLimits limits;
    limits.connectMs = 400;
    limits.firstByteMs = 500;
    limits.totalMs = 3'000;
    limits.maxBytes = 1024 * 1024;
    limits.readRetries = 2;
    limits.backoffMs = 10;
    return limits;
}

Call listCall()
{
    return {u"listBillingAccounts"_s, Json::object(), {}};
}

Call updateCall()
{
    const Json money{{"currency_code", "CNY"}, {"units", "1"}, {"nanos", 0}};
    return {u"updateBillingAccount"_s,
            {{"billing_account_id", "a"}},
            {{"id", "a"}, {"display_name", "n"}, {"credit_line", money}, {"threshold_balance", money}}};
}

Call addCentreCall()
{
    return {u"addCpclist"_s,
            {{"name", "n"},
             {"pcapi_url", "https://p.example.com"},
             {"api_user", "u"},
             {"api_pwd", "s3cret-word"},
             {"contactname", "c"},
             {"contactphone", "1"}},
            {}};
}

} // namespace

class TestApiClient : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void bringsAnAnswer();
    void badAnswers_data();
    void badAnswers();
    void sendsAWriteOnce_data();
    void sendsAWriteOnce();
    void triesReadsAgain();
    void givesUpAfterTheRetries();
    void respectsRetryAfter();
    void slowByteByByteMeetsTheDeadline();
    void slowOperationsHaveTheirOwnDeadline();
    void cancelsAtTheSource();
    void cancelledBeforehandSendsNothing();
    void destroyingCancelsEverything();
    void destroyingFromAHandler();
    void manyAtOnce();
    void unpacksGzip();
    void takesLargeAnswersWithinTheLimit();
    void refusesAddresses_data();
    void refusesAddresses();
    void nobodyListens();
    void nobodyTakesTheConnection();
    void skipsTheByteOrderMark();
    void offlineByChoice();
    void unknownOperation();
    void tlsUnknownCertificate();
    void tlsOwnCa();
    void asksInTheRightWay();
    void logsWithoutSecrets();

private:
    std::unique_ptr<ApiClient> client(const QUrl &url, ClientLimits limits = quick(), std::shared_ptr<SignIn> signIn = makeNoSignIn());
    Answer get(ApiClient &from, const Call &call);

    std::shared_ptr<const ContractSet> m_contracts;
    std::unique_ptr<RequestLog> m_log = std::make_unique<RequestLog>(QString());
};

void TestApiClient::initTestCase()
{
    const auto set = ContractSet::load(qEnvironmentVariable("KBOSS_SOURCE_DIR") + u"/resources/api"_s);
    QVERIFY2(set, set ? "" : qPrintable(set.error().detail));
    m_contracts = std::make_shared<const ContractSet>(*set);
}

std::unique_ptr<ApiClient> TestApiClient::client(const QUrl &url, ClientLimits limits, std::shared_ptr<SignIn> signIn)
{
    ServerSettings settings;
    settings.bases = {{ServiceKind::Billing, url}, {ServiceKind::Kboss, url}};
    return std::make_unique<ApiClient>(m_contracts, settings, std::move(signIn), m_log.get(), limits);
}

Answer TestApiClient::get(ApiClient &from, const Call &call)
{
    auto future = from.send(call);
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 10'000))
        return fail(ErrorKind::Internal, u"the call hangs"_s);
    return future.result();
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

void TestApiClient::badAnswers_data()
{
    QTest::addColumn<QList<ServerAnswer>>("answers");
    QTest::addColumn<QString>("operation");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("detail");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const ServerAnswer &answer, ErrorKind kind, const char *detail,
                        const char *operation = "listBillingAccounts") {
        const int status = answer.hang || answer.closeSilently ? 0 : answer.status;
        QTest::newRow(name) << QList<ServerAnswer>{answer} << QString::fromUtf8(operation) << kind << QString::fromUtf8(detail) << status;
    };
    const auto json = [](const QByteArray &body, int status = 200) { return ServerAnswer::json(body, status); };

    row("HTML instead of JSON", ServerAnswer::html(), ErrorKind::Protocol, "HTML page (502 Bad Gateway)");
    row("HTML with 404", ServerAnswer::html(404), ErrorKind::NotFound, "HTTP 404 with an HTML page");
    row("nothing at all", json(""), ErrorKind::Protocol, "an empty answer");
    row("plain text", json("hello"), ErrorKind::Protocol, "not JSON");
    row("JSON cut by the service", json(R"({"billing_accounts":[{"id":"a"})"), ErrorKind::Protocol, "", "getCpclist");
    row("too deep", json(QByteArray(65, '[') + QByteArray(65, ']')), ErrorKind::Protocol, "nests deeper than 64");
    row("far too deep", json(QByteArray(500'000, '[')), ErrorKind::Protocol, "nests deeper than 64");

    ServerAnswer cut = json(goodPage);
    cut.promisedLength = goodPage.size() + 100;
    cut.closeAfter = true;
    row("cut in the middle", cut, ErrorKind::Protocol, "cut");
    ServerAnswer promised = json(goodPage);
    promised.promisedLength = 10'000'000'000;
    row("10 GB promised", promised, ErrorKind::Protocol, "larger than 1048576 bytes");
    ServerAnswer endless = json(QByteArray(64 * 1024, ' '));
    endless.chunked = endless.endless = true;
    row("chunks without end", endless, ErrorKind::Protocol, "larger than 1048576 bytes");
    ServerAnswer bomb = json(gzipped(QByteArray(50'000'000, ' ')));
    bomb.headers.emplaceBack("Content-Encoding", "gzip");
    row("gzip bomb", bomb, ErrorKind::Protocol, "after decompression");
    ServerAnswer damaged = json("this is not gzip at all");
    damaged.headers.emplaceBack("Content-Encoding", "gzip");
    row("gzip that is none", damaged, ErrorKind::Protocol, "damaged");
    ServerAnswer half = json(gzipped(goodPage).chopped(12));
    half.headers.emplaceBack("Content-Encoding", "gzip");
    row("gzip cut", half, ErrorKind::Protocol, "cut");
    ServerAnswer foreign = json(goodPage);
    foreign.headers.emplaceBack("Content-Encoding", "br");
    row("an encoding nobody asked for", foreign, ErrorKind::Protocol, "nobody asked");

    ServerAnswer elsewhere = json("{}", 302);
    elsewhere.headers.emplaceBack("Location", "http://198.51.100.1/other");
    row("redirect to another host", elsewhere, ErrorKind::Protocol, "another server");
    ServerAnswer silent;
    silent.closeSilently = true;
    row("closes without an answer", silent, ErrorKind::Offline, "");
    ServerAnswer hang;
    hang.hang = true;
    row("never answers", hang, ErrorKind::Timeout, "no answer within 500 ms");

    row("status false", json(R"({"status":false,"msg":"无算力中心ID"})"), ErrorKind::Rejected, "无算力中心ID", "getCpclist");
    row("status \"0\"", json(R"({"status":"0","msg":"不行"})"), ErrorKind::Rejected, "不行", "getCpclist");
    row("status false, no reason", json(R"({"status":false})"), ErrorKind::Rejected, "without a reason", "getCpclist");
    row("no status at all", json(R"({"data":{}})"), ErrorKind::Protocol, "no status", "getCpclist");
    row("wrong types everywhere", json(R"({"status":[],"msg":{},"data":7})"), ErrorKind::Rejected, "without a reason", "getCpclist");
    row("a list for an object", json("[1,2]"), ErrorKind::Protocol, "no status", "getCpclist");
    row("404 with {}", json("{}", 404), ErrorKind::NotFound, "HTTP 404", "getCpclist");
    row("500 with {}", json("{}", 500), ErrorKind::Protocol, "HTTP 500", "getCpclist");
    row("500 with a reason", json(R"({"error":{"code":500,"message":"the store is full","status":"INTERNAL"}})", 500), ErrorKind::Rejected,
        "the store is full");
    row("401", json(R"({"error":{"code":401,"message":"token expired","status":"UNAUTHENTICATED"}})", 401), ErrorKind::Auth, "token expired");
    row("403", json(R"({"status":false,"msg":"没有权限"})", 403), ErrorKind::Forbidden, "没有权限", "getCpclist");
    row("409", json(R"({"error":{"code":409,"message":"changed meanwhile","status":"ABORTED"}})", 409), ErrorKind::Conflict, "changed meanwhile");
    row("400", json(R"({"error":{"code":400,"message":"filter: position 3","status":"INVALID_ARGUMENT"}})", 400), ErrorKind::Rejected,
        "filter: position 3");
    row("a reason on many lines", json("{\"code\":1,\"msg\":\"a\\n\\u0007b\"}", 400), ErrorKind::Rejected, "a b", "getCpclist");
}

void TestApiClient::badAnswers()
{
    QFETCH(QList<ServerAnswer>, answers);
    QFETCH(QString, operation);
    QFETCH(ErrorKind, kind);
    QFETCH(QString, detail);
    QFETCH(int, status);
    ScriptedServer server;
    server.answerInTurn(answers);
    const auto api = client(server.url());
    QElapsedTimer clock;
    clock.start();
    const Answer answer = get(*api, {operation, Json::object(), {}});
    QVERIFY(!answer);
    QVERIFY2(answer.error().kind == kind, qPrintable(errorKindName(answer.error().kind) + u": "_s + answer.error().detail));
    QVERIFY2(answer.error().detail.contains(detail), qPrintable(answer.error().detail));
    QCOMPARE(answer.error().operation, operation);
    QCOMPARE(answer.error().httpStatus, status);
    QVERIFY(!answer.error().requestId.isEmpty());
    QVERIFY2(clock.elapsed() < 3'500, qPrintable(QString::number(clock.elapsed())));
}

void TestApiClient::sendsAWriteOnce_data()
{
    QTest::addColumn<ServerAnswer>("answer");
    QTest::addColumn<Call>("call");
    QTest::addColumn<ErrorKind>("kind");
    ServerAnswer silent;
    silent.closeSilently = true;
    ServerAnswer hang;
    hang.hang = true;
    ServerAnswer redirect = ServerAnswer::json("{}", 307);
    redirect.headers.emplaceBack("Location", "/elsewhere");
    QTest::newRow("connection closed, with a body") << silent << updateCall() << ErrorKind::Protocol;
    QTest::newRow("connection closed, without a body") << silent << addCentreCall() << ErrorKind::Protocol;
    QTest::newRow("503") << ServerAnswer::json("{}", 503) << updateCall() << ErrorKind::Offline;
    QTest::newRow("502") << ServerAnswer::html(502) << updateCall() << ErrorKind::Protocol;
    QTest::newRow("never answers") << hang << addCentreCall() << ErrorKind::Timeout;
    QTest::newRow("redirect") << redirect << updateCall() << ErrorKind::Protocol;
}

void TestApiClient::sendsAWriteOnce()
{
    QFETCH(ServerAnswer, answer);
    QFETCH(Call, call);
    QFETCH(ErrorKind, kind);
    ScriptedServer server;
    // The first answer makes the connection a warm one: the network layer is most eager to repeat on those.
    server.answerInTurn({ServerAnswer::json(goodPage), answer, ServerAnswer::json(goodPage)});
    const auto api = client(server.url());
    QVERIFY(get(*api, listCall()));
    const Answer result = get(*api, call);
    QVERIFY(!result);
    QVERIFY2(result.error().kind == kind, qPrintable(errorKindName(result.error().kind) + u": "_s + result.error().detail));
    QVERIFY(get(*api, listCall()));
    QCOMPARE(server.seenCount(), 3); // and none of them the write again
    QCOMPARE(server.seen()[1].target.contains("/console"), false);
    QCOMPARE(server.seen()[2].method, QByteArray("GET"));
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

void TestApiClient::slowByteByByteMeetsTheDeadline()
{
    ScriptedServer server;
    ServerAnswer slow = ServerAnswer::json(goodPage);
    slow.byteDelayMs = 100;
    server.answerInTurn({slow});
    ClientLimits limits = quick();
    limits.totalMs = 600;
    const auto api = client(server.url(), limits);
    QElapsedTimer clock;
    clock.start();
    const Answer answer = get(*api, listCall());
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Timeout);
    QVERIFY(answer.error().detail.contains(u"600 ms"_s));
    QVERIFY2(clock.elapsed() >= 550 && clock.elapsed() < 1'500, qPrintable(QString::number(clock.elapsed())));

    slow.byteDelayMs = 2;
    slow.chunked = true;
    server.answerInTurn({slow});
    limits.totalMs = 5'000;
    const auto patient = client(server.url(), limits);
    const Answer whole = get(*patient, listCall());
    QVERIFY(whole);
    QCOMPARE(whole->body, goodPage);
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

void TestApiClient::unpacksGzip()
{
    ScriptedServer server;
    const QByteArray body = R"({"billing_accounts":[)" + QByteArray(500'000, ' ') + "]}";
    ServerAnswer answer = ServerAnswer::json(gzipped(body));
    answer.headers.emplaceBack("Content-Encoding", "gzip");
    answer.chunked = true;
    server.answerInTurn({answer});
    const auto api = client(server.url());
    const Answer result = get(*api, listCall());
    QVERIFY2(result, result ? "" : qPrintable(result.error().detail));
    QCOMPARE(result->body, body);
}

void TestApiClient::takesLargeAnswersWithinTheLimit()
{
    ScriptedServer server;
    const QByteArray body = R"({"billing_accounts":[)" + QByteArray(30 * 1024 * 1024, ' ') + "]}";
    server.answerInTurn({ServerAnswer::json(body)});
    ClientLimits limits = quick();
    limits.maxBytes = 64 * 1024 * 1024;
    limits.totalMs = 10'000;
    const auto api = client(server.url(), limits);
    const Answer result = get(*api, listCall());
    QVERIFY2(result, result ? "" : qPrintable(result.error().detail));
    QCOMPARE(result->body.size(), body.size());
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

void TestApiClient::skipsTheByteOrderMark()
{
    ScriptedServer server;
    server.answerInTurn({ServerAnswer::json("\xEF\xBB\xBF" + goodPage)});
    const auto api = client(server.url());
    const Answer answer = get(*api, listCall());
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().detail));
    QCOMPARE(answer->body, goodPage);
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
    ApiClient api(m_contracts, settings, makeTokenSignIn(u"t0ken-word"_s), m_log.get(), limits);
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
    ApiClient api(m_contracts, settings, makeBasicSignIn(u"ops"_s, u"pä"_s), nullptr, quick());
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
    RequestLog log{QString()};
    ServerSettings settings;
    settings.bases = {{ServiceKind::Kboss, server.url()}};
    ApiClient api(m_contracts, settings, makeTokenSignIn(u"t0ken-word"_s), &log, quick());
    const Answer answer = get(api, addCentreCall());
    QVERIFY(!answer);
    QVERIFY2(!answer.error().detail.contains(u"s3cret-word"_s), qPrintable(answer.error().detail));
    QVERIFY(answer.error().detail.contains(u"is too weak"_s));
    QVERIFY(server.seen().first().target.contains("s3cret-word"));
    QCOMPARE(log.entries().size(), 1);
    const RequestLogEntry entry = log.entries().first();
    QCOMPARE(entry.operation, u"addCpclist"_s);
    QCOMPARE(entry.status, 200);
    QCOMPARE(entry.id, answer.error().requestId);
    for (const QString &text : {entry.url, entry.error})
        QVERIFY2(!text.contains(u"s3cret-word"_s) && !text.contains(u"t0ken"_s), qPrintable(text));
    QVERIFY(entry.url.contains(u"contactname=c"_s));
}

QTEST_GUILESS_MAIN(TestApiClient)
#include "tst_apiclient.moc"
