#pragma once

#include <QTimeZone>
#include <optional>
#include <unordered_map>

namespace kboss {

// Wall clock of one zone to UTC, quick for many times of the same years. Not thread-safe.
class LocalZone {
public:
    explicit LocalZone(QTimeZone zone);

    // `wall` is the wall clock counted as if it were UTC, in ms. In the gap of a clock put forward the time after it is meant.
    qint64 toUtcMs(qint64 wall) const;

private:
    std::optional<int> offsetOfYear(qint64 year) const; // nothing where the offset changes within it

    QTimeZone m_zone;
    mutable std::unordered_map<qint64, std::optional<int>> m_offsets;
};

} // namespace kboss
