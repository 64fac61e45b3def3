#include "app/api/contractreader.h"

#include <QRegularExpression>
#include <QSet>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace kboss {
namespace {

template <class T> T oneOf(const ContractNode &node, const QList<std::pair<QString, T>> &known)
{
    const QString text = node.text();
    QStringList names;
    for (const auto &[name, value] : known) {
        if (name == text)
            return value;
        names.append(name);
    }
    node.fault(u"\"%1\" is none of: %2"_s.arg(text, names.join(u", "_s)));
}

Effect readEffect(const ContractNode &node, const QString &verb)
{
    static const QList<std::pair<QString, Effect>> known{{u"read"_s, Effect::Read},
                                                         {u"create"_s, Effect::Create},
                                                         {u"update"_s, Effect::Update},
                                                         {u"delete"_s, Effect::Delete},
                                                         {u"act"_s, Effect::Act}};
    const ContractNode member = node.at(u"x-effect"_s);
    const Effect effect = oneOf(member, known);
    if (effect == Effect::Read && (verb == u"put"_s || verb == u"patch"_s || verb == u"delete"_s))
        member.fault(u"%1 cannot be a read"_s.arg(verb.toUpper()));
    return effect;
}

// The schema of a JSON body described under `content`; nothing when there is no body.
std::optional<ContractNode> jsonSchemaOf(const ContractNode &described)
{
    const auto content = described.find(u"content"_s);
    if (!content)
        return std::nullopt;
    for (const auto &[type, media] : content->members()) {
        if (type != u"application/json"_s)
            media.fault(u"only application/json is known here"_s);
    }
    return content->at(u"application/json"_s).at(u"schema"_s);
}

} // namespace

ContractReader::ContractReader(const nlohmann::json &root) : m_root(root, QString()), m_schemas(root) { }

std::vector<std::shared_ptr<const Operation>> ContractReader::read()
{
    static const QStringList verbs{u"get"_s, u"put"_s, u"post"_s, u"delete"_s, u"patch"_s};
    readHead();
    std::vector<std::shared_ptr<const Operation>> operations;
    for (const auto &[path, item] : m_root.at(u"paths"_s).members()) {
        if (!path.startsWith(u'/'))
            item.fault(u"a path begins with /"_s);
        item.allowOnly(verbs + QStringList{u"parameters"_s, u"summary"_s, u"description"_s});
        for (const QString &verb : verbs) {
            if (const auto node = item.find(verb))
                operations.push_back(readOperation(path, verb, *node, item));
        }
    }
    if (operations.empty())
        m_root.at(u"paths"_s).fault(u"has no operations"_s);
    return operations;
}

void ContractReader::readHead()
{
    static const QList<std::pair<QString, ServiceKind>> services{{u"kboss"_s, ServiceKind::Kboss},
                                                                 {u"billing"_s, ServiceKind::Billing},
                                                                 {u"pcapi"_s, ServiceKind::Pcapi},
                                                                 {u"account"_s, ServiceKind::Account}};
    m_root.allowOnly(
        {u"openapi"_s, u"info"_s, u"x-service"_s, u"servers"_s, u"tags"_s, u"security"_s, u"paths"_s, u"components"_s, u"externalDocs"_s});
    const ContractNode version = m_root.at(u"openapi"_s);
    if (!version.text().startsWith(u"3.1."_s))
        version.fault(u"must be OpenAPI 3.1"_s);
    m_root.at(u"info"_s).at(u"title"_s).text();
    m_service = oneOf(m_root.at(u"x-service"_s), services);
}

std::shared_ptr<const Operation> ContractReader::readOperation(const QString &path, const QString &verb, const ContractNode &node,
                                                               const ContractNode &pathItem)
{
    node.allowOnly({u"operationId"_s, u"tags"_s, u"summary"_s, u"description"_s, u"deprecated"_s, u"parameters"_s, u"requestBody"_s, u"responses"_s,
                    u"security"_s, u"externalDocs"_s, u"x-title-zh"_s, u"x-title-en"_s, u"x-effect"_s, u"x-result"_s, u"x-paging"_s, u"x-slow"_s,
                    u"x-standing"_s});
    auto operation = std::make_shared<Operation>();
    operation->service = m_service;
    operation->method = verb.toUpper().toLatin1();
    operation->path = path;
    operation->effect = readEffect(node, verb);
    readWords(node, *operation);
    if (const auto shared = pathItem.find(u"parameters"_s))
        readParameters(*shared, *operation);
    if (const auto own = node.find(u"parameters"_s))
        readParameters(*own, *operation);
    checkPath(node, *operation);
    readBody(node, *operation);
    readAnswer(node, *operation);
    operation->needsSignIn = readSecurity(node);
    readResultShape(node, *operation);
    readPaging(node, *operation);
    return operation;
}

void ContractReader::readWords(const ContractNode &node, Operation &operation)
{
    static const QRegularExpression shape(u"\\A[a-z][A-Za-z0-9]*\\z"_s);
    const ContractNode id = node.at(u"operationId"_s);
    operation.id = id.text();
    if (!shape.match(operation.id).hasMatch())
        id.fault(u"must be letters and digits, beginning with a small letter"_s);
    operation.title = node.at(u"x-title-zh"_s).text();
    operation.titleEn = node.at(u"x-title-en"_s).text();
    if (const auto slow = node.find(u"x-slow"_s))
        operation.slowSeconds = slow->integer(1, 7200);
    static const QList<std::pair<QString, Standing>> standings{{u"draft"_s, Standing::Draft}, {u"extension"_s, Standing::Extension}};
    if (const auto standing = node.find(u"x-standing"_s))
        operation.standing = oneOf(*standing, standings);
}

void ContractReader::readParameters(const ContractNode &node, Operation &operation)
{
    for (const ContractNode &item : node.items()) {
        OperationParameter parameter = readParameter(item);
        const auto same = [&parameter](const OperationParameter &other) { return other.name == parameter.name; };
        if (std::any_of(operation.parameters.begin(), operation.parameters.end(), same))
            item.fault(u"\"%1\" is there twice"_s.arg(parameter.name));
        operation.parameters.push_back(std::move(parameter));
    }
}

OperationParameter ContractReader::readParameter(const ContractNode &reference)
{
    static const QList<std::pair<QString, ParameterPlace>> places{
        {u"path"_s, ParameterPlace::Path}, {u"query"_s, ParameterPlace::Query}, {u"header"_s, ParameterPlace::Header}};
    const ContractNode node = m_schemas.resolved(reference);
    node.allowOnly({u"name"_s, u"in"_s, u"required"_s, u"description"_s, u"schema"_s, u"example"_s, u"examples"_s, u"deprecated"_s, u"x-title-zh"_s,
                    u"x-title-en"_s});
    OperationParameter parameter;
    parameter.name = node.at(u"name"_s).text();
    parameter.place = oneOf(node.at(u"in"_s), places);
    parameter.required = node.boolOf(u"required"_s, false);
    JsonSchema schema = *m_schemas.read(node.at(u"schema"_s));
    schema.title = node.at(u"x-title-zh"_s).text();
    schema.titleEn = node.at(u"x-title-en"_s).text();
    if (const auto description = node.find(u"description"_s))
        schema.description = description->text();
    if (parameter.place == ParameterPlace::Path && !parameter.required)
        node.fault(u"a path parameter must be required"_s);
    if (parameter.place == ParameterPlace::Path && schema.isSecret())
        node.fault(u"a secret must not be part of a path"_s);
    parameter.schema = std::make_shared<const JsonSchema>(std::move(schema));
    return parameter;
}

void ContractReader::checkPath(const ContractNode &node, const Operation &operation)
{
    static const QRegularExpression braces(u"\\{([^{}]*)\\}"_s);
    QSet<QString> inTemplate;
    for (auto it = braces.globalMatch(operation.path); it.hasNext();)
        inTemplate.insert(it.next().captured(1));
    QSet<QString> described;
    for (const OperationParameter &parameter : operation.parameters) {
        if (parameter.place == ParameterPlace::Path)
            described.insert(parameter.name);
    }
    for (const QString &name : inTemplate - described)
        node.fault(u"the path's {%1} is not among the parameters"_s.arg(name));
    for (const QString &name : described - inTemplate)
        node.fault(u"the path has no {%1}"_s.arg(name));
}

void ContractReader::readBody(const ContractNode &node, Operation &operation)
{
    const auto reference = node.find(u"requestBody"_s);
    if (!reference)
        return;
    if (operation.method == "GET")
        reference->fault(u"GET has no body"_s);
    const ContractNode body = m_schemas.resolved(*reference);
    operation.bodyRequired = body.boolOf(u"required"_s, false);
    const auto schema = jsonSchemaOf(body);
    if (!schema)
        body.fault(u"has no \"content\""_s);
    operation.body = m_schemas.read(*schema);
}

void ContractReader::readAnswer(const ContractNode &node, Operation &operation)
{
    bool good = false;
    for (const auto &[status, reference] : node.at(u"responses"_s).members()) {
        const auto schema = jsonSchemaOf(m_schemas.resolved(reference));
        if (!status.startsWith(u'2')) {
            if (schema)
                m_schemas.read(*schema);
            continue;
        }
        if (schema && !operation.answer)
            operation.answer = m_schemas.read(*schema);
        good = true;
    }
    if (!good)
        node.at(u"responses"_s).fault(u"has no 2xx answer"_s);
}

// An empty list, or an empty choice in it, means that no sign-in is needed.
bool ContractReader::readSecurity(const ContractNode &node)
{
    const auto own = node.find(u"security"_s);
    const ContractNode security = own ? *own : m_root.at(u"security"_s);
    bool needed = false;
    bool optional = false;
    for (const ContractNode &choice : security.items()) {
        const auto schemes = choice.members();
        optional = optional || schemes.empty();
        needed = true;
        for (const auto &[name, scopes] : schemes)
            m_root.at(u"components"_s).at(u"securitySchemes"_s).at(name);
    }
    return needed && !optional;
}

} // namespace kboss
