#include "app/cache/restrictionsql.h"

#include <sqlite3.h>

namespace kboss {

namespace {

QString argument(sqlite3_value *value)
{
    const auto *bytes = static_cast<const char *>(sqlite3_value_blob(value));
    return QString::fromUtf8(bytes, sqlite3_value_bytes(value));
}

void destroyPattern(void *pattern)
{
    delete static_cast<FilterPattern *>(pattern);
}

// f(text, pattern, ends): ends 1 = open at the start, 2 = at the end. The pattern is constant in a statement and read once.
template <bool (*holds)(const FilterPattern &, const QString &)> void onText(sqlite3_context *context, int, sqlite3_value **arguments)
{
    if (sqlite3_value_type(arguments[0]) != SQLITE_TEXT) {
        sqlite3_result_int(context, 0);
        return;
    }
    auto *pattern = static_cast<FilterPattern *>(sqlite3_get_auxdata(context, 1));
    if (!pattern) {
        const int ends = sqlite3_value_int(arguments[2]);
        auto made = std::make_unique<FilterPattern>(FilterPattern{argument(arguments[1]), (ends & 1) != 0, (ends & 2) != 0, Qt::CaseInsensitive});
        sqlite3_result_int(context, holds(*made, argument(arguments[0])) ? 1 : 0);
        sqlite3_set_auxdata(context, 1, made.release(), destroyPattern);
        return;
    }
    sqlite3_result_int(context, holds(*pattern, argument(arguments[0])) ? 1 : 0);
}

bool likeHolds(const FilterPattern &pattern, const QString &text)
{
    return pattern.matches(text);
}

bool searchHolds(const FilterPattern &pattern, const QString &text)
{
    return pattern.matches(text);
}

} // namespace

void registerFilterFunctions(sqlite3 *connection)
{
    constexpr int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
    sqlite3_create_function_v2(connection, "kboss_like", 3, flags, nullptr, onText<likeHolds>, nullptr, nullptr, nullptr);
    sqlite3_create_function_v2(connection, "kboss_search", 3, flags, nullptr, onText<searchHolds>, nullptr, nullptr, nullptr);
}

} // namespace kboss
