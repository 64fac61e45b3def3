#pragma once

#include "app/api/operation.h"
#include "app/base/decimal.h"
#include "app/base/filter.h"

#include <QStringList>
#include <optional>

namespace kboss {

enum class Tone { None, Good, Warn, Bad, Info, Off };

// A word in both languages of the product; both must be there.
struct Label {
    QString zh, en;
    QString text() const; // in the language of currentLanguage()
};
// "zh_CN" or "en"; set once by ui when the language is switched. GUI thread.
void setCurrentLanguage(const QString &language);
QString currentLanguage();

enum class ColumnFormat {
    Plain,
    Mono,
    ShortId,
    Amount,
    Integer,
    Percent,
    Bar,
    Chip,
    Flag,
    RelativeTime,
    DateTime,
    Date,
    ExpiryDate,
    Secret,
    Link,
    Duration, // "16h", "3d"; in words on hover
    Quantity, // a decimal with few digits; exact on hover
    Usage,    // "15.21 / 16" with a bar against ColumnSpec::limit
    Tags,     // "a=1, b=2" as small outlined chips
    Stocks,   // a JSON list of places with what is used of how much, as a bar each: ColumnSpec::list
};

enum class InputKind { Any, Address, Port, Url, Phone, Count };

struct EnumLabel {
    QString value;
    Label label;
    Tone tone = Tone::None;
    Label tip = {}; // said on hover: what it means, and by which rule
};

// Stocks: the members of each item of the list.
struct ListSpec {
    QString name, used, total;
    QString unit; // a column of the row that says what the numbers are counted in; may be empty
};

// How one field is shown.
struct ColumnSpec {
    FieldSchema field;
    Label label;
    Label tip; // may be empty
    ColumnFormat format = ColumnFormat::Plain;
    std::vector<EnumLabel> values;
    Label unit; // in the head: "GiB"; may be empty
    int width = 120; // px at 100 %
    bool visible = true; // by default
    QString toneWhen; // filter text: the cell takes `tone` where it holds ("balance < 0")
    Tone tone = Tone::None;
    QString markBelow; // Amount: warned with the shape where it is under this money field of the row, in the same currency …
    QString markUnless; // … and this filter text does not hold
    QString insteadWhen; // filter text: where it holds, the cell says `instead` ("disable_threshold = true" -> "off")
    Label instead;
    QString otherwise; // Enum: where this field is not set, what another one says, in this column's words
    int expiryWarnDays = 30; // ExpiryDate
    QString limit; // Usage: the field of the row that is 100 %
    int warnFrom = 0, badFrom = 0; // Bar, Usage: percent from which the bar takes the tone; 0 = never
    InputKind input = InputKind::Any; // what a form accepts, beyond the contract's schema
    QString notBefore; // Date: a form refuses a day before this field's
    QString below; // Amount: a form refuses more than this field holds, where both are set
    QString emptyAs; // sent where a required field was left empty, as the service itself writes "not set"
    std::optional<ListSpec> list; // Stocks
    QString inlineAction; // the action that changes this field in its cell
};

enum class Danger { None, Careful, Destructive }; // Destructive asks for the name to be typed

// Rows of another resource that a form offers as values. Templates: "{field}" of the form's row, "{parent.…}" of its master, "{form.member}" of what
// is typed in the same form.
struct PickSpec {
    QString resource; // view id
    QHash<QString, QString> parameters; // of that list; templates
    QString filter; // which of its rows; templates; empty = all
    QString value; // what is sent: a field of the row, or a text with fields in braces ("{label_key}={label_value}")
    QStringList show; // what a person sees: the name first, the others beside it
};

// A text member that lists parts as JSON, [{"type", "model", "amount"}, …], put together from the parts of a center.
struct PartsSpec {
    QString resource; // a view of parts
    QHash<QString, QString> parameters; // of that list; templates as in PickSpec
};

// What a form knows of one member beyond the contract's schema.
struct InputSpec {
    QString member;
    std::optional<PickSpec> pick;
    QStringList suggest; // offered; the contract decides whether something else may be typed
    QString by; // another member of the form …
    QHash<QString, QStringList> suggestBy; // … whose value says what is offered
    QHash<QString, QString> follow; // … or what this member is; then it cannot be typed
    bool open = false; // pick: what is not offered may be typed as well
    QString separator; // several values, joined by it; empty = one
    QString start; // what a new form begins with; a template over the row it is made from
    Label none; // said when there is nothing to choose from
    std::optional<PartsSpec> parts;
    QString whenMember, whenValue; // asked for, and then required, only while that member of the form has this value
};

// A field that a bulk change may raise or lower by percent.
struct PercentSpec {
    QString field;
    int decimals = 4; // of the result, to begin with
    int mostDecimals = 10; // what the service takes
    Rounding rounding = Rounding::HalfUp;
};

struct Action {
    QString id; // "update", "create", "delete"
    Label label;
    QString operation; // operationId
    Danger danger = Danger::None;
    bool bulk = false;
    bool needsRow = true; // false for create
    QString enabledWhen; // filter text over the row; empty = always
    QString masterWhen; // filter text over the parent's row; empty = always
    Label masterNot; // why the action cannot be taken where that does not match
    QStringList form; // parameters or body members asked for, in order ("credit_line"); empty = no form
    QHash<QString, QString> parameters; // fixed or from the row or its parent: "id" -> "{id}", "cpcid" -> "{parent.id}"
    QString reread; // list operation's filter parameter text, "id = \"{id}\""; empty = page through the list and look for the key
    QStringList compare; // fields compared before sending; empty = every field of the form
    QStringList carry;
    QString inverse; // action id, or "same" (an update with the old values)
    QStringList refresh; // resource ids
    QString currencyField; // for money fields of the form
    QStringList lockedInBulk; // fields not offered in bulk edit
    std::vector<InputSpec> inputs; // members of the form that are chosen rather than typed
    std::vector<PercentSpec> percents;

    const InputSpec *input(const QString &member) const;
    const PercentSpec *percent(const QString &field) const;
};

// The price of a row's parts for its term, line by line: a section of the details. Ids of columns, and where the parts' prices come from.
struct TraceSpec {
    QString parts; // text, JSON as in PartsSpec; an empty one = one of each part on sale in the cluster
    QString term, termUnit;
    QString price; // what the service says; compared
    QString cluster;
    QString resource; // a view of parts
    QHash<QString, QString> parameters;
};

struct DetailSection {
    Label title;
    QStringList fields;
    std::optional<TraceSpec> trace = {};
};

struct RelatedList {
    QString resource;
    QHash<QString, QString> parameters; // list parameters from the row: "cpcid" -> "{id}"
};

// What a table can be grouped by.
struct GroupSpec {
    QString field;
    QString title; // a text field of the rows that names the group (the customer of a namespace), or empty
};

// Where a person can go from a row: to a row of another resource, or to the rows of this one that have something in common with it.
struct Jump {
    QString id;
    Label label; // "Node"
    QString resource;
    QStringList masters; // keys of its masters, topmost first; templates over the row; empty = as they are
    QString key; // template over the row; where it comes out empty there is nowhere to go
    QString filter; // instead of a key: template of a filter over that resource's rows
    QString page; // instead of all of these: template of the id of a page about the row, "cluster/{cpcid}/{id}"
};

struct QuickFilter {
    QString id;
    Label label;
    QString filter;
    QString operation; // another list operation that answers it on the server, may be empty
    bool hides = false;
};

enum class PageKind {
    Own,    // a tab of its own where it has no parent, else a part of its parent's
    Scoped, // it has a parent, and a tab of its own whose scope line chooses the masters
};

// The typed form of a view document. Immutable after loading.
class ResourceType {
public:
    QString id; // "billing-account"
    Label title, titleOne;
    QString group; // navigation group: "overview" "compute" "sales" "accounts" "warehouse" "cloud" "system"
    int order = 0;
    QString icon;
    QString listOperation;
    QHash<QString, QString> listParameters; // "{parent.id}" where it needs one
    QStringList asked; // of these, what a person may choose; their values are what it begins with
    QString parent; // resource id of the master, or empty
    PageKind page = PageKind::Own;
    QString detail; // the child resource that this one's page shows below it, or empty
    QString keyField = QStringLiteral("id");
    QStringList keyFrom; // text fields that make the key where a server does not send it
    QString nameField;
    int periodSeconds = 30;
    QString defaultOrder;
    std::vector<ColumnSpec> columns;
    std::vector<QuickFilter> quickFilters;
    std::vector<DetailSection> details;
    std::vector<Action> actions;
    std::vector<RelatedList> related;
    std::vector<GroupSpec> groupBy;
    QString troubledWhen; // filter text: which rows a group counts as troubled
    std::vector<Jump> jumps;
    QStringList totals; // money fields
    QStringList searchFields; // of a bare word in the filter

    TableSchema schema() const;
    const ColumnSpec *column(const QString &fieldId) const;
    const Action *action(const QString &actionId) const;
    bool isLive() const { return periodSeconds <= 10; } // watched as it happens: may be paused
    bool hasPage() const { return parent.isEmpty() || page == PageKind::Scoped; }
};

// All views, checked among themselves (unknown members, names, duplicate ids: Internal with file, pointer and reason) and against the contracts
// (operations exist, forms name their parameters, pointers exist in the answer's schema, labels complete in both languages).
class ResourceSet {
public:
    static Result<ResourceSet> load(const QString &folder, const ContractSet &contracts);
    static Result<std::shared_ptr<const ResourceType>> parse(const QByteArray &document, const QString &fileName);
    const ResourceType *find(const QString &id) const;
    const std::vector<std::shared_ptr<const ResourceType>> &all() const { return m_types; }
    std::vector<const ResourceType *> masters(const ResourceType &type) const; // its parent chain, the topmost first
    QString pageOf(const QString &id) const; // id of the page that shows this resource: its own, or its parent's as whose detail; empty = none

private:
    std::vector<std::shared_ptr<const ResourceType>> m_types;
};

} // namespace kboss
