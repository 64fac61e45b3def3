#include "models/formatters.h"

#include <QCoreApplication>
#include <algorithm>

namespace kboss {

namespace {

FilterPtr rule(const QString &text)
{
    return parseFilter(text).value_or(nullptr);
}

} // namespace

RowFormatter::RowFormatter(const ResourceType &type) : m_type(&type), m_schema(type.schema())
{
    m_rules.reserve(type.columns.size());
    for (const auto &spec : type.columns) {
        Rules rules{rule(spec.toneWhen), rule(spec.markUnless), rule(spec.insteadWhen), -1, -1, -1};
        if (spec.format == ColumnFormat::Usage)
            rules.limit = m_schema.indexOf(spec.limit);
        if (!spec.markBelow.isEmpty())
            rules.markBelow = m_schema.indexOf(spec.markBelow);
        if (!spec.otherwise.isEmpty())
            rules.otherwise = m_schema.indexOf(spec.otherwise);
        m_rules.push_back(std::move(rules));
    }
}

namespace {

std::optional<Decimal> numberOf(const Value &value)
{
    if (const auto *whole = std::get_if<qint64>(&value))
        return Decimal(*whole);
    const auto *number = std::get_if<Decimal>(&value);
    return number ? std::optional(*number) : std::nullopt;
}

} // namespace

// "15.21 / 16", and how much of it that is.
void RowFormatter::applyLimit(const Row &row, size_t column, CellText &cell) const
{
    const auto &spec = m_type->columns[column];
    const auto used = numberOf(row.cells[column]), limit = numberOf(row.cells[static_cast<size_t>(m_rules[column].limit)]);
    if (!used)
        return;
    if (!limit || limit->isZero() || limit->isNegative()) {
        cell.hint = QCoreApplication::translate("Formatters", "no limit");
        return;
    }
    const double percent = 100.0 * used->toString().toDouble() / limit->toString().toDouble();
    cell.text += QStringLiteral(" / ") + formatQuantity(*limit);
    cell.full += QStringLiteral(" / ") + limit->normalized().toString();
    cell.hint = QStringLiteral("%1 %").arg(percent, 0, 'f', 1);
    cell.bar = std::clamp(percent / 100.0, 0.0, 1.0);
    cell.tone = spec.badFrom > 0 && percent >= spec.badFrom ? Tone::Bad : spec.warnFrom > 0 && percent >= spec.warnFrom ? Tone::Warn : Tone::None;
    cell.dim = false;
}

void RowFormatter::applyRules(const Row &row, size_t column, CellText &cell) const
{
    const auto &spec = m_type->columns[column];
    const auto &rules = m_rules[column];
    if (rules.limit >= 0)
        applyLimit(row, column, cell);
    if (rules.insteadWhen && matches(rules.insteadWhen, m_schema, row)) {
        cell.text = spec.instead.text();
        cell.hint = cell.full;
        cell.tone = Tone::None;
        cell.dim = true;
        return;
    }
    if (rules.toneWhen && matches(rules.toneWhen, m_schema, row))
        cell.tone = spec.tone;
    if (rules.markBelow < 0 || (rules.markUnless && matches(rules.markUnless, m_schema, row)))
        return;
    const auto *amount = std::get_if<Money>(&row.cells[column]);
    const auto *limit = std::get_if<Money>(&row.cells[static_cast<size_t>(rules.markBelow)]);
    if (!amount || !limit || amount->currency != limit->currency || amount->amount() >= limit->amount())
        return;
    cell.marker = true;
    if (cell.tone == Tone::None)
        cell.tone = Tone::Warn;
}

std::vector<CellText> RowFormatter::format(const Row &row, const FormatContext &context) const
{
    std::vector<CellText> cells;
    cells.reserve(m_type->columns.size());
    const bool whole = row.cells.size() == m_type->columns.size();
    for (size_t i = 0; i < m_type->columns.size(); ++i) {
        static const Value nothing;
        const int otherwise = whole ? m_rules[i].otherwise : -1;
        const bool set = otherwise < 0 || !isNull(row.cells[i]);
        const size_t from = set ? i : static_cast<size_t>(otherwise);
        cells.push_back(formatCell(from < row.cells.size() ? row.cells[from] : nothing, m_type->columns[i], context));
        if (whole)
            applyRules(row, i, cells.back());
    }
    return cells;
}

} // namespace kboss
