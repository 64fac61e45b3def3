#pragma once

#include "models/resourcetype.h"

#include <QObject>
#include <functional>

namespace kboss {

class ResourceFeed;

// Does more go, or come back, with a row of this resource than the row itself?
bool removalReachesFurther(const ResourceType &type);

// Reads what else a removal of these rows does, and hands it over in words, once: when it is known, or after a few seconds with what is. GUI thread; the handler
// does not run when `context` died.
void explainRemoval(const ResourceFeed &feed, const std::vector<Row> &rows, QObject *context, std::function<void(const QStringList &lines)> done);

} // namespace kboss
