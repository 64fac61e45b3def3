#include "ui/filterconditions.h"

#include <QJsonObject>
#include <QRegularExpression>

namespace kboss {

using namespace Qt::StringLiterals;

FilterPtr makeRestriction(const QString &field, FilterOp op, const QString &value, bool quoted)
{
    auto node = std::make_shared<FilterNode>();
    node->kind = FilterNode::Kind::Restriction;
    node->field = field;
    node->op = op;
    node->value = value;
    node->quoted = quoted;
    return node;
}

namespace {

FilterPtr searchNode(const QString &word)
{
    auto node = std::make_shared<FilterNode>();
    node->kind = FilterNode::Kind::Search;
    node->value = word;
    node->quoted = true;
    return node;
}

// As the parser would have it: one level of AND.
void flatten(const FilterPtr &filter, std::vector<FilterPtr> &into)
{
    if (!filter)
        return;
    if (filter->kind == FilterNode::Kind::And) {
        for (const FilterPtr &child : filter->children)
            flatten(child, into);
    } else {
        into.push_back(filter);
    }
}

} // namespace

FilterPtr FilterConditions::combined() const
{
    std::vector<FilterPtr> parts;
    for (const Condition &condition : items) {
        if (condition.enabled)
            flatten(condition.filter, parts);
    }
    static const QRegularExpression space(u"\\s+"_s);
    for (const QString &word : search.split(space, Qt::SkipEmptyParts))
        parts.push_back(searchNode(word));
    if (parts.empty())
        return nullptr;
    if (parts.size() == 1)
        return parts.front();
    auto node = std::make_shared<FilterNode>();
    node->kind = FilterNode::Kind::And;
    node->children = std::move(parts);
    return node;
}

QString FilterConditions::text() const
{
    const FilterPtr filter = combined();
    return filter ? printFilter(filter) : QString();
}

void FilterConditions::replace(const FilterPtr &filter)
{
    std::vector<FilterPtr> parts;
    flatten(filter, parts);
    std::erase_if(items, [](const Condition &condition) { return condition.enabled; });
    QStringList words;
    for (const FilterPtr &part : parts) {
        if (part->kind == FilterNode::Kind::Search)
            words << part->value;
        else
            items.push_back({part, true});
    }
    search = words.join(u' ');
}

QJsonArray FilterConditions::toJson() const
{
    QJsonArray json;
    for (const Condition &condition : items) {
        QJsonObject entry{{u"filter"_s, printFilter(condition.filter)}};
        if (!condition.enabled)
            entry.insert(u"off"_s, true);
        json.append(entry);
    }
    if (!search.isEmpty())
        json.append(QJsonObject{{u"search"_s, search}});
    return json;
}

FilterConditions FilterConditions::fromJson(const QJsonArray &json)
{
    FilterConditions conditions;
    for (const QJsonValue &value : json) {
        const QJsonObject entry = value.toObject();
        if (entry.contains(u"search"_s))
            conditions.search = entry.value(u"search"_s).toString();
        const Result<FilterPtr> parsed = parseFilter(entry.value(u"filter"_s).toString());
        if (parsed && *parsed)
            conditions.items.push_back({*parsed, !entry.value(u"off"_s).toBool()});
    }
    return conditions;
}

int faultPosition(const Error &error, const QString &text)
{
    static const QRegularExpression number(u"(\\d+)"_s);
    if (!error.field.isEmpty()) {
        const qsizetype at = text.indexOf(error.field);
        if (at >= 0)
            return static_cast<int>(at);
    }
    const QRegularExpressionMatch match = number.match(error.detail);
    if (!match.hasMatch())
        return -1;
    return std::clamp(match.captured(1).toInt() - 1, 0, static_cast<int>(text.size()));
}

} // namespace kboss
