#include "models/installtrustmodel.h"

#include "models/formatters.h"
#include "models/installcell.h"

#include <QTimeZone>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

CellShape shapeOf(HostTrust::State state)
{
    switch (state) {
    case HostTrust::State::Known:
        return CellShape::Passed;
    case HostTrust::State::Unknown:
        return CellShape::Warning;
    case HostTrust::State::Changed:
    case HostTrust::State::Revoked:
    case HostTrust::State::Failed:
        return CellShape::Failed;
    case HostTrust::State::Reading:
        return CellShape::Running;
    case HostTrust::State::Unread:
    case HostTrust::State::Waiting:
        break;
    }
    return CellShape::Waiting;
}

} // namespace

InstallTrustModel::InstallTrustModel(QObject *parent) : QAbstractTableModel(parent) { }

void InstallTrustModel::setTrust(const std::vector<HostTrust> &trust, qint64 nowMs)
{
    m_nowMs = nowMs;
    bool same = trust.size() == m_trust.size();
    for (size_t i = 0; same && i < trust.size(); ++i)
        same = trust[i].host == m_trust[i].host;
    if (!same) {
        beginResetModel();
        m_trust = trust;
        endResetModel();
        return;
    }
    for (size_t i = 0; i < trust.size(); ++i) {
        if (trust[i] == m_trust[i])
            continue;
        m_trust[i] = trust[i];
        Q_EMIT dataChanged(index(static_cast<int>(i), 0), index(static_cast<int>(i), Columns - 1));
    }
}

const HostTrust *InstallTrustModel::at(int row) const
{
    return row >= 0 && row < rowCount() ? &m_trust[static_cast<size_t>(row)] : nullptr;
}

QStringList InstallTrustModel::hostsIn(HostTrust::State state) const
{
    QStringList hosts;
    for (const HostTrust &trust : m_trust) {
        if (trust.state == state)
            hosts << trust.host;
    }
    return hosts;
}

int InstallTrustModel::good() const
{
    return static_cast<int>(hostsIn(HostTrust::State::Known).size());
}

void InstallTrustModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, Columns - 1);
    if (!m_trust.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, Columns - 1));
}

QString InstallTrustModel::stateWord(HostTrust::State state)
{
    switch (state) {
    case HostTrust::State::Unread:
        return tr("not asked yet");
    case HostTrust::State::Reading:
        return tr("being read");
    case HostTrust::State::Waiting:
        return tr("waits for its jump host");
    case HostTrust::State::Known:
        return tr("trusted");
    case HostTrust::State::Unknown:
        return tr("new");
    case HostTrust::State::Changed:
        return tr("another key");
    case HostTrust::State::Revoked:
        return tr("revoked");
    case HostTrust::State::Failed:
        return tr("not reached");
    }
    return {};
}

QString InstallTrustModel::known(const HostTrust &trust) const
{
    if (trust.state == HostTrust::State::Failed)
        return trust.error.detail;
    if (trust.pins.empty())
        return trust.elsewhere.isEmpty() ? (trust.fingerprint.isEmpty() ? QString() : tr("nothing is known of this address"))
                                         : tr("the same key is known of %1").arg(trust.elsewhere.join(u", "_s));
    const HostTrust::Pin &pin = trust.pins.front();
    const QString since = formatRelativeTime(pin.firstSeenMs, m_nowMs, QTimeZone::systemTimeZone());
    return pin.source == "known_hosts"_L1 ? tr("from a known_hosts file, %1, by %2").arg(since, pin.by)
                                          : tr("shown and trusted %1 by %2").arg(since, pin.by);
}

QString InstallTrustModel::explanation(const HostTrust &trust) const
{
    switch (trust.state) {
    case HostTrust::State::Unknown:
        return tr("Nobody has vouched for this key yet. Compare the fingerprint with what the host's console or its owner says "
                  "(ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub), then trust it.");
    case HostTrust::State::Changed:
        return tr("This address had another key before. Either the host was set up anew, or somebody is between you and it. Nothing is sent to it. "
                  "Only when you know why, forget the old key by its name; then the new one can be looked at and trusted.");
    case HostTrust::State::Revoked:
        return tr("This very key was revoked: it must not be used any more. The host needs another one.");
    case HostTrust::State::Failed:
        return tr("The host could not be asked for its key. Its address, port and jump host are on the page before.");
    case HostTrust::State::Waiting:
        return tr("The way to this host goes through %1, whose key has to be trusted first.").arg(trust.jump);
    case HostTrust::State::Known:
        return tr("The host shows the key that is in the ledger.");
    case HostTrust::State::Unread:
    case HostTrust::State::Reading:
        break;
    }
    return {};
}

QString InstallTrustModel::text(const HostTrust &trust, int column) const
{
    switch (column) {
    case Host:
        return trust.isJumpOnly ? tr("%1 (jump host)").arg(trust.host) : trust.host;
    case Address:
        return trust.address;
    case StateWord:
        return stateWord(trust.state);
    case KeyType:
        return trust.keyType;
    case Fingerprint:
        return trust.fingerprint;
    case Known:
        return known(trust);
    default:
        return {};
    }
}

int InstallTrustModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_trust.size());
}
int InstallTrustModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(Columns);
}

QVariant InstallTrustModel::data(const QModelIndex &index, int role) const
{
    const HostTrust *trust = at(index.row());
    if (!trust)
        return {};
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return text(*trust, column);
    case Qt::AccessibleTextRole:
        return QString(headerData(column, Qt::Horizontal, Qt::DisplayRole).toString() + u", "_s + text(*trust, column));
    case ShapeRole:
        return column == StateWord ? QVariant(static_cast<int>(shapeOf(trust->state))) : QVariant();
    case MonoRole:
        return column == Address || column == KeyType || column == Fingerprint;
    default:
        return {};
    }
}

QVariant InstallTrustModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Host:
        return tr("Host");
    case Address:
        return tr("Address");
    case StateWord:
        return tr("State");
    case KeyType:
        return tr("Key type");
    case Fingerprint:
        return tr("Fingerprint");
    case Known:
        return tr("What the ledger says");
    default:
        return {};
    }
}

} // namespace kboss
