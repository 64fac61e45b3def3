#include "tests/app/cluster/onehost.h"

#include <QDateTime>

using namespace kboss;
using namespace kboss::test;
using namespace Qt::StringLiterals;
using State = StepStatus::State;

// The locks of hosts behind a real sshd: two who want the same host, locks that are broken, lost, left behind.
class TstInstallLocks : public QObject, private OneHostGround {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { beginAll(); }
    void init() { beginOne(); }
    void cleanup() { endOne(); }
    void twoOperators();
    void aBrokenLockStopsTheOther();
    void oneReasonBreaksOneLock();
    void aLockThatWentIsNoticed_data();
    void aLockThatWentIsNoticed();
    void locksOfEarlierRuns();
    void staleLocksOfTheSameOwner();
    void theSameRunUnderAnotherName();
    void undoReleasesTheLock();
};

void TstInstallLocks::twoOperators()
{
    hold();
    const auto journal = m_host->journal();
    const auto first = m_host->runner(**journal);
    first->start();
    QTRY_COMPARE(of(*first, u"h0/long"_s).state, State::Running);
    const auto otherHost = host();
    const auto otherJournal = otherHost->journal(u"other"_s, u"wang@laptop"_s);
    const auto second = otherHost->runner(**otherJournal, u"wang@laptop"_s);
    second->start();
    QVERIFY(second->wait(longMs));
    QCOMPARE(of(*second, u"h0/lock"_s).state, State::Failed);
    QCOMPARE(of(*second, u"h0/lock"_s).error.kind, ErrorKind::Conflict);
    QVERIFY2(of(*second, u"h0/lock"_s).error.detail.contains(u"li@desk"_s), qPrintable(of(*second, u"h0/lock"_s).error.detail));
    QCOMPARE(of(*second, u"h0/short"_s).state, State::SetAside);
    letGo();
    QVERIFY(first->wait(longMs));
    checkOnceEach(*first);
    QVERIFY(second->repeat(u"h0/lock"_s)); // it is free now
    QVERIFY(second->wait(longMs));
    QCOMPARE(of(*second, u"h0/last"_s).state, State::Done);
    QVERIFY(of(*second, u"h0/last"_s).alreadyDone);
}

void TstInstallLocks::aBrokenLockStopsTheOther()
{
    hold();
    const auto journal = m_host->journal();
    const auto first = m_host->runner(**journal);
    first->start();
    QTRY_VERIFY(QFile::exists(file(u"long.count"_s)));
    const auto otherHost = host();
    const auto otherJournal = otherHost->journal(u"other"_s, u"wang@laptop"_s);
    const auto second = otherHost->runner(**otherJournal, u"wang@laptop"_s);
    second->start();
    QVERIFY(second->wait(longMs));
    const StepStatus met = of(*second, u"h0/lock"_s);
    QCOMPARE(met.state, State::Failed);
    QVERIFY(met.lock && met.lock->owner == u"li@desk"_s && met.lock->installId == (*journal)->installId() && met.lock->sinceMs > 0);
    QCOMPARE(second->breakLock(u"h0"_s, u"  "_s).error().field, u"reason"_s);
    QVERIFY(second->breakLock(u"h0"_s, u"li is on holiday"_s));
    QVERIFY(first->wait(longMs));
    QCOMPARE(of(*first, u"h0/long"_s).state, State::Failed);
    QCOMPARE(of(*first, u"h0/long"_s).error.kind, ErrorKind::Conflict);
    QVERIFY2(of(*first, u"h0/long"_s).error.detail.contains(u"li is on holiday"_s), qPrintable(of(*first, u"h0/long"_s).error.detail));
    QCOMPARE(of(*first, u"h0/last"_s).state, State::SetAside);
    QCOMPARE((*journal)->last().at(u"h0/lock"_s).kind, JournalLine::Kind::Failed);
    letGo();
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

// A reason is for the one lock that a person has seen. The next one is somebody else's again.
void TstInstallLocks::oneReasonBreaksOneLock()
{
    hold();
    const LockHolder li{u"aaaaaaaaaaaa"_s, u"li@desk"_s};
    const auto others = host();
    RemoteHost &there = *others->find(u"h0"_s);
    QVERIFY(takeHostLock(there, m_host->paths, li, 1'000, {}));
    const HostLock seen = **readHostLock(there, m_host->paths, {});
    QVERIFY(releaseHostLock(there, m_host->paths, li, {}));
    QVERIFY(takeHostLock(there, m_host->paths, li, 2'000, {})); // the same person, another lock
    const auto journal = m_host->journal(u"j"_s, u"wang@laptop"_s);
    InstallRunner::Parts parts = m_host->partsOf(**journal, u"wang@laptop"_s);
    parts.breaks[u"h0"_s] = LockBreak{seen, u"li is on holiday"_s};
    InstallRunner runner(std::move(parts));
    runner.start();
    QVERIFY(runner.wait(longMs));
    QCOMPARE(of(runner, u"h0/lock"_s).error.kind, ErrorKind::Conflict);
    QCOMPARE((**readHostLock(there, m_host->paths, {})).owner, u"li@desk"_s);
    QVERIFY(runner.breakLock(u"h0"_s, u"li has said so"_s));
    QTRY_COMPARE(of(runner, u"h0/long"_s).state, State::Running);
    // Zhao breaks it in turn: wang is stopped, and his old reason does not count against zhao.
    const LockHolder zhao{u"cccccccccccc"_s, u"zhao@rack"_s};
    QVERIFY(breakHostLock(there, m_host->paths, zhao, **readHostLock(there, m_host->paths, {}), u"an emergency"_s, 3'000, {}));
    QVERIFY(runner.wait(longMs));
    QVERIFY2(of(runner, u"h0/lock"_s).error.detail.contains(u"zhao@rack"_s), qPrintable(of(runner, u"h0/lock"_s).error.detail));
    QVERIFY(of(runner, u"h0/lock"_s).lock && of(runner, u"h0/lock"_s).lock->owner == u"zhao@rack"_s);
    QVERIFY(runner.repeat(u"h0/lock"_s));
    QVERIFY(runner.wait(longMs));
    QCOMPARE(of(runner, u"h0/lock"_s).state, State::Failed);
    QCOMPARE((**readHostLock(there, m_host->paths, {})).owner, u"zhao@rack"_s);
    QVERIFY(runner.undoHost(u"h0"_s));
    QVERIFY(runner.wait(longMs)); // nor is anything taken back on his host
    QVERIFY(QFile::exists(file(u"short"_s)));
    letGo();
    QTRY_VERIFY(QFile::exists(file(u"long"_s))); // before its folder goes
}

// Broken and released again between two renewals, or removed by hand: it is gone all the same, and is never taken anew by a renewal.
void TstInstallLocks::aLockThatWentIsNoticed_data()
{
    QTest::addColumn<bool>("byHand");
    QTest::newRow("broken, and released") << false;
    QTest::newRow("its file removed") << true;
}

void TstInstallLocks::aLockThatWentIsNoticed()
{
    QFETCH(bool, byHand);
    hold();
    const auto journal = m_host->journal();
    const auto runner = m_host->runner(**journal);
    runner->start();
    QTRY_COMPARE(of(*runner, u"h0/long"_s).state, State::Running);
    const auto others = host();
    RemoteHost &there = *others->find(u"h0"_s);
    const LockHolder wang{u"bbbbbbbbbbbb"_s, u"wang@laptop"_s};
    if (byHand) {
        QVERIFY(QFile::remove(m_host->paths.lockFile()));
    } else {
        QVERIFY(breakHostLock(there, m_host->paths, wang, **readHostLock(there, m_host->paths, {}), u"in a hurry"_s, 1'700'000'000'000, {}));
        QVERIFY(releaseHostLock(there, m_host->paths, wang, {}));
    }
    QVERIFY(runner->wait(longMs));
    QCOMPARE(of(*runner, u"h0/long"_s).error.kind, ErrorKind::Conflict);
    const QString said = of(*runner, u"h0/lock"_s).error.detail;
    QVERIFY2(byHand ? said.contains(u"removed its file"_s) : said.contains(u"wang@laptop since 2023-11-14"_s) && said.contains(u"in a hurry"_s),
             qPrintable(said));
    QCOMPARE(of(*runner, u"h0/last"_s).state, State::SetAside);
    QVERIFY(!QFile::exists(m_host->paths.lockFile()));
    letGo();
    QVERIFY(runner->repeat(u"h0/long"_s)); // it is free: taken again, and all of the host asked anew
    QVERIFY(runner->wait(longMs));
    checkOnceEach(*runner);
}

// An earlier run of the same console has ended and left its lock: taken over, but not from others, and not while an action of it still works.
void TstInstallLocks::locksOfEarlierRuns()
{
    hold();
    const auto failed = m_host->journal(u"failed"_s);
    const QString failedId = (*failed)->installId();
    {
        const auto runner = m_host->runner(**failed);
        runner->start();
        QTRY_VERIFY(QFile::exists(file(u"long.count"_s)));
    } // its console ends; the action goes on
    const auto journal = m_host->journal(u"removal"_s);
    const auto begin = [&](const QStringList &former, bool stale) {
        InstallRunner::Parts parts = m_host->partsOf(**journal);
        parts.formerInstalls = former;
        parts.takesStaleLocks = stale;
        auto runner = std::make_unique<InstallRunner>(std::move(parts));
        runner->start();
        return runner->wait(longMs) ? of(*runner, u"h0/lock"_s) : StepStatus();
    };
    const StepStatus busy = begin({failedId}, false);
    QCOMPARE(busy.error.kind, ErrorKind::Conflict);
    QVERIFY2(busy.error.detail.contains(u"\"long\" still works"_s), qPrintable(busy.error.detail));
    letGo();
    QTRY_VERIFY(QFile::exists(file(u"long"_s)));
    QCOMPARE(begin({}, false).error.kind, ErrorKind::Conflict); // not known as ended
    QCOMPARE(begin({}, true).error.kind, ErrorKind::Conflict); // somebody may still renew it
    QCOMPARE(begin({u"123456789abc"_s}, false).error.kind, ErrorKind::Conflict);
    QTRY_COMPARE(begin({failedId}, false).state, State::Done);
    const auto lines = (*journal)->lines();
    QVERIFY(std::any_of(lines.begin(), lines.end(), [&](const JournalLine &line) {
        return line.kind == JournalLine::Kind::Accepted && line.detail.contains(u"earlier run"_s) && line.detail.contains(failedId);
    }));
}

void TstInstallLocks::staleLocksOfTheSameOwner()
{
    const auto others = host();
    RemoteHost &there = *others->find(u"h0"_s);
    const auto journal = m_host->journal();
    const auto lockAfter = [&](const QString &owner, bool old) {
        const LockHolder holder{u"dddddddddddd"_s, owner};
        QFile::remove(m_host->paths.lockFile());
        if (!takeHostLock(there, m_host->paths, holder, 1, {}))
            return StepStatus();
        QFile lock(m_host->paths.lockFile());
        const bool aged = lock.open(QIODevice::ReadWrite)
            && (!old || lock.setFileTime(QDateTime::currentDateTime().addMSecs(-HostLock::s_staleMs - 5'000), QFileDevice::FileModificationTime));
        lock.close();
        InstallRunner::Parts parts = m_host->partsOf(**journal);
        parts.takesStaleLocks = true;
        InstallRunner runner(std::move(parts));
        runner.start();
        return aged && runner.wait(longMs) ? of(runner, u"h0/lock"_s) : StepStatus();
    };
    QCOMPARE(lockAfter(u"wang@laptop"_s, true).error.kind, ErrorKind::Conflict);
    QCOMPARE(lockAfter(u"li@desk"_s, false).error.kind, ErrorKind::Conflict);
    QCOMPARE(lockAfter(u"li@desk"_s, true).state, State::Done);
}

// The same installation under another name, as after a console that was killed before it could note who began.
void TstInstallLocks::theSameRunUnderAnotherName()
{
    {
        const auto journal = m_host->journal(u"j"_s, u"li"_s);
        const auto runner = m_host->runner(**journal, u"li"_s);
        runner->start();
        QTRY_COMPARE(of(*runner, u"h0/long"_s).state, State::Running);
    }
    const auto journal = m_host->journal();
    const auto runner = m_host->runner(**journal);
    runner->start();
    QVERIFY(runner->wait(longMs));
    checkOnceEach(*runner);
}

void TstInstallLocks::undoReleasesTheLock()
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

QTEST_GUILESS_MAIN(TstInstallLocks)
#include "tst_installlocks.moc"
