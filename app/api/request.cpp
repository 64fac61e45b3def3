#include "app/api/request.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace kboss {
namespace {

using Json = nlohmann::json;

Unexpected refuse(const Operation &operation, const QString &field, const QString &reason)
{
    Error error{ErrorKind::Rejected, reason, field, operation.id, {}, 0};
    return fail(std::move(error));
}

QString scalarText(const Json &value)
{
    if (value.is_string())
        return QString::fromStdString(value.get_ref<const std::string &>());
    return QString::fromStdString(value.dump(-1, ' ', false, Json::error_handler_t::replace));
}

// What a person typed into a number field arrives as text; the wire form of a query is text anyway.
Json coerced(const Json &value, const JsonSchema &schema)
{
    if (!value.is_string() || schema.types.isEmpty() || schema.allows("string"))
        return value;
    const auto read = readParameter(scalarText(value), schema, {});
    return read ? *read : value;
}

bool hasControlCharacter(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x20 || c.unicode() == 0x7f; });
}

// Collects the parts while the parameters are walked.
struct Parts {
    QByteArray path;
    QByteArray query;
    QList<std::pair<QByteArray, QByteArray>> headers;

    void addQuery(const QString &name, const QString &value)
    {
        query += query.isEmpty() ? '?' : '&';
        query += QUrl::toPercentEncoding(name) + '=' + QUrl::toPercentEncoding(value);
    }
};

Result<void> addParameter(const Operation &operation, const OperationParameter &parameter, const Json &value, Parts &parts)
{
    const QString text = value.is_array() ? QString() : scalarText(value);
    switch (parameter.place) {
    case ParameterPlace::Path:
        if (text.isEmpty() || text == u"."_s || text == u".."_s || !(value.is_string() || value.is_number()))
            return refuse(operation, parameter.name, u"cannot be part of an address"_s);
        parts.path.replace('{' + parameter.name.toUtf8() + '}', QUrl::toPercentEncoding(text));
        return {};
    case ParameterPlace::Header:
        if (value.is_structured() || hasControlCharacter(text))
            return refuse(operation, parameter.name, u"cannot be a header"_s);
        parts.headers.emplaceBack(parameter.name.toUtf8(), text.toUtf8());
        return {};
    case ParameterPlace::Query:
        if (!value.is_array())
            parts.addQuery(parameter.name, text);
        else
            std::for_each(value.begin(), value.end(), [&](const Json &item) { parts.addQuery(parameter.name, scalarText(item)); });
        return {};
    }
    return {};
}

Result<void> addParameters(const Operation &operation, const Json &parameters, Parts &parts)
{
    for (const OperationParameter &parameter : operation.parameters) {
        const auto given = parameters.find(parameter.name.toStdString());
        if (given == parameters.end() || given->is_null()) {
            if (parameter.required)
                return refuse(operation, parameter.name, u"is required"_s);
            continue;
        }
        const Json value = coerced(*given, *parameter.schema);
        if (auto checked = validate(value, *parameter.schema, parameter.name); !checked)
            return refuse(operation, checked.error().field, checked.error().detail);
        if (auto added = addParameter(operation, parameter, value, parts); !added)
            return added;
    }
    return {};
}

Result<void> refuseUnknown(const Operation &operation, const Json &parameters)
{
    if (!parameters.is_object() && !parameters.is_null())
        return refuse(operation, {}, u"parameters must be an object"_s);
    for (const auto &[key, value] : parameters.items()) {
        const QString name = QString::fromStdString(key);
        const auto named = [&name](const OperationParameter &p) { return p.name == name; };
        if (std::none_of(operation.parameters.begin(), operation.parameters.end(), named))
            return refuse(operation, name, u"is not a parameter of this operation"_s);
    }
    return {};
}

Result<QByteArray> bodyText(const Operation &operation, const Json &body)
{
    if (body.is_null()) {
        if (operation.bodyRequired)
            return refuse(operation, {}, u"a body is required"_s);
        return QByteArray();
    }
    if (!operation.body)
        return refuse(operation, {}, u"this operation has no body"_s);
    if (auto checked = validate(body, *operation.body); !checked)
        return refuse(operation, checked.error().field, checked.error().detail);
    return QByteArray::fromStdString(body.dump(-1, ' ', false, Json::error_handler_t::replace));
}

} // namespace

Result<WireRequest> buildRequest(const Operation &operation, const Call &call, const QUrl &base)
{
    if (auto known = refuseUnknown(operation, call.parameters); !known)
        return fail(known.error());
    Parts parts;
    parts.path = operation.path.toUtf8();
    if (auto added = addParameters(operation, call.parameters.is_null() ? Json::object() : call.parameters, parts); !added)
        return fail(added.error());
    auto body = bodyText(operation, call.body);
    if (!body)
        return fail(body.error());

    QByteArray address = base.toEncoded(QUrl::RemoveQuery | QUrl::RemoveFragment);
    while (address.endsWith('/'))
        address.chop(1);
    WireRequest request;
    request.method = operation.method;
    request.url = QUrl::fromEncoded(address + parts.path + parts.query, QUrl::StrictMode);
    if (!request.url.isValid() || request.url.host().isEmpty())
        return refuse(operation, {}, u"the service's address is not valid"_s);
    request.headers = parts.headers;
    if (!body->isEmpty())
        request.headers.emplaceBack(QByteArrayLiteral("Content-Type"), QByteArrayLiteral("application/json"));
    request.body = std::move(*body);
    return request;
}

Result<Json> readParameter(const QString &text, const JsonSchema &schema, const QString &name)
{
    if (schema.types.isEmpty() || schema.allows("string"))
        return Json(text.toStdString());
    if (schema.allows("boolean") && (text == u"true"_s || text == u"false"_s))
        return Json(text == u"true"_s);
    bool ok = false;
    const qint64 number = text.toLongLong(&ok);
    if (ok && (schema.allows("integer") || schema.allows("number")) && !text.startsWith(u'+') && text == text.trimmed())
        return Json(number);
    if (schema.allows("number") || schema.allows("object") || schema.allows("array")) {
        Json value = Json::parse(text.toStdString(), nullptr, false);
        if (!value.is_discarded() && (value.is_number() || value.is_structured()))
            return value;
    }
    return fail(ErrorKind::Rejected, u"must be of type %1"_s.arg(schema.types.join(u" or "_s)), name);
}

} // namespace kboss
