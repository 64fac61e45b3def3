#pragma once

#include "app/base/result.h"
#include "app/services/installchecks.h"
#include "app/services/installrun.h"
#include "app/services/installvalues.h"

#include <QFuture>
#include <QHash>
#include <QObject>
#include <memory>

namespace kboss {

// One installation of a cluster, from its draft to its report: what the pages of the wizard work with. Owned by InstallDesk; GUI thread. Every future ends, with
// Cancelled when this ends first.
class Installation : public QObject {
    Q_OBJECT
public:
    ~Installation() override;

    const InstallEntry &entry() const;
    QString id() const { return entry().id; }

    // The plan. Kept on disk a moment after each change; frozen once a run was begun (isFrozen()): then it is duplicated instead.
    const InstallPlan &plan() const;
    const std::vector<PlanFault> &faults() const; // of the plan as it stands, at every moment
    void setPlan(const InstallPlan &plan);
    const InstallDetails &details() const;
    void setDetails(const InstallDetails &details);
    // Files that are brought to hosts, as the folder of details() had them when it was last looked at; of one that was begun: those it was begun with.
    const std::vector<InstallFile> &files() const;
    const Error &filesError() const; // why the folder could not be read; kind Cancelled = no trouble
    bool isReadingFiles() const;
    void readFiles(); // looks again; filesRead() when that is done
    QStringList missingFiles() const; // manifests that the plan wants and the folder has not: "calico.yaml"
    bool isFrozen() const;
    QFuture<Result<void>> save(); // now; ends when it is on disk

    // Signing in. `host`: a name of the plan, or the text of a jump host; empty = all that have none of their own.
    HostSignInState signIn(const QString &host) const;
    void setSignIn(const QString &host, const HostSignIn &signIn, bool remember); // remember: into the keychain, under the host's address
    void forgetSignIn(const QString &host); // also in the keychain
    QStringList hostsWithoutSignIn() const; // nothing to sign in with yet
    bool isKeychainThere() const; // false: it is asked each time; true until the first try says otherwise

    // Trust. Jump hosts first.
    const std::vector<HostTrust> &trust() const;
    const HostTrust *trustOf(const QString &host) const;
    void readKeys(const QStringList &hosts = {}); // of all, or of these; 30 at once. trustChanged() for each as it comes
    void cancelReading();
    bool isReadingKeys() const;
    QFuture<Result<void>> trustKeys(const QStringList &hosts); // pins what was shown; Conflict for one that has another key: that has to be forgotten first
    QFuture<Result<void>> forgetKeys(const QString &host); // the old keys of its address, after a person has confirmed it by name
    struct Imported { int pinned = 0, revoked = 0, known = 0, conflicts = 0, authorities = 0, faulty = 0; };
    QFuture<Result<Imported>> importKnownHosts(const QString &file); // and judges anew
    bool isAllTrusted() const;

    InstallChecks *checks() const;

    // Running. One at a time; null before the first.
    InstallRun *run() const; // Install or Remove…
    InstallRun *dryRun() const; // the last look; null = none
    std::vector<InstallStepInfo> preview() const; // the steps by the plan alone, for the review; nobody is asked. Empty while the plan has faults
    qint64 expectedMs() const; // of preview(), hosts side by side
    std::vector<InstallStepInfo> previewRemoval(const QStringList &workers) const; // the same of a removal; none = of the whole cluster
    qint64 removalMs(const QStringList &workers) const;
    // Error at once (also told by the run's error()): Rejected while the plan has faults or hosts are not trusted; Conflict while something runs.
    Result<InstallRun *> startDryRun();
    // breakLock: why the locks that the last run has met (InstallRun::locks()) are broken; those alone, and none that comes later.
    Result<InstallRun *> start(const QString &breakLock = {});
    // `worker`: "wk-1" or "wk-1,wk-2"; empty = the whole cluster. Locks that an earlier run of this installation has left are its own: they are
    // taken over.
    Result<InstallRun *> startRemoval(const QString &worker, const QString &breakLock = {});
    QString lockOwner() const; // of the Conflict that stopped the last start: who has a host's lock; empty = nobody

    // Afterwards.
    QFuture<Result<void>> exportKubeconfig(const QString &file); // 0600; an explicit act. NotFound when neither keychain nor this run has it
    QFuture<Result<QByteArray>> kubeconfig(); // the same, in memory only
    QByteArray reportText() const; // plain text, English technical words; what was done on which host, times, who accepted what
    QByteArray reportJson() const;
    QFuture<Result<void>> exportReport(const QString &file); // by its ending: .json, else text
    // Registration with the service, when it was refused before (read-only, offline): again. Forbidden, Offline, Rejected, as the service says.
    QFuture<Result<void>> registerAgain();
    bool isRegistered() const;
    bool isClusterThere() const; // it was installed, or at least its first control plane is up, and it was not removed
    QStringList removedWorkers() const; // hosts of the plan that left the cluster again

Q_SIGNALS:
    void planChanged(); // plan, details, faults
    void filesRead(); // files() and isReadingFiles(), whether there are others or not
    void entryChanged();
    void signInChanged(const QString &host); // empty = all
    void trustChanged(const QString &host); // empty = the list itself
    void runChanged(); // another run() or dryRun()
    void failed(const kboss::Error &error); // a file, or the keychain

private:
    friend class InstallDesk;
    struct Private;
    explicit Installation(std::unique_ptr<Private> parts, QObject *parent);
    std::unique_ptr<Private> d;
};

} // namespace kboss
