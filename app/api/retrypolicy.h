#pragma once

#include <QByteArray>
#include <QtGlobal>
#include <optional>

namespace kboss {

// 502, 503, 504 and 429: the server asks for patience.
bool isPassingStatus(int httpStatus);

// Retry-After in milliseconds: seconds or an HTTP date.
std::optional<qint64> parseRetryAfter(const QByteArray &value, qint64 nowMs);

// The pause before attempt `retry` (1 = the first repetition): anywhere from 0 to base doubled each time ("full jitter").
int backoffDelay(int baseMs, int retry);

} // namespace kboss
