#pragma once

#include "app/base/filteroperand.h"
#include "app/cache/filtersql.h"

namespace kboss {

// One "field op value" as SQL that is true exactly where matches() is; elsewhere false or NULL.
SqlFragment restrictionSql(const FilterOperand &operand, const TableSchema &schema);

// Case-insensitive pattern on a column: false for NULL and misfits.
SqlFragment likeSql(const QString &column, const FilterPattern &pattern);
// What a bare word does on one text column: the pattern, or the pinyin initials.
SqlFragment searchSql(const QString &column, const FilterPattern &pattern);

} // namespace kboss
