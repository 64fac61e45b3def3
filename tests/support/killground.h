#pragma once

#include "tests/support/installground.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>
#include <cstdio>

// Consoles that are killed in the middle of an installation: another process goes on with it until one of its steps comes to a point, and gets SIGKILL. For tests
// whose main() is killableMain().
namespace kboss::test {

using State = StepStatus::State;
using Kind = LabInstall::Kind;

// Where in a phase.
enum class Moment { Start, Middle, End };

struct KillPoint {
    QString host;
    InstallPhase phase = InstallPhase::Lock;
    friend bool operator==(const KillPoint &, const KillPoint &) = default;
};

// What a run that nobody disturbed did, and when.
class Undisturbed {
public:
    struct Step {
        QString id, host;
        InstallPhase phase = InstallPhase::Lock;
        qint64 beganMs = 0, endedMs = 0; // of its action
        qint64 ms() const { return endedMs - beganMs; }
    };
    std::vector<Step> steps; // those that had something to do, in order of their begin
    QString trouble;

    void run(const InstallGround &ground, Kind kind, const QString &worker = {})
    {
        QHash<QString, qint64> began;
        InstallRunner::Observer observer;
        std::mutex mutex;
        observer.changed = [&](const StepStatus &status) {
            const std::lock_guard lock(mutex);
            if (status.state == State::Running && !began.contains(status.id))
                began[status.id] = m_clock.nowMs();
        };
        LabRun run(ground.install, kind, worker, observer);
        if (!run.errorText().isEmpty()) {
            trouble = run.errorText();
            return;
        }
        run.runner().start();
        trouble = run.runner().wait(longMs) ? run.trouble() : u"not ended: "_s + run.trouble();
        QHash<QString, InstallPhase> phases;
        for (const InstallStep &step : run.steps())
            phases[step.id] = step.phase;
        for (const StepStatus &status : run.runner().state()) {
            if (const qint64 begin = began.value(status.id); begin > 0 && status.state == State::Done)
                steps.push_back({status.id, status.id.section(u'/', 0, 0), phases.value(status.id), begin, status.endedMs});
        }
        std::stable_sort(steps.begin(), steps.end(), [](const Step &a, const Step &b) { return a.beganMs < b.beganMs; });
    }

    std::vector<KillPoint> points() const // every phase of every host that had something to do in it
    {
        std::vector<KillPoint> all;
        for (const Step &step : steps) {
            if (const KillPoint point{step.host, step.phase}; std::find(all.begin(), all.end(), point) == all.end())
                all.push_back(point);
        }
        return all;
    }

private:
    SystemClock m_clock;
};

struct Kill {
    KillPoint point;
    QString step, word; // "cp-1/lock", "begins"
    qint64 laterMs = 0; // then
    qint64 atMs = 0; // in the undisturbed run
    QString text() const { return u"%1, phase %2: %3 %4 + %5 ms"_s.arg(point.host).arg(int(point.phase)).arg(step, word).arg(laterMs); }
};

// One kill for each point, in the order in which a run comes to them.
inline std::vector<Kill> killsAt(Moment moment, const Undisturbed &whole, const std::vector<KillPoint> &points)
{
    std::vector<Kill> kills;
    for (const KillPoint &point : points) {
        std::vector<const Undisturbed::Step *> steps;
        for (const Undisturbed::Step &step : whole.steps) {
            if (KillPoint{step.host, step.phase} == point)
                steps.push_back(&step);
        }
        if (steps.empty())
            continue;
        const auto *first = steps.front(), *last = steps.back();
        const auto *longest = *std::max_element(steps.begin(), steps.end(), [](const auto *a, const auto *b) { return a->ms() < b->ms(); });
        if (moment == Moment::Start)
            kills.push_back({point, first->id, u"begins"_s, 0, first->beganMs});
        else if (moment == Moment::Middle)
            kills.push_back({point, longest->id, u"begins"_s, longest->ms() / 2, longest->beganMs + longest->ms() / 2});
        else
            kills.push_back({point, last->id, u"done"_s, 0, last->endedMs});
    }
    std::stable_sort(kills.begin(), kills.end(), [](const Kill &a, const Kill &b) { return a.atMs < b.atMs; });
    return kills;
}

struct KillOutcome {
    bool hit = false; // else it was over before
    bool inTheMiddle = false; // the step had begun and not come to its end
};

inline KillOutcome goOnUntil(const InstallGround &ground, Kind kind, const QString &worker, const Kill &kill)
{
    QProcess child;
    child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    child.start(QCoreApplication::applicationFilePath(), {u"--go-on"_s, ground.folder.path(), QString::number(int(kind)), worker});
    QElapsedTimer timer;
    timer.start();
    KillOutcome outcome;
    bool over = false;
    const auto read = [&] {
        const QString line = QString::fromUtf8(child.readLine()).trimmed();
        const bool mine = line.section(u' ', 0, 0) == kill.step;
        const QString word = line.section(u' ', 1);
        outcome.hit = outcome.hit || (mine && word == kill.word);
        over = over || (mine && word.endsWith(u"done"_s));
    };
    while (!outcome.hit && !over && timer.elapsed() < longMs && (child.state() != QProcess::NotRunning || child.canReadLine())) {
        if (!child.canReadLine())
            child.waitForReadyRead(1'000);
        while (child.canReadLine() && !outcome.hit)
            read();
    }
    if (outcome.hit && kill.laterMs > 0)
        child.waitForFinished(int(kill.laterMs));
    child.kill(); // SIGKILL
    child.waitForFinished();
    while (child.canReadLine())
        read();
    outcome.inTheMiddle = outcome.hit && !over;
    return outcome;
}

inline int goOn(const QStringList &arguments) // --go-on FOLDER KIND WORKER
{
    InstallRunner::Observer observer;
    observer.changed = [last = QHash<QString, State>()](const StepStatus &status) mutable {
        if (last.value(status.id) == status.state)
            return;
        last[status.id] = status.state;
        const char *word = status.state == State::Running ? "begins"
            : status.state == State::Done                 ? status.alreadyDone ? "was done" : "done"
                                                          : nullptr;
        if (word)
            std::printf("%s %s\n", qPrintable(status.id), word);
        std::fflush(stdout);
    };
    LabRun run(LabInstall::load(arguments.value(0)), Kind(arguments.value(1).toInt()), arguments.value(2), observer);
    if (!run.errorText().isEmpty()) {
        qWarning("%s", qPrintable(run.errorText()));
        return 2;
    }
    run.runner().start();
    return run.runner().wait(longMs) && run.trouble().isEmpty() ? 0 : 1;
}

// Kills at all of them, one after the other; those that were missed: their step was over before its turn came.
inline std::vector<Kill> killAll(const InstallGround &ground, Kind kind, const QString &worker, const std::vector<Kill> &kills, int *inTheMiddle = nullptr)
{
    std::vector<Kill> missed;
    for (const Kill &kill : kills) {
        const KillOutcome outcome = goOnUntil(ground, kind, worker, kill);
        qInfo("%s: %s", qPrintable(kill.text()), !outcome.hit ? "was over" : outcome.inTheMiddle ? "killed, not at its end" : "killed");
        if (!outcome.hit)
            missed.push_back(kill);
        if (inTheMiddle && outcome.inTheMiddle)
            ++*inTheMiddle;
    }
    return missed;
}

// What all hosts are. Which of two control planes joins first is left to them: whom etcd's manifest of each names as there before it is not compared.
inline QString stateOf(const InstallGround &ground)
{
    static const QRegularExpression order(u"--initial-cluster=[^\n]+"_s);
    return ground.lab->stateSnapshot({u"/var/lib/kboss"_s}).replace(order, u"--initial-cluster=…"_s);
}

// How often each action came to a good end, by host and words; those of one installation's own names. Certificates for control planes are handed over under a key
// that stands in no file: another console makes another, and is not counted.
inline QMap<QString, int> goodEnds(const InstallGround &ground)
{
    static const QRegularExpression own(u"\\b[0-9a-f]{12}\\b"_s); // the installation's id
    QMap<QString, int> ended;
    for (int i = 0; i < ground.lab->size(); ++i) {
        for (const HostCall &call : (*ground.lab)[i].calls()) {
            const QString line = call.line();
            const bool phase = line.startsWith(u"kubeadm init phase"_s) && !line.contains(u"preflight"_s) && !line.contains(u"upload-certs"_s);
            const bool counts = call.tool == u"systemd-run"_s || phase
                || line.startsWith(u"kubeadm join"_s) || line.startsWith(u"kubeadm reset"_s) || line.contains(u" pull "_s)
                || (call.tool == u"apt-get"_s && (line.contains(u" install "_s) || line.contains(u" remove "_s)))
                || (call.tool == u"kubectl"_s && (line.contains(u" delete node "_s) || line.contains(u" member remove "_s)));
            if (counts && call.exit == 0)
                ++ended[(*ground.lab)[i].name() + u": "_s + QString(line).replace(own, u"ID"_s)];
        }
    }
    return ended;
}

// What was done more often than a run does that nobody disturbs.
inline QStringList doneTwice(const QMap<QString, int> &reference, const QMap<QString, int> &ends)
{
    QStringList twice;
    for (auto one = ends.begin(); one != ends.end(); ++one) {
        if (one.value() > std::max(1, reference.value(one.key())))
            twice << u"%1 (%2 times)"_s.arg(one.key()).arg(one.value());
    }
    return twice;
}

template <class Test> int killableMain(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (app.arguments().value(1) == u"--go-on"_s)
        return goOn(app.arguments().mid(2));
    Test test;
    return QTest::qExec(&test, argc, argv);
}

} // namespace kboss::test
