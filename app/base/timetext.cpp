#include "app/base/timetext.h"

#include "app/base/timescan.h"

#include <QDateTime>
#include <chrono>

namespace kboss {
namespace {

// Wall clock of the zone to UTC; where a clock was put forward the time after the gap is meant.
qint64 fromZone(qint64 wall, const QTimeZone &zone)
{
    const QDateTime asUtc = QDateTime::fromMSecsSinceEpoch(wall, Qt::UTC);
    return QDateTime(asUtc.date(), asUtc.time(), zone).toMSecsSinceEpoch();
}

std::optional<ScannedTime> scan(QStringView text)
{
    if (text.size() > 64)
        return std::nullopt;
    const QByteArray latin = text.toUtf8();
    return scanTime({latin.constData(), static_cast<size_t>(latin.size())});
}

void putDigits(char *to, int count, qint64 value)
{
    for (int i = count - 1; i >= 0; --i, value /= 10)
        to[i] = static_cast<char>('0' + value % 10);
}

} // namespace

std::optional<qint64> parseInstant(QStringView text, const QTimeZone &zone)
{
    const auto time = scan(text);
    if (!time)
        return std::nullopt;
    if (time->epochMs)
        return time->epochMs;
    const qint64 wall = wallMs(*time);
    return time->offsetSeconds ? wall - *time->offsetSeconds * 1000LL : fromZone(wall, zone);
}

std::optional<QDate> parseDate(QStringView text)
{
    const auto time = scan(text);
    if (!time || time->epochMs)
        return std::nullopt;
    return QDate(time->year, time->month, time->day);
}

QString formatRfc3339(qint64 ms)
{
    using namespace std::chrono;
    const sys_time<milliseconds> instant{milliseconds(ms)};
    const auto day = floor<days>(instant);
    const year_month_day date(day);
    const int year = static_cast<int>(date.year());
    if (year < 0 || year > 9999)
        return {};
    const qint64 inDay = (instant - day).count();
    char text[] = "0000-00-00T00:00:00.000Z";
    putDigits(text, 4, year);
    putDigits(text + 5, 2, static_cast<unsigned>(date.month()));
    putDigits(text + 8, 2, static_cast<unsigned>(date.day()));
    putDigits(text + 11, 2, inDay / 3'600'000);
    putDigits(text + 14, 2, inDay / 60'000 % 60);
    putDigits(text + 17, 2, inDay / 1000 % 60);
    putDigits(text + 20, 3, inDay % 1000);
    return QString::fromLatin1(text, 24);
}

} // namespace kboss
