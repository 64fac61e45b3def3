#pragma once

#include "app/cluster/installrunner.h"

namespace kboss {

// What an installation (or a removal) has done, for a person and for a file. A value without secrets; any thread.
struct InstallReport {
    struct Step {
        QString id, host, name;
        InstallPhase phase = InstallPhase::System;
        StepStatus::State state = StepStatus::State::Waiting;
        bool changed = false; // something was done by this installation, in this try or an earlier one
        qint64 ms = 0; // of the last try; 0 = nothing was done in it
        qint64 usualMs = 0;
        QString detail; // of the probe, or the reason of a failure
        std::vector<StepChange> changes; // of what was done
        bool undoable = false;
        qint64 usualUndoMs = 0;
    };
    struct Accepted {
        QString host, check, why; // who and why: as the journal has it; empty where it says nothing
    };
    struct LeftOut {
        QString host, why, by;
    };

    QString cluster, version, installId;
    qint64 beganMs = 0, endedMs = 0; // from the first line of the journal to the last
    std::vector<Step> steps;
    QStringList missingHosts; // of the plan: not everything is done there
    std::vector<Accepted> accepted; // kubeadm's checks that a person let pass
    std::vector<LeftOut> leftOut; // hosts that a person went on without
    bool complete() const { return missingHosts.isEmpty(); }
};

InstallReport makeReport(const InstallPlan &plan, const QString &installId, const std::vector<InstallStep> &steps, const std::vector<StepStatus> &states,
                         const std::vector<JournalLine> &journal);
QByteArray reportJson(const InstallReport &report); // format 1
QString reportText(const InstallReport &report); // in English, one line a step; where to begin to undo

QString phaseName(InstallPhase phase); // stable, "first-control-plane"; not for people
QString stateName(StepStatus::State state); // the same, "set-aside"

} // namespace kboss
