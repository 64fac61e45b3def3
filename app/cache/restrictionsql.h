#pragma once

#include "app/cache/filtersql.h"

namespace kboss {

// One "field op value" as SQL that is true exactly where matches() is; elsewhere false or NULL.
Result<SqlFragment> restrictionSql(const FilterNode &node, const TableSchema &schema);

} // namespace kboss
