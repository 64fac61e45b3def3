#include "tests/support/httpclient.h"
#include "tests/support/serviceprocess.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QRandomGenerator>
#include <QTcpSocket>
#include <QTest>
#include <csignal>
#include <memory>
#include <thread>

using namespace Qt::StringLiterals;
using namespace kboss::test;

namespace {
const QString listPath = u"/v1/billingaccounts/console"_s;
const QString loginPath = u"/user/loginUser.dspy"_s;
const QString logoutPath = u"/user/logoutUser.dspy"_s;
const QString centersPath = u"/dev/cpcc/cpclist/get_cpclist.dspy"_s;

// One request over a bare socket; the whole answer, or what came until the connection ended.
QByteArray bare(const QUrl &url, const QByteArray &request)
{
    QTcpSocket socket;
    socket.connectToHost(url.host(), static_cast<quint16>(url.port()));
    if (!socket.waitForConnected(5000))
        return {};
    socket.write(request);
    QByteArray answer;
    while (socket.waitForReadyRead(5000)) {
        answer += socket.readAll();
        const qsizetype end = answer.indexOf("\r\n\r\n");
        const qsizetype length = answer.indexOf("Content-Length: ");
        if (end > 0 && length > 0 && answer.size() >= end + 4 + answer.mid(length + 16).split('\r').first().toLongLong())
            break;
    }
    return answer;
}
} // namespace

// How the service begins, lets people in, behaves as an HTTP server, and ends.
class TestServiceLife : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersAsHttpAsks()
    {
        ServiceProcess service;
        QVERIFY2(service.start(), qPrintable(service.errorText()));
        HttpClient http(service.url());
        QCOMPARE(http.get(u"/v1/nothing"_s).status, 404);
        QCOMPARE(http.get(u"/v1/nothing"_s).json()[u"error"_s].toObject()[u"status"_s].toString(), u"NOT_FOUND"_s);
        QCOMPARE(http.get(u"/nothing"_s).json()[u"status"_s].toBool(true), false);
        const HttpAnswer wrongMethod = http.send("DELETE", centersPath, {}, {});
        QCOMPARE(wrongMethod.status, 405);
        QCOMPARE(wrongMethod.header("Allow"), QByteArray("GET, HEAD"));
        const QByteArray head = bare(service.url(), "HEAD /v1/billingaccounts/console HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        QVERIFY(head.startsWith("HTTP/1.1 200"));
        QVERIFY(head.endsWith("\r\n\r\n"));
        const QByteArray packed = bare(service.url(), "GET /v1/billingaccounts/console HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n");
        const QByteArray plain = bare(service.url(), "GET /v1/billingaccounts/console HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        QVERIFY(packed.contains("Content-Encoding: gzip"));
        QVERIFY(!plain.contains("Content-Encoding"));
        QVERIFY(packed.size() * 3 < plain.size());
        QVERIFY(bare(service.url(), "POST /dev/cpcc/cpclist/add_cpclist.dspy HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").contains("缺少参数"));
        QVERIFY(bare(service.url(), "this is not http\r\n\r\n").startsWith("HTTP/1.1 400"));
        QCOMPARE(http.send("POST", loginPath, {}, QByteArray(3'000'000, 'x')).status, 413);
        QCOMPARE(http.get(u"/"_s + u"x"_s.repeated(7'000)).status, 404);
    }

    void keepsBrowsersOut()
    {
        ServiceProcess service;
        QVERIFY2(service.start(u"none"_s), qPrintable(service.errorText()));
        HttpClient http(service.url());
        http.setHeader("Origin", "https://elsewhere.example.com");
        QCOMPARE(http.get(centersPath).status, 403);
        http.setHeader("Origin", {});
        QCOMPARE(http.get(centersPath).status, 200);
        QVERIFY(
            bare(service.url(), "GET /dev/cpcc/cpclist/get_cpclist.dspy HTTP/1.1\r\nHost: rebound.example.com\r\n\r\n").startsWith("HTTP/1.1 403"));
    }

    void servesWithoutSignInWhenNothingIsSet()
    {
        ServiceProcess service;
        QVERIFY2(service.start(u"none"_s), qPrintable(service.errorText()));
        HttpClient http(service.url());
        QCOMPARE(http.get(listPath).json()[u"total_size"_s].toInt(-1), 0);
        QVERIFY(http.get(loginPath).json()[u"msg"_s].toString().contains(u"不支持"_s));
        QCOMPARE(http.post(loginPath, {}, R"({"user":"a","password":"b"})").json()[u"status"_s].toBool(true), false);
    }

    void asksForTheToken()
    {
        ServiceProcess service;
        QVERIFY2(service.start(u"none"_s, {u"--token-file"_s, service.writeFile(u"token"_s, "the-token\n")}), qPrintable(service.errorText()));
        HttpClient http(service.url());
        const HttpAnswer refused = http.get(listPath);
        QCOMPARE(refused.status, 401);
        QCOMPARE(refused.json()[u"error"_s].toObject()[u"status"_s].toString(), u"UNAUTHENTICATED"_s);
        QCOMPARE(http.get(centersPath).status, 401);
        QCOMPARE(http.get(centersPath).json()[u"msg"_s].toString(), u"请先登录"_s);
        http.setHeader("Authorization", "Bearer another");
        QCOMPARE(http.get(listPath).status, 401);
        http.setHeader("Authorization", "Bearer the-token");
        QCOMPARE(http.get(listPath).status, 200);
        QCOMPARE(http.get(centersPath).status, 200);
    }

    void signsInByPassword()
    {
        ServiceProcess service;
        QVERIFY2(service.start(u"none"_s, {u"--user"_s, u"ops"_s, u"--password-file"_s, service.writeFile(u"password"_s, "pass word 密\n")}),
                 qPrintable(service.errorText()));
        HttpClient http(service.url());
        QCOMPARE(http.get(listPath).status, 401);
        const HttpAnswer wrong = http.post(loginPath, {}, R"({"user":"ops","password":"guess"})");
        QCOMPARE(wrong.status, 200);
        QCOMPARE(wrong.json()[u"status"_s].toBool(true), false);
        QVERIFY(wrong.header("Set-Cookie").isEmpty());
        QCOMPARE(http.post(loginPath, {}, R"({"user":"nobody","password":"guess"})").body, wrong.body);
        const HttpAnswer right = http.post(loginPath, {}, QByteArray(R"({"user":"ops","password":"pass word 密"})"));
        QVERIFY2(right.json()[u"status"_s].toBool(), right.body.constData());
        const QByteArray cookie = right.header("Set-Cookie");
        QVERIFY(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"));
        QCOMPARE(http.get(listPath).status, 200); // the cookie jar carries it
        HttpClient other(service.url());
        QCOMPARE(other.get(listPath).status, 401);
        other.setHeader("Authorization", "Bearer " + right.json()[u"data"_s].toObject()[u"token"_s].toString().toLatin1());
        QCOMPARE(other.get(listPath).status, 200);
        QCOMPARE(http.post(logoutPath).json()[u"status"_s].toBool(), true);
        QCOMPARE(http.get(listPath).status, 401);
        QCOMPARE(other.get(listPath).status, 401);
        service.stop();
        QVERIFY(service.start(u"none"_s)); // users stay, sign-in stays needed
        QCOMPARE(HttpClient(service.url()).get(listPath).status, 401);
    }

    void refusesToBeOpenToTheNetwork()
    {
        ServiceProcess service;
        QVERIFY(!service.start(u"none"_s, {u"--listen"_s, u"0.0.0.0:0"_s}));
        QVERIFY(service.waitForEnd());
        QVERIFY2(service.errorText().contains(u"TLS"_s), qPrintable(service.errorText()));
        QVERIFY(service.exitCode() != 0);
    }

    void endsWithItsParentsInput()
    {
        ServiceProcess service;
        QVERIFY2(service.startChild(u"child-token"_s), qPrintable(service.errorText()));
        HttpClient http(service.url());
        QCOMPARE(http.get(listPath).status, 401);
        http.setHeader("Authorization", "Bearer child-token");
        QCOMPARE(http.get(listPath).status, 200); // and leaves a connection open
        service.closeInput();
        QVERIFY(service.waitForEnd(3000));
        QCOMPARE(service.exitCode(), 0);
    }

    void wantsItsKey()
    {
        ServiceProcess service;
        QVERIFY2(service.start(), qPrintable(service.errorText()));
        service.stop();
        const QString key = service.database() + u".key"_s;
        QVERIFY(QFile::rename(key, key + u".away"_s));
        QVERIFY(!service.start());
        service.waitForEnd();
        QVERIFY2(service.errorText().contains(u"missing"_s), qPrintable(service.errorText()));
        QVERIFY(!QFileInfo::exists(key));
        service.writeFile(QFileInfo(key).fileName(), QByteArray(64, 'a') + '\n');
        QVERIFY(!service.start());
        service.waitForEnd();
        QVERIFY2(service.errorText().contains(u"another database"_s), qPrintable(service.errorText()));
        QVERIFY(QFile::remove(key) && QFile::rename(key + u".away"_s, key));
        QFile::setPermissions(key, QFile::ReadOwner | QFile::ReadOther);
        QVERIFY(!service.start());
        service.waitForEnd();
        QVERIFY2(service.errorText().contains(u"others"_s), qPrintable(service.errorText()));
        QFile::setPermissions(key, QFile::ReadOwner | QFile::WriteOwner);
        QVERIFY2(service.start(), qPrintable(service.errorText()));
    }

    void makesTheSameSampleTwice()
    {
        QByteArray bodies[2];
        for (QByteArray &body : bodies) {
            ServiceProcess service;
            QVERIFY2(service.start(), qPrintable(service.errorText()));
            HttpClient http(service.url());
            QUrlQuery query;
            query.addQueryItem(u"page_size"_s, u"1000"_s);
            body = QJsonDocument(http.get(listPath, query).json()[u"billing_accounts"_s].toArray()).toJson() + http.get(centersPath).body;
        }
        QCOMPARE(bodies[0], bodies[1]);
    }

    // Killed at any moment while it writes, the service comes back with every change it confirmed and no half of one.
    void survivesKills()
    {
        ServiceProcess service;
        QVERIFY2(service.start(), qPrintable(service.errorText()));
        QUrlQuery active;
        active.addQueryItem(u"filter"_s, u"state = BA_ACTIVE"_s);
        const QJsonObject account = HttpClient(service.url()).get(listPath, active).json()[u"billing_accounts"_s].toArray().at(3).toObject();
        const QString id = account[u"id"_s].toString();
        const QString path = u"/v1/billingaccounts/"_s + id;
        qint64 confirmed = 0, value = 1'000'000'000;
        for (int round = 0; round < 12; ++round) {
            const qint64 pid = service.pid();
            const int after = 20 + QRandomGenerator::global()->bounded(120);
            HttpClient http(service.url());
            std::thread killer([pid, after] {
                std::this_thread::sleep_for(std::chrono::milliseconds(after));
                ::kill(static_cast<pid_t>(pid), SIGKILL);
            });
            for (;;) {
                const QJsonObject money{{u"currency_code"_s, account[u"currency_code"_s]}, {u"units"_s, QString::number(value)}, {u"nanos"_s, 0}};
                const QJsonObject change{
                    {u"id"_s, id}, {u"display_name"_s, QString::number(value)}, {u"credit_line"_s, money}, {u"threshold_balance"_s, money}};
                const HttpAnswer answer = http.patch(path, QJsonDocument(change).toJson());
                if (answer.status != 200)
                    break;
                confirmed = value++;
            }
            killer.join();
            QVERIFY(service.waitForEnd());
            QVERIFY2(service.start(), qPrintable(service.errorText()));
            QUrlQuery query;
            query.addQueryItem(u"filter"_s, u"id = \"%1\""_s.arg(id));
            const QJsonObject now = HttpClient(service.url()).get(listPath, query).json()[u"billing_accounts"_s].toArray().at(0).toObject();
            if (confirmed == 0)
                continue;
            const qint64 stored = now[u"display_name"_s].toString().toLongLong();
            QVERIFY2(stored == confirmed || stored == confirmed + 1, qPrintable(u"%1 stored, %2 confirmed"_s.arg(stored).arg(confirmed)));
            QCOMPARE(now[u"credit_line"_s].toObject()[u"units"_s].toString(), QString::number(stored));
            QCOMPARE(now[u"threshold_balance"_s].toObject()[u"units"_s].toString(), QString::number(stored));
            confirmed = stored; // what is stored now counts as confirmed for the next round
            value = stored + 1;
        }
        QVERIFY(confirmed > 0);
    }
};

QTEST_GUILESS_MAIN(TestServiceLife)
#include "tst_servicelife.moc"
