#pragma once

#include "app/base/canceltoken.h"
#include "app/services/installdesk.h"
#include "app/services/installfiles.h"
#include "app/services/installquestions.h"
#include "app/ssh/hostkeyledger.h"
#include "app/ssh/sshlink.h"

#include <QPromise>
#include <QThreadPool>

namespace kboss {

// What all installations of a desk work with. Internal to app/services; GUI thread but for what says otherwise. The pools' work may point here: the desk waits
// for it before this goes.
struct InstallShared {
    explicit InstallShared(InstallDesk::Parts given);
    ~InstallShared(); // waits

    static constexpr int s_sideBySide = 30;

    const InstallDesk::Parts parts; // any thread
    QString who;
    InstallWords words;
    const InstallFiles files; // any thread that may wait
    HostKeyLedger ledger; // any thread that may wait
    SshLimits limits;
    SshPatience patience;
    InstallTimes times;
    InstallQuestions questions;
    CancelSource ending; // the desk goes
    QThreadPool disk; // one thread: writes in the order of the calls
    QThreadPool hosts; // asks hosts
    QThreadPool acts; // begins and ends runs, fixes: never behind a queue of hosts

    QString timesFile() const { return parts.folder + QStringLiteral("/times.json"); }
    std::vector<InstallStep> stepsOf(InstallRun::Kind kind, const QString &worker, const InstallPlan &plan, const InstallOptions &options) const;

    // work() on the pool; its Result as a future.
    template <class Work> static auto run(QThreadPool &pool, Work work)
    {
        using Outcome = decltype(work());
        auto promise = std::make_shared<QPromise<Outcome>>();
        promise->start();
        QFuture<Outcome> future = promise->future();
        pool.start([promise, work = std::move(work)]() mutable {
            promise->addResult(work());
            promise->finish();
        });
        return future;
    }
};

template <class T> QFuture<Result<T>> readyResult(Result<T> result)
{
    return QtFuture::makeReadyFuture(std::move(result));
}

} // namespace kboss
