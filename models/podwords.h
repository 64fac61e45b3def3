#pragma once

#include "models/podplan.h"

namespace kboss {

// Pod configurations in the person's language. GUI thread or any other while the language stays.

QString partKindName(PartKind kind); // "Memory"
QString partAmount(qint64 amount, const Measure &measure); // "1.5 cores"
QString workloadFaultText(const WorkloadFault &fault);
QString shortfallText(const std::vector<Shortfall> &lacks); // "memory 12 Gi, GPUs 1 card"
QString placeText(const PodCheck &check); // where it goes, or why nowhere and what the nearest node lacks
QString nodesText(const PodCheck &check); // which nodes can hold one
QStringList cascadeLines(const PodCascade &cascade);

} // namespace kboss
