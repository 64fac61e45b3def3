#pragma once

#include "app/base/result.h"
#include "app/base/schema.h"
#include "app/base/value.h"

#include <memory>
#include <vector>

namespace kboss {

// The filter language of the billing service in the AIP-160 manner. The same text is answered by the service, by the local store
// and by the filter builder; this is its one parser.
//
//   expression = term { OR term }           (AIP-160: OR binds tighter than AND)
//   sequence   = expression { [AND] expression }
//   term       = [NOT | -] ( restriction | "(" sequence ")" )
//   restriction= field op value | value     (a bare value searches all text fields)
//   op         = = != < <= > >= :           (: is "has": substring for text, presence with *)
//   field      = id { "." id }              (Money: balance, balance.units, balance.nanos, balance.currency_code)
//   value      = word | "quoted with \" and \\" | number
// Money compares by amount: balance < 1000 (any currency) or balance < "1000 CNY" (that currency only). "*" in a value of = and : is a wildcard
// at its ends, in quotes or not. Times: RFC 3339 or a date. Depth at most 50, length at most 20,000 characters.
//
// The rules that every answer follows, in memory or in SQL:
// - Two-valued: a field that is null, or a Misfit of its type, satisfies no comparison; "!=" is exactly NOT "=", so it does hold for such a field.
//   `field:*` holds for everything but null.
// - Text and Enum: "=" is case-sensitive, ":" and the bare value are not (Unicode simple folding); order is by code point (UTF-8 bytes).
// - ":" on other types is "=".
// - A date against a DateTime is that whole day in Asia/Shanghai: "=" within it, "<" before it, "<=" before its end, ">" after it, ">=" from its start on.
// - A bare value looks into the fields of type Text and Enum. Secret fields cannot be asked for.
enum class FilterOp { Equals, NotEquals, Less, LessEquals, Greater, GreaterEquals, Has };

struct FilterNode;
using FilterPtr = std::shared_ptr<const FilterNode>;

struct FilterNode {
    enum class Kind { And, Or, Not, Restriction, Search };
    Kind kind = Kind::And;
    std::vector<FilterPtr> children; // And, Or, Not
    QString field;                   // Restriction: as written, "balance.units"
    FilterOp op = FilterOp::Equals;
    QString value;                   // unquoted
    bool quoted = false;
};

// null for an empty text; null matches every row. Errors name the position (1-based) and what was expected; unknown fields are not checked here.
Result<FilterPtr> parseFilter(const QString &text);

// Canonical text; parseFilter(printFilter(f)) gives an equal tree.
QString printFilter(const FilterPtr &filter);

bool sameFilter(const FilterPtr &a, const FilterPtr &b);

// Checks fields, operators and values against a schema: the first fault, with the field named.
Result<void> checkFilter(const FilterPtr &filter, const TableSchema &schema);

// Evaluates against one row: the reference that SQL answers are tested against. A restriction that checkFilter() refuses holds for no row.
// For many rows use FilterMatcher (filteroperand.h).
bool matches(const FilterPtr &filter, const TableSchema &schema, const Row &row);

// "create_time desc, name": parsed and printed. Unknown fields are the schema check's matter.
struct SortKey {
    QString field;
    bool descending = false;
    friend bool operator==(const SortKey &, const SortKey &) = default;
};
Result<std::vector<SortKey>> parseOrderBy(const QString &text);
QString printOrderBy(const std::vector<SortKey> &keys);

} // namespace kboss
