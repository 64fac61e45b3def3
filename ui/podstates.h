#pragma once

#include "models/resourcetype.h"

#include <QObject>
#include <array>

namespace kboss {

class ResourceFeed;

// How many rows of a list are in which tone of its state, whatever is filtered in the table: counted on the store's threads. GUI thread; owned by the feed.
class PodStates : public QObject {
    Q_OBJECT
public:
    explicit PodStates(ResourceFeed *feed);

    qint64 count(Tone tone) const { return m_counts[static_cast<size_t>(tone)]; }
    qint64 all() const;

Q_SIGNALS:
    void changed();

private:
    void ask();

    ResourceFeed *m_feed;
    const ColumnSpec *m_state = nullptr; // the chip
    std::array<qint64, 6> m_counts{};
    bool m_asking = false, m_again = false;
};

} // namespace kboss
