#include "tests/app/cluster/onehost.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <signal.h>

using namespace kboss;
using namespace kboss::test;
using namespace Qt::StringLiterals;
using State = StepStatus::State;

namespace {

// The console that is killed: says each state on its standard output.
int installUntilKilled(const QStringList &words)
{
    OneHost host(words[0], words[1].toUShort(), words[2], words[3]);
    const auto journal = host.journal();
    if (!journal)
        return 1;
    InstallRunner::Observer observer;
    observer.changed = [](const StepStatus &status) {
        std::fprintf(stdout, "%s %d\n", qPrintable(status.id), int(status.state));
        std::fflush(stdout);
    };
    const auto runner = host.runner(**journal, u"li@desk"_s, observer);
    runner->start();
    return runner->wait(longMs) ? 0 : 2;
}

} // namespace

// The engine on a host behind a real sshd: consoles that are killed, connections that go, and keys that change.
class TstInstallResume : public QObject, private OneHostGround {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { beginAll(); }
    void init() { beginOne(); }
    void cleanup() { endOne(); }
    void aWholeRun();
    void killedConsoles_data();
    void killedConsoles();
    void cutConnections();
    void aRestartedServer();
    void aChangedKeySetsAside();
};

void TstInstallResume::aWholeRun()
{
    const auto journal = m_host->journal();
    QVERIFY(journal);
    const auto runner = m_host->runner(**journal);
    runner->start();
    QTRY_COMPARE(of(*runner, u"h0/long"_s).state, State::Running);
    QVERIFY(QFile::exists(m_host->paths.lockFile()));
    QVERIFY(runner->wait(longMs));
    checkOnceEach(*runner);
    const auto lines = InstallJournal::readLines(content(u"state/install/%1/journal"_s.arg((*journal)->installId())));
    QVERIFY(lines);
    QStringList told;
    for (const JournalLine &line : *lines)
        told << u"%1 %2 %3"_s.arg(int(line.kind)).arg(line.step, line.detail).trimmed();
    QVERIFY2(told.indexOf(u"0 h0/long"_s) >= 0 && told.indexOf(u"0 h0/long"_s) < told.indexOf(u"0 h0/long action long"_s),
             qPrintable(told.join(u'\n')));
    QVERIFY(told.indexOf(u"1 h0/long action long"_s) > 0 && told.indexOf(u"1 h0/long action long"_s) < told.indexOf(u"1 h0/long"_s));
    QVERIFY(told.contains(u"1 h0/last"_s));
}

void TstInstallResume::killedConsoles_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("more");
    const auto running = QByteArray::number(int(State::Running)), done = QByteArray::number(int(State::Done)),
               probing = QByteArray::number(int(State::Probing));
    QTest::newRow("at the start of a short action") << "h0/short " + running << 0;
    QTest::newRow("in a short action") << "h0/short " + running << 120;
    QTest::newRow("at the start of a long action") << "h0/long " + running << 0;
    QTest::newRow("in a long action") << "h0/long " + running << 700;
    QTest::newRow("at the end of a long action") << "h0/long " + running << 1'650;
    QTest::newRow("after it") << "h0/last " + probing << 0;
    QTest::newRow("at the lock") << "h0/lock " + running << 0;
}

void TstInstallResume::killedConsoles()
{
    QFETCH(QByteArray, line);
    QFETCH(int, more);
    QProcess console;
    console.start(QCoreApplication::applicationFilePath(),
                  {u"--install"_s, m_folder->path(), QString::number(m_sshd->port()), m_sshd->user(), m_sshd->keyFile()});
    QVERIFY(console.waitForStarted());
    QByteArray said;
    while (!said.contains(line + '\n')) {
        QVERIFY(console.waitForReadyRead(20'000));
        said += console.readAll();
    }
    console.waitForFinished(more);
    ::kill(static_cast<pid_t>(console.processId()), SIGKILL);
    QVERIFY(console.waitForFinished() || console.state() == QProcess::NotRunning);
    const auto journal = m_host->journal();
    QVERIFY2(journal, qPrintable(journal ? QString() : journal.error().detail));
    const auto runner = m_host->runner(**journal);
    runner->start();
    QVERIFY(runner->wait(longMs));
    const bool mayCutAShortOne = line.contains("short") || more > 1'600; // after the long one the last begins at once
    checkOnceEach(*runner, mayCutAShortOne ? 2 : 1); // a short one that was cut is safe to begin again
    for (const StepStatus &status : runner->state())
        QVERIFY2(!status.alreadyDone, qPrintable(status.id)); // ours, whoever saw its end
}

void TstInstallResume::cutConnections()
{
    const auto journal = m_host->journal();
    const auto runner = m_host->runner(**journal);
    runner->start();
    QTRY_COMPARE(of(*runner, u"h0/short"_s).state, State::Running);
    m_sshd->killConnections();
    QTRY_COMPARE(of(*runner, u"h0/long"_s).state, State::Running);
    m_sshd->killConnections();
    QTRY_VERIFY(QFile::exists(file(u"long.count"_s)));
    m_sshd->killConnections();
    QVERIFY(runner->wait(longMs));
    checkOnceEach(*runner, 3);
}

static QString wordsOf(const InstallRunner &runner)
{
    QStringList words;
    for (const StepStatus &status : runner.state())
        words << u"%1 %2 %3"_s.arg(status.id).arg(int(status.state)).arg(status.error.detail + status.detail);
    return words.join(u'\n');
}

void TstInstallResume::aRestartedServer()
{
    const auto journal = m_host->journal();
    const auto runner = m_host->runner(**journal);
    runner->start();
    QTRY_VERIFY(QFile::exists(file(u"long.count"_s)));
    m_sshd->stop();
    QVERIFY2(!runner->wait(2'500), qPrintable(wordsOf(*runner))); // the action ends meanwhile
    QVERIFY(m_sshd->start());
    QVERIFY(runner->wait(longMs));
    checkOnceEach(*runner);
}

void TstInstallResume::aChangedKeySetsAside()
{
    const auto journal = m_host->journal();
    const auto runner = m_host->runner(**journal);
    runner->start();
    QTRY_VERIFY(QFile::exists(file(u"long.count"_s)));
    m_sshd->stop();
    QVERIFY(m_sshd->renewHostKey());
    QVERIFY(m_sshd->start());
    QElapsedTimer clock;
    clock.start();
    QVERIFY(runner->wait(longMs));
    QVERIFY(clock.elapsed() < 10'000);
    QCOMPARE(of(*runner, u"h0/long"_s).state, State::Failed);
    QCOMPARE(of(*runner, u"h0/long"_s).error.kind, ErrorKind::HostKey);
    QCOMPARE(of(*runner, u"h0/last"_s).state, State::SetAside);
    QCOMPARE((*journal)->last().at(u"h0/long"_s).kind, JournalLine::Kind::Failed);
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (argc == 6 && QByteArray(argv[1]) == "--install")
        return installUntilKilled(QCoreApplication::arguments().mid(2));
    TstInstallResume test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_installresume.moc"
