#include "models/installstepsmodel.h"

#include "models/installwords.h"

#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

using State = StepStatus::State;
constexpr int slowFactor = 3;
constexpr size_t mostSingle = 12; // cells that are told of one by one

bool isOver(State state)
{
    return state == State::Done || state == State::NotNeeded || state == State::WouldRun;
}
bool isActive(State state)
{
    return state == State::Running || state == State::Undoing || state == State::Probing;
}

} // namespace

InstallStepsModel::InstallStepsModel(QObject *parent) : QAbstractTableModel(parent) { }

void InstallStepsModel::setSteps(std::vector<Host> hosts, std::vector<InstallStepInfo> steps)
{
    beginResetModel();
    m_hosts = std::move(hosts);
    m_steps = std::move(steps);
    m_statuses.assign(m_steps.size(), {});
    m_byId.clear();
    m_phases.clear();
    for (const InstallStepInfo &step : m_steps) {
        if (std::find(m_phases.begin(), m_phases.end(), step.phase) == m_phases.end())
            m_phases.push_back(step.phase);
    }
    std::sort(m_phases.begin(), m_phases.end());
    m_slots.assign(m_hosts.size() * m_phases.size(), {});
    m_usual.assign(m_phases.size(), 0);
    m_place.assign(m_steps.size(), -1);
    std::vector<qint64> usual(m_slots.size(), 0);
    for (size_t i = 0; i < m_steps.size(); ++i) {
        m_byId.insert(m_steps[i].id, static_cast<int>(i));
        m_statuses[i].id = m_steps[i].id;
        const int row = rowOf(m_steps[i].host), column = columnOf(m_steps[i].phase);
        if (row < 0 || column < 0)
            continue;
        m_place[i] = row * static_cast<int>(m_phases.size()) + column;
        m_slots[static_cast<size_t>(m_place[i])].steps.push_back(static_cast<int>(i));
        usual[static_cast<size_t>(m_place[i])] += m_steps[i].usualMs;
    }
    for (size_t i = 0; i < usual.size(); ++i)
        m_usual[i % m_phases.size()] = std::max(m_usual[i % m_phases.size()], usual[i]);
    for (Slot &slot : m_slots)
        slot.cell = summed(slot);
    endResetModel();
}

void InstallStepsModel::setStatuses(const std::vector<StepStatus> &statuses)
{
    std::vector<int> places;
    for (const StepStatus &status : statuses) {
        const int at = m_byId.value(status.id, -1);
        if (at < 0)
            continue;
        m_statuses[static_cast<size_t>(at)] = status;
        if (m_place[static_cast<size_t>(at)] >= 0)
            places.push_back(m_place[static_cast<size_t>(at)]);
    }
    touch(places);
}

void InstallStepsModel::setNow(qint64 ms)
{
    m_nowMs = ms;
    std::vector<int> places;
    for (size_t i = 0; i < m_statuses.size(); ++i) {
        if (isActive(m_statuses[i].state) && m_place[i] >= 0)
            places.push_back(m_place[i]);
    }
    touch(places);
}

void InstallStepsModel::touch(const std::vector<int> &places)
{
    std::vector<int> changed;
    for (const int place : places) {
        Slot &slot = m_slots[static_cast<size_t>(place)];
        InstallCell now = summed(slot);
        if (now == slot.cell)
            continue;
        slot.cell = std::move(now);
        changed.push_back(place);
    }
    if (changed.empty())
        return;
    const int columns = columnCount();
    if (changed.size() > mostSingle) { // a view takes one large change faster than many small ones
        const auto [first, last] = std::minmax_element(changed.begin(), changed.end());
        Q_EMIT dataChanged(index(*first / columns, 0), index(*last / columns, columns - 1));
        return;
    }
    for (const int place : changed) {
        const QModelIndex where = index(place / columns, place % columns);
        Q_EMIT dataChanged(where, where);
    }
}

void InstallStepsModel::retranslate()
{
    if (rowCount() == 0)
        return;
    for (Slot &slot : m_slots)
        slot.cell = summed(slot);
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    Q_EMIT headerDataChanged(Qt::Vertical, 0, rowCount() - 1);
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

InstallCell InstallStepsModel::summed(const Slot &slot) const
{
    InstallCell cell;
    if (slot.steps.empty()) {
        cell.shape = CellShape::NotApplicable;
        return cell;
    }
    qint64 tookMs = 0, usualMs = 0;
    int over = 0, needed = 0, aside = 0, would = 0, undone = 0;
    const StepStatus *failed = nullptr, *active = nullptr;
    for (const int i : slot.steps) {
        const StepStatus &status = m_statuses[static_cast<size_t>(i)];
        usualMs += m_steps[static_cast<size_t>(i)].usualMs;
        if (status.beganMs > 0)
            tookMs += std::max<qint64>(0, (status.endedMs > 0 ? status.endedMs : std::max(m_nowMs, status.beganMs)) - status.beganMs);
        over += isOver(status.state) ? 1 : 0;
        needed += status.state == State::NotNeeded ? 0 : 1;
        aside += status.state == State::SetAside ? 1 : 0;
        would += status.state == State::WouldRun ? 1 : 0;
        undone += status.state == State::Undone ? 1 : 0;
        failed = status.state == State::Failed ? &status : failed;
        active = isActive(status.state) ? &status : active;
    }
    if (active || failed) {
        cell.shape = active ? CellShape::Running : CellShape::Failed;
        cell.text = tookText(tookMs);
        const StepStatus &shown = active ? *active : *failed;
        cell.second = active && shown.whole > 0 ? bytesOfText(shown.done, shown.whole) : shown.detail.section(u'\n', 0, 0);
        if (active) {
            const double part = shown.whole > 0 ? static_cast<double>(shown.done) / static_cast<double>(shown.whole) : -1;
            cell.share = part >= 0 ? part : std::min(0.95, static_cast<double>(tookMs) / static_cast<double>(std::max<qint64>(1, usualMs)));
        }
        cell.slow = active && tookMs > slowFactor * usualMs;
        return cell;
    }
    if (aside > 0 || undone > 0) {
        cell.shape = CellShape::SetAside;
        cell.text = undone > 0 ? stepStateWord(State::Undone) : QString();
    } else if (over == static_cast<int>(slot.steps.size())) {
        cell.shape = needed == 0 ? CellShape::NotApplicable : would > 0 ? CellShape::Waiting : CellShape::Passed;
        cell.text = needed == 0 ? QString() : would > 0 ? stepStateWord(State::WouldRun) : tookMs > 0 ? tookText(tookMs) : QString();
    } else {
        cell.shape = CellShape::Waiting;
    }
    return cell;
}

const StepStatus *InstallStepsModel::status(const QString &stepId) const
{
    const int at = m_byId.value(stepId, -1);
    return at < 0 ? nullptr : &m_statuses[static_cast<size_t>(at)];
}

const InstallStepInfo *InstallStepsModel::step(const QString &stepId) const
{
    const int at = m_byId.value(stepId, -1);
    return at < 0 ? nullptr : &m_steps[static_cast<size_t>(at)];
}

std::vector<const StepStatus *> InstallStepsModel::statusesAt(const QModelIndex &index) const
{
    std::vector<const StepStatus *> found;
    if (index.isValid()) {
        for (const int i : at(index.row(), index.column()).steps)
            found.push_back(&m_statuses[static_cast<size_t>(i)]);
    }
    return found;
}

const StepStatus *InstallStepsModel::failureAt(const QModelIndex &index) const
{
    for (const StepStatus *status : statusesAt(index)) {
        if (status->state == State::Failed)
            return status;
    }
    return nullptr;
}

InstallCell InstallStepsModel::cell(int row, int column) const
{
    return row >= 0 && row < rowCount() && column >= 0 && column < columnCount() ? at(row, column).cell : InstallCell();
}

QString InstallStepsModel::hostAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_hosts[static_cast<size_t>(row)].name : QString();
}
InstallPhase InstallStepsModel::phaseAt(int column) const
{
    return m_phases[static_cast<size_t>(column)];
}
qint64 InstallStepsModel::usualMs(int column) const
{
    return m_usual[static_cast<size_t>(column)];
}

int InstallStepsModel::rowOf(const QString &host) const
{
    const auto found = std::find_if(m_hosts.begin(), m_hosts.end(), [&host](const Host &one) { return one.name == host; });
    return found == m_hosts.end() ? -1 : static_cast<int>(found - m_hosts.begin());
}
int InstallStepsModel::columnOf(InstallPhase phase) const
{
    const auto found = std::find(m_phases.begin(), m_phases.end(), phase);
    return found == m_phases.end() ? -1 : static_cast<int>(found - m_phases.begin());
}

InstallCounts InstallStepsModel::counts() const
{
    InstallCounts counts;
    for (const Slot &slot : m_slots) {
        counts.done += slot.cell.shape == CellShape::Passed ? 1 : 0;
        counts.running += slot.cell.shape == CellShape::Running ? 1 : 0;
        counts.failed += slot.cell.shape == CellShape::Failed ? 1 : 0;
        counts.waiting += slot.cell.shape == CellShape::Waiting ? 1 : 0;
        counts.setAside += slot.cell.shape == CellShape::SetAside ? 1 : 0;
    }
    return counts;
}

InstallProgress InstallStepsModel::progress() const
{
    InstallProgress progress;
    progress.steps = static_cast<int>(m_steps.size());
    double whole = 0, done = 0;
    qint64 beganMs = 0, endedMs = 0;
    bool active = false;
    std::vector<double> ends(m_steps.size(), 0);
    double last = 0;
    for (size_t i = 0; i < m_steps.size(); ++i) {
        const StepStatus &status = m_statuses[i];
        const double usual = std::max(1, m_steps[i].usualMs);
        double share = isOver(status.state) ? 1 : 0;
        if (isActive(status.state)) {
            active = true;
            share = status.whole > 0 ? static_cast<double>(status.done) / static_cast<double>(status.whole)
                                     : std::min(0.95, static_cast<double>(std::max<qint64>(0, m_nowMs - status.beganMs)) / usual);
        }
        whole += usual;
        done += usual * share;
        progress.doneSteps += isOver(status.state) ? 1 : 0;
        if (status.beganMs > 0)
            beganMs = beganMs == 0 ? status.beganMs : std::min(beganMs, status.beganMs);
        endedMs = std::max(endedMs, status.endedMs);
        const bool left = status.state == State::SetAside || status.state == State::Failed;
        for (const QString &before : m_steps[i].after) {
            if (const int at = m_byId.value(before, -1); at >= 0 && static_cast<size_t>(at) < i)
                ends[i] = std::max(ends[i], ends[static_cast<size_t>(at)]);
        }
        ends[i] += left ? 0 : usual * (1 - share);
        last = std::max(last, ends[i]);
    }
    const bool all = progress.doneSteps == progress.steps;
    progress.percent = whole > 0 ? std::min(all ? 100 : 99, static_cast<int>(100 * done / whole)) : 0;
    progress.elapsedMs = beganMs > 0 ? std::max<qint64>(0, (active ? m_nowMs : endedMs) - beganMs) : 0;
    progress.remainingMs = static_cast<qint64>(last);
    return progress;
}

int InstallStepsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_hosts.size());
}
int InstallStepsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_phases.size());
}

QString InstallStepsModel::accessibleText(int row, int column) const
{
    const InstallCell &cell = at(row, column).cell;
    QStringList parts{hostAt(row), phaseWord(phaseAt(column)), stateWord(cell.shape)};
    if (cell.slow)
        parts << tr("slow");
    for (const QString &part : {cell.text, cell.second}) {
        if (!part.isEmpty())
            parts << part;
    }
    return parts.join(u", "_s);
}

QVariant InstallStepsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const InstallCell &cell = at(index.row(), index.column()).cell;
    switch (role) {
    case Qt::DisplayRole:
        return cell.text;
    case InstallRole::Shape:
        return static_cast<int>(cell.shape);
    case InstallRole::Second:
        return cell.second;
    case InstallRole::Share:
        return cell.share;
    case InstallRole::Slow:
        return cell.slow;
    case Qt::AccessibleTextRole:
        return accessibleText(index.row(), index.column());
    default:
        return {};
    }
}

QVariant InstallStepsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const bool across = orientation == Qt::Horizontal;
    if (section < 0 || section >= (across ? columnCount() : rowCount()))
        return {};
    const auto at = static_cast<size_t>(section);
    if (role == Qt::DisplayRole)
        return across ? phaseWord(m_phases[at]) : m_hosts[at].name;
    if (role == InstallRole::Note)
        return across ? tr("usually %1").arg(tookText(m_usual[at])) : m_hosts[at].note;
    return {};
}

} // namespace kboss
