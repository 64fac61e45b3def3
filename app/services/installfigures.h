#pragma once

#include "app/services/installfiles.h"

#include <QHash>

namespace kboss {

// Figures over steps and where they are. Pure; internal to app/services.

std::vector<InstallStepInfo> stepInfos(const std::vector<InstallStep> &steps, const InstallTimes &times);

using StepStates = QHash<QString, StepStatus>;

// Until the last of the open steps has ended: hosts side by side, the steps of one host one after another, each after those it waits for.
qint64 remainingMs(const std::vector<InstallStepInfo> &steps, const StepStates &states, qint64 nowMs);
int permilleDone(const std::vector<InstallStepInfo> &steps, const StepStates &states, qint64 nowMs);
bool isSettled(StepStatus::State state); // Done, NotNeeded, WouldRun
bool isActive(StepStatus::State state); // Probing, Running, Undoing

// Where steps were by the journal: what was begun and never ended counts as running, since the host may be at it.
StepStates statesOf(const std::vector<InstallStepInfo> &steps, const std::vector<JournalLine> &lines);

// The three choices after a failure, in their order.
std::vector<InstallChoice> choicesOf(const QString &stepId, const std::vector<InstallStepInfo> &steps, const StepStates &states);

} // namespace kboss
