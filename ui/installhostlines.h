#pragma once

#include "app/services/hostlist.h"

namespace kboss {

QString hostListFaultText(const HostListFault &fault); // "Line 7, column 3: a port is 1 to 65535: 99999"

} // namespace kboss
