#pragma once

#include "models/podplan.h"
#include "ui/formshape.h"

namespace kboss {

class EditForm;
struct PickChoice;

// What the form of a pod configuration knows beyond the contract: its sections, what depends on what (by the rules the service refuses by), notes from the
// rows that were read. GUI thread; what `ground` points to outlives the shape.
struct PodFormGround {
    const ResourceType *configs = nullptr;
    const std::vector<Row> *rows = nullptr; // configurations of the cluster
    QString id; // of the one that is changed; empty for a new one
    QString clusterId;
    const std::vector<NodeRoom> *rooms = nullptr;
    const PartStocks *stocks = nullptr;
};
FormShape podFormShape(const PodFormGround &ground);

// Labels that nodes of the cluster carry, with how many; for the node selector.
std::vector<PickChoice> nodeLabelChoices(const std::vector<NodeRoom> &rooms);
// The texts to read a workload from: what is typed, and what the row and the service add.
WorkloadTexts podFormTexts(const FormInput &input, const ResourceType &configs, const Row &row, const QString &clusterId);

} // namespace kboss
