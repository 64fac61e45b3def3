#include "app/api/schemareader.h"

#include "app/api/schemaformats.h"

#include <QRegularExpression>
#include <QScopeGuard>

using namespace Qt::StringLiterals;

namespace kboss {
namespace {

constexpr int maxSchemaDepth = 32;

const QStringList &annotationNames()
{
    static const QStringList names{u"description"_s, u"x-title-zh"_s, u"x-title-en"_s, u"x-enum-titles"_s, u"x-enum-titles-en"_s, u"x-unit"_s,
                                   u"x-unit-en"_s,   u"readOnly"_s,   u"default"_s,    u"example"_s,       u"examples"_s,         u"deprecated"_s};
    return names;
}

QStringList typesOf(const ContractNode &node)
{
    static const QStringList known{u"string"_s, u"integer"_s, u"number"_s, u"boolean"_s, u"object"_s, u"array"_s, u"null"_s};
    const auto member = node.find(u"type"_s);
    if (!member)
        return {};
    const QStringList types = member->value().is_array() ? member->texts() : QStringList{member->text()};
    for (const QString &type : types) {
        if (!known.contains(type))
            member->fault(u"unknown type \"%1\""_s.arg(type));
    }
    return types;
}

void readWords(const ContractNode &node, JsonSchema &schema)
{
    const auto take = [&node](const QString &name, QString &into) {
        if (const auto member = node.find(name))
            into = member->text();
    };
    take(u"description"_s, schema.description);
    take(u"x-title-zh"_s, schema.title);
    take(u"x-title-en"_s, schema.titleEn);
    take(u"x-unit"_s, schema.unit);
    schema.unitEn = schema.unit;
    take(u"x-unit-en"_s, schema.unitEn);
    schema.readOnly = node.boolOf(u"readOnly"_s, schema.readOnly);
    if (schema.title.isEmpty() != schema.titleEn.isEmpty())
        node.fault(u"x-title-zh and x-title-en must both be there"_s);
}

void readEnum(const ContractNode &node, JsonSchema &schema)
{
    if (const auto values = node.find(u"enum"_s)) {
        for (const ContractNode &value : values->items()) {
            if (!value.value().is_string() && !value.value().is_number_integer())
                value.fault(u"must be a string or a whole number"_s);
            schema.enumValues.append(value.value().is_string() ? value.text() : QString::fromStdString(value.value().dump()));
        }
        if (schema.enumValues.isEmpty())
            values->fault(u"must not be empty"_s);
    }
    const auto titles = [&](const QString &name) -> QStringList {
        const auto member = node.find(name);
        if (!member)
            return {};
        if (member->texts().size() != schema.enumValues.size())
            member->fault(u"must have as many words as enum has values"_s);
        return member->texts();
    };
    schema.enumTitles = titles(u"x-enum-titles"_s);
    schema.enumTitlesEn = titles(u"x-enum-titles-en"_s);
    if (schema.enumTitles.size() != schema.enumTitlesEn.size())
        node.fault(u"x-enum-titles and x-enum-titles-en must both be there"_s);
}

void readTextLimits(const ContractNode &node, JsonSchema &schema)
{
    if (const auto format = node.find(u"format"_s)) {
        schema.format = format->text();
        if (!isKnownFormat(schema.format))
            format->fault(u"unknown format \"%1\""_s.arg(schema.format));
    }
    if (const auto length = node.find(u"minLength"_s))
        schema.minLength = length->integer(0, 1'000'000);
    if (const auto length = node.find(u"maxLength"_s))
        schema.maxLength = length->integer(0, 1'000'000);
    if (schema.minLength && schema.maxLength && *schema.minLength > *schema.maxLength)
        node.fault(u"minLength is above maxLength"_s);
    if (const auto pattern = node.find(u"pattern"_s)) {
        schema.pattern = pattern->text();
        const QRegularExpression compiled(schema.pattern);
        if (!compiled.isValid())
            pattern->fault(u"not a regular expression: %1"_s.arg(compiled.errorString()));
    }
}

void readNumberLimits(const ContractNode &node, JsonSchema &schema)
{
    const auto number = [&node](const QString &name) -> std::optional<double> {
        const auto member = node.find(name);
        if (!member)
            return std::nullopt;
        if (!member->value().is_number())
            member->fault(u"must be a number"_s);
        return member->value().get<double>();
    };
    schema.minimum = number(u"minimum"_s);
    schema.maximum = number(u"maximum"_s);
    if (schema.minimum && schema.maximum && *schema.minimum > *schema.maximum)
        node.fault(u"minimum is above maximum"_s);
}

} // namespace

ContractNode SchemaReader::resolved(const ContractNode &node) const
{
    ContractNode at = node;
    for (int hops = 0; at.value().is_object(); ++hops) {
        const auto reference = at.find(u"$ref"_s);
        if (!reference)
            return at;
        const QString target = reference->text();
        if (!target.startsWith(u"#/"_s))
            reference->fault(u"only references inside the document (#/…) are followed"_s);
        if (hops > 16)
            reference->fault(u"references in a circle"_s);
        try {
            at = ContractNode(m_root.at(nlohmann::json::json_pointer(target.mid(1).toStdString())), target.mid(1));
        } catch (const nlohmann::json::exception &) {
            reference->fault(u"\"%1\" is not in the document"_s.arg(target));
        }
    }
    return at;
}

JsonSchemaPtr SchemaReader::read(const ContractNode &node)
{
    if (++m_depth > maxSchemaDepth)
        node.fault(u"schemas nest deeper than %1"_s.arg(maxSchemaDepth));
    const auto leave = qScopeGuard([this] { --m_depth; });
    if (const auto reference = node.find(u"$ref"_s))
        return std::make_shared<const JsonSchema>(readReference(node, reference->text()));
    if (node.find(u"anyOf"_s))
        return std::make_shared<const JsonSchema>(readNullable(node));
    return std::make_shared<const JsonSchema>(readPlain(node));
}

// Words beside $ref stand over those of its target.
JsonSchema SchemaReader::readReference(const ContractNode &node, const QString &reference)
{
    node.allowOnly(annotationNames() + QStringList{u"$ref"_s});
    if (m_open.contains(reference))
        node.at(u"$ref"_s).fault(u"references in a circle"_s);
    if (!m_done.contains(reference)) {
        m_open.append(reference);
        m_done.insert(reference, read(resolved(node)));
        m_open.removeLast();
    }
    JsonSchema schema = *m_done.value(reference);
    if (reference.startsWith(u"#/components/schemas/"_s))
        schema.refName = reference.section(u'/', -1);
    readWords(node, schema);
    return schema;
}

// anyOf is known in one form only: a schema, or null.
JsonSchema SchemaReader::readNullable(const ContractNode &node)
{
    node.allowOnly(annotationNames() + QStringList{u"anyOf"_s});
    const ContractNode choice = node.at(u"anyOf"_s);
    const auto items = choice.items();
    static const nlohmann::json null{{"type", "null"}};
    if (items.size() != 2 || items[1].value() != null)
        choice.fault(u"only [schema, {\"type\": \"null\"}] is known here"_s);
    JsonSchema schema = *read(items[0]);
    if (!schema.types.isEmpty() && !schema.types.contains(u"null"_s))
        schema.types.append(u"null"_s);
    readWords(node, schema);
    return schema;
}

JsonSchema SchemaReader::readPlain(const ContractNode &node)
{
    static const QStringList keywords{u"type"_s,      u"format"_s,  u"enum"_s,       u"minimum"_s,  u"maximum"_s, u"minLength"_s,
                                      u"maxLength"_s, u"pattern"_s, u"properties"_s, u"required"_s, u"items"_s,   u"additionalProperties"_s};
    node.allowOnly(annotationNames() + keywords);
    JsonSchema schema;
    schema.types = typesOf(node);
    readWords(node, schema);
    readEnum(node, schema);
    readTextLimits(node, schema);
    readNumberLimits(node, schema);
    readProperties(node, schema);
    if (const auto items = node.find(u"items"_s))
        schema.items = read(*items);
    return schema;
}

void SchemaReader::readProperties(const ContractNode &node, JsonSchema &schema)
{
    schema.additionalProperties = node.boolOf(u"additionalProperties"_s, true);
    const auto required = node.find(u"required"_s);
    const QStringList names = required ? required->texts() : QStringList();
    if (const auto properties = node.find(u"properties"_s)) {
        for (const auto &[name, member] : properties->members())
            schema.properties.push_back({name, read(member), names.contains(name)});
    }
    for (const QString &name : names) {
        if (!schema.property(name))
            required->fault(u"\"%1\" is not among the properties"_s.arg(name));
    }
}

} // namespace kboss
