#pragma once

#include "app/base/clock.h"

#include <atomic>

namespace kboss {

// A clock that stands still until moved.
class FakeClock final : public Clock {
public:
    explicit FakeClock(qint64 startMs = 1'795'000'000'000) : m_nowMs(startMs) {}
    qint64 nowMs() const override { return m_nowMs; }
    void advance(qint64 ms) { m_nowMs += ms; }
    void set(qint64 ms) { m_nowMs = ms; }

private:
    std::atomic<qint64> m_nowMs;
};

} // namespace kboss
