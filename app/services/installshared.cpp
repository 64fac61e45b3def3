#include "app/services/installshared.h"

namespace kboss {

InstallShared::InstallShared(InstallDesk::Parts given)
    : parts(std::move(given)), who(parts.who), files(parts.folder), ledger(parts.ledgerFile, *parts.clock), questions(*parts.clock)
{
    constexpr int actsAtOnce = 8;
    disk.setMaxThreadCount(1);
    hosts.setMaxThreadCount(s_sideBySide);
    acts.setMaxThreadCount(actsAtOnce);
}

InstallShared::~InstallShared()
{
    ending.request_stop();
    questions.close();
    hosts.waitForDone();
    acts.waitForDone();
    disk.waitForDone(); // last: the others may leave something to be written
}

std::vector<InstallStep> InstallShared::stepsOf(InstallRun::Kind kind, const QString &worker, const InstallPlan &plan,
                                                const InstallOptions &options) const
{
    return parts.steps ? parts.steps(kind, worker, plan, options) : std::vector<InstallStep>();
}

} // namespace kboss
