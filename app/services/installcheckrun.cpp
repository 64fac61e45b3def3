// InstallChecks: asking the hosts.
#include "app/services/installchecks_p.h"

#include "app/base/watchresult.h"
#include "app/cluster/crosshost.h"

#include <algorithm>
#include <map>

namespace kboss {

using namespace Qt::StringLiterals;
using Group = CheckResult::Group;
using HostStage = InstallChecks::HostState::State;

namespace {

struct Question {
    std::shared_ptr<InstallLinks> links;
    InstallPlan plan;
    QString host;
    CheckOptions options;
    const Clock *clock = nullptr;
    CancelToken token;
    std::function<void(HostStage)> told;
    std::function<void(const CheckResult &)> found;
};

// On a thread of the pool.
template <class Outcome> Result<Outcome> ask(const Question &question)
{
    if (question.token.stop_requested())
        return fail(ErrorKind::Cancelled, {});
    const PlanHost *host = question.plan.find(question.host);
    RemoteHost *remote = question.links->find(question.host);
    if (!remote || !host)
        return fail(ErrorKind::NotFound, u"No host %1"_s.arg(question.host), u"host"_s);
    question.told(HostStage::Connecting);
    if (const auto connected = question.links->connect(question.host, question.token); !connected)
        return fail(connected.error());
    question.told(HostStage::Facts);
    auto facts = readFacts(*remote, *question.clock, question.token);
    if (!facts)
        return fail(facts.error());
    question.told(HostStage::Checking);
    Outcome outcome;
    outcome.results = checkHost(*remote, question.plan, *host, *facts, question.options, question.token, question.found);
    outcome.facts = std::move(*facts);
    if (question.token.stop_requested())
        return fail(ErrorKind::Cancelled, {});
    if (auto fixes = listFixes(*remote, question.token))
        outcome.fixes = std::move(*fixes);
    return outcome;
}

} // namespace

void InstallChecks::Private::planChanged()
{
    digest = planDigest(lent.plan());
    std::vector<CheckName> wanted = checkRows(lent.plan());
    for (const CheckName &row : rows) {
        const bool isWanted = std::any_of(wanted.begin(), wanted.end(), [&](const CheckName &one) { return one.name == row.name; });
        const bool isThere = std::any_of(hosts.begin(), hosts.end(), [&](const Host &host) { return host.raw.contains(row.name); });
        if (!isWanted && isThere)
            wanted.push_back(row);
    }
    std::stable_sort(wanted.begin(), wanted.end(), [](const CheckName &a, const CheckName &b) { return a.group < b.group; });
    rows = std::move(wanted);
    const QStringList names = hosts.keys();
    for (const QString &name : names) {
        if (!lent.plan().find(name) && !hosts[name].isFixing)
            hosts.remove(name);
    }
    Q_EMIT q->rowsChanged();
}

void InstallChecks::Private::begin(const QStringList &names)
{
    if (cancel.stop_requested())
        cancel = CancelSource();
    const bool before = pending > 0;
    const InstallPlan plan = lent.plan();
    if (names.isEmpty()) {
        beganMs = lent.shared.parts.clock->nowMs();
        endedMs = 0;
    }
    for (const PlanHost &host : plan.hosts) {
        if (names.isEmpty() || names.contains(host.name))
            beginHost(host, plan);
    }
    if (before != (pending > 0))
        Q_EMIT q->runningChanged();
}

void InstallChecks::Private::beginHost(const PlanHost &planned, const InstallPlan &plan)
{
    Host &host = hosts[planned.name];
    const HostStage stage = host.state.state;
    if (stage == HostStage::Failed || stage == HostStage::Cancelled)
        lent.links->renew({planned.name});
    const int round = ++host.round;
    host.plan = digest;
    host.raw.clear();
    host.shown.clear();
    host.state.beganMs = lent.shared.parts.clock->nowMs();
    host.state.endedMs = 0;
    for (const CheckResult &open : openChecks(plan, planned))
        take(open);
    setState(planned.name, HostStage::Connecting);
    ++pending;
    acrossWanted = true;
    Question question{lent.links, plan, planned.name, {}, lent.shared.parts.clock, cancel.get_token(), {}, {}};
    question.options.installId = lent.installId();
    question.told = [this, name = planned.name, round, sender = mail->sender()](HostStage now) {
        sender.post([this, name, round, now] {
            if (hosts.value(name).round == round && hosts.value(name).state.endedMs == 0)
                setState(name, now);
        });
    };
    question.found = [this, name = planned.name, round, sender = mail->sender()](const CheckResult &result) {
        sender.post([this, name, round, result] {
            if (hosts.value(name).round == round)
                take(result);
        });
    };
    watchResult(InstallShared::run(lent.shared.hosts, [question] { return ask<Outcome>(question); }), q,
                [this, name = planned.name, round](const Result<Outcome> &outcome) {
                    mail->drain(); // what came before it
                    hostEnded(name, round, outcome);
                });
}

void InstallChecks::Private::hostEnded(const QString &name, int round, const Result<Outcome> &outcome)
{
    if (const auto found = hosts.find(name); found != hosts.end() && found->round == round) {
        found->state.endedMs = lent.shared.parts.clock->nowMs();
        if (outcome) {
            found->facts = outcome->facts;
            found->fixes = outcome->fixes;
            for (const CheckResult &result : outcome->results)
                take(result);
        } else {
            found->facts.reset();
        }
        const Error error = outcome ? Error{ErrorKind::Cancelled, {}, {}, {}, {}, 0} : outcome.error();
        endRunning(name, error, Group::Kubeadm, outcome ? Group::Host : Group::Across);
        if (outcome)
            setState(name, HostStage::Done);
        else
            setState(name, error.kind == ErrorKind::Cancelled ? HostStage::Cancelled : HostStage::Failed, error);
    }
    over();
}

// Nobody waits for these any more.
void InstallChecks::Private::endRunning(const QString &name, const Error &error, Group from, Group to)
{
    const QMap<QString, CheckResult> known = hosts[name].raw;
    for (CheckResult result : known) {
        if (result.state != CheckResult::State::Running || result.group < from || result.group > to)
            continue;
        result.state = CheckResult::State::Unknown;
        result.evidence = error.detail;
        take(result);
    }
}

void InstallChecks::Private::over()
{
    --pending;
    if (pending == 0 && acrossWanted)
        beginAcross();
    if (pending > 0)
        return;
    endedMs = lent.shared.parts.clock->nowMs();
    Q_EMIT q->runningChanged();
}

void InstallChecks::Private::beginAcross()
{
    acrossWanted = false;
    if (cancel.stop_requested()) {
        const QStringList names = hosts.keys();
        for (const QString &name : names)
            endRunning(name, {ErrorKind::Cancelled, {}, {}, {}, {}, 0}, Group::Across, Group::Across);
        return;
    }
    ++pending;
    const InstallPlan plan = lent.plan();
    std::map<QString, HostFacts> facts;
    for (auto host = hosts.constBegin(); host != hosts.constEnd(); ++host) {
        if (host->facts)
            facts.emplace(host.key(), *host->facts);
    }
    auto found = [this, sender = mail->sender()](const CheckResult &result) { sender.post([this, result] { take(result); }); };
    auto work = [plan, facts, links = lent.links, token = cancel.get_token(), found]() -> Result<std::vector<CheckResult>> {
        std::vector<HostToCheck> asked;
        for (const PlanHost &host : plan.hosts) {
            const auto known = facts.find(host.name);
            const bool isKnown = known != facts.end();
            asked.push_back({&host, isKnown ? &known->second : nullptr, isKnown ? links->find(host.name) : nullptr});
        }
        return checkAcross(plan, asked, token, found);
    };
    watchResult(InstallShared::run(lent.shared.acts, std::move(work)), q, [this](const Result<std::vector<CheckResult>> &results) {
        mail->drain();
        for (const CheckResult &result : results ? *results : std::vector<CheckResult>())
            take(result);
        const QStringList names = hosts.keys();
        for (const QString &name : names) {
            if (hosts[name].state.endedMs != 0) // another round has begun meanwhile
                endRunning(name, results ? Error{ErrorKind::Cancelled, {}, {}, {}, {}, 0} : results.error(), Group::Across, Group::Across);
        }
        over();
    });
}

void InstallChecks::Private::take(const CheckResult &result)
{
    const auto found = hosts.find(result.host);
    if (found == hosts.end())
        return;
    addRow(result);
    found->raw.insert(result.name, result);
    show(result.host, result.name);
}

void InstallChecks::Private::show(const QString &host, const QString &name)
{
    const auto found = hosts.find(host);
    if (found == hosts.end() || !found->raw.contains(name))
        return;
    std::vector<CheckResult> one{found->raw.value(name)};
    if (one.front().state == CheckResult::State::Accepted)
        one.front().state = one.front().was; // by the plan it was asked for; what counts is the plan of now
    applyAccepted(lent.plan(), one);
    const auto shown = found->shown.constFind(name);
    if (shown != found->shown.constEnd() && *shown == one.front())
        return;
    found->shown.insert(name, one.front());
    Q_EMIT q->resultChanged(host, name);
}

void InstallChecks::Private::addRow(const CheckResult &result)
{
    if (std::any_of(rows.begin(), rows.end(), [&result](const CheckName &row) { return row.name == result.name; }))
        return;
    const auto behind = std::find_if(rows.begin(), rows.end(), [&result](const CheckName &row) { return row.group > result.group; });
    rows.insert(behind, {result.name, result.group});
    Q_EMIT q->rowsChanged();
}

void InstallChecks::Private::setState(const QString &name, HostStage stage, const Error &error)
{
    Host &host = hosts[name];
    host.state.host = name;
    host.state.state = stage;
    host.state.error = error;
    Q_EMIT q->hostChanged(name);
}

} // namespace kboss
