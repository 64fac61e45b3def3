#include "ui/podstates.h"

#include "app/base/watchresult.h"
#include "ui/resourcefeed.h"

#include <algorithm>
#include <numeric>

namespace kboss {

PodStates::PodStates(ResourceFeed *feed) : QObject(feed), m_feed(feed)
{
    const auto &columns = feed->type().columns;
    const auto chip = std::find_if(columns.begin(), columns.end(), [](const ColumnSpec &spec) { return spec.format == ColumnFormat::Chip; });
    m_state = chip == columns.end() ? nullptr : &*chip;
    connect(feed, &ResourceFeed::rowsChanged, this, &PodStates::ask);
}

qint64 PodStates::all() const
{
    return std::accumulate(m_counts.begin(), m_counts.end(), qint64(0));
}

void PodStates::ask()
{
    if (m_asking) {
        m_again = true;
        return;
    }
    const auto source = m_feed->context().session->store()->source(m_feed->spec().id);
    if (!m_state || !source)
        return;
    m_asking = true;
    watchResult((*source)->open({nullptr, {}, 0, {m_state->field.id, {}, nullptr}}), this, [this](const Result<RowViewPtr> &view) {
        m_asking = false;
        if (std::exchange(m_again, false))
            ask();
        if (!view)
            return;
        std::array<qint64, 6> counts{};
        for (const RowGroup &group : (*view)->groups()) {
            const auto *text = std::get_if<QString>(&group.value);
            const auto label =
                std::find_if(m_state->values.begin(), m_state->values.end(), [&](const EnumLabel &known) { return text && known.value == *text; });
            counts[static_cast<size_t>(label == m_state->values.end() ? Tone::Warn : label->tone)] += group.count;
        }
        if (counts == m_counts)
            return;
        m_counts = counts;
        Q_EMIT changed();
    });
}

} // namespace kboss
