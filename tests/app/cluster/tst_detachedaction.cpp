#include "app/cluster/detachedaction.h"
#include "app/cluster/hostlock.h"
#include "app/cluster/installjournal.h"
#include "app/ssh/sshlink.h"
#include "tests/support/sshhost.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTest>
#include <future>
#include <signal.h>
#include <thread>

using namespace kboss;
using namespace Qt::StringLiterals;

// What goes on without us, on a real sshd whose host has no systemd: who begins, who attaches, what is kept of the end, and who may be there at all.
class TstDetachedAction : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void itRunsOnceAndIsSeen();
    void aFailureSaysWhyAndBeginsAnew();
    void twoConsolesStartItOnce();
    void itGoesOnWithoutUs();
    void whatWasEndedInBetweenBeginsAnew();
    void itsDeadlineIsKeptByTheHost();
    void secretsLeaveNoTrace();
    void sealedActionsBeginAnew();
    void muchOutputArrivesWhole();
    void locks();
    void twoTakeALock();

private:
    struct Seen {
        std::mutex mutex;
        QByteArray out, err;
        QStringList notes;
        QByteArray all()
        {
            const std::lock_guard lock(mutex);
            return out;
        }
    };
    std::unique_ptr<SshLink> link() const;
    DetachedPlace place(RemoteHost &host, const QString &owner = u"li@desk"_s) const
    {
        return {host, m_paths, u"0123456789ab"_s, u"h1/runtime"_s, owner};
    }
    static DetachedWatch watch(Seen &seen);
    Result<void> run(RemoteHost &host, const DetachedAction &action, Seen *seen = nullptr, CancelToken token = {}) const;
    QString file(const QString &name) const { return m_folder->filePath(name); }
    QByteArray content(const QString &name) const;
    std::vector<JournalLine> hostJournal() const;
    QByteArray everythingWritten() const;

    std::unique_ptr<test::SshHost> m_host;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<HostKeyLedger> m_ledger;
    HostPaths m_paths;
    SystemClock m_clock;
};

void TstDetachedAction::initTestCase()
{
    m_host = std::make_unique<test::SshHost>();
    QVERIFY2(m_host->start(), qPrintable(m_host->errorText()));
}

void TstDetachedAction::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_paths = {file(u"state"_s), file(u"run"_s), file(u"no-systemd"_s)};
    m_ledger = std::make_unique<HostKeyLedger>(file(u"ledger.json"_s), m_clock);
    SshTarget to;
    to.address = {u"127.0.0.1"_s, m_host->port()};
    to.credential.user = m_host->user();
    QVERIFY(m_ledger->pin(to.address, *SshSession::readHostKey(to, *m_ledger), u"test"_s));
}

void TstDetachedAction::cleanup()
{
    m_ledger.reset();
    m_folder.reset();
}

std::unique_ptr<SshLink> TstDetachedAction::link() const
{
    SshTarget to;
    to.address = {u"127.0.0.1"_s, m_host->port()};
    to.credential.user = m_host->user();
    to.credential.keyFile = m_host->keyFile();
    return std::make_unique<SshLink>(to, *m_ledger, SshLimits(), SshPatience{50, 300, 20'000});
}

DetachedWatch TstDetachedAction::watch(Seen &seen)
{
    return {[&seen](const QByteArray &bytes, bool isError) {
                const std::lock_guard lock(seen.mutex);
                (isError ? seen.err : seen.out) += bytes;
            },
            [&seen](const QString &text) {
                const std::lock_guard lock(seen.mutex);
                seen.notes << text;
            }};
}

Result<void> TstDetachedAction::run(RemoteHost &host, const DetachedAction &action, Seen *seen, CancelToken token) const
{
    return runDetachedAction(place(host), action, seen ? watch(*seen) : DetachedWatch(), token);
}

QByteArray TstDetachedAction::content(const QString &name) const
{
    QFile open(file(name));
    return open.open(QIODevice::ReadOnly) ? open.readAll() : QByteArray();
}

std::vector<JournalLine> TstDetachedAction::hostJournal() const
{
    return InstallJournal::readLines(content(u"state/install/0123456789ab/journal"_s)).value_or(std::vector<JournalLine>());
}

QByteArray TstDetachedAction::everythingWritten() const
{
    QByteArray all;
    QStringList folders{m_folder->path()};
    while (!folders.isEmpty()) {
        const QDir folder(folders.takeFirst());
        for (const QFileInfo &info : folder.entryInfoList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot)) {
            if (info.isDir() && !info.isSymLink())
                folders << info.filePath();
            QFile open(info.filePath());
            all += info.filePath().toUtf8() + '\n' + (info.isFile() && open.open(QIODevice::ReadOnly) ? open.readAll() : QByteArray());
        }
    }
    return all;
}

void TstDetachedAction::itRunsOnceAndIsSeen()
{
    const auto host = link();
    Seen seen;
    const DetachedAction action{
        u"packages"_s, "echo one; echo trouble >&2; umask; sleep 0.5; echo two\necho x >> '" + file(u"count"_s).toUtf8() + "'", {}, 20'000};
    const auto done = run(*host, action, &seen);
    QVERIFY2(done, qPrintable(done ? QString() : done.error().detail));
    QCOMPARE(seen.out, QByteArray("one\n0022\ntwo\n"));
    QCOMPARE(seen.err, QByteArray("trouble\n"));
    QVERIFY(run(*host, action)); // its outcome is read
    QCOMPARE(content(u"count"_s), QByteArray("x\n"));
    const auto lines = hostJournal();
    QCOMPARE(lines.size(), 2U);
    QCOMPARE(lines[0].kind, JournalLine::Kind::Begun);
    QCOMPARE(lines[1].kind, JournalLine::Kind::Done);
    QCOMPARE(lines[1].step, u"h1/runtime"_s);
    QCOMPARE(lines[1].detail, u"action packages"_s);
    QCOMPARE(lines[1].owner, u"li@desk"_s);
    QVERIFY(qAbs(lines[1].ms - m_clock.nowMs()) < 60'000);
    QCOMPARE(QFile::permissions(file(u"state"_s)) & QFile::Permissions(0x0077), QFile::Permissions());
    QCOMPARE(QFile::permissions(file(u"state/install/0123456789ab/actions/packages/script"_s)) & QFile::Permissions(0x0077), QFile::Permissions());
    QVERIFY(!run(*host, {u"../x"_s, "true", {}, 1'000}));
}

void TstDetachedAction::aFailureSaysWhyAndBeginsAnew()
{
    const auto host = link();
    const DetachedAction action{u"init"_s,
                                "echo x >> '" + file(u"count"_s).toUtf8() + "'\nfalse || true\n[ -e '" + file(u"good"_s).toUtf8()
                                    + "' ] || { echo 'no space left' >&2; exit 7; }",
                                {},
                                20'000};
    const auto failed = run(*host, action);
    QVERIFY(!failed);
    QCOMPARE(failed.error().kind, ErrorKind::Rejected);
    QCOMPARE(failed.error().detail, u"init ended with code 7: no space left"_s);
    QTRY_COMPARE(hostJournal().back().kind, JournalLine::Kind::Failed);
    QFile good(file(u"good"_s));
    QVERIFY(good.open(QIODevice::WriteOnly));
    QVERIFY(run(*host, action));
    QCOMPARE(content(u"count"_s), QByteArray("x\nx\n"));
    // set -e and -u hold.
    QVERIFY(!run(*host, {u"e"_s, "false\necho on", {}, 5'000}));
    QVERIFY(!run(*host, {u"u"_s, "echo $nothing", {}, 5'000}));
}

void TstDetachedAction::twoConsolesStartItOnce()
{
    for (int round = 0; round < 3; ++round) {
        std::vector<std::unique_ptr<SshLink>> hosts;
        std::vector<std::future<bool>> all;
        std::vector<std::unique_ptr<Seen>> seen;
        const DetachedAction action{u"a%1"_s.arg(round), "echo x >> '" + file(u"count"_s).toUtf8() + "'; sleep 0.5; echo end", {}, 20'000};
        for (int i = 0; i < 6; ++i) {
            hosts.push_back(link());
            seen.push_back(std::make_unique<Seen>());
            all.push_back(std::async(std::launch::async, [&, i] { return run(*hosts[size_t(i)], action, seen[size_t(i)].get()).has_value(); }));
        }
        for (auto &one : all)
            QVERIFY(one.get());
        QCOMPARE(content(u"count"_s).count('x'), round + 1);
        for (auto &one : seen) // each sees the end, or that it had ended
            QVERIFY(one->all().endsWith("end\n") || one->notes.join(u' ').contains(u"ended well already"_s));
    }
}

void TstDetachedAction::itGoesOnWithoutUs()
{
    auto host = link();
    const QByteArray mark = file(u"mark"_s).toUtf8();
    const DetachedAction action{
        u"long"_s, "echo begin; echo x >> '" + mark + "'; i=0; while [ $i -lt 25 ]; do echo line $i; i=$((i+1)); sleep 0.1; done", {}, 30'000};
    // The connection is cut in the middle, twice: nothing is lost, nothing is seen twice.
    Seen seen;
    auto watching = std::async(std::launch::async, [&] { return run(*host, action, &seen); });
    for (const char *line : {"line 3\n", "line 12\n"}) {
        QTRY_VERIFY(seen.all().contains(line));
        m_host->killConnections();
    }
    QVERIFY(watching.get());
    QByteArray expected = "begin\n";
    for (int i = 0; i < 25; ++i)
        expected += "line " + QByteArray::number(i) + '\n';
    QCOMPARE(seen.out, expected);
    QCOMPARE(content(u"mark"_s), QByteArray("x\n"));
    // The console goes, another comes.
    const DetachedAction other{u"other"_s, action.script, {}, 30'000};
    CancelSource cancel;
    Seen first, second;
    auto left = std::async(std::launch::async, [&] { return run(*host, other, &first, cancel.get_token()).error().kind; });
    QTRY_VERIFY(first.all().contains("line 3\n"));
    cancel.request_stop();
    QCOMPARE(left.get(), ErrorKind::Cancelled);
    host = link();
    QVERIFY(run(*host, other, &second));
    QCOMPARE(second.out, expected); // from the beginning: it is new there
    QVERIFY(second.notes.first().contains(u"is running already"_s));
    QCOMPARE(content(u"mark"_s), QByteArray("x\nx\n"));
}

void TstDetachedAction::whatWasEndedInBetweenBeginsAnew()
{
    const auto host = link();
    const QByteArray pid = file(u"pid"_s).toUtf8(), count = file(u"count"_s).toUtf8();
    const DetachedAction action{u"cut"_s,
                                "echo x >> '" + count + "'\nif [ ! -e '" + pid + "' ]; then echo $$ > '" + pid + ".new'; mv '" + pid + ".new' '" + pid
                                    + "'; sleep 30; fi\necho end",
                                {},
                                60'000};
    Seen seen;
    auto watching = std::async(std::launch::async, [&] { return run(*host, action, &seen); });
    QTRY_VERIFY(!content(u"pid"_s).isEmpty());
    // As a power cut: the whole group and what watches it, at once.
    QByteArray group; // written beside the action, not before it
    QTRY_VERIFY(!(group = content(u"state/install/0123456789ab/actions/cut/group"_s)).isEmpty());
    const auto leader = static_cast<pid_t>(group.split(' ').first().toInt());
    QVERIFY(leader > 1);
    QFile stat(u"/proc/%1/stat"_s.arg(leader));
    QVERIFY(stat.open(QIODevice::ReadOnly));
    const QByteArray text = stat.readAll();
    const auto wrapper = static_cast<pid_t>(text.mid(text.lastIndexOf(')') + 2).split(' ').value(1).toInt());
    QVERIFY(wrapper > 1);
    ::kill(wrapper, SIGKILL);
    QVERIFY(watching.wait_for(std::chrono::milliseconds(1'500)) == std::future_status::timeout); // the group lives: it is not begun beside itself
    QCOMPARE(content(u"count"_s), QByteArray("x\n"));
    ::kill(-leader, SIGKILL);
    const auto done = watching.get();
    QVERIFY2(done, qPrintable(done ? QString() : done.error().detail));
    QCOMPARE(content(u"count"_s), QByteArray("x\nx\n"));
    QVERIFY(seen.notes.join(u'\n').contains(u"begins anew"_s));
    QVERIFY(seen.all().endsWith("end\n"));
}

void TstDetachedAction::itsDeadlineIsKeptByTheHost()
{
    const auto host = link();
    const QByteArray pid = file(u"pid"_s).toUtf8();
    QElapsedTimer clock;
    clock.start();
    const auto late = run(*host, {u"late"_s, "echo waits\nsleep 100 & echo $! > '" + pid + "'\nwait", {}, 1'000});
    QVERIFY(!late);
    QCOMPARE(late.error().kind, ErrorKind::Timeout);
    QVERIFY(late.error().detail.contains(u"waits"_s));
    QVERIFY(clock.elapsed() < 15'000);
    QTRY_VERIFY(!QFile::exists(u"/proc/"_s + QString::fromLatin1(content(u"pid"_s).trimmed()))); // the whole group
}

void TstDetachedAction::secretsLeaveNoTrace()
{
    const auto host = link();
    const QByteArray secret = "S3cret-of-the-join\nline two";
    Seen seen;
    const auto done =
        run(*host,
            {u"join"_s, "stat -c '%a %s' \"$KBOSS_SECRET\"; grep -c line \"$KBOSS_SECRET\"; ls '" + file(u"run/0123456789ab"_s).toUtf8() + "'",
             secret, 20'000},
            &seen);
    QVERIFY2(done, qPrintable(done ? QString() : done.error().detail));
    QCOMPARE(seen.out, "600 " + QByteArray::number(secret.size()) + "\n1\njoin\n");
    QVERIFY(!QFile::exists(file(u"run/0123456789ab/join"_s)));
    QVERIFY(!run(*host, {u"bad"_s, "exit 3", secret, 20'000}));
    QVERIFY(!QFile::exists(file(u"run/0123456789ab/bad"_s)));
    QVERIFY(!run(*host, {u"late"_s, "sleep 60", secret, 1'000}));
    QVERIFY(!QFile::exists(file(u"run/0123456789ab/late"_s)));
    QVERIFY(!everythingWritten().contains("S3cret-of-the-join"));
}

void TstDetachedAction::sealedActionsBeginAnew()
{
    const auto host = link();
    const DetachedAction action{u"a"_s, "echo x >> '" + file(u"count"_s).toUtf8() + "'", {}, 20'000};
    QVERIFY(run(*host, action));
    DetachedPlace other = place(*host);
    other.step = u"h1/other"_s;
    QVERIFY(sealActions(other, {}));
    QVERIFY(run(*host, action));
    QCOMPARE(content(u"count"_s), QByteArray("x\n"));
    QVERIFY(sealActions(place(*host), {}));
    Seen seen;
    QVERIFY(run(*host, action, &seen));
    QCOMPARE(content(u"count"_s), QByteArray("x\nx\n"));
    QCOMPARE(seen.notes, QStringList{u"a begins"_s});
}

void TstDetachedAction::muchOutputArrivesWhole()
{
    const auto host = link();
    Seen seen;
    QVERIFY(run(*host, {u"much"_s, "i=0; while [ $i -lt 40 ]; do head -c 200000 /dev/zero | tr '\\0' x; i=$((i+1)); done", {}, 30'000}, &seen));
    QCOMPARE(seen.out.size(), 8'000'000);
}

void TstDetachedAction::locks()
{
    const auto host = link();
    const LockHolder li{u"aaaaaaaaaaaa"_s, u"li \"the admin\"@desk"_s}, wang{u"bbbbbbbbbbbb"_s, u"wang@laptop"_s};
    QVERIFY(!*readHostLock(*host, m_paths, {}));
    QVERIFY(takeHostLock(*host, m_paths, li, 1'700'000'000'000, {}));
    const auto held = readHostLock(*host, m_paths, {});
    QVERIFY(held && *held);
    QVERIFY((*held)->isOf(li.installId, li.owner));
    QCOMPARE((*held)->sinceMs, 1'700'000'000'000);
    QVERIFY(!(*held)->isStale());
    QVERIFY(takeHostLock(*host, m_paths, li, 1'800'000'000'000, {})); // renewed
    QCOMPARE((**readHostLock(*host, m_paths, {})).sinceMs, 1'700'000'000'000);
    const auto refused = takeHostLock(*host, m_paths, wang, 1, {});
    QCOMPARE(refused.error().kind, ErrorKind::Conflict);
    QVERIFY2(refused.error().detail.contains(li.owner) && refused.error().detail.contains(u"2023-11-14"_s), qPrintable(refused.error().detail));
    QVERIFY(releaseHostLock(*host, m_paths, wang, {})); // not his
    QVERIFY(*readHostLock(*host, m_paths, {}));
    // The same installation from another machine is somebody else as well.
    QCOMPARE(takeHostLock(*host, m_paths, {li.installId, u"li@other"_s}, 1, {}).error().kind, ErrorKind::Conflict);
    // Stale, and still not free.
    QFile lock(m_paths.lockFile());
    QVERIFY(lock.open(QIODevice::ReadWrite));
    QVERIFY(lock.setFileTime(QDateTime::currentDateTime().addSecs(-700), QFileDevice::FileModificationTime));
    lock.close();
    QVERIFY((**readHostLock(*host, m_paths, {})).isStale());
    QCOMPARE(takeHostLock(*host, m_paths, wang, 1, {}).error().kind, ErrorKind::Conflict);
    const HostLock seen = **readHostLock(*host, m_paths, {});
    QCOMPARE(breakHostLock(*host, m_paths, wang, seen, u" "_s, 1, {}).error().kind, ErrorKind::Rejected);
    QVERIFY(breakHostLock(*host, m_paths, wang, seen, u"li has left"_s, 5, {}));
    QCOMPARE(breakHostLock(*host, m_paths, {u"cccccccccccc"_s, u"zhao"_s}, seen, u"me too"_s, 5, {}).error().kind,
             ErrorKind::Conflict); // not what he saw
    const auto late = takeHostLock(*host, m_paths, li, 1, {});
    QVERIFY(late.error().detail.contains(u"li has left"_s)); // who lost it is told why
    QVERIFY(releaseHostLock(*host, m_paths, wang, {}));
    QVERIFY(!*readHostLock(*host, m_paths, {}));
}

void TstDetachedAction::twoTakeALock()
{
    std::vector<std::unique_ptr<SshLink>> hosts;
    std::vector<std::future<bool>> all;
    for (int i = 0; i < 8; ++i)
        hosts.push_back(link());
    for (int i = 0; i < 8; ++i) {
        all.push_back(std::async(std::launch::async, [&, i] {
            return takeHostLock(*hosts[size_t(i)], m_paths, {u"%1"_s.arg(i, 12, 10, QLatin1Char('0')), u"owner %1"_s.arg(i)}, 1, {}).has_value();
        }));
    }
    int winners = 0;
    for (auto &one : all)
        winners += one.get();
    QCOMPARE(winners, 1);
}

QTEST_GUILESS_MAIN(TstDetachedAction)
#include "tst_detachedaction.moc"
