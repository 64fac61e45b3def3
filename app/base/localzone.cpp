#include "app/base/localzone.h"

#include <QDateTime>

namespace kboss {
namespace {

constexpr qint64 yearMs = 365LL * 86'400'000; // of the table, not of the calendar
constexpr qint64 marginMs = 2LL * 86'400'000; // more than any offset

} // namespace

LocalZone::LocalZone(QTimeZone zone) : m_zone(std::move(zone))
{
    if (!m_zone.isValid())
        m_zone = QTimeZone::utc();
}

std::optional<int> LocalZone::offsetOfYear(qint64 year) const
{
    const auto known = m_offsets.find(year);
    if (known != m_offsets.end())
        return known->second;
    const QDateTime from = QDateTime::fromMSecsSinceEpoch(year * yearMs - marginMs, Qt::UTC);
    const QDateTime to = QDateTime::fromMSecsSinceEpoch((year + 1) * yearMs + marginMs, Qt::UTC);
    std::optional<int> offset;
    if (from.date().year() > 1970 && m_zone.offsetFromUtc(from) == m_zone.offsetFromUtc(to) && m_zone.transitions(from, to).isEmpty())
        offset = m_zone.offsetFromUtc(from);
    m_offsets.emplace(year, offset);
    return offset;
}

qint64 LocalZone::toUtcMs(qint64 wall) const
{
    if (const auto offset = offsetOfYear(wall / yearMs); wall >= 0 && offset)
        return wall - *offset * 1000LL;
    const QDateTime asUtc = QDateTime::fromMSecsSinceEpoch(wall, Qt::UTC);
    return QDateTime(asUtc.date(), asUtc.time(), m_zone).toMSecsSinceEpoch();
}

} // namespace kboss
