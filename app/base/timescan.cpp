#include "app/base/timescan.h"

#include <chrono>

namespace kboss {
namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

class Scanner {
public:
    explicit Scanner(std::string_view text) : m_text(text) { }

    bool atEnd() const { return m_at == m_text.size(); }
    char peek() const { return atEnd() ? '\0' : m_text[m_at]; }
    bool take(char c)
    {
        if (peek() != c)
            return false;
        ++m_at;
        return true;
    }
    bool digits(size_t count, int &value)
    {
        if (m_text.size() - m_at < count)
            return false;
        value = 0;
        for (size_t i = 0; i < count; ++i) {
            const char c = m_text[m_at + i];
            if (!isDigit(c))
                return false;
            value = value * 10 + (c - '0');
        }
        m_at += count;
        return true;
    }
    void blanks()
    {
        while (peek() == ' ')
            ++m_at;
    }

    bool date(ScannedTime &time);
    bool clock(ScannedTime &time);
    bool zone(ScannedTime &time);

private:
    std::string_view m_text;
    size_t m_at = 0;
};

bool valid(const ScannedTime &time)
{
    using namespace std::chrono;
    return time.year >= 1 && year_month_day(year(time.year), month(static_cast<unsigned>(time.month)), day(static_cast<unsigned>(time.day))).ok();
}

// "2026-11-22" or "2026/11/22"; one digit will do for month and day.
bool Scanner::date(ScannedTime &time)
{
    if (!digits(4, time.year))
        return false;
    const char separator = peek();
    if ((separator != '-' && separator != '/') || !take(separator))
        return false;
    if (!digits(2, time.month) && !digits(1, time.month))
        return false;
    if (!take(separator))
        return false;
    return (digits(2, time.day) || digits(1, time.day)) && valid(time);
}

// "04:29", "04:29:47", "04:29:47.123456789"; a leap second is the second after.
bool Scanner::clock(ScannedTime &time)
{
    int hour = 0, minute = 0, second = 0;
    if (!digits(2, hour) || !take(':') || !digits(2, minute) || hour > 23 || minute > 59)
        return false;
    if (take(':') && (!digits(2, second) || second > 60))
        return false;
    if (take('.') || take(',')) {
        int scale = 100;
        if (!isDigit(peek()))
            return false;
        for (; isDigit(peek()); ++m_at, scale /= 10)
            time.millisecond += (peek() - '0') * scale;
    }
    time.secondOfDay = hour * 3600 + minute * 60 + second;
    time.hasTime = true;
    return true;
}

bool Scanner::zone(ScannedTime &time)
{
    blanks();
    if (atEnd())
        return true;
    if (take('Z') || take('z')) {
        time.offsetSeconds = 0;
        return true;
    }
    const char sign = peek();
    int hours = 0, minutes = 0;
    if ((sign != '+' && sign != '-') || !take(sign) || !digits(2, hours))
        return false;
    const bool colon = take(':');
    if ((colon || !atEnd()) && !digits(2, minutes))
        return false;
    if (hours > 15 || minutes > 59)
        return false;
    time.offsetSeconds = (sign == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
    return true;
}

// Digits alone: 8 are a date, 14 a date and time, 9…10 seconds, 12…13 milliseconds since the epoch.
std::optional<ScannedTime> scanDigits(std::string_view text)
{
    ScannedTime time;
    Scanner scan(text);
    if (text.size() == 8 || text.size() == 14) {
        if (!scan.digits(4, time.year) || !scan.digits(2, time.month) || !scan.digits(2, time.day) || !valid(time))
            return std::nullopt;
        if (scan.atEnd())
            return time;
        int hour = 0, minute = 0, second = 0;
        scan.digits(2, hour);
        scan.digits(2, minute);
        scan.digits(2, second);
        if (hour > 23 || minute > 59 || second > 60)
            return std::nullopt;
        time.secondOfDay = hour * 3600 + minute * 60 + second;
        time.hasTime = true;
        return time;
    }
    if (text.size() < 9 || text.size() > 13 || text.size() == 11)
        return std::nullopt;
    qint64 number = 0;
    for (const char c : text)
        number = number * 10 + (c - '0');
    time.epochMs = text.size() <= 10 ? number * 1000 : number;
    return time;
}

} // namespace

std::optional<ScannedTime> scanTime(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    if (text.find_first_not_of("0123456789") == std::string_view::npos)
        return scanDigits(text);
    ScannedTime time;
    Scanner scan(text);
    if (!scan.date(time))
        return std::nullopt;
    if (scan.atEnd())
        return time;
    if (!scan.take('T') && !scan.take('t') && !scan.take(' '))
        return std::nullopt;
    scan.blanks();
    if (!scan.clock(time) || !scan.zone(time) || !scan.atEnd())
        return std::nullopt;
    return time;
}

qint64 wallMs(const ScannedTime &time)
{
    using namespace std::chrono;
    const year_month_day date(year(time.year), month(static_cast<unsigned>(time.month)), day(static_cast<unsigned>(time.day)));
    const qint64 days = sys_days(date).time_since_epoch().count();
    return (days * 86'400 + time.secondOfDay) * 1000 + time.millisecond;
}

} // namespace kboss
