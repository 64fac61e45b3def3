#pragma once

#include "app/cluster/hostfix.h"

namespace kboss {

QString checkTitle(const QString &name); // "IPv4 forwarding"; the name itself where it is not known
QString checkWhy(const QString &name); // why it matters, in a sentence or two; empty where nothing is known
QString fixChangeField(const FixChange &change); // "kernel value net.ipv4.ip_forward"

} // namespace kboss
