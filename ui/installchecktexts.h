#pragma once

#include "app/cluster/hostfix.h"

namespace kboss {

QString fixChangeField(const FixChange &change); // "kernel value net.ipv4.ip_forward"

} // namespace kboss
