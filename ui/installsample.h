#pragma once

#include "ui/appcontext.h"

namespace kboss {

// For pictures of sample data: a draft of an installation, as somebody left it before beginning. Nothing where there is one already.
void addSampleInstallation(const AppContext &context);

} // namespace kboss
