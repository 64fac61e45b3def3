#include "app/cluster/installschedule.h"

#include <QSet>

namespace kboss {

using namespace Qt::StringLiterals;
using State = StepStatus::State;

InstallSchedule::InstallSchedule(std::vector<InstallStep> steps, const std::vector<JournalLine> &lines)
{
    for (InstallStep &step : steps) {
        auto lane = laneOf(step.host);
        if (!lane) {
            lane = lanes.size();
            lanes.emplace_back().host = step.host;
        }
        const size_t number = entries.size();
        Entry entry;
        entry.lane = *lane;
        entry.status.id = step.id;
        for (const QString &id : step.after) {
            const auto other = find(id);
            if (other)
                entry.after.push_back(*other);
            else
                entry.fault = u"it is to come after %1, which does not come before it"_s.arg(id);
        }
        if (find(step.id))
            entry.fault = u"there are two steps %1"_s.arg(step.id);
        m_index.insert(step.id, number);
        lanes[*lane].steps.push_back(number);
        entry.step = std::move(step);
        entries.push_back(std::move(entry));
    }
    readJournal(lines);
}

void InstallSchedule::readJournal(const std::vector<JournalLine> &lines)
{
    QSet<size_t> takenBack; // lanes where something was undone, or was to be, since something was begun there
    QHash<size_t, QString> failures;
    for (const JournalLine &line : lines) {
        if (const auto lane = line.kind == JournalLine::Kind::LeftOut ? laneOf(line.step.chopped(1)) : std::nullopt)
            lanes[*lane].leftOut = true;
        const auto number = find(line.step);
        if (!number || line.kind == JournalLine::Kind::Accepted)
            continue;
        Entry &entry = entries[*number];
        if (line.kind == JournalLine::Kind::Begun) {
            entry.begun = true;
            lanes[entry.lane].leftOut = false;
        } else if (line.kind == JournalLine::Kind::Undone || line.kind == JournalLine::Kind::Waiting) {
            entry.begun = false;
        }
        if (line.kind == JournalLine::Kind::Undoing || line.kind == JournalLine::Kind::Undone)
            takenBack.insert(entry.lane);
        else if (line.kind == JournalLine::Kind::Begun || line.kind == JournalLine::Kind::Done || line.kind == JournalLine::Kind::AlreadyDone)
            takenBack.remove(entry.lane);
        if (line.kind == JournalLine::Kind::Failed)
            failures.insert(*number, line.detail);
        entry.last = line.kind;
    }
    // A host that was being undone, or was left out, is not installed again by itself.
    for (size_t lane = 0; lane < lanes.size(); ++lane) {
        const bool isTakenBack = takenBack.contains(lane);
        if (!isTakenBack && !lanes[lane].leftOut)
            continue;
        lanes[lane].aside = true;
        for (const size_t i : lanes[lane].steps) {
            StepStatus &status = entries[i].status;
            status.state = State::SetAside;
            status.leftOut = lanes[lane].leftOut;
            if (entries[i].last == JournalLine::Kind::Undone)
                status.state = State::Undone;
            if (entries[i].last == JournalLine::Kind::Failed && isTakenBack) {
                status.state = State::Failed;
                status.error = {ErrorKind::Rejected, failures.value(i), {}, {}, {}, 0};
            }
            if (entries[i].last == JournalLine::Kind::Undoing) {
                status.state = State::Failed;
                status.error = {ErrorKind::Cancelled, u"undoing it was not ended"_s, {}, {}, {}, 0};
            }
        }
    }
}

std::optional<size_t> InstallSchedule::find(const QString &stepId) const
{
    const auto found = m_index.constFind(stepId);
    return found == m_index.cend() ? std::nullopt : std::optional<size_t>(*found);
}

std::optional<size_t> InstallSchedule::laneOf(const QString &host) const
{
    for (size_t i = 0; i < lanes.size(); ++i) {
        if (lanes[i].host == host)
            return i;
    }
    return std::nullopt;
}

bool InstallSchedule::isSettled(size_t step) const
{
    const State state = entries[step].status.state;
    return state == State::Done || state == State::NotNeeded || state == State::WouldRun;
}

InstallSchedule::Need InstallSchedule::needOf(const Entry &entry, size_t other) const
{
    if (isSettled(other))
        return Need::Met;
    if (lanes[entries[other].lane].leftOut && entries[other].lane != entry.lane)
        return Need::Met;
    if (lanes[entries[other].lane].aside && entries[other].status.state != State::Undoing)
        return entry.step.needsAll || entries[other].lane == entry.lane ? Need::Never : Need::Met;
    return Need::Coming;
}

InstallSchedule::Need InstallSchedule::needsOf(const Entry &entry) const
{
    Need all = Need::Met;
    for (const size_t other : entry.after) {
        const Need one = needOf(entry, other);
        if (one == Need::Never)
            return one;
        all = one == Need::Coming ? one : all;
    }
    return all;
}

std::optional<size_t> InstallSchedule::next(size_t lane) const
{
    if (lanes[lane].aside || lanes[lane].busy)
        return std::nullopt;
    for (const size_t i : lanes[lane].steps) {
        if (isSettled(i))
            continue;
        const Entry &entry = entries[i];
        if (entry.status.state != State::Waiting)
            return std::nullopt;
        if (entry.fault.isEmpty() && (needsOf(entry) != Need::Met || (entry.isOpen && !mayTakeTurn(i))))
            return std::nullopt;
        return i;
    }
    return std::nullopt;
}

bool InstallSchedule::mayTakeTurn(size_t step) const
{
    const InstallStep &wanted = entries[step].step;
    const auto group = m_groups.constFind(wanted.limitGroup);
    if (wanted.limitGroup.isEmpty() || group == m_groups.cend())
        return true;
    // Who waits longer in the list comes first, as far as there is room for both.
    const auto earlier = std::count_if(group->waiting.begin(), group->waiting.end(), [step](size_t other) { return other < step; });
    return group->running + static_cast<int>(earlier) < std::max(1, wanted.limit);
}

bool InstallSchedule::takeTurn(size_t step)
{
    Entry &entry = entries[step];
    if (entry.step.limitGroup.isEmpty() || entry.hasTurn)
        return true;
    const bool may = mayTakeTurn(step);
    Group &group = m_groups[entry.step.limitGroup];
    if (!may) {
        entry.isOpen = true;
        group.waiting.insert(step);
        return false;
    }
    group.waiting.erase(step);
    ++group.running;
    entry.hasTurn = true;
    entry.isOpen = false;
    return true;
}

void InstallSchedule::endTurn(size_t step)
{
    Entry &entry = entries[step];
    if (entry.step.limitGroup.isEmpty())
        return;
    Group &group = m_groups[entry.step.limitGroup];
    group.waiting.erase(step);
    entry.isOpen = false;
    if (std::exchange(entry.hasTurn, false))
        --group.running;
}

bool InstallSchedule::isIdle() const
{
    for (size_t i = 0; i < lanes.size(); ++i) {
        if (lanes[i].busy || !lanes[i].orders.empty() || next(i))
            return false;
    }
    return true;
}

bool InstallSchedule::isAllDone() const
{
    for (size_t i = 0; i < entries.size(); ++i) {
        if (!isSettled(i) && !lanes[entries[i].lane].leftOut)
            return false;
    }
    return std::none_of(lanes.begin(), lanes.end(), [](const Lane &lane) { return lane.aside && !lane.leftOut; });
}

bool InstallSchedule::dependsOnWouldRun(size_t step) const
{
    const auto would = [this](size_t i) { return entries[i].status.state == State::WouldRun; };
    const std::vector<size_t> &own = lanes[entries[step].lane].steps;
    return std::any_of(own.begin(), own.end(), would) || std::any_of(entries[step].after.begin(), entries[step].after.end(), would);
}

QStringList InstallSchedule::joinedAfter(size_t lane) const
{
    QStringList hosts;
    for (const Entry &entry : entries) {
        const auto isOfLane = [this, lane](size_t other) { return entries[other].lane == lane; };
        const bool joined = entry.begun && entry.step.withReset == InstallStep::WithReset::Resets;
        if (joined && entry.lane != lane && std::any_of(entry.after.begin(), entry.after.end(), isOfLane) && !hosts.contains(entry.step.host))
            hosts << entry.step.host;
    }
    return hosts;
}

std::vector<size_t> InstallSchedule::goesWithReset(size_t step) const
{
    using WithReset = InstallStep::WithReset;
    std::vector<size_t> gone;
    if (entries[step].step.withReset != WithReset::Resets)
        return gone;
    for (const size_t i : lanes[entries[step].lane].steps) {
        const Entry &entry = entries[i];
        const bool touched = entry.begun || isSettled(i) || entry.status.state == State::Failed || entry.status.state == State::Undone;
        if (i != step && touched && entry.step.withReset != WithReset::Stays)
            gone.push_back(i);
    }
    return gone;
}

std::vector<size_t> InstallSchedule::setAside(size_t lane)
{
    lanes[lane].aside = true;
    std::vector<size_t> touched;
    for (const size_t i : lanes[lane].steps) {
        if (entries[i].status.state == State::Waiting) {
            endTurn(i);
            entries[i].status.state = State::SetAside;
            entries[i].status.detail.clear();
            touched.push_back(i);
        }
    }
    return touched;
}

std::vector<size_t> InstallSchedule::setBlockedAside()
{
    std::vector<size_t> touched;
    for (const Lane &lane : lanes) {
        QString why;
        for (const size_t i : lane.steps) {
            Entry &entry = entries[i];
            if (lane.aside || entry.status.state != State::Waiting)
                continue;
            for (const size_t other : entry.after) {
                if (why.isEmpty() && needOf(entry, other) != Need::Met)
                    why = u"it waits for %1"_s.arg(entries[other].step.id);
            }
            endTurn(i);
            entry.status.state = State::SetAside;
            entry.status.detail = why;
            touched.push_back(i);
        }
    }
    return touched;
}

std::vector<size_t> InstallSchedule::bringBack(size_t step)
{
    Lane &own = lanes[entries[step].lane];
    own.aside = false;
    const bool wasLeftOut = std::exchange(own.leftOut, false);
    const bool lockLost = own.lost.has_value(); // somebody else may have worked there: all of it is asked again
    own.lost.reset();
    own.met.reset();
    std::vector<size_t> touched;
    for (size_t i = 0; i < entries.size(); ++i) {
        Entry &entry = entries[i];
        const bool isOwn = &lanes[entry.lane] == &own;
        const bool again = isOwn ? i == step || lockLost || !isSettled(i) || entry.status.state == State::WouldRun
                                 : entry.status.state == State::SetAside && !lanes[entry.lane].aside;
        if (!again || entry.status.state == State::Waiting) {
            if (isOwn && wasLeftOut) {
                entry.status.leftOut = false;
                touched.push_back(i);
            }
            continue;
        }
        entry.status = {};
        entry.status.id = entry.step.id;
        touched.push_back(i);
    }
    return touched;
}

std::vector<size_t> InstallSchedule::leaveOut(size_t lane)
{
    std::vector<size_t> touched = setAside(lane);
    lanes[lane].leftOut = true;
    for (const size_t i : lanes[lane].steps) {
        entries[i].status.leftOut = true;
        touched.push_back(i);
    }
    for (size_t i = 0; i < entries.size(); ++i) {
        Entry &entry = entries[i];
        if (lanes[entry.lane].aside || entry.status.state != State::SetAside)
            continue;
        entry.status = {};
        entry.status.id = entry.step.id;
        touched.push_back(i);
    }
    return touched;
}

} // namespace kboss
