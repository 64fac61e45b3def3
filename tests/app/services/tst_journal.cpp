#include "app/services/journal.h"
#include "tests/support/fakeclock.h"

#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QTextStream>
#include <QThread>

using namespace kboss;

namespace {

JournalEntry intent(const QString &key)
{
    JournalEntry entry;
    entry.who = QStringLiteral("liu");
    entry.profile = QStringLiteral("test");
    entry.action = QStringLiteral("billing-account.update");
    entry.resource = QStringLiteral("billing-account");
    entry.key = key;
    entry.name = QStringLiteral("账户");
    entry.before = {{"display_name", "a"}};
    entry.after = {{"display_name", "b"}};
    entry.outcome = QStringLiteral("intent");
    return entry;
}

JournalEntry outcomeOf(qint64 number, const QString &outcome)
{
    JournalEntry entry = intent(QStringLiteral("1"));
    entry.refersTo = number;
    entry.outcome = outcome;
    return entry;
}

} // namespace

class TestJournal : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = m_folder->filePath(QStringLiteral("journal.jsonl"));
    }

    void keepsWhatWasSaidInOrder()
    {
        Journal journal(m_file, m_clock);
        QVERIFY(journal.open());
        QCOMPARE(journal.append(intent(QStringLiteral("1"))).value(), 1);
        QCOMPARE(journal.append(outcomeOf(1, QStringLiteral("ok"))).value(), 2);
        QCOMPARE(journal.append(intent(QStringLiteral("2"))).value(), 3);
        const auto all = journal.read();
        QVERIFY(all);
        QCOMPARE(all->size(), 3);
        QCOMPARE(all->first().number, 3);
        QCOMPARE(all->last().name, QStringLiteral("账户"));
        QCOMPARE(all->last().atMs, m_clock.nowMs());
        QVERIFY(all->last().after == nlohmann::json({{"display_name", "b"}}));
        QCOMPARE(journal.read(QStringLiteral("billing-account"), QStringLiteral("2"))->size(), 1);
        QCOMPARE(journal.read({}, {}, 1)->first().number, 3);
        QVERIFY(journal.verify());
        QCOMPARE(QFileInfo(m_file).permissions() & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
                 QFile::Permissions());
    }

    void tellsAChangedLine()
    {
        {
            Journal journal(m_file, m_clock);
            QVERIFY(journal.open());
            for (int i = 1; i <= 4; ++i)
                QVERIFY(journal.append(outcomeOf(i, QStringLiteral("ok"))));
        }
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray text = file.readAll();
        text.replace(text.indexOf("liu", text.indexOf('\n')), 3, "lin"); // in the second line
        file.seek(0);
        file.write(text);
        file.close();
        const auto verified = Journal(m_file, m_clock).verify();
        QVERIFY(!verified);
        QCOMPARE(verified.error().kind, ErrorKind::Storage);
        QVERIFY2(verified.error().detail.contains(QStringLiteral("line 2")), qPrintable(verified.error().detail));
    }

    void tellsAMissingLine()
    {
        {
            Journal journal(m_file, m_clock);
            QVERIFY(journal.open());
            for (int i = 1; i <= 3; ++i)
                QVERIFY(journal.append(outcomeOf(i, QStringLiteral("ok"))));
        }
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QList<QByteArray> lines = file.readAll().split('\n');
        lines.removeAt(1);
        file.resize(0);
        file.seek(0);
        file.write(lines.join('\n'));
        file.close();
        QVERIFY(!Journal(m_file, m_clock).verify());
    }

    void setsATornLineAsideAndSaysSo()
    {
        {
            Journal journal(m_file, m_clock);
            QVERIFY(journal.open());
            QVERIFY(journal.append(outcomeOf(1, QStringLiteral("ok"))));
        }
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::Append));
        file.write("{\"number\":2,\"at\":\"20");
        file.close();
        Journal journal(m_file, m_clock);
        QVERIFY(journal.open());
        const auto entries = journal.read();
        QCOMPARE(entries->size(), 2);
        QCOMPARE(entries->first().action, QStringLiteral("journal.torn"));
        QCOMPARE(entries->first().outcome, QStringLiteral("note"));
        QVERIFY(journal.verify());
        const QStringList aside = QDir(m_folder->path()).entryList({QStringLiteral("*.torn-*")});
        QCOMPARE(aside.size(), 1);
        QFile kept(m_folder->filePath(aside.first()));
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), QByteArray("{\"number\":2,\"at\":\"20"));
        QCOMPARE(journal.append(outcomeOf(1, QStringLiteral("ok"))).value(), 3);
        QVERIFY(journal.verify());
    }

    void severalWritersShareOneChain()
    {
        Journal one(m_file, m_clock), two(m_file, m_clock);
        QVERIFY(one.open());
        QVERIFY(two.open());
        for (int i = 0; i < 5; ++i) {
            QCOMPARE(one.append(outcomeOf(1, QStringLiteral("ok"))).value(), 2 * i + 1);
            QCOMPARE(two.append(outcomeOf(1, QStringLiteral("ok"))).value(), 2 * i + 2);
        }
        QVERIFY(one.verify());
        QCOMPARE(one.read()->size(), 10);
    }

    void intentsOfTheDeadBecomeUnknown()
    {
        {
            Journal dead(m_file, m_clock);
            QVERIFY(dead.open());
            QVERIFY(dead.append(intent(QStringLiteral("1"))));
        }
        Journal journal(m_file, m_clock);
        QVERIFY(journal.open());
        const auto entries = journal.read();
        QCOMPARE(entries->size(), 2);
        QCOMPARE(entries->first().outcome, QStringLiteral("unknown"));
        QCOMPARE(entries->first().refersTo, 1);
        QCOMPARE(entries->first().key, QStringLiteral("1"));
        Journal third(m_file, m_clock);
        QVERIFY(third.open());
        QCOMPARE(third.read()->size(), 2); // said once
        QVERIFY(third.verify());
    }

    void aProcessKilledAfterItsIntent()
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("KBOSS_TEST_JOURNAL"), m_file);
        process.setProcessEnvironment(environment);
        process.start(QCoreApplication::applicationFilePath(), {});
        QVERIFY(process.waitForReadyRead(10'000)); // "written"
        Journal whileAlive(m_file, m_clock);
        QVERIFY(whileAlive.open());
        QCOMPARE(whileAlive.read()->first().outcome, QStringLiteral("intent"));
        process.kill(); // as kill -9
        QVERIFY(process.waitForFinished());
        Journal journal(m_file, m_clock);
        QVERIFY(journal.open());
        QCOMPARE(journal.read()->first().outcome, QStringLiteral("unknown"));
        QCOMPARE(journal.read()->first().key, QStringLiteral("9"));
        QVERIFY(journal.verify());
    }

    void intentsOfALivingWindowAreLeftAlone()
    {
        Journal alive(m_file, m_clock);
        QVERIFY(alive.open());
        QVERIFY(alive.append(intent(QStringLiteral("1"))));
        Journal other(m_file, m_clock);
        QVERIFY(other.open());
        QCOMPARE(other.read()->size(), 1);
    }

private:
    FakeClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

// The process of aProcessKilledAfterItsIntent().
static int writeIntentAndStay(const QString &file)
{
    const FakeClock clock;
    Journal journal(file, clock);
    if (!journal.open() || !journal.append(intent(QStringLiteral("9"))))
        return 1;
    QTextStream(stdout) << "written" << Qt::endl;
    QThread::sleep(60);
    return 0;
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (const QString file = qEnvironmentVariable("KBOSS_TEST_JOURNAL"); !file.isEmpty())
        return writeIntentAndStay(file);
    TestJournal test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_journal.moc"
