#pragma once

#include "app/base/freshness.h"
#include "models/resourcetype.h"

#include <QString>

namespace kboss {

struct FreshnessText {
    Tone tone = Tone::Off;
    QString text; // "实时 · 12 秒前", "缓存 · 3 分钟前"
};

// The words of a freshness chip, in the current language.
FreshnessText freshnessText(const Freshness &freshness, qint64 nowMs, bool offline);

} // namespace kboss
