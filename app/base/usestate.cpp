#include "app/base/usestate.h"

#include <cstring>

namespace kboss {

namespace {

std::optional<Decimal> numberOf(const RowBatch::Cell &cell, const std::vector<char> &arena)
{
    if (cell.kind == RowBatch::Kind::Integer)
        return Decimal(cell.number);
    if (cell.kind != RowBatch::Kind::Decimal)
        return std::nullopt;
    const auto number = Decimal::parse(QString::fromLatin1(arena.data() + cell.offset, static_cast<qsizetype>(cell.length)));
    return number ? std::optional(*number) : std::nullopt;
}

const QString mark = QStringLiteral("=use");

} // namespace

QString UseRule::pointer() const
{
    return QStringLiteral("%1:%2:%3:%4").arg(mark, used, total).arg(lowFrom);
}

UseRule UseRule::of(const FieldSchema &field)
{
    const QStringList parts = field.pointer.split(u':');
    return parts.size() == 4 && parts.front() == mark ? UseRule{parts[1], parts[2], parts[3].toInt()} : UseRule{};
}

const char *useState(const Decimal &used, const Decimal &total, int lowFrom)
{
    if (total.isZero() || total.isNegative())
        return "none";
    if (used >= total)
        return "full";
    const auto share = used.times(Decimal(100)), limit = total.times(Decimal(lowFrom));
    if (share && limit && *share >= *limit)
        return "low";
    return used.isZero() ? "unused" : "normal";
}

UseCells::UseCells(const TableSchema &schema)
{
    for (size_t i = 0; i < schema.fields.size(); ++i) {
        const UseRule rule = UseRule::of(schema.fields[i]);
        const int used = schema.indexOf(rule.used), total = schema.indexOf(rule.total);
        if (rule.isSet() && used >= 0 && total >= 0)
            m_made.push_back({i, static_cast<size_t>(used), static_cast<size_t>(total), rule.lowFrom});
    }
}

void UseCells::fill(RowBatch::Cell *cells, std::vector<char> &arena) const
{
    for (const Made &made : m_made) {
        const auto used = numberOf(cells[made.used], arena), total = numberOf(cells[made.total], arena);
        if (!used || !total)
            continue;
        const char *code = useState(*used, *total, made.lowFrom);
        RowBatch::Cell &cell = cells[made.field];
        cell.kind = RowBatch::Kind::Text;
        cell.offset = static_cast<quint32>(arena.size());
        cell.length = static_cast<quint32>(strlen(code));
        arena.insert(arena.end(), code, code + cell.length);
    }
}

} // namespace kboss
