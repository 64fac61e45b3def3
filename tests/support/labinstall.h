#pragma once

#include "app/cluster/installrunner.h"
#include "app/ssh/hostkeyledger.h"
#include "app/ssh/sshlink.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <thread>

namespace kboss::test {

// An installation as the console does it, on hosts that answer over SSH; everything it needs is below one folder, so that another process can go on with it.
struct LabInstall {
    QString folder;
    InstallPlan plan; // of the hosts; user "ops"
    QByteArray password;
    QByteArray knownHosts;
    std::vector<InstallFile> files; // those of bring() are saved
    std::map<QString, SshAddress> ways; // by host: where it is really reached, as through a CutProxy; not saved

    enum class Kind { Install, RemoveWorker, RemoveCluster };

    void save() const
    {
        QFile(folder + QStringLiteral("/plan.json")).remove();
        write(QStringLiteral("plan.json"), writePlan(plan));
        write(QStringLiteral("known_hosts"), knownHosts);
        write(QStringLiteral("password"), password);
    }
    static LabInstall load(const QString &folder)
    {
        LabInstall made;
        made.folder = folder;
        const auto read = readPlan(made.read(QStringLiteral("plan.json")));
        made.plan = read ? *read : InstallPlan();
        made.password = made.read(QStringLiteral("password"));
        made.knownHosts = made.read(QStringLiteral("known_hosts"));
        for (const QString &name : QDir(folder + QStringLiteral("/files")).entryList(QDir::Files, QDir::Name))
            made.bring(name, made.read(QStringLiteral("files/") + name));
        return made;
    }
    // A manifest that is brought along: "metrics-server.yaml".
    void bring(const QString &name, const QByteArray &content)
    {
        QDir(folder).mkpath(QStringLiteral("files"));
        write(QStringLiteral("files/") + name, content);
        files.push_back({name, QCryptographicHash::hash(content, QCryptographicHash::Sha256), content.size(), folder + QStringLiteral("/files/") + name, InstallFile::Kind::Manifest});
    }
    QByteArray read(const QString &name) const
    {
        QFile file(folder + u'/' + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void write(const QString &name, const QByteArray &content) const
    {
        QFile file(folder + u'/' + name);
        if (file.open(QIODevice::WriteOnly))
            file.write(content);
    }
};

// What the platform knows, as files of one folder; it takes its time where there is a file <folder>-ms.
class LabPlatform final : public InstallPlatform {
public:
    explicit LabPlatform(QString folder) : m_folder(std::move(folder)) { QDir().mkpath(m_folder); }
    Result<void> keepKubeconfig(const QByteArray &kubeconfig) override { return put(QStringLiteral("kubeconfig"), kubeconfig); }
    Result<bool> hasKubeconfig() override { return QFile::exists(m_folder + QStringLiteral("/kubeconfig")); }
    Result<void> registerCluster(const InstallPlan &plan) override { return put(QStringLiteral("cluster"), plan.cluster.toUtf8()); }
    Result<void> registerNode(const PlanHost &host) override { return put(QStringLiteral("node-") + host.name, host.address.toUtf8()); }
    Result<bool> isRegistered(const QString &host) override { return QFile::exists(path(host)); }
    Result<void> unregister(const QString &host) override
    {
        QFile::remove(path(host));
        return {};
    }
    QStringList names() const { return QDir(m_folder).entryList(QDir::Files, QDir::Name); }

private:
    QString path(const QString &host) const { return m_folder + u'/' + (host.isEmpty() ? QStringLiteral("cluster") : QStringLiteral("node-") + host); }
    Result<void> put(const QString &name, const QByteArray &content)
    {
        QFile slow(m_folder + QStringLiteral("-ms")), file(m_folder + u'/' + name);
        if (slow.open(QIODevice::ReadOnly))
            std::this_thread::sleep_for(std::chrono::milliseconds(slow.readAll().toInt()));
        if (!file.open(QIODevice::WriteOnly))
            return fail(ErrorKind::Storage, file.errorString());
        file.write(content);
        return {};
    }
    QString m_folder;
};

// The runner of one kind of work, with its journal and its connections.
class LabRun final : public InstallHosts {
public:
    LabRun(const LabInstall &install, LabInstall::Kind kind, const QString &worker = {}, InstallRunner::Observer observer = {}, bool dryRun = false)
        : m_plan(install.plan), m_ledger(install.folder + QStringLiteral("/ledger.json"), m_clock),
          m_platform(std::make_shared<LabPlatform>(install.folder + QStringLiteral("/platform")))
    {
        const auto wayTo = [&install](const PlanHost &host) {
            const auto way = install.ways.find(host.name);
            return way == install.ways.end() ? SshAddress{host.address, quint16(host.port)} : way->second;
        };
        std::vector<SshAddress> addresses;
        for (const PlanHost &host : m_plan.hosts)
            addresses.push_back(wayTo(host));
        m_ledger.importKnownHosts(install.knownHosts, addresses, QStringLiteral("tester"));
        for (const PlanHost &host : m_plan.hosts) {
            SshTarget target;
            target.address = wayTo(host);
            target.credential.user = host.user;
            target.credential.password = install.password;
            m_links[host.name] = std::make_unique<SshLink>(target, m_ledger);
        }
        const QString folder = install.folder + QStringLiteral("/journal-%1").arg(int(kind)) + worker;
        auto journal = QFile::exists(folder) ? InstallJournal::open(folder, owner(), m_clock) : InstallJournal::create(folder, m_plan, owner(), m_clock);
        if (!journal) {
            m_error = journal.error().detail;
            return;
        }
        m_journal = std::move(*journal);
        InstallOptions options;
        options.platform = m_platform;
        options.owner = owner();
        options.files = install.files;
        auto steps = kind == LabInstall::Kind::Install        ? installSteps(m_plan, options)
                     : kind == LabInstall::Kind::RemoveWorker ? removeWorkerSteps(m_plan, worker, options)
                                                              : removeClusterSteps(m_plan, options);
        m_steps = steps;
        m_runner = std::make_unique<InstallRunner>(InstallRunner::Parts{m_plan, m_journal->installId(), std::move(steps), *this, *m_journal, m_clock, owner(), dryRun}, std::move(observer));
    }
    ~LabRun() override { m_runner.reset(); }

    RemoteHost *find(const QString &name) override
    {
        const auto found = m_links.find(name);
        return found == m_links.end() ? nullptr : found->second.get();
    }
    InstallRunner &runner() { return *m_runner; }
    const std::vector<InstallStep> &steps() const { return m_steps; }
    InstallJournal &journal() { return *m_journal; }
    LabPlatform &platform() { return *m_platform; }
    QString errorText() const { return m_error; }

    // What did not come to a good end; empty = all did.
    QString trouble() const
    {
        QStringList words;
        for (const StepStatus &step : m_runner->state()) {
            if (step.state != StepStatus::State::Done && step.state != StepStatus::State::NotNeeded)
                words << QStringLiteral("%1 is %2: %3 %4").arg(step.id).arg(int(step.state)).arg(step.detail, step.error.detail);
        }
        return words.join(u'\n');
    }
    static QString owner() { return QStringLiteral("tester@desk"); }

private:
    SystemClock m_clock;
    InstallPlan m_plan;
    HostKeyLedger m_ledger;
    std::map<QString, std::unique_ptr<SshLink>> m_links;
    std::shared_ptr<LabPlatform> m_platform;
    std::unique_ptr<InstallJournal> m_journal;
    std::vector<InstallStep> m_steps;
    std::unique_ptr<InstallRunner> m_runner;
    QString m_error;
};

} // namespace kboss::test
