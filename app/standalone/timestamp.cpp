#include "app/standalone/timestamp.h"

#include <QDateTime>
#include <chrono>

namespace kboss::standalone {

namespace {

void digits(std::string &out, unsigned value, int width)
{
    char text[4];
    for (int i = width - 1; i >= 0; --i) {
        text[i] = static_cast<char>('0' + value % 10);
        value /= 10;
    }
    out.append(text, static_cast<size_t>(width));
}

} // namespace

void appendTimestamp(std::string &out, qint64 ms)
{
    using namespace std::chrono;
    const sys_time<milliseconds> time{milliseconds(ms)};
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(time - day);
    out += '"';
    digits(out, static_cast<unsigned>(static_cast<int>(date.year())), 4);
    out += '-';
    digits(out, static_cast<unsigned>(date.month()), 2);
    out += '-';
    digits(out, static_cast<unsigned>(date.day()), 2);
    out += 'T';
    digits(out, static_cast<unsigned>(clock.hours().count()), 2);
    out += ':';
    digits(out, static_cast<unsigned>(clock.minutes().count()), 2);
    out += ':';
    digits(out, static_cast<unsigned>(clock.seconds().count()), 2);
    out += '.';
    digits(out, static_cast<unsigned>(clock.subseconds().count()), 3);
    out += "Z\"";
}

qint64 nowMs()
{
    return QDateTime::currentMSecsSinceEpoch();
}

} // namespace kboss::standalone
