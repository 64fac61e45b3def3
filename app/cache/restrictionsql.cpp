#include "app/cache/restrictionsql.h"

#include "app/base/timetext.h"

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

QString operatorText(FilterOp op)
{
    switch (op) {
    case FilterOp::NotEquals:
        return u" <> "_s;
    case FilterOp::Less:
        return u" < "_s;
    case FilterOp::LessEquals:
        return u" <= "_s;
    case FilterOp::Greater:
        return u" > "_s;
    case FilterOp::GreaterEquals:
        return u" >= "_s;
    default:
        return u" = "_s;
    }
}

// Misfits are BLOBs, which sort after every value: where a comparison could reach them they are left out.
QString withoutMisfits(const QString &column, FilterOp op)
{
    const bool open = op == FilterOp::Greater || op == FilterOp::GreaterEquals || op == FilterOp::NotEquals;
    return open ? u" AND typeof(%1) <> 'blob'"_s.arg(column) : QString();
}

SqlFragment compare(const QString &column, FilterOp op, const QVariant &value)
{
    return {u"(%1%2?%3)"_s.arg(column, operatorText(op), withoutMisfits(column, op)), {value}};
}

SqlFragment present(const QString &column)
{
    return {u"(%1 IS NOT NULL)"_s.arg(column), {}};
}

SqlFragment textSql(const FilterNode &node, const QString &column)
{
    QStringView value = node.value;
    if (node.op == FilterOp::Has)
        return value == u"*" ? present(column) : SqlFragment{u"kboss_like(%1, ?)"_s.arg(column), {node.value.toLower()}};
    const bool equality = node.op == FilterOp::Equals || node.op == FilterOp::NotEquals;
    const bool open = equality && value.endsWith(u'*');
    if (open)
        value.chop(1);
    const bool anyStart = equality && value.startsWith(u'*');
    if (anyStart)
        value = value.mid(1);
    if (!open && !anyStart)
        return compare(column, node.op, node.value);
    QString text = open && anyStart ? u"instr(%1, ?) > 0"_s : open ? u"substr(%1, 1, length(?1x)) = ?"_s : QString();
    const QString word = value.toString();
    SqlFragment fragment;
    if (open && anyStart)
        fragment = {u"instr(%1, ?) > 0"_s.arg(column), {word}};
    else if (open)
        fragment = {u"substr(%1, 1, %2) = ?"_s.arg(column).arg(word.toUcs4().size()), {word}};
    else
        fragment = {u"substr(%1, -%2) = ?"_s.arg(column).arg(word.toUcs4().size()), {word}};
    const QString not_ = node.op == FilterOp::NotEquals ? u"NOT "_s : QString();
    fragment.text = u"(typeof(%1) = 'text' AND %2(%3))"_s.arg(column, not_, fragment.text);
    return fragment;
}

} // namespace

Result<SqlFragment> restrictionSql(const FilterNode &node, const TableSchema &schema)
{
    const QString id = node.field.section(u'.', 0, 0);
    const int index = schema.indexOf(id);
    if (index < 0)
        return fail(ErrorKind::Rejected, u"no such field"_s, node.field);
    return textSql(node, columnName(id));
}

} // namespace kboss
