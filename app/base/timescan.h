#pragma once

#include <QtGlobal>
#include <optional>
#include <string_view>

namespace kboss {

// A date, with or without a time and a zone, as written: the shared part of parseInstant, parseDate and the row decoder.
struct ScannedTime {
    int year = 0, month = 0, day = 0;
    int secondOfDay = 0;
    int millisecond = 0;
    bool hasTime = false;
    std::optional<int> offsetSeconds; // of the zone, when the text names one
    std::optional<qint64> epochMs; // the text is a number of seconds or milliseconds since the epoch; nothing else is set then
};

// ASCII, surrounding blanks allowed. The date is checked against the calendar.
std::optional<ScannedTime> scanTime(std::string_view text);

// Milliseconds since the epoch of the written wall clock, as if it were UTC.
qint64 wallMs(const ScannedTime &time);

} // namespace kboss
