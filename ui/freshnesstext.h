#pragma once

#include "app/base/freshness.h"
#include "models/resourcetype.h"

#include <QString>

namespace kboss {

struct FreshnessText {
    Tone tone = Tone::Off;
    QString text; // "Live · 12 s ago", "Cached · 3 min ago", "Paused · 40 s ago"
};

// Live: read again every few seconds, so that what is older than its period is stale. Paused: somebody stopped that.
enum class Watch { None, Live, Paused };

// The words of a freshness chip, in the current language.
FreshnessText freshnessText(const Freshness &freshness, qint64 nowMs, bool offline, Watch watch = Watch::None);

} // namespace kboss
