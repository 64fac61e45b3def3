#include "app/standalone/simulatedcluster.h"

#include <QHash>
#include <QSet>
#include <QTest>

using namespace kboss::standalone;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 second = 1000, minute = 60 * second, hour = 60 * minute, day = 24 * hour;
constexpr qint64 made = 1'780'000'000'000; // a moment in 2026

SimulatedCluster cluster()
{
    SimulatedCluster all{u"cluster-1"_s, u"v1.31.4"_s, made, {}, {}, 2000};
    for (int i = 0; i < 5; ++i) {
        SimulatedNode node;
        node.hostName = u"node-%1"_s.arg(i);
        node.nodeId = u"n%1"_s.arg(i);
        node.internalIp = u"10.0.0.%1"_s.arg(i + 1);
        node.control = i == 0;
        node.joinedMs = made;
        node.cpuMilli = 64'000;
        node.memoryMi = 524'288;
        all.nodes.push_back(node);
    }
    for (int i = 0; i < 100; ++i) {
        SimulatedWorkload workload;
        workload.configId = u"c%1"_s.arg(i);
        workload.customer = u"org"_s;
        workload.nameSpace = u"space"_s;
        workload.podStem = workload.configId + u"-statefulset"_s;
        workload.hosts = {u"node-1"_s, u"node-2"_s};
        workload.cpuMilli = 2000;
        workload.memoryMi = 4096;
        workload.appliedMs = made;
        all.workloads.push_back(workload);
    }
    return all;
}

QString everythingOf(const PodState &pod)
{
    const QStringList all{pod.nameSpace, pod.name, pod.phase, pod.ip, pod.hostName, pod.nominatedNode, pod.configId, pod.customer};
    QString text = all.join(u'|');
    for (const qint64 number : {qint64(pod.readyContainers), qint64(pod.containers), pod.restarts, pod.ageSeconds, pod.cpuUsedMicro.value_or(-1),
                                pod.memoryUsedKi.value_or(-1), pod.gpusUsed, pod.cpuLimitMilli, pod.memoryLimitMi, pod.gpuLimit})
        text += u'|' + QString::number(number);
    return text;
}

QStringList everythingOf(const std::vector<PodState> &pods)
{
    QStringList all;
    for (const PodState &pod : pods)
        all << everythingOf(pod);
    return all;
}

QHash<QString, PodState> byName(const std::vector<PodState> &pods)
{
    QHash<QString, PodState> all;
    for (const PodState &pod : pods)
        all.insert(pod.nameSpace + u'/' + pod.name, pod);
    return all;
}

} // namespace

// Pods of a cluster that exists in numbers only: the same at the same moment whoever asks, and as lively as those of a real one.
class TestSimulatedPods : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theSameForTheSameMoment()
    {
        for (const qint64 age : {qint64(0), 7 * second, 90 * second, 59 * minute, 40 * day}) {
            const QStringList one = everythingOf(simulatePods(cluster(), made + age));
            QCOMPARE(one.size(), 2000 + 200 + 4 + 5 * 3);
            QCOMPARE(one, everythingOf(simulatePods(cluster(), made + age)));
        }
    }

    void whatHappensWithinAnHour()
    {
        const SimulatedCluster all = cluster();
        const qint64 start = made + 3 * day;
        const auto before = byName(simulatePods(all, start));
        QSet<QString> phases, restarted, moved, waitingForImages;
        for (qint64 now = start + minute; now <= start + hour; now += minute) {
            for (const PodState &pod : simulatePods(all, now)) {
                phases << pod.phase;
                const QString name = pod.nameSpace + u'/' + pod.name;
                if (pod.phase.contains(u"ImagePull"_s)) {
                    waitingForImages << name;
                    QCOMPARE(pod.readyContainers, 0);
                    QCOMPARE(pod.cpuUsedMicro.value_or(-1), 0);
                }
                if (const auto former = before.constFind(name); former != before.constEnd()) {
                    QVERIFY2(pod.restarts >= former->restarts, qPrintable(name));
                    if (pod.restarts > former->restarts)
                        restarted << name;
                    if (pod.cpuUsedMicro != former->cpuUsedMicro)
                        moved << name;
                }
            }
        }
        for (const QString &phase : {u"Running"_s, u"Pending"_s, u"CrashLoopBackOff"_s, u"ErrImagePull"_s, u"ImagePullBackOff"_s, u"Completed"_s})
            QVERIFY2(phases.contains(phase), qPrintable(phase));
        QVERIFY2(restarted.size() >= 5, qPrintable(QString::number(restarted.size())));
        QVERIFY2(waitingForImages.size() >= 3, qPrintable(QString::number(waitingForImages.size())));
        QVERIFY2(moved.size() > 1500, qPrintable(QString::number(moved.size())));
    }

    // What somebody ordered: some wait for their image at first, every one runs in the end.
    void workloadsStartAndWaitForTheirImages()
    {
        SimulatedCluster all = cluster();
        all.backgroundPods = 0;
        QSet<QString> late, pods;
        for (qint64 age = 0; age <= 2 * minute; age += second) {
            for (const PodState &pod : simulatePods(all, made + age)) {
                if (pod.configId.isEmpty())
                    continue;
                pods << pod.name;
                if (pod.phase == u"ErrImagePull"_s || pod.phase == u"ImagePullBackOff"_s)
                    late << pod.name;
                const QString expected = age < 4 * second ? u"Pending"_s : age == 2 * minute ? u"Running"_s : QString();
                if (!expected.isEmpty())
                    QVERIFY2(pod.phase == expected, qPrintable(everythingOf(pod)));
                if (age >= 17 * second && !late.contains(pod.name)) // the second replica starts three seconds later
                    QVERIFY2(pod.phase == u"Running"_s || pod.phase == u"ContainerCreating"_s, qPrintable(everythingOf(pod)));
            }
        }
        QCOMPARE(pods.size(), 200);
        QVERIFY2(late.size() > 10 && late.size() < 50, qPrintable(QString::number(late.size())));
    }

    void workloadsAreRestarted()
    {
        SimulatedCluster all = cluster();
        all.backgroundPods = 0;
        QSet<QString> restarted, down;
        for (qint64 age = 0; age <= 10 * day; age += hour) {
            for (const PodState &pod : simulatePods(all, made + age)) {
                if (!pod.configId.isEmpty() && pod.restarts > 0)
                    restarted << pod.name;
            }
        }
        QCOMPARE(restarted.size(), 200); // within nine days each
        for (qint64 age = 7 * hour; age <= 12 * hour; age += 10 * second) {
            for (const PodState &pod : simulatePods(all, made + age)) {
                if (!pod.configId.isEmpty() && (pod.phase == u"Error"_s || pod.phase == u"CrashLoopBackOff"_s)) {
                    down << pod.name;
                    QVERIFY(pod.restarts > 0 && pod.readyContainers == 0);
                }
            }
        }
        QVERIFY2(!down.isEmpty() && down.size() < 50, qPrintable(QString::number(down.size())));
    }

    // A Job is not troubled: it ends.
    void whatEndsItselfEnds()
    {
        SimulatedCluster all = cluster();
        for (SimulatedWorkload &workload : all.workloads)
            workload.endsItself = true;
        for (const PodState &pod : simulatePods(all, made + 5 * day)) {
            if (!pod.configId.isEmpty())
                QVERIFY2(pod.phase == u"Completed"_s && pod.restarts == 0, qPrintable(everythingOf(pod)));
        }
    }
};

QTEST_GUILESS_MAIN(TestSimulatedPods)
#include "tst_simulatedpods.moc"
