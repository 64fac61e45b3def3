#pragma once

#include <QtGlobal>
#include <string>

namespace kboss::standalone {

void appendTimestamp(std::string &out, qint64 ms); // quoted RFC 3339, UTC, milliseconds
qint64 nowMs();

} // namespace kboss::standalone
