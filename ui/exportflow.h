#pragma once

#include "models/exporter.h"
#include "ui/datatable.h"

namespace kboss {

class ResourceFeed;

// Asks where to, then writes everything that matches - exactly the view on screen at this moment - as a job in the activity list, and says
// the outcome. GUI thread; nothing happens when `parent` dies before the answer.
void askExport(ResourceFeed *feed, const QStringList &fields, ExportFormat format, QWidget *parent);

} // namespace kboss
