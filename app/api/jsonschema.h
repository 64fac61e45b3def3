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
    QString refName;    // "Money" when it came by $ref from components/schemas, else empty
    QString format;     // "password" marks a secret; "date", "date-time", "int32", "int64", "uri", "port", "ipv4-or-host",
                        // "ipv4-or-host-or-unset" (also "" and the services' word for "not set")
    QString title;      // x-title-zh / x-title-en: what the field is called
    QString titleEn;
    QString description;
    QStringList enumValues;
    QStringList enumTitles, enumTitlesEn; // x-enum-titles, in the order of enumValues
    QString unit, unitEn; // x-unit, x-unit-en (the same when left out)
    std::optional<double> minimum, maximum;
    std::optional<int> minLength, maxLength;
    QString pattern;
    bool readOnly = false;
    bool additionalProperties = true;
    std::vector<SchemaProperty> properties;
    JsonSchemaPtr items;

    bool isSecret() const { return format == QLatin1String("password"); }
    bool allows(const char *type) const { return types.isEmpty() || types.contains(QLatin1String(type)); }
    const SchemaProperty *property(const QString &name) const;
};

// Strict: for what we send and what our service takes. Rejected; the error's field is the path of the member ("credit_line.units"),
// its detail never repeats the value.
Result<void> validate(const nlohmann::json &value, const JsonSchema &schema, const QString &path = {});

} // namespace kboss
