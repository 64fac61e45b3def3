#pragma once

#include "models/formatters.h"
#include "models/writeplanner.h"

namespace kboss {

// What a form stands on: the row it changes (an empty key for a new one) and the master's row. The types outlive it.
struct FormGround {
    const ResourceType *type = nullptr;
    Row row;
    const ResourceType *parentType = nullptr; // may be null
    Row parent;
};

// Where the rows of a pick come from now. A value; any thread.
struct PickSource {
    QHash<QString, QString> parameters; // of the list, complete
    QString filter;
    QStringList missing; // members of the form that have no value yet: until then there is nothing to choose from
    bool isComplete() const { return missing.isEmpty(); }
    friend bool operator==(const PickSource &, const PickSource &) = default;
};
PickSource pickSource(const PickSpec &pick, const ResourceType &picked, const FormGround &ground, const FormInput &input);

// One value a person may choose: what is sent, what it is called, and what else tells it from the others.
struct PickChoice {
    QString value, name, note;
    friend bool operator==(const PickChoice &, const PickChoice &) = default;
};
// Of these rows, each value once, by name (digits as numbers).
std::vector<PickChoice> pickChoices(const PickSpec &pick, const ResourceType &picked, const std::vector<Row> &rows, const FormatContext &format);
// What a view suggests, in its order, with the words of the field's values.
std::vector<PickChoice> suggestedChoices(const FormField &field, const FormInput &input);
// What a member that follows another one is now; nothing where it does not follow.
std::optional<QString> followedValue(const FormField &field, const FormInput &input);

QStringList splitValues(const QString &text, const QString &separator); // trimmed, without empty ones, each once

} // namespace kboss
