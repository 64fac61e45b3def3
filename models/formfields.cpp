#include "models/formrules.h"
#include "models/viewcheck.h"

namespace kboss {

using namespace Qt::StringLiterals;

FormInputPlace inputPlace(const Operation &operation, const QString &name)
{
    for (const auto &parameter : operation.parameters) {
        if (parameter.name == name)
            return {parameter.schema, parameter.required, false};
    }
    if (const auto *property = operation.body ? operation.body->property(name) : nullptr)
        return {property->schema, property->required, true};
    return {};
}

bool mayBeNull(const JsonSchema &schema)
{
    return schema.types.contains("null"_L1);
}

namespace {

FieldType typeOf(const JsonSchema &schema)
{
    if (schema.isSecret())
        return FieldType::Secret;
    if (!schema.enumValues.isEmpty())
        return FieldType::Enum;
    if (schema.property(u"units"_s) && schema.property(u"nanos"_s))
        return FieldType::Money;
    if (schema.types.contains("boolean"_L1))
        return FieldType::Boolean;
    if (schema.types.contains("integer"_L1))
        return FieldType::Integer;
    if (schema.format == "date"_L1)
        return FieldType::Date;
    if (schema.format == "date-time"_L1)
        return FieldType::DateTime;
    return schema.types.contains("number"_L1) ? FieldType::Decimal : FieldType::Text;
}

InputKind kindOf(const JsonSchema &schema)
{
    if (schema.format.startsWith("ipv4-or-host"_L1))
        return InputKind::Address;
    if (schema.format == "port"_L1)
        return InputKind::Port;
    return schema.format == "uri"_L1 ? InputKind::Url : InputKind::Any;
}

// The codes the contract takes, with the view's words where it has them.
std::vector<EnumLabel> valuesOf(const JsonSchema &schema, const ColumnSpec *column)
{
    std::vector<EnumLabel> values;
    for (qsizetype i = 0; i < schema.enumValues.size(); ++i) {
        EnumLabel value{schema.enumValues.at(i), {schema.enumTitles.value(i), schema.enumTitlesEn.value(i)}, Tone::None};
        for (const auto &known : column ? column->values : std::vector<EnumLabel>()) {
            if (known.value == value.value)
                value = known;
        }
        if (value.label.zh.isEmpty() || value.label.en.isEmpty())
            value.label = {value.value, value.value};
        values.push_back(std::move(value));
    }
    return values;
}

// "disable_threshold = true" -> "disable_threshold"
QString switchOf(const QString &condition)
{
    const auto filter = parseFilter(condition).value_or(nullptr);
    const bool plain = filter && filter->kind == FilterNode::Kind::Restriction && filter->op == FilterOp::Equals && filter->value == "true"_L1;
    return plain ? filter->field : QString();
}

void takeFromColumn(FormField &field, const ColumnSpec &column)
{
    field.label = column.label;
    field.unit = column.unit.text();
    field.notBefore = column.notBefore;
    field.below = column.below;
    field.offSwitch = switchOf(column.insteadWhen);
    field.emptyAs = column.emptyAs;
    if (column.input != InputKind::Any)
        field.input = column.input;
    if (column.field.type == FieldType::Secret)
        field.type = FieldType::Secret;
    const bool number = column.field.type == FieldType::Decimal && column.field.reading == FieldReading::Plain;
    if (number && field.type == FieldType::Text) // the service takes it as text
        field.type = FieldType::Decimal;
}

bool mayBeEmpty(const FormField &field)
{
    const JsonSchema &schema = *field.schema;
    if (!field.emptyAs.isEmpty() || schema.enumValues.contains(QString()))
        return true;
    return field.type == FieldType::Text && schema.enumValues.isEmpty() && schema.minLength.value_or(0) == 0;
}

} // namespace

std::vector<FormField> formFields(const ResourceType &type, const Action &action, const ContractSet &contracts)
{
    std::vector<FormField> fields;
    const Operation *operation = contracts.find(action.operation);
    if (!operation)
        return fields;
    for (const QString &name : action.form) {
        const auto place = inputPlace(*operation, name);
        if (!place.schema)
            continue;
        const ColumnSpec *column = type.column(name);
        FormField field;
        field.name = name;
        field.schema = place.schema;
        field.type = typeOf(*place.schema);
        field.label = {place.schema->title, place.schema->titleEn};
        field.unit = place.schema->unit;
        field.input = kindOf(*place.schema);
        if (column)
            takeFromColumn(field, *column);
        field.secret = field.type == FieldType::Secret;
        field.values = valuesOf(*place.schema, column);
        if (const InputSpec *offer = action.input(name))
            field.offer = *offer;
        field.required = place.required && !mayBeEmpty(field) && !(field.secret && action.carry.contains(name));
        fields.push_back(std::move(field));
    }
    return fields;
}

namespace {

// Without the parent's type only its key is known.
ParentTexts textsOf(const QString &text, const Row &parent, const ResourceType *parentType)
{
    if (parentType)
        return parentTexts(parent, *parentType);
    ParentTexts texts;
    for (const QString &name : placeholders(text)) {
        if (name.startsWith("parent."_L1))
            texts.insert(name.mid(7), parent.key);
    }
    return texts;
}

} // namespace

DatasetSpec datasetWith(const ResourceType &type, const QHash<QString, QString> &parameters, const QString &profile, const QTimeZone &zone)
{
    DatasetSpec spec;
    for (auto it = parameters.begin(); it != parameters.end(); ++it)
        spec.parameters[it.key().toStdString()] = it.value().toStdString();
    spec.id = {profile, type.listOperation, QString::fromStdString(spec.parameters.dump())};
    spec.schema = type.schema();
    spec.periodSeconds = type.periodSeconds;
    spec.sourceZone = zone;
    spec.title = type.title.text();
    return spec;
}

DatasetSpec datasetOf(const ResourceType &type, const QString &profile, const QTimeZone &zone, const Row &parent, const ResourceType *parentType)
{
    QHash<QString, QString> parameters;
    for (auto it = type.listParameters.begin(); it != type.listParameters.end(); ++it)
        parameters.insert(it.key(), fillTemplate(it.value(), nullptr, {}, textsOf(it.value(), parent, parentType)));
    DatasetSpec spec = datasetWith(type, parameters, profile, zone);
    const int name = parentType ? parentType->schema().indexOf(parentType->nameField) : -1;
    if (name >= 0 && static_cast<size_t>(name) < parent.cells.size()) {
        if (const auto *text = std::get_if<QString>(&parent.cells[static_cast<size_t>(name)]))
            spec.title = u"%1 · %2"_s.arg(spec.title, *text);
    }
    return spec;
}

} // namespace kboss
