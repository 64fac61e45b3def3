#pragma once

#include <QString>

namespace kboss {

// The formats of contract strings. Unknown names are refused when a contract is loaded.
bool isKnownFormat(const QString &format);

// Empty when `text` is of this format, else what it should be ("must be a date, yyyy-MM-dd").
QString formatFault(const QString &format, const QString &text);

} // namespace kboss
