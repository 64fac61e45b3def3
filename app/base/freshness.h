#pragma once

#include <QMetaType>
#include <QtGlobal>

namespace kboss {

// How old what is shown is. Every table, tile and figure carries one; stale never looks live.
struct Freshness {
    enum class State {
        None,    // nothing was ever fetched
        Live,    // fetched within its period
        Cached,  // older, or the server cannot be reached
        Partial, // a first fetch is under way or was broken off
        Failed,  // the last fetch failed; what is shown is from `asOfMs`
    };
    State state = State::None;
    qint64 asOfMs = 0; // when what is shown was fetched; 0 = never

    friend bool operator==(const Freshness &, const Freshness &) = default;
};

} // namespace kboss

Q_DECLARE_METATYPE(kboss::Freshness)
