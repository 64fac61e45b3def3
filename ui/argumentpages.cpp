#include "ui/argumentpages.h"

namespace kboss {

std::vector<ArgumentPage> consoleArgumentPages()
{
    return {};
}

} // namespace kboss
