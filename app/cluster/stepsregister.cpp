// Steps of phase 19: the platform learns of the cluster and its nodes.
#include "app/cluster/stepparts.h"

namespace kboss::steps {

using namespace Qt::StringLiterals;

void addRegisterStep(StepList &list, const PlanHost &host)
{
    const auto platform = list.ground().options.platform;
    if (!platform)
        return;
    const bool first = host.name == firstControl(list.plan()).name;
    const QString subject = first ? QString() : host.name; // as isRegistered() wants it
    InstallStep step = stepOf(host.name, "register", InstallPhase::Register, 2'000, 120'000);
    step.changes = {{StepChange::Kind::Platform, first ? list.plan().cluster : host.name, {}}};
    if (!first) {
        step.after = {list.last(firstControl(list.plan()).name)};
        step.needsAll = true;
    }
    step.probe = [platform, subject](InstallContext &) -> Result<StepFinding> {
        const auto known = platform->isRegistered(subject);
        return known ? Result<StepFinding>(*known ? done() : open()) : fail(known.error());
    };
    step.act = [platform, first](InstallContext &context) {
        return first ? platform->registerCluster(context.plan()) : platform->registerNode(context.target());
    };
    step.undo = [platform, subject](InstallContext &) { return platform->unregister(subject); };
    list.add(std::move(step));
}

} // namespace kboss::steps
