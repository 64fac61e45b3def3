#include "app/cache/filtersql.h"

#include "app/base/pinyin.h"

#include <sqlite3.h>

namespace kboss {

namespace {

QString argument(sqlite3_value *value)
{
    const auto *bytes = static_cast<const char *>(sqlite3_value_blob(value));
    return QString::fromUtf8(bytes, sqlite3_value_bytes(value));
}

void destroyNeedle(void *needle)
{
    delete static_cast<QString *>(needle);
}

// kboss_like(text, needle): the needle is constant in a statement, so it is decoded once.
void like(sqlite3_context *context, int, sqlite3_value **arguments)
{
    if (sqlite3_value_type(arguments[0]) != SQLITE_TEXT) {
        sqlite3_result_int(context, 0);
        return;
    }
    auto *needle = static_cast<QString *>(sqlite3_get_auxdata(context, 1));
    const bool first = needle == nullptr;
    if (first)
        needle = new QString(argument(arguments[1]));
    sqlite3_result_int(context, matchesTextOrPinyin(argument(arguments[0]), *needle) ? 1 : 0);
    if (first)
        sqlite3_set_auxdata(context, 1, needle, destroyNeedle);
}

} // namespace

void registerFilterFunctions(sqlite3 *connection)
{
    sqlite3_create_function_v2(connection, "kboss_like", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr, like, nullptr, nullptr, nullptr);
}

} // namespace kboss
