#include "tests/app/cluster/installworld.h"

#include <QElapsedTimer>
#include <thread>

using namespace kboss;
using namespace kboss::test;
using namespace Qt::StringLiterals;
using State = StepStatus::State;
using LineKind = JournalLine::Kind;

// What people tell the engine, and how it goes on after it was ended: on hosts in memory.
class TstInstallUndo : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_fixture = std::make_unique<RunnerFixture>(); }
    void pauseResumeStop();
    void repeatGoesOn();
    void undoing();
    void anUndoneHostStaysAside();
    void aHostWhoseUndoFailedStaysAside();
    void aResetTakesTheOtherStepsWithIt();
    void aHostThatOthersNeedStays();
    void aStepMayRefuseForItsHost();
    void dryRunsWriteNothing();
    void anotherRunnerGoesOn_data();
    void anotherRunnerGoesOn();

private:
    std::unique_ptr<RunnerFixture> m_fixture;
};

void TstInstallUndo::pauseResumeStop()
{
    auto all = m_fixture->runner({stepOf(m_fixture->world, u"h0"_s, u"a"_s, {}, 300), stepOf(m_fixture->world, u"h0"_s, u"b"_s),
                                  stepOf(m_fixture->world, u"h0"_s, u"c"_s, {}, 20'000)});
    all->start();
    QTRY_COMPARE(RunnerFixture::of(*all, u"h0/a"_s).state, State::Running);
    all->pause();
    QVERIFY(all->isPaused());
    QTRY_COMPARE(RunnerFixture::of(*all, u"h0/a"_s).state, State::Done); // what runs goes on to its end
    QVERIFY(!all->wait(200));
    QCOMPARE(RunnerFixture::of(*all, u"h0/b"_s).state, State::Waiting);
    all->resume();
    QTRY_COMPARE(RunnerFixture::of(*all, u"h0/c"_s).state, State::Running);
    QElapsedTimer clock;
    clock.start();
    all->stop();
    QVERIFY(all->wait(longMs));
    QVERIFY(clock.elapsed() < 2'000);
    QCOMPARE(RunnerFixture::of(*all, u"h0/c"_s).state, State::Waiting);
    QCOMPARE(m_fixture->journal->last().at(u"h0/c"_s).kind, LineKind::Begun); // to be gone on with
    QCOMPARE(all->repeat(u"h0/c"_s).error().kind, ErrorKind::Conflict);
    all.reset();
    QCOMPARE(m_fixture->world.count("acted", u"h0/c"_s), 0);
}

void TstInstallUndo::repeatGoesOn()
{
    auto flaky = stepOf(m_fixture->world, u"h1"_s, u"a"_s);
    flaky.act = [left = std::make_shared<int>(1), act = flaky.act](InstallContext &context) -> Result<void> {
        return --*left < 0 ? act(context) : fail(ErrorKind::Rejected, u"no"_s);
    };
    auto verify = stepOf(m_fixture->world, u"h0"_s, u"verify"_s, {u"h1/b"_s});
    verify.needsAll = true;
    std::atomic_int ends = 0;
    InstallRunner::Observer observer;
    observer.ended = [&ends] { ++ends; };
    const auto all = m_fixture->runner(
        {flaky, stepOf(m_fixture->world, u"h1"_s, u"b"_s), verify, stepOf(m_fixture->world, u"h2"_s, u"long"_s, {}, 300)}, observer);
    QCOMPARE(all->repeat(u"h1/a"_s).error().kind, ErrorKind::Conflict); // not started
    all->start();
    QCOMPARE(all->repeat(u"no/such"_s).error().kind, ErrorKind::NotFound);
    QTRY_COMPARE(RunnerFixture::of(*all, u"h2/long"_s).state, State::Running);
    QCOMPARE(all->repeat(u"h2/long"_s).error().kind, ErrorKind::Conflict); // it is running
    QVERIFY(all->wait(longMs));
    QCOMPARE(RunnerFixture::of(*all, u"h1/a"_s).state, State::Failed);
    QVERIFY(all->repeat(u"h1/a"_s));
    QVERIFY(all->wait(longMs));
    for (const char *id : {"h1/a", "h1/b", "h0/verify"})
        QCOMPARE(RunnerFixture::of(*all, QLatin1String(id)).state, State::Done);
    QTRY_COMPARE(ends.load(), 2);
    QVERIFY(all->repeat(u"h0/verify"_s)); // asks the probe alone
    QVERIFY(all->wait(longMs));
    QCOMPARE(m_fixture->world.count("act", u"h0/verify"_s), 1);
}

void TstInstallUndo::undoing()
{
    m_fixture->world.set(u"h0/before"_s, true);
    const auto all = m_fixture->runner({stepOf(m_fixture->world, u"h0"_s, u"before"_s), stepOf(m_fixture->world, u"h0"_s, u"a"_s),
                                        stepOf(m_fixture->world, u"h0"_s, u"b"_s), stepOf(m_fixture->world, u"h0"_s, u"c"_s),
                                        stepOf(m_fixture->world, u"h1"_s, u"a"_s)});
    all->start();
    QVERIFY(all->wait(longMs));
    QVERIFY(all->undo(u"h0/b"_s));
    QVERIFY(all->wait(longMs));
    QCOMPARE(RunnerFixture::of(*all, u"h0/b"_s).state, State::Undone);
    QCOMPARE(RunnerFixture::of(*all, u"h0/c"_s).state, State::Done);
    QVERIFY(all->undoHost(u"h0"_s));
    QVERIFY(all->wait(longMs));
    QVERIFY(m_fixture->world.at(u"undo h0/c"_s) < m_fixture->world.at(u"undo h0/a"_s));
    QCOMPARE(m_fixture->world.count("undo", u"h0/b"_s), 1); // once
    QCOMPARE(m_fixture->world.count("undo", u"h0/before"_s), 0); // nobody's here to undo
    QCOMPARE(RunnerFixture::of(*all, u"h1/a"_s).state, State::Done);
    QCOMPARE(m_fixture->journal->last().at(u"h0/a"_s).kind, LineKind::Undone);
    QCOMPARE(all->undoHost(u"h9"_s).error().kind, ErrorKind::NotFound);
    QVERIFY(all->repeat(u"h0/a"_s)); // and all after it
    QVERIFY(all->wait(longMs));
    for (const char *id : {"h0/a", "h0/b", "h0/c"})
        QCOMPARE(RunnerFixture::of(*all, QLatin1String(id)).state, State::Done);
    QCOMPARE(m_fixture->world.count("act", u"h0/c"_s), 2);
}

void TstInstallUndo::anUndoneHostStaysAside()
{
    const auto steps = [this] {
        return std::vector{stepOf(m_fixture->world, u"h0"_s, u"a"_s), stepOf(m_fixture->world, u"h0"_s, u"b"_s),
                           stepOf(m_fixture->world, u"h1"_s, u"a"_s)};
    };
    auto all = m_fixture->runner(steps());
    all->start();
    QVERIFY(all->wait(longMs));
    QVERIFY(all->undoHost(u"h0"_s));
    QVERIFY(all->wait(longMs));
    all.reset();
    m_fixture->openJournal();
    all = m_fixture->runner(steps()); // does not install again what somebody has undone
    all->start();
    QVERIFY(all->wait(longMs));
    QCOMPARE(RunnerFixture::of(*all, u"h0/a"_s).state, State::Undone);
    QCOMPARE(RunnerFixture::of(*all, u"h1/a"_s).state, State::Done);
    QCOMPARE(m_fixture->world.count("act", u"h0/a"_s), 1);
    QVERIFY(all->repeat(u"h0/a"_s));
    QVERIFY(all->wait(longMs));
    QCOMPARE(RunnerFixture::of(*all, u"h0/b"_s).state, State::Done);
}

void TstInstallUndo::aHostWhoseUndoFailedStaysAside()
{
    const auto steps = [this] {
        std::vector all{stepOf(m_fixture->world, u"h0"_s, u"a"_s), stepOf(m_fixture->world, u"h0"_s, u"b"_s),
                        stepOf(m_fixture->world, u"h1"_s, u"a"_s)};
        all[0].undo = [](InstallContext &) { return fail(ErrorKind::Rejected, u"a disk is full"_s); };
        return all;
    };
    auto all = m_fixture->runner(steps());
    all->start();
    QVERIFY(all->wait(longMs));
    QVERIFY(all->undoHost(u"h0"_s));
    QVERIFY(all->wait(longMs));
    QCOMPARE(RunnerFixture::of(*all, u"h0/a"_s).state, State::Failed);
    all.reset();
    m_fixture->openJournal();
    all = m_fixture->runner(steps()); // somebody was taking the host back: nothing is installed there again by itself
    all->start();
    QVERIFY(all->wait(longMs));
    const StepStatus failed = RunnerFixture::of(*all, u"h0/a"_s);
    QCOMPARE(failed.state, State::Failed);
    QVERIFY2(failed.error.detail.contains(u"a disk is full"_s), qPrintable(failed.error.detail));
    QCOMPARE(m_fixture->world.count("act", u"h0/a"_s), 1);
    QCOMPARE(m_fixture->world.count("act", u"h0/b"_s), 1);
    QVERIFY(all->repeat(u"h0/a"_s));
    QVERIFY(all->wait(longMs));
    QCOMPARE(RunnerFixture::of(*all, u"h0/b"_s).state, State::Done);
}

namespace {

// "system", then what goes when the host is reset, by the undo of "certs" or "etcd", and what stays; "late" fails.
std::vector<InstallStep> stepsOfAMember(World &world)
{
    using WithReset = InstallStep::WithReset;
    std::vector<InstallStep> all;
    for (const auto &[name, with] : {std::pair{"system", WithReset::Stays},
                                     {"certs", WithReset::Resets},
                                     {"etcd", WithReset::Resets},
                                     {"ready", WithReset::Goes},
                                     {"register", WithReset::Stays},
                                     {"late", WithReset::Goes}}) {
        all.push_back(stepOf(world, u"h0"_s, QLatin1String(name)));
        all.back().withReset = with;
        if (with != WithReset::Resets)
            continue;
        all.back().undo = [&world, id = all.back().id](InstallContext &) -> Result<void> {
            world.note(u"undo "_s + id);
            for (const char *gone : {"h0/certs", "h0/etcd", "h0/ready"})
                world.set(QLatin1String(gone), false);
            return {};
        };
    }
    all.back().act = [](InstallContext &) -> Result<void> { return fail(ErrorKind::Rejected, u"no"_s); };
    return all;
}

} // namespace

void TstInstallUndo::aResetTakesTheOtherStepsWithIt()
{
    World &world = m_fixture->world;
    const auto steps = [&world] { return stepsOfAMember(world); };
    auto all = m_fixture->runner(steps());
    all->start();
    QVERIFY(all->wait(longMs));
    QVERIFY(all->undo(u"h0/certs"_s));
    QVERIFY(all->wait(longMs));
    const auto states = [&all] {
        QStringList found;
        for (const char *id : {"h0/system", "h0/certs", "h0/etcd", "h0/ready", "h0/register", "h0/late"})
            found << QString::number(int(RunnerFixture::of(*all, QLatin1String(id)).state));
        return found;
    };
    const auto expected = [](std::initializer_list<State> wanted) {
        QStringList found;
        for (const State state : wanted)
            found << QString::number(int(state));
        return found;
    };
    const auto after = expected({State::Done, State::Undone, State::SetAside, State::SetAside, State::Done, State::SetAside});
    QCOMPARE(states(), after);
    QCOMPARE(world.total("undo"), 1); // one reset
    for (const char *id : {"h0/etcd", "h0/ready", "h0/late"})
        QCOMPARE(m_fixture->journal->last().at(QLatin1String(id)).kind, LineKind::Waiting);
    QVERIFY(m_fixture->world.hosts[u"h0"_s].written().contains("\"waiting\"")); // the host's own journal knows
    // Another console sees the same, and does all of it again, and nothing else.
    all.reset();
    m_fixture->openJournal();
    all = m_fixture->runner(steps());
    QCOMPARE(all->state()[2].state, State::SetAside);
    all->start();
    QVERIFY(all->wait(longMs));
    QCOMPARE(world.count("act", u"h0/etcd"_s), 1); // not by itself
    QVERIFY(all->repeat(u"h0/certs"_s));
    QVERIFY(all->wait(longMs));
    for (const char *id : {"h0/certs", "h0/etcd", "h0/ready"}) {
        QCOMPARE(RunnerFixture::of(*all, QLatin1String(id)).state, State::Done);
        QCOMPARE(world.count("act", QLatin1String(id)), 2);
    }
    QCOMPARE(world.count("act", u"h0/system"_s), 1);
    QCOMPARE(world.count("act", u"h0/register"_s), 1);
}

void TstInstallUndo::aHostThatOthersNeedStays()
{
    auto begins = stepOf(m_fixture->world, u"h0"_s, u"certs"_s);
    auto joins = stepOf(m_fixture->world, u"h1"_s, u"join"_s, {u"h0/ready"_s});
    begins.withReset = joins.withReset = InstallStep::WithReset::Resets;
    const auto all =
        m_fixture->runner({stepOf(m_fixture->world, u"h0"_s, u"system"_s), begins, stepOf(m_fixture->world, u"h0"_s, u"ready"_s), joins});
    all->start();
    QVERIFY(all->wait(longMs));
    for (const auto &refused : {all->undoHost(u"h0"_s), all->undo(u"h0/certs"_s)}) {
        QCOMPARE(refused.error().kind, ErrorKind::Rejected);
        QVERIFY2(refused.error().detail.startsWith(u"h1 would lose their cluster, which h0 began"_s), qPrintable(refused.error().detail));
    }
    QCOMPARE(m_fixture->world.total("undo"), 0);
    for (const StepStatus &status : all->state())
        QCOMPARE(status.state, State::Done); // as if nobody had asked
    QVERIFY(all->undo(u"h0/system"_s)); // leaves the cluster
    QVERIFY(all->wait(longMs));
    QVERIFY(all->undoHost(u"h1"_s)); // the way on
    QVERIFY(all->wait(longMs));
    QVERIFY(all->undoHost(u"h0"_s));
    QVERIFY(all->wait(longMs));
    QCOMPARE(RunnerFixture::of(*all, u"h0/certs"_s).state, State::Undone);
}

void TstInstallUndo::aStepMayRefuseForItsHost()
{
    bool may = false;
    auto guarded = stepOf(m_fixture->world, u"h0"_s, u"certs"_s);
    guarded.mayUndo = [&may](InstallContext &) -> Result<void> { return may ? Result<void>() : fail(ErrorKind::Conflict, u"x-9 is joined"_s); };
    const auto all = m_fixture->runner({guarded, stepOf(m_fixture->world, u"h0"_s, u"network"_s)});
    all->start();
    QVERIFY(all->wait(longMs));
    const QByteArray before = m_fixture->journalFile();
    QVERIFY(all->undoHost(u"h0"_s));
    QVERIFY(all->wait(longMs));
    QCOMPARE(m_fixture->world.total("undo"), 0); // not even what comes after it
    QCOMPARE(RunnerFixture::of(*all, u"h0/certs"_s).state, State::Failed);
    QCOMPARE(RunnerFixture::of(*all, u"h0/certs"_s).error.detail, u"x-9 is joined"_s);
    QCOMPARE(RunnerFixture::of(*all, u"h0/network"_s).state, State::Done);
    QVERIFY(!m_fixture->journalFile().mid(before.size()).contains("undoing"));
    QVERIFY(all->repeat(u"h0/certs"_s)); // is as it was
    QVERIFY(all->wait(longMs));
    QCOMPARE(RunnerFixture::of(*all, u"h0/certs"_s).state, State::Done);
    QCOMPARE(m_fixture->world.count("act", u"h0/certs"_s), 1);
    may = true;
    QVERIFY(all->undo(u"h0/certs"_s));
    QVERIFY(all->wait(longMs));
    QCOMPARE(RunnerFixture::of(*all, u"h0/certs"_s).state, State::Undone);
}

void TstInstallUndo::dryRunsWriteNothing()
{
    m_fixture->world.set(u"h1/a"_s, true);
    auto blind = stepOf(m_fixture->world, u"h0"_s, u"b"_s);
    blind.probe = [](InstallContext &) -> Result<StepFinding> { return fail(ErrorKind::Rejected, u"kubeadm: not found"_s); };
    auto verify = stepOf(m_fixture->world, u"h1"_s, u"verify"_s, {u"h0/b"_s});
    verify.needsAll = true;
    const QByteArray before = m_fixture->journalFile();
    const auto all =
        m_fixture->runner({stepOf(m_fixture->world, u"h0"_s, u"a"_s), blind, stepOf(m_fixture->world, u"h1"_s, u"a"_s), verify}, {}, true);
    all->start();
    QVERIFY(all->wait(longMs));
    QCOMPARE(RunnerFixture::of(*all, u"h0/a"_s).state, State::WouldRun);
    QCOMPARE(RunnerFixture::of(*all, u"h0/b"_s).state, State::WouldRun); // cannot be known yet
    QCOMPARE(RunnerFixture::of(*all, u"h1/a"_s).state, State::Done);
    QCOMPARE(RunnerFixture::of(*all, u"h1/verify"_s).state, State::WouldRun);
    QCOMPARE(m_fixture->world.total("act"), 0);
    QCOMPARE(m_fixture->world.hosts[u"h0"_s].calls() + m_fixture->world.hosts[u"h1"_s].calls(), 0);
    QCOMPARE(m_fixture->journalFile(), before);
    QCOMPARE(all->undoHost(u"h0"_s).error().kind, ErrorKind::Rejected);
}

void TstInstallUndo::anotherRunnerGoesOn_data()
{
    QTest::addColumn<QString>("when");
    QTest::newRow("at its start") << u"act h1/b"_s;
    QTest::newRow("at its end") << u"acted h1/b"_s;
    QTest::newRow("before the next") << u"act h1/c"_s;
    QTest::newRow("before anything") << QString();
}

void TstInstallUndo::anotherRunnerGoesOn()
{
    QFETCH(QString, when);
    const auto steps = [this] {
        std::vector<InstallStep> all;
        for (const char *name : {"a", "b", "c"}) {
            for (const char *host : {"h0", "h1"}) {
                all.push_back(stepOf(m_fixture->world, QLatin1String(host), QLatin1String(name), {}, 150));
                all.back().act = [act = all.back().act](InstallContext &context) {
                    auto acted = act(context);
                    pauseFor(context.token(), 50); // an end that takes time
                    return acted;
                };
            }
        }
        return all;
    };
    auto all = m_fixture->runner(steps());
    if (!when.isEmpty()) {
        all->start();
        QTRY_VERIFY(m_fixture->world.saw(when));
    }
    all.reset(); // as a crash: nothing is told to anybody
    m_fixture->openJournal();
    all = m_fixture->runner(steps());
    all->start();
    QVERIFY(all->wait(longMs));
    for (const StepStatus &status : all->state()) {
        QCOMPARE(status.state, State::Done);
        QVERIFY2(!status.alreadyDone, qPrintable(status.id));
        QCOMPARE(m_fixture->world.count("acted", status.id), 1); // what was completed never ran twice
        QCOMPARE(m_fixture->journal->last().at(status.id).kind, LineKind::Done);
    }
}

QTEST_GUILESS_MAIN(TstInstallUndo)
#include "tst_installundo.moc"
