#include "app/cache/filtersql.h"

#include "app/cache/restrictionsql.h"

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

QString joined(const FilterPtr &node, const TableSchema &schema, QList<QVariant> &values, Error &error);

QString joinedChildren(const FilterNode &node, const QString &word, const TableSchema &schema, QList<QVariant> &values, Error &error)
{
    QStringList parts;
    for (const FilterPtr &child : node.children)
        parts << joined(child, schema, values, error);
    return parts.isEmpty() ? u"1"_s : u'(' + parts.join(word) + u')';
}

// A bare word: any text field holds it, or its pinyin initials do.
QString searchSql(const FilterNode &node, const TableSchema &schema, QList<QVariant> &values)
{
    QStringList parts;
    for (const FieldSchema &field : schema.fields) {
        if (field.type != FieldType::Text)
            continue;
        parts << u"kboss_like(%1, ?)"_s.arg(columnName(field.id));
        values << node.value.toLower();
    }
    return parts.isEmpty() ? u"0"_s : u'(' + parts.join(u" OR "_s) + u')';
}

QString joined(const FilterPtr &node, const TableSchema &schema, QList<QVariant> &values, Error &error)
{
    switch (node->kind) {
    case FilterNode::Kind::And:
        return joinedChildren(*node, u" AND "_s, schema, values, error);
    case FilterNode::Kind::Or:
        return joinedChildren(*node, u" OR "_s, schema, values, error);
    case FilterNode::Kind::Not:
        // A restriction is true or it is not: NULL counts as "not", and NOT of it as true.
        return u"(coalesce("_s + joined(node->children.front(), schema, values, error) + u", 0) = 0)"_s;
    case FilterNode::Kind::Search:
        return searchSql(*node, schema, values);
    case FilterNode::Kind::Restriction:
        break;
    }
    const auto restriction = restrictionSql(*node, schema);
    if (!restriction) {
        error = restriction.error();
        return u"0"_s;
    }
    values << restriction->values;
    return restriction->text;
}

} // namespace

Result<SqlFragment> whereSql(const FilterPtr &filter, const TableSchema &schema)
{
    if (!filter)
        return SqlFragment{u"1"_s, {}};
    SqlFragment fragment;
    Error error;
    fragment.text = joined(filter, schema, fragment.values, error);
    if (!error.detail.isEmpty())
        return fail(error);
    return fragment;
}

} // namespace kboss
