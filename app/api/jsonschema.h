#pragma once

#include "app/base/result.h"

#include <QStringList>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

namespace kboss {

struct JsonSchema;
using JsonSchemaPtr = std::shared_ptr<const JsonSchema>;

struct SchemaProperty {
    QString name;
    JsonSchemaPtr schema;
    bool required = false;
};

// The part of JSON Schema 2020-12 that the contracts use, resolved ($ref followed). Immutable; shared between threads.
struct JsonSchema {
    QStringList types;  // "string", "integer", "number", "boolean", "object", "array", "null"; empty = any
    QString format;     // "password" marks a secret; "date", "date-time", "int32", "int64", "uri", "ipv4-or-host", "port"
    QString title;      // x-title-zh / x-title-en: what the field is called
    QString titleEn;
    QString description;
    QStringList enumValues;
    QStringList enumTitles, enumTitlesEn; // x-enum-titles, in the order of enumValues
    QString unit;       // x-unit
    std::optional<double> minimum, maximum;
    std::optional<int> minLength, maxLength;
    QString pattern;
    bool readOnly = false;
    bool additionalProperties = true;
    std::vector<SchemaProperty> properties;
    JsonSchemaPtr items;

    bool isSecret() const { return format == QLatin1String("password"); }
    const SchemaProperty *property(const QString &name) const;
};

// Strict: for what we send and what our service takes. The error's field is the path of the member ("credit_line.units").
Result<void> validate(const nlohmann::json &value, const JsonSchema &schema, const QString &path = {});

} // namespace kboss
