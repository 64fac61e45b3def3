#include "app/cache/filtersql.h"

#include "app/cache/restrictionsql.h"

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

// As a balanced tree: SQLite limits the depth of an expression, and a long chain is as deep as it is long.
QString balanced(const QStringList &parts, const QString &word, qsizetype from, qsizetype count)
{
    if (count == 1)
        return parts[from];
    const qsizetype half = count / 2;
    return u'(' + balanced(parts, word, from, half) + word + balanced(parts, word, from + half, count - half) + u')';
}

// Restrictions are true, false or NULL; NULL counts as false, which coalesce() says where a NOT would pass it on.
class WhereBuilder {
public:
    explicit WhereBuilder(const TableSchema &schema) : m_schema(schema) { }

    QString add(const FilterNode &node)
    {
        switch (node.kind) {
        case FilterNode::Kind::And:
            return children(node, u" AND "_s, u"1"_s);
        case FilterNode::Kind::Or:
            return children(node, u" OR "_s, u"0"_s);
        case FilterNode::Kind::Not:
            return node.children.empty() ? u"1"_s : u"(coalesce("_s + add(*node.children.front()) + u", 0) = 0)"_s;
        case FilterNode::Kind::Search:
            return search(node);
        case FilterNode::Kind::Restriction:
            break;
        }
        const auto operand = resolveOperand(node, m_schema);
        if (operand)
            return take(restrictionSql(*operand, m_schema));
        error = operand.error();
        return u"0"_s;
    }

    QList<QVariant> values;
    std::optional<Error> error;

private:
    QString take(SqlFragment fragment)
    {
        values << fragment.values;
        return fragment.text;
    }

    QString children(const FilterNode &node, const QString &word, const QString &ifNone)
    {
        QStringList parts;
        for (const FilterPtr &child : node.children)
            parts << add(*child);
        return parts.isEmpty() ? ifNone : balanced(parts, word, 0, parts.size());
    }

    QString search(const FilterNode &node)
    {
        const FilterPattern pattern = searchPattern(node.value);
        QStringList parts;
        for (const FieldSchema &field : m_schema.fields) {
            if (field.type == FieldType::Text || field.type == FieldType::Enum)
                parts << take(searchSql(columnName(field.id), pattern));
        }
        return parts.isEmpty() ? u"0"_s : balanced(parts, u" OR "_s, 0, parts.size());
    }

    const TableSchema &m_schema;
};

} // namespace

Result<SqlFragment> whereSql(const FilterPtr &filter, const TableSchema &schema)
{
    if (!filter)
        return SqlFragment{u"1"_s, {}};
    WhereBuilder builder(schema);
    const QString text = builder.add(*filter);
    if (builder.error)
        return fail(*builder.error);
    return SqlFragment{text, builder.values};
}

} // namespace kboss
