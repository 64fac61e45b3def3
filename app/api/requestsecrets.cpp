#include "app/api/requestsecrets.h"

#include "app/base/secretnames.h"

using namespace Qt::StringLiterals;

namespace kboss {
namespace {

void collect(const std::string &name, const nlohmann::json &value, const JsonSchema *schema, QStringList &into)
{
    if (value.is_object()) {
        for (const auto &[key, member] : value.items()) {
            const SchemaProperty *property = schema ? schema->property(QString::fromStdString(key)) : nullptr;
            collect(key, member, property ? property->schema.get() : nullptr, into);
        }
        return;
    }
    if (value.is_array()) {
        for (const auto &element : value)
            collect(name, element, schema && !schema->isSecret() && schema->items ? schema->items.get() : schema, into);
        return;
    }
    if (!value.is_string() || !((schema && schema->isSecret()) || isSecretName(name)))
        return;
    const QString text = QString::fromStdString(value.get_ref<const std::string &>());
    constexpr qsizetype tooShortToTell = 3;
    if (text.size() > tooShortToTell && text != u"******"_s)
        into.append(text);
}

} // namespace

QStringList secretsOf(const Operation &operation, const Call &call)
{
    QStringList secrets;
    for (const OperationParameter &parameter : operation.parameters) {
        const auto given = call.parameters.find(parameter.name.toStdString());
        if (given != call.parameters.end())
            collect(parameter.name.toStdString(), *given, parameter.schema.get(), secrets);
    }
    collect({}, call.body, operation.body.get(), secrets);
    return secrets;
}

} // namespace kboss
