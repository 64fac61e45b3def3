#pragma once

#include "models/resourcetype.h"

namespace kboss {

// A row of a resource as a card. Indexes of columns; -1 = none. A value; any thread.
struct CardSpec {
    struct Bar {
        int field = -1; // a usage
        int inner = -1; // how much of it is really in use
    };
    int name = -1, state = -1;
    std::vector<int> facts; // one line of words
    std::vector<Bar> bars;
    std::vector<int> dates; // at the foot
    bool isEmpty() const { return bars.empty(); }
};

// What its view makes of a card: the chip that is shown, the usages and the expiries, short texts and plain counts as facts; a quantity that the
// details name right after a usage, in the same unit, is the part of it in use. Empty, and so only a table, where a row does not say of two things
// how much is used, and of one until when.
CardSpec cardSpecOf(const ResourceType &type);

// The way to a page about a row, which is what opening it means; null where there is none.
const Jump *pageJumpOf(const ResourceType &type);

} // namespace kboss
