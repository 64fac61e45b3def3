#pragma once

#include "app/cluster/hostlock.h"
#include "app/services/installdesk.h"
#include "tests/app/services/fakesecretstore.h"
#include "tests/support/sshhost.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <array>

namespace kboss::test {

using namespace Qt::StringLiterals;

inline constexpr auto secretWord = "geheim-4711";

// Steps that leave marks in a folder of the machine that all test hosts share: <folder>/<host>-<name> when done, and a line in <folder>/counts for
// each action.
inline InstallStep scriptedStep(const QString &folder, const QString &host, const QString &name, InstallPhase phase)
{
    InstallStep step;
    step.id = host + u'/' + name;
    step.name = name;
    step.host = host;
    step.phase = phase;
    step.usualMs = 700;
    step.usualUndoMs = 300;
    step.changes = {{StepChange::Kind::File, folder + u'/' + host + u'-' + name, u"done"_s}};
    const QString mark = folder + u'/' + host + u'-' + name;
    step.probe = [mark](InstallContext &context) -> Result<StepFinding> {
        const auto looked = context.run({u"test"_s, u"-e"_s, mark});
        if (!looked)
            return fail(looked.error());
        return StepFinding{looked->isGood() ? StepState::Done : StepState::Open, {}};
    };
    step.act = [folder, mark, id = step.id](InstallContext &context) -> Result<void> {
        context.say(u"the password is "_s + QLatin1String(secretWord) + u" and the token abcdef.0123456789abcdef"_s);
        const QString script = u"if [ -e '%1/fail-%2' ]; then echo no luck >&2; exit 3; fi; echo %2 >> '%1/counts'; touch '%3'"_s;
        const auto done = context.run({u"sh"_s, u"-c"_s, script.arg(folder, QString(id).replace(u'/', u'-'), mark)});
        if (!done)
            return fail(done.error());
        return done->isGood() ? Result<void>() : fail(ErrorKind::Rejected, QString::fromUtf8(done->err));
    };
    step.undo = [mark](InstallContext &context) -> Result<void> {
        const auto done = context.run({u"rm"_s, u"-f"_s, mark});
        return done ? Result<void>() : fail(done.error());
    };
    return step;
}

// One that takes as long as a file "go" is missing, and goes on without us.
inline InstallStep longStep(const QString &folder, const QString &host)
{
    InstallStep step = scriptedStep(folder, host, u"long"_s, InstallPhase::Binaries);
    step.act = [folder, host](InstallContext &context) -> Result<void> {
        DetachedAction action;
        action.name = u"long-"_s + host; // both hosts are one machine
        action.script = u"echo %2-long >> '%1/counts'\nwhile [ ! -e '%1/go' ]; do sleep 0.1; done\ntouch '%1/%2-long'\n"_s.arg(folder, host).toUtf8();
        return context.runDetached(action);
    };
    return step;
}

inline std::vector<InstallStep> scriptedSteps(const QString &folder, const InstallPlan &plan, bool withLong)
{
    std::vector<InstallStep> steps;
    for (const PlanHost &host : plan.hosts) {
        steps.push_back(scriptedStep(folder, host.name, u"system"_s, InstallPhase::System));
        if (withLong)
            steps.push_back(longStep(folder, host.name));
        steps.push_back(scriptedStep(folder, host.name, u"runtime"_s, InstallPhase::Runtime));
        steps.push_back(scriptedStep(folder, host.name, u"join"_s, InstallPhase::Workers));
        steps.back().after = {plan.hosts.front().name + u"/runtime"_s};
        if (host.role == HostRole::Worker)
            steps.back().withReset = InstallStep::WithReset::Resets;
    }
    return steps;
}

inline InstallDesk::Parts partsIn(const QString &folder, SecretStore *secrets, const Clock &clock, bool withLong)
{
    InstallDesk::Parts parts;
    parts.folder = folder + u"/data/installs"_s;
    parts.ledgerFile = folder + u"/data/hostkeys.json"_s;
    parts.secretPrefix = u"test"_s;
    parts.who = u"liu"_s;
    parts.secrets = secrets;
    parts.clock = &clock;
    parts.hostPaths = {folder + u"/host/state"_s, folder + u"/host/run"_s, folder + u"/no-systemd"_s};
    parts.steps = [marks = folder + u"/marks"_s, withLong](InstallRun::Kind, const QString &, const InstallPlan &plan, const InstallOptions &) {
        return scriptedSteps(marks, plan, withLong);
    };
    return parts;
}

// The scripted steps with a lock before them, and a removal of its own: what is left is what the lock's step does.
inline InstallDesk::Parts withLocks(InstallDesk::Parts parts, const QString &folder)
{
    parts.steps = [folder](InstallRun::Kind kind, const QString &, const InstallPlan &plan, const InstallOptions &options) {
        std::vector<InstallStep> steps{lockStep(plan.hosts.front(), options)}; // both hosts are one machine
        if (kind != InstallRun::Kind::Install && kind != InstallRun::Kind::DryRun) {
            steps.push_back(scriptedStep(folder, plan.hosts.front().name, u"reset"_s, InstallPhase::ControlPlanes));
            return steps;
        }
        for (InstallStep &step : scriptedSteps(folder, plan, false))
            steps.push_back(std::move(step));
        return steps;
    };
    return parts;
}

// Somebody else's, on the one machine that both hosts are.
inline bool putForeignLock(const QString &folder)
{
    QFile lock(folder + u"/host/state/install.lock"_s);
    return QDir().mkpath(folder + u"/host/state"_s) && lock.open(QIODevice::WriteOnly)
        && lock.write("{\"format\":1,\"install\":\"bbbbbbbbbbbb\",\"owner\":\"wang@laptop\",\"since\":1700000000000}\n") > 0;
}

template <class T> Result<T> wait(QFuture<Result<T>> future, int ms = 30'000)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, ms))
        return fail(ErrorKind::Timeout, u"no end within the limit"_s);
    return future.resultCount() > 0 ? future.result() : Result<T>(fail(ErrorKind::Cancelled, {}));
}

// An installation on hosts of this machine that take the password "right", with their keys trusted: "cp-1" and "wk-…", not begun. null = no.
inline Installation *installationOn(InstallDesk *desk, const std::vector<quint16> &ports)
{
    InstallPlan plan;
    plan.cluster = u"hz-test"_s;
    plan.version = u"v1.34.9"_s;
    for (const quint16 port : ports) {
        const bool first = plan.hosts.empty();
        plan.hosts.push_back({first ? u"cp-1"_s : u"wk-%1"_s.arg(plan.hosts.size()), u"127.0.0.1"_s, port, u"ops"_s,
                              first ? HostRole::ControlPlane : HostRole::Worker, {}});
    }
    const auto id = wait(desk->create(plan));
    const auto one = id ? wait(desk->open(*id)) : Result<Installation *>(fail(id.error()));
    if (!one)
        return nullptr;
    HostSignIn signIn;
    signIn.password = u"right"_s;
    QStringList names;
    for (const PlanHost &host : plan.hosts) {
        (*one)->setSignIn(host.name, signIn, false);
        names << host.name;
    }
    (*one)->readKeys();
    const bool read = QTest::qWaitFor([&one] { return !(*one)->isReadingKeys(); }, 30'000);
    return read && wait((*one)->trustKeys(names)) && QTest::qWaitFor([&one] { return (*one)->isAllTrusted(); }, 30'000) ? *one : nullptr;
}

// Two real sshd, a desk over a folder of its own, and a keychain in memory.
class InstallWorld {
public:
    bool start()
    {
        for (auto &host : hosts) {
            host = std::make_unique<SshHost>();
            if (!host->start()) {
                qWarning("%s", qPrintable(host->errorText()));
                return false;
            }
        }
        return true;
    }

    bool renew()
    {
        folder = std::make_unique<QTemporaryDir>();
        secrets = std::make_unique<FakeSecretStore>();
        return QDir(folder->path()).mkpath(QStringLiteral("data")) && QDir(folder->path()).mkpath(QStringLiteral("marks"));
    }

    std::unique_ptr<InstallDesk> makeDesk(bool withLong = false)
    {
        return std::make_unique<InstallDesk>(partsIn(folder->path(), secrets.get(), clock, withLong));
    }

    InstallPlan plan() const
    {
        InstallPlan plan;
        plan.cluster = u"hz-test"_s;
        plan.version = u"v1.34.9"_s;
        plan.hosts = {{u"cp-1"_s, u"127.0.0.1"_s, hosts[0]->port(), hosts[0]->user(), HostRole::ControlPlane, {}},
                      {u"wk-1"_s, u"127.0.0.1"_s, hosts[1]->port(), hosts[1]->user(), HostRole::Worker, {}}};
        return plan;
    }

    void signInTo(Installation *one) const
    {
        HostSignIn signIn;
        signIn.password = QLatin1String(secretWord);
        signIn.keyFile = hosts[0]->keyFile();
        one->setSignIn(u"cp-1"_s, signIn, true);
        signIn.keyFile = hosts[1]->keyFile();
        one->setSignIn(u"wk-1"_s, signIn, true);
    }

    Installation *ready(InstallDesk *desk)
    {
        Installation *one = *wait(desk->open(*wait(desk->create(plan()))));
        signInTo(one);
        one->readKeys();
        if (!QTest::qWaitFor([one] { return !one->isReadingKeys(); }, 30'000) || !wait(one->trustKeys({u"cp-1"_s, u"wk-1"_s}))
            || !QTest::qWaitFor([one] { return one->isAllTrusted(); }, 30'000))
            qFatal("the hosts cannot be trusted: %s", qPrintable(one->trustOf(u"cp-1"_s)->error.detail));
        return one;
    }

    QList<QByteArray> counts() const
    {
        QFile file(folder->filePath(u"marks/counts"_s));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        QList<QByteArray> lines = file.readAll().split('\n');
        lines.removeAll(QByteArray());
        return lines;
    }

    bool put(const QString &name) const
    {
        QFile file(folder->filePath(name));
        return file.open(QIODevice::WriteOnly);
    }

    static bool nothingSecretIn(const QString &path)
    {
        QProcess grep;
        grep.start(u"grep"_s, {u"-r"_s, u"-l"_s, u"-e"_s, QLatin1String(secretWord), u"-e"_s, u"abcdef\\.0123456789abcdef"_s, path});
        if (!grep.waitForFinished())
            return false;
        const QByteArray found = grep.readAllStandardOutput();
        if (!found.isEmpty())
            qWarning("%s", found.constData());
        return found.isEmpty();
    }

    SystemClock clock;
    std::unique_ptr<QTemporaryDir> folder;
    std::unique_ptr<FakeSecretStore> secrets;
    std::array<std::unique_ptr<SshHost>, 2> hosts;
};

} // namespace kboss::test
