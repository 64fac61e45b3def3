#pragma once

#include "ui/appcontext.h"

#include <functional>

namespace kboss {

// Undoes a journalled action: finds the row in the local copy, asks with before and after, hands it to the ActionRunner (which re-reads and
// compares first), tells the outcome. `done` runs when something was undone. Nothing happens after `parent` died.
void undoEntry(const JournalEntry &entry, const QStringList &changes, const AppContext &context, QWidget *parent, std::function<void()> done);

} // namespace kboss
