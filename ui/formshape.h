#pragma once

#include "models/writeplanner.h"

#include <functional>
#include <optional>

namespace kboss {

// What a special form adds to the fields of an action: sections, and what depends on what. A value; GUI thread.
struct FormSection {
    QString id, title;
    QStringList fields;
};

// Of one field, as the others are now.
struct FieldRule {
    bool hidden = false;
    std::optional<QString> value; // what it holds then, whatever was typed
    QStringList allowed; // of its list; empty = all
    QString fault; // beyond the contract's; told under the field
};

struct FormShape {
    std::vector<FormSection> sections; // fields that none names come after them
    std::function<void(std::vector<FormField> &fields)> adapt; // before the widgets are made
    std::function<QHash<QString, FieldRule>(const FormInput &input)> rules;
    std::function<QString(const QString &section, const FormInput &input)> note; // under a section's title; empty = nothing
    std::function<QString(const Error &error, QString &words)> faultField; // which field a refusal of the service is about, and what to say there; empty = none
};

} // namespace kboss
