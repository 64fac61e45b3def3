#include "app/base/filter.h"

#include <QStringList>

namespace kboss {
namespace {

using Kind = FilterNode::Kind;

bool isPlain(const QString &value, bool bare)
{
    if (value.isEmpty() || value == u"AND" || value == u"OR" || value == u"NOT" || (bare && value.startsWith(u'-')))
        return false;
    for (const QChar c : value) {
        const bool letterOrDigit = c.unicode() < 0x80 && c.isLetterOrNumber();
        if (!letterOrDigit && !QStringView(u"_*.-+%/@").contains(c))
            return false;
    }
    return true;
}

QString printValue(const QString &value, bool bare)
{
    if (isPlain(value, bare))
        return value;
    QString quoted = value;
    quoted.replace(u'\\', QLatin1String("\\\\")).replace(u'"', QLatin1String("\\\""));
    return u'"' + quoted + u'"';
}

QString operatorText(FilterOp op)
{
    switch (op) {
    case FilterOp::Equals:
        return QStringLiteral(" = ");
    case FilterOp::NotEquals:
        return QStringLiteral(" != ");
    case FilterOp::Less:
        return QStringLiteral(" < ");
    case FilterOp::LessEquals:
        return QStringLiteral(" <= ");
    case FilterOp::Greater:
        return QStringLiteral(" > ");
    case FilterOp::GreaterEquals:
        return QStringLiteral(" >= ");
    case FilterOp::Has:
        return QStringLiteral(":");
    }
    return {};
}

// Parentheses where the tree needs them and nowhere else: a printed text is never nested deeper than one a person wrote.
QString print(const FilterNode &node)
{
    switch (node.kind) {
    case Kind::Search:
        return printValue(node.value, true);
    case Kind::Restriction:
        return node.field + operatorText(node.op) + printValue(node.value, false);
    case Kind::Not: {
        if (node.children.empty())
            return {};
        const Kind inner = node.children.front()->kind;
        const QString text = print(*node.children.front());
        return inner == Kind::Search || inner == Kind::Restriction ? QStringLiteral("NOT ") + text : QStringLiteral("NOT (") + text + u')';
    }
    case Kind::And:
    case Kind::Or:
        break;
    }
    QStringList parts;
    for (const FilterPtr &child : node.children) {
        const bool wrap = child->kind == Kind::And || (child->kind == Kind::Or && node.kind == Kind::Or);
        const bool several = child->children.size() > 1;
        parts.append(wrap && several ? u'(' + print(*child) + u')' : print(*child));
    }
    return parts.join(node.kind == Kind::And ? QLatin1String(" AND ") : QLatin1String(" OR "));
}

} // namespace

QString printFilter(const FilterPtr &filter)
{
    return filter ? print(*filter) : QString();
}

QString printOrderBy(const std::vector<SortKey> &keys)
{
    QStringList parts;
    for (const SortKey &key : keys)
        parts.append(key.descending ? key.field + QStringLiteral(" desc") : key.field);
    return parts.join(QLatin1String(", "));
}

} // namespace kboss
