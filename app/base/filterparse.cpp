#include "app/base/filter.h"

namespace kboss {
namespace {

constexpr int maxDepth = 50;
constexpr qsizetype maxLength = 20'000;

bool isNameStart(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || c == u'_';
}
bool isNamePart(QChar c)
{
    return isNameStart(c) || (c >= u'0' && c <= u'9');
}
bool isOperatorStart(QChar c)
{
    return c == u'=' || c == u'!' || c == u'<' || c == u'>' || c == u':';
}
bool isKeyword(QStringView word)
{
    return word == u"AND" || word == u"OR" || word == u"NOT";
}

bool isFieldPath(QStringView text)
{
    bool start = true;
    for (const QChar c : text) {
        if (start ? !isNameStart(c) : !(isNamePart(c) || c == u'.'))
            return false;
        start = c == u'.';
    }
    return !start;
}

FilterPtr group(FilterNode::Kind kind, std::vector<FilterPtr> children)
{
    if (children.size() == 1 && kind != FilterNode::Kind::Not)
        return std::move(children.front());
    auto node = std::make_shared<FilterNode>();
    node->kind = kind;
    node->children = std::move(children);
    return node;
}

// Recursive descent; every function returns null after a fault.
class Parser {
public:
    explicit Parser(QStringView text) : m_text(text) { }

    Result<FilterPtr> parse()
    {
        space();
        if (atEnd())
            return FilterPtr();
        FilterPtr filter = sequence(0);
        if (filter && !atEnd())
            filter = stop(m_at, QStringLiteral("AND, OR or the end expected"));
        if (!filter)
            return fail(ErrorKind::Rejected, m_fault);
        return filter;
    }

private:
    bool atEnd() const { return m_at >= m_text.size(); }
    QChar peek() const { return atEnd() ? QChar() : m_text[m_at]; }
    void space()
    {
        while (!atEnd() && peek().isSpace())
            ++m_at;
    }
    std::nullptr_t stop(qsizetype at, const QString &expected)
    {
        if (m_fault.isEmpty())
            m_fault = QStringLiteral("at %1: %2").arg(at + 1).arg(expected);
        return nullptr;
    }
    QStringView wordAhead() const
    {
        qsizetype end = m_at;
        while (end < m_text.size() && !m_text[end].isSpace() && m_text[end] != u'(' && m_text[end] != u')' && m_text[end] != u'"'
               && !isOperatorStart(m_text[end]))
            ++end;
        return m_text.mid(m_at, end - m_at);
    }
    bool takeKeyword(QStringView keyword)
    {
        if (wordAhead() != keyword)
            return false;
        m_at += keyword.size();
        space();
        return true;
    }
    FilterPtr sequence(int depth);
    FilterPtr expression(int depth);
    FilterPtr term(int depth);
    FilterPtr operand(int depth);
    FilterPtr restriction(QStringView field, qsizetype at);
    bool readOperator(FilterOp &op);
    bool readQuoted(QString &value);
    bool readValue(FilterNode &node);

    QStringView m_text;
    qsizetype m_at = 0;
    QString m_fault;
};

FilterPtr Parser::sequence(int depth)
{
    std::vector<FilterPtr> children;
    while (true) {
        FilterPtr child = expression(depth);
        if (!child)
            return nullptr;
        children.push_back(std::move(child));
        if (takeKeyword(u"AND"))
            continue;
        if (atEnd() || peek() == u')')
            return group(FilterNode::Kind::And, std::move(children));
    }
}

FilterPtr Parser::expression(int depth)
{
    std::vector<FilterPtr> children;
    do {
        FilterPtr child = term(depth);
        if (!child)
            return nullptr;
        children.push_back(std::move(child));
    } while (takeKeyword(u"OR"));
    return group(FilterNode::Kind::Or, std::move(children));
}

FilterPtr Parser::term(int depth)
{
    bool negated = takeKeyword(u"NOT");
    if (!negated && peek() == u'-') {
        negated = true;
        ++m_at;
    }
    FilterPtr inner = operand(depth);
    if (!inner || !negated)
        return inner;
    return group(FilterNode::Kind::Not, {std::move(inner)});
}

FilterPtr Parser::operand(int depth)
{
    const qsizetype at = m_at;
    if (peek() == u'(') {
        if (depth + 1 > maxDepth)
            return stop(at, QStringLiteral("nested deeper than %1").arg(maxDepth));
        ++m_at;
        space();
        FilterPtr inner = sequence(depth + 1);
        if (!inner)
            return nullptr;
        if (peek() != u')')
            return stop(m_at, QStringLiteral("\")\" expected"));
        ++m_at;
        space();
        return inner;
    }
    auto search = std::make_shared<FilterNode>();
    search->kind = FilterNode::Kind::Search;
    if (peek() == u'"') {
        search->quoted = true;
        if (!readQuoted(search->value))
            return nullptr;
        space();
        if (isOperatorStart(peek()))
            return stop(at, QStringLiteral("a field expected before the operator"));
        return search;
    }
    const QStringView word = wordAhead();
    if (word.isEmpty() || isKeyword(word))
        return stop(at, QStringLiteral("a field, a value or \"(\" expected"));
    m_at += word.size();
    space();
    if (isOperatorStart(peek()))
        return restriction(word, at);
    search->value = word.toString();
    return search;
}

FilterPtr Parser::restriction(QStringView field, qsizetype at)
{
    if (!isFieldPath(field))
        return stop(at, QStringLiteral("a field expected before the operator"));
    auto node = std::make_shared<FilterNode>();
    node->kind = FilterNode::Kind::Restriction;
    node->field = field.toString();
    if (!readOperator(node->op) || !readValue(*node))
        return nullptr;
    return node;
}

bool Parser::readOperator(FilterOp &op)
{
    const QChar first = peek();
    const qsizetype at = m_at++;
    const bool equals = peek() == u'=';
    if (equals && first != u'=' && first != u':')
        ++m_at;
    if (first == u'=')
        op = FilterOp::Equals;
    else if (first == u':')
        op = FilterOp::Has;
    else if (first == u'<')
        op = equals ? FilterOp::LessEquals : FilterOp::Less;
    else if (first == u'>')
        op = equals ? FilterOp::GreaterEquals : FilterOp::Greater;
    else if (equals)
        op = FilterOp::NotEquals;
    else
        stop(at, QStringLiteral("one of = != < <= > >= : expected"));
    space();
    return m_fault.isEmpty();
}

bool Parser::readQuoted(QString &value)
{
    const qsizetype from = m_at++;
    for (; !atEnd(); ++m_at) {
        const QChar c = peek();
        if (c == u'"') {
            ++m_at;
            return true;
        }
        if (c == u'\\') {
            ++m_at;
            if (peek() != u'"' && peek() != u'\\') {
                stop(m_at, QStringLiteral("\\\" or \\\\ expected"));
                return false;
            }
        }
        value.append(peek());
    }
    stop(m_at, QStringLiteral("the quotation begun at %1 has no end").arg(from + 1));
    return false;
}

// An unquoted value goes to the next blank, parenthesis or quotation mark: times may have colons.
bool Parser::readValue(FilterNode &node)
{
    if (peek() == u'"') {
        node.quoted = true;
        if (!readQuoted(node.value))
            return false;
        space();
        return true;
    }
    const qsizetype from = m_at;
    for (; !atEnd() && !peek().isSpace() && peek() != u'(' && peek() != u')' && peek() != u'"'; ++m_at) {
        if (isOperatorStart(peek()) && peek() != u':') {
            stop(m_at, QStringLiteral("a value with %1 in it has to be quoted").arg(peek()));
            return false;
        }
    }
    const QStringView word = m_text.mid(from, m_at - from);
    if (word.isEmpty() || isKeyword(word)) {
        stop(from, QStringLiteral("a value expected"));
        return false;
    }
    node.value = word.toString();
    space();
    return true;
}

} // namespace

Result<FilterPtr> parseFilter(const QString &text)
{
    if (text.size() > maxLength)
        return fail(ErrorKind::Rejected, QStringLiteral("at %1: longer than %2 characters").arg(maxLength + 1).arg(maxLength));
    return Parser(text).parse();
}

bool sameFilter(const FilterPtr &a, const FilterPtr &b)
{
    if (!a || !b)
        return !a && !b;
    if (a->kind != b->kind || a->field != b->field || a->value != b->value || a->children.size() != b->children.size())
        return false;
    if (a->kind == FilterNode::Kind::Restriction && a->op != b->op)
        return false;
    for (size_t i = 0; i < a->children.size(); ++i) {
        if (!sameFilter(a->children[i], b->children[i]))
            return false;
    }
    return true;
}

Result<std::vector<SortKey>> parseOrderBy(const QString &text)
{
    std::vector<SortKey> keys;
    if (text.size() > maxLength)
        return fail(ErrorKind::Rejected, QStringLiteral("at %1: longer than %2 characters").arg(maxLength + 1).arg(maxLength));
    if (text.trimmed().isEmpty())
        return keys;
    qsizetype at = 0;
    for (const QStringView part : QStringView(text).split(u',')) {
        const QString piece = part.toString().simplified();
        const qsizetype blank = piece.indexOf(u' ');
        SortKey key{blank < 0 ? piece : piece.left(blank), false};
        const QString direction = blank < 0 ? QString() : piece.mid(blank + 1).toLower();
        if (!isFieldPath(key.field))
            return fail(ErrorKind::Rejected, QStringLiteral("at %1: a field expected").arg(at + 1));
        if (!direction.isEmpty() && direction != QLatin1String("asc") && direction != QLatin1String("desc"))
            return fail(ErrorKind::Rejected, QStringLiteral("at %1: asc or desc expected after %2").arg(at + 1).arg(key.field), key.field);
        for (const SortKey &other : keys) {
            if (other.field == key.field)
                return fail(ErrorKind::Rejected, QStringLiteral("at %1: %2 is named twice").arg(at + 1).arg(key.field), key.field);
        }
        key.descending = direction == QLatin1String("desc");
        keys.push_back(std::move(key));
        at += part.size() + 1;
    }
    return keys;
}

} // namespace kboss
