#include "app/services/installfigures.h"

#include <QSet>
#include <algorithm>
#include <map>

namespace kboss {

using namespace Qt::StringLiterals;
using State = StepStatus::State;
using Why = InstallChoice::Why;

namespace {

const InstallStepInfo *stepNamed(const std::vector<InstallStepInfo> &steps, const QString &id)
{
    const auto found = std::find_if(steps.begin(), steps.end(), [&id](const InstallStepInfo &step) { return step.id == id; });
    return found == steps.end() ? nullptr : &*found;
}

void append(std::vector<StepChange> &all, const std::vector<StepChange> &more)
{
    all.insert(all.end(), more.begin(), more.end());
}

using WithReset = InstallStep::WithReset;

bool didSomething(const StepStatus &status)
{
    return status.state == State::Failed || (status.state == State::Done && !status.alreadyDone);
}

// What was done on a host and has something to take back, the last first.
std::vector<const InstallStepInfo *> undoable(const QString &host, const std::vector<InstallStepInfo> &steps, const StepStates &states)
{
    std::vector<const InstallStepInfo *> all;
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
        if (step->host == host && step->canUndo && didSomething(states.value(step->id)))
            all.push_back(&*step);
    }
    return all;
}

// Other hosts that would lose the cluster that this one began: as InstallRunner refuses it.
QStringList joinedAfter(const QString &host, const std::vector<InstallStepInfo> &steps, const StepStates &states)
{
    QStringList others;
    for (const InstallStepInfo &step : steps) {
        const bool joined = step.withReset == WithReset::Resets && step.host != host && didSomething(states.value(step.id));
        const bool isAfter = std::any_of(step.after.begin(), step.after.end(), [&host](const QString &id) { return id.section(u'/', 0, 0) == host; });
        if (joined && isAfter && !others.contains(step.host))
            others << step.host;
    }
    return others;
}

// The host goes out of its cluster, and with it what else was done there for the cluster.
void addReset(InstallChoice &choice, const std::vector<InstallStepInfo> &steps, const StepStates &states)
{
    choice.resetsHost = true;
    choice.changes.insert(choice.changes.begin(), {StepChange::Kind::Reset, choice.host, {}});
    if (const QStringList others = joinedAfter(choice.host, steps, states); !others.isEmpty()) {
        choice.isPossible = false;
        choice.why = Why::OthersJoined;
        choice.others = others;
    }
}

InstallChoice repeatChoice(const InstallStepInfo &step, State state)
{
    InstallChoice choice{InstallChoice::Kind::RepeatStep, step.id, step.host, false, Why::Possible, step.usualMs, step.changes, {step.id}};
    choice.isPossible = state == State::Failed || state == State::SetAside || state == State::Undone;
    if (!choice.isPossible)
        choice.why = Why::NotFailed;
    return choice;
}

InstallChoice undoChoice(const InstallStepInfo &step, const std::vector<InstallStepInfo> &steps, const StepStates &states)
{
    InstallChoice choice{InstallChoice::Kind::UndoStep, step.id, step.host, false, Why::Possible, step.usualUndoMs, step.changes, {step.id}};
    const State state = states.value(step.id).state;
    choice.isPossible = step.canUndo && (state == State::Failed || state == State::Done);
    if (!choice.isPossible)
        choice.why = step.canUndo ? Why::NothingDone : Why::NoUndo;
    if (!choice.isPossible || step.withReset != WithReset::Resets)
        return choice;
    for (auto one = steps.rbegin(); one != steps.rend(); ++one) {
        const bool goes = one->host == step.host && one->id != step.id && one->withReset != WithReset::Stays && didSomething(states.value(one->id));
        if (!goes)
            continue;
        append(choice.changes, one->changes);
        choice.steps << one->id;
    }
    addReset(choice, steps, states);
    return choice;
}

InstallChoice undoHostChoice(const InstallStepInfo &step, const std::vector<InstallStepInfo> &steps, const StepStates &states)
{
    InstallChoice choice{InstallChoice::Kind::UndoHost, step.id, step.host, false, Why::Possible, 0, {}, {}};
    bool resets = false;
    for (const InstallStepInfo *one : undoable(step.host, steps, states)) {
        choice.usualMs += one->usualUndoMs;
        append(choice.changes, one->changes);
        choice.steps << one->id;
        resets = resets || one->withReset == WithReset::Resets;
    }
    choice.isPossible = !choice.steps.isEmpty();
    if (!choice.isPossible)
        choice.why = Why::NothingOnHost;
    if (resets)
        addReset(choice, steps, states);
    return choice;
}

} // namespace

bool isSettled(State state)
{
    return state == State::Done || state == State::NotNeeded || state == State::WouldRun;
}

bool isActive(State state)
{
    return state == State::Probing || state == State::Running || state == State::Undoing;
}

std::vector<InstallStepInfo> stepInfos(const std::vector<InstallStep> &steps, const InstallTimes &times)
{
    std::vector<InstallStepInfo> infos;
    for (const InstallStep &step : steps) {
        InstallStepInfo info;
        info.id = step.id;
        info.name = step.name;
        info.host = step.host;
        info.phase = step.phase;
        info.after = step.after;
        info.changes = step.changes;
        info.limitGroup = step.limitGroup;
        info.limit = step.limit;
        const int measured = times.medianMs(step.name);
        info.isMeasured = measured > 0;
        info.usualMs = measured > 0 ? measured : step.usualMs;
        info.usualUndoMs = step.usualUndoMs;
        info.canUndo = static_cast<bool>(step.undo);
        info.withReset = step.withReset;
        infos.push_back(std::move(info));
    }
    return infos;
}

qint64 remainingMs(const std::vector<InstallStepInfo> &steps, const StepStates &states, qint64 nowMs)
{
    QHash<QString, qint64> ends, hostFree; // from now
    std::map<QString, std::vector<qint64>> groups; // when each place of a group is free
    qint64 last = 0;
    for (const InstallStepInfo &step : steps) {
        const StepStatus status = states.value(step.id);
        if (status.state != State::Waiting && !isActive(status.state))
            continue;
        qint64 begin = hostFree.value(step.host);
        for (const QString &before : step.after)
            begin = std::max(begin, ends.value(before));
        std::vector<qint64> &places = groups[step.limitGroup];
        const bool isLimited = !step.limitGroup.isEmpty() && step.limit > 0;
        if (isLimited)
            places.resize(std::max<size_t>(places.size(), static_cast<size_t>(step.limit)));
        const auto place = std::min_element(places.begin(), places.end());
        if (isLimited)
            begin = std::max(begin, *place);
        qint64 length = step.usualMs;
        if (isActive(status.state) && status.beganMs > 0)
            length = std::max<qint64>(length - (nowMs - status.beganMs), length / 10); // one that takes longer than usual is never "done"
        const qint64 end = begin + length;
        if (isLimited)
            *place = end;
        ends.insert(step.id, end);
        hostFree.insert(step.host, end);
        last = std::max(last, end);
    }
    return last;
}

int permilleDone(const std::vector<InstallStepInfo> &steps, const StepStates &states, qint64 nowMs)
{
    qint64 all = 0, done = 0;
    for (const InstallStepInfo &step : steps) {
        const StepStatus status = states.value(step.id);
        if (status.leftOut)
            continue;
        const qint64 weight = std::max(step.usualMs, 1);
        all += weight;
        if (isSettled(status.state)) {
            done += weight;
        } else if (status.state == State::Running && status.whole > 0) {
            done += weight * std::clamp<qint64>(status.done, 0, status.whole) / status.whole;
        } else if (status.state == State::Running && status.beganMs > 0) {
            done += std::clamp<qint64>(nowMs - status.beganMs, 0, weight * 9 / 10);
        }
    }
    return all == 0 ? 0 : static_cast<int>(done * 1000 / all);
}

StepStates statesOf(const std::vector<InstallStepInfo> &steps, const std::vector<JournalLine> &lines)
{
    StepStates states;
    for (const InstallStepInfo &step : steps)
        states[step.id].id = step.id;
    QSet<QString> leftOut;
    for (const JournalLine &line : lines) {
        if (line.kind == JournalLine::Kind::LeftOut)
            leftOut.insert(line.step.chopped(1));
        else if (line.kind == JournalLine::Kind::Begun)
            leftOut.remove(line.step.section(u'/', 0, 0));
        const auto found = states.find(line.step);
        if (line.step.isEmpty() || found == states.end())
            continue;
        StepStatus &status = *found;
        using Kind = JournalLine::Kind;
        if (line.kind == Kind::Begun || line.kind == Kind::Undoing) {
            status.state = line.kind == Kind::Begun ? State::Running : State::Undoing;
            status.beganMs = line.ms;
            status.endedMs = 0;
            status.error = {};
            continue;
        }
        if (line.kind == Kind::Waiting) {
            status = {};
            status.id = line.step;
            continue;
        }
        if (line.kind != Kind::Done && line.kind != Kind::AlreadyDone && line.kind != Kind::Failed && line.kind != Kind::Undone)
            continue;
        status.endedMs = line.ms;
        status.detail = line.detail;
        status.alreadyDone = line.kind == Kind::AlreadyDone;
        status.state = line.kind == Kind::Failed ? State::Failed : line.kind == Kind::Undone ? State::Undone : State::Done;
        if (line.kind == Kind::Failed)
            status.error = {ErrorKind::Rejected, line.detail, {}, {}, {}, 0};
    }
    for (const InstallStepInfo &step : steps) {
        StepStatus &status = states[step.id];
        status.leftOut = leftOut.contains(step.host);
        if (status.leftOut && status.state == State::Waiting)
            status.state = State::SetAside;
    }
    return states;
}

std::vector<InstallChoice> choicesOf(const QString &stepId, const std::vector<InstallStepInfo> &steps, const StepStates &states)
{
    const InstallStepInfo *step = stepNamed(steps, stepId);
    if (!step)
        return {};
    const State state = states.value(stepId).state;
    std::vector<InstallChoice> choices{repeatChoice(*step, state), undoChoice(*step, steps, states), undoHostChoice(*step, steps, states)};
    const bool isBusy = std::any_of(steps.begin(), steps.end(),
                                    [&](const InstallStepInfo &one) { return one.host == step->host && isActive(states.value(one.id).state); });
    for (InstallChoice &choice : choices) {
        if (isBusy) {
            choice.isPossible = false;
            choice.why = Why::HostBusy;
        }
    }
    return choices;
}

} // namespace kboss
