#include "app/services/writejson.h"

#include "app/base/secretnames.h"
#include "app/services/valuejson.h"

namespace kboss {

namespace {

using nlohmann::json;

const char s_mask[] = "••••••";

bool isSecretField(const TableSchema &schema, const QString &field)
{
    const int index = schema.indexOf(field);
    return isSecretName(toUtf8(field)) || (index >= 0 && schema.fields[static_cast<size_t>(index)].type == FieldType::Secret);
}

const OperationParameter *parameterOf(const Operation &operation, const QString &name)
{
    for (const OperationParameter &parameter : operation.parameters) {
        if (parameter.name == name)
            return &parameter;
    }
    return nullptr;
}

bool isSecretMember(const Operation *operation, const std::string &name)
{
    if (isSecretName(name))
        return true;
    if (!operation)
        return false;
    const QString text = QString::fromStdString(name);
    if (const OperationParameter *parameter = parameterOf(*operation, text); parameter && parameter->schema && parameter->schema->isSecret())
        return true;
    const SchemaProperty *property = operation->body ? operation->body->property(text) : nullptr;
    return property && property->schema && property->schema->isSecret();
}

json withoutSecrets(json value, const Operation *operation)
{
    if (value.is_object()) {
        for (auto member = value.begin(); member != value.end();) {
            if (isSecretMember(operation, member.key())) {
                member = value.erase(member);
            } else {
                *member = withoutSecrets(std::move(*member), operation);
                ++member;
            }
        }
    } else if (value.is_array()) {
        for (json &element : value)
            element = withoutSecrets(std::move(element), operation);
    }
    return value;
}

json changedFields(const WritePlan &plan, Value FieldChange::*side)
{
    json fields;
    for (const FieldChange &change : plan.changes) {
        const bool secret = isSecretField(plan.dataset.schema, change.field);
        fields[toUtf8(change.field)] = secret ? json(s_mask) : toJson(change.*side);
    }
    return fields;
}

QString comparable(const json &value)
{
    return value.is_null() ? QString() : fromJsonText(value);
}

bool isOpen(const json &members, const std::string &name)
{
    const auto found = members.find(name);
    return found == members.end() || found->is_null() || (found->is_string() && found->get_ref<const std::string &>().empty());
}

void collectSecrets(const json &value, const Operation &operation, bool secret, QStringList &secrets)
{
    if (value.is_object()) {
        for (const auto &[name, member] : value.items())
            collectSecrets(member, operation, secret || isSecretMember(&operation, name), secrets);
    } else if (value.is_array()) {
        for (const json &element : value)
            collectSecrets(element, operation, secret, secrets);
    } else if (secret && !value.is_null()) {
        secrets.append(fromJsonText(value));
    }
}

} // namespace

JournalEntry intentOf(const WritePlan &plan, const Operation *operation, const Operation *inverse)
{
    JournalEntry entry;
    entry.action = plan.action;
    entry.resource = plan.resource;
    entry.key = plan.key;
    entry.name = plan.name;
    entry.outcome = QStringLiteral("intent");
    entry.before = changedFields(plan, &FieldChange::before);
    entry.after = changedFields(plan, &FieldChange::after);
    if (operation && operation->effect == Effect::Create)
        entry.before = nullptr;
    if (plan.inverse) {
        entry.inverse = json{{"operation", toUtf8(plan.inverse->operation)},
                             {"parameters", withoutSecrets(plan.inverse->parameters, inverse)},
                             {"body", withoutSecrets(plan.inverse->body, inverse)}};
    }
    return entry;
}

Result<Call> callOfInverse(const json &inverse, const QString &key)
{
    if (!inverse.is_object() || !inverse.contains("operation") || !inverse["operation"].is_string())
        return fail(ErrorKind::Rejected, QStringLiteral("This action has no inverse"));
    Call call;
    call.operation = QString::fromStdString(inverse["operation"].get<std::string>());
    call.parameters = inverse.value("parameters", json::object());
    call.body = inverse.value("body", json());
    for (auto &[name, value] : call.parameters.items()) {
        if (value != "{id}") // the key of a new object is known only when it was made
            continue;
        if (key.isEmpty())
            return fail(ErrorKind::Rejected, QStringLiteral("The service did not say which object this action made"));
        value = key.toStdString();
    }
    return call;
}

ExpectedFields expectedAsSeen(const WritePlan &plan)
{
    ExpectedFields expected;
    for (const QString &field : plan.compare) {
        const int index = plan.dataset.schema.indexOf(field);
        if (index >= 0 && index < static_cast<int>(plan.seen.cells.size()) && !isSecretField(plan.dataset.schema, field))
            expected.emplace_back(field, toJson(plan.seen.cells[static_cast<size_t>(index)]));
    }
    return expected;
}

ExpectedFields expectedAfter(const WritePlan &plan)
{
    ExpectedFields expected;
    for (const FieldChange &change : plan.changes) {
        if (plan.dataset.schema.indexOf(change.field) >= 0 && !isSecretField(plan.dataset.schema, change.field))
            expected.emplace_back(change.field, toJson(change.after));
    }
    return expected;
}

ExpectedFields expectedOf(const json &fields, const TableSchema &schema)
{
    ExpectedFields expected;
    for (const auto &[name, value] : fields.items()) {
        const QString field = QString::fromStdString(name);
        if (schema.indexOf(field) >= 0 && !isSecretField(schema, field))
            expected.emplace_back(field, value);
    }
    return expected;
}

Result<void> compareRow(const Row &row, const TableSchema &schema, const ExpectedFields &expected)
{
    for (const auto &[field, value] : expected) {
        const int index = schema.indexOf(field);
        const json now = index >= 0 && index < static_cast<int>(row.cells.size()) ? toJson(row.cells[static_cast<size_t>(index)]) : json();
        if (comparable(now) != comparable(value))
            return fail(ErrorKind::Conflict, QStringLiteral("%1 was %2 and is now %3").arg(field, comparable(value), comparable(now)), field);
    }
    return {};
}

void carryInto(Call &call, const Operation &operation, const QStringList &names, const json &raw, const TableSchema &schema)
{
    for (const QString &name : names) {
        const std::string member = toUtf8(name);
        const bool inBody = !parameterOf(operation, name) && operation.body && operation.body->property(name);
        if (!inBody && !parameterOf(operation, name))
            continue; // the operation has no place for it
        json &target = inBody ? call.body : call.parameters;
        if (!target.is_object())
            target = json::object();
        if (!isOpen(target, member))
            continue;
        const int index = schema.indexOf(name);
        auto found = raw.find(member);
        if (found == raw.end() && index >= 0)
            found = raw.find(toUtf8(schema.fields[static_cast<size_t>(index)].pointer));
        if (found != raw.end() && !found->is_null())
            target[member] = *found;
    }
}

QStringList secretsIn(const Call &call, const Operation &operation, const json &raw)
{
    QStringList secrets;
    collectSecrets(raw, operation, false, secrets);
    collectSecrets(call.parameters, operation, false, secrets);
    collectSecrets(call.body, operation, false, secrets);
    return secrets;
}

QString scrub(QString text, const QStringList &secrets)
{
    for (const QString &secret : secrets) {
        if (secret.size() >= 3)
            text.replace(secret, QString::fromUtf8(s_mask));
    }
    return text;
}

} // namespace kboss
