#pragma once

#include <QtGlobal>

namespace kboss {

// The time of day, injected so that tests can move it. Implementations are safe to call from any thread.
class Clock {
public:
    virtual ~Clock() = default;
    virtual qint64 nowMs() const = 0; // milliseconds since the epoch, UTC
};

class SystemClock final : public Clock {
public:
    qint64 nowMs() const override;
};

} // namespace kboss
