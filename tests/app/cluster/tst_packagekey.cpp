// Whose packages are installed: the key of the repository is known beforehand, whatever a mirror says, and a mirror without TLS wants somebody's
// word.
#include "app/cluster/hostchecks.h"
#include "app/cluster/packagekey.h"
#include "tests/support/installground.h"

#include <QTest>

using namespace kboss;
using namespace kboss::test;
using namespace Qt::StringLiterals;
using State = StepStatus::State;
using Kind = LabInstall::Kind;

namespace {

QByteArray published()
{
    QFile file(qEnvironmentVariable("KBOSS_SOURCE_DIR") + u"/tests/support/host/recorded/kubernetes-release-key.txt"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray bytesOf(const QByteArray &block)
{
    QByteArray coded;
    for (const QByteArray &line : block.mid(block.indexOf("\n\n") + 2).split('\n')) {
        if (line.startsWith("-----END"))
            break;
        coded += line.startsWith('=') ? QByteArray() : line;
    }
    return QByteArray::fromBase64(coded);
}

QByteArray blockOf(const QByteArray &bytes)
{
    return "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n" + bytes.toBase64() + "\n-----END PGP PUBLIC KEY BLOCK-----\n";
}

// A key packet of the new form, of somebody else.
QByteArray strangersKey(char tag = 6)
{
    const QByteArray body = QByteArray("\x04\x60\x00\x00\x00\x01\x00\x08\xff\x00\x02\x03", 12);
    return QByteArray(1, static_cast<char>(0xc0 | tag)) + static_cast<char>(body.size()) + body;
}

} // namespace

class TstPackageKey : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void thePublishedKeyIsKnown();
    void nothingElseIsTrusted_data();
    void nothingElseIsTrusted();
    void plainHttpWantsAWord();
    void anotherKeyInstallsNothing();
    void anAcceptedMirrorIsTaken();

private:
    static StepStatus packagesOf(LabRun &run);
};

void TstPackageKey::thePublishedKeyIsKnown()
{
    const QByteArray block = published();
    QVERIFY(block.size() > 1'000);
    const auto found = packageKeyFingerprints(block);
    QVERIFY2(found, qPrintable(found ? QString() : found.error().detail));
    QCOMPARE(*found, QStringList{QString::fromLatin1(publishedPackageKey)});
    const auto trusted = publishedKeyOf("some words before\n" + block + "and after\n");
    QVERIFY(trusted);
    QVERIFY(!trusted->contains("words") && !trusted->contains("after"));
    QCOMPARE(bytesOf(*trusted), bytesOf(block));
    QCOMPARE(*packageKeyFingerprints(*trusted), *found);
}

void TstPackageKey::nothingElseIsTrusted_data()
{
    QTest::addColumn<QByteArray>("block");
    QTest::addColumn<ErrorKind>("kind");
    const QByteArray good = bytesOf(published());
    QTest::newRow("nothing") << QByteArray() << ErrorKind::Protocol;
    QTest::newRow("a page of HTML") << QByteArray("<html>sign in first</html>") << ErrorKind::Protocol;
    QTest::newRow("no end") << published().left(600) << ErrorKind::Protocol;
    QTest::newRow("no base64") << QByteArray("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n!!!!\n-----END PGP PUBLIC KEY BLOCK-----\n")
                               << ErrorKind::Protocol;
    QTest::newRow("cut") << blockOf(good.left(good.size() - 7)) << ErrorKind::Protocol;
    QTest::newRow("two blocks") << published() + published() << ErrorKind::Protocol;
    QTest::newRow("a secret key beside it") << blockOf(good + strangersKey(5)) << ErrorKind::Protocol;
    QTest::newRow("another key") << blockOf(strangersKey()) << ErrorKind::Rejected;
    QTest::newRow("another key beside it") << blockOf(good + strangersKey()) << ErrorKind::Rejected;
    QTest::newRow("another key before it") << blockOf(strangersKey() + good) << ErrorKind::Rejected;
    QByteArray changed = good;
    changed[40] = static_cast<char>(changed[40] ^ 1);
    QTest::newRow("one bit is another") << blockOf(changed) << ErrorKind::Rejected;
    QTest::newRow("a packet of partial length") << blockOf(QByteArray("\xc6\xe1\x04\x04", 4)) << ErrorKind::Protocol;
}

void TstPackageKey::nothingElseIsTrusted()
{
    QFETCH(const QByteArray, block);
    QFETCH(const ErrorKind, kind);
    const auto trusted = publishedKeyOf(block);
    QVERIFY(!trusted);
    QCOMPARE(trusted.error().kind, kind);
    QVERIFY2(kind != ErrorKind::Rejected || trusted.error().detail.contains(QLatin1String(publishedPackageKey)), qPrintable(trusted.error().detail));
}

void TstPackageKey::plainHttpWantsAWord()
{
    InstallPlan plan;
    plan.version = u"v1.34.9"_s;
    plan.hosts = {{u"cp-1"_s, u"10.0.0.1"_s, 22, u"ops"_s, HostRole::ControlPlane, {}}};
    const auto stateOf = [&plan] {
        std::vector<CheckResult> results = judgeFacts(plan, plan.hosts[0], HostFacts());
        applyAccepted(plan, results);
        const auto found =
            std::find_if(results.begin(), results.end(), [](const CheckResult &one) { return one.name == QLatin1String(packageSourceCheck); });
        return found == results.end() ? CheckResult::State::Unknown : found->state;
    };
    QVERIFY(judgePackageSource(plan, u"cp-1"_s)); // where Kubernetes publishes
    QCOMPARE(stateOf(), CheckResult::State::Pass);
    for (const QString &mirror : {u"http://mirror.example.com/kubernetes"_s, u"HTTP://mirror.example.com/kubernetes"_s}) {
        plan.packageMirror = mirror;
        plan.acceptedProblems.clear();
        const auto refused = judgePackageSource(plan, u"cp-1"_s);
        QVERIFY(!refused && refused.error().kind == ErrorKind::Rejected);
        QVERIFY2(refused.error().detail.contains(u"plain http"_s), qPrintable(refused.error().detail));
        QCOMPARE(stateOf(), CheckResult::State::Error);
        plan.acceptedProblems = {u"cp-1/PackageSource"_s};
        QVERIFY(judgePackageSource(plan, u"cp-1"_s));
        QVERIFY(!judgePackageSource(plan, u"cp-2"_s)); // each host by name
        QCOMPARE(stateOf(), CheckResult::State::Accepted);
    }
}

StepStatus TstPackageKey::packagesOf(LabRun &run)
{
    for (const StepStatus &status : run.runner().state()) {
        if (status.id == u"cp-1/packages"_s)
            return status;
    }
    return {};
}

void TstPackageKey::anotherKeyInstallsNothing()
{
    InstallGround ground(1, 0);
    QVERIFY2(ground.start(), qPrintable(ground.lab->errorText()));
    InstallHost &host = (*ground.lab)[0];
    const QString url = u"https://packages.example/core/v1.34/deb/Release.key"_s;
    host.setUrl(url, blockOf(strangersKey()));
    {
        LabRun run(ground.install, Kind::Install);
        run.runner().start();
        QVERIFY(run.runner().wait(longMs));
        const StepStatus packages = packagesOf(run);
        QCOMPARE(packages.state, State::Failed);
        QVERIFY2(packages.error.kind == ErrorKind::Rejected && packages.error.detail.contains(QLatin1String(publishedPackageKey)),
                 qPrintable(packages.error.detail));
        for (const QString &path :
             {u"/etc/apt/keyrings/kboss-kubernetes.asc"_s, u"/etc/apt/sources.list.d/kboss-kubernetes.list"_s, u"/usr/bin/kubeadm"_s})
            QVERIFY2(!host.fileExists(path), qPrintable(path));
        // The mirror is mended: another try asks it again.
        host.setUrl(url, published());
        QVERIFY(run.runner().repeat(u"cp-1/packages"_s));
        QTRY_VERIFY_WITH_TIMEOUT(packagesOf(run).state == State::Done || packagesOf(run).state == State::Failed, longMs);
        QVERIFY2(packagesOf(run).state == State::Done, qPrintable(packagesOf(run).error.detail));
        run.runner().stop();
    }
    QCOMPARE(host.fileContent(u"/etc/apt/keyrings/kboss-kubernetes.asc"_s), *publishedKeyOf(published()));
    QVERIFY(host.fileExists(u"/usr/bin/kubeadm"_s));
}

void TstPackageKey::anAcceptedMirrorIsTaken()
{
    InstallGround ground(1, 0);
    ground.plan = [](LabInstall &install) { install.plan.packageMirror = u"http://packages.example/core"_s; };
    QVERIFY2(ground.start(), qPrintable(ground.lab->errorText()));
    {
        LabRun run(ground.install, Kind::Install);
        run.runner().start();
        QVERIFY(run.runner().wait(longMs));
        QVERIFY2(packagesOf(run).state == State::Failed && packagesOf(run).error.detail.contains(u"plain http"_s),
                 qPrintable(packagesOf(run).error.detail));
        QVERIFY((*ground.lab)[0].calls(u"curl"_s).empty());
    }
    ground.install.plan.acceptedProblems = {u"cp-1/PackageSource"_s};
    QVERIFY(QDir(ground.folder.filePath(u"journal-0"_s)).removeRecursively());
    (*ground.lab)[0].inside({u"rm"_s, u"-f"_s, u"/var/lib/kboss/install.lock"_s});
    LabRun run(ground.install, Kind::Install);
    run.runner().start();
    QTRY_VERIFY_WITH_TIMEOUT(packagesOf(run).state == State::Done || packagesOf(run).state == State::Failed, longMs);
    QVERIFY2(packagesOf(run).state == State::Done, qPrintable(packagesOf(run).error.detail));
    run.runner().stop();
}

QTEST_GUILESS_MAIN(TstPackageKey)
#include "tst_packagekey.moc"
