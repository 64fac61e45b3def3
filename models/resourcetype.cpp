#include "models/resourcetype.h"

namespace kboss {

namespace {

QString &language()
{
    static QString name = QStringLiteral("zh_CN");
    return name;
}

} // namespace

QString Label::text() const
{
    return language() == QLatin1String("en") ? en : zh;
}

void setCurrentLanguage(const QString &name)
{
    language() = name.startsWith(QLatin1String("en")) ? QStringLiteral("en") : QStringLiteral("zh_CN");
}

QString currentLanguage()
{
    return language();
}

const InputSpec *Action::input(const QString &member) const
{
    for (const auto &spec : inputs) {
        if (spec.member == member)
            return &spec;
    }
    return nullptr;
}

const PercentSpec *Action::percent(const QString &field) const
{
    for (const auto &spec : percents) {
        if (spec.field == field)
            return &spec;
    }
    return nullptr;
}

TableSchema ResourceType::schema() const
{
    TableSchema schema;
    schema.resource = id;
    schema.key = keyField;
    schema.keyFrom.assign(keyFrom.begin(), keyFrom.end());
    schema.fields.reserve(columns.size());
    for (const auto &spec : columns)
        schema.fields.push_back(spec.field);
    return schema;
}

const ColumnSpec *ResourceType::column(const QString &fieldId) const
{
    for (const auto &spec : columns) {
        if (spec.field.id == fieldId)
            return &spec;
    }
    return nullptr;
}

const Action *ResourceType::action(const QString &actionId) const
{
    for (const auto &action : actions) {
        if (action.id == actionId)
            return &action;
    }
    return nullptr;
}

const ResourceType *ResourceSet::find(const QString &id) const
{
    for (const auto &type : m_types) {
        if (type->id == id)
            return type.get();
    }
    return nullptr;
}

std::vector<const ResourceType *> ResourceSet::masters(const ResourceType &type) const
{
    std::vector<const ResourceType *> chain;
    for (const auto *at = find(type.parent); at && chain.size() < m_types.size(); at = find(at->parent))
        chain.insert(chain.begin(), at);
    return chain;
}

QString ResourceSet::pageOf(const QString &id) const
{
    const auto *type = find(id);
    if (!type)
        return {};
    if (type->hasPage())
        return id;
    const auto *parent = find(type->parent);
    return parent && parent->detail == id ? pageOf(parent->id) : QString();
}

} // namespace kboss
