#include "app/base/job.h"
#include "tests/app/services/installworld.h"
#include "tests/support/loopticker.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QPointer>
#include <QSignalSpy>

using namespace kboss;
using namespace kboss::test;
using namespace Qt::StringLiterals;

class TestInstallRuns : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_world.start()); }
    void init() { QVERIFY(m_world.renew()); }

    void runsToItsEndAndSaysSo()
    {
        auto desk = m_world.makeDesk();
        QVERIFY(wait(desk->load()));
        QSignalSpy jobs(desk.get(), &InstallDesk::jobStarted);
        Installation *one = m_world.ready(desk.get());
        LoopTicker ticker;
        const auto dry = one->startDryRun();
        QVERIFY2(dry, dry ? "" : qPrintable(dry.error().detail));
        QTRY_COMPARE_WITH_TIMEOUT((*dry)->state(), InstallRun::State::Done, 60'000);
        QCOMPARE((*dry)->count(StepStatus::State::WouldRun), 6);
        QVERIFY(!one->isFrozen() && m_world.counts().isEmpty());
        const auto run = one->start();
        QVERIFY2(run, run ? "" : qPrintable(run.error().detail));
        QVERIFY(one->isFrozen());
        QTRY_VERIFY_WITH_TIMEOUT((*run)->state() == InstallRun::State::Done || (*run)->state() == InstallRun::State::Failed, 60'000);
        QVERIFY2((*run)->state() == InstallRun::State::Done, qPrintable((*run)->failure().detail));
        QVERIFY2(ticker.within(50), ticker.verdict());
        QCOMPARE((*run)->permille(), 1000);
        QCOMPARE(m_world.counts().size(), 6);
        QCOMPARE(jobs.count(), 1);
        QCOMPARE(desk->find(one->id())->state, InstallEntry::State::Done);
        QVERIFY((*run)->logHosts().contains(u"cp-1"_s));
        QVERIFY(one->reportText().contains("hz-test"));
        const QString log = m_world.folder->filePath(u"export.log"_s);
        QVERIFY(wait((*run)->exportLog({}, log)));
        QVERIFY(QFileInfo(log).size() > 0);
        QVERIFY(m_world.nothingSecretIn(m_world.folder->filePath(u"data"_s)));
        QVERIFY(m_world.nothingSecretIn(log));
        // What it took is what it will take.
        Installation *next = *wait(desk->open(*wait(desk->create(m_world.plan()))));
        QVERIFY(next->preview()[0].isMeasured);
    }

    void threeChoicesAfterAFailure()
    {
        auto desk = m_world.makeDesk();
        Installation *one = m_world.ready(desk.get());
        QVERIFY(m_world.put(u"marks/fail-wk-1-runtime"_s));
        InstallRun *run = *one->start();
        QTRY_COMPARE_WITH_TIMEOUT(run->state(), InstallRun::State::Failed, 60'000);
        QCOMPARE(run->status(u"wk-1/runtime"_s).state, StepStatus::State::Failed);
        QCOMPARE(run->status(u"cp-1/join"_s).state, StepStatus::State::Done); // one host never stops another
        const auto choices = run->choices(u"wk-1/runtime"_s);
        QCOMPARE(choices.size(), 4); // the fourth leaves the host out
        QVERIFY(choices[0].isPossible && choices[1].isPossible && choices[2].isPossible);
        QCOMPARE(choices[2].steps, (QStringList{u"wk-1/runtime"_s, u"wk-1/system"_s}));
        QCOMPARE(choices[2].usualMs, 600);
        QVERIFY(wait(run->undoHost(u"wk-1"_s)));
        QTRY_COMPARE_WITH_TIMEOUT(run->status(u"wk-1/system"_s).state, StepStatus::State::Undone, 30'000);
        QVERIFY(!QFile::exists(m_world.folder->filePath(u"marks/wk-1-system"_s)));
        QTRY_COMPARE_WITH_TIMEOUT(run->state(), InstallRun::State::Failed, 30'000);
        QVERIFY(QFile::remove(m_world.folder->filePath(u"marks/fail-wk-1-runtime"_s)));
        QVERIFY(wait(run->repeat(u"wk-1/system"_s)));
        QTRY_COMPARE_WITH_TIMEOUT(run->state(), InstallRun::State::Done, 60'000);
        QCOMPARE(m_world.counts().count("wk-1-system"), 2);
        QCOMPARE(m_world.counts().count("cp-1-system"), 1);
    }

    // A console that is killed in the middle: the next one shows the truth, and nothing is done twice.
    void survivesBeingKilled()
    {
        QString id;
        {
            auto desk = m_world.makeDesk(true);
            Installation *one = m_world.ready(desk.get());
            id = one->id();
            QVERIFY(wait(one->save()));
        }
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"KBOSS_TEST_INSTALL"_s, id);
        environment.insert(u"KBOSS_TEST_FOLDER"_s, m_world.folder->path());
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(QCoreApplication::applicationFilePath(), {});
        QTRY_COMPARE_WITH_TIMEOUT(m_world.counts().count("cp-1-long") + m_world.counts().count("wk-1-long"), 2, 60'000);
        process.kill(); // as kill -9
        QVERIFY(process.waitForFinished());

        auto desk = m_world.makeDesk(true);
        QSignalSpy jobs(desk.get(), &InstallDesk::jobStarted);
        QVERIFY(wait(desk->load()));
        QTRY_COMPARE(jobs.count(), 1);
        Installation *one = desk->opened(id);
        QVERIFY(one && one->run() && one->isFrozen());
        QCOMPARE(desk->find(id)->state, InstallEntry::State::Interrupted);
        InstallRun *run = one->run();
        QCOMPARE(run->state(), InstallRun::State::Interrupted);
        QTRY_COMPARE(run->status(u"cp-1/system"_s).state, StepStatus::State::Done);
        QCOMPARE(run->status(u"cp-1/long"_s).state, StepStatus::State::Running);
        QTRY_VERIFY(run->logEnd(u"cp-1"_s) > 0);
        QVERIFY(m_world.put(u"marks/go"_s)); // the hosts have gone on meanwhile
        run->resume();
        QTRY_VERIFY_WITH_TIMEOUT(run->state() == InstallRun::State::Done || run->state() == InstallRun::State::Failed, 60'000);
        QVERIFY2(run->state() == InstallRun::State::Done, qPrintable(run->failure().detail));
        QStringList once;
        for (const QByteArray &line : m_world.counts())
            once << QString::fromUtf8(line);
        QCOMPARE(once.size(), 8);
        once.removeDuplicates();
        QCOMPARE(once.size(), 8);
        QVERIFY(m_world.nothingSecretIn(m_world.folder->filePath(u"data"_s)));
    }

    void stopsAndGoesOnAgain()
    {
        auto desk = m_world.makeDesk(true);
        Installation *one = m_world.ready(desk.get());
        QPointer<Job> job;
        connect(desk.get(), &InstallDesk::jobStarted, this, [&job](Job *begun) { job = begun; });
        InstallRun *run = *one->start();
        QTRY_COMPARE_WITH_TIMEOUT(run->status(u"cp-1/long"_s).state, StepStatus::State::Running, 60'000);
        run->pause();
        QCOMPARE(run->state(), InstallRun::State::Paused);
        run->resume();
        QCOMPARE(run->state(), InstallRun::State::Running);
        QVERIFY(job);
        job->cancel();
        QTRY_COMPARE_WITH_TIMEOUT(run->state(), InstallRun::State::Stopped, 20'000);
        QTRY_VERIFY(!job);
        QVERIFY(m_world.put(u"marks/go"_s));
        QVERIFY(one->start());
        QTRY_COMPARE_WITH_TIMEOUT(run->state(), InstallRun::State::Done, 60'000);
        QCOMPARE(m_world.counts().count("cp-1-long"), 1);
    }

    void checksAskTheHosts()
    {
        auto desk = m_world.makeDesk();
        Installation *one = m_world.ready(desk.get());
        InstallChecks *checks = one->checks();
        LoopTicker ticker;
        QSignalSpy results(checks, &InstallChecks::resultChanged);
        checks->run();
        QVERIFY(checks->isRunning());
        QTRY_VERIFY_WITH_TIMEOUT(!checks->isRunning(), 150'000);
        QVERIFY2(ticker.within(50), ticker.verdict());
        QCOMPARE(checks->hostState(u"cp-1"_s).state, InstallChecks::HostState::State::Done);
        QVERIFY(checks->facts(u"cp-1"_s));
        QVERIFY(results.count() > 20);
        QCOMPARE(checks->count(CheckResult::State::Running), 0);
        // Both are this very machine: what makes a host itself is there twice.
        CheckResult problem;
        for (const CheckResult &result : checks->results(u"wk-1"_s)) {
            if (result.state == CheckResult::State::Error)
                problem = result;
        }
        QVERIFY(!problem.name.isEmpty() && !checks->isPassed());
        QCOMPARE(checks->accept(u"wk-1"_s, problem.name, u" "_s).error().field, u"reason"_s);
        QVERIFY(checks->accept(u"wk-1"_s, problem.name, u"one machine for a test"_s));
        QCOMPARE(checks->result(u"wk-1"_s, problem.name).state, CheckResult::State::Accepted);
        QCOMPARE(one->plan().acceptedProblems, QStringList{u"wk-1/"_s + problem.name});
        QVERIFY(!checks->isStale());
        checks->takeBack(u"wk-1"_s, problem.name);
        QCOMPARE(checks->result(u"wk-1"_s, problem.name).state, CheckResult::State::Error);
        InstallPlan other = one->plan();
        other.podRange = u"10.245.0.0/16"_s;
        one->setPlan(other);
        QVERIFY(checks->isStale());
    }

    void nothingComesAfterItsEnd()
    {
        for (int i = 0; i < 6; ++i) {
            auto desk = m_world.makeDesk(true);
            Installation *one = m_world.ready(desk.get());
            one->checks()->run();
            if (i % 2)
                QVERIFY(one->start());
            one->readKeys();
            QElapsedTimer passed;
            passed.start();
            while (passed.elapsed() < i * 120)
                QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
            QElapsedTimer ending;
            ending.start();
            desk.reset();
            QVERIFY2(ending.elapsed() < 10'000, "it ends soon, whatever is under way");
            QVERIFY(m_world.put(u"marks/go"_s));
        }
    }

private:
    InstallWorld m_world;
};

// The process of survivesBeingKilled(): begins the run, and is ended by it.
static int runUntilKilled(const QString &id, const QString &folder)
{
    const SystemClock clock;
    FakeSecretStore secrets;
    InstallDesk desk(partsIn(folder, &secrets, clock, true));
    const auto opened = wait(desk.open(id));
    if (!opened)
        return 1;
    for (const PlanHost &host : (*opened)->plan().hosts) {
        HostSignIn signIn;
        signIn.password = QLatin1String(secretWord); // as a keychain would give it
        signIn.keyFile = (*opened)->signIn(host.name).keyFile;
        (*opened)->setSignIn(host.name, signIn, false);
    }
    (*opened)->readKeys();
    if (!QTest::qWaitFor([one = *opened] { return one->isAllTrusted(); }, 30'000) || !(*opened)->start())
        return 1;
    return QCoreApplication::exec();
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (const QString id = qEnvironmentVariable("KBOSS_TEST_INSTALL"); !id.isEmpty())
        return runUntilKilled(id, qEnvironmentVariable("KBOSS_TEST_FOLDER"));
    TestInstallRuns test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_installruns.moc"
