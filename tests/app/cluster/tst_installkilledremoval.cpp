// Removals by consoles that are killed: of a worker, then of what is left of the cluster. Every host becomes what it would have become.
#include "tests/support/killground.h"

using namespace kboss;
using namespace kboss::test;
using namespace Qt::StringLiterals;

class TstInstallKilledRemoval : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void killedAndResumed_data();
    void killedAndResumed();

private:
    struct Reference {
        std::vector<int> numbers;
        Undisturbed worker, cluster;
        QString withoutWorker, withoutAny;
        QMap<QString, int> ends;
    };
    std::unique_ptr<InstallGround> ground();
    QString learn();

    Reference m_whole;
};

namespace {

const QString removed = u"w-2"_s;

// A kill at each step that has something to do: the removals have few phases. All hosts are locked at once, so that one of them stands for all.
std::vector<Kill> everyStep(Moment moment, const Undisturbed &whole)
{
    std::vector<Kill> kills;
    bool locked = false;
    for (const Undisturbed::Step &step : whole.steps) {
        const KillPoint point{step.host, step.phase};
        if (step.phase == InstallPhase::Lock && std::exchange(locked, true))
            continue;
        if (moment == Moment::Start)
            kills.push_back({point, step.id, u"begins"_s, 0, step.beganMs});
        else if (moment == Moment::Middle)
            kills.push_back({point, step.id, u"begins"_s, step.ms() / 2, step.beganMs + step.ms() / 2});
        else
            kills.push_back({point, step.id, u"done"_s, 0, step.endedMs});
    }
    std::stable_sort(kills.begin(), kills.end(), [](const Kill &a, const Kill &b) { return a.atMs < b.atMs; });
    return kills;
}

} // namespace

// Three control planes, so that one leaves etcd by a step of its own, and two workers; installed.
std::unique_ptr<InstallGround> TstInstallKilledRemoval::ground()
{
    size_t next = 0;
    const bool first = m_whole.numbers.empty();
    auto made = std::make_unique<InstallGround>(3, 2, 0, [&](HostOptions &options) {
        options.number = first ? 0 : m_whole.numbers.at(next++);
        options.installed = true; // packages are not what is looked at
        options.version = u"v1.34.9"_s;
        options.swap = false;
    });
    for (int i = 0; first && i < made->lab->size(); ++i)
        m_whole.numbers.push_back((*made->lab)[i].options().number);
    if (!made->start()) {
        qWarning("%s", qPrintable(made->lab->errorText()));
        return nullptr;
    }
    if (const QString trouble = made->run(Kind::Install); !trouble.isEmpty()) {
        qWarning("%s", qPrintable(trouble));
        return nullptr;
    }
    for (int i = 0; i < made->lab->size(); ++i) {
        (*made->lab)[i].forgetCalls();
        (*made->lab)[i].slow(u"kubeadm"_s, u"reset"_s, 1.5);
    }
    (*made->lab)[0].slow(u"kubectl"_s, u"drain"_s, 1.5);
    made->install.write(u"platform-ms"_s, "400");
    return made;
}

QString TstInstallKilledRemoval::learn()
{
    const auto whole = ground();
    if (!whole)
        return u"no cluster"_s;
    m_whole.worker.run(*whole, Kind::RemoveWorker, removed);
    m_whole.withoutWorker = stateOf(*whole);
    m_whole.cluster.run(*whole, Kind::RemoveCluster);
    m_whole.withoutAny = stateOf(*whole);
    m_whole.ends = goodEnds(*whole);
    return m_whole.worker.trouble + m_whole.cluster.trouble;
}

void TstInstallKilledRemoval::killedAndResumed_data()
{
    QTest::addColumn<Moment>("moment");
    QTest::newRow("at the start of each step") << Moment::Start;
    QTest::newRow("in the middle of each step") << Moment::Middle;
    QTest::newRow("at the end of each step") << Moment::End;
}

void TstInstallKilledRemoval::killedAndResumed()
{
    QFETCH(const Moment, moment);
    if (m_whole.ends.isEmpty())
        QCOMPARE(learn(), QString());
    QStringList ids;
    for (const auto *steps : {&m_whole.worker.steps, &m_whole.cluster.steps}) {
        for (const Undisturbed::Step &step : *steps)
            ids << step.id;
    }
    for (const QString &id :
         {u"cp-1/drain-w-2"_s, u"cp-1/delete-w-2"_s, u"w-2/reset"_s, u"w-1/reset"_s, u"cp-1/leave-cp-2"_s, u"cp-3/reset"_s, u"cp-1/reset"_s})
        QVERIFY2(ids.contains(id), qPrintable(ids.join(u' ')));
    const auto again = ground();
    QVERIFY(again);
    size_t missed = killAll(*again, Kind::RemoveWorker, removed, everyStep(moment, m_whole.worker)).size();
    QCOMPARE(again->run(Kind::RemoveWorker, removed), QString());
    QCOMPARE(difference(m_whole.withoutWorker, stateOf(*again)), QString());
    missed += killAll(*again, Kind::RemoveCluster, {}, everyStep(moment, m_whole.cluster)).size();
    QCOMPARE(again->run(Kind::RemoveCluster), QString());
    QCOMPARE(difference(m_whole.withoutAny, stateOf(*again)), QString());
    QCOMPARE(doneTwice(m_whole.ends, goodEnds(*again)), QStringList());
    QVERIFY2(missed <= size_t(ids.size()) / 4, qPrintable(QString::number(missed))); // hosts go side by side: some are over when it is their turn
}

int main(int argc, char **argv)
{
    return killableMain<TstInstallKilledRemoval>(argc, argv);
}

#include "tst_installkilledremoval.moc"
