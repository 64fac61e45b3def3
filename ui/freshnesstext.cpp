#include "ui/freshnesstext.h"

#include "models/formatters.h"

#include <QCoreApplication>

namespace kboss {

namespace {
struct FreshnessWords {
    Q_DECLARE_TR_FUNCTIONS(kboss::FreshnessWords)
};
} // namespace

FreshnessText freshnessText(const Freshness &freshness, qint64 nowMs, bool offline, Watch watch)
{
    using State = Freshness::State;
    const QString age = formatAge(std::max<qint64>(0, nowMs - freshness.asOfMs));
    if (freshness.asOfMs == 0) {
        switch (freshness.state) {
        case State::Partial:
            return {Tone::Info, FreshnessWords::tr("Reading")};
        case State::Failed:
            return {Tone::Bad, FreshnessWords::tr("Not read")};
        default:
            return {Tone::Off, FreshnessWords::tr("Not read yet")};
        }
    }
    if (watch == Watch::Paused)
        return {Tone::Warn, FreshnessWords::tr("Paused · %1 ago").arg(age)};
    switch (freshness.state) {
    case State::Live:
        if (!offline)
            return {Tone::Good, FreshnessWords::tr("Live · %1 ago").arg(age)};
        [[fallthrough]];
    case State::Cached:
        if (watch == Watch::Live && !offline)
            return {Tone::Warn, FreshnessWords::tr("Stale · %1 ago").arg(age)};
        return {Tone::Warn, FreshnessWords::tr("Cached · %1 ago").arg(age)};
    case State::Partial:
        return {Tone::Info, FreshnessWords::tr("Partial · %1 ago").arg(age)};
    case State::Failed:
        return offline ? FreshnessText{Tone::Warn, FreshnessWords::tr("Cached · %1 ago").arg(age)}
                       : FreshnessText{Tone::Bad, FreshnessWords::tr("Refresh failed · %1 ago").arg(age)};
    case State::None:
        break;
    }
    return {Tone::Off, FreshnessWords::tr("Not read yet")};
}

} // namespace kboss
