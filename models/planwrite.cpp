#include "models/formrules.h"
#include "models/viewcheck.h"

#include <QCoreApplication>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

class Planner {
public:
    Planner(const ResourceType &type, const Action &action, const ContractSet &contracts, const Row &row, const Row &parent, const FormInput &input,
            const DatasetSpec &dataset)
        : m_type(type), m_action(action), m_contracts(contracts), m_row(action.needsRow ? row : Row()), m_schema(type.schema()), m_input(input),
          m_dataset(dataset), m_operation(contracts.find(action.operation)), m_fields(formFields(type, action, contracts))
    {
        readParent(parent);
    }

    Result<WritePlan> run();

private:
    const Value &cell(const QString &field) const;
    QString currency() const;
    Result<void> readInput();
    bool isChanged(const QString &field) const;
    bool isSent(const FormField &field, const FormInputPlace &place, const Value &value) const;
    bool isTakenAway(const FormField &field, const FormInputPlace &place, const Value &value) const;
    Result<Call> callWith(const Action &action, const QHash<QString, Value> &values, bool withSecrets) const;
    Result<void> addParameters(Call &call, const Action &action, const Operation &operation) const;
    void addChanges(WritePlan &plan) const;
    void readParent(const Row &parent);
    std::optional<Call> reread() const;
    std::optional<Call> inverse() const;
    QString name() const;

    const ResourceType &m_type;
    const Action &m_action;
    const ContractSet &m_contracts;
    Row m_row;
    TableSchema m_schema;
    FormInput m_input; // completed from the row
    const DatasetSpec &m_dataset;
    const Operation *m_operation;
    std::vector<FormField> m_fields;
    ParentTexts m_parent;
    QHash<QString, Value> m_old, m_new; // by field of the form, as the form's types have them
};

bool sameValue(const Value &a, const Value &b)
{
    const auto blank = [](const Value &value) {
        const auto *text = std::get_if<QString>(&value);
        return isNull(value) || (text && text->isEmpty());
    };
    return a == b || (blank(a) && blank(b));
}

const Value &Planner::cell(const QString &field) const
{
    static const Value nothing;
    const int at = m_schema.indexOf(field);
    return at >= 0 && static_cast<size_t>(at) < m_row.cells.size() ? m_row.cells[static_cast<size_t>(at)] : nothing;
}

QString Planner::currency() const
{
    const auto *text = std::get_if<QString>(&cell(m_action.currencyField));
    return text ? *text : QString();
}

// What the person left out keeps what the row holds. Of a row's own faults only what the change has part in stands in its way, and a required
// field without a value.
Result<void> Planner::readInput()
{
    QStringList changed;
    for (const FormField &field : m_fields) {
        const QString before = typedText(cell(field.name), field);
        const QString after = m_input.contains(field.name) ? m_input.value(field.name) : before;
        m_input.insert(field.name, after);
        m_old.insert(field.name, field.secret ? cell(field.name) : typedValue(field, before, currency()).value_or(cell(field.name)));
        const bool wanted = !field.offer || field.offer->whenMember.isEmpty() || m_input.value(field.offer->whenMember) == field.offer->whenValue;
        const auto value = wanted ? typedValue(field, after, currency()) : Result<Value>(Value());
        const bool open = field.secret && after.isEmpty();
        m_new.insert(field.name, open ? m_old.value(field.name) : value.value_or(m_old.value(field.name)));
        if (!m_action.needsRow || after != before || isChanged(field.name))
            changed << field.name;
    }
    const auto faults = checkChange(m_fields, m_input, changed, currency());
    const auto all = checkForm(m_fields, m_input, currency());
    for (const FormField &field : m_fields) {
        const bool missing = field.required && isNull(m_new.value(field.name));
        if (faults.contains(field.name) || (missing && all.contains(field.name)))
            return fail(ErrorKind::Rejected, all.value(field.name), field.name);
    }
    return {};
}

bool Planner::isChanged(const QString &field) const
{
    const auto *spec = m_type.column(field);
    if (spec && spec->field.type == FieldType::Secret)
        return !m_input.value(field).isEmpty();
    return !sameValue(m_old.value(field), m_new.value(field));
}

// What was there and is empty now, where the operation takes an empty text for it; left out, it would stay.
bool Planner::isTakenAway(const FormField &field, const FormInputPlace &place, const Value &value) const
{
    const bool textual = field.type == FieldType::Text && place.schema->enumValues.isEmpty() && place.schema->minLength.value_or(0) == 0;
    return m_operation->effect == Effect::Update && textual && !place.required && isNull(value) && isChanged(field.name);
}

// A PATCH leaves alone what is not named; everything else replaces the whole row.
bool Planner::isSent(const FormField &field, const FormInputPlace &place, const Value &value) const
{
    if (place.required)
        return true;
    if (m_operation->method == "PATCH")
        return isChanged(field.name) && (!isNull(value) || mayBeNull(*place.schema));
    return !isNull(value);
}

// What the list was asked with is what its rows belong to.
void Planner::readParent(const Row &parent)
{
    for (auto it = m_type.listParameters.begin(); it != m_type.listParameters.end(); ++it) {
        const QString &text = it.value();
        const QStringList names = placeholders(text);
        if (names.size() != 1 || text != u'{' + names.first() + u'}' || !names.first().startsWith("parent."_L1))
            continue;
        const auto held = m_dataset.parameters.find(it.key().toStdString());
        if (held != m_dataset.parameters.end() && held->is_string())
            m_parent.insert(names.first().mid(7), QString::fromStdString(held->get<std::string>()));
    }
    for (auto it = m_action.parameters.begin(); it != m_action.parameters.end(); ++it) {
        for (const QString &name : placeholders(it.value())) {
            if (name.startsWith("parent."_L1) && !m_parent.contains(name.mid(7)) && !parent.key.isEmpty())
                m_parent.insert(name.mid(7), parent.key); // the view's check: nothing else is asked for
        }
    }
}

Result<void> Planner::addParameters(Call &call, const Action &action, const Operation &operation) const
{
    for (auto it = action.parameters.begin(); it != action.parameters.end(); ++it) {
        const QString value = fillTemplate(it.value(), &m_type, m_row, m_parent);
        const bool open = !placeholders(value).isEmpty();
        if (open && (m_action.needsRow || value.contains("{parent."_L1)))
            return fail(ErrorKind::Rejected, u"%1 has no value for %2"_s.arg(m_type.id, value), it.key());
        auto &target = inputPlace(operation, it.key()).inBody ? call.body : call.parameters;
        target[it.key().toStdString()] = value.toStdString();
    }
    return {};
}

Result<Call> Planner::callWith(const Action &action, const QHash<QString, Value> &values, bool withSecrets) const
{
    Call call;
    call.operation = action.operation;
    const Operation *operation = m_contracts.find(action.operation);
    if (operation->body)
        call.body = nlohmann::json::object();
    if (auto added = addParameters(call, action, *operation); !added)
        return fail(added.error());
    if (&action != &m_action)
        return call;
    for (const FormField &field : m_fields) {
        const auto place = inputPlace(*operation, field.name);
        auto &target = place.inBody ? call.body : call.parameters;
        const std::string name = field.name.toStdString();
        if (field.secret) {
            if (const QString typed = m_input.value(field.name); withSecrets && !typed.isEmpty())
                target[name] = typed.toStdString();
            continue;
        }
        Value value = values.value(field.name);
        if (isNull(value) && place.required && !mayBeNull(*place.schema)) {
            if (field.type != FieldType::Text && field.type != FieldType::Enum)
                return fail(ErrorKind::Rejected, u"%1 requires %2"_s.arg(operation->id, field.name), field.name);
            value = field.emptyAs;
        } else if (m_operation->method != "PATCH" && isTakenAway(field, place, value)) {
            value = u""_s;
        }
        if (isSent(field, place, value))
            target[name] = wireValue(value, *place.schema);
    }
    return call;
}

void Planner::addChanges(WritePlan &plan) const
{
    if (m_operation->effect == Effect::Delete)
        return;
    for (const FormField &field : m_fields) {
        if (!isChanged(field.name))
            continue;
        if (field.secret)
            plan.changes.push_back({field.name, m_row.key.isEmpty() ? Value() : Value(SecretMark()), SecretMark()});
        else
            plan.changes.push_back({field.name, m_old.value(field.name), m_new.value(field.name)});
    }
}

std::optional<Call> Planner::reread() const
{
    const Operation *list = m_contracts.find(m_type.listOperation);
    Call call{m_type.listOperation, m_dataset.parameters, {}};
    if (!m_action.reread.isEmpty() && list && !list->paging.filterParameter.isEmpty() && m_action.needsRow)
        call.parameters[list->paging.filterParameter.toStdString()] = fillTemplate(m_action.reread, &m_type, m_row, m_parent, true).toStdString();
    return call;
}

std::optional<Call> Planner::inverse() const
{
    if (m_action.inverse.isEmpty())
        return std::nullopt;
    const bool same = m_action.inverse == "same"_L1;
    if (same) {
        const bool anything =
            std::any_of(m_fields.begin(), m_fields.end(), [this](const FormField &field) { return !field.secret && isChanged(field.name); });
        if (!anything)
            return std::nullopt;
    }
    const Action *back = same ? &m_action : m_type.action(m_action.inverse);
    const auto call = back ? callWith(*back, m_old, false) : Result<Call>(fail(ErrorKind::Internal, {}));
    return call ? std::optional(*call) : std::nullopt;
}

QString Planner::name() const
{
    const QString typed = m_input.value(m_type.nameField);
    const auto *held = std::get_if<QString>(&cell(m_type.nameField));
    return held && !held->isEmpty() ? *held : typed.isEmpty() ? m_row.key : typed;
}

Result<WritePlan> Planner::run()
{
    if (!m_operation || m_operation->isRead())
        return fail(ErrorKind::Internal, u"%1 is not a write of the contracts"_s.arg(m_action.operation));
    if (m_action.needsRow && m_row.key.isEmpty())
        return fail(ErrorKind::NotFound, u"%1.%2 needs a row"_s.arg(m_type.id, m_action.id));
    if (auto read = readInput(); !read)
        return fail(read.error());
    WritePlan plan;
    plan.action = m_type.id + u'.' + m_action.id;
    plan.resource = m_type.id;
    plan.key = m_row.key;
    plan.name = name();
    plan.seen = m_row;
    plan.dataset = m_dataset;
    auto call = callWith(m_action, m_new, true);
    if (!call)
        return fail(call.error());
    plan.call = *std::move(call);
    addChanges(plan);
    plan.reread = reread();
    plan.carry = m_action.carry;
    plan.inverse = inverse();
    for (const QString &field : m_action.compare.isEmpty() ? m_action.form : m_action.compare) {
        const auto *spec = m_type.column(field);
        if (m_action.needsRow && spec && spec->field.type != FieldType::Secret)
            plan.compare.append(field);
    }
    return plan;
}

} // namespace

Result<WritePlan> planWrite(const ResourceType &type, const Action &action, const ContractSet &contracts, const Row &row, const Row &parent,
                            const FormInput &input, const DatasetSpec &dataset)
{
    return Planner(type, action, contracts, row, parent, input, dataset).run();
}

} // namespace kboss
