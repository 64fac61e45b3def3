// Run without arguments it starts itself once for each kind of keychain: a real one in a session bus of its own, none, and one that never answers.
#include "app/secrets/secretstore.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace kboss;

namespace {

template <class T> Result<T> wait(QFuture<Result<T>> future, int limitMs = 10'000)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, limitMs))
        return fail(ErrorKind::Internal, QStringLiteral("no end within the limit"));
    return future.result();
}

QString world()
{
    return qEnvironmentVariable("KBOSS_TEST_KEYCHAIN");
}

// Runs this program again in another world. `wrapper` is a shell text whose "$0" is the program.
void runAgain(const QString &name, const QString &wrapper)
{
    QTemporaryDir home;
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &variable : {QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), QStringLiteral("DISPLAY"), QStringLiteral("XDG_CURRENT_DESKTOP")})
        environment.remove(variable);
    environment.insert(QStringLiteral("KBOSS_TEST_KEYCHAIN"), name);
    environment.insert(QStringLiteral("HOME"), home.path());
    environment.insert(QStringLiteral("XDG_DATA_HOME"), home.filePath(QStringLiteral("data")));
    environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), home.path());
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), wrapper, QCoreApplication::applicationFilePath()});
    QVERIFY(process.waitForStarted());
    QVERIFY2(process.waitForFinished(60'000), "the other world did not end");
    const QByteArray output = process.readAll();
    QVERIFY2(process.exitCode() == 0, output.constData());
    // Nothing of what was written may lie about in clear text.
    QProcess grep;
    grep.start(QStringLiteral("grep"), {QStringLiteral("-r"), QStringLiteral("-l"), QStringLiteral("geheim-42"), home.path()});
    QVERIFY(grep.waitForFinished());
    QCOMPARE(grep.readAllStandardOutput(), QByteArray());
}

} // namespace

class TestSecretStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void realKeyring()
    {
        if (world().isEmpty())
            return runAgain(QStringLiteral("real"),
                            QStringLiteral("exec dbus-run-session -- sh -c 'printf \"\\n\" | gnome-keyring-daemon --unlock --components=secrets "
                                           "--daemonize >/dev/null && \"$0\" realKeyring' \"$0\""));
        if (world() != QLatin1String("real"))
            return;
        SecretStore store(QStringLiteral("kboss-test"));
        const auto probed = wait(store.probe());
        QVERIFY2(probed.has_value(), qPrintable(probed ? QString() : probed.error().detail));
        QCOMPARE(wait(store.read(QStringLiteral("prod/password"))).error().kind, ErrorKind::NotFound);
        QVERIFY(wait(store.write(QStringLiteral("prod/password"), QStringLiteral("geheim-42 密码"))));
        QCOMPARE(wait(store.read(QStringLiteral("prod/password"))).value(), QStringLiteral("geheim-42 密码"));
        SecretStore other(QStringLiteral("kboss-test")); // a second one in the same program
        QCOMPARE(wait(other.read(QStringLiteral("prod/password"))).value(), QStringLiteral("geheim-42 密码"));
        QVERIFY(wait(store.remove(QStringLiteral("prod/password"))));
        QCOMPARE(wait(store.read(QStringLiteral("prod/password"))).error().kind, ErrorKind::NotFound);
        QFuture<Result<QString>> left;
        {
            SecretStore gone(QStringLiteral("kboss-test"));
            left = gone.read(QStringLiteral("prod/password"));
        }
        QCOMPARE(wait(left).error().kind, ErrorKind::Cancelled);
    }

    void noSessionBus()
    {
        if (world().isEmpty())
            return runAgain(QStringLiteral("none"), QStringLiteral("DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent exec \"$0\" noSessionBus"));
        if (world() != QLatin1String("none"))
            return;
        SecretStore store(QStringLiteral("kboss-test"));
        QElapsedTimer timer;
        timer.start();
        QVERIFY(!wait(store.probe()));
        const auto written = wait(store.write(QStringLiteral("prod/password"), QStringLiteral("geheim-42")));
        QVERIFY(!written);
        QVERIFY(written.error().kind == ErrorKind::Storage || written.error().kind == ErrorKind::Timeout);
        QVERIFY(!written.error().detail.contains(QStringLiteral("geheim")));
        QVERIFY(!wait(store.read(QStringLiteral("prod/password"))));
        QVERIFY2(timer.elapsed() < 7'000, "three calls of at most 2 s each");
    }

    // The service's name is taken by somebody who reads messages and answers none.
    void serviceThatNeverAnswers()
    {
        if (world().isEmpty())
            return runAgain(
                QStringLiteral("mute"),
                QStringLiteral(
                    "cat > \"$HOME/bus.conf\" <<END\n<busconfig><type>session</type><listen>unix:tmpdir=$HOME</listen><servicedir>$HOME</servicedir>"
                    "<policy context=\"default\"><allow send_destination=\"*\"/><allow own=\"*\"/><allow "
                    "eavesdrop=\"true\"/></policy></busconfig>\nEND\n"
                    "printf '[D-BUS Service]\\nName=org.freedesktop.secrets\\nExec=/bin/sleep 60\\n' > \"$HOME/secrets.service\"\n"
                    "exec dbus-run-session --config-file=\"$HOME/bus.conf\" -- \"$0\" serviceThatNeverAnswers"));
        if (world() != QLatin1String("mute"))
            return;
        SecretStore store(QStringLiteral("kboss-test"));
        QElapsedTimer timer;
        timer.start();
        int ticks = 0;
        QTimer ticker;
        connect(&ticker, &QTimer::timeout, this, [&ticks] { ++ticks; });
        ticker.start(20);
        const auto read = wait(store.read(QStringLiteral("prod/password")));
        QVERIFY(!read);
        QCOMPARE(read.error().kind, ErrorKind::Timeout);
        QVERIFY(timer.elapsed() >= 1'900 && timer.elapsed() < 3'500);
        QVERIFY2(ticks > 20, "the loop went on meanwhile");
        const auto write = wait(store.write(QStringLiteral("prod/password"), QStringLiteral("geheim-42")));
        QCOMPARE(write.error().kind, ErrorKind::Timeout);
        QVERIFY(timer.elapsed() < 7'000);
    }
};

QTEST_GUILESS_MAIN(TestSecretStore)
#include "tst_secretstore.moc"
