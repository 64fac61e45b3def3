#include "app/cache/restrictionsql.h"

#include <limits>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

using Op = FilterOp;

const SqlFragment nowhere{u"0"_s, {}};

// Misfits are BLOBs, which sort after every value: a comparison that is open upwards has to leave them out.
SqlFragment above(const QString &column, bool orEqual, const QVariant &value)
{
    return {u"(%1 %2 ? AND typeof(%1) <> 'blob')"_s.arg(column, orEqual ? u">="_s : u">"_s), {value}};
}

SqlFragment below(const QString &column, bool orEqual, const QVariant &value)
{
    return {u"(%1 %2 ?)"_s.arg(column, orEqual ? u"<="_s : u"<"_s), {value}};
}

SqlFragment equal(const QString &column, const QVariant &value)
{
    return {u"(%1 = ?)"_s.arg(column), {value}};
}

SqlFragment ordered(const QString &column, Op op, const QVariant &value)
{
    switch (op) {
    case Op::Less:
    case Op::LessEquals:
        return below(column, op == Op::LessEquals, value);
    case Op::Greater:
    case Op::GreaterEquals:
        return above(column, op == Op::GreaterEquals, value);
    default:
        return equal(column, value);
    }
}

SqlFragment patternSql(const QString &column, const FilterPattern &pattern)
{
    if (pattern.cases == Qt::CaseInsensitive)
        return likeSql(column, pattern);
    if (!pattern.openStart && !pattern.openEnd)
        return equal(column, pattern.text);
    const auto length = QString::number(pattern.text.toUcs4().size());
    const QString test = pattern.openStart && pattern.openEnd ? u"instr(%1, ?) > 0"_s
        : pattern.openEnd                                     ? u"substr(%1, 1, %2) = ?"_s
        : pattern.text.isEmpty()                              ? u"? = ''"_s
                                                              : u"substr(%1, -%2) = ?"_s;
    return {u"(typeof(%1) = 'text' AND "_s.arg(column) + QString(test).replace(u"%1"_s, column).replace(u"%2"_s, length) + u')', {pattern.text}};
}

SqlFragment textSql(const QString &column, const FilterOperand &operand)
{
    const bool order = operand.op != Op::Equals && operand.op != Op::NotEquals && operand.op != Op::Has;
    return order ? ordered(column, operand.op, operand.pattern.text) : patternSql(column, operand.pattern);
}

// A number in whole parts of 10^-scale: the largest one not above it, and whether that is the number itself.
struct WholePart {
    Decimal::Coefficient floor;
    bool exact;

    explicit WholePart(const Decimal &number, int scale = 0)
    {
        const Decimal whole = number.rounded(scale, Rounding::Floor);
        exact = whole == number;
        floor = whole.coefficient();
        for (int i = whole.scale(); i < scale; ++i)
            floor *= 10;
    }
    bool fits() const { return floor >= std::numeric_limits<qint64>::min() && floor <= std::numeric_limits<qint64>::max(); }
    qint64 value() const { return static_cast<qint64>(floor); }
};

SqlFragment integerSql(const QString &column, Op op, const Decimal &number)
{
    const WholePart whole(number);
    const bool wantsLess = op == Op::Less || op == Op::LessEquals, wantsMore = op == Op::Greater || op == Op::GreaterEquals;
    if (!whole.fits()) {
        const bool everywhere = number.isNegative() ? wantsMore : wantsLess;
        return everywhere ? SqlFragment{u"(typeof(%1) = 'integer')"_s.arg(column), {}} : nowhere;
    }
    if (wantsLess)
        return below(column, op == Op::LessEquals || !whole.exact, whole.value());
    if (wantsMore)
        return above(column, op == Op::GreaterEquals && whole.exact, whole.value());
    return whole.exact ? equal(column, whole.value()) : nowhere;
}

// Amounts are whole numbers of nanos: units and nanos have one sign, so (units, nanos) orders as the amount does.
SqlFragment amountSql(const QStringList &columns, Op op, const Decimal &number)
{
    const WholePart whole(number, 9);
    const Decimal::Coefficient units = whole.floor / 1'000'000'000, nanos = whole.floor % 1'000'000'000; // both towards zero
    const bool wantsLess = op == Op::Less || op == Op::LessEquals, wantsMore = op == Op::Greater || op == Op::GreaterEquals;
    if (units > std::numeric_limits<qint64>::max() || units < std::numeric_limits<qint64>::min()) {
        const bool everywhere = number.isNegative() ? wantsMore : wantsLess;
        return everywhere ? SqlFragment{u"(typeof(%1) = 'integer')"_s.arg(columns[0]), {}} : nowhere;
    }
    const QList<QVariant> values{static_cast<qint64>(units), static_cast<qint64>(nanos)};
    const QString pair = u"(%1, %2)"_s.arg(columns[0], columns[1]);
    if (wantsLess)
        return {u"(%1 %2 (?, ?))"_s.arg(pair, op == Op::LessEquals || !whole.exact ? u"<="_s : u"<"_s), values};
    if (wantsMore)
        return {u"(%1 %2 (?, ?) AND typeof(%3) = 'integer')"_s.arg(pair, op == Op::GreaterEquals && whole.exact ? u">="_s : u">"_s, columns[0]),
                values};
    return whole.exact ? SqlFragment{u"(%1 = (?, ?))"_s.arg(pair), values} : nowhere;
}

SqlFragment moneySql(const QStringList &columns, const FilterOperand &operand)
{
    switch (operand.part) {
    case FilterOperand::Part::Units:
        return integerSql(columns[0], operand.op, operand.number);
    case FilterOperand::Part::Nanos:
        return integerSql(columns[1], operand.op, operand.number);
    case FilterOperand::Part::Currency:
        return textSql(columns[2], operand);
    case FilterOperand::Part::Whole:
        break;
    }
    SqlFragment amount = amountSql(columns, operand.op, operand.number);
    if (operand.currency.isEmpty())
        return amount;
    amount.text = u"(%1 AND %2 = ?)"_s.arg(amount.text, columns[2]);
    amount.values << operand.currency;
    return amount;
}

SqlFragment instantSql(const QString &column, const FilterOperand &operand)
{
    switch (operand.op) {
    case Op::Less:
        return below(column, false, operand.fromMs);
    case Op::LessEquals:
        return below(column, false, operand.toMs);
    case Op::Greater:
        return above(column, true, operand.toMs);
    case Op::GreaterEquals:
        return above(column, true, operand.fromMs);
    default:
        return {u"(%1 >= ? AND %1 < ?)"_s.arg(column), {operand.fromMs, operand.toMs}};
    }
}

// For every operator but !=, which is made from =.
SqlFragment positiveSql(const FilterOperand &operand, const FieldSchema &field)
{
    const QStringList columns = columnNames(field);
    if (field.type == FieldType::Money)
        return moneySql(columns, operand);
    switch (operand.type) {
    case FieldType::Integer:
        return integerSql(columns[0], operand.op, operand.number);
    case FieldType::Decimal:
        return ordered(columns[1], operand.op, QString::fromLatin1(decimalKey(operand.number)));
    case FieldType::Boolean:
        return equal(columns[0], operand.boolean ? 1 : 0);
    case FieldType::DateTime:
        return instantSql(columns[0], operand);
    case FieldType::Date:
        return ordered(columns[0], operand.op, operand.date.toString(Qt::ISODate));
    default:
        return textSql(columns[0], operand);
    }
}

SqlFragment functionSql(const QString &name, const QString &column, const FilterPattern &pattern)
{
    const int ends = (pattern.openStart ? 1 : 0) + (pattern.openEnd ? 2 : 0);
    return {u"%1(%2, ?, %3)"_s.arg(name, column).arg(ends), {pattern.text}};
}

} // namespace

SqlFragment likeSql(const QString &column, const FilterPattern &pattern)
{
    return functionSql(u"kboss_like"_s, column, pattern);
}

SqlFragment searchSql(const QString &column, const FilterPattern &pattern)
{
    return functionSql(u"kboss_search"_s, column, pattern);
}

SqlFragment restrictionSql(const FilterOperand &operand, const TableSchema &schema)
{
    const FieldSchema &field = schema.fields[static_cast<size_t>(operand.field)];
    if (operand.presence)
        return {u"(%1 IS NOT NULL)"_s.arg(columnNames(field).front()), {}};
    if (operand.op != Op::NotEquals)
        return positiveSql(operand, field);
    FilterOperand same = operand; // "not equal" holds for NULL and misfits as well
    same.op = Op::Equals;
    SqlFragment fragment = positiveSql(same, field);
    fragment.text = u"(coalesce(%1, 0) = 0)"_s.arg(fragment.text);
    return fragment;
}

} // namespace kboss
