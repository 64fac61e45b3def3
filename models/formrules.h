#pragma once

#include "models/writeplanner.h"

namespace kboss {

// Where an operation takes a name: its schema (null = nowhere), whether it is required, and whether in the body.
struct FormInputPlace {
    JsonSchemaPtr schema;
    bool required = false;
    bool inBody = false;
};
FormInputPlace inputPlace(const Operation &operation, const QString &name);
bool mayBeNull(const JsonSchema &schema);

// Text rules by kind; empty = good, else words in the person's language.
QString checkKind(InputKind kind, const QString &text);
bool isIpv4(QStringView text);
bool isIpv6(QStringView text);
bool isHostName(QStringView text);

// "{id}" and "{field}" from the row, "{parent.field}" from `parent`; a name that has no value stays as it is written.
using ParentTexts = QHash<QString, QString>; // by field
QString fillTemplate(const QString &text, const ResourceType *type, const Row &row, const ParentTexts &parent, bool quoted = false);
ParentTexts parentTexts(const Row &parent, const ResourceType &parentType); // its key and its texts

// A value as the contract's schema wants it on the wire. Null values become JSON null.
nlohmann::json wireValue(const Value &value, const JsonSchema &schema);

} // namespace kboss
