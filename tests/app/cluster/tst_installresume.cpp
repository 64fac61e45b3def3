#include "app/cluster/hostlock.h"
#include "app/cluster/installrunner.h"
#include "app/ssh/sshlink.h"
#include "tests/support/sshhost.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTest>
#include <signal.h>

using namespace kboss;
using namespace Qt::StringLiterals;
using State = StepStatus::State;

namespace {

constexpr int longMs = 60'000;

// One host on a real sshd, all of whose places are in a folder of the test's own.
class OneHost : public InstallHosts {
public:
    OneHost(const QString &folder, quint16 port, const QString &user, const QString &key)
        : m_folder(folder), m_ledger(folder + u"/ledger.json"_s, m_clock)
    {
        SshTarget to;
        to.address = {u"127.0.0.1"_s, port};
        to.credential.user = user;
        to.credential.keyFile = key;
        m_link = std::make_unique<SshLink>(to, m_ledger, SshLimits(), SshPatience{50, 300, 20'000});
        plan.cluster = u"prod"_s;
        plan.version = u"v1.36.2"_s;
        plan.hosts = {{u"h0"_s, u"127.0.0.1"_s, port, user, HostRole::ControlPlane, {}}};
        paths = {folder + u"/state"_s, folder + u"/run"_s, folder + u"/no-systemd"_s};
    }
    RemoteHost *find(const QString &name) override { return name == u"h0"_s ? m_link.get() : nullptr; }
    Result<void> trust()
    {
        const auto key = SshSession::readHostKey(m_link->target(), m_ledger);
        return key ? m_ledger.pin(m_link->target().address, *key, u"test"_s) : Result<void>(fail(key.error()));
    }

    // lock; a short action; a long detached one; one that is refused while a file is there.
    std::vector<InstallStep> steps(const InstallOptions &options = {}) const
    {
        return {lockStep(plan.hosts.front(), options), step(u"short"_s, false), step(u"long"_s, true), step(u"last"_s, false)};
    }
    Result<std::unique_ptr<InstallJournal>> journal(const QString &name = u"j"_s, const QString &owner = u"li@desk"_s) const
    {
        return InstallJournal::create(m_folder + u'/' + name, plan, owner, m_clock);
    }
    std::unique_ptr<InstallRunner> runner(InstallJournal &with, const InstallOptions &options = {}, const QString &owner = u"li@desk"_s,
                                          InstallRunner::Observer observer = {})
    {
        return std::make_unique<InstallRunner>(
            InstallRunner::Parts{plan, with.installId(), steps(options), *this, with, m_clock, owner, false, paths, 200}, std::move(observer));
    }

    InstallPlan plan;
    HostPaths paths;

private:
    InstallStep step(const QString &name, bool detached) const
    {
        InstallStep made;
        made.id = u"h0/"_s + name;
        made.name = name;
        made.host = u"h0"_s;
        const QString mark = m_folder + u'/' + name, count = mark + u".count"_s,
                      script = u"echo x >> '%1'; sleep %2; echo of %3; : > '%4'"_s.arg(count, detached ? u"1.5"_s : u"0.2"_s, name, mark);
        made.probe = [mark](InstallContext &context) -> Result<StepFinding> {
            const auto seen = context.runQuietly({u"test"_s, u"-e"_s, mark});
            if (!seen)
                return fail(seen.error());
            return StepFinding{seen->isGood() ? StepState::Done : StepState::Open, {}};
        };
        made.act = [script, detached, name](InstallContext &context) -> Result<void> {
            if (detached)
                return context.runDetached({name, script.toUtf8(), {}, 60'000});
            const auto done = context.run({u"sh"_s, u"-ec"_s, script});
            if (!done)
                return fail(done.error());
            return done->isGood() ? Result<void>() : fail(ErrorKind::Rejected, QString::fromUtf8(done->err));
        };
        made.undo = [mark](InstallContext &context) -> Result<void> {
            const auto done = context.run({u"rm"_s, u"-f"_s, mark});
            return done ? Result<void>() : fail(done.error());
        };
        return made;
    }

    const QString m_folder;
    SystemClock m_clock;
    HostKeyLedger m_ledger;
    std::unique_ptr<SshLink> m_link;
};

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
    const auto runner = host.runner(**journal, {}, u"li@desk"_s, observer);
    runner->start();
    return runner->wait(longMs) ? 0 : 2;
}

} // namespace

// The engine on a host behind a real sshd: consoles that are killed, connections that go, keys that change, and two who want the same host.
class TstInstallResume : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void aWholeRun();
    void killedConsoles_data();
    void killedConsoles();
    void cutConnections();
    void aRestartedServer();
    void aChangedKeySetsAside();
    void twoOperators();
    void aBrokenLockStopsTheOther();
    void undoReleasesTheLock();

private:
    QString file(const QString &name) const { return m_folder->filePath(name); }
    QByteArray content(const QString &name) const;
    std::unique_ptr<OneHost> host() const { return std::make_unique<OneHost>(m_folder->path(), m_sshd->port(), m_sshd->user(), m_sshd->keyFile()); }
    static StepStatus of(const InstallRunner &runner, const QString &id);
    void checkOnceEach(const InstallRunner &runner, int shortRuns = 1) const;

    std::unique_ptr<test::SshHost> m_sshd;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<OneHost> m_host;
};

void TstInstallResume::initTestCase()
{
    m_sshd = std::make_unique<test::SshHost>();
    QVERIFY2(m_sshd->start(), qPrintable(m_sshd->errorText()));
}

void TstInstallResume::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_host = host();
    QVERIFY(m_host->trust());
}

void TstInstallResume::cleanup()
{
    m_host.reset();
    m_folder.reset();
}

QByteArray TstInstallResume::content(const QString &name) const
{
    QFile open(file(name));
    return open.open(QIODevice::ReadOnly) ? open.readAll() : QByteArray();
}

StepStatus TstInstallResume::of(const InstallRunner &runner, const QString &id)
{
    for (const StepStatus &status : runner.state()) {
        if (status.id == id)
            return status;
    }
    return {};
}

void TstInstallResume::checkOnceEach(const InstallRunner &runner, int shortRuns) const
{
    for (const StepStatus &status : runner.state())
        QVERIFY2(status.state == State::Done, qPrintable(status.id + u": "_s + status.error.detail));
    QCOMPARE(content(u"long.count"_s), QByteArray("x\n"));
    QVERIFY(content(u"short.count"_s).count('x') <= shortRuns);
    QVERIFY(content(u"last.count"_s).count('x') <= shortRuns);
    QVERIFY(!QFile::exists(m_host->paths.lockFile())); // released
}

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

void TstInstallResume::aRestartedServer()
{
    const auto journal = m_host->journal();
    const auto runner = m_host->runner(**journal);
    runner->start();
    QTRY_VERIFY(QFile::exists(file(u"long.count"_s)));
    m_sshd->stop();
    QVERIFY(!runner->wait(2'500)); // the action ends meanwhile
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

void TstInstallResume::twoOperators()
{
    const auto journal = m_host->journal();
    const auto first = m_host->runner(**journal);
    first->start();
    QTRY_COMPARE(of(*first, u"h0/long"_s).state, State::Running);
    const auto otherHost = host();
    const auto otherJournal = otherHost->journal(u"other"_s, u"wang@laptop"_s);
    const auto second = otherHost->runner(**otherJournal, {}, u"wang@laptop"_s);
    second->start();
    QVERIFY(second->wait(longMs));
    QCOMPARE(of(*second, u"h0/lock"_s).state, State::Failed);
    QCOMPARE(of(*second, u"h0/lock"_s).error.kind, ErrorKind::Conflict);
    QVERIFY2(of(*second, u"h0/lock"_s).error.detail.contains(u"li@desk"_s), qPrintable(of(*second, u"h0/lock"_s).error.detail));
    QCOMPARE(of(*second, u"h0/short"_s).state, State::SetAside);
    QVERIFY(first->wait(longMs));
    checkOnceEach(*first);
    QVERIFY(second->repeat(u"h0/lock"_s)); // it is free now
    QVERIFY(second->wait(longMs));
    QCOMPARE(of(*second, u"h0/last"_s).state, State::Done);
    QVERIFY(of(*second, u"h0/last"_s).alreadyDone);
}

void TstInstallResume::aBrokenLockStopsTheOther()
{
    const auto journal = m_host->journal();
    const auto first = m_host->runner(**journal);
    first->start();
    QTRY_VERIFY(QFile::exists(file(u"long.count"_s)));
    const auto otherHost = host();
    const auto otherJournal = otherHost->journal(u"other"_s, u"wang@laptop"_s);
    InstallOptions options;
    options.breakLock = u"li is on holiday"_s;
    const auto second = otherHost->runner(**otherJournal, options, u"wang@laptop"_s);
    second->start();
    QVERIFY(first->wait(longMs));
    QCOMPARE(of(*first, u"h0/long"_s).state, State::Failed);
    QCOMPARE(of(*first, u"h0/long"_s).error.kind, ErrorKind::Conflict);
    QVERIFY2(of(*first, u"h0/long"_s).error.detail.contains(u"li is on holiday"_s), qPrintable(of(*first, u"h0/long"_s).error.detail));
    QCOMPARE(of(*first, u"h0/last"_s).state, State::SetAside);
    QVERIFY(second->wait(longMs));
    QCOMPARE(of(*second, u"h0/last"_s).state, State::Done);
    const auto told = [](const std::vector<JournalLine> &lines) {
        return std::any_of(lines.begin(), lines.end(), [](const JournalLine &line) {
            return line.kind == JournalLine::Kind::Accepted && line.detail.contains(u"li is on holiday"_s) && line.detail.contains(u"li@desk"_s);
        });
    };
    QVERIFY(told((*otherJournal)->lines()));
    QVERIFY(told(*InstallJournal::readLines(content(u"state/install/%1/journal"_s.arg((*otherJournal)->installId())))));
}

void TstInstallResume::undoReleasesTheLock()
{
    const auto journal = m_host->journal();
    const auto runner = m_host->runner(**journal);
    runner->start();
    QTRY_COMPARE(of(*runner, u"h0/long"_s).state, State::Running);
    QCOMPARE(runner->undoHost(u"h0"_s).error().kind, ErrorKind::Conflict);
    runner->pause(); // the long one comes to its end, and no more
    QTRY_COMPARE(of(*runner, u"h0/long"_s).state, State::Done);
    QVERIFY(QFile::exists(m_host->paths.lockFile()));
    bool ordered = false;
    QTRY_VERIFY(ordered || (ordered = runner->undoHost(u"h0"_s).has_value()));
    QVERIFY(runner->wait(longMs));
    QVERIFY(!QFile::exists(m_host->paths.lockFile()));
    QVERIFY(!QFile::exists(file(u"short"_s)) && !QFile::exists(file(u"long"_s)));
    QCOMPARE(of(*runner, u"h0/lock"_s).state, State::Undone);
    runner->resume();
    QVERIFY(runner->repeat(u"h0/short"_s)); // all of the host, with its actions anew
    QVERIFY(runner->wait(longMs));
    QCOMPARE(of(*runner, u"h0/last"_s).state, State::Done);
    QCOMPARE(content(u"long.count"_s), QByteArray("x\nx\n"));
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
