#pragma once

#include "app/cluster/installplan.h"
#include "app/cluster/installrunner.h"
#include "models/installcell.h"

namespace kboss {

// The words of the installer, in the current language.
QString roleWord(HostRole role);
QString phaseWord(InstallPhase phase);
QString stateWord(CellShape shape); // "passed", "set aside" …
QString stepStateWord(StepStatus::State state);
QString planFaultText(const PlanFault &fault); // one sentence, without the field
QString planFieldWord(const QString &pointer); // "/hosts/2/address" = "address of host 3"
QString changeText(const StepChange &change); // "file /etc/fstab", "net.ipv4.ip_forward = 1"
QString tookText(qint64 ms); // "0.4 s" "58 s" "2 min 08 s" "1 h 04 min"
QString aboutText(qint64 ms); // rounded: "about 2 min"
QString bytesText(qint64 bytes); // "2.08 GB"
QString bytesOfText(qint64 done, qint64 whole); // "1.34 / 2.08 GB"
QString logTime(qint64 ms); // "14:34:09.871", of this computer's zone

} // namespace kboss
