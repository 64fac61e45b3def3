#include "app/ssh/sshlink.h"
#include "tests/support/sshhost.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>
#include <future>
#include <thread>

using namespace kboss;
using namespace Qt::StringLiterals;

// Links with a real sshd that goes, comes back, changes its key or lets nobody in: what is tried again, what never is, and how it ends.
class TstSshLink : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void oneConnectionForAll();
    void aDropBetweenCommandsIsNotNoticed();
    void aDropInACommandEndsItOnce();
    void aRestartedHostIsWaitedFor();
    void aFrozenHostIsDialledAgain();
    void aChangedHostKeyStops();
    void aWrongKeyIsNotTriedAgain();
    void aResetBeginsAnew();
    void patienceEnds();
    void cancellingAndEndingWhileWaiting();
    void uploadsGoOnWhereTheyWereCut();
    void aFrozenUploadGoesOn();

private:
    SshTarget target() const;
    std::unique_ptr<SshLink> link(const SshLimits &limits = {});
    Result<void> trust();
    qsizetype logged(const QByteArray &words) const; // times in sshd's log
    std::vector<SshLinkEvent> events();
    bool saw(SshLinkEvent::Kind kind);

    static RemoteCommand command(const QString &script, int deadlineMs = 30'000)
    {
        return {{u"sh"_s, u"-c"_s, script}, {}, false, deadlineMs, 1 << 20, {}};
    }

    std::unique_ptr<test::SshHost> m_host;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<HostKeyLedger> m_ledger;
    SystemClock m_clock;
    SshPatience m_patience;
    std::mutex m_mutex;
    std::vector<SshLinkEvent> m_events;
};

void TstSshLink::init()
{
    m_host = std::make_unique<test::SshHost>();
    QVERIFY2(m_host->start(), qPrintable(m_host->errorText()));
    m_folder = std::make_unique<QTemporaryDir>();
    m_ledger = std::make_unique<HostKeyLedger>(m_folder->filePath(u"ledger.json"_s), m_clock);
    m_patience = {50, 400, 20'000};
    QVERIFY(trust());
    m_events.clear();
}

void TstSshLink::cleanup()
{
    m_host.reset();
    m_ledger.reset();
    m_folder.reset();
}

SshTarget TstSshLink::target() const
{
    SshTarget target;
    target.address = {u"127.0.0.1"_s, m_host->port()};
    target.credential.user = m_host->user();
    target.credential.keyFile = m_host->keyFile();
    return target;
}

std::unique_ptr<SshLink> TstSshLink::link(const SshLimits &limits)
{
    return std::make_unique<SshLink>(target(), *m_ledger, limits, m_patience, [this](const SshLinkEvent &event) {
        const std::lock_guard lock(m_mutex);
        m_events.push_back(event);
    });
}

Result<void> TstSshLink::trust()
{
    const auto key = SshSession::readHostKey(target(), *m_ledger);
    return key ? m_ledger->pin(target().address, *key, u"test"_s) : Result<void>(fail(key.error()));
}

qsizetype TstSshLink::logged(const QByteArray &words) const
{
    QFile log(m_host->folder() + u"/sshd.log"_s);
    return log.open(QIODevice::ReadOnly) ? log.readAll().count(words) : -1;
}

std::vector<SshLinkEvent> TstSshLink::events()
{
    const std::lock_guard lock(m_mutex);
    return m_events;
}

bool TstSshLink::saw(SshLinkEvent::Kind kind)
{
    const auto all = events();
    return std::any_of(all.begin(), all.end(), [kind](const SshLinkEvent &event) { return event.kind == kind; });
}

void TstSshLink::oneConnectionForAll()
{
    const auto shared = link();
    std::vector<std::future<QByteArray>> all;
    for (int i = 0; i < 8; ++i) {
        all.push_back(std::async(std::launch::async, [&, i] {
            const auto done = shared->run(command(u"sleep 0.2; echo %1 $PPID"_s.arg(i)));
            return done ? done->out : done.error().detail.toUtf8();
        }));
    }
    for (int i = 0; i < 8; ++i)
        QVERIFY(all[size_t(i)].get().startsWith(QByteArray::number(i) + ' '));
    QCOMPARE(logged("Accepted publickey"), 1);
    QCOMPARE(events().size(), 1U);
    QCOMPARE(events().front().kind, SshLinkEvent::Kind::Connected);
    QVERIFY(shared->connect()->banner.contains(u"OpenSSH"_s));
    QCOMPARE(logged("Accepted publickey"), 1);
}

void TstSshLink::aDropBetweenCommandsIsNotNoticed()
{
    const auto shared = link();
    const QString count = m_folder->filePath(u"count"_s);
    for (int i = 1; i <= 8; ++i) { // at once after the drop: the link may or may not know of it yet
        const auto done = shared->run(command(u"echo x >> '%1'"_s.arg(count)));
        QVERIFY2(done, qPrintable(done ? QString() : done.error().detail));
        m_host->killConnections();
    }
    QFile file(count);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().count('x'), 8);
    QCOMPARE(logged("Accepted publickey"), 8);
    QVERIFY(saw(SshLinkEvent::Kind::Lost));
}

void TstSshLink::aDropInACommandEndsItOnce()
{
    const auto shared = link();
    const QString mark = m_folder->filePath(u"mark"_s);
    auto waiting = std::async(std::launch::async, [&] { return shared->run(command(u"echo x >> '%1'; sleep 20"_s.arg(mark))); });
    QTRY_VERIFY(QFile::exists(mark));
    m_host->killConnections();
    const auto ended = waiting.get();
    QVERIFY(!ended);
    QCOMPARE(ended.error().kind, ErrorKind::Ssh);
    QVERIFY(ended.error().field != SshSession::notSent());
    QCOMPARE(shared->run(command(u"cat '%1'"_s.arg(mark)))->out, QByteArray("x\n")); // connects anew; the command ran once
    QVERIFY(saw(SshLinkEvent::Kind::Lost));
}

void TstSshLink::aRestartedHostIsWaitedFor()
{
    const auto shared = link();
    QVERIFY(shared->run(command(u"true"_s)));
    m_host->stop();
    std::vector<std::future<Result<CommandResult>>> all;
    for (int i = 0; i < 8; ++i)
        all.push_back(std::async(std::launch::async, [&] { return shared->run(command(u"echo back"_s)); }));
    QTRY_VERIFY(saw(SshLinkEvent::Kind::Waiting));
    QCOMPARE(all.front().wait_for(std::chrono::milliseconds(700)), std::future_status::timeout);
    QVERIFY(m_host->start());
    for (auto &one : all)
        QCOMPARE(one.get()->out, QByteArray("back\n"));
    QCOMPARE(logged("Accepted publickey"), 2); // together
    // The waits grow to the longest.
    std::vector<int> waits;
    for (const SshLinkEvent &event : events()) {
        if (event.kind == SshLinkEvent::Kind::Waiting)
            waits.push_back(event.waitMs);
    }
    QVERIFY(waits.size() >= 2);
    QVERIFY(std::is_sorted(waits.begin(), waits.end()));
    QVERIFY(waits.front() == 50 && waits.back() <= 400);
}

void TstSshLink::aFrozenHostIsDialledAgain()
{
    SshLimits limits;
    limits.keepAliveMs = 200;
    limits.silenceMs = 1'000;
    const auto shared = link(limits);
    QVERIFY(shared->run(command(u"true"_s)));
    m_host->freezeConnections();
    const auto first = shared->run(command(u"true"_s));
    const auto second = shared->run(command(u"echo on"_s)); // the server itself goes on
    QVERIFY2(second, qPrintable(second ? QString() : second.error().detail));
    QVERIFY(first || first.error().kind == ErrorKind::Ssh);
}

void TstSshLink::aChangedHostKeyStops()
{
    const auto shared = link();
    QVERIFY(shared->run(command(u"true"_s)));
    m_host->stop();
    QVERIFY(m_host->renewHostKey());
    QVERIFY(m_host->start());
    const auto refused = shared->run(command(u"true"_s));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::HostKey);
    QCOMPARE(refused.error().field, u"changed"_s);
    const qsizetype tries = logged("Connection closed") + logged("Connection reset") + logged("disconnected");
    for (int i = 0; i < 5; ++i)
        QCOMPARE(shared->run(command(u"true"_s)).error(), refused.error());
    QCOMPARE(shared->connect().error().kind, ErrorKind::HostKey);
    QCOMPARE(shared->upload(uploadOf("x", m_folder->filePath(u"f"_s), 0644, false)).error().kind, ErrorKind::HostKey);
    QCOMPARE(logged("Connection closed") + logged("Connection reset") + logged("disconnected"), tries); // nobody went there again
    QCOMPARE(logged("Accepted publickey"), 1);
}

void TstSshLink::aWrongKeyIsNotTriedAgain()
{
    m_host->stop();
    QVERIFY(m_host->start({u"LogLevel VERBOSE"_s}));
    QVERIFY(m_host->makeKey(u"strange_key"_s, {}, false));
    SshTarget to = target();
    to.credential.keyFile = m_host->folder() + u"/strange_key"_s;
    SshLink stranger(to, *m_ledger, {}, m_patience);
    std::vector<std::future<ErrorKind>> all;
    for (int i = 0; i < 8; ++i)
        all.push_back(std::async(std::launch::async, [&] { return stranger.run(command(u"true"_s)).error().kind; }));
    for (auto &one : all)
        QCOMPARE(one.get(), ErrorKind::Auth);
    QCOMPARE(stranger.run(command(u"true"_s)).error().kind, ErrorKind::Auth);
    QTRY_COMPARE(logged("Connection from 127.0.0.1"), 2); // the start of the server looks whether it is there; then one try for nine calls
    QCOMPARE(logged("Accepted publickey"), 0);
}

void TstSshLink::aResetBeginsAnew()
{
    QVERIFY(m_host->makeKey(u"strange_key"_s, {}, false));
    SshTarget wrong = target();
    wrong.credential.keyFile = m_host->folder() + u"/strange_key"_s;
    SshLink shared(wrong, *m_ledger, {}, m_patience);
    QCOMPARE(shared.run(command(u"true"_s)).error().kind, ErrorKind::Auth);
    shared.reset(target());
    QVERIFY(shared.run(command(u"true"_s)));
    QCOMPARE(shared.target().credential.keyFile, m_host->keyFile());
    // A key that nobody confirmed, and then somebody does.
    QVERIFY(m_ledger->forget(target().address));
    shared.reset(target());
    QCOMPARE(shared.run(command(u"true"_s)).error().field, u"unknown"_s);
    QVERIFY(trust());
    QCOMPARE(shared.run(command(u"true"_s)).error().field, u"unknown"_s); // final until it is told
    shared.reset(target());
    QVERIFY(shared.run(command(u"true"_s)));
    // Credentials that were good before are asked for once more, since a host that starts lets nobody in; then it is final.
    QFile keys(m_host->folder() + u"/authorized_keys"_s);
    QVERIFY(keys.open(QIODevice::WriteOnly | QIODevice::Truncate));
    keys.close();
    m_host->killConnections();
    QCOMPARE(shared.run(command(u"true"_s)).error().kind, ErrorKind::Auth);
    const auto tries = [this] {
        return logged("Connection closed by authenticating user") + logged("Disconnected from authenticating user")
            + logged("Connection reset by authenticating user");
    };
    QTRY_COMPARE(tries(), 3); // one by the wrong key above, two now
    QCOMPARE(shared.run(command(u"true"_s)).error().kind, ErrorKind::Auth);
    QCOMPARE(tries(), 3);
}

void TstSshLink::patienceEnds()
{
    m_patience.wholeMs = 600;
    const auto shared = link();
    m_host->stop();
    QElapsedTimer clock;
    clock.start();
    const auto away = shared->run(command(u"true"_s));
    QVERIFY(!away);
    QCOMPARE(away.error().kind, ErrorKind::Offline);
    QVERIFY2(clock.elapsed() >= 200 && clock.elapsed() < 3'000, qPrintable(QString::number(clock.elapsed())));
    QVERIFY(saw(SshLinkEvent::Kind::GivenUp));
    clock.restart();
    QCOMPARE(shared->connect().error().kind, ErrorKind::Offline); // once, at once
    QVERIFY(clock.elapsed() < 400);
    QVERIFY(m_host->start());
    QVERIFY(shared->run(command(u"true"_s))); // not final
}

void TstSshLink::cancellingAndEndingWhileWaiting()
{
    auto shared = link();
    m_host->stop();
    CancelSource cancel;
    auto one = std::async(std::launch::async, [&] { return shared->run(command(u"true"_s), cancel.get_token()).error().kind; });
    auto two = std::async(std::launch::async, [&] { return shared->run(command(u"true"_s)).error().kind; });
    auto three = std::async(std::launch::async, [&] { return shared->upload(uploadOf("x", u"/tmp/x"_s, 0644, false)).error().kind; });
    QTRY_VERIFY(saw(SshLinkEvent::Kind::Waiting));
    QElapsedTimer clock;
    clock.start();
    cancel.request_stop();
    QCOMPARE(one.get(), ErrorKind::Cancelled);
    QVERIFY(clock.elapsed() < 1'000);
    QCOMPARE(two.wait_for(std::chrono::milliseconds(100)), std::future_status::timeout); // the others go on waiting
    shared->close();
    QCOMPARE(two.get(), ErrorKind::Cancelled);
    QCOMPARE(three.get(), ErrorKind::Cancelled);
    // And one that runs.
    QVERIFY(m_host->start());
    const QString mark = m_folder->filePath(u"mark"_s);
    auto four = std::async(std::launch::async, [&] { return shared->run(command(u"echo x > '%1'; sleep 20"_s.arg(mark))).error().kind; });
    QTRY_VERIFY(QFile::exists(mark));
    clock.restart();
    shared.reset();
    QCOMPARE(four.get(), ErrorKind::Cancelled);
    QVERIFY(clock.elapsed() < 3'000);
}

void TstSshLink::uploadsGoOnWhereTheyWereCut()
{
    const auto shared = link();
    QByteArray content(12'000'000, Qt::Uninitialized);
    for (qsizetype i = 0; i < content.size(); ++i)
        content[i] = static_cast<char>(i * 31 + i / 977);
    RemoteUpload upload = uploadOf(content, m_folder->filePath(u"archive"_s), 0640, false);
    std::vector<qint64> begins;
    qint64 last = -1;
    std::atomic_int cuts = 0;
    std::vector<std::future<void>> killers;
    upload.progress = [&](qint64 sent) {
        if (last < 0 || sent < last || begins.empty() || size_t(cuts) == begins.size())
            begins.push_back(sent);
        last = sent;
        if (cuts < 3 && sent > 3'000'000 * (cuts + 1)) {
            ++cuts;
            killers.push_back(std::async(std::launch::async, [this] { m_host->killConnections(); }));
            std::this_thread::sleep_for(std::chrono::milliseconds(150)); // of the session's thread: so that the cut comes in the middle
        }
    };
    const auto done = shared->upload(upload);
    QVERIFY2(done, qPrintable(done ? QString() : done.error().detail));
    QFile arrived(m_folder->filePath(u"archive"_s));
    QVERIFY(arrived.open(QIODevice::ReadOnly));
    QVERIFY(arrived.readAll() == content);
    QCOMPARE(cuts.load(), 3);
    QVERIFY(begins.size() >= 3U);
    QVERIFY2(begins.back() > 6'000'000, qPrintable(QString::number(begins.back()))); // never from the beginning
    QVERIFY(logged("Accepted publickey") >= 3);
}

void TstSshLink::aFrozenUploadGoesOn()
{
    SshLimits limits;
    limits.keepAliveMs = 200;
    limits.silenceMs = 1'000;
    const auto shared = link(limits);
    const QByteArray content(6'000'000, 'f');
    RemoteUpload upload = uploadOf(content, m_folder->filePath(u"archive"_s), 0640, false);
    bool frozen = false;
    qint64 after = -1;
    upload.progress = [&](qint64 sent) {
        if (frozen && after < 0)
            after = sent;
        if (!frozen && sent > 3'000'000) {
            frozen = true;
            m_host->freezeConnections();
        }
    };
    QElapsedTimer clock;
    clock.start();
    const auto done = shared->upload(upload);
    QVERIFY2(done, qPrintable(done ? QString() : done.error().detail));
    QVERIFY2(clock.elapsed() < 15'000, qPrintable(QString::number(clock.elapsed())));
    QVERIFY(after > 2'900'000); // not from the beginning
    QFile arrived(m_folder->filePath(u"archive"_s));
    QVERIFY(arrived.open(QIODevice::ReadOnly));
    QVERIFY(arrived.readAll() == content);
    // Nobody has to wait for a host that says nothing: neither who cancels, nor who ends the link.
    for (const bool cancels : {true, false}) {
        auto patient = link();
        std::atomic_bool still = false;
        upload.remotePath = m_folder->filePath(u"archive-%1"_s.arg(cancels));
        upload.progress = [&](qint64 sent) {
            if (!still && sent > 1'000'000) {
                m_host->freezeConnections();
                still = true;
            }
        };
        CancelSource cancel;
        auto waiting = std::async(std::launch::async, [&] { return patient->upload(upload, cancel.get_token()).error().kind; });
        QTRY_VERIFY(still);
        clock.restart();
        if (cancels)
            cancel.request_stop();
        else
            patient.reset();
        QCOMPARE(waiting.get(), ErrorKind::Cancelled);
        QVERIFY2(clock.elapsed() < 5'000, qPrintable(QString::number(clock.elapsed())));
    }
}

QTEST_GUILESS_MAIN(TstSshLink)
#include "tst_sshlink.moc"
