#include "tests/support/askinghost.h"
#include "tests/ui/installpanes.h"
#include "ui/installasker.h"

using namespace kboss;
using namespace kboss::test;
using namespace Qt::StringLiterals;

// What hosts ask during a sign-in, as people get to see it.
class TestInstallAsker : public QObject {
    Q_OBJECT

    InstallPanes m_panes;

    static AskingHost::Manner asks(const QString &bank)
    {
        return {SSH_AUTH_METHOD_PASSWORD | SSH_AUTH_METHOD_INTERACTIVE, "right", "246810", bank.toUtf8(), "Your second factor."};
    }
    // Begins to ask the hosts; the desk's questions go to the prompt.
    Installation *askAll(const std::vector<quint16> &ports)
    {
        m_panes.desk = std::make_unique<InstallDesk>(partsIn(m_panes.world.folder->path(), m_panes.world.secrets.get(), m_panes.world.clock, false));
        new InstallAsker(m_panes.context, m_panes.desk.get());
        Installation *one = installationOn(m_panes.desk.get(), ports);
        if (one)
            one->checks()->run();
        return one;
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_panes.start()); }
    void init() { QVERIFY(m_panes.world.renew()); }
    void cleanup() { m_panes.desk.reset(); }

    void hostsAreAnsweredOneAfterAnother()
    {
        AskingHost first(asks(u"First Bank"_s)), second(asks(u"Second Bank"_s));
        QVERIFY(first.start() && second.start());
        m_panes.prompt.willAnswer(true, u"246810"_s);
        m_panes.prompt.willAnswer(true, u"246810"_s);
        const size_t before = m_panes.prompt.asked().size();
        Installation *one = askAll({first.port(), second.port()});
        QVERIFY(one);
        QTRY_VERIFY_WITH_TIMEOUT(first.signedIn() == 1 && second.signedIn() == 1, 60'000);
        const auto &asked = m_panes.prompt.asked();
        one->checks()->cancel(); // these hosts let nobody do anything
        QVERIFY(asked.size() >= before + 2);
        QSet<QString> hosts;
        for (size_t i = before; i < before + 2; ++i) {
            hosts << asked[i].title.section(u' ', 0, 0);
            QVERIFY2(asked[i].text.contains(u"Your second factor."_s) && asked[i].text.contains(u"Verification code:"_s), qPrintable(asked[i].text));
            QVERIFY2(asked[i].text.contains(u"ops@127.0.0.1:"_s), qPrintable(asked[i].text)); // to whom it goes
            QCOMPARE(asked[i].input, u"text"_s); // the host lets it be seen
        }
        QCOMPARE(hosts, (QSet<QString>{u"cp-1"_s, u"wk-1"_s}));
    }

    void whoDeclinesIsNotAskedAgain()
    {
        AskingHost host(asks(u"Example Bank"_s));
        QVERIFY(host.start());
        const size_t before = m_panes.prompt.asked().size();
        Installation *one = askAll({host.port()});
        QVERIFY(one);
        QTRY_VERIFY_WITH_TIMEOUT(m_panes.prompt.asked().size() > before && !one->checks()->isRunning(), 60'000);
        QCOMPARE(m_panes.prompt.asked().size(), before + 1);
        QCOMPARE(one->checks()->hostState(u"cp-1"_s).error.kind, ErrorKind::Auth);
        QVERIFY(m_panes.desk->questions().empty());
        QCOMPARE(host.signedIn(), 0);
    }
};

QTEST_MAIN(TestInstallAsker)
#include "tst_installasker.moc"
