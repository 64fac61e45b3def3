// Three control planes and two workers, on hosts with real sshd and played programs: see tst_install.cpp.
#include "tests/support/installground.h"

#include <QTest>

using namespace kboss;
using namespace kboss::test;
using namespace Qt::StringLiterals;
using Kind = LabInstall::Kind;

class TstInstallControl : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void threeControlPlanes();
    void aJoinThatFailedIsMadeAnew_data();
    void aJoinThatFailedIsMadeAnew();
};

namespace {

QString dump(InstallHost &host)
{
    QString text;
    for (const HostCall &call : host.calls())
        text += host.name() + u": "_s + call.line() + u" -> %1\n"_s.arg(call.exit);
    return text;
}

} // namespace

void TstInstallControl::threeControlPlanes()
{
    InstallGround ground(3, 2);
    QVERIFY2(ground.start(), qPrintable(ground.lab->errorText()));
    const QString trouble = ground.run(Kind::Install);
    if (!trouble.isEmpty())
        qWarning("%s", qPrintable(dump((*ground.lab)[1]).right(4000)));
    QVERIFY2(trouble.isEmpty(), qPrintable(trouble));
    const QString state = (*ground.lab)[0].stateSnapshot();
    for (const QString &host : {u"etcd cp-1"_s, u"etcd cp-2"_s, u"etcd cp-3"_s, u"node w-1"_s, u"node w-2"_s})
        QVERIFY2(state.contains(host), qPrintable(state));
    QVERIFY(!state.contains(u"cordoned=True"_s));
    for (int i = 1; i < 5; ++i)
        QCOMPARE((*ground.lab)[i].calls(u"kubeadm"_s, u"join"_s).size(), size_t(1));
    for (int i = 0; i < 5; ++i)
        (*ground.lab)[i].forgetCalls();
    QCOMPARE(ground.run(Kind::Install), QString());
    QCOMPARE(ground.changes(), QStringList());
    QCOMPARE(ground.run(Kind::RemoveCluster), QString());
    for (int i = 0; i < 5; ++i)
        QVERIFY(!(*ground.lab)[i].fileExists(u"/etc/kubernetes/kubelet.conf"_s));
    QVERIFY2(ground.search.names().contains(u"a certificate key"_s), qPrintable(ground.search.names().join(u", "_s)));
    QCOMPARE(ground.secretsSeen(), QStringList());
}

void TstInstallControl::aJoinThatFailedIsMadeAnew_data()
{
    QTest::addColumn<HostFault::When>("when");
    QTest::addColumn<bool>("failsAtFirst");
    QTest::newRow("before anything was done") << HostFault::When::Before << true;
    QTest::newRow("it was done, and said it failed") << HostFault::When::After << false;
    QTest::newRow("it was done, and killed") << HostFault::When::Killed << false;
}

void TstInstallControl::aJoinThatFailedIsMadeAnew()
{
    QFETCH(const HostFault::When, when);
    QFETCH(const bool, failsAtFirst);
    InstallGround ground(3, 0);
    QVERIFY2(ground.start(), qPrintable(ground.lab->errorText()));
    HostFault fault;
    fault.tool = u"kubeadm"_s;
    fault.argumentsContain = u"join"_s;
    fault.stderrText = u"error: error execution phase etcd-join: etcdserver: request timed out"_s;
    fault.when = when;
    (*ground.lab)[1].fail(fault);
    const QString trouble = ground.run(Kind::Install);
    QVERIFY2(trouble.isEmpty() != failsAtFirst, qPrintable(trouble));
    QVERIFY2(!failsAtFirst || trouble.contains(u"request timed out"_s), qPrintable(trouble));
    QVERIFY((*ground.lab)[0].stateSnapshot().contains(u"etcd cp-3"_s)); // the others went on
    QCOMPARE(ground.run(Kind::Install), QString());
    const QString state = (*ground.lab)[0].stateSnapshot();
    QVERIFY2(state.contains(u"etcd cp-2"_s) && state.count(u"\n  etcd "_s) == 3, qPrintable(state));
    QCOMPARE((*ground.lab)[1].calls(u"kubeadm"_s, u"join"_s).size(), size_t(failsAtFirst ? 2 : 1));
}

QTEST_GUILESS_MAIN(TstInstallControl)
#include "tst_installcontrol.moc"
