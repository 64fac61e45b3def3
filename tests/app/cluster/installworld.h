#pragma once

#include "app/cluster/installrunner.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <condition_variable>
#include <set>

// Hosts in memory for tests of the engine: what is so on them, what was done to make it so, and steps that do it.
namespace kboss::test {

using namespace Qt::StringLiterals;

inline constexpr int longMs = 20'000;

// A host in memory: takes what the engine writes there, and counts.
class MemoryHost : public RemoteHost {
public:
    Result<CommandResult> run(const RemoteCommand &command, CancelToken) override
    {
        const std::lock_guard lock(m_mutex);
        ++m_calls;
        m_written += command.input;
        m_argv += command.words.join(u' ');
        return CommandResult{0, {}, {}, {}};
    }
    Result<void> upload(const RemoteUpload &, CancelToken) override { return {}; }
    int calls() const
    {
        const std::lock_guard lock(m_mutex);
        return m_calls;
    }
    QByteArray written() const
    {
        const std::lock_guard lock(m_mutex);
        return m_written + m_argv.toUtf8();
    }

private:
    mutable std::mutex m_mutex;
    int m_calls = 0;
    QByteArray m_written;
    QString m_argv;
};

// What is so on all hosts, and what was done to make it so.
class World : public InstallHosts {
public:
    RemoteHost *find(const QString &name) override
    {
        const std::lock_guard lock(mutex);
        return &hosts[name];
    }
    void set(const QString &id, bool is)
    {
        const std::lock_guard lock(mutex);
        is ? void(done.insert(id)) : void(done.erase(id));
    }
    int count(const char *what, const QString &id)
    {
        const std::lock_guard lock(mutex);
        return int(std::count(events.begin(), events.end(), QLatin1String(what) + u' ' + id));
    }
    int total(const char *what)
    {
        const std::lock_guard lock(mutex);
        return int(std::count_if(events.begin(), events.end(), [what](const QString &event) { return event.startsWith(QLatin1String(what)); }));
    }
    qsizetype at(const QString &event)
    {
        const std::lock_guard lock(mutex);
        return std::find(events.begin(), events.end(), event) - events.begin();
    }
    bool saw(const QString &event)
    {
        const std::lock_guard lock(mutex);
        return std::find(events.begin(), events.end(), event) != events.end();
    }
    void note(const QString &event)
    {
        const std::lock_guard lock(mutex);
        events.push_back(event);
    }

    std::mutex mutex;
    std::map<QString, MemoryHost> hosts;
    std::set<QString> done;
    std::vector<QString> events; // "act a/b", "acted a/b", "probe a/b", "undo a/b"
    std::map<QString, int> running, most; // of groups
};

inline bool pauseFor(const CancelToken &token, int ms)
{
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, token, std::chrono::milliseconds(ms), [] { return false; });
    return !token.stop_requested();
}

inline InstallStep stepOf(World &world, const QString &host, const QString &name, const QStringList &after = {}, int ms = 5)
{
    InstallStep step;
    step.id = host + u'/' + name;
    step.name = name;
    step.host = host;
    step.after = after;
    const QString id = step.id;
    step.probe = [&world, id](InstallContext &) -> Result<StepFinding> {
        world.note(u"probe "_s + id);
        const std::lock_guard lock(world.mutex);
        return StepFinding{world.done.contains(id) ? StepState::Done : StepState::Open, u"so it is"_s};
    };
    step.act = [&world, id, ms](InstallContext &context) -> Result<void> {
        world.note(u"act "_s + id);
        if (!pauseFor(context.token(), ms))
            return fail(ErrorKind::Cancelled, {});
        world.set(id, true);
        world.note(u"acted "_s + id);
        return {};
    };
    step.undo = [&world, id](InstallContext &) -> Result<void> {
        world.note(u"undo "_s + id);
        world.set(id, false);
        return {};
    };
    return step;
}

inline void limitTo(World &world, InstallStep &step, const QString &group, int limit)
{
    step.limitGroup = group;
    step.limit = limit;
    step.act = [&world, group, act = step.act](InstallContext &context) {
        {
            const std::lock_guard lock(world.mutex);
            world.most[group] = std::max(world.most[group], ++world.running[group]);
        }
        auto acted = act(context);
        const std::lock_guard lock(world.mutex);
        --world.running[group];
        return acted;
    };
}

// A journal in a folder of its own, and runners on it.
class RunnerFixture {
public:
    RunnerFixture()
    {
        plan.cluster = u"prod"_s;
        plan.version = u"v1.36.2"_s;
        for (int i = 0; i < 30; ++i)
            plan.hosts.push_back({u"h%1"_s.arg(i), u"10.0.0.%1"_s.arg(i + 1), 22, u"ops"_s, HostRole::Worker, {}});
        openJournal();
    }

    void openJournal() // again, as after a crash
    {
        journal.reset();
        auto opened = InstallJournal::create(m_folder.filePath(u"j"_s), plan, u"li@desk"_s, m_clock);
        if (opened)
            journal = std::move(*opened);
        else
            qWarning().noquote() << opened.error().detail;
    }
    std::unique_ptr<InstallRunner> runner(std::vector<InstallStep> steps, InstallRunner::Observer observer = {}, bool dry = false)
    {
        return std::make_unique<InstallRunner>(
            InstallRunner::Parts{plan, journal->installId(), std::move(steps), world, *journal, m_clock, u"li@desk"_s, dry}, std::move(observer));
    }
    static StepStatus of(const InstallRunner &runner, const QString &id)
    {
        for (const StepStatus &status : runner.state()) {
            if (status.id == id)
                return status;
        }
        return {};
    }
    QByteArray journalFile() const
    {
        QFile file(m_folder.filePath(u"j/journal.jsonl"_s));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private:
    QTemporaryDir m_folder;
    SystemClock m_clock;

public:
    World world;
    InstallPlan plan;
    std::unique_ptr<InstallJournal> journal; // before its folder goes
};

} // namespace kboss::test
