#include "models/formatters.h"

#include <QCoreApplication>
#include <QDateTime>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 secondMs = 1000, minuteMs = 60 * secondMs, hourMs = 60 * minuteMs;

struct Words {
    const char *onePast, *manyPast, *oneAhead, *manyAhead;
};

constexpr Words minutes{QT_TRANSLATE_NOOP("Formatters", "1 minute ago"), QT_TRANSLATE_NOOP("Formatters", "%1 minutes ago"),
                        QT_TRANSLATE_NOOP("Formatters", "in 1 minute"), QT_TRANSLATE_NOOP("Formatters", "in %1 minutes")};
constexpr Words hours{QT_TRANSLATE_NOOP("Formatters", "1 hour ago"), QT_TRANSLATE_NOOP("Formatters", "%1 hours ago"),
                      QT_TRANSLATE_NOOP("Formatters", "in 1 hour"), QT_TRANSLATE_NOOP("Formatters", "in %1 hours")};
constexpr Words days{QT_TRANSLATE_NOOP("Formatters", "yesterday"), QT_TRANSLATE_NOOP("Formatters", "%1 days ago"),
                     QT_TRANSLATE_NOOP("Formatters", "tomorrow"), QT_TRANSLATE_NOOP("Formatters", "in %1 days")};
constexpr Words months{QT_TRANSLATE_NOOP("Formatters", "1 month ago"), QT_TRANSLATE_NOOP("Formatters", "%1 months ago"),
                       QT_TRANSLATE_NOOP("Formatters", "in 1 month"), QT_TRANSLATE_NOOP("Formatters", "in %1 months")};
constexpr Words years{QT_TRANSLATE_NOOP("Formatters", "1 year ago"), QT_TRANSLATE_NOOP("Formatters", "%1 years ago"),
                      QT_TRANSLATE_NOOP("Formatters", "in 1 year"), QT_TRANSLATE_NOOP("Formatters", "in %1 years")};

QString words(const char *text)
{
    return QCoreApplication::translate("Formatters", text);
}

QString phrase(const Words &unit, qint64 count, bool ahead)
{
    if (count == 1)
        return words(ahead ? unit.oneAhead : unit.onePast);
    return words(ahead ? unit.manyAhead : unit.manyPast).arg(count);
}

int wholeMonths(QDate from, QDate to)
{
    int count = (to.year() - from.year()) * 12 + to.month() - from.month();
    if (from.addMonths(count) > to)
        --count;
    return count;
}

} // namespace

QString formatRelativeTime(qint64 ms, qint64 nowMs, const QTimeZone &zone)
{
    const bool ahead = ms > nowMs;
    const qint64 span = ahead ? ms - nowMs : nowMs - ms;
    if (span < minuteMs)
        return words(QT_TRANSLATE_NOOP("Formatters", "just now"));
    if (span < hourMs)
        return phrase(minutes, span / minuteMs, ahead);
    QDate from = QDateTime::fromMSecsSinceEpoch(ms, zone).date(), to = QDateTime::fromMSecsSinceEpoch(nowMs, zone).date();
    if (ahead)
        std::swap(from, to);
    const qint64 dayCount = from.daysTo(to);
    if (dayCount == 0 || span < 6 * hourMs)
        return phrase(hours, span / hourMs, ahead);
    const int monthCount = wholeMonths(from, to);
    if (monthCount == 0)
        return phrase(days, dayCount, ahead);
    return monthCount < 12 ? phrase(months, monthCount, ahead) : phrase(years, monthCount / 12, ahead);
}

QString formatFullTime(qint64 ms, const QTimeZone &zone)
{
    return QDateTime::fromMSecsSinceEpoch(ms, zone).toString(u"yyyy-MM-dd HH:mm:ss"_s);
}

QString formatAge(qint64 ageMs)
{
    const qint64 age = std::max<qint64>(ageMs, 0);
    if (age < minuteMs)
        return words(QT_TRANSLATE_NOOP("Formatters", "%1 s")).arg(age / secondMs);
    if (age < hourMs)
        return words(QT_TRANSLATE_NOOP("Formatters", "%1 min")).arg(age / minuteMs);
    if (age < 48 * hourMs)
        return words(QT_TRANSLATE_NOOP("Formatters", "%1 h")).arg(age / hourMs);
    return words(QT_TRANSLATE_NOOP("Formatters", "%1 d")).arg(age / (24 * hourMs));
}

namespace {

constexpr qint64 minuteS = 60, hourS = 60 * minuteS, dayS = 24 * hourS, yearS = 365 * dayS;

struct DurationUnit {
    qint64 seconds;
    char sign;
    const char *one, *many;
};
constexpr DurationUnit durationUnits[] = {
    {yearS, 'y', QT_TRANSLATE_NOOP("Formatters", "%1 year"), QT_TRANSLATE_NOOP("Formatters", "%1 years")},
    {dayS, 'd', QT_TRANSLATE_NOOP("Formatters", "%1 day"), QT_TRANSLATE_NOOP("Formatters", "%1 days")},
    {hourS, 'h', QT_TRANSLATE_NOOP("Formatters", "%1 hour"), QT_TRANSLATE_NOOP("Formatters", "%1 hours")},
    {minuteS, 'm', QT_TRANSLATE_NOOP("Formatters", "%1 minute"), QT_TRANSLATE_NOOP("Formatters", "%1 minutes")},
    {1, 's', QT_TRANSLATE_NOOP("Formatters", "%1 second"), QT_TRANSLATE_NOOP("Formatters", "%1 seconds")},
};

} // namespace

QString formatDuration(qint64 seconds)
{
    const qint64 span = std::max<qint64>(seconds, 0);
    for (const auto &unit : durationUnits) {
        if (span >= 2 * unit.seconds || unit.seconds == 1)
            return QString::number(span / unit.seconds) + QLatin1Char(unit.sign);
    }
    return {};
}

QString formatDurationWords(qint64 seconds)
{
    QStringList parts;
    qint64 rest = std::max<qint64>(seconds, 0);
    for (const auto &unit : durationUnits) {
        if (rest >= unit.seconds)
            parts << words(rest / unit.seconds == 1 ? unit.one : unit.many).arg(rest / unit.seconds);
        rest %= unit.seconds;
    }
    return parts.isEmpty() ? words(durationUnits[4].many).arg(0) : parts.join(u' ');
}

QString formatQuantity(const Decimal &value)
{
    static const Decimal hundred(100), least = Decimal::parse(u"0.01").value();
    const Decimal size = value.isNegative() ? value.negated() : value;
    if (!value.isZero() && size < least)
        return value.rounded(4, Rounding::HalfUp).isZero() ? u"<0.0001"_s : formatAmount(value.rounded(4, Rounding::HalfUp).normalized(), 0);
    const int scale = size < hundred ? 2 : 1;
    return formatAmount(value.rounded(scale, Rounding::HalfUp).normalized(), 0);
}

} // namespace kboss
