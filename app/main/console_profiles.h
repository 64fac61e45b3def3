#pragma once

#include "app/main/console_options.h"
#include "app/services/profiles.h"

namespace kboss {

Profile serviceProfile(const QUrl &base, const ConsoleOptions &options); // --service: temporary, one base for all services
Profile standaloneProfile(const QString &sample, bool temporary);
QString serviceProgram(); // kboss-service beside this program

} // namespace kboss
