#include "models/installhostsmodel.h"

#include "models/installwords.h"

#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr const char *members[] = {"name", "address", "port", "user", "role", "jump"};

int columnOf(const QString &member)
{
    for (int column = 0; column < static_cast<int>(std::size(members)); ++column) {
        if (member == QLatin1String(members[column]))
            return column;
    }
    return -1;
}

HostRole roleOf(const QString &text)
{
    const QString low = text.trimmed().toLower();
    return low == roleWord(HostRole::ControlPlane).toLower() || low.startsWith(u'c') ? HostRole::ControlPlane : HostRole::Worker;
}

} // namespace

InstallHostsModel::InstallHostsModel(QObject *parent) : QAbstractTableModel(parent) { }

void InstallHostsModel::setHosts(const std::vector<PlanHost> &hosts)
{
    if (hosts == m_hosts)
        return;
    m_faults.clear();
    // Never a reset: somebody may be typing in a cell.
    const int had = rowCount(), now = static_cast<int>(hosts.size());
    if (now < had) {
        beginRemoveRows({}, now, had - 1);
        m_hosts.resize(hosts.size());
        endRemoveRows();
    } else if (now > had) {
        beginInsertRows({}, had, now - 1);
        m_hosts.insert(m_hosts.end(), hosts.begin() + had, hosts.end());
        endInsertRows();
    }
    m_hosts = hosts;
    if (now > 0)
        Q_EMIT dataChanged(index(0, 0), index(now - 1, Columns - 1));
}

void InstallHostsModel::setFaults(const std::vector<PlanFault> &faults)
{
    m_faults.clear();
    for (const PlanFault &fault : faults) {
        const QStringList parts = fault.field.split(u'/', Qt::SkipEmptyParts);
        if (parts.size() < 2 || parts[0] != "hosts"_L1)
            continue;
        QString &words = m_faults[parts[1].toInt()][parts.size() > 2 ? columnOf(parts[2]) : -1];
        if (words.isEmpty())
            words = planFaultText(fault);
    }
    if (!m_hosts.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, Columns - 1));
}

void InstallHostsModel::setSignIns(const QHash<QString, SignInWord> &words)
{
    if (words == m_signIns)
        return;
    m_signIns = words;
    if (!m_hosts.empty())
        Q_EMIT dataChanged(index(0, SignIn), index(rowCount() - 1, SignIn));
}

void InstallHostsModel::setFrozen(bool frozen)
{
    m_frozen = frozen;
}

void InstallHostsModel::addHost(const PlanHost &host)
{
    beginInsertRows({}, rowCount(), rowCount());
    m_hosts.push_back(host);
    endInsertRows();
    Q_EMIT edited();
}

void InstallHostsModel::removeHosts(QList<int> rows)
{
    std::sort(rows.begin(), rows.end(), std::greater<>());
    for (const int row : std::as_const(rows)) {
        if (row < 0 || row >= rowCount())
            continue;
        beginRemoveRows({}, row, row);
        m_hosts.erase(m_hosts.begin() + row);
        endRemoveRows();
    }
    if (!rows.isEmpty())
        Q_EMIT edited();
}

void InstallHostsModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, Columns - 1);
    if (!m_hosts.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, Columns - 1));
}

QString InstallHostsModel::faultAt(int row, int column) const
{
    const QHash<int, QString> faults = m_faults.value(row);
    if (column != Fault)
        return faults.value(column);
    for (int of = -1; of < Columns; ++of) {
        if (const QString words = faults.value(of); !words.isEmpty())
            return of < 0 ? words : headerData(of, Qt::Horizontal, Qt::DisplayRole).toString() + u": "_s + words;
    }
    return {};
}

QString InstallHostsModel::text(int row, int column) const
{
    const PlanHost &host = m_hosts[static_cast<size_t>(row)];
    switch (column) {
    case Name:
        return host.name;
    case Address:
        return host.address;
    case Port:
        return QString::number(host.port);
    case User:
        return host.user;
    case Role:
        return roleWord(host.role);
    case Jump:
        return host.jump;
    case SignIn:
        return m_signIns.value(host.name).text;
    case Fault:
        return faultAt(row, Fault);
    default:
        return {};
    }
}

int InstallHostsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_hosts.size());
}
int InstallHostsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(Columns);
}

QVariant InstallHostsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const int row = index.row(), column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return text(row, column);
    case Qt::EditRole:
        return column == Role ? QVariant(static_cast<int>(m_hosts[static_cast<size_t>(row)].role)) : QVariant(text(row, column));
    case FaultRole:
        return column == SignIn ? !m_signIns.value(m_hosts[static_cast<size_t>(row)].name).enough : !faultAt(row, column).isEmpty();
    case Qt::AccessibleTextRole: {
        QStringList parts{headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(), text(row, column)};
        if (column != Fault && !faultAt(row, column).isEmpty())
            parts << faultAt(row, column);
        return parts.join(u", "_s);
    }
    default:
        return {};
    }
}

bool InstallHostsModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || role != Qt::EditRole || m_frozen)
        return false;
    PlanHost &host = m_hosts[static_cast<size_t>(index.row())];
    const PlanHost before = host;
    const QString typed = value.toString().trimmed();
    switch (index.column()) {
    case Name:
        host.name = typed;
        break;
    case Address:
        host.address = typed;
        break;
    case Port: {
        bool number = false;
        const int port = typed.toInt(&number);
        host.port = number ? port : 0;
        break;
    }
    case User:
        host.user = typed;
        break;
    case Role:
        host.role = value.typeId() == QMetaType::Int ? static_cast<HostRole>(value.toInt()) : roleOf(typed);
        break;
    case Jump:
        host.jump = typed;
        break;
    default:
        return false;
    }
    if (host == before)
        return true;
    Q_EMIT dataChanged(this->index(index.row(), 0), this->index(index.row(), Columns - 1));
    Q_EMIT edited();
    return true;
}

Qt::ItemFlags InstallHostsModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags plain = QAbstractTableModel::flags(index);
    return index.isValid() && !m_frozen && index.column() < SignIn ? plain | Qt::ItemIsEditable : plain;
}

QVariant InstallHostsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Name");
    case Address:
        return tr("Address");
    case Port:
        return tr("Port");
    case User:
        return tr("User");
    case Role:
        return tr("Role");
    case Jump:
        return tr("Jump host");
    case SignIn:
        return tr("Sign-in");
    case Fault:
        return tr("What is wrong");
    default:
        return {};
    }
}

} // namespace kboss
