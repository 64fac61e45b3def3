#include "app/ssh/hostkeyledger.h"
#include "tests/support/fakeclock.h"

#include <QFile>
#include <QMessageAuthenticationCode>
#include <QTemporaryDir>
#include <QTest>
#include <thread>

using namespace kboss;
using namespace Qt::StringLiterals;

namespace {

// A key of OpenSSH's own making (ssh-keygen -t ed25519), its fingerprint as ssh-keygen -l prints it.
const QByteArray realKey = "AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";
constexpr auto realFingerprint = "SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU";

HostKey key(char mark, const QByteArray &type = "ssh-ed25519")
{
    QByteArray blob("\0\0\0", 3);
    blob += static_cast<char>(type.size());
    blob += type + QByteArray("\0\0\0\x20", 4) + QByteArray(32, mark);
    return {blob};
}

QByteArray line(const QByteArray &names, const HostKey &one)
{
    return names + ' ' + one.type().toLatin1() + ' ' + one.blob.toBase64() + " comment\n";
}

QByteArray hashed(const QByteArray &name)
{
    const QByteArray salt(20, 's');
    return "|1|" + salt.toBase64() + '|' + QMessageAuthenticationCode::hash(name, salt, QCryptographicHash::Sha1).toBase64();
}

using Kind = HostKeyVerdict::Kind;

} // namespace

class TstHostKeyLedger : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void fingerprintsAreThoseOfSshKeygen();
    void aBrokenBlobIsNoKey();
    void knownHostsLines_data();
    void knownHostsLines();
    void unknownKnownChangedRevoked();
    void aRevokedKeyKeepsNoOtherOut();
    void anotherKeyHasToBeForgottenFirst();
    void aPinRemembersWhoWhenAndForWhat();
    void importTakesWhatIsNewAndLeavesWhatDiffers();
    void aDamagedLedgerIsNoEmptyOne_data();
    void aDamagedLedgerIsNoEmptyOne();
    void manyWritersLoseNothing();

private:
    QString file() const { return m_folder->filePath(u"deep/ledger.json"_s); }
    Kind judged(HostKeyLedger &ledger, const SshAddress &address, const HostKey &one) const
    {
        const auto verdict = ledger.judge(address, one);
        return verdict ? verdict->kind : Kind::Revoked;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    FakeClock m_clock;
    const SshAddress m_host{u"10.0.0.5"_s, 22}, m_other{u"10.0.0.6"_s, 2222};
};

void TstHostKeyLedger::fingerprintsAreThoseOfSshKeygen()
{
    const HostKey one{QByteArray::fromBase64(realKey)};
    QCOMPARE(one.type(), u"ssh-ed25519"_s);
    QCOMPARE(one.fingerprint(), QLatin1String(realFingerprint));
}

void TstHostKeyLedger::aBrokenBlobIsNoKey()
{
    for (const QByteArray &blob : {QByteArray(), QByteArray("\0\0\0\0\0\0\0\0\0", 9), QByteArray(8, '\xff'), QByteArray("\0\0\0\x0bssh", 7)})
        QVERIFY(!HostKey{blob}.isValid());
}

void TstHostKeyLedger::knownHostsLines_data()
{
    QTest::addColumn<QByteArray>("names");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::addColumn<bool>("found");
    const auto row = [](const char *name, const QByteArray &names, const char *host, int port, bool found) {
        QTest::newRow(name) << names << QString::fromLatin1(host) << port << found;
    };
    row("plain", "node1,10.0.0.5", "10.0.0.5", 22, true);
    row("letters of either size", "Node1", "nODE1", 22, true);
    row("another port is another host", "10.0.0.5", "10.0.0.5", 2222, false);
    row("with port", "[10.0.0.5]:2222", "10.0.0.5", 2222, true);
    row("with port, asked without", "[10.0.0.5]:2222", "10.0.0.5", 22, false);
    row("star", "10.0.*", "10.0.0.5", 22, true);
    row("question mark", "node?", "node12", 22, false);
    row("negated", "10.0.0.*,!10.0.0.5", "10.0.0.5", 22, false);
    row("negated for another", "10.0.0.*,!10.0.0.5", "10.0.0.7", 22, true);
    row("negation first", "!10.0.0.5,10.0.0.*", "10.0.0.5", 22, false);
    row("hashed", hashed("10.0.0.5"), "10.0.0.5", 22, true);
    row("hashed with port", hashed("[10.0.0.5]:2222"), "10.0.0.5", 2222, true);
    row("hashed for another", hashed("10.0.0.6"), "10.0.0.5", 22, false);
    row("IPv6", "fe80::1", "fe80::1", 22, true);
}

void TstHostKeyLedger::knownHostsLines()
{
    QFETCH(const QByteArray, names);
    QFETCH(const QString, host);
    QFETCH(const int, port);
    QFETCH(const bool, found);
    const KnownHosts known = readKnownHosts("# comment\n\n" + line(names, key('a')));
    QCOMPARE(known.faulty, 0);
    QCOMPARE(known.of({host, static_cast<quint16>(port)}).size(), size_t(found));
}

void TstHostKeyLedger::unknownKnownChangedRevoked()
{
    HostKeyLedger ledger(file(), m_clock);
    QCOMPARE(judged(ledger, m_host, key('a')), Kind::Unknown);
    QVERIFY(ledger.pin(m_host, key('a'), u"lin"_s));
    QCOMPARE(judged(ledger, m_host, key('a')), Kind::Known);
    QCOMPARE(judged(ledger, m_host, key('b')), Kind::Changed);
    QCOMPARE(judged(ledger, m_host, key('a', "ecdsa-sha2-nistp256")), Kind::Changed); // another type is another key
    QCOMPARE(judged(ledger, m_other, key('a')), Kind::Unknown);
    QCOMPARE(ledger.judge(m_other, key('a'))->elsewhere, QStringList{m_host.text()});
    const auto imported = ledger.importKnownHosts("@revoked " + line("10.0.0.9", key('r')), {}, u"lin"_s);
    QVERIFY(imported && imported->revoked == 1);
    QCOMPARE(judged(ledger, m_other, key('r')), Kind::Revoked); // wherever it shows up
    QVERIFY(!ledger.pin(m_other, key('r'), u"lin"_s));
    HostKeyLedger again(file(), m_clock);
    QCOMPARE(judged(again, m_host, key('a')), Kind::Known);
    QCOMPARE(QFile::permissions(file()) & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther), QFile::Permissions());
}

// Its host is installed anew: a person may trust the new key, and the old one stays out for good.
void TstHostKeyLedger::aRevokedKeyKeepsNoOtherOut()
{
    HostKeyLedger ledger(file(), m_clock);
    QVERIFY(ledger.pin(m_host, key('a'), u"lin"_s));
    const auto imported = ledger.importKnownHosts("@revoked " + line(m_host.text().section(u':', 0, 0).toUtf8(), key('a')), {}, u"lin"_s);
    QVERIFY(imported && imported->revoked == 1);
    QCOMPARE(judged(ledger, m_host, key('a')), Kind::Revoked);
    QCOMPARE(judged(ledger, m_host, key('b')), Kind::Unknown);
    const auto pinned = ledger.pin(m_host, key('b'), u"lin"_s, u"c-1"_s);
    QVERIFY2(pinned, pinned ? "" : qPrintable(pinned.error().detail));
    QCOMPARE(judged(ledger, m_host, key('b')), Kind::Known);
    QCOMPARE(judged(ledger, m_host, key('a')), Kind::Revoked);
    QCOMPARE(ledger.pin(m_host, key('a'), u"lin"_s).error().kind, ErrorKind::HostKey);
    QVERIFY(ledger.forget(m_host)); // of a good one only
    QCOMPARE(ledger.pin(m_host, key('a'), u"lin"_s).error().kind, ErrorKind::HostKey);
}

void TstHostKeyLedger::anotherKeyHasToBeForgottenFirst()
{
    HostKeyLedger ledger(file(), m_clock);
    QVERIFY(ledger.pin(m_host, key('a'), u"lin"_s));
    const auto refused = ledger.pin(m_host, key('b'), u"lin"_s);
    QCOMPARE(refused.error().kind, ErrorKind::Conflict);
    QVERIFY(refused.error().detail.contains(key('a').fingerprint()));
    QVERIFY(ledger.forget(m_host));
    QVERIFY(ledger.pin(m_host, key('b'), u"lin"_s));
    QCOMPARE(judged(ledger, m_host, key('b')), Kind::Known);
}

void TstHostKeyLedger::aPinRemembersWhoWhenAndForWhat()
{
    HostKeyLedger ledger(file(), m_clock);
    QVERIFY(ledger.pin(m_host, key('a'), u"lin"_s));
    QVERIFY(ledger.bindToCluster(m_host, u"c-7"_s));
    QVERIFY(!ledger.bindToCluster(m_other, u"c-7"_s));
    const HostKeyPin pin = ledger.pins()->front();
    QCOMPARE(pin.by, u"lin"_s);
    QCOMPARE(pin.firstSeenMs, m_clock.nowMs());
    QCOMPARE(pin.cluster, u"c-7"_s);
    QCOMPARE(pin.source, u"shown"_s);
}

void TstHostKeyLedger::importTakesWhatIsNewAndLeavesWhatDiffers()
{
    HostKeyLedger ledger(file(), m_clock);
    QVERIFY(ledger.pin(m_host, key('a'), u"lin"_s));
    const QByteArray content = line("10.0.0.5", key('z')) // differs from what is pinned
        + line("node1", key('b')) + line("node1", key('c', "ecdsa-sha2-nistp256")) // one host, two keys
        + line(hashed("[10.0.0.6]:2222"), key('d')) // found because it is asked for
        + "@cert-authority *.example.invalid ssh-ed25519 AAAA\nno line at all\n";
    const auto done = ledger.importKnownHosts(content, {m_other}, u"wang"_s);
    QVERIFY(done);
    QCOMPARE(done->pinned, 3);
    QCOMPARE(done->conflicts, 1);
    QCOMPARE(done->authorities, 1);
    QCOMPARE(done->faulty, 1);
    QCOMPARE(judged(ledger, m_host, key('a')), Kind::Known);
    QCOMPARE(judged(ledger, m_host, key('z')), Kind::Changed);
    QCOMPARE(judged(ledger, {u"node1"_s, 22}, key('c', "ecdsa-sha2-nistp256")), Kind::Known);
    QCOMPARE(judged(ledger, m_other, key('d')), Kind::Known);
    const auto again = ledger.importKnownHosts(content, {m_other}, u"wang"_s);
    QCOMPARE(again->pinned, 0);
    QCOMPARE(again->known, 3);
}

void TstHostKeyLedger::aDamagedLedgerIsNoEmptyOne_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("cut") << QByteArray("{\"format\":1,\"pins\":[{\"addr");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no pins") << QByteArray("{\"format\":1}");
    QTest::newRow("a pin without a key") << QByteArray("{\"format\":1,\"pins\":[{\"address\":\"a:22\"}]}");
    QTest::newRow("of a newer console") << QByteArray("{\"format\":2,\"pins\":[]}");
}

void TstHostKeyLedger::aDamagedLedgerIsNoEmptyOne()
{
    QFETCH(const QByteArray, content);
    HostKeyLedger ledger(m_folder->filePath(u"ledger.json"_s), m_clock);
    QFile damaged(m_folder->filePath(u"ledger.json"_s));
    QVERIFY(damaged.open(QIODevice::WriteOnly));
    damaged.write(content);
    damaged.close();
    QVERIFY(!ledger.judge(m_host, key('a')));
    QVERIFY(!ledger.pin(m_host, key('a'), u"lin"_s));
    QVERIFY(damaged.open(QIODevice::ReadOnly));
    QCOMPARE(damaged.readAll(), content); // left for a person to look at
}

void TstHostKeyLedger::manyWritersLoseNothing()
{
    std::vector<std::thread> writers;
    for (int writer = 0; writer < 4; ++writer) {
        writers.emplace_back([this, writer] {
            HostKeyLedger ledger(file(), m_clock); // each a console of its own
            for (int i = 0; i < 20; ++i)
                ledger.pin({u"10.1.%1.%2"_s.arg(writer).arg(i), 22}, key(static_cast<char>('a' + i)), u"lin"_s);
        });
    }
    for (std::thread &writer : writers)
        writer.join();
    HostKeyLedger ledger(file(), m_clock);
    QCOMPARE(ledger.pins()->size(), size_t(80));
}

QTEST_GUILESS_MAIN(TstHostKeyLedger)
#include "tst_hostkeyledger.moc"
