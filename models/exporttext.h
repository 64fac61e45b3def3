#pragma once

#include "models/formatters.h"

#include <limits>

namespace kboss {

// The offset of a time zone, looked up once per stretch of constant offset. One a thread.
class ZoneOffsets {
public:
    explicit ZoneOffsets(QTimeZone zone) : m_zone(std::move(zone)) { }
    qint64 secondsAt(qint64 ms);

private:
    QTimeZone m_zone;
    qint64 m_from = std::numeric_limits<qint64>::max(), m_to = std::numeric_limits<qint64>::min();
    qint64 m_seconds = 0;
};

// What exportText() says, appended as UTF-8 without a detour: the bulk path. Money: the amount alone.
void appendExportText(QByteArray &out, const Value &value, ZoneOffsets &zone);

} // namespace kboss
