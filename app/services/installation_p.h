#pragma once

#include "app/services/installation.h"
#include "app/services/installchecks_p.h"
#include "app/services/installrun_p.h"
#include "app/services/installsignins.h"
#include "app/services/installtrust.h"

#include <QLockFile>
#include <QPointer>
#include <QTimer>

namespace kboss {

class Job;

struct Installation::Private {
    Private(InstallShared &with, InstallDesk *owner, InstallRecord read) : shared(with), desk(owner), record(std::move(read)) { }

    struct Preview {
        InstallPlan plan;
        QString owner;
        std::vector<InstallFile> files;
        int times = -1;
        std::vector<InstallStepInfo> steps;
        qint64 expectedMs = 0;
    };

    Installation *q = nullptr;
    InstallShared &shared;
    InstallDesk *desk;
    InstallRecord record;
    InstallEntry entry;
    std::vector<PlanFault> faults;
    std::vector<InstallFile> brought; // files of the folder
    Error broughtError{ErrorKind::Cancelled, {}, {}, {}, {}, 0};
    int filesAsked = 0, filesCame = 0; // only the newest answer counts
    std::shared_ptr<QLockFile> lock; // nobody else has it open
    QTimer saving; // a moment after the last change
    bool isDirty = false;
    bool isLookedAt = true; // somebody has it open
    Preview previewed;

    std::shared_ptr<InstallLinks> links;
    std::unique_ptr<InstallSignIns> signIns;
    std::unique_ptr<InstallTrust> trust;
    std::unique_ptr<InstallChecks> checks;
    std::unique_ptr<GuiDesk> gui; // for the platform's questions
    std::unique_ptr<GuiMail> mail;
    std::unique_ptr<InstallRun> run, dryRun;
    QPointer<Job> job;

    void start();
    void planChanged(bool placesToo);
    void placesChanged();
    void targetsChanged();
    void touch(); // it is to be written
    QFuture<Result<void>> write();
    void tellEntry();
    std::shared_ptr<ServicePlatform> makePlatform();
    QString ownerNow() const;
    RunLent lend(InstallRun::Kind kind, const QString &worker, const QString &journal);
    std::map<QString, LockBreak> breaksFor(const QString &reason) const;
    const Preview &preview();
    InstallOptions optionsNow(); // without files
    Result<InstallRun *> startRun(InstallRun::Kind kind, const QString &worker, const QString &breakLock);
    Result<void> mayStart() const;
    void reopenRun(); // of an earlier console
    void watch(InstallRun *run);
    void runStateChanged();
    void updateJob();
    InstallRunRecord *lastRun() { return record.runs.empty() ? nullptr : &record.runs.back(); }
    bool isBusy() const; // something runs
};

} // namespace kboss
