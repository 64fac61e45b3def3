#include "models/formatters.h"

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
        Rules rules{rule(spec.toneWhen), rule(spec.markUnless), rule(spec.insteadWhen), -1};
        if (!spec.markBelow.isEmpty())
            rules.markBelow = m_schema.indexOf(spec.markBelow);
        m_rules.push_back(std::move(rules));
    }
}

void RowFormatter::applyRules(const Row &row, size_t column, CellText &cell) const
{
    const auto &spec = m_type->columns[column];
    const auto &rules = m_rules[column];
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
    for (size_t i = 0; i < m_type->columns.size(); ++i) {
        static const Value nothing;
        cells.push_back(formatCell(i < row.cells.size() ? row.cells[i] : nothing, m_type->columns[i], context));
        if (row.cells.size() == m_type->columns.size())
            applyRules(row, i, cells.back());
    }
    return cells;
}

} // namespace kboss
