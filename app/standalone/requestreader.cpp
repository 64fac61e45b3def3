#include "app/standalone/requestreader.h"

#include "app/standalone/refusaltext.h"

#include <QUrl>
#include <charconv>

namespace kboss::standalone {

using namespace Qt::StringLiterals;
using nlohmann::json;

namespace {

constexpr int maxDepth = 32;

std::vector<std::string> split(std::string_view path)
{
    std::vector<std::string> parts;
    size_t from = 1;
    while (from <= path.size()) {
        const size_t to = std::min(path.find('/', from), path.size());
        parts.emplace_back(path.substr(from, to - from));
        from = to + 1;
    }
    return parts;
}

bool isParameter(const std::string &segment)
{
    return segment.starts_with('{');
}

std::optional<json> matchSegments(const std::vector<std::string> &pattern, const std::vector<std::string> &path)
{
    if (pattern.size() != path.size())
        return std::nullopt;
    json arguments = json::object();
    for (size_t i = 0; i < pattern.size(); ++i) {
        if (isParameter(pattern[i]))
            arguments[pattern[i].substr(1, pattern[i].size() - 2)] = QUrl::fromPercentEncoding(QByteArray::fromStdString(path[i])).toStdString();
        else if (pattern[i] != path[i])
            return std::nullopt;
    }
    return arguments;
}

// Texts of a query in the type the contract asks for; what cannot be one stays a text and fails the check with its name.
json typed(const std::string &text, const JsonSchema &schema)
{
    const auto wants = [&](const char *type) { return schema.types.contains(QLatin1String(type)); };
    if (wants("integer") && !wants("string")) {
        qint64 number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error == std::errc() && end == text.data() + text.size())
            return number;
    }
    if (wants("boolean") && !wants("string") && (text == "true" || text == "false"))
        return text == "true";
    return text;
}

bool validUtf8(const std::string &text)
{
    return QString::fromStdString(text).toStdString() == text && text.find('\0') == std::string::npos;
}

bool tooDeep(std::string_view text)
{
    int depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            i += c == '\\' ? 1 : 0;
            quoted = c != '"';
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            if (++depth > maxDepth)
                return true;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return false;
}

const OperationParameter *findParameter(const Operation &operation, const std::string &name)
{
    for (const OperationParameter &parameter : operation.parameters) {
        if (parameter.place != ParameterPlace::Header && parameter.name.toStdString() == name)
            return &parameter;
    }
    return nullptr;
}

Outcome<json> readQuery(const RawRequest &request, const Operation &operation, json arguments)
{
    for (const auto &[name, value] : request.query) {
        const OperationParameter *parameter = findParameter(operation, name);
        const QString shown = QString::fromStdString(name).left(60);
        if (!parameter || parameter->place != ParameterPlace::Query)
            return unknownMember(operation, shown);
        if (arguments.contains(name))
            return repeatedMember(operation, shown);
        if (!validUtf8(value))
            return badMember(operation, shown, u"not valid UTF-8"_s);
        arguments[name] = typed(value, *parameter->schema);
    }
    return arguments;
}

Outcome<void> checkParameters(const Operation &operation, const json &arguments)
{
    for (const OperationParameter &parameter : operation.parameters) {
        if (parameter.place == ParameterPlace::Header)
            continue;
        const auto found = arguments.find(parameter.name.toStdString());
        if (found == arguments.end()) {
            if (parameter.required)
                return missingMember(operation, parameter.name);
            continue;
        }
        if (const auto valid = validate(*found, *parameter.schema, parameter.name); !valid)
            return invalidMember(operation, valid.error(), parameter.schema.get());
    }
    return {};
}

Outcome<json> readBody(const RawRequest &request, const Operation &operation)
{
    if (!operation.body) {
        if (!request.body.empty())
            return badMember(operation, {}, u"this operation takes no body"_s);
        return json();
    }
    if (request.body.empty())
        return operation.bodyRequired ? Outcome<json>(badMember(operation, {}, u"a JSON body is needed"_s)) : Outcome<json>(json());
    if (!request.contentType.starts_with("application/json"))
        return badMember(operation, {}, u"the body must be application/json"_s);
    if (tooDeep(request.body))
        return badMember(operation, {}, u"the body is nested too deeply"_s);
    json body = json::parse(request.body, nullptr, false);
    if (body.is_discarded())
        return badMember(operation, {}, u"the body is not valid JSON"_s);
    if (const auto valid = validate(body, *operation.body); !valid)
        return invalidMember(operation, valid.error(), nullptr);
    return body;
}

} // namespace

RequestReader::RequestReader(const ContractSet &contracts)
{
    for (const auto &operation : contracts.all())
        m_routes.push_back({split(operation->path.toStdString()), operation.get()});
    // Fixed segments before parameters, so that /v1/billingaccounts/console is never an account's id.
    std::stable_sort(m_routes.begin(), m_routes.end(), [](const Route &a, const Route &b) {
        return std::count_if(a.segments.begin(), a.segments.end(), isParameter) < std::count_if(b.segments.begin(), b.segments.end(), isParameter);
    });
}

RequestReader::Match RequestReader::find(const RawRequest &request) const
{
    Match match;
    const std::string method = request.method == "HEAD" ? "GET" : request.method;
    const auto path = split(request.path);
    for (const Route &route : m_routes) {
        const auto arguments = matchSegments(route.segments, path);
        if (!arguments)
            continue;
        if (!match.allowed.isEmpty() && !arguments->empty() && match.fixed)
            break; // a fixed path is never another operation's parameter
        match.fixed = arguments->empty();
        match.allowed << QString::fromLatin1(route.operation->method);
        if (route.operation->method == "GET")
            match.allowed << u"HEAD"_s;
        if (match.operation || route.operation->method.toStdString() != method)
            continue;
        match.operation = route.operation;
        match.pathArguments = *arguments;
    }
    match.allowed.removeDuplicates();
    return match;
}

Outcome<CheckedRequest> RequestReader::check(const RawRequest &request, const Match &match) const
{
    CheckedRequest checked;
    checked.operation = match.operation;
    auto arguments = readQuery(request, *match.operation, match.pathArguments);
    if (!arguments)
        return Refused(arguments.error());
    if (auto valid = checkParameters(*match.operation, *arguments); !valid)
        return Refused(valid.error());
    auto body = readBody(request, *match.operation);
    if (!body)
        return Refused(body.error());
    checked.arguments = std::move(*arguments);
    checked.body = std::move(*body);
    return checked;
}

} // namespace kboss::standalone
