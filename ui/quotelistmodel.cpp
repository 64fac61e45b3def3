#include "ui/quotelistmodel.h"

#include "app/base/pinyin.h"
#include "models/formatters.h"
#include "models/quotewords.h"
#include "ui/plaintable.h"
#include "ui/quotehead.h"

#include <QDateTime>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

QuoteListModel::QuoteListModel(QTimeZone zone, QObject *parent) : QAbstractTableModel(parent), m_zone(std::move(zone)) { }

void QuoteListModel::setQuotes(const std::vector<Quote> &quotes, const QString &search, qint64 nowMs)
{
    const QString needle = search.trimmed().toLower();
    std::vector<Quote> wanted;
    for (const Quote &quote : quotes) {
        const QuoteContent content = quote.current();
        const bool found = needle.isEmpty() || matchesTextOrPinyin(quote.id, needle) || matchesTextOrPinyin(content.customer, needle)
            || matchesTextOrPinyin(content.centerName, needle) || matchesTextOrPinyin(content.clusterName, needle)
            || std::any_of(content.parts.begin(), content.parts.end(),
                           [&needle](const QuotePart &part) { return matchesTextOrPinyin(part.model, needle); });
        if (found)
            wanted.push_back(quote);
    }
    order(&wanted);
    beginResetModel();
    m_quotes = std::move(wanted);
    m_nowMs = nowMs;
    endResetModel();
}

void QuoteListModel::order(std::vector<Quote> *quotes) const
{
    const bool descending = m_sortOrder == Qt::DescendingOrder;
    const auto compare = [this](const Quote &a, const Quote &b) -> int {
        const QuoteContent left = a.current(), right = b.current();
        const auto sign = [](const auto &x, const auto &y) { return x < y ? -1 : y < x ? 1 : 0; };
        switch (m_sortColumn) {
        case Total:
            return sign(left.total, right.total);
        case Parts:
            return sign(left.parts.size(), right.parts.size());
        case Term:
            return sign(hoursOfTerm(left.term, left.termUnit), hoursOfTerm(right.term, right.termUnit));
        case ValidUntil:
            return sign(left.validUntil, right.validUntil);
        case -1:
        case Changed:
            return sign(a.changedMs(), b.changedMs());
        default:
            return QString::localeAwareCompare(text(a, left, m_sortColumn), text(b, right, m_sortColumn));
        }
    };
    std::stable_sort(quotes->begin(), quotes->end(),
                     [&](const Quote &a, const Quote &b) { return descending ? compare(a, b) > 0 : compare(a, b) < 0; });
}

void QuoteListModel::sort(int column, Qt::SortOrder sortOrder)
{
    m_sortColumn = column;
    m_sortOrder = sortOrder;
    beginResetModel();
    order(&m_quotes);
    endResetModel();
}

const Quote *QuoteListModel::quote(int row) const
{
    return row >= 0 && row < rowCount() ? &m_quotes[static_cast<size_t>(row)] : nullptr;
}

int QuoteListModel::rowOf(const QString &id) const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (quote(row)->id == id)
            return row;
    }
    return -1;
}

void QuoteListModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int QuoteListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_quotes.size());
}

int QuoteListModel::tone(const Quote &quote, const QuoteContent &content) const
{
    if (!quote.instanceId.isEmpty())
        return static_cast<int>(Tone::Good);
    if (quote.versions.empty())
        return static_cast<int>(Tone::Off);
    const QDate today = QDateTime::fromMSecsSinceEpoch(m_nowMs, m_zone).date();
    return static_cast<int>(content.validUntil.isValid() && content.validUntil < today ? Tone::Warn : Tone::Info);
}

QString QuoteListModel::text(const Quote &quote, const QuoteContent &content, int column) const
{
    switch (column) {
    case Number:
        return quote.id;
    case State: {
        if (!quote.instanceId.isEmpty())
            return QuoteHead::instanceWords(quote);
        if (quote.versions.empty())
            return tr("draft");
        if (tone(quote, content) == static_cast<int>(Tone::Warn))
            return tr("no longer valid");
        return quote.working ? tr("version %1, changed").arg(quote.versions.size()) : tr("version %1").arg(quote.versions.size());
    }
    case Customer:
        return content.customer;
    case Center:
        return content.centerName;
    case Cluster:
        return content.clusterName;
    case Parts: {
        QStringList parts;
        for (const QuotePart &part : content.parts)
            parts << u"%1 %2"_s.arg(partTypeTitle(part.type), amountWords(part.type, part.amount));
        return parts.join(u" · "_s);
    }
    case Term:
        return content.parts.empty() ? QString() : termWords(content.term, content.termUnit);
    case Total:
        return content.parts.empty() ? QString() : groupedNumber(content.total, 2);
    case ValidUntil:
        return content.validUntil.isValid() ? content.validUntil.toString(Qt::ISODate) : QString();
    default:
        return formatRelativeTime(quote.changedMs(), m_nowMs, m_zone);
    }
}

QVariant QuoteListModel::data(const QModelIndex &index, int role) const
{
    const Quote *found = quote(index.row());
    if (!found)
        return {};
    const QuoteContent content = found->current();
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return text(*found, content, column);
    case Qt::ToolTipRole:
        return column == Changed ? formatFullTime(found->changedMs(), m_zone) : QVariant();
    case Qt::TextAlignmentRole:
        return column == Total || column == Term ? int(Qt::AlignRight | Qt::AlignVCenter) : int(Qt::AlignLeft | Qt::AlignVCenter);
    case PlainTable::ToneRole:
        return column == State ? QVariant(tone(*found, content)) : QVariant();
    case PlainTable::DimRole:
        return column == Changed || column == Parts;
    default:
        return {};
    }
}

QVariant QuoteListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == Total || section == Term ? int(Qt::AlignRight | Qt::AlignVCenter) : int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const QString heads[] = {tr("Number"), tr("State"), tr("Customer"),    tr("Center"),      tr("Cluster"),
                             tr("Parts"),  tr("Term"),  tr("Total (CNY)"), tr("Valid until"), tr("Last changed")};
    return heads[section];
}

} // namespace kboss
