// InstallChecks: what pages ask and tell it.
#include "app/services/installchecks_p.h"

#include "app/base/watchresult.h"

#include <QCryptographicHash>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestReason = 1'000;

bool isOf(const AcceptedCheck &check, const QString &host, const QString &name)
{
    return check.host == host && check.name == name;
}

} // namespace

QByteArray planDigest(const InstallPlan &plan)
{
    InstallPlan bare = plan;
    bare.acceptedProblems.clear();
    return QCryptographicHash::hash(writePlan(bare), QCryptographicHash::Sha256);
}

InstallChecks::InstallChecks(std::unique_ptr<Private> parts, QObject *parent) : QObject(parent), d(std::move(parts))
{
    d->q = this;
    d->mail = std::make_unique<GuiMail>(30);
    d->planChanged();
}

InstallChecks::~InstallChecks()
{
    d->cancel.request_stop();
    d->mail.reset();
}

const std::vector<CheckName> &InstallChecks::rows() const
{
    return d->rows;
}

CheckResult InstallChecks::result(const QString &host, const QString &name) const
{
    if (const auto found = d->hosts.constFind(host); found != d->hosts.constEnd() && found->shown.contains(name))
        return found->shown.value(name);
    CheckResult none;
    none.host = host;
    none.name = name;
    return none;
}

std::vector<CheckResult> InstallChecks::results(const QString &host) const
{
    std::vector<CheckResult> all;
    for (const CheckName &row : d->rows)
        all.push_back(result(host, row.name));
    return all;
}

InstallChecks::HostState InstallChecks::hostState(const QString &host) const
{
    if (const auto found = d->hosts.constFind(host); found != d->hosts.constEnd())
        return found->state;
    HostState none;
    none.host = host;
    return none;
}

const HostFacts *InstallChecks::facts(const QString &host) const
{
    const auto found = d->hosts.constFind(host);
    return found == d->hosts.constEnd() || !found->facts ? nullptr : &*found->facts;
}

int InstallChecks::count(CheckResult::State state) const
{
    qsizetype count = 0;
    for (const Private::Host &host : d->hosts)
        count += std::count_if(host.shown.begin(), host.shown.end(), [state](const CheckResult &result) { return result.state == state; });
    return static_cast<int>(count);
}

bool InstallChecks::isRunning() const
{
    return d->pending > 0;
}
qint64 InstallChecks::beganMs() const
{
    return d->beganMs;
}
qint64 InstallChecks::endedMs() const
{
    return d->endedMs;
}

bool InstallChecks::isPassed() const
{
    const std::vector<PlanHost> &hosts = d->lent.plan().hosts;
    return !isRunning() && !isStale() && !hosts.empty() && std::all_of(hosts.begin(), hosts.end(), [this](const PlanHost &host) {
        const Private::Host known = d->hosts.value(host.name);
        return known.state.state == HostState::State::Done
            && std::none_of(known.shown.begin(), known.shown.end(), [](const CheckResult &result) { return result.blocks(); });
    });
}

bool InstallChecks::isStale() const
{
    const std::vector<PlanHost> &hosts = d->lent.plan().hosts;
    return std::any_of(hosts.begin(), hosts.end(), [this](const PlanHost &host) {
        const auto found = d->hosts.constFind(host.name);
        return found != d->hosts.constEnd() && !found->plan.isEmpty() && found->plan != d->digest;
    });
}

void InstallChecks::run(const QStringList &hosts)
{
    d->begin(hosts);
}

void InstallChecks::runOne(const QString &host, const QString &name)
{
    Q_UNUSED(name) // facts and kubeadm's checks are read as a whole
    d->begin({host});
}

void InstallChecks::cancel()
{
    d->cancel.request_stop();
}

Result<void> InstallChecks::accept(const QString &host, const QString &name, const QString &reason)
{
    if (reason.trimmed().isEmpty())
        return fail(ErrorKind::Rejected, u"A reason is needed"_s, u"reason"_s);
    const CheckResult known = result(host, name);
    if (known.state != CheckResult::State::Warning && known.state != CheckResult::State::Error)
        return fail(ErrorKind::Rejected, u"%1 has no problem %2"_s.arg(host, name), u"name"_s);
    d->accepted.push_back({host, name, reason.trimmed().left(longestReason), d->lent.shared.who, d->lent.shared.parts.clock->nowMs()});
    d->lent.keepAccepted(d->accepted);
    d->show(host, name);
    Q_EMIT acceptedChanged();
    return {};
}

void InstallChecks::takeBack(const QString &host, const QString &name)
{
    if (std::erase_if(d->accepted, [&](const AcceptedCheck &check) { return isOf(check, host, name); }) == 0)
        return;
    d->lent.keepAccepted(d->accepted);
    d->show(host, name);
    Q_EMIT acceptedChanged();
}

const std::vector<AcceptedCheck> &InstallChecks::accepted() const
{
    return d->accepted;
}

const AcceptedCheck *InstallChecks::acceptedOf(const QString &host, const QString &name) const
{
    const auto found = std::find_if(d->accepted.begin(), d->accepted.end(), [&](const AcceptedCheck &check) { return isOf(check, host, name); });
    return found == d->accepted.end() ? nullptr : &*found;
}

Result<HostFix> InstallChecks::planFix(const QString &host, const QString &name) const
{
    const PlanHost *planned = d->lent.plan().find(host);
    const HostFacts *known = facts(host);
    if (!planned || !known)
        return fail(ErrorKind::NotFound, u"Nothing is known of %1 yet"_s.arg(host), u"host"_s);
    return kboss::planFix(d->lent.plan(), *planned, *known, result(host, name), *d->lent.shared.parts.clock);
}

QFuture<Result<QString>> InstallChecks::applyFix(const HostFix &fix)
{
    auto work = [links = d->lent.links, fix, token = d->lent.shared.ending.get_token()]() -> Result<QString> {
        RemoteHost *remote = links->find(fix.host);
        return remote ? kboss::applyFix(*remote, fix, token) : fail(ErrorKind::NotFound, u"No host %1"_s.arg(fix.host), u"host"_s);
    };
    return d->fix(fix.host, std::move(work));
}

QFuture<Result<QString>> InstallChecks::undoFix(const QString &host, const QString &fixId)
{
    auto work = [links = d->lent.links, host, fixId, token = d->lent.shared.ending.get_token()]() -> Result<QString> {
        RemoteHost *remote = links->find(host);
        return remote ? kboss::undoFix(*remote, fixId, token) : fail(ErrorKind::NotFound, u"No host %1"_s.arg(host), u"host"_s);
    };
    return d->fix(host, std::move(work));
}

std::vector<AppliedFix> InstallChecks::fixes(const QString &host) const
{
    return d->hosts.value(host).fixes;
}

bool InstallChecks::isFixing(const QString &host) const
{
    return d->hosts.value(host).isFixing;
}

// One at a time on a host; afterwards all of its checks are looked at again.
QFuture<Result<QString>> InstallChecks::Private::fix(const QString &host, std::function<Result<QString>()> work)
{
    if (hosts[host].isFixing)
        return readyResult<QString>(fail(ErrorKind::Conflict, u"Something is being mended on %1 already"_s.arg(host), u"host"_s));
    hosts[host].isFixing = true;
    auto future = InstallShared::run(lent.shared.acts, std::move(work));
    watchResult(future, q, [this, host](const Result<QString> &) {
        hosts[host].isFixing = false;
        Q_EMIT q->hostChanged(host);
        begin({host});
    });
    Q_EMIT q->hostChanged(host);
    return future;
}

} // namespace kboss
