#include "app/cluster/crosshost.h"

#include "app/cluster/reachtest.h"
#include "tests/app/cluster/samplefacts.h"
#include "tests/app/cluster/scriptedhost.h"

#include <QElapsedTimer>
#include <QTcpServer>
#include <QTest>
#include <memory>

using namespace kboss;
using namespace Qt::StringLiterals;
using test::factsOf;
using test::findCheck;
using State = CheckResult::State;

namespace {

// Hosts of the sample plan, each with facts of its own.
struct Lab {
    InstallPlan plan = test::samplePlan();
    std::vector<HostFacts> facts;
    std::vector<std::unique_ptr<RemoteHost>> remotes;

    explicit Lab(int hosts = 3)
    {
        while (int(plan.hosts.size()) < hosts) {
            PlanHost one = plan.hosts.back();
            one.name = u"node-%1"_s.arg(plan.hosts.size() + 1);
            one.address = u"10.20.4.%1"_s.arg(21 + plan.hosts.size());
            plan.hosts.push_back(one);
        }
        for (int n = 1; n <= hosts; ++n) {
            const QByteArray number = QByteArray::number(n).rightJustified(2, '0');
            HostFacts one = factsOf({{u"host-name"_s, "node-" + QByteArray::number(n) + '\n'}, {u"machine-id"_s, "0123456789abcdef0123456789abcd" + number + '\n'}},
                                    {{u"product-uuid"_s, "4c4c4544-0000-0000-0000-0000000000" + number + '\n'}});
            one.links[1].mac = u"00:16:3e:00:00:%1"_s.arg(QString::fromLatin1(number));
            one.addresses[1].address = QHostAddress(plan.hosts[size_t(n - 1)].address);
            one.clock = {true, 20 * n, 5};
            facts.push_back(one);
        }
    }
    std::vector<HostToCheck> hosts() const
    {
        std::vector<HostToCheck> list;
        for (size_t n = 0; n < facts.size(); ++n)
            list.push_back({&plan.hosts[n], &facts[n], n < remotes.size() ? remotes[n].get() : nullptr});
        return list;
    }
    std::vector<CheckResult> judge() const { return judgeAcross(plan, hosts()); }
};

// All problems as "host/Name".
QStringList problems(const std::vector<CheckResult> &results)
{
    QStringList list;
    for (const CheckResult &one : results) {
        if (one.isProblem())
            list << one.host + u'/' + one.name;
    }
    return list;
}

quint16 freePort()
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost) ? server.serverPort() : quint16(0);
}

} // namespace

// Checks between hosts: from facts that were read, and over real sockets of this machine.
class TstCrossHost : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void goodHostsHaveNoProblem();
    void whatHasToBeItsOwn();
    void anAddressThatIsElsewhereToo();
    void clocksAgainstTheirMedian();
    void theOneOfTwoIsTheOneFarFromUs();
    void mtuThatDiffers();
    void rangesThatOverlap();
    void aHostThatWasNotRead();
    void portsByRole();
    void reachIsJudgedByPeer();
    void namesThatMeanAnotherHost();
    void listenersAndConnections_data();
    void listenersAndConnections();
    void eachToEachOverRealSockets();
    void thirtyHostsAtOnce();
    void hostileReachLines();
};

void TstCrossHost::goodHostsHaveNoProblem()
{
    const Lab lab;
    const auto results = lab.judge();
    QCOMPARE(problems(results), QStringList());
    QCOMPARE(findCheck(results, u"MTU"_s)->measured, u"1500"_s);
    QCOMPARE(findCheck(results, u"ClockSkew"_s, u"node-1"_s)->measured, u"−0.02 s"_s);
    QCOMPARE(findCheck(results, u"ClockSkew"_s, u"node-3"_s)->measured, u"+0.02 s"_s);
}

void TstCrossHost::whatHasToBeItsOwn()
{
    Lab lab;
    lab.facts[2].hostName = u"NODE-1"_s;
    QCOMPARE(problems(lab.judge()), (QStringList{u"node-1/UniqueHostname"_s, u"node-3/UniqueHostname"_s}));
    QCOMPARE(findCheck(lab.judge(), u"UniqueHostname"_s, u"node-1"_s)->measured, u"node-3"_s);
    QCOMPARE(findCheck(lab.judge(), u"UniqueHostname"_s, u"node-1"_s)->evidence, u"node-1: node-1, node-3"_s);
    Lab other;
    other.facts[1].machineId = other.facts[0].machineId; // a cloned disk
    other.facts[1].productUuid = other.facts[0].productUuid;
    other.facts[1].links[1].mac = other.facts[0].links[1].mac;
    const auto results = other.judge();
    QCOMPARE(findCheck(results, u"UniqueMachineID"_s, u"node-2"_s)->state, State::Error);
    QCOMPARE(findCheck(results, u"UniqueProductUUID"_s, u"node-2"_s)->state, State::Warning);
    QCOMPARE(findCheck(results, u"UniqueMAC"_s, u"node-1"_s)->state, State::Error);
    QCOMPARE(findCheck(results, u"UniqueMAC"_s, u"node-3"_s)->state, State::Pass);
    Lab none;
    for (HostFacts &one : none.facts)
        one.productUuid.clear(); // many machines have none: that is not the same
    QCOMPARE(findCheck(none.judge(), u"UniqueProductUUID"_s)->state, State::NotApplicable);
}

void TstCrossHost::anAddressThatIsElsewhereToo()
{
    Lab lab;
    lab.facts[2].addresses.push_back({u"eth1"_s, QHostAddress(u"10.20.4.21"_s), 24});
    QCOMPARE(problems(lab.judge()), QStringList{u"node-3/UniqueAddress"_s});
    for (HostFacts &one : lab.facts)
        one.addresses.push_back({u"docker0"_s, QHostAddress(u"172.17.0.1"_s), 16}); // every host has this one
    QCOMPARE(problems(lab.judge()), QStringList{u"node-3/UniqueAddress"_s});
}

void TstCrossHost::clocksAgainstTheirMedian()
{
    Lab lab(6);
    for (HostFacts &one : lab.facts)
        one.clock.offsetMs = -600'000; // ours is ten minutes off: no fault of theirs
    lab.facts[5].clock.offsetMs = -600'000 + 47'300;
    const auto results = lab.judge();
    QCOMPARE(problems(results), QStringList{u"node-6/ClockSkew"_s});
    const CheckResult *skew = findCheck(results, u"ClockSkew"_s, u"node-6"_s);
    QCOMPARE(skew->measured, u"+47.3 s"_s);
    QCOMPARE(skew->fix, PreflightFix::SyncClock);
    QVERIFY(skew->group == CheckResult::Group::Host && skew->source.contains(u"± 5 ms"_s));
    lab.facts[5].clock = {};
    QCOMPARE(findCheck(lab.judge(), u"ClockSkew"_s, u"node-6"_s)->state, State::Unknown);
}

void TstCrossHost::theOneOfTwoIsTheOneFarFromUs()
{
    Lab lab(2);
    lab.facts[0].clock.offsetMs = 300'000;
    lab.facts[1].clock.offsetMs = 10;
    QCOMPARE(problems(lab.judge()), QStringList{u"node-1/ClockSkew"_s});
    Lab one(1);
    one.facts[0].clock.offsetMs = -300'000;
    QCOMPARE(problems(one.judge()), QStringList{u"node-1/ClockSkew"_s});
    QCOMPARE(findCheck(one.judge(), u"ClockSkew"_s)->measured, u"−300.0 s"_s);
}

void TstCrossHost::mtuThatDiffers()
{
    Lab lab;
    lab.facts[1].links[1].mtu = 1450;
    QCOMPARE(problems(lab.judge()), QStringList{u"node-2/MTU"_s});
    QCOMPARE(findCheck(lab.judge(), u"MTU"_s, u"node-2"_s)->measured, u"1450"_s);
}

void TstCrossHost::rangesThatOverlap()
{
    Lab lab;
    lab.facts[1].routes.push_back({u"10.244.7.0/24"_s, u"cni0"_s, u"10.244.7.0/24 dev cni0"_s});
    lab.facts[2].addresses.push_back({u"eth1"_s, QHostAddress(u"10.96.0.7"_s), 24});
    lab.facts[0].routes.push_back({u"8.8.8.8"_s, u"eth0"_s, u"8.8.8.8 via 10.20.4.1"_s});
    const auto results = lab.judge();
    QCOMPARE(problems(results), (QStringList{u"node-2/RangeOverlap"_s, u"node-3/RangeOverlap"_s}));
    QCOMPARE(findCheck(results, u"RangeOverlap"_s, u"node-2"_s)->evidence, u"pod 10.244.0.0/16: 10.244.7.0/24 dev cni0"_s);
    QCOMPARE(findCheck(results, u"RangeOverlap"_s, u"node-3"_s)->measured, u"10.96.0.0/12"_s);
}

void TstCrossHost::aHostThatWasNotRead()
{
    const Lab lab;
    auto hosts = lab.hosts();
    hosts[1].facts = nullptr;
    for (const CheckResult &one : judgeAcross(lab.plan, hosts)) {
        if (one.host == u"node-2"_s)
            QVERIFY2(one.state == State::Unknown, qPrintable(one.name));
        else
            QVERIFY2(!one.isProblem(), qPrintable(one.name));
    }
}

void TstCrossHost::portsByRole()
{
    InstallPlan plan = test::samplePlan();
    const std::vector<ReachPort> toControl{{6443, false}, {10250, false}, {8472, true}}, toWorker{{10250, false}, {8472, true}};
    QCOMPARE(portsBetween(plan, plan.hosts[1], plan.hosts[0]), toControl);
    QCOMPARE(portsBetween(plan, plan.hosts[0], plan.hosts[1]), toWorker);
    plan.hosts[1].role = HostRole::ControlPlane;
    plan.networkAddon = u"none"_s;
    QCOMPARE(portsBetween(plan, plan.hosts[1], plan.hosts[0]), (std::vector<ReachPort>{{6443, false}, {2379, false}, {2380, false}, {10250, false}}));
}

void TstCrossHost::reachIsJudgedByPeer()
{
    const Lab lab;
    using Reach = ReachAnswer::State;
    std::vector<ReachAnswer> answers;
    for (const char *from : {"node-2", "node-3"}) {
        for (const int port : {6443, 10250})
            answers.push_back({QLatin1String(from), u"node-1"_s, {port, false}, Reach::Open, {}});
    }
    QCOMPARE(findCheck(judgeReach(lab.plan, lab.hosts(), answers), u"PortReach"_s)->measured, u"2 / 2"_s);
    answers[3].state = Reach::Refused; // reached, although nobody listens
    QCOMPARE(findCheck(judgeReach(lab.plan, lab.hosts(), answers), u"PortReach"_s)->state, State::Pass);
    answers[3].state = Reach::Filtered;
    answers[3].detail = u"ETIMEDOUT"_s;
    const auto results = judgeReach(lab.plan, lab.hosts(), answers);
    const CheckResult *one = findCheck(results, u"PortReach"_s, u"node-1"_s);
    QCOMPARE(one->state, State::Error);
    QCOMPARE(one->measured, u"1 / 2"_s);
    QCOMPARE(one->evidence, u"node-3 → node-1 10250/tcp filtered ETIMEDOUT"_s);
    answers[3].state = Reach::NotTested;
    QCOMPARE(findCheck(judgeReach(lab.plan, lab.hosts(), answers), u"PortReach"_s)->state, State::Unknown);
}

void TstCrossHost::namesThatMeanAnotherHost()
{
    Lab lab;
    for (int n = 0; n < 3; ++n) {
        lab.remotes.push_back(std::make_unique<test::ScriptedHost>([n](const RemoteCommand &) -> Result<CommandResult> {
            if (n == 0)
                return test::said("node-1\t127.0.1.1 node-1\nnode-2\t10.20.4.22 node-2\nnode-3\t\nother\t1.2.3.4\n");
            return n == 1 ? test::said("node-3\t10.20.4.99 node-3\n") : Result<CommandResult>(fail(ErrorKind::Ssh, u"gone"_s));
        }));
    }
    const auto results = checkNames(lab.plan, lab.hosts());
    QCOMPARE(problems(results), (QStringList{u"node-2/DNS"_s, u"node-3/DNS"_s}));
    QCOMPARE(results[1].evidence, u"node-3: 10.20.4.99 ≠ 10.20.4.23"_s);
    QCOMPARE(results[2].state, State::Unknown);
}

void TstCrossHost::listenersAndConnections_data()
{
    QTest::addColumn<QString>("listen");
    QTest::addColumn<QString>("connect");
    QTest::newRow("python") << u"python3"_s << u"python3"_s;
    QTest::newRow("perl") << u"perl"_s << u"perl"_s;
    QTest::newRow("python to perl") << u"perl"_s << u"python3"_s;
}

void TstCrossHost::listenersAndConnections()
{
    QFETCH(QString, listen);
    QFETCH(QString, connect);
    HostFacts listener, connector;
    listener.programs = QStringList{listen};
    connector.programs = QStringList{connect};
    const quint16 free = freePort(), closed = freePort();
    QTcpServer taken;
    QVERIFY(taken.listen(QHostAddress::LocalHost));
    const QStringList words = listenCommand(listener, u"127.0.0.1"_s, {{free, false}, {free, true}, {taken.serverPort(), false}}, 20);
    QProcess process;
    process.start(words.first(), words.mid(1));
    QVERIFY(process.waitForReadyRead(10'000));
    QCOMPARE(process.readLine().trimmed(), u"ready tcp:%1=open udp:%1=open tcp:%2=taken"_s.arg(free).arg(taken.serverPort()).toLatin1());
    const QByteArray orders = u"a 127.0.0.1 %1 tcp\na 127.0.0.1 %1 udp\nb 127.0.0.1 %2 tcp\nb 127.0.0.1 %3 tcp\nb 127.0.0.1 %3 udp\nbroken\n"_s.arg(free)
                                  .arg(taken.serverPort())
                                  .arg(closed)
                                  .toLatin1();
    const auto said = test::runHere({connectCommand(connector), orders, false, 15'000, 0, {}});
    QVERIFY(said && said->isGood());
    const auto answers = readReach(u"x"_s, said->out);
    QCOMPARE(answers.size(), size_t(5));
    for (const ReachAnswer &one : answers) {
        using Reach = ReachAnswer::State;
        const Reach expected = one.port.port == closed ? Reach::Refused : Reach::Open;
        QVERIFY2(one.state == expected, qPrintable(u"%1 %2 %3"_s.arg(one.to).arg(one.port.port).arg(one.detail)));
    }
    process.kill();
    process.waitForFinished();
    // Where nobody reads what it says, as when the connection goes, it ends by itself.
    QElapsedTimer time;
    time.start();
    QStringList piped{u"sh"_s, u"-c"_s, u"\"$@\" | head -n 1"_s, u"sh"_s};
    const auto ended = test::runHere({piped + words, {}, false, 15'000, 0, {}});
    QVERIFY(ended && time.elapsed() < 8'000);
}

void TstCrossHost::eachToEachOverRealSockets()
{
    // This machine under three of its addresses; where the port of the third is held back, its listener says "no".
    Lab lab;
    for (int n = 0; n < 3; ++n) {
        lab.plan.hosts[size_t(n)].address = u"127.0.77.%1"_s.arg(n + 1);
        lab.facts[size_t(n)].programs << u"python3"_s;
        lab.remotes.push_back(std::make_unique<test::ScriptedHost>([](const RemoteCommand &command) {
            QProcess process;
            process.start(command.words.first(), command.words.mid(1));
            process.write(command.input);
            process.closeWriteChannel();
            CommandResult all;
            while (process.state() != QProcess::NotRunning && process.waitForReadyRead(3'000)) {
                const QByteArray out = process.readAllStandardOutput();
                if (command.output && !out.isEmpty())
                    command.output(out, false);
                all.out += out;
                if (command.output && all.out.size() > 400) // the listener: long enough for the others
                    break;
            }
            process.closeReadChannel(QProcess::StandardOutput);
            process.waitForFinished(4'000);
            all.exitCode = process.exitCode();
            return Result<CommandResult>(all);
        }));
    }
    QElapsedTimer time;
    time.start();
    const auto answers = testReach(lab.plan, lab.hosts());
    QCOMPARE(answers.size(), size_t(2 * 3 + 4 * 2)); // 2 to the control plane with three ports, 4 to workers with two
    for (const ReachAnswer &one : answers)
        QVERIFY2(one.state == ReachAnswer::State::Open, qPrintable(u"%1 → %2 %3 %4"_s.arg(one.from, one.to).arg(one.port.port).arg(one.detail)));
    QVERIFY2(time.elapsed() < 40'000, qPrintable(QString::number(time.elapsed())));
}

void TstCrossHost::thirtyHostsAtOnce()
{
    Lab lab(30);
    for (int n = 0; n < 30; ++n) {
        lab.remotes.push_back(std::make_unique<test::ScriptedHost>([](const RemoteCommand &command) -> Result<CommandResult> {
            if (command.output) {
                command.output("ready tcp:10250=open\n", false);
                return test::said({});
            }
            QByteArray out;
            for (const QByteArray &line : command.input.split('\n')) {
                const auto words = line.split(' ');
                if (words.size() == 4)
                    out += words[0] + ' ' + words[2] + ' ' + words[3] + (words[2] == "10250" ? " ECONNREFUSED\n" : " ETIMEDOUT\n");
            }
            return test::said(out);
        }));
    }
    const auto answers = testReach(lab.plan, lab.hosts());
    for (const ReachAnswer &one : answers) {
        using Reach = ReachAnswer::State;
        // Refused where we listen is kept out by something; no answer over UDP without a listener says nothing.
        QCOMPARE(one.state, one.port.isUdp ? Reach::NotTested : Reach::Filtered);
    }
    QCOMPARE(answers.size(), size_t(30 * 29 * 2 + 29));
    const auto results = checkAcross(lab.plan, lab.hosts());
    QCOMPARE(findCheck(results, u"PortReach"_s, u"node-7"_s)->measured, u"0 / 29"_s);
}

void TstCrossHost::hostileReachLines()
{
    const auto answers = readReach(u"a"_s, "x\nb 70000 tcp open\nb 1 tcp open extra\nb -1 tcp open\n\xff\xfe 1 tcp open\nb 22 tcp EVIL\n" + QByteArray(100'000, '\n'));
    QCOMPARE(answers.size(), size_t(2));
    QCOMPARE(answers[1].state, ReachAnswer::State::Filtered);
}

QTEST_GUILESS_MAIN(TstCrossHost)
#include "tst_crosshost.moc"
