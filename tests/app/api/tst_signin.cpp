#include "app/api/apiclient.h"
#include "app/api/requestlog.h"
#include "app/api/signin.h"
#include "tests/support/scriptedserver.h"

#include <QSignalSpy>
#include <QtTest>
#include <atomic>

using namespace kboss;
using namespace Qt::StringLiterals;
using Json = nlohmann::json;

namespace {

using Answer = Result<WireResponse>;

const QByteArray goodPage = R"({"billing_accounts":[],"next_page_token":"","total_size":0})";

// A service with sessions: a sign-in gives cookie and token, anything else needs the newest of either.
struct SessionService {
    ScriptedServer server;
    std::atomic<int> session = 0; // the number of the one that is valid
    std::atomic<int> signIns = 0;
    std::atomic<bool> refuse = false;
    std::atomic<bool> givesToken = true;
    std::atomic<int> signInDelayMs = 0;

    SessionService()
    {
        server.answerWith([this](const SeenRequest &request) { return answer(request); });
    }

    ServerAnswer answer(const SeenRequest &request)
    {
        if (request.target.startsWith("/user/loginUser.dspy"))
            return signIn(request);
        if (request.target.startsWith("/user/logoutUser.dspy"))
            return ServerAnswer::json(R"({"status":true,"msg":"bye"})");
        const QByteArray number = QByteArray::number(session);
        const bool known = session > 0
            && (request.header("authorization") == "Bearer tok-" + number || request.header("cookie").contains("kboss_session=s" + number));
        if (known)
            return ServerAnswer::json(goodPage);
        return ServerAnswer::json(R"({"error":{"code":401,"message":"who are you","status":"UNAUTHENTICATED"}})", 401);
    }

    ServerAnswer signIn(const SeenRequest &request)
    {
        ++signIns;
        const bool right = request.target.contains("wechatCode=one-time") || request.body.contains("right-password");
        if (refuse || !right)
            return ServerAnswer::json(R"({"status":false,"msg":"用户名或密码不对"})");
        const QByteArray number = QByteArray::number(++session);
        QByteArray body = R"({"status":true,"msg":"ok","data":{"userid":"u","username":"ops"}})";
        if (givesToken)
            body.replace(R"("userid")", R"("token":"tok-)" + number + R"(","userid")");
        ServerAnswer answer = ServerAnswer::json(body);
        answer.headers.emplaceBack("Set-Cookie", "kboss_session=s" + number + "; Path=/; HttpOnly");
        answer.delayMs = signInDelayMs;
        return answer;
    }
};

} // namespace

class TestSignIn : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void signsInOnTheFirst401();
    void oneSignInForAll();
    void newRequestsWaitForTheSignIn();
    void sessionEndsInTheMiddle();
    void theCookieIsEnough();
    void writesAreSentAgainAfterA401();
    void aRefusalIsFinalUntilAsked();
    void a401AfterASignInIsFinal();
    void tokensAreFinal();
    void codesWorkOnce();
    void signOutForgets();
    void explicitSignIn();
    void aSignInThatFailsOnTheWayIsTriedLater();
    void destroyedWhileSigningIn();
    void credentialsGoOnlyWhereTheyBelong_data();
    void credentialsGoOnlyWhereTheyBelong();
    void anotherOriginNeverSeesTheToken();

private:
    std::unique_ptr<ApiClient> client(const QUrl &url, std::shared_ptr<SignIn> signIn);
    QFuture<Answer> list(ApiClient &api) { return api.send({u"listBillingAccounts"_s, Json::object(), {}}); }
    std::shared_ptr<const ContractSet> m_contracts;
};

#define DONE(future) QTRY_VERIFY_WITH_TIMEOUT((future).isFinished(), 8'000)

void TestSignIn::initTestCase()
{
    const auto set = ContractSet::load(qEnvironmentVariable("KBOSS_SOURCE_DIR") + u"/resources/api"_s);
    QVERIFY2(set, set ? "" : qPrintable(set.error().detail));
    m_contracts = std::make_shared<const ContractSet>(*set);
}

std::unique_ptr<ApiClient> TestSignIn::client(const QUrl &url, std::shared_ptr<SignIn> signIn)
{
    ServerSettings settings;
    settings.bases = {{ServiceKind::Billing, url}, {ServiceKind::Kboss, url}};
    ClientLimits limits;
    limits.backoffMs = 5;
    limits.readRetries = 1;
    return std::make_unique<ApiClient>(m_contracts, settings, std::move(signIn), nullptr, limits);
}

void TestSignIn::signsInOnTheFirst401()
{
    SessionService service;
    const auto api = client(service.server.url(), makePasswordSignIn(u"ops"_s, u"right-password"_s));
    auto answer = list(*api);
    DONE(answer);
    QVERIFY2(answer.result(), answer.result() ? "" : qPrintable(answer.result().error().detail));
    QCOMPARE(service.signIns.load(), 1);
    QCOMPARE(service.server.seenCount(), 3); // 401, sign-in, the answer
    QCOMPARE(api->connection(), ApiClient::Connection::Online);
}

void TestSignIn::oneSignInForAll()
{
    SessionService service;
    service.signInDelayMs = 100;
    const auto api = client(service.server.url(), makePasswordSignIn(u"ops"_s, u"right-password"_s));
    QList<QFuture<Answer>> answers;
    for (int i = 0; i < 20; ++i)
        answers.append(list(*api));
    for (auto &answer : answers) {
        DONE(answer);
        QVERIFY(answer.result());
    }
    QCOMPARE(service.signIns.load(), 1);
}

void TestSignIn::newRequestsWaitForTheSignIn()
{
    SessionService service;
    service.signInDelayMs = 300;
    const auto api = client(service.server.url(), makePasswordSignIn(u"ops"_s, u"right-password"_s));
    auto first = list(*api);
    QTRY_COMPARE(service.signIns.load(), 1);
    auto second = list(*api);
    DONE(first);
    DONE(second);
    QVERIFY(first.result() && second.result());
    QCOMPARE(service.server.seenCount(), 4); // 401, sign-in, two answers: the second met no 401
}

void TestSignIn::sessionEndsInTheMiddle()
{
    SessionService service;
    const auto api = client(service.server.url(), makePasswordSignIn(u"ops"_s, u"right-password"_s));
    for (int page = 0; page < 6; ++page) {
        if (page == 3)
            service.session = 99; // ended by the service while a list is being paged through
        auto answer = list(*api);
        DONE(answer);
        QVERIFY(answer.result());
    }
    QCOMPARE(service.signIns.load(), 2);
}

void TestSignIn::theCookieIsEnough()
{
    SessionService service;
    service.givesToken = false;
    const auto api = client(service.server.url(), makePasswordSignIn(u"ops"_s, u"right-password"_s));
    auto answer = list(*api);
    DONE(answer);
    QVERIFY(answer.result());
    QVERIFY(service.server.seen().last().header("authorization").isEmpty());
    QVERIFY(service.server.seen().last().header("cookie").contains("kboss_session=s1"));
}

void TestSignIn::writesAreSentAgainAfterA401()
{
    SessionService service;
    const auto api = client(service.server.url(), makePasswordSignIn(u"ops"_s, u"right-password"_s));
    const Json money{{"currency_code", "CNY"}, {"units", "1"}, {"nanos", 0}};
    auto answer = api->send({u"updateBillingAccount"_s,
                             {{"billing_account_id", "a"}},
                             {{"id", "a"}, {"display_name", "n"}, {"credit_line", money}, {"threshold_balance", money}}});
    DONE(answer);
    QVERIFY2(answer.result(), answer.result() ? "" : qPrintable(answer.result().error().detail));
    const auto seen = service.server.seen();
    QCOMPARE(seen.size(), 3);
    QCOMPARE(seen[0].body, seen[2].body);
}

void TestSignIn::aRefusalIsFinalUntilAsked()
{
    SessionService service;
    const auto api = client(service.server.url(), makePasswordSignIn(u"ops"_s, u"wrong"_s));
    QSignalSpy failed(api.get(), &ApiClient::signInFailed);
    for (int i = 0; i < 3; ++i) {
        auto answer = list(*api);
        DONE(answer);
        QVERIFY(!answer.result());
        QCOMPARE(answer.result().error().kind, ErrorKind::Auth);
        QCOMPARE(answer.result().error().detail, u"用户名或密码不对"_s);
    }
    QCOMPARE(service.signIns.load(), 1); // no account is locked by polling
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(api->connection(), ApiClient::Connection::SignedOut);
    auto asked = api->signIn();
    DONE(asked);
    QCOMPARE(service.signIns.load(), 2);
}

void TestSignIn::a401AfterASignInIsFinal()
{
    ScriptedServer server;
    std::atomic<int> signIns = 0;
    server.answerWith([&signIns](const SeenRequest &request) {
        if (!request.target.startsWith("/user/"))
            return ServerAnswer::json(R"({"status":false,"msg":"still no"})", 401);
        ++signIns;
        return ServerAnswer::json(R"({"status":true,"msg":"ok","data":{"token":"t"}})");
    });
    const auto api = client(server.url(), makePasswordSignIn(u"ops"_s, u"p-word"_s));
    auto answer = list(*api);
    DONE(answer);
    QVERIFY(!answer.result());
    QCOMPARE(answer.result().error().kind, ErrorKind::Auth);
    QCOMPARE(answer.result().error().detail, u"still no"_s);
    QCOMPARE(signIns.load(), 1);
    QCOMPARE(server.seenCount(), 3);
}

void TestSignIn::tokensAreFinal()
{
    SessionService service;
    const auto api = client(service.server.url(), makeTokenSignIn(u"old"_s));
    QSignalSpy failed(api.get(), &ApiClient::signInFailed);
    auto answer = list(*api);
    DONE(answer);
    QVERIFY(!answer.result());
    QCOMPARE(answer.result().error().kind, ErrorKind::Auth);
    QCOMPARE(answer.result().error().detail, u"who are you"_s);
    QCOMPARE(service.server.seenCount(), 1);
    QTRY_COMPARE(failed.count(), 1);
}

void TestSignIn::codesWorkOnce()
{
    SessionService service;
    service.givesToken = false;
    const auto signIn = makeCodeSignIn(u"one-time"_s, u"billing-token"_s);
    const auto api = client(service.server.url(), signIn);
    auto first = api->send({u"getCpclist"_s, Json::object(), {}});
    DONE(first);
    QCOMPARE(service.signIns.load(), 1);
    QCOMPARE(signIn->userName(), u"ops"_s);
    service.session = 99;
    auto second = api->send({u"getCpclist"_s, Json::object(), {}});
    DONE(second);
    QVERIFY(!second.result());
    QCOMPARE(second.result().error().kind, ErrorKind::Auth);
    QCOMPARE(service.signIns.load(), 1); // the code is used up
    auto billing = list(*api);
    DONE(billing);
    QCOMPARE(service.server.seen().last().header("authorization"), QByteArray("Bearer billing-token"));
}

void TestSignIn::signOutForgets()
{
    SessionService service;
    const auto api = client(service.server.url(), makePasswordSignIn(u"ops"_s, u"right-password"_s));
    auto in = api->signIn();
    DONE(in);
    QVERIFY(in.result());
    auto out = api->signOut();
    DONE(out);
    QVERIFY(out.result());
    QCOMPARE(api->connection(), ApiClient::Connection::SignedOut);
    auto answer = list(*api);
    DONE(answer);
    QVERIFY(!answer.result());
    QCOMPARE(answer.result().error().kind, ErrorKind::Auth);
    QVERIFY(service.server.seen().last().header("authorization").isEmpty());
    QVERIFY(service.server.seen().last().header("cookie").isEmpty());
}

void TestSignIn::explicitSignIn()
{
    SessionService service;
    const auto api = client(service.server.url(), makePasswordSignIn(u"ops"_s, u"right-password"_s));
    auto one = api->signIn();
    auto two = api->signIn(); // joins the first
    DONE(one);
    DONE(two);
    QVERIFY(one.result() && two.result());
    QCOMPARE(service.signIns.load(), 1);
    auto answer = list(*api);
    DONE(answer);
    QCOMPARE(service.server.seenCount(), 2);
    const auto none = client(service.server.url(), makeTokenSignIn(u"t"_s));
    auto nothing = none->signIn();
    QVERIFY(nothing.isFinished() && nothing.result());
}

void TestSignIn::aSignInThatFailsOnTheWayIsTriedLater()
{
    ScriptedServer server;
    std::atomic<int> signIns = 0;
    server.answerWith([&signIns](const SeenRequest &request) {
        if (request.target.startsWith("/user/") && ++signIns == 1)
            return ServerAnswer::json("{}", 503);
        if (request.target.startsWith("/user/"))
            return ServerAnswer::json(R"({"status":true,"msg":"ok","data":{"token":"t"}})");
        return request.header("authorization") == "Bearer t" ? ServerAnswer::json(goodPage) : ServerAnswer::json("{}", 401);
    });
    const auto api = client(server.url(), makePasswordSignIn(u"ops"_s, u"p-word"_s));
    auto first = list(*api);
    DONE(first);
    QVERIFY(!first.result());
    QCOMPARE(first.result().error().kind, ErrorKind::Offline);
    auto second = list(*api);
    DONE(second);
    QVERIFY(second.result());
}

void TestSignIn::destroyedWhileSigningIn()
{
    SessionService service;
    service.signInDelayMs = 2'000;
    auto api = client(service.server.url(), makePasswordSignIn(u"ops"_s, u"right-password"_s));
    auto answer = list(*api);
    auto asked = api->signIn();
    QTRY_COMPARE(service.signIns.load(), 1);
    api.reset();
    QVERIFY(answer.isFinished() && asked.isFinished());
    QCOMPARE(answer.result().error().kind, ErrorKind::Cancelled);
    QCOMPARE(asked.result().error().kind, ErrorKind::Cancelled);
}

// Which of the two addresses sees an Authorization, by sign-in.
void TestSignIn::credentialsGoOnlyWhereTheyBelong_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("kboss");
    QTest::addColumn<QString>("billing");
    QTest::addColumn<bool>("kbossSees");
    QTest::addColumn<bool>("billingSees");
    const QString one = u"https://one.example.com/kboss"_s;
    for (const QString &other : {u"https://two.example.com/b"_s, u"https://one.example.com:8443/b"_s, u"http://one.example.com/b"_s}) {
        QTest::addRow("password, %s", qPrintable(other)) << u"password"_s << one << other << true << false;
        QTest::addRow("token, %s", qPrintable(other)) << u"token"_s << one << other << false << true;
        QTest::addRow("code, %s", qPrintable(other)) << u"code"_s << one << other << false << true;
    }
    const QString same = u"https://ONE.example.com:443/b"_s;
    QTest::newRow("password, one origin") << u"password"_s << one << same << true << true;
    QTest::newRow("token, one origin") << u"token"_s << one << same << true << true;
    QTest::newRow("code, one origin") << u"code"_s << one << same << false << true;
}

void TestSignIn::credentialsGoOnlyWhereTheyBelong()
{
    QFETCH(const QString, kind);
    QFETCH(const QString, kboss);
    QFETCH(const QString, billing);
    const auto signIn = kind == u"password"_s ? makePasswordSignIn(u"ops"_s, u"p-word"_s)
        : kind == u"token"_s                  ? makeTokenSignIn(u"t"_s)
                                              : makeCodeSignIn(u"one-time"_s, u"t"_s);
    if (kind == u"password"_s)
        QVERIFY(signIn->accept(Json{{"token", "t"}}));
    const SignIn::Bases bases{{ServiceKind::Kboss, QUrl(kboss)}, {ServiceKind::Billing, QUrl(billing)}};
    const auto sees = [&](ServiceKind service) {
        WireRequest request{"GET", QUrl(bases.value(service).toString() + u"/x"_s), {}, {}};
        signIn->decorate(request, service, bases);
        return !request.headers.isEmpty();
    };
    QTEST(sees(ServiceKind::Kboss), "kbossSees");
    QTEST(sees(ServiceKind::Billing), "billingSees");
}

void TestSignIn::anotherOriginNeverSeesTheToken()
{
    SessionService kboss;
    ScriptedServer billing;
    billing.answerInTurn({ServerAnswer::json(goodPage)});
    ServerSettings settings;
    settings.bases = {{ServiceKind::Billing, billing.url()}, {ServiceKind::Kboss, kboss.server.url()}};
    ApiClient api(m_contracts, settings, makePasswordSignIn(u"ops"_s, u"right-password"_s), nullptr, {});
    auto in = api.signIn();
    DONE(in);
    QVERIFY(in.result());
    auto centres = api.send({u"getCpclist"_s, Json::object(), {}});
    DONE(centres);
    QVERIFY(kboss.server.seen().last().header("authorization").startsWith("Bearer tok-"));
    auto accounts = list(api);
    DONE(accounts);
    QVERIFY(accounts.result());
    QVERIFY(billing.seen().last().header("authorization").isEmpty());
}

QTEST_GUILESS_MAIN(TestSignIn)
#include "tst_signin.moc"
