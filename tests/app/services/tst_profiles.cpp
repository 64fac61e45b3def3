#include "app/services/profiles.h"

#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace kboss;

namespace {

Profile good(const QString &id = QStringLiteral("prod"))
{
    Profile profile;
    profile.id = id;
    profile.name = QStringLiteral("生产");
    profile.color = QStringLiteral("bad");
    profile.urls = {{ServiceKind::Kboss, QUrl(QStringLiteral("https://kboss.example.com/base"))},
                    {ServiceKind::Billing, QUrl(QStringLiteral("http://127.0.0.1:8080"))}};
    profile.signIn = SignInKind::Password;
    profile.userName = QStringLiteral("liu");
    profile.readOnly = true;
    profile.proxyMode = ServerSettings::Proxy::Manual;
    profile.proxyHost = QStringLiteral("proxy.example.com");
    profile.proxyPort = 3128;
    profile.timeZone = "Asia/Shanghai";
    return profile;
}

} // namespace

class TestProfiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = m_folder->filePath(QStringLiteral("conf/profiles.json"));
    }

    void comesBackAsSaved()
    {
        ProfileStore store(m_file);
        QVERIFY(store.load()); // no file yet
        QVERIFY(store.profiles().isEmpty());
        QSignalSpy changed(&store, &ProfileStore::changed);
        QVERIFY(store.save(good()));
        Profile standalone;
        standalone.id = QStringLiteral("here");
        standalone.name = QStringLiteral("This computer");
        standalone.color = QStringLiteral("good");
        standalone.standalone = true;
        QVERIFY(store.save(standalone));
        QCOMPARE(changed.count(), 2);
        ProfileStore other(m_file);
        QVERIFY(other.load());
        QCOMPARE(other.profiles(), (QList<Profile>{good(), standalone}));
        QVERIFY(other.find(QStringLiteral("here")));
        QCOMPARE(QFileInfo(m_file).permissions() & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
                 QFile::Permissions());
        QVERIFY(other.remove(QStringLiteral("here")));
        QVERIFY(!other.find(QStringLiteral("here")));
        QCOMPARE(other.remove(QStringLiteral("here")).error().kind, ErrorKind::NotFound);
    }

    void canBeReadByPeopleAndKeepsWhatItDoesNotKnow()
    {
        ProfileStore store(m_file);
        QVERIFY(store.save(good()));
        QByteArray text = content();
        QVERIFY(text.startsWith("{\n  \"$comment\""));
        text.replace("\"profiles\"", "\"site\": {\"floor\": 3},\n  \"profiles\"").replace("\"id\":", "\"ticket\": \"OPS-1\",\n      \"id\":");
        write(text);
        ProfileStore again(m_file);
        QVERIFY(again.load());
        Profile changed = good();
        changed.name = QStringLiteral("别名");
        QVERIFY(again.save(changed));
        QVERIFY(content().contains("\"floor\": 3"));
        QVERIFY(content().contains("OPS-1"));
        QVERIFY(content().contains("别名"));
    }

    void saysWhereABadFileIsBadAndLeavesIt_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("reason");
        QTest::newRow("syntax") << QByteArray("{\n  \"profiles\": [\n    {\"id\": \"a\",,}\n  ]\n}") << QStringLiteral("line 3")
                                << QStringLiteral("parse error");
        QTest::newRow("cut") << QByteArray("{\n  \"profiles\": [") << QStringLiteral("line 2") << QStringLiteral("parse error");
        QTest::newRow("no list") << QByteArray("{}") << QStringLiteral("line 1") << QStringLiteral("profiles");
        QTest::newRow("type") << QByteArray("{\"profiles\": [\n {\"id\": \"a\", \"name\": \"x\"},\n {\"id\": \"b\", \"read_only\": \"yes\"}\n]}")
                              << QStringLiteral("line 3") << QStringLiteral("read_only");
        QTest::newRow("word") << QByteArray("{\"profiles\": [\n {\"id\": \"a\", \"sign_in\": \"magic\"}\n]}") << QStringLiteral("line 2")
                              << QStringLiteral("magic");
        QTest::newRow("no id") << QByteArray("{\"profiles\": [\n {\"name\": \"a\"}\n]}") << QStringLiteral("line 2") << QStringLiteral("id");
        QTest::newRow("twice") << QByteArray("{\"profiles\": [\n {\"id\": \"a\"},\n {\"id\": \"a\"}\n]}") << QStringLiteral("line 3")
                               << QStringLiteral("twice");
    }

    void saysWhereABadFileIsBadAndLeavesIt()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, line);
        QFETCH(QString, reason);
        write(text);
        ProfileStore store(m_file);
        const auto loaded = store.load();
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().kind, ErrorKind::Storage);
        QVERIFY2(loaded.error().detail.contains(line) && loaded.error().detail.contains(reason), qPrintable(loaded.error().detail));
        QVERIFY(!store.save(good()));
        QCOMPARE(content(), text);
    }

    void checksEachField_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("url");
        QTest::newRow("plain http") << "urls"
                                    << "http://kboss.example.com";
        QTest::newRow("no scheme") << "urls"
                                   << "kboss.example.com";
        QTest::newRow("ftp") << "urls"
                             << "ftp://kboss.example.com";
        QTest::newRow("user in it") << "urls"
                                    << "https://liu:secret@kboss.example.com";
        QTest::newRow("query") << "urls"
                               << "https://kboss.example.com/?a=b";
        QTest::newRow("looks local") << "urls"
                                     << "http://127.0.0.1.example.com";
    }

    void checksEachField()
    {
        QFETCH(QString, field);
        QFETCH(QString, url);
        Profile profile = good();
        profile.urls[ServiceKind::Kboss] = QUrl(url);
        const auto checked = ProfileStore::check(profile);
        QVERIFY(!checked);
        QCOMPARE(checked.error().field, field);
        QVERIFY(!checked.error().detail.contains(QStringLiteral("secret")));
    }

    void checksTheOtherFields()
    {
        QVERIFY(ProfileStore::check(good()));
        const auto fieldOf = [](auto change) {
            Profile profile = good();
            change(profile);
            const auto checked = ProfileStore::check(profile);
            return checked ? QString() : checked.error().field;
        };
        QCOMPARE(fieldOf([](Profile &p) { p.id = QStringLiteral("../evil"); }), QStringLiteral("id"));
        QCOMPARE(fieldOf([](Profile &p) { p.name = QStringLiteral("  "); }), QStringLiteral("name"));
        QCOMPARE(fieldOf([](Profile &p) { p.color = QStringLiteral("pink"); }), QStringLiteral("color"));
        QCOMPARE(fieldOf([](Profile &p) { p.caFile = QStringLiteral("/nowhere/ca.pem"); }), QStringLiteral("ca_file"));
        QCOMPARE(fieldOf([](Profile &p) { p.timeZone = "Mars/Base"; }), QStringLiteral("time_zone"));
        QCOMPARE(fieldOf([](Profile &p) { p.proxyPort = 0; }), QStringLiteral("proxy"));
        QCOMPARE(fieldOf([](Profile &p) { p.userName.clear(); }), QStringLiteral("user"));
        QCOMPARE(fieldOf([](Profile &p) { p.urls.clear(); }), QStringLiteral("urls"));
        QCOMPARE(fieldOf([](Profile &p) { p.urls[ServiceKind::Kboss] = QUrl(QStringLiteral("http://localhost:1")); }), QString());
        QCOMPARE(fieldOf([](Profile &p) { p.urls[ServiceKind::Kboss] = QUrl(QStringLiteral("http://[::1]:1")); }), QString());
    }

    void anotherServerIsAnotherKeeperOfRows()
    {
        const Profile profile = good();
        QVERIFY(QRegularExpression(QStringLiteral("^prod-[0-9a-f]{8}$")).match(profile.dataKey()).hasMatch());
        const auto keyOf = [](const char *url) {
            Profile other = good();
            other.urls[ServiceKind::Kboss] = QUrl(QString::fromLatin1(url));
            return other.dataKey();
        };
        QCOMPARE(keyOf("https://kboss.example.com/base"), profile.dataKey());
        QCOMPARE(keyOf("https://kboss.example.com/base/"), profile.dataKey());
        for (const char *url : {"https://kboss.example.com/other", "https://kboss.example.com:8443/base", "https://b.example.com/base"})
            QVERIFY2(keyOf(url) != profile.dataKey(), url);
        Profile renamed = good();
        renamed.name = QStringLiteral("B");
        QCOMPARE(renamed.dataKey(), profile.dataKey());
        Profile standalone = good();
        standalone.standalone = true;
        QCOMPARE(standalone.dataKey(), standalone.id); // its port is another one each time
    }

private:
    QByteArray content() const
    {
        QFile file(m_file);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void write(const QByteArray &text) const
    {
        QDir().mkpath(QFileInfo(m_file).path());
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

QTEST_GUILESS_MAIN(TestProfiles)
#include "tst_profiles.moc"
