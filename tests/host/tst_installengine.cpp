#include "app/cluster/detachedaction.h"
#include "app/cluster/hostlock.h"
#include "app/cluster/installrunner.h"
#include "app/ssh/sshlink.h"
#include "tests/support/host/installlab.h"

#include <QTemporaryDir>
#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;
using State = StepStatus::State;

namespace {

constexpr int longMs = 90'000;
const QByteArray secretWords = "join-secret-0815";

// Links as "ops", who becomes root by sudo with a password.
class LabHosts : public InstallHosts {
public:
    LabHosts(test::InstallLab &lab, const QString &folder) : m_ledger(folder + u"/ledger.json"_s, m_clock)
    {
        plan.cluster = u"prod"_s;
        plan.version = u"v1.36.2"_s;
        for (int i = 0; i < lab.size(); ++i) {
            const test::InstallHost &host = lab[i];
            SshTarget to;
            to.address = {host.address(), host.port()};
            to.credential.user = u"ops"_s;
            to.credential.password = host.options().password.toUtf8();
            const auto key = SshSession::readHostKey(to, m_ledger);
            if (!key || !m_ledger.pin(to.address, *key, u"test"_s))
                qWarning().noquote() << "not pinned:" << host.name();
            m_links.push_back(std::make_unique<SshLink>(to, m_ledger, SshLimits(), SshPatience{50, 500, 60'000}));
            plan.hosts.push_back({host.name(), host.address(), host.port(), u"ops"_s, i == 0 ? HostRole::ControlPlane : HostRole::Worker, {}});
        }
    }
    RemoteHost *find(const QString &name) override
    {
        for (size_t i = 0; i < plan.hosts.size(); ++i) {
            if (plan.hosts[i].name == name)
                return m_links[i].get();
        }
        return nullptr;
    }

    InstallPlan plan;

private:
    SystemClock m_clock;
    HostKeyLedger m_ledger;
    std::vector<std::unique_ptr<SshLink>> m_links;
};

InstallStep fileStep(const QString &host)
{
    InstallStep step;
    step.id = host + u"/motd"_s;
    step.name = u"motd"_s;
    step.host = host;
    step.probe = [](InstallContext &context) -> Result<StepFinding> {
        const auto seen = context.runQuietly({u"grep"_s, u"-qx"_s, u"ours"_s, u"/etc/motd"_s});
        return seen ? Result<StepFinding>(StepFinding{seen->isGood() ? StepState::Done : StepState::Open, {}}) : fail(seen.error());
    };
    step.act = [](InstallContext &context) -> Result<void> {
        for (const char *path : {"/etc/motd", "/etc/not-there-before"}) {
            if (auto kept = context.keepCopy(QLatin1String(path)); !kept)
                return kept;
            if (auto put = context.host().upload(uploadOf("ours\n", QLatin1String(path)), context.token()); !put)
                return put;
        }
        return {};
    };
    step.undo = [](InstallContext &context) -> Result<void> {
        for (const char *path : {"/etc/motd", "/etc/not-there-before"}) {
            if (auto restored = context.restoreFile(QLatin1String(path)); !restored)
                return restored;
        }
        return {};
    };
    return step;
}

// `seconds` of work whose end is a file; each begin leaves a line.
InstallStep longStep(const QString &host, double seconds)
{
    InstallStep step;
    step.id = host + u"/long"_s;
    step.name = u"long"_s;
    step.host = host;
    step.probe = [](InstallContext &context) -> Result<StepFinding> {
        const auto seen = context.runQuietly({u"test"_s, u"-e"_s, u"/var/lib/long-done"_s});
        return seen ? Result<StepFinding>(StepFinding{seen->isGood() ? StepState::Done : StepState::Open, {}}) : fail(seen.error());
    };
    step.act = [seconds](InstallContext &context) {
        const QByteArray script = "echo x >>/var/lib/long-count\ngrep -q 0815 \"$KBOSS_SECRET\"\nid -u\nsleep " + QByteArray::number(seconds)
            + "\n[ ! -e /var/lib/long-bad ] || { echo 'it is bad' >&2; exit 4; }\n: >/var/lib/long-done";
        return context.runDetached({u"long"_s, script, secretWords, 60'000});
    };
    return step;
}

} // namespace

// The engine on hosts with systemd, as somebody who needs sudo with a password: units, restarts, copies of files, and nothing secret left anywhere.
class TstInstallEngine : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void unitsDoTheWork();
    void aRestartInTheMiddle();
    void sshdGoesAndComes();
    void aFailedUnitBeginsAnew();
    void copiesOfFilesComeBack();

private:
    std::unique_ptr<InstallRunner> runner(double seconds);
    static StepStatus of(const InstallRunner &runner, const QString &id);
    test::InstallHost &host(int i) { return (*m_lab)[i]; }
    void checkAllDone(const InstallRunner &runner);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<test::InstallLab> m_lab;
    std::unique_ptr<LabHosts> m_hosts;
    std::unique_ptr<InstallJournal> m_journal;
    SystemClock m_clock;
};

void TstInstallEngine::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_lab = std::make_unique<test::InstallLab>(2);
    QVERIFY2(m_lab->start(), qPrintable(m_lab->errorText()));
    m_hosts = std::make_unique<LabHosts>(*m_lab, m_folder->path());
    auto journal = InstallJournal::create(m_folder->filePath(u"j"_s), m_hosts->plan, u"li@desk"_s, m_clock);
    QVERIFY(journal);
    m_journal = std::move(*journal);
    QVERIFY(host(0).writeFile(u"/etc/motd"_s, "as it was\n", 0640));
}

void TstInstallEngine::cleanup()
{
    m_journal.reset();
    m_hosts.reset();
    m_lab.reset();
    m_folder.reset();
}

std::unique_ptr<InstallRunner> TstInstallEngine::runner(double seconds)
{
    std::vector<InstallStep> steps;
    for (const PlanHost &one : m_hosts->plan.hosts) {
        steps.push_back(lockStep(one, {}));
        steps.push_back(fileStep(one.name));
        steps.push_back(longStep(one.name, seconds));
    }
    InstallRunner::Observer observer;
    observer.logged = [](const StepLogLine &line) { qDebug().noquote() << line.step << line.text; };
    return std::make_unique<InstallRunner>(
        InstallRunner::Parts{m_hosts->plan, m_journal->installId(), std::move(steps), *m_hosts, *m_journal, m_clock, u"li@desk"_s}, observer);
}

StepStatus TstInstallEngine::of(const InstallRunner &runner, const QString &id)
{
    for (const StepStatus &status : runner.state()) {
        if (status.id == id)
            return status;
    }
    return {};
}

void TstInstallEngine::checkAllDone(const InstallRunner &runner)
{
    for (const StepStatus &status : runner.state())
        QVERIFY2(status.state == State::Done, qPrintable(status.id + u": "_s + status.error.detail));
    for (int i = 0; i < m_lab->size(); ++i)
        QVERIFY(!host(i).fileExists(u"/var/lib/kboss/install.lock"_s));
}

void TstInstallEngine::unitsDoTheWork()
{
    const auto all = runner(1);
    all->start();
    QVERIFY(all->wait(longMs));
    checkAllDone(*all);
    for (int i = 0; i < m_lab->size(); ++i) {
        const auto calls = host(i).calls(u"systemd-run"_s);
        QCOMPARE(calls.size(), 1U);
        QVERIFY(calls[0].line().contains(u"--unit=kboss-%1-long"_s.arg(m_journal->installId())));
        QCOMPARE(host(i).fileContent(u"/var/lib/long-count"_s), QByteArray("x\n"));
        const QString place = u"/var/lib/kboss/install/"_s + m_journal->installId();
        QCOMPARE(host(i).fileContent(place + u"/actions/long/log"_s), QByteArray("0\n")); // by root
        const auto lines = InstallJournal::readLines(host(i).fileContent(place + u"/journal"_s));
        QVERIFY(lines && lines->size() >= 8U);
        QCOMPARE(lines->back().kind, JournalLine::Kind::Ended);
        // Neither the password of sudo nor the secret of the action stands anywhere.
        const auto found = host(i).inside({u"grep"_s, u"-rlE"_s, u"0815\\b|4711"_s, u"/var/lib/kboss"_s, u"/run/kboss"_s, u"/tmp"_s});
        QCOMPARE(found.out, QByteArray(place.toUtf8() + "/actions/long/script\n")); // which asks for its last four digits
        for (const QString &words : host(i).argvSeen() + host(i).environSeen())
            QVERIFY2(!words.contains(QString::fromLatin1(secretWords)) && !words.contains(host(i).options().password), qPrintable(words));
    }
}

void TstInstallEngine::aRestartInTheMiddle()
{
    const auto all = runner(2);
    all->start();
    QTRY_VERIFY_WITH_TIMEOUT(host(0).fileExists(u"/var/lib/long-count"_s), 20'000);
    host(0).reboot();
    QVERIFY(all->wait(longMs));
    checkAllDone(*all);
    QCOMPARE(host(0).fileContent(u"/var/lib/long-count"_s), QByteArray("x\nx\n")); // what was ended in between, with its secret brought again
    QCOMPARE(host(1).fileContent(u"/var/lib/long-count"_s), QByteArray("x\n"));
}

void TstInstallEngine::sshdGoesAndComes()
{
    const auto all = runner(2);
    all->start();
    QTRY_VERIFY_WITH_TIMEOUT(host(0).fileExists(u"/var/lib/long-count"_s), 20'000);
    host(0).stopSsh();
    QTRY_VERIFY_WITH_TIMEOUT(host(0).fileExists(u"/var/lib/long-done"_s), 20'000); // it went on
    QVERIFY(!all->wait(300));
    QVERIFY(host(0).startSsh());
    QVERIFY(all->wait(longMs));
    checkAllDone(*all);
    QCOMPARE(host(0).fileContent(u"/var/lib/long-count"_s), QByteArray("x\n"));
}

void TstInstallEngine::aFailedUnitBeginsAnew()
{
    QVERIFY(host(1).writeFile(u"/var/lib/long-bad"_s, "x"));
    const auto all = runner(0.2);
    all->start();
    QVERIFY(all->wait(longMs));
    const QString id = host(1).name() + u"/long"_s;
    QCOMPARE(of(*all, id).error.detail, u"long ended with code 4: it is bad"_s);
    for (int i = 0; i < 3; ++i) { // at once: the unit of the last try may still be there
        QVERIFY(all->repeat(id));
        QVERIFY(all->wait(longMs));
        QCOMPARE(of(*all, id).error.detail, u"long ended with code 4: it is bad"_s);
    }
    host(1).inside({u"rm"_s, u"/var/lib/long-bad"_s});
    QVERIFY(all->repeat(id));
    QVERIFY(all->wait(longMs));
    checkAllDone(*all);
    QCOMPARE(host(1).fileContent(u"/var/lib/long-count"_s).count('x'), 5);
}

void TstInstallEngine::copiesOfFilesComeBack()
{
    const auto all = runner(0.2);
    all->start();
    QVERIFY(all->wait(longMs));
    QCOMPARE(host(0).fileContent(u"/etc/motd"_s), QByteArray("ours\n"));
    QVERIFY(host(0).fileExists(u"/etc/not-there-before"_s));
    QVERIFY(all->undo(host(0).name() + u"/motd"_s));
    QVERIFY(all->wait(longMs));
    QCOMPARE(of(*all, host(0).name() + u"/motd"_s).state, State::Undone);
    QCOMPARE(host(0).fileContent(u"/etc/motd"_s), QByteArray("as it was\n"));
    QCOMPARE(host(0).inside({u"stat"_s, u"-c"_s, u"%a"_s, u"/etc/motd"_s}).out, QByteArray("640\n"));
    QVERIFY(!host(0).fileExists(u"/etc/not-there-before"_s));
}

QTEST_GUILESS_MAIN(TstInstallEngine)
#include "tst_installengine.moc"
