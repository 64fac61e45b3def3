#include "tests/app/cluster/installworld.h"

#include <QElapsedTimer>
#include <thread>

using namespace kboss;
using namespace kboss::test;
using namespace Qt::StringLiterals;
using State = StepStatus::State;
using LineKind = JournalLine::Kind;

// The engine's rules, on hosts in memory: what runs when, what a failure does to whom, and what nobody gets to see.
class TstInstallRunner : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_fixture = std::make_unique<RunnerFixture>(); }
    void thirtyHostsSideBySide();
    void groupsKeepTheirLimit();
    void whatComesAfterWaits();
    void aFailureStaysAtItsHost();
    void theProbeHasTheLastWord();
    void somebodyElsesWorkIsLeftAlone();
    void aLostConnectionIsNoFailure();
    void deadlinesAreKept();
    void secretsAreMasked();
    void aSlowObserverStopsNothing();
    void faultyListsAreRefused();
    void hostsThatAreLeftOut();
    void leftOutStaysSo();
    void whatIsAcceptedLater();

private:
    std::unique_ptr<RunnerFixture> m_fixture;
};

void TstInstallRunner::thirtyHostsSideBySide()
{
    std::vector<InstallStep> steps;
    for (const char *name : {"a", "b", "c", "d"}) {
        for (int i = 0; i < 30; ++i)
            steps.push_back(stepOf(m_fixture->world, u"h%1"_s.arg(i), QLatin1String(name), {}, i == 7 ? 1'000 : 600));
    }
    const auto all = m_fixture->runner(steps);
    QElapsedTimer clock;
    clock.start();
    all->start();
    QVERIFY(all->wait(longMs));
    QVERIFY2(clock.elapsed() <= 4 * 1'000 * 13 / 10, qPrintable(QString::number(clock.elapsed())));
    QCOMPARE(m_fixture->world.total("acted"), 120);
    QVERIFY(m_fixture->journalFile().contains("all done"));
}

void TstInstallRunner::groupsKeepTheirLimit()
{
    std::vector<InstallStep> steps;
    for (int i = 0; i < 12; ++i) {
        steps.push_back(stepOf(m_fixture->world, u"h%1"_s.arg(i), u"join"_s, {}, 40));
        limitTo(m_fixture->world, steps.back(), u"workers"_s, 3);
        steps.push_back(stepOf(m_fixture->world, u"h%1"_s.arg(i), u"first"_s, {}, 20));
        limitTo(m_fixture->world, steps.back(), u"one"_s, 1);
    }
    const auto all = m_fixture->runner(steps);
    all->start();
    QVERIFY(all->wait(longMs));
    QCOMPARE(m_fixture->world.total("acted"), 24);
    QCOMPARE(m_fixture->world.most[u"workers"_s], 3);
    QCOMPARE(m_fixture->world.most[u"one"_s], 1);
}

void TstInstallRunner::whatComesAfterWaits()
{
    // A diamond over four hosts, and a chain that goes round to the first.
    const auto all =
        m_fixture->runner({stepOf(m_fixture->world, u"h0"_s, u"top"_s, {}, 50), stepOf(m_fixture->world, u"h1"_s, u"left"_s, {u"h0/top"_s}, 80),
                           stepOf(m_fixture->world, u"h2"_s, u"right"_s, {u"h0/top"_s}, 20),
                           stepOf(m_fixture->world, u"h3"_s, u"bottom"_s, {u"h1/left"_s, u"h2/right"_s}),
                           stepOf(m_fixture->world, u"h0"_s, u"end"_s, {u"h3/bottom"_s})});
    all->start();
    QVERIFY(all->wait(longMs));
    for (const auto &[first, second] : {std::pair(u"acted h0/top"_s, u"probe h1/left"_s), std::pair(u"acted h0/top"_s, u"probe h2/right"_s),
                                        std::pair(u"acted h1/left"_s, u"probe h3/bottom"_s), std::pair(u"acted h2/right"_s, u"probe h3/bottom"_s),
                                        std::pair(u"acted h3/bottom"_s, u"probe h0/end"_s)})
        QVERIFY2(m_fixture->world.at(first) < m_fixture->world.at(second), qPrintable(first + u" / "_s + second));
    QCOMPARE(m_fixture->world.count("act", u"h3/bottom"_s), 1);
}

void TstInstallRunner::aFailureStaysAtItsHost()
{
    auto bad = stepOf(m_fixture->world, u"h1"_s, u"runtime"_s);
    bad.act = [](InstallContext &) -> Result<void> { return fail(ErrorKind::Rejected, u"disk full"_s); };
    auto verify = stepOf(m_fixture->world, u"h0"_s, u"verify"_s, {u"h1/join"_s, u"h2/join"_s});
    verify.needsAll = true;
    const auto all =
        m_fixture->runner({stepOf(m_fixture->world, u"h0"_s, u"init"_s), bad, stepOf(m_fixture->world, u"h1"_s, u"join"_s),
                           stepOf(m_fixture->world, u"h2"_s, u"join"_s), stepOf(m_fixture->world, u"h3"_s, u"join"_s, {u"h1/join"_s, u"h2/join"_s}),
                           verify, stepOf(m_fixture->world, u"h0"_s, u"report"_s)});
    all->start();
    QVERIFY(all->wait(longMs));
    QCOMPARE(RunnerFixture::of(*all, u"h1/runtime"_s).state, State::Failed);
    QCOMPARE(RunnerFixture::of(*all, u"h1/runtime"_s).error.detail, u"disk full"_s);
    QCOMPARE(RunnerFixture::of(*all, u"h1/join"_s).state, State::SetAside);
    QCOMPARE(RunnerFixture::of(*all, u"h2/join"_s).state, State::Done);
    QCOMPARE(RunnerFixture::of(*all, u"h3/join"_s).state, State::Done); // let pass
    QCOMPARE(RunnerFixture::of(*all, u"h0/verify"_s).state, State::SetAside);
    QVERIFY(RunnerFixture::of(*all, u"h0/verify"_s).detail.contains(u"h1/join"_s));
    QCOMPARE(RunnerFixture::of(*all, u"h0/report"_s).state, State::SetAside);
    QCOMPARE(m_fixture->world.count("act", u"h1/join"_s), 0);
    QCOMPARE(m_fixture->journal->last().at(u"h1/runtime"_s).kind, LineKind::Failed);
}

void TstInstallRunner::theProbeHasTheLastWord()
{
    auto liar = stepOf(m_fixture->world, u"h0"_s, u"says-bad"_s);
    liar.act = [this](InstallContext &) -> Result<void> {
        m_fixture->world.set(u"h0/says-bad"_s, true);
        return fail(ErrorKind::Rejected, u"exit 1"_s);
    };
    auto other = stepOf(m_fixture->world, u"h1"_s, u"says-good"_s);
    other.act = [](InstallContext &) -> Result<void> { return {}; };
    m_fixture->world.set(u"h2/there"_s, true);
    const auto all = m_fixture->runner({liar, other, stepOf(m_fixture->world, u"h2"_s, u"there"_s)});
    all->start();
    QVERIFY(all->wait(longMs));
    QCOMPARE(RunnerFixture::of(*all, u"h0/says-bad"_s).state, State::Done);
    QVERIFY(!RunnerFixture::of(*all, u"h0/says-bad"_s).alreadyDone);
    QCOMPARE(RunnerFixture::of(*all, u"h1/says-good"_s).state, State::Failed);
    QVERIFY(RunnerFixture::of(*all, u"h1/says-good"_s).error.detail.contains(u"so it is"_s));
    QCOMPARE(RunnerFixture::of(*all, u"h2/there"_s).state, State::Done);
    QVERIFY(RunnerFixture::of(*all, u"h2/there"_s).alreadyDone);
    QCOMPARE(m_fixture->world.count("act", u"h2/there"_s), 0);
    QCOMPARE(m_fixture->journal->last().at(u"h2/there"_s).kind, LineKind::AlreadyDone);
    QVERIFY(!all->undo(u"h2/there"_s)); // was there before
    QCOMPARE(m_fixture->world.hosts[u"h2"_s].calls(), 0); // nothing was done there, and nothing written
}

void TstInstallRunner::somebodyElsesWorkIsLeftAlone()
{
    auto step = stepOf(m_fixture->world, u"h0"_s, u"init"_s);
    step.probe = [](InstallContext &) -> Result<StepFinding> { return StepFinding{StepState::Foreign, u"another cluster lives here"_s}; };
    auto none = stepOf(m_fixture->world, u"h1"_s, u"gpu"_s);
    none.probe = [](InstallContext &) -> Result<StepFinding> { return StepFinding{StepState::NotNeeded, u"no GPU"_s}; };
    const auto all = m_fixture->runner({step, none, stepOf(m_fixture->world, u"h1"_s, u"next"_s)});
    all->start();
    QVERIFY(all->wait(longMs));
    QCOMPARE(RunnerFixture::of(*all, u"h0/init"_s).state, State::Failed);
    QCOMPARE(RunnerFixture::of(*all, u"h0/init"_s).error.kind, ErrorKind::Conflict);
    QCOMPARE(m_fixture->world.count("act", u"h0/init"_s), 0);
    QCOMPARE(RunnerFixture::of(*all, u"h1/gpu"_s).state, State::NotNeeded);
    QCOMPARE(RunnerFixture::of(*all, u"h1/next"_s).state, State::Done);
}

void TstInstallRunner::aLostConnectionIsNoFailure()
{
    const auto losing = [this](const QString &host, int times, ErrorKind kind) {
        auto step = stepOf(m_fixture->world, host, u"x"_s);
        step.act = [this, kind, left = std::make_shared<int>(times), act = step.act, id = step.id](InstallContext &context) -> Result<void> {
            if (--*left < 0)
                return act(context);
            m_fixture->world.note(u"lost "_s + id);
            return fail(kind, u"gone"_s);
        };
        return step;
    };
    auto inProbe = stepOf(m_fixture->world, u"h4"_s, u"x"_s);
    inProbe.probe = [left = std::make_shared<int>(2), probe = inProbe.probe](InstallContext &context) -> Result<StepFinding> {
        return --*left < 0 ? probe(context) : fail(ErrorKind::Ssh, u"gone"_s);
    };
    const auto all = m_fixture->runner({losing(u"h0"_s, 2, ErrorKind::Ssh), losing(u"h1"_s, 99, ErrorKind::Ssh),
                                        losing(u"h2"_s, 99, ErrorKind::HostKey), losing(u"h3"_s, 99, ErrorKind::Auth), inProbe});
    all->start();
    QVERIFY(all->wait(longMs));
    QCOMPARE(RunnerFixture::of(*all, u"h0/x"_s).state, State::Done);
    QVERIFY(m_fixture->world.at(u"probe h0/x"_s) < m_fixture->world.at(u"lost h0/x"_s));
    QCOMPARE(m_fixture->world.count("probe", u"h0/x"_s), 4); // before, after each loss, after the end
    QCOMPARE(RunnerFixture::of(*all, u"h1/x"_s).error.kind, ErrorKind::Ssh);
    QCOMPARE(m_fixture->world.count("lost", u"h1/x"_s), 3); // bounded
    for (const char *host : {"h2", "h3"}) {
        QCOMPARE(RunnerFixture::of(*all, QLatin1String(host) + u"/x"_s).state, State::Failed);
        QCOMPARE(m_fixture->world.count("lost", QLatin1String(host) + u"/x"_s), 1); // never again by itself
        QCOMPARE(m_fixture->world.count("probe", QLatin1String(host) + u"/x"_s), 1);
    }
    QCOMPARE(RunnerFixture::of(*all, u"h2/x"_s).error.kind, ErrorKind::HostKey);
    QCOMPARE(RunnerFixture::of(*all, u"h3/x"_s).error.kind, ErrorKind::Auth);
    QCOMPARE(RunnerFixture::of(*all, u"h4/x"_s).state, State::Done);
}

void TstInstallRunner::deadlinesAreKept()
{
    auto slow = stepOf(m_fixture->world, u"h0"_s, u"slow"_s, {}, 20'000);
    slow.deadlineMs = 200;
    const auto all = m_fixture->runner({slow, stepOf(m_fixture->world, u"h1"_s, u"x"_s)});
    QElapsedTimer clock;
    clock.start();
    all->start();
    QVERIFY(all->wait(longMs));
    QVERIFY(clock.elapsed() < 5'000);
    QCOMPARE(RunnerFixture::of(*all, u"h0/slow"_s).error.kind, ErrorKind::Timeout);
    QCOMPARE(RunnerFixture::of(*all, u"h1/x"_s).state, State::Done);
}

void TstInstallRunner::secretsAreMasked()
{
    const QByteArray token = "abcdef.0123456789abcdef", key(64, 'k');
    auto step = stepOf(m_fixture->world, u"h0"_s, u"a"_s);
    step.act = [token, key](InstallContext &context) -> Result<void> {
        context.setSecret(u"token"_s, token);
        context.setSecret(u"kubeconfig"_s, "users:\n- client-key-data: " + key + "\n");
        context.say(u"join with "_s + QString::fromLatin1(token));
        context.say(u"key "_s + QString::fromLatin1(key));
        if (auto accepted = context.accept(u"with "_s + QString::fromLatin1(token)); !accepted)
            return accepted;
        return fail(ErrorKind::Rejected, u"refused: "_s + QString::fromLatin1(token));
    };
    std::mutex mutex;
    QString seen;
    InstallRunner::Observer observer;
    observer.logged = [&](const StepLogLine &line) {
        const std::lock_guard lock(mutex);
        seen += line.text + u'\n';
    };
    observer.changed = [&](const StepStatus &status) {
        const std::lock_guard lock(mutex);
        seen += status.detail + status.error.detail + u'\n';
    };
    const auto all = m_fixture->runner({step}, observer);
    all->start();
    QVERIFY(all->wait(longMs));
    QCOMPARE(all->secret(u"token"_s), token);
    QCOMPARE(RunnerFixture::of(*all, u"h0/a"_s).error.detail, u"refused: ******"_s);
    const auto heard = [&](const QString &text) {
        const std::lock_guard lock(mutex);
        return seen.contains(text);
    };
    QTRY_VERIFY(heard(u"refused: ******"_s));
    QVERIFY(heard(u"join with ******"_s) && heard(u"key ******"_s));
    QVERIFY(!heard(QString::fromLatin1(token)) && !heard(QString::fromLatin1(key)));
    for (const QByteArray &written : {m_fixture->journalFile(), m_fixture->world.hosts[u"h0"_s].written()}) {
        QVERIFY(written.contains("******"));
        QVERIFY(!written.contains(token));
    }
}

void TstInstallRunner::aSlowObserverStopsNothing()
{
    std::atomic_int heard = 0;
    std::atomic_bool inside = false, twice = false;
    InstallRunner::Observer observer;
    observer.logged = [&](const StepLogLine &) {
        twice = twice || inside.exchange(true);
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        ++heard;
        inside = false;
    };
    auto loud = stepOf(m_fixture->world, u"h0"_s, u"a"_s);
    loud.act = [act = loud.act](InstallContext &context) {
        for (int i = 0; i < 2'000; ++i)
            context.say(u"line %1"_s.arg(i));
        return act(context);
    };
    auto all = m_fixture->runner({loud, stepOf(m_fixture->world, u"h1"_s, u"a"_s)}, observer);
    QElapsedTimer clock;
    clock.start();
    all->start();
    QVERIFY(all->wait(longMs));
    QVERIFY2(clock.elapsed() < 3'000, qPrintable(QString::number(clock.elapsed())));
    QTRY_VERIFY(heard > 10);
    all.reset();
    const int atEnd = heard;
    std::this_thread::sleep_for(std::chrono::milliseconds(60));
    QCOMPARE(heard.load(), atEnd); // nothing after the destructor
    QVERIFY(!twice);
}

void TstInstallRunner::faultyListsAreRefused()
{
    const auto all = m_fixture->runner({stepOf(m_fixture->world, u"h0"_s, u"a"_s, {u"h1/later"_s}), stepOf(m_fixture->world, u"h1"_s, u"later"_s),
                                        stepOf(m_fixture->world, u"stranger"_s, u"a"_s)});
    all->start();
    QVERIFY(all->wait(longMs));
    QCOMPARE(RunnerFixture::of(*all, u"h0/a"_s).error.kind, ErrorKind::Internal);
    QCOMPARE(RunnerFixture::of(*all, u"h1/later"_s).state, State::Done);
    QCOMPARE(RunnerFixture::of(*all, u"stranger/a"_s).error.kind, ErrorKind::NotFound);
    QVERIFY(m_fixture->world.total("act ") == 1);
}

void TstInstallRunner::hostsThatAreLeftOut()
{
    auto bad = stepOf(m_fixture->world, u"h1"_s, u"runtime"_s);
    bool isBad = true;
    bad.act = [&isBad, act = bad.act](InstallContext &context) { return isBad ? fail(ErrorKind::Rejected, u"disk full"_s) : act(context); };
    auto verify = stepOf(m_fixture->world, u"h0"_s, u"verify"_s, {u"h1/join"_s, u"h2/join"_s});
    verify.needsAll = true;
    verify.phase = InstallPhase::Verify;
    QStringList seen;
    verify.act = [&seen, act = verify.act](InstallContext &context) {
        for (const PlanHost &host : context.plan().hosts)
            seen << host.name;
        return act(context);
    };
    const auto all = m_fixture->runner({stepOf(m_fixture->world, u"h0"_s, u"init"_s), bad, stepOf(m_fixture->world, u"h1"_s, u"join"_s),
                                        stepOf(m_fixture->world, u"h2"_s, u"join"_s), verify});
    all->start();
    QVERIFY(all->wait(longMs));
    QCOMPARE(RunnerFixture::of(*all, u"h0/verify"_s).state, State::SetAside);
    QCOMPARE(all->leaveOut(u"h99"_s, {}).error().kind, ErrorKind::NotFound);
    QVERIFY(all->leaveOut(u"h1"_s, u"its disk is broken"_s));
    QVERIFY(all->wait(longMs));
    QCOMPARE(RunnerFixture::of(*all, u"h0/verify"_s).state, State::Done);
    QVERIFY(RunnerFixture::of(*all, u"h1/join"_s).leftOut && RunnerFixture::of(*all, u"h1/runtime"_s).leftOut);
    QVERIFY(seen.contains(u"h2"_s) && !seen.contains(u"h1"_s));
    QVERIFY(m_fixture->journalFile().contains("all done, without 1 hosts"));
    QVERIFY(m_fixture->journalFile().contains("its disk is broken"));
    isBad = false;
    QVERIFY(all->repeat(u"h1/join"_s)); // back again
    QVERIFY(all->wait(longMs));
    QCOMPARE(RunnerFixture::of(*all, u"h1/join"_s).state, State::Done);
    QVERIFY(!RunnerFixture::of(*all, u"h1/join"_s).leftOut);
    QVERIFY(m_fixture->journalFile().contains("all done\""));
}

void TstInstallRunner::leftOutStaysSo()
{
    const auto steps = [this] {
        auto bad = stepOf(m_fixture->world, u"h1"_s, u"runtime"_s);
        bad.act = [](InstallContext &) -> Result<void> { return fail(ErrorKind::Rejected, u"disk full"_s); };
        auto verify = stepOf(m_fixture->world, u"h0"_s, u"verify"_s, {u"h1/runtime"_s});
        verify.needsAll = true;
        return std::vector<InstallStep>{bad, stepOf(m_fixture->world, u"h0"_s, u"init"_s), verify};
    };
    {
        const auto all = m_fixture->runner(steps());
        all->start();
        QVERIFY(all->wait(longMs));
        QVERIFY(all->leaveOut(u"h1"_s, u"for now"_s));
        QVERIFY(all->wait(longMs));
    } // the console ends
    m_fixture->openJournal();
    const auto again = m_fixture->runner(steps());
    again->start();
    QVERIFY(again->wait(longMs));
    QVERIFY(RunnerFixture::of(*again, u"h1/runtime"_s).leftOut);
    QCOMPARE(RunnerFixture::of(*again, u"h1/runtime"_s).state, State::SetAside);
    QCOMPARE(RunnerFixture::of(*again, u"h0/verify"_s).state, State::Done);
}

void TstInstallRunner::whatIsAcceptedLater()
{
    auto preflight = stepOf(m_fixture->world, u"h0"_s, u"preflight"_s);
    preflight.act = [act = preflight.act](InstallContext &context) {
        return context.plan().acceptedProblems.contains(u"h0/NumCPU"_s) ? act(context) : fail(ErrorKind::Rejected, u"[ERROR NumCPU]"_s);
    };
    const auto all = m_fixture->runner({preflight});
    all->start();
    QVERIFY(all->wait(longMs));
    QCOMPARE(RunnerFixture::of(*all, u"h0/preflight"_s).state, State::Failed);
    QVERIFY(all->accept({u"h0/NumCPU"_s}, {u"h0/NumCPU: a test machine (li)"_s}));
    QVERIFY(all->repeat(u"h0/preflight"_s));
    QVERIFY(all->wait(longMs));
    QCOMPARE(RunnerFixture::of(*all, u"h0/preflight"_s).state, State::Done);
    QVERIFY(m_fixture->journalFile().contains("a test machine (li)"));
}

QTEST_GUILESS_MAIN(TstInstallRunner)
#include "tst_installrunner.moc"
