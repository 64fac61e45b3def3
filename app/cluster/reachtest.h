#pragma once

#include "app/cluster/crosshost.h"

namespace kboss {

// The two programs of the test of ports, and what they say. For crosshost's parts and tests.
QStringList listenCommand(const HostFacts &facts, const QString &address, const std::vector<ReachPort> &ports, int seconds); // empty: nothing there that can
QStringList connectCommand(const HostFacts &facts); // reads "name address port tcp|udp" lines; empty: nothing there that can
std::vector<ReachAnswer> readReach(const QString &from, const QByteArray &said);
QByteArray reachOrders(const InstallPlan &plan, const PlanHost &from, const std::vector<HostToCheck> &hosts);

} // namespace kboss
