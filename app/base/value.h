#pragma once

#include "app/base/money.h"
#include "app/base/schema.h"

#include <QDate>
#include <QHash>
#include <variant>
#include <vector>

namespace kboss {

struct Instant {
    qint64 ms = 0; // since the epoch, UTC
    friend auto operator<=>(const Instant &, const Instant &) = default;
};

// The server sent something that does not fit the field's type; the raw text is kept and shown as it came.
struct Misfit {
    QString raw;
    friend bool operator==(const Misfit &, const Misfit &) = default;
};

struct SecretMark { // a secret is there; what it is stays unknown
    friend bool operator==(const SecretMark &, const SecretMark &) = default;
};

// One cell. monostate = null or absent.
using Value = std::variant<std::monostate, QString, qint64, bool, Decimal, Money, Instant, QDate, SecretMark, Misfit>;

// One row as models see it: cells in the order of TableSchema::fields.
struct Row {
    QString key;
    std::vector<Value> cells;
    friend bool operator==(const Row &, const Row &) = default;
};

inline bool isNull(const Value &value) { return std::holds_alternative<std::monostate>(value); }

} // namespace kboss
