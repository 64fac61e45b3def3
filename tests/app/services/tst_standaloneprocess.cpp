// With small shell programs in the service's place; the real one is in tst_session.
#include "app/services/standaloneprocess.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace kboss;

namespace {

Result<StandaloneAddress> wait(const QFuture<Result<StandaloneAddress>> &future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 10'000))
        return fail(ErrorKind::Internal, QStringLiteral("no end"));
    return future.result();
}

} // namespace

class TestStandaloneProcess : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void givesTheTokenOverStandardInputAndReadsTheAddress()
    {
        StandaloneProcess process(
            program(
                "echo \"$*\" > args; read line; echo \"$line\" > token; echo '{\"url\":\"http://127.0.0.1:4711\"}'; cat > /dev/null; touch ended"),
            data(), QStringLiteral("small"));
        const auto address = wait(process.start());
        QVERIFY2(address.has_value(), qPrintable(address ? QString() : address.error().detail));
        QCOMPARE(address->url, QUrl(QStringLiteral("http://127.0.0.1:4711")));
        QVERIFY(address->token.size() >= 32);
        QVERIFY(content("token").contains(address->token.toUtf8()));
        QVERIFY2(!content("args").contains(address->token.toUtf8()), "never in the arguments");
        QVERIFY(content("args").contains("--child"));
        QCOMPARE(QFile::permissions(data()) & (QFile::ReadGroup | QFile::ExeGroup | QFile::ReadOther | QFile::ExeOther), QFile::Permissions());
        process.stop(); // closes its input
        QVERIFY(QFile::exists(data() + QStringLiteral("/ended")));
    }

    void tellsWhatAServiceThatDoesNotComeUpSaid()
    {
        StandaloneProcess process(program("echo 'database is from the future' >&2; exit 3"), data(), QStringLiteral("small"));
        const auto address = wait(process.start());
        QVERIFY(!address);
        QVERIFY2(address.error().detail.contains(QStringLiteral("database is from the future")), qPrintable(address.error().detail));
    }

    void tellsAMissingProgram()
    {
        StandaloneProcess process(m_folder->filePath(QStringLiteral("nothing")), data(), QStringLiteral("small"));
        QVERIFY(!wait(process.start()));
    }

    void takesNoForeignAddress()
    {
        StandaloneProcess process(program("read line; echo '{\"url\":\"http://192.0.2.1:80\"}'; cat > /dev/null"), data(), QStringLiteral("small"));
        const auto address = wait(process.start());
        QVERIFY(!address);
        QCOMPARE(address.error().kind, ErrorKind::Internal);
    }

    void startsAgainThreeTimesAMinute()
    {
        StandaloneProcess process(program("read line; echo $$ > pid; echo '{\"url\":\"http://127.0.0.1:4711\"}'; cat > /dev/null"), data(),
                                  QStringLiteral("small"));
        const auto first = wait(process.start());
        QVERIFY(first);
        QSignalSpy changed(&process, &StandaloneProcess::addressChanged);
        QSignalSpy died(&process, &StandaloneProcess::died);
        for (int i = 1; i <= 3; ++i) {
            killChild();
            QTRY_COMPARE(changed.count(), i);
        }
        QVERIFY(changed.last().first().value<StandaloneAddress>().token != first->token); // a new one each time
        QCOMPARE(died.count(), 0);
        killChild();
        QTRY_COMPARE(died.count(), 1);
        QCOMPARE(changed.count(), 3);
    }

    void comesBackAfterGivingUp()
    {
        StandaloneProcess process(program("read line; echo $$ > pid; echo '{\"url\":\"http://127.0.0.1:4711\"}'; cat > /dev/null"), data(),
                                  QStringLiteral("small"));
        process.setWaits({0, 300});
        QVERIFY(wait(process.start()));
        QSignalSpy changed(&process, &StandaloneProcess::addressChanged);
        QSignalSpy died(&process, &StandaloneProcess::died);
        for (int i = 1; i <= 4; ++i) {
            killChild();
            QTRY_COMPARE(changed.count(), i);
        }
        QCOMPARE(died.count(), 1); // said once, and tried again
        killChild();
        QTRY_COMPARE(died.count(), 2);
        QTRY_COMPARE(changed.count(), 5);
    }

    void aFirstStartThatTakesTooLongIsTriedAgain()
    {
        StandaloneProcess process(program("read line; if [ ! -e tried ]; then touch tried; cat > /dev/null; touch ended; exit; fi; "
                                          "echo '{\"url\":\"http://127.0.0.1:4711\"}'; cat > /dev/null"),
                                  data(), QStringLiteral("large"));
        process.setWaits({1'000, 300});
        QSignalSpy changed(&process, &StandaloneProcess::addressChanged);
        const auto first = wait(process.start());
        QVERIFY(!first);
        QVERIFY2(first.error().detail.contains(QStringLiteral("no address within 1 s")), qPrintable(first.error().detail));
        QTRY_COMPARE(changed.count(), 1);
        QVERIFY(QFile::exists(data() + QStringLiteral("/ended"))); // the slow one was let go first
    }

    void stopsTryingWhenStopped()
    {
        StandaloneProcess process(program("echo x >> starts; exit 1"), data(), QStringLiteral("small"));
        process.setWaits({0, 100});
        QVERIFY(!wait(process.start()));
        QTRY_VERIFY(content("starts").size() >= 4); // goes on
        process.stop();
        const QByteArray starts = content("starts");
        QVERIFY(!QTest::qWaitFor([&] { return content("starts") != starts; }, 400));
    }

private:
    QString data() const { return m_folder->filePath(QStringLiteral("data")); }
    QString program(const char *text) const
    {
        QFile file(m_folder->filePath(QStringLiteral("service")));
        if (!file.open(QIODevice::WriteOnly))
            return {};
        file.write(QByteArray("#!/bin/sh\n") + text + "\n");
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return file.fileName();
    }
    QByteArray content(const char *name) const
    {
        QFile file(data() + QLatin1Char('/') + QLatin1String(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void killChild() const { ::kill(content("pid").trimmed().toInt(), SIGKILL); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestStandaloneProcess)
#include "tst_standaloneprocess.moc"
