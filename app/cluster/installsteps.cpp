// installSteps(): the order of an installation.
#include "app/cluster/hostlock.h"
#include "app/cluster/stepparts.h"

namespace kboss {

using namespace Qt::StringLiterals;
using namespace steps;

namespace {

void addHostSteps(StepList &list, const PlanHost &host)
{
    list.add(lockStep(host, list.ground().options));
    addSystemSteps(list, host);
    addFileSteps(list, host);
    addRuntimeStep(list, host);
    addPackageStep(list, host);
    addRuntimeConfigStep(list, host); // kubeadm says which pause image it wants
    addImageStep(list, host);
}

} // namespace

std::vector<InstallStep> installSteps(const InstallPlan &plan, const InstallOptions &options)
{
    StepList list({plan, options});
    for (const PlanHost &host : plan.hosts)
        addHostSteps(list, host);
    addFirstControlSteps(list);
    addKubeconfigStep(list);
    addNetworkSteps(list);
    const QString first = firstControl(plan).name;
    QStringList members;
    for (const PlanHost *host : plan.withRole(HostRole::ControlPlane)) {
        if (host->name != first)
            addControlPlaneSteps(list, *host);
    }
    for (const PlanHost *host : plan.withRole(HostRole::Worker))
        addWorkerSteps(list, *host);
    for (const PlanHost &host : plan.hosts) {
        if (host.name != first)
            members << list.last(host.name);
    }
    const size_t before = list.size();
    addAddonSteps(list);
    addVerifySteps(list);
    list.at(before).after += members; // whoever was set aside does not keep the others
    addRegisterStep(list, firstControl(plan));
    for (const PlanHost &host : plan.hosts) {
        addGpuStep(list, host);
        if (host.name != first)
            addRegisterStep(list, host);
    }
    addReportSteps(list);
    return list.take();
}

} // namespace kboss
