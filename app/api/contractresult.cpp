#include "app/api/contractreader.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace kboss {
namespace {

// What a pointer leads to in an answer: null where the schema says nothing about it, nothing where it cannot be there.
std::optional<const JsonSchema *> schemaAt(const JsonSchema *schema, const QString &pointer)
{
    const QStringList steps = pointer.isEmpty() ? QStringList() : pointer.mid(1).split(u'/');
    for (QString step : steps) {
        if (!schema || (schema->types.isEmpty() && schema->properties.empty()))
            return nullptr;
        step.replace(u"~1"_s, u"/"_s).replace(u"~0"_s, u"~"_s);
        const SchemaProperty *property = schema->property(step);
        if (!property)
            return std::nullopt;
        schema = property->schema.get();
    }
    return schema;
}

QString pointerOf(const ContractNode &node)
{
    const QString pointer = node.text();
    if (!pointer.isEmpty() && !pointer.startsWith(u'/'))
        node.fault(u"a JSON pointer is empty or begins with /"_s);
    return pointer;
}

QString pointerInAnswer(const ContractNode &parent, const QString &name, const Operation &operation)
{
    const auto node = parent.find(name);
    if (!node)
        return {};
    const QString pointer = pointerOf(*node);
    if (!schemaAt(operation.answer.get(), pointer))
        node->fault(u"\"%1\" is not in the answer's schema"_s.arg(pointer));
    return pointer;
}

std::vector<QString> rowPointers(const ContractNode &node, const Operation &operation)
{
    std::vector<QString> pointers;
    bool leads = false;
    for (const ContractNode &item : node.items()) {
        pointers.push_back(pointerOf(item));
        const auto schema = schemaAt(operation.answer.get(), pointers.back());
        leads = leads || (schema && (!*schema || (*schema)->allows("array")));
    }
    if (!leads)
        node.fault(u"none of the pointers leads to an array in the answer's schema"_s);
    return pointers;
}

QString parameterNamed(const ContractNode &parent, const QString &member, const Operation &operation)
{
    const auto node = parent.find(member);
    if (!node)
        return {};
    const QString name = node->text();
    const auto named = [&name](const OperationParameter &p) { return p.name == name && p.place == ParameterPlace::Query; };
    if (std::none_of(operation.parameters.begin(), operation.parameters.end(), named))
        node->fault(u"\"%1\" is not among the query parameters"_s.arg(name));
    return name;
}

} // namespace

void readResultShape(const ContractNode &node, Operation &operation)
{
    const ContractNode shape = node.at(u"x-result"_s);
    shape.allowOnly({u"rows"_s, u"total"_s, u"success"_s, u"message"_s, u"object"_s});
    if (const auto rows = shape.find(u"rows"_s))
        operation.result.rows = rowPointers(*rows, operation);
    operation.result.total = pointerInAnswer(shape, u"total"_s, operation);
    operation.result.success = pointerInAnswer(shape, u"success"_s, operation);
    operation.result.message = pointerInAnswer(shape, u"message"_s, operation);
    operation.result.hasObject = shape.find(u"object"_s).has_value();
    operation.result.object = pointerInAnswer(shape, u"object"_s, operation);
    if (operation.isRead() && operation.result.rows.empty() && !operation.result.hasObject)
        shape.fault(u"a read must name rows or object"_s);
}

void readPaging(const ContractNode &node, Operation &operation)
{
    const auto member = node.find(u"x-paging"_s);
    if (!member)
        return;
    Paging &paging = operation.paging;
    member->allowOnly({u"kind"_s, u"page"_s, u"size"_s, u"next"_s, u"sort"_s, u"filter"_s, u"default"_s, u"max"_s});
    const QString kind = member->at(u"kind"_s).text();
    if (kind == u"page-rows"_s)
        paging.kind = Paging::Kind::PageRows;
    else if (kind == u"page-token"_s)
        paging.kind = Paging::Kind::PageToken;
    else if (kind != u"none"_s)
        member->at(u"kind"_s).fault(u"\"%1\" is none of: page-rows, page-token, none"_s.arg(kind));
    if (operation.result.rows.empty())
        member->fault(u"paging needs rows in x-result"_s);
    paging.pageParameter = parameterNamed(*member, u"page"_s, operation);
    paging.sizeParameter = parameterNamed(*member, u"size"_s, operation);
    paging.sortParameter = parameterNamed(*member, u"sort"_s, operation);
    paging.filterParameter = parameterNamed(*member, u"filter"_s, operation);
    if (paging.kind != Paging::Kind::None && (paging.pageParameter.isEmpty() || paging.sizeParameter.isEmpty()))
        member->fault(u"needs \"page\" and \"size\""_s);
    if (paging.kind == Paging::Kind::PageToken && member->at(u"next"_s).text().isEmpty())
        member->fault(u"needs \"next\""_s);
    paging.nextToken = pointerInAnswer(*member, u"next"_s, operation);
    if (const auto size = member->find(u"max"_s))
        paging.maxSize = size->integer(1, 1'000'000);
    if (const auto size = member->find(u"default"_s))
        paging.defaultSize = size->integer(1, paging.maxSize);
}

} // namespace kboss
