#pragma once

#include "app/cluster/hostlock.h"
#include "app/cluster/installrunner.h"
#include "app/ssh/sshlink.h"
#include "tests/support/sshhost.h"

#include <QFile>
#include <QTest>

namespace kboss::test {

using namespace Qt::StringLiterals;

inline constexpr int longMs = 60'000;

// One host on a real sshd, all of whose places are in a folder of the test's own.
class OneHost : public InstallHosts {
public:
    OneHost(const QString &folder, quint16 port, const QString &user, const QString &key)
        : m_folder(folder), m_ledger(folder + u"/ledger.json"_s, m_clock)
    {
        SshTarget to;
        to.address = {u"127.0.0.1"_s, port};
        to.credential.user = user;
        to.credential.keyFile = key;
        m_link = std::make_unique<SshLink>(to, m_ledger, SshLimits(), SshPatience{50, 300, 20'000});
        plan.cluster = u"prod"_s;
        plan.version = u"v1.36.2"_s;
        plan.hosts = {{u"h0"_s, u"127.0.0.1"_s, port, user, HostRole::ControlPlane, {}}};
        paths = {folder + u"/state"_s, folder + u"/run"_s, folder + u"/no-systemd"_s};
    }
    RemoteHost *find(const QString &name) override { return name == u"h0"_s ? m_link.get() : nullptr; }
    Result<void> trust()
    {
        const auto key = SshSession::readHostKey(m_link->target(), m_ledger);
        return key ? m_ledger.pin(m_link->target().address, *key, u"test"_s) : Result<void>(fail(key.error()));
    }

    // lock; a short action; a long detached one; one that is refused while a file is there.
    std::vector<InstallStep> steps() const
    {
        return {lockStep(plan.hosts.front(), {}), step(u"short"_s, false), step(u"long"_s, true), step(u"last"_s, false)};
    }
    Result<std::unique_ptr<InstallJournal>> journal(const QString &name = u"j"_s, const QString &owner = u"li@desk"_s) const
    {
        return InstallJournal::create(m_folder + u'/' + name, plan, owner, m_clock);
    }
    std::unique_ptr<InstallRunner> runner(InstallJournal &with, const QString &owner = u"li@desk"_s, InstallRunner::Observer observer = {})
    {
        return std::make_unique<InstallRunner>(partsOf(with, owner), std::move(observer));
    }
    InstallRunner::Parts partsOf(InstallJournal &with, const QString &owner = u"li@desk"_s)
    {
        return {plan, with.installId(), steps(), *this, with, m_clock, owner, false, paths, 200};
    }

    InstallPlan plan;
    HostPaths paths;

private:
    InstallStep step(const QString &name, bool detached) const
    {
        InstallStep made;
        made.id = u"h0/"_s + name;
        made.name = name;
        made.host = u"h0"_s;
        const QString mark = m_folder + u'/' + name, count = mark + u".count"_s,
                      wait = detached ? u"sleep 1.5; while [ -e '%1/hold' ]; do sleep 0.1; done"_s.arg(m_folder) : u"sleep 0.2"_s,
                      script = u"echo x >> '%1'; %2; echo of %3; : > '%4'"_s.arg(count, wait, name, mark);
        made.probe = [mark](InstallContext &context) -> Result<StepFinding> {
            const auto seen = context.runQuietly({u"test"_s, u"-e"_s, mark});
            if (!seen)
                return fail(seen.error());
            return StepFinding{seen->isGood() ? StepState::Done : StepState::Open, {}};
        };
        made.act = [script, detached, name](InstallContext &context) -> Result<void> {
            if (detached)
                return context.runDetached({name, script.toUtf8(), {}, 60'000});
            const auto done = context.run({u"sh"_s, u"-ec"_s, script});
            if (!done)
                return fail(done.error());
            return done->isGood() ? Result<void>() : fail(ErrorKind::Rejected, QString::fromUtf8(done->err));
        };
        made.undo = [mark](InstallContext &context) -> Result<void> {
            const auto done = context.run({u"rm"_s, u"-f"_s, mark});
            return done ? Result<void>() : fail(done.error());
        };
        return made;
    }

    const QString m_folder;
    SystemClock m_clock;
    HostKeyLedger m_ledger;
    std::unique_ptr<SshLink> m_link;
};

// One sshd for all tests, and for each of them a host in a folder of its own.
class OneHostGround {
protected:
    QString file(const QString &name) const { return m_folder->filePath(name); }
    void hold() const // the long step does not come to its end
    {
        QFile made(file(u"hold"_s));
        QVERIFY(made.open(QIODevice::WriteOnly));
    }
    void letGo() const { QVERIFY(QFile::remove(file(u"hold"_s))); }
    QByteArray content(const QString &name) const
    {
        QFile open(file(name));
        return open.open(QIODevice::ReadOnly) ? open.readAll() : QByteArray();
    }
    std::unique_ptr<OneHost> host() const { return std::make_unique<OneHost>(m_folder->path(), m_sshd->port(), m_sshd->user(), m_sshd->keyFile()); }
    static StepStatus of(const InstallRunner &runner, const QString &id)
    {
        for (const StepStatus &status : runner.state()) {
            if (status.id == id)
                return status;
        }
        return {};
    }
    void checkOnceEach(const InstallRunner &runner, int shortRuns = 1) const
    {
        for (const StepStatus &status : runner.state())
            QVERIFY2(status.state == StepStatus::State::Done, qPrintable(status.id + u": "_s + status.error.detail));
        QCOMPARE(content(u"long.count"_s), QByteArray("x\n"));
        QVERIFY(content(u"short.count"_s).count('x') <= shortRuns);
        QVERIFY(content(u"last.count"_s).count('x') <= shortRuns);
        QVERIFY(!QFile::exists(m_host->paths.lockFile())); // released
    }
    void beginAll()
    {
        m_sshd = std::make_unique<SshHost>();
        QVERIFY2(m_sshd->start(), qPrintable(m_sshd->errorText()));
    }
    void beginOne()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_host = host();
        QVERIFY(m_host->trust());
    }
    void endOne()
    {
        m_host.reset();
        m_folder.reset();
    }

    std::unique_ptr<SshHost> m_sshd;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<OneHost> m_host;
};

} // namespace kboss::test
