#include "ui/filterconditions.h"

#include "app/base/quantity.h"
#include "app/base/timetext.h"
#include "models/formatters.h"

namespace kboss {

using namespace Qt::StringLiterals;

const ColumnSpec *FilterWords::columnOf(const ResourceType &type, const QString &field)
{
    if (const ColumnSpec *column = type.column(field))
        return column;
    return type.column(field.section(u'.', 0, 0));
}

QString FilterWords::operatorWord(FilterOp op, FieldType type)
{
    const bool word = type == FieldType::Enum || type == FieldType::Boolean || type == FieldType::Text;
    const bool time = type == FieldType::DateTime || type == FieldType::Date;
    switch (op) {
    case FilterOp::Equals:
        return word ? tr("is") : u"="_s;
    case FilterOp::NotEquals:
        return word ? tr("is not") : u"≠"_s;
    case FilterOp::Less:
        return time ? tr("before") : u"<"_s;
    case FilterOp::LessEquals:
        return time ? tr("until") : u"≤"_s;
    case FilterOp::Greater:
        return time ? tr("after") : u">"_s;
    case FilterOp::GreaterEquals:
        return time ? tr("since") : u"≥"_s;
    case FilterOp::Has:
        return tr("contains");
    }
    return {};
}

QString FilterWords::say(const FilterPtr &filter, bool nested) const
{
    if (!filter)
        return {};
    QStringList parts;
    switch (filter->kind) {
    case FilterNode::Kind::Restriction:
        return sayRestriction(*filter);
    case FilterNode::Kind::Search:
        return tr("search “%1”").arg(filter->value);
    case FilterNode::Kind::Not:
        return filter->children.empty() ? QString() : tr("not %1").arg(say(filter->children.front(), true));
    case FilterNode::Kind::And:
    case FilterNode::Kind::Or:
        for (const FilterPtr &child : filter->children)
            parts << say(child, true);
        break;
    }
    const QString joined = parts.join(filter->kind == FilterNode::Kind::Or ? tr(" or ") : tr(" and "));
    return nested ? u'(' + joined + u')' : joined;
}

QString FilterWords::sayRestriction(const FilterNode &node) const
{
    const ColumnSpec *column = columnOf(m_type, node.field);
    QString label = column ? column->label.text() : node.field;
    const QString member = node.field.section(u'.', 1);
    if (member == "currency_code"_L1)
        label = tr("%1, currency").arg(label);
    else if (!member.isEmpty())
        label += u'.' + member;
    if (node.op == FilterOp::Has && node.value == u"*"_s)
        return tr("%1 is set").arg(label);
    if ((node.op == FilterOp::Equals || node.op == FilterOp::NotEquals) && node.value.isEmpty())
        return node.op == FilterOp::Equals ? tr("%1 is empty").arg(label) : tr("%1 is not empty").arg(label);
    const FieldType type = column && member.isEmpty() ? column->field.type : FieldType::Text;
    const bool listed = column && !column->values.empty();
    return label + u' ' + operatorWord(node.op, listed ? FieldType::Enum : type) + u' ' + sayValue(node, column);
}

QString FilterWords::sayValue(const FilterNode &node, const ColumnSpec *column) const
{
    if (!column || node.field.contains(u'.'))
        return node.value;
    for (const EnumLabel &value : column->values) {
        if (value.value == node.value)
            return value.label.text();
    }
    switch (column->field.type) {
    case FieldType::Boolean:
        return node.value == "true"_L1 ? tr("yes") : tr("no");
    case FieldType::Money: {
        const QString currency = node.value.section(u' ', 1).trimmed();
        const Result<Decimal> amount = Decimal::parse(node.value.section(u' ', 0, 0));
        if (!amount)
            return node.value;
        const QString figures = formatAmount(*amount, amount->scale() > 0 ? 2 : 0);
        return currency.isEmpty() ? figures : figures + u' ' + currency;
    }
    case FieldType::Integer:
    case FieldType::Decimal: {
        if (const QString span = column->field.reading == FieldReading::Duration ? plainOperand(node.value, FieldReading::Duration) : QString();
            !span.isEmpty())
            return formatDurationWords(span.toLongLong());
        const Result<Decimal> number = Decimal::parse(node.value);
        const QString unit = column->unit.text();
        return (number ? formatAmount(*number, 0) : node.value) + (unit.isEmpty() ? QString() : u' ' + unit);
    }
    case FieldType::DateTime: {
        const auto ms = parseInstant(node.value, m_zone);
        if (!ms)
            return node.value;
        const QString full = formatFullTime(*ms, m_zone);
        return full.endsWith(u" 00:00:00"_s) ? full.left(10) : full.left(16);
    }
    case FieldType::Text:
        return u'“' + node.value + u'”';
    default:
        return node.value;
    }
}

} // namespace kboss
