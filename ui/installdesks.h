#pragma once

#include "app/services/installdesk.h"
#include "ui/appcontext.h"

namespace kboss {

InstallDesk *installDeskOf(const AppContext &context); // of the session; null when there is none
// Once a session: what its installations do is shown among the console's jobs, in the current language.
void followInstallations(const AppContext &context);

} // namespace kboss
