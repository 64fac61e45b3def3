#include "app/services/installtrust.h"
#include "tests/app/services/installworld.h"
#include "tests/support/askinghost.h"

#include <QSignalSpy>

using namespace kboss;
using namespace kboss::test;
using namespace Qt::StringLiterals;

// What hosts ask during a sign-in comes to the desk, and whose hosts they are comes into the ledger.
class TestInstallQuestions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QVERIFY(m_world.renew()); }

    void aCodeIsAskedForAndGiven()
    {
        AskingHost host({SSH_AUTH_METHOD_PASSWORD | SSH_AUTH_METHOD_INTERACTIVE, "right", "246810", "Example Bank", "Your second factor."});
        QVERIFY(host.start());
        InstallDesk desk(partsIn(m_world.folder->path(), m_world.secrets.get(), m_world.clock, false));
        QSignalSpy changed(&desk, &InstallDesk::questionsChanged);
        Installation *one = installationOn(&desk, {host.port()});
        QVERIFY(one);
        one->checks()->run();
        QTRY_COMPARE_WITH_TIMEOUT(desk.questions().size(), size_t(1), 30'000);
        const HostQuestion asked = desk.questions()[0];
        QCOMPARE(asked.install, one->id());
        QCOMPARE(asked.host, u"cp-1"_s);
        QCOMPARE(asked.address, u"ops@127.0.0.1:%1"_s.arg(host.port()));
        QCOMPARE(asked.title, u"Example Bank"_s);
        QCOMPARE(asked.text, u"Your second factor."_s);
        QCOMPARE(asked.prompt, u"Verification code: "_s);
        QVERIFY(asked.echo && asked.untilMs > m_world.clock.nowMs());
        QVERIFY(!changed.isEmpty());
        desk.answer(asked.id + 1, u"135"_s); // of nobody
        QCOMPARE(desk.questions().size(), size_t(1));
        desk.answer(asked.id, u"246810"_s);
        QVERIFY(desk.questions().empty());
        QTRY_COMPARE(host.signedIn(), 1);
        one->checks()->cancel(); // this host lets nobody do anything
        QTRY_VERIFY_WITH_TIMEOUT(!one->checks()->isRunning(), 60'000);
        QVERIFY(one->checks()->hostState(u"cp-1"_s).error.kind != ErrorKind::Auth);
    }

    void nobodyAnswers()
    {
        AskingHost host({SSH_AUTH_METHOD_INTERACTIVE, "right", "246810", {}, {}});
        QVERIFY(host.start());
        InstallDesk desk(partsIn(m_world.folder->path(), m_world.secrets.get(), m_world.clock, false));
        Installation *one = installationOn(&desk, {host.port()});
        QVERIFY(one);
        one->checks()->run();
        QTRY_COMPARE_WITH_TIMEOUT(desk.questions().size(), size_t(1), 30'000);
        desk.giveUp(desk.questions()[0].id);
        QTRY_VERIFY_WITH_TIMEOUT(!one->checks()->isRunning(), 60'000);
        QCOMPARE(one->checks()->hostState(u"cp-1"_s).error.kind, ErrorKind::Auth);
        QCOMPARE(host.signedIn(), 0);
    }

    void theDeskEndsWhileAHostWaits()
    {
        AskingHost host({SSH_AUTH_METHOD_INTERACTIVE, "right", "246810", {}, {}});
        QVERIFY(host.start());
        InstallDesk desk(partsIn(m_world.folder->path(), m_world.secrets.get(), m_world.clock, false));
        Installation *one = installationOn(&desk, {host.port()});
        QVERIFY(one);
        one->checks()->run();
        QTRY_COMPARE_WITH_TIMEOUT(desk.questions().size(), size_t(1), 30'000);
    } // and waits for nobody

    void hostsAreBoundToTheirCluster()
    {
        InstallShared shared(partsIn(m_world.folder->path(), m_world.secrets.get(), m_world.clock, false));
        InstallTrust trust(shared, [](const QString &) { return SshTarget(); });
        InstallPlan plan;
        plan.hosts = {{u"cp-1"_s, u"10.0.0.1"_s, 22, u"ops"_s, HostRole::ControlPlane, u"jump@10.0.0.9:22"_s}};
        trust.setPlaces(placesOf(plan));
        const auto key = [](char letter) {
            return HostKey{QByteArray::fromHex("0000000b") + "ssh-ed25519" + QByteArray::fromHex("00000020") + QByteArray(32, letter)};
        };
        QVERIFY(shared.ledger.pin({u"10.0.0.1"_s, 22}, key('a'), u"liu"_s, u"draft"_s));
        QVERIFY(shared.ledger.pin({u"10.0.0.9"_s, 22}, key('b'), u"liu"_s));
        trust.bind(u"cluster-7"_s);
        const auto clusterOf = [&shared](const QString &address) {
            const std::vector<HostKeyPin> pins = shared.ledger.pins().value_or(std::vector<HostKeyPin>());
            for (const HostKeyPin &pin : pins) {
                if (pin.address == address)
                    return pin.cluster;
            }
            return u"?"_s;
        };
        QTRY_COMPARE(clusterOf(u"10.0.0.1:22"_s), u"cluster-7"_s);
        QCOMPARE(clusterOf(u"10.0.0.9:22"_s), QString()); // gone through by many
    }

private:
    InstallWorld m_world;
};

QTEST_GUILESS_MAIN(TestInstallQuestions)
#include "tst_installquestions.moc"
