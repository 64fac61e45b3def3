#include "app/base/usestate.h"
#include "models/viewcheck.h"

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

struct WireType {
    FieldType type;
    FieldReading reading = FieldReading::Plain;
};

constexpr NamedValue<WireType> fieldTypes[] = {
    {"text"_L1, {FieldType::Text}},
    {"integer"_L1, {FieldType::Integer}},
    {"boolean"_L1, {FieldType::Boolean}},
    {"decimal"_L1, {FieldType::Decimal}},
    {"money"_L1, {FieldType::Money}},
    {"datetime"_L1, {FieldType::DateTime}},
    {"date"_L1, {FieldType::Date}},
    {"enum"_L1, {FieldType::Enum}},
    {"secret"_L1, {FieldType::Secret}},
    {"duration"_L1, {FieldType::Integer, FieldReading::Duration}},
    {"cores"_L1, {FieldType::Decimal, FieldReading::Cores}},
    {"gibibytes"_L1, {FieldType::Decimal, FieldReading::Gibibytes}},
    {"tags"_L1, {FieldType::Text, FieldReading::Tags}},
};

constexpr NamedValue<ColumnFormat> formats[] = {
    {"plain"_L1, ColumnFormat::Plain},       {"mono"_L1, ColumnFormat::Mono},
    {"short-id"_L1, ColumnFormat::ShortId},  {"amount"_L1, ColumnFormat::Amount},
    {"integer"_L1, ColumnFormat::Integer},   {"percent"_L1, ColumnFormat::Percent},
    {"bar"_L1, ColumnFormat::Bar},           {"chip"_L1, ColumnFormat::Chip},
    {"flag"_L1, ColumnFormat::Flag},         {"relative"_L1, ColumnFormat::RelativeTime},
    {"datetime"_L1, ColumnFormat::DateTime}, {"date"_L1, ColumnFormat::Date},
    {"expiry"_L1, ColumnFormat::ExpiryDate}, {"secret"_L1, ColumnFormat::Secret},
    {"link"_L1, ColumnFormat::Link},         {"duration"_L1, ColumnFormat::Duration},
    {"quantity"_L1, ColumnFormat::Quantity}, {"usage"_L1, ColumnFormat::Usage},
    {"tags"_L1, ColumnFormat::Tags},         {"stocks"_L1, ColumnFormat::Stocks},
};

constexpr NamedValue<Tone> tones[] = {
    {"none"_L1, Tone::None}, {"good"_L1, Tone::Good}, {"warn"_L1, Tone::Warn}, {"bad"_L1, Tone::Bad}, {"info"_L1, Tone::Info}, {"off"_L1, Tone::Off},
};

constexpr NamedValue<Danger> dangers[] = {
    {"none"_L1, Danger::None},
    {"careful"_L1, Danger::Careful},
    {"destructive"_L1, Danger::Destructive},
};

constexpr NamedValue<PageKind> pages[] = {
    {"own"_L1, PageKind::Own},
    {"scoped"_L1, PageKind::Scoped},
};

constexpr NamedValue<InputKind> inputs[] = {
    {"any"_L1, InputKind::Any}, {"address"_L1, InputKind::Address}, {"port"_L1, InputKind::Port},
    {"url"_L1, InputKind::Url}, {"phone"_L1, InputKind::Phone},     {"count"_L1, InputKind::Count},
};

constexpr NamedValue<Rounding> roundings[] = {
    {"half-up"_L1, Rounding::HalfUp},
    {"half-even"_L1, Rounding::HalfEven},
    {"down"_L1, Rounding::Down},
    {"up"_L1, Rounding::Up},
};

ColumnFormat usualFormat(const FieldSchema &field)
{
    switch (field.reading) {
    case FieldReading::Duration:
        return ColumnFormat::Duration;
    case FieldReading::Cores:
    case FieldReading::Gibibytes:
        return ColumnFormat::Quantity;
    case FieldReading::Tags:
        return ColumnFormat::Tags;
    case FieldReading::Plain:
        break;
    }
    switch (field.type) {
    case FieldType::Integer:
        return ColumnFormat::Integer;
    case FieldType::Boolean:
        return ColumnFormat::Flag;
    case FieldType::Decimal:
    case FieldType::Money:
        return ColumnFormat::Amount;
    case FieldType::DateTime:
        return ColumnFormat::DateTime;
    case FieldType::Date:
        return ColumnFormat::Date;
    case FieldType::Secret:
        return ColumnFormat::Secret;
    case FieldType::Text:
    case FieldType::Enum:
        break;
    }
    return ColumnFormat::Plain;
}

std::vector<EnumLabel> readValues(ViewObject &object)
{
    std::vector<EnumLabel> values;
    for (ViewObject &item : object.objects("values")) {
        EnumLabel value;
        value.value = item.text("value", true);
        value.label = item.label("label");
        value.tone = item.choice("tone", tones, Tone::None);
        value.tip = item.label("tip", false);
        item.end();
        values.push_back(std::move(value));
    }
    return values;
}

void readRules(ViewObject &object, ColumnSpec &spec)
{
    spec.toneWhen = object.text("toneWhen");
    spec.tone = object.choice("tone", tones, Tone::None);
    spec.markBelow = object.text("markBelow");
    spec.markUnless = object.text("markUnless");
    spec.insteadWhen = object.text("insteadWhen");
    spec.instead = object.label("instead", !spec.insteadWhen.isEmpty());
    spec.otherwise = object.text("otherwise");
    spec.expiryWarnDays = object.number("warnDays", 30, 0, 3650);
    spec.limit = object.text("limit");
    spec.warnFrom = object.number("warnFrom", 0, 0, 1000);
    spec.badFrom = object.number("badFrom", 0, 0, 1000);
    spec.input = object.choice("input", inputs, InputKind::Any);
    spec.notBefore = object.text("notBefore");
    spec.below = object.text("below");
    spec.emptyAs = object.text("emptyAs");
    spec.inlineAction = object.text("inlineAction");
    if (object.has("list")) {
        ViewObject list = object.object("list");
        spec.list = ListSpec{list.name("name"), list.name("used"), list.name("total"), list.text("unit")};
        list.end();
    }
    if (object.has("useOf")) {
        ViewObject use = object.object("useOf");
        spec.field.pointer = UseRule{use.name("used"), use.name("total"), use.number("lowFrom", 90, 1, 100)}.pointer();
        use.end();
    }
}

ColumnSpec readColumn(ViewObject &object)
{
    ColumnSpec spec;
    spec.field.id = object.name("id");
    spec.field.pointer = object.has("pointer") ? object.name("pointer") : spec.field.id;
    const WireType wire = object.choice("type", fieldTypes, WireType{FieldType::Text});
    spec.field.type = wire.type;
    spec.field.reading = wire.reading;
    spec.field.indexed = object.flag("indexed", false);
    spec.field.restless = object.flag("restless", false);
    spec.label = object.label("label");
    spec.tip = object.label("tip", false);
    spec.format = object.choice("format", formats, usualFormat(spec.field));
    spec.values = readValues(object);
    spec.unit = object.label("unit", false);
    spec.width = object.number("width", 120, 24, 2000);
    spec.visible = object.flag("visible", true);
    readRules(object, spec);
    object.end();
    if (spec.field.type == FieldType::Enum) {
        for (const auto &value : spec.values)
            spec.field.enumValues.push_back(value.value);
    }
    return spec;
}

QuickFilter readQuickFilter(ViewObject &object)
{
    QuickFilter filter;
    filter.id = object.name("id");
    filter.label = object.label("label");
    filter.filter = object.name("filter");
    filter.operation = object.text("operation");
    filter.hides = object.flag("hides", false);
    object.end();
    return filter;
}

PickSpec readPick(ViewObject object)
{
    PickSpec pick;
    pick.resource = object.name("resource");
    pick.parameters = object.map("parameters");
    pick.filter = object.text("filter");
    pick.value = object.name("value");
    pick.show = object.texts("show", true);
    object.end();
    return pick;
}

InputSpec readInput(ViewObject &object)
{
    InputSpec input;
    input.member = object.name("member");
    if (object.has("pick"))
        input.pick = readPick(object.object("pick"));
    input.suggest = object.texts("suggest");
    input.by = object.text("by");
    input.suggestBy = object.textsBy("suggestBy");
    input.follow = object.map("follow");
    input.open = object.flag("open", false);
    input.separator = object.text("separator");
    input.start = object.text("start");
    input.none = object.label("none", false);
    if (object.has("parts")) {
        ViewObject parts = object.object("parts");
        input.parts = PartsSpec{parts.name("resource"), parts.map("parameters")};
        parts.end();
    }
    if (object.has("when")) {
        ViewObject when = object.object("when");
        input.whenMember = when.name("member");
        input.whenValue = when.name("is");
        when.end();
    }
    object.end();
    return input;
}

PercentSpec readPercent(ViewObject &object)
{
    PercentSpec percent;
    percent.field = object.name("field");
    percent.decimals = object.number("decimals", 4, 0, 18);
    percent.mostDecimals = object.number("mostDecimals", 10, 0, 18);
    percent.rounding = object.choice("rounding", roundings, Rounding::HalfUp);
    object.end();
    return percent;
}

Action readAction(ViewObject &object)
{
    Action action;
    action.id = object.name("id");
    action.label = object.label("label");
    action.operation = object.name("operation");
    action.danger = object.choice("danger", dangers, Danger::None);
    action.bulk = object.flag("bulk", false);
    action.needsRow = object.flag("needsRow", true);
    action.enabledWhen = object.text("enabledWhen");
    action.masterWhen = object.text("masterWhen");
    if (!action.masterWhen.isEmpty())
        action.masterNot = object.label("masterNot");
    action.form = object.texts("form");
    action.parameters = object.map("parameters");
    action.reread = object.text("reread");
    action.compare = object.texts("compare");
    action.carry = object.texts("carry");
    action.inverse = object.text("inverse");
    action.refresh = object.texts("refresh");
    action.currencyField = object.text("currencyField");
    action.lockedInBulk = object.texts("lockedInBulk");
    for (ViewObject &item : object.objects("inputs"))
        action.inputs.push_back(readInput(item));
    for (ViewObject &item : object.objects("percents"))
        action.percents.push_back(readPercent(item));
    object.end();
    return action;
}

void readList(ViewObject list, ResourceType &type)
{
    type.listOperation = list.name("operation");
    type.listParameters = list.map("parameters");
    type.periodSeconds = list.number("period", 30, 1, 86400);
    type.defaultOrder = list.text("order");
    type.asked = list.texts("ask");
    list.end();
}

TraceSpec readTrace(ViewObject object)
{
    TraceSpec trace;
    trace.parts = object.name("parts");
    trace.term = object.name("term");
    trace.termUnit = object.name("termUnit");
    trace.price = object.name("price");
    trace.cluster = object.name("cluster");
    trace.resource = object.name("resource");
    trace.parameters = object.map("parameters");
    object.end();
    return trace;
}

void readRest(ViewObject &object, ResourceType &type)
{
    for (ViewObject &item : object.objects("columns", true))
        type.columns.push_back(readColumn(item));
    for (ViewObject &item : object.objects("quickFilters"))
        type.quickFilters.push_back(readQuickFilter(item));
    for (ViewObject &item : object.objects("details", true)) {
        DetailSection section{item.label("title"), item.texts("fields", !item.has("trace"))};
        if (item.has("trace"))
            section.trace = readTrace(item.object("trace"));
        item.end();
        type.details.push_back(std::move(section));
    }
    for (ViewObject &item : object.objects("actions"))
        type.actions.push_back(readAction(item));
    for (ViewObject &item : object.objects("related")) {
        type.related.push_back({item.name("resource"), item.map("parameters")});
        item.end();
    }
    for (ViewObject &item : object.objects("groupBy")) {
        type.groupBy.push_back({item.name("field"), item.text("title")});
        item.end();
    }
    type.troubledWhen = object.text("troubledWhen");
    for (ViewObject &item : object.objects("jumps")) {
        type.jumps.push_back({item.name("id"), item.label("label"), item.name("resource"), item.texts("masters"), item.text("key"),
                              item.text("filter"), item.text("page")});
        item.end();
    }
    type.totals = object.texts("totals");
    type.searchFields = object.texts("search");
}

} // namespace

Result<std::shared_ptr<const ResourceType>> ResourceSet::parse(const QByteArray &document, const QString &fileName)
{
    ViewFault fault{fileName, {}, false};
    const nlohmann::json json = readViewJson(document, fault);
    auto type = std::make_shared<ResourceType>();
    ViewObject object(fault, json, {});
    type->id = object.name("id");
    type->title = object.label("title");
    type->titleOne = object.label("titleOne");
    type->group = object.name("group");
    type->order = object.number("order", 0, 0, 10000);
    type->icon = object.text("icon");
    readList(object.object("list"), *type);
    type->parent = object.text("parent");
    type->page = object.choice("page", pages, PageKind::Own);
    type->detail = object.text("detail");
    type->keyField = object.name("key");
    type->keyFrom = object.texts("keyFrom");
    type->nameField = object.name("name");
    readRest(object, *type);
    object.end();
    if (!fault.found)
        checkView(*type, fault);
    if (fault.found)
        return fail(fault.error);
    return type;
}

} // namespace kboss
