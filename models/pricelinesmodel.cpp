#include "models/pricelinesmodel.h"

#include "models/quotewords.h"

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

std::vector<PriceLinesModel::Item> itemsOf(const QuoteView &view)
{
    using Kind = PriceLinesModel::Kind;
    std::vector<PriceLinesModel::Item> items;
    for (size_t i = 0; i < view.lines.size(); ++i) {
        const int line = static_cast<int>(i);
        items.push_back({Kind::Line, line, -1});
        if (view.lines[i].shortage.isEmpty())
            continue;
        items.push_back({Kind::Reason, line, -1});
        if (!view.lines[i].ways.empty())
            items.push_back({Kind::WayHead, line, -1});
        for (size_t way = 0; way < view.lines[i].ways.size(); ++way)
            items.push_back({Kind::Way, line, static_cast<int>(way)});
    }
    return items;
}

} // namespace

void PriceLinesModel::setView(const QuoteView &view)
{
    std::vector<Item> items = itemsOf(view);
    if (items == m_items) { // the same rows with other figures: what is chosen stays chosen
        m_view = view;
        if (!m_items.empty())
            Q_EMIT dataChanged(index(0), index(rowCount() - 1));
        return;
    }
    beginResetModel();
    m_view = view;
    m_items = std::move(items);
    endResetModel();
}

PriceLinesModel::Item PriceLinesModel::item(const QModelIndex &index) const
{
    return index.isValid() ? m_items.at(static_cast<size_t>(index.row())) : Item{};
}

const QuoteLineView *PriceLinesModel::line(const QModelIndex &index) const
{
    return index.isValid() ? &m_view.lines.at(static_cast<size_t>(item(index).line)) : nullptr;
}

const WayView *PriceLinesModel::way(const QModelIndex &index) const
{
    const Item found = item(index);
    return index.isValid() && found.kind == Kind::Way ? &line(index)->ways.at(static_cast<size_t>(found.way)) : nullptr;
}

int PriceLinesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

QString PriceLinesModel::spoken(const Item &item) const
{
    const QuoteLineView &line = m_view.lines.at(static_cast<size_t>(item.line));
    switch (item.kind) {
    case Kind::Line:
        return u"%1 %2, %3, %4, %5, %6"_s.arg(partTypeTitle(line.part.type), line.part.model, line.price, line.amount, line.term,
                                              groupedNumber(line.subtotal, 2));
    case Kind::Reason:
        return line.shortage;
    case Kind::WayHead:
        return tr("What fits now");
    case Kind::Way: {
        const WayView &way = line.ways.at(static_cast<size_t>(item.way));
        return u"%1, %2"_s.arg(way.words, groupedNumber(way.total, 2));
    }
    }
    return {};
}

QVariant PriceLinesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Item &found = m_items.at(static_cast<size_t>(index.row()));
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return spoken(found);
    case KindRole:
        return static_cast<int>(found.kind);
    case LineRole:
        return found.line;
    case WayRole:
        return found.way;
    default:
        return {};
    }
}

Qt::ItemFlags PriceLinesModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Kind kind = item(index).kind;
    const bool chosen = kind == Kind::Line || kind == Kind::Way;
    return chosen ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::ItemFlags(Qt::ItemIsEnabled);
}

} // namespace kboss
