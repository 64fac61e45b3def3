#include "app/base/secretnames.h"

#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;

class TestSecretNames final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void secretNames_data();
    void secretNames();
    void plainNames_data();
    void plainNames();
    void urls_data();
    void urls();
    void json_data();
    void json();
    void whatIsNoJsonIsNotShown();
};

void TestSecretNames::secretNames_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char *name : {"adminpwd",     "api_pwd",        "source_authpasswd", "kubeconfig",
                             "clusterjoin",  "password_pay",   "psssword",          "password",
                             "passwd",       "Password",       "DiskPassword",      "VncPassword",
                             "token",        "access_token",   "accessToken",       "refresh-token",
                             "X-Auth-Token", "http_token",     "Authorization",     "proxy-authorization",
                             "Cookie",       "Set-Cookie",     "app_secret",        "client.secret",
                             "app_key",      "api-key",        "http_aes_key",      "private_key",
                             "join_command", "wechatCode",     "verificationcode",  "vcode",
                             "ADMINPWD",     "ssh_passphrase", "credentials",       "session_id"})
        QTest::newRow(name) << QByteArray(name);
    QTest::newRow("at the end of a long name") << QByteArray(90, 'x') + "_password";
    QTest::newRow("in the middle of a long name") << QByteArray(58, 'x') + "password" + QByteArray(90, 'y');
}

void TestSecretNames::secretNames()
{
    QFETCH(QByteArray, name);
    QVERIFY(isSecretName({name.constData(), static_cast<size_t>(name.size())}));
}

void TestSecretNames::plainNames_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char *name : {"",
                             "id",
                             "name",
                             "page_token",
                             "next_page_token",
                             "nextPageToken",
                             "adminuser",
                             "api_user",
                             "source_authuser",
                             "sshport",
                             "key",
                             "label_key",
                             "keyword",
                             "find_key",
                             "currency_code",
                             "product_code",
                             "post_code",
                             "orgcode",
                             "clustercode",
                             "passed_count",
                             "author",
                             "compass",
                             "auto_pay",
                             "pcapi_url",
                             "ping",
                             "shipping",
                             "pinned"})
        QTest::newRow(name) << QByteArray(name);
    QTest::newRow("long") << QByteArray(500, 'x');
}

void TestSecretNames::plainNames()
{
    QFETCH(QByteArray, name);
    QVERIFY(!isSecretName({name.constData(), static_cast<size_t>(name.size())}));
}

void TestSecretNames::urls_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("shown");
    const QString dots = u"••••••"_s;
    QTest::newRow("nothing to hide") << u"https://h/p?page=1&page_token=abc%20d#top"_s << u"https://h/p?page=1&page_token=abc%20d#top"_s;
    QTest::newRow("query") << u"https://h/p?id=1&adminpwd=hunter2&x=3"_s << u"https://h/p?id=1&adminpwd="_s + dots + u"&x=3"_s;
    QTest::newRow("encoded name") << u"https://h/p?admin%70wd=hunter2"_s << u"https://h/p?admin%70wd="_s + dots;
    QTest::newRow("user info") << u"https://u:p@h:8443/x"_s << u"https://"_s + dots + u"@h:8443/x"_s;
    QTest::newRow("user info with at sign") << u"https://u:p@q@h/x@y"_s << u"https://"_s + dots + u"@h/x@y"_s;
    QTest::newRow("fragment") << u"https://h/#access_token=hunter2&a=1"_s << u"https://h/#access_token="_s + dots + u"&a=1"_s;
    QTest::newRow("no scheme") << u"/user/loginUser.dspy?wechatCode=hunter2"_s << u"/user/loginUser.dspy?wechatCode="_s + dots;
    QTest::newRow("empty") << QString() << QString();
    QTest::newRow("flags") << u"/a?&b&=c&"_s << u"/a?&b&=c&"_s;
}

void TestSecretNames::urls()
{
    QFETCH(QString, url);
    QFETCH(QString, shown);
    QCOMPARE(redactUrl(url), shown);
    for (const QString &nested :
         {u"https://h/?next=http%3A%2F%2Fx%2F%3Ftoken%3Dhunter2"_s, u"https://h/?data=%7B%22a%22%3A%7B%22pwd%22%3A%22hunter2%22%7D%7D"_s,
          u"https://h/?data=%7Bpwd:hunter2"_s, u"https://u:hunter2@h?x"_s, u"postgresql://u:hunter2@h?password=hunter2"_s})
        QVERIFY2(!redactUrl(nested).contains(u"hunter2"), qPrintable(nested));
}

void TestSecretNames::json_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("shown");
    QTest::newRow("plain") << QByteArray(R"({"a": [1, 2.50, true, null], "b": "x"})") << QByteArray(R"({"a":[1,2.50,true,null],"b":"x"})");
    QTest::newRow("string") << QByteArray(R"({"adminpwd": "s", "b": 1})") << QByteArray(R"({"adminpwd":"••••••","b":1})");
    QTest::newRow("object") << QByteArray(R"({"kubeconfig": {"a": [1]}})") << QByteArray(R"({"kubeconfig":"••••••"})");
    QTest::newRow("deep") << QByteArray(R"([{"rows": [{"api_pwd": "s"}]}])") << QByteArray(R"([{"rows":[{"api_pwd":"••••••"}]}])");
    QTest::newRow("JSON in a string") << QByteArray("{\"d\":\"{\\\"token\\\":\\\"s\\\"}\"}")
                                      << QByteArray("{\"d\":\"{\\\"token\\\":\\\"••••••\\\"}\"}");
}

void TestSecretNames::json()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, shown);
    QCOMPARE(redactJson(body), shown);
}

void TestSecretNames::whatIsNoJsonIsNotShown()
{
    QCOMPARE(redactJson("<html>hunter2</html>"), QByteArray("[markup, 20 bytes]"));
    QCOMPARE(redactJson("pwd=hunter2"), QByteArray("[text, 11 bytes]"));
    QCOMPARE(redactJson(R"({"pwd":"hunter2")"), QByteArray("[damaged JSON, 16 bytes]"));
    QCOMPARE(redactJson("\"\xff\""), QByteArray("[text, 3 bytes]"));
    QCOMPARE(redactJson(""), QByteArray("[empty, 0 bytes]"));
    QCOMPARE(redactJson(QByteArray(100000, '[')), QByteArray("[damaged JSON, 100000 bytes]"));
}

QTEST_APPLESS_MAIN(TestSecretNames)
#include "tst_secretnames.moc"
