// Thirty hosts at once, as the console installs them: the desk on the GUI thread, the product's own steps up to the images, a real sshd on each. What
// they cost is waiting on the hosts (images come slowly), so that the processors of one machine are not what is measured. None waits for another, and
// whoever looks never waits.
#include "app/services/installdesk.h"
#include "tests/support/installground.h"
#include "tests/support/turnwatch.h"

#include <QElapsedTimer>
#include <QTest>
#include <numeric>
#include <thread>

using namespace kboss;
using namespace kboss::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int crowd = 30;
constexpr double shareOfSlowest = 1.3, longestStallMs = 50;

template <class T> Result<T> wait(QFuture<Result<T>> future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, longMs))
        return fail(ErrorKind::Timeout, u"no end within the limit"_s);
    return future.resultCount() > 0 ? future.result() : Result<T>(fail(ErrorKind::Cancelled, {}));
}

struct Figures {
    qint64 ms = 0; // of the whole run
    double busyMs = 0, stallMs = 0; // of the GUI thread's longest turn
    QString trouble;
    QByteArray words;
};

// What a mutation of the product does wrong.
enum class Fault { None, OneAfterTheOther, OnTheGuiThread, GuiThreadWaits };

InstallDesk::Parts partsOf(const QString &folder, const Clock &clock, Fault fault)
{
    InstallDesk::Parts parts;
    parts.folder = folder + u"/installs"_s;
    parts.ledgerFile = folder + u"/hostkeys.json"_s;
    parts.secretPrefix = u"test"_s;
    parts.who = u"liu"_s;
    parts.clock = &clock;
    parts.steps = [fault](InstallRun::Kind, const QString &, const InstallPlan &of, const InstallOptions &options) {
        std::vector<InstallStep> steps = installSteps(of, options);
        std::erase_if(steps, [&of](const InstallStep &step) { return step.phase > InstallPhase::Binaries || step.host == of.hosts.front().name; });
        for (InstallStep &step : steps) {
            if (fault != Fault::OneAfterTheOther)
                continue;
            step.limitGroup = u"one"_s;
            step.limit = 1;
        }
        return steps;
    };
    return parts;
}

// The first host is there to be the plan's control plane and is not worked with, so that all others have the same to do; the last is a twin of the
// slowest.
std::vector<HostOptions> hostsWithTwin(int workers, int pullMs, int moreMs)
{
    std::vector<HostOptions> all;
    for (int i = 0; i <= workers + 1; ++i) {
        HostOptions options;
        options.name = i == 0 ? u"first"_s : i > workers ? u"twin"_s : u"node-%1"_s.arg(i);
        options.installed = true;
        options.version = u"v1.34.9"_s;
        options.pullMs = pullMs + moreMs * std::min(i, workers); // each image
        all.push_back(options);
    }
    return all;
}

std::vector<int> theFirstAnd(std::vector<int> hosts)
{
    hosts.insert(hosts.begin(), 0);
    return hosts;
}

std::vector<int> upTo(int count)
{
    std::vector<int> all(static_cast<size_t>(count));
    std::iota(all.begin(), all.end(), 1);
    return all;
}

} // namespace

class TstInstallThirty : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void noHostWaitsForAnother();
    void whatThisTestWouldSee_data();
    void whatThisTestWouldSee();

private:
    Figures measure(InstallLab &lab, const std::vector<int> &hosts, Fault fault);
};

// An installation of these hosts of the lab, up to their images.
Figures TstInstallThirty::measure(InstallLab &lab, const std::vector<int> &hosts, Fault fault)
{
    const QTemporaryDir folder;
    SystemClock clock;
    InstallPlan plan;
    plan.cluster = u"prod"_s;
    plan.version = lab[0].options().version;
    QByteArray known;
    for (const int i : theFirstAnd(hosts)) {
        const InstallHost &host = lab[i];
        plan.hosts.push_back({host.name(), host.address(), host.port(), u"ops"_s, i == 0 ? HostRole::ControlPlane : HostRole::Worker, {}});
        known += '[' + host.address().toUtf8() + "]:" + QByteArray::number(host.port()) + ' ' + host.hostKey() + '\n';
    }
    QFile file(folder.filePath(u"known_hosts"_s));
    if (!file.open(QIODevice::WriteOnly))
        return {0, 0, 0, file.errorString(), {}};
    file.write(known);
    file.close();

    const InstallDesk::Parts parts = partsOf(folder.path(), clock, fault);
    InstallDesk desk(parts);
    const auto id = wait(desk.load()).and_then([&] { return wait(desk.create(plan)); });
    const auto one = id ? wait(desk.open(*id)) : Result<Installation *>(fail(id.error()));
    if (!one)
        return {0, 0, 0, one.error().detail, {}};
    HostSignIn signIn;
    signIn.password = lab[0].options().password;
    (*one)->setSignIn({}, signIn, false);
    const auto imported = wait((*one)->importKnownHosts(file.fileName()));
    (*one)->readKeys();
    if (!imported || !QTest::qWaitFor([&] { return (*one)->isAllTrusted(); }, longMs))
        return {0, 0, 0, u"the keys are not trusted"_s, {}};

    TurnWatch watch;
    QElapsedTimer wall;
    wall.start();
    const auto run = (*one)->start();
    if (!run)
        return {0, 0, 0, run.error().detail, {}};
    QObject page;
    if (fault == Fault::OnTheGuiThread || fault == Fault::GuiThreadWaits) {
        QObject::connect(*run, &InstallRun::stepChanged, &page, [fault](const StepStatus &) {
            if (fault == Fault::GuiThreadWaits)
                return std::this_thread::sleep_for(std::chrono::milliseconds(60));
            QElapsedTimer busy;
            for (busy.start(); busy.elapsed() < 60;) { }
        });
    }
    bool ended = false;
    QObject::connect(*run, &InstallRun::ended, &page, [&ended] { ended = true; });
    if (!QTest::qWaitFor([&ended] { return ended; }, longMs))
        return {0, 0, 0, u"not ended"_s, {}};
    Figures figures{wall.elapsed(), watch.longestBusyMs(), watch.longestStallMs(), {}, watch.words()};
    for (const StepStatus &status : (*run)->statuses()) {
        if (status.state != StepStatus::State::Done && status.state != StepStatus::State::NotNeeded)
            figures.trouble += status.id + u": "_s + status.error.detail + u'\n';
    }
    return figures;
}

void TstInstallThirty::noHostWaitsForAnother()
{
    InstallLab lab(hostsWithTwin(crowd, 3'000, 50));
    QVERIFY2(lab.start(), qPrintable(lab.errorText()));
    const Figures alone = measure(lab, {crowd + 1}, Fault::None);
    QCOMPARE(alone.trouble, QString());
    const Figures all = measure(lab, upTo(crowd), Fault::None);
    QCOMPARE(all.trouble, QString());
    const double share = double(all.ms) / double(alone.ms);
    qInfo("%d hosts in %lld ms, the slowest alone took %lld ms: %.3f", crowd, all.ms, alone.ms, share);
    qInfo("%s", all.words.constData());
    for (int i = 1; i <= crowd + 1; ++i)
        QVERIFY(lab[i].calls(u"crictl"_s, u" pull "_s).size() >= 5U);
    QVERIFY2(share <= shareOfSlowest, qPrintable(QString::number(share)));
    QVERIFY2(all.busyMs <= longestStallMs && all.stallMs <= longestStallMs, all.words);
}

void TstInstallThirty::whatThisTestWouldSee_data()
{
    QTest::addColumn<Fault>("fault");
    QTest::newRow("nothing wrong") << Fault::None;
    QTest::newRow("one host after the other") << Fault::OneAfterTheOther;
    QTest::newRow("work on the GUI thread") << Fault::OnTheGuiThread;
    QTest::newRow("the GUI thread waits") << Fault::GuiThreadWaits;
}

// The same measure of an installation that does it wrong.
void TstInstallThirty::whatThisTestWouldSee()
{
    QFETCH(const Fault, fault);
    InstallLab lab(hostsWithTwin(4, 1'000, 50));
    QVERIFY2(lab.start(), qPrintable(lab.errorText()));
    const Figures alone = measure(lab, {5}, Fault::None), all = measure(lab, upTo(4), fault);
    QCOMPARE(alone.trouble + all.trouble, QString());
    qInfo("%lld ms, %lld ms alone; %s", all.ms, alone.ms, all.words.constData());
    QCOMPARE(double(all.ms) / double(alone.ms) > shareOfSlowest, fault == Fault::OneAfterTheOther);
    QCOMPARE(all.busyMs > longestStallMs, fault == Fault::OnTheGuiThread);
    QCOMPARE(all.stallMs > longestStallMs, fault == Fault::OnTheGuiThread || fault == Fault::GuiThreadWaits);
}

QTEST_GUILESS_MAIN(TstInstallThirty)
#include "tst_installthirty.moc"
