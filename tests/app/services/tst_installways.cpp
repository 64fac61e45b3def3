#include "app/services/installfiles.h"
#include "app/ssh/hostkeyledger.h"
#include "tests/app/services/installworld.h"

#include <QElapsedTimer>
#include <QSignalSpy>

using namespace kboss;
using namespace kboss::test;
using namespace Qt::StringLiterals;
using State = InstallRun::State;

// After every failure, pause, undo and refusal there is a way on.
class TestInstallWays : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_world.start()); }
    void init() { QVERIFY(m_world.renew()); }

    void aFailureWhilePausedIsAnEnd()
    {
        auto desk = m_world.makeDesk();
        Installation *one = m_world.ready(desk.get());
        QVERIFY(m_world.put(u"marks/fail-cp-1-join"_s));
        InstallRun *run = *one->start();
        QTRY_COMPARE_WITH_TIMEOUT(run->status(u"cp-1/join"_s).state, StepStatus::State::Running, 60'000);
        run->pause();
        QTRY_VERIFY_WITH_TIMEOUT(run->state() == State::Failed || run->state() == State::Paused, 30'000);
        if (run->state() == State::Paused)
            run->resume();
        QTRY_COMPARE_WITH_TIMEOUT(run->state(), State::Failed, 60'000);
        QVERIFY(run->ways().resume && run->ways().close && !run->ways().pause);
        QVERIFY(QFile::remove(m_world.folder->filePath(u"marks/fail-cp-1-join"_s)));
        run->resume();
        QTRY_COMPARE_WITH_TIMEOUT(run->state(), State::Done, 60'000);
    }

    void afterAnUndoThereIsAWayOn()
    {
        auto desk = m_world.makeDesk();
        Installation *one = m_world.ready(desk.get());
        InstallRun *run = *one->start();
        QTRY_COMPARE_WITH_TIMEOUT(run->state(), State::Done, 60'000);
        QVERIFY(!run->ways().resume && run->ways().remove);
        QVERIFY(wait(run->undoHost(u"wk-1"_s)));
        QTRY_COMPARE_WITH_TIMEOUT(run->status(u"wk-1/system"_s).state, StepStatus::State::Undone, 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(run->ways().resume, 30'000);
        QCOMPARE(run->ways().undone, QStringList{u"wk-1"_s});
        const auto choices = run->choices(u"wk-1/runtime"_s);
        QVERIFY(choices[0].isPossible && choices[3].kind == InstallChoice::Kind::LeaveOut && choices[3].isPossible);
        QVERIFY(!run->choices(u"cp-1/runtime"_s)[3].isPossible); // the first control plane
        // Also after the console was closed meanwhile.
        const QString id = one->id();
        desk.reset();
        desk = m_world.makeDesk();
        QVERIFY(wait(desk->load()));
        one = *wait(desk->open(id));
        run = one->run();
        QTRY_COMPARE(run->status(u"wk-1/system"_s).state, StepStatus::State::Undone);
        m_world.signInTo(one);
        one->readKeys();
        QTRY_VERIFY_WITH_TIMEOUT(one->isAllTrusted(), 30'000);
        if (run->state() == State::Interrupted) { // it was just about to end
            run->resume();
            QTRY_COMPARE_WITH_TIMEOUT(run->state(), State::Failed, 60'000);
        }
        QVERIFY(run->ways().resume);
        run->resume();
        QTRY_COMPARE_WITH_TIMEOUT(run->state(), State::Done, 60'000);
        QCOMPARE(m_world.counts().count("wk-1-system"), 2);
    }

    void doneWithoutAHost()
    {
        auto desk = m_world.makeDesk();
        QVERIFY(wait(desk->load()));
        Installation *one = m_world.ready(desk.get());
        QVERIFY(m_world.put(u"marks/fail-wk-1-runtime"_s));
        InstallRun *run = *one->start();
        QTRY_COMPARE_WITH_TIMEOUT(run->state(), State::Failed, 60'000);
        QCOMPARE(wait(run->leaveOut(u"cp-1"_s, u"why not"_s)).error().kind, ErrorKind::Rejected);
        QVERIFY(wait(run->leaveOut(u"wk-1"_s, u"its disk is broken"_s)));
        QTRY_COMPARE_WITH_TIMEOUT(run->state(), State::Done, 30'000);
        QCOMPARE(run->leftOut(), QStringList{u"wk-1"_s});
        QCOMPARE(run->permille(), 1000);
        QTRY_COMPARE(desk->find(one->id())->state, InstallEntry::State::Done);
        QCOMPARE(desk->find(one->id())->leftOut, 1);
        QVERIFY(one->reportText().contains("wk-1"));
        const QString id = one->id();
        desk.reset();
        desk = m_world.makeDesk();
        QVERIFY(wait(desk->load()));
        QCOMPARE(desk->find(id)->leftOut, 1);
        one = *wait(desk->open(id));
        QCOMPARE(one->run()->state(), State::Done);
        QTRY_COMPARE(one->run()->leftOut(), QStringList{u"wk-1"_s});
    }

    // The journal of the first try is in the way of nothing: the lock is the same console's.
    void aRemovalAfterAFailure()
    {
        InstallDesk desk(
            withLocks(partsIn(m_world.folder->path(), m_world.secrets.get(), m_world.clock, false), m_world.folder->filePath(u"marks"_s)));
        Installation *one = m_world.ready(&desk);
        QVERIFY(m_world.put(u"marks/fail-cp-1-runtime"_s));
        InstallRun *run = *one->start();
        QTRY_COMPARE_WITH_TIMEOUT(run->state(), State::Failed, 60'000);
        const QString lock = m_world.folder->filePath(u"host/state/install.lock"_s);
        QVERIFY(QFile::exists(lock));
        desk.setWho(u"liu wei"_s); // and would be under another name
        InstallRun *removal = *one->startRemoval({});
        QTRY_VERIFY_WITH_TIMEOUT(removal->state() == State::Done || removal->state() == State::Failed, 60'000);
        QVERIFY2(removal->state() == State::Done, qPrintable(removal->failure().detail));
        QTRY_VERIFY(!QFile::exists(lock));
    }

    void somebodyElsesLockWantsAReason()
    {
        InstallDesk desk(
            withLocks(partsIn(m_world.folder->path(), m_world.secrets.get(), m_world.clock, false), m_world.folder->filePath(u"marks"_s)));
        Installation *one = m_world.ready(&desk);
        QVERIFY(putForeignLock(m_world.folder->path()));
        InstallRun *run = *one->start();
        QTRY_COMPARE_WITH_TIMEOUT(run->state(), State::Failed, 60'000);
        QVERIFY(one->lockOwner().contains(u"wang@laptop"_s));
        const std::vector<InstallLock> met = run->locks();
        QCOMPARE(met.size(), size_t(1));
        QCOMPARE(met[0].host, u"cp-1"_s);
        QCOMPARE(met[0].lock.owner, u"wang@laptop"_s);
        QCOMPARE(met[0].lock.sinceMs, 1'700'000'000'000);
        const auto choices = run->choices(u"cp-1/lock"_s);
        QCOMPARE(choices.size(), size_t(5));
        QVERIFY(choices[4].kind == InstallChoice::Kind::BreakLock && choices[4].lock && choices[4].lock->owner == u"wang@laptop"_s);
        QCOMPARE(wait(run->breakLock(u"cp-1"_s, {})).error().field, u"reason"_s);
        QVERIFY(wait(run->breakLock(u"cp-1"_s, u"he has left"_s)));
        QTRY_VERIFY_WITH_TIMEOUT(run->state() == State::Done || run->state() == State::Failed, 60'000);
        QVERIFY2(run->state() == State::Done, qPrintable(run->failure().detail));
        QVERIFY(run->locks().empty());
    }

    // What is on disk comes before what is begun; where it cannot be kept nothing is begun, and there is a way on.
    void nothingBeginsBeforeItIsKept()
    {
        auto desk = m_world.makeDesk();
        Installation *one = m_world.ready(desk.get());
        QVERIFY(wait(one->save()));
        const QString folder = m_world.folder->filePath(u"data/installs/"_s + one->id());
        QVERIFY(QFile::remove(folder + u"/install.json"_s));
        QVERIFY(QDir().mkpath(folder + u"/install.json/in-the-way"_s)); // also root cannot write over a folder
        InstallRun *run = *one->start();
        QTRY_COMPARE_WITH_TIMEOUT(run->state(), State::Failed, 60'000);
        QCOMPARE(run->error().kind, ErrorKind::Storage);
        QVERIFY(m_world.counts().isEmpty());
        QVERIFY(!QFile::exists(folder + u"/journal"_s));
        QVERIFY(run->ways().resume && run->ways().close);
        QVERIFY(QDir(folder + u"/install.json"_s).removeRecursively());
        run->resume();
        QTRY_COMPARE_WITH_TIMEOUT(run->state(), State::Done, 60'000);
        const auto record = InstallFiles(m_world.folder->filePath(u"data/installs"_s)).read(one->id());
        QVERIFY(record && record->runs.size() == 1);
        QVERIFY2(record->runs[0].by.startsWith(u"liu@"_s), qPrintable(record->runs[0].by));
    }

    // A console killed between the journal and the record: who began is who has the locks.
    void whoBeganIsWhoHasTheLocks()
    {
        QString id;
        {
            auto desk = m_world.makeDesk();
            Installation *one = m_world.ready(desk.get());
            id = one->id();
            QVERIFY(wait(one->save()));
        }
        const QString folder = m_world.folder->filePath(u"data/installs/"_s + id);
        QVERIFY(InstallJournal::create(folder + u"/journal"_s, m_world.plan(), u"wang@other-desk"_s, m_world.clock));
        auto desk = m_world.makeDesk();
        Installation *one = *wait(desk->open(id));
        QVERIFY(one->run());
        QVERIFY(wait(one->save()));
        const auto record = InstallFiles(m_world.folder->filePath(u"data/installs"_s)).read(id);
        QVERIFY(record && record->runs.size() == 1);
        QCOMPARE(record->runs[0].by, u"wang@other-desk"_s);
    }

    void keysOfUsersAreApart()
    {
        auto desk = m_world.makeDesk();
        InstallPlan plan = m_world.plan();
        plan.hosts[0].user = u"ops"_s;
        Installation *one = *wait(desk->open(*wait(desk->create(plan))));
        HostSignIn signIn;
        signIn.password = u"of ops"_s;
        one->setSignIn(u"cp-1"_s, signIn, true);
        QTRY_COMPARE(one->signIn(u"cp-1"_s).kept, HostSignInState::Secret::InKeychain);
        plan.hosts[0].user = u"root"_s;
        one->setPlan(plan);
        QTRY_VERIFY(one->signIn(u"cp-1"_s).kept != HostSignInState::Secret::Asking);
        QVERIFY(!one->signIn(u"cp-1"_s).hasPassword); // of somebody else
        signIn.password = u"of root"_s;
        one->setSignIn(u"cp-1"_s, signIn, true);
        QTRY_COMPARE(one->signIn(u"cp-1"_s).kept, HostSignInState::Secret::InKeychain);
        const QString address = u"127.0.0.1:%1"_s.arg(plan.hosts[0].port);
        QVERIFY(m_world.secrets->entries[u"test/ssh/ops@"_s + address].contains(u"of ops"_s));
        QVERIFY(m_world.secrets->entries[u"test/ssh/root@"_s + address].contains(u"of root"_s));
    }

    // Passwords that are given while it runs are kept out of its log as well.
    void laterPasswordsAreHidden()
    {
        auto desk = m_world.makeDesk(true);
        Installation *one = m_world.ready(desk.get());
        InstallRun *run = *one->start();
        QTRY_COMPARE_WITH_TIMEOUT(run->status(u"cp-1/long"_s).state, StepStatus::State::Running, 60'000);
        HostSignIn signIn;
        signIn.password = u"no luck"_s; // what the failing step says
        signIn.keyFile = m_world.hosts[1]->keyFile();
        QVERIFY(m_world.put(u"marks/fail-wk-1-runtime"_s));
        one->setSignIn(u"wk-1"_s, signIn, false);
        QVERIFY(m_world.put(u"marks/go"_s));
        QTRY_COMPARE_WITH_TIMEOUT(run->state(), State::Failed, 60'000);
        QVERIFY2(!run->status(u"wk-1/runtime"_s).error.detail.contains(u"no luck"_s), qPrintable(run->status(u"wk-1/runtime"_s).error.detail));
        for (const StepLogLine &line : run->log(u"wk-1"_s).lines)
            QVERIFY2(line.step != u"wk-1/runtime"_s || !line.text.contains(u"no luck"_s), qPrintable(line.text)); // it began after that
    }

    // Pages ask for it all the time.
    void thePreviewIsMadeOnce()
    {
        auto desk = m_world.makeDesk();
        int made = 0;
        InstallDesk::Parts parts = partsIn(m_world.folder->path(), m_world.secrets.get(), m_world.clock, false);
        parts.folder += u"-2"_s;
        parts.steps = [&made, steps = parts.steps](InstallRun::Kind kind, const QString &worker, const InstallPlan &plan,
                                                   const InstallOptions &options) {
            ++made;
            return steps(kind, worker, plan, options);
        };
        InstallDesk counted(std::move(parts));
        Installation *one = *wait(counted.open(*wait(counted.create(m_world.plan()))));
        for (int i = 0; i < 50; ++i) {
            QCOMPARE(one->preview().size(), size_t(6));
            QVERIFY(one->expectedMs() > 0);
        }
        QCOMPARE(made, 1);
        InstallPlan other = one->plan();
        other.hosts.pop_back();
        one->setPlan(other);
        QCOMPARE(one->preview().size(), size_t(3));
        QCOMPARE(made, 2);
    }

private:
    InstallWorld m_world;
};

QTEST_GUILESS_MAIN(TestInstallWays)
#include "tst_installways.moc"
