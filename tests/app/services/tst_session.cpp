// Sessions against the real service in its own process.
#include "app/api/requestlog.h"
#include "app/services/session.h"
#include "tests/app/services/fakesecretstore.h"
#include "tests/app/services/scriptedworld.h"
#include "tests/support/serviceprocess.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QProcess>
#include <QSignalSpy>

#include <csignal>

using namespace kboss;
using State = Session::State;

class TestSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_contracts =
            std::make_shared<const ContractSet>(*ContractSet::load(qEnvironmentVariable("KBOSS_SOURCE_DIR") + QStringLiteral("/resources/api")));
        m_program = qEnvironmentVariable("KBOSS_BIN_DIR") + QStringLiteral("/kboss-service");
        QVERIFY2(QFile::exists(m_program), "kboss-service is built before this test");
    }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_secrets = std::make_unique<FakeSecretStore>();
    }

    void standaloneStartsAndComesBackAfterACrash()
    {
        Profile profile;
        profile.id = QStringLiteral("here");
        profile.name = QStringLiteral("here");
        profile.color = QStringLiteral("good");
        profile.standalone = true;
        auto session = open(profile);
        QVERIFY(session);
        QVERIFY(!session->client());
        QCOMPARE(session->state(), State::Idle);
        QCOMPARE(m_secrets->reads, 0);
        session->start();
        QCOMPARE(session->state(), State::StartingService);
        QTRY_COMPARE_WITH_TIMEOUT(session->state(), State::Online, 30'000);
        const DatasetSpec spec = watch(*session);
        QTRY_COMPARE_WITH_TIMEOUT(session->sync()->freshness(spec.id).state, Freshness::State::Live, 20'000);
        QCOMPARE(rowCount(*session, spec.id), 2'000);
        for (const char *path : {"", "profiles", "profiles/here", "profiles/here/service"})
            QCOMPARE(QFile::permissions(data() + QLatin1Char('/') + QLatin1String(path)) & othersMay(), QFile::Permissions());
        for (const char *file : {"cache.sqlite", "requests.log"})
            QCOMPARE(QFile::permissions(data() + QStringLiteral("/profiles/here/") + QLatin1String(file)) & othersMay(), QFile::Permissions());

        const int child = childPid();
        QVERIFY(child > 0);
        ::kill(child, SIGKILL);
        ApiClient *before = session->client();
        QTRY_VERIFY_WITH_TIMEOUT(session->client() != before, 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(session->state(), State::Online, 20'000);
        QVERIFY(session->actions());
        QTRY_COMPARE_WITH_TIMEOUT(session->sync()->freshness(spec.id).state, Freshness::State::Live, 20'000);
    }

    void standaloneThatDiesDuringTheSignInComesUpAllTheSame()
    {
        Profile profile;
        profile.id = QStringLiteral("here");
        profile.name = QStringLiteral("here");
        profile.color = QStringLiteral("good");
        profile.standalone = true;
        profile.sample = QStringLiteral("none");
        auto session = open(profile);
        QVERIFY(session);
        int killed = 0;
        connect(session.get(), &Session::stateChanged, this, [&killed](State state) {
            if (state == State::SigningIn && killed == 0 && (killed = childPid()) > 0)
                ::kill(killed, SIGKILL);
        });
        session->start();
        QTRY_COMPARE_WITH_TIMEOUT(session->state(), State::Online, 20'000);
        QVERIFY(killed > 0);
        QVERIFY(childPid() != killed);
    }

    void stoppedServiceIsOfflineAndItsReturnIsLiveWithinTenSeconds()
    {
        test::ServiceProcess service;
        QVERIFY2(service.start(), qPrintable(service.errorText()));
        const QString listen = QStringLiteral("127.0.0.1:%1").arg(service.url().port());
        auto session = open(remote(service.url()));
        session->start();
        QTRY_COMPARE(session->state(), State::Online);
        const DatasetSpec spec = watch(*session);
        QTRY_COMPARE_WITH_TIMEOUT(session->sync()->freshness(spec.id).state, Freshness::State::Live, 15'000);
        const qint64 fetched = session->sync()->freshness(spec.id).asOfMs;

        service.kill();
        QTRY_COMPARE_WITH_TIMEOUT(session->state(), State::Offline, 5'000); // long before the next poll
        QVERIFY(session->isOffline());
        QTRY_COMPARE(session->sync()->freshness(spec.id).state, Freshness::State::Cached);
        QVERIFY(session->sync()->freshness(spec.id).asOfMs >= fetched);
        QCOMPARE(rowCount(*session, spec.id), 2'000);
        WritePlan plan;
        plan.call.operation = QStringLiteral("updateBillingAccount");
        const auto refused = ScriptedWorld::wait(session->actions()->run(plan));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Offline);
        QVERIFY(session->journal()->read()->isEmpty());

        QVERIFY2(service.start(QStringLiteral("small"), {QStringLiteral("--listen"), listen}), qPrintable(service.errorText()));
        QElapsedTimer timer;
        timer.start();
        QTRY_VERIFY_WITH_TIMEOUT(session->sync()->freshness(spec.id).asOfMs > fetched, 10'000); // fetched anew, not only young enough
        QTRY_COMPARE(session->sync()->freshness(spec.id).state, Freshness::State::Live);
        qInfo("live %lld ms after the service was back", static_cast<long long>(timer.elapsed()));
        QCOMPARE(session->state(), State::Online);
        QCOMPARE(rowCount(*session, spec.id), 2'000);
    }

    void offlineByChoiceShowsTheCacheAndAsksNobody()
    {
        test::ServiceProcess service;
        QVERIFY2(service.start(), qPrintable(service.errorText()));
        const Profile profile = remote(service.url());
        {
            auto session = open(profile);
            session->start();
            const DatasetSpec spec = watch(*session);
            QTRY_COMPARE_WITH_TIMEOUT(session->sync()->freshness(spec.id).state, Freshness::State::Live, 15'000);
        }
        auto session = open(profile);
        session->start(true);
        QCOMPARE(session->state(), State::Offline);
        const DatasetSpec spec = watch(*session);
        QTRY_COMPARE(session->sync()->freshness(spec.id).state, Freshness::State::Cached);
        QCOMPARE(rowCount(*session, spec.id), 2'000);
        QVERIFY(session->requestLog()->entries().isEmpty());
    }

    void startsWithoutAServerAndFindsItLater()
    {
        test::ServiceProcess service;
        QVERIFY2(service.start(QStringLiteral("none")), qPrintable(service.errorText()));
        const QString listen = QStringLiteral("127.0.0.1:%1").arg(service.url().port());
        const QUrl url = service.url();
        service.kill();
        auto session = open(remote(url));
        session->start();
        QTRY_COMPARE_WITH_TIMEOUT(session->state(), State::Offline, 10'000);
        QVERIFY2(service.start(QStringLiteral("none"), {QStringLiteral("--listen"), listen}), qPrintable(service.errorText()));
        QTRY_COMPARE_WITH_TIMEOUT(session->state(), State::Online, 10'000); // nothing is visible, it asks all the same
    }

    void passwordIsAskedForKeptAndFoundAgain()
    {
        test::ServiceProcess service;
        const QString file = service.writeFile(QStringLiteral("password"), "geheim-42\n");
        QVERIFY2(service.start(QStringLiteral("small"), {QStringLiteral("--user"), QStringLiteral("liu"), QStringLiteral("--password-file"), file}),
                 qPrintable(service.errorText()));
        Profile profile = remote(service.url());
        profile.signIn = SignInKind::Password;
        profile.userName = QStringLiteral("liu");
        {
            auto session = open(profile);
            QSignalSpy failed(session.get(), &Session::failed);
            session->start();
            QTRY_COMPARE(session->state(), State::NeedsCredential);
            session->giveCredential({QStringLiteral("liu"), QStringLiteral("wrong-99"), {}, {}}, true);
            QTRY_COMPARE(failed.count(), 1);
            QTRY_COMPARE(session->state(), State::NeedsCredential);
            QCOMPARE(failed.first().first().value<Error>().kind, ErrorKind::Auth);
            QVERIFY(m_secrets->entries.isEmpty());
            session->giveCredential({QStringLiteral("liu"), QStringLiteral("geheim-42"), {}, {}}, true);
            QTRY_COMPARE(session->state(), State::Online);
            QCOMPARE(session->whoAmI(), QStringLiteral("liu"));
            QCOMPARE(m_secrets->entries.value(QStringLiteral("remote/password")), QStringLiteral("geheim-42"));
            const DatasetSpec spec = watch(*session);
            QTRY_COMPARE_WITH_TIMEOUT(session->sync()->freshness(spec.id).state, Freshness::State::Live, 15'000);
        }
        auto session = open(profile);
        session->start();
        QTRY_COMPARE(session->state(), State::Online);
        session.reset();
        QDirIterator files(data(), QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile kept(files.next());
            QVERIFY(kept.open(QIODevice::ReadOnly));
            const QByteArray text = kept.readAll();
            QVERIFY2(!text.contains("geheim-42") && !text.contains("wrong-99"), qPrintable(kept.fileName()));
        }
    }

    void tokenGivenBeforeTheStart()
    {
        test::ServiceProcess service;
        const QString file = service.writeFile(QStringLiteral("token"), "token-geheim-42\n");
        QVERIFY2(service.start(QStringLiteral("none"), {QStringLiteral("--token-file"), file}), qPrintable(service.errorText()));
        auto without = open(remote(service.url()));
        without->start();
        QTRY_COMPARE(without->state(), State::NeedsCredential);
        without.reset();
        auto session = open(remote(service.url()));
        session->giveCredential({{}, {}, QStringLiteral("token-geheim-42"), {}}, false);
        session->start();
        QTRY_COMPARE(session->state(), State::Online);
        QCOMPARE(m_secrets->reads, 0);
        QVERIFY(m_secrets->entries.isEmpty());
    }

    void changesARowOfTheRealService()
    {
        test::ServiceProcess service;
        QVERIFY2(service.start(), qPrintable(service.errorText()));
        auto session = open(remote(service.url()));
        session->start();
        QTRY_COMPARE(session->state(), State::Online);
        const DatasetSpec spec = watch(*session);
        QTRY_COMPARE_WITH_TIMEOUT(session->sync()->freshness(spec.id).state, Freshness::State::Live, 15'000);
        const Row row = rowsOf(*session, spec.id).front();
        const std::string id = row.key.toStdString();
        const auto money = [](const Value &value) {
            const Money amount = std::get<Money>(value);
            return nlohmann::json{{"currency_code", amount.currency.toStdString()}, {"units", std::to_string(amount.units)}, {"nanos", amount.nanos}};
        };
        WritePlan plan;
        plan.action = QStringLiteral("billing-account.update");
        plan.resource = QStringLiteral("billing-account");
        plan.key = plan.name = row.key;
        plan.seen = row;
        plan.dataset = spec;
        const nlohmann::json body{{"id", id},
                                  {"display_name", std::get<QString>(row.cells.at(1)).toStdString()},
                                  {"credit_line", money(row.cells.at(2))},
                                  {"threshold_balance", money(row.cells.at(3))}};
        plan.call = {QStringLiteral("updateBillingAccount"), {{"billing_account_id", id}}, body};
        plan.call.body["display_name"] = "renamed";
        plan.inverse = Call{QStringLiteral("updateBillingAccount"), {{"billing_account_id", id}}, body};
        plan.changes = {{QStringLiteral("display_name"), row.cells.at(1), Value(QStringLiteral("renamed"))}};
        plan.reread = Call{QStringLiteral("listBillingAccounts"), {{"filter", "id = \"" + id + "\""}}, {}};
        plan.compare = {QStringLiteral("display_name"), QStringLiteral("credit_line"), QStringLiteral("threshold_balance")};
        const auto outcome = ScriptedWorld::wait(session->actions()->run(plan));
        QVERIFY2(outcome.has_value(), qPrintable(outcome ? QString() : outcome.error().detail));
        QVERIFY(outcome->row.cells.at(1) == Value(QStringLiteral("renamed")));
        QTRY_VERIFY(rowsOf(*session, spec.id).front().cells.at(1) == Value(QStringLiteral("renamed")));
        const auto again = ScriptedWorld::wait(session->actions()->run(plan)); // what was seen is old now
        QCOMPARE(again.error().kind, ErrorKind::Conflict);
        WritePlan context = plan;
        context.seen = outcome->row;
        const auto undone = ScriptedWorld::wait(session->actions()->undo(session->journal()->read({}, row.key)->at(2), context));
        QVERIFY2(undone.has_value(), qPrintable(undone ? QString() : undone.error().detail));
        QVERIFY(undone->row.cells.at(1) == row.cells.at(1));
        QVERIFY(session->journal()->verify());
    }

private:
    static QFile::Permissions othersMay()
    {
        return QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    }
    QString data() const { return m_folder->filePath(QStringLiteral("data")); }

    static int childPid()
    {
        QProcess children;
        children.start(QStringLiteral("pgrep"),
                       {QStringLiteral("-P"), QString::number(QCoreApplication::applicationPid()), QStringLiteral("kboss-service")});
        return children.waitForFinished() ? children.readAllStandardOutput().trimmed().toInt() : 0;
    }

    std::unique_ptr<Session> open(const Profile &profile)
    {
        auto session = Session::open(profile, {data(), m_program}, m_contracts, m_secrets.get(), m_clock);
        if (!session) {
            qWarning("%s", qPrintable(session.error().detail));
            return nullptr;
        }
        return std::move(*session);
    }

    static Profile remote(const QUrl &url)
    {
        Profile profile;
        profile.id = QStringLiteral("remote");
        profile.name = QStringLiteral("remote");
        profile.color = QStringLiteral("info");
        profile.urls = {{ServiceKind::Billing, url}, {ServiceKind::Kboss, url}};
        profile.proxyMode = ServerSettings::Proxy::None;
        return profile;
    }

    static DatasetSpec watch(Session &session, int periodSeconds = 30)
    {
        DatasetSpec spec = ScriptedWorld::spec(periodSeconds);
        spec.id.profile = session.profile().dataKey();
        ScriptedWorld::wait(session.sync()->attach(spec));
        session.sync()->setVisible(spec.id, true);
        return spec;
    }

    static std::vector<Row> rowsOf(const Session &session, const DatasetId &id)
    {
        const auto view = ScriptedWorld::wait((*session.store()->source(id))->open({}));
        return *ScriptedWorld::wait((*view)->window(0, static_cast<int>((*view)->count())));
    }
    static int rowCount(const Session &session, const DatasetId &id) { return static_cast<int>(rowsOf(session, id).size()); }

    SystemClock m_clock;
    std::shared_ptr<const ContractSet> m_contracts;
    QString m_program;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeSecretStore> m_secrets;
};

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
