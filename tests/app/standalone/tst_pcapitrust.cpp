#include "tests/support/pcapiground.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QTest>
#include <atomic>
#include <thread>

using namespace Qt::StringLiterals;
using namespace kboss::test;

namespace {

// Looks at every process of the machine again and again for what none of them may have among its words or in its environment.
class ArgvWatch {
public:
    ArgvWatch() : m_thread([this] { watch(); }) { }
    ~ArgvWatch()
    {
        m_end = true;
        m_thread.join();
    }
    QByteArray seen() const { return m_seen; } // after the end

    void finish()
    {
        m_end = true;
        m_thread.join();
        m_thread = std::thread([] {});
    }

private:
    void watch()
    {
        const QByteArrayList secrets{"Host-secret", "Basic-secret", "Pod-secret", "Token-secret"};
        while (!m_end) {
            const QStringList processes = QDir(u"/proc"_s).entryList({u"[0-9]*"_s}, QDir::Dirs);
            for (const QString &process : processes) {
                for (const QString &name : {u"cmdline"_s, u"environ"_s}) {
                    QFile file(u"/proc/%1/%2"_s.arg(process, name));
                    const QByteArray text = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
                    for (const QByteArray &secret : secrets)
                        m_seen += text.contains(secret) ? text.left(300) + '\n' : QByteArray();
                }
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
    }

    QByteArray m_seen;
    std::atomic_bool m_end = false;
    std::thread m_thread;
};

} // namespace

// Who may use the pcapi operations, on which hosts, and that nobody sees a secret.
class TestPcapiTrust : public QObject, private PcapiGround {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY2(start(), qPrintable(errorText())); }
    void init() { forget(); }

    void lettersOfIntroduction()
    {
        for (const QByteArray &header : {QByteArray(), basic(u"ops"_s, u"wrong"_s), basic(u"nobody"_s, servicePassword), QByteArray("Basic !!!"),
                                         QByteArray("Bearer x"), basic(u"token"_s, servicePassword)}) {
            http->setHeader("Authorization", header);
            const HttpAnswer answer = read("get_cluster_nodes");
            QCOMPARE(answer.status, 401);
            QVERIFY(answer.header("WWW-Authenticate").startsWith("Basic realm="));
            QCOMPARE(answer.json()[u"status"_s].toBool(true), false);
            QVERIFY(answer.json().contains(u"data"_s) && !infoOf(answer).isEmpty());
        }
        http->setHeader("Authorization", basic(u"ops"_s, servicePassword));
        QVERIFY(isFailure(read("get_cluster_nodes"))); // let in; the host is not known yet
        QVERIFY(host.calls().isEmpty());
    }

    void hostKeysAreConfirmedFirst()
    {
        const HttpAnswer unknown = read("get_cluster_nodes");
        QVERIFY(isFailure(unknown));
        QVERIFY2(infoOf(unknown).contains(host.fingerprint()), qPrintable(infoOf(unknown)));
        QVERIFY(infoOf(unknown).contains(u"--pin-host-key"_s) && infoOf(unknown).contains(u"--trust-host-keys"_s));
        QVERIFY(!host.errorText().contains(u"Failed password"_s) && !host.errorText().contains(u"Accepted"_s)); // nothing was sent
        int code = 0;
        QVERIFY(pin(u"SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"_s, &code).contains(host.fingerprint()));
        QCOMPARE(code, 1);
        QVERIFY(isFailure(read("get_cluster_nodes")));
        QVERIFY2(pin(host.fingerprint(), &code).contains(u"is known by"_s), "pin");
        QCOMPARE(code, 0);
        QVERIFY(isGood(read("get_cluster_nodes"))); // the service that runs sees it
    }

    void passwordsOfHosts()
    {
        QVERIFY(isGood(read("get_cluster_nodes"))); // leaves an open session
        const HttpAnswer wrong = read("get_cluster_nodes", {{u"psssword"_s, u"Host-secret:wrong"_s}});
        QVERIFY(isFailure(wrong));
        QVERIFY2(infoOf(wrong).contains(u"the password refused"_s), qPrintable(infoOf(wrong)));
        QVERIFY(!infoOf(wrong).contains(u"Host-secret"_s));
        QVERIFY(isGood(read("get_cluster_nodes")));
        QVERIFY(isFailure(read("get_cluster_nodes", {{u"user"_s, u"nobody"_s}})));
        const qsizetype accepted = host.errorText().count(u"Accepted password"_s);
        for (int i = 0; i < 5; ++i)
            QVERIFY(isGood(read("get_cluster_nodes")));
        QCOMPARE(host.errorText().count(u"Accepted password"_s), accepted); // one connection for all
    }

    void manyAtOnce()
    {
        std::vector<std::thread> askers;
        std::atomic_int good = 0;
        const QUrl url = service.url();
        const QUrlQuery query = queryOf(way());
        for (int i = 0; i < 12; ++i)
            askers.emplace_back([&] { good += bareRequest(url, "GET", "get_cluster_nodes", query).contains("\"total\":4") ? 1 : 0; });
        for (std::thread &asker : askers)
            asker.join();
        QCOMPARE(good.load(), 12);
    }

    void nobodySeesASecret()
    {
        ArgvWatch watch;
        QVERIFY(isGood(read("get_cluster_nodes")));
        QVERIFY(isFailure(read("get_cluster_nodes", {{u"psssword"_s, u"Host-secret:wrong"_s}})));
        QVERIFY(isFailure(read("get_cluster_nodes", {{u"psssword"_s, u"Host-secret\n"_s}})));
        QVERIFY(isGood(write("yaml_apply_delete", instance())));
        QVERIFY(isFailure(write("yaml_apply_delete", instance({{u"source_authpasswd"_s, u"Pod-secret"_s + u"x"_s.repeated(300)}}))));
        Items items = instance();
        items[u"kubeconfig"_s] = tokenKubeconfig(configToken);
        QVERIFY(isGood(http->post(at("yaml_apply_delete"), queryOf(items))));
        items[u"kubeconfig"_s] = u"users: [{name: a, user: {token: %1, token: x}}]"_s.arg(configToken);
        QVERIFY(isFailure(http->post(at("yaml_apply_delete"), queryOf(items))));
        http->get(u"/pcapi/api/v1/nowhere"_s, queryOf(way()));
        watch.finish();
        QVERIFY2(watch.seen().isEmpty(), watch.seen().constData());
        service.stop();
        const QByteArray said = service.errorText().toUtf8();
        QStringList found;
        for (const QString &folder : {service.folder(), host.folder()}) {
            QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
            while (files.hasNext()) {
                QFile file(files.next());
                if (file.fileName() == host.path(u"password"_s) || file.fileName().endsWith(u"/applied.json"_s) || !file.open(QIODevice::ReadOnly))
                    continue; // what the test itself wrote, and the Secret in its cluster
                const QByteArray content = file.readAll();
                for (const char *secret : {"Host-secret", "Basic-secret", "Pod-secret", "Token-secret"}) {
                    if (content.contains(secret) || said.contains(secret))
                        found << file.fileName() + u": "_s + QLatin1String(secret);
                }
            }
        }
        QVERIFY2(found.isEmpty(), qPrintable(found.join(u", "_s)));
        QVERIFY2(startService(), qPrintable(service.errorText()));
    }

    void endsWithTheService()
    {
        host.write(u"state/slow"_s, "");
        const QUrl url = service.url();
        const QUrlQuery query = queryOf(way());
        std::thread asker([&] { bareRequest(url, "GET", "get_cluster_nodes", query); });
        QTRY_VERIFY(!host.calls().isEmpty());
        QElapsedTimer clock;
        clock.start();
        service.stop();
        QVERIFY2(clock.elapsed() < 3'000, qPrintable(QString::number(clock.elapsed())));
        asker.join();
        QVERIFY2(startService(), qPrintable(service.errorText()));
    }

    void lockedAccounts()
    {
        host.stop();
        host.write(u"locked"_s, "");
        QVERIFY(host.start());
        const HttpAnswer answer = read("get_cluster_nodes");
        QFile::remove(host.path(u"locked"_s));
        QVERIFY2(isFailure(answer) && infoOf(answer).contains(u"does not let this user in"_s), answer.body.constData());
        host.stop();
        QVERIFY(isFailure(read("get_cluster_nodes"))); // nobody there
        QVERIFY(host.start());
        QVERIFY(isGood(read("get_cluster_nodes")));
    }

    void changedKeysAreFinal()
    {
        host.stop();
        QFile::remove(host.path(u"host_key"_s));
        QFile::remove(host.path(u"host_key.pub"_s));
        QVERIFY(host.start());
        const HttpAnswer changed = read("get_cluster_nodes");
        QVERIFY(isFailure(changed));
        QVERIFY2(infoOf(changed).contains(u"but known is"_s) && infoOf(changed).contains(u"--forget-host-key"_s), qPrintable(infoOf(changed)));
        int code = 0;
        pin(host.fingerprint(), &code); // the old one has to be forgotten by name
        QCOMPARE(code, 1);
        QVERIFY(isFailure(read("get_cluster_nodes")));
        QVERIFY(serviceTool({u"--forget-host-key"_s, u"127.0.0.1:%1"_s.arg(host.port())}, &code).contains(u"not known any more"_s));
        QCOMPARE(code, 0);
        QVERIFY(infoOf(read("get_cluster_nodes")).contains(u"nobody has confirmed"_s));
    }

    void trustFromAFile()
    {
        QFile publicKey(host.path(u"host_key.pub"_s));
        QVERIFY(publicKey.open(QIODevice::ReadOnly));
        const QString known = service.writeFile(u"known_hosts"_s, u"[127.0.0.1]:%1 "_s.arg(host.port()).toUtf8() + publicKey.readAll());
        service.stop();
        QVERIFY2(service.start(u"none"_s, QStringList{u"--trust-host-keys"_s, known}), qPrintable(service.errorText()));
        http = std::make_unique<HttpClient>(service.url());
        http->setHeader("Authorization", basic(u"ops"_s, servicePassword));
        QVERIFY(isGood(read("get_cluster_nodes")));
    }
};

QTEST_GUILESS_MAIN(TestPcapiTrust)
#include "tst_pcapitrust.moc"
