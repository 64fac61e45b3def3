#include "tests/app/ssh/sshfixture.h"

#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTcpServer>
#include <QTest>
#include <future>
#include <thread>

using namespace kboss;
using namespace Qt::StringLiterals;

// Sessions against a real sshd: who is let in, what a command gives back, and what happens when the other side goes, changes or falls silent.
class TstSshSession : public test::SshFixture {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { startHost(); }
    void init();
    void cleanup() { end(); }
    void nothingIsSentToAHostNobodyConfirmed();
    void aChangedKeyIsFinal();
    void whoIsLetIn();
    void wherePasswordsAreNotTakenThatIsSaid();
    void whatCannotBeReachedSaysWhy();
    void wordsArriveAsTheyAre();
    void outputInputAndTheEnd();
    void whatStartFilesPrintIsNotOfTheProgram();
    void muchOutputStreamsAndIsBounded();
    void commandsShareOneConnection();
    void deadlinesAndCancellingEndTheProgram();
    void waitingForAChannelCounts();
    void aKilledConnectionEndsWhatWaits();
    void aSilentPeerIsGone();
    void uploadsReplaceAtOnceAndResume();
    void aDamagedRestIsSentAgain();
    void uploadsSayWhyTheyFail();

private:
    RemoteUpload uploadFrom(const QByteArray &content, const QString &path, qint64 *begin = nullptr) const;
};

void TstSshSession::init()
{
    begin();
    if (QLatin1String(QTest::currentTestFunction()) != "nothingIsSentToAHostNobodyConfirmed"_L1)
        QVERIFY(trust(*m_host));
}

void TstSshSession::nothingIsSentToAHostNobodyConfirmed()
{
    const auto refused = open(*m_host);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::HostKey);
    QCOMPARE(refused.error().field, u"unknown"_s);
    const auto key = SshSession::readHostKey(target(*m_host), *m_ledger);
    QVERIFY(key);
    QVERIFY(refused.error().detail.contains(key->fingerprint()));
    QFile written(m_host->hostKeyFile() + u".pub"_s);
    QVERIFY(written.open(QIODevice::ReadOnly));
    QCOMPARE(key->blob.toBase64(), written.readAll().split(' ')[1]);
    QVERIFY(m_ledger->pin(target(*m_host).address, *key, u"test"_s));
    QVERIFY(open(*m_host));
}

void TstSshSession::aChangedKeyIsFinal()
{
    test::SshHost host;
    QVERIFY2(host.start(), qPrintable(host.errorText()));
    QVERIFY(trust(host));
    QVERIFY(open(host));
    host.stop();
    QVERIFY(host.renewHostKey());
    QVERIFY(host.start());
    const auto refused = open(host);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::HostKey);
    QCOMPARE(refused.error().field, u"changed"_s);
    QVERIFY(refused.error().detail.contains(m_ledger->judge(target(host).address, {})->pins.front().key.fingerprint()));
    QVERIFY(!m_ledger->pin(target(host).address, *SshSession::readHostKey(target(host), *m_ledger), u"test"_s)); // not by pinning over it
}

void TstSshSession::whoIsLetIn()
{
    QVERIFY(m_host->makeKey(u"locked_key"_s, u"a passphrase"_s, true));
    QVERIFY(m_host->makeKey(u"strange_key"_s, {}, false));
    const auto tried = [this](const QString &file, const QByteArray &passphrase) {
        SshTarget to = target(*m_host);
        to.credential.keyFile = m_host->folder() + u'/' + file;
        to.credential.passphrase = passphrase;
        const auto session = SshSession::open(to, *m_ledger);
        return session ? QString() : session.error().detail;
    };
    QCOMPARE(tried(u"user_key"_s, {}), QString());
    QCOMPARE(tried(u"locked_key"_s, "a passphrase"), QString());
    QVERIFY(tried(u"locked_key"_s, {}).contains(u"needs its passphrase"_s));
    const QString wrong = tried(u"locked_key"_s, "very wrong");
    QVERIFY2(wrong.contains(u"passphrase"_s) && wrong.contains(u"is wrong"_s) && !wrong.contains(u"very wrong"_s), qPrintable(wrong));
    QVERIFY(tried(u"strange_key"_s, {}).contains(u"the key file refused"_s));
    QVERIFY(tried(u"no_such_key"_s, {}).contains(u"cannot be read"_s));
    QVERIFY(tried(u"sshd_config"_s, {}).contains(u"no private key"_s));
}

void TstSshSession::wherePasswordsAreNotTakenThatIsSaid()
{
    SshTarget to = target(*m_host);
    to.credential.keyFile.clear();
    to.credential.password = "hunter2-secret";
    const auto refused = SshSession::open(to, *m_ledger);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Auth);
    QVERIFY2(refused.error().detail.contains(u"it takes a key"_s), qPrintable(refused.error().detail));
    QVERIFY(!refused.error().detail.contains(u"hunter2"_s));
}

void TstSshSession::whatCannotBeReachedSaysWhy()
{
    SshTarget to = target(*m_host);
    to.address.port = 1;
    QCOMPARE(SshSession::open(to, *m_ledger).error().kind, ErrorKind::Offline);
    to.address = {u"no-such-host.invalid"_s, 22};
    QCOMPARE(SshSession::open(to, *m_ledger).error().kind, ErrorKind::Offline);
    QTcpServer silent; // listens and says nothing
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    to.address = {u"127.0.0.1"_s, silent.serverPort()};
    QElapsedTimer clock;
    clock.start();
    SshLimits limits;
    limits.connectMs = 500;
    QCOMPARE(SshSession::open(to, *m_ledger, limits).error().kind, ErrorKind::Timeout);
    QVERIFY(clock.elapsed() < 3'000);
    CancelSource cancel;
    auto waiting = std::async(std::launch::async, [&] { return SshSession::open(to, *m_ledger, {}, cancel.get_token()).error().kind; });
    cancel.request_stop();
    QCOMPARE(waiting.get(), ErrorKind::Cancelled);
}

void TstSshSession::wordsArriveAsTheyAre()
{
    const auto session = open(*m_host);
    QVERIFY(session);
    const QStringList words{u"it's"_s, u"$HOME `id` $(id)"_s, u"a\nb"_s, u""_s, u"*"_s, u"\\"_s, u"中文 \"x\""_s, u"-n; rm -rf /tmp/x"_s, u"!"_s};
    const CommandResult done = run(**session, QStringList{u"printf"_s, u"%s\\0"_s} + words);
    QStringList back;
    for (const QByteArray &word : done.out.split('\0'))
        back << QString::fromUtf8(word);
    back.removeLast();
    QCOMPARE(back, words);
}

void TstSshSession::outputInputAndTheEnd()
{
    const auto session = open(*m_host);
    QVERIFY(session);
    QVERIFY((*session)->info().banner.contains(u"OpenSSH"_s));
    const CommandResult both = run(**session, {u"sh"_s, u"-c"_s, u"cat; echo trouble >&2; exit 7"_s}, "typed");
    QCOMPARE(both.out, QByteArray("typed"));
    QCOMPARE(both.err, QByteArray("trouble\n"));
    QCOMPARE(both.exitCode, 7);
    QVERIFY(!both.isGood());
    const CommandResult killed = run(**session, {u"sh"_s, u"-c"_s, u"kill -KILL $$"_s});
    QCOMPARE(killed.exitCode, -1);
    QCOMPARE(killed.signal, u"KILL"_s);
    const QByteArray much(3'000'000, 'x');
    QCOMPARE(run(**session, {u"cat"_s}, much).out, much); // both ways at once
    QCOMPARE(run(**session, {u"true"_s}, much).exitCode, 0); // who does not read is no error
    QVERIFY(run(**session, {u"no-such-program"_s}).err.contains("not found"));
}

void TstSshSession::whatStartFilesPrintIsNotOfTheProgram()
{
    QFile start(m_host->folder() + u"/.bashrc"_s); // bash reads it for commands of a connection as well
    QVERIFY(start.open(QIODevice::WriteOnly));
    start.write("export KBOSS_STARTED=yes\necho welcome back\nprintf 'no end of the line: '\n");
    start.close();
    const auto session = open(*m_host);
    QVERIFY(session);
    QCOMPARE(run(**session, {u"printenv"_s, u"KBOSS_STARTED"_s}).out, QByteArray("yes\n"));
    QCOMPARE(run(**session, {u"sh"_s, u"-c"_s, u"echo one; sleep 0.2; echo two; sleep 0.2; echo three"_s}).out, QByteArray("one\ntwo\nthree\n"));
    const auto late = (*session)->run({{u"sleep"_s, u"60"_s}, {}, false, 1'000, 4096, {}}); // its process is known, and ended
    QVERIFY(!late);
    QCOMPARE(late.error().kind, ErrorKind::Timeout);
    QVERIFY(start.remove());
}

void TstSshSession::muchOutputStreamsAndIsBounded()
{
    const auto session = open(*m_host);
    QVERIFY(session);
    std::atomic<qint64> received = 0;
    RemoteCommand command{{u"head"_s, u"-c"_s, u"30000000"_s, u"/dev/zero"_s}, {}, false, 60'000, 0, {}};
    command.output = [&received](const QByteArray &bytes, bool) { received += bytes.size(); };
    const auto streamed = (*session)->run(command);
    QVERIFY(streamed && streamed->isGood());
    QCOMPARE(received.load(), qint64(30'000'000));
    const auto tooMuch = (*session)->run({{u"cat"_s, u"/dev/zero"_s}, {}, false, 60'000, 100'000, {}});
    QVERIFY(!tooMuch);
    QCOMPARE(tooMuch.error().kind, ErrorKind::Rejected);
    QCOMPARE(run(**session, {u"echo"_s, u"on"_s}).out, QByteArray("on\n")); // the session goes on
}

void TstSshSession::commandsShareOneConnection()
{
    const auto session = open(*m_host); // whose sshd allows four channels, and whose limits say eight
    QVERIFY(session);
    std::vector<std::future<QByteArray>> all;
    for (int i = 0; i < 12; ++i)
        all.push_back(std::async(std::launch::async, [&, i] { return run(**session, {u"sh"_s, u"-c"_s, u"sleep 0.3; echo %1"_s.arg(i)}).out; }));
    QElapsedTimer clock;
    clock.start();
    for (int i = 0; i < 12; ++i)
        QCOMPARE(all[static_cast<size_t>(i)].get(), QByteArray::number(i) + '\n');
    QVERIFY2(clock.elapsed() < 3'000, "they ran one after the other");
}

void TstSshSession::deadlinesAndCancellingEndTheProgram()
{
    const auto session = open(*m_host);
    QVERIFY(session);
    const QString mark = m_folder->filePath(u"mark"_s);
    const QStringList patient{u"sh"_s, u"-c"_s, u"trap 'echo told > \"$0\"; exit 0' TERM; while :; do sleep 0.05; done"_s, mark};
    const auto late = (*session)->run({patient, {}, false, 300, 1024, {}});
    QCOMPARE(late.error().kind, ErrorKind::Timeout);
    QTRY_VERIFY(QFile::exists(mark)); // it was asked to end
    QFile::remove(mark);
    CancelSource cancel;
    std::jthread later([&cancel] {
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        cancel.request_stop();
    });
    QCOMPARE((*session)->run({patient, {}, false, 60'000, 1024, {}}, cancel.get_token()).error().kind, ErrorKind::Cancelled);
    QTRY_VERIFY(QFile::exists(mark));
    // Who does not listen is killed.
    const auto deaf =
        (*session)->run({{u"sh"_s, u"-c"_s, u"trap '' TERM; echo $$ > \"$0\"; while :; do sleep 0.05; done"_s, mark}, {}, false, 300, 1024, {}});
    QCOMPARE(deaf.error().kind, ErrorKind::Timeout);
    QFile file(mark);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString process = u"/proc/"_s + QString::fromLatin1(file.readAll().trimmed());
    QTRY_VERIFY(!QFile::exists(process));
}

void TstSshSession::waitingForAChannelCounts()
{
    SshLimits limits;
    limits.mostChannels = 1;
    const auto session = open(*m_host, limits);
    QVERIFY(session);
    QCOMPARE(run(**session, {u"true"_s}).exitCode, 0);
    const QString mark = m_folder->filePath(u"begun"_s), own = m_folder->filePath(u"own"_s);
    CancelSource cancel;
    auto busy = std::async(std::launch::async, [&] {
        return (*session)->run({{u"sh"_s, u"-c"_s, u"touch \"$0\"; sleep 60"_s, own}, {}, false, 90'000, 1024, {}}, cancel.get_token());
    });
    QTRY_VERIFY(QFile::exists(own));
    QElapsedTimer clock;
    clock.start();
    const auto late = (*session)->run({{u"touch"_s, mark}, {}, false, 400, 1024, {}});
    QCOMPARE(late.error().kind, ErrorKind::Timeout);
    QVERIFY2(late.error().detail.contains(u"touch was not begun"_s), qPrintable(late.error().detail));
    QVERIFY2(clock.elapsed() >= 400 && clock.elapsed() < 5'000, qPrintable(QString::number(clock.elapsed())));
    cancel.request_stop();
    QCOMPARE(busy.get().error().kind, ErrorKind::Cancelled);
    QVERIFY(!QFile::exists(mark)); // nor later
    QCOMPARE(run(**session, {u"true"_s}).exitCode, 0);
}

void TstSshSession::aKilledConnectionEndsWhatWaits()
{
    test::SshHost host;
    QVERIFY(host.start());
    QVERIFY(trust(host));
    const auto session = open(host);
    QVERIFY(session);
    auto waiting = std::async(std::launch::async, [&] { return (*session)->run({{u"sleep"_s, u"30"_s}, {}, false, 60'000, 1024, {}}); });
    QCOMPARE(run(**session, {u"true"_s}).exitCode, 0);
    host.killConnections();
    const auto ended = waiting.get();
    QVERIFY(!ended);
    QCOMPARE(ended.error().kind, ErrorKind::Ssh);
    QVERIFY(!(*session)->isOpen());
    QCOMPARE((*session)->run({{u"true"_s}, {}, false, 1'000, 1024, {}}).error().kind, ErrorKind::Ssh);
    const auto again = open(host); // the server itself goes on
    QVERIFY(again);
    QCOMPARE(run(**again, {u"true"_s}).exitCode, 0);
}

void TstSshSession::aSilentPeerIsGone()
{
    test::SshHost host;
    QVERIFY(host.start());
    QVERIFY(trust(host));
    SshLimits limits;
    limits.keepAliveMs = 200;
    limits.silenceMs = 1'200;
    const auto session = open(host, limits);
    QVERIFY(session);
    QCOMPARE(run(**session, {u"sleep"_s, u"2"_s}).exitCode, 0); // quiet is not silent: the peer answers
    auto waiting = std::async(std::launch::async, [&] { return (*session)->run({{u"sleep"_s, u"30"_s}, {}, false, 60'000, 1024, {}}); });
    QCOMPARE(run(**session, {u"true"_s}).exitCode, 0);
    host.freezeConnections();
    QElapsedTimer clock;
    clock.start();
    const auto ended = waiting.get();
    QCOMPARE(ended.error().kind, ErrorKind::Ssh);
    QVERIFY2(ended.error().detail.contains(u"not been heard of"_s), qPrintable(ended.error().detail));
    QVERIFY(clock.elapsed() < 6'000);
}

RemoteUpload TstSshSession::uploadFrom(const QByteArray &content, const QString &path, qint64 *begin) const
{
    RemoteUpload upload;
    upload.remotePath = path;
    upload.size = content.size();
    upload.sha256 = QCryptographicHash::hash(content, QCryptographicHash::Sha256);
    upload.mode = 0750;
    upload.read = [content](qint64 offset, qint64 most) -> Result<QByteArray> { return content.mid(offset, most); };
    if (begin) {
        *begin = -1;
        upload.progress = [begin](qint64 sent) { *begin = *begin < 0 ? sent : *begin; };
    }
    return upload;
}

void TstSshSession::uploadsReplaceAtOnceAndResume()
{
    const auto session = open(*m_host);
    QVERIFY(session);
    QByteArray content(5'000'000, Qt::Uninitialized);
    for (qsizetype i = 0; i < content.size(); ++i)
        content[i] = static_cast<char>(i * 31 + i / 977);
    const QString path = m_folder->filePath(u"it's a file"_s);
    QFile old(path);
    QVERIFY(old.open(QIODevice::WriteOnly));
    old.write("old");
    old.close();
    // Cut in the middle: the old one stays as it is.
    CancelSource cancel;
    RemoteUpload cut = uploadFrom(content, path);
    cut.progress = [&cancel](qint64 sent) {
        if (sent > 2'000'000)
            cancel.request_stop();
    };
    QCOMPARE((*session)->upload(cut, cancel.get_token()).error().kind, ErrorKind::Cancelled);
    QVERIFY(old.open(QIODevice::ReadOnly));
    QCOMPARE(old.readAll(), QByteArray("old"));
    old.close();
    qint64 begin = -1;
    const auto done = (*session)->upload(uploadFrom(content, path, &begin));
    QVERIFY2(done, qPrintable(done ? QString() : done.error().detail));
    QVERIFY2(begin > 1'900'000 && begin < content.size(), qPrintable(QString::number(begin))); // went on where it was cut
    QFile fresh(path);
    QVERIFY(fresh.open(QIODevice::ReadOnly));
    QVERIFY(fresh.readAll() == content);
    QCOMPARE(fresh.permissions() & QFile::Permissions(0x0077), QFile::ReadGroup | QFile::ExeGroup);
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), (QStringList{u"it's a file"_s, u"ledger.json"_s}));
}

void TstSshSession::aDamagedRestIsSentAgain()
{
    const auto session = open(*m_host);
    QVERIFY(session);
    const QByteArray content(400'000, 'k');
    const QString path = m_folder->filePath(u"bin"_s);
    const RemoteUpload upload = uploadFrom(content, path);
    QFile rest(u"%1.kboss-%2.part"_s.arg(path, QString::fromLatin1(upload.sha256.toHex().left(16))));
    QVERIFY(rest.open(QIODevice::WriteOnly));
    rest.write(QByteArray(100'000, 'X'));
    rest.close();
    QVERIFY((*session)->upload(upload));
    QFile fresh(path);
    QVERIFY(fresh.open(QIODevice::ReadOnly));
    QVERIFY(fresh.readAll() == content);
    RemoteUpload wrong = uploadFrom(content, path);
    wrong.sha256 = QByteArray(32, 'z');
    const auto refused = (*session)->upload(wrong);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Protocol);
    QVERIFY(QFile::exists(path)); // as it was
}

void TstSshSession::uploadsSayWhyTheyFail()
{
    const auto session = open(*m_host);
    QVERIFY(session);
    const auto reason = [&](const QString &path) { return (*session)->upload(uploadFrom("x", path)).error().detail; };
    QVERIFY(reason(m_folder->filePath(u"no/folder/file"_s)).contains(u"the folder is not there"_s));
    QVERIFY(reason(u"relative"_s).contains(u"absolute path"_s));
    RemoteUpload shorter = uploadFrom("xyz", m_folder->filePath(u"f"_s));
    shorter.size = 10;
    QVERIFY((*session)->upload(shorter).error().detail.contains(u"shorter"_s));
}

QTEST_GUILESS_MAIN(TstSshSession)
#include "tst_sshsession.moc"
