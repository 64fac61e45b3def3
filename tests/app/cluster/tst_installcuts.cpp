// The steps of an installation while the network goes, sshd is restarted, and a host turns out to be another: on real sshd, as they stand in the
// product.
#include "tests/support/host/cutproxy.h"
#include "tests/support/killground.h"

#include <QSet>
#include <condition_variable>
#include <thread>

using namespace kboss;
using namespace kboss::test;
using namespace Qt::StringLiterals;

namespace {

// Does something at points of a run, each once, on a thread of its own.
class Disturber {
public:
    using Work = std::function<void()>;

    void at(const QString &step, State state, qint64 laterMs, Work work) { m_plans.push_back({step, state, laterMs, std::move(work)}); }
    int done() const { return m_done; }

    InstallRunner::Observer observer()
    {
        InstallRunner::Observer told;
        told.changed = [this](const StepStatus &status) {
            const std::lock_guard lock(m_mutex);
            for (Plan &plan : m_plans) {
                if (plan.step != status.id || plan.state != status.state || plan.taken)
                    continue;
                plan.taken = true;
                m_due.emplace(std::chrono::steady_clock::now() + std::chrono::milliseconds(plan.laterMs), plan.work);
                m_changed.notify_all();
            }
        };
        return told;
    }

private:
    struct Plan {
        QString step;
        State state;
        qint64 laterMs;
        Work work;
        bool taken = false;
    };

    void loop(const std::stop_token &stop)
    {
        std::unique_lock lock(m_mutex);
        while (!stop.stop_requested()) {
            if (m_due.empty()) {
                m_changed.wait_for(lock, stop, std::chrono::seconds(1), [this] { return !m_due.empty(); });
                continue;
            }
            if (const auto when = m_due.begin()->first; when > std::chrono::steady_clock::now()) {
                m_changed.wait_until(lock, stop, when, [this, when] { return m_due.begin()->first < when; });
                continue;
            }
            const Work work = m_due.begin()->second;
            m_due.erase(m_due.begin());
            lock.unlock();
            work();
            ++m_done;
            lock.lock();
        }
    }

    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::vector<Plan> m_plans;
    std::multimap<std::chrono::steady_clock::time_point, Work> m_due;
    std::atomic_int m_done = 0;
    std::jthread m_thread{[this](const std::stop_token &stop) { loop(stop); }};
};

// A run to its end; empty = all went well.
QString runWith(const InstallGround &ground, Disturber &disturber)
{
    LabRun run(ground.install, Kind::Install, {}, disturber.observer());
    if (!run.errorText().isEmpty())
        return run.errorText();
    run.runner().start();
    return run.runner().wait(longMs) ? run.trouble() : u"not ended: "_s + run.trouble();
}

// The longest action of each phase of each host, in the order in which a run comes to them.
std::vector<Undisturbed::Step> longest(const Undisturbed &whole)
{
    std::vector<Undisturbed::Step> found;
    for (const KillPoint &point : whole.points()) {
        const Undisturbed::Step *most = nullptr;
        for (const Undisturbed::Step &step : whole.steps) {
            if (KillPoint{step.host, step.phase} == point && (!most || step.ms() > most->ms()))
                most = &step;
        }
        found.push_back(*most);
    }
    std::stable_sort(found.begin(), found.end(), [](const auto &a, const auto &b) { return a.beganMs < b.beganMs; });
    return found;
}

int signIns(const InstallHost &host)
{
    return int(host.fileContent(u"/var/log/auth.log"_s).count("Accepted "));
}

} // namespace

class TstInstallCuts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cutConnections();
    void restartedServers();
    void aHostThatIsAnotherStops();

private:
    std::unique_ptr<InstallGround> ground();
    void compare(InstallGround &ground);
    void stopsAt(const InstallGround &ground, const Undisturbed::Step &step);

    std::vector<int> m_numbers;
    Undisturbed m_whole;
    QString m_reference;
    QMap<QString, int> m_ends;
};

std::unique_ptr<InstallGround> TstInstallCuts::ground()
{
    size_t next = 0;
    const bool first = m_numbers.empty();
    auto made = std::make_unique<InstallGround>(1, 1, 0, [&](HostOptions &options) { options.number = first ? 0 : m_numbers.at(next++); });
    for (int i = 0; first && i < made->lab->size(); ++i)
        m_numbers.push_back((*made->lab)[i].options().number);
    made->plan = [](LabInstall &install) {
        install.plan.addons = {u"metrics-server"_s};
        install.bring(u"metrics-server.yaml"_s,
                      "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: metrics-server\n  namespace: kube-system\ndata:\n  a: b\n");
    };
    if (!made->start()) {
        qWarning("%s", qPrintable(made->lab->errorText()));
        return nullptr;
    }
    return made;
}

void TstInstallCuts::initTestCase()
{
    const auto whole = ground();
    QVERIFY(whole);
    m_whole.run(*whole, Kind::Install);
    QCOMPARE(m_whole.trouble, QString());
    m_reference = stateOf(*whole);
    m_ends = goodEnds(*whole);
}

void TstInstallCuts::compare(InstallGround &ground)
{
    QCOMPARE(difference(m_reference, stateOf(ground)), QString());
    QCOMPARE(doneTwice(m_ends, goodEnds(ground)), QStringList());
    QCOMPARE(ground.secretsSeen(), QStringList());
}

void TstInstallCuts::cutConnections()
{
    const auto cut = ground();
    QVERIFY(cut);
    std::vector<std::unique_ptr<CutProxy>> proxies;
    Disturber disturber;
    for (int i = 0; i < cut->lab->size(); ++i) {
        const InstallHost &host = (*cut->lab)[i];
        proxies.push_back(std::make_unique<CutProxy>(host.address().toLatin1(), host.port()));
        QVERIFY(proxies.back()->port() > 0);
        cut->install.ways[host.name()] = {u"127.0.0.1"_s, proxies.back()->port()};
        cut->install.knownHosts += "[127.0.0.1]:" + QByteArray::number(proxies.back()->port()) + ' ' + host.hostKey() + '\n';
        const auto doIt = [proxy = proxies.back().get()] { proxy->cut(); };
        for (const Undisturbed::Step &step : m_whole.steps) {
            if (step.host != host.name())
                continue;
            disturber.at(step.id, State::Running, 0, doIt);
            disturber.at(step.id, State::Running, step.ms() / 2, doIt);
            disturber.at(step.id, State::Done, 0, doIt);
        }
    }
    QCOMPARE(runWith(*cut, disturber), QString());
    QVERIFY2(disturber.done() >= int(2 * m_whole.steps.size()), QByteArray::number(disturber.done()));
    qint64 connections = 0;
    for (const auto &proxy : proxies)
        connections += proxy->taken();
    qInfo("%zu actions, %d cuts, %lld connections", m_whole.steps.size(), disturber.done(), connections);
    QVERIFY(connections > qint64(m_whole.steps.size()));
    compare(*cut);
}

void TstInstallCuts::restartedServers()
{
    const auto again = ground();
    QVERIFY(again);
    Disturber disturber;
    const auto steps = longest(m_whole);
    for (const Undisturbed::Step &step : steps) {
        InstallHost &host = (*again->lab)[step.host == u"cp-1"_s ? 0 : 1];
        disturber.at(step.id, State::Running, step.ms() / 2, [&host] {
            host.stopSsh();
            std::this_thread::sleep_for(std::chrono::milliseconds(300));
            host.startSsh();
        });
    }
    QCOMPARE(runWith(*again, disturber), QString());
    QVERIFY2(disturber.done() >= int(steps.size()) - 1, QByteArray::number(disturber.done()));
    compare(*again);
}

// Another key in the phase: the host is set aside at once and for good, nobody signs in there again, and once the old key is back everything goes on.
void TstInstallCuts::stopsAt(const InstallGround &ground, const Undisturbed::Step &step)
{
    InstallHost &host = (*ground.lab)[step.host == u"cp-1"_s ? 0 : 1];
    const QString keyFile = u"/etc/ssh/ssh_host_ed25519_key"_s;
    const QByteArray key = host.fileContent(keyFile), shown = host.fileContent(keyFile + u".pub"_s);
    std::atomic_int before = -1;
    Disturber disturber;
    disturber.at(step.id, State::Running, 0, [&] {
        host.renewHostKey();
        host.killConnections();
        before = signIns(host);
    });
    LabRun run(ground.install, Kind::Install, {}, disturber.observer());
    QCOMPARE(run.errorText(), QString());
    run.runner().start();
    QVERIFY2(run.runner().wait(longMs), qPrintable(run.trouble()));
    QVERIFY2(before >= 0, qPrintable(step.id + u" was not begun: "_s + run.trouble()));
    QString stopped;
    for (const StepStatus &status : run.runner().state()) {
        if (status.id.section(u'/', 0, 0) != step.host)
            continue;
        if (stopped.isEmpty() && status.state == State::Failed) {
            stopped = status.id;
            QVERIFY2(status.error.kind == ErrorKind::HostKey, qPrintable(status.id + u": "_s + status.error.detail));
        } else if (!stopped.isEmpty()) {
            QVERIFY2(status.state == State::SetAside, qPrintable(status.id));
        }
    }
    QVERIFY2(!stopped.isEmpty(), qPrintable(step.id));
    QVERIFY(run.runner().repeat(stopped));
    QVERIFY(run.runner().wait(longMs));
    for (const StepStatus &status : run.runner().state())
        QVERIFY2(status.id != stopped || status.error.kind == ErrorKind::HostKey, qPrintable(status.error.detail));
    QCOMPARE(signIns(host), before.load());
    host.writeFile(keyFile, key, 0600);
    host.writeFile(keyFile + u".pub"_s, shown);
    host.stopSsh();
    QVERIFY(host.startSsh());
}

void TstInstallCuts::aHostThatIsAnotherStops()
{
    QSet<int> phases;
    for (const char *host : {"cp-1", "w-1"}) { // each has hosts of its own: while one of them stands still the other goes on
        const auto other = ground();
        QVERIFY(other);
        for (const Undisturbed::Step &step : longest(m_whole)) {
            if (step.host != QLatin1String(host) || (step.host == u"w-1"_s && step.phase != InstallPhase::Workers))
                continue;
            qInfo("%s", qPrintable(step.id));
            stopsAt(*other, step);
            if (QTest::currentTestFailed())
                return;
            phases << int(step.phase);
        }
        Disturber nobody;
        QCOMPARE(runWith(*other, nobody), QString());
        compare(*other);
    }
    for (int phase = int(InstallPhase::Lock); phase <= int(InstallPhase::Report); ++phase)
        QVERIFY2(phases.contains(phase) || InstallPhase(phase) == InstallPhase::ControlPlanes, QByteArray::number(phase));
}

QTEST_GUILESS_MAIN(TstInstallCuts)
#include "tst_installcuts.moc"
