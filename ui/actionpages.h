#pragma once

#include "models/resourcetype.h"

namespace kboss {

class ResourceFeed;

// The id of the page that takes the place of an action's form: where a special resource has an editor of its own. Empty where it has none, where the action
// needs a row and there is none, or where this console has no such page.
QString actionPage(const ResourceFeed &feed, const Action &action, const Row *row);
bool hasActionPage(const ResourceFeed &feed, const Action &action);

} // namespace kboss
