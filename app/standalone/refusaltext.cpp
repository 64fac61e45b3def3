#include "app/standalone/refusaltext.h"

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

bool inChinese(const Operation &operation)
{
    return operation.service == ServiceKind::Kboss;
}

QString titled(const QString &name, const JsonSchema *schema)
{
    return schema && !schema->title.isEmpty() ? u"%1(%2)"_s.arg(schema->title, name) : name;
}

const JsonSchema *schemaOf(const Operation &operation, const QString &name)
{
    for (const OperationParameter &parameter : operation.parameters) {
        if (parameter.name == name)
            return parameter.schema.get();
    }
    const SchemaProperty *member = operation.body ? operation.body->property(name) : nullptr;
    return member ? member->schema.get() : nullptr;
}

QString rangeText(const JsonSchema &schema)
{
    if (schema.minimum && schema.maximum)
        return u"须为 %1 到 %2 之间的整数"_s.arg(QString::number(*schema.minimum, 'f', 0), QString::number(*schema.maximum, 'f', 0));
    if (schema.minimum)
        return u"须为不小于 %1 的整数"_s.arg(QString::number(*schema.minimum, 'f', 0));
    return u"须为整数"_s;
}

// The rule a value breaks is told by the schema itself: kboss messages are Chinese whatever the validator says.
QString ruleInChinese(const JsonSchema &schema)
{
    if (!schema.enumValues.isEmpty()) {
        QStringList values;
        for (const QString &value : schema.enumValues)
            values << (value.isEmpty() ? u"空"_s : value);
        return u"须为其中之一: %1"_s.arg(values.join(u"、"_s));
    }
    if (schema.types.contains(u"integer"_s))
        return rangeText(schema);
    if (schema.format == u"date"_s)
        return u"须为 yyyy-MM-dd 形式的日期"_s;
    if (schema.format == u"uri"_s)
        return u"须为 http:// 或 https:// 开头的地址"_s;
    if (schema.format.startsWith(u"ipv4-or-host"_s))
        return u"须为 IP 地址或主机名"_s;
    if (schema.minLength && schema.maxLength)
        return u"须为 %1 到 %2 个字符"_s.arg(*schema.minLength).arg(*schema.maxLength);
    if (schema.maxLength)
        return u"格式不正确(最多 %1 个字符)"_s.arg(*schema.maxLength);
    return u"格式不正确"_s;
}

QString missingInChinese(const Operation &operation, const QString &name)
{
    const bool center = name == u"cpcid"_s || (name == u"id"_s && operation.id.endsWith(u"Cpclist"_s));
    if (center)
        return u"无算力中心ID"_s;
    if (name == u"id"_s)
        return u"无算力设备ID"_s;
    return u"缺少参数: %1"_s.arg(titled(name, schemaOf(operation, name)));
}

} // namespace

Refused unknownMember(const Operation &operation, const QString &name)
{
    return refuse(inChinese(operation) ? u"未知参数: %1"_s.arg(name) : u"%1: unknown parameter"_s.arg(name), name);
}

Refused repeatedMember(const Operation &operation, const QString &name)
{
    return refuse(inChinese(operation) ? u"参数重复: %1"_s.arg(name) : u"%1: given more than once"_s.arg(name), name);
}

Refused missingMember(const Operation &operation, const QString &name)
{
    return refuse(inChinese(operation) ? missingInChinese(operation, name) : u"%1: required"_s.arg(name), name);
}

Refused badMember(const Operation &operation, const QString &name, const QString &english)
{
    if (!inChinese(operation))
        return refuse(name.isEmpty() ? english : name + u": "_s + english, name);
    return refuse(name.isEmpty() ? u"请求正文不正确: "_s + english : u"%1: 文字编码不正确"_s.arg(name), name);
}

Refused invalidMember(const Operation &operation, const Error &error, const JsonSchema *schema)
{
    if (!inChinese(operation))
        return refuse(error.field.isEmpty() || error.detail.startsWith(error.field) ? error.detail : error.field + u": "_s + error.detail,
                      error.field);
    if (!schema)
        schema = schemaOf(operation, error.field);
    if (!schema)
        return refuse(error.field.isEmpty() ? u"请求正文不正确"_s : u"%1: 未知或格式不正确"_s.arg(error.field), error.field);
    return refuse(titled(error.field, schema) + u": "_s + ruleInChinese(*schema), error.field);
}

} // namespace kboss::standalone
