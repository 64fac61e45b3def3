#pragma once

#include "app/standalone/clusterbackend.h"

#include <string>

namespace kboss::standalone {

// How back ends' states are worded on the wire, as the descriptions show them.
void appendMember(std::string &out, const MemberState &member, qint64 rowNumber);
void appendPod(std::string &out, const PodState &pod, qint64 rowNumber);

QString ageText(qint64 seconds); // as kubectl words it: "45s" "3m20s" "16h" "2d3h" "65d" "2y40d"

} // namespace kboss::standalone
