#pragma once

#include "app/services/installdesk.h"
#include "ui/appcontext.h"

namespace kboss {

InstallDesk *installDeskOf(const AppContext &context); // of the session; null when there is none

} // namespace kboss
