// A console that is killed at the start, in the middle and at the end of each phase, and started again: every host becomes what it would have become,
// and nothing that was done is done twice.
#include "tests/support/installground.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTest>
#include <cstdio>

using namespace kboss;
using namespace kboss::test;
using namespace Qt::StringLiterals;
using State = StepStatus::State;
using Kind = LabInstall::Kind;

class TstInstallKilled : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void killedAndResumed();
};

namespace {

struct Kill {
    QString host;
    InstallPhase phase;
    const char *word; // that a step of it says
    int laterMs;
};

// Another process goes on with the installation until a step of the phase says the word; then it is killed. False: the phase was over before.
bool goOnUntil(const InstallGround &ground, const std::vector<InstallStep> &steps, const Kill &kill)
{
    QHash<QString, size_t> place;
    size_t last = 0;
    for (size_t i = 0; i < steps.size(); ++i) {
        place[steps[i].id] = i;
        if (steps[i].host == kill.host && steps[i].phase == kill.phase)
            last = i;
    }
    QProcess child;
    child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    child.start(QCoreApplication::applicationFilePath(), {u"--go-on"_s, ground.folder.path()});
    QElapsedTimer timer;
    timer.start();
    bool hit = false, over = false;
    while (!hit && !over && timer.elapsed() < longMs && (child.state() != QProcess::NotRunning || child.canReadLine())) {
        if (!child.canReadLine())
            child.waitForReadyRead(1'000);
        while (child.canReadLine() && !hit) {
            const QString line = QString::fromUtf8(child.readLine()).trimmed(), id = line.section(u' ', 0, 0);
            if (!place.contains(id) || steps[place[id]].host != kill.host)
                continue;
            const bool inPhase = steps[place[id]].phase == kill.phase;
            hit = inPhase && line.section(u' ', 1) == QLatin1String(kill.word);
            over = over || place[id] > last;
        }
    }
    if (hit && kill.laterMs > 0)
        child.waitForFinished(kill.laterMs);
    child.kill(); // SIGKILL
    child.waitForFinished();
    return hit;
}

std::vector<Kill> kills()
{
    using Phase = InstallPhase;
    std::vector<Kill> all;
    for (const auto &[host, phase] : {std::pair(u"cp-1"_s, Phase::Lock),
                                      {u"w-1"_s, Phase::System},
                                      {u"cp-1"_s, Phase::Runtime},
                                      {u"w-1"_s, Phase::Binaries},
                                      {u"cp-1"_s, Phase::FirstControlPlane},
                                      {u"cp-1"_s, Phase::Network},
                                      {u"w-1"_s, Phase::Workers},
                                      {u"cp-1"_s, Phase::Verify},
                                      {u"cp-1"_s, Phase::Register}}) {
        all.push_back({host, phase, "begins", 0});
        all.push_back({host, phase, "begins", 150});
        all.push_back({host, phase, "done", 0});
    }
    return all;
}

QString stateOf(const InstallGround &ground)
{
    return ground.lab->stateSnapshot({u"/var/lib/kboss"_s});
}

// Actions that came to a good end more than once, by their words.
QStringList doneTwice(const InstallGround &ground)
{
    QMap<QString, int> ended;
    for (int i = 0; i < ground.lab->size(); ++i) {
        for (const HostCall &call : (*ground.lab)[i].calls()) {
            const QString line = call.line();
            const bool counts = (line.startsWith(u"kubeadm init phase"_s) && !line.contains(u"preflight"_s)) || line.startsWith(u"kubeadm join"_s)
                || line.contains(u" pull "_s) || (call.tool == u"apt-get"_s && line.contains(u" install "_s));
            if (counts && call.exit == 0)
                ++ended[(*ground.lab)[i].name() + u": "_s + line];
        }
    }
    QStringList twice;
    for (auto one = ended.begin(); one != ended.end(); ++one) {
        if (one.value() > 1)
            twice << one.key();
    }
    return ended.size() > 25 ? twice : QStringList{u"only %1 actions were counted"_s.arg(ended.size())};
}

int goOn(const QString &folder)
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
    LabRun run(LabInstall::load(folder), Kind::Install, {}, observer);
    if (!run.errorText().isEmpty()) {
        qWarning("%s", qPrintable(run.errorText()));
        return 2;
    }
    run.runner().start();
    return run.runner().wait(longMs) && run.trouble().isEmpty() ? 0 : 1;
}

} // namespace

void TstInstallKilled::killedAndResumed()
{
    QString reference;
    {
        InstallGround whole(1, 1, 101);
        QVERIFY2(whole.start(), qPrintable(whole.lab->errorText()));
        QCOMPARE(whole.run(Kind::Install), QString());
        reference = stateOf(whole);
    }
    InstallGround ground(1, 1, 101);
    QVERIFY2(ground.start(), qPrintable(ground.lab->errorText()));
    InstallOptions options;
    options.platform = std::make_shared<LabPlatform>(ground.folder.filePath(u"platform"_s));
    const auto steps = installSteps(ground.install.plan, options);
    int hits = 0;
    for (const Kill &kill : kills()) {
        const bool hit = goOnUntil(ground, steps, kill);
        hits += hit ? 1 : 0;
        qInfo("%s, phase %d, %s + %d ms: %s", qPrintable(kill.host), int(kill.phase), kill.word, kill.laterMs, hit ? "killed" : "was over");
    }
    QVERIFY2(hits >= 18, QByteArray::number(hits));
    QCOMPARE(ground.run(Kind::Install), QString());
    QCOMPARE(difference(reference, stateOf(ground)), QString());
    QCOMPARE(doneTwice(ground), QStringList());
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (app.arguments().value(1) == u"--go-on"_s)
        return goOn(app.arguments().value(2));
    TstInstallKilled test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_installkilled.moc"
