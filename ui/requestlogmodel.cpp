#include "ui/requestlogmodel.h"

#include "models/resourcetype.h"
#include "ui/plaintable.h"
#include "ui/widgets.h"

#include <QDateTime>
#include <QLocale>

namespace kboss {

namespace {
constexpr qsizetype keptRows = 2'000;

bool isFailure(const RequestLogEntry &entry)
{
    return !entry.error.isEmpty() || entry.status == 0 || entry.status >= 400;
}
} // namespace

RequestLogModel::RequestLogModel(RequestLog *log, QTimeZone zone, QObject *parent) : QAbstractTableModel(parent), m_log(log), m_zone(std::move(zone))
{
    connect(log, &RequestLog::appended, this, &RequestLogModel::add);
    setFilter({}, false);
}

void RequestLogModel::setFilter(const QString &text, bool failedOnly)
{
    m_text = text.trimmed();
    m_failedOnly = failedOnly;
    beginResetModel();
    m_rows.clear();
    const QList<RequestLogEntry> entries = m_log->entries();
    m_total = entries.size();
    for (const RequestLogEntry &entry : entries) {
        if (matches(entry))
            m_rows.prepend(entry);
    }
    endResetModel();
    Q_EMIT countChanged();
}

bool RequestLogModel::matches(const RequestLogEntry &entry) const
{
    if (m_failedOnly && !isFailure(entry))
        return false;
    const auto holds = [this](const QString &part) { return part.contains(m_text, Qt::CaseInsensitive); };
    return m_text.isEmpty() || holds(entry.operation) || holds(entry.url) || holds(entry.error) || holds(entry.id)
        || QString::number(entry.status) == m_text;
}

void RequestLogModel::add(const RequestLogEntry &entry)
{
    ++m_total;
    if (matches(entry)) {
        beginInsertRows({}, 0, 0);
        m_rows.prepend(entry);
        endInsertRows();
        if (m_rows.size() > keptRows) {
            beginRemoveRows({}, int(m_rows.size()) - 1, int(m_rows.size()) - 1);
            m_rows.removeLast();
            endRemoveRows();
        }
    }
    Q_EMIT countChanged();
}

const RequestLogEntry *RequestLogModel::entry(int row) const
{
    return row >= 0 && row < m_rows.size() ? &m_rows.at(row) : nullptr;
}
int RequestLogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}
int RequestLogModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(Columns);
}

QVariant RequestLogModel::text(const RequestLogEntry &entry, int column) const
{
    switch (column) {
    case Time:
        return QDateTime::fromMSecsSinceEpoch(entry.atMs).toTimeZone(m_zone).toString(QStringLiteral("HH:mm:ss.zzz"));
    case Operation:
        return entry.operation;
    case Method:
        return entry.method;
    case Status:
        return entry.status == 0 ? tr("no answer") : QString::number(entry.status);
    case Elapsed:
        return entry.elapsedMs;
    case Bytes:
        return QLocale(QLocale::English).toString(entry.bytes);
    case Attempt:
        return entry.attempt;
    case Reason:
        return entry.error.isEmpty() ? entry.url : entry.error;
    default:
        return {};
    }
}

QVariant RequestLogModel::data(const QModelIndex &index, int role) const
{
    const RequestLogEntry *found = entry(index.row());
    if (!found || !index.isValid())
        return {};
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return text(*found, column);
    case Qt::ToolTipRole:
        return column == Reason ? QVariant(plainToolTip(text(*found, column).toString())) : QVariant();
    case Qt::TextAlignmentRole:
        return column == Elapsed || column == Bytes || column == Attempt ? int(Qt::AlignRight | Qt::AlignVCenter)
                                                                         : int(Qt::AlignLeft | Qt::AlignVCenter);
    case PlainTable::ToneRole:
        if (column != Status)
            return {};
        return int(!isFailure(*found) ? Tone::Good : found->status == 0 ? Tone::Warn : Tone::Bad);
    case PlainTable::MonoRole:
        return column == Time || column == Operation || column == Reason;
    case PlainTable::DimRole:
        return column == Time || column == Method || (column == Reason && found->error.isEmpty());
    default:
        return {};
    }
}

QVariant RequestLogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == Elapsed || section == Bytes || section == Attempt ? int(Qt::AlignRight | Qt::AlignVCenter)
                                                                            : int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("Time");
    case Operation:
        return tr("Operation");
    case Method:
        return tr("Method");
    case Status:
        return tr("Answer");
    case Elapsed:
        return tr("Took (ms)");
    case Bytes:
        return tr("Bytes");
    case Attempt:
        return tr("Attempt");
    case Reason:
        return tr("Address or reason");
    default:
        return {};
    }
}

void RequestLogModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, Columns - 1);
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(int(m_rows.size()) - 1, Columns - 1));
}

QString RequestLogModel::asCurl(const RequestLogEntry &entry)
{
    QString address = entry.url;
    address.replace(u'\'', QStringLiteral("'\\''"));
    return QStringLiteral("curl -X %1 -H \"Authorization: Bearer $TOKEN\" '%2'").arg(entry.method, address);
}

} // namespace kboss
