#include "models/viewcheck.h"

#include "app/base/secretnames.h"

#include <QRegularExpression>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

class Checker {
public:
    Checker(const ResourceType &type, ViewFault &fault) : m_type(type), m_fault(fault), m_schema(type.schema()) { }

    void run();

private:
    void note(const QString &pointer, const QString &reason) { m_fault.note(pointer, reason); }
    void knownField(const QString &pointer, const QString &field);
    void knownFields(const QString &pointer, const QStringList &fields);
    void fieldOfType(const QString &pointer, const QString &field, FieldType type, QLatin1StringView word);
    void filter(const QString &pointer, const QString &text);
    void templates(const QString &pointer, const QString &text, bool hasRow);
    void columns();
    void column(const ColumnSpec &spec, const QString &at);
    void values(const ColumnSpec &spec, const QString &at);
    void usage(const ColumnSpec &spec, const QString &at);
    void order();
    void lists();
    void groups();
    void jumps();
    void actions();
    void action(const Action &action, const QString &at);
    void input(const Action &action, const InputSpec &input, const QString &at);
    void pick(const Action &action, const PickSpec &pick, const QString &at);

    const ResourceType &m_type;
    ViewFault &m_fault;
    TableSchema m_schema;
};

bool formatFits(ColumnFormat format, FieldType type)
{
    switch (format) {
    case ColumnFormat::Secret:
        return type == FieldType::Secret;
    case ColumnFormat::Amount:
        return type == FieldType::Money || type == FieldType::Decimal;
    case ColumnFormat::Integer:
        return type == FieldType::Integer;
    case ColumnFormat::Percent:
    case ColumnFormat::Bar:
    case ColumnFormat::Quantity:
    case ColumnFormat::Usage:
        return type == FieldType::Decimal || type == FieldType::Integer;
    case ColumnFormat::Duration:
        return type == FieldType::Integer;
    case ColumnFormat::Tags:
    case ColumnFormat::Stocks:
        return type == FieldType::Text;
    case ColumnFormat::Flag:
        return type == FieldType::Boolean;
    case ColumnFormat::RelativeTime:
    case ColumnFormat::DateTime:
        return type == FieldType::DateTime;
    case ColumnFormat::Date:
    case ColumnFormat::ExpiryDate:
        return type == FieldType::Date;
    case ColumnFormat::Chip:
    case ColumnFormat::Plain:
        return type == FieldType::Text || type == FieldType::Enum;
    case ColumnFormat::Mono:
    case ColumnFormat::ShortId:
    case ColumnFormat::Link:
        return type == FieldType::Text || type == FieldType::Integer;
    }
    return false;
}

void Checker::knownField(const QString &pointer, const QString &field)
{
    if (m_schema.indexOf(field) < 0)
        note(pointer, u"there is no column \"%1\""_s.arg(field));
}

void Checker::knownFields(const QString &pointer, const QStringList &fields)
{
    for (qsizetype i = 0; i < fields.size(); ++i) {
        knownField(pointer + u'/' + QString::number(i), fields.at(i));
        if (fields.indexOf(fields.at(i)) != i)
            note(pointer + u'/' + QString::number(i), u"\"%1\" is named twice"_s.arg(fields.at(i)));
    }
}

void Checker::fieldOfType(const QString &pointer, const QString &field, FieldType type, QLatin1StringView word)
{
    knownField(pointer, field);
    const auto *spec = m_type.column(field);
    if (spec && spec->field.type != type)
        note(pointer, u"\"%1\" is not a %2 column"_s.arg(field, word));
}

void Checker::filter(const QString &pointer, const QString &text)
{
    if (text.isEmpty())
        return;
    const auto parsed = parseFilter(text);
    if (!parsed) {
        note(pointer, u"not a filter: "_s + parsed.error().detail);
        return;
    }
    if (const auto checked = checkFilter(*parsed, m_schema); !checked)
        note(pointer, u"the filter does not fit the columns: "_s + checked.error().detail);
}

void Checker::templates(const QString &pointer, const QString &text, bool hasRow)
{
    for (const QString &name : placeholders(text)) {
        if (name.startsWith("parent."_L1)) {
            if (m_type.parent.isEmpty())
                note(pointer, u"{%1}: the resource has no parent"_s.arg(name));
        } else if (!hasRow) {
            note(pointer, u"{%1}: there is no row to take it from"_s.arg(name));
        } else {
            knownField(pointer, name);
        }
    }
}

void Checker::values(const ColumnSpec &spec, const QString &at)
{
    const bool closed = spec.field.type == FieldType::Enum || spec.format == ColumnFormat::Chip;
    if (closed && spec.values.empty())
        note(at + u"/values"_s, u"is missing"_s);
    QSet<QString> seen;
    for (const auto &value : spec.values) {
        if (seen.contains(value.value))
            note(at + u"/values"_s, u"\"%1\" is written twice"_s.arg(value.value));
        seen.insert(value.value);
    }
}

void Checker::column(const ColumnSpec &spec, const QString &at)
{
    static const QRegularExpression idForm(u"^[a-z][a-z0-9_]*$"_s);
    if (!idForm.match(spec.field.id).hasMatch())
        note(at + u"/id"_s, u"must be lower-case letters, digits and _, beginning with a letter"_s);
    if (isSecretName(spec.field.id.toStdString()) && spec.field.type != FieldType::Secret)
        note(at + u"/type"_s, u"a member of this name carries a secret: its type must be secret"_s);
    if (!formatFits(spec.format, spec.field.type))
        note(at + u"/format"_s, u"does not fit the column's type"_s);
    values(spec, at);
    usage(spec, at);
    filter(at + u"/toneWhen"_s, spec.toneWhen);
    if (!spec.toneWhen.isEmpty() && spec.tone == Tone::None)
        note(at + u"/tone"_s, u"is missing beside toneWhen"_s);
    filter(at + u"/markUnless"_s, spec.markUnless);
    filter(at + u"/insteadWhen"_s, spec.insteadWhen);
    const struct {
        const QString &field;
        FieldType type;
        QLatin1StringView member, word;
    } links[] = {
        {spec.markBelow, FieldType::Money, "/markBelow"_L1, "money"_L1},
        {spec.below, FieldType::Money, "/below"_L1, "money"_L1},
        {spec.notBefore, FieldType::Date, "/notBefore"_L1, "date"_L1},
        {spec.otherwise, FieldType::Enum, "/otherwise"_L1, "enum"_L1},
    };
    for (const auto &link : links) {
        if (link.field.isEmpty())
            continue;
        fieldOfType(at + link.member, link.field, link.type, link.word);
        if (spec.field.type != link.type)
            note(at + link.member, u"does not fit the column's type"_s);
    }
}

void Checker::usage(const ColumnSpec &spec, const QString &at)
{
    const bool usage = spec.format == ColumnFormat::Usage;
    if (usage == spec.limit.isEmpty())
        note(at + u"/limit"_s, usage ? u"is missing"_s : u"only a usage has a limit"_s);
    const auto *limit = m_type.column(spec.limit);
    if (usage && (!limit || limit->field.type != spec.field.type || limit->field.reading != spec.field.reading))
        note(at + u"/limit"_s, u"there is no column \"%1\" of the same type"_s.arg(spec.limit));
    const bool toned = spec.warnFrom > 0 || spec.badFrom > 0;
    if (toned && !usage && spec.format != ColumnFormat::Bar && spec.format != ColumnFormat::Stocks)
        note(at + u"/warnFrom"_s, u"only a bar has thresholds"_s);
    if (spec.badFrom > 0 && spec.badFrom < spec.warnFrom)
        note(at + u"/badFrom"_s, u"must not be below warnFrom"_s);
}

void Checker::groups()
{
    filter(u"/troubledWhen"_s, m_type.troubledWhen);
    for (size_t i = 0; i < m_type.groupBy.size(); ++i) {
        const auto &group = m_type.groupBy[i];
        const QString at = u"/groupBy/"_s + QString::number(i);
        knownField(at + u"/field"_s, group.field);
        const auto *spec = m_type.column(group.field);
        const bool fits = spec
            && (spec->field.type == FieldType::Text || spec->field.type == FieldType::Enum || spec->field.type == FieldType::Integer
                || spec->field.type == FieldType::Boolean);
        if (spec && !fits)
            note(at + u"/field"_s, u"rows cannot be grouped by it"_s);
        if (!group.title.isEmpty())
            fieldOfType(at + u"/title"_s, group.title, FieldType::Text, "text"_L1);
    }
}

void Checker::jumps()
{
    QSet<QString> seen;
    for (size_t i = 0; i < m_type.jumps.size(); ++i) {
        const auto &jump = m_type.jumps[i];
        const QString at = u"/jumps/"_s + QString::number(i);
        if (seen.contains(jump.id))
            note(at + u"/id"_s, u"\"%1\" is written twice"_s.arg(jump.id));
        seen.insert(jump.id);
        for (const QString &text : QStringList{jump.key, jump.filter, jump.page} + jump.masters)
            templates(at, text, true);
        if (!jump.key.isEmpty() && !jump.filter.isEmpty())
            note(at + u"/key"_s, u"either a key or a filter"_s);
    }
}

void Checker::columns()
{
    if (m_type.columns.empty())
        note(u"/columns"_s, u"must not be empty"_s);
    QSet<QString> seen;
    for (size_t i = 0; i < m_type.columns.size(); ++i) {
        const auto &spec = m_type.columns[i];
        const QString at = u"/columns/"_s + QString::number(i);
        if (seen.contains(spec.field.id))
            note(at + u"/id"_s, u"\"%1\" is written twice"_s.arg(spec.field.id));
        seen.insert(spec.field.id);
        column(spec, at);
    }
    fieldOfType(u"/key"_s, m_type.keyField, FieldType::Text, "text"_L1);
    for (qsizetype i = 0; i < m_type.keyFrom.size(); ++i)
        fieldOfType(u"/keyFrom/"_s + QString::number(i), m_type.keyFrom.at(i), FieldType::Text, "text"_L1);
    knownField(u"/name"_s, m_type.nameField);
}

void Checker::order()
{
    const auto keys = parseOrderBy(m_type.defaultOrder);
    if (!keys) {
        note(u"/list/order"_s, u"not an order: "_s + keys.error().detail);
        return;
    }
    for (const auto &key : *keys)
        knownField(u"/list/order"_s, key.field);
}

void Checker::lists()
{
    QSet<QString> seen;
    for (size_t i = 0; i < m_type.quickFilters.size(); ++i) {
        const auto &quick = m_type.quickFilters[i];
        const QString at = u"/quickFilters/"_s + QString::number(i);
        if (seen.contains(quick.id))
            note(at + u"/id"_s, u"\"%1\" is written twice"_s.arg(quick.id));
        seen.insert(quick.id);
        filter(at + u"/filter"_s, quick.filter);
    }
    for (size_t i = 0; i < m_type.details.size(); ++i)
        knownFields(u"/details/%1/fields"_s.arg(i), m_type.details[i].fields);
    for (qsizetype i = 0; i < m_type.totals.size(); ++i)
        fieldOfType(u"/totals/"_s + QString::number(i), m_type.totals.at(i), FieldType::Money, "money"_L1);
    knownFields(u"/totals"_s, m_type.totals);
    for (qsizetype i = 0; i < m_type.searchFields.size(); ++i)
        fieldOfType(u"/search/"_s + QString::number(i), m_type.searchFields.at(i), FieldType::Text, "text"_L1);
    for (size_t i = 0; i < m_type.related.size(); ++i) {
        const QString at = u"/related/%1/parameters/"_s.arg(i);
        const auto &parameters = m_type.related[i].parameters;
        for (auto it = parameters.begin(); it != parameters.end(); ++it)
            templates(at + it.key(), it.value(), true);
    }
    for (auto it = m_type.listParameters.begin(); it != m_type.listParameters.end(); ++it)
        templates(u"/list/parameters/"_s + it.key(), it.value(), false);
}

void Checker::action(const Action &action, const QString &at)
{
    filter(at + u"/enabledWhen"_s, action.enabledWhen);
    for (auto it = action.parameters.begin(); it != action.parameters.end(); ++it)
        templates(at + u"/parameters/"_s + it.key(), it.value(), action.needsRow);
    templates(at + u"/reread"_s, action.reread, action.needsRow);
    knownFields(at + u"/compare"_s, action.compare);
    knownFields(at + u"/carry"_s, action.carry);
    if (!action.currencyField.isEmpty())
        fieldOfType(at + u"/currencyField"_s, action.currencyField, FieldType::Text, "text"_L1);
    if (!action.inverse.isEmpty() && action.inverse != "same"_L1 && !m_type.action(action.inverse))
        note(at + u"/inverse"_s, u"there is no action \"%1\""_s.arg(action.inverse));
    if (action.inverse == "same"_L1 && !action.needsRow)
        note(at + u"/inverse"_s, u"\"same\" needs a row"_s);
    for (const QString &field : action.lockedInBulk) {
        if (!action.form.contains(field))
            note(at + u"/lockedInBulk"_s, u"\"%1\" is not in the form"_s.arg(field));
    }
    for (const QString &field : action.carry) {
        if (!action.form.contains(field))
            note(at + u"/carry"_s, u"\"%1\" is not in the form"_s.arg(field));
    }
    if (action.bulk && !action.needsRow)
        note(at + u"/bulk"_s, u"needs a row"_s);
    for (size_t i = 0; i < action.inputs.size(); ++i)
        input(action, action.inputs[i], at + u"/inputs/"_s + QString::number(i));
}

// A template of a pick: from the row, the master, or what is typed in the same form.
void Checker::pick(const Action &action, const PickSpec &pick, const QString &at)
{
    QHash<QString, QString> texts = pick.parameters;
    texts.insert({}, pick.filter);
    for (auto it = texts.cbegin(); it != texts.cend(); ++it) {
        const QString place = it.key().isEmpty() ? at + u"/filter"_s : at + u"/parameters/"_s + it.key();
        for (const QString &name : placeholders(it.value())) {
            if (!name.startsWith("form."_L1))
                templates(place, u'{' + name + u'}', action.needsRow);
            else if (!action.form.contains(name.mid(5)))
                note(place, u"\"%1\" is not in the form"_s.arg(name.mid(5)));
        }
    }
    if (pick.show.isEmpty())
        note(at + u"/show"_s, u"must not be empty"_s);
}

void Checker::input(const Action &action, const InputSpec &input, const QString &at)
{
    if (!action.form.contains(input.member))
        note(at + u"/member"_s, u"\"%1\" is not in the form"_s.arg(input.member));
    const bool offers = input.pick || input.parts || !input.suggest.isEmpty() || !input.suggestBy.isEmpty();
    if (input.parts && (input.pick || !input.suggest.isEmpty() || !input.suggestBy.isEmpty()))
        note(at + u"/parts"_s, u"stands beside other offers: one or the other"_s);
    if (input.parts) {
        for (auto it = input.parts->parameters.begin(); it != input.parts->parameters.end(); ++it)
            templates(at + u"/parts/parameters/"_s + it.key(), it.value(), action.needsRow);
    }
    templates(at + u"/start"_s, input.start, action.needsRow);
    if (!input.whenMember.isEmpty() && (input.whenMember == input.member || !action.form.contains(input.whenMember)))
        note(at + u"/when/member"_s, u"\"%1\" is not another member of the form"_s.arg(input.whenMember));
    if (input.pick) {
        pick(action, *input.pick, at + u"/pick"_s);
        if (!input.suggest.isEmpty() || !input.suggestBy.isEmpty())
            note(at + u"/pick"_s, u"stands beside suggestions: one or the other"_s);
    }
    if (!offers && input.follow.isEmpty() && input.start.isEmpty())
        note(at, u"says nothing"_s);
    const bool dependent = !input.suggestBy.isEmpty() || !input.follow.isEmpty();
    if (dependent && (input.by == input.member || !action.form.contains(input.by)))
        note(at + u"/by"_s, u"\"%1\" is not another member of the form"_s.arg(input.by));
    if (!dependent && !input.by.isEmpty())
        note(at + u"/by"_s, u"nothing depends on it"_s);
    if (!input.separator.isEmpty() && !offers)
        note(at + u"/separator"_s, u"there is nothing to choose several of"_s);
    const auto same = [&](const InputSpec &other) { return other.member == input.member; };
    if (std::count_if(action.inputs.begin(), action.inputs.end(), same) > 1)
        note(at + u"/member"_s, u"\"%1\" is written twice"_s.arg(input.member));
}

void Checker::actions()
{
    QSet<QString> seen;
    for (size_t i = 0; i < m_type.actions.size(); ++i) {
        const auto &one = m_type.actions[i];
        const QString at = u"/actions/"_s + QString::number(i);
        if (seen.contains(one.id))
            note(at + u"/id"_s, u"\"%1\" is written twice"_s.arg(one.id));
        seen.insert(one.id);
        action(one, at);
    }
}

void Checker::run()
{
    static const QStringList known{u"overview"_s, u"compute"_s, u"sales"_s, u"accounts"_s, u"warehouse"_s, u"cloud"_s, u"system"_s};
    if (!known.contains(m_type.group))
        note(u"/group"_s, u"unknown value \"%1\""_s.arg(m_type.group));
    if (m_type.page == PageKind::Scoped && m_type.parent.isEmpty())
        note(u"/page"_s, u"scoped: the resource has no parent"_s);
    columns();
    order();
    lists();
    groups();
    jumps();
    actions();
}

} // namespace

QStringList placeholders(const QString &text)
{
    static const QRegularExpression braces(u"\\{([^{}]*)\\}"_s);
    QStringList names;
    auto matches = braces.globalMatch(text);
    while (matches.hasNext())
        names.append(matches.next().captured(1));
    return names;
}

void checkView(const ResourceType &type, ViewFault &fault)
{
    Checker(type, fault).run();
    checkPricesAndStock(type, fault);
}

} // namespace kboss
