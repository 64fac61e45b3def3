#include "tests/app/ssh/sshfixture.h"

#include <QElapsedTimer>
#include <QFile>
#include <QLocalServer>
#include <QProcess>
#include <future>

using namespace kboss;
using namespace Qt::StringLiterals;

// Ways into a host: by an agent's keys, and through another host.
class TstSshWays : public test::SshFixture {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { startHost(); }
    void init()
    {
        begin();
        QVERIFY(trust(*m_host));
    }
    void cleanup() { end(); }
    void anAgentSignsIn();
    void anAgentThatSaysNothingIsNotWaitedFor();
    void acrossAJumpHost();
    void aJumpHostIsSignedInToOnce();
};

void TstSshWays::anAgentSignsIn()
{
    QVERIFY(m_host->makeKey(u"agent_key"_s, {}, true));
    const QString socket = m_folder->filePath(u"agent"_s);
    QProcess agent, add;
    agent.start(u"ssh-agent"_s, {u"-D"_s, u"-a"_s, socket});
    QVERIFY(agent.waitForStarted());
    QTRY_VERIFY(QFile::exists(socket));
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"SSH_AUTH_SOCK"_s, socket);
    add.setProcessEnvironment(environment);
    add.start(u"ssh-add"_s, {u"-q"_s, m_host->folder() + u"/agent_key"_s});
    QVERIFY(add.waitForFinished() && add.exitCode() == 0);
    SshTarget to = target(*m_host);
    to.credential.keyFile.clear();
    to.credential.agent = true;
    to.credential.agentSocket = socket;
    const auto session = SshSession::open(to, *m_ledger);
    QVERIFY2(session, qPrintable(session ? QString() : session.error().detail));
    QCOMPARE(run(**session, {u"true"_s}).exitCode, 0);
    agent.terminate();
    QVERIFY(agent.waitForFinished());
}

void TstSshWays::anAgentThatSaysNothingIsNotWaitedFor()
{
    const QString socket = m_folder->filePath(u"silent"_s);
    QLocalServer silent;
    QVERIFY(silent.listen(socket));
    SshTarget to = target(*m_host);
    to.credential.keyFile.clear();
    to.credential.agent = true;
    to.credential.agentSocket = socket;
    SshLimits limits;
    limits.connectMs = 1'500;
    QElapsedTimer clock;
    clock.start();
    const auto late = SshSession::open(to, *m_ledger, limits);
    QVERIFY(!late);
    QCOMPARE(late.error().kind, ErrorKind::Timeout);
    QVERIFY2(clock.elapsed() < 10'000, qPrintable(QString::number(clock.elapsed())));
    CancelSource cancel;
    auto asked = std::async(std::launch::async, [&] { return SshSession::open(to, *m_ledger, {}, cancel.get_token()); });
    QVERIFY(silent.waitForNewConnection(5'000)); // it is being asked
    clock.restart();
    cancel.request_stop();
    QCOMPARE(asked.get().error().kind, ErrorKind::Cancelled);
    QVERIFY2(clock.elapsed() < 5'000, qPrintable(QString::number(clock.elapsed())));
}

void TstSshWays::acrossAJumpHost()
{
    test::SshHost inner;
    QVERIFY2(inner.start(), qPrintable(inner.errorText()));
    SshTarget to = target(inner);
    to.jump = std::make_shared<SshTarget>(target(*m_host));
    QCOMPARE(SshSession::open(to, *m_ledger).error().field, u"unknown"_s); // the inner one's key is judged as well
    const auto key = SshSession::readHostKey(to, *m_ledger);
    QVERIFY2(key, qPrintable(key ? QString() : key.error().detail));
    QVERIFY(m_ledger->pin(to.address, *key, u"test"_s));
    const auto session = SshSession::open(to, *m_ledger);
    QVERIFY2(session, qPrintable(session ? QString() : session.error().detail));
    const QByteArray much(2'000'000, 'y');
    QCOMPARE(run(**session, {u"cat"_s}, much).out, much);
    SshTarget nowhere = to;
    nowhere.address.port = 1;
    QCOMPARE(SshSession::open(nowhere, *m_ledger).error().kind, ErrorKind::Offline);
    QVERIFY(m_ledger->forget(target(*m_host).address));
    QCOMPARE(SshSession::open(to, *m_ledger).error().field, u"unknown"_s); // and the jump host's
}

void TstSshWays::aJumpHostIsSignedInToOnce()
{
    const auto accepted = [this] {
        QFile log(m_host->folder() + u"/sshd.log"_s);
        return log.open(QIODevice::ReadOnly) ? log.readAll().count("Accepted publickey") : -1;
    };
    test::SshHost inner;
    QVERIFY2(inner.start(), qPrintable(inner.errorText()));
    SshTarget to = target(inner);
    to.jump = std::make_shared<SshTarget>(target(*m_host));
    const auto key = SshSession::readHostKey(to, *m_ledger);
    QVERIFY(key);
    QVERIFY(m_ledger->pin(to.address, *key, u"test"_s));
    const auto before = accepted();
    {
        std::vector<std::future<Result<std::unique_ptr<SshSession>>>> all;
        for (int i = 0; i < 9; ++i) { // more than channels of one session
            SshTarget own = to;
            own.jump = std::make_shared<SshTarget>(*to.jump);
            all.push_back(std::async(std::launch::async, [this, own] { return SshSession::open(own, *m_ledger); }));
        }
        std::vector<std::unique_ptr<SshSession>> open;
        for (auto &one : all) {
            auto session = one.get();
            QVERIFY2(session, qPrintable(session ? QString() : session.error().detail));
            open.push_back(std::move(*session));
        }
        for (const auto &session : open)
            QCOMPARE(run(*session, {u"true"_s}).exitCode, 0);
        QCOMPARE(accepted(), before + 1);
        m_host->killConnections(); // the next one signs in anew
        QTRY_VERIFY(!open.front()->isOpen());
        QVERIFY(SshSession::open(to, *m_ledger));
        QCOMPARE(accepted(), before + 2);
    }
    SshTarget wrong = to; // one wrong sign-in is tried once for all who wait for it
    auto jump = std::make_shared<SshTarget>(*to.jump);
    QVERIFY(m_host->makeKey(u"stranger"_s, {}, false));
    jump->credential.keyFile = m_host->folder() + u"/stranger"_s;
    wrong.jump = jump;
    QCOMPARE(SshSession::open(wrong, *m_ledger).error().kind, ErrorKind::Auth);
    QVERIFY(SshSession::open(to, *m_ledger)); // and is nobody else's
}

QTEST_GUILESS_MAIN(TstSshWays)
#include "tst_sshways.moc"
