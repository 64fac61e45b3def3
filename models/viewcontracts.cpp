#include "app/base/usestate.h"
#include "models/viewcheck.h"

#include <QDir>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

const JsonSchema *memberAt(const JsonSchema *schema, const QString &pointer)
{
    for (const QString &name : pointer.split(u'/', Qt::SkipEmptyParts)) {
        const auto *property = schema ? schema->property(name) : nullptr;
        schema = property ? property->schema.get() : nullptr;
    }
    return schema;
}

const JsonSchema *rowSchema(const Operation &operation)
{
    for (const QString &pointer : operation.result.rows) {
        const auto *rows = memberAt(operation.answer.get(), pointer);
        if (rows && rows->items)
            return rows->items.get();
    }
    return nullptr;
}

class ContractChecker {
public:
    ContractChecker(const ResourceType &type, const ContractSet &contracts, ViewFault &fault) : m_type(type), m_contracts(contracts), m_fault(fault)
    {
    }

    void run();

private:
    void note(const QString &pointer, const QString &reason) { m_fault.note(pointer, reason); }
    const Operation *operation(const QString &pointer, const QString &id, bool read);
    void list();
    void action(const Action &action, const QString &at);
    void formMember(const Operation &operation, const QString &name, const QString &at);
    void nothingMissing(const Operation &operation, const Action &action, const QString &at);

    const ResourceType &m_type;
    const ContractSet &m_contracts;
    ViewFault &m_fault;
};

JsonSchemaPtr inputSchema(const Operation &operation, const QString &name)
{
    for (const auto &parameter : operation.parameters) {
        if (parameter.name == name)
            return parameter.schema;
    }
    const auto *property = operation.body ? operation.body->property(name) : nullptr;
    return property ? property->schema : nullptr;
}

const Operation *ContractChecker::operation(const QString &pointer, const QString &id, bool read)
{
    const Operation *found = m_contracts.find(id);
    if (!found)
        note(pointer, u"no contract has an operation \"%1\""_s.arg(id));
    else if (found->isRead() != read)
        note(pointer, read ? u"\"%1\" is not a read"_s.arg(id) : u"\"%1\" is a read"_s.arg(id));
    return found;
}

void ContractChecker::list()
{
    const Operation *found = operation(u"/list/operation"_s, m_type.listOperation, true);
    if (!found)
        return;
    for (auto it = m_type.listParameters.begin(); it != m_type.listParameters.end(); ++it) {
        if (!inputSchema(*found, it.key()))
            note(u"/list/parameters/"_s + it.key(), u"%1 has no such parameter"_s.arg(found->id));
    }
    for (const auto &parameter : found->parameters) {
        if (parameter.required && !m_type.listParameters.contains(parameter.name))
            note(u"/list/parameters"_s, u"%1 requires \"%2\""_s.arg(found->id, parameter.name));
    }
    for (qsizetype i = 0; i < m_type.asked.size(); ++i) {
        const auto schema = inputSchema(*found, m_type.asked.at(i));
        const bool chosen = schema && (!schema->enumValues.isEmpty() || (schema->types.contains("integer"_L1) && schema->minimum && schema->maximum));
        if (!chosen)
            note(u"/list/ask/"_s + QString::number(i), u"%1: neither a list of values nor a number with limits"_s.arg(m_type.asked.at(i)));
    }
    const auto *row = rowSchema(*found);
    if (!row) {
        note(u"/list/operation"_s, u"the answer of %1 has no rows in its schema"_s.arg(found->id));
        return;
    }
    for (size_t i = 0; i < m_type.columns.size(); ++i) {
        const auto &field = m_type.columns[i].field;
        const auto *member = memberAt(row, field.pointer);
        const QString at = u"/columns/%1/pointer"_s.arg(i);
        if (UseRule::of(field).isSet())
            continue; // made from others
        if (!member)
            note(at, u"rows of %1 have no member \"%2\""_s.arg(found->id, field.pointer));
        else if (member->isSecret() && field.type != FieldType::Secret)
            note(at, u"\"%1\" is a secret in the contract"_s.arg(field.pointer));
    }
}

void ContractChecker::formMember(const Operation &operation, const QString &name, const QString &at)
{
    const auto schema = inputSchema(operation, name);
    if (!schema)
        note(at, u"%1 takes no \"%2\""_s.arg(operation.id, name));
    else if (!m_type.column(name) && (schema->title.isEmpty() || schema->titleEn.isEmpty()))
        note(at, u"\"%1\" has no label in both languages"_s.arg(name));
}

void ContractChecker::nothingMissing(const Operation &operation, const Action &action, const QString &at)
{
    const auto given = [&](const QString &name) {
        return action.parameters.contains(name) || action.form.contains(name) || action.carry.contains(name);
    };
    for (const auto &parameter : operation.parameters) {
        if (parameter.required && !given(parameter.name))
            note(at, u"%1 requires \"%2\""_s.arg(operation.id, parameter.name));
    }
    if (!operation.body)
        return;
    for (const auto &property : operation.body->properties) {
        if (property.required && !given(property.name))
            note(at, u"%1 requires \"%2\""_s.arg(operation.id, property.name));
    }
}

void ContractChecker::action(const Action &action, const QString &at)
{
    const Operation *found = operation(at + u"/operation"_s, action.operation, false);
    if (!found)
        return;
    for (qsizetype i = 0; i < action.form.size(); ++i)
        formMember(*found, action.form.at(i), at + u"/form/"_s + QString::number(i));
    for (auto it = action.parameters.begin(); it != action.parameters.end(); ++it) {
        if (!inputSchema(*found, it.key()))
            note(at + u"/parameters/"_s + it.key(), u"%1 takes no \"%2\""_s.arg(found->id, it.key()));
    }
    nothingMissing(*found, action, at + u"/form"_s);
    const Operation *list = m_contracts.find(m_type.listOperation);
    if (!action.reread.isEmpty() && list && list->paging.filterParameter.isEmpty())
        note(at + u"/reread"_s, u"%1 has no filter"_s.arg(list->id));
}

void ContractChecker::run()
{
    list();
    for (size_t i = 0; i < m_type.quickFilters.size(); ++i) {
        if (const auto &quick = m_type.quickFilters[i]; !quick.operation.isEmpty())
            operation(u"/quickFilters/%1/operation"_s.arg(i), quick.operation, true);
    }
    for (size_t i = 0; i < m_type.actions.size(); ++i)
        action(m_type.actions[i], u"/actions/"_s + QString::number(i));
}

const ResourceType *byId(const std::vector<std::shared_ptr<const ResourceType>> &types, const QString &id)
{
    const auto found = std::find_if(types.begin(), types.end(), [&](const auto &type) { return type->id == id; });
    return found == types.end() ? nullptr : found->get();
}

void checkRelated(const ResourceType &type, const std::vector<std::shared_ptr<const ResourceType>> &types, ViewFault &fault)
{
    for (size_t i = 0; i < type.related.size(); ++i) {
        const auto &related = type.related[i];
        const QString at = u"/related/"_s + QString::number(i);
        const auto *other = byId(types, related.resource);
        if (!other) {
            fault.note(at + u"/resource"_s, u"there is no view \"%1\""_s.arg(related.resource));
            continue;
        }
        for (auto it = related.parameters.begin(); it != related.parameters.end(); ++it) {
            if (!other->listParameters.contains(it.key()))
                fault.note(at + u"/parameters/"_s + it.key(), u"\"%1\" is no list parameter of %2"_s.arg(it.key(), other->id));
        }
    }
}

// The other view has what a pick names, and its filter reads with any values in its places.
void checkPick(const PickSpec &pick, const ResourceType *other, const QString &at, ViewFault &fault)
{
    if (!other) {
        fault.note(at + u"/resource"_s, u"there is no view \"%1\""_s.arg(pick.resource));
        return;
    }
    QStringList fields = placeholders(pick.value);
    if (fields.isEmpty())
        fields << pick.value;
    for (const QString &field : fields + pick.show) {
        const auto *spec = other->column(field);
        if (!spec || spec->field.type == FieldType::Secret)
            fault.note(at, u"\"%1\" is no column of %2 that can be shown"_s.arg(field, other->id));
    }
    for (auto it = pick.parameters.begin(); it != pick.parameters.end(); ++it) {
        if (!other->listParameters.contains(it.key()))
            fault.note(at + u"/parameters/"_s + it.key(), u"\"%1\" is no list parameter of %2"_s.arg(it.key(), other->id));
    }
    for (auto it = other->listParameters.begin(); it != other->listParameters.end(); ++it) {
        if (!placeholders(it.value()).isEmpty() && !pick.parameters.contains(it.key()))
            fault.note(at + u"/parameters"_s, u"%1 needs \"%2\""_s.arg(other->id, it.key()));
    }
    QString filled = pick.filter;
    for (const QString &name : placeholders(pick.filter))
        filled.replace(u'{' + name + u'}', u"0"_s);
    const auto filter = parseFilter(filled);
    if (!filter || (*filter && !checkFilter(*filter, other->schema())))
        fault.note(at + u"/filter"_s, u"is not a filter over %1"_s.arg(other->id));
}

void checkParent(const ResourceType &type, const ResourceType &parent, ViewFault &fault)
{
    for (auto it = type.listParameters.begin(); it != type.listParameters.end(); ++it) {
        for (const QString &name : placeholders(it.value())) {
            const auto *field = name.startsWith("parent."_L1) ? parent.column(name.mid(7)) : nullptr;
            if (name.startsWith("parent."_L1) && (!field || field->field.type != FieldType::Text))
                fault.note(u"/list/parameters/"_s + it.key(), u"{%1}: the parent has no such text field"_s.arg(name));
        }
    }
    const auto known = type.listParameters.values();
    for (size_t i = 0; i < type.actions.size(); ++i) {
        const auto &parameters = type.actions[i].parameters;
        for (auto it = parameters.begin(); it != parameters.end(); ++it) {
            for (const QString &name : placeholders(it.value())) {
                if (name.startsWith("parent."_L1) && name.mid(7) != parent.keyField && !known.contains(u'{' + name + u'}'))
                    fault.note(u"/actions/%1/parameters/"_s.arg(i) + it.key(),
                               u"{%1}: neither the parent's key nor a parameter of the list"_s.arg(name));
            }
        }
    }
}

// A list of parts has what prices are reckoned by.
void checkParts(const QString &resource, const QHash<QString, QString> &parameters, const std::vector<std::shared_ptr<const ResourceType>> &types,
                const QString &at, ViewFault &fault)
{
    const auto *other = byId(types, resource);
    if (!other)
        return fault.note(at + u"/resource"_s, u"there is no view \"%1\""_s.arg(resource));
    for (const QString &field : {u"type"_s, u"model"_s, u"unit_price"_s, u"resource_unit"_s, u"charge_unit"_s, u"account_unit"_s}) {
        if (!other->column(field))
            fault.note(at + u"/resource"_s, u"%1 has no column \"%2\""_s.arg(resource, field));
    }
    for (auto it = other->listParameters.begin(); it != other->listParameters.end(); ++it) {
        if (!placeholders(it.value()).isEmpty() && !parameters.contains(it.key()))
            fault.note(at + u"/parameters"_s, u"%1 needs \"%2\""_s.arg(other->id, it.key()));
    }
}

void checkMasterWhen(const Action &action, const ResourceType *parent, const QString &at, ViewFault &fault)
{
    if (action.masterWhen.isEmpty())
        return;
    if (!parent)
        return fault.note(at, u"the resource has no parent"_s);
    const auto filter = parseFilter(action.masterWhen);
    if (!filter || !checkFilter(*filter, parent->schema()))
        fault.note(at, u"is not a filter over %1"_s.arg(parent->id));
}

void checkJump(const Jump &jump, const ResourceType *other, const QString &at, ViewFault &fault)
{
    if (!other)
        return fault.note(at + u"/resource"_s, u"there is no view \"%1\""_s.arg(jump.resource));
    QString filled = jump.filter;
    for (const QString &name : placeholders(jump.filter))
        filled.replace(u'{' + name + u'}', u"0"_s);
    const auto filter = parseFilter(filled);
    if (!filter || !checkFilter(*filter, other->schema()))
        fault.note(at + u"/filter"_s, u"is not a filter over %1"_s.arg(other->id));
}

void checkDetail(const ResourceType &type, const std::vector<std::shared_ptr<const ResourceType>> &types, ViewFault &fault)
{
    const auto *detail = byId(types, type.detail);
    if (!type.detail.isEmpty() && (!detail || detail->parent != type.id))
        fault.note(u"/detail"_s, u"there is no view \"%1\" whose parent is %2"_s.arg(type.detail, type.id));
    // Told of the views of the circle, not of those that only lead into it.
    const auto *at = byId(types, type.parent);
    for (size_t steps = 0; at && steps <= types.size(); ++steps, at = byId(types, at->parent)) {
        if (at == &type)
            return fault.note(u"/parent"_s, u"the parents go in a circle"_s);
    }
}

} // namespace

void checkViewAgainstContracts(const ResourceType &type, const ContractSet &contracts, ViewFault &fault)
{
    ContractChecker(type, contracts, fault).run();
}

void checkViewsTogether(const std::vector<std::shared_ptr<const ResourceType>> &types, std::vector<ViewFault> &faults)
{
    for (size_t i = 0; i < types.size(); ++i) {
        if (byId(types, types[i]->id) != types[i].get()) {
            faults[i].note(u"/id"_s, u"another view has the id \"%1\""_s.arg(types[i]->id));
            return;
        }
    }
    for (size_t i = 0; i < types.size(); ++i) {
        const auto &type = *types[i];
        auto &fault = faults[i];
        const auto *parent = byId(types, type.parent);
        if (!type.parent.isEmpty() && (!parent || parent == &type))
            fault.note(u"/parent"_s, u"there is no view \"%1\""_s.arg(type.parent));
        if (parent)
            checkParent(type, *parent, fault);
        checkRelated(type, types, fault);
        for (size_t n = 0; n < type.details.size(); ++n) {
            if (const auto &trace = type.details[n].trace)
                checkParts(trace->resource, trace->parameters, types, u"/details/%1/trace"_s.arg(n), fault);
        }
        for (size_t n = 0; n < type.jumps.size(); ++n) {
            checkJump(type.jumps[n], byId(types, type.jumps[n].resource), u"/jumps/"_s + QString::number(n), fault);
        }
        for (size_t a = 0; a < type.actions.size(); ++a) {
            checkMasterWhen(type.actions[a], parent, u"/actions/%1/masterWhen"_s.arg(a), fault);
            for (size_t n = 0; n < type.actions[a].inputs.size(); ++n) {
                if (const auto &parts = type.actions[a].inputs[n].parts)
                    checkParts(parts->resource, parts->parameters, types, u"/actions/%1/inputs/%2/parts"_s.arg(a).arg(n), fault);
                if (const auto &pick = type.actions[a].inputs[n].pick)
                    checkPick(*pick, byId(types, pick->resource), u"/actions/%1/inputs/%2/pick"_s.arg(a).arg(n), fault);
            }
            for (const QString &id : type.actions[a].refresh) {
                if (!byId(types, id))
                    fault.note(u"/actions/%1/refresh"_s.arg(a), u"there is no view \"%1\""_s.arg(id));
            }
        }
    }
}

namespace {

bool anyFault(const std::vector<ViewFault> &faults)
{
    return std::any_of(faults.begin(), faults.end(), [](const ViewFault &fault) { return fault.found; });
}

} // namespace

Result<ResourceSet> ResourceSet::load(const QString &folder, const ContractSet &contracts)
{
    const QDir directory(folder);
    const QStringList names = directory.entryList({u"*.json"_s}, QDir::Files, QDir::Name);
    if (names.isEmpty())
        return fail(ErrorKind::Internal, u"%1: / : there are no views"_s.arg(folder));
    ResourceSet set;
    std::vector<ViewFault> faults;
    for (const QString &name : names) {
        QFile file(directory.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            return fail(ErrorKind::Internal, u"%1: / : %2"_s.arg(name, file.errorString()));
        auto type = parse(file.readAll(), name);
        if (!type)
            return fail(type.error());
        ViewFault fault{name, {}, false};
        checkViewAgainstContracts(**type, contracts, fault);
        if (fault.found)
            return fail(fault.error);
        set.m_types.push_back(*std::move(type));
        faults.push_back(std::move(fault));
    }
    checkViewsTogether(set.m_types, faults);
    for (size_t i = 0; i < faults.size() && !anyFault(faults); ++i) // once all parents are there
        checkDetail(*set.m_types[i], set.m_types, faults[i]);
    for (const auto &fault : faults) {
        if (fault.found)
            return fail(fault.error);
    }
    return set;
}

} // namespace kboss
