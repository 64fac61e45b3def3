#pragma once

#include "app/services/actionrunner.h"
#include "models/resourcetype.h"

namespace kboss {

// One field of a form, made from the contract's schema and the view's column.
struct FormField {
    QString name; // parameter or body member
    Label label;
    JsonSchemaPtr schema;
    FieldType type = FieldType::Text;
    bool required = false; // a form may not leave it empty
    bool secret = false;
    QString unit;
    std::vector<EnumLabel> values;
    InputKind input = InputKind::Any;
    QString notBefore; // Date: another field of the form
    QString below; // Money: another field of the form
    QString offSwitch; // a true/false field that takes the rule of `below` away while it is true
    QString emptyAs; // sent where it was left empty
    std::optional<InputSpec> offer; // chosen rather than typed
};

// The fields of an action, in order.
std::vector<FormField> formFields(const ResourceType &type, const Action &action, const ContractSet &contracts);

// What a person typed, by field name: text for text and money ("1,234.56"), true/false, ISO dates, enum codes. A secret left empty = unchanged.
using FormInput = QHash<QString, QString>;

// Faults by field name, in the person's language; empty = good. Checks each field against its schema (required, number, range, port, address or host
// name, pattern, money) and across fields: dates in order, thresholds falling 1 >= 2 >= 3 where set, stock not negative.
QHash<QString, QString> checkForm(const std::vector<FormField> &fields, const FormInput &input, const QString &currency);
// Of these only what the changed fields have part in: what was wrong before and is not touched does not stand in the way.
QHash<QString, QString> checkChange(const std::vector<FormField> &fields, const FormInput &input, const QStringList &changed,
                                    const QString &currency);

// The typed value of one field (Rejected with a reason otherwise).
Result<Value> typedValue(const FormField &field, const QString &text, const QString &currency);
QString typedText(const Value &value, const FormField &field); // the text a form starts with

// Typed input → a complete plan (frozen row, before/after, checks, inverse). `parent` = the master's row for resources that have one.
Result<WritePlan> planWrite(const ResourceType &type, const Action &action, const ContractSet &contracts, const Row &row, const Row &parent,
                            const FormInput &input, const DatasetSpec &dataset);

// The dataset of a resource with these parameters of its list, under a profile.
DatasetSpec datasetWith(const ResourceType &type, const QHash<QString, QString> &parameters, const QString &profile, const QTimeZone &zone);

// The dataset of a resource under a profile (and a parent's row where it needs one).
DatasetSpec datasetOf(const ResourceType &type, const QString &profile, const QTimeZone &zone, const Row &parent = {},
                      const ResourceType *parentType = nullptr);

} // namespace kboss
