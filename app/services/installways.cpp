#include "app/services/installways.h"

#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;
using State = StepStatus::State;
using Why = InstallChoice::Why;

namespace {

template <class Fits> QStringList hostsWhere(const std::vector<InstallStepInfo> &steps, const StepStates &states, Fits fits)
{
    QStringList hosts;
    for (const InstallStepInfo &step : steps) {
        if (!hosts.contains(step.host) && fits(states.value(step.id)))
            hosts << step.host;
    }
    return hosts;
}

// Undone, or undoing it was begun and not ended: nothing goes on there by itself.
bool isTakenBack(const StepStatus &status)
{
    const bool half = status.state == State::Failed && status.error.kind == ErrorKind::Cancelled;
    return !status.leftOut && (status.state == State::Undone || status.state == State::Undoing || half);
}

bool isBusy(const QString &host, const std::vector<InstallStepInfo> &steps, const StepStates &states)
{
    return std::any_of(steps.begin(), steps.end(),
                       [&](const InstallStepInfo &one) { return one.host == host && isActive(states.value(one.id).state); });
}

} // namespace

QStringList leftOutHosts(const std::vector<InstallStepInfo> &steps, const StepStates &states)
{
    return hostsWhere(steps, states, [](const StepStatus &status) { return status.leftOut; });
}

QStringList undoneHosts(const std::vector<InstallStepInfo> &steps, const StepStates &states)
{
    return hostsWhere(steps, states, isTakenBack);
}

bool anythingElseIsOpen(const std::vector<InstallStepInfo> &steps, const StepStates &states)
{
    const QStringList undone = undoneHosts(steps, states);
    return std::any_of(steps.begin(), steps.end(), [&](const InstallStepInfo &step) {
        const StepStatus status = states.value(step.id);
        const bool waitsForOthers = status.state == State::SetAside;
        return !isSettled(status.state) && !status.leftOut && !waitsForOthers && !undone.contains(step.host);
    });
}

QString firstOpenStep(const QString &host, const std::vector<InstallStepInfo> &steps, const StepStates &states)
{
    const auto found = std::find_if(steps.begin(), steps.end(),
                                    [&](const InstallStepInfo &step) { return step.host == host && !isSettled(states.value(step.id).state); });
    return found == steps.end() ? QString() : found->id;
}

std::vector<InstallLock> locksMet(const std::vector<InstallStepInfo> &steps, const StepStates &states)
{
    std::vector<InstallLock> locks;
    for (const InstallStepInfo &step : steps) {
        const StepStatus status = states.value(step.id);
        if (status.state == State::Failed && status.lock)
            locks.push_back({step.host, *status.lock});
    }
    return locks;
}

Why whyNotLeftOut(InstallRun::Kind kind, const QString &host, const InstallPlan &plan, const std::vector<InstallStepInfo> &steps,
                  const StepStates &states)
{
    if (isBusy(host, steps, states))
        return Why::HostBusy;
    if (leftOutHosts(steps, states).contains(host))
        return Why::LeftOutAlready;
    const PlanHost *planned = plan.find(host);
    if (kind == InstallRun::Kind::DryRun || !planned)
        return Why::NothingOnHost;
    if (firstOpenStep(host, steps, states).isEmpty())
        return Why::HostDone;
    if (kind != InstallRun::Kind::Install || planned->role != HostRole::ControlPlane)
        return Why::Possible;
    const auto controls = plan.withRole(HostRole::ControlPlane);
    if (controls.front()->name == host)
        return Why::FirstControlPlane;
    const bool isMember = std::any_of(steps.begin(), steps.end(), [&](const InstallStepInfo &step) {
        const StepStatus status = states.value(step.id);
        return step.host == host && step.phase == InstallPhase::ControlPlanes && (status.state == State::Failed || status.state == State::Done);
    });
    return isMember ? Why::HalfMember : Why::Possible;
}

QString whyNotWords(Why why)
{
    switch (why) {
    case Why::HostBusy:
        return u"a step of this host is running"_s;
    case Why::LeftOutAlready:
        return u"it is left out already"_s;
    case Why::HostDone:
        return u"everything is done on this host"_s;
    case Why::FirstControlPlane:
        return u"it is the first control plane: there is no cluster without it"_s;
    case Why::HalfMember:
        return u"it may be half a member of the control plane: it has to be undone first"_s;
    default:
        return u"nothing was begun"_s;
    }
}

InstallChoice leaveOutChoice(InstallRun::Kind kind, const InstallStepInfo &step, const InstallPlan &plan, const std::vector<InstallStepInfo> &steps,
                             const StepStates &states)
{
    InstallChoice choice;
    choice.kind = InstallChoice::Kind::LeaveOut;
    choice.step = step.id;
    choice.host = step.host;
    choice.why = whyNotLeftOut(kind, step.host, plan, steps, states);
    choice.isPossible = choice.why == Why::Possible;
    return choice;
}

std::optional<InstallChoice> breakLockChoice(const InstallStepInfo &step, const StepStates &states)
{
    const StepStatus status = states.value(step.id);
    if (status.state != State::Failed || !status.lock)
        return std::nullopt;
    InstallChoice choice;
    choice.kind = InstallChoice::Kind::BreakLock;
    choice.step = step.id;
    choice.host = step.host;
    choice.isPossible = true;
    choice.usualMs = step.usualMs;
    choice.changes = step.changes;
    choice.steps = {step.id};
    choice.lock = status.lock;
    return choice;
}

InstallRun::Ways waysOf(InstallRun::Kind kind, InstallRun::State state, bool hasEngine, const std::vector<InstallStepInfo> &steps,
                        const StepStates &states)
{
    using Run = InstallRun::State;
    InstallRun::Ways ways;
    ways.close = state != Run::Starting && state != Run::Running && state != Run::Paused;
    if (kind == InstallRun::Kind::DryRun)
        return ways;
    ways.pause = state == Run::Running && hasEngine;
    ways.stop = hasEngine && (state == Run::Running || state == Run::Paused);
    ways.resume = (state == Run::Paused && hasEngine) || (ways.close && state != Run::Done);
    const bool didSomething = std::any_of(states.begin(), states.end(), [](const StepStatus &status) {
        return status.state != State::Waiting && status.state != State::SetAside && status.state != State::WouldRun;
    });
    ways.remove = ways.close && didSomething && (kind == InstallRun::Kind::Install || state != Run::Done);
    ways.undone = undoneHosts(steps, states);
    return ways;
}

} // namespace kboss
