#include "app/base/rowbatch.h"

namespace kboss {
namespace {

QString toText(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

Value toValue(const RowBatch::Cell &cell, std::string_view text)
{
    using Kind = RowBatch::Kind;
    switch (cell.kind) {
    case Kind::Null:
        return {};
    case Kind::Text:
        return toText(text);
    case Kind::Integer:
        return cell.number;
    case Kind::Boolean:
        return cell.number != 0;
    case Kind::Money:
        return Money{toText(text), cell.number, cell.nanos};
    case Kind::Instant:
        return Instant{cell.number};
    case Kind::Date:
        return QDate::fromString(toText(text), Qt::ISODate);
    case Kind::Decimal:
        if (auto number = Decimal::parse(toText(text)))
            return *std::move(number);
        return Misfit{toText(text)};
    case Kind::Secret:
        return SecretMark{};
    case Kind::Misfit:
        return Misfit{toText(text)};
    }
    return {};
}

} // namespace

Row RowBatch::toRow(int row) const
{
    Row result;
    result.key = toText(key(row));
    result.cells.reserve(static_cast<size_t>(m_fieldCount));
    for (int field = 0; field < m_fieldCount; ++field) {
        const Cell &source = cell(row, field);
        result.cells.push_back(toValue(source, text(source)));
    }
    return result;
}

} // namespace kboss
