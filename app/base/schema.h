#pragma once

#include <QString>
#include <vector>

namespace kboss {

// How a field of a row is kept and compared. The same types in decoding, cache, filter language and tables.
enum class FieldType {
    Text,
    Integer,  // int64
    Boolean,
    Decimal,  // exact, kept as text plus a sortable form
    Money,    // currency, units, nanos
    DateTime, // milliseconds since the epoch, UTC
    Date,     // ISO "yyyy-MM-dd"; "9999-12-31" is "no end"
    Enum,     // one of a closed list of codes
    Secret,   // known to exist; its value is never decoded, stored, compared or shown
};

// How the wire's text of a field is read, beyond its type. quantity.h has the rules.
enum class FieldReading {
    Plain,
    Duration,  // Integer, seconds: "5d18h"
    Cores,     // Decimal, cores: "0.004核", "250m"
    Gibibytes, // Decimal, GiB: "2.539Mi", "5Gi"
    Tags,      // Text, "a=1, b=2": a list of texts or an object
};

// One field of a row. `pointer` is the member's name in the row object, or a path "a/b" for nested members.
struct FieldSchema {
    QString id; // as in the filter language and in views; [a-z][a-z0-9_]*
    QString pointer;
    FieldType type = FieldType::Text;
    bool indexed = false; // the store keeps an index for sorting by it
    std::vector<QString> enumValues;
    FieldReading reading = FieldReading::Plain;
    bool restless = false; // ages and usage: a row in which nothing else changed is written without history, and nobody is told that it changed

    friend bool operator==(const FieldSchema &, const FieldSchema &) = default;
};

// What a dataset's rows look like. A value; made from a view document, handed down to decoder and store.
struct TableSchema {
    QString resource; // "billing-account"
    QString key;      // id of the field that identifies a row
    std::vector<FieldSchema> fields;
    std::vector<QString> keyFrom = {}; // ids of text fields that make the key, joined by "/", where the row does not have it

    int indexOf(const QString &fieldId) const; // -1 when there is none
    friend bool operator==(const TableSchema &, const TableSchema &) = default;
};

} // namespace kboss
