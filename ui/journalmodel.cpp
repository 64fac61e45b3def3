#include "ui/journalmodel.h"

#include "app/services/valuejson.h"
#include "models/formatters.h"
#include "ui/errortext.h"
#include "ui/plaintable.h"
#include "ui/widgets.h"

#include <QDateTime>
#include <QLocale>

namespace kboss {

namespace {
const QLatin1String undoSuffix(".undo");

qint64 intentNumber(const JournalEntry &entry)
{
    return entry.outcome == QLatin1String("intent") || entry.refersTo == 0 ? entry.number : entry.refersTo;
}
} // namespace

JournalModel::JournalModel(const ResourceSet *resources, QTimeZone zone, QObject *parent)
    : QAbstractTableModel(parent), m_resources(resources), m_zone(std::move(zone))
{
}

void JournalModel::setEntries(const QList<JournalEntry> &entries, const QString &filter)
{
    beginResetModel();
    m_rows.clear();
    m_undone.clear();
    QSet<qint64> ended, undoIntents;
    for (const JournalEntry &entry : entries) { // newest first: an outcome comes before its intent
        const bool isIntent = entry.outcome == QLatin1String("intent");
        if (!isIntent && entry.refersTo > 0)
            ended.insert(entry.refersTo);
        if (entry.action.endsWith(undoSuffix) && entry.outcome == QLatin1String("ok"))
            undoIntents.insert(entry.refersTo);
        if (isIntent && undoIntents.contains(entry.number))
            m_undone.insert(entry.refersTo);
        if (isIntent && ended.contains(entry.number))
            continue;
        const QString whole = entry.who + describe(entry) + entry.name + entry.key + changes(entry).join(QLatin1Char(' '));
        if (filter.isEmpty() || whole.contains(filter, Qt::CaseInsensitive))
            m_rows << entry;
    }
    endResetModel();
}

const JournalEntry *JournalModel::entry(int row) const
{
    return row >= 0 && row < m_rows.size() ? &m_rows.at(row) : nullptr;
}

bool JournalModel::undoable(int row) const
{
    const JournalEntry *found = entry(row);
    return found && found->outcome == QLatin1String("ok") && found->inverse.is_object() && !found->after.empty()
        && !m_undone.contains(intentNumber(*found));
}

QString JournalModel::describe(const JournalEntry &entry) const
{
    const bool undo = entry.action.endsWith(undoSuffix);
    const QString plain = undo ? entry.action.chopped(undoSuffix.size()) : entry.action;
    const ResourceType *type = m_resources ? m_resources->find(entry.resource) : nullptr;
    const Action *action = type ? type->action(plain.section(QLatin1Char('.'), -1)) : nullptr;
    if (!action)
        return entry.action;
    const QString words = action->label.text() + QLatin1Char(' ') + type->titleOne.text();
    return undo ? tr("Undo: %1").arg(words) : words;
}

QString JournalModel::valueText(const nlohmann::json &value, const ColumnSpec *column) const
{
    if (value.is_null())
        return tr("not set");
    if (!column)
        return fromJsonText(value);
    return formatCell(valueFromJson(value), *column, {m_zone, QDateTime::currentMSecsSinceEpoch()}).text;
}

QStringList JournalModel::changes(const JournalEntry &entry) const
{
    const ResourceType *type = m_resources ? m_resources->find(entry.resource) : nullptr;
    QStringList lines;
    if (!entry.after.is_object())
        return lines;
    for (const auto &[field, after] : entry.after.items()) {
        const ColumnSpec *column = type ? type->column(QString::fromStdString(field)) : nullptr;
        const QString label = column ? column->label.text() : QString::fromStdString(field);
        const nlohmann::json before = entry.before.is_object() && entry.before.contains(field) ? entry.before[field] : nlohmann::json();
        lines << tr("%1: %2 → %3").arg(label, valueText(before, column), valueText(after, column));
    }
    return lines;
}

QString JournalModel::outcomeText(const JournalEntry &entry) const
{
    if (m_undone.contains(intentNumber(entry)))
        return tr("done, undone since");
    if (entry.outcome == QLatin1String("ok"))
        return tr("done");
    if (entry.outcome == QLatin1String("intent"))
        return tr("under way");
    if (entry.outcome == QLatin1String("unknown"))
        return tr("answer lost");
    if (entry.outcome == QLatin1String("note"))
        return tr("note");
    if (entry.outcome == QLatin1String("cancelled"))
        return tr("cancelled");
    return tr("not done");
}

Tone JournalModel::outcomeTone(const JournalEntry &entry) const
{
    if (m_undone.contains(intentNumber(entry)) || entry.outcome == QLatin1String("note") || entry.outcome == QLatin1String("cancelled"))
        return Tone::Off;
    if (entry.outcome == QLatin1String("ok"))
        return Tone::Good;
    if (entry.outcome == QLatin1String("intent"))
        return Tone::Info;
    return entry.outcome == QLatin1String("unknown") ? Tone::Warn : Tone::Bad;
}

QString JournalModel::text(const JournalEntry &entry, int column) const
{
    switch (column) {
    case Time:
        return formatFullTime(entry.atMs, m_zone);
    case Who:
        return entry.who;
    case ActionName:
        return describe(entry);
    case Object:
        return entry.name.isEmpty() ? entry.key : entry.name;
    case Change:
        return entry.outcome == QLatin1String("note") ? entry.detail : changes(entry).join(tr("; "));
    case Outcome:
        return outcomeText(entry);
    case Number:
        return QLocale(QLocale::English).toString(entry.number);
    default:
        return {};
    }
}

int JournalModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}
int JournalModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(Columns);
}

QVariant JournalModel::data(const QModelIndex &index, int role) const
{
    const JournalEntry *found = entry(index.row());
    if (!found)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return text(*found, index.column());
    case Qt::ToolTipRole:
        return index.column() == Change ? plainToolTip(changes(*found).join(QLatin1Char('\n'))) : QString();
    case Qt::TextAlignmentRole:
        return index.column() == Number ? int(Qt::AlignRight | Qt::AlignVCenter) : int(Qt::AlignLeft | Qt::AlignVCenter);
    case PlainTable::ToneRole:
        return index.column() == Outcome ? QVariant(int(outcomeTone(*found))) : QVariant();
    case PlainTable::DimRole:
        return index.column() == Time || index.column() == Number;
    default:
        return {};
    }
}

QVariant JournalModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == Number ? int(Qt::AlignRight | Qt::AlignVCenter) : int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("Time");
    case Who:
        return tr("Who");
    case ActionName:
        return tr("Action");
    case Object:
        return tr("Object");
    case Change:
        return tr("Before → after");
    case Outcome:
        return tr("Outcome");
    case Number:
        return tr("No.");
    default:
        return {};
    }
}

void JournalModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, Columns - 1);
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(int(m_rows.size()) - 1, Columns - 1));
}

} // namespace kboss
