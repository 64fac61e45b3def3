// Why a host does not let somebody in, as far as a real sshd tells: each reason has its own fault, its own words and its own way on.
#include "app/base/signinrefusal.h"
#include "app/cluster/hostfacts.h"
#include "app/ssh/sshlink.h"
#include "tests/host/hostfixture.h"

#include <QProcess>

using namespace kboss;
using namespace kboss::test;
using namespace Qt::StringLiterals;
using Account = HostOptions::Account;

class TstSignInRefusals : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_fixture = std::make_unique<HostFixture>(); }
    void eachHasItsOwnWords_data();
    void eachHasItsOwnWords();
    void aLockedAccountLetsAKeyIn();
    void faillockSaysItself();
    void onlyKnownWordsCount();

private:
    Error refusal(InstallHost &host, const SshTarget &target);

    std::unique_ptr<HostFixture> m_fixture;
};

// As an installation finds it: the connection, then the facts.
Error TstSignInRefusals::refusal(InstallHost &host, const SshTarget &target)
{
    if (!m_fixture->open(m_fixture->target(host))) // pins the key, as root
        return {ErrorKind::Internal, u"not even root"_s, {}, {}, {}, 0};
    SystemClock clock;
    SshLink link(target, m_fixture->ledger(), SshLimits(), SshPatience{50, 100, 5'000});
    const auto read = readFacts(link, clock);
    return read ? Error{ErrorKind::Internal, u"let in"_s, {}, {}, {}, 0} : read.error();
}

void TstSignInRefusals::eachHasItsOwnWords_data()
{
    QTest::addColumn<Account>("account");
    QTest::addColumn<QByteArray>("password"); // empty = the right one
    QTest::addColumn<QStringList>("settings");
    QTest::addColumn<bool>("asks"); // keyboard-interactive
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("way");
    namespace Fault = SignInRefusal;
    const QStringList none;
    for (const bool asks : {false, true}) {
        const QByteArray how = asks ? ", asked" : "";
        QTest::newRow("wrong password" + how) << Account::Good << QByteArray("not-this") << none << asks << Fault::Password << u"passwd -S"_s;
        QTest::newRow("locked" + how) << Account::Locked << QByteArray() << none << asks << Fault::Password << u"locked account"_s;
        QTest::newRow("kept out" + how) << Account::Good << QByteArray() << QStringList{u"DenyUsers ops"_s} << asks << Fault::Password
                                        << u"DenyUsers"_s;
        QTest::newRow("not among those let in" + how)
            << Account::Good << QByteArray() << QStringList{u"AllowUsers root"_s} << asks << Fault::Password << u"AllowUsers"_s;
        QTest::newRow("expired" + how) << Account::Expired << QByteArray() << none << asks << Fault::Expired << u"chage -E"_s;
        QTest::newRow("password to be changed" + how)
            << Account::OldPassword << QByteArray() << none << asks << Fault::OldPassword << u"choose another"_s;
        QTest::newRow("no shell" + how) << Account::NoShell << QByteArray() << none << asks << Fault::NoShell << u"usermod -s"_s;
    }
}

void TstSignInRefusals::eachHasItsOwnWords()
{
    QFETCH(const Account, account);
    QFETCH(const QByteArray, password);
    QFETCH(const QStringList, settings);
    QFETCH(const bool, asks);
    QFETCH(const QString, fault);
    QFETCH(const QString, way);
    HostOptions options;
    options.account = account;
    options.sshdSettings = settings;
    options.keyboardInteractive = asks;
    InstallHost host(options);
    QVERIFY2(host.start(), qPrintable(host.errorText()));
    SshTarget target = m_fixture->target(host, u"ops"_s);
    if (!password.isEmpty())
        target.credential.password = password;
    const Error error = refusal(host, target);
    QVERIFY2(error.kind == ErrorKind::Auth, qPrintable(errorKindName(error.kind) + u": "_s + error.detail));
    QVERIFY2(error.field == fault, qPrintable(error.field + u": "_s + error.detail));
    QVERIFY2(error.detail.contains(way), qPrintable(error.detail));
    QVERIFY2(!error.detail.contains(QString::fromUtf8(target.credential.password)), "the password is told");
}

// sshd with PAM looks at the password's lock only where a password is used.
void TstSignInRefusals::aLockedAccountLetsAKeyIn()
{
    HostOptions options;
    options.account = Account::Locked;
    InstallHost host(options);
    QVERIFY2(host.start(), qPrintable(host.errorText()));
    SshTarget target = m_fixture->target(host, u"ops"_s);
    target.credential.keyFile = host.keyFile();
    QVERIFY(m_fixture->open(target));
    target.credential.keyFile = m_fixture->folder() + u"/stranger"_s;
    target.credential.password.clear();
    QCOMPARE(QProcess::execute(u"ssh-keygen"_s, {u"-q"_s, u"-t"_s, u"ed25519"_s, u"-N"_s, QString(), u"-f"_s, target.credential.keyFile}), 0);
    const Error error = refusal(host, target);
    QCOMPARE(error.field, SignInRefusal::Key);
    QVERIFY2(error.detail.contains(u"authorized_keys"_s), qPrintable(error.detail));
}

// A host that locks after wrong passwords tells so where it asks questions.
void TstSignInRefusals::faillockSaysItself()
{
    HostOptions options;
    options.keyboardInteractive = true;
    InstallHost host(options);
    QVERIFY2(host.start(), qPrintable(host.errorText()));
    const auto module =
        host.inside({u"sh"_s, u"-c"_s, u"ls /lib/*/security/pam_faillock.so /usr/lib/*/security/pam_faillock.so 2>/dev/null | head -n 1"_s});
    QVERIFY2(!module.out.trimmed().isEmpty(), "pam_faillock belongs to libpam-modules");
    QVERIFY(host.writeFile(u"/etc/pam.d/sshd"_s,
                           "auth required pam_faillock.so preauth deny=2 unlock_time=600\nauth sufficient pam_unix.so nodelay\n"
                           "auth [default=die] pam_faillock.so authfail deny=2 unlock_time=600\naccount required pam_faillock.so\n"
                           "account required pam_unix.so\npassword required pam_deny.so\nsession required pam_permit.so\n"));
    SshTarget target = m_fixture->target(host, u"ops"_s);
    target.credential.password = "not-this";
    for (int i = 0; i < 2; ++i)
        QCOMPARE(refusal(host, target).field, SignInRefusal::Password);
    target.credential.password = host.options().password.toUtf8();
    const Error error = refusal(host, target);
    QVERIFY2(error.field == SignInRefusal::Locked, qPrintable(error.field + u": "_s + error.detail));
    QVERIFY2(error.detail.contains(u"faillock --user"_s), qPrintable(error.detail));
}

void TstSignInRefusals::onlyKnownWordsCount()
{
    for (const QString &said : {u"Your account will expire in 3 days"_s, u"Authorised users only. All use is logged."_s,
                                u"System is booting up. Unprivileged users are not permitted to log in yet."_s, QString()})
        QVERIFY2(!SignInRefusal::fromWords(said), qPrintable(said));
    for (const QString &fault : {SignInRefusal::Password, SignInRefusal::Key, SignInRefusal::Expired, SignInRefusal::Locked,
                                 SignInRefusal::OldPassword, SignInRefusal::NoShell})
        QVERIFY2(!SignInRefusal::wayOn(fault).isEmpty(), qPrintable(fault));
}

QTEST_GUILESS_MAIN(TstSignInRefusals)
#include "tst_signinrefusals.moc"
