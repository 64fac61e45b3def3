#include "app/ssh/sshsession.h"
#include "tests/support/askinghost.h"

#include <QElapsedTimer>
#include <QTest>

using namespace kboss;
using namespace kboss::test;
using namespace Qt::StringLiterals;

// Signing in where a host asks: how often it gets a password, and who answers the rest.
class TstSshAnswers : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aWrongPasswordIsGivenOnce_data();
    void aWrongPasswordIsGivenOnce();
    void codesAreAskedFor_data();
    void codesAreAskedFor();
    void nobodyAnswers();
    void whoThinksLongIsWaitedFor();
    void anEndWhileAPersonThinks();

private:
    Result<void> signIn(const AskingHost &host, const SshCredential &credential, const SshLimits &limits = {}, CancelToken token = {})
    {
        QTemporaryDir folder;
        HostKeyLedger ledger(folder.filePath(u"ledger.json"_s), m_clock);
        SshTarget target{{u"127.0.0.1"_s, host.port()}, credential, nullptr};
        const auto key = SshSession::readHostKey(target, ledger);
        if (!key)
            return fail(key.error());
        if (auto pinned = ledger.pin(target.address, *key, u"test"_s); !pinned)
            return pinned;
        const auto session = SshSession::open(target, ledger, limits, std::move(token));
        return session ? Result<void>() : fail(session.error());
    }
    static SshCredential with(const QByteArray &password)
    {
        SshCredential credential;
        credential.user = u"ops"_s;
        credential.password = password;
        return credential;
    }
    SystemClock m_clock;
};

void TstSshAnswers::aWrongPasswordIsGivenOnce_data()
{
    QTest::addColumn<int>("methods");
    QTest::addColumn<bool>("person");
    const int both = SSH_AUTH_METHOD_PASSWORD | SSH_AUTH_METHOD_INTERACTIVE;
    QTest::newRow("both, nobody there") << both << false;
    QTest::newRow("both, a person there") << both << true;
    QTest::newRow("password alone") << int(SSH_AUTH_METHOD_PASSWORD) << true;
    QTest::newRow("questions alone") << int(SSH_AUTH_METHOD_INTERACTIVE) << true;
}

void TstSshAnswers::aWrongPasswordIsGivenOnce()
{
    QFETCH(int, methods);
    QFETCH(bool, person);
    AskingHost host({methods, "right", {}, {}, {}});
    QVERIFY(host.start());
    SshCredential credential = with("wrong");
    int asked = 0;
    if (person) {
        credential.answer = [&asked](const SshQuestion &, const CancelToken &) {
            ++asked;
            return std::optional<QByteArray>("wrong");
        };
    }
    QCOMPARE(signIn(host, credential).error().kind, ErrorKind::Auth);
    QCOMPARE(host.passwordsSeen(), 1);
    QCOMPARE(asked, 0);
    const auto good = signIn(host, with("right"));
    QVERIFY2(good, good ? "" : qPrintable(good.error().detail));
    QCOMPARE(host.passwordsSeen(), 2);
}

void TstSshAnswers::codesAreAskedFor_data()
{
    QTest::addColumn<int>("methods");
    QTest::newRow("questions alone") << int(SSH_AUTH_METHOD_INTERACTIVE);
    QTest::newRow("passwords as well, which do not do alone") << int(SSH_AUTH_METHOD_PASSWORD | SSH_AUTH_METHOD_INTERACTIVE);
}

void TstSshAnswers::codesAreAskedFor()
{
    QFETCH(int, methods);
    AskingHost host({methods, "right", "246810", "Example Bank", "Your second factor, please."});
    QVERIFY(host.start());
    SshCredential credential = with("right");
    std::vector<SshQuestion> asked;
    credential.answer = [&asked](const SshQuestion &question, const CancelToken &) {
        asked.push_back(question);
        return std::optional<QByteArray>("246810");
    };
    const auto done = signIn(host, credential);
    QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
    QCOMPARE(asked.size(), size_t(1)); // the password itself is known
    QCOMPARE(asked[0].prompt, u"Verification code: "_s);
    QCOMPARE(asked[0].title, u"Example Bank"_s);
    QCOMPARE(asked[0].text, u"Your second factor, please."_s);
    QVERIFY(asked[0].echo);
    QCOMPARE(host.passwordsSeen(), 1);
}

void TstSshAnswers::nobodyAnswers()
{
    AskingHost host({SSH_AUTH_METHOD_PASSWORD | SSH_AUTH_METHOD_INTERACTIVE, "right", "246810", {}, {}});
    QVERIFY(host.start());
    SshCredential credential = with("right");
    credential.answer = [](const SshQuestion &, const CancelToken &) { return std::optional<QByteArray>(); };
    const auto refused = signIn(host, credential);
    QCOMPARE(refused.error().kind, ErrorKind::Auth);
    QVERIFY2(refused.error().detail.contains(u"Verification code"_s), qPrintable(refused.error().detail));
    QVERIFY(!refused.error().detail.contains(u"right"_s));
    QVERIFY(host.passwordsSeen() <= 1);
}

void TstSshAnswers::whoThinksLongIsWaitedFor()
{
    AskingHost host({SSH_AUTH_METHOD_INTERACTIVE, "right", "246810", {}, {}});
    QVERIFY(host.start());
    SshCredential credential = with("right");
    credential.answer = [](const SshQuestion &, const CancelToken &) {
        QThread::msleep(2'500);
        return std::optional<QByteArray>("246810");
    };
    SshLimits limits;
    limits.connectMs = 2'000;
    const auto done = signIn(host, credential, limits);
    QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
}

void TstSshAnswers::anEndWhileAPersonThinks()
{
    AskingHost host({SSH_AUTH_METHOD_INTERACTIVE, "right", "246810", {}, {}});
    QVERIFY(host.start());
    SshCredential credential = with("right");
    CancelSource end;
    credential.answer = [&end](const SshQuestion &, const CancelToken &token) {
        end.request_stop();
        return token.stop_requested() ? std::optional<QByteArray>() : std::optional<QByteArray>("246810");
    };
    QCOMPARE(signIn(host, credential, {}, end.get_token()).error().kind, ErrorKind::Cancelled);
}

QTEST_GUILESS_MAIN(TstSshAnswers)
#include "tst_sshanswers.moc"
