#include "tests/app/api/clientfixture.h"
#include "tests/support/loopticker.h"
#include "tests/support/scriptedserver.h"

#include <QRandomGenerator>

using namespace kboss;
using namespace Qt::StringLiterals;
using Json = nlohmann::json;
using Answer = ClientAnswer;

namespace {

ServerAnswer json(const QByteArray &body, int status = 200)
{
    return ServerAnswer::json(body, status);
}

void row(const char *name, const ServerAnswer &answer, ErrorKind kind, const char *detail, const char *operation = "listBillingAccounts")
{
    const int status = answer.hang || answer.closeSilently ? 0 : answer.status;
    QTest::newRow(name) << QList<ServerAnswer>{answer} << QString::fromUtf8(operation) << kind << QString::fromUtf8(detail) << status;
}

void addNotJson()
{
    row("HTML instead of JSON", ServerAnswer::html(), ErrorKind::Protocol, "HTML page (502 Bad Gateway)");
    row("HTML with 404", ServerAnswer::html(404), ErrorKind::NotFound, "HTTP 404 with an HTML page");
    row("nothing at all", json(""), ErrorKind::Protocol, "an empty answer");
    row("plain text", json("hello"), ErrorKind::Protocol, "not JSON");
    row("JSON cut by the service", json(R"({"billing_accounts":[{"id":"a"})"), ErrorKind::Protocol, "", "getCpclist");
    row("too deep", json(QByteArray(65, '[') + QByteArray(65, ']')), ErrorKind::Protocol, "nests deeper than 64");
    row("far too deep", json(QByteArray(500'000, '[')), ErrorKind::Protocol, "nests deeper than 64");
}

void addTooMuchOrTooLittle()
{
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
}

void addNoAnswers()
{
    ServerAnswer elsewhere = json("{}", 302);
    elsewhere.headers.emplaceBack("Location", "http://198.51.100.1/other");
    row("redirect to another host", elsewhere, ErrorKind::Protocol, "another server");
    ServerAnswer silent;
    silent.closeSilently = true;
    row("closes without an answer", silent, ErrorKind::Offline, "");
    ServerAnswer hang;
    hang.hang = true;
    row("never answers", hang, ErrorKind::Timeout, "no answer within 500 ms");
}

void addRefusals()
{
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

} // namespace

class TestBadAnswers : public QObject, private ClientFixture {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(contracts); }
    void badAnswers_data();
    void badAnswers();
    void sendsAWriteOnce_data();
    void sendsAWriteOnce();
    void slowByteByByteMeetsTheDeadline();
    void unpacksGzip();
    void takesLargeAnswersWithinTheLimit();
    void unpacksWithoutHoldingUpTheThread();
    void skipsTheByteOrderMark();
};

void TestBadAnswers::badAnswers_data()
{
    QTest::addColumn<QList<ServerAnswer>>("answers");
    QTest::addColumn<QString>("operation");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("detail");
    QTest::addColumn<int>("status");
    addNotJson();
    addTooMuchOrTooLittle();
    addNoAnswers();
    addRefusals();
}

void TestBadAnswers::badAnswers()
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

void TestBadAnswers::sendsAWriteOnce_data()
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

void TestBadAnswers::sendsAWriteOnce()
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

void TestBadAnswers::slowByteByByteMeetsTheDeadline()
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

void TestBadAnswers::unpacksGzip()
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

void TestBadAnswers::takesLargeAnswersWithinTheLimit()
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

// Megabytes that are there at once, because the thread was busy elsewhere, are unpacked a little in each turn.
void TestBadAnswers::unpacksWithoutHoldingUpTheThread()
{
    QByteArray digits(12 * 1024 * 1024, Qt::Uninitialized);
    std::generate(digits.begin(), digits.end(), [random = QRandomGenerator(1)]() mutable { return "0123456789abcdef"[random.bounded(16)]; });
    const QByteArray body = R"({"billing_accounts":[],"next_page_token":")" + digits + "\"}";
    ScriptedServer server;
    ServerAnswer answer = ServerAnswer::json(gzipped(body));
    answer.headers.emplaceBack("Content-Encoding", "gzip");
    server.answerInTurn({answer});
    ClientLimits limits = quick();
    limits.maxBytes = 64 * 1024 * 1024;
    limits.totalMs = 20'000;
    const auto api = client(server.url(), limits);
    auto future = api->send(listCall());
    QTRY_COMPARE(server.seenCount(), 1);
    QThread::sleep(1); // the network's own thread goes on, as far as it reads ahead
    LoopTicker ticker;
    QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), 20'000);
    QVERIFY2(ticker.within(25), ticker.verdict());
    QCOMPARE(future.result()->body, body);
}

void TestBadAnswers::skipsTheByteOrderMark()
{
    ScriptedServer server;
    server.answerInTurn({ServerAnswer::json("\xEF\xBB\xBF" + goodPage)});
    const auto api = client(server.url());
    const Answer answer = get(*api, listCall());
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().detail));
    QCOMPARE(answer->body, goodPage);
}

QTEST_GUILESS_MAIN(TestBadAnswers)
#include "tst_badanswers.moc"
