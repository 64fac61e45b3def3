// InstallDesk: the steps of real installations.
#include "app/services/installdesk.h"

#include "app/cluster/hostlock.h"

#include <QSet>
#include <algorithm>

namespace kboss {

namespace {

bool hasLocks(const std::vector<InstallStep> &steps)
{
    return std::any_of(steps.begin(), steps.end(), [](const InstallStep &step) { return step.phase == InstallPhase::Lock; });
}

// Of several, one after another; what all of them need is there once.
std::vector<InstallStep> removalOf(const QStringList &workers, const InstallPlan &plan, const InstallOptions &options)
{
    std::vector<InstallStep> all;
    QSet<QString> known;
    for (const QString &worker : workers) {
        for (InstallStep &step : removeWorkerSteps(plan, worker, options)) {
            if (known.contains(step.id)) {
                if (step.phase == InstallPhase::Lock)
                    continue;
                step.name += u'-' + worker;
                step.id = step.host + u'/' + step.name;
            }
            known.insert(step.id);
            all.push_back(std::move(step));
        }
    }
    return all;
}

} // namespace

decltype(InstallDesk::Parts::steps) InstallDesk::clusterSteps()
{
    return [](InstallRun::Kind kind, const QString &worker, const InstallPlan &plan, const InstallOptions &options) {
        std::vector<InstallStep> steps = kind == InstallRun::Kind::RemoveWorker ? removalOf(worker.split(u','), plan, options)
            : kind == InstallRun::Kind::RemoveCluster                           ? removeClusterSteps(plan, options)
                                                                                : installSteps(plan, options);
        if (hasLocks(steps))
            return steps;
        // Nothing is done on a host that somebody else works on: its lock comes before all.
        std::vector<InstallStep> locks;
        for (const PlanHost &host : plan.hosts) {
            if (std::any_of(steps.begin(), steps.end(), [&host](const InstallStep &step) { return step.host == host.name; }))
                locks.push_back(lockStep(host, options));
        }
        steps.insert(steps.begin(), std::make_move_iterator(locks.begin()), std::make_move_iterator(locks.end()));
        return steps;
    };
}

} // namespace kboss
