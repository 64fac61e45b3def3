#include "models/exporttext.h"

#include <QDateTime>
#include <charconv>
#include <chrono>

namespace kboss {

namespace {

constexpr qint64 nanosPerUnit = 1'000'000'000;

void appendNumber(QByteArray &out, quint64 value, int width = 0)
{
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    for (auto length = end - digits; length < width; ++length)
        out.append('0');
    out.append(digits, end - digits);
}

void appendInteger(QByteArray &out, qint64 value)
{
    if (value < 0)
        out.append('-');
    appendNumber(out, value < 0 ? 0 - static_cast<quint64>(value) : static_cast<quint64>(value));
}

void appendMoney(QByteArray &out, const Money &money)
{
    if (money.isNegative())
        out.append('-');
    appendNumber(out, money.units < 0 ? 0 - static_cast<quint64>(money.units) : static_cast<quint64>(money.units));
    auto nanos = static_cast<quint64>(std::abs(qint64(money.nanos)) % nanosPerUnit);
    int width = 9;
    while (width > 2 && nanos % 10 == 0) {
        nanos /= 10;
        --width;
    }
    out.append('.');
    appendNumber(out, nanos, width);
}

void appendDate(QByteArray &out, int year, unsigned month, unsigned day)
{
    appendNumber(out, static_cast<quint64>(year), 4);
    out.append('-');
    appendNumber(out, month, 2);
    out.append('-');
    appendNumber(out, day, 2);
}

void appendOffset(QByteArray &out, qint64 seconds)
{
    if (seconds == 0) {
        out.append('Z');
        return;
    }
    const auto minutes = static_cast<quint64>(std::abs(seconds) / 60);
    out.append(seconds < 0 ? '-' : '+');
    appendNumber(out, minutes / 60, 2);
    out.append(':');
    appendNumber(out, minutes % 60, 2);
}

void appendInstant(QByteArray &out, qint64 ms, ZoneOffsets &zone)
{
    using namespace std::chrono;
    const qint64 offset = zone.secondsAt(ms);
    const sys_time<milliseconds> local{milliseconds(ms + offset * 1000)};
    const auto day = floor<days>(local);
    const year_month_day date(day);
    const auto inDay = static_cast<quint64>((local - day).count());
    appendDate(out, int(date.year()), unsigned(date.month()), unsigned(date.day()));
    out.append('T');
    appendNumber(out, inDay / 3'600'000, 2);
    out.append(':');
    appendNumber(out, inDay / 60'000 % 60, 2);
    out.append(':');
    appendNumber(out, inDay / 1000 % 60, 2);
    if (inDay % 1000 != 0) {
        out.append('.');
        appendNumber(out, inDay % 1000, 3);
    }
    appendOffset(out, offset);
}

void appendText(QByteArray &out, const QString &text)
{
    for (const QChar c : text) {
        if (c.unicode() >= 0x80) {
            out.append(text.toUtf8());
            return;
        }
    }
    const auto at = out.size();
    out.resize(at + text.size());
    char *to = out.data() + at;
    for (const QChar c : text)
        *to++ = static_cast<char>(c.unicode());
}

struct Appender {
    QByteArray &out;
    ZoneOffsets &zone;

    void operator()(std::monostate) const { }
    void operator()(const QString &value) const { appendText(out, value); }
    void operator()(qint64 value) const { appendInteger(out, value); }
    void operator()(bool value) const { out.append(value ? "true" : "false"); }
    void operator()(const Decimal &value) const { out.append(value.toString().toLatin1()); }
    void operator()(const Money &value) const { appendMoney(out, value); }
    void operator()(const Instant &value) const { appendInstant(out, value.ms, zone); }
    void operator()(const QDate &value) const
    {
        appendDate(out, value.year(), static_cast<unsigned>(value.month()), static_cast<unsigned>(value.day()));
    }
    void operator()(const SecretMark &) const { }
    void operator()(const Misfit &value) const { appendText(out, value.raw); }
};

} // namespace

qint64 ZoneOffsets::secondsAt(qint64 ms)
{
    if (ms >= m_from && ms < m_to)
        return m_seconds;
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC);
    m_seconds = m_zone.offsetFromUtc(time);
    m_from = ms;
    m_to = ms + 1;
    if (!m_zone.hasTransitions()) {
        m_from = std::numeric_limits<qint64>::min();
        m_to = std::numeric_limits<qint64>::max();
        return m_seconds;
    }
    const auto before = m_zone.previousTransition(time.addMSecs(1)), after = m_zone.nextTransition(time);
    if (before.atUtc.isValid())
        m_from = before.atUtc.toMSecsSinceEpoch();
    if (after.atUtc.isValid())
        m_to = after.atUtc.toMSecsSinceEpoch();
    else if (before.atUtc.isValid())
        m_to = std::numeric_limits<qint64>::max();
    return m_seconds;
}

void appendExportText(QByteArray &out, const Value &value, ZoneOffsets &zone)
{
    std::visit(Appender{out, zone}, value);
}

QString exportText(const Value &value, const ColumnSpec &column, const QTimeZone &zone)
{
    if (column.field.type == FieldType::Secret)
        return {};
    QByteArray text;
    ZoneOffsets offsets(zone);
    appendExportText(text, value, offsets);
    return QString::fromUtf8(text);
}

} // namespace kboss
