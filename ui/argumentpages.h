#pragma once

#include "ui/pageaddress.h"

namespace kboss {

// Every kind of page of the console that takes arguments; one line each. For AppContext::argumentPages.
std::vector<ArgumentPage> consoleArgumentPages();

} // namespace kboss
