#pragma once

#include "app/base/result.h"

#include <QDate>
#include <QTimeZone>
#include <optional>

namespace kboss {

// The date and time forms seen from the services: RFC 3339 with zone, "yyyy-MM-dd HH:mm:ss[.zzz]", "yyyy-MM-dd", "yyyy/MM/dd", "yyyyMMdd",
// seconds or milliseconds since the epoch as digits. Texts without a zone are read in `zone`.
std::optional<qint64> parseInstant(QStringView text, const QTimeZone &zone); // ms since the epoch, UTC
std::optional<QDate> parseDate(QStringView text);

QString formatRfc3339(qint64 ms); // "2026-11-22T04:29:47.000Z"

} // namespace kboss
