#pragma once

#include "app/services/installfigures.h"
#include "app/services/installrun.h"

namespace kboss {

// What can be done with a host, or with a lock that was met there, by where its steps are. Pure; internal to app/services.

QStringList leftOutHosts(const std::vector<InstallStepInfo> &steps, const StepStates &states);
QStringList undoneHosts(const std::vector<InstallStepInfo> &steps, const StepStates &states); // or half undone; not those left out
// Is there anything but undone and left out hosts that could go on, or be tried again?
bool anythingElseIsOpen(const std::vector<InstallStepInfo> &steps, const StepStates &states);
QString firstOpenStep(const QString &host, const std::vector<InstallStepInfo> &steps, const StepStates &states); // id; empty = all is done there
std::vector<InstallLock> locksMet(const std::vector<InstallStepInfo> &steps, const StepStates &states);

// Why the host cannot be left out; Possible = it can.
InstallChoice::Why whyNotLeftOut(InstallRun::Kind kind, const QString &host, const InstallPlan &plan, const std::vector<InstallStepInfo> &steps,
                                 const StepStates &states);
QString whyNotWords(InstallChoice::Why why); // for an error's detail, of those that whyNotLeftOut() says
InstallChoice leaveOutChoice(InstallRun::Kind kind, const InstallStepInfo &step, const InstallPlan &plan, const std::vector<InstallStepInfo> &steps,
                             const StepStates &states);
std::optional<InstallChoice> breakLockChoice(const InstallStepInfo &step, const StepStates &states); // nothing: no lock was met there

InstallRun::Ways waysOf(InstallRun::Kind kind, InstallRun::State state, bool hasEngine, const std::vector<InstallStepInfo> &steps, const StepStates &states);

} // namespace kboss
