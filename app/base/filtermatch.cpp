#include "app/base/filteroperand.h"

namespace kboss {
namespace {

using Op = FilterOp;

bool orderHolds(Op op, std::strong_ordering order)
{
    switch (op) {
    case Op::Equals:
    case Op::Has:
        return order == 0;
    case Op::NotEquals:
        return order != 0;
    case Op::Less:
        return order < 0;
    case Op::LessEquals:
        return order <= 0;
    case Op::Greater:
        return order > 0;
    case Op::GreaterEquals:
        return order >= 0;
    }
    return false;
}

std::strong_ordering byCodePoint(const QString &a, const QString &b)
{
    return a.toUtf8().compare(b.toUtf8()) <=> 0;
}

bool textHolds(const FilterOperand &operand, const QString &text)
{
    switch (operand.op) {
    case Op::Equals:
    case Op::Has:
        return operand.pattern.matches(text);
    case Op::NotEquals:
        return !operand.pattern.matches(text);
    default:
        return orderHolds(operand.op, byCodePoint(text, operand.pattern.text));
    }
}

bool moneyHolds(const FilterOperand &operand, const Money &money)
{
    using Part = FilterOperand::Part;
    switch (operand.part) {
    case Part::Units:
        return orderHolds(operand.op, Decimal(money.units) <=> operand.number);
    case Part::Nanos:
        return orderHolds(operand.op, Decimal(money.nanos) <=> operand.number);
    case Part::Currency:
        return textHolds(operand, money.currency);
    case Part::Whole:
        break;
    }
    if (!operand.currency.isEmpty() && operand.currency != money.currency)
        return operand.op == Op::NotEquals;
    return orderHolds(operand.op, money.amount() <=> operand.number);
}

bool instantHolds(const FilterOperand &operand, qint64 ms)
{
    switch (operand.op) {
    case Op::Equals:
    case Op::Has:
        return ms >= operand.fromMs && ms < operand.toMs;
    case Op::NotEquals:
        return ms < operand.fromMs || ms >= operand.toMs;
    case Op::Less:
        return ms < operand.fromMs;
    case Op::LessEquals:
        return ms < operand.toMs;
    case Op::Greater:
        return ms >= operand.toMs;
    case Op::GreaterEquals:
        return ms >= operand.fromMs;
    }
    return false;
}

bool restrictionHolds(const FilterOperand &operand, const Value &value)
{
    if (operand.presence)
        return !isNull(value);
    switch (operand.type) {
    case FieldType::Text:
    case FieldType::Enum:
        if (const auto *text = std::get_if<QString>(&value))
            return textHolds(operand, *text);
        break;
    case FieldType::Integer:
        if (const auto *number = std::get_if<qint64>(&value))
            return orderHolds(operand.op, Decimal(*number) <=> operand.number);
        break;
    case FieldType::Decimal:
        if (const auto *number = std::get_if<Decimal>(&value))
            return orderHolds(operand.op, *number <=> operand.number);
        break;
    case FieldType::Boolean:
        if (const auto *flag = std::get_if<bool>(&value))
            return (*flag == operand.boolean) == (operand.op != Op::NotEquals);
        break;
    case FieldType::DateTime:
        if (const auto *instant = std::get_if<Instant>(&value))
            return instantHolds(operand, instant->ms);
        break;
    case FieldType::Date:
        if (const auto *date = std::get_if<QDate>(&value))
            return orderHolds(operand.op, date->toJulianDay() <=> operand.date.toJulianDay());
        break;
    case FieldType::Money:
    case FieldType::Secret:
        break;
    }
    if (const auto *money = std::get_if<Money>(&value))
        return moneyHolds(operand, *money);
    return operand.op == Op::NotEquals;
}

Result<void> check(const FilterNode &node, const TableSchema &schema)
{
    if (node.kind == FilterNode::Kind::Restriction) {
        const auto operand = resolveOperand(node, schema);
        return operand ? Result<void>() : fail(operand.error());
    }
    for (const FilterPtr &child : node.children) {
        if (auto checked = check(*child, schema); !checked)
            return checked;
    }
    return {};
}

} // namespace

FilterMatcher::FilterMatcher(const FilterPtr &filter, const TableSchema &schema) : m_all(!filter)
{
    if (filter)
        m_root = build(*filter, schema);
    for (size_t i = 0; i < schema.fields.size(); ++i) {
        if (schema.fields[i].type == FieldType::Text || schema.fields[i].type == FieldType::Enum)
            m_texts.push_back(i);
    }
}

FilterMatcher::Step FilterMatcher::build(const FilterNode &node, const TableSchema &schema)
{
    Step step;
    step.kind = node.kind;
    for (const FilterPtr &child : node.children)
        step.children.push_back(build(*child, schema));
    if (node.kind == FilterNode::Kind::Search)
        step.search = searchPattern(node.value);
    if (node.kind == FilterNode::Kind::Restriction)
        step.operand = resolveOperand(node, schema).value_or(FilterOperand());
    return step;
}

bool FilterMatcher::operator()(const Row &row) const
{
    return m_all || holds(m_root, row);
}

bool FilterMatcher::holds(const Step &step, const Row &row) const
{
    using Kind = FilterNode::Kind;
    const auto child = [&](const Step &one) { return holds(one, row); };
    switch (step.kind) {
    case Kind::And:
        return std::all_of(step.children.begin(), step.children.end(), child);
    case Kind::Or:
        return std::any_of(step.children.begin(), step.children.end(), child);
    case Kind::Not:
        return step.children.empty() || !child(step.children.front());
    case Kind::Restriction: {
        const auto field = static_cast<size_t>(step.operand.field);
        return step.operand.field >= 0 && field < row.cells.size() && restrictionHolds(step.operand, row.cells[field]);
    }
    case Kind::Search:
        return std::any_of(m_texts.begin(), m_texts.end(), [&](size_t field) {
            const auto *text = field < row.cells.size() ? std::get_if<QString>(&row.cells[field]) : nullptr;
            return text && step.search.matches(*text);
        });
    }
    return false;
}

bool matches(const FilterPtr &filter, const TableSchema &schema, const Row &row)
{
    return FilterMatcher(filter, schema)(row);
}

Result<void> checkFilter(const FilterPtr &filter, const TableSchema &schema)
{
    return filter ? check(*filter, schema) : Result<void>();
}

} // namespace kboss
