#include "app/api/jsonschema.h"

#include "app/api/schemaformats.h"

#include <QHash>
#include <QRegularExpression>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace kboss {
namespace {

using Json = nlohmann::json;

QString memberPath(const QString &path, const QString &name)
{
    return path.isEmpty() ? name : path + u'.' + name;
}

Unexpected refuse(const QString &path, const QString &reason)
{
    return fail(ErrorKind::Rejected, reason, path);
}

const char *typeName(const Json &value)
{
    switch (value.type()) {
    case Json::value_t::null:
        return "null";
    case Json::value_t::boolean:
        return "boolean";
    case Json::value_t::string:
        return "string";
    case Json::value_t::array:
        return "array";
    case Json::value_t::object:
        return "object";
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
        return "integer";
    default:
        return "number";
    }
}

bool typeFits(const Json &value, const JsonSchema &schema)
{
    const char *type = typeName(value);
    return schema.allows(type) || (value.is_number_integer() && schema.allows("number"));
}

qsizetype codePoints(const QString &text)
{
    return std::count_if(text.begin(), text.end(), [](QChar c) { return !c.isLowSurrogate(); });
}

// JSON Schema's patterns are ECMA-262: their closing $ is the very end, where PCRE's also stands before a last line break.
QRegularExpression ecmaPattern(const QString &pattern)
{
    const bool closes = pattern.endsWith(u'$') && !pattern.endsWith(u"\\$"_s);
    return QRegularExpression(closes ? pattern.chopped(1) + u"\\z"_s : pattern);
}

bool fitsPattern(const QString &text, const QString &pattern)
{
    thread_local QHash<QString, QRegularExpression> compiled;
    auto found = compiled.find(pattern);
    if (found == compiled.end())
        found = compiled.insert(pattern, ecmaPattern(pattern));
    return found->match(text).hasMatch();
}

Result<void> checkText(const QString &text, const JsonSchema &schema, const QString &path)
{
    const qsizetype length = codePoints(text);
    if (schema.minLength && length < *schema.minLength)
        return refuse(path, length == 0 ? u"must not be empty"_s : u"must have at least %1 characters"_s.arg(*schema.minLength));
    if (schema.maxLength && length > *schema.maxLength)
        return refuse(path, u"must have at most %1 characters"_s.arg(*schema.maxLength));
    if (!schema.enumValues.isEmpty() && !schema.enumValues.contains(text))
        return refuse(path, u"must be one of: %1"_s.arg(schema.enumValues.join(u", "_s)));
    if (const QString fault = formatFault(schema.format, text); !fault.isEmpty())
        return refuse(path, fault);
    if (!schema.pattern.isEmpty() && !fitsPattern(text, schema.pattern))
        return refuse(path, u"must match %1"_s.arg(schema.pattern));
    return {};
}

Result<void> checkNumber(const Json &value, const JsonSchema &schema, const QString &path)
{
    if (value.is_number_unsigned() && value.get<quint64>() > static_cast<quint64>(INT64_MAX))
        return refuse(path, u"is too large"_s);
    if (schema.format == u"int32"_s && value.is_number_integer() && (value.get<qint64>() < INT32_MIN || value.get<qint64>() > INT32_MAX))
        return refuse(path, u"must be a whole number of 32 bits"_s);
    const double number = value.get<double>();
    if (schema.minimum && number < *schema.minimum)
        return refuse(path, u"must be at least %1"_s.arg(*schema.minimum, 0, 'g', 15));
    if (schema.maximum && number > *schema.maximum)
        return refuse(path, u"must be at most %1"_s.arg(*schema.maximum, 0, 'g', 15));
    if (!schema.enumValues.isEmpty() && !schema.enumValues.contains(QString::fromStdString(value.dump())))
        return refuse(path, u"must be one of: %1"_s.arg(schema.enumValues.join(u", "_s)));
    return {};
}

Result<void> checkObject(const Json &value, const JsonSchema &schema, const QString &path)
{
    for (const SchemaProperty &property : schema.properties) {
        const auto member = value.find(property.name.toStdString());
        if (member == value.end()) {
            if (property.required)
                return refuse(memberPath(path, property.name), u"is required"_s);
            continue;
        }
        if (auto checked = validate(*member, *property.schema, memberPath(path, property.name)); !checked)
            return checked;
    }
    if (schema.additionalProperties)
        return {};
    for (const auto &[key, member] : value.items()) {
        const QString name = QString::fromStdString(key);
        if (!schema.property(name))
            return refuse(memberPath(path, name), u"is not known here"_s);
    }
    return {};
}

Result<void> checkArray(const Json &value, const JsonSchema &schema, const QString &path)
{
    if (!schema.items)
        return {};
    for (size_t i = 0; i < value.size(); ++i) {
        if (auto checked = validate(value[i], *schema.items, u"%1[%2]"_s.arg(path).arg(i)); !checked)
            return checked;
    }
    return {};
}

} // namespace

const SchemaProperty *JsonSchema::property(const QString &name) const
{
    const auto found = std::find_if(properties.begin(), properties.end(), [&name](const SchemaProperty &p) { return p.name == name; });
    return found == properties.end() ? nullptr : &*found;
}

Result<void> validate(const Json &value, const JsonSchema &schema, const QString &path)
{
    if (!typeFits(value, schema)) {
        const QString wanted = schema.types.join(u" or "_s);
        return refuse(path, value.is_null() ? u"must not be null"_s : u"must be of type %1, not %2"_s.arg(wanted, QLatin1String(typeName(value))));
    }
    if (value.is_string())
        return checkText(QString::fromStdString(value.get_ref<const std::string &>()), schema, path);
    if (value.is_number())
        return checkNumber(value, schema, path);
    if (value.is_object())
        return checkObject(value, schema, path);
    if (value.is_array())
        return checkArray(value, schema, path);
    return {};
}

} // namespace kboss
