#pragma once

#include "app/base/freshness.h"
#include "models/resourcetype.h"

#include <QString>

namespace kboss {

struct FreshnessText {
    Tone tone = Tone::Off;
    QString text; // "Live · 12 s ago", "Cached · 3 min ago"
};

// The words of a freshness chip, in the current language.
FreshnessText freshnessText(const Freshness &freshness, qint64 nowMs, bool offline);

} // namespace kboss
