#include "app/standalone/pcapiinstalls.h"

#include "app/cluster/addressrange.h"
#include "app/cluster/installrunner.h"
#include "app/ssh/sshlink.h"

#include <QCryptographicHash>
#include <QDir>
#include <QHostInfo>
#include <QSysInfo>

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t mostAtOnce = 8;
constexpr int sliceMs = 200;

QString owner()
{
    return u"kboss-service@"_s + QSysInfo::machineHostName();
}

// Of "host:port" or "[host]:port"; a name is looked up.
Result<QString> endpointAddress(const QString &endpoint)
{
    QString host = endpoint.section(u':', 0, -2);
    if (host.startsWith(u'['))
        host = host.mid(1, host.size() - 2);
    if (parseAddress(host))
        return host;
    const QHostInfo found = QHostInfo::fromName(host);
    return found.addresses().isEmpty() ? fail(ErrorKind::Offline, u"the address of %1 is not known here"_s.arg(host))
                                       : Result<QString>(found.addresses().constFirst().toString());
}

// The step that failed, or what goes on.
QString wordsOf(const std::vector<StepStatus> &steps, StepStatus::State state)
{
    for (const StepStatus &step : steps) {
        if (step.state == state)
            return step.id.section(u'/', -1) + (step.error.detail.isEmpty() ? QString() : u": "_s + step.error.detail);
    }
    return {};
}

} // namespace

struct PcapiInstalls::Running final : InstallHosts {
    QString name; // of the one host
    InstallPlan plan;
    std::unique_ptr<SshLink> link;
    std::unique_ptr<InstallJournal> journal;
    std::unique_ptr<InstallRunner> runner; // ends first

    RemoteHost *find(const QString &wanted) override { return wanted == name ? link.get() : nullptr; }

    Result<void> outcome() const
    {
        const auto steps = runner->state();
        const bool good = std::all_of(steps.begin(), steps.end(), [](const StepStatus &step) {
            return step.state == StepStatus::State::Done || step.state == StepStatus::State::NotNeeded;
        });
        if (good)
            return {};
        const QString failed = wordsOf(steps, StepStatus::State::Failed);
        return fail(ErrorKind::Rejected, failed.isEmpty() ? u"the installation was stopped"_s : u"the installation stopped at "_s + failed);
    }
};

PcapiInstalls::PcapiInstalls(QString folder, const HostKeyLedger &ledger, PcapiInstallSettings settings)
    : m_folder(std::move(folder)), m_ledger(ledger), m_settings(std::move(settings))
{
}

PcapiInstalls::~PcapiInstalls()
{
    stop();
}

void PcapiInstalls::stop()
{
    const std::lock_guard lock(m_mutex);
    m_stopped = true;
    for (const auto &[address, running] : m_running)
        running->runner->stop();
}

Result<InstallPlan> PcapiInstalls::planOf(const Ask &ask) const
{
    InstallPlan plan;
    plan.version = m_settings.version;
    plan.packageMirror = m_settings.packageMirror;
    plan.registryMirror = m_settings.registryMirror;
    PlanHost host{ask.name, ask.target.address.host, ask.target.address.port, ask.target.credential.user, HostRole::ControlPlane, {}};
    if (!parseAddress(host.address)) {
        const QHostInfo found = QHostInfo::fromName(host.address);
        if (found.addresses().isEmpty())
            return fail(ErrorKind::Offline, u"the address of %1 is not known here"_s.arg(host.address));
        host.address = found.addresses().constFirst().toString();
    }
    if (ask.join) {
        host.role = HostRole::Worker;
        const auto address = endpointAddress(ask.join->endpoint);
        if (!address)
            return fail(address.error());
        if (*address == host.address)
            return fail(ErrorKind::Rejected, u"%1 is the cluster's own control plane"_s.arg(host.address));
        return aloneWorkerPlan(host, *ask.join, *address, plan);
    }
    plan.cluster = ask.name;
    plan.hosts = {host};
    if (const auto faults = checkPlan(plan); !faults.empty())
        return fail(ErrorKind::Rejected,
                    u"this host cannot become a control plane as it is: %1 %2"_s.arg(faults.front().field, faults.front().other));
    return plan;
}

Result<std::shared_ptr<PcapiInstalls::Running>> PcapiInstalls::begin(const Ask &ask, const InstallPlan &plan)
{
    auto running = std::make_shared<Running>();
    running->name = ask.name;
    running->plan = plan;
    running->link = std::make_unique<SshLink>(ask.target, m_ledger);
    // The same plan goes on where it was; another one is another installation.
    const QString folder =
        m_folder + u'/' + QString::fromLatin1(QCryptographicHash::hash(writePlan(plan), QCryptographicHash::Sha256).toHex().left(24));
    if (!QDir().mkpath(m_folder))
        return fail(ErrorKind::Storage, u"%1 cannot be made"_s.arg(m_folder));
    auto journal = QDir(folder).exists() ? InstallJournal::open(folder, owner(), m_clock) : InstallJournal::create(folder, plan, owner(), m_clock);
    if (!journal)
        return fail(journal.error());
    running->journal = std::move(*journal);
    InstallOptions options;
    options.owner = owner();
    auto steps = ask.join ? aloneWorkerSteps(plan, ask.join->secrets, options) : installSteps(plan, options);
    InstallRunner::Parts parts{plan, running->journal->installId(), std::move(steps), *running, *running->journal, m_clock, owner()};
    parts.formerInstalls = endedInstalls();
    parts.takesStaleLocks = true;
    running->runner = std::make_unique<InstallRunner>(std::move(parts));
    running->runner->start();
    return running;
}

QStringList PcapiInstalls::endedInstalls() const
{
    QStringList ended;
    const QStringList folders = QDir(m_folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &folder : folders) {
        const QString install = InstallJournal::head(m_folder + u'/' + folder).installId;
        const bool runs = std::any_of(m_running.begin(), m_running.end(), [&install](const auto &one) {
            return one.second->journal->installId() == install && !one.second->runner->isEnded();
        });
        if (!install.isEmpty() && !runs)
            ended << install;
    }
    return ended;
}

Result<std::shared_ptr<PcapiInstalls::Running>> PcapiInstalls::runningFor(const Ask &ask)
{
    const auto plan = planOf(ask); // may look names up
    if (!plan)
        return fail(plan.error());
    const std::lock_guard lock(m_mutex);
    if (m_stopped)
        return fail(ErrorKind::Cancelled, {});
    // An ended one stays as long as somebody takes its outcome: its journal is open till then.
    std::erase_if(m_running, [](const auto &one) { return one.second.use_count() == 1 && one.second->runner->isEnded(); });
    const QString address = ask.target.address.text();
    if (const auto found = m_running.find(address); found != m_running.end()) {
        return found->second->plan == *plan ? Result<std::shared_ptr<Running>>(found->second)
                                            : fail(ErrorKind::Conflict, u"%1 is being installed as something else right now"_s.arg(address));
    }
    if (m_running.size() >= mostAtOnce)
        return fail(ErrorKind::Conflict, u"%1 hosts are being installed already; try again later"_s.arg(mostAtOnce));
    auto running = begin(ask, *plan);
    if (running)
        m_running.insert_or_assign(address, *running);
    return running;
}

Result<void> PcapiInstalls::install(const Ask &ask, int waitMs, CancelToken token)
{
    const auto running = runningFor(ask);
    if (!running)
        return fail(running.error());
    const InstallRunner &runner = *(*running)->runner;
    for (int waited = 0; !runner.isEnded(); waited += sliceMs) {
        if (token.stop_requested())
            return fail(ErrorKind::Cancelled, {});
        if (waited >= waitMs)
            return fail(ErrorKind::Timeout,
                        u"the installation goes on (%1); ask again for its end"_s.arg(wordsOf(runner.state(), StepStatus::State::Running)));
        [[maybe_unused]] const bool ended = (*running)->runner->wait(sliceMs);
    }
    return (*running)->outcome();
}

} // namespace kboss::standalone
