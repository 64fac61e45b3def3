// Phases 1 to 8, up to the review: a console that is killed at the start, in the middle and at the end of each leaves nothing on any host, loses no
// plan and no pin, and the next one comes to the same verdicts. The desk is the console's own, the hosts have a real sshd.
#include "app/services/installdesk.h"
#include "tests/support/installground.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>
#include <cstdio>

using namespace kboss;
using namespace kboss::test;
using namespace Qt::StringLiterals;

namespace {

const QStringList sudosNote{u"/home/ops/.sudo_as_admin_successful"_s};

InstallDesk::Parts partsOf(const QString &folder, const Clock &clock)
{
    InstallDesk::Parts parts;
    parts.folder = folder + u"/data/installs"_s;
    parts.ledgerFile = folder + u"/data/hostkeys.json"_s;
    parts.secretPrefix = u"test"_s;
    parts.who = u"liu"_s;
    parts.clock = &clock;
    parts.steps = InstallDesk::clusterSteps();
    return parts;
}

template <class T> Result<T> wait(QFuture<Result<T>> future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, longMs))
        return fail(ErrorKind::Timeout, u"no end within the limit"_s);
    return future.resultCount() > 0 ? future.result() : Result<T>(fail(ErrorKind::Cancelled, {}));
}

void say(const QString &line)
{
    std::printf("%s\n", qPrintable(line));
    std::fflush(stdout);
}

// The console up to the review; every point that a kill may wait for is said.
class Preparing {
public:
    explicit Preparing(const QString &folder) : m_install(LabInstall::load(folder)), m_desk(partsOf(folder, m_clock)) { }

    Result<void> run()
    {
        say(u"plan begins"_s);
        auto opened = wait(m_desk.load()).and_then([this] { return openPlan(); });
        if (!opened)
            return opened;
        say(u"plan done"_s);
        HostSignIn signIn;
        signIn.password = QString::fromUtf8(m_install.password);
        m_one->setSignIn({}, signIn, false);
        return trust().and_then([this] { return check(); }).and_then([this] { return review(); });
    }

private:
    Result<void> openPlan()
    {
        const auto id = m_desk.entries().empty() ? wait(m_desk.create(m_install.plan)) : Result<QString>(m_desk.entries().front().id);
        if (!id)
            return fail(id.error());
        const auto one = wait(m_desk.open(*id));
        if (!one)
            return fail(one.error());
        m_one = *one;
        return wait(m_one->save());
    }

    Result<void> trust()
    {
        say(u"trust begins"_s);
        m_one->readKeys();
        if (!QTest::qWaitFor([this] { return !m_one->isReadingKeys(); }, longMs))
            return fail(ErrorKind::Timeout, u"keys"_s);
        QStringList names;
        for (const HostTrust &host : m_one->trust()) {
            if (host.state == HostTrust::State::Unknown)
                names << host.host;
        }
        const auto pinned = names.isEmpty() ? Result<void>() : wait(m_one->trustKeys(names));
        if (!pinned)
            return pinned;
        if (!QTest::qWaitFor([this] { return m_one->isAllTrusted(); }, longMs))
            return fail(ErrorKind::Timeout, u"trust"_s);
        say(u"trust done"_s);
        return {};
    }

    Result<void> check()
    {
        InstallChecks *checks = m_one->checks();
        using Stage = InstallChecks::HostState::State;
        QObject::connect(checks, &InstallChecks::hostChanged, m_one, [this, checks](const QString &host) {
            const Stage stage = checks->hostState(host).state;
            if (std::exchange(m_stages[host], stage) == stage)
                return;
            static const QMap<Stage, QString> words{{Stage::Connecting, u"connect begins"_s},
                                                    {Stage::Facts, u"facts begins"_s},
                                                    {Stage::Checking, u"checks begins"_s},
                                                    {Stage::Done, u"checks done"_s}};
            if (words.contains(stage))
                say(host + u' ' + words.value(stage));
            const bool all = std::all_of(m_install.plan.hosts.begin(), m_install.plan.hosts.end(),
                                         [&](const PlanHost &one) { return checks->hostState(one.name).state == Stage::Done; });
            if (all)
                say(u"across begins"_s);
        });
        checks->run();
        if (!QTest::qWaitFor([checks] { return !checks->isRunning(); }, longMs))
            return fail(ErrorKind::Timeout, u"checks"_s);
        say(u"across done"_s);
        for (const PlanHost &host : m_install.plan.hosts) {
            if (checks->hostState(host.name).state != Stage::Done)
                return fail(checks->hostState(host.name).error);
            for (const CheckResult &result : checks->results(host.name)) {
                if (!result.name.startsWith(u"DiskLatency"_s)) // the machine's business
                    say(u"verdict %1 %2 %3"_s.arg(host.name, result.name).arg(int(result.state)));
            }
        }
        return {};
    }

    Result<void> review()
    {
        say(u"review begins"_s);
        const auto run = m_one->startDryRun();
        if (!run)
            return fail(run.error());
        if (!QTest::qWaitFor([&] { return (*run)->state() == InstallRun::State::Done || (*run)->state() == InstallRun::State::Failed; }, longMs))
            return fail(ErrorKind::Timeout, u"dry run"_s);
        say(u"review done"_s);
        return (*run)->state() == InstallRun::State::Done ? Result<void>() : fail((*run)->error());
    }

    SystemClock m_clock;
    LabInstall m_install;
    InstallDesk m_desk;
    Installation *m_one = nullptr;
    QMap<QString, InstallChecks::HostState::State> m_stages;
};

int prepare(const QString &folder)
{
    const auto done = Preparing(folder).run();
    if (!done)
        qWarning("%s: %s", qPrintable(errorKindName(done.error().kind)), qPrintable(done.error().detail));
    return done ? 0 : 1;
}

struct Said {
    QString line;
    qint64 ms = 0;
};

// Until it says `line` and `laterMs` are over; empty = to its end. What it said.
std::vector<Said> runConsole(const QString &folder, const QString &line, qint64 laterMs, int *code = nullptr)
{
    QProcess child;
    child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    child.start(QCoreApplication::applicationFilePath(), {u"--prepare"_s, folder});
    QElapsedTimer timer;
    timer.start();
    std::vector<Said> all;
    bool hit = false;
    while (!hit && timer.elapsed() < longMs && (child.state() != QProcess::NotRunning || child.canReadLine())) {
        if (!child.canReadLine())
            child.waitForReadyRead(500);
        while (child.canReadLine() && !hit) {
            all.push_back({QString::fromUtf8(child.readLine()).trimmed(), timer.elapsed()});
            hit = all.back().line == line;
        }
    }
    if (hit && laterMs > 0)
        child.waitForFinished(int(laterMs));
    if (line.isEmpty())
        child.waitForFinished();
    child.kill(); // SIGKILL
    child.waitForFinished();
    if (code)
        *code = child.exitStatus() == QProcess::NormalExit ? child.exitCode() : -1;
    if (!hit && !line.isEmpty())
        all.clear();
    return all;
}

QStringList verdicts(const std::vector<Said> &all)
{
    QStringList found;
    for (const Said &one : all) {
        if (one.line.startsWith(u"verdict "_s))
            found << one.line;
    }
    found.sort();
    return found;
}

} // namespace

class TstInstallKilledBefore : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void killedAndBegunAgain_data();
    void killedAndBegunAgain();
    void theNextOneComesToTheSame();

private:
    void checkHosts();
    void checkDesk(bool planned, bool trusted);
    qint64 at(const QString &line) const;

    std::unique_ptr<InstallGround> m_ground;
    QStringList m_before; // of each host
    std::vector<Said> m_whole;
};

void TstInstallKilledBefore::initTestCase()
{
    m_ground = std::make_unique<InstallGround>(1, 1);
    QVERIFY2(m_ground->start(), qPrintable(m_ground->lab->errorText()));
    for (int i = 0; i < m_ground->lab->size(); ++i)
        m_before << (*m_ground->lab)[i].stateSnapshot(sudosNote);
    int code = -1;
    m_whole = runConsole(m_ground->folder.path(), {}, 0, &code);
    QCOMPARE(code, 0);
    QVERIFY(verdicts(m_whole).size() > 20);
    checkHosts();
    QVERIFY(QDir(m_ground->folder.filePath(u"data"_s)).removeRecursively());
}

qint64 TstInstallKilledBefore::at(const QString &line) const
{
    const auto found = std::find_if(m_whole.begin(), m_whole.end(), [&line](const Said &one) { return one.line == line; });
    return found == m_whole.end() ? -1 : found->ms;
}

// What was asked at the moment of the kill ends within seconds: listeners of the reach test among it.
void TstInstallKilledBefore::checkHosts()
{
    for (int i = 0; i < m_ground->lab->size(); ++i) {
        InstallHost &host = (*m_ground->lab)[i];
        QTRY_COMPARE_WITH_TIMEOUT(difference(m_before[i], host.stateSnapshot(sudosNote)), QString(), 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(host.inside({u"sh"_s, u"-c"_s, u"ls -A /var/lib /tmp /run | grep -i kboss; true"_s}).out, QByteArray(), 30'000);
    }
}

void TstInstallKilledBefore::checkDesk(bool planned, bool trusted)
{
    SystemClock clock;
    InstallDesk desk(partsOf(m_ground->folder.path(), clock));
    QVERIFY(wait(desk.load()));
    QVERIFY2(desk.entries().size() <= 1 && (!planned || desk.entries().size() == 1), QByteArray::number(desk.entries().size()));
    if (planned) {
        const auto one = wait(desk.open(desk.entries().front().id));
        QVERIFY2(one, qPrintable(one ? QString() : one.error().detail));
        QCOMPARE((*one)->plan(), m_ground->install.plan);
        QVERIFY(!(*one)->isFrozen());
    }
    const HostKeyLedger ledger(m_ground->folder.filePath(u"data/hostkeys.json"_s), clock);
    const auto pins = ledger.pins();
    QVERIFY(pins);
    QVERIFY2(!trusted || pins->size() == 2, QByteArray::number(pins->size()));
    for (const HostKeyPin &pin : *pins) {
        const QByteArray known = m_ground->install.knownHosts;
        QVERIFY2(known.contains(pin.key.blob.toBase64()), qPrintable(pin.address));
    }
}

void TstInstallKilledBefore::killedAndBegunAgain_data()
{
    QTest::addColumn<QString>("begins");
    QTest::addColumn<QString>("ends");
    QTest::addColumn<int>("moment"); // 0 start, 1 middle, 2 end
    static const struct {
        const char *name, *begins, *ends;
    } phases[] = {{"1 plan", "plan begins", "plan done"},
                  {"2 trust", "trust begins", "trust done"},
                  {"3 connect", "cp-1 connect begins", "cp-1 facts begins"},
                  {"4 and 5 rights and facts", "cp-1 facts begins", "cp-1 checks begins"},
                  {"7 host checks", "cp-1 checks begins", "cp-1 checks done"},
                  {"6 cross-host", "across begins", "across done"},
                  {"8 review", "review begins", "review done"}};
    static const char *const moments[] = {"start", "middle", "end"};
    for (const auto &phase : phases) {
        for (int moment = 0; moment < 3; ++moment)
            QTest::newRow(QByteArray(phase.name) + ", " + moments[moment])
                << QString::fromLatin1(phase.begins) << QString::fromLatin1(phase.ends) << moment;
    }
}

void TstInstallKilledBefore::killedAndBegunAgain()
{
    QFETCH(const QString, begins);
    QFETCH(const QString, ends);
    QFETCH(const int, moment);
    QVERIFY2(at(begins) >= 0 && at(ends) >= at(begins), qPrintable(begins));
    const auto said = runConsole(m_ground->folder.path(), moment == 2 ? ends : begins, moment == 1 ? (at(ends) - at(begins)) / 2 : 0);
    QVERIFY2(!said.empty(), "it was not killed there");
    const auto has = [&said](const QString &line) {
        return std::any_of(said.begin(), said.end(), [&line](const Said &one) { return one.line == line; });
    };
    checkDesk(has(u"plan done"_s), has(u"trust done"_s));
    checkHosts();
}

void TstInstallKilledBefore::theNextOneComesToTheSame()
{
    int code = -1;
    std::vector<Said> again;
    for (int tries = 0; code != 0 && tries < 3; ++tries) // on a busy machine a host may not answer in time
        again = runConsole(m_ground->folder.path(), {}, 0, &code);
    QCOMPARE(code, 0);
    QCOMPARE(verdicts(again).join(u'\n'), verdicts(m_whole).join(u'\n'));
    checkHosts();
    for (int i = 0; i < m_ground->lab->size(); ++i)
        QCOMPARE((*m_ground->lab)[i].troubles(), QString());
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (app.arguments().value(1) == u"--prepare"_s)
        return prepare(app.arguments().value(2));
    TstInstallKilledBefore test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_installkilledbefore.moc"
