#include "models/installchecksmodel.h"

#include "models/installwords.h"

#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

using State = CheckResult::State;
constexpr CheckResult::Group groups[] = {CheckResult::Group::Kubeadm, CheckResult::Group::Host, CheckResult::Group::Across};

} // namespace

InstallChecksModel::InstallChecksModel(std::function<QString(const QString &)> title, QObject *parent)
    : QAbstractTableModel(parent), m_title(std::move(title))
{
}

CellShape InstallChecksModel::shapeOf(const CheckResult &result)
{
    switch (result.state) {
    case State::Pass:
        return CellShape::Passed;
    case State::Warning:
        return CellShape::Warning;
    case State::Error:
        return CellShape::Failed;
    case State::Accepted:
        return CellShape::Accepted;
    case State::NotApplicable:
        return CellShape::NotApplicable;
    case State::Running:
        return CellShape::Running;
    case State::Unknown:
        break;
    }
    return result.evidence.isEmpty() ? CellShape::Waiting : CellShape::Warning;
}

void InstallChecksModel::setMatrix(std::vector<CheckName> rows, std::vector<Host> hosts)
{
    beginResetModel();
    m_checks = std::move(rows);
    m_hosts = std::move(hosts);
    m_lines = linesToShow();
    endResetModel();
    Q_EMIT arranged();
}

std::vector<InstallChecksModel::Line> InstallChecksModel::linesToShow() const
{
    std::vector<Line> lines;
    for (const auto group : groups) {
        bool any = false;
        for (size_t i = 0; i < m_checks.size(); ++i) {
            if (m_checks[i].group != group || !takes(static_cast<int>(i)))
                continue;
            if (!any)
                lines.push_back({-1, group});
            any = true;
            lines.push_back({static_cast<int>(i), group});
        }
    }
    return lines;
}

void InstallChecksModel::arrange()
{
    std::vector<Line> lines = linesToShow();
    if (lines == m_lines)
        return;
    beginResetModel();
    m_lines = std::move(lines);
    endResetModel();
    Q_EMIT arranged();
}

bool InstallChecksModel::takes(int check) const
{
    if (m_show == Show::All && !m_onlyTrouble)
        return true;
    bool trouble = false, wanted = m_show == Show::All;
    for (const Host &host : m_hosts) {
        const CheckResult *found = result(host.name, m_checks[static_cast<size_t>(check)].name);
        const CellShape shape = found ? shapeOf(*found) : CellShape::Waiting;
        trouble = trouble || shape == CellShape::Failed || shape == CellShape::Warning;
        wanted = wanted || (m_show == Show::Failed && shape == CellShape::Failed) || (m_show == Show::Warnings && shape == CellShape::Warning)
            || (m_show == Show::Accepted && shape == CellShape::Accepted) || (m_show == Show::Passed && shape == CellShape::Passed);
    }
    return wanted && (trouble || !m_onlyTrouble);
}

void InstallChecksModel::setResult(const CheckResult &result)
{
    m_results.insert(key(result.host, result.name), result);
    if (m_show != Show::All || m_onlyTrouble)
        arrange();
    if (const QModelIndex index = indexOf(result.host, result.name); index.isValid())
        Q_EMIT dataChanged(index, index);
}

void InstallChecksModel::setShow(Show show)
{
    m_show = show;
    arrange();
}
void InstallChecksModel::setOnlyTrouble(bool only)
{
    m_onlyTrouble = only;
    arrange();
}

void InstallChecksModel::setGroupNotes(const QStringList &notes)
{
    m_groupNotes = notes;
    if (rowCount() > 0 && columnCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

void InstallChecksModel::retranslate()
{
    if (rowCount() == 0 || columnCount() == 0)
        return;
    Q_EMIT headerDataChanged(Qt::Vertical, 0, rowCount() - 1);
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

bool InstallChecksModel::isGroup(int row) const
{
    return row >= 0 && row < rowCount() && m_lines[static_cast<size_t>(row)].check < 0;
}

QString InstallChecksModel::nameAt(int row) const
{
    return row < 0 || row >= rowCount() || isGroup(row) ? QString() : m_checks[static_cast<size_t>(m_lines[static_cast<size_t>(row)].check)].name;
}

QString InstallChecksModel::hostAt(int column) const
{
    return column >= 0 && column < columnCount() ? m_hosts[static_cast<size_t>(column)].name : QString();
}

const CheckResult *InstallChecksModel::result(const QString &host, const QString &name) const
{
    const auto found = m_results.constFind(key(host, name));
    return found == m_results.constEnd() ? nullptr : &*found;
}

const CheckResult *InstallChecksModel::resultAt(const QModelIndex &index) const
{
    return index.isValid() && !isGroup(index.row()) ? result(hostAt(index.column()), nameAt(index.row())) : nullptr;
}

QModelIndex InstallChecksModel::indexOf(const QString &host, const QString &name) const
{
    for (int column = 0; column < columnCount(); ++column) {
        if (m_hosts[static_cast<size_t>(column)].name != host)
            continue;
        for (int row = 0; row < rowCount(); ++row) {
            if (!isGroup(row) && nameAt(row) == name)
                return index(row, column);
        }
    }
    return {};
}

int InstallChecksModel::count(CellShape shape) const
{
    int count = 0;
    for (const Host &host : m_hosts) {
        for (const CheckName &check : m_checks) {
            const CheckResult *found = result(host.name, check.name);
            count += found && shapeOf(*found) == shape ? 1 : 0;
        }
    }
    return count;
}

int InstallChecksModel::total() const
{
    return static_cast<int>(m_hosts.size() * m_checks.size()) - count(CellShape::NotApplicable);
}

QModelIndex InstallChecksModel::nextTrouble(const QModelIndex &from) const
{
    for (const CellShape wanted : {CellShape::Failed, CellShape::Warning}) {
        const int cells = rowCount() * columnCount(), begin = from.isValid() ? from.column() * rowCount() + from.row() : -1;
        for (int i = 1; i <= cells; ++i) {
            const int at = (begin + i) % cells; // host by host
            const QModelIndex index = this->index(at % rowCount(), at / rowCount());
            const CheckResult *found = resultAt(index);
            if (found && shapeOf(*found) == wanted)
                return index;
        }
    }
    return {};
}

int InstallChecksModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}
int InstallChecksModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_hosts.size());
}

QString InstallChecksModel::groupTitle(CheckResult::Group group) const
{
    switch (group) {
    case CheckResult::Group::Kubeadm:
        return tr("kubeadm's own checks");
    case CheckResult::Group::Host:
        return tr("Host");
    case CheckResult::Group::Across:
        return tr("Across hosts");
    }
    return {};
}

QString InstallChecksModel::cellText(const CheckResult &result) const
{
    if (result.state == State::Accepted)
        return stateWord(CellShape::Accepted);
    if (result.state == State::Unknown && !result.evidence.isEmpty())
        return tr("not known");
    return result.measured;
}

QVariant InstallChecksModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (isGroup(index.row())) {
        if (role == InstallRole::IsGroup)
            return true;
        const auto at = static_cast<qsizetype>(m_lines[static_cast<size_t>(index.row())].group);
        return role == Qt::DisplayRole || role == Qt::AccessibleTextRole ? QVariant(m_groupNotes.value(at)) : QVariant();
    }
    const CheckResult *found = resultAt(index);
    const CellShape shape = found ? shapeOf(*found) : CellShape::Waiting;
    switch (role) {
    case Qt::DisplayRole:
        return found ? cellText(*found) : QString();
    case InstallRole::Shape:
        return static_cast<int>(shape);
    case InstallRole::Share:
        return -1.0;
    case Qt::AccessibleTextRole: {
        QStringList parts{hostAt(index.column()), m_title(nameAt(index.row())), stateWord(shape)};
        if (found && !found->measured.isEmpty())
            parts << found->measured;
        return parts.join(u", "_s);
    }
    default:
        return {};
    }
}

QVariant InstallChecksModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (section < 0 || section >= (orientation == Qt::Horizontal ? columnCount() : rowCount()))
        return {};
    if (orientation == Qt::Horizontal)
        return role == Qt::DisplayRole  ? QVariant(m_hosts[static_cast<size_t>(section)].name)
            : role == InstallRole::Note ? QVariant(m_hosts[static_cast<size_t>(section)].note)
                                        : QVariant();
    if (isGroup(section))
        return role == Qt::DisplayRole     ? QVariant(groupTitle(m_lines[static_cast<size_t>(section)].group))
            : role == InstallRole::IsGroup ? QVariant(true)
                                           : QVariant();
    if (role == Qt::DisplayRole)
        return m_title(nameAt(section));
    if (role == InstallRole::Note)
        return nameAt(section);
    return role == InstallRole::Mono ? QVariant(true) : QVariant();
}

} // namespace kboss
